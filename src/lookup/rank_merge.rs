//! Merges what signatures, words and letters found into one ranked list.
//!
//! The score of a card is the score of its words (`rank`, 0 to about 1.15) plus a bonus for its tier. The scores are
//! added, and not the ranks as in reciprocal rank fusion, because a card that fits far better must be able to win
//! against a card of a better tier. Only the bonus of a signature is higher than the score that words reach. So cards
//! with a signature come first, and the other words decide between cards that share a signature.
//!
//! # Example
//!
//! The query is `disk full`. All three cards have "disk", two have "full", so their IDF is 0.547 and 0.797, and the
//! weight of the query is 1.344.
//!
//! - `full` has the title "Disk full". Its best field is worth (1.344 + 0.25 × 0.797) × 1 = 1.543, the whole card
//!   1.344: score of words 1.089, bonus 0.25 (`Contains`), sum 1.339.
//! - `backup` has the title "The full backup to a disk fails". Its best field is worth 1.344 × (0.6 + 0.4 × 0.34) =
//!   0.990, the whole card 1.344: score of words 0.842, bonus 0.15 (`Words`), sum 0.992.
//! - `slow` has the description "The disk waits for other programs." Its best field is worth
//!   0.6 × 0.547 × (0.6 + 0.4 × 0.18) = 0.220, the whole card 0.6 × 0.547 = 0.328: score of words 0.196, no bonus.
//!
//! The score of words is (0.6 × best field + 0.4 × whole card) / 1.344. In the first title the words are adjacent,
//! which adds 0.25 of the second word. The last factor of a field depends on its coverage: the query covers 34 % of the
//! IDF of the second title and 18 % of the third field. The third card is dropped, because it has less than 0.35 of the
//! best score. The first card is not sure, because the second has more than 0.7 of its score. A test below repeats this
//! example.
//!
//! # Writers
//!
//! If the text tells which systems wrote it (`Recognizer::is_writer`), their cards with a signature come first, and the
//! cards of all other systems are marked. Words come after signatures of other systems, because they stand in any text.
//!
//! # Limits
//!
//! Letters in order are compared only if no signature was found, no name has all words of the query, and no content
//! word of the query is a word of a card. They count less than words.
//!
//! `Recognizer::most_specific` keeps the most specific cards among those with a signature in the query. If the
//! signatures of A also match the samples of B, but not the other way round, A is left out, because A is the more
//! general problem.
//!
//! All thresholds are absolute, and were chosen with some dozen cards.

use std::cmp::Ordering;
use std::sync::Arc;

use super::floor::Floor;
use super::found::{Found, Match, Tier};
use super::highlights::highlights;
use super::query::Query;
use super::rank::{self, CardFit};
use super::recognized::{Recognized, RecognizedSignature};
use super::search_tools::SearchTools;
use super::subsequence::{SubsequenceIndex, SubsequenceMatch};
use super::weights::{
    ALL_WORDS_BONUS, CONTAINS_BONUS, COVERAGE_WEIGHT, MAX_SURE_SECOND, MIN_EXPLAINED, MIN_SHARE_OF_BEST,
    MIN_SUBSEQUENCE, MIN_SURE_SCORE, NAMED_SYSTEM_BONUS, RULED_OUT_WEIGHT, SIGNATURE_BONUS, SUBSEQUENCE_WEIGHT,
    TYPOS_BONUS,
};
use super::word_index::{IndexedCard, IndexedField, WordIndex};
use crate::tree::SignatureId;
use crate::tree::pattern::Pattern;

/// Words of the longest query whose letters are compared.
///
/// A query with more words is a sentence and not an abbreviation.
const MAX_WORDS_OF_LETTERS: usize = 3;

/// Cards that are suggested if none fits.
///
/// A longer list would look like a result.
const MAX_NEAREST: usize = 2;

/// A card with the score that decides its place in the list.
#[derive(Debug)]
struct ScoredCard<'r> {
    /// The position of the card in the index.
    card: usize,
    tier: Tier,
    score: f32,
    matched: MatchedBy<'r>,
    /// Whether other systems than that of the card wrote the text.
    is_of_other: bool,
}

/// The part of a card that matched.
#[derive(Debug)]
enum MatchedBy<'r> {
    /// A signature of the card.
    Signature(&'r RecognizedSignature),
    /// The field that the words of the query fit best.
    Words(IndexedField),
    /// These characters of a name.
    Letters(IndexedField, Vec<usize>),
}

/// Returns the bonus of a tier.
fn tier_bonus(tier: Tier) -> f32 {
    match tier {
        Tier::Signature => SIGNATURE_BONUS,
        Tier::Contains => CONTAINS_BONUS,
        Tier::Words => ALL_WORDS_BONUS,
        Tier::Typos => TYPOS_BONUS,
        Tier::Card | Tier::Subsequence => 0.0,
    }
}

