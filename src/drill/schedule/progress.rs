//! Derives what a trainee has learned from the answers in the journal.
//!
//! All answers are replayed. The journal contains nothing that is derived from them. A better schedule therefore needs
//! no new file format.

use std::collections::BTreeMap;

use crate::drill::schedule::{Grade, MemoryState};
use crate::tree::{CardId, Tree};

/// The stability in days from which something counts as learned.
///
/// Seven days are one week on call.
const SOLID: f64 = 7.0;

/// An answer given in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The day, counted from 1970-01-01.
    pub day: i64,
    /// The id of the tree.
    pub tree: String,
    /// The id of the right card.
    pub card: String,
    /// The id of the wrong card that was named instead.
    pub confused_with: Option<String>,
    /// The ids of the cards from which the right card was distinguished.
    ///
    /// The right card was named first although these cards were offered beside it or are its look-alikes.
    pub distinguished_from: Vec<String>,
    /// The grade of the answer.
    pub grade: Grade,
}

/// The learning state of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Never asked.
    New,
    /// Asked, but probably forgotten within a week.
    Shaky,
    /// Probably remembered for a week.
    Solid,
}

/// The memory of one tree's cards and confusions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    cards: BTreeMap<CardId, MemoryState>,
    /// The memory of confusions, by right card and named card.
    ///
    /// Confusions are learned separately, because a trainee who knows both cards can still confuse them.
    confusions: BTreeMap<(CardId, CardId), MemoryState>,
}

/// An exercise to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueExercise {
    /// The card to ask for.
    pub card: CardId,
    /// The card to offer beside it, because both were confused before.
    pub beside: Option<CardId>,
}

