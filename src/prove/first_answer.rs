//! Proves that no card is lost to who can answer little.

use std::sync::Arc;

use crate::tree::{Code, OptionId, Problem, QuestionId, Tree};
use crate::walk::{Event, Step, Walk, position_after};

/// Notes cards that are lost after the first answer.
///
/// All other questions are answered with "don't know". The end of such a walk must show each card that the answer leaves:
/// among the likeliest, or in a group with a name.
pub(super) fn check_first_answers(tree: &Arc<Tree>, problems: &mut Vec<Problem>) {
    let Step::Ask(first) = position_after(tree, &[]).step else { return };
    for (option, choice) in tree.options(first) {
        let lost = lost_cards(tree, first, option);
        if !lost.is_empty() {
            let message = format!(
                "after `{}` to `{}` and \"don't know\" to all other questions, nothing leads to {}",
                choice.id,
                tree.question(first).id,
                lost.join(", ")
            );
            let help = "ask a question that tells these cards apart";
            problems.push(Problem::of_file(Code::LostCard, &tree.path, message, help));
        }
    }
}

fn lost_cards(tree: &Arc<Tree>, first: QuestionId, option: OptionId) -> Vec<String> {
    let mut events = vec![Event::Answered { question: first, option }];
    while let Step::Ask(question) = position_after(tree, &events).step {
        events.push(Event::Unknown { question });
    }
    let shortlist = Walk::replay(Arc::clone(tree), events).shortlist();
    let named = shortlist.others.iter().filter(|group| group.sign.is_some()).flat_map(|group| &group.cards);
    let shown: Vec<_> = shortlist.likeliest.iter().map(|candidate| candidate.card).chain(named.copied()).collect();
    let fitting = tree.paths.iter().filter(|path| path.answer(first) == Some(option)).flat_map(|path| &path.cards);
    let mut lost: Vec<String> =
        fitting.filter(|card| !shown.contains(card)).map(|card| format!("`{}`", tree.card(*card).id)).collect();
    lost.sort_unstable();
    lost.dedup();
    lost
}
