//! Keeps the journal of opened cards as JSON lines.
//!
//! A line is `{"at":…,"tree":…,"card":…}`: ids and a time, never what was typed. The journal stays on this machine.
//! Lines are only appended, each in one write, so several running programs do not damage each other's lines. Unreadable
//! lines are skipped. The journal only orders cards of equal score, so callers may ignore that writing failed.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{BoundedLines, lines};
use crate::lookup::Opened;

/// Lines from which the journal is compacted.
const MAX_LINES: usize = 2000;

/// Latest lines that are kept by compacting.
///
/// Far more than a half-life of two weeks lets count.
const KEPT_LINES: usize = 1000;

/// Bytes from which the lines of a journal are counted.
///
/// A smaller journal has hardly more than [`MAX_LINES`].
const LEAST_COUNTED: u64 = 64 * 1024;

/// Bytes of a journal that are read, from its end.
///
/// The program keeps its journal shorter; a longer file has other contents.
const MAX_BYTES: u64 = 1 << 20;

/// Bytes of the longest valid line.
///
/// A line has only short ids; a longer line comes from another program.
const LONGEST_LINE: usize = 16 << 10;

/// A journal of opened cards in a file.
#[derive(Clone, Debug)]
pub struct Journal {
    path: PathBuf,
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
struct OpenedRow {
    at: u64,
    tree: String,
    card: String,
}

impl Journal {
    /// Names the file of the journal, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Returns the opened cards, the earliest first.
    ///
    /// Empty if there is no journal. Torn and invalid lines are skipped.
    pub fn read(&self) -> Vec<Opened> {
        let rows = self.lines().into_iter().filter_map(|line| serde_json::from_slice::<OpenedRow>(&line).ok());
        rows.map(|OpenedRow { at, tree, card }| Opened { at, tree, card }).collect()
    }

    /// Appends a line for an opened card.
    pub fn append(&self, opened: &Opened) -> io::Result<()> {
        let row = OpenedRow { at: opened.at, tree: opened.tree.clone(), card: opened.card.clone() };
        let file = lines::append(&self.path, &format!("{}\n", serde_json::to_string(&row)?), false)?;
        let length = file.metadata()?.len();
        if length > LEAST_COUNTED {
            self.compact_if_long(length)?;
        }
        Ok(())
    }

    /// Returns the lines of valid length; none if there is no journal.
    fn lines(&self) -> Vec<Vec<u8>> {
        let Ok(input) = lines::open(&self.path, MAX_BYTES) else { return Vec::new() };
        let lines = BoundedLines::new(input, LONGEST_LINE).map_while(Result::ok);
        lines.filter(|line| !line.is_cut && !line.bytes.is_empty()).map(|line| line.bytes).collect()
    }

    /// Replaces a journal that is too long by its latest lines.
    ///
    /// A line that another program appends in that moment is lost, which does little harm.
    fn compact_if_long(&self, length: u64) -> io::Result<()> {
        if length <= MAX_BYTES && self.lines().len() <= MAX_LINES {
            return Ok(());
        }
        let mut kept = String::new();
        let opened = self.read();
        for Opened { at, tree, card } in opened.into_iter().rev().take(KEPT_LINES).rev() {
            kept.push_str(&serde_json::to_string(&OpenedRow { at, tree, card })?);
            kept.push('\n');
        }
        let new = self.path.with_extension(format!("{}.new", std::process::id()));
        let written = lines::write_new(&new, kept.as_bytes()).and_then(|()| fs::rename(&new, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(at: u64) -> Opened {
        Opened { at, tree: "lamp".to_owned(), card: "fuse".to_owned() }
    }

    fn times(journal: &Journal) -> Vec<u64> {
        journal.read().into_iter().map(|opened| opened.at).collect()
    }

    #[test]
    fn what_is_appended_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("wherefore").join("opened.jsonl");
        let journal = Journal::new(path.clone());
        assert_eq!(journal.read(), []);
        journal.append(&opened(1)).unwrap();
        journal.append(&opened(2)).unwrap();
        assert_eq!(journal.read(), [opened(1), opened(2)]);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().next(), Some(r#"{"at":1,"tree":"lamp","card":"fuse"}"#));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn torn_and_foreign_lines_are_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("opened.jsonl");
        let row = r#"{"at":1,"tree":"lamp","card":"fuse"}"#;
        fs::write(&path, format!("{row}\n\u{0}nonsense\n{{\"at\":-1}}\n[]\n\n{{\"at\":2,\"tr")).unwrap();
        let journal = Journal::new(path);
        assert_eq!(times(&journal), [1]);
        journal.append(&opened(3)).unwrap();
        assert_eq!(times(&journal), [1, 3], "the torn line takes nothing with it");
    }

    #[test]
    fn a_long_journal_keeps_its_latest_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("opened.jsonl");
        let row = |at: usize| format!("{{\"at\":{at},\"tree\":\"lamp\",\"card\":\"fuse\"}}\n");
        fs::write(&path, (0..MAX_LINES).map(row).collect::<String>()).unwrap();
        let journal = Journal::new(path);
        journal.append(&opened(9999)).unwrap();
        let kept = times(&journal);
        assert_eq!((kept.len(), kept.first(), kept.last()), (KEPT_LINES, Some(&1001), Some(&9999)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_learned() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a-file");
        fs::write(&file, "").unwrap();
        for path in [file.join("opened.jsonl"), folder.path().to_owned()] {
            let journal = Journal::new(path.clone());
            assert!(journal.append(&opened(1)).is_err(), "{}", path.display());
            assert_eq!(journal.read(), [], "{}", path.display());
        }
    }
}
