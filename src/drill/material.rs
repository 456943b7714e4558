//! What the exercises of a tree are made of: its patterns, and lines that are no trouble.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::made;
use super::random::Random;
use super::vary::Varied;
use crate::recognize::{Line, Recognizer};
use crate::tree::{CardId, Tree};
use crate::walk::Evidence;

/// A line longer than this is no line that somebody reads.
const LONGEST: usize = 1200;

/// How many seconds lie between two lines at most.
const BETWEEN: usize = 40;

/// How many bytes the lines of an exercise have together, about.
const ROOM: usize = 1600;

/// How many look-alikes stand among lines of every day at most.
const HERRINGS: usize = 1;

/// A tree got ready for training.
#[derive(Debug)]
pub struct Material {
    recognizer: Recognizer,
    /// What the tree says stands in the logs every day.
    everyday: Vec<String>,
    /// Other lines of the tree that carry no signature and prove nothing: look-alikes of what does.
    harmless: Vec<Harmless>,
    /// Values of placeholders, from the samples of all cards; looked for when first needed.
    values: OnceLock<Vec<(String, String)>>,
}

/// A line that is no trouble.
#[derive(Clone, Debug)]
struct Harmless {
    text: String,
    /// The cards for which it could be taken: it says that it is not one of these.
    like: Vec<CardId>,
}

/// Which harmless lines are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise<'n> {
    /// How many at most.
    pub(super) most: usize,
    /// Such as could be taken for one of these come first.
    pub(super) like: &'n [CardId],
    /// Only records with one of these fields; if there is none, lines of the form of the telling ones.
    pub(super) fields: &'n [&'n str],
}

/// Lines in the order of their times.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    pub(super) lines: Vec<String>,
    /// The positions of those that were asked for.
    pub(super) telling: Vec<usize>,
}

impl Material {
    /// Gets a tree ready.
    pub fn new(tree: Arc<Tree>) -> Self {
        let recognizer = Recognizer::new(Arc::clone(&tree));
        let mut harmless: Vec<Harmless> = Vec::new();
        let looks = tree.cards().flat_map(|(id, card)| {
            let never = card.signatures.iter().flat_map(|signature| &signature.never);
            never.map(move |line| (line, Some(id)))
        });
        let cases = tree.cases.iter().flat_map(|case| &case.evidence).map(|line| (line, None));
        let everyday: Vec<String> =
            tree.everyday.iter().filter(|line| says_nothing(&recognizer.evidence("", line))).cloned().collect();
        for (text, like) in looks.chain(cases) {
            if let Some(known) = harmless.iter_mut().find(|known| known.text == *text) {
                known.like.extend(like);
            } else if is_line(text) && says_nothing(&recognizer.evidence("", text)) {
                harmless.push(Harmless { text: text.clone(), like: like.into_iter().collect() });
            }
        }
        Self { recognizer, everyday, harmless, values: OnceLock::new() }
    }

    /// The tree.
    pub fn tree(&self) -> &Arc<Tree> {
        self.recognizer.tree()
    }

    /// Its patterns.
    pub fn recognizer(&self) -> &Recognizer {
        &self.recognizer
    }

    /// The samples of a card that are recognised as its own, in the order of the file. One that only quotes what the
    /// vendor documents, with words in the place of values, is taken where there is no other.
    pub(super) fn samples(&self, card: CardId) -> Vec<&str> {
        let signatures = &self.tree().card(card).signatures;
        let mut own: Vec<(&str, bool)> = Vec::new();
        for (signature, sample) in signatures.iter().flat_map(|it| it.samples.iter().map(move |sample| (it, sample))) {
            let is_known = own.iter().any(|(known, _)| known == sample);
            if is_line(sample) && !is_known && self.is_of(sample, card) {
                own.push((sample, signature.documented.as_ref().is_some_and(|text| sample.trim() == text.trim())));
            }
        }
        if own.iter().any(|(_, is_quote)| !is_quote) {
            own.retain(|(_, is_quote)| !is_quote);
        }
        own.into_iter().map(|(sample, _)| sample).collect()
    }

    /// What tells that it is this card: one of its samples by chance; of a signature that speaks only when something takes
    /// turns, several, so that it does.
    pub(super) fn telling(&self, card: CardId, random: &mut Random) -> Vec<String> {
        let samples = self.samples(card);
        let Some(sample) = random.one_of(&samples).copied() else { return Vec::new() };
        let mut signatures = self.tree().card(card).signatures.iter();
        let own = signatures.find(|signature| signature.samples.iter().any(|own| own == sample));
        let turning = own.and_then(|signature| signature.back_and_forth.as_ref());
        let turns = turning.map(|turning| made::turns(&samples, &turning.of)).unwrap_or_default();
        if turns.iter().any(|line| !self.is_of(line, card)) || turns.is_empty() {
            return vec![sample.to_owned()];
        }
        turns
    }

    /// Records that may become others.
    pub(super) fn records(&self) -> impl Iterator<Item = &str> {
        let samples = self.tree().cards().flat_map(|(_, card)| &card.signatures).flat_map(|it| &it.samples);
        self.everyday.iter().chain(samples).map(String::as_str).filter(|line| is_record(line) && is_line(line))
    }

