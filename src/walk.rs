//! One troubleshooting run: a tree and the list of events so far.
//!
//! Knowledge, possible cards and the next question are derived from the events by replay, so that going back, editing
//! an earlier answer, resuming and reporting are one mechanism. Pure: no terminal, no files, no clock. Nothing here can
//! fail.

mod alive_paths;
mod candidates;
mod choose;
mod comparison;
mod contradiction;
mod event;
mod explore;
mod finding_out;
mod known;
mod log;
mod position;
mod remedy;
mod set;
mod shortlist;
mod verdict;

use std::sync::{Arc, OnceLock};

pub use candidates::Candidate;
pub use comparison::{ChangingStep, Compared, Comparison, Sighting, Sightings, add_sightings};
pub use contradiction::{Claim, Contradiction};
pub use event::{Detail, Event, Evidence, EvidenceSource, FollowedLink, FoundValue, GivenBy, GivenValue};
pub use event::{Hit, HitKind, LeftWalk};
pub use event::{Proof, ProofKind, Provenance, Risk, StepOutcome, Success, Unexplained};
pub use explore::{Exploration, explore};
pub use known::{Answer, CodeAnswer, Given, Known, Origin, Testimony};
pub use log::WalkLog;
pub use position::{Conflict, Culprit, Discriminator, Position, Shortlist, ShortlistGroup, Step};
pub use remedy::{Ranked, remedies};
pub use verdict::{Confirmation, RuledOutBy, Verdict, Verdicts};

use crate::tree::{CardId, OptionId, QuestionId, Tree};
use comparison::Changes;

/// A tree and the events so far, with what follows from them.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The place of the walk in the journal of cases.
    pub log: WalkLog,
    tree: Arc<Tree>,
    events: Vec<Event>,
    known: Known,
    position: Position,
    /// The verdicts, once someone asks for them.
    verdicts: OnceLock<Verdicts>,
    /// The contradictions, likewise.
    contradictions: OnceLock<Vec<Contradiction>>,
}

impl Walk {
    /// Starts a walk without events.
    pub fn new(tree: Arc<Tree>) -> Self {
        Self::replay(tree, Vec::new())
    }

    /// Makes the walk with these events.
    ///
    /// Every list of events is a walk: an event without meaning, for example the retraction of an event that never
    /// happened, changes nothing.
    pub fn replay(tree: Arc<Tree>, events: Vec<Event>) -> Self {
        let known = Known::from_events(&tree, &events);
        let position = Position::of(&tree, &known);
        let (verdicts, contradictions) = (OnceLock::new(), OnceLock::new());
        Self { log: WalkLog::default(), tree, events, known, position, verdicts, contradictions }
    }

    /// Returns the tree that is walked.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// Returns all events, also the retracted ones.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns the present knowledge.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Returns the present position.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Adds an event.
    pub fn push(&mut self, event: Event) {
        self.events.push(event);
        self.known = Known::from_events(&self.tree, &self.events);
        self.position = Position::of(&self.tree, &self.known);
        (self.verdicts, self.contradictions) = (OnceLock::new(), OnceLock::new());
    }

    /// Returns what may be claimed about the cards.
    pub fn verdicts(&self) -> &Verdicts {
        self.verdicts.get_or_init(|| Verdicts::of(&self.tree, &self.known))
    }

    /// Returns whether the operator escalated the case last.
    ///
    /// Values and remarks only complete what is handed over.
    pub fn is_escalated(&self) -> bool {
        let completes = |event: &Event| matches!(event, Event::ValueGiven(_) | Event::Remarked(_));
        let last = self.live_events().rev().find(|(_, event)| !completes(event));
        last.is_some_and(|(_, event)| *event == Event::Escalated)
    }

    /// Returns the step that may have changed what was seen before.
    ///
    /// It is the last one that changes something and was done. `None` if nothing was seen before it.
    pub fn last_change(&self) -> Option<ChangingStep> {
        self.changes().last()
    }

