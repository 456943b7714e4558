//! Every word of every card, and which of them a typed word may stand for.

use hashbrown::HashTable;

use super::split::Key;

/// A word of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Term(pub u32);

/// How a typed word stands for a word of the vocabulary, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kinship {
    /// It is the word, or the same word bent: `closes`, `closed`.
    Same,
    /// It is the beginning of the word.
    Beginning,
    /// It is the word but for slips of the hand.
    Typo,
    /// It is some of the letters of the word: `bknd`.
    Short,
}

/// A word of the vocabulary that a typed word may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub term: Term,
    pub kinship: Kinship,
    /// How surely, 0 to 1.
    pub quality: f32,
    /// How much it tells; set by the query, which knows what else the word may stand for.
    pub rarity: f32,
}

impl Meaning {
    pub(super) fn new(term: Term, kinship: Kinship, quality: f32) -> Self {
        Self { term, kinship, quality, rarity: 0.0 }
    }
}

/// Every word of every card. All of them stand in one text, so that taking in a word is no more than a look and a copy.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Each with its key: few words must be looked at, and none twice.
    table: HashTable<(Key, Term)>,
    text: String,
    /// Where each word ends in the text; it begins where the one before ends.
    ends: Vec<u32>,
    /// The letters of each word: what cannot be kin is passed over without a look at the word.
    letters: Vec<u64>,
    /// The words by their first byte.
    by_first: Vec<Vec<Term>>,
}

/// A word, and the letters in it.
#[derive(Clone, Copy)]
struct Entry<'w> {
    word: &'w str,
    letters: u64,
}

/// What words end in that are forms of one word; also with the last letter of the stem doubled or gone.
const ENDINGS: &[&str] = &[
    "", "able", "al", "ally", "ation", "ations", "d", "e", "ed", "er", "ers", "es", "ible", "ication", "ied", "ies",
    "ing", "ings", "ion", "ions", "ly", "ment", "ments", "n", "ned", "ning", "or", "ped", "per", "ping", "r", "rs",
    "s", "ted", "ter", "ting", "y",
];

/// The letters of the longest of them.
const LONGEST_ENDING: usize = 7;

/// Which letters and digits a text has, whatever their case, a bit for each; all else shares the other bits.
pub(super) fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| {
        set | match byte.to_ascii_lowercase() {
            lower @ b'a'..=b'z' => 1 << (lower - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            other => 1 << (36 + other % 28),
        }
    })
}

/// What two forms of a word have in common at least.
pub(super) fn stem(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(end, _)| word.get(..end).unwrap_or(word))
}

/// A letter or two begin hundreds of words; this many of them are enough.
const MAX_MEANINGS: usize = 64;

/// Words are alike if they share this much of their pairs of letters.
const MIN_LIKENESS: f32 = 0.3;

/// A typed word may differ from the meant one by this many slips.
fn slips_allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

