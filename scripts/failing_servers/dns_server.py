"""Serves the names of the situations over DNS."""

import os
import socket
import struct

from failing_servers.namespaces import set_resolv_conf
from failing_servers.processes import listens, run


def serve_names(address, port):
    """Responds to DNS queries from a table of names, over UDP."""
    found = {
        ("app.example.com", 1): ["10.0.30.15"],
        ("db.example.com", 1): ["10.0.30.15"],
        ("v6only.example.com", 28): ["2001:db8:30::15"],
        ("v6first.example.com", 1): ["10.0.30.15"],
        ("v6first.example.com", 28): ["2001:db8:30::15"],
        ("api.example.net", 1): ["198.51.100.44"],
    }
    codes = {"servfail.example.com": 2, "refused.example.com": 5}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind((address, port))
        while True:
            query, client = listening.recvfrom(4096)
            labels, at = [], 12
            while query[at]:
                labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace").lower())
                at += 1 + query[at]
            name, kind = ".".join(labels), struct.unpack(">H", query[at + 1 : at + 3])[0]
            addresses = found.get((name, kind), [])
            if name.endswith(".corp.example.com") and kind == 1:
                addresses = ["203.0.113.80"]
            is_known = addresses or any(it[0] == name for it in found) or name.endswith(".corp.example.com")
            code = codes.get(name, 0 if is_known else 3)
            authority = b""
            if not addresses and code in (0, 3):
                # SOA of example.com: its last number is how long "no such name" may be kept.
                data = b"\3ns1\7example\3com\0\12hostmaster\7example\3com\0"
                data += struct.pack(">IIIII", 2026112901, 3600, 600, 86400, 300)
                authority = b"\7example\3com\0" + struct.pack(">HHIH", 6, 1, 300, len(data)) + data
            head = query[:2] + struct.pack(">HHHHH", 0x8580 | code, 1, len(addresses), bool(authority), 0)
            response = head + query[12 : at + 5]
            for it in addresses:
                data = socket.inet_pton(socket.AF_INET6 if ":" in it else socket.AF_INET, it)
                response += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
            listening.sendto(response + authority, client)


def with_names(lab):
    """Starts a DNS server at an address of this machine."""
    address = "10.0.20.53"
    run(lab.folder, "ip", "address", "replace", f"{address}/32", "dev", "lo")
    if not listens(os.getpid(), 53, udp=True):
        lab.behave("names", 53, address)
    set_resolv_conf(lab, f"nameserver {address}\n")
    lab.undo.append(lambda: set_resolv_conf(lab, "nameserver 127.0.0.1\n"))
