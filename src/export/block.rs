//! One part of a card or a report, before it is written as text, Markdown or JSON.

/// A piece of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Opens a part.
    Heading(String),
    /// Running text.
    Text(String),
    /// A point of a list.
    Point(String),
    /// A remedy: its number, what to do, and whether it was tried.
    Step {
        /// Its place in the order to try, from 1.
        number: usize,
        /// What to do.
        text: String,
        /// Whether it was tried, and helped.
        tried: Option<bool>,
    },
    /// How a remedy acts and how long it takes.
    Tags {
        /// The words, joined by dots.
        text: String,
        /// It interrupts the service.
        is_disruptive: bool,
    },
    /// A command, ready to be copied.
    Command(String),
    /// A word and what belongs to it: `Shows: …`.
    Labelled(&'static str, String),
    /// What evidence says of the card: where it was found, and what.
    Found(String, String),
    /// A page to read.
    Link(String, String),
}
