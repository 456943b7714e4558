//! The screens: one closed enum, one file each.
//!
//! A file has the state of its screen, its update and its view.

use ratatui::Frame;

pub mod card;
pub mod conflict;
pub mod drill;
pub mod evidence;
pub mod help;
pub mod home;
pub mod learned;
pub mod note;
pub mod question;
pub mod references;
pub mod remark_entry;
pub mod same_incident;
pub mod search;
pub mod shortlist;
pub mod systems;
pub mod trail;
pub mod value_entry;
pub mod values;
pub mod walk;

use super::keys::{Action, KeyContext};
use super::parts::list::ListState;
use super::placeholders::{ScreenPlaceholders, of_card};
use super::state::Shared;
use super::transition::{Route, Transition};
use crate::session::{Session, walks};
use crate::text::CleanText;
use crate::walk::Step;

/// A screen over the first one.
#[derive(Debug)]
pub enum Screen {
    /// The step of the walk: a question, card, shortlist or conflict.
    Walk(walk::WalkScreen),
    /// A question whose answer is being given out of turn.
    Edit(question::Edit),
    /// Whether a paste is of the same incident.
    SameIncident(same_incident::SameIncident),
    /// The cards that are still possible, while a question is open.
    Candidates(ListState),
    /// A card that was opened from a list.
    Card(card::CardScreen),
    /// The note for a ticket.
    Note(note::NoteScreen),
    /// The cards and links that a card names.
    References(references::References),
    /// The evidence that was pasted or read.
    Evidence(evidence::EvidenceScreen),
    /// Every answer.
    Trail(trail::Trail),
    /// The values of the case.
    Values(values::ValuesScreen),
    /// The value of a placeholder, which is being typed or picked.
    ValueEntry(value_entry::ValueEntry),
    /// A remark, which is being typed.
    RemarkEntry(remark_entry::RemarkEntry),
    /// The search for cards.
    Search(search::SearchScreen),
    /// The choice of a system.
    Systems(systems::SystemsScreen),
    /// An exercise.
    Drill(drill::DrillScreen),
    /// The progress in a tree.
    Learned(learned::Learned),
    /// The help about keys.
    Help(help::Help),
}

impl Screen {
    /// Makes the screen that a route names.
    pub fn new(route: Route, shared: &Shared) -> Self {
        match route {
            Route::Walk(entered) => Screen::Walk(walk::WalkScreen::entered(*entered)),
            Route::Edit(question) => Screen::Edit(question::Edit::new(shared, question)),
            Route::SameIncident(paste) => Screen::SameIncident(same_incident::SameIncident::new(*paste)),
            Route::Candidates => Screen::Candidates(ListState::default()),
            Route::Card { tree, card, in_walk } => Screen::Card(card::CardScreen::new(tree, card, in_walk)),
            Route::Note { tree, card, kind } => Screen::Note(note::NoteScreen::new(tree, card, kind)),
            Route::References { tree, card } => Screen::References(references::References::new(tree, card)),
            Route::Evidence => Screen::Evidence(evidence::EvidenceScreen::default()),
            Route::Trail => Screen::Trail(trail::Trail::default()),
            Route::Values(placeholders) => Screen::Values(values::ValuesScreen::new(placeholders)),
            Route::ValueEntry(name, text) => {
                Screen::ValueEntry(value_entry::ValueEntry::new(shared, name, text.as_deref()))
            }
            Route::RemarkEntry => Screen::RemarkEntry(remark_entry::RemarkEntry::default()),
            Route::Search(text) => Screen::Search(search::SearchScreen::new(shared, &text)),
            Route::Systems(purpose) => Screen::Systems(systems::SystemsScreen::new(purpose)),
            Route::Drill => Screen::Drill(drill::DrillScreen::default()),
            Route::Learned(tree) => Screen::Learned(learned::Learned::new(tree)),
            Route::Help(of) => Screen::Help(help::Help::new(of)),
        }
    }

