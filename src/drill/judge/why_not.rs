//! Explains why a card is wrong, with texts of the tree.

use crate::text::CleanText;
use crate::tree::model::{Path, Signature};
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// The reason why the right card is not some other card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The parts that the more specific signature of the right card matches.
    SaysMore(Vec<String>),
    /// A sign of the other card, as the right card describes it.
    Sign(String),
    /// A sign of the right card, as the other card describes it.
    ToldBy(String),
    /// The two cards have different answers to a question.
    Answer {
        /// The question with different answers.
        question: QuestionId,
        /// The answer for the right card.
        here: OptionId,
        /// The answer that leads to the other card.
        there: OptionId,
        /// Whether the exercise has shown the answer.
        is_seen: bool,
    },
    /// A log line of the other card.
    Line(String),
    /// The description of the other card.
    About(String),
}

impl Difference {
    /// Returns the best reason that the tree has against another card.
    ///
    /// `path` is the path to the right card, and `seen` contains the questions whose answers the exercise has shown.
    /// Reasons that the trainee can check come first: a sign that the right card names, then an answer that was seen.
    pub(crate) fn in_tree(tree: &Tree, (right, path): (CardId, &Path), other: CardId, seen: &[QuestionId]) -> Self {
        let sign = |of: CardId, meant: CardId| {
            let mut signs = tree.card(of).not_this_if.iter().filter(|look_alike| look_alike.card == Some(meant));
            signs.next().map(|look_alike| look_alike.sign.clone())
        };
        let parting = parting(tree, path, other);
        let answer = parting.map(|(question, here, there)| {
            let is_seen = seen.contains(&question);
            Difference::Answer { question, here, there, is_seen }
        });
        if let Some(sign) = sign(right, other) {
            return Difference::Sign(sign.into_string());
        }
        if let Some(answer @ Difference::Answer { is_seen: true, .. }) = answer {
            return answer;
        }
        if let Some(sign) = sign(other, right) {
            return Difference::ToldBy(sign.into_string());
        }
        if let Some(line) = own_line(tree, other) {
            return Difference::Line(line.into_string());
        }
        answer.unwrap_or_else(|| Difference::About(tree.card(other).about.to_string()))
    }

    /// Returns the reason as one or two sentences.
    pub fn text(&self, tree: &Tree) -> String {
        match self {
            Difference::SaysMore(parts) => {
                format!("It also fits, but the line is more specific: {}", parts.join(" · "))
            }
            Difference::Sign(sign) => format!("It would be that one if: {sign}"),
            Difference::ToldBy(sign) => format!("To tell them apart: {sign}"),
            Difference::Answer { question, here, there, is_seen } => {
                let label = |option| &tree.option(*question, option).label;
                let whose = if *is_seen { "Here" } else { "For the right one" };
                format!("{} {whose}: {}. For that one: {}.", tree.question(*question).ask, label(*here), label(*there))
            }
            Difference::Line(line) => format!("A line of that card looks like: {line}"),
            Difference::About(about) => format!("That card is something else: {about}"),
        }
    }
}

/// Returns the shortest log line of a card, preferably a unique one.
///
/// A sample that only quotes the vendor's documentation is not a log line. If there is no other sample, returns an
/// error string of the card.
fn own_line(tree: &Tree, card: CardId) -> Option<CleanText> {
    let signatures = tree.card(card).signatures.iter();
    let quotes = |signature: &Signature, sample: &str| signature.documented.as_deref() == Some(sample);
    let samples = signatures.flat_map(|it| it.samples.iter().filter(|sample| !quotes(it, sample)));
    let lines = samples.filter(|sample| !sample.contains('\n'));
    let alike = || tree.card(card).shares_signatures_with.iter().flat_map(|other| &tree.card(*other).signatures);
    let is_shared = |sample: &CleanText| alike().any(|signature| signature.samples.contains(sample));
    lines
        .min_by_key(|sample| (is_shared(sample), sample.len()))
        .cloned()
        .or_else(|| tree.card(card).error_strings().into_iter().next())
}

/// Returns the question that separates two cards, and both answers.
///
/// If several paths lead to the other card, the path that has the most first steps in common with `path` decides.
fn parting(tree: &Tree, path: &Path, other: CardId) -> Option<(QuestionId, OptionId, OptionId)> {
    let parted = tree.paths_to(other).filter_map(|other_path| {
        let common = common(path, other_path);
        let (question, here) = path.steps.get(common)?;
        let there = other_path.answer(*question)?;
        (*here != there).then_some((common, (*question, *here, there)))
    });
    // Among equals, takes the first in the author's order.
    parted.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, found)| found)
}

/// Counts the first steps that two paths have in common.
pub(crate) fn common(one: &Path, other: &Path) -> usize {
    one.steps.iter().zip(&other.steps).take_while(|(one, other)| one == other).count()
}
