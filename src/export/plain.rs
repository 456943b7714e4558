//! Writes a card as plain text.
//!
//! It has no boxes and no columns, and suits screen readers and pipes.

use super::block::Block;
use super::outline::CardText;
use crate::text;

/// Returns a card as text, wrapped to a width in columns.
pub fn card(card: &CardText, width: usize) -> String {
    let mut lines = Vec::new();
    push(&mut lines, "", "", &card.title, width);
    if !card.badges.is_empty() {
        push(&mut lines, "", "", &format!("({})", card.badges), width);
    }
    if !card.verdict.is_empty() {
        push(&mut lines, "", "", &card.verdict, width);
    }
    lines.push(String::new());
    push_blocks(&card.blocks, width, &mut lines);
    lines.join("\n") + "\n"
}

/// Writes blocks as lines, wrapped to a width in columns.
pub fn blocks(blocks: &[Block], width: usize) -> String {
    let mut lines = Vec::new();
    push_blocks(blocks, width, &mut lines);
    lines.join("\n") + "\n"
}

fn push_blocks(blocks: &[Block], width: usize, lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => lines.extend([String::new(), format!("{heading}:")]),
            Block::Text(text) => push(lines, "", "", text, width),
            Block::Point(text) => push(lines, "- ", "  ", text, width),
            Block::Step { number, text, outcome } => {
                lines.push(String::new());
                let mark = outcome.map(|outcome| format!(" ({})", outcome.word())).unwrap_or_default();
                push(lines, &format!("{number}. "), "   ", &format!("{text}{mark}"), width);
            }
            Block::Tags { text, .. } => push(lines, "   ", "   ", text, width),
            // Commands are not wrapped, because they are copied.
            Block::Command(command) => lines.push(format!("   $ {command}")),
            Block::Labeled(label, text) => push(lines, "   ", "   ", &format!("{label}: {text}"), width),
            Block::Found(place, text) => push(lines, "", "  ", &format!("{place}: {text}"), width),
            Block::Link(title, url) => {
                push(lines, "- ", "  ", title, width);
                lines.push(format!("  {url}"));
            }
            // Lines of logs are never broken either: they are what they are.
            Block::Line { letter, text, .. } => lines.push(format!("  {letter}. {text}")),
            Block::Prompt(command) => lines.push(format!("  $ {command}")),
            Block::Output(text) => lines.extend(text.split('\n').map(|line| format!("  {line}"))),
            Block::Aside(text) => push(lines, "  ", "  ", text, width),
            Block::Numbered(number, text) => push(lines, &format!("  {number}. "), "     ", text, width),
            Block::Good(text) | Block::Bad(text) => push(lines, "", "  ", text, width),
            Block::Row { depth, text, .. } => {
                let indent = "  ".repeat((*depth).min(width / 4));
                push(lines, &indent, if *depth == 0 { "  " } else { &indent }, text, width);
            }
        }
    }
}

fn push(lines: &mut Vec<String>, first: &str, rest: &str, text: &str, width: usize) {
    let room = width.saturating_sub(text::width(first)).max(20);
    for (at, line) in text::wrap_words(text, room).into_iter().enumerate() {
        lines.push(format!("{}{line}", if at == 0 { first } else { rest }));
    }
}
