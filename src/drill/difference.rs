//! What would have had to be different for another card.

use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Why it is not another card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The signature of that card is in the line too, but the line says more: what else it says.
    SaysMore(Vec<String>),
    /// It would be that card if this were so; the words of the right card.
    Sign(String),
    /// It is not that card, as this is so; the words of that card.
    NotThat(String),
    /// The answers to a question differ.
    Answer {
        /// The question.
        question: QuestionId,
        /// The answer here.
        here: OptionId,
        /// The answer that leads to the other card.
        there: OptionId,
    },
    /// That card's line would carry this.
    Line(String),
    /// What that card is.
    About(String),
}

impl Difference {
    /// Between the right card, reached by a path, and another, as far as the tree says it.
    pub(super) fn in_tree(tree: &Tree, (right, path): (CardId, &Path), other: CardId) -> Self {
        let sign = |of: CardId, meant: CardId| {
            let mut signs = tree.card(of).not_this_if.iter().filter(|look_alike| look_alike.card == Some(meant));
            signs.next().map(|look_alike| look_alike.sign.clone())
        };
        if let Some(sign) = sign(right, other) {
            return Difference::Sign(sign);
        }
        if let Some(sign) = sign(other, right) {
            return Difference::NotThat(sign);
        }
        if let Some((question, here, there)) = parting(tree, path, other) {
            return Difference::Answer { question, here, there };
        }
        match tree.card(other).error_strings().into_iter().next() {
            Some(string) => Difference::Line(string),
            None => Difference::About(tree.card(other).about.clone()),
        }
    }

    /// As a sentence or two.
    pub fn text(&self, tree: &Tree) -> String {
        match self {
            Difference::SaysMore(parts) => format!("It fits too, but the line says more: {}", parts.join(" · ")),
            Difference::Sign(sign) => format!("It would be that one if: {sign}"),
            Difference::NotThat(sign) => format!("That one is ruled out by: {sign}"),
            Difference::Answer { question, here, there } => {
                let label = |option| &tree.option(*question, option).label;
                format!("{} Here: {}. For that one: {}.", tree.question(*question).ask, label(*here), label(*there))
            }
            Difference::Line(string) => format!("Its own line would say: {string}"),
            Difference::About(about) => format!("That one is something else: {about}"),
        }
    }
}

/// Where the ways to two cards part: after the most questions in common.
fn parting(tree: &Tree, path: &Path, other: CardId) -> Option<(QuestionId, OptionId, OptionId)> {
    let ways = tree.paths.iter().filter(|way| way.cards.contains(&other));
    let parted = ways.filter_map(|way| {
        let common = common(path, way);
        let (question, here) = path.steps.get(common)?;
        let there = way.answer(*question)?;
        (*here != there).then_some((common, (*question, *here, there)))
    });
    // Of several the first: the author's order.
    parted.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, found)| found)
}

/// How many steps two ways have in common before they part.
pub(super) fn common(one: &Path, other: &Path) -> usize {
    one.steps.iter().zip(&other.steps).take_while(|(one, other)| one == other).count()
}
