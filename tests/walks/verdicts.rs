//! Tests what a walk claims about cards.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use wherefore::internals::tree::{CardId, Tree};
use wherefore::internals::walk::{Claim, Event, Evidence, EvidenceSource, Hit, HitKind, Proof, ProofKind};
use wherefore::internals::walk::{Provenance, Risk, RuledOutBy, Step, Success, Verdict, Verdicts, Walk};

use super::play::{real, tree};
use super::properties::{any_events, any_evidence, any_tree};

fn provenance(line: usize) -> Provenance {
    Provenance { source: EvidenceSource::Paste, line, text: "a line".into() }
}

fn hit(card: CardId, kind: HitKind, line: usize) -> Hit {
    Hit { cards: vec![card], kind, captures: Vec::new(), count: 1, provenance: provenance(line) }
}

fn with_hit(hit: Hit) -> Event {
    Event::EvidenceAdded(Evidence { hits: vec![hit], ..Evidence::default() })
}

fn confirmed(verdicts: &Verdicts) -> BTreeSet<CardId> {
    let confirmed = verdicts.candidates.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Confirmed(_)));
    confirmed.map(|(card, _)| *card).collect()
}

fn candidates(verdicts: &Verdicts) -> BTreeSet<CardId> {
    verdicts.candidates.iter().map(|(card, _)| *card).collect()
}

