//! The terminal program as a pure machine: what is shown, what a key means, what is to be done.
//!
//! [`update`] is the only way in which the model changes, and what the world is to do comes out of it as a value.
//! [`view`] only reads. Nothing here touches a terminal, a file or a clock.

use std::sync::Arc;

use ratatui::Frame;

pub mod copy;
pub mod drills;
pub mod keys;
pub mod line;
pub mod parts;
pub mod pasted;
pub mod plain;
pub mod screen;
pub mod theme;
pub mod walks;

pub use walks::resume_command;

use crate::drill::progress::Answered;
use crate::export::outline;
use crate::lookup::{Index, Match, Usage};
use crate::text;
use crate::tree::{CardId, Tree};
use crate::walk::Walk;
use drills::Training;
use keys::{Action, Context, Key};
use screen::card::CardScreen;
use screen::drill::DrillScreen;
use screen::evidence::EvidenceScreen;
use screen::walk::WalkScreen;
use screen::{Screen, Transition};
use theme::Theme;
use walks::{Entered, Parked};

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, as one piece.
    Paste(String),
    /// Only the beginning of the paste before this message was read.
    PasteCut {
        /// How many bytes of it were read.
        read: usize,
        /// How many bytes it had.
        pasted: usize,
    },
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// So many milliseconds of the run are over. Comes before other messages only: a clock by itself changes nothing.
    Clock(u64),
    /// The program did not stop when it was asked to, because no shell would continue it.
    NoShell,
    /// Answers given in training are not kept; why is to be told until the next key.
    NotKept(String),
}

/// Something that is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this text to the terminal's clipboard.
    Copy(String),
    /// Note that a card was opened.
    Opened {
        /// The tree's id.
        tree: String,
        /// The card's id.
        card: String,
    },
    /// Keep an answer given in training.
    Answered {
        /// What was answered.
        answered: Answered,
        /// The seed of the exercise.
        seed: u64,
    },
    /// Give the terminal back and stop the process until it is continued.
    Suspend,
    /// End, as the operator wants it.
    Quit,
    /// End at once, as by an interrupt.
    Interrupt,
}

/// Everything the program knows between two messages.
#[derive(Debug)]
pub struct Model {
    /// What all screens share.
    pub shared: Shared,
    /// The first screen, which is always there.
    pub home: screen::home::Home,
    /// The screens over it, the top one last.
    pub stack: Vec<Screen>,
}

/// What all screens share.
#[derive(Debug)]
pub struct Shared {
    /// The trees to choose from.
    pub trees: Vec<Arc<Tree>>,
    /// What can be looked up.
    pub index: Index,
    /// What reads pasted lines.
    pub reader: pasted::Reader,
    /// The walk, if one was begun.
    pub walk: Option<Walk>,
    /// Walks that were left for another.
    pub parked: Parked,
    /// Which cards were opened often and lately, before this run.
    pub usage: Usage,
    /// What was learned, and the training session under way.
    pub training: Training,
    /// The card that was read last.
    pub last_card: Option<(Arc<Tree>, CardId)>,
    /// What the terminal can show.
    pub theme: Theme,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// Something to tell the operator until the next key.
    pub notice: Option<String>,
}

impl Model {
    /// The program as it starts, on the first screen. `notice` is told until the first key.
    pub fn new(trees: Vec<Arc<Tree>>, theme: Theme, notice: Option<String>) -> Self {
        let (index, reader) = (Index::new(&trees), pasted::Reader::new(&trees));
        let training = Training::new(&trees, &[], 0, 0);
        let shared = Shared {
            trees,
            index,
            reader,
            walk: None,
            parked: Parked::default(),
            usage: Usage::default(),
            training,
            last_card: None,
            theme,
            size: (80, 24),
            notice,
        };
        Self { shared, home: screen::home::Home::default(), stack: Vec::new() }
    }

