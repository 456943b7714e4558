//! Defines the weights, qualities, bonuses and thresholds of the ranking.
//!
//! All were chosen by hand on the labeled queries of `tests/lookup/`, and checked on queries that were held out. After
//! every change here, run `cargo run --release --example recall -- tests/lookup/queries-dev.jsonl`. It prints recall@1,
//! recall@3 and the mean reciprocal rank for each kind of query. The test `labeled_queries_are_answered` has the least
//! allowed values. `rank_merge` shows in an example how the numbers work together.
//!
//! A *quality* is 0 to 1, and says how surely a typed word is a word of a card. A *weight* is a factor; 1 changes
//! nothing. A *score* and a *bonus* are on a scale on which all words of a query in one name of a card make about 1.
//!
//! Limits in words, letters or bytes are beside the code that they limit. `usage` has the half-life of usage.

// How much a word counts.

/// Exponent that flattens the IDF; 1 changes nothing, 0 ignores it.
///
/// With some dozen cards most words are rare by chance. With 1, a single rare word decides the result for a sentence;
/// recall@1 of the hard kinds was 0.92 instead of 0.96.
pub(super) const IDF_EXPONENT: f32 = 0.3;

/// Factor on the IDF of stop words.
///
/// Not 0: "out of" and "up to" still tell two names apart.
pub(super) const STOP_WORD_WEIGHT: f32 = 0.2;

/// Factor on the IDF of everyday words, single letters and amounts.
pub(super) const EVERYDAY_WORD_WEIGHT: f32 = 0.5;

/// Factor on the IDF of a query word that matches nothing.
///
/// Not 1, because the word may be about something else.
pub(super) const UNKNOWN_WORD_WEIGHT: f32 = 0.25;

// How much a field counts.

/// Weight of error strings, titles and other names.
///
/// People search for these.
pub(super) const NAME_WEIGHT: f32 = 1.0;

/// Weight of the description and of causes.
pub(super) const EXPLANATION_WEIGHT: f32 = 0.6;

/// Weight of symptoms and signs, which several cards often share.
pub(super) const OBSERVATION_WEIGHT: f32 = 0.5;

/// Weight of remedies.
///
/// Their words often name a tool instead of the problem.
pub(super) const REMEDY_WEIGHT: f32 = 0.45;

// How surely a typed word is a word of a card.

/// Quality of a plural beside its singular: `backends` for `backend`.
pub(super) const PLURAL_QUALITY: f32 = 0.97;

/// Quality of another ending after four or more common letters.
///
/// Example: `closing` for `closed`.
pub(super) const ENDING_QUALITY: f32 = 0.9;

/// Quality of another short ending after three common letters: `uses` for `used`.
pub(super) const SHORT_STEM_QUALITY: f32 = 0.85;

/// Quality of words with six common letters and short unknown endings.
///
/// Example: `authentic` for `authenticity`. The endings have at most four letters.
pub(super) const LONG_STEM_QUALITY: f32 = 0.75;

/// Quality from which a form counts as the word itself.
///
/// All these forms share one IDF.
pub(super) const MIN_FORM_QUALITY: f32 = 0.8;

/// Quality of the beginning of a number that is still being typed.
pub(super) const NUMBER_PREFIX_QUALITY: f32 = 0.6;

/// Quality of an incomplete word at least; see [`INCOMPLETE_SHARE`].
pub(super) const INCOMPLETE_QUALITY: f32 = 0.4;

/// Quality added for all letters in a prefix or abbreviation.
///
/// Counts in proportion: `cert` has 4 of the 11 letters of `certificate`.
pub(super) const INCOMPLETE_SHARE: f32 = 0.4;

/// Quality of a typo before the share of wrong letters is subtracted.
pub(super) const TYPO_QUALITY: f32 = 0.95;

/// Quality of two typed words that a card joins: `time out`.
pub(super) const JOINED_QUALITY: f32 = 0.95;

/// Quality of a synonym of one word, given by a tree.
pub(super) const SYNONYM_QUALITY: f32 = 0.98;

/// Quality of a synonym phrase; only its rarest word counts.
pub(super) const SYNONYM_PHRASE_QUALITY: f32 = 0.65;

/// Difference in quality up to which matches are equally sure.
///
/// Compares the matches of one typed word.
pub(super) const QUALITY_MARGIN: f32 = 0.1;

