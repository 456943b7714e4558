//! Returns the files of a new tree, a small complete example.

/// The id in the example, which the new tree's id replaces.
const ID: &str = "TREE-ID";

/// The names and texts of the example's files.
const FILES: [(&str, &str); 7] = [
    ("tree.json", include_str!("new_tree/tree.json")),
    ("cards/ask-for-help.json", include_str!("new_tree/ask-for-help.json")),
    ("cards/file-missing.json", include_str!("new_tree/file-missing.json")),
    ("cards/permission-missing.json", include_str!("new_tree/permission-missing.json")),
    ("cases/no-such-file.json", include_str!("new_tree/no-such-file.json")),
    ("cases/nothing-fits.json", include_str!("new_tree/nothing-fits.json")),
    ("cases/permission-denied.json", include_str!("new_tree/permission-denied.json")),
];

/// Returns the names and texts of the files of a new tree.
///
/// The tree passes the check without a warning, so that each later problem comes from a change.
pub fn files(id: &str) -> Vec<(String, String)> {
    FILES.iter().map(|(name, text)| ((*name).to_owned(), text.replace(ID, id))).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::sync::Arc;

    use super::*;
    use crate::prove::prove;
    use crate::tree::{Folder, SourceFile, load};

    #[test]
    fn a_new_tree_has_no_problems() {
        let source = |(name, text): (String, String)| SourceFile {
            path: name.clone(),
            name,
            content: Ok(Cow::Owned(text.into_bytes())),
        };
        let files = files("web-shop").into_iter().map(source).collect();
        let loaded = load(&Folder { name: "web-shop".to_owned(), origin: "web-shop".to_owned(), files });
        assert_eq!(loaded.problems, []);
        let (proof, problems) = prove(&Arc::new(loaded.tree.unwrap()));
        assert_eq!(problems, []);
        assert_eq!((proof.cards, proof.cases), (2, 3));
    }
}