    /// The same with what was learned from use; it must be known before anything is searched for.
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.shared.usage = usage;
        self
    }

    /// The same with what was learned in training so far.
    pub fn with_training(mut self, training: Training) -> Self {
        self.shared.training = training;
        self
    }

    /// The same with a training session on top.
    pub fn with_drill(mut self, tree: &Arc<Tree>) -> Self {
        if let Transition::Open(screen) = self.shared.train(tree) {
            self.stack.push(screen);
        }
        self
    }

    /// The same with a walk under way on top; its evidence over it, if that is worth a look first.
    pub fn with_walk(mut self, walk: Walk) -> Self {
        let is_shown = walks::is_worth_a_look(&walk);
        self.shared.walk = Some(walk);
        self.stack.push(Screen::Walk(WalkScreen::default()));
        if is_shown {
            self.stack.push(Screen::Evidence(EvidenceScreen::default()));
        }
        self
    }

    /// The same with a text searched for on top.
    pub fn with_search(mut self, text: &str) -> Self {
        self.stack.push(Screen::Search(screen::search::Search::new(&self.shared, text)));
        self
    }

    /// The context in which the next key is pressed.
    pub fn context(&self) -> Context {
        self.stack.last().map_or(Context::Home, |screen| screen.context(&self.shared))
    }

    /// What stays on the normal screen after the end: the card that was found, or how to go on.
    pub fn farewell(&self) -> Option<String> {
        if let Some((tree, card)) = &self.shared.last_card {
            return Some(walks::farewell_card(tree, *card, self.shared.walk.as_ref()));
        }
        let walk = self.shared.walk.as_ref()?;
        (!walk.known().answers.is_empty()).then(|| format!("To go on from here:\n  {}\n", resume_command(walk)))
    }
}

impl Shared {
    /// Remembers the card that is being read, for the farewell. Another one than before has been opened.
    fn note_card(&mut self, top: Option<&Screen>) -> Option<Effect> {
        let read = match top {
            Some(Screen::Card(card)) => Some((Arc::clone(&card.tree), card.card)),
            Some(Screen::Walk(_)) => self.walk.as_ref().and_then(walks::card_of),
            // Whatever else is on top hides what is being read, and does not end it.
            _ => return None,
        };
        let name = |(tree, card): &(Arc<Tree>, CardId)| (tree.id.clone(), *card);
        let is_another = read.as_ref().map(name) != self.last_card.as_ref().map(name);
        self.last_card = read;
        let (tree, card) = self.last_card.as_ref().filter(|_| is_another)?;
        Some(Effect::Opened { tree: tree.id.to_string(), card: tree.card(*card).id.to_string() })
    }

    /// Opens a card that was found: the walk goes on from it, or begins with it, and what was typed is its evidence.
    fn open_found(&mut self, query: &str, found: &Match) -> Transition {
        match walks::enter(&mut self.walk, &mut self.parked, &self.index, query, found) {
            Some(entered) => self.show_entered(entered),
            None => Transition::Open(Screen::Card(CardScreen::looked_up(&found.tree, found.card))),
        }
    }

    /// Begins a walk over what is shown.
    fn begin(&mut self, tree: &Arc<Tree>) -> Transition {
        let entered = walks::begin(&mut self.walk, &mut self.parked, tree);
        self.show_entered(entered)
    }

    /// Begins a training session over what is shown, or goes on with it.
    fn train(&mut self, tree: &Arc<Tree>) -> Transition {
        if self.training.begin(tree) {
            return Transition::Open(Screen::Drill(DrillScreen::default()));
        }
        self.notice = Some("This tree has no card to train.".into());
        Transition::Stay
    }

    fn show_entered(&mut self, entered: Entered) -> Transition {
        if entered.has_parked() {
            self.notice = Some("Your earlier walk is kept; H shows it on the first screen.".into());
        }
        Transition::Open(Screen::Walk(WalkScreen::entered(entered)))
    }

    /// A card in reading order, as the walk has it if it belongs to it.
    pub fn card_outline(&self, tree: &Tree, card: CardId) -> outline::Outline {
        outline::in_walk(self.walk.as_ref(), tree, card)
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
            model.shared.notice = Some(why);
        }
        Msg::PasteCut { read, pasted } => {
            model.shared.notice = Some(pasted::was_cut(model.shared.notice.take(), read, pasted));
        }
        Msg::NoShell => {
            model.shared.notice = Some("There is no shell to go back to: quit with q or Ctrl-C.".into());
        }
        Msg::Paste(text) => {
            model.shared.notice = None;
            paste(model, &text);
        }
        Msg::Key(key) => {
            model.shared.notice = None;
            effect = keys::action(model.context(), key).and_then(|action| handle(model, action));
        }
    }
    // No action both opens a card and wants something else done, so one effect is enough.
    let opened = model.shared.note_card(model.stack.last());
    effect.or(opened)
}

