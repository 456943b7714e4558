//! Chooses inner literals: every matching line contains at least one.
//!
//! As in ripgrep, patterns are tried only on lines that contain one of their literals. A literal comes from the text of
//! a pattern, from all values of one field, or from the name of a field in three spellings. Of all parts of a text, the
//! one with the rarest 4-grams in the samples of the trees is chosen, because the samples look like the logs that are
//! read.
//!
//! Example: for `Backend {host} closed` the candidates are `backend` and `closed`; if `backend` is frequent in the
//! samples, `closed` is chosen. A pattern without a text of at least five bytes has no inner literal: then every line
//! is searched.

use foldhash::HashMap;

use crate::tree::pattern::{Field, Kind, Part, Pattern, Template};

/// Bytes of a literal, if the text has as many.
///
/// Seven, so that four 4-grams at successive offsets are in it.
pub(super) const LENGTH: usize = 7;

/// Bytes of a gram.
pub(super) const GRAM: usize = 4;

/// Bytes of the shortest literal.
///
/// A shorter one would make the prefilter probe more often than at every fourth byte.
const SHORTEST: usize = 5;

/// A lower-case literal that a match contains, with its required context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InnerLiteral {
    pub(super) bytes: Vec<u8>,
    pub(super) context: MatchContext,
}

/// The context that must surround a literal in a matching line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MatchContext {
    /// The bytes before and after it, in lower case.
    Text(Vec<u8>, Vec<u8>),
    /// The whole folded field name, and the first bytes of values.
    ///
    /// `None` for any byte.
    Name(Vec<u8>, Option<Firsts>),
}

/// A set of ASCII bytes, one bit for each.
pub(super) type Firsts = u128;

/// The penalty for each missing byte of a literal, in occurrences.
///
/// Only the speed depends on it.
const SHORTER: usize = 20;

/// Counts of 4-grams in samples of logs.
#[derive(Debug, Default)]
pub(super) struct GramFrequency {
    grams: HashMap<[u8; GRAM], usize>,
    /// Literals of field names that the prefilter searches for in any case.
    searched: Vec<Vec<u8>>,
}

impl GramFrequency {
    /// Counts the grams of a text.
    pub(super) fn learn(&mut self, text: &[u8]) {
        let folded: Vec<u8> = text.iter().copied().map(fold).collect();
        for gram in folded.windows(GRAM).filter_map(|gram| gram.try_into().ok()) {
            *self.grams.entry(gram).or_default() += 1;
        }
    }

    /// Adds a literal that the prefilter searches for in any case.
    pub(super) fn add_searched(&mut self, literal: &str) {
        self.searched.push(lower(literal));
    }

    /// Returns every gram with its count.
    pub(super) fn grams(&self) -> impl Iterator<Item = (&[u8; GRAM], usize)> {
        self.grams.iter().map(|(gram, times)| (gram, *times))
    }

    /// Returns the count of a gram.
    pub(super) fn gram_count(&self, gram: &[u8]) -> usize {
        gram.try_into().ok().and_then(|gram: [u8; GRAM]| self.grams.get(&gram)).copied().unwrap_or(0)
    }

    /// Estimates how often the literal is hit without a match.
    fn cost(&self, literal: &[u8]) -> usize {
        let frequency: usize = literal.windows(GRAM).map(|gram| self.gram_count(gram)).sum();
        // Some grams of a short literal include bytes around it, which are not known.
        frequency + LENGTH.saturating_sub(literal.len()) * SHORTER
    }
}

/// Returns literals of which every matching line contains at least one.
///
/// `None` if there are none.
pub(super) fn of_pattern(pattern: &Pattern, frequency: &GramFrequency) -> Option<Vec<InnerLiteral>> {
    match pattern {
        Pattern::Text(template) => best_in(&literals_of(template, false), frequency).map(|literal| vec![literal]),
        Pattern::Json(_) => None,
        Pattern::Fields(fields) => {
            let by_value = fields.iter().filter_map(|field| by_values(field, frequency));
            by_value.min_by_key(|literals| cost(literals, frequency)).or_else(|| {
                let by_name = fields.iter().filter_map(|field| by_name(field, frequency));
                // The fewer bytes a value may begin with, the less often it does.
                by_name
                    .min_by_key(|(firsts, _)| firsts.map_or(u32::MAX, u128::count_ones))
                    .map(|(_, literals)| literals)
            })
        }
    }
}

