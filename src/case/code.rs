//! Writes a case without text as a code, and reads it.
//!
//! A code is read over the phone. It has groups of five symbols of Crockford's Base32, which has no I, L, O and U: the
//! first group names the tree and its version, each further group is an event, and two check symbols end it. The check
//! symbols are those of a Reed–Solomon code over GF(32). Any wrong symbol and any swap of neighbors is noticed, and a
//! single wrong symbol is located.
//!
//! Events are found by a hash of their names, not by position, so a code survives most changes of its tree. Example:
//! `PZNV8-PAGRP-WBRBN-WY` has two events.

use hmac_sha256::Hash;

use crate::tree::model::Remedy;
use crate::tree::{CardId, Tree};
use crate::walk::{Event, StepOutcome, Walk};

/// The alphabet of Crockford's Base32.
///
/// See <https://www.crockford.com/base32.html>.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols of a group.
const GROUP: usize = 5;

/// Check symbols.
const CHECKS: usize = 2;

/// The most events of a code.
///
/// The check locates a wrong symbol among 31 symbols only, and nobody dictates more than some groups.
const MOST: usize = 12;

/// The number of elements that the check symbols can tell apart.
const ORDER: usize = 31;

/// Explains why a case has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// Something in it is text: evidence, a value, a remark.
    FreeText,
    /// It came from another system by a link.
    Link,
    /// It has too many events, or none.
    Length,
    /// Two names of its tree have the same hash.
    Ambiguous,
}

impl NoCode {
    /// Returns the reason in words.
    pub fn words(self) -> &'static str {
        match self {
            NoCode::FreeText => "it has text: evidence, values or remarks",
            NoCode::Link => "a link from another system led to it",
            NoCode::Length => "it has no answers, or too many of them",
            NoCode::Ambiguous => "two of its names cannot be told apart",
        }
    }
}

/// Explains why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCode {
    /// It is too short, too long, or has other characters.
    Shape,
    /// Symbols are wrong or swapped.
    ///
    /// The group of a single wrong one is known, from 1.
    Check(Option<usize>),
    /// No installed system has it.
    NoTree,
}

impl BadCode {
    /// Returns the reason in words.
    pub fn words(self) -> String {
        match self {
            BadCode::Shape => "it is no code: a code has groups of five letters and digits".to_owned(),
            BadCode::Check(Some(group)) => format!("a letter is wrong, probably in group {group}"),
            BadCode::Check(None) => "letters are wrong or swapped".to_owned(),
            BadCode::NoTree => "its system is not installed".to_owned(),
        }
    }
}

/// The events of a code that the tree still has.
#[derive(Debug)]
pub struct DecodedCase {
    /// The position of its tree among those that were given.
    pub tree: usize,
    /// Its events, in order.
    pub events: Vec<Event>,
    /// The number of events that the tree does not have any more.
    pub lost: usize,
    /// Whether the code is of this version of the tree.
    pub is_same_version: bool,
}

