//! Makes log lines of the shapes that operators have.
//!
//! A seed always gives the same bytes.
//!
//! A shape is a list of lines, each with a weight. In a line, `%` and a letter stand for something that varies; see
//! `Writer::varying`. The lines follow the formats to the letter: NGINX's `combined` and its error log, HAProxy's
//! `httplog` behind a syslog prefix, Envoy's default format and Istio's.

use std::io::{self, Write};

use super::records::{self, Drawn};

/// The lines of one shape.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// Which lines are errors, how many, and why so many.
    pub(crate) errors: &'static str,
    lines: Lines,
}

enum Lines {
    /// Lines with their weights.
    Kinds(&'static [(u64, &'static str)]),
    /// Records of the load balancer, in envelopes or bare.
    Records { has_envelope: bool },
}

/// Why access logs have the share of errors that they have here.
const INCIDENT: &str =
    "4 % 4xx, 2 % 5xx: an hour with an incident in it; with an objective of 99.9 %, a quiet hour has 0.1 % 5xx";

pub(crate) const SHAPES: [Shape; 9] = [
    Shape { name: "NGINX access log", errors: INCIDENT, lines: Lines::Kinds(NGINX_ACCESS) },
    Shape {
        name: "NGINX error log",
        errors: "75 % `[error]` or `[crit]`, 25 % below: at the level `notice`, which the packages of nginx.org set",
        lines: Lines::Kinds(NGINX_ERROR),
    },
    Shape { name: "HAProxy access lines", errors: INCIDENT, lines: Lines::Kinds(HAPROXY) },
    Shape { name: "Envoy access lines", errors: INCIDENT, lines: Lines::Kinds(ENVOY) },
    Shape {
        name: "syslog of a host",
        errors: "6 % tell of a failure, half of them refused logins: a host that the internet reaches",
        lines: Lines::Kinds(SYSLOG),
    },
    Shape {
        name: "JSON, fixed fields",
        errors: "5 % warnings, 3 % errors: a service that logs each request, in an incident",
        lines: Lines::Kinds(JSON_FIXED),
    },
    Shape {
        name: "JSON, varying fields",
        errors: "5 % warnings, 3 % errors, as with fixed fields",
        lines: Lines::Kinds(JSON_VARYING),
    },
    Shape {
        name: "load balancer, bare",
        errors: "20 % records of the error log, 2 % of all with a signature: both logs in one file, as exported",
        lines: Lines::Records { has_envelope: false },
    },
    Shape { name: "load balancer, in envelopes", errors: "as bare", lines: Lines::Records { has_envelope: true } },
];

