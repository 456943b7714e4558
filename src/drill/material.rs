//! What the exercises of a tree are made of: its patterns, and lines that are no trouble.

use std::sync::Arc;

use super::random::Random;
use super::vary::Varied;
use crate::recognize::{Line, Recognizer};
use crate::tree::{CardId, Tree};
use crate::walk::Evidence;

/// A line longer than this is no line that somebody reads.
const LONGEST: usize = 1200;

/// How many seconds lie between two lines at most.
const BETWEEN: usize = 40;

/// A tree got ready for training.
#[derive(Debug)]
pub struct Material {
    recognizer: Recognizer,
    /// Lines of the tree that carry no signature and prove nothing.
    harmless: Vec<Harmless>,
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
        for (text, like) in looks.chain(cases) {
            if let Some(known) = harmless.iter_mut().find(|known| known.text == *text) {
                known.like.extend(like);
            } else if is_line(text) && says_nothing(&recognizer.evidence("", text)) {
                harmless.push(Harmless { text: text.clone(), like: like.into_iter().collect() });
            }
        }
        Self { recognizer, harmless }
    }

    /// The tree.
    pub fn tree(&self) -> &Arc<Tree> {
        self.recognizer.tree()
    }

    /// Its patterns.
    pub fn recognizer(&self) -> &Recognizer {
        &self.recognizer
    }

    /// The samples of a card that are recognised as its own, in the order of the file.
    pub(super) fn samples(&self, card: CardId) -> Vec<&str> {
        let signatures = self.tree().card(card).signatures.iter();
        let samples = signatures.flat_map(|signature| &signature.samples).map(String::as_str);
        let mut own: Vec<&str> = Vec::new();
        for sample in samples {
            if is_line(sample) && !own.contains(&sample) && self.is_of(sample, card) {
                own.push(sample);
            }
        }
        own
    }

    /// One of these by chance.
    pub(super) fn sample(&self, card: CardId, random: &mut Random) -> Option<&str> {
        let signatures = self.tree().card(card).signatures.iter();
        let mut samples: Vec<&String> = signatures.flat_map(|signature| &signature.samples).collect();
        random.shuffle(&mut samples);
        samples.into_iter().map(String::as_str).find(|sample| is_line(sample) && self.is_of(sample, card))
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

    /// Telling lines of a card among others that are no trouble, and do not say that it is not this card.
    pub(super) fn among(
        &self,
        (card, telling): (CardId, &[&str]),
        noise: Noise<'_>,
        varied: &mut Varied,
        random: &mut Random,
    ) -> Lines {
        let alike = &self.tree().card(card).shares_signatures_with;
        let denies = |line: &Harmless| line.like.iter().any(|like| *like == card || alike.contains(like));
        let is_herring = |line: &Harmless| line.like.iter().any(|card| noise.like.contains(card));
        // A log has lines of one form: records among records.
        let of_records = telling.iter().filter(|line| is_record(line)).count() * 2 >= telling.len();
        let names: Vec<String> = noise.fields.iter().map(|name| format!("\"{name}\"")).collect();
        let has_form = |line: &Harmless| match names.as_slice() {
            [] => is_record(&line.text) == of_records,
            names => names.iter().any(|name| line.text.contains(name)),
        };
        let mut pool: Vec<&Harmless> = self.harmless.iter().filter(|line| !denies(line)).collect();
        random.shuffle(&mut pool);
        pool.sort_by_key(|line| (!has_form(line), !is_herring(line)));
        pool.retain(|line| names.is_empty() || has_form(line));
        pool.truncate(noise.most);
        let mut rows: Vec<(&str, bool)> = telling.iter().map(|line| (*line, true)).collect();
        rows.extend(pool.into_iter().map(|line| (line.text.as_str(), false)));
        random.shuffle(&mut rows);
        let mut found = Lines::default();
        let mut seconds = 0;
        for (text, is_telling) in rows {
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

fn is_record(line: &str) -> bool {
    line.starts_with('{')
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('\n')
}

pub(super) fn says_nothing(evidence: &Evidence) -> bool {
    evidence.hits.is_empty() && evidence.proofs.is_empty() && evidence.risks.is_empty()
}
