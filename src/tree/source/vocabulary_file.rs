//! Declares `vocabulary.json`, the words that all trees share.

use super::object::object;
use super::tree_file::SameMeaning;
use super::values::ListOf;
use crate::text::CleanText;

object! {
    /// Words of general English and networking, for searches in all trees.
    VocabularyFile is "a vocabulary" {
        /// Groups of words that mean the same to a person who searches.
        required synonyms: ListOf<SameMeaning>,
        /// Phrases that tools put around any message, with `{number}` for a number; searches pass over them.
        optional wrapping: ListOf<CleanText>,
    }
}
