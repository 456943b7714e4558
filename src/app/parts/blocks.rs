//! Draws the blocks of a card or an exercise as lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{hanging, labeled};
use super::pieces;
use crate::app::theme::{Role, Theme};
use crate::export::Block;
use crate::text;
use crate::walk::StepOutcome;

/// Where what belongs to a remedy begins.
const INDENT: &str = "   ";

/// Mark the parts of a line that decide while it is broken.
///
/// They take no column, and no text from outside has them.
const BEGIN: char = '\u{2060}';
const END: char = '\u{2061}';

/// Returns the blocks wrapped to a width in columns.
pub fn lines(blocks: &[Block], theme: Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for block in blocks {
        push(block, theme, width, &mut lines);
    }
    lines
}

fn push(block: &Block, theme: Theme, width: usize, lines: &mut Vec<Line<'static>>) {
    let plain = Span::raw("");
    match block {
        Block::Heading(heading) => {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(hanging(theme, plain, heading, theme.style(Role::Title), width));
        }
        Block::Text(text) => lines.extend(hanging(theme, plain, text, Style::new(), width)),
        Block::Point(text) => lines.extend(hanging(theme, Span::raw(theme.bullet()), text, Style::new(), width)),
        Block::Step { number, text, outcome } => {
            if *number > 2 {
                lines.push(Line::default());
            }
            let (text, style) = match outcome {
                Some(StepOutcome::Helped) => (format!("{text} (helped)"), theme.style(Role::Right)),
                Some(outcome) => (format!("{text} ({})", outcome.word()), Style::new()),
                None if *number == 1 => (text.clone(), theme.style(Role::Title)),
                None => (text.clone(), Style::new()),
            };
            let lead = Span::styled(format!("{number:<2} "), theme.style(Role::Key));
            lines.extend(hanging(theme, lead, &text, style, width));
        }
        Block::Tags { text, effect } => {
            let (said, rest) = text.split_once(" · ").unwrap_or((text, ""));
            let badge = theme.badge(Role::of_effect(*effect), said);
            let mut pieces = vec![(badge.content.into_owned(), badge.style)];
            if !rest.is_empty() {
                pieces.push((format!(" · {rest}"), theme.style(Role::Secondary)));
            }
            lines.extend(pieces::wrapped(theme, Span::raw(INDENT), &pieces, width));
        }
        Block::Command(command) => lines.extend(pieces::command(theme, INDENT.len(), command, width)),
        Block::Labeled(label, text) => {
            let label = Span::styled(format!("{label}:"), theme.style(Role::Secondary));
            lines.extend(labeled(theme, INDENT, label, text, width));
        }
        Block::Found(place, text) => {
            let label = Span::styled(format!("{place}:"), theme.style(Role::Secondary));
            lines.extend(labeled(theme, "", label, text, width));
        }
        Block::Link(title, url) => {
            lines.extend(hanging(theme, Span::raw(theme.bullet()), title, Style::new(), width));
            lines.extend(hanging(theme, Span::raw("  "), url, theme.style(Role::Secondary), width));
        }
        Block::Line { letter, text, marks } => lines.extend(lettered(theme, *letter, text, marks, width)),
        Block::Prompt(command) => {
            let lead = Span::styled("  $ ", theme.style(Role::Secondary));
            lines.extend(hanging(theme, lead, command, theme.style(Role::Command), width));
        }
        Block::Output(text) => {
            let columns = width.saturating_sub(INDENT.len()).max(1);
            let output = text.split('\n').flat_map(|line| text::cut(&theme.text(line), columns));
            lines.extend(output.map(|line| Line::raw(format!("{INDENT}{line}"))));
        }
        Block::Aside(text) => lines.extend(hanging(theme, Span::raw(INDENT), text, Style::new(), width)),
        Block::Numbered(number, text) => {
            let lead = Span::styled(format!("{number}  "), theme.style(Role::Key));
            lines.extend(hanging(theme, lead, text, Style::new(), width));
        }
        Block::Good(text) => lines.extend(hanging(theme, plain, text, theme.style(Role::Right), width)),
        Block::Bad(text) => lines.extend(hanging(theme, plain, text, theme.style(Role::Wrong), width)),
        Block::Row { depth, mark, text } => lines.extend(row(theme, *depth, *mark, text, width)),
    }
}

/// Returns a line of a log with the parts that decide marked.
///
/// A part is marked also where it goes over the end of a line.
fn lettered(theme: Theme, letter: char, text: &str, marks: &[String], width: usize) -> Vec<Line<'static>> {
    let mut marked = theme.text(text);
    for mark in marks.iter().map(|mark| theme.text(mark)).filter(|mark| !mark.is_empty()) {
        marked = marked.replacen(&mark, &format!("{BEGIN}{mark}{END}"), 1);
    }
    let label = format!("{letter}  ");
    let mut depth = 0_usize;
    let mut lines = Vec::new();
    for (at, line) in text::cut(&marked, width.saturating_sub(label.len()).max(1)).into_iter().enumerate() {
        let lead = if at == 0 { label.clone() } else { " ".repeat(label.len()) };
        let mut spans = vec![Span::styled(lead, theme.style(Role::Secondary))];
        let mut words = String::new();
        for letter in line.chars() {
            if letter != BEGIN && letter != END {
                words.push(letter);
                continue;
            }
            spans.push(Span::styled(
                std::mem::take(&mut words),
                if depth > 0 { theme.style(Role::Match) } else { Style::new() },
            ));
            depth = if letter == BEGIN { depth + 1 } else { depth.saturating_sub(1) };
        }
        spans.push(Span::styled(words, if depth > 0 { theme.style(Role::Match) } else { Style::new() }));
        lines.push(Line::from(spans));
    }
    lines
}

/// A row of a map: branches without a mark, cards with theirs.
fn row(
    theme: Theme,
    depth: usize,
    (unicode, ascii): (&'static str, &'static str),
    text: &str,
    width: usize,
) -> Vec<Line<'static>> {
    let indent = "  ".repeat(depth);
    if unicode.is_empty() {
        return hanging(theme, Span::raw(indent), text, theme.style(Role::Title), width);
    }
    let mark = Span::styled(format!("{indent}{} ", theme.symbol(unicode, ascii)), theme.style(Role::Key));
    hanging(theme, mark, text, Style::new(), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_keeps_its_columns() {
        let parts = [Block::Output("time    a    b\n10:20   1   17".to_owned())];
        let shown: Vec<_> = lines(&parts, Theme::default(), 40).iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["   time    a    b", "   10:20   1   17"]);
        let narrow: Vec<_> = lines(&parts, Theme::default(), 12).iter().map(ToString::to_string).collect();
        assert_eq!(narrow, ["   time    a", "   b", "   10:20   1", "   17"]);
    }

    #[test]
    fn what_decides_is_marked_over_the_end_of_a_line() {
        let theme = Theme::default();
        let part =
            Block::Line { letter: 'c', text: "one two three four".to_owned(), marks: vec!["two three".to_owned()] };
        let lines = lines(&[part], theme, 11);
        let marked: Vec<_> = lines
            .iter()
            .flat_map(|line| &line.spans)
            .filter(|span| span.style == theme.style(Role::Match) && !span.content.is_empty())
            .map(|span| span.content.as_ref())
            .collect();
        assert_eq!(marked, ["two", "three"]);
        assert_eq!(lines.iter().map(ToString::to_string).collect::<Vec<_>>(), ["c  one two", "   three", "   four"]);
    }
}
