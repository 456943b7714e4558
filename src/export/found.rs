//! What a look-up found, in words: in which way, which words matched, and what to do if nothing did.

use crate::lookup::{Found, Match, Tier};
use crate::text;

/// In which way a card was found, in a word or two; nothing for a card that stands in a list of all.
pub fn way(found: &Match) -> &'static str {
    let card = found.tree.card(found.card);
    match found.tier {
        Tier::Signature => "recognised",
        Tier::Contains if found.text == card.title => "title",
        Tier::Contains if card.also_called.contains(&found.text) => "also called",
        Tier::Contains => "error text",
        Tier::Words => "all words",
        Tier::Typos => "with a typo",
        Tier::Card => "in the card",
        Tier::Subsequence if found.letters.is_empty() => "",
        Tier::Subsequence => "abbreviation",
    }
}

/// The text that matched, with the way before it and the words that matched: `all words (set, empty): The set is empty`.
pub fn because(found: &Match) -> String {
    let words = found.matched_words();
    let is_whole = words.len() == 1 && words.first() == Some(&found.text);
    match way(found) {
        "" => found.text.clone(),
        way if words.is_empty() || is_whole => format!("{way}: {}", found.text),
        way => format!("{way} ({}): {}", words.join(", "), found.text),
    }
}

/// How many matches from `at` on share what was found with the one at `at`, itself among them; 0 if nothing is shared, or
/// if the one before it has said so.
pub fn sharing_from(matches: &[Match], at: usize) -> usize {
    let Some(first) = matches.get(at).filter(|found| !found.shared.is_empty()) else { return 0 };
    let is_alike = |other: &Match| other.tree.id == first.tree.id && other.shared == first.shared;
    let said = at.checked_sub(1).and_then(|before| matches.get(before)).is_some_and(is_alike);
    if said { 0 } else { matches.iter().skip(at).take_while(|other| is_alike(other)).count() }
}

/// That several cards share what was found, and what opening one does.
pub fn sharing(found: &Match) -> String {
    format!("{} cards share this: opening one asks what tells them apart", found.shared.len())
}

/// What was understood of a query to which nothing fits.
pub fn understood(found: &Found) -> String {
    if found.understood.is_empty() {
        return "None of these words stands in any card.".to_owned();
    }
    let words: Vec<_> = found.understood.iter().map(|word| format!("\"{word}\"")).collect();
    format!("Understood: {}; but no card has all of it.", words.join(", "))
}

/// The cards that were found, for people.
pub fn list(found: &Found) -> String {
    let mut text = String::new();
    for (at, one) in found.matches.iter().enumerate() {
        if sharing_from(&found.matches, at) > 0 {
            text.push_str(&format!("{}\n", sharing(one)));
        }
        text.push_str(&entry(one));
    }
    text
}

/// That nothing was found: what was understood, what comes nearest, and what to do instead.
pub fn nothing(query: &str, found: &Found) -> String {
    // A pasted log is no headline.
    let mut text = format!("Nothing fits \"{}\". {}\n", text::fit(query, 60, "..."), understood(found));
    if !found.nearest.is_empty() {
        text.push_str("The nearest:\n");
        text.extend(found.nearest.iter().map(entry));
    }
    text + "Try fewer words, or answer questions instead: wherefore walk"
}

fn entry(found: &Match) -> String {
    let card = found.tree.card(found.card);
    format!("{}\n    {}\n    wherefore show {}\n", card.title, because(found), card.id)
}
