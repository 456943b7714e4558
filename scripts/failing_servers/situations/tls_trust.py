"""Situations of lists of trusted CAs, and of `openssl verify`."""

import shlex

from failing_servers.certificates import HOST
from failing_servers.clients import JUST_STATUS
from failing_servers.situation import situation

SITUATIONS = []

CHAIN = "openssl verify -CAfile root.crt -untrusted issuing.crt"


@situation(SITUATIONS, "tls-own-trust-store", "own-trust-store issuer-unknown chain-incomplete")
def own_trust_store(lab, port):
    """Curl has the CA in its list, Node.js and Java have not."""
    words = f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert app.crt -key app.key -cert_chain app.chain"
    lab.start(*shlex.split(words), port=port)
    options = f'{{host: "{lab.at()}", port: {port}, path: "/orders", servername: "{HOST}"}}'
    works = lab.curl(port, options=JUST_STATUS)
    get = f"node -e 'require(\"https\").get({options}, r => r.resume())'"
    found = [("node", f"{works}; env -u NODE_EXTRA_CA_CERTS {get}")]
    if lab.has_namespaces:
        found.append(("java", f"{works}; java Get https://{HOST}:{port}/orders"))
    return found


@situation(SITUATIONS, "tls-verify", "-")
def verify(_lab, _port):
    """Looks at files, without a server."""
    return [("openssl", f"{CHAIN} app.crt")]


@situation(SITUATIONS, "tls-verify-revoked", "certificate-revoked")
def verify_revoked(_lab, _port):
    return [("openssl", f"{CHAIN} -crl_check -CRLfile issuing.crl revoked.crt")]


@situation(SITUATIONS, "tls-verify-expired", "certificate-expired")
def verify_expired(_lab, _port):
    return [("openssl", f"{CHAIN} expired.crt")]


@situation(SITUATIONS, "tls-verify-purpose", "certificate-unfit")
def verify_purpose(_lab, _port):
    return [("openssl", f"{CHAIN} -x509_strict -purpose sslserver wrong-purpose.crt")]
