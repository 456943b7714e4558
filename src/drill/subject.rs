//! Holds the parts that both kinds of exercises have.

use std::sync::Arc;

use crate::drill::judge::hint::{Hint, HintLevel};
use crate::drill::judge::remedy::RemedyChoice;
use crate::drill::judge::state::DrillState;
use crate::tree::{CardId, Tree};

/// The card that an exercise is about, and the right answers.
#[derive(Debug)]
pub struct Subject {
    /// The tree that contains the card.
    pub tree: Arc<Tree>,
    /// The card that the exercise is about.
    pub card: CardId,
    /// The cards that count as right.
    ///
    /// There are several if the tree cannot distinguish them.
    pub right: Vec<CardId>,
    /// The remedies to choose from.
    ///
    /// They are judged as if the trainee had seen all lines and outputs of the exercise.
    pub remedies: Vec<RemedyChoice>,
    /// Whether the exercise is part of an exam.
    ///
    /// In an exam, only the first named card counts, and it gets no feedback.
    pub is_strict: bool,
}

impl Subject {
    /// Returns whether the first named card is right.
    pub(crate) fn is_named_right(&self, state: &DrillState) -> bool {
        state.named.first().is_some_and(|card| self.right.contains(card))
    }

    /// Returns a hint that names the card and a wrong one.
    ///
    /// The two cards are sorted, so that their order does not tell which one is right.
    pub(crate) fn half(&self, wrong: Option<CardId>) -> Hint {
        let mut among: Vec<CardId> = [self.card].into_iter().chain(wrong).collect();
        among.sort_unstable();
        let titles: Vec<_> = among.iter().map(|card| self.tree.card(*card).title.as_str()).collect();
        let text = format!("It is one of these: {}", titles.join(" · "));
        Hint { level: HintLevel::Half, text, command: None, among, price: HintLevel::Half.price() }
    }
}