impl Progress {
    /// Replays answers, which must be in order of time.
    ///
    /// Answers about other trees or unknown cards are ignored.
    pub fn new<'a>(tree: &Tree, answers: impl IntoIterator<Item = &'a Answered>) -> Self {
        let mut progress = Self::default();
        for answered in answers.into_iter().filter(|answered| answered.tree == tree.id) {
            progress.take_in(tree, answered);
        }
        progress
    }

    /// Replays the answers up to a day.
    ///
    /// Answers with a later date are left out until that day. With a wrong clock, they would otherwise hide due cards
    /// for years.
    pub fn on<'a>(tree: &Tree, answers: impl IntoIterator<Item = &'a Answered>, day: i64) -> Self {
        Self::new(tree, answers.into_iter().filter(|answered| answered.day <= day))
    }

    /// Adds one answer to the memory.
    pub fn take_in(&mut self, tree: &Tree, answered: &Answered) {
        let Some(card) = tree.find_card(&answered.card) else { return };
        let &Answered { day, grade, .. } = answered;
        remember(&mut self.cards, card, grade, day);
        if let Some(other) = answered.confused_with.as_deref().and_then(|name| tree.find_card(name))
            && other != card
        {
            remember(&mut self.confusions, (card, other), Grade::Again, day);
        }
        // A confusion is graded only by whether the two cards were distinguished: "good", even with hints or later
        // mistakes. "Easy" stays "easy", and after "I don't know" (`is_unsure`) it is "hard".
        let is_unsure = grade == Grade::Again && answered.confused_with.is_none();
        let told_apart = match grade {
            Grade::Easy => Grade::Easy,
            _ if is_unsure => Grade::Hard,
            _ => Grade::Good,
        };
        for other in answered.distinguished_from.iter().filter_map(|name| tree.find_card(name)) {
            if self.confusions.contains_key(&(card, other)) {
                remember(&mut self.confusions, (card, other), told_apart, day);
            }
        }
    }

    /// Returns the memory of a card; `None` if never asked.
    pub fn card(&self, card: CardId) -> Option<&MemoryState> {
        self.cards.get(&card)
    }

    /// Returns the memory of a confusion.
    ///
    /// `card` is the right card, `confused_with` the card that was named.
    pub fn confusion(&self, card: CardId, confused_with: CardId) -> Option<&MemoryState> {
        self.confusions.get(&(card, confused_with))
    }

    /// Returns the learning state of a card on a day.
    pub fn standing(&self, card: CardId, day: i64) -> Standing {
        match self.cards.get(&card) {
            None => Standing::New,
            Some(memory) if is_solid(memory, day) && !self.is_confused(card, day) => Standing::Solid,
            Some(_) => Standing::Shaky,
        }
    }

    /// Returns the confusions that are not yet learned.
    ///
    /// Each is a pair of the right card and the named card.
    pub fn confusions(&self, day: i64) -> impl Iterator<Item = (CardId, CardId)> {
        self.confusions.iter().filter(move |(_, memory)| !is_solid(memory, day)).map(|(pair, _)| *pair)
    }

    fn is_confused(&self, card: CardId, day: i64) -> bool {
        self.confusions(day).any(|(confused, _)| confused == card)
    }

    /// Returns the exercises due on a day, the most likely forgotten first.
    pub fn due(&self, day: i64) -> Vec<DueExercise> {
        let confusions = self.confusions.iter().map(|((card, other), memory)| (*card, Some(*other), memory));
        let cards = self.cards.iter().map(|(card, memory)| (*card, None, memory));
        let mut due: Vec<_> = confusions.chain(cards).filter(|(.., memory)| memory.due() <= day).collect();
        due.sort_by(|(_, _, one), (_, _, other)| one.chance(day).total_cmp(&other.chance(day)));
        let mut tasks: Vec<DueExercise> = Vec::new();
        for (card, beside, _) in due {
            match tasks.iter_mut().find(|task| task.card == card) {
                Some(known) => known.beside = known.beside.or(beside),
                None => tasks.push(DueExercise { card, beside }),
            }
        }
        tasks
    }

    /// Returns the cards that were never asked, the most likely first.
    pub fn new_cards(&self, tree: &Tree) -> Vec<CardId> {
        let mut new: Vec<_> = tree.diagnoses().filter(|(id, _)| !self.cards.contains_key(id)).collect();
        new.sort_by(|(_, one), (_, other)| other.likelihood.weight().total_cmp(&one.likelihood.weight()));
        new.into_iter().map(|(id, _)| id).collect()
    }

    /// Returns the exercises of a session on a day, at most `most`.
    ///
    /// Due cards come first. New cards are at most half of a session, because cards that were begun need to be
    /// repeated. On the first day all cards are new.
    pub fn session(&self, tree: &Tree, day: i64, most: usize) -> Vec<DueExercise> {
        let mut tasks = self.due(day);
        tasks.truncate(most);
        let new = self.room_for_new(tasks.len(), most);
        tasks.extend(self.new_cards(tree).into_iter().take(new).map(|card| DueExercise { card, beside: None }));
        tasks
    }

    /// Returns the number of new cards in the [`Progress::session`] of a day.
    ///
    /// Needs the number of all cards only, so that a list of trees opens none.
    pub fn count_new(&self, card_count: usize, day: i64, most: usize) -> usize {
        let due = self.due(day).len().min(most);
        self.room_for_new(due, most).min(card_count.saturating_sub(self.cards.len()))
    }

    fn room_for_new(&self, due: usize, most: usize) -> usize {
        let room = most - due;
        if self.cards.is_empty() { room } else { room.min(most.div_ceil(2)) }
    }
}

/// Returns the number of answers after a day, and their last day.
///
/// `None` if no answer has a later day.
pub fn dated_after<'a>(answers: impl IntoIterator<Item = &'a Answered>, day: i64) -> Option<(usize, i64)> {
    let later: Vec<i64> = answers.into_iter().map(|answered| answered.day).filter(|dated| *dated > day).collect();
    Some((later.len(), *later.iter().max()?))
}

fn remember<K: Ord>(memories: &mut BTreeMap<K, MemoryState>, key: K, grade: Grade, day: i64) {
    let next = |memory: MemoryState| memory.after(grade, day);
    memories.entry(key).and_modify(|memory| *memory = next(*memory)).or_insert_with(|| MemoryState::first(grade, day));
}

fn is_solid(memory: &MemoryState, day: i64) -> bool {
    memory.stability >= SOLID && memory.due() > day
}
