//! The scenes of the pictures: a terminal size and the pressed keys.

use std::sync::Arc;

use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::widgets::Paragraph;
use ratatui::{Frame, Terminal};
use wherefore::internals::app::drills::{Modes, TrainingState, Wanted};
use wherefore::internals::app::keys::Key;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update, view};
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::drill::progress::Answered;
use wherefore::internals::drill::schedule::Grade;
use wherefore::internals::export::diagnosis::{Style, text};
use wherefore::internals::session::walk_of;
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::EvidenceSource;

/// One picture.
pub(crate) struct Scene {
    /// The name of its file.
    pub(crate) name: &'static str,
    size: (u16, u16),
    shows: Shows,
}

/// The subject of a picture.
enum Shows {
    /// The screen after these keys.
    Keys(&'static str),
    /// The screen after the incident was pasted, and these keys.
    Pasted(&'static str),
    /// An exercise about a card in a mode, after some keys.
    Drill(Modes, &'static str, &'static str),
    /// The progress of a trainee after some weeks.
    Learned,
    /// The output of `wherefore diagnose` for the incident.
    Diagnosis,
}

/// An incident: what its error log and its access log say.
const INCIDENT: &str = concat!(
    include_str!("../../tests/fixtures/incident/error.log"),
    include_str!("../../tests/fixtures/incident/access.log")
);

fn drill(name: &'static str, size: (u16, u16), (modes, card, keys): (Modes, &'static str, &'static str)) -> Scene {
    Scene { name, size, shows: Shows::Drill(modes, card, keys) }
}

/// Every picture. Letters in `keys` are typed; `⏎` is Enter, `↓` is Down.
pub(crate) fn all() -> Vec<Scene> {
    let scene = |name, size, keys| Scene { name, size, shows: Shows::Keys(keys) };
    vec![
        Scene { name: "evidence", size: (80, 24), shows: Shows::Pasted("") },
        Scene { name: "diagnose", size: (80, 60), shows: Shows::Diagnosis },
        scene("home", (80, 24), ""),
        scene("question", (80, 24), "⏎1↓↓"),
        scene("card", (80, 24), "⏎11"),
        scene("search", (80, 24), "/nohealthy"),
        scene("help", (80, 24), "⏎1?"),
        scene("question-medium", (120, 30), "⏎1↓↓"),
        scene("question-wide", (200, 60), "⏎1↓↓"),
        scene("card-medium", (120, 30), "⏎11"),
        scene("card-wide", (200, 60), "⏎11"),
        drill("drill", (80, 24), (Modes::Recognize, "health-check-connection-failed", "2")),
        drill("drill-incident", (80, 24), (Modes::Incident, "backend-closed-connection", "4")),
        drill("drill-incident-wide", (160, 45), (Modes::Incident, "backend-closed-connection", "73")),
        Scene { name: "drill-progress", size: (80, 24), shows: Shows::Learned },
    ]
}

impl Scene {
    /// The screen after the keys.
    pub(crate) fn buffer(&self) -> Buffer {
        let library = Library::embedded();
        let keys = match self.shows {
            Shows::Keys(keys) | Shows::Pasted(keys) | Shows::Drill(_, _, keys) => keys,
            Shows::Learned => "p",
            Shows::Diagnosis => return self.draw(|frame| frame.render_widget(printed(&library), frame.area())),
        };
        let trees = if self.name == "home" { library.trees } else { shown_first(library.trees) };
        let mut model = Model::new(trees, Theme::default(), None);
        match self.shows {
            Shows::Drill(modes, card, _) => model = trained(model, &[], modes, card),
            Shows::Learned => model = trained(model, &answers(), Modes::Recognize, "gateway-timeout"),
            _ => {}
        }
        update(&mut model, Msg::Resize(self.size.0, self.size.1));
        if matches!(self.shows, Shows::Pasted(_)) {
            update(&mut model, Msg::Paste(INCIDENT.to_owned()));
        }
        for key in keys.chars() {
            let key = match key {
                '⏎' => Key::Enter,
                '↓' => Key::Down,
                other => Key::Char(other),
            };
            update(&mut model, Msg::Key(key));
        }
        self.draw(|frame| view(&model, frame))
    }

    fn draw(&self, draw: impl FnOnce(&mut Frame<'_>)) -> Buffer {
        let mut terminal = match Terminal::new(TestBackend::new(self.size.0, self.size.1)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        match terminal.draw(draw) {
            Ok(drawn) => drawn.buffer.clone(),
            Err(never) => match never {},
        }
    }
}

/// Moves the tree that the pictures show to the front.
fn shown_first(mut trees: Vec<Arc<Tree>>) -> Vec<Arc<Tree>> {
    trees.sort_by_key(|tree| tree.id != "oci-load-balancer");
    trees
}

/// The model with an exercise on top.
fn trained(model: Model, answers: &[Answered], modes: Modes, card: &str) -> Model {
    let Some(tree) = model.shared.session.trees.first().map(Arc::clone) else { return model };
    let mut training = TrainingState::new(&model.shared.session.trees, answers, 30, 1);
    training.want(Wanted { modes, card: tree.find_card(card), is_by_seed: true, seed: 3, ..Wanted::default() });
    model.with_training(training).with_drill(&tree)
}

/// Returns the answers of a trainee after some weeks, right and wrong.
fn answers() -> Vec<Answered> {
    let trees = shown_first(Library::embedded().trees);
    let Some(tree) = trees.first() else { return Vec::new() };
    let cards: Vec<_> = tree.diagnoses().map(|(_, card)| card.id.to_string()).collect();
    let answered = |(at, card): (usize, &String)| Answered {
        day: 29,
        tree: tree.id.to_string(),
        card: card.clone(),
        confused_with: cards.get(at + 1).filter(|_| at % 5 == 4).cloned(),
        distinguished_from: Vec::new(),
        grade: if at % 3 == 0 { Grade::Easy } else { Grade::Hard },
    };
    cards.iter().enumerate().filter(|(at, _)| at % 4 != 3).map(answered).collect()
}

/// Returns the output of `wherefore diagnose` for the incident.
fn printed(library: &Library) -> Paragraph<'static> {
    let diagnosis = diagnose_text(&Scanner::new(&library.trees), &EvidenceSource::file("incident.log"), INCIDENT);
    let style = Style { width: 78, unicode: true, is_plain: false };
    let told = text(&diagnosis, walk_of(&diagnosis).as_ref(), style);
    let command = "$ wherefore diagnose incident.log\n";
    Paragraph::new(format!("{command}{told}"))
}
