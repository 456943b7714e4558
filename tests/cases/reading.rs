//! Tests that damaged files and changed trees can be read.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use wherefore::internals::case::{KeptWalk, UnusableCase, read};
use wherefore::internals::session::{Session, summary, type_value};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, EvidenceSource, StepOutcome};

use super::{BEGAN, Files, embedded, incident};
use crate::screens::house;

/// The file of a case with seven events, written one by one.
fn file_of_a_case(trees: Vec<Arc<Tree>>) -> String {
    let mut session = Session::new(trees.clone());
    session.keep_cases();
    let tree = Arc::clone(&trees[0]);
    session.begin(&tree);
    let questions: Vec<_> = tree.questions().map(|(id, _)| id).take(2).collect();
    let option = tree.options(questions[0]).next().map(|(id, _)| id).unwrap();
    let card = tree.diagnoses().next().map(|(id, _)| id).unwrap();
    let mut files = Files::default();
    for event in [
        Event::Answered { question: questions[0], option },
        Event::Unknown { question: questions[1] },
        Event::Retracted { event: 1 },
        Event::NoneOfThese { question: questions[1] },
        Event::ShortestFirst(true),
        Event::StepMarked { card, remedy: 0, outcome: StepOutcome::Done },
        Event::Retracted { event: 5 },
    ] {
        session.walk.as_mut().unwrap().push(event);
        files.keep(session.note_case(BEGAN));
    }
    files.0.remove(&1).unwrap()
}

fn read_in(text: &str, trees: &[Arc<Tree>]) -> KeptWalk {
    read(text, trees).unwrap()
}

#[test]
fn a_file_cut_at_any_byte_loses_one_event_at_most() {
    let (trees, file) = (house(), file_of_a_case(house()));
    let whole = read_in(&file, &trees);
    assert_eq!(whole.walk.events().len(), 7);
    let head = file.find('\n').unwrap();
    assert_eq!(read(&file[..head - 1], &trees).unwrap_err(), UnusableCase::NoHead);
    for length in head + 1..=file.len() {
        let cut = String::from_utf8_lossy(&file.as_bytes()[..length]);
        let kept = read_in(&cut, &trees);
        let complete = cut.matches("\"n\":").count();
        let count = kept.walk.events().len();
        assert!(count == complete || count + 1 == complete && kept.is_torn, "{length}: {count} of {complete}");
        assert_eq!(kept.walk.events(), &whole.walk.events()[..count]);
        assert!(kept.is_whole && kept.lost == 0, "{length}");
    }
}

#[test]
fn a_damaged_line_costs_its_event_and_a_retraction_still_finds_its_own() {
    let (trees, file) = (house(), file_of_a_case(house()));
    let lines: Vec<&str> = file.lines().collect();
    let whole = read_in(&file, &trees);
    for at in 1..lines.len() {
        let mut damaged = lines.clone();
        let broken = "\u{0}".repeat(7) + &lines[at][7..];
        damaged[at] = &broken;
        let kept = read_in(&(damaged.join("\n") + "\n"), &trees);
        let is_event = lines[at].starts_with("{\"n\":");
        assert_eq!(kept.lost, 1, "{at}");
        assert_eq!(kept.walk.events().len(), 7 - usize::from(is_event) - kept_less(at, &lines), "{at}");
        assert!(!kept.is_whole && !kept.is_torn);
        // The first answer counts, whatever else is lost.
        let is_first = lines[at].starts_with("{\"n\":0,");
        let question = trees[0].questions().next().unwrap().0;
        assert_eq!(kept.walk.known().given(question).is_some(), !is_first, "{at}");
        let marked = kept.walk.known().marked.len();
        assert_eq!(marked, usize::from(lines[at].starts_with("{\"n\":6,")), "the step was opened again: {at}");
    }
    assert!(whole.walk.known().marked.is_empty());
}

/// Returns the number of retractions that have lost what they retract.
fn kept_less(at: usize, lines: &[&str]) -> usize {
    usize::from(["{\"n\":1,", "{\"n\":5,"].iter().any(|begin| lines[at].starts_with(begin)))
}

#[test]
fn a_line_that_was_written_twice_counts_once() {
    let (trees, file) = (house(), file_of_a_case(house()));
    let twice: String = file.lines().flat_map(|line| [line, "\n", line, "\n"]).collect();
    assert_eq!(read_in(&twice, &trees).walk.events(), read_in(&file, &trees).walk.events());
}

