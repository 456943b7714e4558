//! One list out of what was recognised, what the words fit and what the letters spell.
//!
//! A card's score is how strongly the words of the query fit it (0 to about 1.2, see `rank`), and on top of that what the
//! best way in which it was found is worth. A better way is a head start, not a wall: a card that fits far better by its
//! words comes before one that merely has all of them in one line. Only a signature is worth more than words can ever be,
//! so that what is recognised always comes first, and the words decide between cards that share it.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use super::catalogue::{Catalogue, Entry, Phrase};
use super::letters::{Letters, Spelled};
use super::query::Query;
use super::rank::{self, Fit, Way};
use super::substance::is_joining;
use super::words::words;
use super::{Found, Match, Recognised, Tier};
use crate::tree::CardId;

/// What each way of finding a card is worth.
fn head_start(tier: Tier) -> f32 {
    match tier {
        Tier::Signature => 2.0,
        Tier::Contains => 0.25,
        Tier::Words => 0.15,
        Tier::Typos => 0.08,
        Tier::Card | Tier::Subsequence => 0.0,
    }
}

/// Letters in order are a weaker sign than words: what they are worth at best.
const OF_LETTERS: f32 = 0.9;

/// With less, letters in order are chance.
const MIN_OF_LETTERS: f32 = 0.55;

/// The same for so few letters, which are scattered in everything.
const MIN_OF_FEW_LETTERS: f32 = 0.9;
const FEW_LETTERS: usize = 4;

/// A query of more words is no abbreviation.
const MAX_WORDS_OF_LETTERS: usize = 3;

/// If the best card has less, nothing is found …
const MIN_SCORE: f32 = 0.22;

/// … or if the words that stand in it tell less than this share of what all words of the query would, known or not …
const MIN_COVERAGE: f32 = 0.36;

/// … unless the words that stand in it tell as much as this: of a long sentence most words are about something else.
const MIN_TOLD: f32 = 3.0;

/// What is left of a card of which the query says that it is not it.
const OF_DENIED: f32 = 0.4;

/// A card with less than this share of the best is not worth showing.
const MIN_SHARE: f32 = 0.35;

/// The best is sure if the next has no more than this share of it, and if most of the query stands in it.
const SURE_SHARE: f32 = 0.7;
const SURE_STRENGTH: f32 = 0.75;

/// How many cards are named if nothing fits.
const NEAREST: usize = 2;

/// A card that may be shown.
#[derive(Debug)]
struct Candidate<'c> {
    /// The position of the card in the catalogue.
    entry: usize,
    tier: Tier,
    score: f32,
    what: What<'c>,
}