impl Vocabulary {
    /// Makes room for so many words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.table.reserve(words, |(key, _)| key.spread());
        self.ends.reserve(words);
        self.letters.reserve(words);
    }

    /// The term of a word, which is taken in if it is new.
    pub(super) fn take_in(&mut self, key: Key, word: &str) -> Term {
        if let Some(known) = self.find_by(key, word) {
            return known;
        }
        let term = Term(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.letters.push(letters(word));
        self.table.insert_unique(key.spread(), (key, term), |(key, _)| key.spread());
        let by_first = &mut self.by_first;
        let first = usize::from(word.as_bytes().first().copied().unwrap_or(0));
        if by_first.len() <= first {
            by_first.resize(first + 1, Vec::new());
        }
        by_first.get_mut(first).into_iter().for_each(|bucket| bucket.push(term));
        term
    }

    /// The term of a word.
    pub(super) fn find(&self, word: &str) -> Option<Term> {
        self.find_by(Key::of(word), word)
    }

    fn find_by(&self, key: Key, word: &str) -> Option<Term> {
        let is_it = |known: Key, term: Term| known == key && (!key.is_ambiguous() || self.word(term) == word);
        let found = self.table.find(key.spread(), |(known, term)| is_it(*known, *term));
        found.map(|(_, term)| *term)
    }

    /// The word of a term.
    pub(super) fn word(&self, term: Term) -> &str {
        word_at(&self.text, &self.ends, term)
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The words that look most like one that stands for nothing, at most so many.
    pub(super) fn alike(&self, typed: &str, limit: usize) -> Vec<Meaning> {
        let typed_letters = letters(typed);
        let enough = typed_letters.count_ones().div_ceil(2);
        let likely =
            self.letters.iter().enumerate().filter(|(_, letters)| (**letters & typed_letters).count_ones() >= enough);
        let alike = likely.filter_map(|(at, _)| {
            let term = Term(at as u32);
            let likeness = strsim::sorensen_dice(typed, self.word(term)) as f32;
            (likeness >= MIN_LIKENESS).then(|| Meaning::new(term, Kinship::Typo, likeness))
        });
        let mut alike: Vec<Meaning> = alike.collect();
        alike.sort_by(|one, other| other.quality.total_cmp(&one.quality));
        alike.truncate(limit);
        alike
    }

    /// The words that are a word, or the same word bent.
    pub(super) fn forms(&self, word: &str) -> Vec<Meaning> {
        let kin = Kin::new(word, false);
        let like = self.beginning_like(word).filter(|(_, entry)| entry.word.starts_with(stem(word)));
        let form = like.filter_map(|(term, entry)| match kin.bent(entry) {
            _ if entry.word == word => Some(Meaning::new(term, Kinship::Same, 1.0)),
            Some((Kinship::Same, quality)) => Some(Meaning::new(term, Kinship::Same, quality)),
            _ => None,
        });
        form.collect()
    }

    /// The words that begin like this one.
    fn beginning_like(&self, word: &str) -> impl Iterator<Item = (Term, Entry<'_>)> {
        let first = usize::from(word.as_bytes().first().copied().unwrap_or(0));
        let bucket = self.by_first.get(first).map_or(&[][..], Vec::as_slice);
        bucket.iter().filter_map(|term| {
            Some((*term, Entry { word: self.word(*term), letters: *self.letters.get(term.0 as usize)? }))
        })
    }

    /// Whether two words are the same word, or bent forms of it.
    pub(super) fn is_same(one: &str, other: &str) -> bool {
        let entry = Entry { word: other, letters: letters(other) };
        one == other || matches!(Kin::new(one, false).bent(entry), Some((Kinship::Same, _)))
    }

    /// The words that a typed word may stand for. `is_unfinished`: more letters may still be typed.
    pub(super) fn meanings(&self, typed: &str, is_unfinished: bool) -> Vec<Meaning> {
        let known = self.find(typed);
        let mut found: Vec<Meaning> = Vec::new();
        found.extend(known.map(|term| Meaning::new(term, Kinship::Same, 1.0)));
        let kin = Kin::new(typed, is_unfinished);
        for (term, entry) in self.beginning_like(typed) {
            if let Some((kinship, quality)) = kin.bent(entry) {
                // A whole word is hardly the beginning of another, unless one is still typing it.
                if kinship != Kinship::Beginning || known.is_none() || is_unfinished {
                    found.push(Meaning::new(term, kinship, quality));
                }
            }
        }
        if found.len() > MAX_MEANINGS {
            found.sort_by(|one, other| other.quality.total_cmp(&one.quality));
            found.truncate(MAX_MEANINGS);
        }
        // A word that means something as it stands is no slip of the hand, and no abbreviation.
        if known.is_some() {
            return found;
        }
        let kin_so_far = found.len();
        let is_known = |found: &[Meaning], term| found.iter().take(kin_so_far).any(|meaning| meaning.term == term);
        let is_form = found.iter().any(|meaning| meaning.kinship == Kinship::Same);
        if is_unfinished && found.iter().any(|meaning| meaning.kinship == Kinship::Beginning) {
            return found;
        }
        for (at, letters) in self.letters.iter().enumerate().filter(|(_, letters)| kin.may_be_mistyped(**letters)) {
            let term = Term(at as u32);
            let entry = Entry { word: self.word(term), letters: *letters };
            if let Some((kinship, quality)) = kin.mistyped(entry).filter(|_| !is_known(&found, term)) {
                found.push(Meaning::new(term, kinship, quality));
            }
        }
        // Two slips are not believed where one would do.
        let surest = found.iter().filter(|meaning| meaning.kinship == Kinship::Typo).map(|meaning| meaning.quality);
        let surest = surest.fold(0.0, f32::max);
        found.retain(|meaning| meaning.kinship != Kinship::Typo || meaning.quality >= surest);
        if is_form {
            return found;
        }
        for (term, entry) in self.beginning_like(typed) {
            if let Some((kinship, quality)) = kin.shortened(entry)
                && found.iter().all(|meaning| meaning.term != term)
            {
                found.push(Meaning::new(term, kinship, quality));
            }
        }
        found
    }
}

fn word_at<'t>(text: &'t str, ends: &[u32], term: Term) -> &'t str {
    let at = term.0 as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(at).copied().unwrap_or(start);
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// A typed word beside which others are held.
struct Kin<'w> {
    typed: &'w str,
    letters: u64,
    length: usize,
    /// How many slips there may be.
    slips: usize,
    is_unfinished: bool,
}

impl<'w> Kin<'w> {
    fn new(typed: &'w str, is_unfinished: bool) -> Self {
        let length = typed.chars().count();
        let slips = if typed.bytes().any(|byte| byte.is_ascii_digit()) { 0 } else { slips_allowed(length) };
        Self { typed, letters: letters(typed), length, slips, is_unfinished }
    }

