//! Matches templates against plain ASCII texts by backtracking.
//!
//! The parts of a template are tried in their order, and the ends of a placeholder in the order in which a regular
//! expression would try them, so that both find the same. A regular expression with captures costs ten times as much on
//! texts as short as a line: it finds the end, then the start, then the captures.
//!
//! Example: `failed ({number}: {any}) while` finds `failed (` with a searcher for literals, reads the digits, compares
//! `: `, and tries each `) while` as the end of the rest.
//!
//! A text that makes it try too much is left to the regular expression, and so is one that is not plain: that takes
//! time linear in its length.

use memchr::memmem::Finder;

use crate::tree::pattern::{Kind, Part, Template};

/// Attempts for each byte of a text before it is given up.
///
/// A template with one `{any}` needs fewer than one.
const ATTEMPTS_PER_BYTE: usize = 8;

/// A template whose literals are ASCII.
#[derive(Debug)]
pub(super) struct Backtracker {
    parts: Vec<TemplatePart>,
    /// Whether the template is the whole text.
    is_whole: bool,
}

#[derive(Debug)]
enum TemplatePart {
    /// Lower-case text.
    Literal(Box<Finder<'static>>),
    Slot(Kind),
}

/// A search in one text.
struct Attempt<'t> {
    /// In lower case.
    text: &'t [u8],
    /// The starts and ends of the placeholders so far.
    slots: Vec<(usize, usize)>,
    attempts_left: usize,
}

impl Backtracker {
    /// Prepares a template.
    ///
    /// `None` if it has literals beyond ASCII, or is part of a text and begins with a placeholder.
    pub(super) fn new(template: &Template, is_whole: bool) -> Option<Self> {
        let part = |part: &Part| match part {
            Part::Slot { kind, .. } => Some(TemplatePart::Slot(*kind)),
            Part::Literal(text) if !text.is_ascii() => None,
            Part::Literal(text) => {
                let words: Vec<&str> = text.split_ascii_whitespace().collect();
                let space = |is_there: bool| if is_there { " " } else { "" };
                let first = space(text.starts_with(|first: char| first.is_ascii_whitespace()));
                let last = space(text.ends_with(|last: char| last.is_ascii_whitespace()) && !words.is_empty());
                let literal = format!("{first}{}{last}", words.join(" ")).to_ascii_lowercase();
                Some(TemplatePart::Literal(Box::new(Finder::new(&literal).into_owned())))
            }
        };
        let parts: Vec<TemplatePart> = template.parts.iter().map(part).collect::<Option<_>>()?;
        let begins_with_literal = matches!(parts.first(), Some(TemplatePart::Literal(_)));
        (is_whole || begins_with_literal).then_some(Self { parts, is_whole })
    }

    /// Returns the start and end of each placeholder in a text.
    ///
    /// The text is lower-case printable ASCII with single spaces.
    ///
    /// The inner `None` means that the text does not have the template, the outer one that nothing is known.
    pub(super) fn find(&self, text: &[u8]) -> Option<Option<Vec<(usize, usize)>>> {
        let attempts_left = (text.len() + 8) * ATTEMPTS_PER_BYTE;
        let mut attempt = Attempt { text, slots: Vec::with_capacity(self.parts.len()), attempts_left };
        let is_found = match self.parts.first() {
            Some(TemplatePart::Literal(literal)) if !self.is_whole => {
                each_place(literal, text, 0, &mut |start| self.fits(0, start, &mut attempt))
            }
            _ => self.fits(0, 0, &mut attempt),
        };
        match attempt.attempts_left {
            0 => None,
            _ => Some(is_found.then_some(attempt.slots)),
        }
    }

    /// Returns whether the text at a position fits the remaining parts.
    fn fits(&self, part: usize, at: usize, attempt: &mut Attempt<'_>) -> bool {
        if attempt.attempts_left == 0 {
            return false;
        }
        attempt.attempts_left -= 1;
        let text = attempt.text;
        let kind = match self.parts.get(part) {
            None => return !self.is_whole || at == text.len(),
            Some(TemplatePart::Literal(literal)) => {
                let literal = literal.needle();
                let is_there = text.get(at..).is_some_and(|rest| rest.starts_with(literal));
                return is_there && self.fits(part + 1, at + literal.len(), attempt);
            }
            Some(TemplatePart::Slot(kind)) => *kind,
        };
        let mut take = |end: usize| {
            attempt.slots.push((at, end));
            let is_it = self.fits(part + 1, end, attempt);
            if !is_it {
                attempt.slots.pop();
            }
            is_it
        };
        match (kind, self.parts.get(part + 1)) {
            (Kind::Any, None) => take(text.len()),
            (Kind::Any, Some(TemplatePart::Literal(next))) => each_place(next, text, at, &mut take),
            (Kind::Any, Some(TemplatePart::Slot(_))) => (at..=text.len()).any(take),
            (Kind::Digit, _) => run(text, at, u8::is_ascii_digit) > at && take(at + 1),
            (Kind::Number, _) => (at + 1..=run(text, at, u8::is_ascii_digit)).rev().any(take),
            (Kind::Word, _) => (at + 1..=run(text, at, is_of_word)).rev().any(take),
            (Kind::Host, _) => each_end_of_host(text, at, &mut take),
            (Kind::Ip, _) => each_end_of_ip(text, at, &mut take),
        }
    }
}

/// Visits the positions of a literal until one is taken.
///
/// Returns whether one was.
fn each_place(literal: &Finder<'_>, text: &[u8], from: usize, take: &mut dyn FnMut(usize) -> bool) -> bool {
    let mut from = from;
    while let Some(found) = text.get(from..).and_then(|rest| literal.find(rest)) {
        if take(from + found) {
            return true;
        }
        from += found + 1;
    }
    false
}

