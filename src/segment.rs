//! Cuts a stream of bytes into lines and JSON values.
//!
//! Ordinary lines, JSON lines among them, pass in large pieces without a copy; only their first and last bytes are read.
//! A line that begins or ends with an opening bracket is held until its value is whole. If there is no value, it is lines
//! after all; of a value that is cut off or too long, the records of its outermost list are handed out one by one. The
//! held text is bounded.

mod encoding;
mod form;
mod found;
mod json;
mod line;
mod matter;
mod piece;
mod segmenter;

pub use form::InputForm;
pub(crate) use json::DEEPEST;
pub(crate) use line::LONGEST_LINE;
pub use matter::Matter;
pub use piece::{Piece, PieceKind};
pub use segmenter::Segmenter;
