"""Makes certificates that are good, and certificates that clients reject."""

import datetime
import shutil
from dataclasses import dataclass

from failing_servers.processes import run

# Name of the good server in certificates and URLs. It is reserved for documentation, and leads nowhere on the internet.
HOST = "app.example.com"


@dataclass
class Certificate:
    """A certificate to make.

    Days are counted from now. `issuer` names an earlier row of `CERTIFICATES`. It is empty if the certificate signs
    itself.
    """

    subject: str
    issuer: str
    first_day: int = -30
    last_day: int = 335
    extensions: str = "server"
    names: str = f"DNS:{HOST}"
    bits: int = 2048
    digest: str = "sha256"


EXTENSIONS = {
    "ca": "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n",
    "server": "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n"
    "extendedKeyUsage=serverAuth\n",
    "client": "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n",
}

ORGANIZATION = "/C=DE/O=Example Corp/CN="

CERTIFICATES = {
    "root": Certificate(ORGANIZATION + "Example Root CA", "", -900, 3000, "ca", ""),
    "issuing": Certificate(ORGANIZATION + "Example Issuing CA 1", "root", -900, 900, "ca", ""),
    "old-issuing": Certificate(ORGANIZATION + "Example Issuing CA 0", "root", -900, -4, "ca", ""),
    "other-root": Certificate(ORGANIZATION + "Internal Root CA", "", -900, 900, "ca", ""),
    "other-issuing": Certificate(ORGANIZATION + "Internal Services CA", "other-root", -900, 900, "ca", ""),
    "inspection": Certificate(
        "/C=DE/O=Example Corp/OU=IT Security/CN=Example Corp TLS Inspection CA", "", extensions="ca"
    ),
    "app": Certificate(ORGANIZATION + HOST, "issuing"),
    "expired": Certificate(ORGANIZATION + HOST, "issuing", -400, -4),
    "not-yet-valid": Certificate(ORGANIZATION + HOST, "issuing", 2, 367),
    "old-chain": Certificate(ORGANIZATION + HOST, "old-issuing"),
    "self-signed": Certificate("/C=DE/O=Acme Co/CN=" + HOST, ""),
    "unknown": Certificate(ORGANIZATION + HOST, "other-issuing"),
    "inspected": Certificate(
        "/C=US/O=Example Inc/CN=www.example.org", "inspection", -1, 13, names="DNS:www.example.org"
    ),
    "wrong-name": Certificate(ORGANIZATION + "www.example.net", "issuing", names="DNS:www.example.net,DNS:example.net"),
    "no-san": Certificate(ORGANIZATION + HOST, "issuing", names=""),
    "weak-key": Certificate(ORGANIZATION + HOST, "issuing", bits=1024),
    "weak-signature": Certificate(ORGANIZATION + HOST, "issuing", digest="sha1"),
    "wrong-purpose": Certificate(ORGANIZATION + HOST, "issuing", extensions="client"),
    "revoked": Certificate(ORGANIZATION + HOST, "issuing"),
    "default": Certificate(ORGANIZATION + "default.example.net", "", names="DNS:default.example.net"),
    "client": Certificate(ORGANIZATION + "orders", "issuing", extensions="client", names=""),
    "client-expired": Certificate(ORGANIZATION + "orders", "issuing", -400, -4, "client", ""),
    "client-other": Certificate(ORGANIZATION + "orders", "other-issuing", extensions="client", names=""),
}

CA_CONFIGURATION = """[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
policy = policy
default_md = sha256
default_crl_days = 30
[policy]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
"""


def moment(days):
    """Returns the time in a number of days, as openssl reads it."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return at.strftime("%Y%m%d%H%M%SZ")


def has_intermediate(name):
    """Returns whether a certificate needs another one between it and its root."""
    issuer = CERTIFICATES[name].issuer
    return bool(issuer and CERTIFICATES[issuer].issuer)


def make_certificates(folder):
    """Makes the certificates, their keys and the lists of CAs.

    Each row of `CERTIFICATES` becomes NAME.key, NAME.crt, NAME.chain (its intermediate) and NAME.pem (both).
    """
    (folder / "ca.cnf").write_text(CA_CONFIGURATION)
    (folder / "index.txt").write_text("")
    sign = ["openssl", "ca", "-config", "ca.cnf", "-batch", "-notext"]
    for name, row in CERTIFICATES.items():
        extensions = EXTENSIONS[row.extensions] + "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
        extensions += f"subjectAltName={row.names}\n" if row.names else ""
        (folder / "extensions.txt").write_text(extensions)
        request = ["openssl", "req", "-new", "-newkey", f"rsa:{row.bits}", "-nodes", "-keyout", f"{name}.key"]
        run(folder, *request, "-out", f"{name}.csr", "-subj", row.subject, "-config", "/dev/null")
        by = ["-cert", f"{row.issuer}.crt", "-keyfile", f"{row.issuer}.key"]
        if not row.issuer:
            by = ["-selfsign", "-keyfile", f"{name}.key"]
        dates = ["-startdate", moment(row.first_day), "-enddate", moment(row.last_day)]
        files = ["-in", f"{name}.csr", "-out", f"{name}.crt", "-extfile", "extensions.txt"]
        run(folder, *sign, *by, *dates, *files, "-md", row.digest)
        chain = (folder / f"{row.issuer}.crt").read_text() if has_intermediate(name) else ""
        (folder / f"{name}.chain").write_text(chain)
        (folder / f"{name}.pem").write_text((folder / f"{name}.crt").read_text() + chain)
    by = ["-cert", "issuing.crt", "-keyfile", "issuing.key"]
    run(folder, *sign, *by, "-revoke", "revoked.crt")
    run(folder, *sign, *by, "-gencrl", "-out", "issuing.crl")
    run(folder, *sign, "-cert", "root.crt", "-keyfile", "root.key", "-gencrl", "-out", "root.crl")
    dates = ["-crl_lastupdate", moment(-40), "-crl_nextupdate", moment(-10)]
    run(folder, *sign, *by, "-gencrl", *dates, "-out", "expired.crl")
    shutil.copy(folder / "root.crt", folder / "trusted.pem")
    with_intermediate = (folder / "root.crt").read_text() + (folder / "issuing.crt").read_text()
    (folder / "clients.pem").write_text(with_intermediate)
