//! Derives the knowledge from a list of events.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::event::{self, Detail, Event, FoundValue, GivenBy, GivenValue, Hit, HitKind, ProofKind, Provenance};
use super::event::{Risk, StepOutcome, Success, Unexplained};
use super::set::IdSet;
use crate::text::CleanText;
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, RemedyRef, Tree};

/// The knowledge from the events so far.
///
/// It depends on the order of the events only where one answer replaces another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The answers, by question.
    pub answers: BTreeMap<QuestionId, Answer>,
    /// The offset from UTC of times without a zone, in seconds east.
    ///
    /// The last one that the operator gave.
    pub utc_offset: Option<i32>,
    /// The signatures found.
    pub hits: Vec<Hit>,
    /// The answers of the evidence, the one with the most lines first.
    ///
    /// Each answer is listed once. If a question has more than one, the operator decides.
    pub testimony: BTreeMap<QuestionId, Vec<Testimony>>,
    /// The options that codes in lines leave, by question.
    pub codes: BTreeMap<QuestionId, CodeAnswer>,
    /// The risks, which make cards likelier.
    pub risks: Vec<Risk>,
    /// The lines that rule cards out because something works.
    pub successes: Vec<Success>,
    /// The lines that no card explains.
    pub unexplained: Vec<Unexplained>,
    /// The values from all lines of cards.
    pub details: Vec<Detail>,
    /// The values from lines that name them and say nothing else.
    pub values: Vec<FoundValue>,
    /// The last value that was given, by placeholder.
    pub given_values: BTreeMap<CleanText, GivenValue>,
    /// The remarks of the operator, in order.
    pub remarks: Vec<CleanText>,
    /// The steps that were marked, and what came of each.
    pub marked: BTreeMap<RemedyRef, StepOutcome>,
    /// Whether to ask the most informative question instead of the author's.
    pub shortest_first: bool,
}

/// An answer that evidence gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testimony {
    /// The answer.
    pub option: OptionId,
    /// The number of lines that give it.
    pub count: u64,
    /// The place of the first line.
    pub provenance: Provenance,
}

/// The options of a question that codes in lines leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeAnswer {
    /// The options that are possible with one of the codes.
    pub options: Vec<OptionId>,
    /// The place of the first line.
    pub provenance: Provenance,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub given: Given,
    /// The source of the answer.
    pub origin: Origin,
}

/// An answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// One of the options.
    Option(OptionId),
    /// "Don't know".
    Unknown,
    /// "None of these".
    NoneOfThese,
}

impl Given {
    /// Returns whether the answer contradicts a path that needs an option.
    pub(super) fn contradicts(self, needed: OptionId) -> bool {
        match self {
            Given::Option(given) => given != needed,
            Given::NoneOfThese => true,
            Given::Unknown => false,
        }
    }

    /// Returns the event that the operator gives this answer.
    pub fn event(self, question: QuestionId) -> Event {
        match self {
            Given::Option(option) => Event::Answered { question, option },
            Given::Unknown => Event::Unknown { question },
            Given::NoneOfThese => Event::NoneOfThese { question },
        }
    }
}

/// The origin of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The operator, who may overrule the evidence.
    Operator {
        /// The answer that the evidence gives.
        overrules: Option<OptionId>,
    },
    /// A line of the evidence.
    Evidence(Provenance),
}

/// The answers by the numbers of their questions.
#[derive(Debug)]
pub(super) struct GivenAnswers {
    given: Vec<Option<Given>>,
    /// The questions of every path that are answered with "none of these".
    none_of_first: Vec<QuestionId>,
}

impl GivenAnswers {
    /// Returns the answer to a question.
    pub(super) fn given(&self, question: QuestionId) -> Option<Given> {
        self.given.get(usize::from(question)).copied().flatten()
    }

    /// Returns whether an answer contradicts a path that needs an option.
    ///
    /// "None of these" at a question of every path would exclude all. The other questions on a path may still find its
    /// card, so only paths without other questions are out.
    pub(super) fn contradicts(&self, path: &Path, question: QuestionId, needed: OptionId) -> bool {
        let is_kept = || path.steps.len() > 1 && self.none_of_first.contains(&question);
        self.given(question).is_some_and(|given| given.contradicts(needed) && !is_kept())
    }

