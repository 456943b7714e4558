//! Declares `vocabulary.json`, the words that all trees share.

use super::object::object;
use super::tree_file::SameMeaning;
use super::values::ListOf;

object! {
    /// Words of general English and networking, for searches in all trees.
    VocabularyFile is "a vocabulary" {
        /// Groups of words that mean the same to a person who searches.
        required synonyms: ListOf<SameMeaning>,
    }
}
