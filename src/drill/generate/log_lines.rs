//! Composes log excerpts: lines of a card among background lines.
//!
//! The lines of the card are called telling lines.

use crate::drill::generate::material::{Material, NearMiss, is_record};
use crate::drill::generate::randomize::{self, Randomizer};
use crate::drill::random::Random;
use crate::recognize::Compiled;
use crate::text::CleanText;
use crate::tree::CardId;

/// The longest time between two lines, in seconds.
///
/// 40 s looks like one burst of requests.
pub(crate) const BETWEEN: usize = 40;

/// The longest time between two lines if several are telling, in seconds.
///
/// Flapping is plausible only over minutes.
const BETWEEN_TURNS: usize = 400;

/// The size limit of an excerpt, in bytes.
///
/// 1600 bytes are about 16 lines of 100 columns, one screen.
const ROOM: usize = 1600;

/// The largest number of near misses among everyday lines.
///
/// One is enough to make the trainee read closely.
const RED_HERRINGS: usize = 1;

/// Requirements for the background lines of an excerpt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BackgroundLines<'n> {
    /// The largest number of background lines.
    pub(crate) most: usize,
    /// The cards whose near misses are preferred.
    pub(crate) like: &'n [CardId],
    /// The field names; a background record must have at least one.
    ///
    /// If empty, background lines have the format of most telling lines. Without telling lines, they are records.
    pub(crate) fields: &'n [&'n str],
    /// The pattern that background lines must match.
    pub(crate) filter: Option<&'n Compiled>,
}

/// A log excerpt whose times increase from line to line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LogExcerpt {
    pub(crate) lines: Vec<String>,
    /// The positions of the telling lines.
    pub(crate) telling: Vec<usize>,
}

impl Material {
    /// Returns the telling lines of a card among background lines.
    ///
    /// The positions are random, but telling lines keep their order. Values are randomized, and times are rewritten to
    /// increase from line to line.
    pub(crate) fn among(
        &self,
        (card, telling): (CardId, &[&str]),
        background: BackgroundLines<'_>,
        randomizer: &mut Randomizer,
        random: &mut Random,
    ) -> LogExcerpt {
        let others = self.background(card, telling, background, random);
        let mut rows: Vec<bool> = telling.iter().map(|_| true).chain(others.iter().map(|_| false)).collect();
        random.shuffle(&mut rows);
        // Several telling lines show flapping or a repeated fault, over minutes.
        let between = if telling.len() > 1 { BETWEEN_TURNS } else { BETWEEN };
        let (mut telling, mut others) = (telling.iter().copied(), others.into_iter());
        let mut found = LogExcerpt::default();
        // The time of the first line that has one. All other times are relative to it.
        let mut begin: Option<i64> = None;
        let mut seconds = 0;
        for is_telling in rows {
            let Some(text) = (if is_telling { telling.next() } else { others.next() }) else { continue };
            let own = randomize::time_in(text);
            begin = begin.or(own);
            let later = seconds - own.zip(begin).map_or(0, |(own, begin)| own - begin);
            if is_telling {
                found.telling.push(found.lines.len());
                found.lines.push(self.randomized(text, card, randomizer, later));
            } else {
                // Machines in plain background lines get addresses of their own. Otherwise these lines could contradict
                // another check.
                let replaced = if is_record(text) {
                    randomizer.text_at(text, later)
                } else {
                    randomizer.elsewhere_at(text, later)
                };
                let is_benign = self.evidence(&replaced).says_nothing();
                found.lines.push(if is_benign { replaced } else { text.to_owned() });
            }
            seconds += 1 + i64::try_from(random.below(between)).unwrap_or(0);
        }
        found
    }

    /// Returns background lines for an excerpt about a card.
    ///
    /// These are everyday lines and at most [`RED_HERRINGS`] near misses. If the tree has no everyday lines that fit,
    /// they are benign lines, those that fit first. Lines of the other format are used as well then, unless the
    /// background demands fields.
    fn background<'m>(
        &'m self,
        card: CardId,
        telling: &[&str],
        background: BackgroundLines<'_>,
        random: &mut Random,
    ) -> Vec<&'m str> {
        // The format is that of at least half of the telling lines: records or plain lines.
        let of_records = telling.iter().filter(|line| is_record(line)).count() * 2 >= telling.len();
        let is_returned = |line: &str| self.passes(background.filter, line);
        let has_form = |line: &str| match background.fields {
            [] => is_record(line) == of_records && is_returned(line),
            names => has_field(line, names) && is_returned(line),
        };
        let is_red_herring = |line: &NearMiss| line.like.iter().any(|card| background.like.contains(card));
        let mut near_misses: Vec<&NearMiss> = self.benign.iter().filter(|line| !self.denies(line, card)).collect();
        random.shuffle(&mut near_misses);
        let mut everyday: Vec<&str> =
            self.everyday.iter().map(CleanText::as_str).filter(|line| has_form(line)).collect();
        random.shuffle(&mut everyday);
        // A loud line that means nothing is among them, so that the level of a line does not tell.
        if let Some((at, _)) = everyday.iter().enumerate().max_by_key(|(_, line)| loudness(line)) {
            everyday.swap(0, at);
        }
        if everyday.is_empty() {
            near_misses.sort_by_key(|line| (!has_form(&line.text), !is_red_herring(line)));
            let is_any = background.fields.is_empty() && background.filter.is_none();
            near_misses.retain(|line| is_any || has_form(&line.text));
        } else {
            // Only records are used, because a plain near miss may be a real error of something else.
            near_misses.retain(|line| of_records && is_red_herring(line) && has_form(&line.text));
            near_misses.truncate(RED_HERRINGS);
        }
        let mut lines: Vec<&str> = near_misses.into_iter().map(|line| line.text.as_str()).chain(everyday).collect();
        lines.truncate(background.most);
        // Fewer long records are used, because they take longer to read, but at least one.
        let mut room = ROOM.saturating_sub(telling.iter().map(|line| line.len()).sum());
        let fitting = lines.iter().take_while(|line| {
            let fits = room >= line.len();
            room = room.saturating_sub(line.len());
            fits
        });
        let fitting = fitting.count().max(1);
        lines.truncate(fitting);
        lines
    }

    /// Returns whether a line is a near miss of this card.
    ///
    /// Near misses of cards that share its signatures count as well.
    pub(crate) fn denies(&self, line: &NearMiss, card: CardId) -> bool {
        let alike = &self.tree().card(card).shares_signatures_with;
        line.like.iter().any(|like| *like == card || alike.contains(like))
    }
}

/// Returns how severe the level of a line is, 0 without one.
fn loudness(line: &str) -> usize {
    const LEVELS: [&str; 4] = ["warn", "error", "crit", "emerg"];
    let lower = line.to_ascii_lowercase();
    LEVELS.iter().rposition(|level| lower.contains(level)).map_or(0, |at| at + 1)
}

/// Returns whether a record has one of these fields.
fn has_field(line: &str, names: &[&str]) -> bool {
    names.iter().any(|name| line.contains(&format!("\"{name}\"")))
}
