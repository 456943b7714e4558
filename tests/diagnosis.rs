//! Tests which findings blocks of evidence give, with the embedded trees.

mod blocks;
mod fast_equals_slow;
mod short_text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use wherefore::internals::diagnosis::{At, Certainty, Diagnosis, ScanBuffers, Scanner, Tally, diagnose_text};
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{CardId, Tree};
use wherefore::internals::walk::{Evidence, EvidenceSource, Proof};

fn trees() -> Vec<Arc<Tree>> {
    Library::embedded().trees
}

const FILE: At<'_> = At { source: &EvidenceSource::StandardInput, line: 1 };

fn diagnose(text: &str) -> Diagnosis {
    let mut tally = Tally::default();
    Scanner::new(&trees()).lines(text.as_bytes(), FILE, &mut ScanBuffers::default(), &mut tally);
    tally.diagnosis()
}

fn cards(diagnosis: &Diagnosis) -> Vec<(&str, u64)> {
    diagnosis.findings.iter().map(|found| (found.tree.card(found.card).id.as_str(), found.count)).collect()
}

const BOTH_502: &str = r#"{"data":{"timestamp":"2026-01-15T10:20:30+00:00","backendAddr":"10.0.20.11:8080","host":"a.example.com","lbStatusCode":"502","backendStatusCode":"502","request":"GET /orders HTTP/1.1"}}"#;
const GOOD: &str = r#"{"data":{"timestamp":"2026-01-15T10:20:30+00:00","lbStatusCode":"200","backendStatusCode":"200","request":"GET /error HTTP/1.1"}}"#;
const REFUSED: &str = r#"{"timestamp":"2026-01-15T10:19:50+00:00","errorLog":{"type":"healthChecker","errorDetails":{"healthStatus":"Healthy to Unhealthy","backendSetName":"bs_web","backend":"10.0.20.11:8080","details":{"message":{"msg":"error","error":{"code":"ECONNREFUSED","errno":"ECONNREFUSED","syscall":"connect"}}}}}}"#;
const SHARED: &str = "No healthy backends available";
const UNKNOWN: &str = "2026-01-15T10:20:31Z disk 7 failed on 10.0.0.1";

#[test]
fn a_frequent_error_word_is_found_at_every_alignment() {
    let scanner = Scanner::new(&Library::embedded().trees);
    let source = EvidenceSource::file("a.log");
    for line in ["{x} widget unavailable here", "worker {x} crashing now", r#"{"n":"{x}","severity":"EMERGENCY"}"#] {
        // More than 64 KiB, so that the prefilter learns that the word is frequent.
        let text: String = (0..4000).map(|n| line.replace("{x}", &"x".repeat(n % 7 + 1)) + "\n").collect();
        assert_eq!(diagnose_text(&scanner, &source, &text).unexplained.count, 4000, "{line}");
    }
}

#[test]
fn words_of_an_error_are_not_put_together_across_lines() {
    let scanner = Scanner::new(&Library::embedded().trees);
    // The other words are frequent, so the prefilter looks for the words that make the error.
    let lines = (0..4000)
        .map(|n| format!("{} the set by xset by eset et by reset\nby peer {}\n", "x".repeat(n % 9), "y".repeat(n % 7)));
    let text: String = lines.collect();
    assert_eq!(diagnose_text(&scanner, &EvidenceSource::file("a.log"), &text).unexplained.count, 0);
}

#[test]
fn lines_come_down_to_cards_answers_and_what_is_left() {
    let text = [BOTH_502, GOOD, REFUSED, BOTH_502, SHARED, UNKNOWN, UNKNOWN, "all is well", ""].join("\n");
    let diagnosis = diagnose(&text);
    let found = cards(&diagnosis);
    // The check failed first.
    assert_eq!(found[0], ("health-check-connection-failed", 1));
    assert_eq!(found[1], ("backend-bad-gateway", 2));
    assert!(found.len() == 5, "a line that three cards share: {found:?}");
    let first = &diagnosis.findings[1];
    assert_eq!(first.certainty, Certainty::Confirmed);
    assert_eq!(diagnosis.findings[4].certainty, Certainty::Possible);
    assert_eq!(first.samples.len(), 2);
    assert_eq!((first.samples[1].provenance.source.to_string().as_str(), first.samples[1].provenance.line), ("-", 4));
    let captured: BTreeMap<_, _> = first.captures.iter().cloned().collect();
    assert_eq!(captured["backend_ip"], [("10.0.20.11".into(), 2)]);
    let times = |at: usize| diagnosis.findings[at].times.clone().unwrap();
    assert_eq!(times(1).first - times(0).first, 40_000);
    assert_eq!(times(1).histogram, [2]);
    assert_eq!((diagnosis.unexplained.count, diagnosis.unexplained.others), (2, 0));
    assert_eq!(diagnosis.unexplained.templates[0].template, "<time> disk <n> failed on <ip>");
    assert_eq!(diagnosis.unexplained.templates[0].provenance.line, 6);
    assert!(diagnosis.answers.iter().any(|answer| answer.tree.option(answer.question, answer.option).id == "502-502"));
}

