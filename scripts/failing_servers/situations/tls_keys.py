"""Situations of certificates and keys that a program cannot load."""

import shlex

from failing_servers.nginx_server import Nginx
from failing_servers.situation import situation

SITUATIONS = []


@situation(SITUATIONS, "tls-key-mismatch", "certificate-or-key-unusable configuration-refused")
def key_mismatch(lab, port):
    """Programs that do not start."""
    node = 'require("https").createServer({key: fs.readFileSync("client.key"), cert: fs.readFileSync("app.pem")})'
    python = 'import ssl; ssl.create_default_context().load_cert_chain("app.pem", "client.key")'
    found = [
        ("s_server-start", "openssl s_server -accept 127.0.0.1:0 -cert app.crt -key client.key"),
        ("python", f"python3 -c '{python}'"),
        ("node", f"node -e '{node}'"),
        ("curl", lab.curl(port, options="-v --cert app.pem --key client.key")),
    ]
    lab.start(*shlex.split(f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert app.crt -key app.key"), port=port)
    server = "ssl_certificate FOLDER/app.pem; ssl_certificate_key FOLDER/client.key;"
    folder = Nginx(port + 1, server, listen="ssl").write(lab)
    return [*found, ("nginx-start", f"nginx -t -p {folder} -c nginx.conf")]


@situation(SITUATIONS, "tls-missing-key-file", "certificate-or-key-unusable configuration-refused")
def missing_key_file(lab, port):
    """A file that is not there, and a file that holds no certificate."""
    lab.start(*shlex.split(f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert app.crt -key app.key"), port=port)
    server = "ssl_certificate FOLDER/app.key; ssl_certificate_key FOLDER/app.key;"
    folder = Nginx(port + 1, server, listen="ssl").write(lab)
    return [
        ("curl", lab.curl(port, options="-v --cert absent.pem --key absent.key")),
        ("python", 'python3 -c \'import ssl; ssl.create_default_context().load_cert_chain("app.key", "app.key")\''),
        ("s_server-start", "openssl s_server -accept 127.0.0.1:0 -cert app.key -key app.key"),
        ("nginx-start", f"nginx -t -p {folder} -c nginx.conf"),
    ]
