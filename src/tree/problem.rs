//! Problems of trees: a stable code, a place, a message, and help.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::{self, CleanText};

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal;)*) => {
        /// The kind of a problem. Its name is stable: scripts and fixtures rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// All codes, in the order in which they are found.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// Returns the printed name, in `kebab-case`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Returns the meaning of the code, one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Code::$variant => $about,)* }
            }

            /// Returns the severity.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    Unreadable "unreadable" Error "A file or folder cannot be read.";
    NoTreeFile "no-tree-file" Error "The folder has no tree.json.";
    StrayFile "stray-file" Warning "The folder holds a file that no part of the program reads.";
    FileTooLarge "file-too-large" Error "The file is larger than a tree's file may be.";
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text.";
    ByteOrderMark "byte-order-mark" Error "The file starts with a byte-order mark.";
    NestedTooDeep "nested-too-deep" Error "The JSON is nested deeper than any tree needs.";
    NotJson "not-json" Error "The file is not JSON.";
    TrailingText "trailing-text" Error "Text follows the JSON document.";
    DuplicateKey "duplicate-key" Error "An object has the same name twice.";
    UnknownField "unknown-field" Error "A field has a name that the format does not know.";
    MissingField "missing-field" Error "A field that is needed is not there.";
    WrongType "wrong-type" Error "A value has another type than the format says.";
    BadValue "bad-value" Error "A value is none of those that the format knows.";
    EmptyText "empty-text" Error "A text that is shown to people is empty.";
    TodoText "todo-text" Error "A text still says TODO, and an operator would read it.";
    ExampleLink "example-link" Warning "A page to read has an address that is reserved for examples.";
    NotReviewed "not-reviewed" Warning "The date of the last review is not in the calendar.";
    FormatTooNew "format-too-new" Error "The file is written in a newer format than this program reads.";
    FormatTooOld "format-too-old" Error "The file is written in an older format than this program reads.";
    BadId "bad-id" Error "An id is not made of lower-case words joined by hyphens.";
    IdNotFolder "id-not-folder" Error "The tree's id is not its folder's name.";
    DuplicateId "duplicate-id" Error "Two entries of one list have the same id.";
    NoOptions "no-options" Error "A question has no options.";
    TooManyOptions "too-many-options" Error "A question has more options than there are digits.";
    ValueCouldAct "value-could-act" Warning "A value from evidence could act in a command, so none is filled in.";
    CurlReadsBrackets "curl-reads-brackets" Warning "curl would read brackets in a value as many URLs.";
    BadPattern "bad-pattern" Error "A pattern cannot be understood.";
    BadFormat "bad-log-format" Error "A log format cannot be understood.";
    AmbiguousFormat "ambiguous-log-format" Error "A log format does not say where a field ends, or fits every line.";
    UnknownQuestion "unknown-question" Error "A question is named that does not exist.";
    UnknownOption "unknown-option" Error "An option is named that the question does not have.";
    MissingOption "missing-option" Error "A node has no branch for one of the question's options.";
    UnknownCard "unknown-card" Error "A card is named that does not exist.";
    UnknownTree "unknown-tree" Warning "A link leads to a tree that is not here; it is shown as text.";
    LinkLoop "link-loop" Error "A link leads back to where it came from without a question on the way.";
    UnknownBranch "unknown-branch" Error "A branch is named that does not exist.";
    UnknownCause "unknown-cause" Error "A remedy or a drill names a cause that the card does not have.";
    UnknownRemedy "unknown-remedy" Error "A drill names a remedy that its card does not have.";
    UnfixedCause "unfixed-cause" Warning "No remedy fixes or observes this cause.";
    Loop "loop" Error "A branch leads back to itself.";
    TreeTooLarge "tree-too-large" Error "The branching has more paths than the program follows.";
    UnreachableCard "unreachable-card" Error "No path leads to the card.";
    LostCard "lost-card" Error "A card is lost for an operator who can answer only the first question.";
    UnreachableQuestion "unreachable-question" Error "The question is asked nowhere.";
    UnreachableBranch "unreachable-branch" Error "Nothing refers to the branch.";
    UselessQuestion "useless-question" Error "The question is asked where it separates no two cards.";
    UnseparatedCards "unseparated-cards" Warning "No question separates two cards, and neither says how to tell them apart.";
    NoUndo "no-undo" Error "A remedy changes something and does not say how to undo it.";
    FixesNothing "fixes-nothing" Error "A remedy changes something and fixes no cause.";
    OneSidedSharing "one-sided-sharing" Error "A card shares its signatures with a card that does not say so.";
    SampleNotMatched "sample-not-matched" Error "A pattern or log format does not match its own sample.";
    NeverMatched "never-matched" Error "A pattern or log format matches a line that it must never match.";
    UnsampledPattern "unsampled-pattern" Warning "No line of the tree has the text that proves an answer.";
    SampleOfAnother "sample-of-another" Error "A sample of one card is matched by a signature of another.";
    SampleOfAnotherTree "sample-of-another-tree" Warning "A sample of a card is matched by a signature of a card in another tree.";
    UndescribedValue "undescribed-value" Warning "Nothing says what a placeholder means and how to get its value.";
    BadExample "bad-example" Error "The example of a value does not look like one.";
    LongCard "long-card" Warning "The short form of a card is too long to read during an incident.";
    LongQuestion "long-question" Warning "A question and its options do not fit on one screen.";
    UnknownSharedCard "unknown-shared-card" Warning "A card shares its signatures with a card of another tree that is not there.";
    NoGoldenCase "no-golden-case" Warning "No golden case ends in the card or lists it.";
    CaseFailed "case-failed" Error "A golden case does not end as it says.";
    DrillFailed "drill-failed" Error "The text of an exercise contradicts its card, or gives it away.";
    EverydayTells "everyday-tells" Error "A line of normal operation points to a card, or proves an answer.";
    ReplacesTree "replaces-tree" Note "A tree of the user replaces another of the same id.";
}

