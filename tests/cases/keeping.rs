//! Tests that the files of cases always say what the program knows.

use std::sync::Arc;

use proptest::prelude::*;
use wherefore::internals::app::keys::{Key, KeyContext};
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg};
use wherefore::internals::case::CaseState;
use wherefore::internals::session::{LinkTarget, Session, summary};
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, StepOutcome};

use super::{BEGAN, Files, embedded, incident};

/// Starts the program with all trees, and keeps cases.
fn start() -> (Model, Files) {
    let (mut model, mut files) = (Model::new(embedded(), Theme::default(), None).keeping_cases(), Files::default());
    files.update(&mut model, Msg::Time(BEGAN));
    files.update(&mut model, Msg::Resize(80, 24));
    (model, files)
}

fn press(model: &mut Model, files: &mut Files, keys: &str) {
    for letter in keys.chars() {
        let key = if letter == '\n' { Key::Enter } else { Key::Char(letter) };
        files.update(model, Msg::Key(key));
    }
}

/// Asserts that each case of the program is in its file.
fn assert_kept(model: &Model, files: &Files) {
    let session = &model.shared.session;
    let mut held = 0;
    for walk in session.walk.iter().chain(session.parked()) {
        // A case in which nothing is left may have been dropped.
        let Some(case) = walk.log.case.filter(|case| files.0.contains_key(case)) else {
            assert!(walk.live_events().next().is_none(), "a case is not kept: {:?}", walk.events());
            continue;
        };
        let kept = files.read(case, &session.trees);
        assert_eq!(kept.walk.events(), walk.events(), "{}", files.0[&case]);
        assert_eq!(kept.walk.log.times, walk.log.times);
        assert!(kept.is_whole && kept.left_out.is_empty() && !kept.is_torn, "{kept:?}");
        held += 1;
    }
    assert!(held <= files.0.len());
}

#[test]
fn an_answer_a_step_and_a_way_back_are_kept_at_once() {
    let (mut model, mut files) = start();
    files.update(&mut model, Msg::Paste(incident().lines().next().unwrap().to_owned()));
    let case = model.shared.session.walk.as_ref().unwrap().log.case.unwrap();
    for key in ["d", "x", "d", "d"] {
        let before = files.0[&case].lines().count();
        files.update(&mut model, Msg::Time(BEGAN + 60));
        press(&mut model, &mut files, key);
        assert_kept(&model, &files);
        assert_eq!(files.0[&case].lines().count(), before + 2, "an event and a summary: {}", files.0[&case]);
    }
    let kept = files.read(case, &model.shared.session.trees);
    let times: Vec<i64> = kept.walk.log.times.clone();
    assert_eq!(times, [BEGAN, BEGAN + 60, BEGAN + 60, BEGAN + 60, BEGAN + 60]);
    assert_eq!(files.0[&case].lines().filter(|line| line.contains("\"format\":1")).count(), 1);
}

#[test]
fn the_report_is_a_key_away_on_every_screen_of_a_case() {
    let (mut model, mut files) = start();
    press(&mut model, &mut files, "r");
    assert_ne!(model.context(), KeyContext::Note, "on the first screen letters are typed");
    let (mut model, mut files) = start();
    files.update(&mut model, Msg::Paste(incident().lines().next().unwrap().to_owned()));
    for to in ["", "e", "t", "v"] {
        press(&mut model, &mut files, to);
        let from = model.context();
        press(&mut model, &mut files, "r");
        assert_eq!(model.context(), KeyContext::Note, "from {from:?}");
        press(&mut model, &mut files, "h");
        assert_eq!(model.context(), from);
        press(&mut model, &mut files, if to.is_empty() { "" } else { "h" });
    }
    let (report, _) = model.shared.session.report().unwrap();
    assert!(report.title.starts_with("Open: "), "{}", report.title);
}

#[test]
fn a_case_that_was_handed_over_is_escalated_until_it_goes_on() {
    let (mut model, mut files) = start();
    files.update(&mut model, Msg::Paste(incident().lines().next().unwrap().to_owned()));
    let state = |model: &Model| summary(model.shared.session.walk.as_ref().unwrap()).state;
    press(&mut model, &mut files, "E");
    assert_eq!(state(&model), CaseState::Open, "a note may only be looked at");
    press(&mut model, &mut files, "E");
    assert_eq!(state(&model), CaseState::Escalated);
    assert!(summary(model.shared.session.walk.as_ref().unwrap()).standing.starts_with("Escalated: "));
    assert_kept(&model, &files);
    press(&mut model, &mut files, "E");
    assert_eq!(state(&model), CaseState::Open);
    // A remark completes what is handed over; a step goes on with the case.
    press(&mut model, &mut files, "Ehathey know\n");
    assert_eq!(state(&model), CaseState::Escalated);
    press(&mut model, &mut files, "x");
    assert_eq!(state(&model), CaseState::Open);
    assert_kept(&model, &files);
}

#[test]
fn a_case_in_which_nothing_is_left_is_dropped_when_it_is_left() {
    let (mut model, mut files) = start();
    press(&mut model, &mut files, "\n1");
    assert_eq!(files.0.len(), 1);
    press(&mut model, &mut files, "h");
    assert!(files.0.values().next().unwrap().ends_with("\"state\":\"empty\"}}\n"), "{:?}", files.0);
    press(&mut model, &mut files, "h");
    assert_eq!(files.0.len(), 0);
}