    /// Values of placeholders by name, from the samples of all cards; those that are met most often first, so that they
    /// go together.
    pub(super) fn values(&self) -> impl Iterator<Item = &(String, String)> {
        let values = self.values.get_or_init(|| {
            let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
            let cards = self.tree().cards().map(|(card, _)| card);
            for sample in cards.flat_map(|card| self.samples(card)) {
                let hits = self.recognizer.evidence("", sample).hits;
                hits.into_iter().flat_map(|hit| hit.captures).for_each(|it| *counts.entry(it).or_default() += 1);
            }
            let mut values: Vec<_> = counts.into_iter().collect();
            values.sort_by_key(|(_, count)| Reverse(*count));
            values.into_iter().map(|(value, _)| value).collect()
        });
        values.iter()
    }

    /// The cards of which a line carries a signature, while those of another card in it say more.
    pub(super) fn outdone(&self, line: &str) -> Vec<CardId> {
        let found = self.recognizer.signatures_in(&Line::new(line));
        let specific = self.recognizer.most_specific(&found);
        let is_specific = |card: CardId| specific.iter().any(|(known, _)| *known == card);
        found.iter().map(|(card, _)| *card).filter(|card| !is_specific(*card)).collect()
    }

    /// Whether a line is recognised as a card's.
    pub(super) fn is_of(&self, line: &str, card: CardId) -> bool {
        self.recognizer.evidence("", line).hits.iter().any(|hit| hit.cards.contains(&card))
    }

    /// A sample as it might have been written elsewhere; as it is if that would not be the card's.
    pub(super) fn varied(&self, sample: &str, card: CardId, varied: &mut Varied, seconds: i64) -> String {
        let exchanged = varied.text_at(sample, seconds);
        if self.is_of(&exchanged, card) { exchanged } else { sample.to_owned() }
    }

    /// Telling lines of a card among others that are no trouble, and do not say that it is not this card: what stands in
    /// the logs every day, if the tree says so, and look-alikes of what tells.
    pub(super) fn among(
        &self,
        (card, telling): (CardId, &[&str]),
        noise: Noise<'_>,
        varied: &mut Varied,
        random: &mut Random,
    ) -> Lines {
        let alike = &self.tree().card(card).shares_signatures_with;
        // A log has lines of one form: records among records.
        let of_records = telling.iter().filter(|line| is_record(line)).count() * 2 >= telling.len();
        let names: Vec<String> = noise.fields.iter().map(|name| format!("\"{name}\"")).collect();
        let has_form = |line: &str| match names.as_slice() {
            [] => is_record(line) == of_records,
            names => names.iter().any(|name| line.contains(name)),
        };
        let mut everyday: Vec<&str> = self.everyday.iter().map(String::as_str).filter(|line| has_form(line)).collect();
        random.shuffle(&mut everyday);
        let denies = |line: &&Harmless| !line.like.iter().any(|like| *like == card || alike.contains(like));
        let mut pool: Vec<&Harmless> = self.harmless.iter().filter(denies).collect();
        random.shuffle(&mut pool);
        let is_herring = |line: &Harmless| line.like.iter().any(|card| noise.like.contains(card));
        if everyday.is_empty() {
            pool.sort_by_key(|line| (!has_form(&line.text), !is_herring(line)));
            pool.retain(|line| names.is_empty() || has_form(&line.text));
        } else {
            pool.retain(|line| is_herring(line) && has_form(&line.text));
            pool.truncate(HERRINGS);
        }
        let herrings = pool.into_iter().map(|line| line.text.as_str());
        // Long records are read one by one: of such there are fewer.
        let mut room = ROOM.saturating_sub(telling.iter().map(|line| line.len()).sum());
        let fits = |line: &&str| {
            let fits = room >= line.len();
            room = room.saturating_sub(line.len());
            fits
        };
        let (mut first, rest): (Vec<&str>, Vec<&str>) = (Vec::new(), herrings.chain(everyday).collect());
        let mut rest = rest.into_iter();
        first.extend(rest.next());
        let pool = first.into_iter().chain(rest.take_while(fits)).take(noise.most);
        let pool: Vec<&str> = pool.collect();
        let mut rows: Vec<bool> = telling.iter().map(|_| true).chain(pool.iter().map(|_| false)).collect();
        random.shuffle(&mut rows);
        let (mut telling, mut pool) = (telling.iter(), pool.into_iter());
        let mut found = Lines::default();
        let mut seconds = 0;
        for is_telling in rows {
            let Some(text) = (if is_telling { telling.next().copied() } else { pool.next() }) else { continue };
            if is_telling {
                found.telling.push(found.lines.len());
                found.lines.push(self.varied(text, card, varied, seconds));
            } else {
                let exchanged = varied.text_at(text, seconds);
                let is_harmless = says_nothing(&self.recognizer.evidence("", &exchanged));
                found.lines.push(if is_harmless { exchanged } else { text.to_owned() });
            }
            seconds += 1 + i64::try_from(random.below(BETWEEN)).unwrap_or(0);
        }
        found
    }

    /// The parts of a line that decide, as they stand in it.
    pub(super) fn decides(&self, line: &str, card: CardId) -> Vec<String> {
        let mut parts = self.recognizer.telling(&Line::new(line), card);
        parts.retain(|part| line.contains(part.as_str()));
        if parts.is_empty() {
            parts.push(line.to_owned());
        }
        parts
    }
}

pub(super) fn is_record(line: &str) -> bool {
    line.starts_with('{')
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('\n')
}

pub(super) fn says_nothing(evidence: &Evidence) -> bool {
    evidence.hits.is_empty() && evidence.proofs.is_empty() && evidence.risks.is_empty()
}
