"""Serves situations until a signal ends the script."""

import os
import signal
from pathlib import Path

from failing_servers.catalog import chosen
from failing_servers.namespaces import INSIDE
from failing_servers.processes import Failed
from failing_servers.situation import lacks, started


def serve(lab, names):
    """Starts the servers of situations, prints how to reach them, and waits."""
    print(f"cd {lab.folder}")
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"):
        print(f"export {name}={lab.environment[name]}")
    if lab.has_namespaces:
        user = "" if os.environ.get(INSIDE) == "root" else "--user --preserve-credentials "
        print(f"# in a shell from: nsenter --target {os.getpid()} {user}--net --mount bash")
    for it in chosen(names):
        reason = lacks(lab, it)
        print(f"\n# {it.name}: {it.cards}{' (' + reason + ')' if reason else ''}")
        try:
            for client, what in [] if reason else started(lab, it):
                if client:
                    print(f"tail {what}" if isinstance(what, Path) else what)
        except (Failed, OSError) as error:
            print(f"# not started: {error}")
    print("\n# Ctrl-C ends the servers.", flush=True)
    while True:
        signal.pause()
