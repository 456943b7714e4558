//! Log formats, which split the lines of a log into fields.
//!
//! Formats are data here; `recognize` reads lines with them.

mod check;
mod layout;
mod model;
mod parse;

pub use check::{LineFault, faults};
pub use layout::{TimeLayout, TimePiece};
pub use model::{FormatKind, FormatPart, LogFormat};
pub use parse::parse;
