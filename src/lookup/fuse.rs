//! One list out of what was recognised, what the words fit and what the letters spell.
//!
//! A card's score is how strongly the words of the query fit it (0 to about 1.2, see `rank`), and on top of that what the
//! best way in which it was found is worth. A better way is a head start, not a wall: a card that fits far better by its
//! words comes before one that merely has all of them in one line. Only a signature is worth more than words can ever be,
//! so that what is recognised always comes first, and the words decide between cards that share it.

use std::sync::Arc;

use super::catalogue::{Catalogue, Entry, Phrase};
use super::letters::{Letters, Spelled};
use super::query::Query;
use super::rank::{self, Fit, Way};
use super::words::words;
use super::{Found, Match, Tier};

/// What each way of finding a card is worth.
fn head_start(tier: Tier) -> f32 {
    match tier {
        Tier::Signature => 2.0,
        Tier::Contains => 0.25,
        Tier::Words => 0.15,
        Tier::Typos => 0.1,
        Tier::Card | Tier::Subsequence => 0.0,
    }
}

/// Letters in order are a weaker sign than words: what they are worth at best.
const OF_LETTERS: f32 = 0.9;

/// With less, letters in order are chance.
const MIN_OF_LETTERS: f32 = 0.55;

/// A query of more words is no abbreviation.
const MAX_WORDS_OF_LETTERS: usize = 3;

/// If the best card has less, nothing is found …
const MIN_SCORE: f32 = 0.22;

/// … unless the words that stand in it tell as much as this: of a long sentence most words are about something else.
const MIN_TOLD: f32 = 3.0;

/// A card with less than this share of the best is not worth showing.
const MIN_SHARE: f32 = 0.35;

/// The best is sure if the next has no more than this share of it, and if most of the query stands in it.
const SURE_SHARE: f32 = 0.7;
const SURE_STRENGTH: f32 = 0.6;

/// How many cards are named if nothing fits.
const NEAREST: usize = 2;

