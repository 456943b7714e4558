//! Tests that cases travel by file and by code.

use std::sync::Arc;

use proptest::prelude::*;
use wherefore::internals::case::{BadCode, DecodedCase, NoCode, code, decode_code, read};
use wherefore::internals::export::json;
use wherefore::internals::session::{Session, exported};
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, EvidenceSource, StepOutcome, Walk};

use super::{BEGAN, embedded, incident};

const HASH: &str = "0123abcd";
const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn decoded(written: &str, trees: &[Arc<Tree>], hash: &str) -> Result<DecodedCase, BadCode> {
    let trees: Vec<(&Tree, String)> = trees.iter().map(|tree| (&**tree, hash.to_owned())).collect();
    decode_code(written, &trees)
}

/// Makes a walk of answers and marks from numbers.
fn walk_of(tree: &Arc<Tree>, numbers: &[(u8, u16, u16)]) -> Walk {
    let mut walk = Walk::new(Arc::clone(tree));
    let questions: Vec<_> = tree.questions().map(|(id, _)| id).collect();
    let cards: Vec<_> = tree.cards().map(|(id, _)| id).collect();
    let outcomes = [StepOutcome::Done, StepOutcome::Helped, StepOutcome::DidNotHelp, StepOutcome::Skipped];
    for (kind, one, other) in numbers {
        let (one, other) = (usize::from(*one), usize::from(*other));
        let question = questions[one % questions.len()];
        let card = cards[one % cards.len()];
        let options: Vec<_> = tree.options(question).map(|(id, _)| id).collect();
        walk.push(match kind % 7 {
            0..=2 => Event::Answered { question, option: options[other % options.len()] },
            3 => Event::Unknown { question },
            4 => Event::NoneOfThese { question },
            5 => {
                let remedy = other % tree.card(card).remedies.len();
                Event::StepMarked { card, remedy, outcome: outcomes[other % outcomes.len()] }
            }
            _ if walk.events().is_empty() => continue,
            _ => Event::Retracted { event: other % walk.events().len() },
        });
    }
    walk
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_code_gives_the_same_state(at in 0usize..5, numbers in prop::collection::vec(any::<(u8, u16, u16)>(), 1..12)) {
        let trees = embedded();
        let walk = walk_of(&trees[at], &numbers);
        match code(&walk, HASH) {
            Err(why) => prop_assert!(why == NoCode::Length && walk.live_events().next().is_none(), "{why:?}"),
            Ok(code) => {
                let found = decoded(&code.to_lowercase().replace('-', " "), &trees, HASH).unwrap();
                prop_assert_eq!((found.tree, found.lost, found.is_same_version), (at, 0, true));
                let resumed = Walk::replay(Arc::clone(&trees[at]), found.events);
                prop_assert_eq!(json::walk(&resumed), json::walk(&walk));
            }
        }
    }

    #[test]
    fn an_imported_file_gives_the_same_case(at in 0usize..5, numbers in prop::collection::vec(any::<(u8, u16, u16)>(), 1..12)) {
        let trees = embedded();
        let walk = walk_of(&trees[at], &numbers);
        let file = exported(&trees, &walk, HASH, BEGAN);
        let kept = read(&file, &trees).unwrap();
        prop_assert_eq!(kept.walk.events(), walk.events());
        prop_assert_eq!((kept.lost, kept.left_out, kept.head.time()), (0, vec![], BEGAN));
    }

    #[test]
    fn no_text_stops_the_reader_of_codes(text in ".{0,80}") {
        let _ = decoded(&text, &embedded(), HASH);
    }
}

/// Returns the code of a walk with three answers.
fn some_code(trees: &[Arc<Tree>]) -> String {
    code(&walk_of(&trees[2], &[(0, 0, 1), (3, 4, 0), (0, 6, 2)]), HASH).unwrap()
}

#[test]
fn every_wrong_letter_and_every_swap_is_noticed() {
    let trees = embedded();
    let code = some_code(&trees);
    let letters: Vec<char> = code.chars().collect();
    for at in (0..letters.len()).filter(|at| letters[*at] != '-') {
        for wrong in SYMBOLS.chars().filter(|wrong| *wrong != letters[at]) {
            let mut heard = letters.clone();
            heard[at] = wrong;
            let heard: String = heard.into_iter().collect();
            let group = code[..at].matches('-').count() + 1;
            // Two symbols are left for the checks, and a wrong one of them looks like a swap.
            let known = Some(group).filter(|_| at < letters.len() - 2);
            assert_eq!(decoded(&heard, &trees, HASH).unwrap_err(), BadCode::Check(known), "{code} {heard}");
        }
    }
    let plain: Vec<char> = letters.into_iter().filter(|letter| *letter != '-').collect();
    for at in 1..plain.len() {
        let mut heard = plain.clone();
        heard.swap(at - 1, at);
        if heard != plain {
            let heard: String = heard.into_iter().collect();
            assert!(matches!(decoded(&heard, &trees, HASH), Err(BadCode::Check(_))), "{code} {heard}");
        }
    }
}

#[test]
fn letters_that_are_heard_alike_are_the_same() {
    let trees = embedded();
    let code = some_code(&trees);
    let heard = code.replace('0', "o").replace('1', "L").replace('-', "");
    assert_eq!(decoded(&heard, &trees, HASH).unwrap().lost, 0);
}

#[test]
fn a_code_of_another_version_says_so_and_keeps_what_fits() {
    let trees = embedded();
    let walk = walk_of(&trees[2], &[(0, 0, 1), (3, 4, 0), (0, 6, 2)]);
    let code = code(&walk, HASH).unwrap();
    let found = decoded(&code, &trees, "another").unwrap();
    assert_eq!((found.is_same_version, found.lost, found.events.len()), (false, 0, 3));
    assert_eq!(decoded(&code, &[], HASH).unwrap_err(), BadCode::NoTree);
    // A tree with this id and other questions: nothing of the code fits.
    let mut other = (*trees[0]).clone();
    other.id = trees[2].id.clone();
    let found = decoded(&code, &[Arc::new(other)], HASH).unwrap();
    assert_eq!((found.lost, found.events.len()), (3, 0));
}

#[test]
fn a_case_with_text_has_no_code() {
    let mut session = Session::new(embedded());
    let read = session.read(incident().lines().next().unwrap(), EvidenceSource::Paste).pop().unwrap();
    session.enter_if_it_fits(read).unwrap();
    assert_eq!(code(session.walk.as_ref().unwrap(), HASH), Err(NoCode::FreeText));
    let mut walk = walk_of(&embedded()[0], &[(0, 0, 0)]);
    walk.push(Event::Remarked("the disk is full".into()));
    assert_eq!(code(&walk, HASH), Err(NoCode::FreeText));
    assert_eq!(code(&Walk::new(Arc::clone(&embedded()[0])), HASH), Err(NoCode::Length));
}
