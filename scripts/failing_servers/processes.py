"""Runs programs, and ends them with this script."""

import contextlib
import ctypes
import shlex
import signal
import subprocess
import sys
from pathlib import Path

# The script that starts everything. It starts itself again for servers, and inside namespaces.
ENTRY = str(Path(__file__).resolve().parent.parent / "failing-servers")

# Signals that end this script.
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Failed(Exception):
    """A situation that could not be made."""


def run(folder, *words, **options):
    """Runs a program that must succeed."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise Failed(f"{shlex.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def end_with_parent():
    """Has the kernel end this child when its parent ends. 1 is PR_SET_PDEATHSIG."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def listens(process, port, udp):
    """Returns whether a port is open in the network of a process. Connecting would disturb the server."""
    for version in ("", "6"):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{process}/net/{'udp' if udp else 'tcp'}{version}").read_text().splitlines()[1:]
            for words in map(str.split, lines):
                # 0A is LISTEN, 07 is an open UDP socket.
                if int(words[1].rpartition(":")[2], 16) == port and words[3] in ("0A", "07"):
                    return True
    return False


def end(number, _frame):
    """Ends this script once, so that another Ctrl-C does not disturb the cleaning up."""
    for it in ENDS:
        signal.signal(it, signal.SIG_IGN)
    sys.exit(0 if number == signal.SIGINT else 128 + number)


def end_on_signals():
    """Has the signals in `ENDS` end this script with its cleaning up."""
    for number in ENDS:
        signal.signal(number, end)