const NGINX_ACCESS: &[(u64, &str)] = &[
    (80, r#"%i - - [%C] "GET %p HTTP/1.1" 200 %N "-" "%a""#),
    (8, r#"%i - - [%C] "POST %p HTTP/2.0" 201 %n "https://www.example.com/cart" "%a""#),
    (4, r#"%i - %w [%C] "GET %p HTTP/1.1" 304 0 "https://www.example.com/" "%a""#),
    (2, r#"%i - - [%C] "GET %p HTTP/1.1" 301 162 "-" "%a""#),
    (3, r#"%i - - [%C] "GET %p HTTP/1.1" 404 153 "-" "%a""#),
    (1, r#"%i - - [%C] "GET %p HTTP/1.1" 499 0 "-" "%a""#),
    (1, r#"%i - - [%C] "GET %p HTTP/1.1" 502 157 "-" "%a""#),
    (1, r#"%i - - [%C] "GET %p HTTP/1.1" 504 167 "-" "%a""#),
];

const NGINX_ERROR: &[(u64, &str)] = &[
    (
        20,
        r#"%G [error] 31#31: *%N connect() failed (111: Connection refused) while connecting to upstream, client: %i, server: www.example.com, request: "GET %p HTTP/1.1", upstream: "http://%b%p", host: "www.example.com""#,
    ),
    (
        20,
        r#"%G [error] 31#31: *%N upstream timed out (110: Connection timed out) while reading response header from upstream, client: %i, server: www.example.com, request: "GET %p HTTP/1.1", upstream: "http://%b%p", host: "www.example.com""#,
    ),
    (
        15,
        r#"%G [error] 31#31: *%N upstream prematurely closed connection while reading response header from upstream, client: %i, server: api.example.com, request: "POST %p HTTP/1.1", upstream: "http://%b%p", host: "api.example.com""#,
    ),
    (
        15,
        r#"%G [error] 32#32: *%N open() "/usr/share/nginx/html%p" failed (2: No such file or directory), client: %i, server: www.example.com, request: "GET %p HTTP/1.1", host: "www.example.com""#,
    ),
    (
        5,
        r#"%G [crit] 31#31: *%N SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking, client: %i, server: 0.0.0.0:443"#,
    ),
    (
        15,
        r#"%G [warn] 31#31: *%N an upstream response is buffered to a temporary file /var/cache/nginx/proxy_temp/%n/00/0000%N while reading upstream, client: %i, server: www.example.com, request: "GET %p HTTP/1.1", upstream: "http://%b%p", host: "www.example.com""#,
    ),
    (
        7,
        r#"%G [warn] 31#31: *%N a client request body is buffered to a temporary file /var/cache/nginx/client_temp/0000%N, client: %i, server: www.example.com, request: "POST %p HTTP/1.1", host: "www.example.com""#,
    ),
    (3, "%G [notice] 1#1: start worker process %n"),
];

const HAPROXY: &[(u64, &str)] = &[
    (
        90,
        r#"%S lb1 haproxy[14389]: %i:%N [%H] fe_https~ bk_web/web%d 0/0/1/%n/%n 200 %N - - ---- %n/%n/%d/%d/0 0/0 "GET %p HTTP/1.1""#,
    ),
    (
        4,
        r#"%S lb1 haproxy[14389]: %i:%N [%H] fe_http fe_http/<NOSRV> 0/-1/-1/-1/0 301 97 - - LR-- 3/3/0/0/0 0/0 "GET %p HTTP/1.1""#,
    ),
    (
        4,
        r#"%S lb1 haproxy[14389]: %i:%N [%H] fe_https~ bk_web/web%d 0/0/1/%n/%n 404 %n - - ---- %n/%n/%d/%d/0 0/0 "GET %p HTTP/1.1""#,
    ),
    (
        1,
        r#"%S lb1 haproxy[14389]: %i:%N [%H] fe_http bk_web/web%d 0/0/-1/-1/3003 503 217 - - SC-- 9/9/0/0/3 0/0 "GET %p HTTP/1.1""#,
    ),
    (
        1,
        r#"%S lb1 haproxy[14389]: %i:%N [%H] fe_https~ bk_web/web%d 0/0/1/-1/60001 504 194 - - sH-- 9/9/8/2/0 0/0 "GET %p HTTP/1.1""#,
    ),
];

const ENVOY: &[(u64, &str)] = &[
    (60, r#"[%TZ] "GET %p HTTP/1.1" 200 - 0 %N %n %n "%i" "%a" "%u" "www.example.com" "%b""#),
    (
        34,
        r#"[%TZ] "GET %p HTTP/1.1" 200 - via_upstream - "-" 0 %N %n %n "-" "%a" "%u" "orders.shop:8080" "%b" outbound|8080||orders.shop.svc.cluster.local 10.0.20.40:%N 10.96.12.7:8080 10.0.20.40:%N - default"#,
    ),
    (4, r#"[%TZ] "GET %p HTTP/1.1" 404 - 0 22 %n %n "%i" "%a" "%u" "www.example.com" "%b""#),
    (1, r#"[%TZ] "GET %p HTTP/1.1" 503 UF 0 91 %n - "%i" "%a" "%u" "www.example.com" "%b""#),
    (
        1,
        r#"[%TZ] "GET %p HTTP/1.1" 504 UT response_timeout - "-" 0 24 60001 - "-" "%a" "%u" "orders.shop:8080" "%b" outbound|8080||orders.shop.svc.cluster.local 10.0.20.40:%N 10.96.12.7:8080 10.0.20.40:%N - default"#,
    ),
];

const SYSLOG: &[(u64, &str)] = &[
    (14, "%S node-%d CRON[%N]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"),
    (14, "%S node-%d CRON[%N]: pam_unix(cron:session): session closed for user root"),
    (10, "%S node-%d CRON[%N]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)"),
    (10, "%S node-%d systemd[1]: Started Session %N of user %w."),
    (10, "%S node-%d systemd[1]: session-%N.scope: Deactivated successfully."),
    (8, "%S node-%d sshd[%N]: Accepted publickey for %w from %i port %N ssh2: RSA SHA256:%h"),
    (6, "%S node-%d sshd[%N]: Received disconnect from %i port %N:11: disconnected by user"),
    (
        8,
        r#"%S node-%d kubelet[%N]: I0115 10:20:30.%n      %n operation_generator.go:721] "MountVolume.SetUp succeeded for volume \"kube-api-access-%w\" pod=\"shop/%w-%n\"""#,
    ),
    (
        8,
        r#"%S node-%d dockerd[%N]: time="%TZ" level=info msg="ignoring event" container=%h module=libcontainerd namespace=moby topic=/tasks/delete type="*events.TaskDelete""#,
    ),
    (6, "%S node-%d kernel: [%N.%N] docker0: port %d(veth%n) entered forwarding state"),
    (3, "%S node-%d sshd[%N]: Failed password for invalid user %w from %i port %N ssh2"),
    (1, "%S node-%d systemd[1]: %w.service: Main process exited, code=exited, status=1/FAILURE"),
    (1, "%S node-%d kernel: [%N.%N] Out of memory: Killed process %N (%w) total-vm:%NkB, anon-rss:%NkB"),
    (
        1,
        r#"%S node-%d kubelet[%N]: E0115 10:20:30.%n      %n kuberuntime_manager.go:1256] "Failed to start container" pod="shop/%w-%n" err="connection refused""#,
    ),
];

const JSON_FIXED: &[(u64, &str)] = &[
    (
        70,
        r#"{"ts":"%TZ","level":"info","service":"%w","traceId":"%h","method":"GET","path":"%p","duration_ms":%n,"msg":"request completed","client":"%i"}"#,
    ),
    (
        22,
        r#"{"ts":"%TZ","level":"info","service":"%w","traceId":"%h","method":"POST","path":"%p","duration_ms":%n,"msg":"order %N stored, %d items","client":"%i"}"#,
    ),
    (
        5,
        r#"{"ts":"%TZ","level":"warn","service":"%w","traceId":"%h","method":"GET","path":"%p","duration_ms":%n,"msg":"slow query: %n ms on table orders","client":"%i"}"#,
    ),
    (
        2,
        r#"{"ts":"%TZ","level":"error","service":"%w","traceId":"%h","method":"GET","path":"%p","duration_ms":%n,"msg":"call to %b failed: connection refused","client":"%i"}"#,
    ),
    (
        1,
        r#"{"ts":"%TZ","level":"error","service":"%w","traceId":"%h","method":"POST","path":"%p","duration_ms":%n,"msg":"payment %N was rejected: card expired","client":"%i"}"#,
    ),
];

const JSON_VARYING: &[(u64, &str)] = &[
    (50, r#"{"time":"%TZ"%o,"level":"info"%o,"message":"request completed"%o,"status":200%o}"#),
    (20, r#"{"level":"INFO","time":"%TZ"%o,"logger":"com.example.%w.Store"%o,"message":"order %N stored"%o}"#),
    (22, r#"{"message":"cache refreshed, %N entries"%o,"severity":"INFO"%o,"timestamp":"%TZ"%o}"#),
    (5, r#"{"level":"WARN","time":"%TZ"%o,"message":"slow query: %n ms on table orders"%o}"#),
    (
        2,
        r#"{"level":"ERROR","time":"%TZ"%o,"message":"call to %b failed"%o,"error":"dial tcp %b: connect: connection refused"%o}"#,
    ),
    (1, r#"{"time":"%TZ"%o,"level":"error"%o,"message":"request completed"%o,"status":500%o}"#),
];

/// Fields of which a record with varying fields has some.
const FIELDS: [&str; 8] = [
    r#","traceId":"%h""#,
    r#","spanId":"%h""#,
    r#","user":"%w""#,
    r#","client":"%i""#,
    r#","path":"%p""#,
    r#","duration_ms":%n"#,
    r#","host":"node-%d""#,
    r#","labels":{"app":"%w","zone":"eu-%d"}"#,
];

const WORDS: [&str; 8] = ["orders", "cart", "billing", "search", "deploy", "backup", "postgres", "gateway"];

impl Shape {
    /// Writes lines until there are enough bytes.
    pub(crate) fn write(&self, to: &mut impl Write, bytes: u64) -> io::Result<()> {
        let kinds = match self.lines {
            Lines::Kinds(kinds) => kinds,
            Lines::Records { has_envelope } => {
                let recipe = records::Recipe { bytes, seed: 1, has_envelope };
                return records::write(to, recipe).map(|_| ());
            }
        };
        let total: u64 = kinds.iter().map(|(weight, _)| weight).sum();
        let mut writer = Writer { drawn: Drawn::new(1), line: String::new(), number: 0 };
        let mut written = 0;
        while written < bytes {
            let mut left = writer.drawn.below(total);
            let kind = kinds.iter().find(|(weight, _)| {
                let is_it = left < *weight;
                left = left.saturating_sub(*weight);
                is_it
            });
            writer.line.clear();
            writer.line(kind.map(|(_, line)| *line).unwrap_or_default());
            writer.line.push('\n');
            to.write_all(writer.line.as_bytes())?;
            written += writer.line.len() as u64;
            writer.number += 1;
        }
        Ok(())
    }
}

struct Writer {
    drawn: Drawn,
    line: String,
    number: u64,
}

impl Writer {
    fn line(&mut self, kind: &str) {
        for (at, part) in kind.split('%').enumerate() {
            let rest = match part.chars().next() {
                Some(letter) if at > 0 => {
                    self.varying(letter);
                    part.get(letter.len_utf8()..).unwrap_or_default()
                }
                _ => part,
            };
            self.line.push_str(rest);
        }
    }

    /// Adds what a letter stands for.
    fn varying(&mut self, letter: char) {
        let second = self.number / 50;
        let (day, hour, minute) = (15 + second / 86_400 % 15, second / 3600 % 24, second / 60 % 60);
        let clock = format!("{hour:02}:{minute:02}:{:02}", second % 60);
        let millis = self.number % 50 * 20;
        let text = match letter {
            // Times: ISO, of access logs, of HAProxy, of NGINX's error log, of syslog.
            'T' => format!("2026-01-{day}T{clock}.{millis:03}"),
            'C' => format!("{day}/Jan/2026:{clock} +0000"),
            'H' => format!("{day}/Jan/2026:{clock}.{millis:03}"),
            'G' => format!("2026/01/{day} {clock}"),
            'S' => format!("Jan {day} {clock}"),
            // Numbers: a digit, below 1,000, below 100,000.
            'd' => self.drawn.below(9).to_string(),
            'n' => self.drawn.below(1000).to_string(),
            'N' => self.drawn.below(100_000).to_string(),
            'h' => format!("{:016x}{:016x}", self.drawn.next(), self.drawn.next()),
            'u' => {
                let (high, low) = (self.drawn.next(), self.drawn.next());
                format!("{:08x}-{:04x}-4{:03x}-9d9d-{:012x}", high >> 32, high & 0xffff, low >> 52, low >> 16)
            }
            // Addresses of a client and of a backend.
            'i' => format!("203.0.{}.{}", self.drawn.below(250), self.drawn.below(250)),
            'b' => format!("10.0.20.{}:8080", 11 + self.drawn.below(8)),
            'p' => self.drawn.of(&records::PATHS).to_owned(),
            'a' => self.drawn.of(&records::AGENTS).to_owned(),
            'w' => self.drawn.of(&WORDS).to_owned(),
            'o' => {
                if self.drawn.below(2) == 0 {
                    let field = self.drawn.of(&FIELDS).to_owned();
                    self.line(&field);
                }
                String::new()
            }
            other => other.to_string(),
        };
        self.line.push_str(&text);
    }
}
