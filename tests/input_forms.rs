//! Tests that a record gives its card in every form of input.

use std::io::Write as _;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use wherefore::internals::diagnosis::{Diagnosis, Scanner};
use wherefore::internals::evidence::{InputSource, Options, read};
use wherefore::internals::store::Library;

/// One labeled record.
struct Sample {
    card: Option<String>,
    log: String,
    record: Value,
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("fixtures/oci/records.jsonl").lines();
    lines
        .map(|line| {
            let written: Value = serde_json::from_str(line).unwrap();
            let card = written["card"].as_str().map(str::to_owned);
            Sample { card, log: written["log"].as_str().unwrap().to_owned(), record: written["record"].clone() }
        })
        .collect()
}

/// The record in its CloudEvents envelope.
fn envelope(sample: &Sample) -> Value {
    json!({
        "data": sample.record,
        "id": "6b1d0c52-1f0e-4f7c-9f5e-2c8c8b9d0000-access-0",
        "oracle": {"compartmentid": "ocid1.compartment.oc1..exampleuniqueid", "ingestedtime": "2026-01-15T10:20:40.412Z"},
        "source": "prod-web-lb", "specversion": "1.0", "subject": "", "time": "2026-01-15T10:20:30.100Z",
        "type": format!("com.oraclecloud.loadbalancer.{}", sample.log),
    })
}

/// As the console shows it, and exports it.
fn wrapped(sample: &Sample) -> Value {
    json!({"datetime": 1_768_472_430_100_u64, "logContent": envelope(sample), "regionId": "us-ashburn-1"})
}

fn result(sample: &Sample) -> Value {
    json!({"data": {"datetime": 1_768_472_430_100_u64, "logContent": envelope(sample), "oracle.tenantid": "ocid1.tenancy.oc1..x"}})
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

fn message(sample: &Sample) -> Value {
    json!({"key": null, "offset": 12, "partition": "0", "stream": "logs", "value": STANDARD.encode(envelope(sample).to_string())})
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

fn zstd(text: &str) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
}

fn colored(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c == ':' { vec!['\u{1b}', '[', '0', 'm', c, '\u{1b}', '[', '3', '2', 'm'] } else { vec![c] })
        .collect()
}

fn without_its_beginning(text: &str) -> String {
    text.chars().skip(20).collect()
}

/// Up to where the last value begins to be cut.
fn without_its_end(text: &str) -> String {
    text.trim_end_matches(['}', '"']).to_owned()
}

