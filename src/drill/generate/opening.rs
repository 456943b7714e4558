//! Chooses the text that opens an incident.
//!
//! The text is an alarm that the card lists for exercises. If the card has none, it is one of the card's symptoms. A
//! symptom that answers a question of the tree or quotes an error string is not used, because the trainee could then
//! name the card without a check.

use crate::drill::generate::material::Material;
use crate::drill::random::Random;
use crate::text::CleanText;
use crate::tree::pattern::{Part, Pattern, Template};
use crate::tree::training::Alarm;
use crate::tree::{CardId, Tree};

/// The length in bytes from which a text counts as error string.
///
/// Shorter texts are usually ordinary words ("error", "reset"), which symptoms need as well.
const SHORTEST_QUOTE: usize = 6;

/// Returns the opening of an incident about a card, chosen at random.
pub(crate) fn alarm(material: &Material, card: CardId, random: &mut Random) -> Alarm {
    let tree = material.tree();
    // A faulty tree may have alarms that contradict their card. These are skipped.
    let is_sound = |alarm: &&Alarm| tree.has_path(card, &alarm.said());
    let alarms: Vec<&Alarm> = tree.card(card).training.alarms.iter().filter(is_sound).collect();
    if let Some(alarm) = random.one_of(&alarms) {
        return (*alarm).clone();
    }
    let quotes = quotes(tree, card);
    let is_symptom = |symptom: &&CleanText| {
        let lower = symptom.to_lowercase();
        material.evidence(symptom).says_nothing() && !quotes.iter().any(|it| lower.contains(it))
    };
    let symptoms: Vec<&CleanText> = tree.card(card).symptoms.iter().filter(is_symptom).collect();
    let says = random.one_of(&symptoms).map(|symptom| (*symptom).clone());
    Alarm { says: says.unwrap_or_else(|| format!("{}: something is wrong.", tree.title).into()), answers: Vec::new() }
}

/// Returns whether a text is anything but one ordinary word.
///
/// White space, a digit, an underscore or a second capital letter marks a name or several words.
fn is_no_word(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    text.contains(|letter: char| letter.is_whitespace() || letter == '_' || letter.is_ascii_digit()) || capitals > 1
}

/// Returns the error strings in a card's signatures, in lower case.
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
