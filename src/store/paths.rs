//! Finds the user's files in the XDG base directories.
//!
//! They are used on every system, because people look there for the files of a command-line program.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// Folders and files of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The settings: `$XDG_CONFIG_HOME/wherefore/config.toml`.
    ///
    /// `None` if there is no home directory.
    pub config: Option<PathBuf>,
    /// The user's trees: `$XDG_CONFIG_HOME/wherefore/trees`.
    ///
    /// `None` if there is no home directory.
    pub trees: Option<PathBuf>,
    /// The journal of opened cards: `$XDG_STATE_HOME/wherefore/opened.jsonl`.
    ///
    /// `None` if there is no home directory.
    pub opened: Option<PathBuf>,
    /// The journal of training: `$XDG_STATE_HOME/wherefore/progress.jsonl`.
    ///
    /// `None` if there is no home directory.
    pub progress: Option<PathBuf>,
    /// The folder of the cases: `$XDG_STATE_HOME/wherefore/cases`.
    ///
    /// `None` if there is no home directory.
    pub cases: Option<PathBuf>,
}

impl Paths {
    /// Finds the paths by the environment.
    ///
    /// Ignores paths that are not absolute, as the XDG specification demands.
    pub fn from_environment() -> Self {
        let Ok(base) = Xdg::new() else { return Self::default() };
        let state = base.state_dir().filter(|state| state.is_absolute()).map(|state| state.join("wherefore"));
        let config =
            Some(base.config_dir()).filter(|config| config.is_absolute()).map(|config| config.join("wherefore"));
        Self {
            config: config.as_ref().map(|config| config.join("config.toml")),
            trees: config.map(|config| config.join("trees")),
            opened: state.as_ref().map(|state| state.join("opened.jsonl")),
            progress: state.as_ref().map(|state| state.join("progress.jsonl")),
            cases: state.map(|state| state.join("cases")),
        }
    }

    /// Explains why there are no folders.
    pub fn why_none() -> &'static str {
        match Xdg::new() {
            Ok(base) if !base.home_dir().is_absolute() => "HOME is not an absolute path",
            _ => "there is no home directory",
        }
    }
}
