//! Finds cards for typed or pasted text.
//!
//! The text may be a fragment, a status code, a log line or a sentence, with typos and abbreviations.
//!
//! Screens, lines and the command line use the same search:
//!
//! 1. [`Recognizer`] finds signatures in the query. `status_codes` first expands codes such as `502 502` into a record.
//! 2. `tokenize` splits the query into words, and `query` finds the words of the cards that they may stand for, with
//!    `vocabulary` and `term_match` (forms, typos, abbreviations) and `lexicon` (synonyms, initials).
//! 3. `rank` scores each card by the `inverted_index`; `stop_words` says which words count little.
//! 4. If no word fits, `subsequence` compares the letters with all names.
//! 5. `rank_merge` makes one list of all that, and explains how in an example. `weights` has the numbers.
//!
//! Pure: trees come in, matches come out. `usage` turns the journal of opened cards, which `store` keeps, into weights.

mod found;
mod index;
mod inverted_index;
mod lexicon;
mod query;
mod query_word;
mod rank;
mod rank_merge;
mod recognized;
mod search_tools;
mod status_codes;
mod stop_words;
mod subsequence;
mod term_match;
mod tokenize;
mod usage;
mod vocabulary;
mod weights;

pub use found::{Found, Match, Tier};
pub use index::Index;
pub use usage::{Opened, Usage};
