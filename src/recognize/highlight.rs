//! Finds the parts of a line to highlight.

use regex::bytes::Regex;

use super::condition::FieldMatcher;
use super::pattern::Compiled;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::tree::CardId;

impl Recognizer {
    /// Returns the parts of a line that a card's signatures match.
    ///
    /// Empty if the line matches no signature of the card.
    pub fn matched_parts(&self, line: &Line, card: CardId) -> Vec<String> {
        let own = self.carried(line).filter(|(id, _)| id.card == card);
        let mut parts: Vec<String> = Vec::new();
        for part in own.flat_map(|(.., pattern)| pattern.parts_in(line)) {
            // A part of a longer part is shown with it.
            if !parts.iter().any(|known| known.contains(&part)) {
                parts.retain(|known| !part.contains(known.as_str()));
                parts.push(part);
            }
        }
        parts
    }
}

impl Compiled {
    fn parts_in(&self, line: &Line) -> Vec<String> {
        if let Compiled::Text(matcher) = self {
            return matcher.found_in(line.text()).into_iter().collect();
        }
        // The evidence says where in a document the match is.
        let Compiled::Fields(fields) = self else { return Vec::new() };
        let fields = fields.ready();
        // A value that may be anything is read, not looked for.
        let all = !fields.iter().any(FieldMatcher::says_something);
        let fields = fields.iter().filter(|field| all || field.says_something()).map(FieldMatcher::name);
        let formatted = |name| line.records().iter().find_map(|record| record.formatted(name)).map(str::to_owned);
        fields.filter_map(|name| formatted(name).or_else(|| named_value(line.text(), name))).collect()
    }
}

/// Returns the first field of that folded name, with its value.
fn named_value(text: &str, folded: &str) -> Option<String> {
    let letters: Vec<String> = folded.chars().map(|letter| regex::escape(&letter.to_string())).collect();
    let name = format!(r#"\\*"?\b{}\b\\*"?"#, letters.join("[-_]?"));
    let value = r#"\s*[:=]\s*(?:\\*"[^"\\]*\\*"|[^\s,;{}\[\]"\\]*)"#;
    // In ASCII, classes of Unicode find the same and take ten times as long to compile.
    let mode = if text.is_ascii() && folded.is_ascii() { "(?i-u)" } else { "(?i)" };
    // Made of escaped letters and fixed parts, it always compiles.
    let field = Regex::new(&format!("{mode}{name}{value}")).ok()?;
    field.find(text.as_bytes()).and_then(|found| text.get(found.range())).map(str::to_owned)
}
