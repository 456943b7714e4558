"""Situations of TCP connections on one machine."""

import contextlib
import socket
import time
from pathlib import Path

from failing_servers.clients import plain_clients
from failing_servers.nginx_server import Nginx
from failing_servers.situation import Situation, situation


def behaving(name, cards, behavior, limit=""):
    """Returns a situation that a server of this script makes on 127.0.0.1."""

    def start(lab, port):
        lab.behave(behavior, port)
        return plain_clients(port, limit=limit)

    return Situation(f"connection-{name}", cards, start)


SITUATIONS = [
    behaving("ok", "-", "ok"),
    behaving("no-reply", "no-reply", "silent", "-m 4"),
    behaving("closes", "closed-too-early", "closes"),
    behaving("resets", "reset-by-peer", "resets"),
    behaving("cut-short", "closed-too-early", "cut"),
    behaving("cut-short-chunked", "closed-too-early", "cut-chunked"),
    behaving("cut-short-reset", "reset-by-peer", "cut-reset"),
]


@situation(SITUATIONS, "connection-closed-port", "nothing-listens listens-on-loopback-only firewall-rejects")
def closed_port(_lab, port):
    return [
        *plain_clients(port),
        ("nc", f"nc -vz -w 3 127.0.0.1 {port}"),
        ("ss", f"ss -ltn 'sport = :{port}'"),
    ]


@situation(SITUATIONS, "connection-accept-queue-full", "server-not-accepting packets-dropped", "network")
def accept_queue_full(lab, port):
    lab.behave("full-queue", port, "10.0.30.15", lab.server)
    time.sleep(1.2)
    look = f"nsenter --net=/proc/{lab.server.pid}/ns/net ss -ltn 'sport = :{port}'"
    return [
        *plain_clients(port, "10.0.30.15", limit="--connect-timeout 3"),
        ("nc", f"nc -vz -w 3 10.0.30.15 {port}"),
        ("ss", look),
        ("ss-states", f"(timeout 3 curl -s http://10.0.30.15:{port}/ &) ; sleep 1; ss -tan 'dport = :{port}'"),
    ]


@situation(SITUATIONS, "connection-idle-cut", "idle-connection-cut reset-by-peer closed-too-early")
def idle_cut(lab, port):
    """The second request on a connection meets a server, or a NAT, that has forgotten the connection."""
    lab.behave("kept-resets", port)
    python = (
        "import http.client, time\n"
        f'c = http.client.HTTPConnection("127.0.0.1", {port})\n'
        'c.request("GET", "/"); print(c.getresponse().read())\n'
        "time.sleep(2)\n"
        'c.request("GET", "/"); print(c.getresponse().read())'
    )
    node = (
        'const http = require("http"), agent = new http.Agent({keepAlive: true});\n'
        f'const get = () => http.get({{port: {port}, host: "127.0.0.1", agent}}, r => r.resume());\n'
        "get(); setTimeout(get, 2000)"
    )
    url = f"http://127.0.0.1:{port}/"
    return [
        ("python", f"python3 -c '{python}'"),
        ("node", f"node -e '{node}'"),
        ("curl", f"curl -v {url} {url}"),
    ]


@situation(SITUATIONS, "connection-address-in-use", "address-already-in-use")
def address_in_use(lab, port):
    lab.behave("silent", port)
    java = f'new java.net.ServerSocket({port}, 5, java.net.InetAddress.getByName("127.0.0.1"));'
    java = f"class Bind {{ public static void main(String[] a) throws Exception {{ {java} }} }}\n"
    (lab.folder / "Bind.java").write_text(java)
    folder = Nginx(port).write(lab)
    return [
        ("python", f"python3 -m http.server --bind 127.0.0.1 {port}"),
        ("node", f'node -e \'require("http").createServer().listen({port}, "127.0.0.1")\''),
        ("java", "java Bind.java"),
        ("nc", f"nc -l 127.0.0.1 {port}"),
        ("nginx-start", f"nginx -p {folder} -c nginx.conf"),
        ("ss", f"ss -ltnp 'sport = :{port}'"),
    ]


@situation(SITUATIONS, "connection-address-not-ours", "address-already-in-use", "namespaces")
def address_not_ours(_lab, port):
    """A server for an address that another machine has."""
    return [
        ("python", f"python3 -m http.server --bind 10.0.40.7 {port}"),
        ("node", f'node -e \'require("http").createServer().listen({port}, "10.0.40.7")\''),
    ]


@situation(SITUATIONS, "connection-too-many-files", "too-many-open-files")
def too_many_files(lab, port):
    lab.behave("silent", port)
    python = f'import socket; [socket.create_connection(("127.0.0.1", {port})) for _ in range(40)]'
    node = f'for (let i = 0; i < 40; i++) require("net").connect({port}, "127.0.0.1"); setTimeout(process.exit, 500)'
    server = (
        "import socket\n"
        f's = socket.create_server(("127.0.0.1", {port + 1})); kept = []\n'
        f'for _ in range(40): kept.append(socket.create_connection(("127.0.0.1", {port + 1}))); kept.append(s.accept())'
    )
    return [
        ("python", f"ulimit -n 20; python3 -c '{python}'"),
        ("python-server", f"ulimit -n 20; python3 -c '{server}'"),
        ("node", f"ulimit -n 30; node -e '{node}'"),
    ]


@situation(SITUATIONS, "connection-ports-exhausted", "ports-exhausted", "namespaces")
def ports_exhausted(lab, port):
    """Twenty local ports, and twenty connections to one address."""
    setting = Path("/proc/sys/net/ipv4/ip_local_port_range")
    before = setting.read_text()
    lab.undo.append(lambda: setting.write_text(before))
    lab.behave("silent", port)
    setting.write_text("40000 40019")
    with contextlib.suppress(OSError):
        while True:
            held = socket.create_connection(("127.0.0.1", port), 5)
            lab.undo.append(held.close)
    count = "awk 'NR>1{n[$1]++} END{for(s in n) print s,n[s]}'"
    return [
        *plain_clients(port),
        ("ss", f"ss -tan dst 127.0.0.1:{port} | {count}; sysctl net.ipv4.ip_local_port_range"),
    ]
