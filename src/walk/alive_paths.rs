//! Holds the paths without contradiction, and looks one answer ahead.
//!
//! Paths that do not ask a question are the same for all its answers, so only those that ask it are looked at one by
//! one. A tree of 700 cards has some thousand paths, and most questions are asked by a few.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::set::IdSet;
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId};

/// A path that agrees with all knowledge.
#[derive(Clone, Debug)]
pub(super) struct AlivePath<'t> {
    pub path: &'t Path,
    /// The cards at the end that are still possible.
    pub cards: Cow<'t, [CardId]>,
    /// The questions on the path that are answered: the path explains them.
    pub explains: IdSet<QuestionId>,
}

/// The paths without contradiction.
#[derive(Clone, Debug)]
pub(super) struct AlivePaths<'t> {
    /// The paths that explain the knowledge best, in the author's order.
    pub best: Vec<AlivePath<'t>>,
    /// Paths that explain fewer answers than one of `best`.
    ///
    /// An answer that excludes the better path brings them back.
    dominated: Vec<AlivePath<'t>>,
    /// All paths by the questions that they ask.
    ///
    /// Sorted when it is first needed: a walk that has ended asks nothing.
    look_ahead: OnceCell<LookAhead>,
}

/// Paths by the questions that they ask.
#[derive(Clone, Debug, Default)]
struct LookAhead {
    kinds: Vec<PathKind>,
    /// The paths that ask a question, by its number.
    askers: Vec<Vec<Asker>>,
}

/// The paths that explain the same answers.
#[derive(Clone, Debug)]
struct PathKind {
    explains: IdSet<QuestionId>,
    /// Whether they explain the knowledge best.
    is_best: bool,
    paths: usize,
    cards: IdSet<CardId>,
    /// The number of paths to a card, by its number.
    paths_to: Vec<u32>,
}

/// A path that asks a question.
#[derive(Clone, Copy, Debug)]
struct Asker {
    /// The answer that it needs.
    option: OptionId,
    /// The position of its kind.
    kind: usize,
    /// The position among all paths.
    path: usize,
}

/// Paths of one kind that agree with an answer.
struct PathGroup<'a> {
    kind: &'a PathKind,
    /// Whether they ask the question, and thus explain the answer.
    asks: bool,
    cards: IdSet<CardId>,
}

impl PathGroup<'_> {
    /// Returns whether these paths explain as much as the others.
    fn covers(&self, other: &Self) -> bool {
        other.kind.explains.is_subset_of(&self.kind.explains) && (self.asks || !other.asks)
    }
}

impl LookAhead {
    /// Sorts paths by kinds and questions.
    fn of(best: &[AlivePath<'_>], dominated: &[AlivePath<'_>]) -> Self {
        let mut all = Self::default();
        for (path, alive_path) in best.iter().chain(dominated).enumerate() {
            let kind = all.add_to_kind(alive_path, path < best.len());
            for (question, option) in &alive_path.path.steps {
                let number = usize::from(*question);
                if all.askers.len() <= number {
                    all.askers.resize(number + 1, Vec::new());
                }
                if let Some(askers) = all.askers.get_mut(number) {
                    askers.push(Asker { option: *option, kind, path });
                }
            }
        }
        all
    }

    /// Counts a path, and returns the position of its kind.
    fn add_to_kind(&mut self, alive: &AlivePath<'_>, is_best: bool) -> usize {
        let known = self.kinds.iter().position(|kind| kind.explains.same_as(&alive.explains));
        let at = known.unwrap_or_else(|| {
            let (explains, cards) = (alive.explains.clone(), IdSet::default());
            self.kinds.push(PathKind { explains, is_best, paths: 0, cards, paths_to: Vec::new() });
            self.kinds.len() - 1
        });
        if let Some(kind) = self.kinds.get_mut(at) {
            kind.paths += 1;
            for card in alive.cards.iter() {
                kind.cards.insert(*card);
                count(&mut kind.paths_to, *card);
            }
        }
        at
    }

