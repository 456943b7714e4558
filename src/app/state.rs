//! Holds what all screens share.

use std::sync::Arc;

use super::copy;
use super::drills::TrainingState;
use super::effect::Effect;
use super::keys::{Action, KeyContext, KeyMap};
use super::theme::Theme;
use super::transition::{Route, Transition};
use crate::case::ListedCase;
use crate::export::command::CommandText;
use crate::lookup::Match;
use crate::session::{EntryPoint, LinkTarget, OpposedEvidence, ReadEvidence, Session};
use crate::tree::{CardId, Tree};

/// Holds what all screens share.
#[derive(Debug)]
pub struct Shared {
    /// The case at hand.
    pub session: Session,
    /// The training so far, and the exercises under way.
    pub training: TrainingState,
    /// The abilities of the terminal.
    pub theme: Theme,
    /// The meanings of keys on all screens.
    pub keys: KeyMap,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// Something to tell the operator until the next key.
    pub notice: Option<String>,
    /// The time in seconds since 1970; 0 if unknown.
    pub time: i64,
    /// The cases of earlier runs that can be continued, the latest first.
    pub kept_cases: Vec<ListedCase>,
    /// Whether no key was pressed for a while.
    pub is_paused: bool,
    /// The time at which a digit took an entry of the case.
    ///
    /// In milliseconds of the run; `None` after any other key.
    pub took_by_digit: Option<u64>,
}

impl Shared {
    /// Tells the operator something until the next key.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(text.into());
    }

    /// Opens a card that was found, as a walk.
    ///
    /// The walk goes on from it, or begins with it; the text is its evidence.
    pub fn open_found(&mut self, query: &str, read: &[ReadEvidence], found: &Match) -> Transition {
        match self.session.enter(query, read, found) {
            Ok(Some(entered)) => self.show_entered(entered),
            Ok(None) => Transition::Open(Route::looked_up(&found.tree, found.card)),
            Err(opposed) => Transition::Open(Route::SameIncident(opposed)),
        }
    }

    /// Shows the walk that evidence has entered.
    ///
    /// If it contradicts the case, asks whether it is of the same incident.
    pub fn show_evidence(&mut self, entered: Result<EntryPoint, Box<OpposedEvidence>>) -> Transition {
        match entered {
            Ok(entered) => self.show_entered(entered),
            Err(opposed) => Transition::Open(Route::SameIncident(opposed)),
        }
    }

    /// Follows a reference of a tree, over what is shown.
    ///
    /// `on` is the card that has it, if any.
    pub fn follow(&mut self, tree: &Arc<Tree>, on: Option<CardId>, to: CardId) -> Transition {
        match self.session.follow(tree, on, to) {
            Ok(LinkTarget::Card(tree, card)) => {
                let in_walk = self.session.is_candidate(&tree, card);
                Transition::Open(Route::Card { tree, card, in_walk })
            }
            Ok(LinkTarget::Walk(entered)) => self.show_entered(*entered),
            Err(why) => {
                self.tell(why);
                Transition::Stay
            }
        }
    }

    /// Copies a command, and says so; `nothing` is said without one.
    pub fn copy_command(&mut self, command: Option<&CommandText>, nothing: &str) -> Transition {
        let Some(command) = command else {
            self.tell(nothing);
            return Transition::Stay;
        };
        let command = self.session.command_to_copy(command);
        match copy::command(&command, usize::from(self.size.0)) {
            Ok((run, said)) => {
                self.tell(said);
                Transition::Do(Effect::Copy(run))
            }
            Err(why) => {
                self.tell(why);
                Transition::Stay
            }
        }
    }

    /// Begins a walk over what is shown.
    pub fn begin(&mut self, tree: &Arc<Tree>) -> Transition {
        let entered = self.session.begin(tree);
        self.show_entered(entered)
    }

    /// Shows the walk that was entered, over what is shown.
    pub fn show_entered(&mut self, entered: EntryPoint) -> Transition {
        if entered.has_parked() {
            let key = self.keys.name(KeyContext::Card, Action::GoHome);
            self.tell(format!("Your earlier case is kept; {key} shows it on the first screen."));
        }
        Transition::Open(Route::Walk(Box::new(entered)))
    }

    /// Begins a training session, or goes on with it.
    pub fn train(&mut self, tree: &Arc<Tree>) -> Transition {
        if self.training.begin(tree) {
            return Transition::Open(Route::Drill);
        }
        self.tell("This tree has no card to train.");
        Transition::Stay
    }
}
