//! Paths into a document (JSONPath, RFC 9535), as trees write them.
//!
//! The names of a document's fields are folded before a path is followed, so a path names them in lowerCamelCase. Of
//! several steps, each later one is followed once for each node that the step before found; `{@}` in it stands for the
//! place of that node, `{@^}` for the place of what holds it, and so on.

use serde::{Deserialize, Serialize};
use serde_json_path::JsonPath;

use super::bad_template::BadTemplate;

/// One path of a pattern, known to be well-formed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    text: String,
}

/// The part of a path for one level of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Whether any number of levels may lie before it.
    pub is_anywhere: bool,
    /// The selected names; empty for a wildcard, an index or a filter.
    pub names: Vec<String>,
}

/// One level of the place of a node in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Under this name of an object.
    Name(String),
    /// At this position of a list, from 0.
    Index(usize),
}

/// The beginning of a reference to the node of the previous step.
const REFERENCE: &str = "{@";

impl PathStep {
    /// Parses a path.
    ///
    /// Only a later step may, and must, refer to the node of the previous step.
    pub fn parse(text: &str, is_first: bool) -> Result<Self, BadTemplate> {
        let step = Self { text: text.to_owned() };
        match (is_first, step.is_dependent()) {
            (true, true) => {
                return Err(bad("the first step has no node before it", "write {@} in a later step only"));
            }
            (false, false) => {
                return Err(bad(
                    "a later step does not say where it goes on",
                    "write {@} where the place of the node found before belongs",
                ));
            }
            _ => {}
        }
        let Some(written) = step.filled(|_| Some("$['a']".to_owned())) else {
            return Err(bad("a reference to the node before is not closed", "write {@}, or {@^} for what holds it"));
        };
        if let Err(error) = JsonPath::parse(&written) {
            let help = match written.starts_with('$') {
                true => "write it as RFC 9535 says, such as $..pools.*.members[?@.draining == true]",
                false => "a path begins with $, the whole document; in a later step also with {@}",
            };
            return Err(bad(&format!("`{text}` is not a JSONPath ({error})"), help));
        }
        if let Some((name, folded)) = unfolded(&written) {
            let message =
                format!("the field names of a document are folded to lowerCamelCase, so `{name}` is never found");
            return Err(bad(&message, &format!("did you mean `{folded}`?")));
        }
        Ok(step)
    }

    /// Returns the path as the author wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the path refers to the node of the previous step.
    pub fn is_dependent(&self) -> bool {
        self.text.contains(REFERENCE)
    }

    /// Returns the path for a node of the previous step.
    ///
    /// Returns `None` if it refers to a level above the whole document.
    pub fn at(&self, node: &[Level]) -> Option<String> {
        self.filled(|up| {
            let above = node.len().checked_sub(up)?;
            Some(std::iter::once("$".to_owned()).chain(node.iter().take(above).map(Level::selector)).collect())
        })
    }

    /// Returns the parts of the path, level by level.
    ///
    /// They begin at the whole document, or at the node that a reference in the beginning names.
    pub fn segments(&self) -> Vec<Segment> {
        let start = if self.text.starts_with(REFERENCE) { self.text.find('}').map_or(0, |at| at + 1) } else { 1 };
        segments(self.text.get(start..).unwrap_or_default())
    }

