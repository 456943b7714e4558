//! Replaces names and addresses in text that leaves the machine.
//!
//! Each value gets a name, such as `ip-1`, and keeps it, so that a reader can still tell which lines speak of the same
//! thing. Shapes are found by regular expressions, and checked by a parser where there is one. A word without a shape,
//! such as the name of a machine without a domain, is not found: nothing can tell it from other words.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::host_names::is_host_name;
use super::secrets::{REDACTED, redacted};
use crate::text::CleanText;

/// A kind of value that is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedactedKind {
    /// A password, token, key or cookie, which gets no name.
    Secret,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    ///
    /// Its names are others than those of IPv4, because the family may decide a diagnosis.
    Ipv6,
    /// The name of a host with its domain.
    Host,
    /// An identifier of a cloud, a UUID, or a long hexadecimal number.
    Id,
    /// An e-mail address.
    Email,
    /// The name of a user.
    User,
    /// A value in the query of a URL.
    Query,
}

impl RedactedKind {
    /// Returns the first part of the names of this kind.
    fn prefix(self) -> &'static str {
        match self {
            RedactedKind::Secret => "secret",
            RedactedKind::Ipv4 => "ip",
            RedactedKind::Ipv6 => "ip6",
            RedactedKind::Host => "host",
            RedactedKind::Id => "id",
            RedactedKind::Email => "email",
            RedactedKind::User => "user",
            RedactedKind::Query => "query",
        }
    }

    /// Returns the word for a number of values.
    pub fn words(self, count: usize) -> String {
        let (one, many) = match self {
            RedactedKind::Secret => ("secret", "secrets"),
            RedactedKind::Ipv4 => ("address", "addresses"),
            RedactedKind::Ipv6 => ("IPv6 address", "IPv6 addresses"),
            RedactedKind::Host => ("host name", "host names"),
            RedactedKind::Id => ("id", "ids"),
            RedactedKind::Email => ("e-mail address", "e-mail addresses"),
            RedactedKind::User => ("user name", "user names"),
            RedactedKind::Query => ("query value", "query values"),
        };
        crate::text::count(count, one, many)
    }
}

/// Replaces values, and remembers their names.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// The numbers of values, in each kind from 1.
    names: BTreeMap<(RedactedKind, String), usize>,
    /// The secrets that were replaced.
    secrets: usize,
}

/// A value that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedValue {
    /// The kind of the value.
    pub kind: RedactedKind,
    /// The name that stands in its place.
    pub name: String,
    /// The text before.
    pub value: String,
}

/// Returns the part of a value that is replaced, from its beginning.
type PartOf = fn(&str) -> Option<&str>;

/// A shape of values.
///
/// The group `value` is replaced, the rest stays. Without that group, the whole match is the value.
struct RedactionShape {
    kind: RedactedKind,
    regex: Regex,
    /// Returns the part of a value that is replaced, from its beginning.
    part: PartOf,
}

