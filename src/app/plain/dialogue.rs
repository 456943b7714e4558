//! Holds the state of a dialogue about a walk.

use std::collections::HashSet;
use std::sync::Arc;

use super::lines::WIDTH;
use super::results::Results;
use crate::app::effect::Effect;
use crate::case::{HelpedHere, KeptWalk};
use crate::lookup::Usage;
use crate::session::{CaseChange, EntryPoint, OpposedEvidence, ReadEvidence, Redaction, Session, walks};
use crate::text::CleanText;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::Walk;

/// A walk in lines.
#[derive(Debug)]
pub struct Dialogue {
    pub(super) session: Session,
    /// The places from which walks were entered, the latest last.
    pub(super) entered: Vec<(EntryPoint, DialogueMode)>,
    pub(super) mode: DialogueMode,
    /// The columns to which text is wrapped.
    pub(super) width: usize,
    /// The questions that were told with the way to find out.
    pub(super) told_questions: HashSet<(CleanText, QuestionId)>,
    /// The card that was told last.
    pub(super) told_card: Option<(CleanText, CardId)>,
    /// The number of parts that `more` has told of the card.
    pub(super) parts_told: usize,
}

/// The question that the next line answers.
#[derive(Debug)]
pub(super) enum DialogueMode {
    /// Which tree to walk.
    PickTree,
    /// Where the walk stands.
    Walk,
    /// A question that is answered out of turn.
    Edit(QuestionId),
    /// An answer to change, or to take back.
    Trail(Vec<TrailItem>),
    /// Which of these to open.
    Found(Results),
    /// Which line of the evidence to read whole.
    Evidence,
    /// More lines of a paste.
    ///
    /// `text` has those that have come; `is_cut` if some were left out.
    Paste { text: String, is_cut: bool },
    /// Whether evidence that contradicts the case is of the same incident.
    SameIncident(Box<OpposedEvidence>),
    /// Which system printed a code that several know.
    WhichSystem(Vec<ReadEvidence>),
    /// A parked walk to go on with.
    Parked,
    /// Which of these cards to read.
    Cards(Vec<(Arc<Tree>, CardId)>),
    /// Which of the cards and links to open that a card names.
    ///
    /// `before` has the cards that were read before it.
    References { open: OpenCard, before: Vec<OpenCard> },
    /// A card is being read.
    Card { open: OpenCard, before: Vec<OpenCard> },
}

/// A card that is being read.
#[derive(Clone, Debug)]
pub(super) struct OpenCard {
    pub(super) tree: Arc<Tree>,
    pub(super) card: CardId,
    /// Its remedies can be tried.
    pub(super) in_walk: bool,
}

/// An entry of the list of answers.
#[derive(Clone, Copy, Debug)]
pub(super) enum TrailItem {
    /// Evidence, by its event.
    Evidence(usize),
    /// An answer, or a question that could be answered.
    Question(QuestionId),
}

impl Dialogue {
    /// Begins a dialogue about a walk, or about which walk to begin. With a single tree there is nothing to choose.
    pub fn new(trees: Vec<Arc<Tree>>, walk: Option<Walk>) -> Self {
        let only = match trees.as_slice() {
            [only] => Some(Walk::new(Arc::clone(only))),
            _ => None,
        };
        let mut session = Session::new(trees);
        session.walk = walk.or(only);
        let mode = if session.walk.is_some() { DialogueMode::Walk } else { DialogueMode::PickTree };
        Self {
            session,
            entered: Vec::new(),
            mode,
            width: WIDTH,
            told_questions: HashSet::new(),
            told_card: None,
            parts_told: 0,
        }
    }

    /// Wraps text to a width in columns.
    #[must_use]
    pub fn with_width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// Begins with the question which system printed a code.
    pub fn asking_for_system(self, read: Vec<ReadEvidence>) -> Self {
        Self { mode: DialogueMode::WhichSystem(read), ..self }
    }

    /// Adds what was learned from use.
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.session.usage = usage;
        self
    }

    /// Replaces names and addresses there.
    pub fn redacting(mut self, redaction: Redaction) -> Self {
        self.session.redaction = redaction;
        self
    }

    /// Adds the steps that helped in earlier cases.
    pub fn with_helped_here(mut self, helped: HelpedHere) -> Self {
        self.session.helped_here = helped;
        self
    }

    /// Returns an effect if another card is being read than before.
    pub fn opened(&mut self) -> Option<Effect> {
        let read = match self.card_in_hand() {
            Some(OpenCard { tree, card, .. }) => Some((tree, card)),
            None if matches!(self.mode, DialogueMode::Walk) => None,
            // A list hides what is being read, and does not end it.
            None => return None,
        };
        self.session.opened(read).map(|(tree, card)| Effect::opened(tree, card))
    }

    /// Keeps the cases of the dialogue.
    pub fn keeping_cases(mut self) -> Self {
        self.session.keep_cases();
        self
    }

    /// Begins with a case that was kept.
    pub fn with_kept_walk(mut self, case: u64, kept: KeptWalk, is_copy: bool) -> Self {
        self.session.adopt(case, kept, is_copy);
        self.mode = DialogueMode::Walk;
        self
    }

    /// Returns what has happened in the case since the last call.
    pub fn note_case(&mut self, now: i64) -> Vec<CaseChange> {
        self.session.note_case(now)
    }

    /// Returns the walk, if one was begun.
    pub fn walk(&self) -> Option<&Walk> {
        self.session.walk.as_ref()
    }

    /// Returns the tree that is walked, or else the only one.
    pub fn tree(&self) -> Option<&Arc<Tree>> {
        let only = match self.session.trees.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        self.walk().map(Walk::tree).or(only)
    }

    /// Returns the card that is being read.
    pub(super) fn card_in_hand(&self) -> Option<OpenCard> {
        match &self.mode {
            DialogueMode::Card { open, .. } => Some(open.clone()),
            DialogueMode::Walk => {
                walks::card_of(self.walk()?).map(|(tree, card)| OpenCard { tree, card, in_walk: true })
            }
            _ => None,
        }
    }

    /// Shows a card; `h` leads back to the card before.
    pub(super) fn open_card(&mut self, tree: Arc<Tree>, card: CardId) {
        let in_walk = self.session.is_candidate(&tree, card);
        let before = match std::mem::replace(&mut self.mode, DialogueMode::Walk) {
            DialogueMode::Card { open, mut before } | DialogueMode::References { open, mut before } => {
                before.push(open);
                before
            }
            _ => Vec::new(),
        };
        self.mode = DialogueMode::Card { open: OpenCard { tree, card, in_walk }, before };
    }

    /// Leaves a list for the walk, or for the choice of one.
    pub(super) fn show_walk(&mut self) {
        self.mode = if self.session.walk.is_some() { DialogueMode::Walk } else { DialogueMode::PickTree };
    }
}
