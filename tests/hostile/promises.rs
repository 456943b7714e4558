//! What holds for any bytes whatever. The fuzz targets in `fuzz/` look for bytes for which it does not; what they found
//! stays in `tests/fixtures/hostile/`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use wherefore::store::Library;
use wherefore::text;
use wherefore::tree::Tree;
use wherefore::tree::load::{Folder, SourceFile, load};

/// The embedded tree.
fn real() -> &'static Arc<Tree> {
    static REAL: OnceLock<Arc<Tree>> = OnceLock::new();
    REAL.get_or_init(|| Arc::clone(Library::embedded().tree("oci-load-balancer").expect("it is embedded")))
}

/// Nothing that acts on a terminal passes the door, and what has passed once passes unchanged.
pub fn text(bytes: &[u8]) {
    let written = String::from_utf8_lossy(bytes);
    let cleaned = text::clean(&written);
    must_be_clean(&cleaned);
    assert_eq!(text::clean(&cleaned), cleaned, "cleaning twice is cleaning once");
    assert!(!text::clean_line(&written).contains('\n'));
    for columns in [1, 7, 80] {
        assert!(text::width(&text::fit(&cleaned.replace('\n', " "), columns, "…")) <= columns);
        text::wrap(&cleaned, columns);
    }
}

/// Reading a tree never fails as a whole, and every problem says where it is and what to do.
pub fn tree(bytes: &[u8]) {
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        path: name.to_owned(),
        content: Ok(Cow::Owned(bytes.to_vec())),
    };
    let files = vec![file("tree.json"), file("cards/one.json"), file("cases/one.json")];
    let loaded = load(&Folder { name: "small".to_owned(), origin: "here".to_owned(), files });
    for problem in &loaded.problems {
        must_be_clean(&problem.message);
        assert!(!problem.help.is_empty(), "{problem:?}");
    }
}

fn must_be_clean(text: &str) {
    let acts = |character: &char| character.is_control() && *character != '\n';
    assert_eq!(text.chars().find(acts), None, "{text:?}");
    let hides = |character: &char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    assert_eq!(text.chars().find(hides), None, "{text:?}");
}

/// Looking for a tree's patterns in anything ends, and what is shown of it is clean.
pub fn recognize(bytes: &[u8]) {
    use std::sync::LazyLock;
    use wherefore::recognize::Recognizer;
    static RECOGNIZER: LazyLock<Recognizer> = LazyLock::new(|| Recognizer::new(Arc::clone(real())));
    let found = RECOGNIZER.evidence("pasted", &String::from_utf8_lossy(bytes));
    for hit in &found.hits {
        must_be_clean(&hit.provenance.text);
    }
}
