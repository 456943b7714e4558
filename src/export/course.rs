//! Tells in order what has happened in a case.

use jiff::Timestamp;

use super::evidence::line_of;
use super::format::{capital, many};
use super::verdict::name_of_answer;
use crate::text;
use crate::tree::CardId;
use crate::walk::{Event, Evidence, Given, GivenBy, GivenValue, Provenance, StepOutcome, Walk};

/// The most columns of a quoted line.
const QUOTED: usize = 60;

/// Something that counts in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseEvent {
    /// The time in seconds since 1970; `None` if unknown.
    pub at: Option<i64>,
    /// The event in words.
    pub says: String,
}

/// Returns what has happened in a walk and still counts.
pub fn course(walk: &Walk) -> Vec<CourseEvent> {
    let events = walk.live_events().filter_map(|(n, event)| {
        let says = says(walk, event)?;
        Some(CourseEvent { at: walk.log.time(n), says })
    });
    events.collect()
}

/// Returns the time of the last mark on a step.
pub fn marked_at(walk: &Walk, card: CardId, remedy: usize) -> Option<i64> {
    let mut events = walk.live_events().rev();
    let is_mark =
        |event: &Event| matches!(event, Event::StepMarked { card: of, remedy: at, .. } if (*of, *at) == (card, remedy));
    events.find(|(_, event)| is_mark(event)).and_then(|(n, _)| walk.log.time(n))
}

/// Formats a time as `2026-12-01 05:20 UTC`.
pub fn minute(at: i64) -> String {
    Timestamp::from_second(at).map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

fn says(walk: &Walk, event: &Event) -> Option<String> {
    let tree = walk.tree();
    let answer =
        |question, given| format!("Answer: {} {}", tree.question(question).ask, name_of_answer(tree, question, given));
    Some(match event {
        Event::Answered { question, option } => answer(*question, Given::Option(*option)),
        Event::Unknown { question } => answer(*question, Given::Unknown),
        Event::NoneOfThese { question } => answer(*question, Given::NoneOfThese),
        Event::EvidenceAdded(evidence) => format!("Evidence: {}", evidence_in_words(evidence)?),
        Event::StepMarked { card, remedy, outcome } => step(walk, *card, *remedy, *outcome),
        Event::ValueGiven(given) => value(given),
        Event::Remarked(remark) => format!("Remark: {remark}"),
        Event::Escalated => "Escalated".to_owned(),
        Event::Followed(link) => format!("Link: from {}", link.from),
        Event::ShortestFirst(_) | Event::Retracted { .. } => return None,
    })
}

fn step(walk: &Walk, card: CardId, remedy: usize, outcome: StepOutcome) -> String {
    // Steps have the numbers that the screens show, and not the order of the file.
    let number = walk.remedies(card).iter().position(|ranked| ranked.remedy == remedy).map_or(0, |at| at + 1);
    let card = walk.tree().card(card);
    let act = card.remedies.get(remedy).map(|step| text::first_sentence(&step.act)).unwrap_or_default();
    format!("Step {number} of \"{}\" ({}): {act}", card.title, outcome.word())
}

fn value(given: &GivenValue) -> String {
    let by = match &given.by {
        GivenBy::Typed => "typed".to_owned(),
        GivenBy::Accepted => "accepted".to_owned(),
        GivenBy::Picked => "picked".to_owned(),
        GivenBy::Carried { from, .. } => format!("from {from}"),
    };
    match given.value.as_str() {
        "" => format!("Value: {} has none ({by})", given.name),
        value => format!("Value: {} is {value} ({by})", given.name),
    }
}

/// Names the first line of evidence, and counts the lines.
fn evidence_in_words(evidence: &Evidence) -> Option<String> {
    let hits = evidence.hits.iter().map(|hit| (&hit.provenance, hit.count));
    let proofs = evidence.proofs.iter().map(|proof| (&proof.provenance, proof.count));
    let values = evidence.values.iter().map(|value| (&value.provenance, value.count));
    let risks = evidence.risks.iter().map(|risk| (&risk.provenance, 1));
    let unexplained = evidence.unexplained.iter().map(|kind| (&kind.provenance, kind.count));
    let all: Vec<(&Provenance, u64)> = hits.chain(proofs).chain(risks).chain(values).chain(unexplained).collect();
    let (first, _) = all.first()?;
    let mut places: Vec<(usize, &Provenance)> = Vec::new();
    let mut lines = 0;
    for (place, count) in &all {
        if !places.iter().any(|(line, known)| *line == place.line && known.source == place.source) {
            places.push((place.line, place));
            lines += count;
        }
    }
    let more = if lines > 1 { format!(", {}", many(lines, "line", "lines")) } else { String::new() };
    Some(format!("{}: {}{more}", capital(&line_of(first)), text::fit(&first.text, QUOTED, "...")))
}
