//! Checks links between trees.

use std::sync::Arc;

use crate::text;
use crate::tree::model::Link;
use crate::tree::{CardId, Code, Problem, Tree};

/// Notes links of `trees` that lead nowhere or in a circle.
///
/// They may lead to each of `trees`, and to `others` whose id none of `trees` has.
pub fn check_links(trees: &[Arc<Tree>], others: &[Arc<Tree>]) -> Vec<Problem> {
    let known: Vec<&Tree> = trees.iter().chain(others).map(|tree| &**tree).collect();
    let mut problems = Vec::new();
    for tree in trees {
        for (id, link) in tree.links() {
            let path = &tree.card(id).path;
            let mut note = |code, message: String, help: String| {
                let place = Some(link.place.clone());
                problems.push(Problem { place, ..Problem::of_file(code, path.as_str(), message, help) });
            };
            let Some(target) = find(&known, &link.tree) else {
                let help = match text::did_you_mean(&link.tree, known.iter().map(|tree| tree.id.as_str())) {
                    Some(near) => format!("did you mean `{near}`? Without the tree, the link is shown as text"),
                    None => "add the tree; until then the link is shown as text".to_owned(),
                };
                note(Code::UnknownTree, format!("there is no tree `{}`", link.tree), help);
                continue;
            };
            if let Some(card) = link.card.as_ref().filter(|card| target.find_card(card).is_none()) {
                let cards = target.cards().map(|(_, card)| card.id.as_str());
                let help = match text::did_you_mean(card, cards) {
                    Some(near) => format!("did you mean `{}/{near}`?", link.tree),
                    None => format!("name a card of `{0}`, or link to `{0}` alone", link.tree),
                };
                note(Code::UnknownCard, format!("the tree `{}` has no card `{card}`", link.tree), help);
            }
            if let Some(way) = circle(tree, (id, link), &known) {
                let message = format!("this link leads back without a question on the way: {}", way.join(" → "));
                let help = "link to a card, or add a question to one of the trees before the link".to_owned();
                note(Code::LinkLoop, message, help);
            }
        }
    }
    problems
}

fn find<'t>(known: &[&'t Tree], id: &str) -> Option<&'t Tree> {
    known.iter().find(|tree| tree.id == id).copied()
}

/// Returns the trees through which a leaf leads back.
///
/// A leaf that leads to a first question is followed through trees that begin with a link. The operator answers nothing
/// in them, so coming to a tree again would never end.
fn circle<'t>(tree: &'t Tree, (id, link): (CardId, &'t Link), known: &[&'t Tree]) -> Option<Vec<&'t str>> {
    if !tree.paths.iter().any(|path| path.cards.contains(&id)) {
        return None;
    }
    let mut way = vec![tree.id.as_str()];
    let mut next = Some(link);
    while let Some(target) = next.filter(|link| link.card.is_none()).and_then(|link| find(known, &link.tree)) {
        let is_back = way.contains(&target.id.as_str());
        way.push(&target.id);
        if is_back {
            return Some(way);
        }
        next = begins_with(target);
    }
    None
}

/// Returns the link with which a tree begins, before any question.
fn begins_with(tree: &Tree) -> Option<&Link> {
    let first = tree.paths.iter().find(|path| path.steps.is_empty())?;
    first.cards.first().and_then(|card| tree.card(*card).leads_to.as_ref())
}
