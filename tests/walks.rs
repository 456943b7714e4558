//! Tests walks as tables: moves in, position out.
//!
//! Most walks are on small trees made here, of which only the branching is written. `properties` tries random walks.

pub(crate) mod play;
mod properties;
mod verdicts;

use std::sync::Arc;

use play::{answers, candidates, discriminators, play, real, remedies, say, testimony, tree, walk};
use serde_json::{Value, json};
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, Evidence, EvidenceSource, Given, Hit, HitKind, Provenance, Risk, Step, Walk};

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
        (&[("others", "none")], "burnt-out loose fuse cut"),
        (&[("others", "none"), ("bulb", "none")], "fuse cut"),
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
fn a_branch_leaves_out_the_cards_that_answers_rule_out() {
    let tree = tree(
        json!({"ask": "first", "then": {"heat": {"see": "smell", "without": ["cable"]}, "smoke": {"see": "smell"}}}),
        json!({"branches": {
            "smell": {"ask": "smells-of", "then": {"dust": {"card": "filter"}, "plastic": {"card": "cable"}}},
        }}),
    );
    assert_eq!(play(&tree, &[("first", "smoke")]), "ask smells-of");
    assert_eq!(play(&tree, &[("first", "heat")]), "card filter");
    // An answer that leads only to what was left out contradicts.
    assert!(play(&tree, &[("first", "heat"), ("smells-of", "plastic")]).starts_with("conflict"));
}

#[test]
fn a_question_whose_premise_is_unknown_is_not_asked() {
    let start = json!({"ask": "line", "then": {
        "fan": {"ask": "words", "then": {"stuck": {"card": "fan"}, "loud": {"card": "bearing"}}},
        "none": {"card": "filter"},
    }});
    let with = |more| tree(start.clone(), more);
    let words = || json!({"words": {"premise": "line"}});
    assert_eq!(play(&with(json!({})), &[("line", "unknown")]), "ask words");
    assert!(play(&with(json!({"questions": words()})), &[("line", "unknown")]).starts_with("shortlist"));
    assert_eq!(play(&with(json!({"questions": words()})), &[("line", "fan")]), "ask words");
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
        // Every path asks the first question, so the others are asked.
        (&[("others", "none")], "ask bulb"),
        (&[("others", "none"), ("bulb", "black")], "card burnt-out"),
        (&[("others", "none"), ("bulb", "none"), ("fuse", "none")], "escalate"),
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
    assert_eq!(play(&tree, &[("a", "no"), ("tried", "nothing-fits/look")]), "escalate", "it repairs nothing");
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
fn what_the_evidence_says_of_a_question_is_counted() {
    let lamp = lamp_with(json!({"questions": {"others": {"options": [
        {"id": "bright", "label": "Bright", "patterns": [{"text": "shines"}]},
        {"id": "dark", "label": "Dark", "patterns": [{"text": "is dark"}]},
    ]}}}));
    let moves = [("paste", "it shines\nit is dark\nthat is dark"), ("paste", "a third is dark")];
    assert_eq!(testimony(&walk(&lamp, &moves)), ["others=dark 3 (pasted:2)", "others=bright 1 (pasted:1)"]);
    let decided = walk(&lamp, &[moves[0], ("others", "bright")]);
    assert_eq!(testimony(&decided), ["others=dark 2 (pasted:2)", "others=bright 1 (pasted:1)"], "it stays to be seen");
}

#[test]
fn what_can_lead_to_a_card_makes_it_likelier_and_excludes_nothing() {
    let lamp = lamp();
    let card = |name: &str| lamp.find_card(name).unwrap();
    let provenance = Provenance { source: EvidenceSource::file("house"), line: 1, text: "fuses[0].amperes = 6".into() };
    let risk = Risk { card: card("cut"), at: 0, provenance: provenance.clone() };
    let mut walk = Walk::new(Arc::clone(&lamp));
    assert_eq!(candidates(&walk), "burnt-out loose fuse cut");
    walk.push(Event::EvidenceAdded(Evidence { risks: vec![risk.clone(), risk], ..Evidence::default() }));
    assert_eq!(candidates(&walk), "cut burnt-out loose fuse");
    let hit = |name, count| Hit {
        cards: vec![card(name)],
        kind: HitKind::Named,
        captures: Vec::new(),
        count,
        provenance: provenance.clone(),
    };
    let hits = vec![hit("loose", 1), hit("fuse", 10)];
    walk.push(Event::EvidenceAdded(Evidence { hits, ..Evidence::default() }));
    assert_eq!(candidates(&walk), "fuse loose", "the one with more lines is the likelier");
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
        // A line that is recognized is no reason to give up.
        (&[("noticed", "none"), line], "card client-timed-out"),
        (&[("noticed", "http-status"), ("status-pair", "none"), line], "conflict: noticed, status-pair"),
        (&[("noticed", "http-status"), ("status-pair", "none"), line, ("drop", "evidence")], "escalate"),
    ];
    for (moves, expected) in walks {
        assert_eq!(play(real(), moves), *expected, "{moves:?}");
    }
}

