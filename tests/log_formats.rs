//! Tests the log formats that the program carries.
//!
//! Every line of a log turns into fields, and no line of another log does.

mod conditions;
mod diagnosed;
mod folder;
mod generated;
mod problems;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wherefore::internals::prove::check_formats;
use wherefore::internals::recognize::{Line, LogFormats};
use wherefore::internals::store::Library;
use wherefore::internals::text;

/// The embedded formats.
fn embedded() -> Arc<LogFormats> {
    Arc::new(LogFormats::new(&Library::embedded().trees[0].formats))
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/log_formats")
}

fn lines_of(name: &str) -> Vec<String> {
    let text = fs::read_to_string(fixtures().join(format!("{name}.log"))).unwrap();
    text.lines().map(text::clean_line).collect()
}

/// The values of some fields of the first record of a line.
fn values(line: &str, names: &[&str]) -> Vec<String> {
    let line = Line::new(line).with_formats(&embedded());
    let record = line.records().first().unwrap_or_else(|| panic!("{line:?}"));
    let folded = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let value = |name: &&str| record.each_field().find(|(known, _)| *known == folded(name)).map(|(_, value)| value);
    names.iter().map(|name| value(name).unwrap_or("(absent)").to_owned()).collect()
}

#[test]
fn every_format_reads_its_samples_and_nothing_that_it_must_not() {
    let problems = check_formats(&Library::embedded().trees[0].formats);
    let said: Vec<_> = problems.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn every_line_of_a_log_is_read_with_its_format() {
    let formats = embedded();
    let expected = [
        ("curl-connect-error", 2),
        ("nginx-error", 63),
        ("combined-access", 4),
        ("nginx-timed-access", 2),
        ("ingress-nginx", 6),
        ("haproxy-http", 23),
        ("haproxy-tcp", 1),
        ("haproxy-error", 5),
        ("envoy-access", 1),
        ("istio-access", 33),
        ("aws-alb", 31),
        ("aws-nlb", 3),
        ("aws-classic-elb", 3),
    ];
    let mut wrong = Vec::new();
    for (id, count) in expected {
        let lines = lines_of(id);
        assert_eq!(lines.len(), count, "{id}");
        for line in lines {
            let found = formats.format_of(&line).map(|format| format.id.to_string());
            if found.as_deref() != Some(id) {
                wrong.push(format!("{id}: read as {found:?}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = Library::embedded().trees[0].formats.iter().map(|format| format.id.to_string()).collect::<Vec<_>>();
    assert!(known.iter().all(|id| expected.iter().any(|(expected, _)| id == expected)), "{known:?}");
}

#[test]
fn a_line_of_no_format_stays_text() {
    let formats = embedded();
    let read: Vec<_> = lines_of("no-format").into_iter().filter(|line| formats.format_of(line).is_some()).collect();
    // Docker Compose writes the name of the service before lines of the NGINX error log.
    let prefixed = read.iter().filter(|line| line.starts_with("nginx-1 | 2026/01/15")).count();
    assert_eq!((read.len(), prefixed), (2, 2), "{read:#?}");
}

#[test]
fn fields_have_the_names_and_values_of_the_log() {
    let cases: [(&str, &[&str], &[&str]); 9] = [
        (
            r#"2026/01/15 10:24:43 [error] 31#31: *17 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: www.example.com, request: "GET /a, b HTTP/1.1", upstream: "http://10.0.20.11:8080/a", host: "www.example.com""#,
            &["level", "message", "client", "request", "upstream", "referrer"],
            &[
                "error",
                "connect() failed (111: Connection refused) while connecting to upstream",
                "203.0.113.7",
                "GET /a, b HTTP/1.1",
                "http://10.0.20.11:8080/a",
                "(absent)",
            ],
        ),
        (
            r#"2001:db8::7 - - [15/Jan/2026:10:20:30 +0000] "GET / HTTP/1.1" 504 160 "-" "curl/8.4.0" 93 15.004 [shop-web-80] [] 10.0.20.11:8080, 10.0.20.12:8080 0, 0 5.000, 5.005 504, 504 2a0e"#,
            &["remote_addr", "status", "upstream_addr", "upstream_status", "proxy_alternative_upstream_name", "req_id"],
            &["2001:db8::7", "504", "10.0.20.11:8080, 10.0.20.12:8080", "504, 504", "(absent)", "2a0e"],
        ),
        (
            r#"203.0.113.7 - - [15/Jan/2026:10:20:30 +0000] "GET /slow HTTP/1.1" 504 160 "-" "curl/8.5.0" "-" rt=60.001 uct="0.001" uht="-" urt="60.001""#,
            &["time_local", "status", "request_time", "upstream_header_time", "upstream_status"],
            &["15/Jan/2026:10:20:30 +0000", "504", "60.001", "-", "(absent)"],
        ),
        (
            r#"Jan 15 10:00:07 lb1 haproxy[14389]: 2001:db8::13:39990 [15/Jan/2026:10:00:07.259] fe_https~ bk_api/<NOSRV> 0/0/-1/-1/+20004 503 +217 - - sC-- 22/20/11/6/+3 0/0 {www.example.com|a b} {} "GET /v1 HTTP/1.1"#,
            &["client_ip", "client_port", "frontend_name", "server_name", "Tc", "Ta", "termination_state", "retries"],
            &["2001:db8::13", "39990", "fe_https~", "<NOSRV>", "-1", "+20004", "sC--", "+3"],
        ),
        (
            "203.0.113.22:42002 [15/Jan/2026:10:00:54.120] fe_db bk_db/db1 1/0/50012 8841 cD 4/4/3/3/0 0/0",
            &["backend_name", "Tt", "termination_state", "backend_queue"],
            &["bk_db", "50012", "cD", "0"],
        ),
        (
            r#"[2026-01-15T10:00:03.929Z] "- - -" 0 UF,URX - - "delayed_connect_error:_111" 0 0 0 - "-" "-" "-" "-" "10.0.20.11:7801" InboundPassthroughCluster - 10.0.20.11:7801 10.0.20.40:33948 - -"#,
            &["method", "response_code", "response_flags", "upstream_host", "upstream_cluster", "route_name"],
            &["-", "0", "UF,URX", "10.0.20.11:7801", "InboundPassthroughCluster", "-"],
        ),
        (
            r#"h2 2026-03-04T09:14:02.310112Z app/shop-alb/50dc 203.0.113.61:41822 10.0.20.12:8080 -1 -1 -1 502 - 398 277 "GET https://shop.example.com:443/a b HTTP/2.0" "curl" - -"#,
            &[
                "type",
                "elb",
                "client_ip",
                "target_ip",
                "target_port",
                "elb_status_code",
                "target_status_code",
                "trace_id",
            ],
            &["h2", "shop-alb/50dc", "203.0.113.61", "10.0.20.12", "8080", "502", "-", "(absent)"],
        ),
        (
            "tls 2.0 2026-03-06T07:10:41 net/pay-nlb/c6e7 g3d4 203.0.113.77:51344 10.0.20.20:443 31 - 0 0 48 - - - - - pay.example.com - - - 2026-03-06T07:10:41 more to come",
            &["tls_handshake_time", "incoming_tls_alert", "domain_name", "more"],
            &["-", "48", "pay.example.com", "more to come"],
        ),
        (
            r#"2026-03-06T08:00:02.945958Z old-elb 203.0.113.31:2818 - -1 -1 -1 503 0 0 0 "GET http://www.example.com:80/ HTTP/1.1" "curl/8.5.0" - -"#,
            &["elb", "backend_ip", "backend_port", "elb_status_code", "backend_status_code"],
            &["old-elb", "-", "(absent)", "503", "0"],
        ),
    ];
    for (line, names, expected) in cases {
        assert_eq!(values(line, names), expected, "{line}");
    }
}

#[test]
fn prefixes_are_peeled_off_before_lines_of_any_form() {
    let error = r#"2026/01/15 10:24:43 [error] 31#31: *17 no live upstreams, client: 203.0.113.7"#;
    let pairs = "level=error status=502 msg=\"bad gateway\"";
    for prefix in [
        "",
        "Jan 15 10:00:01 lb1 nginx[17]: ",
        "<134>1 2026-01-15T10:00:01.000+00:00 lb1 nginx 17 - - ",
        "2026-01-15T10:00:01+0000 lb1 nginx[17]: ",
        "2026-01-15T10:00:01.123456789Z stdout F ",
        "[pod/web-7f9/nginx] 2026-01-15T10:00:01.123456789Z ",
        "web-1  | ",
        "Jan 15 10:00:01 node1 containerd[7]: 2026-01-15T10:00:01.123456789Z stderr F ",
    ] {
        assert_eq!(values(&format!("{prefix}{error}"), &["level", "client"]), ["error", "203.0.113.7"], "{prefix}");
        assert_eq!(values(&format!("{prefix}{pairs}"), &["status", "msg"]), ["502", "bad gateway"], "{prefix}");
        let json = format!(r#"{prefix}{{"status":502,"msg":"bad gateway"}}"#);
        assert_eq!(values(&json, &["status", "msg"]), ["502", "bad gateway"], "{prefix}");
    }
    let docker = serde_json::json!({"log": format!("{error}\n"), "stream": "stderr", "time": "2026-01-15T10:24:43Z"});
    assert_eq!(values(&docker.to_string(), &["stream", "level", "client"]), ["stderr", "error", "203.0.113.7"]);
}
