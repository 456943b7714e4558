"""Makes situations of an NGINX in front of backends."""

import shlex

from failing_servers.nginx_server import Nginx
from failing_servers.situation import Situation

TLS_BACKEND = "openssl s_server -accept 127.0.0.1:{port} -HTTP -cert {certificate}.crt -key {certificate}.key {options}"
PROXY = "location / { proxy_pass http://BACKEND; }"
SHORT = "location / { proxy_pass http://BACKEND; proxy_connect_timeout 1s; proxy_read_timeout 1s; }"


def proxied(
    name,
    cards,
    server=PROXY,
    backends=(),
    requests=("/orders",),
    http="",
    listen="",
    needs=(),
    method="",
):
    """Returns a situation of an NGINX in front of backends.

    A backend is a behavior, or `tls`, a certificate and options of `openssl s_server`. An empty one is not started.
    """

    def start(lab, port):
        for at, backend in enumerate(backends, port + 1):
            if backend.startswith("tls "):
                _, certificate, *options = backend.split(" ", 2)
                words = TLS_BACKEND.format(port=at, certificate=certificate, options=" ".join(options))
                lab.start(*shlex.split(words), port=at)
            elif backend:
                lab.behave(backend, at)
        logs = Nginx(port, server, http, listen).start(lab)
        options = f"-sS -i -m 8 {method}".strip()
        commands = [lab.curl(port, path, "www.example.com", "http", options) for path in requests]
        return [("curl", "; ".join(commands)), *logs]

    return Situation(f"nginx-{name}", cards, start, ("nginx", *needs))
