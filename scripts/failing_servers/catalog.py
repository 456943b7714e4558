"""Lists the situations of all modules, and gives each its ports."""

import sys

from failing_servers.situations import (
    connections,
    name_lookups,
    networks,
    nginx_backends,
    nginx_https,
    nginx_machines,
    nginx_requests,
    nginx_tls_backends,
    proxies,
    tls_closing,
    tls_keys,
    tls_servers,
    tls_trust,
    tls_wrong_ports,
)

# Port of the first situation. Each situation has PORTS_EACH ports, so that a port tells the situation.
FIRST_PORT = 8400
PORTS_EACH = 4

# Situations of the three trees that this script does not make, and why.
NOT_MADE = {
    "tls: certificate-revoked seen by Windows and browsers": "they are not here",
    "tls: legacy-renegotiation": "OpenSSL 3 servers always send RFC 5746",
    "connection: client-gives-up-early": "needs delayed packets (the netem queue of Linux)",
    "connection: conntrack-table-full": "the table is that of the whole machine",
    "nginx: upstream-permission-denied by SELinux": "needs SELinux",
    "nginx: ingress-*": "needs Kubernetes",
}


def numbered(*modules):
    """Returns the situations of modules, each with its first port."""
    found = [it for module in modules for it in module.SITUATIONS]
    for at, it in enumerate(found):
        it.port = FIRST_PORT + PORTS_EACH * at
    return found


# The ports follow from the order. A new module belongs at the end if the ports are to stay.
SITUATIONS = numbered(
    tls_servers,
    tls_wrong_ports,
    tls_keys,
    tls_closing,
    tls_trust,
    connections,
    proxies,
    networks,
    name_lookups,
    nginx_backends,
    nginx_tls_backends,
    nginx_requests,
    nginx_machines,
    nginx_https,
)


def chosen(names):
    """Returns the situations of some names."""
    if not names:
        return SITUATIONS
    found = []
    for name in names:
        exact = [it for it in SITUATIONS if it.name == name]
        found += exact or [it for it in SITUATIONS if it.name.startswith(name + "-")]
        if not found or not found[-1].name.startswith(name):
            print(f"no situation begins with {name!r}; `list` names them", file=sys.stderr)
            sys.exit(2)
    return found


def print_list(names):
    """Prints the situations of some names, and the situations that are not made."""
    for it in chosen(names):
        print(f"{it.name:<40} {it.cards}{' (' + ', '.join(it.needs) + ')' if it.needs else ''}")
    for name, reason in NOT_MADE.items():
        print(f"not made: {name}: {reason}")
