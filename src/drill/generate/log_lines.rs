//! Composes a log excerpt: telling lines of a card among background lines.

use crate::drill::generate::material::{BenignLine, Material, is_record, says_nothing};
use crate::drill::generate::randomize::{self, Randomizer};
use crate::drill::random::Random;
use crate::text::CleanText;
use crate::tree::CardId;

/// The longest time between two lines, in seconds, and between two lines of flapping.
///
/// 40 s looks like one request burst; flapping needs minutes to be believable.
const BETWEEN: usize = 40;
const BETWEEN_TURNS: usize = 400;

/// The size of an excerpt in bytes: about 16 lines of 100 columns, one screen.
const ROOM: usize = 1600;

/// The most look-alike lines among everyday lines.
///
/// One is enough to make the trainee read closely.
const RED_HERRINGS: usize = 1;

/// Requirements for the background lines.
#[derive(Clone, Copy, Debug)]
pub(in crate::drill) struct BackgroundLines<'n> {
    /// The most background lines.
    pub(in crate::drill) most: usize,
    /// The cards whose look-alike lines are preferred.
    pub(in crate::drill) like: &'n [CardId],
    /// The fields of which a background record must have one.
    ///
    /// If empty, background lines have the format of the telling lines.
    pub(in crate::drill) fields: &'n [&'n str],
}

/// A log excerpt whose times increase from line to line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::drill) struct Lines {
    pub(in crate::drill) lines: Vec<String>,
    /// The positions of the telling lines.
    pub(in crate::drill) telling: Vec<usize>,
}

impl Material {
    /// Returns the telling lines of a card among background lines.
    pub(in crate::drill) fn among(
        &self,
        (card, telling): (CardId, &[&str]),
        background: BackgroundLines<'_>,
        randomizer: &mut Randomizer,
        random: &mut Random,
    ) -> Lines {
        let others = self.background(card, telling, background, random);
        let mut rows: Vec<bool> = telling.iter().map(|_| true).chain(others.iter().map(|_| false)).collect();
        random.shuffle(&mut rows);
        // Flapping takes minutes.
        let between = if telling.len() > 1 { BETWEEN_TURNS } else { BETWEEN };
        let (mut telling, mut others) = (telling.iter().copied(), others.into_iter());
        let mut found = Lines::default();
        // The time of the first line that has one; all other times are relative to it.
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
                // Machines in background lines get addresses of their own, so that they cannot contradict another
                // check.
                let exchanged = if is_record(text) {
                    randomizer.text_at(text, later)
                } else {
                    randomizer.elsewhere_at(text, later)
                };
                let is_benign = says_nothing(&self.recognizer().evidence("", &exchanged));
                found.lines.push(if is_benign { exchanged } else { text.to_owned() });
            }
            seconds += 1 + i64::try_from(random.below(between)).unwrap_or(0);
        }
        found
    }

    /// Returns background lines: a look-alike and everyday lines, or look-alikes alone if there are no everyday lines.
    fn background<'m>(
        &'m self,
        card: CardId,
        telling: &[&str],
        background: BackgroundLines<'_>,
        random: &mut Random,
    ) -> Vec<&'m str> {
        // A log has one format: records stand among records.
        let of_records = telling.iter().filter(|line| is_record(line)).count() * 2 >= telling.len();
        let has_form = |line: &str| match background.fields {
            [] => is_record(line) == of_records,
            names => has_field(line, names),
        };
        let is_red_herring = |line: &BenignLine| line.like.iter().any(|card| background.like.contains(card));
        let mut red_herrings: Vec<&BenignLine> = self.benign.iter().filter(|line| !self.denies(line, card)).collect();
        random.shuffle(&mut red_herrings);
        let mut everyday: Vec<&str> =
            self.everyday.iter().map(CleanText::as_str).filter(|line| has_form(line)).collect();
        random.shuffle(&mut everyday);
        if everyday.is_empty() {
            red_herrings.sort_by_key(|line| (!has_form(&line.text), !is_red_herring(line)));
            red_herrings.retain(|line| background.fields.is_empty() || has_form(&line.text));
        } else {
            // A plain look-alike line may be a real error of something else, so only records are used.
            red_herrings.retain(|line| of_records && is_red_herring(line) && has_form(&line.text));
            red_herrings.truncate(RED_HERRINGS);
        }
        let mut lines: Vec<&str> = red_herrings.into_iter().map(|line| line.text.as_str()).chain(everyday).collect();
        lines.truncate(background.most);
        // Long records are read one by one, so there are fewer of them, but at least one.
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

    /// Whether a line denies a card, or a card that shares its signatures.
    pub(in crate::drill) fn denies(&self, line: &BenignLine, card: CardId) -> bool {
        let alike = &self.tree().card(card).shares_signatures_with;
        line.like.iter().any(|like| *like == card || alike.contains(like))
    }
}

/// Whether a record has one of these fields.
fn has_field(line: &str, names: &[&str]) -> bool {
    names.iter().any(|name| line.contains(&format!("\"{name}\"")))
}
