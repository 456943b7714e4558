//! Describes the result of a search in words.
//!
//! Says how each card was found, which words matched, and what to do if nothing fits.

use std::sync::Arc;

use super::written_by::written_by;
use crate::lookup::{Found, LeftByCode, Match, Tier};
use crate::text::{self, CleanText};
use crate::tree::Tree;
use crate::tree::model::Path;

/// Characters from which a matched text is shortened.
const EXCERPT: usize = 100;

/// The words for a search without a match.
pub const NO_CARD: &str = "No card matches";

/// Returns how a card was found, in a few words.
///
/// Empty for a card in the list of all cards.
pub fn way(found: &Match) -> &'static str {
    let card = found.tree.card(found.card);
    match found.tier {
        _ if found.score == 0 && found.letters.is_empty() => "",
        Tier::Signature if found.is_hint => "possible; other cards have this text, too",
        Tier::Signature => "recognized",
        Tier::Contains if found.text == card.title => "title",
        Tier::Contains if card.also_called.iter().any(|name| *name == found.text) => "also called",
        Tier::Contains => "error text",
        Tier::Words => "all words",
        Tier::Typos => "with a typo",
        Tier::Card => "in the card",
        Tier::Subsequence => "by letters",
    }
}

/// Explains why a card was found.
///
/// Gives the way, the words that matched and the text: `all words (set, empty): The set is empty`.
pub fn because(found: &Match) -> String {
    if found.is_left_by_code {
        // Words say nothing of a card that a code leaves among others.
        return "the code leaves it possible, among others".to_owned();
    }
    let (words, text) = (found.matched_words(), excerpt(found));
    match way(found) {
        "" => text,
        way if words.is_empty() || is_most(found) => format!("{way}: {text}"),
        way => {
            let mut said: Vec<&str> = Vec::new();
            for word in &words {
                if !said.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                    said.push(word);
                }
            }
            format!("{way} ({}): {text}", said.join(", "))
        }
    }
}

/// Returns the title of a card, perhaps with its tree.
pub fn title(found: &Match, names_tree: bool) -> String {
    let title = &found.tree.card(found.card).title;
    if names_tree { format!("{title} ({})", found.tree.title) } else { title.to_string() }
}

/// Says which other systems wrote the text that was looked up.
///
/// `None` if the card's own system wrote it, or if no tree tells.
pub fn writers(found: &Match) -> Option<String> {
    written_by(&found.written_by, &found.foreign_formats, "text is")
}

/// Returns whether at least three quarters of the text matched.
///
/// The matched words would then only repeat the text.
fn is_most(found: &Match) -> bool {
    let letters = found.text.chars().enumerate().filter(|(_, character)| character.is_alphanumeric());
    let (mut all, mut matched) = (0, 0);
    for (at, _) in letters {
        all += 1;
        matched += usize::from(found.letters.contains(&at));
    }
    4 * matched >= 3 * all
}

/// Returns the matched text, shortened to the part around the match.
fn excerpt(found: &Match) -> String {
    let first = found.letters.first().copied().unwrap_or(0);
    let is_long = found.text.chars().count() > EXCERPT;
    // Keeps a few words before the match as context.
    let start = if is_long && first > EXCERPT / 2 { first - EXCERPT / 4 } else { 0 };
    let rest: String = found.text.chars().skip(start).collect();
    // Starts at the beginning of a word.
    let rest = if start > 0 { rest.split_once(' ').map_or(rest.as_str(), |(_, words)| words) } else { rest.as_str() };
    let lead = if start > 0 { "..." } else { "" };
    format!("{lead}{}", text::fit(rest, EXCERPT, "..."))
}

/// Asks for the system if a code leaves cards of several.
pub const WHICH_SYSTEM: &str = "Which system printed this, or sent the response?";

/// Stands before the cards that a code leaves.
pub const LIKELIEST: &str = "The cards that fit, most likely first";

