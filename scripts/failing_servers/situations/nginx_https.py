"""Situations of clients of an NGINX that serves TLS."""

from failing_servers.nginx_proxies import PROXY
from failing_servers.nginx_server import Nginx
from failing_servers.situation import Situation, situation
from failing_servers.tls_server import NGINX_ASKS

SITUATIONS = []

SERVES_TLS = "ssl_certificate FOLDER/app.pem; ssl_certificate_key FOLDER/app.key;\n"


@situation(SITUATIONS, "nginx-plain-http", "plain-http-on-https-port", "nginx")
def plain_http(lab, port):
    logs = Nginx(port, SERVES_TLS + PROXY, listen="ssl").start(lab)
    return [("curl", lab.curl(port, host="www.example.com", scheme="http", options="-sS -i")), *logs]


@situation(SITUATIONS, "nginx-plain-http-backend", "plain-http-on-https-port backend-own-error", "nginx")
def plain_http_backend(lab, port):
    """The backend is an NGINX too, and wants TLS."""
    Nginx(port + 1, SERVES_TLS, listen="ssl").start(lab)
    logs = Nginx(port, PROXY).start(lab)
    return [("curl", lab.curl(port, host="www.example.com", scheme="http", options="-sS -i")), *logs]


def wants_client_certificate(name, certificate):
    """Returns a situation in which NGINX wants a certificate of the client."""

    def start(lab, port):
        logs = Nginx(port, SERVES_TLS + NGINX_ASKS + PROXY, listen="ssl").start(lab)
        options = "-sS -i" + (f" --cert {certificate}.pem --key {certificate}.key" if certificate else "")
        return [("curl", lab.curl(port, options=options)), *logs]

    return Situation(f"nginx-{name}", "client-certificate-refused", start, ("nginx",))


SITUATIONS += [
    wants_client_certificate("no-client-certificate", ""),
    wants_client_certificate("client-certificate-other-ca", "client-other"),
    wants_client_certificate("client-certificate-expired", "client-expired"),
]
