//! Keeps the journal of training: every answer as a JSON line.
//!
//! The journal stays on this machine. Lines are only appended, each in one write that is on the disk before the
//! solution is shown, so a program that is killed loses at most the answer that it was writing. Nothing is rewritten:
//! forgetting is a line of its own, and reading returns the answers since. A torn line is dropped and reported.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{BoundedLine, BoundedLines, day, lines};
use crate::drill::progress::Answered;
use crate::drill::schedule::Grade;

/// Number of the journal's format.
const FORMAT: u32 = 1;

/// Bytes of a journal that are read, from its end.
///
/// More than the answers of a lifetime.
const MAX_BYTES: u64 = 64 << 20;

/// Bytes of the longest valid line.
///
/// An answer has only a few ids of cards; a longer line comes from another program.
const LONGEST_LINE: usize = 64 << 10;

/// An answer, and the seed of its exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The answer, its card and its day.
    pub answered: Answered,
    /// The seed of the exercise.
    pub seed: u64,
}

/// The contents of a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The answers that were not forgotten, by day.
    ///
    /// Answers of one day are in the order in which they were given.
    pub kept: Vec<Kept>,
    /// Whether the last line was torn, and is lost.
    pub is_torn: bool,
    /// Number of other unreadable lines: torn earlier, or invalid.
    pub unreadable: usize,
    /// Number of lines written by a later version.
    pub newer: usize,
}

/// The answers to forget: of all trees, one tree or one card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forget {
    /// Forget only this tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<String>,
    /// Forget only this card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
}

/// A journal of training in a file.
#[derive(Clone, Debug)]
pub struct ProgressJournal {
    path: PathBuf,
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum JournalRow {
    Answer(AnswerRow),
    Forget { forget: Forget },
}

#[derive(Serialize, Deserialize)]
struct AnswerRow {
    day: String,
    tree: String,
    card: String,
    grade: GradeWord,
    #[serde(rename = "taken_for", default, skip_serializing_if = "Option::is_none")]
    confused_with: Option<String>,
    #[serde(rename = "told_from", default, skip_serializing_if = "Vec::is_empty")]
    distinguished_from: Vec<String>,
    seed: u64,
}

/// A line with the number of its format.
///
/// The number says whether the rest of the line can be understood.
#[derive(Serialize, Deserialize)]
struct Numbered<T> {
    format: u32,
    #[serde(flatten)]
    row: T,
}

/// The number of a line's format, whatever else the line has.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum GradeWord {
    Again,
    Hard,
    Good,
    Easy,
}

impl ProgressJournal {
    /// Names the file of the journal, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the journal; a missing file is an empty journal.
    pub fn read(&self) -> io::Result<Read> {
        match lines::open(&self.path, MAX_BYTES) {
            Ok(input) => read(input),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Read::default()),
            Err(error) => Err(error),
        }
    }

    /// Appends an answer; it is on the disk when this returns.
    pub fn keep(&self, kept: &Kept) -> io::Result<()> {
        self.append(&line(&answer_row(kept)?)?)
    }

    /// Forgets earlier answers: they no longer count.
    ///
    /// Their lines stay, so nothing else can be lost.
    pub fn forget(&self, forget: Forget) -> io::Result<()> {
        self.append(&line(&JournalRow::Forget { forget })?)
    }

    /// Adds the answers of an exported journal that are missing here.
    ///
    /// Writes them in one write, and returns how many there were. An answer may occur several times. It is then kept as
    /// often as in the journal that has it more often.
    pub fn import(&self, found: Read) -> io::Result<Imported> {
        let mut known: HashMap<String, usize> = HashMap::new();
        for kept in self.read()?.kept {
            *known.entry(line(&answer_row(&kept)?)?).or_default() += 1;
        }
        let mut new = String::new();
        let mut imported = Imported { new: 0, known: 0, unreadable: found.unreadable + found.newer };
        imported.unreadable += usize::from(found.is_torn);
        for kept in found.kept {
            let line = line(&answer_row(&kept)?)?;
            match known.get_mut(&line).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    imported.known += 1;
                }
                None => {
                    new.push_str(&line);
                    imported.new += 1;
                }
            }
        }
        if !new.is_empty() {
            self.append(&new)?;
        }
        Ok(imported)
    }

    fn append(&self, text: &str) -> io::Result<()> {
        lines::append(&self.path, text, true).map(drop)
    }
}

