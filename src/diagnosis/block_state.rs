//! Decides whether a line continues the block of the lines before it.
//!
//! A block of several lines is one trouble: a stack trace with the line of the log before it, a framed error, an error
//! with details in the same paragraph. All lines belong to a block; most blocks are one line.
//!
//! A state machine over the shapes of lines ([`LineShape`]). Its state depends on the last [`CONTEXT`] bytes before a line
//! and on nothing else, so that a part of a text gives the same blocks as the whole text if it is read after as many bytes.
//! It fails where a program writes details in a form of its own: they are blocks of their own.

use super::line_shape::LineShape;

/// Bytes before a line on which its block depends.
///
/// A line of a log with a message of some kilobytes fits, and copying as many for each turn of reading costs nothing.
pub(super) const CONTEXT: usize = 16 << 10;

/// Bytes behind an error line that may have its details.
///
/// Terraform writes up to 2 KiB about one error.
const DETAILS: usize = 4 << 10;

/// The part of a block that the last line was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BlockPart {
    /// A line that says nothing about the next one.
    #[default]
    Other,
    /// A line of a log, or an indented line behind it.
    LogLine,
    LogText,
    /// A line of the paragraph that an error begins.
    Paragraph,
    PanicHead,
    Exception,
    CauseList,
    Frame,
    TracebackHead,
    TracebackFile,
    /// The source of a traceback's frame.
    TracebackSource,
    /// The last line of a traceback.
    TracebackEnd,
    TracebackLink,
    Routine,
    /// The place of source that follows, and the source.
    SourcePlace,
    Source,
    /// The place of the setting that an error is about.
    SettingPlace,
    /// The text behind that place.
    Details,
    Frameline,
}

/// The use of a line for a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TellingRank {
    /// It is only told if it is trouble by itself.
    #[default]
    Any,
    /// It names the failure; the first of a block stands for it.
    Head,
    /// It names the cause; the last of a block stands for it.
    Cause,
}

/// The relation of a line to the lines before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BlockStep {
    /// Whether it belongs to the block of the line before it.
    pub(super) continues: bool,
    pub(super) rank: TellingRank,
    /// Whether an error of Terraform is counted at this line.
    pub(super) is_config_error: bool,
}

/// The state behind some lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BlockState {
    last: BlockPart,
    /// Blank lines behind the last line, up to 2.
    blanks: u8,
    /// Bytes since the last line that is plain to see began.
    age: usize,
}

impl BlockState {
    /// Returns the state behind whole lines.
    ///
    /// The lines that begin in the last [`CONTEXT`] bytes of a text are enough.
    pub(super) fn behind(text: &[u8]) -> Self {
        let mut state = Self::default();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            state.step(line);
        }
        state
    }

    /// Reads the next line, given with its end.
    pub(super) fn step(&mut self, line: &[u8]) -> BlockStep {
        let shape = LineShape::of(line.trim_ascii_end());
        if self.age > CONTEXT {
            self.last = BlockPart::Other;
        }
        let (next, step) = self.next(shape);
        match next {
            Some(next) => (self.last, self.blanks) = (next, 0),
            None => self.blanks = (self.blanks + 1).min(2),
        }
        self.age = if shape.is_plain_to_see() { 0 } else { self.age };
        self.age = self.age.saturating_add(line.len());
        step
    }

    /// Returns the part that a line is; `None` for a blank line.
    fn next(&self, shape: LineShape) -> (Option<BlockPart>, BlockStep) {
        use BlockPart as Part;
        use TellingRank::{Any, Cause, Head};
        let (last, follows) = (self.last, self.blanks == 0);
        let has_details = self.age <= DETAILS;
        let is_behind_log = follows && matches!(last, Part::LogLine | Part::LogText);
        let is_behind_source = last == Part::Source;
        let is_behind_traceback = follows && matches!(last, Part::TracebackFile | Part::TracebackSource);
        let (part, continues, rank) = match shape {
            LineShape::Blank => return (None, BlockStep { continues: true, ..BlockStep::default() }),
            LineShape::LogLine => (Part::LogLine, false, Any),
            LineShape::ErrorHead => (Part::Paragraph, is_behind_log || is_behind_source, Head),
            LineShape::CrashHead => (Part::Paragraph, false, Head),
            LineShape::PanicHead => (Part::PanicHead, false, Head),
            LineShape::ExceptionHead if is_behind_traceback => (Part::Exception, true, Cause),
            LineShape::ExceptionHead => (Part::Exception, is_behind_log || is_behind_source, Head),
            LineShape::Cause => (Part::Exception, true, Cause),
            LineShape::CauseList => (Part::CauseList, true, Any),
            LineShape::StackFrame => (Part::Frame, true, Any),
            LineShape::TracebackHead => {
                let may_announce = matches!(last, Part::Other | Part::Paragraph);
                let continues = last == Part::TracebackLink || is_behind_log || follows && may_announce;
                (Part::TracebackHead, continues, Any)
            }
            LineShape::TracebackLink => {
                (Part::TracebackLink, matches!(last, Part::TracebackEnd | Part::Exception), Any)
            }
            LineShape::TracebackFile => (Part::TracebackFile, true, Any),
            LineShape::Routine => {
                let is_of_panic = matches!(last, Part::Paragraph | Part::Frame | Part::Routine);
                (Part::Routine, is_of_panic || is_behind_log, Any)
            }
            LineShape::SourcePlace => (Part::SourcePlace, false, Any),
            LineShape::SettingPlace if has_details && matches!(last, Part::Paragraph | Part::SettingPlace) => {
                (Part::SettingPlace, true, Any)
            }
            LineShape::FrameTop => (Part::Frameline, false, Any),
            LineShape::FrameLine | LineShape::FrameBottom => (Part::Frameline, follows && last == Part::Frameline, Any),
            LineShape::FrameHead => (Part::Frameline, follows && last == Part::Frameline, Head),
            LineShape::SettingPlace | LineShape::Numbered | LineShape::Indented => match last {
                Part::SettingPlace | Part::Details if has_details && self.blanks < 2 => (last, true, Any),
                Part::TracebackFile if follows => (Part::TracebackSource, true, Any),
                Part::CauseList if follows => (last, true, Cause),
                Part::SourcePlace if follows => (Part::Source, true, Any),
                Part::LogLine if follows => (Part::LogText, true, Any),
                Part::Paragraph | Part::Routine if follows && has_details => (last, true, Any),
                Part::PanicHead if follows => (Part::Paragraph, true, Cause),
                Part::Other | Part::TracebackLink | Part::Frameline => (Part::Other, false, Any),
                _ => (last, follows, Any),
            },
            LineShape::Closing | LineShape::Plain => {
                let is_closing = shape == LineShape::Closing;
                match last {
                    _ if is_behind_traceback => (Part::TracebackEnd, true, Cause),
                    Part::PanicHead if follows => (Part::Paragraph, true, Cause),
                    Part::Paragraph | Part::Details if follows && has_details => (last, true, Any),
                    Part::SettingPlace | Part::Details if has_details && self.blanks < 2 => (Part::Details, true, Any),
                    Part::Routine | Part::Frame if follows && is_closing => (Part::Frame, true, Any),
                    _ => (Part::Other, false, Any),
                }
            }
        };
        let is_place = shape == LineShape::SettingPlace && last == Part::Paragraph;
        let is_config_error = shape == LineShape::FrameHead || is_place && continues;
        // A block that ended for good says nothing about the next line.
        let part = if continues || shape.is_plain_to_see() { part } else { Part::Other };
        (Some(part), BlockStep { continues, rank, is_config_error })
    }
}

#[cfg(test)]
mod tests;
