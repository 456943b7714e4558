//! Walks as tables: what was answered, pasted and tried goes in, where the walk stands comes out.
//!
//! What is true of a walk in general is shown on small trees made here, of which only the branching is written down;
//! what must be true of every walk is tried on random ones.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use wherefore::recognize::Recognizer;
use wherefore::store::Library;
use wherefore::tree::{Folder, OptionId, QuestionId, SourceFile, Tree, load};
use wherefore::walk::{Culprit, Event, Evidence, Given, Hit, Origin, Proof, Provenance, Step, Walk};

#[test]
fn answers_lead_to_a_card() {
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[], "ask noticed"),
        (&[("noticed", "http-status")], "ask status-pair"),
        (&[("noticed", "http-status"), ("status-pair", "502-502")], "card backend-bad-gateway"),
        (&[("noticed", "http-status"), ("status-pair", "502-empty")], "ask error-line"),
        (&[("noticed", "comes-and-goes")], "ask rhythm"),
        (&[("noticed", "comes-and-goes"), ("rhythm", "under-load")], "ask who-is-refused"),
        (&[("noticed", "tls"), ("tls-line", "health-check")], "card health-check-tls-mismatch"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(real(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn an_answer_leaves_the_cards_that_agree_with_it() {
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[], "burnt-out loose fuse cut"),
        (&[("others", "bright")], "burnt-out loose"),
        (&[("others", "dark")], "fuse cut"),
        (&[("others", "dark"), ("fuse", "blown")], "fuse"),
        (&[("others", "unknown")], "burnt-out loose fuse cut"),
        (&[("others", "none")], ""),
    ];
    for (moves, expected) in walks {
        assert_eq!(candidates(&walk(&lamp(), moves)), *expected, "{moves:?}");
    }
}

#[test]
fn a_branch_can_be_reached_on_several_ways() {
    let tree = tree(
        json!({"ask": "first", "then": {"heat": {"see": "smell"}, "noise": {"card": "fan"}, "smoke": {"see": "smell"}}}),
        json!({"branches": {
            "smell": {"ask": "smells-of", "then": {"dust": {"card": "filter"}, "plastic": {"card": "cable"}}},
        }}),
    );
    for first in ["heat", "smoke"] {
        assert_eq!(play(&tree, &[("first", first)]), "ask smells-of");
        assert_eq!(play(&tree, &[("first", first), ("smells-of", "dust")]), "card filter");
    }
    assert_eq!(play(&tree, &[("smells-of", "dust"), ("first", "noise")]), "card fan");
    assert_eq!(play(&tree, &[("smells-of", "dust")]), "card filter", "both ways to it agree");
}

#[test]
fn a_question_is_asked_once_wherever_it_stands() {
    let tree = tree(
        json!({"ask": "a", "then": {
            "x": {"ask": "b", "then": {"no": {"card": "one"}, "yes": {"card": "two"}}},
            "y": {"ask": "c", "then": {
                "no": {"ask": "b", "then": {"no": {"card": "three"}, "yes": {"card": "four"}}},
                "yes": {"card": "five"},
            }},
        }}),
        json!({}),
    );
    assert_eq!(play(&tree, &[("b", "yes")]), "ask a");
    assert_eq!(play(&tree, &[("b", "yes"), ("a", "x")]), "card two");
    assert_eq!(play(&tree, &[("b", "yes"), ("a", "y"), ("c", "no")]), "card four");
}

#[test]
fn an_unknown_answer_goes_on_with_what_tells_most() {
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[("others", "unknown")], "ask bulb"),
        (&[("others", "unknown"), ("bulb", "black")], "card burnt-out"),
        (&[("others", "unknown"), ("bulb", "unknown")], "ask fuse"),
        (&[("others", "unknown"), ("bulb", "none")], "ask fuse"),
        (&[("others", "unknown"), ("bulb", "unknown"), ("fuse", "unknown")], "shortlist burnt-out loose fuse cut"),
        (&[("others", "bright"), ("bulb", "unknown")], "shortlist burnt-out loose"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(&lamp(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn none_of_these_leaves_what_does_not_ask_and_else_escalates() {
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[("others", "none")], "escalate"),
        (&[("others", "bright"), ("bulb", "none")], "escalate"),
        (&[("bulb", "none")], "ask fuse"),
        (&[("bulb", "none"), ("fuse", "none")], "escalate"),
        (&[("bulb", "none"), ("back", "")], "ask others"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(&lamp(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn a_leaf_may_be_the_escalation_card() {
    let tree = tree(json!({"ask": "a", "then": {"no": {"card": "nothing-fits"}, "yes": {"card": "one"}}}), json!({}));
    assert_eq!(play(&tree, &[("a", "no")]), "escalate");
    assert_eq!(play(&tree, &[("a", "unknown")]), "shortlist nothing-fits one");
}

#[test]
fn answers_come_in_any_order() {
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[("status-pair", "502-502")], "card backend-bad-gateway"),
        (&[("check-reason", "timeout"), ("noticed", "health-check")], "card health-check-timeout"),
        (&[("noticed", "health-check"), ("check-reason", "timeout")], "card health-check-timeout"),
        // Both are true of no single card, so both kinds stay.
        (&[("status-pair", "502-502"), ("tls-line", "host-name")], "ask noticed"),
        (
            &[("status-pair", "502-502"), ("tls-line", "host-name"), ("noticed", "tls")],
            "card host-name-verification-failed",
        ),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(real(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn back_takes_back_one_thing_at_a_time() {
    let moves = [("noticed", "http-status"), ("status-pair", "unknown"), ("paste", "Client 203.0.113.10 timed out")];
    let mut walk = walk(real(), &moves);
    let mut steps = vec![say(&walk)];
    while walk.back() {
        steps.push(say(&walk));
    }
    assert_eq!(steps, ["card client-timed-out", "ask check-reason", "ask status-pair", "ask noticed"]);
    assert_eq!(walk.live_events().count(), 0);
    assert_eq!(walk.events().len(), 6, "what was taken back is still told");
}

#[test]
fn what_was_taken_back_can_be_brought_back() {
    let mut walk = walk(&lamp(), &[("others", "dark"), ("back", "")]);
    assert_eq!(say(&walk), "ask others");
    walk.push(Event::Retracted { event: 1 });
    assert_eq!(say(&walk), "ask fuse");
}

#[test]
fn an_earlier_answer_can_be_changed_and_the_rest_stays() {
    let answered = [("noticed", "error-log"), ("error-line", "tls"), ("tls-line", "peer-closed")];
    let changed = [&answered[..], &[("noticed", "http-status")]].concat();
    assert_eq!(play(real(), &changed), "card backend-closed-tls-handshake");
    let changed = [&answered[..], &[("error-line", "client")]].concat();
    assert_eq!(play(real(), &changed), "ask client-line");
    let changed_back = [&changed[..], &[("error-line", "tls")]].concat();
    assert_eq!(play(real(), &changed_back), "card backend-closed-tls-handshake");
}

#[test]
fn taking_back_a_changed_answer_brings_the_first_one_back() {
    assert_eq!(play(&lamp(), &[("others", "dark"), ("others", "bright"), ("back", "")]), "ask fuse");
}

#[test]
fn a_shortlist_says_how_to_tell_its_cards_apart() {
    let unknown = [("others", "unknown"), ("bulb", "unknown"), ("fuse", "unknown")];
    let walk_of = |more| walk(&lamp_with(more), &unknown);
    assert_eq!(
        discriminators(&walk_of(json!({}))),
        ["burnt-out: bulb=black", "loose: bulb=clear", "fuse: fuse=blown", "cut: fuse=whole"]
    );
    let slow = walk_of(json!({"questions": {"bulb": {"find_out": {"takes": "minutes"}}}}));
    assert_eq!(discriminators(&slow)[0], "burnt-out: bulb=black", "it alone is worth the effort");
    let question = |walk: &Walk| walk.worth_finding_out().map(|question| walk.tree().question(question).id.clone());
    assert_eq!(question(&slow).as_deref(), Some("others"));
    assert_eq!(question(&walk(&lamp(), &[])), None, "nothing is unknown yet");
}

#[test]
fn cards_of_one_leaf_have_nothing_that_tells_them_apart() {
    let tree = tree(
        json!({"ask": "a", "then": {"no": {"cards": ["one", "two"]}, "yes": {"card": "three"}}}),
        json!({"cards": {"two": {"likelihood": "common"}}}),
    );
    let walk = walk(&tree, &[("a", "no")]);
    assert_eq!(say(&walk), "shortlist two one", "the likelier first");
    assert_eq!(discriminators(&walk), ["two: nothing", "one: nothing"]);
}

#[test]
fn pasted_lines_answer_questions_and_point_to_cards() {
    let record = r#"{"lbStatusCode": "504", "backendStatusCode": ""}"#;
    let walk = walk(real(), &[("paste", record)]);
    assert_eq!(say(&walk), "card gateway-timeout");
    assert_eq!(answers(&walk), ["status-pair=504-empty (pasted:1)", "who-gave-up=load-balancer (pasted:1)"]);
}

#[test]
fn a_line_of_several_cards_is_followed_by_what_separates_them() {
    let line = ("paste", "No healthy backends available in associated backendSet");
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[line], "ask backend-set"),
        (&[line, ("backend-set", "capped")], "card backends-at-connection-limit"),
        (
            &[line, ("backend-set", "unknown")],
            "shortlist no-healthy-backends backends-out-of-service backends-at-connection-limit",
        ),
        (&[("noticed", "http-status"), line], "ask backend-set"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(real(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn the_operator_overrules_the_evidence() {
    let record = ("paste", "all lamps are dark");
    let lamp = lamp_with(json!({"questions": {"others": {"options": [
        {"id": "bright", "label": "Bright"},
        {"id": "dark", "label": "Dark", "patterns": [{"text": "all lamps are dark"}]},
    ]}}}));
    let believed = walk(&lamp, &[record]);
    assert_eq!((say(&believed).as_str(), answers(&believed)), ("ask fuse", vec!["others=dark (pasted:1)".to_owned()]));
    for moves in [[record, ("others", "bright")], [("others", "bright"), record]] {
        let overruled = walk(&lamp, &moves);
        assert_eq!(say(&overruled), "ask bulb");
        assert_eq!(answers(&overruled), ["others=bright (operator, evidence says dark)"]);
    }
    let unsure = walk(&lamp, &[("others", "unknown"), record]);
    assert_eq!(answers(&unsure), ["others=unknown (operator, evidence says dark)"]);
    let back = walk(&lamp, &[record, ("others", "bright"), ("back", "")]);
    assert_eq!(answers(&back), ["others=dark (pasted:1)"], "the evidence speaks again");
    let agreed = walk(&lamp, &[record, ("others", "dark")]);
    assert_eq!(answers(&agreed), ["others=dark (operator)"]);
}

#[test]
fn several_proven_values_are_left_to_the_operator() {
    let pair = |status: &str| format!(r#"{{"lbStatusCode": "{status}", "backendStatusCode": "{status}"}}"#);
    let (first, second) = (pair("404"), pair("403"));
    let moves = [("paste", first.as_str()), ("paste", second.as_str())];
    let both = walk(real(), &moves);
    assert_eq!(answers(&both), [""; 0]);
    assert_eq!(candidates(&both), "page-not-found forbidden-by-backend");
    assert_eq!(say(&both), "ask status-pair");
    let decided = walk(real(), &[moves[0], moves[1], ("status-pair", "403-403")]);
    assert_eq!(say(&decided), "card forbidden-by-backend");
    assert_eq!(answers(&decided), ["status-pair=403-403 (operator)"]);
}

#[test]
fn evidence_and_answers_that_exclude_each_other_are_a_conflict() {
    let line = ("paste", "Client 203.0.113.10 timed out");
    let walks: &[(&[(&str, &str)], &str)] = &[
        (&[("noticed", "tls"), line], "conflict: noticed, evidence"),
        (&[line, ("noticed", "tls")], "conflict: noticed, evidence"),
        (&[("noticed", "tls"), line, ("drop", "evidence")], "ask tls-line"),
        (&[("noticed", "tls"), line, ("drop", "noticed")], "card client-timed-out"),
        (&[("noticed", "tls"), line, ("back", "")], "ask tls-line"),
        (&[("noticed", "tls"), ("tls-line", "host-name"), line], "conflict: noticed, evidence"),
        (&[("noticed", "http-status"), ("status-pair", "404-404"), line], "conflict: noticed, status-pair, evidence"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(real(), moves), *expected, "{moves:?}");
    }
}

#[test]
fn a_conflict_of_answers_names_those_that_end_it() {
    // Evidence for a card, and two answers of which each alone excludes it: only the evidence can be dropped.
    let tree = tree(
        json!({"ask": "a", "then": {
            "no": {"ask": "b", "then": {"no": {"card": "one"}, "yes": {"card": "two"}}},
            "yes": {"ask": "b", "then": {"no": {"card": "three"}, "yes": {"card": "four"}}},
        }}),
        json!({"cards": {"one": {"signatures": [{"text": "one it is", "samples": ["one it is"]}]}}}),
    );
    let line = ("paste", "one it is");
    assert_eq!(play(&tree, &[line]), "card one");
    assert_eq!(play(&tree, &[line, ("a", "yes")]), "conflict: a, evidence");
    assert_eq!(play(&tree, &[line, ("a", "yes"), ("b", "yes")]), "conflict: evidence");
    assert_eq!(play(&tree, &[line, ("a", "yes"), ("b", "yes"), ("drop", "evidence")]), "card four");
    assert_eq!(play(&tree, &[line, ("a", "yes"), ("b", "yes"), ("drop", "a"), ("drop", "b")]), "card one");
}

#[test]
fn shortest_first_asks_what_tells_most_for_its_effort() {
    // The author begins with what leaves three of four cards; the other question halves them.
    let start = json!({"ask": "author", "then": {
        "no": {"ask": "halves", "then": {"no": {"card": "one"}, "yes": {"ask": "last", "then": {
            "no": {"card": "two"}, "yes": {"card": "three"},
        }}}},
        "yes": {"ask": "halves", "then": {"no": {"card": "four"}, "yes": {"card": "five"}}},
    }});
    let quick = tree(start.clone(), json!({"questions": {"author": {"find_out": {"takes": "minutes"}}}}));
    assert_eq!(play(&quick, &[]), "ask author");
    assert_eq!(play(&quick, &[("shortest-first", "on")]), "ask halves");
    assert_eq!(play(&quick, &[("shortest-first", "on"), ("shortest-first", "off")]), "ask author");
    assert_eq!(play(&quick, &[("shortest-first", "on"), ("halves", "yes"), ("author", "no")]), "ask last");
    let slow = tree(start, json!({"questions": {"halves": {"find_out": {"takes": "change-window"}}}}));
    assert_eq!(play(&slow, &[("shortest-first", "on")]), "ask author", "telling, but not for that effort");
}

#[test]
fn remedies_come_by_chance_over_cost() {
    let tree = machine();
    let ranked = |moves: &[(&str, &str)]| remedies(&walk(&tree, moves), "stuck");
    assert_eq!(ranked(&[]), "measure oil look replace");
    // Looking tells causes apart but removes none: what it looked at stays as likely.
    assert_eq!(ranked(&[("tried", "stuck/measure")]), "oil look replace (measure)");
    assert_eq!(ranked(&[("tried", "stuck/oil")]), "look measure replace (oil)");
    assert_eq!(ranked(&[("tried", "stuck/oil"), ("back", "")]), "measure oil look replace");
    assert_eq!(ranked(&[("helped", "stuck/oil")]), "measure look replace (oil helped)");
}

#[test]
fn a_remedy_tried_in_vain_speaks_against_its_card() {
    let tree = machine();
    assert_eq!(play(&tree, &[("noise", "unknown")]), "shortlist stuck unplugged");
    assert_eq!(play(&tree, &[("noise", "unknown"), ("tried", "stuck/oil")]), "shortlist unplugged stuck");
    assert_eq!(play(&tree, &[("noise", "unknown"), ("tried", "stuck/measure")]), "shortlist stuck unplugged");
    assert_eq!(play(&tree, &[("noise", "unknown"), ("helped", "stuck/oil")]), "shortlist stuck unplugged");
}

#[test]
fn when_all_remedies_failed_the_next_card_is_shown() {
    let tree = machine();
    let all: Vec<_> = ["measure", "oil", "look", "replace"].map(|name| format!("stuck/{name}")).into();
    let tried: Vec<_> = all.iter().map(|name| ("tried", name.as_str())).collect();
    let after = |before: &[(&str, &str)], then: &[(&str, &str)]| play(&tree, &[before, &tried, then].concat());
    // One of several candidates: the others remain.
    assert_eq!(after(&[("noise", "unknown")], &[]), "card unplugged");
    // The only one: the card that it is taken for.
    assert_eq!(after(&[("noise", "yes")], &[]), "card jammed");
    assert_eq!(after(&[("noise", "yes")], &[("tried", "jammed/look")]), "escalate");
    assert_eq!(after(&[("noise", "yes")], &[("back", "")]), "card stuck");
    // None is left, and none is like it.
    assert_eq!(play(&tree, &[("noise", "no"), ("tried", "unplugged/look")]), "escalate");
    // What helped is no reason to go on.
    assert_eq!(after(&[("noise", "yes")], &[("helped", "stuck/oil")]), "card stuck");
}

#[test]
fn several_look_alikes_are_a_shortlist() {
    let tree = tree(
        json!({"ask": "a", "then": {"no": {"cards": ["two", "three"]}, "yes": {"card": "one"}}}),
        json!({"cards": {
            "one": {"not_this_if": [{"sign": "It is red.", "card": "two"}, {"sign": "It is blue.", "card": "three"}]},
            "three": {"likelihood": "common"},
        }}),
    );
    assert_eq!(play(&tree, &[("a", "yes"), ("tried", "one/look")]), "shortlist three two");
}

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
    fn back_undoes_the_last_thing(sample in any_tree(), before in any_events(10), last in any_event()) {
        let tree = sample.tree;
        let events = before.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
        let mut walk = Walk::replay(Arc::clone(&tree), events);
        let (known, position) = (walk.known().clone(), walk.position().clone());
        let event = last.event(&tree, walk.events().len());
        prop_assume!(!matches!(event, Event::Retracted { .. }));
        walk.push(event);
        prop_assert!(walk.back());
        prop_assert_eq!(walk.known(), &known);
        prop_assert_eq!(walk.position(), &position);
        while walk.back() {}
        let fresh = Walk::new(tree);
        prop_assert_eq!(walk.position(), fresh.position());
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
                // What replaces what does depend on the order.
                Event::RemedyTried { .. } | Event::ShortestFirst(_) | Event::Retracted { .. } => false,
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
        let events: Vec<_> = events.iter().enumerate().map(|(at, raw)| raw.event(&tree, at)).collect();
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
struct RawEvent {
    kind: u8,
    indices: [Index; 3],
}

fn any_event() -> impl Strategy<Value = RawEvent> {
    (0..12_u8, any::<[Index; 3]>()).prop_map(|(kind, indices)| RawEvent { kind, indices })
}

fn any_events(most: usize) -> impl Strategy<Value = Vec<RawEvent>> {
    prop::collection::vec(any_event(), 0..most)
}

impl RawEvent {
    /// The event in a tree, after `at` others.
    fn event(&self, tree: &Tree, at: usize) -> Event {
        let [first, second, third] = &self.indices;
        let cards: Vec<_> = tree.cards().map(|(id, _)| id).collect();
        let questions: Vec<_> = tree.questions().map(|(id, _)| id).collect();
        let (card, other) = (cards[first.index(cards.len())], cards[second.index(cards.len())]);
        let question = questions[first.index(questions.len())];
        let options: Vec<_> = tree.options(question).map(|(id, _)| id).collect();
        let option = options[second.index(options.len())];
        let provenance = || Provenance { path: "pasted".to_owned(), line: at + 1, text: "a line".to_owned() };
        let hit = |cards| Hit { cards, captures: Vec::new(), provenance: provenance() };
        let proof = Proof { question, option, provenance: provenance() };
        match self.kind {
            0..=3 => Event::Answered { question, option },
            4 => Event::Unknown { question },
            5 => Event::NoneOfThese { question },
            6 => Event::EvidenceAdded(Evidence { hits: vec![hit(vec![card, other])], proofs: Vec::new() }),
            7 => Event::EvidenceAdded(Evidence { hits: vec![hit(vec![card]), hit(Vec::new())], proofs: vec![proof] }),
            8 => Event::EvidenceAdded(Evidence { hits: Vec::new(), proofs: vec![proof] }),
            9 => Event::RemedyTried { card, remedy: second.index(3), worked: third.index(4) == 0 },
            10 => Event::ShortestFirst(first.index(2) == 0),
            _ => Event::Retracted { event: first.index(at + 2) },
        }
    }
}

/// A tree and what of it is worth reading when a test fails.
#[derive(Clone)]
struct Sample {
    tree: Arc<Tree>,
    branching: String,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.branching)
    }
}

/// The embedded tree now and then, otherwise a small one.
fn any_tree() -> impl Strategy<Value = Sample> {
    let embedded = Just(()).prop_map(|()| Sample { tree: Arc::clone(real()), branching: real().id.clone() });
    prop_oneof![1 => embedded, 4 => small_tree()]
}

/// A tree of up to five questions, which may stand several times on one way, ask in vain, or lead to the escalation
/// card.
fn small_tree() -> impl Strategy<Value = Sample> {
    let name = select(vec!["one", "two", "three", "four", "five", "six", "nothing-fits"]);
    let leaf = prop_oneof![
        5 => name.clone().prop_map(|name| json!({"card": name})),
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

/// A lamp that is dark: burnt out, loose, its cable cut, or the fuse blown.
fn lamp() -> Arc<Tree> {
    lamp_with(json!({}))
}

fn lamp_with(more: Value) -> Arc<Tree> {
    let start = json!({"ask": "others", "then": {
        "bright": {"ask": "bulb", "then": {"black": {"card": "burnt-out"}, "clear": {"card": "loose"}}},
        "dark": {"ask": "fuse", "then": {"blown": {"card": "fuse"}, "whole": {"card": "cut"}}},
    }});
    tree(start, more)
}

/// A machine that is stuck, with four things to do about it, or unplugged.
fn machine() -> Arc<Tree> {
    let remedy = |id: &str, fixes: &[&str], effect: &str, takes: &str| json!({"id": id, "do": "Do it.", "fixes": fixes, "effect": effect, "takes": takes, "verify": "Seen.", "undo": "Undo it."});
    let stuck = json!({
        "likelihood": "common",
        "causes": [{"id": "dry", "text": "Dry.", "likelihood": "common"}, {"id": "worn", "text": "Worn.", "likelihood": "rare"}],
        "remedies": [
            remedy("replace", &["dry", "worn"], "disruptive", "minutes"),
            remedy("look", &["worn"], "observe", "seconds"),
            remedy("oil", &["dry"], "change", "minutes"),
            remedy("measure", &["dry", "worn"], "observe", "minutes"),
        ],
        "not_this_if": [{"sign": "It hums.", "card": "jammed"}, {"sign": "The label is missing."}],
    });
    let start = json!({"ask": "noise", "then": {"no": {"card": "unplugged"}, "yes": {"card": "stuck"}}});
    tree(start, json!({"cards": {"stuck": stuck, "jammed": {"likelihood": "rare"}}}))
}

/// Plays moves and says where the walk stands. A move is a question and an answer (`unknown` and `none` among them), or
/// one of
///
/// - `paste`: a line of evidence,
/// - `tried`, `helped`: `card/remedy`,
/// - `drop`: a question whose answers are taken back, or `evidence`,
/// - `back`, `shortest-first`.
fn play(tree: &Arc<Tree>, moves: &[(&str, &str)]) -> String {
    say(&walk(tree, moves))
}

fn walk(tree: &Arc<Tree>, moves: &[(&str, &str)]) -> Walk {
    let mut walk = Walk::new(Arc::clone(tree));
    for (what, how) in moves {
        match *what {
            "paste" => walk.push(Event::EvidenceAdded(Recognizer::new(Arc::clone(tree)).evidence("pasted", how))),
            "tried" => walk.push(remedy_tried(tree, how, false)),
            "helped" => walk.push(remedy_tried(tree, how, true)),
            "drop" => drop_all(&mut walk, how),
            "shortest-first" => walk.push(Event::ShortestFirst(*how == "on")),
            "back" => assert!(walk.back(), "there is nothing to take back"),
            _ => {
                let question = tree.find_question(what).unwrap_or_else(|| panic!("no question {what}"));
                walk.answer(question, given(tree, what, how));
            }
        }
    }
    walk
}

fn given(tree: &Tree, question: &str, answer: &str) -> Given {
    let question = tree.find_question(question).unwrap();
    wherefore::prove::given(tree, question, answer).unwrap_or_else(|| panic!("no option {answer}"))
}

fn remedy_tried(tree: &Tree, name: &str, worked: bool) -> Event {
    let (card, remedy) = name.split_once('/').unwrap();
    let card = tree.find_card(card).unwrap();
    let remedy = tree.card(card).remedies.iter().position(|known| known.id == remedy).unwrap();
    Event::RemedyTried { card, remedy, worked }
}

/// Takes back the answers to a question, or all evidence.
fn drop_all(walk: &mut Walk, what: &str) {
    let tree = Arc::clone(walk.tree());
    let is_meant = |event: &Event| match event {
        Event::EvidenceAdded(_) => what == "evidence",
        Event::Answered { question, .. } | Event::Unknown { question } | Event::NoneOfThese { question } => {
            tree.question(*question).id == what
        }
        _ => false,
    };
    let meant: Vec<_> = walk.live_events().filter(|(_, event)| is_meant(event)).map(|(at, _)| at).collect();
    assert!(!meant.is_empty(), "nothing to drop: {what}");
    for event in meant {
        walk.push(Event::Retracted { event });
    }
}

/// Where a walk stands: `ask <question>`, `card <card>`, `shortlist <cards>`, `escalate`, or `conflict: <culprits>`.
fn say(walk: &Walk) -> String {
    let tree = walk.tree();
    match &walk.position().step {
        Step::Ask(question) => format!("ask {}", tree.question(*question).id),
        Step::Card(card) => format!("card {}", tree.card(*card).id),
        Step::Shortlist => format!("shortlist {}", candidates(walk)),
        Step::Escalate => "escalate".to_owned(),
        Step::Conflict(conflict) => {
            let name = |culprit: &Culprit| match culprit {
                Culprit::Answer(question) => tree.question(*question).id.clone(),
                Culprit::Evidence => "evidence".to_owned(),
            };
            format!("conflict: {}", conflict.culprits.iter().map(name).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The cards that are left, the likeliest first.
fn candidates(walk: &Walk) -> String {
    let cards = walk.position().candidates.iter().map(|candidate| walk.tree().card(candidate.card).id.as_str());
    cards.collect::<Vec<_>>().join(" ")
}

/// What is known of each question, and who says so.
fn answers(walk: &Walk) -> Vec<String> {
    let tree = walk.tree();
    let said = walk.known().answers.iter().map(|(question, answer)| {
        let name = |option: OptionId| &tree.option(*question, option).id;
        let given = match answer.given {
            Given::Option(option) => name(option),
            Given::Unknown => "unknown",
            Given::NoneOfThese => "none",
        };
        let origin = match &answer.origin {
            Origin::Operator { overrules: None } => "operator".to_owned(),
            Origin::Operator { overrules: Some(option) } => format!("operator, evidence says {}", name(*option)),
            Origin::Evidence(provenance) => format!("{}:{}", provenance.path, provenance.line),
        };
        format!("{}={given} ({origin})", tree.question(*question).id)
    });
    said.collect()
}

/// For each card that is left, how to tell it from the others.
fn discriminators(walk: &Walk) -> Vec<String> {
    let tree = walk.tree();
    let told = walk.position().candidates.iter().map(|candidate| {
        let how = walk.discriminator(candidate.card).map_or("nothing".to_owned(), |found| {
            format!("{}={}", tree.question(found.question).id, tree.option(found.question, found.option).id)
        });
        format!("{}: {how}", tree.card(candidate.card).id)
    });
    told.collect()
}

/// The remedies of a card, the next to try first; those that were tried with how that went.
fn remedies(walk: &Walk, card: &str) -> String {
    let card = walk.tree().find_card(card).unwrap();
    let ranked = walk.remedies(card).into_iter().map(|ranked| {
        let name = &walk.tree().card(card).remedies[ranked.remedy].id;
        match ranked.tried {
            None => name.clone(),
            Some(false) => format!("({name})"),
            Some(true) => format!("({name} helped)"),
        }
    });
    ranked.collect::<Vec<_>>().join(" ")
}

/// The embedded tree.
fn real() -> &'static Arc<Tree> {
    static REAL: OnceLock<Arc<Tree>> = OnceLock::new();
    REAL.get_or_init(|| Arc::clone(Library::embedded().tree("oci-load-balancer").unwrap()))
}

/// A tree with this branching. Its questions, options and cards are those that the branching names; `more` is merged
/// into them: `{"questions": {id: …}, "cards": {id: …}, "branches": {name: node}}`.
fn tree(start: Value, more: Value) -> Arc<Tree> {
    let mut questions = Map::new();
    let mut cards = Map::from_iter([("nothing-fits".to_owned(), card())]);
    let branches = more.get("branches").cloned().unwrap_or(json!({}));
    for node in branches.as_object().unwrap().values().chain([&start]) {
        name_all(node, &mut questions, &mut cards);
    }
    for id in more.get("cards").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        cards.entry(id.clone()).or_insert_with(card);
    }
    let mut written = json!({"questions": questions, "cards": cards});
    merge(&mut written, more);
    let head = json!({
        "format": 1, "id": "small", "title": "Small", "about": "Small.", "escalation": "nothing-fits",
        "start": start, "questions": written["questions"], "branches": branches,
    });
    let file = |name: String, content: &Value| SourceFile {
        path: name.clone(),
        name,
        content: Ok(Cow::Owned(content.to_string().into_bytes())),
    };
    let mut files = vec![file("tree.json".to_owned(), &head)];
    let cards = written["cards"].as_object().unwrap();
    files.extend(cards.iter().map(|(id, card)| file(format!("cards/{id}.json"), card)));
    let folder = Folder { name: "small".to_owned(), origin: "small".to_owned(), files };
    Arc::new(load(&folder).tree.unwrap())
}

/// Writes down every question and card that a node names.
fn name_all(node: &Value, questions: &mut Map<String, Value>, cards: &mut Map<String, Value>) {
    let leaves = node["cards"].as_array().into_iter().flatten().chain(node.get("card"));
    for leaf in leaves {
        cards.entry(leaf.as_str().unwrap()).or_insert_with(card);
    }
    if let Some(then) = node["then"].as_object() {
        let options: Vec<_> = then.keys().map(|id| json!({"id": id, "label": id})).collect();
        let find_out = json!({"how": "Look.", "takes": "seconds"});
        let question = json!({"ask": "Which?", "why": "To see.", "options": options, "find_out": find_out});
        questions.insert(node["ask"].as_str().unwrap().to_owned(), question);
        then.values().for_each(|node| name_all(node, questions, cards));
    }
}

fn card() -> Value {
    json!({
        "title": "A card", "about": "A card.", "likelihood": "occasional", "symptoms": ["It is dark."],
        "causes": [{"id": "cause", "text": "It is so."}],
        "remedies": [{
            "id": "look", "do": "Look.", "fixes": ["cause"], "effect": "observe", "takes": "seconds", "verify": "Seen."
        }],
        "docs": [{"title": "A page", "url": "https://example.com/"}], "source": "made up", "reviewed": "2026-01-15",
    })
}

fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (name, value) in more {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more,
    }
}
