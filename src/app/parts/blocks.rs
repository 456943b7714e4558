//! The blocks of a card as lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{hanging, labelled};
use crate::app::look::Look;
use crate::export::Block;

/// Where what belongs to a remedy begins.
const INDENT: &str = "   ";

/// The blocks wrapped to a width in columns.
pub fn lines(blocks: &[Block], look: Look, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for block in blocks {
        push(block, look, width, &mut lines);
    }
    lines
}

fn push(block: &Block, look: Look, width: usize, lines: &mut Vec<Line<'static>>) {
    match block {
        Block::Heading(heading) => {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(look.text(heading), look.heading()));
        }
        Block::Text(text) => lines.extend(hanging(look, Span::raw(""), text, Style::new(), width)),
        Block::Point(text) => lines.extend(hanging(look, Span::raw(look.bullet()), text, Style::new(), width)),
        Block::Step { number, text, tried } => {
            if *number > 2 {
                lines.push(Line::default());
            }
            let (text, style) = match tried {
                Some(true) => (format!("{text} (worked)"), look.good()),
                Some(false) => (format!("{text} (tried, did not help)"), Style::new()),
                None if *number == 1 => (text.clone(), look.strong()),
                None => (text.clone(), Style::new()),
            };
            let lead = Span::styled(format!("{number:<2} "), look.key());
            lines.extend(hanging(look, lead, &text, style, width));
        }
        Block::Tags { text, is_disruptive } => {
            let style = if *is_disruptive { look.danger() } else { Style::new() };
            lines.extend(hanging(look, Span::raw(INDENT), text, style, width));
        }
        Block::Command(command) => {
            let lead = Span::styled(format!("{INDENT}$ "), look.command());
            lines.extend(hanging(look, lead, command, look.command(), width));
        }
        Block::Labelled(label, text) => {
            let label = Span::styled(format!("{label}:"), look.strong());
            lines.extend(labelled(look, INDENT, label, text, width));
        }
        Block::Found(place, text) => {
            let label = Span::styled(format!("{place}:"), look.strong());
            lines.extend(labelled(look, "", label, text, width));
        }
        Block::Link(title, url) => {
            lines.extend(hanging(look, Span::raw(look.bullet()), title, Style::new(), width));
            lines.extend(hanging(look, Span::raw("  "), url, Style::new(), width));
        }
    }
}
