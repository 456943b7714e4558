//! Reads the settings of the user.
//!
//! A file with problems never stops the program: they are told once, and the defaults are used.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::app::settings::{Settings, read_settings};
use crate::store::Paths;
use crate::text;

/// The variable that names another file.
pub(super) const VARIABLE: &str = "WHEREFORE_CONFIG";

/// Bytes that are read of the file, at most.
const MAX_BYTES: u64 = 1 << 20;

/// The settings, and where they come from.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The file, if there is a place for one.
    pub(super) path: Option<PathBuf>,
    /// The settings of the file, or the defaults.
    pub(super) settings: Settings,
    /// The faults of the file, each with its place.
    pub(super) problems: Vec<String>,
}

impl Config {
    /// Reads the named file, or that in the usual place.
    ///
    /// A file that is named and missing is a problem, a missing file in the usual place is none.
    pub(super) fn read(named: Option<&str>) -> Self {
        let named = named.map(PathBuf::from);
        let is_named = named.is_some();
        let Some(path) = named.or_else(|| Paths::from_environment().config) else { return Self::default() };
        let shown = text::clean_line(&path.display().to_string());
        let read = match read_at_most(&path) {
            Ok(text) => read_settings(&text).map_err(|problems| {
                let told =
                    problems.iter().map(|it| format!("{shown}:{}:{}: {}; {}", it.line, it.column, it.message, it.help));
                told.collect::<Vec<_>>()
            }),
            Err(error) if error.kind() == ErrorKind::NotFound && !is_named => Ok(Settings::default()),
            Err(error) => Err(vec![format!("{shown}: cannot be read: {error}")]),
        };
        let (settings, problems) = match read {
            Ok(settings) => (settings, Vec::new()),
            Err(problems) => (Settings::default(), problems),
        };
        Self { path: Some(path), settings, problems }
    }

    /// Returns what to tell of the problems; `None` if there are none.
    pub(super) fn complaint(&self) -> Option<String> {
        let count = text::count(self.problems.len(), "problem", "problems");
        let lines = self.problems.join("\n");
        (!self.problems.is_empty()).then(|| format!("{lines}\nnote: {count} in the settings, so the defaults are used"))
    }
}

fn read_at_most(path: &std::path::Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
