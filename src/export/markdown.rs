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

/// Escapes the characters that would have a meaning in Markdown.
///
/// Chats and tickets show needless backslashes, so `CONNECT_FAILED` and `[S]` stay as they are. The rules are those of
/// CommonMark and of its tables and strikethrough on GitHub: an underscore inside a word is no emphasis, and brackets are
/// a link only before `(`, `[` or `:`.
fn escape(text: &str) -> String {
    let has_link = ["](", "][", "]:"].iter().any(|end| text.contains(end));
    let has_pair = text.matches('~').count() > 1;
    let mut escaped = String::with_capacity(text.len());
    let (mut before, mut rest) = (None::<char>, text.chars().peekable());
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        let is_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let is_space = |side: Option<char>| side.is_none_or(char::is_whitespace);
        let has_meaning = match character {
            '\\' | '`' => true,
            '_' => !(is_word(before) && is_word(after)),
            '*' => before.is_none() || !(is_space(before) && is_space(after)),
            '[' | ']' => has_link,
            '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '~' => has_pair,
            '>' | '#' | '+' | '-' | '=' | '|' => before.is_none(),
            _ => false,
        };
        if has_meaning {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_with_a_meaning_are_escaped() {
        for plain in ["CONNECT_FAILED", "[S] without [S.]", "0.0.0.0, * or ::", "a > b, 5 < 6, #3, ~/x", "a|b - c"] {
            assert_eq!(escape(plain), plain);
        }
        let cases = [
            ("*bold*", r"\*bold\*"),
            ("_x_ and __init__", r"\_x\_ and \_\_init\_\_"),
            ("[a](b)", r"\[a\](b)"),
            ("<b> `c` \\", r"\<b> \`c\` \\"),
            ("~~gone~~", r"\~\~gone\~\~"),
            ("# no heading", r"\# no heading"),
            ("- no list", r"\- no list"),
            ("* no list", r"\* no list"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected);
        }
    }
}
