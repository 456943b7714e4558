//! Tests that an answer is saved before its solution is shown.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::sample::Index;
use wherefore::internals::app::drills::{DrillSession, KeptAnswer, Modes};
use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::{Effect, Model};
use wherefore::internals::drill::progress::{Answered, Progress};
use wherefore::internals::drill::schedule::Grade;
use wherefore::internals::drill::{DrillAction, Exam, Exercise, Stage};
use wherefore::internals::tree::RemedyRef;

use super::{about, drilled, material, right, run, screen, told_line, wrong};
use crate::screens::{USUAL, type_keys};

const CARD: &str = "gateway-timeout";

fn answers(effects: &[Effect]) -> Vec<&Answered> {
    let answers = effects.iter().map(|effect| match effect {
        Effect::Answered { answered, .. } => answered,
        other => panic!("{other:?}"),
    });
    answers.collect()
}

#[test]
fn on_screens_the_key_that_shows_the_card_keeps_the_answer_and_no_later_one_does() {
    type Pick = fn(&Model) -> String;
    let typed: Pick = |_| "/ paste:no_response_from_any enter".to_owned();
    let cases: [(&str, Pick, Grade, bool); 6] = [
        ("", right, Grade::Good, false),
        ("", typed, Grade::Easy, false),
        ("", wrong, Grade::Again, true),
        ("i", right, Grade::Hard, false),
        ("u", right, Grade::Again, false),
        ("i u", wrong, Grade::Again, true),
    ];
    for (before, pick, grade, is_taken) in cases {
        // The action afterwards: a remedy, giving up, or nothing.
        for after in ["1", "2", "! !", "esc"] {
            let (mut model, effects) = drilled(about(CARD, Modes::Recognize), USUAL, before);
            assert_eq!(effects, [], "{before}: a hint is no answer");
            let keys = pick(&model);
            let effects = type_keys(&mut model, &keys);
            assert!(screen(&model, USUAL).contains("The deciding part"), "{}", screen(&model, USUAL));
            let answers = answers(&effects);
            let [answered] = answers.as_slice() else { panic!("{before} {keys}: {answers:?}") };
            assert_eq!((answered.card.as_str(), answered.grade), (CARD, grade), "{before} {keys}");
            assert_eq!(answered.confused_with.is_some(), is_taken, "{before} {keys}");
            assert_eq!(answered.distinguished_from.is_empty(), is_taken, "{before} {keys}");
            assert_eq!(type_keys(&mut model, after), [], "{before} {keys} {after}: once");
        }
    }
    let (mut model, effects) = drilled(about(CARD, Modes::Recognize), USUAL, "!");
    assert_eq!(effects, [], "to give up is asked for twice");
    assert_eq!(answers(&type_keys(&mut model, "!"))[0].grade, Grade::Again);
    assert_eq!(model.context(), KeyContext::Debrief);
}

#[test]
fn in_an_incident_the_first_card_that_is_named_is_the_answer() {
    let wanted = about("backend-closed-connection", Modes::Incident);
    let (mut model, effects) = drilled(wanted, USUAL, "2 1 i u");
    assert_eq!(effects, []);
    let effects = type_keys(&mut model, "/ sticky enter");
    assert!(screen(&model, USUAL).contains("It is not that one"));
    let wrong = answers(&effects);
    assert_eq!((wrong[0].grade, wrong[0].confused_with.is_some(), wrong.len()), (Grade::Again, true, 1));
    assert_eq!(type_keys(&mut model, "3 / abruptly enter 1"), [], "once");
    assert_eq!(model.context(), KeyContext::Debrief);
    let (mut model, _) = drilled(wanted, USUAL, "2 1");
    let effects = type_keys(&mut model, "/ abruptly enter");
    assert_eq!(model.context(), KeyContext::Remedy);
    let right = answers(&effects);
    assert_eq!(
        (right[0].confused_with.is_none(), right[0].distinguished_from.is_empty(), right.len()),
        (true, false, 1)
    );
    assert_eq!(type_keys(&mut model, "2"), [], "once");
    let (_, effects) = drilled(wanted, USUAL, "! !");
    assert_eq!(answers(&effects)[0].grade, Grade::Again);
}

#[test]
fn whoever_leaves_after_naming_the_card_is_told_that_the_answer_is_kept() {
    let (mut model, _) = drilled(about(CARD, Modes::Recognize), USUAL, "");
    type_keys(&mut model, "esc");
    assert!(!screen(&model, USUAL).contains("is kept"), "nothing was answered");
    let (mut model, _) = drilled(about(CARD, Modes::Recognize), USUAL, "1 esc");
    assert_eq!(model.context(), KeyContext::Home);
    assert!(screen(&model, USUAL).contains("What you answered is kept."), "{}", screen(&model, USUAL));
    // And goes on with what to do first.
    type_keys(&mut model, "up enter");
    assert_eq!(model.context(), KeyContext::Remedy);
}