/// Estimates how often any of the literals is hit without a match.
pub(super) fn cost(literals: &[InnerLiteral], frequency: &GramFrequency) -> usize {
    literals.iter().map(|literal| frequency.cost(&literal.bytes)).sum()
}

/// Returns a literal for each value of a field.
///
/// `None` if a value has none.
fn by_values(field: &Field, frequency: &GramFrequency) -> Option<Vec<InnerLiteral>> {
    if !field.conditions.is_empty() {
        return None;
    }
    let literals = field.any_of.iter().map(|value| {
        let literals = literals_of(value, true);
        // A number may be written in many ways.
        let literals: Vec<_> = literals.into_iter().filter(|it| it.iter().any(u8::is_ascii_alphabetic)).collect();
        best_in(&literals, frequency).filter(|literal| literal.bytes.len() >= SHORTEST)
    });
    let mut literals: Vec<InnerLiteral> = literals.collect::<Option<_>>()?;
    // Several values may have one literal.
    literals.dedup();
    (!literals.is_empty()).then_some(literals)
}

/// Returns literals for the usual spellings of a field's name.
fn by_name(field: &Field, frequency: &GramFrequency) -> Option<(Option<Firsts>, Vec<InnerLiteral>)> {
    let may_be_absent = field.conditions.iter().any(|condition| condition.is_absent == Some(true));
    if may_be_absent || field.any_of.iter().any(Template::is_empty) {
        return None;
    }
    let firsts = field.any_of.iter().map(firsts).try_fold(0, |all, one| Some(all | one?));
    // A condition holds for values that may begin with any byte.
    let firsts = firsts.filter(|_| field.conditions.is_empty());
    let literals = of_name(&field.name, firsts, frequency)?;
    Some((firsts, literals))
}

/// Returns literals for a name in camelCase, kebab-case and snake_case.
pub(super) fn of_name(name: &str, firsts: Option<Firsts>, frequency: &GramFrequency) -> Option<Vec<InnerLiteral>> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return None;
    }
    let words = words_of(name);
    let folded = words.concat();
    let mut literals: Vec<InnerLiteral> = Vec::new();
    for joint in ["", "-", "_"] {
        let written = lower(&words.join(joint));
        let is_in = |searched: &&Vec<u8>| written.windows(searched.len()).any(|part| part == searched.as_slice());
        let searched = frequency.searched.iter().find(is_in);
        let bytes = match searched {
            Some(searched) => searched.clone(),
            None => best_in(&[written], frequency)?.bytes,
        };
        let literal = InnerLiteral { bytes, context: MatchContext::Name(lower(&folded), firsts) };
        if !literals.contains(&literal) {
            literals.push(literal);
        }
    }
    Some(literals)
}

