//! Ids: positions in the tables of a tree, made by it alone.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($name:ident $table:ident $about:literal;)*) => {$(
        #[doc = $about]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub(in crate::internals::tree) usize);

        impl From<$name> for usize {
            fn from(id: $name) -> usize {
                id.0
            }
        }
    )*};
}

ids! {
    QuestionId questions "A question of a tree; made only by that tree.";
    CardId cards "A card of a tree; made only by that tree.";
    OptionId options "An option of a question; made only by that question's tree.";
}

/// A signature, by its card and its position in that card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SignatureId {
    /// The card that has the signature.
    pub card: CardId,
    /// The position among the signatures of that card.
    pub index: usize,
}

/// A remedy, by its card and its position in that card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RemedyRef {
    /// The card that has the remedy.
    pub card: CardId,
    /// The position among the remedies of that card.
    pub index: usize,
}

/// A pattern, by what has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PatternId {
    /// The pattern of a signature.
    Signature(SignatureId),
    /// A pattern of an option, by its position.
    Option(QuestionId, OptionId, usize),
    /// A text with a code, by its position in the question.
    Code(QuestionId, usize),
    /// The pattern of a risk, by its position in the card.
    Risk(CardId, usize),
    /// The pattern of a success, by its position in the card.
    Success(CardId, usize),
    /// The pattern of a mention, by its position in the tree.
    Mention(usize),
}