/// A form: its name, and how a record looks in it.
type Form = (&'static str, fn(&Sample) -> Vec<u8>);

const FORMS: &[Form] = &[
    ("a bare record", |sample| sample.record.to_string().into()),
    ("in its envelope", |sample| envelope(sample).to_string().into()),
    ("in logContent", |sample| wrapped(sample).to_string().into()),
    ("a list from the console", |sample| json!([wrapped(sample)]).to_string().into()),
    ("a pretty list from the console", |sample| pretty(&json!([wrapped(sample)])).into()),
    ("oci logging-search", |sample| {
        pretty(&json!({"data": {"fields": null, "results": [result(sample)], "summary": {"field-count": null, "result-count": 1}}})).into()
    }),
    ("the search's REST answer", |sample| {
        json!({"results": [result(sample)], "summary": {"resultCount": 1}}).to_string().into()
    }),
    ("lines of a hub", |sample| format!("{}\n{}\n", ordinary(), envelope(sample)).into()),
    ("a list from a hub", |sample| json!([envelope(sample)]).to_string().into()),
    ("a stream's message", |sample| STANDARD.encode(envelope(sample).to_string()).into()),
    ("messages of a stream", |sample| pretty(&json!({"data": [message(sample)], "headers": {}})).into()),
    ("a line of a stream", |sample| message(sample).to_string().into()),
    ("data as text", |sample| {
        let mut event = envelope(sample);
        event["data"] = Value::String(sample.record.to_string());
        event.to_string().into()
    }),
    ("data as pretty text", |sample| {
        let mut event = envelope(sample);
        event["data"] = Value::String(pretty(&sample.record));
        pretty(&event).into()
    }),
    ("behind syslog's prefix", |sample| format!("<134>Jan 15 10:20:30 fwd oci-lb[221]: {}\n", envelope(sample)).into()),
    ("behind fluentd's prefix", |sample| format!("2026-01-15 10:20:30 +0000 oci.lb: {}\n", sample.record).into()),
    ("pretty", |sample| pretty(&sample.record).into()),
    ("pretty in its envelope, with CRLF", |sample| pretty(&envelope(sample)).replace('\n', "\r\n").into()),
    ("lines with CRLF", |sample| format!("{}\r\n{}\r\n", ordinary(), sample.record).into()),
    ("gzip", |sample| gzip(&envelope(sample).to_string())),
    ("gzip of a pretty list", |sample| gzip(&pretty(&json!([wrapped(sample)])))),
    ("zstd", |sample| zstd(&format!("{}\n", envelope(sample)))),
    ("its end is cut off", |sample| without_its_end(&sample.record.to_string()).into()),
    ("its beginning is cut off", |sample| without_its_beginning(&sample.record.to_string()).into()),
    ("a pretty one cut off", |sample| {
        without_its_end(pretty(&sample.record).trim_end_matches(['}', ' ', '\n'])).into()
    }),
    ("joined without a newline", |sample| format!("{}{}", ordinary(), sample.record).into()),
    ("pretty ones joined", |sample| {
        format!("{}{}", pretty(&wrapped(&ordinary_sample())), pretty(&wrapped(sample))).into()
    }),
    ("not valid, as in a documented sample", |sample| {
        sample.record.to_string().replace("\"errorDetails\":", "\"errorDetails\"").into()
    }),
    ("with the colours of a terminal", |sample| colored(&sample.record.to_string()).into()),
    ("in a letter", |sample| format!("Hello,\n\nwe see this:\n\n  {}\n\nany idea?\n", sample.record).into()),
    ("pretty in a letter", |sample| format!("Hello,\nwe see this:\n{}\nany idea?\n", pretty(&sample.record)).into()),
];

fn ordinary_sample() -> Sample {
    samples().into_iter().find(|sample| sample.record["lbStatusCode"] == "200").unwrap()
}

fn ordinary() -> String {
    ordinary_sample().record.to_string()
}

fn scanner() -> &'static Scanner {
    static SCANNER: OnceLock<Scanner> = OnceLock::new();
    SCANNER.get_or_init(|| Scanner::new(&[Arc::clone(Library::embedded().tree("oci-load-balancer").unwrap())]))
}

/// Diagnoses the bytes of a file.
fn diagnose(bytes: &[u8]) -> Diagnosis {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let options = Options { threads: 1, ..Options::default() };
    let sources = [InputSource::Path(file.path().to_owned())];
    let reading = read(&sources, scanner(), &options, &AtomicBool::new(false), &mut |_| ());
    assert_eq!(reading.failures, []);
    reading.diagnosis
}

fn cards(found: &Diagnosis) -> Vec<&str> {
    found.findings.iter().map(|finding| finding.tree.card(finding.card).id.as_str()).collect()
}

#[test]
fn whatever_the_form_the_card_comes_first() {
    let mut missed = Vec::new();
    for sample in samples() {
        for (form, write) in FORMS {
            let found = diagnose(&write(&sample));
            let cards = cards(&found);
            if cards.first().copied() != sample.card.as_deref() {
                missed.push(format!("{form}: {cards:?} instead of {:?} for {}", sample.card, sample.record));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn all_records_together_give_all_their_cards_and_accuse_no_other() {
    let samples = samples();
    let mut wanted: Vec<&str> = samples.iter().filter_map(|sample| sample.card.as_deref()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let lines = samples.iter().map(|sample| format!("{}\n", envelope(sample))).collect::<String>();
    let list = pretty(&samples.iter().map(wrapped).collect());
    for (form, text) in [("lines", lines), ("a list", list)] {
        let found = diagnose(text.as_bytes());
        let mut cards = cards(&found);
        cards.sort_unstable();
        for card in &wanted {
            assert!(cards.contains(card), "{form}: {card} is not in {cards:?}");
        }
        assert_eq!(found.inputs[0].records, samples.len() as u64, "{form}");
    }
}
