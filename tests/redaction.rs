//! Tests that nothing private survives redaction, and that diagnoses do.

use proptest::prelude::*;
use serde_json::Value;
use wherefore::internals::case::{Redactor, redact_walk};
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::session::{Session, summary};
use wherefore::internals::store::Library;
use wherefore::internals::walk::EvidenceSource;

fn redacted(text: &str) -> String {
    Redactor::default().text(&text.into()).to_string()
}

#[test]
fn nothing_of_the_corpus_survives_and_what_decides_stays() {
    for line in include_str!("fixtures/redaction/corpus.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let list = |field: &str| case[field].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned());
        let said = redacted(case["text"].as_str().unwrap());
        for gone in list("gone") {
            assert!(!said.contains(&gone), "{gone} survives in: {said}");
        }
        for stays in list("stays") {
            assert!(said.contains(&stays), "{stays} is lost in: {said}");
        }
    }
}

/// Makes secrets and names of all shapes.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "eyJ[A-Za-z0-9_-]{10,40}\\.eyJ[A-Za-z0-9_-]{10,40}\\.[A-Za-z0-9_-]{20,40}",
        "ocid1\\.(loadbalancer|instance|subnet|certificate)\\.oc1\\.[a-z]{2}-[a-z]{4,9}-1\\.[a-z2-7]{20,60}",
        "arn:aws:(elasticloadbalancing|acm|ec2):eu-west-[1-3]:[0-9]{12}:[a-z]{4,12}/[a-z0-9]{8,20}",
        "(AKIA|ASIA)[A-Z0-9]{16}",
        "-----BEGIN (RSA |EC )?PRIVATE KEY----- [A-Za-z0-9+/]{40,80}",
        "https://[a-z]{3,8}:[A-Za-z0-9]{8,16}@[a-z]{3,10}\\.[a-z]{3,10}\\.com",
        "[a-z]{3,8}\\.[a-z]{3,8}@[a-z]{3,10}\\.(com|org|co\\.uk)",
        "[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}",
        "[a-z]{3,9}-[0-9]{1,3}\\.(prod|stage)\\.[a-z]{4,9}\\.(internal|net|com)",
        "(Cookie: [a-z]{3,8}|Authorization: Bearer )=?[A-Za-z0-9]{20,40}",
        (1u8..224, any::<u8>(), any::<u8>(), 1u8..255)
            .prop_filter("a loopback address tells nothing", |(first, ..)| *first != 127)
            .prop_map(|(a, b, c, d)| format!("{a}.{b}.{c}.{d}")),
        prop::array::uniform8(1u16..).prop_map(|parts| { std::net::Ipv6Addr::from(parts).to_string() }),
    ]
}

/// Returns the part of a value that nobody else has.
fn core(value: &str) -> &str {
    let value = value.strip_prefix("https://").unwrap_or(value);
    let value = value.rsplit_once("KEY----- ").map_or(value, |(_, body)| body);
    let value = value.rsplit_once(": ").map_or(value, |(_, body)| body);
    let value = value.strip_prefix("Bearer ").unwrap_or(value).trim_start_matches('=');
    // The beginnings of OCIDs and ARNs say what they name.
    let is_typed = value.starts_with("ocid1.") || value.starts_with("arn:");
    if is_typed { value.rsplit(['.', '/']).next().unwrap_or(value) } else { value }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn values_made_at_random_do_not_survive(value in any_value(), frame in 0usize..5) {
        let text = match frame {
            0 => value.clone(),
            1 => format!("error for {value} after 5 s"),
            2 => format!("{{\"client\":\"{value}\",\"status\":502}}"),
            3 => format!("upstream: \"{value}\", host"),
            _ => format!("({value})"),
        };
        let said = redacted(&text);
        prop_assert!(!said.contains(core(&value)), "{} in {}", core(&value), said);
        prop_assert_eq!(redacted(&text), said, "it is the same each time");
    }

    #[test]
    fn any_text_is_redacted_without_harm(text in ".{0,200}") {
        let said = redacted(&text);
        prop_assert!(said.len() <= 8 * text.len() + 16);
    }
}

/// Puts addresses and hosts in the place of their names.
///
/// Patterns ask for an address, which a name is not; a reader knows that it stands for one.
fn with_stand_ins(text: &str) -> String {
    let address = regex::Regex::new(r"\bip-(\d+)").unwrap();
    let address6 = regex::Regex::new(r"\bip6-(\d+)").unwrap();
    let host = regex::Regex::new(r"\bhost-(\d+)").unwrap();
    let said = address.replace_all(text, "192.0.2.$1");
    let said = address6.replace_all(&said, "2001:db8::$1");
    host.replace_all(&said, "host$1.example.com").into_owned()
}

#[test]
fn every_sample_of_the_trees_is_recognized_after_redaction() {
    let mut hidden = Vec::new();
    let mut count = 0;
    for tree in Library::embedded().trees {
        let recognizer = Recognizer::new(std::sync::Arc::clone(&tree));
        for (_, card) in tree.cards() {
            for signature in &card.signatures {
                for sample in &signature.samples {
                    let found = |text: &str| {
                        let evidence = recognizer.evidence(&EvidenceSource::Paste, text);
                        let mut cards: Vec<_> = evidence.hits.into_iter().flat_map(|hit| hit.cards).collect();
                        cards.sort_unstable();
                        cards.dedup();
                        cards
                    };
                    count += 1;
                    let said = with_stand_ins(&redacted(sample));
                    if found(sample) != found(&said) {
                        hidden.push(format!("{}: {sample}\n{said}", tree.id));
                    }
                }
            }
        }
    }
    assert!(count > 500, "{count} samples");
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
}

#[test]
fn a_redacted_case_stands_where_it_stood() {
    let mut session = Session::new(Library::embedded().trees);
    let lines =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/incident/error.log")).unwrap();
    let read = session.read(&lines, EvidenceSource::Paste).pop().unwrap();
    session.enter_if_it_fits(read).unwrap();
    let walk = session.walk.as_ref().unwrap();
    let mut redactor = Redactor::default();
    let copy = redact_walk(walk, &mut redactor, &|_, _| true);
    assert_eq!(copy.position(), walk.position());
    assert_eq!(summary(&copy).standing, summary(walk).standing);
    assert!(!format!("{:?}", copy.events()).contains("10.0.20.11"), "{:?}", copy.events());
    assert!(redactor.summary().contains("2 addresses"), "{}", redactor.summary());
    // One address has one name in all lines.
    let names: Vec<_> = redactor.replaced().into_iter().filter(|it| it.value == "10.0.20.11").collect();
    assert_eq!(names.len(), 1);
}
