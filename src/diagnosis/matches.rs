//! Matches a line against patterns, and counts the matches.

use std::sync::Arc;

use super::patterns::{CompiledPattern, LinePlace, PatternRole, Patterns};
use super::tally::Tally;
use crate::recognize::{Captures, Line, StateChange};
use crate::text::CleanText;
use crate::tree::model::Signature;
use crate::tree::{CardId, OptionId, QuestionId, SignatureId};
use crate::walk::Provenance;

/// The matches of one line.
#[derive(Debug, Default)]
struct LineMatches {
    /// Risks: tree, card, and position in the card.
    risks: Vec<(usize, CardId, usize)>,
    /// Proven answers with their trees.
    proven: Vec<(usize, QuestionId, OptionId)>,
    /// Trees that may find a place in the line as document.
    documents: Vec<usize>,
    /// The signatures, one entry for each tree.
    hits: Vec<TreeMatches>,
}

/// The signatures of one tree that match a line.
#[derive(Debug)]
struct TreeMatches {
    tree: usize,
    /// The most specific signatures, and their cards.
    cards: Vec<CardId>,
    specific: Arc<Vec<SignatureId>>,
    captures: Captures,
    state_changes: Vec<StateChange>,
    /// Cards that only several lines together can point to.
    undecided: Vec<CardId>,
    decoded: Captures,
}

/// A signature that matches a line, with its tree.
struct Carried {
    tree: usize,
    id: SignatureId,
    captures: Captures,
}

impl LineMatches {
    /// Counts the matches.
    ///
    /// Returns whether they point to a card.
    fn count(&self, text: &str, place: LinePlace<'_>, tally: &mut Tally) -> bool {
        for (tree, card, at) in &self.risks {
            tally.risk(*tree, *card, *at, text, place);
        }
        for (tree, question, option) in &self.proven {
            tally.answer(*tree, *question, *option, text, place);
        }
        for hit in &self.hits {
            hit.count(text, place, tally);
        }
        !self.hits.is_empty()
    }
}

impl TreeMatches {
    fn count(&self, text: &str, place: LinePlace<'_>, tally: &mut Tally) {
        tally.state_changes(self.tree, &self.state_changes);
        for card in &self.cards {
            if tally.wants_decoded(self.tree, *card) {
                tally.decoded(self.tree, *card, &self.decoded);
            }
        }
        for card in &self.undecided {
            tally.undecided(self.tree, *card);
        }
        tally.hit(self.tree, &self.cards, &self.specific, &self.captures, text, place);
    }
}

impl Patterns {
    /// Matches a line against some patterns and counts the matches.
    ///
    /// `numbers` ascend. Returns whether the line points to a card.
    pub(super) fn look(
        &self,
        line: &Line,
        numbers: impl IntoIterator<Item = usize>,
        place: LinePlace<'_>,
        tally: &mut Tally,
    ) -> bool {
        let matches = self.matches_of(line, numbers);
        let mut points_to_a_card = false;
        for tree in &matches.documents {
            let Some(recognizer) = self.recognizers().get(*tree) else { continue };
            let provenance =
                Provenance { source: place.source.clone(), line: place.number(), text: String::new().into() };
            points_to_a_card |= tally.evidence(*tree, recognizer.places_in(line, &provenance), place);
        }
        matches.count(line.text(), place, tally) || points_to_a_card
    }

    /// Matches a line against the patterns with some numbers, in ascending order.
    fn matches_of(&self, line: &Line, numbers: impl IntoIterator<Item = usize>) -> LineMatches {
        let mut matches = LineMatches::default();
        let mut found: Vec<Carried> = Vec::new();
        for number in numbers {
            let Some(CompiledPattern { tree, role, compiled, .. }) = self.all().get(number) else { continue };
            match *role {
                // An answer counts once for each line.
                PatternRole::Answer(question, option) if matches.proven.contains(&(*tree, question, option)) => {}
                PatternRole::Signature(id) => {
                    if let Some(captures) = compiled.captures(line) {
                        found.push(Carried { tree: *tree, id, captures });
                    }
                }
                PatternRole::Place if matches.documents.contains(tree) || !compiled.may_be_in(line) => {}
                PatternRole::Place => matches.documents.push(*tree),
                _ if !compiled.matches(line) => {}
                PatternRole::Answer(question, option) => matches.proven.push((*tree, question, option)),
                PatternRole::Risk(card, at) => matches.risks.push((*tree, card, at)),
            }
        }
        for same in found.chunk_by(|one, other| one.tree == other.tree) {
            matches.hits.extend(self.hit(same, line));
        }
        matches
    }

    /// Narrows the signatures of one tree to the most specific ones.
    fn hit(&self, found: &[Carried], line: &Line) -> Option<TreeMatches> {
        let tree = found.first()?.tree;
        let recognizer = self.recognizers().get(tree)?;
        let signatures: Vec<_> = found.iter().map(|it| it.id).collect();
        let specific = match signatures.as_slice() {
            [_] => Arc::new(signatures),
            _ => self.most_specific(tree, signatures),
        };
        let needs_turns = |id: SignatureId| recognizer.tree().signature(id).is_some_and(Signature::needs_turns);
        let takes_turns = found.iter().any(|it| needs_turns(it.id));
        let state_changes = if takes_turns { recognizer.state_changes(line) } else { Vec::new() };
        let mut cards = Vec::new();
        let mut captures: Captures = Vec::new();
        let mut add = |name: &CleanText, value: &CleanText| {
            if !captures.iter().any(|(known, _)| known == name) {
                captures.push((name.clone(), value.clone()));
            }
        };
        for Carried { id, captures: own, .. } in found.iter().filter(|it| specific.contains(&it.id)) {
            if !cards.contains(&id.card) {
                cards.push(id.card);
            }
            own.iter().for_each(|(name, value)| add(name, value));
        }
        recognizer.filled(line).iter().for_each(|(name, value)| add(name, value));
        let is_undecided = |card: &CardId| {
            let mut own = specific.iter().filter(|id| id.card == *card);
            own.all(|id| needs_turns(*id))
        };
        let undecided = cards.iter().copied().filter(is_undecided).collect();
        Some(TreeMatches {
            tree,
            cards,
            specific,
            captures,
            state_changes,
            undecided,
            decoded: recognizer.decoded(line),
        })
    }
}
