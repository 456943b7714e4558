"""Situations of certificates, versions and ciphers of a TLS server."""

import shlex

from failing_servers.certificates import HOST
from failing_servers.situation import situation
from failing_servers.tls_server import ASKS, NGINX_ASKS, OTHER_NAME, served
from failing_servers.ways import (
    NEW_ONLY,
    OLD_ONLY,
    OLD_PROTOCOL,
    OTHER_CIPHER,
    with_certificate,
    with_revocation,
)

UNKNOWN = "issuer-unknown own-trust-store chain-incomplete"
CLIENT_REFUSED = "client-certificate-refused client-ca-not-listed no-client-certificate"

SITUATIONS = [
    served("ok", "-", "app", looks=True),
    served("expired", "certificate-expired", "expired", looks=True),
    served("expired-intermediate", "certificate-expired", "old-chain", looks=True),
    served("not-yet-valid", "certificate-not-yet-valid", "not-yet-valid", looks=True),
    served("self-signed", "certificate-self-signed issuer-unknown", "self-signed", chain=False, looks=True),
    served("unknown-ca", UNKNOWN, "unknown", looks=True),
    served("missing-intermediate", "chain-incomplete issuer-unknown own-trust-store", "app", chain=False, looks=True),
    served("wrong-host", "host-name-mismatch wrong-certificate-served", "wrong-name", looks=True),
    served("no-san", "host-name-mismatch", "no-san", looks=True),
    served(
        "weak-key",
        "weak-certificate",
        "weak-key",
        "-cipher DEFAULT@SECLEVEL=0",
        "ssl_ciphers DEFAULT@SECLEVEL=0;",
        looks=True,
    ),
    served(
        "weak-signature",
        "weak-certificate",
        "weak-signature",
        "-cipher DEFAULT@SECLEVEL=0",
        "ssl_ciphers DEFAULT@SECLEVEL=0;",
        looks=True,
    ),
    served("wrong-purpose", "certificate-unfit", "wrong-purpose", looks=True),
    served(
        "inspected",
        "intercepting-proxy issuer-unknown own-trust-store",
        "inspected",
        host="www.example.org",
        looks=True,
    ),
    served(
        "default-certificate",
        "wrong-certificate-served certificate-self-signed host-name-mismatch",
        "default",
        OTHER_NAME,
        None,
        chain=False,
        looks=True,
    ),
    served(
        "name-refused", "wrong-certificate-served", "app", f"{OTHER_NAME} -servername_fatal", "ssl_reject_handshake on;"
    ),
    served("revoked", "certificate-revoked", "revoked", "", None, with_revocation("issuing.crl")),
    served("revocation-unknown", "revocation-status-unavailable", "app", "", None, with_revocation("expired.crl")),
    served("old-server", "protocol-version-mismatch", "app", "-no_tls1_3", "ssl_protocols TLSv1.2;", NEW_ONLY),
    served("old-client", "protocol-version-mismatch", "app", "-tls1_3", "ssl_protocols TLSv1.3;", OLD_ONLY),
    served(
        "cipher-mismatch",
        "no-shared-cipher",
        "app",
        "-tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384",
        "ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384;",
        OTHER_CIPHER,
    ),
    served("alpn-mismatch", "alpn-mismatch", "app", "-alpn h2", None, OLD_PROTOCOL),
    served("no-client-certificate", "no-client-certificate client-ca-not-listed", "app", ASKS, NGINX_ASKS),
    served(
        "no-client-certificate-1.2",
        "no-client-certificate client-ca-not-listed",
        "app",
        f"-no_tls1_3 {ASKS}",
        f"ssl_protocols TLSv1.2; {NGINX_ASKS}",
    ),
    served("client-certificate-other-ca", CLIENT_REFUSED, "app", ASKS, NGINX_ASKS, with_certificate("client-other")),
    served("client-certificate-expired", CLIENT_REFUSED, "app", ASKS, NGINX_ASKS, with_certificate("client-expired")),
    served(
        "client-certificate-expired-1.2",
        CLIENT_REFUSED,
        "app",
        f"-no_tls1_3 {ASKS}",
        None,
        with_certificate("client-expired"),
    ),
]


@situation(SITUATIONS, "tls-default-certificate-no-name", "wrong-certificate-served certificate-self-signed")
def default_without_name(lab, port):
    """The client sends no server name: an address in the URL, or an old program."""
    words = f"openssl s_server -accept 127.0.0.1:{port} -HTTP -cert default.crt -key default.key"
    lab.start(*shlex.split(f"{words} -servername {HOST} -cert2 app.crt -key2 app.key"), port=port)
    return [
        ("s_client", f"openssl s_client -connect {lab.at()}:{port} -noservername </dev/null"),
        ("curl", f"curl -v https://127.0.0.1:{port}/orders"),
    ]
