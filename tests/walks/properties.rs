//! Tests what must hold for every walk.
//!
//! Random events are tried in the embedded tree and in small random trees.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use wherefore::internals::tree::{QuestionId, Tree};
use wherefore::internals::walk::{
    Culprit, Event, Evidence, EvidenceSource, Given, Hit, HitKind, Proof, ProofKind, Provenance, Risk, Step,
    StepOutcome, Success, Walk,
};

use super::play::{name_all, real, tree};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_events_replay_to_what_pushing_them_gives(sample in any_tree(), events in any_events(20)) {
        let tree = sample.tree;
        let mut pushed = Walk::new(Arc::clone(&tree));
        for (at, raw) in events.iter().enumerate() {
            pushed.push(raw.event(&tree, at));
        }
        let replayed = Walk::replay(tree, pushed.events().to_vec());
        prop_assert_eq!(replayed.known(), pushed.known());
        prop_assert_eq!(replayed.position(), pushed.position());
        let total: f64 = pushed.position().candidates.iter().map(|candidate| candidate.share).sum();
        prop_assert!(pushed.position().candidates.is_empty() || (total - 1.0).abs() < 1e-9, "shares add up to {total}");
        // Nothing that is derived on demand may fail either.
        for candidate in &pushed.position().candidates {
            pushed.discriminator(candidate.card);
            pushed.remedies(candidate.card);
        }
        pushed.worth_finding_out();
        pushed.open_questions();
    }

    #[test]
    fn back_undoes_the_last_thing_and_keeps_work_on_a_card(sample in any_tree(), before in any_events(10), last in any_event()) {
        let tree = sample.tree;
        let events = before.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        let (known, position) = (walk.known().clone(), walk.position().clone());
        let event = last.event(&tree, walk.events().len());
        prop_assume!(!matches!(event, Event::Retracted { .. }));
        let is_work = |event: &Event| {
            matches!(event, Event::StepMarked { .. } | Event::ValueGiven(_) | Event::Remarked(_))
        };
        let at = walk.events().len();
        walk.push(event.clone());
        if !is_work(&event) || walk.position().step != position.step {
            prop_assert!(walk.back());
            prop_assert_eq!(walk.known(), &known);
            prop_assert_eq!(walk.position(), &position);
        } else {
            walk.back();
            prop_assert!(walk.live_events().any(|(live, _)| live == at), "the work is kept");
        }
        while walk.back() {}
        prop_assert!(walk.live_events().all(|(_, event)| is_work(event)), "everything else is undone");
    }

    #[test]
    fn the_order_of_answers_changes_nothing(
        sample in any_tree(),
        answers in any_events(8),
        order in prop::collection::vec(any::<u32>(), 8),
    ) {
        let tree = sample.tree;
        let mut events: Vec<Event> = Vec::new();
        let mut answered: Vec<QuestionId> = Vec::new();
        for raw in &answers {
            let event = raw.event(&tree, 0);
            let is_in_order = match &event {
                Event::Answered { question, .. } | Event::Unknown { question } | Event::NoneOfThese { question } => {
                    let is_new = !answered.contains(question);
                    answered.push(*question);
                    is_new
                }
                Event::EvidenceAdded(_) => true,
                // Which answer replaces another does depend on the order.
                Event::StepMarked { .. } | Event::ValueGiven(_) | Event::Remarked(_) | Event::Escalated => false,
                Event::ShortestFirst(_) | Event::Followed(_) | Event::Retracted { .. } => false,
            };
            events.extend(is_in_order.then_some(event));
        }
        let mut shuffled: Vec<_> = order.iter().zip(events.clone()).collect();
        shuffled.sort_by_key(|(key, _)| **key);
        let shuffled = shuffled.into_iter().map(|(_, event)| event).collect();
        let (one, other) = (Walk::replay(Arc::clone(&tree), events), Walk::replay(tree, shuffled));
        prop_assert_eq!(one.position(), other.position());
    }

    #[test]
    fn every_walk_ends_and_asks_nothing_in_vain(
        sample in any_tree(),
        before in any_events(3),
        choices in prop::collection::vec(any::<Index>(), 16),
    ) {
        let tree = sample.tree;
        let events = before.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        for choice in choices.iter().take(tree.questions().count()) {
            let Step::Ask(question) = walk.position().step else { return Ok(()) };
            prop_assert!(walk.known().given(question).is_none(), "asked again");
            prop_assert!(separates(&walk, question), "asked in vain: {}", tree.question(question).id);
            let given = every_answer(&tree, question);
            walk.answer(question, given[choice.index(given.len())]);
        }
        prop_assert!(!matches!(walk.position().step, Step::Ask(_)), "more questions than the tree has");
    }

    #[test]
    fn nobody_knows_anything_and_it_ends(sample in any_tree(), before in any_events(3)) {
        let tree = sample.tree;
        let events = before.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        let left = walk.position().candidates.len();
        while let Step::Ask(question) = walk.position().step {
            walk.push(Event::Unknown { question });
            prop_assert_eq!(walk.position().candidates.len(), left, "not to know excludes nothing");
        }
    }

    #[test]
    fn dropping_a_culprit_ends_a_conflict(sample in any_tree(), events in any_events(12)) {
        let tree = sample.tree;
        let events = events.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let walk = Walk::replay(Arc::clone(&tree), events);
        let Step::Conflict(conflict) = &walk.position().step else { return Ok(()) };
        prop_assert!(!conflict.culprits.is_empty());
        let ends_it = |culprit: &&Culprit| !without(&walk, **culprit).position().candidates.is_empty();
        let ended = conflict.culprits.iter().filter(ends_it).count();
        prop_assert!(ended == conflict.culprits.len() || ended == 0, "{:?}", conflict);
    }
}

