//! The terminal program as a pure machine: messages in, pictures and effects.
//!
//! [`update`] is the only way in which the model changes, and what the world is to do comes out of it as a value.
//! [`view`] only reads. Nothing here touches a terminal, a file or a clock.
//!
//! Whether a card was opened, and what is new in the case, is derived after each message, so no screen can forget to
//! report it.
//! Typed text is searched when it is drawn or when a key needs the result, so text that arrives letter by letter costs
//! one search a frame.

use std::sync::Arc;

use ratatui::Frame;

mod continue_case;
pub mod copy;
pub mod drills;
pub mod effect;
pub mod evidence_list;
pub mod keys;
pub mod line;
pub mod message;
pub mod parts;
mod paste;
pub mod placeholders;
pub mod plain;
pub mod screen;
pub mod settings;
pub mod state;
pub mod system_use;
pub mod theme;
pub mod transition;
pub mod wording;

pub use effect::Effect;
pub use message::Msg;
pub use state::Shared;

use crate::export::comparison;
use crate::lookup::Usage;
use crate::session::{EntryPoint, Session, walks};
use crate::tree::Tree;
use crate::walk::Walk;
use drills::TrainingState;
use keys::{Action, Key, KeyContext, KeyMap};
use screen::Screen;
use screen::home::Home;
use system_use::SystemUse;
use theme::Theme;
use transition::{NoteKind, Route, Transition};

/// Holds everything the program knows between two messages.
#[derive(Debug)]
pub struct Model {
    /// The state that all screens share.
    pub shared: Shared,
    /// The first screen, which is always there.
    pub home: Home,
    /// The screens over it, the top one last.
    pub stack: Vec<Screen>,
}

impl Model {
    /// Makes the program as it starts, on the first screen. `notice` is told until the first key.
    pub fn new(trees: Vec<Arc<Tree>>, theme: Theme, notice: Option<String>) -> Self {
        let training = TrainingState::new(&trees, &[], 0, 0);
        let shared = Shared {
            session: Session::new(trees),
            training,
            theme,
            keys: KeyMap::default(),
            size: (80, 24),
            notice,
            time: 0,
            kept_cases: Vec::new(),
            is_paused: false,
            took_by_digit: None,
        };
        Self { shared, home: Home::default(), stack: Vec::new() }
    }

