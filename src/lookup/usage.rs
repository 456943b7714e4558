//! Which cards were opened often and lately.

/// That a card was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When, in seconds since 1970.
    pub at: u64,
    /// The tree's id.
    pub tree: String,
    /// The card's id.
    pub card: String,
}

/// How much each card is used.
#[derive(Clone, Debug, Default)]
pub struct Usage {}

impl Usage {
    /// How much a card is used: 0 if it never was.
    pub fn weight(&self, _tree: &str, _card: &str) -> f64 {
        0.0
    }
}