/// Puts everything together. `signatures` are the cards recognised, by position, each with the signature's.
pub(super) fn fuse(
    catalogue: &Catalogue,
    letters: &Letters,
    query: &Query,
    text: &str,
    signatures: &[(usize, usize)],
) -> Found {
    let fits = rank::fits(query, catalogue);
    let mut scored: Vec<(f32, Match)> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for (at, signature) in signatures {
        if seen.contains(at) {
            continue;
        }
        seen.push(*at);
        let Some(entry) = catalogue.entries.get(*at) else { continue };
        let strength = fits.iter().find(|fit| fit.entry == *at).map_or(0.0, |fit| fit.strength);
        let text = recognised_text(entry, *signature);
        let found = Match { tier: Tier::Signature, letters: marked(query, catalogue, &text), text, ..itself(entry) };
        scored.push((head_start(Tier::Signature) + strength, found));
    }
    note_shared(&mut scored);
    for fit in fits.iter().filter(|fit| !seen.contains(&fit.entry)) {
        scored.extend(catalogue.entries.get(fit.entry).map(|entry| by_words(query, catalogue, entry, fit)));
    }
    if signatures.is_empty() && query.sequence.len() <= MAX_WORDS_OF_LETTERS {
        by_letters(catalogue, letters, text, &mut scored);
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let told = fits.iter().map(|fit| fit.told).fold(0.0, f32::max);
    finish(query, scored, told)
}

/// Every card, with nothing marked in it.
pub(super) fn everything(catalogue: &Catalogue) -> Found {
    Found { matches: catalogue.entries.iter().map(itself).collect(), ..Found::default() }
}

/// Cards that were recognised by one text share it.
fn note_shared(recognised: &mut [(f32, Match)]) {
    let all: Vec<_> = recognised.iter().map(|(_, found)| (Arc::clone(&found.tree), found.card)).collect();
    for (_, found) in recognised {
        let same_tree = all.iter().filter(|(tree, _)| Arc::ptr_eq(tree, &found.tree));
        let cards: Vec<_> = same_tree.map(|(_, card)| *card).collect();
        if cards.len() > 1 {
            found.shared = cards;
        }
    }
}

fn by_words(query: &Query, catalogue: &Catalogue, entry: &Entry, fit: &Fit<'_>) -> (f32, Match) {
    let tier = match fit.way {
        Way::Contains => Tier::Contains,
        Way::AllWords => Tier::Words,
        Way::NearlyAllWords => Tier::Typos,
        Way::SomeWords => Tier::Card,
    };
    let text = fit.phrase.text.to_string();
    let found = Match { tier, letters: marked(query, catalogue, &text), text, ..itself(entry) };
    (head_start(tier) + fit.strength, found)
}

/// Adds what the letters of the query spell, where it is better than what its words have found.
fn by_letters(catalogue: &Catalogue, letters: &Letters, text: &str, scored: &mut Vec<(f32, Match)>) {
    let phrase_of = |number: u32| catalogue.phrase_at(number).map_or("", |phrase| &*phrase.text);
    for Spelled { phrase, strength, letters } in letters.search(text, phrase_of) {
        let Some(Phrase { entry, text, .. }) = catalogue.phrase_at(phrase) else { continue };
        let score = OF_LETTERS * strength;
        if strength < MIN_OF_LETTERS {
            continue;
        }
        let Some(entry) = catalogue.entries.get(*entry as usize) else { continue };
        let found = Match { tier: Tier::Subsequence, letters, text: text.to_string(), ..itself(entry) };
        let same = |known: &&mut (f32, Match)| known.1.card == found.card && Arc::ptr_eq(&known.1.tree, &found.tree);
        match scored.iter_mut().find(same) {
            Some(known) if known.0 < score => *known = (score, found),
            Some(_) => {}
            None => scored.push((score, found)),
        }
    }
}

/// Cuts off what does not fit, and judges the rest.
fn finish(query: &Query, scored: Vec<(f32, Match)>, told: f32) -> Found {
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    let is_found = best >= MIN_SCORE || (best > 0.0 && told >= MIN_TOLD);
    let floor = MIN_SHARE * best;
    let second = scored.get(1).map_or(0.0, |(score, _)| *score);
    let mut matches: Vec<(f32, Match)> = scored
        .into_iter()
        .map(|(score, found)| (score, Match { score: (f64::from(score) * 1000.0).round() as i64, ..found }))
        .collect();
    if !is_found {
        matches.truncate(NEAREST);
        let nearest = matches.into_iter().map(|(_, found)| found).collect();
        return Found { nearest, understood: query.understood(), ..Found::default() };
    }
    matches.retain(|(score, _)| *score >= floor);
    let matches: Vec<Match> = matches.into_iter().map(|(_, found)| found).collect();
    let is_sure = matches.first().is_some_and(|first| {
        first.shared.is_empty()
            && (first.tier == Tier::Signature || (best >= SURE_STRENGTH && second <= SURE_SHARE * best))
    });
    Found { matches, is_sure, ..Found::default() }
}

/// The signature as its vendor prints it.
fn recognised_text(entry: &Entry, signature: usize) -> String {
    let card = entry.tree.card(entry.card);
    let Some(signature) = card.signatures.get(signature) else { return card.title.clone() };
    signature.documented.clone().unwrap_or_else(|| signature.pattern.to_string())
}

/// The characters of a text that the words of the query stand for.
fn marked(query: &Query, catalogue: &Catalogue, text: &str) -> Vec<usize> {
    let is_meant = |word: &str| {
        let term = catalogue.vocabulary.find(word);
        term.and_then(|term| query.role(term)).is_some()
    };
    words(text).into_iter().filter(|word| is_meant(&word.text)).flat_map(|word| word.start..word.end).collect()
}

fn itself(entry: &Entry) -> Match {
    let card = entry.tree.card(entry.card);
    Match {
        tree: Arc::clone(&entry.tree),
        card: entry.card,
        tier: Tier::Card,
        score: 0,
        text: card.error_strings().into_iter().next().unwrap_or_else(|| card.title.clone()),
        letters: Vec::new(),
        shared: Vec::new(),
    }
}
