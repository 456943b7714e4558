//! Changes a walk: takes back answers, drops contradictions.

use crate::export::evidence::line_of;
use crate::tree::QuestionId;
use crate::walk::{Culprit, Event, Origin, Walk};

/// Takes back every answer of the operator to a question. One that evidence gave goes only with the evidence.
pub fn take_back(walk: &mut Walk, question: QuestionId) -> Result<(), String> {
    if let Some(Origin::Evidence(from)) = walk.known().answers.get(&question).map(|answer| &answer.origin) {
        return Err(format!("This answer comes from {}: remove that evidence, or change the answer.", line_of(from)));
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