#[test]
fn evidence_adds_up_to_the_findings() {
    let text = [BOTH_502, SHARED, REFUSED].map(|line| format!("{line}\n").repeat(20)).concat();
    let diagnosis = diagnose(&text);
    let tree = &crate::embedded_trees::load_balancer();
    let Evidence { hits, proofs, .. } = diagnosis.evidence(tree);
    for finding in &diagnosis.findings {
        let own = hits.iter().filter(|hit| hit.cards.contains(&finding.card));
        assert_eq!(own.map(|hit| hit.count).sum::<u64>(), finding.count);
    }
    assert_eq!(hits.iter().map(|hit| hit.count).sum::<u64>(), 60);
    assert!(proofs.iter().map(|proof| proof.count).sum::<u64>() >= 60);
}

/// Returns names of cards, without those that need several lines.
///
/// If a signature counts only when values take turns, one line says nothing.
fn names(tree: &Tree, cards: &[CardId]) -> Vec<String> {
    let takes_turns = |card: &&CardId| tree.card(**card).signatures.iter().all(|signature| signature.needs_turns());
    let others = cards.iter().filter(|card| !takes_turns(card));
    others.map(|card| tree.card(*card).id.to_string()).collect()
}

/// Matches of each card and answer in a text, line by line.
type Counts = (BTreeMap<(String, Vec<String>), u64>, BTreeMap<(String, String, String), u64>);

fn plain(recognizers: &[Recognizer], text: &str) -> Counts {
    let mut counts = Counts::default();
    for recognizer in recognizers {
        let tree = recognizer.tree();
        for line in text.lines() {
            let Evidence { hits, proofs, .. } = recognizer.evidence(&EvidenceSource::StandardInput, line);
            for hit in hits {
                *counts.0.entry((tree.id.to_string(), names(tree, &hit.cards))).or_default() += 1;
            }
            // In a document each place counts: its provenance is its path.
            let place = |proof: &Proof| (proof.provenance.line, proof.provenance.text.clone());
            let proven: BTreeSet<_> = proofs.iter().map(|proof| (place(proof), proof.question, proof.option)).collect();
            for (_, question, option) in proven {
                let names = (tree.question(question).id.clone(), tree.option(question, option).id.clone());
                *counts.1.entry((tree.id.to_string(), names.0.into_string(), names.1.into_string())).or_default() += 1;
            }
        }
    }
    counts.0.retain(|(_, cards), _| !cards.is_empty());
    counts
}

fn counts(diagnosis: &Diagnosis) -> Counts {
    let mut counts = Counts::default();
    for (tree, hit) in &diagnosis.hits {
        *counts.0.entry((tree.id.to_string(), names(tree, &hit.cards))).or_default() += hit.count;
    }
    for answer in &diagnosis.answers {
        let tree = &answer.tree;
        let names = (tree.question(answer.question).id.clone(), tree.option(answer.question, answer.option).id.clone());
        *counts.1.entry((tree.id.to_string(), names.0.into_string(), names.1.into_string())).or_default() +=
            answer.count;
    }
    counts.0.retain(|(_, cards), _| !cards.is_empty());
    counts
}

/// Every sample of every tree, and what must not be matched.
fn samples() -> Vec<String> {
    let mut samples = Vec::new();
    for tree in trees() {
        for (_, card) in tree.cards() {
            for signature in &card.signatures {
                samples.extend(signature.samples.iter().chain(&signature.never).map(ToString::to_string));
            }
        }
    }
    samples
}

#[test]
fn lines_are_recognized_as_one_by_one() {
    let recognizers: Vec<_> = trees().into_iter().map(Recognizer::new).collect();
    let text = samples().join("\n");
    assert_eq!(counts(&diagnose(&text)), plain(&recognizers, &text));
}

#[test]
fn nothing_breaks_it() {
    let (scanner, mut memory) = (Scanner::new(&trees()), ScanBuffers::default());
    let blocks: [&[u8]; 8] =
        [b"", b"\n", b"\n\n\n", b"\0\0\0", b"\xff\xfe\xc3", b"{\"a\":", b"[[[[[[", b"\xc2\n\xe2\x80\n\xf3"];
    for block in blocks {
        scanner.lines(block, FILE, &mut memory, &mut Tally::default());
        scanner.document(block, FILE, &mut memory, &mut Tally::default());
    }
    scanner.document("[".repeat(100_000).as_bytes(), FILE, &mut memory, &mut Tally::default());
    let long = "error 5 ".repeat(2_000_000);
    let mut tally = Tally::default();
    scanner.lines(long.as_bytes(), FILE, &mut memory, &mut tally);
    let diagnosis = tally.diagnosis();
    assert!(diagnosis.unexplained.templates.iter().all(|kind| kind.provenance.text.len() <= 2000));
}
