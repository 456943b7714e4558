//! Makes the card of a tree that has no readable escalation card.

use crate::text::CleanText;
use crate::tree::model::training::CardTraining;
use crate::tree::model::{Card, CardContent, Lazy, Remedy};
use crate::tree::scales::{Effect, Likelihood, Takes};

/// Returns an escalation card for a tree that has no readable one.
///
/// Every walk must be able to end.
pub(super) fn stand_in(id: CleanText, path: &str) -> Card {
    let remedy = Remedy {
        id: "ask".into(),
        act: "Write down what you see and since when, and contact the owner of the system.".into(),
        fixes: Vec::new(),
        effect: Effect::Observe,
        takes: Takes::Minutes,
        commands: Vec::new(),
        verify: "The owner has accepted the report.".into(),
        undo: None,
        link: None,
    };
    let content = CardContent {
        path: path.into(),
        about: "No card explains what you see, and the tree's own page for that cannot be read.".into(),
        impact: None,
        log: Vec::new(),
        signatures: Vec::new(),
        risks: Vec::new(),
        disproved_by: Vec::new(),
        shares_signatures_with: Vec::new(),
        shares_with_trees: Vec::new(),
        also_called: Vec::new(),
        symptoms: Vec::new(),
        causes: Vec::new(),
        remedies: vec![remedy],
        not_this_if: Vec::new(),
        escalate: None,
        docs: Vec::new(),
        source: "wherefore".into(),
        reviewed: "2026-11-22".into(),
        training: CardTraining::default(),
    };
    let (title, likelihood) = ("Nothing fits".into(), Likelihood::Rare);
    Card { id, title, likelihood, leads_to: None, content: Lazy::new(content) }
}