    /// Returns the last change if no evidence is later than it.
    pub fn unchecked_change(&self) -> Option<ChangingStep> {
        self.changes().unchecked()
    }

    /// Compares the evidence after the last change with that before it.
    ///
    /// `None` until evidence was read on both sides.
    pub fn comparison(&self) -> Option<Comparison> {
        self.changes().comparison(&self.tree)
    }

    fn changes(&self) -> Changes<'_> {
        Changes::of(&self.tree, self.live_events())
    }

    /// Returns whether a card was opened, and nothing else points to it.
    pub fn is_opened(&self, card: CardId) -> bool {
        let mut hits = self.known.hits.iter().filter(|hit| hit.cards.contains(&card)).peekable();
        hits.peek().is_some() && hits.all(|hit| hit.kind == HitKind::Opened)
    }

    /// Returns all contradictions, also those that leave candidates.
    pub fn contradictions(&self) -> &[Contradiction] {
        let find = || contradiction::contradictions(&self.tree, &self.events, &self.known, self.verdicts());
        self.contradictions.get_or_init(find)
    }

    /// Answers a question, also one that has an answer.
    pub fn answer(&mut self, question: QuestionId, given: Given) {
        self.push(given.event(question));
    }

    /// Retracts the event that leads one step back.
    ///
    /// Returns false if there is none.
    pub fn back(&mut self) -> bool {
        let last = self.last_step().map(|(at, _)| at);
        if let Some(event) = last {
            self.push(Event::Retracted { event });
        }
        last.is_some()
    }

    /// Returns the live event that led here, with its position.
    ///
    /// Marks, values and remarks are work on a case, and no way to a card. A mark counts if it led on, as the last
    /// step of a card that did not help does.
    pub fn last_step(&self) -> Option<(usize, &Event)> {
        self.live_events().rev().find(|(at, event)| match event {
            Event::StepMarked { .. } => self.position_without(*at).step != self.position.step,
            Event::ValueGiven(_) | Event::Remarked(_) | Event::Escalated => false,
            _ => true,
        })
    }

    /// Returns the position that the walk has without an event.
    fn position_without(&self, event: usize) -> Position {
        let mut events = self.events.clone();
        events.push(Event::Retracted { event });
        position_after(&self.tree, &events)
    }

    /// Returns the live events with their positions in the list.
    pub fn live_events(&self) -> impl DoubleEndedIterator<Item = (usize, &Event)> {
        event::live(&self.events)
    }

    /// Returns the walk with one more answer.
    pub fn with(&self, question: QuestionId, option: OptionId) -> Self {
        let mut next = self.clone();
        next.push(Event::Answered { question, option });
        next
    }

    /// Retracts all live events that fit a condition.
    pub fn retract(&mut self, is_one: impl Fn(&Event) -> bool) {
        let found: Vec<usize> = self.live_events().filter(|(_, event)| is_one(event)).map(|(at, _)| at).collect();
        for event in found {
            self.push(Event::Retracted { event });
        }
    }

    /// Returns the steps of a card in order, with outcomes.
    pub fn remedies(&self, card: CardId) -> Vec<Ranked> {
        remedies(self.tree.card(card), |remedy| self.known.outcome(card, remedy))
    }
}

/// Returns the position after some events, with 0 remaining questions.
///
/// The estimate of them looks at many states, and a proof needs only the step.
pub fn position_after(tree: &Tree, events: &[Event]) -> Position {
    Position::without_estimate(tree, &Known::from_events(tree, events))
}

/// Returns what may be claimed about the cards after some events.
pub fn verdicts_after(tree: &Tree, events: &[Event]) -> Verdicts {
    Verdicts::of(tree, &Known::from_events(tree, events))
}

/// Returns the steps of a card of any tree.
///
/// They have outcomes if the walk is one of that tree.
pub fn remedies_for(walk: Option<&Walk>, tree: &Tree, card: CardId) -> Vec<Ranked> {
    match walk.filter(|walk| walk.tree().id == tree.id) {
        Some(walk) => walk.remedies(card),
        None => remedies(tree.card(card), |_| None),
    }
}
