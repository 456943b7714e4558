"""Gives this script a network and files of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from failing_servers.processes import ENTRY, run

# Set in the environment of this script inside the namespaces.
INSIDE = "FAILING_SERVERS_INSIDE"


def enter_namespaces():
    """Starts this script again in namespaces of its own, and returns only if there are none."""
    words = ["unshare", "--net", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if not shutil.which("unshare") or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        return
    os.environ[INSIDE] = "root" if os.geteuid() == 0 else "user"
    os.execvp(words[0], [*words, sys.executable, ENTRY, *sys.argv[1:]])


def replace_file(lab, path, text):
    """Puts a file of our own over a file of the machine, in this namespace only."""
    path = os.path.realpath(path)
    file = lab.folder / "etc" / Path(path).name
    is_new = not file.exists()
    file.parent.mkdir(exist_ok=True)
    # Written in place, so that the file that is mounted already changes.
    file.write_text(text)
    if is_new:
        run(lab.folder, "mount", "--bind", str(file), path)


def set_resolv_conf(lab, text):
    """Sets the content of resolv.conf in this namespace."""
    replace_file(lab, "/etc/resolv.conf", text)
