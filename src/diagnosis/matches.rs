//! Matches a line against patterns, and counts the matches.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::patterns::{CompiledPattern, LinePlace, PatternRole, Patterns};
use super::tally::Tally;
use crate::recognize::{BorrowedCaptures, Line};
use crate::text::CleanText;
use crate::tree::model::Signature;
use crate::tree::{CardId, OptionId, QuestionId, SignatureId};
use crate::walk::{HitKind, ProofKind, Provenance};

/// A signature that matches a line, with its tree.
struct MatchedSignature<'a> {
    tree: usize,
    id: SignatureId,
    captures: BorrowedCaptures<'a>,
}

impl Patterns {
    /// Matches a line against some patterns and counts the matches.
    ///
    /// `numbers` ascend. Returns whether the line points to a card, or answers a question of its own system.
    pub(super) fn count_matches(
        &self,
        line: &Line,
        numbers: impl IntoIterator<Item = usize>,
        place: LinePlace<'_>,
        tally: &mut Tally,
    ) -> bool {
        let mut documents: Vec<usize> = Vec::new();
        let mut risks: Vec<(usize, CardId, usize)> = Vec::new();
        let mut successes: BTreeSet<(usize, CardId)> = BTreeSet::new();
        let mut answers: Vec<(usize, QuestionId, OptionId)> = Vec::new();
        let mut codes: Vec<(usize, QuestionId, OptionId)> = Vec::new();
        let mut signatures: Vec<MatchedSignature<'_>> = Vec::new();
        let mut values: Vec<(usize, &CleanText, Cow<'_, str>)> = Vec::new();
        let mut writers = BTreeSet::new();
        for number in numbers {
            let Some(CompiledPattern { tree, role, compiled, .. }) = self.all().get(number) else { continue };
            let tree = *tree;
            match *role {
                // An answer counts once for each line.
                PatternRole::Answer(question, option) if answers.contains(&(tree, question, option)) => {}
                PatternRole::Signature(id) => {
                    if let Some(captures) = compiled.borrowed_captures(line) {
                        writers.extend(compiled.tells_writer().then_some(tree));
                        signatures.push(MatchedSignature { tree, id, captures });
                    }
                }
                PatternRole::Mention(at) => {
                    let Some(recognizer) = self.recognizers().get(tree) else { continue };
                    for (name, value) in recognizer.values_of(at, compiled, line) {
                        if !values.iter().any(|(of, known, _)| (*of, *known) == (tree, name)) {
                            values.push((tree, name, value));
                        }
                    }
                }
                PatternRole::Place if documents.contains(&tree) || !compiled.may_be_in(line) => {}
                PatternRole::Place => documents.push(tree),
                _ if !compiled.matches(line) => {}
                PatternRole::Answer(question, option) => {
                    writers.extend(compiled.tells_writer().then_some(tree));
                    answers.push((tree, question, option));
                }
                PatternRole::Code(question) => {
                    let Some(recognizer) = self.recognizers().get(tree) else { continue };
                    for option in recognizer.options_with_code(question, compiled, line) {
                        if !codes.contains(&(tree, question, option)) {
                            codes.push((tree, question, option));
                        }
                    }
                }
                PatternRole::Risk(card, at) => {
                    writers.extend(compiled.tells_writer().then_some(tree));
                    risks.push((tree, card, at));
                }
                PatternRole::Success(card) => {
                    successes.insert((tree, card));
                }
            }
        }
        let found = signatures.iter().map(|it| it.tree).chain(documents.iter().copied());
        let found = found.chain(answers.iter().chain(&codes).map(|it| it.0)).chain(risks.iter().map(|it| it.0));
        let found = found.chain(successes.iter().map(|it| it.0)).chain(values.iter().map(|it| it.0));
        for tree in self.foreign_trees(line, found) {
            signatures.retain(|it| it.tree != tree);
            documents.retain(|it| *it != tree);
            answers.retain(|it| it.0 != tree);
            codes.retain(|it| it.0 != tree);
            risks.retain(|it| it.0 != tree);
            successes.retain(|it| it.0 != tree);
            values.retain(|it| it.0 != tree);
            writers.remove(&tree);
        }
        let mut is_accounted_for = !signatures.is_empty();
        for tree in documents {
            let Some(recognizer) = self.recognizers().get(tree) else { continue };
            let provenance =
                Provenance { source: place.source.clone(), line: place.number(), text: String::new().into() };
            let is_known = tally.evidence(tree, recognizer.places_in(line, &provenance), place, &[]);
            writers.extend(is_known.then_some(tree));
            is_accounted_for |= is_known;
        }
        let is_wanted = !signatures.is_empty() || !is_accounted_for && !answers.is_empty();
        let writers = self.writers(line, writers, is_wanted);
        // A line that only answers a question of the system that wrote it is accounted for.
        is_accounted_for |= answers.iter().any(|it| writers.contains(&it.0));
        for (tree, card, at) in risks {
            tally.risk(tree, card, at, line.text(), place);
        }
        for (tree, card) in successes {
            tally.successes.add((tree, card), || place.provenance(line.text()));
        }
        for (tree, name, value) in values {
            tally.values.add((tree, name), &value, || place.provenance(line.text()));
        }
        for (tree, question, option) in answers {
            tally.answer((tree, question, option, ProofKind::Answer), line.text(), place);
        }
        for (tree, question, option) in codes {
            tally.answer((tree, question, option, ProofKind::Code), line.text(), place);
        }
        for of_one_tree in signatures.chunk_by(|one, other| one.tree == other.tree) {
            self.count_signatures(of_one_tree, line, place, &writers, tally);
        }
        is_accounted_for
    }

    /// Returns those of the trees to which a line is foreign.
    fn foreign_trees(&self, line: &Line, trees: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let trees: BTreeSet<usize> = trees.collect();
        let is_foreign = |tree: &usize| self.recognizers().get(*tree).is_some_and(|it| it.is_foreign(line));
        trees.into_iter().filter(is_foreign).collect()
    }

    /// Returns the trees whose systems wrote a line.
    ///
    /// `known` are those whose patterns about fields or places fit. With one tree, only lines of foreign formats need them.
    fn writers(&self, line: &Line, mut known: BTreeSet<usize>, is_wanted: bool) -> Vec<usize> {
        let is_of_other = || self.recognizers().first().is_some_and(|tree| tree.foreign_format(line).is_some());
        if !is_wanted || self.recognizers().len() < 2 && !is_of_other() {
            return Vec::new();
        }
        let signs = self.recognizers().iter().enumerate().filter(|(_, recognizer)| recognizer.has_writer_sign(line));
        known.extend(signs.map(|(tree, _)| tree));
        known.into_iter().collect()
    }

    /// Counts the most specific of the signatures of one tree.
    ///
    /// `writers` are the trees whose systems wrote the line.
    fn count_signatures(
        &self,
        found: &[MatchedSignature<'_>],
        line: &Line,
        place: LinePlace<'_>,
        writers: &[usize],
        tally: &mut Tally,
    ) {
        let Some(tree) = found.first().map(|it| it.tree) else { return };
        let Some(recognizer) = self.recognizers().get(tree) else { return };
        let needs_turns = |id: SignatureId| recognizer.tree().signature(id).is_some_and(Signature::needs_turns);
        if found.iter().any(|it| needs_turns(it.id)) {
            tally.state_changes(tree, &recognizer.state_changes(line));
        }
        let ids: Vec<SignatureId> = found.iter().map(|it| it.id).collect();
        let specific = if ids.len() == 1 { ids } else { self.most_specific(tree, ids).to_vec() };
        let (specific, mut kind) = recognizer.telling(specific);
        let foreign_format = recognizer.foreign_format(line);
        if !writers.contains(&tree) && (!writers.is_empty() || foreign_format.is_some()) {
            kind = HitKind::Hint;
            let format = foreign_format.filter(|_| writers.is_empty()).map(|format| &format.title);
            specific.iter().for_each(|id| tally.written_by(tree, id.card, writers, format));
        }
        let mut cards: Vec<CardId> = Vec::new();
        let mut captures: BorrowedCaptures<'_> = Vec::new();
        let matched = found.iter().filter(|it| specific.contains(&it.id));
        let own = matched.flat_map(|it| it.captures.iter().cloned());
        for (name, value) in own.chain(recognizer.filled(line)) {
            if !captures.iter().any(|(known, _)| *known == name) {
                captures.push((name, value));
            }
        }
        for id in &specific {
            if !cards.contains(&id.card) {
                cards.push(id.card);
            }
        }
        let decoded = recognizer.decoded(line);
        for card in &cards {
            tally.decoded(tree, *card, &decoded);
            if specific.iter().filter(|id| id.card == *card).all(|id| needs_turns(*id)) {
                tally.undecided(tree, *card);
            }
        }
        tally.signatures(tree, (&cards, kind), &specific, &captures, line.text(), place);
    }
}
