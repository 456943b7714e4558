//! Makes log records as an export has them.
//!
//! A seed always gives the same bytes.
//!
//! Four of five are access records, nearly all of which were answered well; the others are error records, of which most
//! tell of something that no card is about. One in fifty of all carries a signature.

use std::io::{self, Write};

/// The contents of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    /// About how many bytes.
    pub bytes: u64,
    /// Determines the random choices.
    pub seed: u64,
    /// Whether records are in the envelope of an export, not bare.
    pub has_envelope: bool,
}

/// Numbers that look like chance: SplitMix64.
pub(crate) struct Drawn(u64);

impl Drawn {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let at = self.below(all.len() as u64) as usize;
        all.get(at).copied().unwrap_or_default()
    }
}

pub(crate) const PATHS: [&str; 10] = [
    "/",
    "/orders",
    "/orders/4711/lines?sort=date&page=3",
    "/api/v2/customers/81723",
    "/static/app.3f9a1c.js",
    "/login?next=%2Fcart",
    "/cart/items",
    "/healthz",
    "/help/error-codes.html",
    "/search?q=timeout+settings",
];
pub(crate) const AGENTS: [&str; 5] = [
    "curl/8.5.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:122.0) Gecko/20100101 Firefox/122.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "okhttp/4.12.0",
    "kube-probe/1.28",
];
const GOOD: [&str; 8] = ["200", "200", "200", "200", "200", "204", "301", "304"];
/// Pairs of statuses that are signatures.
const PAIRS: [(&str, &str); 6] =
    [("502", "502"), ("502", ""), ("504", ""), ("404", "404"), ("500", "500"), ("403", "403")];
/// Texts that are signatures.
const SIGNED: [&str; 6] = [
    r#""type":"backEnd","errorDetails":"No healthy backends available in associated backendSet bs_web""#,
    r#""type":"backEnd","errorDetails":"Backend 10.0.20.11 closed connection abruptly""#,
    r#""type":"frontDoor","errorDetails":"Client 203.0.113.10 timed out""#,
    r#""type":"backEnd","errorDetails":"Peer 10.0.20.11 closed connection in SSL handshake""#,
    r#""type":"healthChecker","errorDetails":{"healthStatus":"Healthy to Unhealthy","backendSetName":"bs_web","backend":"10.0.20.11:8080","details":{"date":1768472430100,"failures":3,"successes":0,"skips":0,"message":{"msg":"error","error":{"code":"ECONNREFUSED","errno":"ECONNREFUSED","syscall":"connect","address":"10.0.20.11","port":8080}}}}"#,
    r#""type":"sslClient","errorDetails":"Client 203.0.113.10 sent no required SSL certificate""#,
];
/// Texts that no card is about; `#` is a number.
const UNSIGNED: [&str; 8] = [
    r#""type":"General","errorDetails":"Missed # access logs""#,
    r#""type":"General","errorDetails":"Configuration # was loaded in # ms""#,
    r#""type":"frontDoor","errorDetails":"Request # from 203.0.113.# was rejected: body of # bytes""#,
    r#""type":"backEnd","errorDetails":"Name lookup for node-#.example.internal failed after # ms""#,
    r#""type":"backEnd","errorDetails":"Buffer # of 10.0.20.#:8080 is full, request aborted""#,
    r#""type":"General","errorDetails":"Worker # cannot write to its log: disk quota""#,
    r#""type":"frontDoor","errorDetails":"Unexpected end of stream # at byte #""#,
    r#""type":"General","errorDetails":"Cache # expired, # entries dropped""#,
];

/// Writes records, one a line, until there are enough bytes. Returns how many.
pub(crate) fn write(to: &mut impl Write, recipe: Recipe) -> io::Result<u64> {
    let mut drawn = Drawn::new(recipe.seed);
    let mut record = Vec::with_capacity(2048);
    let (mut written, mut records) = (0, 0);
    while written < recipe.bytes {
        record.clear();
        one(&mut record, records, recipe.has_envelope, &mut drawn)?;
        to.write_all(&record)?;
        written += record.len() as u64;
        records += 1;
    }
    Ok(records)
}