fn some_card(tree: &Tree, index: Index) -> CardId {
    let cards: Vec<_> = tree.cards().map(|(id, _)| id).collect();
    cards[index.index(cards.len())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn settings_and_hints_answer_exclude_and_confirm_nothing(
        sample in any_tree(), events in any_events(8), index in any::<Index>(), is_setting in any::<bool>(),
    ) {
        let tree = sample.tree;
        let events = events.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        let (answers, before) = (walk.known().answers.clone(), walk.verdicts().clone());
        let card = some_card(&tree, index);
        walk.push(match is_setting {
            true => {
                let risks = vec![Risk { card, at: 0, provenance: provenance(1) }];
                Event::EvidenceAdded(Evidence { risks, ..Evidence::default() })
            }
            false => with_hit(hit(card, HitKind::Hint, 1)),
        });
        prop_assert_eq!(&walk.known().answers, &answers);
        prop_assert_eq!(confirmed(walk.verdicts()), confirmed(&before));
        prop_assert_eq!(candidates(walk.verdicts()), candidates(&before));
    }

    #[test]
    fn opening_a_card_changes_no_verdict(sample in any_tree(), events in any_events(8), index in any::<Index>()) {
        let tree = sample.tree;
        let events = events.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        let before = walk.verdicts().clone();
        walk.push(with_hit(hit(some_card(&tree, index), HitKind::Opened, 1)));
        prop_assert_eq!(walk.verdicts(), &before);
    }

    #[test]
    fn what_was_confirmed_is_not_dropped_in_silence(
        sample in any_tree(), events in any_events(8), index in any::<Index>(), next in any_evidence(),
    ) {
        let tree = sample.tree;
        let mut walk = Walk::new(Arc::clone(&tree));
        // Without a line, answers may confirm a card.
        if index.index(3) > 0 {
            walk.push(with_hit(hit(some_card(&tree, index), HitKind::Named, 1)));
        }
        events.iter().enumerate().for_each(|(at, raw)| walk.push(raw.event(&tree, at)));
        let before = confirmed(walk.verdicts());
        walk.push(next.event(&tree, 9));
        let after = candidates(walk.verdicts());
        let is_kept = before.iter().all(|card| *card == tree.escalation || after.contains(card));
        prop_assert!(is_kept || !walk.contradictions().is_empty(), "{:?} became {:?}", before, after);
    }

    #[test]
    fn every_card_has_one_verdict(sample in any_tree(), events in any_events(12)) {
        let tree = sample.tree;
        let events = events.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let walk = Walk::replay(Arc::clone(&tree), events);
        let verdicts = walk.verdicts();
        for (card, _) in tree.diagnoses() {
            let listed = usize::from(candidates(verdicts).contains(&card));
            let ruled_out = verdicts.ruled_out.iter().filter(|(other, _)| *other == card).count();
            prop_assert_eq!(listed + ruled_out, 1);
        }
        let likely = verdicts.candidates.iter().filter(|(_, verdict)| *verdict == Verdict::Likely).count();
        prop_assert!(likely <= 1 && (likely == 0 || confirmed(verdicts).is_empty()));
    }
}

/// A tree in which the answer `code.bad` is only a code.
fn codes(decides: bool) -> Arc<Tree> {
    let mut bad = json!({"id": "y", "label": "500", "patterns": [{"fields": {"status": "500"}}]});
    if decides {
        bad["decides"] = json!(true);
        bad["source"] = json!("the manual");
    }
    let options = json!([{"id": "x", "label": "200"}, bad]);
    let start = json!({"ask": "a", "then": {"x": {"card": "one"}, "y": {"card": "two"}}});
    tree(start, json!({"questions": {"a": {"options": options}}}))
}

#[test]
fn a_code_alone_makes_likely_unless_it_decides() {
    for (decides, word) in [(false, "likely"), (true, "confirmed")] {
        let tree = codes(decides);
        let (question, two) = (tree.find_question("a").unwrap(), tree.find_card("two").unwrap());
        let option = tree.find_option(question, "y").unwrap();
        let mut walk = Walk::new(Arc::clone(&tree));
        walk.push(Event::Answered { question, option });
        assert_eq!(walk.verdicts().of_card(two).unwrap().word(), word);
        let one = tree.find_card("one").unwrap();
        assert_eq!(walk.verdicts().of_card(one), Some(Verdict::RuledOut(RuledOutBy::Answer(question))));
    }
}

#[test]
fn an_unknown_answer_on_the_way_confirms_nothing() {
    let start = json!({"ask": "a", "then": {
        "x": {"ask": "b", "then": {"x": {"card": "one"}, "y": {"card": "two"}}},
        "y": {"ask": "b", "then": {"x": {"card": "one"}, "y": {"card": "two"}}},
    }});
    let tree = tree(start, json!({}));
    let [a, b] = ["a", "b"].map(|name| tree.find_question(name).unwrap());
    let one = tree.find_card("one").unwrap();
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::Unknown { question: a });
    walk.push(Event::Answered { question: b, option: tree.find_option(b, "x").unwrap() });
    assert_eq!(walk.verdicts().of_card(one), Some(Verdict::Likely));
    walk.push(Event::Answered { question: a, option: tree.find_option(a, "x").unwrap() });
    assert_eq!(walk.verdicts().of_card(one).unwrap().word(), "confirmed");
}

#[test]
fn what_contradicts_is_listed() {
    let start = json!({"ask": "a", "then": {
        "x": {"ask": "b", "then": {"x": {"card": "one"}, "y": {"card": "two"}}},
        "y": {"card": "three"},
    }});
    let tree = tree(start, json!({}));
    let [a, b] = ["a", "b"].map(|name| tree.find_question(name).unwrap());
    let option = |question, name| tree.find_option(question, name).unwrap();
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::Answered { question: b, option: option(b, "x") });
    assert_eq!(walk.contradictions(), []);
    // No path with this answer asks the other question.
    walk.push(Event::Answered { question: a, option: option(a, "y") });
    let found = walk.contradictions();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0].one, &found[0].other), (&Claim::Answer(b), &Claim::Answer(a)));
    // A line names a card that the answers rule out.
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::Answered { question: a, option: option(a, "y") });
    walk.push(with_hit(hit(tree.find_card("one").unwrap(), HitKind::Named, 7)));
    let found = walk.contradictions();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(matches!(&found[0].other, Claim::Named(cards, line) if cards.len() == 1 && line.line == 7));
    // Two pastes name different failures.
    let mut walk = Walk::new(Arc::clone(&tree));
    for (line, card) in [(1, "one"), (2, "two")] {
        walk.push(with_hit(hit(tree.find_card(card).unwrap(), HitKind::Named, line)));
    }
    assert_eq!(walk.contradictions().len(), 1);
    assert_eq!(confirmed(walk.verdicts()).len(), 2);
}