/// Shapes in the order in which they are replaced.
///
/// Longer shapes come first: an e-mail address has a host name in it, and an OCID may have an address.
static SHAPES: LazyLock<Vec<RedactionShape>> = LazyLock::new(|| {
    use RedactedKind::{Email, Host, Id, Ipv4, Ipv6, Query, User};
    let any: PartOf = |value| Some(value);
    let written: [(RedactedKind, &str, PartOf); 14] = [
        (Email, r"(?i)\b[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+\b", any),
        // Oracle Cloud: `ocid1.loadbalancer.oc1.eu-frankfurt-1.aaaa…`; the type stays.
        (Id, r"\bocid\d\.[a-z0-9]+\.(?<value>[a-z0-9.-]*\.[a-z0-9]{6,})", any),
        // AWS: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c49`; the service stays.
        (Id, r"\barn:[a-z-]+:[a-z0-9-]+:(?<value>[a-z0-9-]*:\d*:[A-Za-z0-9_/:.+=@*-]+)", any),
        (Query, r"[?&][A-Za-z0-9_.~%\[\]-]+=(?<value>[^&\s\x22'<>\\)]+)", |value| (value != REDACTED).then_some(value)),
        (Id, r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", any),
        (Id, r"(?i)\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b", any),
        (Id, r"(?i)\b[0-9a-f]{16,}\b", |value| {
            let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
            (has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)).then_some(value)
        }),
        (User, r"(?:/home/|/Users/|(?i:\\Users\\))(?<value>[A-Za-z0-9._-]+)", user),
        (
            User,
            r#"(?i)\b(?:user|username|user_name|login|remote_user)["']?\s*[:=]\s*["']?(?<value>[a-z0-9._@\\-]+)"#,
            user,
        ),
        (User, r"(?i)\bfor (?:invalid user |user )?(?<value>[a-z0-9._-]+) from \S", user),
        // The third field of an access log: `198.51.100.7 - alice [13/Jun/2026…`.
        (User, r"^\S+ \S+ (?<value>[A-Za-z0-9._@-]+) \[\d{1,2}/[A-Z]", user),
        (
            Ipv6,
            r"(?i)(?:^|[^0-9a-z:.])(?<value>[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\d{0,3}(?:\.\d{1,3}){3})?)",
            ipv6,
        ),
        (Ipv4, r"(?:^|[^0-9A-Za-z./]|[^A-Za-z]/|^/)(?<value>\d{1,3}(?:\.\d{1,3}){3})\b", ipv4),
        (
            Host,
            r"(?:^|[^A-Za-z0-9._-])(?<value>[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+)",
            host,
        ),
    ];
    let shape = |(kind, regex, part): (RedactedKind, &str, _)| {
        Some(RedactionShape { kind, regex: Regex::new(regex).ok()?, part })
    };
    written.into_iter().filter_map(shape).collect()
});

/// The number of shapes; fewer compile only if one is wrong.
#[cfg(test)]
const ALL_SHAPES: usize = 14;

/// Users that every system has.
const COMMON_USERS: &[&str] = &["-", "root", "nobody", "nginx", "www-data", "null", "none", "true", "false", "opc"];

fn user(value: &str) -> Option<&str> {
    let is_name = !COMMON_USERS.contains(&value) && !value.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then_some(value)
}

fn host(value: &str) -> Option<&str> {
    is_host_name(value).then_some(value)
}

/// Returns an address that tells about a network.
///
/// `0.0.0.0/8` is no host, and loopback is every machine.
fn ipv4(value: &str) -> Option<&str> {
    let address: Ipv4Addr = value.parse().ok()?;
    let is_telling = !address.is_loopback() && address.octets().first() != Some(&0) && !address.is_broadcast();
    is_telling.then_some(value)
}

