//! Finds cards for typed or pasted text.
//!
//! The text may be a fragment, a status code, a log line or a sentence, with typos and abbreviations.
//!
//! Screens, lines and the command line use the same search. [`Searcher::search`] is the entry, and [`Found`] is the
//! result:
//!
//! 1. `searcher` matches the signatures of each tree against the query (`recognized`). If a tree finds none, its
//!    `status_codes` expand codes such as `502 502` into a record, which is matched instead.
//!    A query that is only a status or code (`code_answer`) answers a question instead: the cards behind it are listed.
//! 2. The room `words` splits the query into words, `wrapping` takes out phrases that tools put around any message, and
//!    `query` finds the words of the cards that each of the others may stand for
//!    (`query_word`), with `vocabulary` and `term_match` (forms, typos, abbreviations) and `lexicon` (synonyms).
//!    If a signature was found, words match only exactly.
//! 3. `rank` scores each card with the `word_index`; `term_weight` has the words that count little.
//! 4. `subsequence` compares the letters of the query with all names. This happens only if the query has at most three
//!    words, no signature was found, no name has all words, and no content word is a word of a card.
//! 5. `rank_merge` merges the results into one list, and explains the scores with an example. `weights` has the
//!    numbers.
//! 6. `floor` decides whether the first card explains enough of the query. If not, the search finds no card.
//!
//! `search_tools` holds everything that is built once, at the first search.
//!
//! Pure: trees come in, matches come out. `usage` turns the journal of opened cards, which `store` keeps, into weights.

mod cards_of_code;
mod code_answer;
mod floor;
mod found;
mod highlights;
mod lexicon;
mod named_systems;
mod query;
mod query_word;
mod rank;
mod rank_merge;
mod recognized;
mod search_tools;
mod searcher;
mod status_codes;
mod subsequence;
mod term_match;
mod term_weight;
mod usage;
mod vocabulary;
mod weights;
mod word_index;
mod wrapping;

pub use code_answer::LeftByCode;
pub use found::{Found, Match, Tier};
pub use searcher::Searcher;
pub use usage::{Opened, Usage};
