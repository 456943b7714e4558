//! Writes a card as Markdown, for tickets and chats.

use super::block::Block;
use super::outline::CardText;

/// Returns a card as Markdown.
pub fn card(card: &CardText) -> String {
    let mut text = format!("# {}\n\n", escape(&card.title));
    if !card.badges.is_empty() {
        text.push_str(&format!("*{}*\n\n", escape(&card.badges)));
    }
    if !card.verdict.is_empty() {
        text.push_str(&format!("**{}**\n\n", escape(&card.verdict)));
    }
    for block in &card.blocks {
        push(block, &mut text);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn push(block: &Block, text: &mut String) {
    let paragraph = match block {
        Block::Heading(heading) => format!("\n## {}\n\n", escape(heading)),
        Block::Text(words) => format!("{}\n\n", escape(words)),
        Block::Point(words) => format!("- {}\n", escape(words)),
        Block::Step { number, text, outcome } => {
            let mark = outcome.map(|outcome| format!(" *({})*", outcome.word())).unwrap_or_default();
            format!("\n**{number}.** {}{mark}\n\n", escape(text))
        }
        Block::Tags { text, .. } => format!("*{}*\n\n", escape(text)),
        Block::Command(command) => format!("```sh\n{command}\n```\n\n"),
        Block::Prompt(command) => format!("```sh\n{command}\n```\n\n"),
        Block::Labeled(label, words) => format!("{label}: {}\n\n", escape(words)),
        Block::Found(place, words) => format!("**{}:** {}\n\n", escape(place), escape(words)),
        Block::Link(title, url) => format!("- [{}]({url})\n", escape(title)),
        Block::Output(text) | Block::Line { text, .. } => format!("```\n{text}\n```\n\n"),
        Block::Aside(words) | Block::Good(words) | Block::Bad(words) => format!("{}\n\n", escape(words)),
        Block::Numbered(number, words) => format!("{number}. {}\n", escape(words)),
        Block::Row { depth, text, .. } => format!("{}- {}\n", "  ".repeat(*depth), escape(text)),
    };
    text.push_str(&paragraph);
}

/// Escapes the characters that have a meaning in Markdown.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