    /// Returns the path with every reference replaced.
    ///
    /// `place_of` gets the number of levels above the node.
    fn filled(&self, place_of: impl Fn(usize) -> Option<String>) -> Option<String> {
        let mut filled = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once(REFERENCE) {
            let (up, after) = after.split_once('}')?;
            if up.chars().any(|character| character != '^') {
                return None;
            }
            filled.push_str(before);
            filled.push_str(&place_of(up.len())?);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

impl Level {
    /// Returns the selector of this one node.
    fn selector(&self) -> String {
        match self {
            Level::Index(index) => format!("[{index}]"),
            Level::Name(name) => {
                let mut selector = "['".to_owned();
                for character in name.chars() {
                    match character {
                        '\'' | '\\' => selector.extend(['\\', character]),
                        control if control < ' ' => selector.push_str(&format!("\\u{:04x}", u32::from(control))),
                        other => selector.push(other),
                    }
                }
                selector + "']"
            }
        }
    }
}

fn bad(message: &str, help: &str) -> BadTemplate {
    BadTemplate { message: message.to_owned(), help: help.to_owned() }
}

/// Splits a well-formed path, without its first character, into parts.
fn segments(path: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut rest = path.trim_start();
    while !rest.is_empty() {
        let is_anywhere = rest.starts_with("..");
        rest = rest.trim_start_matches('.');
        let (names, after) = match rest.strip_prefix('[') {
            Some(inside) => {
                let end = end_of_brackets(inside);
                let (selectors, after) = inside.split_at(end);
                (quoted_names(selectors), after.get(1..).unwrap_or_default())
            }
            None => {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                let is_name = !name.trim().is_empty() && name.trim() != "*";
                (if is_name { vec![name.trim().to_owned()] } else { Vec::new() }, after)
            }
        };
        found.push(Segment { is_anywhere, names });
        rest = after.trim_start();
    }
    found
}

/// Returns the end of the brackets around a text that begins inside.
fn end_of_brackets(inside: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut is_escaped = false;
    for (at, character) in inside.char_indices() {
        match (quote, character) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => depth += 1,
            (None, ']') if depth == 0 => return at,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    inside.len()
}

/// Returns the quoted names in brackets; none for other selectors.
///
/// Escapes in names are not decoded: folded names need none.
fn quoted_names(selectors: &str) -> Vec<String> {
    let is_names = selectors.trim_start().starts_with(['\'', '"']);
    let mut names = Vec::new();
    for part in selectors.split(',').filter(|_| is_names) {
        names.push(part.trim().trim_matches(['\'', '"']).to_owned());
    }
    names
}

/// Returns the first name that is not folded, and its folded form.
///
/// A document has folded names only, so an unfolded name is never found.
fn unfolded(path: &str) -> Option<(String, String)> {
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in path.char_indices() {
        match quote {
            Some(open) if open == character && before != '\\' => quote = None,
            Some(_) => {}
            None if matches!(character, '\'' | '"') => quote = Some(character),
            None if character == '.' => {
                let rest = path.get(at + 1..).unwrap_or_default();
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let name = rest.get(..end).unwrap_or_default();
                let folded = camel(name);
                // Digits behind a dot are part of a number.
                if !name.starts_with(|c: char| c.is_ascii_digit()) && folded != name {
                    return Some((name.to_owned(), folded));
                }
            }
            None => {}
        }
        before = character;
    }
    let named = segments(path.get(1..).unwrap_or_default()).into_iter().flat_map(|segment| segment.names);
    named.map(|name| (camel(&name), name)).find(|(folded, name)| folded != name).map(|(folded, name)| (name, folded))
}

/// Folds a name to lowerCamelCase.
///
/// `http-size-in-kb`, `HTTP_SIZE_IN_KB` and `httpSizeInKB` all become `httpSizeInKb`.
pub fn camel(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    // The state after the previous character; a separator asks for a capital.
    let (mut is_start, mut was_upper) = (true, false);
    let mut begins_word = false;
    while let Some(character) = characters.next() {
        if matches!(character, '-' | '_' | ' ') {
            begins_word = !is_start;
            was_upper = false;
            continue;
        }
        let is_upper = character.is_uppercase();
        let ends_acronym = was_upper && characters.peek().is_some_and(|next| next.is_lowercase());
        let is_capital = !is_start && (begins_word || is_upper && (!was_upper || ends_acronym));
        if is_capital {
            folded.extend(character.to_uppercase());
        } else {
            folded.extend(character.to_lowercase());
        }
        (is_start, begins_word, was_upper) = (false, false, is_upper);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_joining_words_is_one() {
        for name in ["httpSizeInKB", "http-size-in-kb", "http_size_in_kb", "HTTP_SIZE_IN_KB", "HttpSizeInKb"] {
            assert_eq!(camel(name), "httpSizeInKb", "{name}");
        }
        for (name, folded) in [("URLPath", "urlPath"), ("", ""), ("__", ""), ("isÄrger", "isÄrger"), ("a.b", "a.b")] {
            assert_eq!(camel(name), folded);
        }
    }

    #[test]
    fn a_path_is_known_segment_by_segment() {
        let step =
            PathStep::parse("$..pools.*['members', \"spares\"][?@.name == 'a]b' && @[0] > 1].draining", true).unwrap();
        let segments = step.segments();
        let names: Vec<_> = segments.iter().map(|segment| segment.names.join("+")).collect();
        assert_eq!(names, ["pools", "", "members+spares", "", "draining"]);
        assert!(segments[0].is_anywhere && !segments[1].is_anywhere);
    }

    #[test]
    fn a_later_step_goes_on_from_a_node() {
        let node = [Level::Name("data".into()), Level::Index(0), Level::Name("it's".into())];
        let step = PathStep::parse("{@^}.all[?@.a == {@}.b]", false).unwrap();
        assert_eq!(step.at(&node).unwrap(), r"$['data'][0].all[?@.a == $['data'][0]['it\'s'].b]");
        assert!(JsonPath::parse(&step.at(&node).unwrap()).is_ok());
        assert_eq!(PathStep::parse("{@^^^^}.a", false).unwrap().at(&node), None, "nothing stands above the document");
        assert_eq!(step.segments().len(), 2);
    }

    #[test]
    fn a_bad_path_says_what_to_do() {
        for (text, is_first, word) in [
            ("$..[", true, "JSONPath"),
            ("pools", true, "JSONPath"),
            ("", true, "JSONPath"),
            ("$..{@}", true, "first step"),
            ("$..pools", false, "goes on"),
            ("{@", false, "closed"),
            ("{@x}", false, "closed"),
            ("$..back_end[?@.a == 'b_c']", true, "back_end"),
            ("$..a[?@.max_size > 0.5]", true, "max_size"),
            ("$..a['max-size']", true, "max-size"),
        ] {
            let bad = PathStep::parse(text, is_first).unwrap_err();
            assert!(bad.message.contains(word), "{text}: {}", bad.message);
        }
    }
}
