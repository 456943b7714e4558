"""Runs a command on a terminal, as a person would."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

from failing_servers.cleaning import as_copied
from failing_servers.processes import end_with_parent

# Seconds until a command must end. This is far above what any of them needs.
COMMAND_LIMIT = 60

# Columns and rows of the terminal of commands. `ss` and `nc` fit their output to it.
ROWS, COLUMNS = 50, 120


def output_of(lab, command):
    """Returns what a command prints on a terminal, and its exit status."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    child = subprocess.Popen(
        ["bash", "-c", command],
        cwd=lab.folder,
        env=lab.environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    os.close(theirs)
    printed, limit = b"", time.monotonic() + COMMAND_LIMIT
    with contextlib.suppress(OSError):
        while time.monotonic() < limit:
            if select.select([ours], [], [], 0.5)[0]:
                part = os.read(ours, 65536)
                if not part:
                    break
                printed += part
    if child.poll() is None and time.monotonic() >= limit:
        os.killpg(child.pid, signal.SIGKILL)
    lab.sessions.append(child.pid)
    status = child.wait()
    os.close(ours)
    return as_copied(printed.decode("utf-8", "replace")), status
