//! Splits the texts of cards into words, for the search.
//!
//! `tokenize` splits a text, and `field` says which texts of a card are searched. `compiled`, `list` and `postings` are
//! the form that the build embeds: with it a search opens no card before it is found. The ranking of cards is in `lookup`.

pub mod compiled;
pub mod field;
pub mod list;
pub mod postings;
pub mod stop_words;
pub mod tokenize;

pub use compiled::{CardWords, Term};
pub use field::{FieldKind, field_text};
pub use list::WordList;
pub use postings::Postings;
pub use stop_words::is_stop_word;
pub use tokenize::{Word, tokenize};