/// Returns the code of a case.
///
/// `hash` is the hash of its tree. Only events that still count are in it.
///
/// # Errors
///
/// The reason why it has none.
pub fn code(walk: &Walk, hash: &str) -> Result<String, NoCode> {
    let tree = walk.tree();
    let events: Vec<&Event> = walk.live_events().map(|(_, event)| event).collect();
    if events.is_empty() || events.len() > MOST {
        return Err(if events.iter().all(|event| has_name(tree, event)) { NoCode::Length } else { why_none(&events) });
    }
    let mut symbols = group(head(tree, hash));
    for event in &events {
        let name = name(tree, event).ok_or_else(|| why_none(&events))?;
        let tag = tag(&name);
        let found = find(tree, tag);
        if found.as_slice() != [(*event).clone()] {
            return Err(NoCode::Ambiguous);
        }
        symbols.extend(group(tag));
    }
    let checks = checks(&symbols);
    symbols.extend(checks);
    let letters: Vec<char> =
        symbols.iter().filter_map(|symbol| SYMBOLS.get(usize::from(*symbol))).map(|it| char::from(*it)).collect();
    Ok(letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Reads a code.
///
/// `trees` has each tree with its hash. Lower case, missing dashes, O for 0, and I or L for 1 are fine.
///
/// # Errors
///
/// The reason why it cannot be read.
pub fn decode(written: &str, trees: &[(&Tree, String)]) -> Result<DecodedCase, BadCode> {
    let symbols = symbols_of(written).ok_or(BadCode::Shape)?;
    let events = symbols.len().checked_sub(CHECKS + GROUP).filter(|rest| rest % GROUP == 0).map(|rest| rest / GROUP);
    if events.is_none_or(|events| events == 0 || events > MOST) {
        return Err(BadCode::Shape);
    }
    let (data, given) = symbols.split_at(symbols.len() - CHECKS);
    if checks(data) != given {
        return Err(BadCode::Check(wrong_group(data, given)));
    }
    let mut groups = data.chunks(GROUP).map(number);
    let first = groups.next().unwrap_or_default();
    let is_of = |tree: &Tree| first >> VERSION_BITS == hashed(&tree.id) >> VERSION_BITS;
    let found = trees.iter().position(|(tree, hash)| head(tree, hash) == first);
    let at = found.or_else(|| trees.iter().position(|(tree, _)| is_of(tree))).ok_or(BadCode::NoTree)?;
    let Some((tree, _)) = trees.get(at) else { return Err(BadCode::NoTree) };
    let (mut events, mut lost) = (Vec::new(), 0);
    for tag in groups {
        match find(tree, tag).as_slice() {
            [only] => events.push(only.clone()),
            _ => lost += 1,
        }
    }
    Ok(DecodedCase { tree: at, events, lost, is_same_version: found.is_some() })
}

fn why_none(events: &[&Event]) -> NoCode {
    if events.iter().any(|event| matches!(event, Event::Followed(_))) { NoCode::Link } else { NoCode::FreeText }
}

/// Bits of the first group that name the version of the tree.
const VERSION_BITS: u32 = 13;

/// Bits of a group.
const BITS: u32 = 25;

/// Names a tree and its version in the first group.
fn head(tree: &Tree, hash: &str) -> u32 {
    let version = hashed(hash) & ((1 << VERSION_BITS) - 1);
    hashed(&tree.id) >> VERSION_BITS << VERSION_BITS | version
}

/// Returns the first bits of a SHA-256.
fn hashed(text: &str) -> u32 {
    let bytes = Hash::hash(text.as_bytes());
    let first = bytes.iter().take(4).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    first >> (u32::BITS - BITS)
}

fn tag(name: &str) -> u32 {
    hashed(name)
}

fn has_name(tree: &Tree, event: &Event) -> bool {
    name(tree, event).is_some()
}

/// Names an event in its tree; `None` if it has free text.
fn name(tree: &Tree, event: &Event) -> Option<String> {
    Some(match event {
        Event::Answered { question, option } => {
            format!("answer {} {}", tree.question(*question).id, tree.option(*question, *option).id)
        }
        Event::Unknown { question } => format!("unknown {}", tree.question(*question).id),
        Event::NoneOfThese { question } => format!("none {}", tree.question(*question).id),
        Event::StepMarked { card, remedy, outcome } => {
            step_name(tree, *card, tree.card(*card).remedies.get(*remedy)?, *outcome)
        }
        Event::ShortestFirst(on) => format!("most useful first {on}"),
        Event::Escalated => "escalated".to_owned(),
        _ => return None,
    })
}

fn step_name(tree: &Tree, card: CardId, remedy: &Remedy, outcome: StepOutcome) -> String {
    format!("step {} {} {}", tree.card(card).id, remedy.id, outcome.word())
}

/// Returns the events of a tree with a tag.
fn find(tree: &Tree, wanted: u32) -> Vec<Event> {
    let mut found: Vec<Event> = [Event::ShortestFirst(true), Event::ShortestFirst(false), Event::Escalated]
        .into_iter()
        .filter(|event| name(tree, event).is_some_and(|name| tag(&name) == wanted))
        .collect();
    let mut add = |event: Event| {
        if name(tree, &event).is_some_and(|name| tag(&name) == wanted) {
            found.push(event);
        }
    };
    for (question, _) in tree.questions() {
        add(Event::Unknown { question });
        add(Event::NoneOfThese { question });
        for (option, _) in tree.options(question) {
            add(Event::Answered { question, option });
        }
    }
    for (card, known) in tree.cards() {
        for remedy in 0..known.remedies.len() {
            for outcome in [StepOutcome::Done, StepOutcome::Helped, StepOutcome::DidNotHelp, StepOutcome::Skipped] {
                add(Event::StepMarked { card, remedy, outcome });
            }
        }
    }
    found
}

/// Splits a number into the symbols of a group.
fn group(number: u32) -> Vec<u8> {
    (0..GROUP as u32).rev().map(|at| (number >> (5 * at) & 31) as u8).collect()
}

fn number(group: &[u8]) -> u32 {
    group.iter().fold(0, |sum, symbol| sum << 5 | u32::from(*symbol))
}

/// Reads symbols; `None` if a character is none.
fn symbols_of(written: &str) -> Option<Vec<u8>> {
    let letters = written.chars().filter(|letter| !matches!(letter, '-' | ' '));
    let symbol = |letter: char| {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        SYMBOLS.iter().position(|symbol| char::from(*symbol) == letter).and_then(|at| u8::try_from(at).ok())
    };
    letters.map(symbol).collect()
}

/// Returns the check symbols: the sum, and the sum weighted by place.
///
/// The weights are the powers of a primitive element, so that the weights of neighbors differ.
fn checks(data: &[u8]) -> [u8; CHECKS] {
    let plain = data.iter().fold(0, |sum, symbol| sum ^ symbol);
    let weighted = data.iter().enumerate().fold(0, |sum, (at, symbol)| sum ^ times(*symbol, power(at + 1)));
    [plain, weighted]
}

/// Returns the group of a single wrong symbol, from 1.
///
/// With an error `e` at the place `i`, the sums are off by `e` and by `e` times the weight of `i`.
fn wrong_group(data: &[u8], given: &[u8]) -> Option<usize> {
    let own = checks(data);
    let (plain, weighted) = (own.first()? ^ given.first()?, own.get(1)? ^ given.get(1)?);
    if plain == 0 || weighted == 0 {
        // Swapped symbols, a wrong check symbol, or several wrong ones.
        return None;
    }
    let mut places = (0..data.len()).filter(|at| times(plain, power(at + 1)) == weighted);
    let place = places.next()?;
    // Beyond the order, two places have the same weight.
    places.next().is_none().then_some(place / GROUP + 1)
}

/// Multiplies in GF(32), with the polynomial x⁵ + x² + 1.
fn times(one: u8, other: u8) -> u8 {
    let (mut one, mut product) = (u16::from(one), 0_u16);
    for bit in 0..5 {
        if other >> bit & 1 == 1 {
            product ^= one;
        }
        one <<= 1;
        if one & 32 != 0 {
            one ^= 0b10_0101;
        }
    }
    (product & 31) as u8
}

/// Returns a power of the primitive element x.
fn power(exponent: usize) -> u8 {
    (0..exponent % ORDER).fold(1, |power, _| times(power, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_generates_all_elements() {
        let mut powers: Vec<u8> = (0..ORDER).map(power).collect();
        powers.sort_unstable();
        assert_eq!(powers, (1..32).collect::<Vec<u8>>());
        assert_eq!(power(ORDER), 1);
    }

    #[test]
    fn a_wrong_symbol_is_located_and_a_swap_noticed() {
        let data: Vec<u8> = (0..30).map(|at| (at * 7 + 3) % 32).collect();
        let given = checks(&data);
        for at in 0..data.len() {
            for wrong in (0..32).filter(|wrong| *wrong != data[at]) {
                let mut heard = data.clone();
                heard[at] = wrong;
                assert_ne!(checks(&heard), given);
                assert_eq!(wrong_group(&heard, &given), Some(at / GROUP + 1), "{at} {wrong}");
            }
        }
        for at in 1..data.len() {
            let mut heard = data.clone();
            heard.swap(at - 1, at);
            assert_ne!(checks(&heard), given, "{at}");
        }
    }
}