    /// Adds what was learned from use.
    ///
    /// It must be known before anything is searched for.
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.shared.session.usage = usage;
        self
    }

    /// Adds what was learned in training so far.
    pub fn with_training(mut self, training: TrainingState) -> Self {
        self.shared.training = training;
        self
    }

    /// Puts a training session on top.
    pub fn with_drill(mut self, tree: &Arc<Tree>) -> Self {
        let next = self.shared.train(tree);
        self.follow(next);
        self
    }

    /// Puts a walk under way on top, and its evidence over it.
    ///
    /// The evidence is shown if it is worth a look first.
    pub fn with_walk(mut self, walk: Walk) -> Self {
        let is_shown = walks::is_worth_a_look(&walk);
        self.shared.session.walk = Some(walk);
        self.stack.push(Screen::Walk(screen::walk::WalkScreen::default()));
        if is_shown {
            self.open(Route::Evidence);
        }
        self
    }

    /// Tells something until the first key.
    pub fn with_notice(mut self, notice: String) -> Self {
        self.shared.tell(notice);
        self
    }

    /// Puts a search for a text on top.
    pub fn with_search(mut self, text: &str) -> Self {
        self.open(Route::Search(text.to_owned()));
        self
    }

    /// Puts the choice of a system on top.
    pub fn with_systems(mut self, purpose: SystemUse) -> Self {
        self.open(Route::Systems(purpose));
        self
    }

    /// Returns the context in which the next key is pressed.
    pub fn context(&self) -> KeyContext {
        self.stack.last().map_or(KeyContext::Home, |screen| screen.context(&self.shared))
    }

    /// Returns what stays on the normal screen after the end.
    ///
    /// It is the card that was found, or how to go on, and how practice went.
    pub fn farewell(&self) -> Option<String> {
        let of_case = self.shared.session.farewell(usize::from(self.shared.size.0));
        let said: Vec<String> = of_case.into_iter().chain(self.shared.training.farewell()).collect();
        (!said.is_empty()).then(|| said.concat())
    }

    fn open(&mut self, route: Route) {
        let card = match &route {
            Route::Walk(entered) => entered.card(),
            _ => None,
        };
        self.stack.push(Screen::new(route, &self.shared));
        if let (Some(card), Some(walk)) = (card, &self.shared.session.walk) {
            let tree = Arc::clone(walk.tree());
            let in_walk = self.shared.session.is_candidate(&tree, card);
            self.open(Route::Card { tree, card, in_walk });
        }
    }

    /// Closes all screens.
    fn go_home(&mut self) {
        // Only a walk in which something has happened is worth going on with.
        self.shared.session.drop_empty_walk();
        self.stack.clear();
        self.home = Home::default();
    }

    /// Closes the top screen.
    ///
    /// A walk that was begun to show the card on top closes with it, if nothing has happened in it.
    fn close(&mut self) {
        let closed = self.stack.pop();
        if let (Some(Screen::Card(card)), Some(Screen::Walk(walk))) = (closed, self.stack.last_mut())
            && walk.is_only_for(&card.tree, card.card, &self.shared)
            && matches!(walk.handle(&mut self.shared, Action::Back), Transition::Close)
        {
            self.stack.pop();
        }
    }

    /// Opens and closes screens.
    fn follow(&mut self, next: Transition) -> Option<Effect> {
        match next {
            Transition::Stay => {}
            Transition::Close => self.close(),
            Transition::Open(route) => self.open(route),
            Transition::Joined(entered) => {
                self.stack.pop();
                self.show_evidence(*entered);
            }
            Transition::Walk => {
                // The walk shows where it stands now; whatever was over it is done with, and what it was entered from is not.
                let walk = self.stack.iter().rposition(|screen| matches!(screen, Screen::Walk(_)));
                self.stack.truncate(walk.map_or(0, |at| at + 1));
                match self.stack.last_mut() {
                    Some(Screen::Walk(walk)) => walk.show_anew(),
                    _ => self.stack.push(Screen::Walk(screen::walk::WalkScreen::default())),
                }
            }
            Transition::Run(action) => {
                self.close();
                return handle(self, action);
            }
            Transition::Do(effect) => return Some(effect),
        }
        None
    }

    /// Shows the walk that evidence has entered.
    ///
    /// The evidence is shown over it if that is worth a look.
    fn show_evidence(&mut self, entered: EntryPoint) {
        let next = self.shared.show_entered(entered);
        self.follow(next);
        if let Some(comparison) = self.shared.session.walk.as_ref().and_then(Walk::comparison) {
            let said = comparison::summary(&comparison);
            let said = if said.is_empty() { "nothing to compare".to_owned() } else { said };
            self.shared.tell(format!("Compared with before the change: {said}."));
            self.open(Route::Evidence);
        } else if self.shared.session.walk.as_ref().is_some_and(walks::is_worth_a_look) {
            self.open(Route::Evidence);
        } else if self.shared.notice.is_none() {
            let key = self.shared.keys.name(KeyContext::Question, Action::Evidence);
            self.shared.tell(format!("Added as evidence; press {key} to see it."));
        }
    }

    /// Remembers the card that is being read, for the farewell. Another one than before has been opened.
    fn note_card(&mut self) -> Option<Effect> {
        let session = &mut self.shared.session;
        let read = match self.stack.last() {
            Some(Screen::Card(card)) => Some((Arc::clone(&card.tree), card.card)),
            Some(Screen::Walk(_)) => session.walk.as_ref().and_then(walks::card_of),
            // Whatever else is on top hides what is being read, and does not end it.
            _ => return None,
        };
        session.opened(read).map(|(tree, card)| Effect::opened(tree, card))
    }
}

/// Lets something happen.
pub fn update(model: &mut Model, msg: Msg) -> Option<Effect> {
    let mut effect = None;
    match msg {
        Msg::Resize(width, height) => model.shared.size = (width, height),
        Msg::Clock(milliseconds) => model.shared.training.now = milliseconds,
        Msg::NotKept(why) => {
            model.shared.training.is_kept = false;
            model.shared.tell(why);
        }
        Msg::PasteCut { read, pasted } => {
            let said = model.shared.notice.take();
            model.shared.tell(wording::paste_was_cut(said, read, pasted));
        }
        Msg::Time(seconds) => model.shared.time = seconds,
        Msg::CaseRead { case, text, is_copy } => model.continue_case(case, &text, is_copy),
        Msg::HelpedHere(helped) => model.shared.session.helped_here = helped,
        Msg::Told(said) => model.shared.tell(said),
        Msg::NoShell => model.shared.tell("No shell can continue the program after Ctrl-Z. Quit with q or Ctrl-C."),
        Msg::Pause => model.shared.is_paused = true,
        Msg::Paste(text) => {
            model.shared.is_paused = false;
            model.shared.notice = None;
            model.paste(&text);
        }
        Msg::Key(key) => {
            model.shared.is_paused = false;
            model.shared.notice = None;
            let action = model.shared.keys.action(model.context(), key);
            if let (None, Key::Char(letter)) = (action, key) {
                let said = model.shared.keys.unbound(model.context(), letter);
                model.shared.tell(said);
            }
            effect = action.and_then(|action| press(model, action));
        }
    }
    // Changes of the case are on the disk before anything else is done.
    let kept = model.shared.session.note_case(model.shared.time).into_iter().map(Effect::Case);
    let effects: Vec<Effect> = kept.chain(effect).chain(model.note_card()).collect();
    Effect::all(effects)
}