#[test]
fn in_lines_the_line_that_names_the_card_keeps_the_answer_and_no_later_one_does() {
    for (modes, before, name) in [
        (Modes::Recognize, &["i", "u"][..], "1"),
        (Modes::Recognize, &[], "4"),
        (Modes::Recognize, &[], "!"),
        (Modes::Incident, &["1", "i", "/sticky"], "1"),
        (Modes::Incident, &["1", "/504"], "1"),
        (Modes::Incident, &[], "!"),
    ] {
        let mut lines = told_line(about(CARD, modes));
        for typed in before {
            lines.reply(typed);
            assert_eq!(lines.take_kept(), None, "{before:?}: {typed}");
        }
        lines.reply(name);
        assert!(lines.take_kept().is_some(), "{before:?} {name}");
        for typed in ["1", "2", "!"] {
            lines.reply(typed);
            assert_eq!(lines.take_kept(), None, "{before:?} {name}: once");
        }
    }
}

#[test]
fn in_an_exam_nothing_is_kept() {
    let exam = Exam::new(material().tree(), 5, 2);
    let mut session = DrillSession::exam(&material(), 0, exam).unwrap();
    let cards = session.cards();
    for step in [DrillAction::Name { card: cards[0], typed: false }, DrillAction::GiveUp, DrillAction::GiveUp] {
        assert_eq!(session.step(step), None);
    }
}

/// A move that means something in this exercise.
fn made(session: &DrillSession, (kind, which): (u8, Index)) -> DrillAction {
    let cards = session.cards();
    match (kind, session.exercise()) {
        (0, _) => DrillAction::Hint,
        (1, _) => DrillAction::DontKnow,
        (2, _) => DrillAction::GiveUp,
        (3, _) => DrillAction::Name { card: session.exercise().card(), typed: true },
        (4, _) => DrillAction::Name { card: *which.get(&cards), typed: false },
        (6, _) => DrillAction::Line(which.index(6)),
        (5, _) => DrillAction::Remedy(RemedyRef { card: session.exercise().card(), index: which.index(6) }),
        (_, Exercise::Incident(incident)) => DrillAction::Check(which.get(incident.checks()).question),
        (_, Exercise::Recognize(recognize)) => {
            DrillAction::Name { card: which.get(recognize.choices()).card, typed: false }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is done: one answer at most, when there is one, and nothing that is done later would change it.
    #[test]
    fn an_exercise_has_one_answer_and_it_stays(
        is_incident in any::<bool>(),
        moves in prop::collection::vec((0..9_u8, any::<Index>()), 1..16),
    ) {
        let modes = if is_incident { Modes::Incident } else { Modes::Recognize };
        let mut session = DrillSession::new(&material(), &Progress::default(), 7, about(CARD, modes)).unwrap();
        let mut kept: Vec<KeptAnswer> = Vec::new();
        for step in moves {
            let step = made(&session, step);
            kept.extend(session.step(step));
            let played = session.played();
            let is_answered = !played.named.is_empty() || played.gave_up;
            prop_assert_eq!(kept.len(), usize::from(is_answered), "{:?}", step);
            prop_assert!(is_answered || matches!(played.stage, Stage::Line | Stage::Naming));
            if let [(answered, 3)] = kept.as_slice() {
                prop_assert_eq!(answered, &session.exercise().answered(played, 7), "{:?}", step);
            }
        }
    }
}

#[test]
fn what_is_printed_of_an_answer_is_on_the_disk_already() {
    for (typed, shown) in [("1", "What do you do first?"), ("!", "Points: ")] {
        let state = tempfile::tempdir().unwrap();
        let arguments = ["drill", "--mode", "recognize", "--card", CARD, "--seed", "3"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_wherefore"))
            .args(arguments)
            .env("XDG_STATE_HOME", state.path())
            .env("XDG_CONFIG_HOME", state.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "u\n{typed}").unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains(shown)), "{typed}");
        // The program waits, or is about to end: what it has not written by now it would write too late.
        let journal = journal(state.path());
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(journal.lines().count(), 1, "{typed}: {journal}");
    }
}

#[test]
fn input_that_ends_after_the_card_was_named_loses_nothing() {
    for mode in ["recognize", "incident"] {
        let state = tempfile::tempdir().unwrap();
        let arguments = ["drill", "--mode", mode, "--card", CARD, "--seed", "3"];
        // The line of "recognize" is left out.
        let line = if mode == "recognize" { "u\n" } else { "" };
        run(state.path(), &arguments, &format!("{line}/504\n1\n"));
        assert_eq!(journal(state.path()).lines().count(), 1, "{mode}");
    }
}

fn journal(state: &Path) -> String {
    fs::read_to_string(state.join("wherefore/progress.jsonl")).unwrap_or_default()
}