/// What was found of a card.
#[derive(Debug)]
enum What<'c> {
    /// The signature at this position in the card, and all cards that share it.
    Signature(usize, &'c [CardId]),
    /// The words of the query in this phrase.
    Words(&'c Phrase),
    /// These characters of this phrase.
    Letters(&'c Phrase, Vec<usize>),
}

/// Puts everything together. Among cards of the same score and tier, `by_use` says which comes first.
pub(super) fn fuse(
    index: (&Catalogue, &OnceLock<Letters>),
    query: &Query,
    text: &str,
    recognised: &Recognised,
    by_use: impl Fn(&Entry, &Entry) -> Ordering,
    limit: usize,
) -> Found {
    let (catalogue, letters) = index;
    let fits = rank::fits(query, catalogue);
    let mut found = by_signature(&fits, recognised);
    for fit in &fits {
        if found.iter().all(|known| known.entry != fit.entry) {
            let is_denied = recognised.denied.contains(&fit.entry);
            let tier = if is_denied { Tier::Card } else { tier_of(fit.way) };
            let score = if is_denied { OF_DENIED * fit.strength } else { head_start(tier) + fit.strength };
            found.push(Candidate { entry: fit.entry, tier, score, what: What::Words(fit.phrase) });
        }
    }
    // Whoever has written words that stand together in a name has not meant them as letters.
    let is_answered = found.iter().any(|known| known.tier <= Tier::Words);
    if !is_answered && !query.has_whole_word() && query.sequence.len() <= MAX_WORDS_OF_LETTERS {
        let letters = letters.get_or_init(|| Letters::new(catalogue.names()));
        by_letters(catalogue, letters, text, &mut found);
    }
    found.sort_by(|one, other| {
        let by_score = thousandths(other.score).cmp(&thousandths(one.score)).then(one.tier.cmp(&other.tier));
        let entry = |candidate: &Candidate<'_>| catalogue.entries.get(candidate.entry);
        let by_use = || entry(one).zip(entry(other)).map_or(Ordering::Equal, |(one, other)| by_use(one, other));
        by_score.then_with(by_use).then(one.entry.cmp(&other.entry))
    });
    let told = fits.iter().map(|fit| fit.told).fold(0.0, f32::max);
    let mut found = finish(catalogue, query, &found, told, limit);
    // Whoever says which card it is not has said too little of which it is.
    found.is_sure &= recognised.denied.is_empty() || !recognised.signatures.is_empty();
    found
}

/// Every card, with nothing marked in it.
pub(super) fn everything(catalogue: &Catalogue, by_use: impl Fn(&Entry, &Entry) -> Ordering, limit: usize) -> Found {
    let mut entries: Vec<&Entry> = catalogue.entries.iter().collect();
    // Nobody looks for the card that says what to do when nothing fits, before anything was tried.
    let is_last = |entry: &Entry| entry.card == entry.tree.escalation;
    entries.sort_by(|one, other| is_last(one).cmp(&is_last(other)).then_with(|| by_use(one, other)));
    let itself = |entry: &Entry| Match {
        tree: Arc::clone(&entry.tree),
        card: entry.card,
        tier: Tier::Card,
        score: 0,
        text: catalogue.phrases(entry).first().map(|phrase| catalogue.text(phrase).to_owned()).unwrap_or_default(),
        letters: Vec::new(),
        shared: Vec::new(),
    };
    Found { matches: entries.into_iter().take(limit).map(itself).collect(), ..Found::default() }
}

fn tier_of(way: Way) -> Tier {
    match way {
        Way::Contains => Tier::Contains,
        Way::AllWords => Tier::Words,
        Way::NearlyAllWords => Tier::Typos,
        Way::SomeWords => Tier::Card,
    }
}

/// Two scores that differ by less are equal.
fn thousandths(score: f32) -> i64 {
    (f64::from(score) * 1000.0).round() as i64
}

/// The cards of which a signature was recognised. What else the query says decides between cards that share it.
fn by_signature<'c>(fits: &[Fit<'c>], recognised: &'c Recognised) -> Vec<Candidate<'c>> {
    let mut found: Vec<Candidate<'_>> = Vec::new();
    for (entry, signature, shared) in &recognised.signatures {
        if found.iter().any(|known| known.entry == *entry) {
            continue;
        }
        let strength = fits.iter().find(|fit| fit.entry == *entry).map_or(0.0, |fit| fit.strength);
        let score = head_start(Tier::Signature) + strength;
        let what = What::Signature(*signature, shared);
        found.push(Candidate { entry: *entry, tier: Tier::Signature, score, what });
    }
    found
}

/// Adds what the letters of the query spell, where it is better than what its words have found.
fn by_letters<'c>(catalogue: &'c Catalogue, letters: &Letters, text: &str, found: &mut Vec<Candidate<'c>>) {
    let enough = if text.chars().count() <= FEW_LETTERS { MIN_OF_FEW_LETTERS } else { MIN_OF_LETTERS };
    let phrase_of = |number: u32| catalogue.phrase_at(number).map_or("", |phrase| catalogue.text(phrase));
    for Spelled { phrase, strength, letters } in letters.search(text, phrase_of) {
        let Some(phrase) = catalogue.phrase_at(phrase).filter(|_| strength >= enough) else { continue };
        let (entry, score) = (phrase.entry as usize, OF_LETTERS * strength);
        let spelled = Candidate { entry, tier: Tier::Subsequence, score, what: What::Letters(phrase, letters) };
        match found.iter_mut().find(|known| known.entry == entry) {
            Some(known) if known.score < score => *known = spelled,
            Some(_) => {}
            None => found.push(spelled),
        }
    }
}

/// The cards with words that look like those of a query of which not one is known.
fn nearest_by_likeness(catalogue: &Catalogue, query: &Query) -> Vec<Match> {
    let query = &query.by_likeness(catalogue);
    let mut found: Vec<Candidate<'_>> = rank::fits(query, catalogue)
        .into_iter()
        .map(|fit| Candidate { entry: fit.entry, tier: Tier::Card, score: fit.strength, what: What::Words(fit.phrase) })
        .collect();
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.entry.cmp(&other.entry)));
    found.iter().take(NEAREST).filter_map(|candidate| match_of(catalogue, query, candidate)).collect()
}