fn one(to: &mut Vec<u8>, number: u64, has_envelope: bool, drawn: &mut Drawn) -> io::Result<()> {
    let second = number / 20;
    let time = format!(
        "2026-01-{:02}T{:02}:{:02}:{:02}",
        15 + second / 86_400 % 15,
        second / 3600 % 24,
        second / 60 % 60,
        second % 60
    );
    let is_access = drawn.below(5) < 4;
    let is_signed = drawn.below(50) == 0;
    if has_envelope {
        write!(to, r#"{{"data":"#)?;
    }
    if is_access {
        access(to, &time, is_signed, drawn)?;
    } else {
        let text = if is_signed { drawn.of(&SIGNED) } else { drawn.of(&UNSIGNED) };
        write!(to, r#"{{"timestamp":"{time}+00:00","errorLog":{{"#)?;
        for (at, part) in text.split('#').enumerate() {
            match at {
                0 => write!(to, "{part}")?,
                _ => write!(to, "{}{part}", drawn.below(250))?,
            }
        }
        write!(to, "}}}}")?;
    }
    if has_envelope {
        let kind = if is_access { "access" } else { "error" };
        let (id, tail) = (drawn.next(), drawn.next() >> 16);
        write!(
            to,
            r#","id":"{:08x}-{:04x}-4f7c-9f5e-{tail:012x}-{kind}-0","oracle":{{"compartmentid":"ocid1.compartment.oc1..exampleuniqueid","ingestedtime":"{time}.412Z","loggroupid":"ocid1.loggroup.oc1.iad.exampleuniqueid","logid":"ocid1.log.oc1.iad.exampleuniqueid","resourceid":"ocid1.loadbalancer.oc1.iad.exampleuniqueid","tenantid":"ocid1.tenancy.oc1..exampleuniqueid"}},"source":"prod-web-lb","specversion":"1.0","subject":"","time":"{time}.100Z","type":"com.oraclecloud.loadbalancer.{kind}"}}"#,
            id >> 32,
            id & 0xffff
        )?;
    }
    to.push(b'\n');
    Ok(())
}

fn access(to: &mut Vec<u8>, time: &str, is_signed: bool, drawn: &mut Drawn) -> io::Result<()> {
    let good = drawn.of(&GOOD);
    let at = drawn.below(PAIRS.len() as u64) as usize;
    let pair = PAIRS.get(at).copied().unwrap_or_default();
    let (status, behind) = if is_signed { pair } else { (good, good) };
    let (client, node) = (drawn.below(60_000), drawn.below(8) + 11);
    let (host, port, took) = (client / 250, 32_768 + client % 28_000, drawn.below(400));
    let (request, agent) = (drawn.of(&PATHS), drawn.of(&AGENTS));
    let address = format!("203.0.{}.{}", host % 256, client % 250);
    let (high, low) = (drawn.next(), drawn.next());
    write!(
        to,
        r#"{{"timestamp":"{time}+00:00","clientAddr":"{address}:{port}","forwardedForAddr":"{address}","host":"www.example.com","backendAddr":"10.0.20.{node}:8080","requestProcessingTime":"0.{took:03}","backendConnectTime":"0.001","backendProcessingTime":"0.{took:03}","lbStatusCode":"{status}","backendStatusCode":"{behind}","receivedBytes":"{}","sentBytes":"{}","request":"GET {request} HTTP/1.1","sslCipher":"ECDHE-RSA-AES256-GCM-SHA384","listenerName":"https-443","sslProtocol":"TLSv1.2","userAgent":"{agent}","requestId":"{high:016x}{low:016x}","responseProvider":"10.0.20.{node}:8080"}}"#,
        400 + drawn.below(900),
        300 + drawn.below(90_000),
    )
}
