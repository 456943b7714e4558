"""Situations of handshakes and TLS connections that end too early."""

from failing_servers.certificates import HOST
from failing_servers.clients import python_client, tls_clients
from failing_servers.situation import situation
from failing_servers.ways import ANY_WAY

SITUATIONS = []


@situation(SITUATIONS, "tls-handshake-closed", "handshake-closed")
def handshake_closed(lab, port):
    lab.behave("closes", port)
    return tls_clients(lab, port)


@situation(SITUATIONS, "tls-handshake-reset", "handshake-closed")
def handshake_reset(lab, port):
    lab.behave("resets", port)
    return tls_clients(lab, port)


@situation(SITUATIONS, "tls-handshake-stalls", "handshake-stalls")
def handshake_stalls(lab, port):
    lab.behave("silent", port)
    return tls_clients(lab, port, limit="-m 4")


@situation(SITUATIONS, "tls-no-notify", "closed-without-notify")
def no_notify(lab, port):
    """The response has no length, so that only close_notify could tell its end."""
    lab.behave("no-notify", port)
    # Python forgives by default.
    strict = python_client(lab, port, HOST, ANY_WAY).replace(
        "server_hostname", "suppress_ragged_eofs=False, server_hostname"
    )
    return [*tls_clients(lab, port), ("python-strict", strict)]


@situation(SITUATIONS, "tls-no-notify-cut", "closed-without-notify closed-too-early")
def no_notify_cut(lab, port):
    """The response has a length, and is shorter."""
    lab.behave("no-notify-cut", port)
    return tls_clients(lab, port)
