//! What the exercises of a tree are made of: its patterns, and lines that are no trouble.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::drill::generate::randomize::Randomizer;
use crate::drill::generate::synthetic_record;
use crate::drill::random::Random;
use crate::recognize::{Line, Recognizer};
use crate::text::CleanText;
use crate::tree::{CardId, Tree};
use crate::walk::Evidence;

/// A line longer than this is no line that somebody reads.
const LONGEST: usize = 1200;

/// A tree got ready for training.
#[derive(Debug)]
pub struct Material {
    recognizer: Recognizer,
    /// What the tree says stands in the logs every day.
    pub(in crate::drill) everyday: Vec<CleanText>,
    /// Other lines of the tree that carry no signature and prove nothing: look-alikes of what does.
    pub(in crate::drill) benign: Vec<BenignLine>,
    /// All lines that could be taken for a card's, harmless or another card's own.
    pub(in crate::drill) look_alikes: Vec<BenignLine>,
    /// Values of placeholders, from the samples of all cards; looked for when first needed.
    values: OnceLock<Vec<(CleanText, CleanText)>>,
}

/// A line that is not that of some cards.
#[derive(Clone, Debug)]
pub(in crate::drill) struct BenignLine {
    pub(in crate::drill) text: String,
    /// The cards for which it could be taken: it says that it is not one of these.
    pub(in crate::drill) like: Vec<CardId>,
}

impl Material {
    /// Gets a tree ready.
    pub fn new(tree: Arc<Tree>) -> Self {
        let recognizer = Recognizer::new(Arc::clone(&tree));
        let looks: Vec<(&CleanText, Option<CardId>)> = tree
            .cards()
            .flat_map(|(id, card)| {
                let never = card.signatures.iter().flat_map(|signature| &signature.never);
                never.map(move |line| (line, Some(id)))
            })
            .collect();
        let cases = tree.cases.iter().flat_map(|case| &case.evidence).map(|line| (line, None));
        let everyday: Vec<CleanText> =
            tree.everyday.iter().filter(|line| says_nothing(&recognizer.evidence("", line))).cloned().collect();
        let look_alikes = gathered(looks.iter().copied(), is_line);
        let is_benign = |text: &str| is_line(text) && says_nothing(&recognizer.evidence("", text));
        let benign = gathered(looks.into_iter().chain(cases), is_benign);
        Self { recognizer, everyday, benign, look_alikes, values: OnceLock::new() }
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
    pub(in crate::drill) fn samples(&self, card: CardId) -> Vec<&str> {
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
    pub(in crate::drill) fn telling(&self, card: CardId, random: &mut Random) -> Vec<String> {
        let samples = self.samples(card);
        let Some(sample) = random.one_of(&samples).copied() else { return Vec::new() };
        let mut signatures = self.tree().card(card).signatures.iter();
        let own = signatures.find(|signature| signature.samples.iter().any(|own| own == sample));
        let turning = own.and_then(|signature| signature.back_and_forth.as_ref());
        let turns =
            turning.map(|turning| synthetic_record::turns(&samples, &turning.of, &turning.by)).unwrap_or_default();
        if turns.iter().any(|line| !self.is_of(line, card)) || turns.is_empty() {
            return vec![sample.to_owned()];
        }
        turns
    }

    /// Records that may become others.
    pub(in crate::drill) fn records(&self) -> impl Iterator<Item = &str> {
        let samples = self.tree().cards().flat_map(|(_, card)| &card.signatures).flat_map(|it| &it.samples);
        self.everyday.iter().chain(samples).map(CleanText::as_str).filter(|line| is_record(line) && is_line(line))
    }

    /// Values of placeholders by name, from the samples of all cards; those that are met most often first, so that they
    /// go together.
    pub(in crate::drill) fn values(&self) -> impl Iterator<Item = &(CleanText, CleanText)> {
        let values = self.values.get_or_init(|| {
            let mut counts: BTreeMap<(CleanText, CleanText), usize> = BTreeMap::new();
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
    pub(in crate::drill) fn outdone(&self, line: &str) -> Vec<CardId> {
        let found = self.recognizer.signatures_in(&Line::new(line));
        let specific = self.recognizer.most_specific(&found);
        let is_specific = |card: CardId| specific.iter().any(|(known, _)| *known == card);
        found.iter().map(|(card, _)| *card).filter(|card| !is_specific(*card)).collect()
    }

    /// Whether a line is recognised as a card's.
    pub(in crate::drill) fn is_of(&self, line: &str, card: CardId) -> bool {
        self.recognizer.evidence("", line).hits.iter().any(|hit| hit.cards.contains(&card))
    }

    /// A sample as it might have been written elsewhere; as it is if that would not be the card's.
    pub(in crate::drill) fn randomized(
        &self,
        sample: &str,
        card: CardId,
        randomizer: &mut Randomizer,
        seconds: i64,
    ) -> String {
        let exchanged = randomizer.text_at(sample, seconds);
        if self.is_of(&exchanged, card) { exchanged } else { sample.to_owned() }
    }

    /// The parts of a line that decide, as they stand in it.
    pub(in crate::drill) fn decides(&self, line: &str, card: CardId) -> Vec<String> {
        let mut parts = self.recognizer.matched_parts(&Line::new(line), card);
        parts.iter_mut().for_each(|part| part.truncate(part.trim_end().len()));
        parts.retain(|part| line.contains(part.as_str()));
        if parts.is_empty() {
            parts.push(line.to_owned());
        }
        parts
    }
}

/// Wanted lines, each once, with all the cards for which it could be taken.
fn gathered<'l>(
    lines: impl Iterator<Item = (&'l CleanText, Option<CardId>)>,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<BenignLine> {
    let mut gathered: Vec<BenignLine> = Vec::new();
    for (text, like) in lines {
        if let Some(known) = gathered.iter_mut().find(|known| known.text == *text) {
            known.like.extend(like);
        } else if is_wanted(text) {
            gathered.push(BenignLine { text: text.to_string(), like: like.into_iter().collect() });
        }
    }
    gathered
}

pub(in crate::drill) fn is_record(line: &str) -> bool {
    line.starts_with('{')
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('\n')
}

pub(in crate::drill) fn says_nothing(evidence: &Evidence) -> bool {
    evidence.hits.is_empty() && evidence.proofs.is_empty() && evidence.risks.is_empty()
}