/// Ranks the cards that match a query, and selects those to list.
///
/// `by_use` orders cards of equal score and tier.
pub(super) fn merge(
    tools: &SearchTools,
    query: &Query,
    text: &str,
    recognized: &Recognized,
    by_use: impl Fn(&IndexedCard, &IndexedCard) -> Ordering,
    limit: usize,
) -> Found {
    let index = &tools.index;
    let fits = rank::fits(query, index);
    let mut scored = by_signature(&fits, recognized);
    for fit in fits {
        if scored.iter().all(|known| known.card != fit.card) {
            let is_ruled_out = recognized.ruled_out.contains(&fit.card);
            let tier = if is_ruled_out { Tier::Card } else { fit.tier };
            let score = if is_ruled_out { RULED_OUT_WEIGHT * fit.score } else { tier_bonus(tier) + fit.score };
            scored.push(ScoredCard {
                card: fit.card,
                tier,
                score,
                matched: MatchedBy::Words(fit.field),
                is_of_other: false,
            });
        }
    }
    let has_all_words = scored.iter().any(|known| known.tier <= Tier::Words);
    if !has_all_words && !query.has_known_word() && query.may_be_letters(MAX_WORDS_OF_LETTERS) {
        let subsequences = tools
            .subsequences
            .get_or_init(|| SubsequenceIndex::new(index.names().map(|field| (index.text(&field), field))));
        add_by_letters(subsequences, text, &mut scored);
    }
    scored.retain(|known| {
        index.cards.get(known.card).is_some_and(|card| !tools.is_one_of(&card.tree, &recognized.foreign))
    });
    let writers = |card: usize| index.cards.get(card).map(|card| tools.writers_but(&card.tree, &recognized.writers));
    for scored in &mut scored {
        let is_of_other_tree = || writers(scored.card).is_some_and(|writers| !writers.is_empty());
        scored.is_of_other = recognized.foreign_format.is_some() || is_of_other_tree();
    }
    for scored in &mut scored {
        let is_named = index.cards.get(scored.card).is_some_and(|card| tools.is_one_of(&card.tree, &recognized.named));
        scored.score += if is_named { NAMED_SYSTEM_BONUS } else { 0.0 };
    }
    // Without a known writer, all cards are alike.
    let is_own = |scored: &ScoredCard<'_>| scored.tier == Tier::Signature && !scored.is_of_other;
    scored.sort_by(|one, other| {
        let by_writer = is_own(other).cmp(&is_own(one));
        let by_score = thousandths(other.score).cmp(&thousandths(one.score)).then(one.tier.cmp(&other.tier));
        let card = |scored: &ScoredCard<'_>| index.cards.get(scored.card);
        let by_use = || card(one).zip(card(other)).map_or(Ordering::Equal, |(one, other)| by_use(one, other));
        by_writer.then(by_score).then_with(by_use).then(one.card.cmp(&other.card))
    });
    // Signatures and letters need no floor.
    let by_words = scored.first().is_some_and(|first| !matches!(first.tier, Tier::Signature | Tier::Subsequence));
    let floor = by_words.then(|| Floor::new(query, text, index));
    let mut found = select(index, query, &scored, floor.as_ref(), limit);
    // A record that rules out some cards does not confirm another one.
    found.is_sure &= recognized.ruled_out.is_empty() || !recognized.signatures.is_empty();
    found.is_sure &= !recognized.is_of_other_record;
    found.nearest.retain(|near| !tools.is_one_of(&near.tree, &recognized.foreign));
    for found in found.matches.iter_mut().chain(&mut found.nearest) {
        found.written_by = tools.writers_but(&found.tree, &recognized.writers);
        found.foreign_formats = recognized.foreign_format.iter().cloned().collect();
    }
    found
}

/// Returns every card, the most used first, with nothing highlighted.
pub(super) fn everything(
    index: &WordIndex,
    by_use: impl Fn(&IndexedCard, &IndexedCard) -> Ordering,
    limit: usize,
) -> Found {
    let mut cards: Vec<(usize, &IndexedCard)> = index.cards.iter().enumerate().collect();
    // The escalation card comes last, because it is for problems that no other card fits.
    let is_escalation = |card: &IndexedCard| card.card == card.tree.escalation;
    cards
        .sort_by(|(_, one), (_, other)| is_escalation(one).cmp(&is_escalation(other)).then_with(|| by_use(one, other)));
    let as_match = |(position, card): (usize, &IndexedCard)| unmarked(index, position, card);
    Found { matches: cards.into_iter().take(limit).map(as_match).collect(), ..Found::default() }
}