/// Returns the words that a name is made of, in lower case.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = '_';
    for character in name.chars() {
        let begins = before.is_ascii_lowercase() && character.is_ascii_uppercase();
        if begins || matches!(character, '-' | '_') {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && !matches!(character, '-' | '_')
        {
            word.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// With which bytes a text that fits a template begins.
///
/// `None` if with any.
fn firsts(value: &Template) -> Option<Firsts> {
    match value.parts.first()? {
        Part::Literal(text) => {
            let first = text.bytes().next().filter(u8::is_ascii_alphanumeric)?;
            Some(1 << first.to_ascii_lowercase() | 1 << first.to_ascii_uppercase())
        }
        Part::Slot { kind: Kind::Digit | Kind::Number, .. } => Some((b'0'..=b'9').fold(0, |all, byte| all | 1 << byte)),
        Part::Slot { .. } => None,
    }
}

/// Returns the lower-case literals of a template.
///
/// They are cut at characters that a line may write in several ways, such as a slash in JSON.
fn literals_of(template: &Template, is_in_json: bool) -> Vec<Vec<u8>> {
    let mut literals = Vec::new();
    for part in template.parts.iter() {
        let Part::Literal(text) = part else { continue };
        let text = crate::text::fold_space(text);
        let is_cut = |character: char| {
            let has_case = !character.is_ascii() && character.to_lowercase().ne(character.to_uppercase());
            let is_escaped = is_in_json && (!character.is_ascii() || "\"\\/<>&'=+".contains(character));
            has_case || is_escaped
        };
        literals.extend(text.split(is_cut).filter(|part| !part.is_empty()).map(lower));
    }
    literals
}

/// Returns the rarest literal of a text, and its offset.
pub(super) fn of_word(word: &str, frequency: &GramFrequency) -> Option<(Vec<u8>, usize)> {
    let literal = best_in(&[lower(word)], frequency)?;
    match literal.context {
        MatchContext::Text(before, _) => Some((literal.bytes, before.len())),
        MatchContext::Name(..) => None,
    }
}

/// Returns the rarest literal of some literals.
fn best_in(literals: &[Vec<u8>], frequency: &GramFrequency) -> Option<InnerLiteral> {
    let cut = |literal: &[u8], start: usize, end: usize| {
        let part = |from: usize, to: usize| literal.get(from..to).unwrap_or_default().to_vec();
        InnerLiteral { bytes: part(start, end), context: MatchContext::Text(part(0, start), part(end, literal.len())) }
    };
    let all = literals.iter().filter(|literal| literal.len() >= SHORTEST).flat_map(|literal| {
        let grams = literal.windows(LENGTH.min(literal.len())).enumerate();
        grams.map(move |(start, gram)| (frequency.cost(gram), start, gram.len(), literal))
    });
    // The first of the rarest.
    let (_, start, length, literal) = all.min_by_key(|(cost, ..)| *cost)?;
    Some(cut(literal, start, start + length))
}

/// Folds each byte of a text in lower case, for comparison.
pub(super) fn lower(text: &str) -> Vec<u8> {
    text.to_lowercase().bytes().map(fold).collect()
}

/// Folds a byte for comparison: capital letters become small ones.
///
/// Some marks become others, too, which only makes them alike.
pub(super) fn fold(byte: u8) -> u8 {
    byte | 0x20
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    fn template(text: &str) -> Template {
        Template::parse(text, Slots::Typed).unwrap()
    }

    fn shown(literals: Option<Vec<InnerLiteral>>) -> Vec<String> {
        let show = |literal: &InnerLiteral| literal.bytes.iter().map(|byte| char::from(*byte)).collect();
        literals.unwrap_or_default().iter().map(show).collect()
    }

    #[test]
    fn an_inner_literal_is_the_rarest_part_of_a_text() {
        let mut frequency = GramFrequency::default();
        let of = |text: &str, frequency: &GramFrequency| shown(of_pattern(&Pattern::Text(template(text)), frequency));
        assert_eq!(of("Backend {host} closed", &frequency), ["backend"]);
        frequency.learn("the backend of a backend ".repeat(20).as_bytes());
        assert_eq!(of("Backend {host} closed", &frequency), ["closed"]);
        assert_eq!(of_word("timed out", &frequency), Some((b"timed o".to_vec(), 0)));
        assert_eq!(of("ACL rule", &frequency), ["acl rul"]);
        assert_eq!(of("EPIPE", &frequency), ["epipe"]);
        assert_eq!(of("up", &frequency), Vec::<String>::new());
    }

    #[test]
    fn a_field_has_inner_literals_in_its_values_or_in_its_name() {
        let frequency = GramFrequency::default();
        let of = |name: &str, values: &[&str]| {
            let any_of = values.iter().map(|value| template(value)).collect();
            let field = Field { name: name.into(), any_of, conditions: Vec::new() };
            shown(of_pattern(&Pattern::Fields([field].into()), &frequency))
        };
        assert_eq!(of("code", &["ECONNRESET", "ENETUNREACH"]), ["econnre", "enetunr"]);
        assert_eq!(of("lbStatusCode", &["502"]), ["lbstatu", "lb-stat", "lb_stat"].map(|it| it.replace('_', "\u{7f}")));
        assert_eq!(of("status", &["5{digit}{digit}"]), ["status"]);
        assert_eq!(of("status", &[""]), Vec::<String>::new());
        assert_eq!(firsts(&template("5{digit}")), Some(1 << b'5'));
        assert_eq!(firsts(&template("{host}")), None);
    }
}