/// The result of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Number of new answers.
    pub new: usize,
    /// Number of answers that were known already.
    pub known: usize,
    /// Number of lines that could not be read.
    pub unreadable: usize,
}

/// Returns answers as lines, to be imported elsewhere.
pub fn export(kept: &[Kept]) -> io::Result<String> {
    kept.iter().map(|kept| line(&answer_row(kept)?)).collect()
}

/// Reads an exported journal, to be imported.
///
/// Fails if the input is longer than any journal.
pub fn read_exported(input: impl BufRead) -> io::Result<Read> {
    let mut input = input.take(MAX_BYTES + 1);
    let found = read(&mut input)?;
    match input.limit() {
        0 => Err(io::Error::other(format!("it is longer than {} MiB, so it cannot be a journal", MAX_BYTES >> 20))),
        _ => Ok(found),
    }
}

fn line(row: &JournalRow) -> io::Result<String> {
    Ok(escaped(&serde_json::to_string(&Numbered { format: FORMAT, row })?) + "\n")
}

/// Escapes all characters except printable ASCII.
///
/// A line may be printed on a terminal. Escaping does not change the meaning of JSON.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            ' '..='~' => escaped.push(character),
            other => {
                let units =
                    other.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                escaped.push_str(&units);
            }
        }
    }
    escaped
}

fn answer_row(kept: &Kept) -> io::Result<JournalRow> {
    let Answered { day, tree, card, confused_with, distinguished_from, grade } = kept.answered.clone();
    let day = day::date_of(day).ok_or_else(|| io::Error::other("this date does not exist"))?;
    let grade = match grade {
        Grade::Again => GradeWord::Again,
        Grade::Hard => GradeWord::Hard,
        Grade::Good => GradeWord::Good,
        Grade::Easy => GradeWord::Easy,
    };
    Ok(JournalRow::Answer(AnswerRow { day, tree, card, grade, confused_with, distinguished_from, seed: kept.seed }))
}

fn kept(row: AnswerRow) -> Option<Kept> {
    let AnswerRow { day, tree, card, grade, confused_with, distinguished_from, seed } = row;
    let grade = match grade {
        GradeWord::Again => Grade::Again,
        GradeWord::Hard => Grade::Hard,
        GradeWord::Good => Grade::Good,
        GradeWord::Easy => Grade::Easy,
    };
    let answered = Answered { day: day::number_of(&day)?, tree, card, confused_with, distinguished_from, grade };
    Some(Kept { answered, seed })
}

/// Reads line by line; holds only the answers that count.
fn read(input: impl BufRead) -> io::Result<Read> {
    let mut read = Read::default();
    for line in BoundedLines::new(input, LONGEST_LINE) {
        let BoundedLine { bytes, is_ended, .. } = line?;
        if bytes.is_empty() {
            continue;
        }
        if serde_json::from_slice::<FormatOnly>(&bytes).is_ok_and(|line| line.format > FORMAT) {
            read.newer += 1;
            continue;
        }
        match serde_json::from_slice::<Numbered<JournalRow>>(&bytes).map(|numbered| numbered.row) {
            Ok(JournalRow::Forget { forget }) => read.kept.retain(|kept| !forget.is_about(&kept.answered)),
            Ok(JournalRow::Answer(row)) => match kept(row) {
                Some(kept) => read.kept.push(kept),
                None => read.unreadable += 1,
            },
            // Complete lines have an end; the last one may have been cut while it was written.
            Err(_) if !is_ended => read.is_torn = true,
            Err(_) => read.unreadable += 1,
        }
    }
    // Imported answers are behind later ones in the file.
    read.kept.sort_by_key(|kept| kept.answered.day);
    Ok(read)
}

