//! Changes a walk: tries remedies, takes back answers, drops contradictions.

use std::sync::Arc;

use super::walks;
use crate::export::evidence::line_of;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Culprit, Event, Origin, Walk, is_solution};

/// Notes whether the first remedy of a card worked.
///
/// Returns what follows in words, or why there is nothing to note.
pub fn try_first_remedy(walk: &mut Walk, id: CardId, worked: bool) -> Result<String, &'static str> {
    let tree = Arc::clone(walk.tree());
    let card = tree.card(id);
    let order = walk.remedies(id);
    if order.first().is_some_and(|first| is_solution(card, first)) {
        return Err("It is solved. h takes that back.");
    }
    let Some(first) = order.into_iter().find(|ranked| ranked.tried.is_none()) else {
        return Err("Every remedy of this card was tried.");
    };
    walk.push(Event::RemedyTried { card: id, remedy: first.remedy, worked });
    let is_solved = walk.remedies(id).first().is_some_and(|first| is_solution(card, first));
    Ok(if is_solved {
        "Good. See below how to be sure of it.".to_owned()
    } else if walks::is_candidate(walk, id) {
        "Noted. The next remedy is on top.".to_owned()
    } else {
        "Noted. Going on to what is left.".to_owned()
    })
}

/// Takes back every answer of the operator to a question. One that evidence gave goes only with the evidence.
pub fn take_back(walk: &mut Walk, question: QuestionId) -> Result<(), String> {
    if let Some(Origin::Evidence(from)) = walk.known().answers.get(&question).map(|answer| &answer.origin) {
        return Err(format!("This is from {}: take that back, or change the answer.", line_of(from)));
    }
    walk.retract(|event| match event {
        Event::Answered { question: of, .. }
        | Event::Unknown { question: of }
        | Event::NoneOfThese { question: of } => *of == question,
        _ => false,
    });
    Ok(())
}

/// Drops one side of a conflict: an answer or all evidence.
///
/// An answer that evidence gave becomes "don't know": what else the evidence says is kept.
pub fn drop_culprit(walk: &mut Walk, culprit: Culprit) {
    match culprit {
        Culprit::Evidence => walk.retract(|event| matches!(event, Event::EvidenceAdded(_))),
        Culprit::Answer(question) => {
            walk.retract(|event| match event {
                Event::Answered { question: of, .. } | Event::NoneOfThese { question: of } => *of == question,
                _ => false,
            });
            if walk.known().given(question).is_some() {
                walk.push(Event::Unknown { question });
            }
        }
    }
}

/// Asks the most useful question first, or the author's next one again. Returns whether it is the most useful one now.
pub fn toggle_shortest(walk: &mut Walk) -> bool {
    let on = !walk.known().shortest_first;
    walk.push(Event::ShortestFirst(on));
    on
}
