"""Situations of routes, firewalls and hosts of a network."""

from pathlib import Path

from failing_servers.clients import plain_clients
from failing_servers.network import add_firewall_rule, run_within
from failing_servers.situation import situation

SITUATIONS = []


@situation(SITUATIONS, "connection-no-route", "no-route", "network")
def no_route(_lab, port):
    """The client has no way to the address."""
    address = "198.51.100.20"
    return [
        *plain_clients(port, address),
        ("ip", f"ip route get {address}; ip route"),
        ("ping", f"ping -c 2 {address}"),
    ]


@situation(SITUATIONS, "connection-no-route-beyond", "no-route", "network")
def no_route_beyond(_lab, port):
    """The router has no way, and says so."""
    address = "192.0.2.20"
    return [*plain_clients(port, address), ("ip", f"ip route get {address}"), ("ping", f"ping -c 2 {address}")]


@situation(SITUATIONS, "connection-packets-dropped", "packets-dropped", "network", "iptables")
def packets_dropped(lab, port):
    lab.behave("ok", port, "10.0.30.15", lab.server)
    add_firewall_rule(lab, "-p", "tcp", "--dport", str(port), "-j", "DROP")
    states = f"(timeout 2 curl -s http://10.0.30.15:{port}/ &) ; sleep 1; ss -tn state syn-sent"
    return [
        *plain_clients(port, "10.0.30.15", limit="--connect-timeout 4"),
        ("nc", f"nc -vz -w 3 10.0.30.15 {port}"),
        ("ss", states),
    ]


@situation(SITUATIONS, "connection-packets-dropped-kernel", "packets-dropped", "network", "iptables")
def packets_dropped_kernel(lab, port):
    """The kernel gives up, after one repetition of SYN instead of six."""
    lab.behave("ok", port, "10.0.30.15", lab.server)
    add_firewall_rule(lab, "-p", "tcp", "--dport", str(port), "-j", "DROP")
    setting = Path("/proc/sys/net/ipv4/tcp_syn_retries")
    before = setting.read_text()
    lab.undo.append(lambda: setting.write_text(before))
    setting.write_text("1")
    url = f"http://10.0.30.15:{port}/"
    return [
        ("curl", f"curl -v {url}"),
        ("python", f"python3 -c 'import urllib.request; urllib.request.urlopen(\"{url}\")'"),
        ("node", f"node -e 'fetch(\"{url}\")'"),
        ("java", f"java -Dsun.net.client.defaultConnectTimeout=9000 Get {url}"),
    ]


@situation(SITUATIONS, "connection-firewall-rejects", "firewall-rejects", "network", "iptables")
def firewall_rejects(lab, port):
    lab.behave("ok", port, "10.0.30.15", lab.server)
    add_firewall_rule(lab, "-p", "tcp", "--dport", str(port), "-j", "REJECT", "--reject-with", "icmp-host-prohibited")
    return [*plain_clients(port, "10.0.30.15"), ("nc", f"nc -vz -w 3 10.0.30.15 {port}; ping -c 2 10.0.30.15")]


@situation(
    SITUATIONS,
    "connection-firewall-resets",
    "firewall-rejects nothing-listens listens-on-loopback-only",
    "network",
    "iptables",
)
def firewall_resets(lab, port):
    """The firewall sends RST: clients see no difference to a closed port."""
    lab.behave("ok", port, "10.0.30.15", lab.server)
    add_firewall_rule(lab, "-p", "tcp", "--dport", str(port), "-j", "REJECT", "--reject-with", "tcp-reset")
    return plain_clients(port, "10.0.30.15")


@situation(SITUATIONS, "connection-host-down", "host-not-there", "network")
def host_down(_lab, port):
    address = "10.0.30.99"
    return [*plain_clients(port, address), ("ping", f"ping -c 3 {address}"), ("nc", f"nc -vz -w 5 {address} {port}")]


@situation(SITUATIONS, "connection-neighbor-down", "host-not-there", "network")
def neighbor_down(_lab, port):
    """The address is in the client's own network."""
    return [*plain_clients(port, "10.0.20.99"), ("ip", "ip neigh show 10.0.20.99"), ("ping", "ping -c 3 10.0.20.99")]


@situation(
    SITUATIONS, "connection-loopback-only", "listens-on-loopback-only nothing-listens firewall-rejects", "network"
)
def loopback_only(lab, port):
    lab.behave("ok", port, "127.0.0.1", lab.server)
    look = f"nsenter --net=/proc/{lab.server.pid}/ns/net ss -ltn 'sport = :{port}'"
    return [*plain_clients(port, "10.0.30.15"), ("ss", look)]


@situation(SITUATIONS, "connection-mtu", "path-mtu-black-hole no-reply", "network", "iptables")
def mtu(lab, port):
    """The router's ways take 1400 bytes, and the message about it is lost."""
    lab.behave("big", port, "10.0.30.15", lab.server)
    lab.behave("ok", port + 1, "10.0.30.15", lab.server)
    for network, interface in (("10.0.20.0/24", "r0"), ("10.0.30.0/24", "r1")):
        run_within(lab, lab.router, "ip", "route", "change", network, "dev", interface, "mtu", "lock", "1400")
    add_firewall_rule(lab, "-p", "icmp", "--icmp-type", "fragmentation-needed", "-j", "DROP", chain="OUTPUT")
    look = f"nsenter --net=/proc/{lab.server.pid}/ns/net ss -tino 'sport = :{port}'"
    return [
        ("curl", f"curl -v -sS -m 5 -o /dev/null http://10.0.30.15:{port}/export"),
        ("curl-small", f"curl -v http://10.0.30.15:{port + 1}/health"),
        ("ping", "ping -M do -c 2 -W 2 -s 1472 10.0.30.15; ping -M do -c 2 -W 2 -s 1372 10.0.30.15"),
        ("ss", f"(timeout 4 curl -s http://10.0.30.15:{port}/ >/dev/null &) ; sleep 3; {look}"),
    ]
