//! What is told at first: what the card says an alarm may be, or one of its symptoms.

use crate::drill::generate::material::{Material, says_nothing};
use crate::drill::random::Random;
use crate::text::CleanText;
use crate::tree::pattern::{Part, Pattern, Template};
use crate::tree::training::Alarm;
use crate::tree::{CardId, Tree};

/// A word of a signature shorter than this may stand in an alarm: it is no error string.
const SHORTEST_QUOTE: usize = 6;

/// What is told at first, by chance. A symptom answers no question, and does not quote an error string.
pub(in crate::drill) fn alarm(material: &Material, card: CardId, random: &mut Random) -> Alarm {
    let tree = material.tree();
    // Of a tree that has faults, not all agree with their card.
    let is_sound = |alarm: &&Alarm| tree.has_path(card, &alarm.said());
    let alarms: Vec<&Alarm> = tree.card(card).training.alarms.iter().filter(is_sound).collect();
    if let Some(alarm) = random.one_of(&alarms) {
        return (*alarm).clone();
    }
    let quotes = quotes(tree, card);
    let is_symptom = |symptom: &&CleanText| {
        let lower = symptom.to_lowercase();
        says_nothing(&material.recognizer().evidence("", symptom)) && !quotes.iter().any(|it| lower.contains(it))
    };
    let symptoms: Vec<&CleanText> = tree.card(card).symptoms.iter().filter(is_symptom).collect();
    let says = random.one_of(&symptoms).map(|symptom| (*symptom).clone());
    Alarm { says: says.unwrap_or_else(|| format!("{}: something is wrong.", tree.title).into()), answers: Vec::new() }
}

/// Whether a text is more than one ordinary word: several, or a name as machines write them.
fn is_no_word(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    text.contains(|letter: char| letter.is_whitespace() || letter == '_' || letter.is_ascii_digit()) || capitals > 1
}

/// The words by which a card's signatures know it, in lower case.
fn quotes(tree: &Tree, card: CardId) -> Vec<String> {
    let literals = |template: &Template| -> Vec<String> {
        let literal = |part: &Part| match part {
            Part::Literal(text) => Some(text.trim().to_owned()),
            Part::Slot { .. } => None,
        };
        template.parts.iter().filter_map(literal).collect()
    };
    let mut quotes = Vec::new();
    for signature in &tree.card(card).signatures {
        quotes.extend(signature.documented.iter().map(|documented| documented.trim().to_owned()));
        if let Pattern::Text(template) = &signature.pattern {
            quotes.extend(literals(template));
        } else if let Pattern::Fields(fields) = &signature.pattern {
            quotes.extend(fields.iter().map(|field| field.name.to_string()));
            quotes.extend(fields.iter().flat_map(|field| &field.any_of).flat_map(literals));
        }
    }
    quotes.retain(|quote| quote.len() >= SHORTEST_QUOTE && is_no_word(quote));
    quotes.into_iter().map(|quote| quote.to_lowercase()).collect()
}
