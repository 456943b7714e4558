"""Situations of an NGINX in front of TLS servers."""

from failing_servers.certificates import HOST
from failing_servers.nginx_proxies import proxied
from failing_servers.tls_server import ASKS, OTHER_NAME

SECURE_PROXY = "location / { proxy_pass https://BACKEND; proxy_ssl_trusted_certificate FOLDER/trusted.pem; MORE }"
CHECKS = f"proxy_ssl_verify on; proxy_ssl_verify_depth 2; proxy_ssl_name {HOST};"


def secure(more=""):
    """Returns a location that proxies to a TLS server."""
    return SECURE_PROXY.replace("MORE", more)


SITUATIONS = [
    proxied("tls-to-plain", "upstream-tls-handshake-failed", secure(), ["ok"]),
    proxied(
        "tls-old-backend",
        "upstream-tls-handshake-failed",
        secure("proxy_ssl_protocols TLSv1.3;"),
        ["tls app -no_tls1_3"],
    ),
    proxied(
        "tls-ciphers",
        "upstream-tls-handshake-failed",
        secure("proxy_ssl_protocols TLSv1.2; proxy_ssl_ciphers ECDHE-RSA-CHACHA20-POLY1305;"),
        ["tls app -tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384"],
    ),
    proxied(
        "tls-name-refused",
        "upstream-tls-handshake-failed",
        secure("proxy_ssl_server_name on; proxy_ssl_name wrong.example.com;"),
        [f"tls app {OTHER_NAME} -servername_fatal"],
    ),
    proxied("tls-closed", "upstream-tls-handshake-failed", secure(), ["closes"]),
    proxied("tls-reset", "upstream-tls-handshake-failed", secure(), ["resets"]),
    proxied(
        "tls-stalls",
        "upstream-tls-handshake-failed",
        secure("proxy_read_timeout 1s; proxy_connect_timeout 1s;"),
        ["silent"],
    ),
    proxied(
        "tls-wants-certificate",
        "upstream-tls-handshake-failed",
        secure("proxy_ssl_protocols TLSv1.3;"),
        [f"tls app {ASKS}"],
    ),
    proxied("tls-wants-certificate-1.2", "upstream-tls-handshake-failed", secure(), [f"tls app -no_tls1_3 {ASKS}"]),
    proxied("certificate-ok", "-", secure(CHECKS), ["tls app -cert_chain app.chain"]),
    proxied(
        "certificate-unknown",
        "upstream-certificate-rejected",
        secure(CHECKS),
        ["tls unknown -cert_chain unknown.chain"],
    ),
    proxied("certificate-incomplete", "upstream-certificate-rejected", secure(CHECKS), ["tls app"]),
    proxied(
        "certificate-expired",
        "upstream-certificate-rejected",
        secure(CHECKS),
        ["tls expired -cert_chain expired.chain"],
    ),
    proxied("certificate-self-signed", "upstream-certificate-rejected", secure(CHECKS), ["tls self-signed"]),
    proxied(
        "certificate-name",
        "upstream-certificate-rejected",
        secure(CHECKS),
        ["tls wrong-name -cert_chain wrong-name.chain"],
    ),
    proxied(
        "certificate-depth",
        "upstream-certificate-rejected",
        secure(CHECKS.replace("depth 2", "depth 0")),
        ["tls app -cert_chain app.chain"],
    ),
]
