//! Hashes the files of a tree's folder.

use super::hash::{list_hash, text_hash};
use super::load::{Folder, is_part};

/// Returns the hash of a folder's files, in hexadecimal.
///
/// Files that are no part of a tree or could not be read are left out.
pub fn fingerprint(folder: &Folder) -> String {
    let files = folder.files.iter().filter(|file| is_part(&file.name));
    let hashes = files.filter_map(|file| Some((file.name.clone(), text_hash(file.content.as_deref().ok()?))));
    list_hash(&hashes.collect())
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
