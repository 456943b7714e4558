//! Tests that a block of several lines is one trouble.

use std::fs;
use std::sync::atomic::AtomicBool;

use wherefore::internals::diagnosis::{Diagnosis, ScanBuffers, Scanner, Tally, diagnose_text};
use wherefore::internals::evidence::{InputSource, Options, read};
use wherefore::internals::segment::Piece;
use wherefore::internals::walk::EvidenceSource;

use super::fast_equals_slow::assert_same;
use super::{FILE, SHARED, trees};

/// Returns how many troubles are left, and their lines with the numbers.
fn troubles(diagnosis: &Diagnosis) -> (u64, Vec<(usize, &str)>) {
    let lines = diagnosis.unexplained.templates.iter().map(|one| (one.provenance.line, one.provenance.text.as_str()));
    let mut lines: Vec<_> = lines.collect();
    lines.sort_unstable();
    (diagnosis.unexplained.count, lines)
}

fn diagnose(text: &str) -> Diagnosis {
    diagnose_text(&Scanner::new(&trees()), &EvidenceSource::StandardInput, text)
}

#[track_caller]
fn assert_troubles(text: &str, expected: &[(usize, &str)]) {
    assert_eq!(troubles(&diagnose(text)), (expected.len() as u64, expected.to_vec()));
}

const TERRAFORM: &str = "\
oci_load_balancer_listener.https: Creating...
╷
│ Error: 400-InvalidParameter, the name of the widget is invalid
│ Suggestion: Please update the parameter(s) in the Terraform config as per error message
│ Operation Name: CreateWidget
│\u{20}
│   with oci_widget.a,
│   on widget.tf line 61, in resource \"oci_widget\" \"a\":
│   61: resource \"oci_widget\" \"a\" {
│\u{20}
╵
";

const JAVA: &str = "\
2026-01-15 10:20:30,123 ERROR [main] c.e.App - order 7 failed
java.lang.IllegalStateException: could not load the order
\tat com.example.App.load(App.java:12)
\t... 3 more
Caused by: com.example.DiskError: the disk crashed
\tat com.example.Disk.read(Disk.java:9)
2026-01-15 10:20:31,001 INFO  [main] c.e.App - done
";

const PYTHON: &str = "\
Traceback (most recent call last):
  File \"a.py\", line 1, in load
    raise ValueError(\"load failed\")
ValueError: the widget is broken
";

const GO: &str = "\
panic: the widget is broken

goroutine 1 [running]:
main.error(...)
\t/app/main.go:12 +0x1d
";

#[test]
fn a_block_of_several_lines_is_one_trouble_with_its_telling_line() {
    assert_troubles(TERRAFORM, &[(3, "│ Error: 400-InvalidParameter, the name of the widget is invalid")]);
    assert_troubles(JAVA, &[(5, "Caused by: com.example.DiskError: the disk crashed")]);
    assert_troubles(PYTHON, &[(4, "ValueError: the widget is broken")]);
    assert_troubles(GO, &[(1, "panic: the widget is broken")]);
    let node = "Error: the widget is broken\n    at run (/app/error.js:1:2)\n";
    assert_troubles(node, &[(1, "Error: the widget is broken")]);
    let rust = "thread 'main' panicked at src/main.rs:2:5:\ncalled `Option::unwrap()` on a `None` value\n";
    assert_troubles(rust, &[(2, "called `Option::unwrap()` on a `None` value")]);
    // One after the other, they are as many.
    let all = [TERRAFORM, JAVA, PYTHON, GO].concat();
    assert_eq!(diagnose(&all).unexplained.count, 4);
    assert_eq!(diagnose(&JAVA.repeat(7)).unexplained.count, 7);
}

#[test]
fn a_block_with_an_explained_line_leaves_nothing_unexplained() {
    for (before, after) in [
        ("2026-01-15 10:20:30,123 ERROR order 7 failed\n", "\n\tat com.example.App.load(App.java:12)\n"),
        ("╷\n│ Error: it failed\n│ ", "\n│ Suggestion: read the error message\n╵\n"),
        ("java.io.IOException: it failed\n\tat a.b(A.java:1)\nCaused by: ", "\n\tat a.error.b(A.java:1)\n"),
    ] {
        let shared =
            if before.starts_with("2026") { format!("java.io.IOException: {SHARED}") } else { SHARED.to_owned() };
        let text = format!("{before}{shared}{after}");
        let diagnosis = diagnose(&text);
        assert!(!diagnosis.findings.is_empty(), "{text}");
        assert_eq!(troubles(&diagnosis), (0, vec![]), "{text}");
        // The next block is another one.
        assert_eq!(diagnose(&format!("{text}{JAVA}")).unexplained.count, 1);
    }
}

#[test]
fn errors_of_terraform_are_counted_with_and_without_a_frame() {
    let plain = "\
Error: 400-InvalidParameter

  on widget.tf line 61, in resource \"oci_widget\" \"a\":
  61: resource \"oci_widget\" \"a\" {

The widget is invalid.

";
    for (text, expected) in [
        (TERRAFORM.repeat(3), 3),
        (plain.repeat(2), 2),
        (JAVA.to_owned(), 0),
        ("╷\n│ Warning: the argument is deprecated\n│ It failed.\n╵\n".to_owned(), 0),
        ("Error: it failed\n".to_owned(), 0),
    ] {
        let diagnosis = diagnose(&text);
        assert_eq!(diagnosis.inputs[0].error_blocks, expected, "{text}");
    }
    assert_eq!(diagnose(&plain.repeat(2)).unexplained.count, 2);
}

/// Returns a text with blocks of all forms and lines between.
fn mixed(size: usize) -> String {
    let ordinary = [
        "2026-01-15 10:20:31,001 INFO  [main] c.e.App - done\n",
        "plain text\n",
        "the widget failed\n",
        "\n",
        "  indented text failed\n",
        "{\"level\":\"error\",\"msg\":\"disk full\"}\n",
        "\tat com.example.Torn.error(Torn.java:9)\n",
        "Caused by: a torn cause failed\n",
        "│ torn error\n",
        "Error: a torn error\nwith details that failed\n",
        "\u{1b}[31mERROR\u{1b}[0m colored  and\twide\n",
        SHARED,
        "\n",
    ];
    let frames = "\tat com.example.App.load(App.java:12)\n".repeat(900);
    let long = [
        format!("2026-01-15 10:20:30,123 ERROR failed {}\n", "x".repeat(40_000)),
        format!("java.io.IOException: deep\n{frames}Caused by: the deep cause failed\n"),
        "details of no error\n".repeat(300),
    ];
    let blocks = [TERRAFORM, JAVA, PYTHON, GO];
    let (mut text, mut state) = (String::new(), 7_u64);
    while text.len() < size {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 33) as usize;
        match at % 64 {
            0 => text.push_str(&long[at / 64 % long.len()]),
            1..20 => text.push_str(blocks[at / 64 % blocks.len()]),
            _ => text.push_str(ordinary[at / 64 % ordinary.len()]),
        }
    }
    text
}

