//! Cuts a stream of bytes into lines and JSON values.
//!
//! Ordinary lines, JSON lines among them, pass in large pieces without a copy; only their first and last bytes are read,
//! and of lines in brackets the beginning. A line that begins or ends with an opening bracket is held until its value is
//! whole; so is the first line of a text if it is one object, because the text may be that object alone.
//!
//! A bracket that opens no value belongs to a line. Of a value that is cut off or too long, the records of its outermost
//! list are handed out one by one; without a list, a short value that is cut off is one piece, and any other is lines. A
//! line that is too long is handed out in parts. UTF-16 becomes UTF-8. The held text is bounded.
//!
//! The lines of an error message that belong together are one piece (`block`).
//!
//! Rows of tables are handed out as lines of pairs, with the names from the table's header (`table`).

mod block;
mod decoration;
mod encoding;
mod form;
mod found;
mod json;
mod line;
mod matter;
mod piece;
mod segmenter;
mod table;
mod table_reader;

pub use decoration::{MARGIN, without_colors};
pub use form::{InputForm, RowCounts};
pub(crate) use json::DEEPEST;
pub(crate) use line::LONGEST_LINE;
pub use matter::Matter;
pub use piece::{Piece, PieceKind};
pub use segmenter::Segmenter;
pub use table::AskedNames;
