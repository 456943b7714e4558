//! One troubleshooting run: a tree and the list of what has happened so far.
//!
//! A walk *is* its list of events. What is known, which cards are still possible, what to ask next: all of it is
//! derived by replay, so that going back, editing an earlier answer, resuming and reporting are one mechanism.
//! Pure: no terminal, no files, no clock. Nothing here can fail.

mod candidates;
mod choose;
mod event;
mod explore;
mod finding_out;
mod known;
mod position;
mod remedy;
mod set;

use std::sync::Arc;

pub use candidates::Candidate;
pub use event::{Detail, Event, Evidence, Hit, Proof, Provenance, Risk, Unexplained};
pub use explore::{Exploration, explore};
pub use known::{Answer, Given, Known, Origin, Testimony};
pub use position::{Conflict, Culprit, Discriminator, Position, Step};
pub use remedy::{Ranked, is_solution, remedies};

use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// A tree and the events so far, with what follows from them.
#[derive(Clone, Debug)]
pub struct Walk {
    tree: Arc<Tree>,
    events: Vec<Event>,
    known: Known,
    position: Position,
}

impl Walk {
    /// A walk in which nothing has happened yet.
    pub fn new(tree: Arc<Tree>) -> Self {
        Self::replay(tree, Vec::new())
    }

    /// The walk in which these events have happened. Every list of events is a walk: what makes no sense, such as
    /// taking back something that never happened, changes nothing.
    pub fn replay(tree: Arc<Tree>, events: Vec<Event>) -> Self {
        let known = Known::from_events(&tree, &events);
        let position = Position::of(&tree, &known);
        Self { tree, events, known, position }
    }

    /// The tree that is walked.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// Everything that has happened, also what was taken back.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What is known by now.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Where the walk stands by now.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Lets something happen.
    pub fn push(&mut self, event: Event) {
        self.events.push(event);
        self.known = Known::from_events(&self.tree, &self.events);
        self.position = Position::of(&self.tree, &self.known);
    }

    /// Gives a question its answer, or another answer than before.
    pub fn answer(&mut self, question: QuestionId, given: Given) {
        self.push(match given {
            Given::Option(option) => Event::Answered { question, option },
            Given::Unknown => Event::Unknown { question },
            Given::NoneOfThese => Event::NoneOfThese { question },
        });
    }

    /// Takes back the last thing that still counts. False if there is none.
    pub fn back(&mut self) -> bool {
        let last = event::live(&self.events).last().map(|(at, _)| at);
        if let Some(event) = last {
            self.push(Event::Retracted { event });
        }
        last.is_some()
    }

    /// The events that still count, with their places in the list.
    pub fn live_events(&self) -> impl DoubleEndedIterator<Item = (usize, &Event)> {
        event::live(&self.events)
    }

    /// The walk as it would be with one more answer.
    pub fn with(&self, question: QuestionId, option: OptionId) -> Self {
        let mut next = self.clone();
        next.push(Event::Answered { question, option });
        next
    }

    /// Takes back every event that still counts and is one of these.
    pub fn retract(&mut self, is_one: impl Fn(&Event) -> bool) {
        let found: Vec<usize> = self.live_events().filter(|(_, event)| is_one(event)).map(|(at, _)| at).collect();
        for event in found {
            self.push(Event::Retracted { event });
        }
    }

    /// The remedies of a card, the next to try first.
    pub fn remedies(&self, card: CardId) -> Vec<Ranked> {
        remedies(self.tree.card(card), |remedy| self.known.tried.get(&(card, remedy)).copied())
    }
}

/// The remedies of a card of any tree: in the order of the walk if the walk is of that tree.
pub fn remedies_for(walk: Option<&Walk>, tree: &Tree, card: CardId) -> Vec<Ranked> {
    match walk.filter(|walk| walk.tree().id == tree.id) {
        Some(walk) => walk.remedies(card),
        None => remedies(tree.card(card), |_| None),
    }
}
