//! Shows the progress in a tree.
//!
//! Each card of its branching is solid, shaky or new.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::text::Line;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::transition::Transition;
use crate::export::drill::{count, progress_map};
use crate::tree::Tree;

/// The state of the screen.
#[derive(Debug)]
pub struct Learned {
    tree: Arc<Tree>,
    scroll: usize,
}

impl Learned {
    /// Shows what was learned of a tree.
    pub fn new(tree: Arc<Tree>) -> Self {
        Self { tree, scroll: 0 }
    }

    /// Lets the trainee do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Escape | Action::Back) {
            return Transition::Close;
        }
        let area = parts_frame::body_area(shared.size);
        let count = || self.lines(shared, usize::from(area.width)).len();
        self.scroll = body::scroll(action, self.scroll, usize::from(area.height), count).unwrap_or(self.scroll);
        Transition::Stay
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = parts_frame::body_area(shared.size);
        let lines = self.lines(shared, usize::from(area.width));
        let training = &shared.training;
        let state = count(&self.tree, &training.progress(&self.tree), training.day());
        parts_frame::draw_lines(frame, shared, KeyContext::Learned, ("Progress", &state), lines, self.scroll);
    }

    fn lines(&self, shared: &Shared, width: usize) -> Vec<Line<'static>> {
        let training = &shared.training;
        blocks::lines(&progress_map(&self.tree, &training.progress(&self.tree), training.day()), shared.theme, width)
    }
}
