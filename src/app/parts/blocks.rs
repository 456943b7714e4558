//! The blocks of a card as lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{hanging, labelled};
use crate::app::theme::Theme;
use crate::export::Block;

/// Where what belongs to a remedy begins.
const INDENT: &str = "   ";

/// The blocks wrapped to a width in columns.
pub fn lines(blocks: &[Block], theme: Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for block in blocks {
        push(block, theme, width, &mut lines);
    }
    lines
}

fn push(block: &Block, theme: Theme, width: usize, lines: &mut Vec<Line<'static>>) {
    match block {
        Block::Heading(heading) => {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(theme.text(heading), theme.heading()));
        }
        Block::Text(text) => lines.extend(hanging(theme, Span::raw(""), text, Style::new(), width)),
        Block::Point(text) => lines.extend(hanging(theme, Span::raw(theme.bullet()), text, Style::new(), width)),
        Block::Step { number, text, tried } => {
            if *number > 2 {
                lines.push(Line::default());
            }
            let (text, style) = match tried {
                Some(true) => (format!("{text} (worked)"), theme.good()),
                Some(false) => (format!("{text} (tried, did not help)"), Style::new()),
                None if *number == 1 => (text.clone(), theme.strong()),
                None => (text.clone(), Style::new()),
            };
            let lead = Span::styled(format!("{number:<2} "), theme.key());
            lines.extend(hanging(theme, lead, &text, style, width));
        }
        Block::Tags { text, is_disruptive } => {
            let style = if *is_disruptive { theme.danger() } else { Style::new() };
            lines.extend(hanging(theme, Span::raw(INDENT), text, style, width));
        }
        Block::Command(command) => {
            let lead = Span::styled(format!("{INDENT}$ "), theme.command());
            lines.extend(hanging(theme, lead, command, theme.command(), width));
        }
        Block::Labelled(label, text) => {
            let label = Span::styled(format!("{label}:"), theme.strong());
            lines.extend(labelled(theme, INDENT, label, text, width));
        }
        Block::Found(place, text) => {
            let label = Span::styled(format!("{place}:"), theme.strong());
            lines.extend(labelled(theme, "", label, text, width));
        }
        Block::Link(title, url) => {
            lines.extend(hanging(theme, Span::raw(theme.bullet()), title, Style::new(), width));
            lines.extend(hanging(theme, Span::raw("  "), url, Style::new(), width));
        }
    }
}