impl Forget {
    fn is_about(&self, answered: &Answered) -> bool {
        self.tree.as_ref().is_none_or(|tree| *tree == answered.tree)
            && self.card.as_ref().is_none_or(|card| *card == answered.card)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn kept(card: &str, day: i64) -> Kept {
        let answered = Answered {
            day,
            tree: "lamp".to_owned(),
            card: card.to_owned(),
            confused_with: (card == "fuse").then(|| "bulb".to_owned()),
            distinguished_from: vec!["cable".to_owned()],
            grade: if card == "fuse" { Grade::Again } else { Grade::Good },
        };
        Kept { answered, seed: u64::MAX - 7 }
    }

    fn journal() -> (tempfile::TempDir, ProgressJournal) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("wherefore").join("progress.jsonl");
        (folder, ProgressJournal::new(path))
    }

    #[test]
    fn what_is_kept_is_read() {
        let (_folder, journal) = journal();
        assert_eq!(journal.read().unwrap(), Read::default());
        journal.keep(&kept("fuse", 20_468)).unwrap();
        journal.keep(&kept("bulb", 20_469)).unwrap();
        assert_eq!(journal.read().unwrap().kept, [kept("fuse", 20_468), kept("bulb", 20_469)]);
        let first = fs::read_to_string(journal.path()).unwrap().lines().next().unwrap().to_owned();
        let expected = r#"{"format":1,"day":"2026-01-15","tree":"lamp","card":"fuse","grade":"again","taken_for":"bulb","told_from":["cable"],"seed":18446744073709551608}"#;
        assert_eq!(first, expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(journal.path()).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_journal_cut_at_any_byte_loses_one_answer_at_most_and_takes_the_next() {
        let (_folder, journal) = journal();
        for day in 0..3 {
            journal.keep(&kept("fuse", day)).unwrap();
        }
        let whole = fs::read(journal.path()).unwrap();
        for length in 0..=whole.len() {
            fs::write(journal.path(), &whole[..length]).unwrap();
            let ends = whole[..length].iter().filter(|byte| **byte == b'\n').count();
            let read = journal.read().unwrap();
            // A line that lacks only its end is complete.
            let lacks_its_end = whole.get(length) == Some(&b'\n');
            assert_eq!(read.kept.len(), ends + usize::from(lacks_its_end), "{length}");
            let is_between = length == 0 || whole[length - 1] == b'\n';
            assert_eq!(read.is_torn, !lacks_its_end && !is_between, "{length}");
            assert_eq!(read.unreadable, 0, "{length}");
            journal.keep(&kept("bulb", 9)).unwrap();
            let after = journal.read().unwrap();
            assert_eq!(after.kept.len(), read.kept.len() + 1, "{length}");
            assert_eq!((after.is_torn, after.unreadable), (false, usize::from(read.is_torn)), "{length}");
        }
    }

    #[test]
    fn what_is_not_ours_is_left_alone_and_counted() {
        let (_folder, journal) = journal();
        journal.keep(&kept("fuse", 1)).unwrap();
        let mut text = fs::read_to_string(journal.path()).unwrap();
        text.push_str("nonsense\n{\"format\":2,\"day\":[]}\n[]\n\u{0}\n");
        text.push_str(&text.clone().lines().next().unwrap().replace("1970-01-02", "someday"));
        text.push('\n');
        fs::write(journal.path(), &text).unwrap();
        let read = journal.read().unwrap();
        assert_eq!((read.kept.len(), read.newer, read.unreadable, read.is_torn), (1, 1, 4, false));
    }

    #[test]
    fn an_import_adds_what_is_missing_and_the_second_one_nothing() {
        let (_one, here) = journal();
        let (_other, there) = journal();
        for day in [5, 6, 6] {
            there.keep(&kept("fuse", day)).unwrap();
        }
        here.keep(&kept("fuse", 6)).unwrap();
        here.keep(&kept("bulb", 9)).unwrap();
        let exported = export(&there.read().unwrap().kept).unwrap();
        let import = |text: &str| here.import(read_exported(text.as_bytes()).unwrap()).unwrap();
        let imported = import(&exported);
        assert_eq!(imported, Imported { new: 2, known: 1, unreadable: 0 });
        let expected = [kept("fuse", 5), kept("fuse", 6), kept("fuse", 6), kept("bulb", 9)];
        assert_eq!(here.read().unwrap().kept, expected, "by day");
        let again = import(&exported);
        assert_eq!(again, Imported { new: 0, known: 3, unreadable: 0 });
        assert_eq!(import("nonsense\n{\"torn").unreadable, 2);
    }

    #[test]
    fn to_forget_is_a_line_and_what_comes_later_counts() {
        let (_folder, journal) = journal();
        for card in ["fuse", "bulb"] {
            journal.keep(&kept(card, 1)).unwrap();
        }
        let backup = export(&journal.read().unwrap().kept).unwrap();
        journal.forget(Forget { tree: Some("lamp".to_owned()), card: Some("fuse".to_owned()) }).unwrap();
        assert_eq!(journal.read().unwrap().kept, [kept("bulb", 1)]);
        journal.keep(&kept("fuse", 2)).unwrap();
        assert_eq!(journal.read().unwrap().kept, [kept("bulb", 1), kept("fuse", 2)]);
        journal.forget(Forget { tree: Some("desk".to_owned()), card: None }).unwrap();
        assert_eq!(journal.read().unwrap().kept.len(), 2, "another tree");
        journal.forget(Forget::default()).unwrap();
        assert_eq!(journal.read().unwrap(), Read::default());
        assert_eq!(fs::read_to_string(journal.path()).unwrap().lines().count(), 6, "nothing is rewritten");
        assert_eq!(
            journal.import(read_exported(backup.as_bytes()).unwrap()).unwrap().new,
            2,
            "what was forgotten can be brought back"
        );
        assert_eq!(journal.read().unwrap().kept.len(), 2);
    }

    #[test]
    fn a_line_is_printable_whatever_stands_in_it_and_means_the_same() {
        let (_folder, journal) = journal();
        for hostile in ["\u{1b}]52;c;eA==\u{7}", "\u{9b}2J\u{202e}\u{7f}", "caf\u{e9} \u{1f4a1} \\u0041 \"quoted\""] {
            let mut one = kept("bulb", 3);
            (one.answered.tree, one.answered.distinguished_from) = (hostile.to_owned(), vec![hostile.to_owned()]);
            journal.keep(&one).unwrap();
            assert_eq!(journal.read().unwrap().kept.last(), Some(&one));
        }
        let text = fs::read_to_string(journal.path()).unwrap();
        assert!(text.chars().all(|character| matches!(character, ' '..='~' | '\n')), "{text}");
    }

    #[test]
    fn of_a_long_journal_the_end_is_read_from_a_line_on() {
        let (_folder, journal) = journal();
        for day in 0..3 {
            journal.keep(&kept("bulb", day)).unwrap();
        }
        let length = fs::read(journal.path()).unwrap().len() as u64 / 3;
        for (most, expected) in [(3, 3), (2, 2), (1, 1)].map(|(lines, expected)| (lines * length, expected)) {
            for (most, expected) in [(most, expected), (most - 1, expected - 1)] {
                let found = read(lines::open(journal.path(), most).unwrap()).unwrap();
                assert_eq!((found.kept.len(), found.unreadable, found.is_torn), (expected, 0, false), "{most}");
            }
        }
    }

    #[test]
    fn where_nothing_can_be_written_that_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a-file");
        fs::write(&file, "").unwrap();
        for path in [file.join("progress.jsonl"), folder.path().to_owned()] {
            assert!(ProgressJournal::new(path.clone()).keep(&kept("fuse", 1)).is_err(), "{}", path.display());
        }
    }
}
