//! Bytes that nobody would write, and what holds for them all the same.

mod promises;

use proptest::prelude::*;

/// A promise, and the folder of what once broke it.
type Promise = (&'static str, fn(&[u8]));

const PROMISES: [Promise; 3] = [("text", promises::text), ("recognize", promises::recognize), ("tree", promises::tree)];

/// Some that every reader of text has stumbled over.
fn known() -> Vec<Vec<u8>> {
    let escapes = "\u{1b}]0;title\u{7}\u{1b}[31mHTTP 502\u{1b}[0m \u{202e}txt.exe\u{2066}\u{9b}2J";
    let record = format!(r#"{{"lbStatusCode":"502","backendStatusCode":"502","host":"{escapes}"}}"#);
    vec![
        Vec::new(),
        b"\0\0\0\n\0".to_vec(),
        vec![0xff; 300],
        "\u{feff}".into(),
        escapes.into(),
        record.into(),
        "[".repeat(100_000).into(),
        "{\"a\":".repeat(100_000).into(),
        format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).into(),
        "\r\r\n\n\r".into(),
        "x".repeat(1 << 18).into(),
        format!("{{\"errorDetails\":\"{}\"}}", "\\".repeat(100_001)).into(),
    ]
}

#[test]
fn what_was_found_stays_found() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    for (name, promise) in PROMISES {
        known().iter().for_each(|bytes| promise(bytes));
        let Ok(found) = std::fs::read_dir(folder.join(name)) else { continue };
        for file in found {
            promise(&std::fs::read(file.unwrap().path()).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_keep_the_promises(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        PROMISES.iter().for_each(|(_, promise)| promise(&bytes));
    }

    #[test]
    fn any_torn_records_keep_the_promises(
        text in "([\\[\\]{}\",:\\\\\n\r\t ]|\"lbStatusCode\":|\"502\"|\"errorDetails\":\"|EHOSTUNREACH|\u{1b}\\[1m|eyJ|error|é){0,60}"
    ) {
        PROMISES.iter().for_each(|(_, promise)| promise(text.as_bytes()));
    }
}
