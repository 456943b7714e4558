//! Arranges a card in the order in which readers need it.
//!
//! The first part says what to do, the second what to know.

use std::sync::Arc;

use super::block::Block;
use super::{command, evidence, verdict};
use crate::text::CleanText;
use crate::tree::model::{Effect, Likelihood, Link, Remedy};
use crate::tree::pattern::Pattern;
use crate::tree::{Card, CardId, Tree};
use crate::walk::{Ranked, Verdict, Walk, is_solution, remedies_for};

/// A card in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The diagnosis in a few words.
    pub title: String,
    /// The likelihood, and the log that shows the fault.
    pub badges: String,
    /// The verdict of the walk; empty without one.
    pub verdict: String,
    /// The first part: the description and the remedies.
    pub act: Vec<Block>,
    /// The second part: causes, symptoms, look-alikes, escalation and links.
    pub know: Vec<Block>,
}

impl Outline {
    /// Returns the position of the first heading of remedies in `act`.
    pub fn remedies_at(&self) -> usize {
        let is_heading = |pair: &[Block]| matches!(pair, [Block::Heading(_), Block::Step { .. }]);
        self.act.windows(2).position(is_heading).unwrap_or(self.act.len())
    }

    /// Returns the first remedy alone, under its heading.
    pub fn first_remedy(&self) -> &[Block] {
        let from_heading = self.act.get(self.remedies_at()..).unwrap_or_default();
        let is_next = |block: &&Block| matches!(block, Block::Heading(_));
        let length = 1 + from_heading.iter().skip(1).take_while(|block| !is_next(block)).count();
        from_heading.get(..length).unwrap_or(from_heading)
    }
}

/// Returns the look-alikes of a card, under their heading.
fn not_this_if(trees: &[Arc<Tree>], tree: &Tree, id: CardId) -> Vec<Block> {
    let look_alikes = &tree.card(id).not_this_if;
    let heading = (!look_alikes.is_empty()).then(|| Block::Heading("Not this if".to_owned()));
    let points = look_alikes.iter().map(|look_alike| {
        Block::Point(match look_alike.card {
            Some(other) => format!("{} See: {}.", look_alike.sign, name_of(trees, tree, other)),
            None => look_alike.sign.to_string(),
        })
    });
    heading.into_iter().chain(points).collect()
}

/// Returns the outline of a card with its remedies in `order`.
///
/// The look-alikes come before the remedies, since nothing confirms the card.
///
/// Links that lead to one of `trees` have the title that they lead to.
pub fn outline(
    trees: &[Arc<Tree>],
    tree: &Tree,
    id: CardId,
    order: &[Ranked],
    value_of: &dyn Fn(&str) -> Option<String>,
) -> Outline {
    arranged(trees, tree, id, order, value_of, false)
}

fn arranged(
    trees: &[Arc<Tree>],
    tree: &Tree,
    id: CardId,
    order: &[Ranked],
    value_of: &dyn Fn(&str) -> Option<String>,
    is_confirmed: bool,
) -> Outline {
    let card = tree.card(id);
    let mut act = vec![Block::Text(card.about.to_string())];
    let (before, after) = match is_confirmed {
        false => (not_this_if(trees, tree, id), Vec::new()),
        true => (Vec::new(), not_this_if(trees, tree, id)),
    };
    act.extend(before);
    for (at, ranked) in order.iter().enumerate() {
        let Some(remedy) = card.remedies.get(ranked.remedy) else { continue };
        act.extend(heading(tree, id, order, at).map(|heading| Block::Heading(heading.to_owned())));
        // A value of the traffic, such as the path of a request, must not become a setting.
        let is_allowed = |name: &str| remedy.effect == Effect::Observe || tree.is_configured(name);
        let allowed = |name: &str| value_of(name).filter(|_| is_allowed(name));
        push_remedy((at + 1, remedy), ranked.tried, &allowed, &mut act);
        if let Some(link) = remedy.link {
            act.push(Block::Labeled("See", format!("{}.", name_of(trees, tree, link))));
        }
    }
    Outline {
        title: card.title.to_string(),
        badges: if id == tree.escalation { String::new() } else { badges(card.likelihood, &card.log) },
        verdict: String::new(),
        act,
        know: background(tree, id, after),
    }
}

