"""Names the commands of clients that try a server."""

from failing_servers.certificates import HOST
from failing_servers.ways import ANY_WAY

# Options with which curl prints the status and the seconds until it was connected.
JUST_STATUS = "-sS -o /dev/null -w '%{http_code} %{time_connect}\\n'"

JAVA_CLIENT = """import java.net.URL;

public class Get {
    public static void main(String[] arguments) throws Exception {
        var connection = new URL(arguments[0]).openConnection();
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(5000);
        System.out.write(connection.getInputStream().readAllBytes());
        System.out.flush();
    }
}
"""


def python_client(lab, port, host, way):
    """Returns the command that gets a page with Python's ssl."""
    lines = [
        "import socket, ssl",
        "c = ssl.create_default_context()",
        *([way.python] if way.python else []),
        f's = c.wrap_socket(socket.create_connection(("{lab.at(host)}", {port}), 5), server_hostname="{host}")',
        's.sendall(b"GET /orders HTTP/1.0\\r\\n\\r\\n")',
        "while part := s.recv(4096): print(part)",
    ]
    return "python3 -c '" + "\n".join(lines) + "'"


def tls_clients(lab, port, host=HOST, way=ANY_WAY, limit=""):
    """Yields clients of a TLS server, and their commands."""
    name = f"-connect {lab.at(host)}:{port} -servername {host}"
    yield "curl", lab.curl(port, host=host, options=f"-v {limit} {way.curl}".replace("  ", " ").strip())
    checked = f"{name} -verify_hostname {host}{' ' + way.openssl if way.openssl else ''}"
    before = "timeout 5 " if limit else ""
    yield "s_client", f"{before}openssl s_client {checked} -showcerts </dev/null"
    yield "python", python_client(lab, port, host, way)
    if not limit:
        more = f", {way.node}" if way.node else ""
        options = f'{{host: "{lab.at(host)}", port: {port}, path: "/orders", servername: "{host}", agent: false{more}}}'
        yield "node", f"node -e 'require(\"https\").get({options}, r => r.pipe(process.stdout))'"
    if lab.has_namespaces and way.java is not None:
        store = "-Djavax.net.ssl.trustStore=trusted.p12 -Djavax.net.ssl.trustStorePassword=changeit"
        yield "java", f"java {store}{' ' + way.java if way.java else ''} Get https://{host}:{port}/orders"
    if lab.has_namespaces and way.wget is not None:
        options = f"--tries=1 --timeout=5 --ca-certificate=trusted.pem{' ' + way.wget if way.wget else ''}"
        yield "wget", f"wget -O - {options} https://{host}:{port}/orders"


def certificate_looks(lab, port, host=HOST):
    """Yields the commands that look at a server's certificate."""
    get = f"openssl s_client -connect {lab.at(host)}:{port} -servername {host} </dev/null 2>/dev/null"
    yield "x509-dates", f"{get} | openssl x509 -noout -subject -issuer -dates -ext subjectAltName,extendedKeyUsage"
    yield "x509-text", f"{get} | openssl x509 -noout -text"


def plain_clients(port, address="127.0.0.1", path="/orders", limit=""):
    """Yields clients of a server without TLS, and their commands."""
    url = f"http://{address}:{port}{path}"
    yield "curl", f"curl -v {limit + ' ' if limit else ''}{url}"
    yield "python", f"python3 -c 'import urllib.request; print(urllib.request.urlopen(\"{url}\", timeout=5).read())'"
    signal_of = ", {signal: AbortSignal.timeout(5000)}" if limit else ""
    yield "node", f"node -e 'fetch(\"{url}\"{signal_of}).then(r => r.text()).then(console.log)'"
    yield "java", f"java Get {url}"
    yield "wget", f"wget -O - --tries=1 --timeout=5 {url}"


def name_clients(name, address="AF_UNSPEC"):
    """Yields clients that look a name up."""
    yield "dig", f"dig {name}"
    yield "getent", f'getent ahosts {name}; echo "rc $?"'
    yield "curl", f"curl -v http://{name}/"
    yield "python", f"python3 -c 'import socket; socket.getaddrinfo(\"{name}\", 443, socket.{address})'"
    yield "node", f"node -e 'fetch(\"http://{name}/\")'"
    yield "java", f"java Get http://{name}/"
    yield "wget", f"wget -O - --tries=1 http://{name}/"
