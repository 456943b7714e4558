//! Expands typed status codes into a record.
//!
//! Examples are `502 502`, `504 / -`, `gw 502 worker 502` and `404 from both`.
//!
//! Some signatures are only status codes in named fields. People who saw such a record type the codes, and name the
//! fields by parts of their names or by their order. Expanded to `gwStatus: "502" workerStatus: "502"`, the query
//! matches the signature like any other record.
//!
//! Fields that occur together in a signature form a *family*. For each family, the words of the query are read as names
//! of fields, as codes and as other words. Then each code is assigned to the field beside it, or to the next free
//! field. A query with too many other words is a sentence or a log line. There a code counts only directly after the
//! name of its field.
//!
//! Known limit: two families with the same number of fields and digits cannot be distinguished, so the first one wins.

use crate::tree::Tree;
use crate::tree::model::CodeFields;
use crate::words::is_stop_word;

/// Words that mean an empty field.
const EMPTY_WORDS: &[&str] = &["-", "blank", "empty", "missing", "none", "nothing", "null"];

/// Words that say that all fields have the same code.
const EVERY_FIELD_WORDS: &[&str] = &["both", "each", "everywhere"];

/// Limit of words besides codes and names in a shorthand query.
///
/// Stop words do not count, so `502 at the gw and 503 at the worker` has none. A query with four is a sentence about
/// something else.
const MAX_OTHER_WORDS: usize = 3;

/// The families of fields for which signatures have status codes.
#[derive(Debug, Default)]
pub(super) struct StatusCodes {
    families: Vec<FieldFamily>,
}

/// The fields of one signature, all of which hold codes.
#[derive(Debug)]
struct FieldFamily {
    fields: Vec<CodeField>,
    /// The parts that all names share.
    ///
    /// Example: `status` and `code` of `gwStatusCode` and `workerStatusCode`.
    common: Vec<String>,
    /// The number of digits of a code.
    digits: usize,
}

/// A field that holds a code.
#[derive(Debug)]
struct CodeField {
    name: String,
    /// The parts of the name that not all fields share: `gw`.
    own: Vec<String>,
}

/// A meaningful word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
enum CodeItem {
    /// The name of the field at this position of the family.
    Name(usize),
    /// A code; empty for an empty field.
    Value(String),
}

impl StatusCodes {
    /// Takes the families of fields from the signatures of a tree.
    pub(super) fn new(tree: &Tree) -> Self {
        Self { families: tree.code_fields.iter().filter_map(FieldFamily::new).collect() }
    }

    /// Returns the record that a query is short for.
    ///
    /// The record is a list of `name: "value"` pairs.
    pub(super) fn expand(&self, query: &str) -> Option<String> {
        let words = pieces(query);
        self.families.iter().find_map(|family| family.expand(&words))
    }
}

