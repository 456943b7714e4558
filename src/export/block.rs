//! One piece of a card or an exercise, before it is drawn, or written as text, Markdown or JSON.

/// A piece of a card or an exercise.
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
    /// A command of a remedy, ready to be copied.
    Command(String),
    /// A word about a remedy and what belongs to it: `Shows: …`.
    Labelled(&'static str, String),
    /// A label and its text, by themselves: `In your evidence: …`.
    Found(String, String),
    /// A page to read.
    Link(String, String),
    /// A line of a log with its number; its marked parts decide.
    Line {
        /// Its number, from 1.
        number: usize,
        /// The line.
        text: String,
        /// The parts that decide, as they are in the line.
        marks: Vec<String>,
    },
    /// A command by itself.
    Prompt(String),
    /// The output of a command.
    Output(String),
    /// A remark on the piece before.
    Aside(String),
    /// An entry of a numbered list, from 1.
    Numbered(usize, String),
    /// A success; says so in words.
    Good(String),
    /// A failure; says so in words.
    Bad(String),
    /// A row of a picture.
    Row {
        /// How deep it stands.
        depth: usize,
        /// Its mark, and the same in ASCII.
        mark: (&'static str, &'static str),
        /// Its text.
        text: String,
    },
}
