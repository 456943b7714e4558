//! What the pictures show: each is a terminal size and the keys that were pressed.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use wherefore::app::keys::Key;
use wherefore::app::look::Look;
use wherefore::app::{Model, Msg, update, view};
use wherefore::store::Library;

/// One picture.
pub(crate) struct Scene {
    /// The name of its file.
    pub(crate) name: &'static str,
    size: (u16, u16),
    keys: &'static str,
}

/// Every picture. Letters in `keys` are typed; `⏎` is Enter, `↓` is Down.
pub(crate) fn all() -> Vec<Scene> {
    let scene = |name, size, keys| Scene { name, size, keys };
    vec![
        scene("home", (80, 24), ""),
        scene("question", (80, 24), "⏎1↓↓"),
        scene("card", (80, 24), "⏎11"),
        scene("search", (80, 24), "/nohealthy"),
        scene("question-wide", (160, 45), "⏎1↓↓"),
        scene("card-wide", (160, 45), "⏎11"),
    ]
}

impl Scene {
    /// The screen after the keys.
    pub(crate) fn buffer(&self) -> Buffer {
        let library = Library::embedded();
        let mut model = Model::new(library.trees, Look::default(), None);
        update(&mut model, Msg::Resize(self.size.0, self.size.1));
        for key in self.keys.chars() {
            let key = match key {
                '⏎' => Key::Enter,
                '↓' => Key::Down,
                other => Key::Char(other),
            };
            update(&mut model, Msg::Key(key));
        }
        let mut terminal = match Terminal::new(TestBackend::new(self.size.0, self.size.1)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        match terminal.draw(|frame| view(&model, frame)) {
            Ok(drawn) => drawn.buffer.clone(),
            Err(never) => match never {},
        }
    }
}