/// The walk in which the culprit no longer counts. An answer may come from evidence that proves other things too, so it
/// is not taken back but overruled.
fn without(walk: &Walk, culprit: Culprit) -> Walk {
    let is_kept = |event: &&Event| culprit != Culprit::Evidence || !matches!(event, Event::EvidenceAdded(_));
    let mut events: Vec<_> = walk.live_events().map(|(_, event)| event).filter(is_kept).cloned().collect();
    if let Culprit::Answer(question) = culprit {
        events.push(Event::Unknown { question });
    }
    Walk::replay(Arc::clone(walk.tree()), events)
}

/// Some answer leaves some of the candidates, and not all.
fn separates(walk: &Walk, question: QuestionId) -> bool {
    let here: Vec<_> = walk.position().candidates.iter().map(|candidate| candidate.card).collect();
    walk.tree().options(question).any(|(option, _)| {
        let next = walk.with(question, option);
        let left = &next.position().candidates;
        !left.is_empty() && left.len() < here.len() && left.iter().all(|candidate| here.contains(&candidate.card))
    })
}

fn every_answer(tree: &Tree, question: QuestionId) -> Vec<Given> {
    let options = tree.options(question).map(|(option, _)| Given::Option(option));
    options.chain([Given::Unknown, Given::NoneOfThese]).collect()
}

/// An event of a tree that is not known yet.
#[derive(Clone, Debug)]
pub(super) struct RawEvent {
    kind: u8,
    indices: [Index; 3],
}

fn any_event() -> impl Strategy<Value = RawEvent> {
    (0..14_u8, any::<[Index; 3]>()).prop_map(|(kind, indices)| RawEvent { kind, indices })
}

/// Lines that name cards, or answers and risks.
pub(super) fn any_evidence() -> impl Strategy<Value = RawEvent> {
    (6..9_u8, any::<[Index; 3]>()).prop_map(|(kind, indices)| RawEvent { kind, indices })
}

pub(super) fn any_events(most: usize) -> impl Strategy<Value = Vec<RawEvent>> {
    prop::collection::vec(any_event(), 0..most)
}