    fn askers(&self, question: QuestionId) -> &[Asker] {
        self.askers.get(usize::from(question)).map(Vec::as_slice).unwrap_or_default()
    }
}

impl<'t> AlivePaths<'t> {
    /// Makes the paths of a position.
    pub(super) fn new(best: Vec<AlivePath<'t>>, dominated: Vec<AlivePath<'t>>) -> Self {
        Self { best, dominated, look_ahead: OnceCell::new() }
    }

    fn look_ahead(&self) -> &LookAhead {
        self.look_ahead.get_or_init(|| LookAhead::of(&self.best, &self.dominated))
    }

    fn cards_of(&self, asker: &Asker) -> &[CardId] {
        let found = self.best.get(asker.path).or_else(|| self.dominated.get(asker.path - self.best.len()));
        found.map(|alive| &*alive.cards).unwrap_or_default()
    }

    /// Returns the paths that explain the knowledge best and ask a question.
    ///
    /// Each is the answer that it needs, and its cards.
    pub(super) fn best_askers(&self, question: QuestionId) -> impl Iterator<Item = (OptionId, &[CardId])> {
        let best = self.look_ahead().askers(question).iter().filter(|asker| asker.path < self.best.len());
        best.map(|asker| (asker.option, self.cards_of(asker)))
    }

    /// Returns the number of best paths to a card.
    pub(super) fn best_paths_to(&self, card: CardId) -> f64 {
        let best = self.look_ahead().kinds.iter().filter(|kind| kind.is_best);
        best.filter_map(|kind| kind.paths_to.get(usize::from(card))).map(|paths| f64::from(*paths)).sum()
    }

    /// Returns the cards that would remain after an answer.
    pub(super) fn after(&self, question: QuestionId, option: OptionId) -> IdSet<CardId> {
        if self.best_askers(question).count() == self.best.len()
            && !self.best_askers(question).any(|(needed, _)| needed == option)
        {
            // The answer would contradict every path that explains the knowledge best, so it is no reason to ask.
            return IdSet::default();
        }
        let askers = self.look_ahead().askers(question);
        // The paths that do not ask are the same for all answers, so they are counted, not looked at.
        let mut groups: Vec<PathGroup<'_>> = Vec::new();
        for (at, kind) in self.look_ahead().kinds.iter().enumerate() {
            let own = || askers.iter().filter(|asker| asker.kind == at);
            if own().count() < kind.paths {
                let asking = own().flat_map(|asker| self.cards_of(asker));
                groups.push(PathGroup { kind, asks: false, cards: kind.cards_without(asking) });
            }
            let agreeing = || own().filter(|asker| asker.option == option);
            if agreeing().next().is_some() {
                let cards = agreeing().flat_map(|asker| self.cards_of(asker).iter().copied()).collect();
                groups.push(PathGroup { kind, asks: true, cards });
            }
        }
        let is_dominated =
            |group: &PathGroup<'_>| groups.iter().any(|other| other.covers(group) && !group.covers(other));
        let mut left = IdSet::default();
        groups.iter().filter(|group| !is_dominated(group)).for_each(|group| left.insert_all(&group.cards));
        left
    }
}

impl PathKind {
    /// Returns the cards of all paths but some.
    ///
    /// `taken` are the cards of those paths.
    fn cards_without<'a>(&self, taken: impl Iterator<Item = &'a CardId>) -> IdSet<CardId> {
        let mut taken_paths_to = Vec::new();
        let mut cards = self.cards.clone();
        for card in taken {
            if count(&mut taken_paths_to, *card) == self.paths_to.get(usize::from(*card)).copied() {
                cards.remove(*card);
            }
        }
        cards
    }
}

/// Counts a path to a card, and returns their number.
fn count(paths_to: &mut Vec<u32>, card: CardId) -> Option<u32> {
    let at = usize::from(card);
    if paths_to.len() <= at {
        paths_to.resize(at + 1, 0);
    }
    let paths = paths_to.get_mut(at)?;
    *paths += 1;
    Some(*paths)
}