/// Pasted lines and records are evidence, whatever is on the screen: the walk goes on with them, and they are shown over
/// it first if that is worth a look. A line of words, and what nothing is recognised in, goes into the search.
fn paste(model: &mut Model, text: &str) {
    // Terminals end pasted lines as the Enter key does.
    let text = &text::line_ends(text);
    if let Some(Screen::Drill(drill)) = model.stack.last_mut()
        && drill.paste(text)
    {
        return;
    }
    let is_evidence = pasted::is_evidence(text);
    if let Some(found) = is_evidence.then(|| model.shared.reader.read(text)).flatten() {
        let shared = &mut model.shared;
        let entered = walks::enter_with(&mut shared.walk, &mut shared.parked, &found.tree, &found.evidence);
        if let Transition::Open(screen) = shared.show_entered(entered) {
            model.stack.push(screen);
        }
        if model.shared.walk.as_ref().is_some_and(walks::is_worth_a_look) {
            model.stack.push(Screen::Evidence(EvidenceScreen::default()));
        } else if model.shared.notice.is_none() {
            model.shared.notice = Some("Read as evidence: e shows what stands in it.".into());
        }
        return;
    }
    if is_evidence {
        model.shared.notice = Some("No line of it is known; its words are searched for.".into());
    }
    if let Some(Screen::Search(search)) = model.stack.last_mut() {
        search.paste(&model.shared, text);
    } else {
        model.stack.push(Screen::Search(screen::search::Search::new(&model.shared, text)));
    }
}

fn handle(model: &mut Model, action: Action) -> Option<Effect> {
    match action {
        Action::Quit => return Some(Effect::Quit),
        Action::Interrupt => return Some(Effect::Interrupt),
        Action::Suspend => return Some(Effect::Suspend),
        Action::Help => {
            if model.context() != Context::Help {
                let context = model.context();
                model.stack.push(Screen::Help(screen::help::Help::new(context)));
            }
            return None;
        }
        Action::Search => {
            model.stack.push(Screen::Search(screen::search::Search::new(&model.shared, "")));
            return None;
        }
        Action::GoHome => {
            // Only what something has happened in is worth going on with.
            model.shared.walk = model.shared.walk.take().filter(walks::has_events);
            model.stack.clear();
            model.home = screen::home::Home::default();
            return None;
        }
        Action::Evidence if model.shared.walk.is_some() => {
            model.stack.push(Screen::Evidence(EvidenceScreen::default()));
            return None;
        }
        Action::Evidence => {
            model.shared.notice = Some("There is no evidence yet. Paste lines at any time.".into());
            return None;
        }
        Action::Trail => {
            model.stack.push(Screen::Trail(screen::trail::Trail::default()));
            return None;
        }
        _ => {}
    }
    let next = match model.stack.last_mut() {
        Some(screen) => screen.handle(&mut model.shared, action),
        None => model.home.handle(&mut model.shared, action),
    };
    match next {
        Transition::Stay => {}
        Transition::Close => {
            model.stack.pop();
        }
        Transition::Open(screen) => model.stack.push(screen),
        Transition::Replace(screen) => {
            model.stack.pop();
            model.stack.push(screen);
        }
        Transition::Walk => {
            // The walk shows where it stands now; whatever was over it is done with, and what it was entered from is not.
            let walk = model.stack.iter().rposition(|screen| matches!(screen, Screen::Walk(_)));
            model.stack.truncate(walk.map_or(0, |at| at + 1));
            match model.stack.last_mut() {
                Some(Screen::Walk(walk)) => walk.show_anew(),
                _ => model.stack.push(Screen::Walk(WalkScreen::default())),
            }
        }
        Transition::Do(effect) => return Some(effect),
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