#[test]
fn a_tree_that_changed_keeps_what_still_fits_and_names_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("house");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/house");
    copy(&from, &tree);
    let (first, card) =
        (house()[0].questions().next().unwrap().1.id.clone(), house()[0].diagnoses().next().unwrap().1.id.clone());
    let step = house()[0].diagnoses().next().unwrap().1.remedies[0].id.clone();
    replace_in(&tree, &format!("\"{step}\""), "\"another-step\"");
    let mut library = Library::default();
    library.add_directory(&tree, true);
    let file = file_of_a_case(house());
    let kept = read_in(&file, &library.trees);
    assert_eq!(kept.left_out, [format!("the step {step} of the card {card}")]);
    // The mark and its retraction are gone together; all answers are there.
    assert_eq!(kept.walk.events().len(), 5);
    assert!(kept.walk.known().given(kept.walk.tree().find_question(&first).unwrap()).is_some());
    assert!(!kept.is_whole);
    assert_eq!(read(&file, &embedded()).unwrap_err(), UnusableCase::NoTree("house".to_owned()));
    let newer = file.replacen("\"format\":1", "\"format\":2", 1);
    assert_eq!(read(&newer, &house()).unwrap_err(), UnusableCase::Newer);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy(&path, &copied) } else { _ = fs::copy(&path, &copied).unwrap() }
    }
}

fn replace_in(folder: &Path, old: &str, new: &str) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            replace_in(&path, old, new);
        } else {
            fs::write(&path, fs::read_to_string(&path).unwrap().replace(old, new)).unwrap();
        }
    }
}

#[test]
fn evidence_comes_back_as_it_was_and_a_secret_does_not() {
    let trees = embedded();
    let mut session = Session::new(trees.clone());
    session.keep_cases();
    let mut files = Files::default();
    let pasted = incident()
        + "> Authorization: Bearer abcdefghijklmnopqrstuvwxyz\n502 Bad Gateway Cookie: session=hunter2\n\
                               error: cannot open the vault password=hunter2hunter2 for http://bob:hunter2@db/\n";
    let read = session.read(&pasted, EvidenceSource::Paste);
    assert!(!read.is_empty());
    session.begin_with(&read[0]);
    let walk = session.walk.as_mut().unwrap();
    type_value(walk, "backend", "http://bob:hunter2@db/");
    files.keep(session.note_case(BEGAN));
    let file = &files.0[&1];
    assert!(!file.contains("hunter2") && !file.contains("abcdefghijklm"), "{file}");
    assert!(file.contains("[redacted]"), "{file}");
    let walk = session.walk.as_ref().unwrap();
    let kept = read_in(file, &trees);
    assert_eq!(kept.walk.position().step, walk.position().step);
    assert_eq!(kept.walk.known().hits.len(), walk.known().hits.len());
    assert_eq!(kept.walk.position().candidates, walk.position().candidates);
    assert_eq!(summary(&kept.walk), summary(walk));
    assert!(file.len() < 100_000, "{}", file.len());
}

#[test]
fn hostile_lines_stop_nothing() {
    let (trees, file) = (house(), file_of_a_case(house()));
    let lines: Vec<&str> = file.lines().collect();
    for hostile in [
        "{\"n\":18446744073709551615,\"event\":\"unknown\",\"question\":\"x\"}",
        "{\"n\":-1}",
        "{\"n\":7,\"event\":\"retract\",\"of\":18446744073709551615}",
        "{\"n\":7,\"event\":\"link\",\"from\":\"\\u001b]52;c;eA==\\u0007\",\"left\":[{\"tree\":\"none\",\"events\":[]}]}",
        "[]",
        "{\"summary\":{}}",
        "{\"n\":7,\"event\":\"teleport\"}",
        "\u{feff}{}",
    ] {
        let text =
            format!("{}\n{hostile}\n{}\n", lines[..lines.len() - 2].join("\n"), lines[lines.len() - 2..].join("\n"));
        let kept = read_in(&text, &trees);
        assert!(kept.walk.events().len() >= 6, "{hostile}: {kept:?}");
        let end = read_in(&format!("{file}{hostile}\n"), &trees);
        assert!(end.walk.events().len() >= 7, "{hostile}");
    }
}

/// Files of every format stay readable; this one is of version 0.2.0.
#[test]
fn a_file_of_the_first_format_is_read_as_it_was_written() {
    let text = include_str!("../fixtures/hostile/case/whole.jsonl");
    let kept = read(text, &embedded()).unwrap();
    assert!(kept.is_whole && !kept.is_torn && kept.lost == 0, "{kept:?}");
    let (walk, card) = (&kept.walk, "health-check-connection-failed");
    assert_eq!(walk.tree().id, "oci-load-balancer");
    let card = walk.tree().find_card(card).unwrap();
    let steps: Vec<_> = walk.remedies(card).iter().map(|step| step.outcome).take(3).collect();
    assert_eq!(steps, [Some(StepOutcome::Done), Some(StepOutcome::DidNotHelp), None]);
    assert_eq!(walk.known().remarks, ["all pages 502"]);
    assert_eq!(walk.known().hits[0].captures.len(), 3);
}
