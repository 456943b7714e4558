//! Tests what is found in configurations and reports in JSON.
//!
//! A finding names its place. Harmless settings give no findings.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use wherefore::internals::recognize::{Document, Line, Recognizer};
use wherefore::internals::store::Library;
use wherefore::internals::walk::{Evidence, EvidenceSource};

/// A balancer with nothing wrong, as the API writes it.
fn healthy() -> Value {
    let check =
        json!({"protocol": "HTTP", "port": 8080, "urlPath": "/healthz", "returnCode": 200, "isForcePlainText": false});
    let backend = |name: &str, ip: &str, port: u16, is_backup: bool| {
        json!({"name": name, "ipAddress": ip, "port": port, "weight": 1, "drain": false, "offline": false,
            "backup": is_backup, "maxConnections": null})
    };
    let tls = json!({"protocols": ["TLSv1.2", "TLSv1.3"], "verifyPeerCertificate": false, "verifyDepth": 1});
    let other = json!({"protocols": ["TLSv1.3", "TLSv1.2"], "verifyPeerCertificate": false, "verifyDepth": 1});
    json!({
        "id": "ocid1.loadbalancer.oc1.iad.exampleuniqueid", "displayName": "well", "lifecycleState": "ACTIVE",
        "backendSets": {
            "bs_web": {"name": "bs_web", "policy": "ROUND_ROBIN", "backendMaxConnections": null, "sslConfiguration": null,
                "backends": [backend("10.0.20.11:8080", "10.0.20.11", 8080, false),
                    backend("10.0.20.13:8080", "10.0.20.13", 8080, true)],
                "lbCookieSessionPersistenceConfiguration": {"cookieName": "c", "disableFallback": false,
                    "maxAgeInSeconds": 31_536_000},
                "healthChecker": check},
            "bs_pass": {"name": "bs_pass", "policy": "ROUND_ROBIN", "sslConfiguration": null,
                "backends": [backend("10.0.20.21:443", "10.0.20.21", 443, false)],
                "healthChecker": {"protocol": "TCP", "port": 0}}
        },
        "listeners": {
            "https-443": {"name": "https-443", "port": 443, "protocol": "HTTP", "defaultBackendSetName": "bs_web",
                "ruleSetNames": ["headers"], "sslConfiguration": tls, "connectionConfiguration": {"idleTimeout": 60}},
            "https-443-b": {"name": "https-443-b", "port": 443, "protocol": "HTTP", "defaultBackendSetName": "bs_web",
                "ruleSetNames": [], "sslConfiguration": other},
            "tcp-8443": {"name": "tcp-8443", "port": 8443, "protocol": "TCP", "defaultBackendSetName": "bs_pass",
                "ruleSetNames": [], "sslConfiguration": null}
        },
        "ruleSets": {
            "headers": {"name": "headers", "items": [{"action": "HTTP_HEADER", "httpLargeHeaderSizeInKB": 32}]},
            "unused": {"name": "unused", "items": [{"action": "ALLOW", "conditions": []}]}
        }
    })
}

