//! Names the screens to open, and what happens to open ones.

use std::sync::Arc;

use super::effect::Effect;
use super::keys::{Action, KeyContext};
use super::placeholders::ScreenPlaceholders;
use super::system_use::SystemUse;
use crate::session::{EntryPoint, OpposedEvidence};
use crate::text::CleanText;
use crate::tree::{CardId, QuestionId, Tree};

/// Says what becomes of the screens after an action.
#[derive(Debug)]
pub enum Transition {
    /// Nothing.
    Stay,
    /// The screen is closed.
    Close,
    /// Another screen is opened over it.
    Open(Route),
    /// The screen is closed, and the walk with new evidence is shown.
    Joined(Box<EntryPoint>),
    /// All screens are closed but the walk, which shows where it stands.
    Walk,
    /// The screen is closed, and the one below does this.
    Run(Action),
    /// Something is to be done outside.
    Do(Effect),
}

/// Says how a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A step helped.
    Solved,
    /// Others go on with it.
    Escalated,
    /// It has not ended: the note says how it stands.
    Report,
}

/// Names a screen, with what it shows.
#[derive(Debug)]
pub enum Route {
    /// The walk under way, entered from what lies below.
    Walk(Box<EntryPoint>),
    /// A question whose answer is given out of turn.
    Edit(QuestionId),
    /// Whether evidence that contradicts the case is of the same incident.
    SameIncident(Box<OpposedEvidence>),
    /// The cards that are still possible.
    Candidates,
    /// A card, by its tree.
    Card {
        /// The tree of the card.
        tree: Arc<Tree>,
        /// The card to show.
        card: CardId,
        /// The walk goes on from it: its remedies can be tried.
        in_walk: bool,
    },
    /// The note for a ticket about a card.
    Note {
        /// The tree of the card.
        tree: Arc<Tree>,
        /// The card that the note is about.
        card: CardId,
        /// The way in which the case ends.
        kind: NoteKind,
    },
    /// The cards and links that a card names.
    References {
        /// The tree of the card.
        tree: Arc<Tree>,
        /// The card that names them.
        card: CardId,
    },
    /// The evidence of the walk.
    Evidence,
    /// The answers.
    Trail,
    /// The values of the case, those of these placeholders first.
    Values(ScreenPlaceholders),
    /// The value of a placeholder, with a text that is typed already.
    ValueEntry(CleanText, Option<String>),
    /// The search, with a text that is typed already.
    Search(String),
    /// A remark to type.
    RemarkEntry,
    /// The choice of a system.
    Systems(SystemUse),
    /// The exercises under way.
    Drill,
    /// The progress in a tree.
    Learned(Arc<Tree>),
    /// The help for a screen.
    Help(KeyContext),
}

impl Route {
    /// Names the screen of a card that was looked up.
    pub fn looked_up(tree: &Arc<Tree>, card: CardId) -> Self {
        Route::Card { tree: Arc::clone(tree), card, in_walk: false }
    }

    /// Names the screen of a card of the walk under way.
    pub fn in_walk(tree: &Arc<Tree>, card: CardId) -> Self {
        Route::Card { tree: Arc::clone(tree), card, in_walk: true }
    }
}
