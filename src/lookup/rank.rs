//! How well the words of a query fit a card.
//!
//! Two things are measured and added. First the best single phrase of the card: how much of the query stands in it, how
//! much of it stands in the query, whether in the same order. Then the whole card: how much of the query stands anywhere
//! in it. Words count by how few cards have them, and by how surely they are what was typed.

use super::catalogue::{Catalogue, Entry, Phrase};
use super::query::Query;
use super::vocabulary::Kinship;

/// The share of the best phrase in the whole; the rest is the card's.
const OF_PHRASE: f32 = 0.6;

/// What two words tell more if they stand side by side in the query and in the phrase.
const SIDE_BY_SIDE: f32 = 0.25;

/// How much of a phrase's worth depends on how much of the phrase the query has.
const OF_SHARE: f32 = 0.4;

/// What a phrase is worth that has a code, if the query has one and it is another.
const OF_OTHER_CODE: f32 = 0.6;

/// A card is looked at closely if it is among so many that have most of the query's words.
const MAX_CLOSE: usize = 64;

/// How well the words of a query fit a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit<'c> {
    /// The position of the card in the catalogue.
    pub entry: usize,
    /// 0 to 1, and somewhat more if words stand side by side.
    pub strength: f32,
    /// The phrase that fits best.
    pub phrase: &'c Phrase,
    /// How it fits.
    pub way: Way,
    /// How much the words tell that stand anywhere in the card.
    pub told: f32,
}

/// How a phrase fits a query, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// The words of the query stand in it side by side, and it names the card.
    Contains,
    /// All words of the query stand in it, and it names the card.
    AllWords,
    /// The same, but for slips of the hand or abbreviations.
    NearlyAllWords,
    /// Some of them do.
    SomeWords,
}

/// The cards that have some word of the query, unordered.
pub(super) fn fits<'c>(query: &Query, catalogue: &'c Catalogue) -> Vec<Fit<'c>> {
    let total = query.weight();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut whole = whole_cards(query, catalogue);
    if whole.len() > MAX_CLOSE {
        whole.select_nth_unstable_by(MAX_CLOSE, |one, other| other.1.total_cmp(&one.1));
        whole.truncate(MAX_CLOSE);
    }
    let fit = |(at, of_card): (usize, f32)| {
        let entry = catalogue.entries.get(at)?;
        let (of_phrase, phrase) = best_phrase(query, catalogue, entry)?;
        let strength = (OF_PHRASE * of_phrase + (1.0 - OF_PHRASE) * of_card) / total;
        Some(Fit { entry: at, strength, phrase, way: way(query, catalogue, phrase), told: of_card })
    };
    whole.into_iter().filter_map(fit).collect()
}

/// For each card with a word of the query: how much the words tell that stand anywhere in it.
fn whole_cards(query: &Query, catalogue: &Catalogue) -> Vec<(usize, f32)> {
    let mut sums = vec![0.0_f32; catalogue.entries.len()];
    let mut best = vec![0.0_f32; catalogue.entries.len()];
    let mut touched: Vec<usize> = Vec::new();
    let mut all: Vec<usize> = Vec::new();
    for word in &query.words {
        for meaning in &word.meanings {
            let told = meaning.quality * meaning.rarity;
            for posting in catalogue.postings(meaning.term) {
                let at = posting.entry as usize;
                let Some(best) = best.get_mut(at) else { continue };
                if *best == 0.0 {
                    touched.push(at);
                }
                *best = best.max(told * posting.weight);
            }
        }
        for at in touched.drain(..) {
            if let (Some(sum), Some(best)) = (sums.get_mut(at), best.get_mut(at)) {
                if *sum == 0.0 {
                    all.push(at);
                }
                *sum += *best;
                *best = 0.0;
            }
        }
    }
    all.into_iter().filter_map(|at| Some((at, *sums.get(at)?))).collect()
}

fn best_phrase<'c>(query: &Query, catalogue: &'c Catalogue, entry: &Entry) -> Option<(f32, &'c Phrase)> {
    let mut best: Option<(f32, &Phrase)> = None;
    let mut told = vec![0.0_f32; query.words.len()];
    for phrase in catalogue.phrases(entry) {
        let score = of_phrase(query, catalogue, phrase, &mut told);
        if score > 0.0 && best.is_none_or(|(so_far, _)| score > so_far) {
            best = Some((score, phrase));
        }
    }
    best
}

/// How much the words tell that the query and the phrase share.
fn of_phrase(query: &Query, catalogue: &Catalogue, phrase: &Phrase, told: &mut [f32]) -> f32 {
    if catalogue.terms(phrase).iter().all(|term| query.role(*term).is_none()) {
        return 0.0;
    }
    told.fill(0.0);
    let mut shared = 0.0;
    let mut side_by_side = 0.0;
    let mut shares_code = false;
    let mut before: Option<usize> = None;
    for term in catalogue.terms(phrase) {
        let role = query.role(*term);
        if let Some((at, meaning)) = role {
            let tells = meaning.quality * meaning.rarity;
            shared += meaning.quality * catalogue.rarity(*term);
            shares_code |= query.is_code(at);
            if let Some(told) = told.get_mut(at) {
                *told = told.max(tells);
            }
            if before.is_some_and(|before| query.are_neighbours(before, at)) {
                side_by_side += SIDE_BY_SIDE * tells;
            }
        }
        before = role.map(|(at, _)| at);
    }
    let of_query: f32 = told.iter().sum();
    let share = if phrase.mass > 0.0 { shared / phrase.mass } else { 0.0 };
    // Another code is another trouble.
    let of_code = if phrase.has_code && !shares_code && query.has_code() { OF_OTHER_CODE } else { 1.0 };
    of_code * phrase.role.weight() * (of_query + side_by_side) * (1.0 - OF_SHARE + OF_SHARE * share)
}

fn way(query: &Query, catalogue: &Catalogue, phrase: &Phrase) -> Way {
    if !phrase.role.is_name() {
        return Way::SomeWords;
    }
    let terms = catalogue.terms(phrase);
    // A word has the place of another in a sequence only if it is that word.
    let stands_for = |term: &super::vocabulary::Term, at: usize| {
        query.words.get(at).is_some_and(|word| {
            let mut same = word.meanings.iter().filter(|meaning| meaning.term == *term);
            same.any(|meaning| meaning.quality >= 1.0 || meaning.kinship == Kinship::Beginning)
        })
    };
    let contains = terms
        .windows(query.sequence.len().max(1))
        .any(|window| window.iter().zip(&query.sequence).all(|(term, at)| stands_for(term, *at)));
    if contains && !query.sequence.is_empty() {
        return Way::Contains;
    }
    let kinship_in_phrase = |at: usize| {
        let met = terms.iter().filter_map(|term| query.role(*term)).filter(|(word, _)| *word == at);
        met.map(|(_, meaning)| meaning.kinship).min()
    };
    let kinships: Option<Vec<Kinship>> = (0..query.words.len()).map(kinship_in_phrase).collect();
    match kinships {
        None => Way::SomeWords,
        Some(kinships) if kinships.iter().all(|kinship| *kinship <= Kinship::Beginning) => Way::AllWords,
        Some(_) => Way::NearlyAllWords,
    }
}
