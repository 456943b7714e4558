//! Incidents to train with: nothing that is shown in one may speak against the card that is behind it.

use std::sync::Arc;

use super::shortened;
use crate::recognize::Recognizer;
use crate::tree::QuestionId;
use crate::tree::team::{Said, TeamDrill};
use crate::walk::{Event, Walk};

/// What contradicts the hidden card of an incident, if anything does.
pub(super) fn fault(recognizer: &Recognizer, drill: &TeamDrill) -> Option<String> {
    let tree = recognizer.tree();
    let hidden = &tree.card(drill.card).id;
    let said: Vec<(QuestionId, Said)> =
        drill.clues.iter().filter_map(|clue| Some((clue.question, clue.answer?))).collect();
    let has_way = |answers: &[(QuestionId, Said)]| {
        let mut ways = tree.paths.iter().filter(|way| way.cards.contains(&drill.card));
        ways.any(|way| answers.iter().all(|(question, said)| said.agrees_with(way.answer(*question))))
    };
    if !has_way(&said) {
        let answers = said.iter().map(|(question, said)| {
            let answer = match said {
                Said::Option(option) => &tree.option(*question, *option).id,
                Said::Nothing => "none",
            };
            format!("{}: {answer}", tree.question(*question).id)
        });
        let answers = answers.collect::<Vec<_>>().join(", ");
        return Some(format!("no way to `{hidden}` agrees with the answers of its clues ({answers})"));
    }
    let events = said.iter().map(|(question, said)| match said {
        Said::Option(option) => Event::Answered { question: *question, option: *option },
        Said::Nothing => Event::NoneOfThese { question: *question },
    });
    let walk = Walk::replay(Arc::clone(tree), events.collect());
    if !walk.position().candidates.iter().any(|candidate| candidate.card == drill.card) {
        return Some(format!("the answers of its clues lead elsewhere than to `{hidden}`"));
    }
    let lines = drill.clues.iter().flat_map(|clue| &clue.shows).chain(&drill.red_herrings);
    for line in lines.chain(std::iter::once(&drill.story)) {
        let evidence = recognizer.evidence("drill", line);
        if let Some(hit) = evidence.hits.iter().find(|hit| !hit.cards.contains(&drill.card)) {
            let others: Vec<_> = hit.cards.iter().map(|card| format!("`{}`", tree.card(*card).id)).collect();
            return Some(format!("what it shows belongs to {}: `{}`", others.join(", "), shortened(line)));
        }
        for proof in evidence.proofs {
            // A line may prove another answer than the clue gives, as long as the card can be reached by it too.
            let others = said.iter().copied().filter(|(question, _)| *question != proof.question);
            let answers: Vec<_> = others.chain([(proof.question, Said::Option(proof.option))]).collect();
            if !has_way(&answers) {
                let (question, option) = (tree.question(proof.question), tree.option(proof.question, proof.option));
                let (question, option) = (&question.id, &option.id);
                let line = shortened(line);
                return Some(format!(
                    "what it shows answers `{question}` with `{option}`, which speaks against `{hidden}`: `{line}`"
                ));
            }
        }
    }
    None
}
