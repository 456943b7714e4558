//! Tests that everything Oracle's load balancer prints is recognized.
//!
//! Every documented error string, letter for letter, and every kind of log record.

use std::sync::Arc;

use serde_json::Value;
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Card, Tree};
use wherefore::internals::walk::{Evidence, EvidenceSource};

/// Oracle's documented error strings, by card.
///
/// From the page "Common Load Balancer Errors" and from the log reference. Names such as `ip_address` stand in them as
/// in the documentation.
const DOCUMENTED: &[(&str, &[&str])] = &[
    ("gateway-timeout", &[r#"lbStatusCode: "504""#, r#"backendStatusCode: """#]),
    ("backend-bad-gateway", &[r#"lbStatusCode: "502""#, r#"backendStatusCode: "502""#]),
    (
        "backends-out-of-service",
        &[
            r#"lbStatusCode: "502""#,
            r#"backendStatusCode: """#,
            "No healthy backends available in associated backend set",
            "No healthy backends available in associated backendSet",
            "No healthy backends available",
            "No healthy backends available in associated backendSet bs_lb_2023-1107-1228",
        ],
    ),
    (
        "sticky-session-no-fallback",
        &["Persistence selected backend ip_address which failed and no_fallback is selected"],
    ),
    (
        "header-too-large",
        &[r#"lbStatusCode: "400""#, r#"backendStatusCode: """#, "400 bad request header or cookie too large"],
    ),
    ("page-not-found", &[r#"lbStatusCode: "404""#, r#"backendStatusCode: "404""#]),
    ("forbidden-by-backend", &[r#"lbStatusCode: "403""#, r#"backendStatusCode: "403""#]),
    (
        "no-healthy-backends",
        &[
            "No healthy backends available in associated backendSet",
            "No healthy backends available in associated backend set",
            "No healthy backends available",
            "No healthy backends available in associated backendSet bs_lb_2023-1107-1228",
        ],
    ),
    (
        "health-check-status-mismatch",
        &[
            "Status code mismatch",
            "invalid statusCode",
            r#"{"msg":"invalid statusCode","statusCode":404,"expected":"200"}"#,
            "msg:invalid statusCode, statusCode: nnn ,expected:200",
        ],
    ),
    (
        "health-check-body-mismatch",
        &[
            r#""response match result: failed""#,
            "Regular expression mismatch",
            r#"{"expectedRegex":"^notexist$","msg":"response match result: failed","base641kData":"..."}"#,
            "response match resulte: failed",
        ],
    ),
    (
        "health-check-connection-failed",
        &[
            r#""EHOSTUNREACH""#,
            r#""code":"EHOSTUNREACH","errno":"EHOSTUNREACH","syscall":"connect""#,
            r#""code":"ECONNREFUSED","errno":"ECONNREFUSED","syscall":"connect""#,
            "Connection failed",
            "EHOSTUNREACH",
            "errno:EHOSTUNREACH, syscall:connect",
            r#"errno":"EHOSTUNREACH","syscall":"connect""#,
            "ECONNREFUSED",
        ],
    ),
    (
        "health-status-flapping",
        &[r#""healthStatus":"Unhealthy to Healthy""#, r#""healthStatus":"Healthy to Unhealthy""#],
    ),
    (
        "health-check-timeout",
        &[
            r#""msg":"connect timed out","elapsed":3000}"#,
            "Timed out",
            "connect timed out",
            r#"{"msg":"connect timed out","elapsed":3000}"#,
        ],
    ),
    (
        "listener-tls-versions-differ",
        &["Not all SSL virtual listeners on port 443 have the same set of SSL protocols defined"],
    ),
    (
        "tls-handshake-unknown-protocol",
        &["(SSL: error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol) while SSL handshake error"],
    ),
    ("backend-closed-tls-handshake", &["Peer backend_ip_address closed connection in SSL handshake"]),
    (
        "client-certificate-rejected",
        &["Client backend_ip_address has SSL certificate verify error.", "Client %s has SSL certificate verify error"],
    ),
    (
        "client-certificate-missing",
        &["Client backend_ip_address sent no required SSL certificate", "no required SSL certificate"],
    ),
    (
        "health-check-tls-mismatch",
        &[
            "EPROTO",
            r#"{"msg":"error","error":{"code":"EPROTO","errno":"EPROTO","syscall":"write"}}"#,
            "code:EPROTO, errno:EPROTO",
        ],
    ),
    ("host-name-verification-failed", &["SSL host name verification failed for host_name"]),
    (
        "denied-by-access-rule",
        &[
            "Access for client_ip_address denied by HTTP ACL rule.",
            "forbidden by HTTP ACL rule",
            "Access for client 160.34.88.6 forbidden by TCP ACL rule",
            "forbidden by ACL rule",
        ],
    ),
    ("client-timed-out", &["Client client_name timed out"]),
    ("listener-connection-limit", &["Connection to address was abruptly closed by"]),
    (
        "backend-closed-connection",
        &[
            "Backend ip_address abruptly closes connection.",
            "Backend server ip_address abruptly closes connection.",
            "Backend 10.10.100.7 closed connection abruptly",
        ],
    ),
    (
        "backends-at-connection-limit",
        &[
            "No healthy backends available in associated backendSet",
            "No healthy backends available in associated backend set",
            "No healthy backends available",
            "No healthy backends available in associated backendSet bs_lb_2023-1107-1228",
        ],
    ),
    ("backend-invalid-header", &["Backend x.x.x.x returned invalid header"]),
];

/// Strings that a line can contain whole.
///
/// For these the recognizer alone must find the card. The others are parts of a record, or words too common to be
/// looked for in any line.
const PARTS: &[&str] = &["StatusCode: \"", "Connection failed", "Timed out", "EPROTO"];

/// Strings that programs of any product print.
///
/// Alone they name no card, and a record of the load balancer with them does.
const COMMON: &[&str] = &["EPROTO"];

#[test]
fn every_documented_error_string_leads_to_its_card() {
    let recognizer = recognizer();
    let mut missed = Vec::new();
    for (id, strings) in DOCUMENTED {
        let card = recognizer.tree().card(recognizer.tree().find_card(id).unwrap());
        for string in *strings {
            let is_part = COMMON.contains(string) || PARTS.iter().any(|part| string.contains(part));
            let is_found = hits(&recognizer, string).iter().any(|found| found == id);
            if !(is_found || is_part && is_written_on(card, string)) {
                missed.push(format!("{id}: {string}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_record_reveals_its_card() {
    let recognizer = recognizer();
    for sample in records() {
        let found = hits(&recognizer, &sample["record"].to_string());
        match sample["card"].as_str() {
            Some(card) => assert!(found.iter().any(|id| id == card), "{card} is not in {found:?}: {sample}"),
            None => assert_eq!(found, [""; 0], "{sample}"),
        }
    }
}

#[test]
fn a_record_of_healthy_traffic_answers_nothing() {
    let recognizer = recognizer();
    let is_healthy = |sample: &Value| sample["record"]["lbStatusCode"] == "200" || sample["log"] == "error";
    for sample in records().iter().filter(|sample| sample["card"].is_null() && is_healthy(sample)) {
        let Evidence { proofs, .. } =
            recognizer.evidence(&EvidenceSource::file("pasted"), &sample["record"].to_string());
        assert_eq!(proofs, [], "{sample}");
    }
}

/// A record of one card points to no other.
///
/// Exceptions are cards that say of each other that they share it.
#[test]
fn a_record_reveals_no_other_card() {
    let recognizer = recognizer();
    let tree = recognizer.tree();
    let (mut tried, mut revealed) = (0, 0);
    for sample in records() {
        let Some(id) = sample["card"].as_str() else { continue };
        tried += 1;
        let own = tree.card(tree.find_card(id).unwrap());
        for found in hits(&recognizer, &sample["record"].to_string()) {
            let shared = own.shares_signatures_with.contains(&tree.find_card(&found).unwrap());
            assert!(found == id || shared, "a record of {id} reveals {found}: {sample}");
            revealed += usize::from(found == id);
        }
    }
    assert!(tried >= 20 && revealed == tried, "{revealed} of {tried} records reveal their card");
}

/// Whether a text is in one of the card's error strings.
///
/// They are compared as they are shown and searched.
fn is_written_on(card: &Card, text: &str) -> bool {
    let patterns = card.signatures.iter().map(|signature| signature.pattern.to_string().into());
    card.error_strings().into_iter().chain(patterns).any(|string| string.contains(text))
}

/// The cards that a line reveals.
fn hits(recognizer: &Recognizer, line: &str) -> Vec<String> {
    let Evidence { hits, .. } = recognizer.evidence(&EvidenceSource::file("pasted"), line);
    hits.iter().flat_map(|hit| &hit.cards).map(|card| recognizer.tree().card(*card).id.to_string()).collect()
}

/// One record a line, with the card it belongs to.
fn records() -> Vec<Value> {
    include_str!("fixtures/oci/records.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn recognizer() -> Recognizer {
    Recognizer::new(embedded())
}

fn embedded() -> Arc<Tree> {
    Arc::clone(Library::embedded().tree("oci-load-balancer").unwrap())
}
