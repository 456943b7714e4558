"""Situations of TLS and plain text that meet."""

import shlex
import sys

from failing_servers.clients import plain_clients, tls_clients
from failing_servers.nginx_server import Nginx
from failing_servers.situation import situation

SITUATIONS = []


@situation(SITUATIONS, "tls-plain-port", "tls-to-plain-port")
def tls_to_plain_port(lab, port):
    lab.behave("no-http", port)
    return tls_clients(lab, port)


@situation(SITUATIONS, "tls-plain-http-port", "tls-to-plain-port")
def tls_to_http_port(lab, port):
    words = ("-m", "http.server", "--bind", "127.0.0.1", "-d", "no-certificates", str(port))
    lab.start(sys.executable, *words, port=port, log="http.log")
    return [*tls_clients(lab, port), ("python-http-server", lab.folder / "http.log")]


@situation(SITUATIONS, "tls-mail-port", "tls-to-plain-port")
def tls_to_mail_port(lab, port):
    """A service that wants STARTTLS speaks first."""
    lab.behave("mail", port)
    return [*tls_clients(lab, port), ("nc", f"timeout 2 nc -v {lab.at()} {port}")]


@situation(SITUATIONS, "tls-http-request", "plain-to-tls-port")
def plain_to_tls_port(lab, port):
    words = f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert app.crt -key app.key"
    lab.start(*shlex.split(words), port=port, log="http-request.log")
    found = [*plain_clients(port), ("s_server", lab.folder / "http-request.log")]
    if lab.has("node"):
        code = (
            'require("https").createServer({key: fs.readFileSync("app.key"), cert: fs.readFileSync("app.pem")})'
            f'.on("tlsClientError", console.error).listen({port + 2}, "127.0.0.1")'
        )
        lab.start("node", "-e", code, port=port + 2, log="http-request-node.log")
        found.append(("", f"curl -s http://127.0.0.1:{port + 2}/"))
        found.append(("node-server", lab.folder / "http-request-node.log"))
    if lab.has("nginx"):
        server = "ssl_certificate FOLDER/app.pem; ssl_certificate_key FOLDER/app.key;"
        logs = Nginx(port + 1, server, listen="ssl").start(lab)
        found += [("curl-nginx", f"curl -v http://127.0.0.1:{port + 1}/"), ("nginx-error-log", logs[0][1])]
    return found
