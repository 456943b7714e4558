//! Hashes files and lists of them. Equal hashes mean equal trees.
//!
//! The hash of a folder is SHA-256 over the list that `sha256sum` prints of its files. The hash of a tree covers what
//! the trees share, too: it is SHA-256 over the two lines `FOLDER  tree` and `SHARED  shared`, with the hashes of the
//! tree's folder and of the shared files. So anybody can check it without this program, in `decision_trees`:
//!
//! ```text
//! list() { find . -name '*.json' | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c-64; }
//! shared=$(find formats vocabulary.json -name '*.json' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c-64)
//! printf '%s  tree\n%s  shared\n' "$(cd TREE && list)" "$shared" | sha256sum
//! ```
//!
//! Line ends count as line feeds, because some checkouts write others.

use std::collections::BTreeMap;
use std::fmt;

use hmac_sha256::Hash;

/// The hash of a tree, with the hash of its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeHash {
    /// The hash of the files in the tree's folder alone.
    ///
    /// Exam reports of version 0.1 have it.
    pub folder: String,
    /// The hash of the tree and of all shared files.
    pub all: String,
}

impl TreeHash {
    /// Combines the hash of a folder with that of the shared files.
    pub fn new(folder: String, shared: &str) -> Self {
        let all = hex(&Hash::hash(format!("{folder}  tree\n{shared}  shared\n").as_bytes()));
        Self { folder, all }
    }
}

impl fmt::Display for TreeHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.all)
    }
}

/// Characters of a hash that people read.
///
/// Twelve tell any trees apart that somebody could have.
const SHORT: usize = 12;

/// Returns the beginning of a hash, for people.
pub fn short(hash: &str) -> &str {
    hash.get(..SHORT).unwrap_or(hash)
}

/// Returns the hash of hashed files, by name.
pub(super) fn list_hash(hashes: &BTreeMap<String, String>) -> String {
    let list: String = hashes.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
    hex(&Hash::hash(list.as_bytes()))
}

/// Returns the hash of a file, whatever line ends it has.
pub(super) fn text_hash(content: &[u8]) -> String {
    hex(&Hash::hash(&with_line_feeds(content)))
}

fn with_line_feeds(content: &[u8]) -> Vec<u8> {
    let mut next = content.iter().skip(1).copied().map(Some).chain([None]);
    let is_kept = |byte: &u8| !(next.next().flatten() == Some(b'\n') && *byte == b'\r');
    content.iter().copied().filter(is_kept).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
