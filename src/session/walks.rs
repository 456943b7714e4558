//! Describes a walk: its position, its evidence, how to go on.

use std::sync::Arc;

use crate::export::command::shell_quote;
use crate::export::evidence::placeholders;
use crate::export::values::case_values;
use crate::export::verdict::name_of_answer;
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Event, Evidence, EvidenceSource, Given, GivenBy, Origin, Provenance, Step, StepOutcome, Walk};

/// The most columns of a pasted line in a list.
const PASTED: usize = 50;

/// The most columns of an answer in the place of a walk.
const ANSWER: usize = 32;

/// Returns whether the evidence is worth a look before going on.
///
/// It is if questions are left, and it speaks of several things. A card says by itself what of the evidence it does not explain.
pub fn is_worth_a_look(walk: &Walk) -> bool {
    let known = walk.known();
    let is_open = matches!(walk.position().step, Step::Ask(_) | Step::Shortlist);
    let first = known.hits.first();
    let is_mixed = known.hits.iter().any(|hit| first.is_none_or(|first| hit.cards != first.cards));
    let is_divided = known.testimony.values().any(|said| said.len() > 1);
    is_open && (is_mixed || is_divided || !known.risks.is_empty() || !known.unexplained.is_empty())
}

/// Returns whether a card is still possible in a walk.
pub fn is_candidate(walk: &Walk, card: CardId) -> bool {
    walk.position().candidates.iter().any(|candidate| candidate.card == card)
}

/// Returns whether anything in a walk still counts.
pub fn has_events(walk: &Walk) -> bool {
    walk.live_events().next().is_some()
}

/// Returns whether a walk has marks on steps, values or remarks.
pub fn has_work(walk: &Walk) -> bool {
    let is_work = |event: &Event| {
        matches!(event, Event::StepMarked { .. } | Event::ValueGiven(_) | Event::Remarked(_) | Event::Escalated)
    };
    walk.live_events().any(|(_, event)| is_work(event))
}

/// Returns the card that a walk has come to.
pub fn card_of(walk: &Walk) -> Option<(Arc<Tree>, CardId)> {
    let card = match walk.position().step {
        Step::Card(card) => card,
        Step::Escalate => walk.tree().escalation,
        _ => return None,
    };
    Some((Arc::clone(walk.tree()), card))
}

/// Returns whether a step of a card ended the trouble.
fn is_solved(walk: &Walk, card: CardId) -> bool {
    walk.remedies(card).iter().any(|step| step.outcome == Some(StepOutcome::Helped))
}

/// Describes in words for a list where a walk stands.
pub fn standing(walk: &Walk) -> String {
    if walk.is_escalated() {
        return format!("Escalated: {}", place_of(walk));
    }
    place_of(walk)
}

/// Names the card or question where a walk stands.
fn place_of(walk: &Walk) -> String {
    let tree = walk.tree();
    match &walk.position().step {
        Step::Ask(question) => tree.question(*question).ask.to_string(),
        Step::Card(card) if is_solved(walk, *card) => format!("Solved: {}", tree.card(*card).title),
        Step::Card(card) | Step::Link(card) => tree.card(*card).title.to_string(),
        Step::Escalate => tree.card(tree.escalation).title.to_string(),
        Step::Shortlist => {
            let left = text::count(walk.position().candidates.len(), "card", "cards");
            format!("{left} left that no question tells apart")
        }
        Step::Conflict(_) => "a contradiction".to_owned(),
    }
}

/// Describes in words for a list what has happened in a walk.
pub fn so_far(walk: &Walk) -> String {
    let answers = walk.known().answers.keys().filter(|question| is_of_operator(walk, **question)).count();
    let mut said: Vec<_> = named(walk, PASTED).collect();
    if answers > 0 || said.is_empty() {
        said.push(text::count(answers, "answer", "answers"));
    }
    format!("{}. So far: {}.", walk.tree().title, said.join(", "))
}

/// Returns the way to where a walk stands, without its system.
pub fn way(walk: &Walk) -> Vec<String> {
    let mut parts: Vec<String> = came_from(walk).map(|from| format!("from {from}")).into_iter().collect();
    // The text that began the walk comes first and short, so that the operator recognizes it.
    parts.extend(named(walk, ANSWER));
    for (question, given) in answers_in_order(walk) {
        // Answers of a pasted line are in the line itself. "Don't know" says nothing of the way.
        if is_of_operator(walk, question) && given != Given::Unknown {
            parts.push(text::fit(&name_of_answer(walk.tree(), question, given), ANSWER, "…"));
        }
    }
    parts
}

/// Returns whether the operator answered a question, not evidence.
pub fn is_of_operator(walk: &Walk, question: QuestionId) -> bool {
    let origin = walk.known().answers.get(&question).map(|answer| &answer.origin);
    matches!(origin, Some(Origin::Operator { .. }))
}

/// Returns the card or tree from which a link led here.
pub fn came_from(walk: &Walk) -> Option<&str> {
    walk.live_events().rev().find_map(|(_, event)| match event {
        Event::Followed(link) => Some(link.from.as_str()),
        _ => None,
    })
}

