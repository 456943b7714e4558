"""Adds to the commands of clients what a situation needs."""

from dataclasses import dataclass


@dataclass
class Way:
    """Additions to the command of each client.

    They are options, a line of Python, or properties of Node.js. None leaves the client out.
    """

    curl: str = ""
    openssl: str = ""
    python: str = ""
    node: str = ""
    java: str = ""
    wget: str = ""


def with_certificate(name):
    """Returns the additions with which clients present a certificate."""
    return Way(
        f"--cert {name}.pem --key {name}.key",
        f"-cert {name}.crt -key {name}.key -cert_chain {name}.chain",
        f'c.load_cert_chain("{name}.pem", "{name}.key")',
        f'cert: fs.readFileSync("{name}.pem"), key: fs.readFileSync("{name}.key")',
        f"-Djavax.net.ssl.keyStore={name}.p12 -Djavax.net.ssl.keyStorePassword=changeit",
        f"--certificate={name}.pem --private-key={name}.key",
    )


NEW_ONLY = Way(
    "--tlsv1.3",
    "-tls1_3",
    "c.minimum_version = ssl.TLSVersion.TLSv1_3",
    'minVersion: "TLSv1.3"',
    "-Djdk.tls.client.protocols=TLSv1.3",
    "--secure-protocol=TLSv1_3",
)
OLD_ONLY = Way(
    "--tls-max 1.2",
    "-tls1_2",
    "c.maximum_version = ssl.TLSVersion.TLSv1_2",
    'maxVersion: "TLSv1.2"',
    "-Djdk.tls.client.protocols=TLSv1.2",
    "--ciphers=NORMAL:-VERS-TLS1.3",
)
OTHER_CIPHER = Way(
    "--tls-max 1.2 --ciphers ECDHE-RSA-CHACHA20-POLY1305",
    "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305",
    'c.maximum_version = ssl.TLSVersion.TLSv1_2; c.set_ciphers("ECDHE-RSA-CHACHA20-POLY1305")',
    'maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-CHACHA20-POLY1305"',
    "-Djdk.tls.client.protocols=TLSv1.2 -Djdk.tls.client.cipherSuites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "--ciphers=NORMAL:-VERS-TLS1.3:-CIPHER-ALL:+CHACHA20-POLY1305",
)
OLD_PROTOCOL = Way(
    "--http1.1", "-alpn http/1.1", 'c.set_alpn_protocols(["http/1.1"])', 'ALPNProtocols: ["http/1.1"]', None, None
)


def with_revocation(crl):
    """Returns the additions with which clients read a list of revoked certificates."""
    return Way(
        f"--crlfile {crl}",
        f"-crl_check -CRL {crl}",
        f'c.load_verify_locations("{crl}"); c.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF',
        f'ca: fs.readFileSync("trusted.pem"), crl: ["{crl}", "root.crl"].map(it => fs.readFileSync(it))',
        None,
        f"--crl-file={crl}",
    )


ANY_WAY = Way()
