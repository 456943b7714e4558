"""Situations of names and DNS servers."""

from failing_servers.clients import JUST_STATUS, name_clients
from failing_servers.dns_server import with_names
from failing_servers.namespaces import set_resolv_conf
from failing_servers.network import add_firewall_rule
from failing_servers.situation import situation

SITUATIONS = []


@situation(SITUATIONS, "connection-name-not-found", "name-not-found", "namespaces")
def name_not_found(lab, _port):
    with_names(lab)
    return name_clients("ap.example.com")


@situation(SITUATIONS, "connection-name-no-record", "name-not-found", "namespaces")
def name_no_record(lab, _port):
    """The name has an IPv6 address only."""
    with_names(lab)
    return [it for it in name_clients("v6only.example.com", "AF_INET") if it[0] in ("dig", "python")]


@situation(SITUATIONS, "connection-name-ok", "-", "network")
def name_ok(lab, _port):
    with_names(lab)
    return [("dig", "dig db.example.com"), ("getent", "getent ahosts api.example.net")]


@situation(SITUATIONS, "connection-dns-servfail", "dns-server-fails dns-server-unreachable", "namespaces")
def dns_servfail(lab, _port):
    with_names(lab)
    return name_clients("servfail.example.com")


@situation(SITUATIONS, "connection-dns-refused", "dns-server-fails dns-server-unreachable", "namespaces")
def dns_refused(lab, _port):
    with_names(lab)
    return name_clients("refused.example.com")


@situation(SITUATIONS, "connection-dns-closed", "dns-server-unreachable dns-server-fails", "namespaces")
def dns_closed(lab, _port):
    """No process at the address of the DNS server."""
    set_resolv_conf(lab, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    lab.undo.append(lambda: set_resolv_conf(lab, "nameserver 127.0.0.1\n"))
    return name_clients("app.example.org")


@situation(SITUATIONS, "connection-dns-unreachable", "dns-server-unreachable dns-server-fails", "network", "iptables")
def dns_unreachable(lab, _port):
    add_firewall_rule(lab, "-p", "udp", "--dport", "53", "-j", "DROP")
    set_resolv_conf(lab, "nameserver 10.0.30.53\noptions timeout:2 attempts:2\n")
    lab.undo.append(lambda: set_resolv_conf(lab, "nameserver 127.0.0.1\n"))
    return name_clients("app.example.org")


@situation(SITUATIONS, "connection-search-list", "search-list-misleads", "namespaces")
def search_list(lab, _port):
    with_names(lab)
    search = "search shop.svc.cluster.local svc.cluster.local corp.example.com"
    set_resolv_conf(lab, f"{search}\nnameserver 10.0.20.53\noptions ndots:5\n")
    looks = ("cat /etc/resolv.conf", "getent ahosts api.example.net", "getent ahosts api.example.net.")
    return [("getent", "; ".join(looks))]


@situation(SITUATIONS, "connection-wrong-address", "wrong-address", "namespaces")
def wrong_address(lab, _port):
    with_names(lab)
    return [("getent", "getent hosts db.example.com; dig +short db.example.com; grep db.example.com /etc/hosts")]


@situation(SITUATIONS, "connection-ipv6-broken", "ipv6-path-broken", "network")
def ipv6_broken(lab, port):
    with_names(lab)
    lab.behave("ok", port, "10.0.30.15", lab.server)
    url = f"http://v6first.example.com:{port}/"
    return [
        ("wget", f"wget -T 4 -O /dev/null {url}"),
        ("curl", f"curl -6 -v --connect-timeout 3 {url}; curl -4 {JUST_STATUS} {url}"),
        ("curl-both", f"curl -v {url}"),
    ]
