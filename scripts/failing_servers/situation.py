"""Describes a situation, and starts it."""

from dataclasses import dataclass, field

from failing_servers.network import connect_network


@dataclass
class Situation:
    """A failure to make and record.

    `start` starts its servers, and returns what to record: rows of a client's name and its command, or of a log's name
    and its path. A command without a name is run for the logs, and not recorded.
    """

    name: str
    cards: str
    start: object
    needs: tuple = ()
    port: int = field(default=0)


def situation(group, name, cards, *needs):
    """Adds a function to a group of situations."""

    def added(start):
        group.append(Situation(name, cards, start, needs))
        return start

    return added


def lacks(lab, it):
    """Returns why a situation cannot be made here, or nothing."""
    for need in it.needs:
        if need in ("namespaces", "network"):
            if not lab.has_namespaces:
                return "needs root or user namespaces"
            if need == "network" and not lab.has("ip"):
                return "needs ip"
        elif not lab.has(need):
            return f"needs {need}"
    return ""


def started(lab, it):
    """Starts the servers of a situation, and returns what to record."""
    if "network" in it.needs and not lab.router:
        connect_network(lab)
    return list(it.start(lab, it.port))