/// The operator knows the answers on the path to a card alone.
#[test]
fn as_many_questions_are_asked_as_are_promised() {
    let tree = real();
    for shortest in [false, true] {
        let begin = || {
            let mut walk = Walk::new(Arc::clone(tree));
            walk.push(Event::ShortestFirst(shortest));
            walk
        };
        // By the number of questions that were asked before.
        let (mut promised, mut needed) = ([0.0; 3], [0.0; 3]);
        for candidate in &begin().position().candidates {
            let paths: Vec<_> = tree.paths_to(candidate.card).collect();
            for path in &paths {
                let mut walk = begin();
                let mut promises = Vec::new();
                while let Step::Ask(question) = walk.position().step {
                    promises.push(walk.position().questions_left);
                    walk.answer(question, path.answer(question).map_or(Given::Unknown, Given::Option));
                }
                let weight = candidate.share / paths.len() as f64;
                for (before, promise) in promises.iter().enumerate().take(3) {
                    promised[before] += weight * promise;
                    needed[before] += weight * (promises.len() - before) as f64;
                }
            }
        }
        for (promised, needed) in promised.iter().zip(needed) {
            let ratio = promised / needed;
            assert!((0.9..1.15).contains(&ratio), "shortest: {shortest}, {promised} promised, {needed} needed");
        }
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
fn steps_come_by_chance_over_cost_and_keep_their_numbers() {
    let tree = machine();
    let ranked = |moves: &[(&str, &str)]| remedies(&walk(&tree, moves), "stuck");
    assert_eq!(ranked(&[]), "measure oil look replace");
    assert_eq!(ranked(&[("tried", "stuck/measure")]), "(measure did not help) oil look replace");
    assert_eq!(ranked(&[("tried", "stuck/oil")]), "measure (oil did not help) look replace");
    assert_eq!(ranked(&[("helped", "stuck/oil")]), "measure (oil helped) look replace");
    assert_eq!(ranked(&[("tried", "stuck/oil"), ("done", "stuck/oil")]), "measure (oil done) look replace");
    assert_eq!(ranked(&[("skipped", "stuck/replace")]), "measure oil look (replace skipped)");
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
    // A remedy that helped is no reason to go on.
    assert_eq!(after(&[("noise", "yes")], &[("helped", "stuck/oil")]), "card stuck");
}

#[test]
fn a_step_that_may_still_help_keeps_its_card() {
    let tree = machine();
    let but = |mark: &str, step: &str| {
        let mut moves = vec![("noise", "yes")];
        let names = ["measure", "oil", "look", "replace"].map(|name| format!("stuck/{name}"));
        moves.extend(names.iter().map(|name| (if name.ends_with(step) { mark } else { "tried" }, name.as_str())));
        play(&tree, &moves)
    };
    assert_eq!(but("skipped", "oil"), "card stuck");
    assert_eq!(but("done", "oil"), "card stuck", "whether it helped is open");
    assert_eq!(but("done", "measure"), "card jammed", "it only looks");
    assert_eq!(but("tried", "oil"), "card jammed");
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

#[test]
fn a_look_alike_of_another_tree_is_a_link_after_all_remedies() {
    let tree = tree(
        json!({"ask": "a", "then": {"no": {"card": "two"}, "yes": {"card": "one"}}}),
        json!({"cards": {"one": {"not_this_if": [{"sign": "It is red.", "link": "elsewhere/three"}]}}}),
    );
    assert_eq!(play(&tree, &[("a", "yes"), ("tried", "one/look")]), "link elsewhere/three");
}

/// A dark lamp: bulb burnt out or loose, cable cut, fuse blown.
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

/// A stuck machine with four remedies, or an unplugged one.
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
