//! Tests that `curl` reads a filled value as part of one URL.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{SHELLS, filled_by, programs, run};

/// The values of a record in which an attacker chose one.
fn filled_with(command: &str, name: &str, value: &str) -> String {
    filled_by(command, &|asked| {
        let known = [("host", "www.example.com"), ("backend_ip", "10.0.20.11"), ("port", "8080"), ("path", "/orders")];
        let known = known.iter().find(|(name, _)| *name == asked).map(|(_, value)| *value);
        if asked == name { Some(value.to_owned()) } else { known.map(str::to_owned) }
    })
}

#[test]
fn a_value_cannot_change_where_a_request_goes() {
    let direct = "curl -g http://{backend_ip}:{port}{path}";
    let named = "curl -g https://{host}{path}";
    for (command, name, value, expected) in [
        (direct, "path", "/orders", "curl -g http://10.0.20.11:8080/orders"),
        (direct, "path", "/a?b=c&d=[1-7]", "curl -g http://10.0.20.11:8080'/a?b=c&d=[1-7]'"),
        (direct, "path", "@evil.example/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", ".evil.example/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "80/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "?@evil.example/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "#@evil.example/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "\\@evil.example/x", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "http://evil.example/", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "path", "", "curl -g http://10.0.20.11:8080{path}"),
        (direct, "port", "80@evil.example", "curl -g http://10.0.20.11:{port}/orders"),
        (direct, "port", "8080/x", "curl -g http://10.0.20.11:{port}/orders"),
        (direct, "port", "http", "curl -g http://10.0.20.11:{port}/orders"),
        (direct, "backend_ip", "[2001:db8::1]", "curl -g http://'[2001:db8::1]':8080/orders"),
        (named, "host", "www.example.com:8443", "curl -g https://www.example.com:8443/orders"),
        (named, "host", "user@evil.example", "curl -g https://{host}/orders"),
        (named, "host", "evil.example/x?", "curl -g https://{host}/orders"),
        (named, "host", "evil.example\\x", "curl -g https://{host}/orders"),
        (named, "host", "evil.example#", "curl -g https://{host}/orders"),
        (named, "host", "evil.example?", "curl -g https://{host}/orders"),
        (named, "host", "evil example", "curl -g https://{host}/orders"),
        (named, "host", "e\u{1b}vil\u{0}.example x", "curl -g https://{host}/orders"),
        (named, "host", "[a-z].example", "curl -g https://{host}/orders"),
        (named, "host", "ex\u{e4}mple.com", "curl -g https://{host}/orders"),
        ("curl -g {host}/a", "host", "file:///etc/passwd", "curl -g {host}/a"),
        ("curl -g {host}/a", "host", "evil.example/", "curl -g {host}/a"),
        ("curl -g http://me:{path}@h/", "path", "/x", "curl -g http://me:{path}@h/"),
        ("curl http://h/{path}", "path", "[1-7]", "curl http://h/{path}"),
        ("curl http://h/{path}", "path", "a{b}", "curl http://h/{path}"),
        ("curl http://h{path}", "path", "/[1-7]", "curl http://h{path}"),
        ("curl http://h{path}", "path", "/17", "curl http://h/17"),
        ("acmectl http://{host}{path}", "path", "@evil.example", "acmectl http://www.example.com{path}"),
    ] {
        assert_eq!(filled_with(command, name, value), expected, "{name} {value}");
    }
}

#[test]
fn a_host_from_a_log_never_gets_a_credential() {
    for (credential, filled) in [
        ("-H 'Authorization: Bearer {token}'", "-H 'Authorization: Bearer {token}'"),
        ("-H 'authorization: Bearer abc'", "-H 'authorization: Bearer abc'"),
        ("-H 'Cookie: a=b'", "-H 'Cookie: a=b'"),
        ("-H 'X-Api-Key: 1'", "-H 'X-Api-Key: 1'"),
        ("-H \"X-Auth: $SECRET\"", "-H \"X-Auth: $SECRET\""),
        ("-u admin", "-u admin"),
        ("-su admin", "-su admin"),
        ("--user admin", "--user admin"),
        ("--cert c --key k", "--cert c --key k"),
        ("-E c", "-E c"),
        ("-b jar", "-b jar"),
        ("--cookie a=b", "--cookie a=b"),
        ("--netrc", "--netrc"),
        ("-sn", "-sn"),
        ("--oauth2-bearer abc", "--oauth2-bearer abc"),
        ("-d 'password=x'", "-d 'password=x'"),
    ] {
        let host = |rest: &str| filled_by(&format!("curl -g {credential} {rest}"), &|_| Some("h1".to_owned()));
        assert_eq!(host("https://{host}/a"), format!("curl -g {filled} https://{{host}}/a").replace("{token}", "h1"));
        assert_eq!(
            filled_with(
                &format!("curl -g -H 'Host: {{host}}' {credential} http://{{backend_ip}}:{{port}}{{path}}"),
                "",
                ""
            ),
            format!("curl -g -H 'Host: {{host}}' {filled} http://{{backend_ip}}:{{port}}/orders")
        );
    }
    for command in [
        "curl -g -u admin http://api.{host}/",
        "curl -g -u admin --resolve 'h:443:{host}' https://h/",
        "curl -g http://admin:x@{host}/",
        "openssl s_client -cert c -connect {host}:443",
    ] {
        assert_eq!(filled_with(command, "", ""), command);
    }
    // `-alpn` is one option of OpenSSL, and no `-n` of curl.
    for without in ["openssl s_client -connect {host}:443", "openssl s_client -connect {host}:443 -alpn h2"] {
        assert_eq!(filled_with(without, "", ""), without.replace("{host}", "www.example.com"));
    }
}

#[test]
fn one_filled_command_makes_one_request() {
    let Some(curl) = programs::find("curl") else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let server = std::thread::Builder::new().name("server".to_owned());
    let server = server.spawn(move || serve(&listener, &counted)).unwrap();
    for (shell, arguments) in SHELLS {
        let Some(program) = programs::find(shell) else { continue };
        for path in ["/[1-7]", "/{a,b,c}", "/[1-99999999]", "/a b", "/orders"] {
            let command = filled_by("curl -g -s -m 10 http://{backend_ip}:{port}{path}", &|name| match name {
                "backend_ip" => Some(address.ip().to_string()),
                "port" => Some(address.port().to_string()),
                _ => Some(path.to_owned()),
            });
            count.store(0, Ordering::SeqCst);
            let folder = tempfile::tempdir().unwrap();
            run((&program, arguments), folder.path(), curl.parent().unwrap_or(Path::new("/")), &command);
            // curl refuses a space by itself.
            assert_eq!(count.load(Ordering::SeqCst), usize::from(path != "/a b"), "{shell}: {command}");
        }
    }
    end(address);
    server.join().unwrap();
}

/// Answers requests and counts them, until one is for `/end`.
fn serve(listener: &TcpListener, count: &AtomicUsize) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        lines.read_line(&mut first).unwrap();
        if first.starts_with("GET /end ") {
            return;
        }
        count.fetch_add(1, Ordering::SeqCst);
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
            line.clear();
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    }
}

fn end(address: SocketAddr) {
    TcpStream::connect(address).unwrap().write_all(b"GET /end HTTP/1.1\r\n\r\n").unwrap();
}
