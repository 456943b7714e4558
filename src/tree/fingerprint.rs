//! Hashes the files of a tree. Equal hashes mean equal trees.
//!
//! The hash is SHA-256 over the list that `sha256sum` prints of the files, so that anybody can check it without this
//! program: `find . -name '*.json' | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum`, in the folder. Line ends
//! count as line feeds, because some checkouts write others.

use hmac_sha256::Hash;

use super::load::{Folder, is_part};

/// Returns the hash of a folder's files, in hexadecimal.
///
/// Files that are no part of a tree or could not be read are left out.
pub fn fingerprint(folder: &Folder) -> String {
    let mut files: Vec<(&str, &[u8])> = folder
        .files
        .iter()
        .filter(|file| is_part(&file.name))
        .filter_map(|file| Some((file.name.as_str(), file.content.as_deref().ok()?)))
        .collect();
    files.sort_unstable();
    let list: String = files
        .iter()
        .map(|(name, content)| format!("{}  {name}\n", hex(&Hash::hash(&with_line_feeds(content)))))
        .collect();
    hex(&Hash::hash(list.as_bytes()))
}

/// Characters of a hash that people read.
///
/// Twelve tell any trees apart that somebody could have.
const SHORT: usize = 12;

/// Returns the beginning of a hash, for people.
pub fn short(hash: &str) -> &str {
    hash.get(..SHORT).unwrap_or(hash)
}

fn with_line_feeds(content: &[u8]) -> Vec<u8> {
    let mut next = content.iter().skip(1).copied().map(Some).chain([None]);
    let is_kept = |byte: &u8| !(next.next().flatten() == Some(b'\n') && *byte == b'\r');
    content.iter().copied().filter(is_kept).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::SourceFile;

    fn folder(files: &[(&str, &'static str)]) -> Folder {
        let file = |(name, text): &(&str, &'static str)| SourceFile {
            name: (*name).to_owned(),
            path: (*name).to_owned(),
            content: Ok(text.as_bytes().into()),
        };
        Folder { name: "a".to_owned(), origin: "a".to_owned(), files: files.iter().map(file).collect() }
    }

    #[test]
    fn it_is_what_the_tools_of_everybody_say() {
        let here = folder(&[("tree.json", "{}\n"), ("cards/a.json", "{ }\n"), ("notes.txt", "mine")]);
        // printf '{ }\n' > cards/a.json; printf '{}\n' > tree.json; sha256sum cards/a.json tree.json | sha256sum
        assert_eq!(fingerprint(&here), "f02ba8530a789a9f07f2716e0dba9c8fd6e0cf3e5b0c83df7ac1a5bfe0c03e0d");
        let elsewhere = folder(&[("cards/a.json", "{ }\r\n"), ("tree.json", "{}\r\n")]);
        assert_eq!(fingerprint(&here), fingerprint(&elsewhere));
        assert_ne!(fingerprint(&here), fingerprint(&folder(&[("tree.json", "{}\n")])));
    }
}
