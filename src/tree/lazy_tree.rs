//! A tree whose content is opened when it is first needed.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::compiled::{self, CompiledTree, CompiledWords};
use super::log_format::LogFormat;
use super::model::TreeContent;
use super::shared::SharedWords;
use crate::text::CleanText;

/// A decision tree. Lists need no more than its fields.
///
/// Everything else is the [`TreeContent`] to which it dereferences. The content of a compiled tree is read at the first
/// use, so a program with many trees starts as fast as with one.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The id, equal to the name of the folder.
    pub id: CleanText,
    /// The purpose, in a few words.
    pub title: CleanText,
    /// The purpose, in one or two sentences.
    pub about: CleanText,
    /// The origin: `embedded`, or a folder.
    pub origin: CleanText,
    /// The number of cards, without the escalation card.
    pub card_count: usize,
    /// The number of questions.
    pub question_count: usize,
    /// Log formats in the folder of the tree.
    pub own_formats: Vec<Arc<LogFormat>>,
    /// Log formats with which lines are read, those of other trees too.
    pub formats: Vec<Arc<LogFormat>>,
    /// Words for searches, which all trees share.
    pub vocabulary: Arc<SharedWords>,
    content: Content,
}

/// The content of a tree, and where it comes from.
#[derive(Clone, Debug)]
enum Content {
    Loaded(Box<TreeContent>),
    Compiled { compiled: Box<CompiledTree>, opened: Box<OnceLock<TreeContent>> },
}

/// The id and the texts that introduce a tree.
#[derive(Debug)]
pub(super) struct TreeNames {
    pub(super) id: CleanText,
    pub(super) title: CleanText,
    pub(super) about: CleanText,
}

/// The origin of compiled trees.
const EMBEDDED: &str = "embedded";

impl Tree {
    /// Makes a tree from files that were linked.
    pub(super) fn loaded(
        names: TreeNames,
        origin: &str,
        content: TreeContent,
        own_formats: Vec<Arc<LogFormat>>,
    ) -> Self {
        let TreeNames { id, title, about } = names;
        Self {
            id,
            title,
            about,
            origin: origin.into(),
            card_count: content.diagnoses().count(),
            question_count: content.questions().count(),
            formats: own_formats.clone(),
            own_formats,
            vocabulary: Arc::default(),
            content: Content::Loaded(Box::new(content)),
        }
    }

    /// Makes a tree from the binary; its content stays closed.
    pub fn compiled(compiled: CompiledTree) -> Self {
        let own_formats = compiled::read_formats(compiled.formats);
        Self {
            id: compiled.id.into(),
            title: compiled.title.into(),
            about: compiled.about.into(),
            origin: EMBEDDED.into(),
            card_count: compiled.cards,
            question_count: compiled.questions,
            formats: own_formats.clone(),
            own_formats,
            vocabulary: Arc::default(),
            content: Content::Compiled { compiled: Box::new(compiled), opened: Box::default() },
        }
    }

    /// Returns whether a text names this tree.
    ///
    /// Each word of the text must begin a word of the id or the title.
    ///
    /// No words name every tree.
    pub fn is_named(&self, text: &str) -> bool {
        let name = format!("{} {}", self.id, self.title).to_lowercase();
        let words = || name.split(|character: char| !character.is_alphanumeric());
        text.to_lowercase().split_whitespace().all(|wanted| words().any(|word| word.starts_with(wanted)))
    }

    /// Returns the words of the cards, if the tree was compiled.
    pub fn compiled_words(&self) -> Option<CompiledWords> {
        match &self.content {
            Content::Loaded(_) => None,
            Content::Compiled { compiled, .. } => Some(compiled.words),
        }
    }

    /// Returns the hash of the files that the tree was compiled from.
    ///
    /// `None` for a tree that was loaded from a folder.
    pub fn compiled_hash(&self) -> Option<&'static str> {
        match &self.content {
            Content::Loaded(_) => None,
            Content::Compiled { compiled, .. } => Some(compiled.hash),
        }
    }
}

impl Deref for Tree {
    type Target = TreeContent;

    fn deref(&self) -> &TreeContent {
        match &self.content {
            Content::Loaded(content) => content,
            Content::Compiled { compiled, opened } => opened.get_or_init(|| compiled::read(compiled.content)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_named_by_beginnings_of_its_words() {
        let tree = Tree::compiled(CompiledTree { id: "nginx", title: "NGINX as a reverse proxy", ..EMPTY });
        for (text, expected) in [("", true), ("ng", true), ("rev NGINX", true), ("inx", false), ("nginx apache", false)]
        {
            assert_eq!(tree.is_named(text), expected, "{text}");
        }
    }

    const EMPTY: CompiledTree = CompiledTree {
        id: "",
        title: "",
        about: "",
        cards: 0,
        questions: 0,
        hash: "",
        content: &[],
        formats: &[],
        words: CompiledWords {
            numbers: &[],
            synonyms: &[],
            shared_synonyms: &[],
            list: "",
            ends: &[],
            postings: &[],
            entries: &[],
            first_card: 0,
        },
    };

    #[test]
    fn lists_need_no_content() {
        let listed = Tree::compiled(CompiledTree {
            id: "a",
            title: "A",
            about: "About a.",
            cards: 2,
            questions: 1,
            hash: "00",
            content: b"no content that could be read",
            ..EMPTY
        });
        assert_eq!((listed.id.as_str(), listed.title.as_str(), listed.about.as_str()), ("a", "A", "About a."));
        assert_eq!((listed.card_count, listed.question_count, listed.compiled_hash()), (2, 1, Some("00")));
    }
}