    /// The same word with another ending, or a word that begins like this.
    fn bent(&self, entry: Entry<'_>) -> Option<(Kinship, f32)> {
        let (typed, word) = (self.typed, entry.word);
        // Two letters at least are common, or the only one.
        if (self.letters & entry.letters).count_ones() < 2 && self.length > 1 {
            return None;
        }
        if typed.as_bytes().first() != word.as_bytes().first() || typed == word {
            return None;
        }
        let common = typed.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
        let (tail, other_tail) = (typed.len() - common, word.len() - common);
        let longest = tail.max(other_tail);
        if typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return (self.is_unfinished && tail == 0).then_some((Kinship::Beginning, 0.6));
        }
        if common >= 3 && tail + other_tail == 1 && (typed.ends_with('s') || word.ends_with('s')) {
            return Some((Kinship::Same, 0.97));
        }
        if common < 3 && (tail > 0 || !self.is_unfinished) {
            return None;
        }
        let is_ending = |tail: &str| ENDINGS.binary_search(&tail).is_ok();
        let are_endings =
            longest <= LONGEST_ENDING && is_ending(typed.get(common..)?) && is_ending(word.get(common..)?);
        if are_endings && common >= 4 {
            return Some((Kinship::Same, 0.9));
        }
        if are_endings && common >= 3 && longest <= 2 {
            return Some((Kinship::Same, 0.85));
        }
        if common >= 6 && longest <= 4 {
            return Some((Kinship::Same, 0.75));
        }
        if tail == 0 && (common >= 3 || self.is_unfinished) {
            let share = common as f32 / word.len() as f32;
            return Some((Kinship::Beginning, 0.4 + 0.4 * share));
        }
        None
    }

    /// Whether a word of these letters may be this one with a slip. A number is another number, not a slip.
    fn may_be_mistyped(&self, letters: u64) -> bool {
        self.slips > 0 && (self.letters ^ letters).count_ones() as usize <= 2 * self.slips
    }

    /// The word with letters too many, too few, wrong or in the wrong order.
    fn mistyped(&self, entry: Entry<'_>) -> Option<(Kinship, f32)> {
        if entry.word.len().abs_diff(self.typed.len()) > self.slips {
            return None;
        }
        let slips = strsim::osa_distance(self.typed, entry.word);
        (slips > 0 && slips <= self.slips).then(|| {
            let share = slips as f32 / self.length as f32;
            (Kinship::Typo, 0.95 - share)
        })
    }

    /// A word of which these letters are some, in order, the first one first.
    fn shortened(&self, entry: Entry<'_>) -> Option<(Kinship, f32)> {
        let word = entry.word;
        let is_part = self.letters & !entry.letters == 0;
        // Three letters with a vowel among them are some of the letters of too many words.
        let is_bare = !self.typed.contains(['a', 'e', 'i', 'o', 'u']);
        let is_enough = self.length >= 4 || (self.length == 3 && is_bare);
        let fits = is_enough && self.length < word.len() && word.len() <= 4 * self.length;
        if !is_part || !fits || !word.starts_with(self.typed.get(..1)?) {
            return None;
        }
        let mut rest = word.chars();
        let is_inside = self.typed.chars().all(|letter| rest.any(|other| other == letter));
        is_inside.then(|| (Kinship::Short, 0.4 + 0.4 * self.length as f32 / word.len() as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(typed: &str, is_unfinished: bool) -> Vec<(&'static str, Kinship)> {
        const WORDS: [&str; 9] =
            ["backend", "closes", "closed", "connection", "certificate", "502", "504", "set", "selected"];
        let mut vocabulary = Vocabulary::default();
        for word in WORDS {
            vocabulary.take_in(Key::of(word), word);
        }
        let found = vocabulary.meanings(typed, is_unfinished);
        found.iter().map(|meaning| (WORDS[meaning.term.0 as usize], meaning.kinship)).collect()
    }

    #[test]
    fn a_typed_word_stands_for_its_kin() {
        use Kinship::{Beginning, Same, Short, Typo};
        let cases: &[(&str, &[(&str, Kinship)])] = &[
            ("backend", &[("backend", Same)]),
            ("backends", &[("backend", Same)]),
            ("close", &[("closes", Same), ("closed", Same)]),
            ("cert", &[("certificate", Beginning)]),
            ("bakcend", &[("backend", Typo)]),
            ("conection", &[("connection", Typo)]),
            ("bknd", &[("backend", Short)]),
            ("sets", &[("set", Same)]),
            ("503", &[]),
            ("zebra", &[]),
            ("", &[]),
        ];
        for (typed, expected) in cases {
            assert_eq!(&meaning(typed, false), expected, "{typed}");
        }
        assert_eq!(meaning("se", true), [("set", Beginning), ("selected", Beginning)]);
        assert_eq!(meaning("50", true), [("502", Beginning), ("504", Beginning)]);
        assert_eq!(meaning("50", false), []);
    }

    #[test]
    fn endings_can_be_searched_in_halves() {
        assert!(ENDINGS.is_sorted());
    }
}