/// Milliseconds after a digit in which nobody has read the next question.
///
/// Two keys of one habit are 100 to 300 ms apart; to read a question takes a second at least.
const UNREAD: u64 = 700;

/// Does what a key means, unless an Enter belongs to a digit.
///
/// A digit takes an entry at once. People who press Enter after it would take the first entry of the next question
/// too, which they have not read. Without a clock (at 0), every Enter counts.
fn press(model: &mut Model, action: Action) -> Option<Effect> {
    let now = model.shared.training.now;
    let took = std::mem::take(&mut model.shared.took_by_digit);
    let goes_on = |context| matches!(context, KeyContext::Question | KeyContext::Shortlist | KeyContext::Conflict);
    let is_unread = took.is_some_and(|took| now > 0 && now.saturating_sub(took) < UNREAD);
    if is_unread && action == Action::Choose && goes_on(model.context()) {
        model.shared.tell("The digit was your answer. Press Enter again to take the selected entry.");
        return None;
    }
    let state = |model: &Model| (model.shared.session.walk.as_ref().map(|walk| walk.events().len()), model.stack.len());
    let before = state(model);
    let effect = handle(model, action);
    let is_taken = matches!(action, Action::Digit(_)) && before != state(model);
    model.shared.took_by_digit = is_taken.then_some(now);
    effect
}

fn handle(model: &mut Model, action: Action) -> Option<Effect> {
    match action {
        Action::Quit => return Some(Effect::Quit),
        Action::Interrupt => return Some(Effect::Interrupt),
        Action::Suspend => return Some(Effect::Suspend),
        Action::Help => {
            let context = model.context();
            if context != KeyContext::Help {
                model.open(Route::Help(context));
            }
        }
        Action::Search => model.open(Route::Search(String::new())),
        Action::GoHome => model.go_home(),
        Action::NewCase => {
            model.shared.session.park();
            model.go_home();
            model.shared.tell("A new case. The other one is kept on the first screen.");
        }
        Action::Evidence if model.shared.session.walk.is_some() => model.open(Route::Evidence),
        Action::Evidence => model.shared.tell("There is no evidence yet. Paste lines at any time."),
        Action::Report => match model.shared.session.walk.as_ref().map(|walk| Arc::clone(walk.tree())) {
            Some(tree) => {
                let card = tree.escalation;
                model.open(Route::Note { tree, card, kind: NoteKind::Report });
            }
            None => model.shared.tell("There is no case to report yet. Paste lines, or answer a question."),
        },
        Action::Trail => model.open(Route::Trail),
        Action::Remark => model.open(Route::RemarkEntry),
        Action::Values if model.shared.session.walk.is_some() => {
            let top = model.stack.last();
            let placeholders = top.map(|top| top.placeholders(&model.shared.session)).unwrap_or_default();
            model.open(Route::Values(placeholders));
        }
        Action::Values => {
            let key = model.shared.keys.name(KeyContext::Reading, Action::GoHome);
            model.shared.tell(format!("Values belong to a case. Begin one first: {key}, then choose a system."));
        }
        _ => {
            let next = match model.stack.last_mut() {
                Some(screen) => screen.handle(&mut model.shared, action),
                None => model.home.handle(&mut model.shared, action),
            };
            return model.follow(next);
        }
    }
    None
}

/// Draws what is to be seen.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < parts::frame::MIN_SIZE.0 || area.height < parts::frame::MIN_SIZE.1 {
        parts::frame::too_small(frame);
        return;
    }
    match model.stack.last() {
        Some(screen) => screen.view(&model.shared, frame),
        None => model.home.view(&model.shared, frame),
    }
}
