//! Knows how programs use their arguments, from `decision_trees/programs.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The list of programs.
///
/// It is data, because no Rust file knows what the trees are about.
const LIST: &str = include_str!("../../../decision_trees/programs.txt");

/// The way in which a program uses its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ProgramUse {
    /// Reads them as data.
    Data {
        /// Options whose argument is never filled.
        denied: Vec<&'static str>,
        /// Words that make it run an argument as a command.
        runs: Vec<&'static str>,
    },
    /// Reads arguments as code or output files, and input as data.
    Code,
    /// Reads input as data only after one of these first arguments.
    ///
    /// Otherwise it reads its input as code.
    Script(Vec<&'static str>),
    /// Runs them as a command.
    Wrapper {
        /// Options without an argument.
        flags: Vec<&'static str>,
        /// Options with an argument.
        options: Vec<&'static str>,
        /// The number of words before the command.
        words: usize,
    },
    /// Reads them, or its input, as code or as names of variables.
    Again,
}

/// Returns what is known of a program; `name` may be a path.
pub(super) fn find(name: &str) -> Option<&'static ProgramUse> {
    static PROGRAMS: LazyLock<HashMap<&'static str, ProgramUse>> =
        LazyLock::new(|| LIST.lines().filter_map(read).collect());
    PROGRAMS.get(name.rsplit('/').next().unwrap_or(name))
}

/// Reads a line of the list.
fn read(line: &'static str) -> Option<(&'static str, ProgramUse)> {
    let mut words = line.split_ascii_whitespace();
    let (kind, name) = (words.next()?, words.next()?);
    let words: Vec<&'static str> = words.collect();
    let program = match kind {
        "data" => {
            let (runs, denied): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.starts_with('!'));
            ProgramUse::Data { denied, runs: runs.into_iter().map(|word| word.trim_start_matches('!')).collect() }
        }
        "code" => ProgramUse::Code,
        "script" => ProgramUse::Script(words),
        "wrapper" => {
            let (options, flags): (Vec<_>, Vec<_>) =
                words.iter().copied().skip(1).partition(|word: &&str| word.ends_with('='));
            let options = options.into_iter().map(|word: &'static str| word.trim_end_matches('=')).collect();
            ProgramUse::Wrapper { flags, options, words: words.first()?.parse().ok()? }
        }
        "again" => ProgramUse::Again,
        _ => return None,
    };
    Some((name, program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_and_no_program_is_listed_twice() {
        let mut names: Vec<_> = Vec::new();
        for line in LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            names.push(read(line).unwrap_or_else(|| panic!("{line}")).0);
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_program_is_known_by_the_last_part_of_its_path() {
        assert_eq!(find("/usr/bin/ssh"), Some(&ProgramUse::Again));
        assert_eq!(find("acmectl"), None);
        let timeout = ProgramUse::Wrapper {
            flags: vec!["--foreground", "--preserve-status"],
            options: vec!["-k", "-s"],
            words: 1,
        };
        assert_eq!(find("timeout"), Some(&timeout));
    }
}
