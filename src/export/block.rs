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
        /// The instruction.
        text: String,
        /// Whether it was tried, and helped.
        tried: Option<bool>,
    },
    /// The effect and the duration of a remedy.
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
    /// A finding in the evidence: its place, and its text.
    Found(String, String),
    /// A page to read.
    Link(String, String),
}