    /// Returns whether the answer to a question contradicts a path.
    pub(super) fn contradicts_path(&self, path: &Path, question: QuestionId) -> bool {
        path.answer(question).is_some_and(|needed| self.contradicts(path, question, needed))
    }
}

impl Known {
    pub(super) fn from_events(tree: &Tree, events: &[Event]) -> Self {
        let mut known = Self::default();
        for (_, event) in event::live(events) {
            match event {
                Event::Answered { question, option } => known.answer(*question, Given::Option(*option)),
                Event::Unknown { question } => known.answer(*question, Given::Unknown),
                Event::NoneOfThese { question } => known.answer(*question, Given::NoneOfThese),
                Event::EvidenceAdded(evidence) => {
                    known.utc_offset = evidence.utc_offset.or(known.utc_offset);
                    known.hits.extend(evidence.hits.iter().filter(|hit| !hit.cards.is_empty()).cloned());
                    evidence.proofs.iter().for_each(|proof| known.add_proof(proof));
                    known.risks.extend(evidence.risks.iter().cloned());
                    known.successes.extend(evidence.successes.iter().cloned());
                    known.unexplained.extend(evidence.unexplained.iter().cloned());
                    known.details.extend(evidence.details.iter().cloned());
                    known.values.extend(evidence.values.iter().cloned());
                }
                Event::StepMarked { card, remedy, outcome } => {
                    if *remedy < tree.card(*card).remedies.len() {
                        known.marked.insert(RemedyRef { card: *card, index: *remedy }, *outcome);
                    }
                }
                Event::ValueGiven(given) => known.give(given),
                Event::Remarked(remark) => known.remarks.push(remark.clone()),
                Event::ShortestFirst(on) => known.shortest_first = *on,
                Event::Followed(_) | Event::Escalated | Event::Retracted { .. } => {}
            }
        }
        known.adopt_evidence();
        known
    }

    fn answer(&mut self, question: QuestionId, given: Given) {
        self.answers.insert(question, Answer { given, origin: Origin::Operator { overrules: None } });
    }

    /// Takes a value over.
    ///
    /// One that a link brought does not replace the operator's.
    fn give(&mut self, given: &GivenValue) {
        let is_carried = |given: &GivenValue| matches!(given.by, GivenBy::Carried { .. });
        let known = self.given_values.get(&given.name);
        if !is_carried(given) || known.is_none_or(is_carried) {
            self.given_values.insert(given.name.clone(), given.clone());
        }
    }

    fn add_proof(&mut self, proof: &event::Proof) {
        if proof.kind == ProofKind::Code {
            let none = || CodeAnswer { options: Vec::new(), provenance: proof.provenance.clone() };
            let left = self.codes.entry(proof.question).or_insert_with(none);
            if !left.options.contains(&proof.option) {
                left.options.push(proof.option);
                left.options.sort_unstable();
            }
            return;
        }
        let testimony = self.testimony.entry(proof.question).or_default();
        match testimony.iter_mut().find(|earlier| earlier.option == proof.option) {
            Some(same) => same.count = same.count.saturating_add(proof.count),
            None => {
                let event::Proof { option, count, provenance, .. } = proof.clone();
                testimony.push(Testimony { option, count, provenance });
            }
        }
    }

