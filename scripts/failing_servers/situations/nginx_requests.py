"""Situations of requests that an NGINX rejects or cuts off."""

from failing_servers.nginx_proxies import proxied

ZONE = "limit_req_zone $binary_remote_addr zone=perip:1m rate=1r/s;"
LIMITED = "location / { limit_req zone=perip MORE; proxy_pass http://BACKEND; }"
CYCLE = "root FOLDER/no-certificates; location / { try_files $uri /index.html; } error_page 404 /index.html;"
ASKS_FIRST = """location / { auth_request /auth; proxy_pass http://BACKEND; }
        location = /auth { internal; proxy_pass http://BACKEND2; }"""
WEBSOCKET = """location / {
            proxy_pass http://BACKEND;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection upgrade;
            proxy_read_timeout 1s;
        }"""

SITUATIONS = [
    proxied(
        "body-too-large",
        "body-too-large",
        backends=["ok"],
        requests=("/upload",),
        method="-F file=@body.bin -H Expect:",
    ),
    proxied(
        "body-too-large-chunked",
        "body-too-large",
        backends=["ok"],
        requests=("/upload",),
        method="-T body.bin -X POST -H Expect: -H Transfer-Encoding:chunked",
    ),
    proxied(
        "header-too-large", "request-header-too-large", backends=["ok"], requests=("/account",), method="-H @cookie.txt"
    ),
    proxied("uri-too-long", "request-header-too-large", backends=["ok"], requests=("/search?q=" + "x" * 9000,)),
    proxied("invalid-method", "unreadable-request", backends=["ok"], method="-X 'G@T'"),
    proxied("no-host", "unreadable-request", backends=["ok"], method="-H Host:"),
    proxied("proxy-line-expected", "unreadable-request", backends=["ok"], listen="proxy_protocol"),
    proxied("proxy-line-unexpected", "unreadable-request", backends=["ok"], method="--haproxy-protocol"),
    proxied("http2-unexpected", "unreadable-request", backends=["ok"], method="--http2-prior-knowledge"),
    proxied("rate-limit", "rate-limited", LIMITED.replace("MORE", ""), ["ok"], ("/", "/app.js", "/app.css"), ZONE),
    proxied("rate-delay", "rate-limited", LIMITED.replace("MORE", "burst=2"), ["ok"], ("/", "/app.js"), ZONE),
    proxied("denied", "access-refused", "location / { deny all; }"),
    proxied("auth-unexpected", "access-refused", ASKS_FIRST, ["ok", "moved-302"]),
    proxied("directory-index", "access-refused", "location / { root FOLDER/no-certificates; }", requests=("/",)),
    proxied("redirection-cycle", "configuration-refused", CYCLE),
    proxied(
        "websocket-closed",
        "websocket-closed",
        WEBSOCKET,
        ["upgraded"],
        ("/ws",),
        method="-H 'Connection: Upgrade' -H 'Upgrade: websocket'",
    ),
    proxied(
        "client-gives-up",
        "client-went-away",
        "location / { proxy_pass http://BACKEND; }",
        ["silent"],
        ("/impatient",),
        method="-m 1",
    ),
]