/// Least Sørensen–Dice similarity of a similar word.
///
/// Similar words are searched only if no card matches the query in any way.
pub(super) const MIN_SIMILARITY: f32 = 0.3;

// How the words of a query make the score of a card.

/// Share of the best field in the score.
///
/// The other part is the share of the whole card.
pub(super) const BEST_FIELD_SHARE: f32 = 0.6;

/// Bonus for adjacent words, as a share of the second's matched weight.
///
/// They must be adjacent in the query and in the field. Each occurrence in the field counts.
pub(super) const ADJACENT_WEIGHT: f32 = 0.25;

/// Share of a field's score that depends on its coverage.
///
/// The coverage is the share of the field's IDF that the query matches.
pub(super) const FIELD_COVERAGE_SHARE: f32 = 0.4;

/// Factor on a field with none of the query's status codes.
///
/// Applies only if field and query both have codes.
pub(super) const OTHER_CODE_WEIGHT: f32 = 0.6;

// How the tiers are merged.

/// Bonus for a recognized signature.
///
/// More than the score of words reaches, so signatures come first.
pub(super) const SIGNATURE_BONUS: f32 = 2.0;

/// Weight of the share of literal text of a signature.
///
/// The longer one of two signatures in a line says more about it. Chosen on the labeled queries.
pub(super) const COVERAGE_WEIGHT: f32 = 0.5;

/// Bonus of cards of a system that the query names.
///
/// Chosen on the labeled queries: enough to decide between systems that say the same, too little to lift a card that fits
/// worse.
pub(super) const NAMED_SYSTEM_BONUS: f32 = 0.2;

/// Bonus of `Tier::Contains`.
pub(super) const CONTAINS_BONUS: f32 = 0.25;

/// Bonus of `Tier::Words`.
pub(super) const ALL_WORDS_BONUS: f32 = 0.15;

/// Bonus of `Tier::Typos`.
pub(super) const TYPOS_BONUS: f32 = 0.08;

/// Factor on the score of a card that a record rules out.
///
/// See `Recognized::ruled_out`.
pub(super) const RULED_OUT_WEIGHT: f32 = 0.4;

/// Share of the score by which usage raises a card at most.
///
/// A card that was opened once today rises by half of it. A card that fits clearly better stays before it.
pub(super) const MAX_USE_SHARE: f32 = 0.1;

/// Factor on the quality of letters in order, which gives their score.
///
/// Below 1, because letters in order are a weaker sign than words.
pub(super) const SUBSEQUENCE_WEIGHT: f32 = 0.9;

/// Least quality of letters in order.
///
/// With a lower limit they match by chance: at 0.78, "compile" is in an error string.
pub(super) const MIN_SUBSEQUENCE: f32 = 0.79;

// The floor, below which a card is no match. `floor` explains it.

/// Least explained share of a query.
///
/// `cargo bench --bench lookup` prints what each value gives, and the value that fits best. It is chosen on the labeled
/// queries and on the `dev` part of `queries-no-card.jsonl`.
pub(super) const MIN_EXPLAINED: f32 = 0.755;

/// Share added for each two adjacent words.
///
/// Two words in a row are rarely there by chance. With 0 or 0.2 and as many refused queries with a card, twice as many
/// queries without a card got one; with 0.2, phrases such as "does not exist" were enough.
pub(super) const ADJACENT_BONUS: f32 = 0.1;

/// Factor on the explained share if no two words are adjacent.
///
/// A card has some hundred words, and a few of them are in any story. With 1, 13 % of the queries without a card got one,
/// with as many refused queries with a card as a limit.
pub(super) const SCATTERED_WEIGHT: f32 = 0.87;

/// Cards whose other names make a single word a match.
///
/// Error strings and titles need no second card. With 1, "table", "disk" and "window" gave a card.
pub(super) const MIN_NAMED_CARDS: usize = 3;

/// One card in this many must have a lone word.
///
/// With more cards, everyday words are in the names of more of them. Chosen with 150 cards on `queries-no-card.jsonl`.
pub(super) const CARDS_OF_A_NAME: usize = 20;

// Thresholds for showing a card.

/// Least share of the best score that a listed card must have.
pub(super) const MIN_SHARE_OF_BEST: f32 = 0.35;

/// Least score at which the first card may be called sure.
pub(super) const MIN_SURE_SCORE: f32 = 0.75;

/// Greatest share of the first score that the second may have.
///
/// With a higher second score, the first card is not sure.
pub(super) const MAX_SURE_SECOND: f32 = 0.7;