#[test]
fn a_case_that_was_dropped_and_comes_back_is_kept_again() {
    let (mut model, mut files) = start();
    files.update(&mut model, Msg::Paste(PASTED[1].to_owned()));
    // Everything is taken back, a card is looked up in another system, and left again.
    for key in [Key::Char('t'), Key::Enter, Key::Char('/'), Key::Enter, Key::Enter, Key::Esc, Key::Esc, Key::Esc] {
        files.update(&mut model, Msg::Key(key));
        assert_kept(&model, &files);
    }
    files.update(&mut model, Msg::Paste(PASTED[1].to_owned()));
    assert_kept(&model, &files);
    assert_eq!(files.0.len(), 1);
}

#[test]
fn without_keeping_nothing_is_written() {
    let mut model = Model::new(embedded(), Theme::default(), None);
    let mut files = Files::default();
    press(&mut model, &mut files, "\n1");
    assert!(files.0.is_empty());
    assert!(model.shared.session.walk.is_some());
}

#[test]
fn a_case_that_a_link_leads_back_to_stays_one_case() {
    let trees = embedded();
    let link = |from: &Tree, to: &str| from.links().find(|(_, link)| link.tree == *to).map(|(id, _)| id);
    let pairs = trees.iter().flat_map(|one| trees.iter().map(move |other| (one, other)));
    let there_and_back = |(one, other): (&Arc<Tree>, &Arc<Tree>)| {
        let there = link(one, &other.id).filter(|_| one.id != other.id)?;
        Some((Arc::clone(one), there, Arc::clone(other), link(other, &one.id)?))
    };
    let (one, there, other, back) = pairs.into_iter().find_map(there_and_back).expect("trees that link to each other");
    let (mut session, mut files) = (Session::new(embedded()), Files::default());
    session.keep_cases();
    session.begin(&one);
    let question = one.questions().next().unwrap().0;
    session.walk.as_mut().unwrap().push(Event::Unknown { question });
    files.keep(session.note_case(BEGAN));
    for (tree, link, at) in [(&one, there, BEGAN + 1), (&other, back, BEGAN + 2)] {
        assert!(matches!(session.follow(tree, None, link).unwrap(), LinkTarget::Walk(_)));
        files.keep(session.note_case(at));
    }
    let walk = session.walk.as_ref().unwrap();
    assert_eq!((walk.tree().id.as_str(), walk.log.case, files.0.len()), (one.id.as_str(), Some(1), 2));
    assert_eq!(walk.log.times[..2], [BEGAN, BEGAN + 2], "the answer was given before");
    for walk in session.walk.iter().chain(session.parked()) {
        assert_eq!(files.read(walk.log.case.unwrap(), &session.trees).walk.events(), walk.events());
    }
    // The first line stands twice: what was before it no longer counts.
    assert_eq!(files.0[&1].matches("\"format\":1").count(), 2);
}

#[test]
fn a_step_is_kept_by_its_name() {
    let mut session = Session::new(embedded());
    session.keep_cases();
    let tree = embedded().into_iter().find(|tree| tree.id == "oci-load-balancer").unwrap();
    session.begin(&tree);
    let card = tree.find_card("gateway-timeout").unwrap();
    session.walk.as_mut().unwrap().push(Event::StepMarked { card, remedy: 1, outcome: StepOutcome::DidNotHelp });
    let mut files = Files::default();
    files.keep(session.note_case(BEGAN));
    let step = tree.card(card).remedies[1].id.clone();
    let expected = format!(
        "{{\"n\":0,\"at\":\"2026-12-01T05:00:00Z\",\"event\":\"step\",\"card\":\"gateway-timeout\",\"step\":\"{step}\",\
         \"outcome\":\"did-not-help\"}}"
    );
    assert_eq!(files.0[&1].lines().nth(1).unwrap(), expected);
}

/// Texts of one tree, of several and of none.
const PASTED: &[&str] = &[
    "No healthy backends available in associated backend set",
    "Backend 10.0.20.11 closed connection abruptly\nBackend 10.0.20.12 closed connection abruptly",
    "$ curl -v https://api.example.com/\n* connect to 10.0.0.1 port 443 failed: Connection refused",
    "HTTP/1.1 502 Bad Gateway\nServer: nginx",
    "{\"lbStatusCode\":\"504\",\"backendStatusCode\":\"\"}",
    "the disk crashed: error 7\nthe disk crashed: error 8",
];

fn any_key() -> impl Strategy<Value = Msg> {
    let named = vec![Key::Enter, Key::Enter, Key::Down, Key::Up, Key::Esc, Key::Backspace, Key::Tab];
    prop_oneof![
        4 => proptest::sample::select(named).prop_map(Msg::Key),
        8 => proptest::sample::select("123456789unhHNtecsxwdvorVLEY/?mA".chars().collect::<Vec<_>>())
            .prop_map(|letter| Msg::Key(Key::Char(letter))),
        2 => proptest::sample::select(PASTED).prop_map(|text| Msg::Paste(text.to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_every_key_the_files_say_what_the_program_knows(messages in proptest::collection::vec(any_key(), 1..80)) {
        let (mut model, mut files) = start();
        for message in messages {
            files.update(&mut model, message);
            assert_kept(&model, &files);
        }
    }
}
