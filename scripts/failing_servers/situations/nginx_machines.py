"""Situations of an NGINX that its machine or configuration stops."""

import os
import time
from pathlib import Path

from failing_servers.dns_server import with_names
from failing_servers.nginx_proxies import PROXY, SHORT
from failing_servers.nginx_server import Nginx
from failing_servers.situation import situation

SITUATIONS = []

SMALL_BUFFERS = """location / {
            proxy_pass http://BACKEND;
            proxy_buffer_size 4k;
            proxy_buffers 2 4k;
            proxy_busy_buffers_size 4k;
        }"""


@situation(SITUATIONS, "nginx-connect-timeout", "upstream-unreachable", "nginx")
def connect_timeout(lab, port):
    """The accept queue of the backend is full, so that SYN stays without a response."""
    lab.behave("full-queue", port + 1)
    time.sleep(1.2)
    logs = Nginx(port, SHORT).start(lab)
    return [("curl", lab.curl(port, host="www.example.com", scheme="http", options="-sS -i")), *logs]


@situation(SITUATIONS, "nginx-name-not-resolved", "name-not-resolved", "nginx", "namespaces")
def name_not_resolved(lab, port):
    with_names(lab)
    server = "resolver 10.0.20.53 ipv6=off; set $backend NAME; location / { proxy_pass http://$backend; }"
    found = []
    for at, name in enumerate(("registry", "servfail.example.com")):
        logs = Nginx(port + at, server.replace("NAME", name)).start(lab)
        client = "" if at == 0 else "-servfail"
        command = lab.curl(port + at, host="www.example.com", scheme="http", options="-sS -i")
        found += [("curl" + client, command), *((log + client, path) for log, path in logs)]
    return found


@situation(SITUATIONS, "nginx-host-not-found", "host-not-found-at-start", "nginx", "namespaces")
def host_not_found(lab, port):
    with_names(lab)
    folder = Nginx(port, "location / { proxy_pass http://api:8080; }").write(lab)
    return [("nginx-start", f"nginx -p {folder} -c nginx.conf")]


@situation(SITUATIONS, "nginx-configuration", "configuration-refused", "nginx")
def configuration_refused(lab, port):
    """Settings that NGINX refuses, one after the other."""
    faults = {
        "unknown": "proxy_read_timout 5s;",
        "buffers": "location / { proxy_pass http://BACKEND; proxy_buffer_size 16k; }",
        "brace": "location / {",
        "place": "worker_processes 2;",
        "count": "client_max_body_size 1m 2m;",
        "twice": "location /a { return 200; } location /a { return 200; }",
        "variable": "return 200 $absent;",
        "zone": "location / { limit_req zone=absent; }",
    }
    found = []
    for name, server in faults.items():
        folder = Nginx(port, server).write(lab)
        found.append((f"nginx-start-{name}", f"nginx -t -p {folder} -c nginx.conf"))
    return found


@situation(SITUATIONS, "nginx-port-in-use", "configuration-refused", "nginx")
def port_in_use(lab, port):
    lab.behave("silent", port)
    folder = Nginx(port).write(lab)
    return [("nginx-start", f"nginx -p {folder} -c nginx.conf")]


@situation(SITUATIONS, "nginx-permission-denied", "upstream-permission-denied", "nginx")
def permission_denied(lab, port):
    """The socket of the backend has mode 0, and NGINX has no right to pass over modes."""
    path = lab.folder / "app.sock"
    lab.behave("ok", 0, str(path))
    while not path.exists():
        time.sleep(0.02)
    before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    logs = Nginx(port, f"location / {{ proxy_pass http://unix:{path}; }}").start(lab, *before)
    return [("curl", lab.curl(port, host="www.example.com", scheme="http", options="-sS -i")), *logs]


@situation(SITUATIONS, "nginx-temp-permission", "response-cut-short nginx-out-of-resources", "nginx")
def temp_permission(lab, port):
    """The folder for large responses belongs to another user."""
    lab.behave("big", port + 1)
    before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    logs = Nginx(port, SMALL_BUFFERS, listen="sndbuf=8k").start(lab, *before)
    (logs[0][1].parent / "proxy").chmod(0)
    slow = "-sS --limit-rate 200k -m 20 -o /dev/null"
    return [("curl", lab.curl(port, "/app.js", "www.example.com", "http", slow)), *logs]


def behind_others(lab, port, others, options=""):
    """Returns the command that sends requests which wait for the backend, and then one more."""
    curl = lab.curl(port, "/ws", "www.example.com", "http", f"-sS -m 20 {options}".strip())
    last = lab.curl(port, "/", "www.example.com", "http", f"-sS -i -m 20 {options}".strip())
    waiting = " ".join(str(number) for number in range(others))
    return f"for i in {waiting}; do {curl} >/dev/null 2>&1 & done; sleep 1; {last}"


@situation(SITUATIONS, "nginx-worker-connections", "nginx-out-of-resources", "nginx")
def worker_connections(lab, port):
    lab.behave("silent", port + 1)
    logs = Nginx(port, PROXY, connections=8).start(lab)
    return [("curl", behind_others(lab, port, 8)), *logs]


@situation(SITUATIONS, "nginx-too-many-files", "nginx-out-of-resources", "nginx")
def nginx_too_many_files(lab, port):
    lab.behave("silent", port + 1)
    logs = Nginx(port, PROXY).start(lab, "prlimit", "--nofile=16")
    return [("curl", behind_others(lab, port, 8)), *logs]


@situation(SITUATIONS, "nginx-ports-exhausted", "nginx-out-of-resources", "nginx", "namespaces")
def nginx_ports_exhausted(lab, port):
    setting = Path("/proc/sys/net/ipv4/ip_local_port_range")
    before = setting.read_text()
    lab.undo.append(lambda: setting.write_text(before))
    lab.behave("silent", port + 1)
    logs = Nginx(port, PROXY).start(lab)
    setting.write_text("40000 40001")
    # The clients take their ports from elsewhere.
    return [("curl", behind_others(lab, port, 4, "--local-port 30000-30999")), *logs]
