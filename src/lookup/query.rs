//! A query as the search sees it: its words, and what each may stand for.

use super::catalogue::Catalogue;
use super::lexicon::Lexicon;
use super::substance::{is_code, is_joining, substance};
use super::vocabulary::{Kinship, Meaning, Term};
use super::words::words;

/// Of longer queries this many different words are looked at.
const MAX_WORDS: usize = 200;

/// The same with repetitions.
const MAX_SEQUENCE: usize = 2 * MAX_WORDS;

/// So many words are looked at closely for slips and abbreviations; of a longer query, the others must be written right.
const MAX_CLOSE: usize = 24;

/// To have understood that something is not does not mean to have understood what.
const NEGATIONS: &[&str] = &["no", "not", "never", "without"];

/// Where no word is known, of so many words what looks like each is searched, so many words each.
const MAX_ALIKE: usize = 4;
const ALIKE: usize = 3;

/// From this quality on, a form of a word is the word.
const SURELY_SAME: f32 = 0.8;

/// A word that stands in no card may mean much or nothing: it counts this share of what a rare word would.
const OF_UNKNOWN: f32 = 0.25;

/// A word of a query.
#[derive(Debug)]
pub(super) struct QueryWord {
    pub text: String,
    pub meanings: Vec<Meaning>,
    /// How much the word tells.
    pub weight: f32,
}

/// How a query is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Its last word is whole.
    pub is_finished: bool,
    /// Without a look for slips and abbreviations: what it is about is known by other means.
    pub to_the_letter: bool,
}

/// A query.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Its different words.
    pub words: Vec<QueryWord>,
    /// All its words in order, as positions in `words`.
    pub sequence: Vec<usize>,
    /// What each word of the vocabulary stands for here: the position in `words`, and how.
    roles: Vec<u16>,
    /// The roles that the numbers in `roles` stand for; 0 is none.
    cast: Vec<(usize, Meaning)>,
    /// So many words are looked at closely.
    max_close: usize,
}

impl Query {
    /// Reads a query.
    pub(super) fn new(text: &str, manner: Manner, catalogue: &Catalogue, lexicon: &Lexicon) -> Self {
        let max_close = if manner.to_the_letter { 0 } else { MAX_CLOSE };
        let mut query = Self { max_close, ..Self::default() };
        let written = words(text);
        let last = written.len().saturating_sub(1);
        for (at, word) in written.iter().enumerate() {
            if query.words.len() >= MAX_WORDS || query.sequence.len() >= MAX_SEQUENCE {
                break;
            }
            let is_last = at == last && !manner.is_finished;
            let is_known = is_joining(&word.text) || catalogue.vocabulary.find(&word.text).is_some();
            if !is_known && query.words.len() < max_close {
                let spelled =
                    || (!lexicon.is_synonym(&word.text)).then(|| lexicon.spelled_out(&word.text, catalogue)).flatten();
                let parts = spelled().or_else(|| halves(&word.text, catalogue, lexicon));
                if let Some(parts) = parts {
                    parts.iter().for_each(|part| query.add(part, false, catalogue));
                    continue;
                }
            }
            query.add(&word.text, is_last, catalogue);
        }
        query.join_neighbours(catalogue);
        query.weigh(catalogue);
        if !manner.to_the_letter {
            query.add_synonyms(lexicon, catalogue);
        }
        query.note_roles(catalogue.vocabulary.len());
        query
    }

    /// The same words, each standing for what looks like it.
    pub(super) fn by_likeness(&self, catalogue: &Catalogue) -> Self {
        let mut query = Self::default();
        let is_name = |word: &&QueryWord| {
            substance(&word.text) >= 1.0 && !word.text.contains(|digit: char| digit.is_ascii_digit())
        };
        let words = self.words.iter().filter(is_name).take(MAX_ALIKE);
        for QueryWord { text, .. } in words {
            let meanings = catalogue.vocabulary.alike(text, ALIKE);
            query.sequence.push(query.words.len());
            query.words.push(QueryWord { text: text.clone(), meanings, weight: 0.0 });
        }
        query.weigh(catalogue);
        query.note_roles(catalogue.vocabulary.len());
        query
    }

    fn add(&mut self, text: &str, is_unfinished: bool, catalogue: &Catalogue) {
        if let Some(known) = self.words.iter().position(|word| word.text == text) {
            return self.sequence.push(known);
        }
        let is_close = self.words.len() < self.max_close && (is_unfinished || !is_joining(text));
        let meanings = match is_close {
            true => catalogue.vocabulary.meanings(text, is_unfinished),
            false => {
                let known = catalogue.vocabulary.find(text);
                known.map(|term| Meaning::new(term, Kinship::Same, 1.0)).into_iter().collect()
            }
        };
        self.sequence.push(self.words.len());
        self.words.push(QueryWord { text: text.to_owned(), meanings, weight: 0.0 });
    }

    /// `time out` where the cards write `timeout`.
    fn join_neighbours(&mut self, catalogue: &Catalogue) {
        for pair in self.sequence.windows(2).map(<[usize]>::to_vec).collect::<Vec<_>>() {
            let [one, other] = pair.as_slice() else { continue };
            let joined =
                [*one, *other].iter().filter_map(|at| Some(self.words.get(*at)?.text.as_str())).collect::<String>();
            let Some(term) = catalogue.vocabulary.find(&joined) else { continue };
            for at in [*one, *other] {
                if let Some(word) = self.words.get_mut(at) {
                    word.meanings.push(Meaning::new(term, Kinship::Same, 0.95));
                }
            }
        }
    }