#[test]
fn everything_that_is_planted_is_found_where_it_stands() {
    let found = risks(&recognizer(), include_str!("fixtures/oci/load-balancer-get.cli.json"));
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn a_configuration_answers_questions() {
    let recognizer = recognizer();
    let evidence = read(&recognizer, include_str!("fixtures/oci/load-balancer-get.cli.json"));
    insta::assert_snapshot!(answers(&recognizer, &evidence).join("\n"));
}

#[test]
fn a_place_is_shown_as_people_write_it() {
    let found = risks(&recognizer(), include_str!("fixtures/oci/load-balancer-get.cli.json"));
    assert!(found.iter().any(|it| it.ends_with(": backendSets.bs_web.backends[0].drain = true")), "{found:#?}");
}

#[test]
fn every_spelling_and_wrapping_is_one() {
    let recognizer = recognizer();
    let written: Value = serde_json::from_str(include_str!("fixtures/oci/load-balancer-get.cli.json")).unwrap();
    let balancer = &written["data"];
    let expected = risks(&recognizer, &written.to_string());
    let camel = respelled(balancer, &|words| {
        let mut camel = words[0].clone();
        words[1..].iter().for_each(|word| camel.push_str(&(word[..1].to_uppercase() + &word[1..])));
        camel.replace("InKb", "InKB")
    });
    assert_eq!(risks(&recognizer, &camel.to_string()), expected, "as the API writes it");
    let snake = respelled(balancer, &|words| words.join("_"));
    assert_eq!(risks(&recognizer, &snake.to_string()), expected, "as Ansible writes it");
    let of_list = |found: Vec<String>, prefix: &str| -> Vec<String> {
        found.into_iter().map(|it| it.replacen(prefix, "", 1)).collect()
    };
    let list = json!({"data": [balancer, healthy()]});
    assert_eq!(of_list(risks(&recognizer, &list.to_string()), "[0]."), expected, "a list");
    let ansible = json!({"load_balancers": [snake]});
    assert_eq!(of_list(risks(&recognizer, &ansible.to_string()), "loadBalancers[0]."), expected, "a list of Ansible");
    let text = json!({"body": balancer.to_string()});
    assert_eq!(of_list(risks(&recognizer, &text.to_string()), "body."), expected, "as text in a record");
    let one_line = recognizer.evidence(&EvidenceSource::file("pasted"), &written.to_string());
    assert_eq!(shown(&recognizer, &one_line), expected, "on one line");
}

#[test]
fn a_healthy_configuration_is_accused_of_nothing() {
    let recognizer = recognizer();
    for document in [healthy(), json!({"data": healthy(), "etag": "1"}), json!({"data": [healthy(), healthy()]})] {
        let evidence = read(&recognizer, &document.to_string());
        assert_eq!(evidence, Evidence::default(), "{document}");
    }
    for (status, checks) in [("OK", ["OK", "OK"]), ("UNKNOWN", ["OK", "UNKNOWN"])] {
        let checks = checks.map(|status| json!({"health-check-status": status, "source-ip-address": "10.0.10.4"}));
        let document = json!({"data": {"status": status, "health-check-results": checks}});
        assert_eq!(read(&recognizer, &document.to_string()), Evidence::default(), "{document}");
    }
    let set = json!({"status": "OK", "criticalStateBackendNames": [], "warningStateBackendNames": [], "totalBackendCount": 2});
    assert_eq!(read(&recognizer, &set.to_string()), Evidence::default());
}

#[test]
fn a_set_by_itself_is_looked_at_too() {
    let recognizer = recognizer();
    let mut balancer = healthy();
    balancer["backendSets"]["bs_web"]["backends"] = json!([]);
    let set = json!({"data": balancer["backendSets"]["bs_web"]});
    assert_eq!(risks(&recognizer, &set.to_string()), ["no-healthy-backends 0: backends = []"]);
}

#[test]
fn health_reports_say_what_fails_and_one_checker_alone_is_a_finding_of_its_own() {
    let recognizer = recognizer();
    let mut said = String::new();
    for (name, text) in [
        ("both checkers", include_str!("fixtures/oci/backend-health.connect-failed.cli.json")),
        ("one checker", include_str!("fixtures/oci/backend-health.warning.cli.json")),
        ("a set", include_str!("fixtures/oci/backend-set-health.cli.json")),
        (
            "one checker, another status",
            r#"{"status":"WARNING","healthCheckResults":[{"healthCheckStatus":"INVALID_STATUS_CODE"},{"healthCheckStatus":"OK"}]}"#,
        ),
        ("none passes", r#"{"status":"CRITICAL","criticalStateBackendNames":["a:1","b:2"],"totalBackendCount":2}"#),
        ("empty", r#"{"data":{"status":"UNKNOWN","total-backend-count":0}}"#),
        ("a balancer", r#"{"status":"CRITICAL","criticalStateBackendSetNames":["bs_web"],"totalBackendSetCount":2}"#),
    ] {
        let evidence = read(&recognizer, text);
        said.push_str(&format!("== {name}\n"));
        for line in hits(&recognizer, &evidence).iter().chain(&answers(&recognizer, &evidence)) {
            said.push_str(&format!("{line}\n"));
        }
        for line in shown(&recognizer, &evidence) {
            said.push_str(&format!("risk {line}\n"));
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_failed_work_request_says_why() {
    let recognizer = recognizer();
    let evidence = read(&recognizer, include_str!("fixtures/oci/work-request.failed-tls-versions.cli.json"));
    let found = hits(&recognizer, &evidence);
    let place = "errorDetails[0].message = Not all SSL virtual listeners";
    assert!(found.iter().any(|it| it.starts_with("listener-tls-versions-differ") && it.contains(place)), "{found:#?}");
    assert!(answers(&recognizer, &evidence).iter().any(|it| it.starts_with("refusal=tls-versions")));
}

#[test]
fn each_record_of_a_search_is_a_finding() {
    let recognizer = recognizer();
    let evidence = read(&recognizer, include_str!("fixtures/oci/search-logs.cli.json"));
    insta::assert_snapshot!(hits(&recognizer, &evidence).join("\n"));
}

#[test]
fn what_stands_around_a_finding_fills_commands() {
    let recognizer = recognizer();
    let record = r#"{"errorLog":{"type":"healthChecker","errorDetails":{"backendSetName":"bs_web","backend":"10.0.20.11:8080","details":{"message":{"msg":"error","error":{"code":"EHOSTUNREACH","syscall":"connect"}}}}},"oracle":{"compartmentid":"ocid1.compartment.x","resourceid":"ocid1.loadbalancer.x"}}"#;
    let evidence = recognizer.evidence(&EvidenceSource::file("pasted"), record);
    let captures = &evidence.hits[0].captures;
    for (name, value) in [
        ("backend_set", "bs_web"),
        ("backend_ip", "10.0.20.11"),
        ("port", "8080"),
        ("compartment_id", "ocid1.compartment.x"),
        ("load_balancer_id", "ocid1.loadbalancer.x"),
    ] {
        assert!(captures.contains(&(name.into(), value.into())), "{name}: {captures:?}");
    }
}

#[test]
fn joins_keep_to_their_own_balancer() {
    let recognizer = recognizer();
    let mut other = healthy();
    other["backendSets"]["bs_web"]["healthChecker"]["protocol"] = json!("TCP");
    other["listeners"] = json!({});
    let list = json!({"data": [healthy(), other]});
    assert_eq!(risks(&recognizer, &list.to_string()), [""; 0], "a set of the same name in another balancer");
}

#[test]
fn a_document_on_one_line_is_looked_into() {
    let line = r#"{"members":[{"a":1}],"disableFallback":true,"in":[{"disableFallback":true}]}"#;
    let evidence = recognizer().evidence(&EvidenceSource::file("pasted"), line);
    assert_eq!(shown(&recognizer(), &evidence), ["sticky-session-no-fallback 0: in[0].disableFallback = true"]);
    let line = r#"{"set":{"disableFallback":true,"members":[{"a":1}]}}"#;
    assert_eq!(recognizer().evidence(&EvidenceSource::file("pasted"), line).risks.len(), 1);
}

#[test]
fn three_listeners_are_three_findings() {
    let recognizer = recognizer();
    let mut balancer = healthy();
    for (name, protocols) in [("a", json!(["TLSv1.2"])), ("b", json!(["TLSv1.3"])), ("c", json!(["TLSv1.1"]))] {
        balancer["listeners"][name] =
            json!({"name": name, "port": 8443, "protocol": "HTTP", "sslConfiguration": {"protocols": protocols}});
    }
    let found = risks(&recognizer, &balancer.to_string());
    let places = ["a", "b", "c"].map(|name| format!("listeners.{name}.sslConfiguration.protocols"));
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(places.iter().all(|place| found.iter().any(|it| it.contains(place))), "{found:#?}");
}

#[test]
fn names_that_fold_to_one_lose_nothing() {
    let recognizer = recognizer();
    let drained = json!([{"drain": true, "name": "10.0.20.11:8080"}]);
    let sets = json!({"backendSets": {"bs-web": {"backends": drained}, "bs_web": {"backends": drained}, "bsWeb": {"backends": drained}}});
    let found = risks(&recognizer, &sets.to_string());
    for name in ["bs-web", "bs_web", "bsWeb"] {
        let place = format!("backendSets.{name}.backends[0].drain = true");
        assert!(found.iter().any(|it| it.ends_with(&place)), "{name}: {found:#?}");
    }
}

#[test]
fn hostile_documents_do_no_harm() {
    let recognizer = recognizer();
    for text in ["", "{", "null", "7", "\"text\"", "[[[", &"[".repeat(100_000), &"{\"a\":".repeat(10_000)] {
        assert!(Document::parse(text).is_none(), "{}", &text[..text.len().min(20)]);
    }
    assert!(Document::parse([0xff, 0xfe, b'{', b'}']).is_none());
    for text in [
        "{}".to_owned(),
        "[]".to_owned(),
        r#"{"backendSets":[],"listeners":"none","ruleSets":7,"backends":true}"#.to_owned(),
        r#"{"backendSets":{"":null,"x":{"backends":{"drain":true},"healthChecker":[]}},"listeners":{"a":{"ruleSetNames":[null,{}]}}}"#.to_owned(),
        format!("{}1{}", "[".repeat(120), "]".repeat(120)),
        format!("{}{{\"backends\":[]}}{}", "{\"healthChecker\":".repeat(60), "}".repeat(60)),
        json!({"a'b\\": {"listeners": {"x]'\u{1}": {"protocol": "HTTP", "port": 1, "defaultBackendSetName": "'"}}}}).to_string(),
        json!({"data": "{\"data\": \"{\\\"drain\\\": true}\"}"}).to_string(),
        json!({"backends": [{"drain": true, "name": "\u{1b}[31mred\u{7}"}]}).to_string(),
    ] {
        let evidence = read(&recognizer, &text);
        let texts = shown(&recognizer, &evidence).concat();
        assert!(!texts.contains(['\u{1b}', '\u{7}']), "{texts}");
    }
}

#[test]
fn a_document_of_many_objects_has_a_bounded_number_of_findings() {
    let listeners: Map<String, Value> = (0..3_000)
        .map(|at| {
            let protocols = json!({"protocols": [format!("TLSv{at}")]});
            (
                format!("l{at}"),
                json!({"name": format!("l{at}"), "port": 443, "protocol": "HTTP", "sslConfiguration": protocols}),
            )
        })
        .collect();
    let found = risks(&recognizer(), &json!({"listeners": listeners}).to_string());
    assert!((1..=1_000).contains(&found.len()), "{}", found.len());
}

#[test]
fn who_answered_tells_a_rule_from_the_backend() {
    let recognizer = recognizer();
    let of = |code: &str, provider: &str| {
        let record = json!({"lbStatusCode": code, "backendStatusCode": "", "responseProvider": provider});
        let evidence = recognizer.evidence(&EvidenceSource::file("pasted"), &record.to_string());
        let cards = hits(&recognizer, &evidence);
        (
            cards.iter().filter_map(|it| Some(it.split_once(": ")?.0.to_owned())).collect::<Vec<_>>(),
            evidence.proofs.len(),
        )
    };
    assert_eq!(of("502", "").0, ["backends-out-of-service"]);
    assert_eq!(of("502", "10.0.20.11:8080").0, ["backends-out-of-service"]);
    assert_eq!(of("502", "Load Balancer IP ACL rule").0, ["denied-by-access-rule"]);
    assert_eq!(of("405", "Load Balancer HTTP method rule").0, ["method-denied-by-rule"]);
    assert_eq!(of("302", "Load Balancer redirect rule"), (vec![], 0));
    assert_eq!(of("502", "WAF module: rule block-bots"), (vec![], 0), "a firewall is no backend");
}

#[test]
fn harmless_lines_are_known() {
    let recognizer = recognizer();
    let is_harmless = |text: &str| recognizer.is_harmless(&Line::new(text));
    for text in [
        r#"{"errorLog":{"type":"General","errorDetails":"Missed 37 access logs"}}"#,
        r#"{"errorLog":{"type":"healthChecker","errorDetails":{"healthStatus":"Unhealthy to Healthy"}}}"#,
        r#"{"lbStatusCode":"200","backendStatusCode":"200"}"#,
        r#"{"lbStatusCode":"301","backendStatusCode":"","responseProvider":"Load Balancer redirect rule"}"#,
    ] {
        assert!(is_harmless(text), "{text}");
    }
    for text in [
        r#"{"errorLog":{"type":"healthChecker","errorDetails":{"healthStatus":"Healthy to Unhealthy"}}}"#,
        r#"{"lbStatusCode":"502","backendStatusCode":""}"#,
        r#"[{"lbStatusCode":"200"},{"lbStatusCode":"502"}]"#,
        r#"{"healthCheckResults":[{"healthCheckStatus":"OK"},{"healthCheckStatus":"TIMED_OUT"}]}"#,
        "upstream failed",
    ] {
        assert!(!is_harmless(text), "{text}");
    }
}

#[test]
fn foreign_lines_say_nothing() {
    let recognizer = recognizer();
    let of = |text: &str| {
        let evidence = recognizer.evidence(&EvidenceSource::Paste, text);
        (recognizer.is_foreign(&recognizer.line(text)), evidence.hits.len())
    };
    let report = |service: &str| json!({"code": "LimitExceeded", "target_service": service}).to_string();
    let block = |service: &str| {
        format!(
            "Error: 400-LimitExceeded, no Provider version: 7.20.0, Service: {service} Operation Name: A OPC request ID: 1F"
        )
    };
    for text in [report("compute"), report("object_storage"), block("Core Instance"), block("Database Db System")] {
        assert_eq!(of(&text), (true, 0), "{text}");
    }
    for text in [report("load_balancer"), report("virtual_network"), block("Load Balancer"), block("Core Subnet")] {
        assert_eq!(of(&text), (false, 1), "{text}");
    }
    assert_eq!(of("Error: 400-LimitExceeded"), (false, 1), "no service is named");
}

#[test]
fn what_a_backend_answered_is_decoded() {
    let recognizer = recognizer();
    let decoded = |body: &str| {
        let line = json!({"msg": "response match result: failed", "base641kData": body}).to_string();
        recognizer.decoded(&Line::new(&line))
    };
    assert_eq!(
        decoded("PGh0bWw+PGJvZHk+bWFpbnRlbmFuY2U8L2JvZHk+PC9odG1sPg=="),
        [("what the backend really returned".into(), "<html><body>maintenance</body></html>".into())]
    );
    assert_eq!(
        decoded("PGh0bWw+PGJvZHk+bWFpbnRlbmFuY2U8L2JvZHk+PC9odG1sP")[0].1,
        "<html><body>maintenance</body></html"
    );
    assert_eq!(decoded("G1szMW1yZWQ=")[0].1.find('\u{1b}'), None, "nothing acts on a terminal");
    assert_eq!(decoded("not base64!"), []);
    assert_eq!(decoded(""), []);
    assert!(decoded(&"QUFB".repeat(10_000))[0].1.chars().count() <= 2_001);
}

#[test]
fn a_change_of_health_is_counted_for_each_backend() {
    let recognizer = recognizer();
    let flip = |status: &str| {
        let line =
            json!({"errorDetails": {"healthStatus": status, "backendSetName": "bs_web", "backend": "10.0.20.11:8080"}});
        recognizer.state_changes(&Line::new(&line.to_string()))
    };
    let (down, up) = (flip("Healthy to Unhealthy"), flip("Unhealthy to Healthy"));
    let [swing] = down.as_slice() else { panic!("{down:?}") };
    assert_eq!((swing.by.as_deref(), swing.times), (Some("10.0.20.11:8080"), 2));
    assert_eq!(up[0].card, swing.card);
    assert_ne!(up[0].of, swing.of);
    assert_eq!(recognizer.state_changes(&Line::new("Unhealthy to Healthy"))[0].by, None);
    assert_eq!(recognizer.state_changes(&Line::new("EHOSTUNREACH")), []);
}

fn recognizer() -> Recognizer {
    Recognizer::new(Arc::clone(Library::embedded().tree("oci-load-balancer").unwrap()))
}

fn read(recognizer: &Recognizer, text: &str) -> Evidence {
    recognizer.in_document(&EvidenceSource::file("document"), 1, &Document::parse(text).unwrap())
}

/// The risks of a document, as `card position: place`.
fn risks(recognizer: &Recognizer, text: &str) -> Vec<String> {
    shown(recognizer, &read(recognizer, text))
}

fn shown(recognizer: &Recognizer, evidence: &Evidence) -> Vec<String> {
    let card = |id| &recognizer.tree().card(id).id;
    let risks = evidence.risks.iter();
    let mut shown: Vec<_> = risks.map(|it| format!("{} {}: {}", card(it.card), it.at, it.provenance.text)).collect();
    shown.sort();
    shown
}

fn hits(recognizer: &Recognizer, evidence: &Evidence) -> Vec<String> {
    let card = |id: &wherefore::internals::tree::CardId| recognizer.tree().card(*id).id.clone();
    let hits = evidence.hits.iter();
    hits.map(|hit| {
        let cards: Vec<_> = hit.cards.iter().map(card).collect();
        format!("{}: {}", cards.join(", "), hit.provenance.text)
    })
    .collect()
}

fn answers(recognizer: &Recognizer, evidence: &Evidence) -> Vec<String> {
    let tree = recognizer.tree();
    let proofs = evidence.proofs.iter();
    proofs
        .map(|proof| {
            let question = &tree.question(proof.question).id;
            let option = &tree.option(proof.question, proof.option).id;
            format!("{question}={option}: {}", proof.provenance.text)
        })
        .collect()
}

/// Returns a configuration with its field names in another spelling.
///
/// It has the form that the command line prints. Names of objects stay.
fn respelled(value: &Value, spell: &dyn Fn(Vec<String>) -> String) -> Value {
    const MAPS: &[&str] = &[
        "backend-sets",
        "listeners",
        "rule-sets",
        "hostnames",
        "certificates",
        "ssl-cipher-suites",
        "routing-policies",
    ];
    match value {
        Value::Object(object) => object
            .iter()
            .map(|(name, value)| {
                let value = match value.as_object().filter(|_| MAPS.contains(&name.as_str())) {
                    Some(things) => {
                        things.iter().map(|(thing, value)| (thing.clone(), respelled(value, spell))).collect()
                    }
                    None => respelled(value, spell),
                };
                (spell(name.split('-').map(str::to_owned).collect()), value)
            })
            .collect(),
        Value::Array(elements) => elements.iter().map(|element| respelled(element, spell)).collect(),
        plain => plain.clone(),
    }
}
