"""Makes what every situation needs, before the first one starts."""

from failing_servers.behaviors import OK
from failing_servers.certificates import HOST, make_certificates
from failing_servers.clients import JAVA_CLIENT
from failing_servers.namespaces import replace_file, set_resolv_conf
from failing_servers.processes import run


def make_files(folder):
    """Writes the page that `openssl s_server` serves, and what clients send."""
    (folder / "no-certificates").mkdir()
    (folder / "orders").write_bytes(OK)
    (folder / "body.bin").write_bytes(b"x" * 2_000_000)
    (folder / "cookie.txt").write_text("Cookie: session=" + "x" * 9000 + "\n")


def prepare_java(lab):
    """Compiles the Java client, and makes its key stores."""
    (lab.folder / "Get.java").write_text(JAVA_CLIENT)
    run(lab.folder, "javac", "Get.java")
    run(lab.folder, "keytool", "-importcert", "-noprompt", "-file", "root.crt", "-alias", "root",
        "-keystore", "trusted.p12", "-storepass", "changeit")  # fmt: skip
    for name in ("client", "client-expired", "client-other"):
        run(lab.folder, "openssl", "pkcs12", "-export", "-in", f"{name}.pem", "-inkey", f"{name}.key",
            "-out", f"{name}.p12", "-passout", "pass:changeit")  # fmt: skip


def prepare(lab):
    """Makes what every situation needs, before the first one starts."""
    make_files(lab.folder)
    make_certificates(lab.folder)
    if lab.has("java") and lab.has("javac") and lab.has("keytool"):
        prepare_java(lab)
    if lab.has_namespaces:
        run(lab.folder, "ip", "link", "set", "lo", "up")
        set_resolv_conf(lab, "nameserver 127.0.0.1\n")
        hosts = f"127.0.0.1 localhost {HOST} www.example.com www.example.org\n10.0.20.77 db.example.com\n"
        for name, text in (("hosts", hosts), ("nsswitch.conf", "hosts: files dns\n")):
            replace_file(lab, f"/etc/{name}", text)
