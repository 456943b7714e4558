"""Situations of an NGINX whose backends fail."""

from failing_servers.nginx_proxies import SHORT, proxied

BY_NAME = "set $backend registry; location / { proxy_pass http://$backend:8080; }"
POOL = "upstream app_pool { server BACKEND; server BACKEND2; }"
KEPT_POOL = "upstream app_pool { server BACKEND; keepalive 4; }"
KEEPS = 'location / { proxy_pass http://app_pool; proxy_http_version 1.1; proxy_set_header Connection ""; }'
TO_ADDRESS = "location / { proxy_pass http://ADDRESS:8080; proxy_connect_timeout 2s; }"

SITUATIONS = [
    proxied("ok", "-", backends=["ok"]),
    proxied("refused", "upstream-connection-refused", requests=("/orders", "/favicon.ico")),
    proxied("socket-missing", "upstream-connection-refused", "location / { proxy_pass http://unix:/run/absent.sock; }"),
    proxied("no-route", "upstream-unreachable", TO_ADDRESS.replace("ADDRESS", "198.51.100.20"), needs=["network"]),
    proxied(
        "host-down",
        "upstream-unreachable",
        TO_ADDRESS.replace("ADDRESS", "10.0.30.99").replace("2s", "5s"),
        needs=["network"],
    ),
    proxied("response-timeout", "upstream-response-timeout", SHORT, ["silent"]),
    proxied("closed-early", "upstream-closed-connection keepalive-race", backends=["closes"]),
    proxied("reset-early", "upstream-closed-connection keepalive-race", backends=["resets"]),
    proxied("header-too-big", "upstream-header-too-big", backends=["big-header"]),
    proxied("invalid-header", "upstream-invalid-response", backends=["invalid-header"]),
    # NGINX before 1.23.0 takes both.
    proxied("double-header", "upstream-invalid-response -", backends=["double-header"]),
    proxied("both-lengths", "upstream-invalid-response -", backends=["both-lengths"]),
    proxied("no-http", "upstream-invalid-response", backends=["no-http"]),
    proxied("cut-short", "response-cut-short", backends=["cut"], method="-o /dev/null"),
    proxied("cut-short-reset", "response-cut-short", backends=["cut-reset"], method="-o /dev/null"),
    proxied("stops-midway", "response-cut-short", SHORT, ["stops"], method="-o /dev/null"),
    proxied("backend-500", "backend-own-error", backends=["fails-500"]),
    proxied("backend-503", "backend-own-error", backends=["fails-503"]),
    proxied(
        "no-live-upstreams",
        "no-live-upstreams upstream-connection-refused",
        "location / { proxy_pass http://app_pool; }",
        requests=("/report", "/", "/cart"),
        http=POOL,
    ),
    proxied(
        "slow-pool",
        "upstream-response-timeout no-live-upstreams",
        "location / { proxy_pass http://app_pool; proxy_read_timeout 1s; }",
        ["silent", "silent"],
        ("/report?year=2025", "/", "/cart"),
        POOL,
    ),
    proxied(
        "hidden-failure",
        "upstream-connection-refused",
        "location / { proxy_pass http://app_pool; }",
        ["", "ok"],
        ("/cart", "/"),
        POOL,
    ),
    proxied(
        "keepalive-race",
        "keepalive-race upstream-closed-connection",
        KEEPS,
        ["kept-closes"],
        ("/api/events", "/api/events"),
        KEPT_POOL,
        method="-X POST",
    ),
    proxied(
        "keepalive-race-reset",
        "keepalive-race upstream-closed-connection",
        KEEPS,
        ["kept-resets"],
        ("/api/events", "/api/events"),
        KEPT_POOL,
        method="-X POST",
    ),
    proxied(
        "keepalive-race-get",
        "keepalive-race upstream-closed-connection",
        KEEPS,
        ["kept-closes"],
        ("/api/events", "/api/events"),
        KEPT_POOL,
    ),
    proxied("no-resolver", "name-not-resolved", BY_NAME),
    proxied("resolver-closed", "name-not-resolved", "resolver BACKEND; resolver_timeout 1s;" + BY_NAME),
]
