//! Tests that few patterns find in a short text what all find.

use std::fs;
use std::path::{Path, PathBuf};

use wherefore::internals::diagnosis::{Diagnosis, Scanner, diagnose_text};
use wherefore::internals::export::json;
use wherefore::internals::store::Library;
use wherefore::internals::walk::EvidenceSource;

#[test]
fn a_short_text_finds_what_all_patterns_find() {
    let library = Library::embedded();
    let all = Scanner::new(&library.trees);
    // A long text makes the scanner compile all patterns.
    diagnosed(&all, &"nothing\n".repeat(1 << 12));
    let signatures = library.trees.iter().flat_map(|tree| tree.signatures());
    let samples = signatures.flat_map(|(_, signature)| &signature.samples).map(|sample| sample.to_string());
    let others = [
        "lbStatusCode,backendStatusCode\n502,\n503,\n",
        r#"{"log":"2026/01/15 10:20:31 [error] 31#31: *4402 connect() failed (111: Connection refused)"}"#,
        r#"{"lb\u0053tatusCode": "502", "backendStatusCode": ""}"#,
        "\u{1b}[31mno healthy\u{1b}[0m backends",
    ];
    let corpus = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"));
    // A part of them, because all take a minute.
    let corpus = corpus.iter().step_by(5).filter_map(|file| fs::read_to_string(file).ok());
    for text in samples.chain(others.map(str::to_owned)).chain(corpus) {
        let few = Scanner::new(&library.trees);
        assert_eq!(diagnosed(&few, &text), diagnosed(&all, &text), "{text}");
    }
}

/// Returns the diagnosis and the form of a text.
fn diagnosed(scanner: &Scanner, text: &str) -> String {
    let diagnosis: Diagnosis = diagnose_text(scanner, &EvidenceSource::Paste, text);
    format!("{:#}\n{:?}", json::diagnosis(&diagnosis, None, false), diagnosis.inputs)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
