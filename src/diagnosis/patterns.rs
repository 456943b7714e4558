//! The patterns of all trees, and what a line that may carry some of them reveals.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::tally::Tally;
use crate::recognize::{Compiled, Line, Recognizer};
use crate::tree::pattern::Pattern;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// So many sets of signatures are remembered with the most specific among them. A line carries few of them at a time,
/// and logs repeat themselves.
const REMEMBERED: usize = 4096;

/// What a pattern tells.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// A card, by its signature at a position.
    Signature(CardId, usize),
    /// An answer.
    Answer(QuestionId, OptionId),
    /// What can lead to a card, at a position.
    Risk(CardId, usize),
    /// That the line is no trouble.
    Harmless,
}

/// A pattern, of which tree it is, and what it tells.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) tree: usize,
    pub(super) role: Role,
    pub(super) compiled: Compiled,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) path: &'p str,
    pub(super) line: usize,
}

/// The patterns of all trees.
#[derive(Debug)]
pub(super) struct Patterns {
    recognizers: Vec<Recognizer>,
    all: Vec<Known>,
    /// Of sets of signatures, by tree: the most specific.
    specific: RwLock<HashMap<(usize, Found), Arc<Found>>>,
}

/// Signatures by card and position in the card.
type Found = Vec<(CardId, usize)>;

impl Patterns {
    pub(super) fn new(trees: &[Arc<Tree>]) -> Self {
        let recognizers: Vec<_> = trees.iter().map(|tree| Recognizer::new(Arc::clone(tree))).collect();
        let mut all = Vec::new();
        for (at, tree) in trees.iter().enumerate() {
            each(tree, &mut |role, pattern| {
                all.push(Known { tree: at, role, compiled: Compiled::new(pattern) });
            });
        }
        Self { recognizers, all, specific: RwLock::default() }
    }

    pub(super) fn recognizers(&self) -> &[Recognizer] {
        &self.recognizers
    }

    /// The tree at a position.
    pub(super) fn tree(&self, at: usize) -> Option<&Arc<Tree>> {
        self.recognizers.get(at).map(Recognizer::tree)
    }

    /// Every pattern by its number.
    pub(super) fn all(&self) -> &[Known] {
        &self.all
    }

    /// Counts what a line reveals, of which only patterns with some numbers, in order, are in question. Returns whether
    /// it is accounted for: it points to a card, or a tree says that it is no trouble.
    pub(super) fn look(
        &self,
        line: &Line,
        numbers: impl IntoIterator<Item = usize>,
        place: Place<'_>,
        tally: &mut Tally,
    ) -> bool {
        let mut is_accounted_for = false;
        let mut found: Vec<(usize, CardId, usize, &Compiled)> = Vec::new();
        let mut proven: Vec<(usize, QuestionId, OptionId)> = Vec::new();
        for number in numbers {
            let Some(Known { tree, role, compiled }) = self.all.get(number) else { continue };
            match *role {
                // What proves an answer twice proves it once.
                Role::Answer(question, option) if proven.contains(&(*tree, question, option)) => {}
                Role::Harmless if is_accounted_for => {}
                _ if !compiled.matches(line) => {}
                Role::Signature(card, at) => found.push((*tree, card, at, compiled)),
                Role::Answer(question, option) => proven.push((*tree, question, option)),
                Role::Risk(card, at) => tally.risk(*tree, card, at, line.text(), place),
                Role::Harmless => is_accounted_for = true,
            }
        }
        for (tree, question, option) in proven {
            tally.answer(tree, question, option, line.text(), place);
        }
        let mut rest = found.as_slice();
        while let Some((tree, ..)) = rest.first() {
            let (same, others) = rest.split_at(rest.iter().take_while(|(other, ..)| other == tree).count());
            self.hit(*tree, same, line, place, tally);
            (rest, is_accounted_for) = (others, true);
        }
        is_accounted_for
    }

    /// Counts the most specific of the signatures of one tree that a line carries.
    fn hit(
        &self,
        tree: usize,
        found: &[(usize, CardId, usize, &Compiled)],
        line: &Line,
        place: Place<'_>,
        tally: &mut Tally,
    ) {
        let signatures: Found = found.iter().map(|(_, card, at, _)| (*card, *at)).collect();
        let specific = match signatures.as_slice() {
            [_] => Arc::new(signatures),
            _ => self.most_specific(tree, signatures),
        };
        let mut cards = Vec::new();
        let mut captures: Vec<(String, String)> = Vec::new();
        for (_, card, _, compiled) in found.iter().filter(|(_, card, at, _)| specific.contains(&(*card, *at))) {
            if !cards.contains(card) {
                cards.push(*card);
            }
            for (name, value) in compiled.captures(line).unwrap_or_default() {
                if !captures.iter().any(|(known, _)| *known == name) {
                    captures.push((name, value));
                }
            }
        }
        tally.hit(tree, cards, &specific, captures, line.text(), place);
    }

    fn most_specific(&self, tree: usize, found: Found) -> Arc<Found> {
        let key = (tree, found);
        if let Ok(known) = self.specific.read()
            && let Some(specific) = known.get(&key)
        {
            return Arc::clone(specific);
        }
        let narrowed = self.recognizers.get(tree).map(|recognizer| recognizer.most_specific(&key.1));
        let specific = Arc::new(narrowed.unwrap_or_default());
        if let Ok(mut known) = self.specific.write()
            && known.len() < REMEMBERED
        {
            known.insert(key, Arc::clone(&specific));
        }
        specific
    }

    /// How broad cards of one tree are beside each other, given the signatures that were found of them: 0 for those that
    /// none of the others is narrower than, 1 for those that only such are narrower than, and so on.
    pub(super) fn breadth(&self, tree: usize, found: Found) -> HashMap<CardId, usize> {
        let mut breadth = HashMap::new();
        let mut rest = found;
        while !rest.is_empty() {
            let narrow = self.most_specific(tree, rest.clone());
            // Cards that are broader than each other in a circle are of the same breadth.
            let narrow = if narrow.is_empty() { Arc::new(rest.clone()) } else { narrow };
            let round = breadth.values().max().map_or(0, |last: &usize| last + 1);
            breadth.extend(narrow.iter().map(|(card, _)| (*card, round)));
            rest.retain(|signature| !narrow.contains(signature));
        }
        breadth
    }
}

/// Calls something with every pattern of a tree that can stand in a line.
fn each(tree: &Tree, take: &mut dyn FnMut(Role, &Pattern)) {
    for (id, card) in tree.cards() {
        for (at, signature) in card.signatures.iter().enumerate() {
            take(Role::Signature(id, at), &signature.pattern);
        }
    }
    for (question, _) in tree.questions() {
        for (option, choice) in tree.options(question) {
            choice.patterns.iter().for_each(|pattern| take(Role::Answer(question, option), pattern));
        }
    }
    for (id, card) in tree.cards() {
        for (at, risk) in card.risks.iter().enumerate() {
            take(Role::Risk(id, at), &risk.pattern);
        }
    }
    tree.harmless.iter().for_each(|pattern| take(Role::Harmless, pattern));
}