/// Returns the outline of a card, as a walk has it.
///
/// The remedies are in the walk's order. If the walk is of the card's tree, the outline has its evidence about the
/// card, and the commands have its values.
pub fn in_walk(trees: &[Arc<Tree>], walk: Option<&Walk>, tree: &Tree, id: CardId) -> Outline {
    let order = remedies_for(walk, tree, id);
    let Some(walk) = walk.filter(|walk| walk.tree().id == tree.id) else {
        return outline(trees, tree, id, &order, &|_| None);
    };
    let values = evidence::values(walk, id);
    let given = walk.verdicts().of_card(id);
    let is_confirmed = matches!(given, Some(Verdict::Confirmed(_)));
    let value_of = |name: &str| whole(evidence::most_frequent(&values, name)?);
    let mut outline = arranged(trees, tree, id, &order, &value_of, is_confirmed);
    // Evidence comes behind the description, before the remedies.
    outline.act.splice(1..1, evidence::blocks(walk, id, &values));
    outline.verdict = verdict::verdict(walk, id);
    for found in walk.contradictions().iter().rev() {
        outline.act.insert(1, Block::Found("Contradiction".to_owned(), verdict::contradiction(walk, found)));
    }
    if let Some(Verdict::RuledOut(by)) = given {
        outline.act.insert(1, Block::Text(format!("Ruled out {}.", verdict::ruled_out(walk, &by))));
    }
    outline
}

/// Returns the heading above the remedy at a place in the order.
fn heading(tree: &Tree, id: CardId, order: &[Ranked], at: usize) -> Option<&'static str> {
    let is_solved = order.first().is_some_and(|first| is_solution(tree.card(id), first));
    let is_begun = order.iter().any(|ranked| ranked.tried.is_some());
    match at {
        0 if is_solved => Some("This worked"),
        0 if id == tree.escalation => Some("Gather this"),
        0 if is_begun => Some("Do this next"),
        0 => Some("Do this first"),
        1 if is_solved => Some("The other remedies"),
        1 if id == tree.escalation => Some("And this"),
        1 if is_read_only(tree, id, order.first()) => Some("Next"),
        1 => Some("If that did not help"),
        _ => None,
    }
}

/// Returns whether a remedy only looks, and cannot help by itself.
fn is_read_only(tree: &Tree, id: CardId, ranked: Option<&Ranked>) -> bool {
    let remedy = ranked.and_then(|ranked| tree.card(id).remedies.get(ranked.remedy));
    remedy.is_some_and(|remedy| remedy.effect == Effect::Observe)
}

/// Returns a value for a command, unless the value was cut.
///
/// A value without its end is another value.
fn whole(value: CleanText) -> Option<String> {
    (!value.is_cut()).then(|| value.into_string())
}

fn badges(likelihood: Likelihood, log: &[CleanText]) -> String {
    if log.is_empty() {
        return likelihood.word().to_owned();
    }
    format!("{} · {} log", likelihood.word(), log.join(" and "))
}

fn push_remedy(
    (number, remedy): (usize, &Remedy),
    tried: Option<bool>,
    value_of: &dyn Fn(&str) -> Option<String>,
    blocks: &mut Vec<Block>,
) {
    blocks.push(Block::Step { number, text: remedy.act.to_string(), tried });
    blocks.push(Block::Tags { text: tags(remedy), effect: remedy.effect });
    for written in &remedy.commands {
        blocks.push(Block::Command(command::filled(&written.run, value_of)));
        blocks.extend(written.console.as_ref().map(|place| Block::Labeled("Console", place.to_string())));
        blocks.push(Block::Labeled("Shows", written.shows.to_string()));
    }
    let verify = if remedy.effect == Effect::Observe { "Done when" } else { "Worked if" };
    blocks.push(Block::Labeled(verify, remedy.verify.to_string()));
    if let Some(undo) = &remedy.undo {
        blocks.push(Block::Labeled("Undo", undo.to_string()));
    }
}

/// Returns the effect and duration of a remedy: `read-only · takes seconds`.
pub(super) fn tags(remedy: &Remedy) -> String {
    let effect = match remedy.effect {
        Effect::Observe => "read-only",
        Effect::Change => "changes settings",
        Effect::Disruptive => "interrupts service",
    };
    format!("{effect} · {}", takes(remedy.takes))
}

/// Returns the title of a card, or names a link's place.
fn name_of(trees: &[Arc<Tree>], tree: &Tree, id: CardId) -> String {
    let card = tree.card(id);
    match &card.leads_to {
        Some(link) => name_of_link(trees, link),
        None => card.title.to_string(),
    }
}

/// Names the place of a link: `Title of the card (tree/card)`.
///
/// A link that leads nowhere is only `tree/card`.
fn name_of_link(trees: &[Arc<Tree>], link: &Link) -> String {
    let tree = trees.iter().find(|tree| tree.id == link.tree);
    let title = tree.and_then(|tree| match &link.card {
        Some(card) => tree.find_card(card).map(|card| &tree.card(card).title),
        None => Some(&tree.title),
    });
    title.map_or_else(|| link.to_string(), |title| format!("{title} ({link})"))
}

