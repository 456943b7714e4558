//! Writes the answers that a diagnosis found.

use std::sync::Arc;

use super::page::Page;
use crate::diagnosis::FoundAnswer;
use crate::export::evidence::place;
use crate::export::format::many;
use crate::export::search_text::WHICH_SYSTEM;
use crate::tree::Tree;
use crate::walk::ProofKind;

impl Page {
    /// Adds the answers of one tree.
    pub(super) fn answers(&mut self, tree: &Tree, answers: &[FoundAnswer]) {
        let own = answers.iter().filter(|answer| answer.tree.id == tree.id);
        let (answers, left): (Vec<&FoundAnswer>, Vec<&FoundAnswer>) =
            own.partition(|answer| answer.kind == ProofKind::Answer);
        self.left_by_codes(&left);
        let has_same = |one: &FoundAnswer, other: &FoundAnswer| one.question == other.question;
        let (mut several, settled): (Vec<&FoundAnswer>, Vec<&FoundAnswer>) =
            answers.iter().partition(|one| answers.iter().filter(|other| has_same(one, other)).count() > 1);
        if !settled.is_empty() {
            self.line("\nIt answers:");
        }
        for answer in settled {
            self.wrapped("  ", 4, &answer.tree.question(answer.question).ask);
            let label = &answer.tree.option(answer.question, answer.option).label;
            self.wrapped("    ", 6, &format!("{label} ({})", proof(answer)));
        }
        // By question; the answer with the most lines comes first.
        several.sort_by_key(|answer| (answer.question, std::cmp::Reverse(answer.count)));
        if !several.is_empty() {
            self.line("");
            self.wrapped("", 2, "It has conflicting answers to this question; you decide which one applies:");
        }
        for (at, answer) in several.iter().enumerate() {
            let is_next = at.checked_sub(1).and_then(|at| several.get(at)).is_some_and(|other| has_same(other, answer));
            if !is_next {
                self.wrapped("  ", 4, &answer.tree.question(answer.question).ask);
            }
            let label = &answer.tree.option(answer.question, answer.option).label;
            self.wrapped("    ", 6, &format!("{label} ({})", proof(answer)));
        }
    }

    /// Asks for the system that printed a code, if several know it.
    pub(super) fn which_system(&mut self, trees: &[&Arc<Tree>], answers: &[FoundAnswer]) {
        let place = answers.first().map(proof).unwrap_or_default();
        self.line("");
        self.wrapped("", 2, &format!("{WHICH_SYSTEM} Only a status was found ({place}). These systems use it:"));
        for tree in trees {
            self.wrapped("  ", 4, &format!("{} (--tree {})", tree.title, tree.id));
        }
    }

    /// Adds the options that codes leave, under their questions.
    fn left_by_codes(&mut self, left: &[&FoundAnswer]) {
        let key = |answer: &FoundAnswer| (answer.tree.id.clone(), answer.question);
        for of_question in left.chunk_by(|one, other| key(one) == key(other)) {
            let Some(first) = of_question.first() else { continue };
            self.line("");
            self.wrapped("", 2, &format!("A status leaves these answers possible ({}):", proof(first)));
            self.wrapped("  ", 4, &first.tree.question(first.question).ask);
            for answer in of_question {
                self.wrapped("    ", 6, &answer.tree.option(answer.question, answer.option).label);
            }
        }
    }
}

/// Describes the lines that prove an answer.
fn proof(answer: &FoundAnswer) -> String {
    let lines = many(answer.count, "line", "lines");
    match answer.samples.first() {
        Some(sample) if answer.count == 1 => place(&sample.provenance),
        Some(sample) => format!("{lines}, first {}", place(&sample.provenance)),
        None => lines,
    }
}
