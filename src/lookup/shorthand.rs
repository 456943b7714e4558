//! Codes of a record as people write them: `502 502`, `504 / -`, `lb 502 backend 502`, `404 from both`.
//!
//! Some signatures are nothing but codes in named fields. Whoever has seen such a record remembers the codes and says
//! which field each was in by part of its name, or by the order. Written out as a record again, they are recognised as
//! every other.

use crate::tree::Tree;
use crate::tree::pattern::{Field, Part, Pattern};

/// A value that is not there, in words.
const NOTHING: &[&str] = &["-", "blank", "empty", "missing", "none", "nothing", "null"];

/// The same code in every field.
const ALIKE: &[&str] = &["both", "each", "everywhere"];

/// With more words than this that are neither codes nor names, it is a sentence about something else.
const MAX_OTHER_WORDS: usize = 3;

/// The families of fields of which some signature gives codes.
#[derive(Debug, Default)]
pub(super) struct Shorthand {
    families: Vec<Family>,
}

/// Fields that stand together in signatures.
#[derive(Debug)]
struct Family {
    fields: Vec<Name>,
    /// The parts that all names share.
    common: Vec<String>,
    /// The number of digits of a code.
    digits: usize,
}

#[derive(Debug)]
struct Name {
    written: String,
    /// The parts of the name that no other field of the family has.
    own: Vec<String>,
}

/// What a word of the query is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    /// The name of the field at this position.
    Name(usize),
    /// A code, or nothing.
    Value(String),
}

impl Shorthand {
    /// Reads the signatures of a tree.
    pub(super) fn new(tree: &Tree) -> Self {
        let mut families: Vec<Family> = Vec::new();
        for signature in tree.cards().flat_map(|(_, card)| &card.signatures) {
            let Pattern::Fields(fields) = &signature.pattern else { continue };
            let Some(digits) = digits_of(fields) else { continue };
            let is_known = |family: &Family| {
                family.digits == digits
                    && family.fields.iter().map(|name| &name.written).eq(fields.iter().map(|f| &f.name))
            };
            if !families.iter().any(is_known) {
                families.extend(Family::new(fields, digits));
            }
        }
        Self { families }
    }

    /// The record that a query is short for, as `name: "value"` pairs.
    pub(super) fn written_out(&self, query: &str) -> Option<String> {
        let words = pieces(query);
        self.families.iter().find_map(|family| family.written_out(&words))
    }
}

/// The number of digits of the codes, if there is nothing but codes and empty values, in two fields or more.
fn digits_of(fields: &[Field]) -> Option<usize> {
    let mut digits = None;
    for value in fields.iter().flat_map(|field| &field.any_of).filter(|value| !value.is_empty()) {
        let mut length = 0;
        for part in value.parts.iter() {
            length += match part {
                Part::Literal(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.len(),
                Part::Slot { kind: crate::tree::pattern::Kind::Digit, .. } => 1,
                _ => return None,
            };
        }
        if digits.is_some_and(|digits| digits != length) {
            return None;
        }
        digits = Some(length);
    }
    digits.filter(|digits| fields.len() >= 2 && *digits >= 2)
}

/// The words of a query, and what stands for nothing. Letters and digits are kept apart, names are split at their humps.
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
    // `502s` is several of them.
    pieces.retain(|piece| piece != "s");
    pieces
}

impl Family {
    fn new(fields: &[Field], digits: usize) -> Option<Self> {
        let parts: Vec<Vec<String>> = fields.iter().map(|field| pieces(&field.name)).collect();
        let common: Vec<String> =
            parts.first()?.iter().filter(|part| parts.iter().all(|all| all.contains(part))).cloned().collect();
        let fields = fields.iter().zip(parts).map(|(field, parts)| Name {
            written: field.name.to_string(),
            own: parts.into_iter().filter(|part| !common.contains(part)).collect(),
        });
        Some(Self { fields: fields.collect(), common, digits })
    }

    fn written_out(&self, words: &[String]) -> Option<String> {
        let mut items = Vec::new();
        let mut is_alike = false;
        let mut others = 0;
        let mut skipped = 0;
        for (at, word) in words.iter().enumerate() {
            if skipped > 0 {
                skipped -= 1;
            } else if word.len() == self.digits && word.bytes().all(|byte| byte.is_ascii_digit()) {
                items.push(Item::Value(word.clone()));
            } else if NOTHING.contains(&word.as_str()) || (word == "no" && self.is_name_ahead(words, at + 1)) {
                items.push(Item::Value(String::new()));
            } else if ALIKE.contains(&word.as_str()) {
                is_alike = true;
            } else if let Some((field, length)) = self.name_at(words, at) {
                if items.last() != Some(&Item::Name(field)) {
                    items.push(Item::Name(field));
                }
                skipped = length - 1;
            } else if !self.common.contains(word) && !super::substance::is_joining(word) {
                others += 1;
            }
        }
        let values = match others > MAX_OTHER_WORDS {
            true => self.labelled(words),
            false if is_alike => self.alike(&items),
            false => self.assigned(&items),
        }?;
        let pairs = self.fields.iter().zip(values).map(|(field, value)| format!("{}: \"{value}\"", field.written));
        Some(pairs.collect::<Vec<_>>().join(" "))
    }

