//! Lines as they stand in a log: what tells among what does not.

use crate::drill::generate::material::{BenignLine, Material, is_record, says_nothing};
use crate::drill::generate::randomize::{self, Randomizer};
use crate::drill::random::Random;
use crate::text::CleanText;
use crate::tree::CardId;

/// How many seconds lie between two lines at most, and between two where something takes turns.
const BETWEEN: usize = 40;
const BETWEEN_TURNS: usize = 400;

/// How many bytes the lines of an exercise have together, about.
const ROOM: usize = 1600;

/// How many look-alikes stand among lines of every day at most.
const RED_HERRINGS: usize = 1;

/// Which harmless lines are wanted.
#[derive(Clone, Copy, Debug)]
pub(in crate::drill) struct BackgroundLines<'n> {
    /// How many at most.
    pub(in crate::drill) most: usize,
    /// Such as could be taken for one of these come first.
    pub(in crate::drill) like: &'n [CardId],
    /// Only records with one of these fields; if there is none, lines of the form of the telling ones.
    pub(in crate::drill) fields: &'n [&'n str],
}

/// Lines, each written after the one before, as far as they say when.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::drill) struct Lines {
    pub(in crate::drill) lines: Vec<String>,
    /// The positions of those that were asked for.
    pub(in crate::drill) telling: Vec<usize>,
}

impl Material {
    /// Telling lines of a card among others that are no trouble, and do not say that it is not this card.
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
        // What takes turns does so over minutes.
        let between = if telling.len() > 1 { BETWEEN_TURNS } else { BETWEEN };
        let (mut telling, mut others) = (telling.iter().copied(), others.into_iter());
        let mut found = Lines::default();
        // The time of the first line that has one, whatever times the samples have.
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
                // What a command says of a machine must not speak against what another one says of it.
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

    /// Lines to stand around telling ones: a look-alike of what tells, then what stands in the logs every day, if the tree
    /// says so; else look-alikes alone.
    fn background<'m>(
        &'m self,
        card: CardId,
        telling: &[&str],
        background: BackgroundLines<'_>,
        random: &mut Random,
    ) -> Vec<&'m str> {
        // A log has lines of one form: records among records.
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
            // Of plain lines, a look-alike may be a true error of something else.
            red_herrings.retain(|line| of_records && is_red_herring(line) && has_form(&line.text));
            red_herrings.truncate(RED_HERRINGS);
        }
        let mut lines: Vec<&str> = red_herrings.into_iter().map(|line| line.text.as_str()).chain(everyday).collect();
        lines.truncate(background.most);
        // Long records are read one by one: of such there are fewer, but one at least.
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

    /// Whether a line says that it is not this card, or one that shares its signatures.
    pub(in crate::drill) fn denies(&self, line: &BenignLine, card: CardId) -> bool {
        let alike = &self.tree().card(card).shares_signatures_with;
        line.like.iter().any(|like| *like == card || alike.contains(like))
    }
}

/// Whether a record has one of these fields.
fn has_field(line: &str, names: &[&str]) -> bool {
    names.iter().any(|name| line.contains(&format!("\"{name}\"")))
}