/// Cuts off what does not fit, and judges the rest.
fn finish(catalogue: &Catalogue, query: &Query, found: &[Candidate<'_>], told: f32, limit: usize) -> Found {
    let best = found.first().map_or(0.0, |first| first.score);
    let second = found.get(1).map_or(0.0, |second| second.score);
    let shown = |candidate: &Candidate<'_>| match_of(catalogue, query, candidate);
    let is_by_other_means =
        found.first().is_some_and(|first| matches!(first.tier, Tier::Signature | Tier::Subsequence));
    let is_most = is_by_other_means || told >= MIN_COVERAGE * query.weight_in_full();
    if !(best >= MIN_SCORE && is_most) && told < MIN_TOLD {
        let understood = query.understood();
        let nearest = match found.is_empty() {
            true => nearest_by_likeness(catalogue, query),
            false => found.iter().take(NEAREST).filter_map(shown).collect(),
        };
        return Found { nearest, understood, ..Found::default() };
    }
    let fits = found.iter().take_while(|candidate| candidate.score >= MIN_SHARE * best);
    let matches: Vec<Match> = fits.take(limit).filter_map(shown).collect();
    let is_sure = matches.first().is_some_and(|first| match first.tier {
        // Another signature in the same text is another trouble.
        Tier::Signature => first.shared.is_empty() && matches.get(1).is_none_or(|next| next.tier != Tier::Signature),
        Tier::Subsequence => false,
        _ => best >= SURE_STRENGTH && second <= SURE_SHARE * best,
    });
    Found { matches, is_sure, ..Found::default() }
}

/// A candidate as it is shown.
fn match_of(catalogue: &Catalogue, query: &Query, candidate: &Candidate<'_>) -> Option<Match> {
    let entry = catalogue.entries.get(candidate.entry)?;
    let mut shared = Vec::new();
    let (text, letters) = match &candidate.what {
        What::Signature(at, sharing) => {
            if sharing.len() > 1 {
                shared.extend_from_slice(sharing);
            }
            let text = recognised_text(entry, *at);
            let letters = marked(query, catalogue, &text);
            (text, letters)
        }
        What::Words(phrase) => {
            let text = catalogue.text(phrase);
            (text.to_owned(), marked(query, catalogue, text))
        }
        What::Letters(phrase, letters) => (catalogue.text(phrase).to_owned(), letters.clone()),
    };
    let (tier, score) = (candidate.tier, thousandths(candidate.score));
    Some(Match { tree: Arc::clone(&entry.tree), card: entry.card, tier, score, text, letters, shared })
}

/// The signature as its vendor prints it.
fn recognised_text(entry: &Entry, signature: usize) -> String {
    let card = entry.tree.card(entry.card);
    let Some(signature) = card.signatures.get(signature) else { return card.title.to_string() };
    signature.documented.clone().unwrap_or_else(|| signature.pattern.to_string().into()).into_string()
}

/// The characters of a text that the words of the query stand for; of several words that one may stand for, the surest. A
/// word that only joins others is marked where it joins two that are.
fn marked(query: &Query, catalogue: &Catalogue, text: &str) -> Vec<usize> {
    let words = words(text);
    let meant: Vec<Option<(usize, f32)>> = words
        .iter()
        .map(|word| {
            let (at, meaning) = query.role(catalogue.vocabulary.find(&word.text)?)?;
            Some((at, meaning.quality))
        })
        .collect();
    let surest =
        |of: usize| meant.iter().flatten().filter(|(at, _)| *at == of).map(|(_, sure)| *sure).fold(0.0, f32::max);
    let is_sure = |at: usize| meant.get(at).copied().flatten().is_some_and(|(of, sure)| sure >= surest(of));
    let says = |at: usize| is_sure(at) && words.get(at).is_some_and(|word| !is_joining(&word.text));
    let joins = |at: usize| is_sure(at) && at.checked_sub(1).is_some_and(says) && says(at + 1);
    let only_joins = !(0..words.len()).any(says);
    let shown = words.iter().enumerate().filter(|(at, _)| says(*at) || joins(*at) || (only_joins && is_sure(*at)));
    shown.flat_map(|(_, word)| word.start..word.end).collect()
}