    /// `no backend status`: the name of a field, and then a part of all names.
    fn is_name_ahead(&self, words: &[String], at: usize) -> bool {
        self.name_at(words, at)
            .is_some_and(|(_, length)| words.get(at + length).is_some_and(|word| self.common.contains(word)))
    }

    /// The field that the words from here on name, and how many words do.
    fn name_at(&self, words: &[String], at: usize) -> Option<(usize, usize)> {
        let word = words.get(at)?;
        let named = self.fields.iter().position(|field| field.own.iter().any(|part| is_part(word, part)));
        if let Some(field) = named {
            return Some((field, 1));
        }
        // Written out what the name has only the initials of.
        let is_spelled = |part: &String| {
            let initials = words.get(at..at + part.len()).into_iter().flatten().filter_map(|word| word.chars().next());
            part.len() >= 2 && initials.eq(part.chars())
        };
        self.fields
            .iter()
            .enumerate()
            .find_map(|(field, name)| name.own.iter().find(|part| is_spelled(part)).map(|part| (field, part.len())))
    }

    /// The codes in a line of another make, in which each stands right behind a name like that of its field:
    /// `lb_status=502`.
    fn labelled(&self, words: &[String]) -> Option<Vec<String>> {
        let is_nothing = |word: &String| NOTHING.contains(&word.as_str());
        let is_code = |word: &String| word.len() == self.digits && word.bytes().all(|byte| byte.is_ascii_digit());
        let values = self.fields.iter().map(|field| {
            let mut starts = (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| field.own.contains(word)));
            starts.find_map(|at| {
                let common = words.iter().skip(at + 1).take_while(|word| self.common.contains(word)).count();
                let value =
                    words.get(at + 1 + common).filter(|word| common > 0 && (is_code(word) || is_nothing(word)))?;
                Some(if is_nothing(value) { String::new() } else { value.clone() })
            })
        });
        values.collect()
    }

    /// One code for all fields.
    fn alike(&self, items: &[Item]) -> Option<Vec<String>> {
        let mut values = items.iter().filter_map(|item| match item {
            Item::Value(value) => Some(value),
            Item::Name(_) => None,
        });
        let first = values.next()?;
        values.all(|value| value == first).then(|| vec![first.clone(); self.fields.len()])
    }

    /// A value for each field: the one beside its name, or else the next one in order. `None` if any is left over.
    fn assigned(&self, items: &[Item]) -> Option<Vec<String>> {
        let mut assigned: Vec<Option<String>> = vec![None; self.fields.len()];
        let mut is_used = vec![false; items.len()];
        let starts_with_value = matches!(items.first(), Some(Item::Value(_)));
        let ends_with_name = matches!(items.last(), Some(Item::Name(_)));
        let name_comes_last = starts_with_value && ends_with_name;
        for (at, item) in items.iter().enumerate() {
            let Item::Name(field) = item else { continue };
            let beside = if name_comes_last { at.checked_sub(1) } else { Some(at + 1) };
            let Some((beside, Item::Value(value))) = beside.and_then(|at| Some((at, items.get(at)?))) else { continue };
            if let (Some(place), Some(used)) = (assigned.get_mut(*field), is_used.get_mut(beside)) {
                if *used || place.is_some() {
                    continue;
                }
                *place = Some(value.clone());
                *used = true;
            }
        }
        for (item, used) in items.iter().zip(is_used) {
            if let (Item::Value(value), false) = (item, used) {
                *assigned.iter_mut().find(|place| place.is_none())? = Some(value.clone());
            }
        }
        assigned.into_iter().collect()
    }
}

/// Whether a word is a part of a name, its beginning, or its consonants.
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
    use crate::tree::pattern::{Slots, Template};

    fn family() -> Family {
        let field = |name: &str| Field {
            name: name.into(),
            any_of: vec![Template::parse("5{digit}{digit}", Slots::Typed).unwrap()],
        };
        Family::new(&[field("gwStatusCode"), field("workerStatusCode")], 3).unwrap()
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
            assert_eq!(family().written_out(&pieces(query)), expected, "{query}");
        }
    }
}
