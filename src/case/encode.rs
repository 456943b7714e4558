//! Writes events with names instead of ids.

use std::sync::Arc;

use super::head::time_in_words;
use super::rows::{
    DetailRow, ElsewhereRow, EventLine, EventRow, EvidenceRow, GivenWord, HitRow, LeftRow, PlaceRow, ProofRow, RiskRow,
    SuccessRow, UnexplainedRow, ValueRow,
};
use super::secrets::redacted;
use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Evidence, FollowedLink, GivenBy, ProofKind, Provenance};

/// Returns the line of an event, with its end.
///
/// `n` is the event's position, and `at` its time in seconds since 1970. `trees` has the trees that evidence may speak of.
pub fn event_line(trees: &[Arc<Tree>], tree: &Tree, (n, at): (usize, i64), event: &Event) -> String {
    let line = EventLine { n, at: time_in_words(at), event: Encoder { trees, tree }.event(event) };
    // No row has a map with keys that are not text, so this cannot fail.
    serde_json::to_string(&line).map(|line| line + "\n").unwrap_or_default()
}

struct Encoder<'t> {
    trees: &'t [Arc<Tree>],
    tree: &'t Tree,
}

impl Encoder<'_> {
    fn event(&self, event: &Event) -> EventRow {
        match event {
            Event::Answered { question, option } => {
                EventRow::Answer { question: self.question(*question), option: self.option(*question, *option) }
            }
            Event::Unknown { question } => EventRow::Unknown { question: self.question(*question) },
            Event::NoneOfThese { question } => EventRow::NoneOfThese { question: self.question(*question) },
            Event::EvidenceAdded(evidence) => EventRow::Evidence(self.evidence(evidence)),
            Event::StepMarked { card, remedy, outcome } => {
                let step = self.tree.card(*card).remedies.get(*remedy);
                let step = step.map(|step| step.id.clone()).unwrap_or_default();
                EventRow::Step { card: self.card(*card), step, outcome: (*outcome).into() }
            }
            Event::ValueGiven(given) => {
                let by = match &given.by {
                    GivenBy::Typed => GivenWord::Typed,
                    GivenBy::Accepted => GivenWord::Accepted,
                    GivenBy::Picked => GivenWord::Picked,
                    GivenBy::Carried { from, is_inferred } => {
                        GivenWord::Carried { from: from.clone(), is_inferred: *is_inferred }
                    }
                };
                EventRow::Value { name: given.name.clone(), value: redacted(&given.value), by }
            }
            Event::Remarked(remark) => EventRow::Remark { text: redacted(remark) },
            Event::Escalated => EventRow::Escalated,
            Event::ShortestFirst(on) => EventRow::MostUsefulFirst { on: *on },
            Event::Followed(link) => self.link(link),
            Event::Retracted { event } => EventRow::Retract { of: *event },
        }
    }

    fn link(&self, link: &FollowedLink) -> EventRow {
        let left = link.left.iter().filter_map(|left| {
            let tree = self.trees.iter().find(|tree| tree.id == left.tree)?;
            let of_tree = Encoder { trees: self.trees, tree };
            let events = left.events.iter().map(|event| of_tree.event(event)).collect();
            Some(LeftRow { tree: left.tree.clone(), events })
        });
        EventRow::Link { from: link.from.clone(), left: left.collect() }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceRow {
        let elsewhere = evidence.elsewhere.iter().filter_map(|(id, found)| {
            let tree = self.trees.iter().find(|tree| tree.id == *id)?;
            Some(ElsewhereRow { tree: id.clone(), evidence: Encoder { trees: self.trees, tree }.evidence(found) })
        });
        EvidenceRow {
            utc_offset: evidence.utc_offset,
            hits: evidence
                .hits
                .iter()
                .map(|hit| HitRow {
                    cards: hit.cards.iter().map(|card| self.card(*card)).collect(),
                    kind: hit.kind.into(),
                    captures: hit.captures.iter().map(|(name, value)| (name.clone(), redacted(value))).collect(),
                    count: hit.count,
                    place: place(&hit.provenance),
                })
                .collect(),
            proofs: evidence
                .proofs
                .iter()
                .map(|proof| ProofRow {
                    question: self.question(proof.question),
                    option: self.option(proof.question, proof.option),
                    is_code: proof.kind == ProofKind::Code,
                    count: proof.count,
                    place: place(&proof.provenance),
                })
                .collect(),
            risks: evidence
                .risks
                .iter()
                .map(|risk| RiskRow { card: self.card(risk.card), at: risk.at, place: place(&risk.provenance) })
                .collect(),
            successes: evidence
                .successes
                .iter()
                .map(|found| SuccessRow {
                    card: self.card(found.card),
                    count: found.count,
                    place: place(&found.provenance),
                })
                .collect(),
            unexplained: evidence
                .unexplained
                .iter()
                .map(|kind| UnexplainedRow {
                    template: redacted(&kind.template),
                    count: kind.count,
                    place: place(&kind.provenance),
                })
                .collect(),
            details: evidence
                .details
                .iter()
                .map(|detail| DetailRow {
                    card: self.card(detail.card),
                    values: detail.values.iter().map(|(name, values)| (name.clone(), counted(values))).collect(),
                    decoded: detail.decoded.iter().map(|(text, about)| (redacted(text), about.clone())).collect(),
                })
                .collect(),
            values: evidence
                .values
                .iter()
                .map(|found| ValueRow {
                    name: found.name.clone(),
                    value: redacted(&found.value),
                    count: found.count,
                    place: place(&found.provenance),
                })
                .collect(),
            elsewhere: elsewhere.collect(),
        }
    }

    fn card(&self, card: CardId) -> CleanText {
        self.tree.card(card).id.clone()
    }

    fn question(&self, question: QuestionId) -> CleanText {
        self.tree.question(question).id.clone()
    }

    fn option(&self, question: QuestionId, option: OptionId) -> CleanText {
        self.tree.option(question, option).id.clone()
    }
}

fn counted(values: &[(CleanText, u64)]) -> Vec<(CleanText, u64)> {
    values.iter().map(|(value, count)| (redacted(value), *count)).collect()
}

fn place(place: &Provenance) -> PlaceRow {
    PlaceRow { source: (&place.source).into(), line: place.line, text: redacted(&place.text) }
}
