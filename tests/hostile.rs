//! Tests bytes that were made to do harm.

mod outputs;
mod promises;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

/// A promise, and the folder of what once broke it.
type Promise = (&'static str, fn(&[u8]));

const PROMISES: [Promise; 6] = [
    ("text", promises::text),
    ("recognize", promises::recognize),
    ("tree", promises::tree),
    ("unpack", promises::unpack),
    ("input", promises::input),
    ("case", promises::case),
];

/// Least number of files in the folder of each promise.
const FIXTURES: usize = 5;

/// Control characters that appear only after JSON is decoded.
///
/// The raw line is plain ASCII.
const ESCAPED: &str =
    r"bs\u001b]52;c;ZWNobyBQV05FRA==\u0007\u001b[2J\u009b2J\u202etxt.exe\u2066\u0000\u0008\u200b\ufeff";

/// Makes records with [`ESCAPED`] as a value or a field name.
fn escaped_records() -> Vec<String> {
    let access = |name: &str, value: &str| {
        format!(
            r#"{{"lbStatusCode":"504","backendStatusCode":"","backendAddr":"10.0.20.11:8080","{name}":"{value}","host":"{value}","listenerName":"{value}","request":"GET /{value} HTTP/1.1"}}"#
        )
    };
    let health = format!(
        r#"{{"errorLog":{{"type":"healthChecker","errorDetails":{{"healthStatus":"Healthy to Unhealthy","backendSetName":"{ESCAPED}","backend":"10.0.20.11:8080","details":{{"message":{{"msg":"error","error":{{"code":"ECONNREFUSED","errno":"ECONNREFUSED","syscall":"connect"}}}}}}}}}}}}"#
    );
    let document = format!(
        r#"{{"data":{{"id":"ocid1.loadbalancer.{ESCAPED}","listeners":{{"{ESCAPED}":{{"port":443,"protocol":"HTTP","defaultBackendSetName":"{ESCAPED}"}}}},"backendSets":{{"{ESCAPED}":{{"backends":[],"healthChecker":{{"urlPath":"/{ESCAPED}","returnCode":200}}}}}}}}}}"#
    );
    let access_record = access("other", ESCAPED);
    vec![
        access_record.clone(),
        access(ESCAPED, "www.example.com"),
        access("other", "%1b%5d52%3bc%3baGk%3d%07%9b2J"),
        access("other", &"h".repeat(100_000)),
        format!(r#"{{"key":null,"value":"{}"}}"#, STANDARD.encode(&access_record)),
        format!(r#"{{"lbStatusCode":"502","backendStatusCode":"502","base641kData":"{}"}}"#, STANDARD.encode(ESC)),
        format!("[{access_record},{health}]"),
        access_record.replace('"', "\\\""),
        health,
        document,
    ]
}

/// Escape sequences as they are.
const ESC: &str = "\u{1b}]0;title\u{7}\u{1b}[31mHTTP 502\u{1b}[0m \u{202e}txt.exe\u{2066}\u{9b}2J";

/// Some that every reader of text has stumbled over.
fn known() -> Vec<Vec<u8>> {
    let record = format!(r#"{{"lbStatusCode":"502","backendStatusCode":"502","host":"{ESC}"}}"#);
    let mut known: Vec<Vec<u8>> = escaped_records().into_iter().map(String::into_bytes).collect();
    known.extend([
        Vec::new(),
        b"\0\0\0\n\0".to_vec(),
        vec![0xff; 300],
        "\u{feff}".into(),
        ESC.into(),
        record.into(),
        "[".repeat(100_000).into(),
        "{\"a\":".repeat(100_000).into(),
        format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).into(),
        "\r\r\n\n\r".into(),
        "x".repeat(1 << 18).into(),
        "\u{1b}[200~half\u{1b}[20".into(),
        "\u{1b}[?2026;2$y\u{1b}]11;rgb:0/0/0\u{7}\u{1b}[97;5u\u{1b}[<0;1".into(),
        format!("{{\"errorDetails\":\"{}\"}}", "\\".repeat(100_001)).into(),
    ]);
    known
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile")
}

/// The fixtures that are packed.
fn packed() -> &'static [Vec<u8>] {
    static PACKED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let mut files: Vec<_> = fs::read_dir(folder().join("unpack")).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| fs::read(file).unwrap()).collect()
    });
    &PACKED
}

#[test]
fn what_was_found_stays_found() {
    let folder = folder();
    for (name, promise) in PROMISES {
        known().iter().for_each(|bytes| promise(bytes));
        let files = fs::read_dir(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        assert!(files.len() >= FIXTURES, "{name}: only {} files", files.len());
        files.iter().for_each(|file| promise(&fs::read(file).unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_keep_the_promises(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        PROMISES.iter().for_each(|(_, promise)| promise(&bytes));
    }

    #[test]
    fn any_damage_to_packed_data_keeps_the_promise(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = seed.get(packed()).clone();
        changes.iter().for_each(|(at, byte)| *at.get_mut(&mut bytes) = *byte);
        promises::unpack(&bytes);
        bytes.truncate(end.index(bytes.len()));
        promises::unpack(&bytes);
    }

    #[test]
    fn any_torn_records_keep_the_promises(
        text in "([\\[\\]{}\",:\\\\\n\r\t ]|\"lbStatusCode\":|\"502\"|\"host\":|\"errorDetails\":\"|EHOSTUNREACH|\u{1b}\\[1m|\\\\u00(1b|9b|07)|\\\\u202e|eyJ|error|é){0,60}"
    ) {
        PROMISES.iter().for_each(|(_, promise)| promise(text.as_bytes()));
    }
}