/// Returns an IPv6 address, without the port that Node.js writes behind it.
fn ipv6(value: &str) -> Option<&str> {
    let with_port = value.rsplit_once(':').filter(|(address, port)| {
        let is_port = (2..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
        is_port && address.contains("::") && address.parse::<Ipv6Addr>().is_ok()
    });
    let address = with_port.map_or(value, |(address, _)| address);
    let parsed: Ipv6Addr = address.parse().ok()?;
    (!parsed.is_loopback() && !parsed.is_unspecified()).then_some(address)
}

impl Redactor {
    /// Returns a text with its values replaced.
    pub fn text(&mut self, text: &CleanText) -> CleanText {
        let without_secrets = redacted(text);
        let mut said = without_secrets.as_str().to_owned();
        self.secrets += said.matches(REDACTED).count();
        for shape in SHAPES.iter() {
            let replaced = shape.regex.replace_all(&said, |found: &Captures<'_>| {
                let whole = found.get(0).map_or("", |whole| whole.as_str());
                let part = found.name("value").or(found.get(0)).and_then(|value| {
                    let part = (shape.part)(value.as_str())?;
                    Some((value.start(), part))
                });
                let Some((at, part)) = part else { return whole.to_owned() };
                let before = at - found.get(0).map_or(0, |whole| whole.start());
                let name = self.name(shape.kind, part);
                [whole.get(..before).unwrap_or(""), &name, whole.get(before + part.len()..).unwrap_or("")].concat()
            });
            said = replaced.into_owned();
        }
        if said == text.as_str() { text.clone() } else { said.into() }
    }

    /// Names a value; a name stays what it is.
    fn name(&mut self, kind: RedactedKind, value: &str) -> String {
        let count = self.names.keys().filter(|(of, _)| *of == kind).count();
        let number = *self.names.entry((kind, value.to_owned())).or_insert(count + 1);
        format!("{}-{number}", kind.prefix())
    }

    /// Returns the values that were replaced, by kind and number.
    pub fn replaced(&self) -> Vec<RedactedValue> {
        let mut all: Vec<_> = self.names.iter().collect();
        all.sort_by_key(|((kind, _), number)| (*kind, **number));
        let replaced = |((kind, value), number): (&(RedactedKind, String), &usize)| RedactedValue {
            kind: *kind,
            name: format!("{}-{number}", kind.prefix()),
            value: value.clone(),
        };
        all.into_iter().map(replaced).collect()
    }

    /// Counts the values that were replaced, in words; empty without any.
    ///
    /// Example: `3 addresses, 1 host name`.
    pub fn summary(&self) -> String {
        let mut counts: BTreeMap<RedactedKind, usize> = BTreeMap::new();
        for (kind, _) in self.names.keys() {
            *counts.entry(*kind).or_default() += 1;
        }
        if self.secrets > 0 {
            counts.insert(RedactedKind::Secret, self.secrets);
        }
        counts.into_iter().map(|(kind, count)| kind.words(count)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Redactor::default().text(&text.into()).to_string()
    }

    #[test]
    fn all_shapes_compile() {
        assert_eq!(SHAPES.len(), ALL_SHAPES);
    }

    #[test]
    fn values_get_names_and_the_rest_stays() {
        for (text, expected) in [
            (
                "connect to 10.0.20.11:8080 and 10.0.20.12, again 10.0.20.11",
                "connect to ip-1:8080 and ip-2, again ip-1",
            ),
            ("client [2001:db8::7]:443 and fe80::1%eth0", "client [ip6-1]:443 and ip6-2%eth0"),
            ("connect ENETUNREACH 2001:db8:60::7:443 - Local (:::0)", "connect ENETUNREACH ip6-1:443 - Local (:::0)"),
            ("upstream: \"http://10.0.0.5:8080/\"", "upstream: \"http://ip-1:8080/\""),
            ("mail ops@example.com now", "mail email-1 now"),
            ("https://api.shop.example/x?id=42&b=c", "https://host-1/x?id=query-1&b=query-2"),
            ("ocid1.loadbalancer.oc1.eu-frankfurt-1.aaaaaaaabbbb", "ocid1.loadbalancer.id-1"),
            (
                "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
                "arn:aws:elasticloadbalancing:id-1",
            ),
            ("request 123e4567-e89b-12d3-a456-426614174000 failed", "request id-1 failed"),
            ("/home/alice/app.log for bob from here", "/home/user-1/app.log for user-2 from here"),
            (
                "198.51.100.7 - carol [13/Jun/2026:10:41:00 +0000] \"GET / HTTP/1.1\" 200",
                "ip-1 - user-1 [13/Jun/2026:10:41:00 +0000] \"GET / HTTP/1.1\" 200",
            ),
            ("db01.prod.svc.cluster.local: timeout", "host-1: timeout"),
        ] {
            assert_eq!(said(text), expected);
            assert_eq!(said(expected), expected, "again");
        }
    }

    #[test]
    fn names_that_decide_a_diagnosis_stay() {
        for text in [
            "2026/06/13 10:20:31 [error] 29#29: *7 connect() failed (111: Connection refused) while connecting to upstream",
            "bind() to 0.0.0.0:80 failed (98: Address already in use)",
            "listen on 127.0.0.1:8080 and [::1]:8080",
            "Error: connect ECONNREFUSED ::1:8080",
            "GnuTLS: received alert [42]: Certificate is bad",
            "x509: invalid signature: parent certificate cannot sign this kind of certificate",
            "nginx/1.25.3 Chrome/126.0.0.0 Safari/537.36",
            "javax.net.ssl.SSLHandshakeException: PKIX path building failed",
            "java.net.ConnectException: Connection refused",
            "cannot load certificate \"/etc/ssl/server.crt\": nginx.conf:12",
            "nginx.ingress.kubernetes.io/backend-protocol: HTTPS",
            "SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate verify failed)",
            "10:20:31 up 3 days, 504 Gateway Time-out, e.g. backend.http",
        ] {
            assert_eq!(said(text), text);
        }
    }
}