/// The most problems that are listed of one file.
///
/// More problems usually come from one mistake, and are too many to read.
pub const MAX_PROBLEMS: usize = 100;

/// The most bytes that are shown to either side of a place.
const MAX_SHOWN: usize = 120;

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program leaves out or replaces what is wrong.
    Error,
    /// The program works, and the author probably meant something else.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The text of the line, cleaned; if long, only near the place.
    pub text: CleanText,
    /// The bytes of `text` that are meant.
    pub marked: Range<usize>,
}

/// One thing that is wrong with a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// The file or folder, as the reader of files named it.
    pub path: CleanText,
    /// The place, if the problem is about a place in a file.
    pub place: Option<Place>,
    /// The problem, one sentence.
    pub message: CleanText,
    /// The way to correct it, one sentence.
    pub help: CleanText,
}

impl Problem {
    /// Makes a problem of a whole file or folder.
    pub fn of_file(code: Code, path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        let line = |text: String| CleanText::line(&text);
        Self { code, path: line(path.into()), place: None, message: line(message.into()), help: line(help.into()) }
    }

    /// Returns how much the problem matters.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Returns whether a list has a problem that fails a check.
pub fn any_error(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity() == Severity::Error)
}

/// The path and text of a file, from which places are computed.
#[derive(Clone, Copy, Debug)]
pub struct SourceText<'s> {
    /// The file's path, for people.
    pub path: &'s str,
    /// The whole text.
    pub text: &'s str,
}

impl SourceText<'_> {
    /// Makes a problem at a range of bytes of this file.
    pub fn problem(
        &self,
        code: Code,
        at: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem { place: Some(self.place(at)), ..Problem::of_file(code, self.path, message, help) }
    }

    /// Returns the place of a range of bytes.
    pub fn place(&self, at: &Range<usize>) -> Place {
        let start = floor(self.text, at.start);
        let end = floor(self.text, at.end.max(start));
        let before = self.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let text = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let from = (start - line_start).min(text.len());
        let first = floor(text, from.saturating_sub(MAX_SHOWN));
        let last = floor(text, from + MAX_SHOWN);
        let to = (end - line_start).clamp(from, last);
        let shown = |from: usize, to: usize| text::clean(text.get(from..to).unwrap_or_default());
        let (before_mark, mark, after_mark) = (shown(first, from), shown(from, to), shown(to, last));
        Place {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: self.text.get(line_start..start).unwrap_or_default().chars().count() + 1,
            marked: before_mark.len()..before_mark.len() + mark.len(),
            text: (before_mark + &mark + &after_mark).into(),
        }
    }
}

/// Returns the last character boundary that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let source = SourceText { path: "t.json", text: "{\n  \"é\": nul\n}" };
        let problem = source.problem(Code::NotJson, &(10..13), "message", "help");
        let place = problem.place.unwrap();
        assert_eq!((place.line, place.column), (2, 8));
        assert_eq!(&place.text[place.marked], "nul");
    }

    #[test]
    fn a_place_outside_of_the_text_is_its_end() {
        let place = SourceText { path: "t.json", text: "é" }.place(&(1..99));
        assert_eq!((place.line, place.column, place.marked), (1, 1, 0..2));
    }

    #[test]
    fn the_names_of_codes_are_unique_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '8')));
    }
}
