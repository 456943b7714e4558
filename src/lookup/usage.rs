//! Weighs cards by how often and how recently they were opened.
//!
//! Pure: the journal of opened cards and the current time come in, a weight for each card comes out. The journal has no
//! queries, because they are never stored.

use std::collections::BTreeMap;

/// Seconds after which an opened card counts half: two weeks.
///
/// A problem that returns in the current or the next week on call still counts for much; one of last quarter counts a
/// hundredth.
const HALF_LIFE: f64 = 14.0 * 24.0 * 60.0 * 60.0;

/// One line of the journal: a card was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When, in seconds since 1970.
    pub at: u64,
    /// The tree's id.
    pub tree: String,
    /// The card's id.
    pub card: String,
}

/// The usage of each card.
///
/// Each time that the card was opened counts 1, halved every two weeks.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Weights by tree id, then by card id.
    weights: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Usage {
    /// Sums up the journal. `now` is in seconds since 1970.
    ///
    /// Lines with a later time count as opened now, because a clock may have been set back.
    pub fn new(opened: impl IntoIterator<Item = Opened>, now: u64) -> Self {
        let mut usage = Self::default();
        for Opened { at, tree, card } in opened {
            let age = now.saturating_sub(at) as f64;
            *usage.weights.entry(tree).or_default().entry(card).or_default() += (-age / HALF_LIFE).exp2();
        }
        usage
    }

    /// Returns the usage of a card; 0 if it was never opened.
    pub fn weight(&self, tree: &str, card: &str) -> f64 {
        self.weights.get(tree).and_then(|cards| cards.get(card)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 60 * 60;
    const NOW: u64 = 20_000 * DAY;

    fn usage(opened: &[(u64, &str)]) -> Usage {
        let opened = opened.iter().map(|(days_ago, card)| Opened {
            at: NOW - days_ago * DAY,
            tree: "lamp".to_owned(),
            card: (*card).to_owned(),
        });
        Usage::new(opened, NOW)
    }

    #[test]
    fn an_opening_counts_half_after_two_weeks() {
        for (opened, expected) in [
            (&[][..], 0.0),
            (&[(0, "fuse")], 1.0),
            (&[(14, "fuse")], 0.5),
            (&[(28, "fuse"), (14, "fuse"), (0, "fuse")], 1.75),
            (&[(0, "bulb")], 0.0),
        ] {
            assert_eq!(usage(opened).weight("lamp", "fuse"), expected, "{opened:?}");
        }
        assert_eq!(usage(&[(0, "fuse")]).weight("house", "fuse"), 0.0, "a card of that name in another tree");
    }

    #[test]
    fn often_and_lately_come_before_once_and_long_ago() {
        let heaviest = |opened: &[(u64, &str)]| {
            let usage = usage(opened);
            if usage.weight("lamp", "fuse") > usage.weight("lamp", "bulb") { "fuse" } else { "bulb" }
        };
        assert_eq!(heaviest(&[(1, "fuse"), (1, "fuse"), (0, "bulb")]), "fuse");
        assert_eq!(heaviest(&[(90, "fuse"), (90, "fuse"), (90, "fuse"), (0, "bulb")]), "bulb");
    }

    #[test]
    fn a_time_to_come_is_now() {
        let opened = Opened { at: NOW + DAY, tree: "lamp".to_owned(), card: "fuse".to_owned() };
        assert_eq!(Usage::new([opened], NOW).weight("lamp", "fuse"), 1.0);
    }
}
