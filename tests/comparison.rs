//! Tests that evidence from before and after a change is compared.

use std::sync::Arc;

use wherefore::internals::export::comparison::since_change;
use wherefore::internals::session::Session;
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::tree::model::Effect;
use wherefore::internals::walk::{Event, EvidenceSource, Sighting, Step, StepOutcome, Walk};

/// A record of a health check that cannot connect.
const REFUSED: &str = include_str!("fixtures/comparison/refused.log");
/// A record of a response that took too long.
const TIMEOUT: &str = include_str!("fixtures/comparison/timeout.log");
/// Records of successful requests.
const HEALTHY: &str = include_str!("fixtures/comparison/healthy.log");

/// Pastes lines into a session, as the screens do.
fn paste(session: &mut Session, text: &str) {
    match session.read(text, EvidenceSource::Paste).pop() {
        Some(read) => _ = session.enter_if_it_fits(read).unwrap_or_else(|opposed| panic!("{opposed:?}")),
        None => _ = session.enter_after_change(text).expect("a change waits for it"),
    }
}

/// Marks the first step with a wanted effect.
fn mark(session: &mut Session, is_wanted: impl Fn(Effect) -> bool, outcome: StepOutcome) -> bool {
    let walk = session.walk.as_ref().unwrap();
    let tree: Arc<Tree> = Arc::clone(walk.tree());
    let Step::Card(card) = walk.position().step else { panic!("{:?}", walk.position().step) };
    let steps = walk.remedies(card);
    let at = steps.iter().position(|step| is_wanted(tree.card(card).remedies[step.remedy].effect)).unwrap();
    session.choose_step(&tree, card, at);
    session.mark_step(&tree, card, outcome).unwrap().is_change
}

fn begun() -> Session {
    let mut session = Session::new(Library::embedded().trees);
    paste(&mut session, REFUSED);
    session
}

fn walk(session: &Session) -> &Walk {
    session.walk.as_ref().unwrap()
}

fn is_change(effect: Effect) -> bool {
    effect != Effect::Observe
}

/// Returns the headings and labels since the change.
fn since(session: &Session) -> Vec<String> {
    let (_, parts) = since_change(walk(session)).unwrap();
    parts.iter().flat_map(|part| part.rows.iter().map(|(_, says)| format!("{}: {says}", part.heading))).collect()
}

#[test]
fn a_change_makes_older_evidence_stale_and_a_reading_does_not() {
    let mut session = begun();
    assert!(walk(&session).last_change().is_none() && since_change(walk(&session)).is_none());
    assert!(!mark(&mut session, |effect| effect == Effect::Observe, StepOutcome::Done));
    assert!(walk(&session).last_change().is_none());
    assert!(!mark(&mut session, is_change, StepOutcome::Skipped));
    assert!(walk(&session).last_change().is_none());
    assert!(mark(&mut session, is_change, StepOutcome::Done));
    let (said, parts) = since_change(walk(&session)).unwrap();
    assert!(said.contains("may have changed this since") && parts.is_empty(), "{said}");
    assert!(walk(&session).comparison().is_none());
}

#[test]
fn lines_after_a_change_are_compared_with_those_before_it() {
    let mut session = begun();
    mark(&mut session, is_change, StepOutcome::Done);
    // Equal lines are evidence once more: they were seen after the change.
    paste(&mut session, REFUSED);
    let stayed = walk(&session).comparison().unwrap();
    assert_eq!((stayed.gone.len(), stayed.new.len()), (0, 0), "{stayed:?}");
    assert!(matches!(&stayed.stayed[0].what, Sighting::Cards(tree, _) if tree == "oci-load-balancer"), "{stayed:?}");

    let mut session = begun();
    mark(&mut session, is_change, StepOutcome::Done);
    paste(&mut session, TIMEOUT);
    let said = since(&session);
    assert!(
        said.iter().any(|row| row.starts_with("Gone: ")) && said.iter().any(|row| row.starts_with("New: ")),
        "{said:?}"
    );
}

#[test]
fn lines_without_any_trouble_say_that_it_is_gone() {
    let mut session = begun();
    assert!(session.enter_after_change(HEALTHY).is_none(), "nothing has changed yet");
    mark(&mut session, is_change, StepOutcome::Done);
    paste(&mut session, HEALTHY);
    let comparison = walk(&session).comparison().unwrap();
    assert!(comparison.stayed.is_empty() && !comparison.gone.is_empty(), "{comparison:?}");
    assert!(since(&session).iter().all(|row| !row.starts_with("Stayed")), "{:?}", since(&session));
}

#[test]
fn a_step_that_was_done_and_then_helped_is_one_change() {
    let mut session = begun();
    mark(&mut session, is_change, StepOutcome::Done);
    paste(&mut session, HEALTHY);
    let before = walk(&session).comparison();
    mark(&mut session, is_change, StepOutcome::Helped);
    assert_eq!(walk(&session).comparison(), before);
}

#[test]
fn a_comparison_goes_away_with_the_mark() {
    let mut session = begun();
    mark(&mut session, is_change, StepOutcome::Done);
    paste(&mut session, HEALTHY);
    let walk = session.walk.as_mut().unwrap();
    walk.retract(|event| matches!(event, Event::StepMarked { .. }));
    assert!(walk.last_change().is_none() && walk.comparison().is_none());
}