/// Returns a card with its first field, in which nothing is highlighted.
pub(super) fn unmarked(index: &WordIndex, position: usize, card: &IndexedCard) -> Match {
    Match {
        tree: Arc::clone(&card.tree),
        card: card.card,
        tier: Tier::Card,
        score: 0,
        text: index.first_field(position).map(|field| index.text(&field)).unwrap_or_default(),
        letters: Vec::new(),
        written_by: Vec::new(),
        foreign_formats: Vec::new(),
        is_hint: false,
        is_left_by_code: false,
        shared: Vec::new(),
    }
}

/// Rounds a score to thousandths, as it is printed and compared.
fn thousandths(score: f32) -> i64 {
    (f64::from(score) * 1000.0).round() as i64
}

/// Returns the cards with a signature in the query.
///
/// The other words of the query decide their order.
fn by_signature<'r>(fits: &[CardFit], recognized: &'r Recognized) -> Vec<ScoredCard<'r>> {
    let mut scored: Vec<ScoredCard<'_>> = Vec::new();
    for signature in &recognized.signatures {
        let card = signature.card;
        if scored.iter().any(|known| known.card == card) {
            continue;
        }
        let of_words = fits.iter().find(|fit| fit.card == card).map_or(0.0, |fit| fit.score);
        let own = recognized.signatures.iter().filter(|other| other.card == card);
        let coverage = own.map(|other| other.coverage).fold(0.0, f32::max);
        let score = tier_bonus(Tier::Signature) + of_words + COVERAGE_WEIGHT * coverage;
        let matched = MatchedBy::Signature(signature);
        scored.push(ScoredCard { card, tier: Tier::Signature, score, matched, is_of_other: false });
    }
    scored
}

/// Adds the cards with the letters of the query in a name.
///
/// A card keeps its score of words if that is higher.
fn add_by_letters(subsequences: &SubsequenceIndex<IndexedField>, text: &str, scored: &mut Vec<ScoredCard<'_>>) {
    for SubsequenceMatch { field, quality, letters } in subsequences.search(text) {
        if quality < MIN_SUBSEQUENCE {
            continue;
        }
        let (card, score) = (field.card, SUBSEQUENCE_WEIGHT * quality);
        let by_letters = ScoredCard {
            card,
            tier: Tier::Subsequence,
            score,
            matched: MatchedBy::Letters(field, letters),
            is_of_other: false,
        };
        match scored.iter_mut().find(|known| known.card == card) {
            Some(known) if known.score < score => *known = by_letters,
            Some(_) => {}
            None => scored.push(by_letters),
        }
    }
}

/// Returns the cards with words that look like those of the query.
///
/// Used only if no card matches the query in any way.
fn nearest_by_similarity(index: &WordIndex, query: &Query) -> Vec<Match> {
    let query = &query.by_similarity(index);
    let mut fits = rank::fits(query, index);
    fits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.card.cmp(&other.card)));
    let scored = fits.into_iter().take(MAX_NEAREST).map(|CardFit { card, score, field, .. }| ScoredCard {
        card,
        tier: Tier::Card,
        score,
        matched: MatchedBy::Words(field),
        is_of_other: false,
    });
    scored.filter_map(|scored| as_match(index, query, &scored)).collect()
}

/// Drops weak cards, and judges whether the first is sure.
///
/// `scored` is sorted. If the first card is below the floor, no card is listed.
fn select(
    index: &WordIndex,
    query: &Query,
    scored: &[ScoredCard<'_>],
    floor: Option<&Floor<'_>>,
    limit: usize,
) -> Found {
    let best = scored.first().map_or(0.0, |first| first.score);
    let second = scored.get(1).map_or(0.0, |second| second.score);
    let as_match = |scored: &ScoredCard<'_>| as_match(index, query, scored);
    let first = scored.first().map(|first| first.card);
    let judging = floor.filter(|floor| !floor.is_only_codes());
    let explained = judging.zip(first).map(|(floor, card)| floor.explained_share(card, index));
    if scored.is_empty() || explained.is_some_and(|share| share < MIN_EXPLAINED) {
        let understood = query.understood();
        let nearest = match scored.is_empty() {
            true => nearest_by_similarity(index, query),
            false => scored.iter().take(MAX_NEAREST).filter_map(as_match).collect(),
        };
        return Found { nearest, understood, explained, ..Found::default() };
    }
    let fitting = scored.iter().take_while(|scored| scored.score >= MIN_SHARE_OF_BEST * best);
    let matches: Vec<Match> = fitting.take(limit).filter_map(as_match).collect();
    let is_sure = matches.first().is_some_and(|first| match first.tier {
        // A second signature in one text is a second problem, unless only the first is of the system that wrote it.
        Tier::Signature => {
            // A signature that only hints says nothing beside one that names a failure.
            let names = |scored: &ScoredCard<'_>| match scored.matched {
                MatchedBy::Signature(signature) => signature.decides && !scored.is_of_other,
                MatchedBy::Words(_) | MatchedBy::Letters(..) => false,
            };
            let mut rivals = scored.iter().skip(1).take(limit.saturating_sub(1));
            scored.first().is_some_and(names) && first.shared.is_empty() && !rivals.any(names)
        }
        // Words from all over a card, or letters, prove nothing.
        Tier::Card | Tier::Subsequence => false,
        _ => {
            floor.is_some_and(|floor| floor.lone_word().is_none())
                && best >= MIN_SURE_SCORE
                && second <= MAX_SURE_SECOND * best
        }
    });
    Found { matches, explained, is_sure, ..Found::default() }
}

