"""Makes situations of a TLS server, with openssl and NGINX."""

import shlex

from failing_servers.certificates import HOST, has_intermediate
from failing_servers.clients import certificate_looks, tls_clients
from failing_servers.nginx_server import Nginx
from failing_servers.situation import Situation
from failing_servers.ways import ANY_WAY

# Options with which `openssl s_server` and NGINX want a certificate of the client.
ASKS = "-Verify 2 -verify_return_error -CAfile clients.pem"
NGINX_ASKS = "ssl_verify_client on; ssl_client_certificate FOLDER/clients.pem; ssl_verify_depth 2;"

# Options with which `openssl s_server` has a second certificate, for another name than the client's.
OTHER_NAME = "-servername other.example.com -cert2 app.crt -key2 app.key"


def served(name, cards, certificate, openssl="", nginx="", way=ANY_WAY, host=HOST, chain=True, looks=False):
    """Returns a situation that `openssl s_server` makes.

    NGINX makes it too, if it is there, for the sake of its log. None as `nginx` leaves NGINX out.
    """

    def start(lab, port):
        words = f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert {certificate}.crt -key {certificate}.key"
        words += f" -cert_chain {certificate}.chain" if chain and has_intermediate(certificate) else ""
        lab.start(*shlex.split(f"{words} {openssl}"), port=port, log=f"{name}.log")
        found = list(tls_clients(lab, port, host, way))
        if looks:
            found += certificate_looks(lab, port, host)
        if "-Verify" in openssl:
            # K ends before the alert of TLS 1.3 comes. This waits for it.
            command = dict(found)["s_client"].replace(" -showcerts </dev/null", "")
            found.append(("s_client-wait", f"sleep 1 | {command}"))
        found.append(("s_server", lab.folder / f"{name}.log"))
        if nginx is not None and lab.has("nginx"):
            file = f"{certificate}.{'pem' if chain else 'crt'}"
            server = f"ssl_certificate FOLDER/{file}; ssl_certificate_key FOLDER/{certificate}.key;\n{nginx}"
            server += 'location / { return 200 "ok\\n"; }'
            logs = Nginx(port + 1, server, listen="ssl").start(lab)
            again = [it for it in tls_clients(lab, port + 1, host, way) if lab.has_client(it[0])]
            found += [("", command) for _, command in again]
            found.append(("nginx-error-log", logs[0][1]))
        return found

    return Situation(f"tls-{name}", cards, start)
