//! Tests the reports of cases. The examples in `docs/reports/` are reports of these cases.

use std::path::Path;
use std::sync::Arc;

use wherefore::internals::export::{case_report, markdown};
use wherefore::internals::session::{Redaction, Session, add_remark, solved_by, walks};
use wherefore::internals::walk::{Event, EvidenceSource, StepOutcome};

use super::{BEGAN, Files, embedded, incident};

/// Returns the report of a case that is played and kept.
fn report_of(play: impl FnOnce(&mut Session, &mut dyn FnMut(&mut Session))) -> String {
    let trees = embedded();
    let mut session = Session::new(trees.clone());
    session.keep_cases();
    let (mut files, mut at) = (Files::default(), BEGAN);
    play(&mut session, &mut |session| {
        files.keep(session.note_case(at));
        at += 90;
    });
    let kept = files.read(1, &trees).walk;
    let (walk, _) = Redaction::Reports.report(&kept);
    markdown::card(&case_report::report(&trees, &walk, solved_by(&walk), &walks::standing(&walk)))
}

/// Begins a case with lines of the incident.
fn paste(session: &mut Session, lines: usize) {
    let text: String = incident().lines().take(lines).flat_map(|line| [line, "\n"]).collect();
    let read = session.read(&text, EvidenceSource::Paste);
    session.begin_with(&read[0]);
}

fn mark(session: &mut Session, remedy: usize, outcome: StepOutcome) {
    let walk = session.walk.as_mut().unwrap();
    let (_, card) = walks::card_of(walk).unwrap();
    walk.push(Event::StepMarked { card, remedy, outcome });
}

fn assert_example(name: &str, report: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports").join(name);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, report).unwrap();
    }
    // The texts of cards change often; the parts of the example must be those of the report.
    let headings =
        |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    let example = std::fs::read_to_string(&path).unwrap();
    assert_eq!(headings(report), headings(&example), "INSTA_UPDATE=always writes {name}");
}

#[test]
fn a_solved_case_says_what_helped_and_when() {
    let report = report_of(|session, keep| {
        paste(session, 3);
        keep(session);
        add_remark(session.walk.as_mut().unwrap(), "The deployment of 10:15 changed the service unit.");
        keep(session);
        mark(session, 0, StepOutcome::Done);
        keep(session);
        mark(session, 1, StepOutcome::DidNotHelp);
        keep(session);
        mark(session, 2, StepOutcome::Helped);
        keep(session);
    });
    for part in [
        "# Solved: ",
        "## What helped",
        "## Evidence",
        "(did not help, 2026-12-01 05:04 UTC)",
        "Step 4 of \"Health check: no connection to the backend\" (helped)",
        "## Course of the case",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert!(!report.contains("## Next"), "{report}");
    assert_example("solved.md", &report);
}

#[test]
fn an_open_case_at_a_card_says_what_is_next_and_what_ruled_others_out() {
    let report = report_of(|session, keep| {
        paste(session, 3);
        keep(session);
        mark(session, 0, StepOutcome::DidNotHelp);
        keep(session);
    });
    for part in
        ["# Open: ", "## Ruled out", "- By line 1 of your paste: ", "## Next", "Step 2 of 5: ", "no card explains it"]
    {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert_example("open-card.md", &report);
}

#[test]
fn an_open_case_at_a_question_says_how_to_find_out() {
    let report = report_of(|session, keep| {
        let tree = Arc::clone(session.trees.iter().find(|tree| tree.id == "oci-load-balancer").unwrap());
        session.begin(&tree);
        let question = tree.find_question("noticed").unwrap();
        let option = tree.find_option(question, "http-status").unwrap();
        session.walk.as_mut().unwrap().push(Event::Answered { question, option });
        keep(session);
        add_remark(session.walk.as_mut().unwrap(), "Users in one region see it.");
        keep(session);
    });
    for part in
        ["# Open: ", "cards are possible", "## Answers", "## Next", "Find out: ", "- Users in one region see it."]
    {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert_example("open-question.md", &report);
}