/// Returns a card as it is shown, with the characters to highlight.
fn as_match(index: &WordIndex, query: &Query, scored: &ScoredCard<'_>) -> Option<Match> {
    let card = index.cards.get(scored.card)?;
    let mut shared = Vec::new();
    let (text, letters) = match &scored.matched {
        MatchedBy::Signature(signature) => {
            if signature.shared.len() > 1 {
                shared.extend_from_slice(&signature.shared);
            }
            let text = signature_text(card, signature.id);
            let letters = highlights(query, index, &text);
            (text, letters)
        }
        MatchedBy::Words(field) => {
            let text = index.text(field);
            let letters = highlights(query, index, &text);
            (text, letters)
        }
        MatchedBy::Letters(field, letters) => (index.text(field), letters.clone()),
    };
    let (tier, score) = (scored.tier, thousandths(scored.score));
    let (tree, card) = (Arc::clone(&card.tree), card.card);
    let (written_by, foreign_formats) = (Vec::new(), Vec::new());
    let is_hint = matches!(&scored.matched, MatchedBy::Signature(signature) if !signature.decides);
    Some(Match {
        tree,
        card,
        tier,
        score,
        text,
        letters,
        written_by,
        foreign_formats,
        is_hint,
        is_left_by_code: false,
        shared,
    })
}

/// Returns a signature of a card as its vendor documents it.
///
/// Without that, its text with dots for what varies.
fn signature_text(card: &IndexedCard, id: SignatureId) -> String {
    let Some(signature) = card.tree.signature(id) else { return card.tree.card(card.card).title.to_string() };
    let written = || match &signature.pattern {
        Pattern::Text(template) => template.fill(|_| Some("…".to_owned())),
        other => other.to_string(),
    };
    signature.documented.as_ref().map_or_else(written, ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::{Searcher, Usage};
    use crate::tree::{Folder, SourceFile, Tree, load};

    /// Loads a tree of cards with these ids, titles and descriptions.
    fn tree_of(cards: &[(&str, &str, &str)]) -> Arc<Tree> {
        let ids: Vec<&str> = cards.iter().map(|(id, ..)| *id).collect();
        let tree = serde_json::json!({
            "format": 1, "id": "example", "title": "Example", "about": "For this test.", "escalation": ids[0],
            "start": {"ask": "one", "then": {"yes": {"cards": ids}, "no": {"card": ids[0]}}},
            "questions": {"one": {
                "ask": "Is it?", "why": "So.", "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
                "find_out": {"how": "Look.", "takes": "seconds", "shows": {}},
            }},
        });
        let mut files = vec![("tree.json".to_owned(), tree)];
        for (id, title, about) in cards {
            let card = serde_json::json!({
                "title": title, "about": about, "likelihood": "common", "symptoms": [], "remedies": [], "docs": [],
                "causes": [], "source": "made up", "reviewed": "2026-01-15",
            });
            files.push((format!("cards/{id}.json"), card));
        }
        let files = files.into_iter().map(|(name, content)| SourceFile {
            path: name.clone(),
            name,
            content: Ok(content.to_string().into_bytes().into()),
        });
        let folder = Folder { name: "example".to_owned(), origin: "test".to_owned(), files: files.collect() };
        Arc::new(load(&folder).tree.unwrap())
    }

    #[test]
    fn the_example_of_the_module_is_true() {
        let tree = tree_of(&[
            ("full", "Disk full", "No space is left."),
            ("backup", "The full backup to a disk fails", "It takes too long."),
            ("slow", "Queries are slow", "The disk waits for other programs."),
        ]);
        let found = Searcher::new(&[tree]).search("disk full", &Usage::default(), 10);
        let shown = |one: &Match| format!("{} {} {}", one.tree.card(one.card).id, one.tier.name(), one.score);
        let shown: Vec<String> = found.matches.iter().chain(&found.nearest).map(shown).collect();
        assert_eq!(shown, ["full contains 1339", "backup words 992"]);
        assert!(!found.is_sure);
    }
}