/// Returns a duration in words.
pub fn takes(takes: crate::tree::model::Takes) -> &'static str {
    match takes {
        crate::tree::model::Takes::Seconds => "takes seconds",
        crate::tree::model::Takes::Minutes => "takes minutes",
        crate::tree::model::Takes::ChangeWindow => "needs a change window",
    }
}

/// Adds a part under its heading, unless it is empty.
fn push_part(blocks: &mut Vec<Block>, heading: &str, part: Vec<Block>) {
    if !part.is_empty() {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(part);
    }
}

fn background(tree: &Tree, id: CardId, not_this_if: Vec<Block>) -> Vec<Block> {
    let card = tree.card(id);
    let mut blocks = Vec::new();
    let points = |texts: &[CleanText]| texts.iter().map(|text| Block::Point(text.to_string())).collect::<Vec<_>>();
    let causes = card.causes_by_likelihood();
    push_part(
        &mut blocks,
        "Why",
        causes.iter().map(|cause| Block::Point(format!("{} ({})", cause.text, cause.likelihood.word()))).collect(),
    );
    push_part(&mut blocks, "What you see", points(&card.symptoms));
    push_part(&mut blocks, "Error strings", shown_error_strings(card).into_iter().map(Block::Point).collect());
    blocks.extend(not_this_if);
    if let Some(escalate) = &card.escalate {
        let mut part = vec![Block::Text(escalate.when.to_string())];
        if !escalate.with.is_empty() {
            part.push(Block::Text("Include:".into()));
            part.extend(points(&escalate.with));
        }
        push_part(&mut blocks, "Escalate if", part);
    }
    push_part(&mut blocks, "Values", values(tree, id));
    push_part(
        &mut blocks,
        "Further reading",
        card.docs.iter().map(|doc| Block::Link(doc.title.to_string(), doc.url.to_string())).collect(),
    );
    push_part(
        &mut blocks,
        "About this card",
        vec![Block::Text(format!("{} · reviewed {} · {}", card.id, card.reviewed, card.source))],
    );
    blocks
}

/// Returns the meanings and sources of the placeholders of a card.
fn values(tree: &Tree, id: CardId) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (name, described) in evidence::described_values(tree, id) {
        blocks.push(Block::Point(format!("{{{name}}}: {}", described.means)));
        blocks.extend(described.run.as_ref().map(|run| Block::Command(command::CommandText::unfilled(run))));
        blocks.extend(described.place.as_ref().map(|place| Block::Labeled("Where", place.to_string())));
    }
    blocks
}

/// Returns the error strings of a card for people, each once.
///
/// Placeholders are dots. A string that begins inside of quotes is left out, and so is a pattern that is a part of a
/// documented string.
fn shown_error_strings(card: &Card) -> Vec<String> {
    let documented = card.signatures.iter().filter_map(|signature| signature.documented.as_deref());
    let documented: Vec<&str> = documented.collect();
    let patterns = card.signatures.iter().filter(|signature| signature.documented.is_none());
    let patterns = patterns.filter_map(|signature| match &signature.pattern {
        Pattern::Text(template) => Some(template.fill(|_| Some("…".to_owned()))),
        Pattern::Fields(_) | Pattern::Json(_) => None,
    });
    let folded: Vec<String> = documented.iter().map(|text| text.to_lowercase()).collect();
    let is_whole = |text: &String| text.matches('"').count().is_multiple_of(2);
    let is_new = |text: &String| {
        let part = text.trim_matches('…').trim().to_lowercase();
        !folded.iter().any(|known| known.contains(&part))
    };
    let mut shown: Vec<String> = Vec::new();
    let found = documented.iter().map(|text| (*text).to_owned()).chain(patterns.filter(is_new));
    for text in found.filter(is_whole) {
        if !shown.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            shown.push(text);
        }
    }
    if shown.is_empty() {
        shown.extend(card.error_strings().iter().map(|text| without_placeholders(text)));
    }
    shown
}

/// Replaces each `{placeholder}` of a text by dots.
fn without_placeholders(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('{') {
        let Some((_, after)) = inside.split_once('}') else { break };
        shown.push_str(before);
        shown.push('…');
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn error_strings_have_whole_quotes_and_no_placeholders() {
        let (mut count, library) = (0, Library::embedded());
        for (tree, (_, card)) in library.trees.iter().flat_map(|tree| tree.cards().map(move |card| (tree, card))) {
            for shown in shown_error_strings(card) {
                count += 1;
                assert!(shown.matches('"').count().is_multiple_of(2), "{}/{}: {shown}", tree.id, card.id);
                assert!(!shown.contains("{any}") && !shown.contains("{ip}"), "{}/{}: {shown}", tree.id, card.id);
            }
        }
        assert!(count > 200, "{count}");
    }
}
