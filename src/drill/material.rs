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
    /// The card for which it could be taken.
    like: Option<CardId>,
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
            let is_new = !harmless.iter().any(|known| known.text == *text);
            if is_new && is_line(text) && says_nothing(&recognizer.evidence("", text)) {
                harmless.push(Harmless { text: text.clone(), like });
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

    /// Whether a line is recognised as a card's.
    pub(super) fn is_of(&self, line: &str, card: CardId) -> bool {
        self.recognizer.evidence("", line).hits.iter().any(|hit| hit.cards.contains(&card))
    }

    /// A sample as it might have been written elsewhere; as it is if that would not be the card's.
    pub(super) fn varied(&self, sample: &str, card: CardId, varied: &mut Varied, seconds: i64) -> String {
        let exchanged = varied.text_at(sample, seconds);
        if self.is_of(&exchanged, card) { exchanged } else { sample.to_owned() }
    }

    /// Telling lines among up to so many that are not; those that could be taken for one of the cards `like` come first.
    pub(super) fn among(
        &self,
        (card, telling): (CardId, &[&str]),
        (most, like): (usize, &[CardId]),
        varied: &mut Varied,
        random: &mut Random,
    ) -> Lines {
        let mut pool: Vec<&Harmless> = self.harmless.iter().collect();
        random.shuffle(&mut pool);
        pool.sort_by_key(|line| !line.like.is_some_and(|card| like.contains(&card)));
        // Half of them herrings, half of them whatever else such a log holds.
        let (herrings, others): (Vec<&Harmless>, Vec<&Harmless>) =
            pool.into_iter().partition(|line| line.like.is_some_and(|card| like.contains(&card)));
        let mut chosen: Vec<&Harmless> = herrings.iter().copied().take(most.div_ceil(2)).collect();
        let room = most - chosen.len();
        chosen.extend(others.into_iter().take(room));
        let mut rows: Vec<(&str, bool)> = telling.iter().map(|line| (*line, true)).collect();
        rows.extend(chosen.into_iter().map(|line| (line.text.as_str(), false)));
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
        parts
    }
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('\n')
}

pub(super) fn says_nothing(evidence: &Evidence) -> bool {
    evidence.hits.is_empty() && evidence.proofs.is_empty() && evidence.risks.is_empty()
}