/// Returns the answers that count, in the order first given.
pub fn answers_in_order(walk: &Walk) -> Vec<(QuestionId, Given)> {
    let mut order = Vec::new();
    for (_, event) in walk.live_events() {
        let question = match event {
            Event::Answered { question, .. } | Event::Unknown { question } | Event::NoneOfThese { question } => {
                *question
            }
            _ => continue,
        };
        if !order.contains(&question) {
            order.push(question);
        }
    }
    order.extend(walk.known().answers.keys().filter(|question| !order.contains(question)).copied().collect::<Vec<_>>());
    order.into_iter().filter_map(|question| Some((question, walk.known().given(question)?))).collect()
}

/// Names each piece of evidence: its text or its file.
pub fn named(walk: &Walk, columns: usize) -> impl Iterator<Item = String> {
    evidence(walk).filter_map(move |(.., first)| match first? {
        Provenance { source: EvidenceSource::Search, text, .. } => {
            Some(format!("\"{}\"", text::fit(text, columns, "…")))
        }
        Provenance { source: EvidenceSource::StandardInput, .. } => Some("standard input".to_owned()),
        Provenance { source, .. } => Some(text::fit(&source.to_string(), columns, "…")),
    })
}

/// Returns the evidence that counts, with event and first place.
pub fn evidence(walk: &Walk) -> impl Iterator<Item = (usize, &Evidence, Option<&Provenance>)> {
    walk.live_events().filter_map(|(at, event)| match event {
        Event::EvidenceAdded(evidence) => Some((at, evidence, places(evidence).next())),
        _ => None,
    })
}

/// Returns every place in a piece of evidence.
///
/// Those that point to cards come first.
fn places(evidence: &Evidence) -> impl Iterator<Item = &Provenance> {
    let hits = evidence.hits.iter().map(|hit| &hit.provenance);
    let proofs = evidence.proofs.iter().map(|proof| &proof.provenance);
    let risks = evidence.risks.iter().map(|risk| &risk.provenance);
    let unexplained = evidence.unexplained.iter().map(|kind| &kind.provenance);
    hits.chain(proofs).chain(risks).chain(unexplained).chain(evidence.values.iter().map(|value| &value.provenance))
}

/// Returns the file in which a place is, if any.
fn file_of(place: &Provenance) -> Option<&str> {
    match &place.source {
        EvidenceSource::File(path) => Some(path),
        EvidenceSource::Search | EvidenceSource::Paste | EvidenceSource::StandardInput => None,
    }
}

/// Returns the files that the evidence of a walk comes from.
pub fn files(walk: &Walk) -> Vec<&str> {
    let mut files = Vec::new();
    for file in evidence(walk).flat_map(|(_, evidence, _)| places(evidence)).filter_map(file_of) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// Returns the command that goes on with a case.
///
/// There is one if a question was answered.
pub(super) fn way_back(walk: &Walk) -> Option<String> {
    (!walk.known().answers.is_empty()).then(|| resume_command(walk))
}

/// Returns the command that shows a card again.
///
/// It has the values of the card's commands. A value that was not accepted is picked, so that it stays out of commands that change something.
pub(super) fn show_command(walk: Option<&Walk>, tree: &Tree, card: CardId) -> String {
    let mut command = format!("wherefore show {}/{}", tree.id, tree.card(card).id);
    let Some(walk) = walk.filter(|walk| walk.tree().id == tree.id) else { return command };
    let names = placeholders(tree, card);
    for value in case_values(walk, &names).iter().filter(|value| names.contains(&value.name)) {
        if let Some(text) = value.value() {
            let option = if value.must_be_accepted() { "--pick" } else { "--value" };
            command.push_str(&format!(" {option} {}", shell_quote(&format!("{}={text}", value.name))));
        }
    }
    command
}

/// Returns the command that begins a walk where this one stands.
pub fn resume_command(walk: &Walk) -> String {
    let tree = walk.tree();
    let mut command = format!("wherefore walk {}", tree.id);
    for path in files(walk) {
        command.push_str(&format!(" --evidence {}", shell_quote(path)));
    }
    if let Some(seconds) = walk.known().utc_offset {
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        command.push_str(&format!(" --utc-offset {sign}{:02}:{:02}", minutes / 60, minutes % 60));
    }
    for given in walk.known().given_values.values() {
        let option = match given.by {
            GivenBy::Typed | GivenBy::Accepted => "--value",
            GivenBy::Picked => "--pick",
            // It was found in the evidence of another tree.
            GivenBy::Carried { .. } => continue,
        };
        command.push_str(&format!(" {option} {}", shell_quote(&format!("{}={}", given.name, given.value))));
    }
    for (question, answer) in &walk.known().answers {
        // The file is read again, and gives the same answers.
        if matches!(&answer.origin, Origin::Evidence(from) if file_of(from).is_some()) {
            continue;
        }
        let option = match answer.given {
            Given::Option(option) => tree.option(*question, option).id.as_str(),
            Given::Unknown => "unknown",
            Given::NoneOfThese => "none",
        };
        command.push_str(&format!(" --answer {}={option}", tree.question(*question).id));
    }
    command
}
