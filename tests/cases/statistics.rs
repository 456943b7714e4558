//! Tests the counts of what was diagnosed and what helped.

use std::sync::Arc;

use wherefore::internals::case::{CaseSummary, HelpedHere};
use wherefore::internals::session::{HelpedCount, Session, statistics, summary};
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, Evidence, EvidenceSource, Hit, HitKind, Provenance, StepOutcome, Walk};

use super::{BEGAN, embedded};

const REFUSED: &str = "upstream-connection-refused";
const TIMEOUT: &str = "upstream-response-timeout";

fn nginx() -> Arc<Tree> {
    embedded().into_iter().find(|tree| tree.id == "nginx").unwrap()
}

fn hit(tree: &Tree, card: &str, kind: HitKind) -> Event {
    let cards = vec![tree.find_card(card).unwrap()];
    let provenance = Provenance { source: EvidenceSource::Paste, line: 1, text: "a line".into() };
    let hit = Hit { cards, kind, captures: Vec::new(), count: 1, provenance };
    Event::EvidenceAdded(Evidence { hits: vec![hit], ..Evidence::default() })
}

fn helped(tree: &Tree, card: &str, remedy: usize) -> Event {
    Event::StepMarked { card: tree.find_card(card).unwrap(), remedy, outcome: StepOutcome::Helped }
}

/// Makes a case from events, each with its seconds after the first.
fn case(tree: &Arc<Tree>, events: Vec<(i64, Event)>) -> Walk {
    let (times, events) = events.into_iter().map(|(after, event)| (BEGAN + after, event)).unzip();
    let mut walk = Walk::replay(Arc::clone(tree), events);
    walk.log.times = times;
    walk
}

fn cases(tree: &Arc<Tree>) -> Vec<Walk> {
    let found = |card| hit(tree, card, HitKind::Named);
    let unknown = Event::Unknown { question: tree.questions().next().unwrap().0 };
    vec![
        case(tree, vec![(0, unknown.clone()), (90, found(REFUSED)), (300, helped(tree, REFUSED, 1))]),
        case(tree, vec![(0, unknown.clone()), (30, found(REFUSED)), (60, helped(tree, REFUSED, 1))]),
        case(tree, vec![(0, unknown), (600, found(REFUSED)), (700, helped(tree, REFUSED, 0))]),
        case(tree, vec![(0, found(TIMEOUT))]),
        // A card that was only opened is no diagnosis, and a case without events is none.
        case(tree, vec![(0, hit(tree, TIMEOUT, HitKind::Opened))]),
        case(tree, vec![]),
    ]
}

#[test]
fn cases_are_counted_by_card_with_what_helped() {
    let tree = nginx();
    let counted = statistics(&cases(&tree));
    assert_eq!((counted.cases, counted.solved), (5, 3));
    let cards: Vec<_> = counted.cards.iter().map(|it| (it.card.as_str(), it.diagnosed, it.solved)).collect();
    assert_eq!(cards, [(REFUSED, 3, 3), (TIMEOUT, 1, 0)]);
    assert_eq!(counted.cards[0].seconds_to_card, Some(90), "of 30, 90 and 600");
    let remedies = &tree.card(tree.find_card(REFUSED).unwrap()).remedies;
    let steps: Vec<_> = counted.cards[0].helped.iter().map(|HelpedCount { step, count, .. }| (step, *count)).collect();
    assert_eq!(steps, [(&remedies[1].id, 2), (&remedies[0].id, 1)]);
}

#[test]
fn a_step_says_how_often_it_helped_here() {
    let tree = nginx();
    let summaries: Vec<CaseSummary> = cases(&tree).iter().map(summary).collect();
    let mut session = Session::new(embedded());
    let card = tree.find_card(REFUSED).unwrap();
    let said = |session: &Session| {
        let outline = session.card_outline(&tree, card);
        let words = |remedy: usize| outline.steps.iter().find(|step| step.remedy == remedy).unwrap().helped_words();
        [words(0), words(1), words(2)]
    };
    assert_eq!(said(&session), ["", "", ""]);
    let order: Vec<_> = session.card_outline(&tree, card).steps.iter().map(|step| step.remedy).collect();
    session.helped_here = HelpedHere::new(&summaries);
    assert_eq!(said(&session), ["helped here once", "helped here twice", ""]);
    let now: Vec<_> = session.card_outline(&tree, card).steps.iter().map(|step| step.remedy).collect();
    assert_eq!(order, now, "usage moves no step");
}
