//! Splits the texts of cards into words, for the search.
//!
//! `tokenize` splits a text, and `field` says which texts of a card are searched. `compiled` and `list` are the form that
//! the build embeds: with it a search opens no card before it is found. The ranking of cards is in `lookup`.

pub mod compiled;
pub mod field;
pub mod list;
pub mod stop_words;
pub mod tokenize;

pub use compiled::{CardWords, Term};
pub use field::{FieldKind, field_text};
pub use list::WordList;
pub use stop_words::is_stop_word;
pub use tokenize::{Word, tokenize};