/// An entry of the result list that can be opened.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'s> {
    /// The question that a code answers in part.
    Question(&'s LeftByCode),
    /// A card that fits, or comes near.
    Card(&'s Match),
    /// A new walk through a tree.
    Walk(&'s Arc<Tree>),
}

/// Lists the entries of a result.
///
/// These are the questions that a code answers in part, and the cards that fit. If there are none, they are the nearest
/// cards and a walk through each tree.
pub fn entries<'s>(found: &'s Found, trees: &'s [Arc<Tree>]) -> Vec<Entry<'s>> {
    if !found.matches.is_empty() {
        let questions = found.left_by_code.iter().map(Entry::Question);
        return questions.chain(found.matches.iter().map(Entry::Card)).collect();
    }
    found.nearest.iter().map(Entry::Card).chain(trees.iter().map(Entry::Walk)).collect()
}

/// Adjacent matches that share what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Number of matches.
    pub count: usize,
    /// Whether all show one text, which is then printed once.
    pub is_one_text: bool,
}

/// Returns the group that begins at a position, if any.
pub fn group_at(matches: &[Match], at: usize) -> Option<Group> {
    let first = matches.get(at).filter(|found| !found.shared.is_empty())?;
    let is_alike = |other: &Match| other.tree.id == first.tree.id && other.shared == first.shared;
    if at.checked_sub(1).and_then(|before| matches.get(before)).is_some_and(is_alike) {
        return None;
    }
    let group = || matches.iter().skip(at).take_while(|other| is_alike(other));
    Some(Group { count: group().count(), is_one_text: group().all(|other| other.text == first.text) })
}

/// Says that several cards share what was found.
///
/// Also says what opening one of them does.
pub fn sharing(found: &Match) -> String {
    format!("{} cards share this text: opening one asks a question that tells them apart", found.shared.len())
}

/// Understood words that are shown.
///
/// A long paste has dozens, and they would push the nearest cards out of sight.
const UNDERSTOOD: usize = 8;

/// Says which words of a query were understood.
///
/// For a query that no card fits.
pub fn understood(found: &Found) -> String {
    if found.understood.is_empty() {
        return "None of these words identifies a card.".to_owned();
    }
    let words: Vec<_> = found.understood.iter().map(|word| format!("\"{word}\"")).collect();
    match words.get(..UNDERSTOOD).zip(words.len().checked_sub(UNDERSTOOD)) {
        Some((first, more @ 1..)) => {
            let more = text::count(more, "other word", "other words");
            format!("Recognized: {} and {more}, which do not identify a card.", first.join(", "))
        }
        _ => format!("Recognized: {}, which is not enough to identify a card.", words.join(", ")),
    }
}

/// Lists the cards that were found, for people.
///
/// Each entry names its tree if there are several trees.
pub fn list(found: &Found, names_trees: bool) -> String {
    let mut text = match found.left_by_code.as_slice() {
        [] => String::new(),
        [left] => left_by_code(left),
        several => which_system(several),
    };
    let mut said_of = 0;
    for (at, one) in found.matches.iter().enumerate() {
        if let Some(group) = group_at(&found.matches, at) {
            let cards = one.shared.len();
            let hint = "on a terminal, \"wherefore TEXT\" asks a question that tells them apart";
            let of = if names_trees { format!(" of {}", one.tree.title) } else { String::new() };
            text.push_str(&format!("{cards} cards{of} share this; {hint}\n"));
            if group.is_one_text {
                text.push_str(&format!("    {}\n", because(one)));
                said_of = at + group.count;
            }
        }
        text.push_str(&entry(one, at >= said_of, names_trees));
    }
    text
}

/// Names the question that a code answers in part.
///
/// With several trees, their systems are what is asked for.
pub fn question(left: &LeftByCode, is_one_of_several: bool) -> String {
    let cards = text::count(left.cards().len(), "card", "cards");
    match is_one_of_several {
        true => format!("{} ({cards})", left.tree.title),
        false => left.tree.question(left.question).ask.to_string(),
    }
}

/// Asks which system printed a code; each has a walk.
fn which_system(several: &[LeftByCode]) -> String {
    let mut text = format!("{WHICH_SYSTEM}\n");
    for left in several {
        text.push_str(&format!("  - {}: {}\n", question(left, true), walk_command(left)));
    }
    format!("{text}{LIKELIEST}:\n")
}

/// Says which question a code answers in part, and what it leaves.
fn left_by_code(left: &LeftByCode) -> String {
    let tree = &left.tree;
    let mut text = format!("{}\n", tree.question(left.question).ask);
    for option in &left.options {
        text.push_str(&format!("  - {}\n", tree.option(left.question, *option).label));
    }
    format!("{text}To answer: {}\n{LIKELIEST}:\n", walk_command(left))
}

/// Returns the command that begins a walk at the question.
///
/// It has the answers that all paths to the question share.
fn walk_command(left: &LeftByCode) -> String {
    let tree = &left.tree;
    let is_left = |path: &&Path| path.answer(left.question).is_some_and(|option| left.options.contains(&option));
    let mut paths = tree.paths.iter().filter(is_left);
    let mut shared: Vec<_> = paths.next().map(|path| path.steps.clone()).unwrap_or_default();
    shared.retain(|(question, _)| *question != left.question);
    paths.for_each(|path| shared.retain(|(question, option)| path.answer(*question) == Some(*option)));
    let mut command = format!("wherefore walk {}", tree.id);
    for (question, option) in shared {
        command.push_str(&format!(" --answer {}={}", tree.question(question).id, tree.option(question, option).id));
    }
    command
}

/// Says that no card matches a query.
pub fn no_card(query: &str) -> String {
    // A pasted log is too long for a headline.
    format!("{NO_CARD} \"{}\".", text::fit(query, 60, "..."))
}

/// Says that no card fits, and what to do instead.
///
/// Also names the understood words and the nearest cards.
pub fn nothing(query: &CleanText, found: &Found, names_trees: bool) -> String {
    let mut text = format!("{} {}\n", no_card(query), understood(found));
    if !found.nearest.is_empty() {
        text.push_str("Closest matches:\n");
        text.extend(found.nearest.iter().map(|near| entry(near, true, names_trees)));
    }
    text + "Try other words, or answer questions instead: wherefore walk"
}

fn entry(found: &Match, says_why: bool, names_tree: bool) -> String {
    let card = found.tree.card(found.card);
    // Words say nothing of a card that a code leaves among others.
    let why = if says_why && !found.is_left_by_code { format!("    {}\n", because(found)) } else { String::new() };
    let writers = writers(found).map(|said| format!("    {said}\n")).unwrap_or_default();
    let id = if names_tree { format!("{}/{}", found.tree.id, card.id) } else { card.id.to_string() };
    format!("{}\n{writers}{why}    wherefore show {id}\n", title(found, names_tree))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::{Searcher, Usage};
    use crate::store::Library;

    /// Returns a match of some card.
    ///
    /// The characters between square brackets are those that matched.
    fn found(tier: Tier, marked: &str) -> Match {
        let searcher = Searcher::new(&Library::embedded().trees);
        let mut found = searcher.search("", &Usage::default(), 1).matches.remove(0);
        let mut letters = Vec::new();
        let mut text = String::new();
        let mut is_inside = false;
        for character in marked.chars() {
            match character {
                '[' | ']' => is_inside = character == '[',
                other => {
                    letters.extend(is_inside.then(|| text.chars().count()));
                    text.push(other);
                }
            }
        }
        (found.tier, found.text, found.letters, found.score) = (tier, text, letters, 1);
        found
    }

    #[test]
    fn a_match_says_its_way_and_its_words() {
        let long = format!("{}[needle] {}", "hay ".repeat(40), "hay ".repeat(40));
        for (tier, marked, expected) in [
            (Tier::Signature, "[closed] [abruptly]", "recognized: closed abruptly"),
            (Tier::Contains, "it [closed] early", "error text (closed): it closed early"),
            (Tier::Words, "[one] and [two]", "all words (one, two): one and two"),
            (Tier::Typos, "the [second] hand", "with a typo (second): the second hand"),
            (Tier::Card, "\"[EPROTO]\"", "in the card: \"EPROTO\""),
            (Tier::Subsequence, "[g]ate[w]ay", "by letters (g, w): gateway"),
            (Tier::Signature, "nothing marked", "recognized: nothing marked"),
        ] {
            assert_eq!(because(&found(tier, marked)), expected);
        }
        let shown = because(&found(Tier::Card, &long));
        assert!(shown.starts_with("in the card (needle): ...hay hay") && shown.contains("hay needle hay"), "{shown}");
        assert!(shown.ends_with("...") && shown.len() < 140, "{shown}");
    }

    #[test]
    fn only_the_first_understood_words_are_shown() {
        let understood = |count: usize| {
            let words = (1..=count).map(|number| format!("w{number}")).collect();
            understood(&Found { understood: words, ..Found::default() })
        };
        assert_eq!(understood(0), "None of these words identifies a card.");
        assert_eq!(understood(2), "Recognized: \"w1\", \"w2\", which is not enough to identify a card.");
        assert!(understood(8).ends_with("\"w8\", which is not enough to identify a card."));
        assert!(understood(9).ends_with("\"w8\" and 1 other word, which do not identify a card."));
        assert!(understood(60).ends_with("\"w8\" and 52 other words, which do not identify a card."));
    }

    #[test]
    fn what_is_shared_is_said_once_for_those_side_by_side() {
        let searcher = Searcher::new(&Library::embedded().trees);
        let mut matches = searcher.search("", &Usage::default(), 5).matches;
        let shared: Vec<_> = matches.iter().take(3).map(|found| found.card).collect();
        matches.iter_mut().take(3).for_each(|found| found.shared.clone_from(&shared));
        let groups = |matches: &[Match]| -> Vec<usize> {
            (0..matches.len()).map(|at| group_at(matches, at).map_or(0, |group| group.count)).collect()
        };
        assert_eq!(groups(&matches), [3, 0, 0, 0, 0]);
        matches.swap(2, 3);
        assert_eq!(groups(&matches), [2, 0, 0, 1, 0], "those apart say it again");
        assert_eq!(group_at(&matches, 0), Some(Group { count: 2, is_one_text: false }));
        matches[1].text = matches[0].text.clone();
        assert_eq!(group_at(&matches, 0), Some(Group { count: 2, is_one_text: true }));
    }

    #[test]
    fn nothing_names_what_was_understood_and_what_comes_nearest() {
        let nearest = vec![found(Tier::Card, "a [set] of words")];
        let title = nearest[0].tree.card(nearest[0].card).title.clone();
        let all = Found { nearest, understood: vec!["set".to_owned()], ..Found::default() };
        let said = nothing(&"zzzz set".into(), &all, false);
        assert!(
            said.starts_with(
                "No card matches \"zzzz set\". Recognized: \"set\", which is not enough to identify a card.\n"
            ),
            "{said}"
        );
        assert!(
            said.contains(&format!("Closest matches:\n{title}\n    in the card (set): a set of words\n")),
            "{said}"
        );
        assert!(said.ends_with("wherefore walk"), "{said}");
    }
}
