//! Where the user's own files are: the XDG base directories, on every system, because that is where people look for the
//! files of a command-line program.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// The folders of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The user's own trees: `$XDG_CONFIG_HOME/wherefore/trees`. `None` if there is no home directory.
    pub trees: Option<PathBuf>,
}

impl Paths {
    /// As the environment says.
    pub fn from_environment() -> Self {
        let trees = Xdg::new().ok().map(|base| base.config_dir().join("wherefore").join("trees"));
        Self { trees }
    }
}