    /// Returns the context in which a key is pressed.
    pub fn context(&self, shared: &Shared) -> KeyContext {
        match self {
            Screen::Walk(_) => walk::context(shared),
            Screen::Edit(_) => KeyContext::Question,
            Screen::SameIncident(_) => KeyContext::SameIncident,
            Screen::Candidates(_) => KeyContext::Shortlist,
            Screen::Card(card) => card.context(),
            Screen::Note(_) => KeyContext::Note,
            Screen::References(_) => KeyContext::References,
            Screen::Evidence(_) => KeyContext::Evidence,
            Screen::Trail(_) => KeyContext::Trail,
            Screen::Values(_) => KeyContext::Values,
            Screen::ValueEntry(_) => KeyContext::ValueEntry,
            Screen::RemarkEntry(_) => KeyContext::RemarkEntry,
            Screen::Search(_) => KeyContext::Search,
            Screen::Systems(_) => KeyContext::Systems,
            Screen::Drill(screen) => screen.context(shared),
            Screen::Learned(_) => KeyContext::Learned,
            Screen::Help(_) => KeyContext::Help,
        }
    }

    /// Returns the placeholders of the card or question that is shown.
    pub fn placeholders(&self, session: &Session) -> ScreenPlaceholders {
        let Some(walk) = &session.walk else { return ScreenPlaceholders::default() };
        match (self, &walk.position().step) {
            (Screen::Card(card), _) => of_card(session, &card.tree, card.card),
            (Screen::Walk(_), Step::Ask(question)) => {
                let command = walk.tree().question(*question).find_out.command.as_ref();
                let here = command.map(|command| command.slots().map(CleanText::line).collect());
                ScreenPlaceholders { here: here.unwrap_or_default(), on_card: Vec::new() }
            }
            (Screen::Walk(_), _) => {
                walks::card_of(walk).map(|(tree, card)| of_card(session, &tree, card)).unwrap_or_default()
            }
            _ => ScreenPlaceholders::default(),
        }
    }

    /// Lets the operator do something on this screen.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match self {
            Screen::Walk(screen) => screen.handle(shared, action),
            Screen::Edit(screen) => screen.handle(shared, action),
            Screen::SameIncident(screen) => screen.handle(shared, action),
            Screen::Candidates(state) => {
                shortlist::handle(state, shared, shortlist::Listed::All, action, Transition::Close)
            }
            Screen::Card(screen) => screen.handle(shared, action),
            Screen::Note(screen) => screen.handle(shared, action),
            Screen::References(screen) => screen.handle(shared, action),
            Screen::Evidence(screen) => screen.handle(shared, action),
            Screen::Trail(screen) => screen.handle(shared, action),
            Screen::Values(screen) => screen.handle(shared, action),
            Screen::ValueEntry(screen) => screen.handle(shared, action),
            Screen::RemarkEntry(screen) => screen.handle(shared, action),
            Screen::Search(screen) => screen.handle(shared, action),
            Screen::Systems(screen) => screen.handle(shared, action),
            Screen::Drill(screen) => screen.handle(shared, action),
            Screen::Learned(screen) => screen.handle(shared, action),
            Screen::Help(screen) => screen.handle(shared, action),
        }
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        match self {
            Screen::Walk(screen) => screen.view(shared, frame),
            Screen::Edit(screen) => screen.view(shared, frame),
            Screen::SameIncident(screen) => screen.view(shared, frame),
            Screen::Candidates(state) => shortlist::view(state, shared, shortlist::Listed::All, frame),
            Screen::Card(screen) => screen.view(shared, frame),
            Screen::Note(screen) => screen.view(shared, frame),
            Screen::References(screen) => screen.view(shared, frame),
            Screen::Evidence(screen) => screen.view(shared, frame),
            Screen::Trail(screen) => screen.view(shared, frame),
            Screen::Values(screen) => screen.view(shared, frame),
            Screen::ValueEntry(screen) => screen.view(shared, frame),
            Screen::RemarkEntry(screen) => screen.view(shared, frame),
            Screen::Search(screen) => screen.view(shared, frame),
            Screen::Systems(screen) => screen.view(shared, frame),
            Screen::Drill(screen) => screen.view(shared, frame),
            Screen::Learned(screen) => screen.view(shared, frame),
            Screen::Help(screen) => screen.view(shared, frame),
        }
    }
}
