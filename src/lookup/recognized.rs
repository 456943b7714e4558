//! Holds the signatures recognized in a query, and the cards ruled out.

use crate::text::CleanText;
use crate::tree::{CardId, SignatureId};

/// The signatures recognized in a query, and the cards ruled out.
#[derive(Debug, Default)]
pub(super) struct Recognized {
    /// The most specific signatures of each tree.
    ///
    /// In the order of the trees. `Recognizer::most_specific` chooses them.
    pub signatures: Vec<RecognizedSignature>,
    /// The trees whose systems wrote the text.
    ///
    /// As positions; empty if no tree tells.
    pub writers: Vec<usize>,
    /// The trees whose products the text names, as positions.
    pub named: Vec<usize>,
    /// The trees that take nothing from the text, as positions.
    ///
    /// It reports on other systems, or says that something works.
    pub foreign: Vec<usize>,
    /// The title of the text's log format.
    ///
    /// `None` unless a system without a tree wrote it.
    pub foreign_format: Option<CleanText>,
    /// Whether a signature of words alone was found.
    ///
    /// It says more than a code.
    pub has_words: bool,
    /// Whether the query is short for a record with a signature.
    pub is_short_record: bool,
    /// Whether a signature was found in a record of other field names.
    ///
    /// Such a record may be of another product: `elb_status_code=502`.
    pub is_of_other_record: bool,
    /// The ruled-out cards, as positions in `WordIndex::cards`.
    ///
    /// A record in the query rules a card out if it has all fields of a signature of the card, with other values, and
    /// no signature of the card is found in the query.
    pub ruled_out: Vec<usize>,
}

/// A signature that was found in a query.
#[derive(Debug)]
pub(super) struct RecognizedSignature {
    /// The position of its card in `WordIndex::cards`.
    pub card: usize,
    /// The id of the signature in the tree of the card.
    pub id: SignatureId,
    /// The cards of the tree that share what was found.
    ///
    /// Includes `card`. `Recognizer::are_alike` decides which cards share it.
    pub shared: Vec<CardId>,
    /// Whether it names the failure.
    ///
    /// A code names none.
    pub decides: bool,
    /// The share of the text that is literal text of the signature.
    pub coverage: f32,
}
