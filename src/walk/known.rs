//! What is known after a list of events.

use std::collections::BTreeMap;

use super::event::{self, Detail, Event, Hit, Provenance, Risk, Unexplained};
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Everything that the events so far have told. It does not depend on their order, but for what replaces what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The answers, by question.
    pub answers: BTreeMap<QuestionId, Answer>,
    /// The signatures found.
    pub hits: Vec<Hit>,
    /// What the evidence answers, by question: each answer once, the one with the most lines first. More than one is
    /// left to the operator.
    pub testimony: BTreeMap<QuestionId, Vec<Testimony>>,
    /// What makes cards likelier.
    pub risks: Vec<Risk>,
    /// What no card explains.
    pub unexplained: Vec<Unexplained>,
    /// What the lines of cards have told besides.
    pub details: Vec<Detail>,
    /// The remedies tried, and whether each helped.
    pub tried: BTreeMap<(CardId, usize), bool>,
    /// Ask what tells most for its effort, instead of what the author would ask.
    pub shortest_first: bool,
}

/// An answer that evidence gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testimony {
    /// The answer.
    pub option: OptionId,
    /// How many lines give it.
    pub count: u64,
    /// The first of these.
    pub provenance: Provenance,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was answered.
    pub given: Given,
    /// Who says so.
    pub origin: Origin,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// One of the options.
    Option(OptionId),
    /// "Don't know".
    Unknown,
    /// "None of these".
    NoneOfThese,
}

/// Who gave an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The operator. `overrules` is what evidence says instead, if it does.
    Operator {
        /// The answer that the evidence gives.
        overrules: Option<OptionId>,
    },
    /// A line of the evidence.
    Evidence(Provenance),
}

impl Known {
    pub(super) fn from_events(tree: &Tree, events: &[Event]) -> Self {
        let mut known = Self::default();
        for (_, event) in event::live(events) {
            match event {
                Event::Answered { question, option } => known.operator(*question, Given::Option(*option)),
                Event::Unknown { question } => known.operator(*question, Given::Unknown),
                Event::NoneOfThese { question } => known.operator(*question, Given::NoneOfThese),
                Event::EvidenceAdded(evidence) => {
                    known.hits.extend(evidence.hits.iter().filter(|hit| !hit.cards.is_empty()).cloned());
                    evidence.proofs.iter().for_each(|proof| known.hear(proof));
                    known.risks.extend(evidence.risks.iter().cloned());
                    known.unexplained.extend(evidence.unexplained.iter().cloned());
                    known.details.extend(evidence.details.iter().cloned());
                }
                Event::RemedyTried { card, remedy, worked } => {
                    if *remedy < tree.card(*card).remedies.len() {
                        known.tried.insert((*card, *remedy), *worked);
                    }
                }
                Event::ShortestFirst(on) => known.shortest_first = *on,
                Event::Retracted { .. } => {}
            }
        }
        known.believe();
        known
    }

    fn operator(&mut self, question: QuestionId, given: Given) {
        self.answers.insert(question, Answer { given, origin: Origin::Operator { overrules: None } });
    }

    fn hear(&mut self, proof: &event::Proof) {
        let testimony = self.testimony.entry(proof.question).or_default();
        match testimony.iter_mut().find(|earlier| earlier.option == proof.option) {
            Some(same) => same.count = same.count.saturating_add(proof.count),
            None => {
                let event::Proof { option, count, provenance, .. } = proof.clone();
                testimony.push(Testimony { option, count, provenance });
            }
        }
    }

    /// Evidence answers the questions to which it gives one answer. Where it gives several, the operator decides;
    /// where the operator has answered, that stands, and the difference is kept.
    fn believe(&mut self) {
        for (question, testimony) in &mut self.testimony {
            testimony.sort_by_key(|testimony| (std::cmp::Reverse(testimony.count), testimony.option));
            let [only] = testimony.as_slice() else { continue };
            match self.answers.get_mut(question) {
                None => {
                    let origin = Origin::Evidence(only.provenance.clone());
                    self.answers.insert(*question, Answer { given: Given::Option(only.option), origin });
                }
                Some(Answer { given, origin: Origin::Operator { overrules } })
                    if *given != Given::Option(only.option) =>
                {
                    *overrules = Some(only.option);
                }
                Some(_) => {}
            }
        }
    }

    /// What was answered to a question.
    pub fn given(&self, question: QuestionId) -> Option<Given> {
        self.answers.get(&question).map(|answer| answer.given)
    }

    /// How many lines point to a card.
    pub fn lines_for(&self, card: CardId) -> u64 {
        let hits = self.hits.iter().filter(|hit| hit.cards.contains(&card));
        hits.fold(0, |lines, hit| lines.saturating_add(hit.count))
    }

    /// The same with one more answer, for looking ahead.
    pub(super) fn with(&self, question: QuestionId, given: Given) -> Self {
        let mut next = self.clone();
        next.operator(question, given);
        next
    }

    /// The same without all that comes from evidence.
    pub(super) fn without_evidence(&self) -> Self {
        let mut next = Self { hits: Vec::new(), risks: Vec::new(), testimony: BTreeMap::new(), ..self.clone() };
        next.answers.retain(|_, answer| !matches!(answer.origin, Origin::Evidence(_)));
        next
    }

    /// The same without an answer.
    pub(super) fn without(&self, question: QuestionId) -> Self {
        let mut next = self.clone();
        next.answers.remove(&question);
        next
    }
}