/// Splits a query or a field name into words.
///
/// Cuts between letters and digits, too, and at the humps of camelCase.
///
/// Unlike `tokenize`, keeps `-` and empty quotes, because they mean an empty field.
fn pieces(query: &str) -> Vec<String> {
    let query = query.replace("\"\"", " - ").replace("''", " - ");
    let mut pieces = Vec::new();
    let is_end = |character: char| character.is_whitespace() || "\"'/|,;:=()[]{}+&.".contains(character);
    for chunk in query.split(is_end) {
        if chunk == "-" || chunk == "--" {
            pieces.push("-".to_owned());
        }
        let mut piece = String::new();
        let mut before: Option<char> = None;
        for character in chunk.chars() {
            let is_border = before.is_some_and(|before| {
                before.is_ascii_digit() != character.is_ascii_digit()
                    || (before.is_lowercase() && character.is_uppercase())
            });
            if (!character.is_alphanumeric() || is_border) && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
            if character.is_alphanumeric() {
                piece.extend(character.to_lowercase());
            }
            before = Some(character);
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    // The plural ending of `502s`.
    pieces.retain(|piece| piece != "s");
    pieces
}

impl FieldFamily {
    fn new(fields: &CodeFields) -> Option<Self> {
        let parts: Vec<Vec<String>> = fields.names.iter().map(|name| pieces(name)).collect();
        let common: Vec<String> =
            parts.first()?.iter().filter(|part| parts.iter().all(|all| all.contains(part))).cloned().collect();
        let named = fields.names.iter().zip(parts).map(|(name, parts)| CodeField {
            name: name.to_string(),
            own: parts.into_iter().filter(|part| !common.contains(part)).collect(),
        });
        Some(Self { fields: named.collect(), common, digits: fields.digits })
    }

    fn expand(&self, words: &[String]) -> Option<String> {
        let mut items = Vec::new();
        let mut is_in_all = false;
        let mut others = 0;
        let mut skipped = 0;
        for (at, word) in words.iter().enumerate() {
            if skipped > 0 {
                skipped -= 1;
            } else if self.is_code(word) {
                items.push(CodeItem::Value(word.clone()));
            } else if EMPTY_WORDS.contains(&word.as_str()) || (word == "no" && self.is_name_ahead(words, at + 1)) {
                items.push(CodeItem::Value(String::new()));
            } else if EVERY_FIELD_WORDS.contains(&word.as_str()) {
                is_in_all = true;
            } else if let Some((field, length)) = self.name_at(words, at) {
                if items.last() != Some(&CodeItem::Name(field)) {
                    items.push(CodeItem::Name(field));
                }
                skipped = length - 1;
            } else if !self.common.contains(word) && !is_stop_word(word) {
                others += 1;
            }
        }
        let values = match others > MAX_OTHER_WORDS {
            true => self.labeled(words),
            false if is_in_all => self.same_in_all(&items),
            false => self.assign(&items),
        }?;
        let pairs = self.fields.iter().zip(values).map(|(field, value)| format!("{}: \"{value}\"", field.name));
        Some(pairs.collect::<Vec<_>>().join(" "))
    }

    /// Returns whether a word has exactly the digits of a code.
    fn is_code(&self, word: &str) -> bool {
        word.len() == self.digits && word.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Returns whether a field's name and a common part follow.
    ///
    /// In `no worker status` they follow "no", which then means an empty field.
    fn is_name_ahead(&self, words: &[String], at: usize) -> bool {
        self.name_at(words, at)
            .is_some_and(|(_, length)| words.get(at + length).is_some_and(|word| self.common.contains(word)))
    }

    /// Returns the field named at a position, and its number of words.
    fn name_at(&self, words: &[String], at: usize) -> Option<(usize, usize)> {
        let word = words.get(at)?;
        let named = self.fields.iter().position(|field| field.own.iter().any(|part| is_part(word, part)));
        if let Some(field) = named {
            return Some((field, 1));
        }
        // The name has initials that the query spells out: `gw` and `great wall`.
        let is_spelled = |part: &String| {
            let initials = words.get(at..at + part.len()).into_iter().flatten().filter_map(|word| word.chars().next());
            part.len() >= 2 && initials.eq(part.chars())
        };
        self.fields
            .iter()
            .enumerate()
            .find_map(|(field, name)| name.own.iter().find(|part| is_spelled(part)).map(|part| (field, part.len())))
    }

    /// Reads codes from a log line in another format.
    ///
    /// Each must directly follow an own part and at least one common part of its field's name: `gw_status=502`.
    fn labeled(&self, words: &[String]) -> Option<Vec<String>> {
        let is_empty_word = |word: &String| EMPTY_WORDS.contains(&word.as_str());
        let values = self.fields.iter().map(|field| {
            let mut starts = (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| field.own.contains(word)));
            starts.find_map(|at| {
                let common = words.iter().skip(at + 1).take_while(|word| self.common.contains(word)).count();
                let value = words
                    .get(at + 1 + common)
                    .filter(|word| common > 0 && (self.is_code(word) || is_empty_word(word)))?;
                Some(if is_empty_word(value) { String::new() } else { value.clone() })
            })
        });
        values.collect()
    }

    /// Assigns one code to all fields.
    ///
    /// `None` if the query has different codes.
    fn same_in_all(&self, items: &[CodeItem]) -> Option<Vec<String>> {
        let mut values = items.iter().filter_map(|item| match item {
            CodeItem::Value(value) => Some(value),
            CodeItem::Name(_) => None,
        });
        let first = values.next()?;
        values.all(|value| value == first).then(|| vec![first.clone(); self.fields.len()])
    }

    /// Assigns each field the value beside its name.
    ///
    /// Fields without one take the next unused value. `None` if fields or values are left over.
    fn assign(&self, items: &[CodeItem]) -> Option<Vec<String>> {
        let mut assigned: Vec<Option<String>> = vec![None; self.fields.len()];
        let mut is_used = vec![false; items.len()];
        let starts_with_value = matches!(items.first(), Some(CodeItem::Value(_)));
        let ends_with_name = matches!(items.last(), Some(CodeItem::Name(_)));
        let name_comes_last = starts_with_value && ends_with_name;
        for (at, item) in items.iter().enumerate() {
            let CodeItem::Name(field) = item else { continue };
            let beside = if name_comes_last { at.checked_sub(1) } else { Some(at + 1) };
            let Some((beside, CodeItem::Value(value))) = beside.and_then(|at| Some((at, items.get(at)?))) else {
                continue;
            };
            if let (Some(place), Some(used)) = (assigned.get_mut(*field), is_used.get_mut(beside)) {
                if *used || place.is_some() {
                    continue;
                }
                *place = Some(value.clone());
                *used = true;
            }
        }
        for (item, used) in items.iter().zip(is_used) {
            if let (CodeItem::Value(value), false) = (item, used) {
                *assigned.iter_mut().find(|place| place.is_none())? = Some(value.clone());
            }
        }
        assigned.into_iter().collect()
    }
}

/// Returns whether a word names a part of a field name.
///
/// The word may be the part, its plural, or its beginning from three letters. It may also be the first letter and some
/// others in order: two letters of any kind (`gw`), or more without a vowel (`wrkr`).
///
/// Known limit: ordinary words of two letters count, too. "be" names the field of a backend.
fn is_part(word: &str, part: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    if word == part || singular == part || (word.len() >= 3 && part.starts_with(word)) {
        return true;
    }
    let is_bare = word.len() == 2 || !word.contains(['a', 'e', 'i', 'o', 'u']);
    let mut rest = part.chars();
    is_bare
        && (2..part.len()).contains(&singular.len())
        && singular.chars().next() == part.chars().next()
        && singular.chars().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family() -> FieldFamily {
        let names = vec!["gwStatusCode".into(), "workerStatusCode".into()];
        FieldFamily::new(&CodeFields { names, digits: 3 }).unwrap()
    }

    #[test]
    fn codes_are_given_to_their_fields() {
        let cases = [
            ("502 503", Some(("502", "503"))),
            ("502/503", Some(("502", "503"))),
            ("502, -", Some(("502", ""))),
            ("502 empty", Some(("502", ""))),
            ("502 \"\"", Some(("502", ""))),
            ("gw 502 worker 503", Some(("502", "503"))),
            ("worker 503 gw 502", Some(("502", "503"))),
            ("gw=502 wrkr=503", Some(("502", "503"))),
            ("wk503 gw502", Some(("502", "503"))),
            ("gwStatusCode: \"502\", workerStatusCode: \"503\"", Some(("502", "503"))),
            ("gateway works: 502 503", Some(("502", "503"))),
            ("the great wall says 502, worker 503", Some(("502", "503"))),
            ("502 from both", Some(("502", "502"))),
            ("both 502s", Some(("502", "502"))),
            ("502 at the gw and 503 at the worker", Some(("502", "503"))),
            ("503 at the worker and 502 at the gw", Some(("502", "503"))),
            ("502 and the worker status is blank", Some(("502", ""))),
            ("502 with no worker status", Some(("502", ""))),
            ("worker 503 502", Some(("502", "503"))),
            ("502", None),
            ("502 503 504", None),
            ("502 no workers at all", None),
            ("gw 502", None),
            ("502 5030", None),
            ("502 503 is what my cousin told them yesterday night", None),
            ("at=12 id=7 host=alpha gw_status=502 path=root worker_status=503 took=9", Some(("502", "503"))),
            ("at=12 id=7 host=alpha gw_status=502 path=root worker_status=- took=9", Some(("502", ""))),
            ("at=12 id=7 host=alpha gw=502 path=root worker=503 took=9", None),
            ("", None),
        ];
        for (query, expected) in cases {
            let expected =
                expected.map(|(gw, worker)| format!("gwStatusCode: \"{gw}\" workerStatusCode: \"{worker}\""));
            assert_eq!(family().expand(&pieces(query)), expected, "{query}");
        }
    }
}
