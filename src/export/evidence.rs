//! What the evidence of a walk says of one card: how many lines, the values for its commands, the settings that can lead
//! to it, and how much of the evidence is about something else.

use super::outline::Block;
use super::when::{many, thousands};
use crate::lookup::PATH;
use crate::text;
use crate::tree::pattern::Part;
use crate::tree::{CardId, Tree};
use crate::walk::{Hit, Provenance, Walk};

/// The values of a placeholder, each with how many lines have it, the most frequent first.
pub type Values = (String, Vec<(String, u64)>);

/// So many letters of a line are shown on a card.
const SHOWN: usize = 160;

/// The values that the lines which point to a card have for placeholders.
pub fn values(walk: &Walk, card: CardId) -> Vec<Values> {
    let mut values: Vec<Values> = Vec::new();
    for hit in walk.known().hits.iter().filter(|hit| hit.cards.contains(&card)) {
        for (name, value) in hit.captures.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let at = values.iter().position(|(known, _)| known == name).unwrap_or(values.len());
            if at == values.len() {
                values.push((name.clone(), Vec::new()));
            }
            let Some((_, met)) = values.get_mut(at) else { continue };
            match met.iter_mut().find(|(known, _)| known == value) {
                Some((_, count)) => *count = count.saturating_add(hit.count),
                None => met.push((value.clone(), hit.count)),
            }
        }
    }
    for (_, met) in &mut values {
        // What was met first stays first among equals.
        met.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    values
}

/// The most frequent value of a placeholder.
pub fn most_frequent(values: &[Values], name: &str) -> Option<String> {
    let (_, met) = values.iter().find(|(known, _)| known == name)?;
    met.first().map(|(value, _)| value.clone())
}

/// What the evidence says of a card, for the card itself. Nothing if it says nothing.
pub fn blocks(walk: &Walk, id: CardId, values: &[Values]) -> Vec<Block> {
    let tree = walk.tree();
    let known = walk.known();
    let mut blocks = Vec::new();
    let lines = known.lines_for(id);
    // A line that was typed to look it up stands on the screen anyway.
    let is_read = |hit: &&Hit| hit.cards.contains(&id) && hit.provenance.path != PATH;
    if let Some(hit) = known.hits.iter().find(is_read).filter(|_| lines > 0) {
        let place = place(&hit.provenance);
        let shown = text::fit(&hit.provenance.text, SHOWN, "…");
        let said = match lines {
            1 => format!("{place}: {shown}"),
            _ => format!("{}, the first is {place}: {shown}", many(lines, "line", "lines")),
        };
        blocks.push(Block::Found("In your evidence".into(), said));
    }
    for risk in known.risks.iter().filter(|risk| risk.card == id) {
        let says = says(tree, id, risk.at, values);
        let found = format!("{} ({}). {says}", risk.provenance.text, risk.provenance.path);
        blocks.push(Block::Found("In your configuration".into(), found));
    }
    let used: Vec<&str> = placeholders(tree, id);
    for (name, met) in values.iter().filter(|(name, met)| met.len() > 1 && used.contains(&name.as_str())) {
        let Some((most, count)) = met.first() else { continue };
        let all = met.iter().fold(0_u64, |all, (_, count)| all.saturating_add(*count));
        let said = format!(
            "{{{name}}} is {most} in {} of {} lines, and is filled in so; {}",
            thousands(*count),
            thousands(all),
            match met.get(1) {
                Some((other, _)) if met.len() == 2 => format!("the other is {other}"),
                _ => format!("there are {} others", met.len() - 1),
            }
        );
        blocks.push(Block::Found("Several values".into(), said));
    }
    let elsewhere = not_explained(walk, id);
    if elsewhere > 0 && !blocks.is_empty() {
        let verb = if elsewhere == 1 { "is" } else { "are" };
        let said = format!("{} of your evidence {verb} not explained by this card.", many(elsewhere, "line", "lines"));
        blocks.push(Block::Text(said));
    }
    blocks
}

/// How many lines of the evidence belong to other cards or to none.
pub fn not_explained(walk: &Walk, card: CardId) -> u64 {
    let known = walk.known();
    let others = known.hits.iter().filter(|hit| !hit.cards.contains(&card)).map(|hit| hit.count);
    others.chain(known.unexplained.iter().map(|kind| kind.count)).fold(0, u64::saturating_add)
}

/// What a setting that was found means, in the words of the card.
pub fn says(tree: &Tree, card: CardId, risk: usize, values: &[Values]) -> String {
    let Some(risk) = tree.card(card).risks.get(risk) else { return String::new() };
    risk.says.fill(|name| most_frequent(values, name))
}

/// Where a line stands, in words.
pub fn place(provenance: &Provenance) -> String {
    format!("{}:{}", provenance.path, provenance.line)
}

/// The names of the placeholders in a card's commands.
fn placeholders(tree: &Tree, card: CardId) -> Vec<&str> {
    let commands = tree.card(card).remedies.iter().flat_map(|remedy| &remedy.commands);
    let parts = commands.flat_map(|command| &command.run.parts);
    let name = |part| match part {
        &Part::Literal(_) => None,
        Part::Slot { name, .. } => Some(name.as_str()),
    };
    parts.filter_map(name).collect()
}