    /// Says how much each word tells. The forms of a word tell as much as the one that most cards have; a word is worth
    /// what the surest of its meanings are.
    fn weigh(&mut self, catalogue: &Catalogue) {
        for word in &mut self.words {
            let is_form = |meaning: &Meaning| meaning.kinship == Kinship::Same && meaning.quality >= SURELY_SAME;
            let forms = word.meanings.iter().filter(|meaning| is_form(meaning));
            let common = forms.map(|meaning| catalogue.rarity(meaning.term)).fold(f32::INFINITY, f32::min);
            for meaning in &mut word.meanings {
                let own = catalogue.rarity(meaning.term);
                meaning.rarity = if is_form(meaning) { common } else { own.min(common) };
            }
            let best = word.meanings.iter().map(|meaning| meaning.quality).fold(0.0, f32::max);
            let sure = word.meanings.iter().filter(|meaning| meaning.quality >= best - 0.1);
            word.weight = match word.meanings.is_empty() {
                true => OF_UNKNOWN * substance(&word.text) * catalogue.rarity_of_unknown(),
                false => sure.map(|meaning| meaning.rarity).fold(0.0, f32::max),
            };
            // What it hardly stands for cannot tell more than what it surely does.
            for meaning in &mut word.meanings {
                meaning.rarity = meaning.rarity.min(word.weight);
            }
        }
    }

    /// Lets words stand for what means the same. All of it together tells less than each word by itself.
    fn add_synonyms(&mut self, lexicon: &Lexicon, catalogue: &Catalogue) {
        for (range, group) in lexicon.groups_in(&self.words, &self.sequence) {
            let sense = group.sense(catalogue);
            for at in self.sequence.get(range).into_iter().flatten() {
                let Some(word) = self.words.get_mut(*at) else { continue };
                let is_unknown = word.meanings.iter().all(|meaning| meaning.kinship != Kinship::Same);
                let rarity = if is_unknown { sense.rarity } else { sense.rarity.min(word.weight) };
                for meaning in &mut word.meanings {
                    meaning.rarity = meaning.rarity.min(rarity);
                }
                for meaning in &sense.meanings {
                    if word.meanings.iter().all(|known| known.term != meaning.term) {
                        word.meanings.push(Meaning { rarity, ..*meaning });
                    }
                }
                word.weight = rarity;
            }
        }
    }

    fn note_roles(&mut self, terms: usize) {
        self.roles = vec![0; terms];
        for (at, word) in self.words.iter().enumerate() {
            for meaning in &word.meanings {
                let Some(role) = self.roles.get_mut(meaning.term.0 as usize) else { continue };
                match role.checked_sub(1).and_then(|known| self.cast.get_mut(usize::from(known))) {
                    Some(known) if known.1.quality < meaning.quality => *known = (at, *meaning),
                    Some(_) => {}
                    None => {
                        self.cast.push((at, *meaning));
                        // More meanings than that and the query says nothing.
                        *role = u16::try_from(self.cast.len()).unwrap_or(0);
                    }
                }
            }
        }
    }

    /// Whether a code was typed.
    pub(super) fn has_code(&self) -> bool {
        self.words.iter().any(|word| is_code(&word.text))
    }

    /// Whether the word at this position is a code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| is_code(&word.text))
    }

    /// Whether a word of the query is followed by another.
    pub(super) fn are_neighbours(&self, one: usize, other: usize) -> bool {
        self.sequence.windows(2).any(|pair| pair == [one, other])
    }

    /// What a word of the vocabulary stands for in this query: the position of the query's word, and how.
    pub(super) fn role(&self, term: Term) -> Option<(usize, Meaning)> {
        let role = self.roles.get(term.0 as usize).copied()?;
        self.cast.get(usize::from(role.checked_sub(1)?)).copied()
    }

    /// How much all words together tell.
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// The same if every unknown word told as much as a rare one.
    pub(super) fn weight_in_full(&self) -> f32 {
        let unknown = self.words.iter().filter(|word| word.meanings.is_empty());
        self.weight() + unknown.map(|word| word.weight / OF_UNKNOWN - word.weight).sum::<f32>()
    }

    /// Whether a word that says something is a word of some card as it stands.
    pub(super) fn has_whole_word(&self) -> bool {
        let mut telling = self.words.iter().filter(|word| substance(&word.text) >= 1.0);
        telling.any(|word| word.meanings.iter().any(|meaning| meaning.kinship == Kinship::Same))
    }

    /// The words of the query that stand in some card.
    pub(super) fn understood(&self) -> Vec<String> {
        let told = self.words.iter().filter(|word| {
            !word.meanings.is_empty() && substance(&word.text) >= 1.0 && !NEGATIONS.contains(&word.text.as_str())
        });
        told.map(|word| word.text.clone()).collect()
    }
}

/// `backendset` where the cards write `backend set`.
fn halves(word: &str, catalogue: &Catalogue, lexicon: &Lexicon) -> Option<Vec<String>> {
    const SHORTEST: usize = 3;
    let splits = word.char_indices().map(|(at, _)| at).filter(|at| *at >= SHORTEST && word.len() - at >= SHORTEST);
    splits
        .map(|at| word.split_at(at))
        .find(|(one, other)| {
            let find = |part: &str| catalogue.vocabulary.find(part);
            find(one).zip(find(other)).is_some_and(|(one, other)| lexicon.stand_together(one, other, catalogue))
        })
        .map(|(one, other)| vec![one.to_owned(), other.to_owned()])
}
