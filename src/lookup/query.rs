//! A query as the search sees it: its words, and what each may stand for.

use super::catalogue::Catalogue;
use super::vocabulary::{Kinship, Meaning, Term};
use super::words::words;

/// Of longer queries this many different words are looked at.
const MAX_WORDS: usize = 200;

/// So many words are looked at closely for slips and abbreviations; of a longer query, the others must be written right.
const MAX_CLOSE: usize = 24;

/// A word of a query.
#[derive(Debug)]
pub(super) struct QueryWord {
    pub text: String,
    pub meanings: Vec<Meaning>,
    /// How much the word tells.
    pub weight: f32,
}

/// A query.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Its different words.
    pub words: Vec<QueryWord>,
    /// All its words in order, as positions in `words`.
    pub sequence: Vec<usize>,
    /// What each word of the vocabulary stands for here: the position in `words`, and how.
    roles: Vec<Option<(usize, Meaning)>>,
}

impl Query {
    /// Reads a query.
    pub(super) fn new(text: &str, catalogue: &Catalogue, initials: impl Fn(&str) -> Option<Vec<String>>) -> Self {
        let mut query = Self::default();
        let written = words(text);
        let is_unfinished = !text.ends_with(char::is_whitespace);
        let last = written.len().saturating_sub(1);
        for (at, word) in written.iter().enumerate() {
            if query.words.len() >= MAX_WORDS {
                break;
            }
            let is_last = at == last && is_unfinished;
            if catalogue.vocabulary.find(&word.text).is_none() && query.words.len() < MAX_CLOSE {
                let parts = initials(&word.text).or_else(|| halves(&word.text, catalogue));
                if let Some(parts) = parts {
                    parts.iter().for_each(|part| query.add(part, false, catalogue));
                    continue;
                }
            }
            query.add(&word.text, is_last, catalogue);
        }
        query.join_neighbours(catalogue);
        query.note_roles(catalogue.vocabulary.len());
        query
    }

    fn add(&mut self, text: &str, is_unfinished: bool, catalogue: &Catalogue) {
        if let Some(known) = self.words.iter().position(|word| word.text == text) {
            return self.sequence.push(known);
        }
        let meanings = match self.words.len() < MAX_CLOSE {
            true => catalogue.vocabulary.meanings(text, is_unfinished),
            false => {
                let known = catalogue.vocabulary.find(text);
                known.map(|term| Meaning { term, kinship: Kinship::Same, quality: 1.0 }).into_iter().collect()
            }
        };
        let weight = weight_of(&meanings, catalogue);
        self.sequence.push(self.words.len());
        self.words.push(QueryWord { text: text.to_owned(), meanings, weight });
    }

    /// `time out` where the cards write `timeout`.
    fn join_neighbours(&mut self, catalogue: &Catalogue) {
        for pair in self.sequence.windows(2).map(<[usize]>::to_vec).collect::<Vec<_>>() {
            let [one, other] = pair.as_slice() else { continue };
            let joined = [*one, *other].iter().filter_map(|at| Some(self.words.get(*at)?.text.as_str())).collect::<String>();
            let Some(term) = catalogue.vocabulary.find(&joined) else { continue };
            for at in [*one, *other] {
                if let Some(word) = self.words.get_mut(at) {
                    word.meanings.push(Meaning { term, kinship: Kinship::Same, quality: 0.95 });
                }
            }
        }
    }

    fn note_roles(&mut self, terms: usize) {
        self.roles = vec![None; terms];
        for (at, word) in self.words.iter().enumerate() {
            for meaning in &word.meanings {
                let Some(role) = self.roles.get_mut(meaning.term.0 as usize) else { continue };
                if role.is_none_or(|(_, so_far)| so_far.quality < meaning.quality) {
                    *role = Some((at, *meaning));
                }
            }
        }
    }

    /// What a word of the vocabulary stands for in this query: the position of the query's word, and how.
    pub(super) fn role(&self, term: Term) -> Option<(usize, Meaning)> {
        self.roles.get(term.0 as usize).copied().flatten()
    }

    /// How much all words together tell.
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// The words of the query that stand in some card.
    pub(super) fn understood(&self) -> Vec<String> {
        self.words.iter().filter(|word| !word.meanings.is_empty()).map(|word| word.text.clone()).collect()
    }
}

/// What a word tells is what the surest and rarest of its meanings tells.
fn weight_of(meanings: &[Meaning], catalogue: &Catalogue) -> f32 {
    let best = meanings.iter().map(|meaning| meaning.quality).fold(0.0, f32::max);
    let sure = meanings.iter().filter(|meaning| meaning.quality >= best - 0.1);
    match meanings.is_empty() {
        true => 0.5 * catalogue.rarity_of_unknown(),
        false => sure.map(|meaning| catalogue.rarity(meaning.term)).fold(0.0, f32::max),
    }
}

/// `backendset` where the cards write `backend set`.
fn halves(word: &str, catalogue: &Catalogue) -> Option<Vec<String>> {
    const SHORTEST: usize = 3;
    let splits = word.char_indices().map(|(at, _)| at).filter(|at| *at >= SHORTEST && word.len() - at >= SHORTEST);
    splits
        .map(|at| word.split_at(at))
        .find(|(one, other)| {
            let is_known = |part: &str| catalogue.vocabulary.find(part).is_some();
            is_known(one) && is_known(other)
        })
        .map(|(one, other)| vec![one.to_owned(), other.to_owned()])
}

impl Query {
    /// Whether a word of the query is followed by another.
    pub(super) fn are_neighbours(&self, one: usize, other: usize) -> bool {
        self.sequence.windows(2).any(|pair| pair == [one, other])
    }
}
