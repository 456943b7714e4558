//! Names what the operator can do.

use crate::export::SectionKind;
use crate::walk::StepOutcome;

/// Says what a key or a typed word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Selects the entry above, or scrolls up a line.
    Up,
    /// Selects the entry below, or scrolls down a line.
    Down,
    /// Scrolls up a page.
    PageUp,
    /// Scrolls down a page.
    PageDown,
    /// Scrolls up a few lines.
    ScrollUp,
    /// Scrolls down a few lines.
    ScrollDown,
    /// Selects the first entry, or scrolls to the top.
    Top,
    /// Selects the last entry, or scrolls to the end.
    Bottom,
    /// Takes the selected entry.
    Choose,
    /// Takes the entry of this number, from 1.
    Digit(usize),
    /// Answers "don't know".
    Unknown,
    /// Begins a new case; the one at hand is kept.
    NewCase,
    /// Answers "none of these".
    NoneOfThese,
    /// Takes back the last answer.
    Back,
    /// Leaves the screen, or takes back the last answer.
    Escape,
    /// Asks the most useful question, or the author's next one.
    MostUseful,
    /// Shows what is still possible.
    Candidates,
    /// Says that the step at hand is done.
    Done,
    /// Says that the step at hand solved the case.
    Worked,
    /// Says that the step at hand was tried and did not help.
    DidNotHelp,
    /// Skips the step at hand.
    Skip,
    /// Shows what to hand over.
    Escalate,
    /// Shows the report of the case.
    Report,
    /// Replaces names and addresses in notes, or shows them.
    Redact,
    /// Marks the case as escalated, in lines.
    MarkEscalated,
    /// Moves the focus to the next command or section.
    Next,
    /// Moves the focus to the command or section before.
    Previous,
    /// Unfolds a section of the card, or folds it.
    Section(SectionKind),
    /// Opens what is named: cards, links, the card of an exercise.
    Follow,
    /// Copies the card, as Markdown.
    Copy,
    /// Copies the command in focus, or the note.
    CopyCommand,
    /// Takes back the selected answer.
    TakeBack,
    /// Takes a hint.
    Hint,
    /// Gives an exercise up.
    GiveUp,
    /// Names a card by typing.
    TypeCard,
    /// Shows what was learned.
    Progress,
    /// Shows the time, or does not.
    Timer,
    /// Opens the search.
    Search,
    /// Adds a remark to the case.
    Remark,
    /// Opens the list of the evidence.
    Evidence,
    /// Opens the list of answers.
    Trail,
    /// Opens the list of values.
    Values,
    /// Accepts a value for commands that change something.
    Accept,
    /// Leaves the walk for the first screen.
    ///
    /// The walk can be gone on with from there.
    GoHome,
    /// Opens the help.
    Help,
    /// Collects the lines of a paste; only in lines.
    Paste,
    /// Says everything again; only in lines.
    Repeat,
    /// Lists the walks that were left for another; only in lines.
    Parked,
    /// Begins to practice; only in lines.
    Train,
    /// Tells the next part; only in lines.
    More,
    /// Tells the reasons of a card or question; only in lines.
    Why,
    /// Lists the steps of a card; only in lines.
    Steps,
    /// Lists the pages of a card; only in lines.
    Links,
    /// Tells the complete card; only in lines.
    Everything,
    /// Prints a note for the ticket; only in lines.
    Note,
    /// Types a character.
    Type(char),
    /// Deletes the character before the cursor.
    Erase,
    /// Deletes the character under the cursor.
    Delete,
    /// Deletes the word before the cursor.
    EraseWord,
    /// Deletes everything typed.
    Clear,
    /// Moves the cursor left.
    Left,
    /// Moves the cursor right.
    Right,
    /// Moves the cursor to the start.
    LineStart,
    /// Moves the cursor to the end.
    LineEnd,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Ends the program.
    Quit,
    /// Ends the program at once.
    Interrupt,
}

impl Action {
    /// Returns the mark that the action gives to a step.
    pub fn step_outcome(self) -> Option<StepOutcome> {
        match self {
            Action::Done => Some(StepOutcome::Done),
            Action::Worked => Some(StepOutcome::Helped),
            Action::DidNotHelp => Some(StepOutcome::DidNotHelp),
            Action::Skip => Some(StepOutcome::Skipped),
            _ => None,
        }
    }
}
