//! Defines the blocks that cards and exercises consist of.
//!
//! They are drawn on screens, or written as text, Markdown or JSON.

use super::command::CommandText;
use crate::tree::model::Effect;
use crate::walk::StepOutcome;

/// A block of a card or an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The heading of a part.
    Heading(String),
    /// Running text.
    Text(String),
    /// An entry of a list.
    Point(String),
    /// A step with its number.
    Step {
        /// Its number, which never changes, from 1.
        number: usize,
        /// The instruction.
        text: String,
        /// The outcome; `None` while the step is open.
        outcome: Option<StepOutcome>,
    },
    /// Effect and duration of a remedy.
    Tags {
        /// The words, separated by dots; the first say the effect.
        text: String,
        /// The effect on the service.
        effect: Effect,
    },
    /// A command of a remedy, ready to be copied.
    Command(CommandText),
    /// A label about a remedy, and its text: `Shows: …`.
    Labeled(&'static str, String),
    /// A label and its text: `In your evidence: …`.
    Found(String, String),
    /// The title of a page to read, and its address.
    Link(String, String),
    /// A line of a log with its letter.
    ///
    /// Digits are those of the choices.
    Line {
        /// The letter, from a.
        letter: char,
        /// The text of the line.
        text: String,
        /// The parts that decide, as they are in the line.
        marks: Vec<String>,
    },
    /// A command by itself.
    Prompt(String),
    /// The output of a command.
    Output(String),
    /// A remark on the block before.
    Aside(String),
    /// An entry of a numbered list, from 1.
    Numbered(usize, String),
    /// A success, said in words.
    Good(String),
    /// A failure, said in words.
    Bad(String),
    /// A row of a progress map.
    Row {
        /// Levels of indentation.
        depth: usize,
        /// The mark, in Unicode and in ASCII.
        mark: (&'static str, &'static str),
        /// The text behind the mark.
        text: String,
    },
}
