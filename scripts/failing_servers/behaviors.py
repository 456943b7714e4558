"""Serves TCP connections that fail in a way that has a name."""

import contextlib
import os
import socket
import ssl
import struct
import threading
import time

from failing_servers.dns_server import serve_names

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
KEPT = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
CUT = PAGE + b"Content-Length: 100000\r\nConnection: close\r\n\r\n" + b"some of it\n" * 3
CHUNKED = PAGE + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nb\r\nsome of it\n\r\n"
END = b"0\r\n\r\n"
REFUSED_PROXY = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
)


def failing(status, body):
    """Returns the response of an application with an error of its own."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return (head + "Connection: close\r\n\r\n" + body).encode()


# The bytes that a server sends after it has read once, and how it ends the connection:
# `close` sends FIN, `reset` sends RST, `hold` keeps the connection open, `again` reads the next request first.
BEHAVIORS = {
    "ok": (OK, "close"),
    "keeps": (KEPT, "again"),
    "silent": (b"", "hold"),
    "closes": (b"", "close"),
    "resets": (b"", "reset"),
    "cut": (CUT, "close"),
    "cut-chunked": (CHUNKED, "close"),
    "cut-reset": (CUT, "reset"),
    "stops": (CUT, "hold"),
    "kept-closes": (KEPT, "again close"),
    "kept-resets": (KEPT, "again reset"),
    "proxy-407": (REFUSED_PROXY, "close"),
    "mail": (b"220 mail.example.com ESMTP\r\n", "hold"),
    "big-header": (OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: s=" + b"x" * 9000 + b"\r\n\r\n"), "close"),
    "invalid-header": (OK.replace(b"Connection:", b"x-trace-id : 7\r\nConnection:"), "close"),
    "double-header": ((CHUNKED + END).replace(b"Connection:", b"Transfer-Encoding: chunked\r\nConnection:"), "close"),
    "both-lengths": ((CHUNKED + END).replace(b"Connection:", b"Content-Length: 11\r\nConnection:"), "close"),
    "no-http": (b"hello\r\n", "close"),
    "fails-500": (failing("500 Internal Server Error", '{"error": "division by zero"}'), "close"),
    "fails-503": (failing("503 Service Unavailable", '{"error": "in maintenance"}'), "close"),
    "moved-302": (OK.replace(b"200 OK", b"302 Found\r\nLocation: /login"), "close"),
    "upgraded": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "hold"),
    "big": (PAGE + b"Content-Length: 2000000\r\nConnection: close\r\n\r\n" + b"x" * 2000000, "close"),
}


def talk(connection, behavior):
    """Serves one connection as a behavior says."""
    response, end = BEHAVIORS[behavior]
    with connection, contextlib.suppress(OSError):
        connection.recv(65536)
        connection.sendall(response)
        while end == "again" and connection.recv(65536):
            connection.sendall(response)
        if end.startswith("again "):
            connection.recv(65536)
        if end == "hold":
            while connection.recv(65536):
                pass
        elif end.endswith("reset"):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            # Closing with unread bytes would send RST.
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(2)
            while connection.recv(65536):
                pass


def listener(address, port, backlog=16):
    """Returns a listening socket. An address with a slash is a Unix socket that nobody may use."""
    if "/" in address:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(address)
        os.chmod(address, 0)
    else:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
    listening.listen(backlog)
    return listening


def serve_behavior(behavior, address, port):
    """Serves every connection as a behavior says."""
    with listener(address, port) as listening:
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=talk, args=(connection, behavior), daemon=True).start()


def serve_full_queue(address, port):
    """Listens with a queue for five connections, fills the queue and accepts nothing."""
    with listener(address, port, 5), contextlib.ExitStack() as kept:
        for _ in range(12):
            client = kept.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex((address, port))
        time.sleep(86400)


def serve_without_notify(behavior, address, port):
    """Serves TLS, and closes TCP after a response without close_notify."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("app.pem", "app.key")
    with listener(address, port) as listening:
        while True:
            connection, _ = listening.accept()
            with contextlib.suppress(OSError):
                secured = context.wrap_socket(connection, server_side=True)
                secured.recv(65536)
                secured.sendall(CUT if behavior == "no-notify-cut" else PAGE + b"\r\nall of it\n")
                # A plain close sends FIN. Only `unwrap` would send close_notify.
                secured.close()


def behave(behavior, address, port):
    """Serves an address as a behavior says, until a signal ends the process."""
    with contextlib.suppress(KeyboardInterrupt):
        if behavior == "names":
            serve_names(address, port)
        elif behavior == "full-queue":
            serve_full_queue(address, port)
        elif behavior.startswith("no-notify"):
            serve_without_notify(behavior, address, port)
        else:
            serve_behavior(behavior, address, port)
