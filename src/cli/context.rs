//! Holds the options, output, environment and journals of a command.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::case_journal::CaseJournal;
use super::config::Config;
use super::failure::Failure;
use super::history::History;
use super::output::{Color, Output};
use super::pager::{Pager, is_longer};
use super::training_journal::TrainingJournal;
use crate::session::Redaction;
use crate::store::{Library, Paths};
use crate::tree::problem::Severity;
use crate::tree::{Problem, Tree};
use crate::tui;

/// Columns of lines if nothing tells the width of the terminal.
const COLUMNS: usize = 80;

/// The options that every subcommand has.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// Also read the trees in the folders below DIR; a tree replaces the embedded tree that has its id
    #[arg(long = "tree-dir", alias = "trees", value_name = "DIR", global = true)]
    pub(super) tree_directories: Vec<PathBuf>,
    /// Use numbered lines instead of screens (for screen readers, pipes and simple terminals)
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// Use only ASCII characters
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Do not record cases, opened cards and practice answers, and ignore what was recorded before
    #[arg(long, global = true)]
    pub(super) no_history: bool,
    /// Replace addresses, host names, ids and user names also in what is copied
    #[arg(long, global = true, conflicts_with = "no_redact")]
    pub(super) redact: bool,
    /// Do not replace addresses, host names, ids and user names in reports and notes
    #[arg(long, global = true)]
    pub(super) no_redact: bool,
    /// Do not use a pager for output that is longer than the terminal
    #[arg(long, global = true)]
    pub(super) no_pager: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: Color,
}

/// Everything that a subcommand works with.
pub(super) struct Context {
    pub(super) common: Common,
    pub(super) output: Output,
    pub(super) environment: Environment,
    pub(super) config: Config,
    pub(super) history: History,
    pub(super) training_journal: TrainingJournal,
    pub(super) case_journal: CaseJournal,
}

/// The variables of the environment, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Environment {
    variables: Vec<(String, String)>,
}

impl Context {
    /// Returns where names and addresses are replaced.
    pub(super) fn redaction(&self) -> Redaction {
        match (self.common.redact, self.common.no_redact || !self.config.settings.redacts) {
            (true, _) => Redaction::Everything,
            (false, true) => Redaction::Never,
            (false, false) => Redaction::Reports,
        }
    }
}

impl Environment {
    pub(super) fn read() -> Self {
        let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        Self { variables: std::env::vars_os().filter_map(text).collect() }
    }

    /// Returns the value of a variable that is set and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the value of a variable, even if it is empty.
    fn value(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether the terminal can move its cursor.
    pub(super) fn can_move_cursor(&self) -> bool {
        self.get("TERM").is_some_and(|name| name != "dumb")
    }
}

impl Context {
    /// Writes text to standard output.
    ///
    /// A terminal that it does not fit on gets a pager.
    pub(super) fn page(&mut self, text: &str) -> io::Result<()> {
        let is_wanted = !self.common.no_pager && !self.common.plain && self.environment.can_move_cursor();
        let size = tui::terminal_size().filter(|_| is_wanted && self.output.is_seen());
        let pager =
            size.filter(|size| is_longer(text, *size)).and_then(|_| Pager::named(|name| self.environment.value(name)));
        match pager {
            Some(pager) => self.output.page(&pager, text),
            None => self.output.write(text),
        }
    }

    /// Returns the columns to which text in lines is wrapped.
    pub(super) fn columns(&self) -> usize {
        let said = self.environment.get("COLUMNS").and_then(|columns| columns.trim().parse().ok());
        let measured = || tui::terminal_size().filter(|_| self.output.is_seen()).map(|(columns, _)| columns);
        said.or_else(measured).filter(|columns| *columns > 0).map_or(COLUMNS, usize::from)
    }

    /// Reads all trees.
    ///
    /// These are the embedded trees, those of the configuration directory, and those of `--tree-dir`.
    pub(super) fn library(&self) -> Result<Library, Failure> {
        let mut library = Library::embedded();
        if let Some(own) = Paths::from_environment().trees {
            library.add_directory(&own, false);
        }
        for directory in &self.common.tree_directories {
            if !directory.is_dir() {
                return Err(Failure::usage(
                    format!("{} is not a folder", directory.display()),
                    "--tree-dir takes a tree's folder, or a folder that contains trees",
                ));
            }
            library.add_directory(directory, true);
        }
        Ok(library)
    }

    /// Reads all trees, and reports problems of the user's trees.
    ///
    /// The report goes to standard error.
    pub(super) fn library_saying_problems(&mut self) -> Result<Library, Failure> {
        let library = self.library()?;
        if let Some(summary) = summary_of(&library.problems) {
            self.output.warn(&summary);
        }
        Ok(library)
    }

    /// Returns the trees with these ids, or all trees.
    pub(super) fn trees(library: &Library, ids: &[String]) -> Result<Vec<Arc<Tree>>, Failure> {
        if ids.is_empty() {
            return Ok(library.trees.clone());
        }
        let mut trees: Vec<Arc<Tree>> = Vec::new();
        for id in ids {
            let tree = Self::tree(library, id)?;
            if !trees.iter().any(|known| known.id == tree.id) {
                trees.push(tree);
            }
        }
        Ok(trees)
    }

    /// Returns the tree with an id.
    ///
    /// The error suggests the most similar id.
    pub(super) fn tree(library: &Library, id: &str) -> Result<Arc<Tree>, Failure> {
        let ids = library.trees.iter().map(|tree| tree.id.as_str());
        let found = library.tree(id).cloned();
        found.ok_or_else(|| Failure::unknown("tree", id, ids, "wherefore trees list shows all"))
    }
}

/// Sums up problems and replaced trees in a few lines, if any.
pub(super) fn summary_of(problems: &[Problem]) -> Option<String> {
    let notes = problems.iter().filter(|problem| problem.severity() == Severity::Note);
    let mut said: Vec<String> = notes.map(|problem| format!("note: {}", problem.message)).collect();
    let wrong = problems.iter().filter(|problem| problem.severity() != Severity::Note).count();
    if wrong > 0 {
        let problems = crate::text::count(wrong, "problem", "problems");
        said.push(format!("note: {problems} in your own trees; see wherefore trees check"));
    }
    (!said.is_empty()).then(|| said.join("\n"))
}
