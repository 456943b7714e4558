//! Names the pieces of what is told in training.

/// A piece of what is told in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Opens a part.
    Heading(String),
    /// Running text.
    Text(String),
    /// A line of a log with its number; the marked parts of it decide.
    Line {
        /// Its number, from 1.
        number: usize,
        /// The line.
        text: String,
        /// What decides, as it stands in the line.
        marks: Vec<String>,
    },
    /// A command.
    Command(String),
    /// What a command prints.
    Output(String),
    /// What is said of the part before.
    Aside(String),
    /// A step with its number, from 1.
    Step(usize, String),
    /// A word and what belongs to it.
    Labelled(&'static str, String),
    /// What went well; says so in words.
    Good(String),
    /// What did not; says so in words.
    Bad(String),
    /// A row of a picture: how deep it stands, its mark in Unicode and ASCII, its text.
    Row {
        /// How deep it stands.
        depth: usize,
        /// The mark, and the same in ASCII.
        mark: (&'static str, &'static str),
        /// What it is.
        text: String,
    },
}