fn said(diagnosis: &Diagnosis) -> String {
    let blocks: Vec<u64> = diagnosis.inputs.iter().map(|input| input.error_blocks).collect();
    let findings: Vec<_> = diagnosis.findings.iter().map(|found| (found.card, found.count, &found.samples)).collect();
    format!("{blocks:?} {findings:#?} {:#?}", diagnosis.unexplained)
}

#[test]
fn every_line_by_itself_gives_the_same_blocks() {
    let (scanner, text) = (Scanner::new(&trees()), mixed(300_000));
    let (mut fast, mut slow) = (Tally::default(), Tally::default());
    scanner.lines(text.as_bytes(), FILE, &mut ScanBuffers::default(), &mut fast);
    scanner.every_line(text.as_bytes(), FILE, &mut slow);
    assert_same(&said(&fast.diagnosis()), &said(&slow.diagnosis()), "fast and slow");
    assert_eq!(fast.error_blocks, slow.error_blocks);
}

#[test]
fn a_block_that_is_torn_between_parts_is_still_one() {
    let (scanner, text) = (Scanner::new(&trees()), mixed(200_000));
    let whole = diagnose(&text);
    assert!(whole.unexplained.count > 200, "{}", whole.unexplained.count);
    for size in [97, 1000, 17_000, 70_000] {
        // As the only thread does, and as threads do that each take a part.
        for has_threads in [false, true] {
            let (mut memory, mut total, mut part) = (ScanBuffers::default(), Tally::default(), Tally::default());
            let mut recent = wherefore::internals::diagnosis::RecentLines::default();
            let (mut segmenter, mut sample) = (scanner.segmenter(), scanner.format_sample());
            let source = EvidenceSource::StandardInput;
            let mut take = |piece: Piece<'_>| {
                sample.take(piece);
                if has_threads {
                    memory = ScanBuffers::default();
                    memory.continue_behind(recent.clone());
                    recent.take(piece, &source);
                    scanner.piece(piece, &source, &mut memory, &mut part);
                    total.append(&mut part);
                } else {
                    scanner.piece(piece, &source, &mut memory, &mut total);
                }
            };
            text.as_bytes().chunks(size).for_each(|chunk| segmenter.push(chunk, &mut take));
            segmenter.finish(&mut take);
            let mut diagnosis = total.diagnosis();
            diagnosis.inputs = whole.inputs.clone();
            diagnosis.inputs[0].error_blocks = total.error_blocks;
            assert_same(&said(&diagnosis), &said(&whole), &format!("parts of {size}, threads: {has_threads}"));
        }
    }
}

#[test]
fn the_number_of_threads_does_not_change_the_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    // More than each of two threads reads at once.
    fs::write(&path, mixed(7 << 20)).unwrap();
    let other = folder.path().join("b.log");
    fs::write(&other, "\tat com.example.Other.error(Other.java:9)\nCaused by: it failed\n").unwrap();
    let sources = [InputSource::Path(path), InputSource::Path(other)];
    let scanner = Scanner::new(&trees());
    let of = |threads| {
        let options = Options { threads, ..Options::default() };
        said(&read(&sources, &scanner, &options, &AtomicBool::new(false), &mut |_| {}).diagnosis)
    };
    let one = of(1);
    for threads in [2, 3, 4] {
        assert_same(&of(threads), &one, &format!("{threads} threads"));
    }
}
