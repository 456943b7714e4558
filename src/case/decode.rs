//! Reads events back, and notes what no longer fits the tree.

use std::sync::Arc;

use super::rows::{EventRow, EvidenceRow, GivenWord, LeftRow, PlaceRow};
use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{
    Detail, Event, Evidence, FollowedLink, FoundValue, GivenBy, GivenValue, Hit, LeftWalk, Proof, ProofKind,
    Provenance, Risk, Success, Unexplained,
};

/// Reads the events of one tree.
pub(super) struct EventDecoder<'t> {
    /// All trees that evidence and links may speak of.
    pub(super) trees: &'t [Arc<Tree>],
    /// The tree of the events.
    pub(super) tree: &'t Tree,
    /// The pieces that no longer fit, in words.
    pub(super) left_out: Vec<String>,
}

impl EventDecoder<'_> {
    /// Returns the event of a row; `None` if it no longer fits.
    ///
    /// A retraction keeps the position that the file names.
    pub(super) fn event(&mut self, row: EventRow) -> Option<Event> {
        Some(match row {
            EventRow::Answer { question, option } => {
                let (question, option) = self.answer(&question, &option)?;
                Event::Answered { question, option }
            }
            EventRow::Unknown { question } => Event::Unknown { question: self.question(&question, "don't know")? },
            EventRow::NoneOfThese { question } => {
                Event::NoneOfThese { question: self.question(&question, "none of these")? }
            }
            EventRow::Evidence(row) => Event::EvidenceAdded(self.evidence(row)),
            EventRow::Step { card, step, outcome } => {
                let found = self.tree.find_card(&card);
                let remedy = found.and_then(|id| self.tree.card(id).remedies.iter().position(|it| it.id == step));
                let Some((card, remedy)) = found.zip(remedy) else {
                    self.left_out.push(format!("the step {step} of the card {card}"));
                    return None;
                };
                Event::StepMarked { card, remedy, outcome: outcome.into() }
            }
            EventRow::Value { name, value, by } => {
                let by = match by {
                    GivenWord::Typed => GivenBy::Typed,
                    GivenWord::Accepted => GivenBy::Accepted,
                    GivenWord::Picked => GivenBy::Picked,
                    GivenWord::Carried { from, is_inferred } => GivenBy::Carried { from, is_inferred },
                };
                Event::ValueGiven(GivenValue { name, value, by })
            }
            EventRow::Remark { text } => Event::Remarked(text),
            EventRow::Escalated => Event::Escalated,
            EventRow::MostUsefulFirst { on } => Event::ShortestFirst(on),
            EventRow::Link { from, left } => {
                let left = left.into_iter().filter_map(|left| self.left(left)).collect();
                Event::Followed(FollowedLink { from, left })
            }
            EventRow::Retract { of } => Event::Retracted { event: of },
        })
    }

    /// Reads a walk that was left.
    ///
    /// `None` if its tree is not installed.
    fn left(&mut self, LeftRow { tree: id, events }: LeftRow) -> Option<LeftWalk> {
        let Some(tree) = self.trees.iter().find(|tree| tree.id == id) else {
            self.left_out.push(format!("the walk in {id}, which is not installed"));
            return None;
        };
        let mut of_tree = EventDecoder { trees: self.trees, tree, left_out: Vec::new() };
        let events = events.into_iter().filter_map(|event| of_tree.event(event)).collect();
        self.left_out.append(&mut of_tree.left_out);
        Some(LeftWalk { tree: id, events })
    }

    fn answer(&mut self, question: &str, option: &str) -> Option<(QuestionId, OptionId)> {
        let found = self.tree.find_question(question);
        let answer = found.and_then(|id| Some((id, self.tree.find_option(id, option)?)));
        if answer.is_none() {
            self.left_out.push(format!("the answer {question} = {option}"));
        }
        answer
    }

    fn question(&mut self, question: &str, answer: &str) -> Option<QuestionId> {
        let found = self.tree.find_question(question);
        if found.is_none() {
            self.left_out.push(format!("the answer {question} = {answer}"));
        }
        found
    }

    fn card(&mut self, card: &str) -> Option<CardId> {
        let found = self.tree.find_card(card);
        if found.is_none() {
            self.left_out.push(format!("evidence for the card {card}"));
        }
        found
    }

    fn evidence(&mut self, row: EvidenceRow) -> Evidence {
        let mut evidence = Evidence { utc_offset: row.utc_offset, ..Evidence::default() };
        for hit in row.hits {
            let cards: Vec<CardId> = hit.cards.iter().filter_map(|card| self.card(card)).collect();
            if !cards.is_empty() {
                let (kind, captures, provenance) = (hit.kind.into(), hit.captures, place(hit.place));
                evidence.hits.push(Hit { cards, kind, captures, count: hit.count, provenance });
            }
        }
        for proof in row.proofs {
            if let Some((question, option)) = self.answer(&proof.question, &proof.option) {
                let kind = if proof.is_code { ProofKind::Code } else { ProofKind::Answer };
                let (count, provenance) = (proof.count, place(proof.place));
                evidence.proofs.push(Proof { question, option, kind, count, provenance });
            }
        }
        for risk in row.risks {
            let card = self.card(&risk.card).filter(|card| risk.at < self.tree.card(*card).risks.len());
            evidence.risks.extend(card.map(|card| Risk { card, at: risk.at, provenance: place(risk.place) }));
        }
        for found in row.successes {
            let card = self.card(&found.card);
            let success = |card| Success { card, count: found.count, provenance: place(found.place) };
            evidence.successes.extend(card.map(success));
        }
        let unexplained = row.unexplained.into_iter();
        evidence.unexplained = unexplained
            .map(|kind| Unexplained { template: kind.template, count: kind.count, provenance: place(kind.place) })
            .collect();
        for detail in row.details {
            let card = self.card(&detail.card);
            let detail = |card| Detail { card, values: detail.values, decoded: detail.decoded };
            evidence.details.extend(card.map(detail));
        }
        let values = row.values.into_iter();
        evidence.values = values
            .map(|found| FoundValue {
                name: found.name,
                value: found.value,
                count: found.count,
                provenance: place(found.place),
            })
            .collect();
        evidence.elsewhere =
            row.elsewhere.into_iter().filter_map(|found| self.elsewhere(found.tree, found.evidence)).collect();
        evidence
    }

    /// Reads the findings of another tree.
    ///
    /// They are only used if a link leads there, so what does not fit is not worth a word.
    fn elsewhere(&self, id: CleanText, row: EvidenceRow) -> Option<(CleanText, Evidence)> {
        let tree = self.trees.iter().find(|tree| tree.id == id)?;
        Some((id, EventDecoder { trees: self.trees, tree, left_out: Vec::new() }.evidence(row)))
    }
}

fn place(row: PlaceRow) -> Provenance {
    Provenance { source: row.source.into(), line: row.line, text: row.text }
}