#[test]
fn a_line_that_names_one_card_explains_the_lines_that_it_shares() {
    let start = json!({"ask": "a", "then": {"x": {"cards": ["one", "two"]}, "y": {"card": "three"}}});
    let tree = tree(start, json!({}));
    let [one, two, three] = ["one", "two", "three"].map(|name| tree.find_card(name).unwrap());
    let shared = Hit { cards: vec![one, two], ..hit(one, HitKind::Named, 1) };
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(with_hit(shared));
    assert_eq!(candidates(walk.verdicts()), BTreeSet::from([one, two]));
    walk.push(with_hit(hit(one, HitKind::Named, 7)));
    assert_eq!(candidates(walk.verdicts()), BTreeSet::from([one]));
    assert_eq!(walk.verdicts().of_card(two), Some(Verdict::RuledOut(RuledOutBy::Line(provenance(7)))));
    // A line that names another failure explains nothing of it.
    let mut walk = Walk::new(Arc::clone(&tree));
    let shared = Hit { cards: vec![one, two], ..hit(one, HitKind::Named, 1) };
    walk.push(with_hit(shared));
    walk.push(with_hit(hit(three, HitKind::Named, 7)));
    assert_eq!(candidates(walk.verdicts()), BTreeSet::from([one, two, three]));
}

fn with_success(card: CardId, line: usize) -> Event {
    let successes = vec![Success { card, count: 1, provenance: provenance(line) }];
    Event::EvidenceAdded(Evidence { successes, ..Evidence::default() })
}

#[test]
fn a_success_rules_a_card_out_unless_a_line_names_it() {
    let start = json!({"ask": "a", "then": {"x": {"cards": ["one", "two"]}, "y": {"card": "three"}}});
    let tree = tree(start, json!({}));
    let [one, two, three] = ["one", "two", "three"].map(|name| tree.find_card(name).unwrap());
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(with_success(one, 4));
    assert_eq!(candidates(walk.verdicts()), BTreeSet::from([two, three]));
    assert_eq!(walk.verdicts().of_card(one), Some(Verdict::RuledOut(RuledOutBy::Success(provenance(4)))));
    assert_eq!(walk.contradictions(), []);
    // The failure is named, too: both are shown, and the card stays.
    walk.push(with_hit(hit(one, HitKind::Named, 7)));
    assert_eq!(candidates(walk.verdicts()), BTreeSet::from([one]));
    let found = walk.contradictions();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].other, Claim::Success(one, provenance(4)));
}

#[test]
fn a_success_against_the_only_card_that_answers_leave_is_a_contradiction() {
    let start = json!({"ask": "a", "then": {"x": {"card": "one"}, "y": {"card": "two"}}});
    let tree = tree(start, json!({}));
    let (question, one) = (tree.find_question("a").unwrap(), tree.find_card("one").unwrap());
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::Answered { question, option: tree.find_option(question, "x").unwrap() });
    walk.push(with_success(one, 4));
    assert!(matches!(walk.position().step, Step::Conflict(_)), "{:?}", walk.position());
    let found = walk.contradictions();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0].one, &found[0].other), (&Claim::Answer(question), &Claim::Success(one, provenance(4))));
}

