"""Makes a router, a server behind it, and rules of its firewall."""

import os
import subprocess
import time

from failing_servers.processes import run


def connect_network(lab):
    """Makes the router and the server behind it. Both namespaces live as long as a process in them."""
    hold = ("unshare", "--net", "sleep", "86400")
    lab.router, lab.server = lab.start(*hold), lab.start(*hold)
    own = os.readlink("/proc/self/ns/net")
    while own in (os.readlink(f"/proc/{it.pid}/ns/net") for it in (lab.router, lab.server)):
        time.sleep(0.02)
    for one, other in (("c0", "r0"), ("s0", "r1")):
        run(lab.folder, "ip", "link", "add", one, "type", "veth", "peer", "name", other)
    for interface, place in (("r0", lab.router), ("r1", lab.router), ("s0", lab.server)):
        run(lab.folder, "ip", "link", "set", interface, "netns", str(place.pid))
    rows = (
        (None, "c0", "10.0.20.10/24", "2001:db8:20::10/64"),
        (lab.router, "r0", "10.0.20.1/24", "2001:db8:20::1/64"),
        (lab.router, "r1", "10.0.30.1/24", "2001:db8:30::1/64"),
        (lab.server, "s0", "10.0.30.15/24", "2001:db8:30::15/64"),
    )
    for place, interface, *addresses in rows:
        for address in addresses:
            now = ("nodad",) if ":" in address else ()
            run_within(lab, place, "ip", "address", "add", address, "dev", interface, *now)
        run_within(lab, place, "ip", "link", "set", interface, "up")
        run_within(lab, place, "ip", "link", "set", "lo", "up")
    # The router forwards IPv4 only. It knows no way to other networks than these two.
    run_within(lab, lab.router, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv4.icmp_ratelimit=0")
    run_within(lab, lab.server, "ip", "route", "add", "default", "via", "10.0.30.1")
    run(lab.folder, "ip", "route", "add", "10.0.0.0/8", "via", "10.0.20.1")
    run(lab.folder, "ip", "route", "add", "192.0.2.0/24", "via", "10.0.20.1")
    run(lab.folder, "ip", "route", "add", "2001:db8:30::/64", "via", "2001:db8:20::1")
    lab.undo.append(lambda: subprocess.run(["ip", "link", "delete", "c0"], capture_output=True, check=False))


def run_within(lab, place, *words):
    """Runs a program in the namespace of a process."""
    if place:
        words = ("nsenter", f"--net=/proc/{place.pid}/ns/net", *words)
    run(lab.folder, *words)


def add_firewall_rule(lab, *rule, chain="FORWARD"):
    """Adds a rule to the router's firewall."""
    run_within(lab, lab.router, "iptables", "-A", chain, *rule)
