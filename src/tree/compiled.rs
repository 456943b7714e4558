//! Writes and reads the compiled form of trees, which the build embeds.
//!
//! The content of a tree is written with postcard. Its bytes fit only the program that was built with them.

use std::sync::Arc;

use super::lazy::opened;
use super::log_format::LogFormat;
use super::model::TreeContent;
use super::shared::SharedFiles;

/// A tree in the binary, with everything that a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompiledTree {
    /// Equal to the name of its folder.
    pub id: &'static str,
    /// The purpose, in a few words.
    pub title: &'static str,
    /// The purpose, in one or two sentences.
    pub about: &'static str,
    /// The number of cards, without the escalation card.
    pub cards: usize,
    /// The number of questions.
    pub questions: usize,
    /// The hash of the files in its folder, in hexadecimal.
    pub hash: &'static str,
    /// The bytes that [`write`] made of the content.
    pub content: &'static [u8],
    /// The bytes that [`write_formats`] made of its own log formats.
    pub formats: &'static [u8],
    /// The words of its cards.
    pub words: CompiledWords,
}

/// The words of the cards of a compiled tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompiledWords {
    /// The numbers of the words, as the room `words` writes them.
    pub numbers: &'static [u8],
    /// The words of its synonyms, as the room `words` writes them.
    pub synonyms: &'static [u8],
    /// The words of the synonyms that all compiled trees share.
    pub shared_synonyms: &'static [u8],
    /// The words of all compiled trees, sorted, one after the other.
    pub list: &'static str,
    /// The ends of these words, as the room `words` writes them.
    pub ends: &'static [u8],
    /// The postings of all compiled trees, as the room `words` writes them.
    pub postings: &'static [u8],
    /// The entries of the postings, one for each word.
    pub entries: &'static [u8],
    /// The number of the first card of the tree in the postings.
    pub first_card: usize,
}

/// Compiles the content of a tree.
///
/// Fails if a value cannot be written, which no tree has.
pub fn write(content: &TreeContent) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(content)
}

/// Compiles log formats.
///
/// Returns no bytes for no formats.
pub fn write_formats(formats: &[Arc<LogFormat>]) -> postcard::Result<Vec<u8>> {
    if formats.is_empty() { Ok(Vec::new()) } else { postcard::to_stdvec(formats) }
}

/// Compiles what all trees share.
pub fn write_shared(shared: &SharedFiles) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(shared)
}

/// Returns what all compiled trees share.
///
/// Invariant: the build wrote the bytes with the same types.
pub fn read_shared(bytes: &'static [u8]) -> SharedFiles {
    let mut shared: SharedFiles = opened(bytes);
    Arc::make_mut(&mut shared.vocabulary).is_compiled = true;
    shared
}

/// Returns compiled log formats.
///
/// Invariant: the build wrote the bytes with the same types.
pub fn read_formats(bytes: &'static [u8]) -> Vec<Arc<LogFormat>> {
    if bytes.is_empty() { Vec::new() } else { opened(bytes) }
}

/// Returns the content of a compiled tree.
///
/// Invariant: the build wrote the bytes with the same types.
pub(super) fn read(bytes: &'static [u8]) -> TreeContent {
    opened(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn a_compiled_tree_has_the_content_of_its_files() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp");
        let mut library = Library::default();
        library.add_directory(&folder, true);
        for tree in &library.trees {
            let content: &TreeContent = tree;
            assert_eq!(format!("{:?}", read(write(tree).unwrap().leak())), format!("{content:?}"));
        }
        assert!(!library.trees.is_empty());
    }
}
