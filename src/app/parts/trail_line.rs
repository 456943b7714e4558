//! Draws the answers so far on one line.

use ratatui::text::{Line, Span};

use crate::app::theme::{Role, Theme};
use crate::export::verdict::name_of_answer;
use crate::session::walks;
use crate::text;
use crate::tree::QuestionId;
use crate::walk::Walk;

/// The most columns of a pasted line among the answers.
const PASTED: usize = 40;

/// Returns the answers so far on one line.
///
/// The latest are kept if they do not fit.
pub fn trail_line(walk: &Walk, asked: Option<QuestionId>, theme: Theme, width: usize) -> Option<Line<'static>> {
    // The text that began the walk comes first and short, so that the operator recognizes it.
    let mut answers: Vec<String> = walks::named(walk, PASTED).map(|named| theme.text(&named)).collect();
    for (question, given) in walks::answers_in_order(walk) {
        // Answers of a pasted line are in the line itself.
        if Some(question) != asked && walks::is_of_operator(walk, question) {
            answers.push(theme.text(&name_of_answer(walk.tree(), question, given)));
        }
    }
    if answers.is_empty() {
        return None;
    }
    let label = "You said: ";
    let room = width.saturating_sub(text::width(label));
    let mut shown = answers.join(theme.arrow());
    while text::width(&shown) > room && answers.len() > 1 {
        answers.remove(0);
        shown = format!("{}{}{}", theme.ellipsis(), theme.arrow(), answers.join(theme.arrow()));
    }
    Some(Line::from(vec![
        Span::styled(label, theme.style(Role::Secondary)),
        Span::raw(text::fit(&shown, room, theme.ellipsis())),
    ]))
}
