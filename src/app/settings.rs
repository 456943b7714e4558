//! The settings of the user, and how they are read.
//!
//! Pure: the text of the file goes in, settings or all problems come out.

mod chosen;
mod read;

pub use chosen::Settings;
pub use read::{SettingProblem, read_settings};
