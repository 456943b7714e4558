"""Keeps the temporary folder and the child processes of one run."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from failing_servers.certificates import HOST
from failing_servers.namespaces import INSIDE
from failing_servers.processes import ENTRY, Failed, end_with_parent, listens

# Seconds until a server must listen. This is far above what any of them needs.
START_LIMIT = 10

# The program of a client whose name begins so, if it has another name.
PROGRAMS = {"python": "python3", "s_client": "openssl", "s_server": "openssl", "x509": "openssl"}


class Lab:
    """The temporary folder, the child processes and the networks of one run."""

    def __init__(self, folder):
        self.folder = folder
        self.has_namespaces = INSIDE in os.environ
        self.missing = set()
        self.children = []
        self.undo = []
        # Sessions of commands, some of which leave a program in the background.
        self.sessions = []
        self.server = self.router = None
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin:/sbin",
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            "NO_COLOR": "1",
            # The only CA that the clients trust.
            "SSL_CERT_FILE": str(folder / "trusted.pem"),
            "SSL_CERT_DIR": str(folder / "no-certificates"),
            "CURL_CA_BUNDLE": str(folder / "trusted.pem"),
            "NODE_EXTRA_CA_CERTS": str(folder / "trusted.pem"),
        }

    def has(self, program):
        """Returns whether a program is there, and keeps the names of missing ones."""
        is_there = shutil.which(program, path=self.environment["PATH"]) is not None
        if not is_there:
            self.missing.add(program)
        return is_there

    def has_client(self, name):
        """Returns whether the program of a client is there. The Java client must have been compiled, too."""
        first = name.split("-")[0]
        return self.has(PROGRAMS.get(first, first)) and (first != "java" or (self.folder / "Get.class").exists())

    def start(self, *words, port=None, udp=False, log=None, inside=None, environment=()):
        """Starts a server, and waits until it listens on a port."""
        if inside:
            words = ("nsenter", f"--net=/proc/{inside.pid}/ns/net", *words)
        log = self.folder / (log or "servers.log")
        with open(log, "ab") as output:
            child = subprocess.Popen(
                words,
                cwd=self.folder,
                env={**self.environment, **dict(environment)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=end_with_parent,
            )
        self.children.append(child)
        before = time.monotonic()
        while port and not listens(child.pid, port, udp):
            if child.poll() is not None or time.monotonic() > before + START_LIMIT:
                raise Failed(
                    f"{shlex.join(words)}: does not listen on {port}: {log.read_text(errors='replace')[-300:]}"
                )
            time.sleep(0.02)
        return child

    def behave(self, behavior, port, address="127.0.0.1", inside=None):
        """Starts a server of this script."""
        words = [sys.executable, ENTRY, "behave", behavior, address, str(port)]
        return self.start(*words, port=port or None, udp=behavior == "names", inside=inside)

    def stop(self):
        """Ends the servers of a situation, and takes back what it changed."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(3)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children = []
        for session in self.sessions:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(session, signal.SIGTERM)
        self.sessions = []
        while self.undo:
            self.undo.pop()()
        self.server = self.router = None

    def at(self, host=HOST):
        """Returns what programs connect to that are told the server's name separately."""
        return host if self.has_namespaces else "127.0.0.1"

    def curl(self, port, path="/orders", host=HOST, scheme="https", options="-v"):
        """Returns the command that gets a page with curl."""
        resolve = "" if self.has_namespaces or host[0].isdigit() else f" --resolve {host}:{port}:127.0.0.1"
        return f"curl {options}{resolve} {scheme}://{host}:{port}{path}"
