"""Situations of a proxy that clients use."""

from failing_servers.situation import situation

SITUATIONS = []


def other_clients(port):
    """Returns the commands of Java and wget that use the proxy at a port."""
    return [
        ("java", f"java -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort={port} Get https://www.example.org/"),
        ("wget", f"https_proxy=http://127.0.0.1:{port} wget -O - --tries=1 https://www.example.org/"),
    ]


@situation(SITUATIONS, "connection-proxy-407", "proxy-refuses")
def proxy_refuses(lab, port):
    lab.behave("proxy-407", port)
    python = (
        "import urllib.request\n"
        f'p = urllib.request.ProxyHandler({{"https": "http://127.0.0.1:{port}"}})\n'
        'urllib.request.build_opener(p).open("https://www.example.org/")'
    )
    return [
        ("curl", f"curl -v -x http://127.0.0.1:{port} https://www.example.org/"),
        ("python", f"python3 -c '{python}'"),
        *other_clients(port),
    ]


@situation(SITUATIONS, "connection-proxy-unreachable", "proxy-settings-wrong nothing-listens")
def proxy_unreachable(_lab, port):
    return [
        ("curl", f"https_proxy=http://127.0.0.1:{port} curl -v https://www.example.org/"),
        *other_clients(port),
    ]


@situation(SITUATIONS, "connection-proxy-scheme", "proxy-settings-wrong tls-to-plain-port")
def proxy_scheme(lab, port):
    """TLS is spoken to a proxy that speaks HTTP."""
    lab.behave("proxy-407", port)
    return [("curl", f"https_proxy=https://127.0.0.1:{port} curl -v https://www.example.org/")]