    /// Takes over the answers of evidence where they are unambiguous.
    ///
    /// If the evidence gives several answers, the operator decides. If the operator has answered, that stands, and the
    /// difference is kept.
    fn adopt_evidence(&mut self) {
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

    /// Returns the answer to a question.
    pub fn given(&self, question: QuestionId) -> Option<Given> {
        self.answers.get(&question).map(|answer| answer.given)
    }

    /// Returns the options that a code leaves of an open question.
    pub fn left_by_code(&self, question: QuestionId) -> Option<&CodeAnswer> {
        let is_answered = || matches!(self.given(question), Some(Given::Option(_)));
        self.codes.get(&question).filter(|_| !is_answered())
    }

    /// Returns whether an option is possible with the codes that were found.
    pub(super) fn has_code(&self, question: QuestionId, option: OptionId) -> bool {
        self.codes.is_empty() || self.left_by_code(question).is_none_or(|left| left.options.contains(&option))
    }

    /// Returns the answers, ready to be asked for often.
    pub(super) fn given_answers(&self, tree: &Tree) -> GivenAnswers {
        let last = self.answers.keys().next_back().map_or(0, |question| usize::from(*question) + 1);
        let mut given = vec![None; last];
        for (question, answer) in &self.answers {
            if let Some(entry) = given.get_mut(usize::from(*question)) {
                *entry = Some(answer.given);
            }
        }
        let none = self.answers.iter().filter(|(_, answer)| answer.given == Given::NoneOfThese);
        let none_of_first = none.map(|(question, _)| *question).filter(|question| tree.is_on_every_path(*question));
        GivenAnswers { given, none_of_first: none_of_first.collect() }
    }

    /// Returns what came of a step; `None` if it is open.
    pub fn outcome(&self, card: CardId, index: usize) -> Option<StepOutcome> {
        self.marked.get(&RemedyRef { card, index }).copied()
    }

    /// Returns whether a step of a card was marked.
    pub(super) fn has_marked(&self, card: CardId) -> bool {
        self.marked.keys().any(|marked| marked.card == card)
    }

    /// Returns the hits that limit the candidates to their cards.
    pub fn limiting(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(|hit| hit.limits())
    }

    /// Returns the cards to which the hits limit the candidates.
    ///
    /// `None` if no hit limits them. A line that names one card alone also explains the lines that this card shares with
    /// others, so these lines add no other card.
    pub(super) fn owners(&self) -> Option<IdSet<CardId>> {
        self.limiting().next()?;
        let named_by = |hit: &Hit| hit.cards.iter().copied().find(|card| hit.names_alone(*card));
        let named: IdSet<CardId> = self.limiting().filter_map(named_by).collect();
        let owners = self.limiting().flat_map(|hit| {
            let is_explained = hit.cards.iter().any(|card| named.contains(*card));
            hit.cards.iter().copied().filter(|card| !is_explained || named.contains(*card)).collect::<Vec<_>>()
        });
        Some(owners.collect())
    }

    /// Returns the success that rules a card out.
    ///
    /// `None` if a line names the failure of this card alone: then the two contradict each other.
    pub(super) fn disproof(&self, card: CardId) -> Option<&Success> {
        let is_named = || self.hits.iter().any(|hit| hit.names_alone(card));
        self.successes.iter().find(|success| success.card == card).filter(|_| !is_named())
    }

    /// Returns the knowledge without the cards that were only opened.
    pub(super) fn without_opened(&self) -> Cow<'_, Self> {
        if self.hits.iter().all(|hit| hit.kind != HitKind::Opened) {
            return Cow::Borrowed(self);
        }
        let mut next = self.clone();
        next.hits.retain(|hit| hit.kind != HitKind::Opened);
        Cow::Owned(next)
    }

    /// Returns the number of lines that point to a card.
    pub fn lines_for(&self, card: CardId) -> u64 {
        let hits = self.hits.iter().filter(|hit| hit.cards.contains(&card));
        hits.fold(0, |lines, hit| lines.saturating_add(hit.count))
    }

    /// Returns the knowledge with one more answer, for looking ahead.
    pub(super) fn with(&self, question: QuestionId, given: Given) -> Self {
        let mut next = self.clone();
        next.answer(question, given);
        next
    }

    /// Returns the knowledge without anything from evidence.
    pub(super) fn without_evidence(&self) -> Self {
        let mut next = Self { hits: Vec::new(), risks: Vec::new(), successes: Vec::new(), ..self.clone() };
        (next.testimony, next.codes) = (BTreeMap::new(), BTreeMap::new());
        next.answers.retain(|_, answer| !matches!(answer.origin, Origin::Evidence(_)));
        next
    }

    /// Returns the knowledge without one answer.
    pub(super) fn without(&self, question: QuestionId) -> Self {
        let mut next = self.clone();
        next.answers.remove(&question);
        next
    }
}
