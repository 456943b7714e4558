//! What was learned of a tree: its branching, with what is solid, shaky and new.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::text::Line;

use super::Transition;
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, drill_text, frame as parts_frame};
use crate::export::drill::{count, picture};
use crate::tree::Tree;

/// The state of the screen.
#[derive(Debug)]
pub struct Learned {
    tree: Arc<Tree>,
    scroll: usize,
}

impl Learned {
    /// What was learned of a tree.
    pub fn new(tree: &Arc<Tree>) -> Self {
        Self { tree: Arc::clone(tree), scroll: 0 }
    }

    /// Lets the trainee do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Escape | Action::Back) {
            return Transition::Close;
        }
        let area = parts_frame::body_area(shared.size);
        let lines = self.lines(shared, usize::from(area.width)).len();
        self.scroll = body::scroll(action, self.scroll, lines, usize::from(area.height)).unwrap_or(self.scroll);
        Transition::Stay
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = parts_frame::body_area(shared.size);
        let lines = self.lines(shared, usize::from(area.width));
        let scroll = self.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        let below = body::below(lines.len(), scroll, area.height);
        let training = &shared.training;
        let state = count(&self.tree, &training.progress(&self.tree), training.day());
        let area = parts_frame::draw(frame, shared, Context::Learned, "Progress", &state, below);
        body::draw(frame, area, lines, scroll);
    }

    fn lines(&self, shared: &Shared, width: usize) -> Vec<Line<'static>> {
        let training = &shared.training;
        drill_text::lines(&picture(&self.tree, &training.progress(&self.tree), training.day()), shared.theme, width)
    }
}