/// Returns where a run of certain bytes ends.
fn run(text: &[u8], from: usize, is_in: impl Fn(&u8) -> bool) -> usize {
    from + text.iter().skip(from).take_while(|byte| is_in(byte)).count()
}

fn is_of_word(byte: &u8) -> bool {
    !matches!(byte, b' ' | b'"' | b'\\' | b',' | b';' | b'}')
}

/// Visits the possible ends of a host, the longest first.
///
/// As an expression: `[a-z-]*[0-9._:\[](?:[\w.:%\[\]-]*[\w\]])?`.
fn each_end_of_host(text: &[u8], at: usize, take: &mut dyn FnMut(usize) -> bool) -> bool {
    let sign = run(text, at, |byte| byte.is_ascii_lowercase() || *byte == b'-');
    if !text.get(sign).is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b':' | b'[')) {
        return false;
    }
    let is_last = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b']');
    let is_inner = |byte: &u8| is_last(byte) || matches!(byte, b'.' | b':' | b'%' | b'[' | b'-');
    let ends = (sign + 2..=run(text, sign + 1, is_inner)).rev();
    ends.filter(|end| text.get(end - 1).is_some_and(is_last)).any(&mut *take) || take(sign + 1)
}

/// Visits the possible ends of an IP address, the longest first.
///
/// As an expression: `\[?[0-9a-f]*[.:][0-9a-f.:]*[0-9a-f]\]?(?::\d+)?`.
fn each_end_of_ip(text: &[u8], at: usize, take: &mut dyn FnMut(usize) -> bool) -> bool {
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
    let first = at + usize::from(text.get(at) == Some(&b'['));
    let sign = run(text, first, is_hex);
    if !matches!(text.get(sign), Some(b'.' | b':')) {
        return false;
    }
    let mut with_port = |end: usize| {
        let has_port = text.get(end) == Some(&b':');
        has_port && (end + 2..=run(text, end + 1, u8::is_ascii_digit)).rev().any(&mut *take) || take(end)
    };
    let ends = (sign + 2..=run(text, sign + 1, |byte| is_hex(byte) || matches!(byte, b'.' | b':'))).rev();
    ends.filter(|end| text.get(end - 1).is_some_and(is_hex))
        .any(|end| text.get(end) == Some(&b']') && with_port(end + 1) || with_port(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::matcher::Matcher;
    use super::*;
    use crate::text::is_folded_ascii;
    use crate::tree::pattern::Slots;

    /// Compares with the regular expression of the template. Returns whether the template was found.
    fn is_found(template: &str, text: &str, is_whole: bool) -> bool {
        let template = Template::parse(template, Slots::Typed).unwrap();
        let regex = Regex::new(&Matcher::new(&template, is_whole).expression()).unwrap();
        let expected = regex
            .captures(text)
            .map(|found| found.iter().skip(1).flatten().map(|group| (group.start(), group.end())).collect::<Vec<_>>());
        let backtracker = Backtracker::new(&template, is_whole).unwrap();
        let found = backtracker.find(text.to_ascii_lowercase().as_bytes());
        assert!(found.as_ref().is_none_or(|found| *found == expected), "{template:?} in {text:?}: {found:?}");
        expected.is_some()
    }

    #[test]
    fn what_takes_too_long_is_left_to_the_expression() {
        let template = Template::parse("a{any}b{any}c{any}d", Slots::Typed).unwrap();
        let text = format!("{}{}{}", "a".repeat(500), "b".repeat(500), "c".repeat(500));
        assert_eq!(Backtracker::new(&template, false).unwrap().find(text.as_bytes()), None);
        assert!(
            !is_folded_ascii("a  b") && !is_folded_ascii("a\tb") && !is_folded_ascii("ä") && is_folded_ascii(" a b ")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn it_finds_what_the_expression_finds(
            kinds in prop::collection::vec(0..6_usize, 1..4),
            literals in prop::collection::vec("[aA1.: -]{1,2}", 4),
            text in "[abA12.: \\[\\]\\-%_,]{0,24}",
            is_whole in any::<bool>(),
        ) {
            let kinds = kinds.iter().map(|kind| ["{ip}", "{host}", "{number}", "{digit}", "{word}", "{any}"][*kind]);
            let template: String = literals.iter().zip(kinds).map(|(literal, kind)| format!("{literal}{kind}")).collect();
            prop_assume!(is_folded_ascii(&text));
            for template in [template.clone(), format!("{template}{}", literals[3])] {
                let names_differ = Template::parse(&template, Slots::Typed).is_ok();
                if names_differ {
                    is_found(&template, &text, is_whole);
                }
            }
        }
    }

    #[test]
    fn it_finds_the_templates_of_the_trees() {
        for (template, text, is_whole) in [
            ("{backend_ip:host}:{port:number}", "10.0.20.11:8080", true),
            ("{backend_ip:host}:{port:number}", "[2001:db8::1]:443", true),
            ("{method:word} {path:word} {word}", "GET /orders HTTP/1.1", true),
            ("connect() failed ({number}: {any}) while", "x: connect() failed (111: Connection (R)) while", false),
            ("Client {client_ip:ip} timed", "Client [::1]:80 timed Client 10.0.0.1:5 timed out", false),
            ("5{digit}{digit}", "502", true),
        ] {
            assert!(is_found(template, text, is_whole), "{template} in {text}");
        }
    }
}
