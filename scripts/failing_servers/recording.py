"""Writes the samples of situations, and their index."""

import time
from pathlib import Path

from failing_servers.catalog import chosen
from failing_servers.cleaning import without_paths
from failing_servers.processes import Failed
from failing_servers.situation import lacks, started
from failing_servers.terminal import output_of

# Clients whose exit status tells that they see a failure.
CAREFUL = ("curl", "python", "node", "java", "wget")


def record_one(lab, it, folder):
    """Writes the samples of a situation, and returns the rows of the index."""
    written, waited = [], False
    for client, what in started(lab, it):
        cards = it.cards
        if isinstance(what, Path):
            if not waited:
                # The last lines may still be on their way.
                time.sleep(0.5)
                waited = True
            text = what.read_text(errors="backslashreplace") if what.exists() else ""
        else:
            if client and not lab.has_client(client):
                continue
            printed, status = output_of(lab, what)
            text = f"$ {what}\n{printed}"
            # Some clients accept what others do not.
            if not status and it.cards != "-" and client in CAREFUL and not it.name.startswith("nginx"):
                cards += " -"
        text = without_paths(text, lab.folder)
        if client and text.strip():
            name = f"{it.name}-{client}.txt"
            (folder / name).write_text(text if text.endswith("\n") else text + "\n")
            written.append(f"{name}\t{cards}")
    return written


def versions(lab):
    """Returns the versions of the programs, which decide how their messages read."""
    for command in ("uname -sr", "openssl version", "curl --version", "nginx -v", "node --version", "java -version",
                    "python3 -c 'import sys, ssl; print(sys.version.split()[0], ssl.OPENSSL_VERSION)'",
                    "wget --version", "dig -v", "ss -V"):  # fmt: skip
        if lab.has(command.split()[0]):
            yield f"{command.split()[0]}: {output_of(lab, command)[0].strip().splitlines()[0]}"


def record(lab, folder, names):
    """Writes the samples of situations. Returns whether each could be made."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, not_made = [], {}
    for it in chosen(names):
        reason = lacks(lab, it)
        try:
            if not reason:
                print(it.name, flush=True)
                rows += record_one(lab, it, folder)
        except (Failed, OSError) as error:
            reason = str(error)
        finally:
            lab.stop()
        if reason:
            not_made[it.name] = reason
    head = [f"# {it}" for it in versions(lab)]
    index = folder / "index.tsv"
    # Other samples of an earlier run stay.
    written = {it.split("\t")[0] for it in rows}
    earlier = index.read_text().splitlines() if index.exists() else []
    rows += [it for it in earlier if not it.startswith("#") and it.split("\t")[0] not in written]
    index.write_text("\n".join([*head, "# file\tcards", *rows]) + "\n")
    print(f"{len(written)} samples written to {folder}")
    for name, reason in not_made.items():
        print(f"not tried: {name}: {reason}")
    for name in sorted(lab.missing):
        print(f"missing: {name}")
    return not not_made
