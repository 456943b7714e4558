//! What is still possible, as bars.

use ratatui::text::{Line, Span};

use crate::app::theme::Theme;
use crate::text;
use crate::walk::{Given, Step, Walk};

/// The width of a bar that stands for certainty.
const BAR: usize = 12;

/// One line a candidate, the likeliest first, with its share. At most `height` lines.
pub fn lines(walk: &Walk, theme: Theme, width: usize, height: usize) -> Vec<Line<'static>> {
    let candidates = &walk.position().candidates;
    let fits = if candidates.len() <= height { height } else { height.saturating_sub(1) };
    let most = candidates.first().map_or(1.0, |first| first.share);
    let mut lines = Vec::new();
    for candidate in candidates.iter().take(fits) {
        let filled = ((candidate.share / most) * BAR as f64).round().max(1.0) as usize;
        let bar = theme.symbol("━", "=").repeat(filled.min(BAR));
        let share = format!(" {:>4} ", percent(candidate.share));
        let title = &walk.tree().card(candidate.card).title;
        let room = width.saturating_sub(BAR + share.len());
        lines.push(Line::from(vec![
            Span::styled(format!("{bar:<BAR$}"), theme.key()),
            Span::raw(share),
            Span::raw(text::fit(&theme.text(title), room, theme.ellipsis())),
        ]));
    }
    let hidden = candidates.len().saturating_sub(lines.len());
    if hidden > 0 && height > 0 {
        lines.push(Line::raw(format!("and {hidden} more")));
    }
    lines
}

/// A share as a person reads it.
pub fn percent(share: f64) -> String {
    if share < 0.01 { "<1%".to_owned() } else { format!("{:.0}%", share * 100.0) }
}

/// `27 causes left · about 3 questions`, or how else the walk stands.
pub fn summary(walk: &Walk) -> String {
    match walk.position().step {
        Step::Escalate => return "nothing fits".into(),
        Step::Conflict(_) => return "a contradiction".into(),
        _ => {}
    }
    let left = text::count(walk.position().candidates.len(), "cause left", "causes left");
    // Nobody can say how many questions somebody will be able to answer who could not answer one already.
    let has_unknown = walk.known().answers.values().any(|answer| answer.given == Given::Unknown);
    // Rounded up: one question more than was promised is worse than one less.
    let questions = (walk.position().questions_left - 0.1).ceil().max(0.0) as usize;
    match questions {
        0 => left,
        _ if has_unknown => left,
        _ => format!("{left} · about {}", text::count(questions, "question", "questions")),
    }
}