impl RawEvent {
    /// The event in a tree, after `at` others.
    pub(super) fn event(&self, tree: &Tree, at: usize) -> Event {
        let [first, second, third] = &self.indices;
        let cards: Vec<_> = tree.cards().map(|(id, _)| id).collect();
        let questions: Vec<_> = tree.questions().map(|(id, _)| id).collect();
        let (card, other) = (cards[first.index(cards.len())], cards[second.index(cards.len())]);
        let question = questions[first.index(questions.len())];
        let options: Vec<_> = tree.options(question).map(|(id, _)| id).collect();
        let option = options[second.index(options.len())];
        let provenance = || Provenance { source: EvidenceSource::Paste, line: at + 1, text: "a line".into() };
        let count = third.index(1000) as u64;
        let of = |kind, cards| Hit { cards, kind, captures: Vec::new(), count, provenance: provenance() };
        let hit = |cards| of(HitKind::Named, cards);
        let of_option = |kind| Proof { question, option, kind, count, provenance: provenance() };
        let proof = of_option(ProofKind::Answer);
        match self.kind {
            0..=3 => Event::Answered { question, option },
            4 => Event::Unknown { question },
            5 => Event::NoneOfThese { question },
            6 => Event::EvidenceAdded(Evidence { hits: vec![hit(vec![card, other])], ..Evidence::default() }),
            7 => {
                let hits = vec![hit(vec![card]), hit(Vec::new())];
                Event::EvidenceAdded(Evidence { hits, proofs: vec![proof], ..Evidence::default() })
            }
            8 => {
                let risks = vec![Risk { card: other, at: 0, provenance: provenance() }];
                let proofs = vec![proof, of_option(ProofKind::Code)];
                let is_success = third.index(3) == 0;
                let successes = is_success.then(|| Success { card, count, provenance: provenance() });
                let successes = successes.into_iter().collect();
                Event::EvidenceAdded(Evidence { proofs, risks, successes, ..Evidence::default() })
            }
            9 => {
                let outcomes = [
                    StepOutcome::DidNotHelp,
                    StepOutcome::DidNotHelp,
                    StepOutcome::Done,
                    StepOutcome::Skipped,
                    StepOutcome::Helped,
                ];
                Event::StepMarked { card, remedy: second.index(3), outcome: outcomes[third.index(5)] }
            }
            10 => Event::ShortestFirst(first.index(2) == 0),
            11 | 12 => {
                let kind = if self.kind == 11 { HitKind::Hint } else { HitKind::Opened };
                Event::EvidenceAdded(Evidence { hits: vec![of(kind, vec![card])], ..Evidence::default() })
            }
            _ => Event::Retracted { event: first.index(at + 2) },
        }
    }
}

/// A tree and its readable description for failed tests.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) tree: Arc<Tree>,
    branching: String,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.branching)
    }
}

/// The embedded tree now and then, otherwise a small one.
pub(super) fn any_tree() -> impl Strategy<Value = Sample> {
    let embedded = Just(()).prop_map(|()| Sample { tree: Arc::clone(real()), branching: real().id.to_string() });
    prop_oneof![1 => embedded, 4 => small_tree()]
}

/// Makes a tree of up to five questions.
///
/// A question may come several times on a path, ask in vain, or lead to the escalation card.
fn small_tree() -> impl Strategy<Value = Sample> {
    let name = select(vec!["one", "two", "three", "four", "five", "six", "nothing-fits"]);
    let leaf = prop_oneof![
        5 => name.clone().prop_map(|name| json!({"card": name})),
        1 => Just(json!({"link": "elsewhere"})),
        1 => (name.clone(), name).prop_map(|(one, other)| json!({"cards": [one, other]})),
    ];
    let ask = |node: BoxedStrategy<Value>| {
        let question = select(vec![("a", 2), ("b", 3), ("c", 2), ("d", 3), ("e", 2)]);
        (question, prop::array::uniform3(node)).prop_map(|((question, count), nodes)| {
            let then: Map<_, _> = ["x", "y", "z"].map(str::to_owned).into_iter().zip(nodes).take(count).collect();
            json!({"ask": question, "then": then})
        })
    };
    let node = leaf.prop_recursive(3, 24, 3, move |node| ask(node).boxed());
    let takes = prop::array::uniform5(select(vec!["seconds", "minutes", "change-window"]));
    let likelihoods = prop::array::uniform6(select(vec!["common", "occasional", "rare"]));
    (ask(node.boxed()), takes, likelihoods).prop_map(|(start, takes, likelihoods)| {
        let mut named = (Map::new(), Map::new());
        name_all(&start, &mut named.0, &mut named.1);
        let questions = ["a", "b", "c", "d", "e"].into_iter().zip(takes).filter(|(id, _)| named.0.contains_key(*id));
        let questions = questions.map(|(id, takes)| (id.to_owned(), json!({"find_out": {"takes": takes}})));
        let cards = ["one", "two", "three", "four", "five", "six"].into_iter().zip(likelihoods);
        let cards = cards.filter(|(id, _)| named.1.contains_key(*id));
        let cards = cards.map(|(id, likelihood)| (id.to_owned(), json!({"likelihood": likelihood})));
        let more = json!({"questions": questions.collect::<Map<_, _>>(), "cards": cards.collect::<Map<_, _>>()});
        Sample { branching: format!("{start} {more}"), tree: tree(start, more) }
    })
}
