//! Holds what all trees share: log formats, and words with one meaning.
//!
//! The files stand beside the folders of the trees: `formats/<id>.json` and `vocabulary.json`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hash::list_hash;
use super::log_format::LogFormat;
use crate::text::CleanText;

/// Words for searches in all trees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedWords {
    /// Groups of words with one meaning, of general English and networking.
    pub synonyms: Vec<Vec<CleanText>>,
    /// Phrases that tools put around any message; they say nothing about it.
    pub wrapping: Vec<CleanText>,
    /// Whether the build compiled them.
    #[serde(skip)]
    pub is_compiled: bool,
}

/// Log formats and words that belong to no single tree.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SharedFiles {
    /// The log formats that belong to no tree.
    pub formats: Vec<Arc<LogFormat>>,
    /// The words that all trees share.
    pub vocabulary: Arc<SharedWords>,
    /// The SHA-256 of each file, by its name.
    hashes: BTreeMap<String, String>,
}

impl SharedFiles {
    /// Makes them of decoded files and the SHA-256 of each file.
    pub(super) fn new(formats: Vec<Arc<LogFormat>>, vocabulary: SharedWords, hashes: BTreeMap<String, String>) -> Self {
        Self { formats, vocabulary: Arc::new(vocabulary), hashes }
    }

    /// Lets newer files replace those of the same name.
    pub fn replace_with(&mut self, newer: Self) {
        self.formats = LogFormat::first_of_each_id(newer.formats.iter().chain(&self.formats));
        if newer.hashes.contains_key(VOCABULARY) {
            self.vocabulary = newer.vocabulary;
        }
        self.hashes.extend(newer.hashes);
    }

    /// Returns the hash of the files, made as for a tree.
    pub fn hash(&self) -> String {
        list_hash(&self.hashes)
    }
}

/// The name of the file with the shared words.
pub const VOCABULARY: &str = "vocabulary.json";

/// The folder of the shared log formats.
pub const FORMATS: &str = "formats";