#[test]
fn after_a_502_no_card_of_another_status_or_of_a_change_is_left() {
    let embedded = real();
    let question = |name: &str| embedded.find_question(name).expect(name);
    let (noticed, pair) = (question("noticed"), question("status-pair"));
    let answer =
        |question, name: &str| Event::Answered { question, option: embedded.find_option(question, name).expect(name) };
    let proofs = ["502-502", "502-empty"].map(|name| Proof {
        question: pair,
        option: embedded.find_option(pair, name).expect(name),
        kind: ProofKind::Code,
        count: 1,
        provenance: provenance(1),
    });
    let code = Event::EvidenceAdded(Evidence { proofs: proofs.into(), ..Evidence::default() });
    for events in [vec![answer(noticed, "http-status"), answer(pair, "502-empty")], vec![code]] {
        let mut walk = Walk::replay(Arc::clone(embedded), events);
        // The answer stays through all that is not known.
        while let Step::Ask(question) = walk.position().step {
            let titles: Vec<_> =
                candidates(walk.verdicts()).into_iter().map(|card| &embedded.card(card).title).collect();
            let is_other =
                |title: &str| ["400:", "403", "404", "504", "Change rejected"].iter().any(|of| title.starts_with(of));
            assert!(!titles.iter().any(|title| is_other(title)), "{titles:#?}");
            walk.push(Event::Unknown { question });
        }
    }
}

#[test]
fn no_question_about_the_words_of_a_line_follows_when_there_may_be_no_line() {
    let embedded = real();
    let question = |name: &str| embedded.find_question(name).expect(name);
    let option = |question, name: &str| embedded.find_option(question, name).expect(name);
    let (noticed, pair) = (question("noticed"), question("status-pair"));
    let mut walk = Walk::new(Arc::clone(embedded));
    walk.push(Event::Answered { question: noticed, option: option(noticed, "http-status") });
    walk.push(Event::Answered { question: pair, option: option(pair, "502-empty") });
    walk.push(Event::Unknown { question: question("error-line") });
    while let Step::Ask(asked) = walk.position().step {
        let id = &embedded.question(asked).id;
        assert!(!["backend-line", "client-line"].contains(&id.as_str()), "{id}");
        walk.push(Event::Unknown { question: asked });
    }
}

/// Makes a tree in which "noise-of" is asked after "noise" alone.
fn noise_or_smoke() -> Arc<Tree> {
    let start = json!({"ask": "first", "then": {
        "noise": {"ask": "noise-of", "then": {"fan": {"card": "fan"}, "pump": {"card": "pump"}}},
        "smoke": {"card": "cable"},
    }});
    tree(start, json!({}))
}

#[test]
fn a_question_that_was_left_open_is_not_settled_by_a_later_answer() {
    let tree = noise_or_smoke();
    let card = tree.find_card("fan").unwrap();
    let verdict = |answers: &[(&str, &str)]| {
        let answers = answers.iter().map(|(question, answer)| {
            let question = tree.find_question(question).unwrap();
            match tree.find_option(question, answer) {
                Some(option) => Event::Answered { question, option },
                None => Event::Unknown { question },
            }
        });
        Walk::replay(Arc::clone(&tree), answers.collect()).verdicts().of_card(card)
    };
    assert!(matches!(verdict(&[("first", "noise"), ("noise-of", "fan")]), Some(Verdict::Confirmed(_))));
    assert!(matches!(verdict(&[("noise-of", "fan")]), Some(Verdict::Confirmed(_))));
    assert_eq!(verdict(&[("first", "unknown"), ("noise-of", "fan")]), Some(Verdict::Likely));
}

#[test]
fn none_of_these_contradicts_no_answer() {
    let tree = noise_or_smoke();
    let [first, noise] = ["first", "noise-of"].map(|name| tree.find_question(name).unwrap());
    let events = vec![
        Event::Answered { question: first, option: tree.find_option(first, "noise").unwrap() },
        Event::NoneOfThese { question: noise },
    ];
    let walk = Walk::replay(Arc::clone(&tree), events);
    assert_eq!(walk.position().step, Step::Escalate);
    assert!(walk.contradictions().is_empty(), "{:?}", walk.contradictions());
}
