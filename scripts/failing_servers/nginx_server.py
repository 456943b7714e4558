"""Starts an NGINX with a configuration of its own."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

NGINX = """daemon off;
master_process off;
pid nginx.pid;
error_log error.log info;
USER
events { worker_connections CONNECTIONS; }
http {
    log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
                    '"$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
    log_format fields escape=json '{"time": "$time_iso8601", "remote_addr": "$remote_addr", "host": "$host", '
        '"request": "$request", "status": "$status", "body_bytes_sent": "$body_bytes_sent", '
        '"request_time": "$request_time", "upstream_addr": "$upstream_addr", "upstream_status": "$upstream_status", '
        '"upstream_connect_time": "$upstream_connect_time", "upstream_header_time": "$upstream_header_time", '
        '"upstream_response_time": "$upstream_response_time", "upstream_response_length": "$upstream_response_length"}';
    access_log access.log main;
    access_log access.json fields;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    ssl_session_cache off;
    HTTP
    server {
        listen 127.0.0.1:PORT LISTEN;
        server_name www.example.com;
        SERVER
    }
}
"""


@dataclass
class Nginx:
    """An NGINX with a configuration of its own.

    BACKEND in `server` and `http` is the address of the first server behind it, BACKEND2 that of the second.
    """

    port: int
    server: str = ""
    http: str = ""
    listen: str = ""
    connections: int = 64

    def write(self, lab):
        """Writes the configuration, and returns the folder."""
        folder = Path(tempfile.mkdtemp(prefix="nginx-", dir=lab.folder))
        # Without a user, root would give the folders for large bodies to `nobody`.
        text = NGINX.replace("USER", "user root root;" if os.geteuid() == 0 else "").replace(
            "CONNECTIONS", str(self.connections)
        )
        text = text.replace("HTTP\n", self.http + "\n").replace("SERVER", self.server).replace("LISTEN", self.listen)
        text = text.replace("BACKEND2", f"127.0.0.1:{self.port + 2}").replace("BACKEND", f"127.0.0.1:{self.port + 1}")
        text = text.replace("PORT", str(self.port)).replace("FOLDER", str(lab.folder))
        (folder / "nginx.conf").write_text(text)
        return folder

    def start(self, lab, *before):
        """Starts it, and returns its logs."""
        folder = self.write(lab)
        words = [*before, "nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        lab.start(*words, port=self.port, log=f"{folder.name}/started.log")
        return [
            ("error-log", folder / "error.log"),
            ("access-log", folder / "access.log"),
            ("access-json", folder / "access.json"),
        ]
