//! Names what happens outside of the program.

use super::keys::Key;
use crate::case::HelpedHere;

/// Tells the program what has happened outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, as one piece.
    Paste(String),
    /// Only the beginning of the paste before this message was read.
    PasteCut {
        /// How many bytes of it were read.
        read: usize,
        /// How many bytes it had.
        pasted: usize,
    },
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The milliseconds of the run that are over.
    ///
    /// Comes before other messages only: a clock by itself changes nothing.
    Clock(u64),
    /// The time, in seconds since 1970.
    ///
    /// Comes before other messages only, like the clock.
    Time(i64),
    /// A case was read that the operator goes on with.
    CaseRead {
        /// The number that it has in this run.
        case: u64,
        /// Its lines.
        text: String,
        /// Whether another program has it open: a copy goes on.
        is_copy: bool,
    },
    /// The steps that helped in earlier cases were counted.
    HelpedHere(HelpedHere),
    /// Something to tell the operator until the next key.
    Told(String),
    /// No key was pressed for a while.
    ///
    /// Comes once, and only if the options ask for it.
    Pause,
    /// The program did not stop, because no shell would continue it.
    NoShell,
    /// Answers given in training are not kept, for this reason.
    ///
    /// It is told until the next key.
    NotKept(String),
}
