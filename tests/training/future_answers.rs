//! Tests answers with dates in the future, after a clock was wrong.
//!
//! They must not hide what is due.

use std::sync::Arc;

use wherefore::internals::app::drills::TrainingState;
use wherefore::internals::drill::progress::Answered;
use wherefore::internals::drill::schedule::Grade;

use super::{TREE, run, said, tree};

const TODAY: i64 = 20_000;
const IN_2200: i64 = 84_006;

fn answer(day: i64, card: &str, grade: Grade) -> Answered {
    Answered {
        day,
        tree: TREE.to_owned(),
        card: card.to_owned(),
        confused_with: None,
        distinguished_from: Vec::new(),
        grade,
    }
}

fn today(answers: &[Answered], day: i64) -> String {
    let tree = tree();
    TrainingState::new(&[Arc::clone(&tree)], answers, day, 1).today(&tree)
}

#[test]
fn they_hide_nothing_and_count_from_their_day_on() {
    let tree = tree();
    let ids: Vec<&str> = tree.diagnoses().map(|(_, card)| card.id.as_str()).collect();
    let all: Vec<Answered> = ids.iter().map(|card| answer(IN_2200, card, Grade::Good)).collect();
    assert_eq!(today(&all, TODAY), today(&[], TODAY), "as if they were not there");
    assert_eq!(today(&all, IN_2200), "nothing is due today", "as soon as it is their day");
    // An earlier answer is due on its own day.
    let due = [answer(TODAY - 9, "gateway-timeout", Grade::Again), answer(IN_2200, "gateway-timeout", Grade::Easy)];
    assert_eq!(today(&due, TODAY), today(&due[..1], TODAY));
    assert!(today(&due, TODAY).starts_with("1 due"));
    // And what is answered today stands beside them.
    let now = [due[0].clone(), answer(TODAY, "gateway-timeout", Grade::Good), due[1].clone()];
    assert!(!today(&now, TODAY).contains("due"), "{}", today(&now, TODAY));
    assert!(today(&now, TODAY + 30).starts_with("1 due"), "{}", today(&now, TODAY + 30));
}

#[test]
fn that_is_said_once() {
    let state = tempfile::tempdir().unwrap();
    let drill = ["drill", "oci-load-balancer", "--seed", "3"];
    run(state.path(), &[&drill[..], &["--date", "2200-01-01"]].concat(), "!\nq\n");
    let one = "1 answer is dated in the future (2200-01-01)";
    let (_, word) = said(&run(state.path(), &drill, "!\nq\n"));
    assert!(word.matches(one).count() == 1 && word.contains("clock"), "{word}");
    let (shown, word) = said(&run(state.path(), &["drill", "progress", "show"], ""));
    assert!(word.matches(one).count() == 1, "{word}");
    assert!(shown.contains("0 solid, 1 shaky, 57 new"), "{shown}");
    run(state.path(), &[&drill[..], &["--date", "2300-01-01"]].concat(), "!\nq\n");
    let walk = ["walk", "oci-load-balancer", "--plain"];
    let (_, word) = said(&run(state.path(), &walk, "practise\nq\npractise\nq\nq\n"));
    assert_eq!(word.matches("2 answers are dated in the future (up to 2300-01-01)").count(), 1, "{word}");
    // Nothing is lost: all of it is exported.
    let (exported, _) = said(&run(state.path(), &["drill", "progress", "export"], ""));
    assert_eq!(exported.lines().count(), 3, "{exported}");
}
