//! Describes the evidence of a walk for one card.
//!
//! The description has the number of lines, the values for the card's commands, risky settings, and the number of lines
//! that the card does not explain.

use std::ops::Range;

use super::block::Block;
use super::format::{capital, many, thousands};
use crate::recognize::{Line, looks_like};
use crate::text::{self, CleanText, fold_name};
use crate::tree::model::DescribedValue;
use crate::tree::pattern::{Part, Pattern, Template};
use crate::tree::{CardId, Tree};
use crate::walk::{EvidenceSource, Hit, Provenance, Risk, Walk};

/// Most columns of a decoded text on a card.
///
/// About four lines of 80 columns.
pub(super) const DECODED: usize = 300;

/// A placeholder's values with their line counts, most frequent first.
pub type Values = (CleanText, Vec<(CleanText, u64)>);

/// Most columns of an evidence line on a card.
///
/// Two lines of a narrow terminal.
const SHOWN: usize = 110;

/// Returns the placeholder values in the lines that point to a card.
///
/// A value that does not look as the tree says it may is left out.
pub fn values(walk: &Walk, card: CardId) -> Vec<Values> {
    let (known, tree) = (walk.known(), walk.tree());
    let mut values: Vec<Values> = Vec::new();
    let details = || known.details.iter().filter(|detail| detail.card == card);
    for (name, met) in details().flat_map(|detail| &detail.values) {
        met.iter().for_each(|(value, count)| add(&mut values, name, value, *count));
    }
    // Without counted values, the values of the stored hits are used.
    for hit in known.hits.iter().filter(|hit| details().next().is_none() && hit.cards.contains(&card)) {
        hit.captures.iter().for_each(|(name, value)| add(&mut values, name, value, hit.count));
    }
    for (name, met) in &mut values {
        let described = tree.described_value(name).filter(|_| !walk.log.is_redacted);
        met.retain(|(value, _)| described.is_none_or(|described| looks_like(described, value)));
        // The sort is stable: of equally frequent values, the first one seen stays first.
        met.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    values.retain(|(_, met)| !met.is_empty());
    values
}

fn add(values: &mut Vec<Values>, name: &CleanText, value: &CleanText, lines: u64) {
    if value.trim().is_empty() {
        return;
    }
    let at = values.iter().position(|(known, _)| known == name).unwrap_or(values.len());
    if at == values.len() {
        values.push((name.clone(), Vec::new()));
    }
    let Some((_, met)) = values.get_mut(at) else { return };
    match met.iter_mut().find(|(known, _)| known == value) {
        Some((_, count)) => *count = count.saturating_add(lines),
        None => met.push((value.clone(), lines)),
    }
}

/// Returns the most frequent value of a placeholder.
pub fn most_frequent(values: &[Values], name: &str) -> Option<CleanText> {
    let (_, met) = values.iter().find(|(known, _)| known == name)?;
    met.first().map(|(value, _)| value.clone())
}

/// Returns the blocks about the evidence for a card; none without evidence.
pub fn blocks(walk: &Walk, id: CardId, values: &[Values]) -> Vec<Block> {
    let tree = walk.tree();
    let known = walk.known();
    let mut blocks = Vec::new();
    let lines = known.lines_for(id);
    // A line typed for a search is on the screen anyway.
    let is_read = |hit: &&Hit| hit.cards.contains(&id) && hit.provenance.source != EvidenceSource::Search;
    if let Some(hit) = known.hits.iter().find(is_read).filter(|_| lines > 0) {
        let place = place(&hit.provenance);
        let shown = shortened(&hit.provenance.text, tree, &hit.cards, SHOWN);
        let said = match lines {
            1 => format!("{place}: {shown}"),
            _ => format!("{}, the first is {place}: {shown}", many(lines, "line", "lines")),
        };
        blocks.push(Block::Found("In your evidence".into(), said));
    }
    blocks.extend(facts(walk, id, values));
    let elsewhere = not_explained(walk, id);
    if elsewhere > 0 && !blocks.is_empty() {
        let verb = if elsewhere == 1 { "is" } else { "are" };
        let said = format!("{} of your evidence {verb} not explained by this card.", many(elsewhere, "line", "lines"));
        blocks.push(Block::Text(said));
    }
    blocks
}

/// Returns what the evidence says about a card besides the lines.
///
/// These are decoded texts, risky settings and values of which there are several.
pub fn facts(walk: &Walk, id: CardId, values: &[Values]) -> Vec<Block> {
    let (tree, known) = (walk.tree(), walk.known());
    let mut blocks = Vec::new();
    for (what, says) in known.details.iter().filter(|detail| detail.card == id).flat_map(|detail| &detail.decoded) {
        blocks.push(Block::Found(capital(what), text::fit(says, DECODED, "...")));
    }
    for risk in known.risks.iter().filter(|risk| risk.card == id) {
        let says = says(tree, id, risk.at, values);
        let found = format!("{} ({}). {says}", risk.provenance.text, risk.provenance.source);
        blocks.push(Block::Found("In your configuration".into(), found));
    }
    let used: Vec<&str> = placeholders(tree, id);
    for (name, met) in values.iter().filter(|(name, met)| met.len() > 1 && used.contains(&name.as_str())) {
        let Some((most, count)) = met.first() else { continue };
        let all = met.iter().fold(0_u64, |all, (_, count)| all.saturating_add(*count));
        let said = format!(
            "{{{name}}}: using {most}, found in {} of {} lines; {}",
            thousands(*count),
            thousands(all),
            match met.get(1) {
                Some((other, _)) if met.len() == 2 => format!("also seen: {other}"),
                _ => format!("{} others were also seen", met.len() - 1),
            }
        );
        blocks.push(Block::Found("Several values".into(), said));
    }
    blocks
}

/// Counts the evidence lines that belong to other cards or to none.
pub fn not_explained(walk: &Walk, card: CardId) -> u64 {
    let known = walk.known();
    let others = known.hits.iter().filter(|hit| !hit.cards.contains(&card)).map(|hit| hit.count);
    others.chain(known.unexplained.iter().map(|kind| kind.count)).fold(0, u64::saturating_add)
}

/// Shortens a line to the part that identifies a card.
pub fn shortened(line: &str, tree: &Tree, cards: &[CardId], columns: usize) -> String {
    if text::width(line) <= columns {
        return line.to_owned();
    }
    let lower = line.to_ascii_lowercase();
    let signatures = || cards.iter().flat_map(|card| &tree.card(*card).signatures);
    // The longest literal identifies a line best. Literals of a text pattern come before values of fields.
    let longest = |is_wanted: fn(&Pattern) -> bool| {
        let wanted = signatures().filter(|signature| is_wanted(&signature.pattern));
        let anchors = wanted.flat_map(|signature| anchors(&signature.pattern));
        anchors.filter(|anchor| lower.contains(anchor.as_str())).max_by_key(String::len)
    };
    let is_text: fn(&Pattern) -> bool = |pattern| matches!(pattern, Pattern::Text(_));
    let found = longest(is_text).or_else(|| longest(|_| true));
    let at = found.as_ref().and_then(|anchor| lower.find(anchor.as_str())).unwrap_or(0);
    around(line, at..at + found.map_or(0, |anchor| anchor.len()), columns)
}

/// Returns the part of a line that points to cards.
///
/// For a record, it is the fields that the signatures ask for. Example: `lbStatusCode=502 backendStatusCode=-`.
pub fn deciding(line: &str, tree: &Tree, cards: &[CardId], columns: usize) -> String {
    let read = Line::new(line);
    let mut said: Vec<String> = Vec::new();
    for record in read.records() {
        let patterns = cards.iter().flat_map(|card| &tree.card(*card).signatures).map(|signature| &signature.pattern);
        for field in patterns.filter_map(Pattern::fields).flatten() {
            let name = fold_name(&field.name);
            let value = match record.values(&name).first() {
                Some(value) => Some(format!("{}={value}", field.name)),
                None => record.has(&name).then(|| format!("{}=-", field.name)),
            };
            said.extend(value.filter(|value| !said.contains(value)));
        }
    }
    match said.is_empty() {
        true => shortened(line, tree, cards, columns),
        false => text::fit(&text::clean_line(&said.join(" ")), columns, "..."),
    }
}

/// Shortens a line to the part around a byte range.
fn around(line: &str, wanted: Range<usize>, columns: usize) -> String {
    // Text before the range gives context; near the end of the line there is room for more of it.
    let room = columns.saturating_sub(3);
    let mut start = wanted.start.saturating_sub(columns / 3).min(line.len().saturating_sub(room));
    // Starts at the beginning of the line, unless that cuts the end of the range.
    let seen = start + if line.len() - start > room { room.saturating_sub(3) } else { room };
    if start <= columns / 4 && !(room < wanted.end && wanted.end <= seen) {
        start = 0;
    }
    while !line.is_char_boundary(start) {
        start += 1;
    }
    let lead = if start > 0 { "..." } else { "" };
    let rest = line.get(start..).unwrap_or_default();
    format!("{lead}{}", text::fit(rest, columns.saturating_sub(lead.len()), "..."))
}

/// Returns the literals of a pattern in lower case.
fn anchors(pattern: &Pattern) -> Vec<String> {
    let templates: Vec<&Template> = match pattern {
        Pattern::Text(template) => vec![template],
        Pattern::Fields(fields) => fields.iter().flat_map(|field| &field.any_of).collect(),
        // For a document, only its place is shown.
        Pattern::Json(_) => Vec::new(),
    };
    let parts = templates.into_iter().flat_map(|template| template.parts.iter());
    let literal = |part: &Part| match part {
        Part::Literal(literal) => Some(literal.trim().to_ascii_lowercase()),
        Part::Slot { .. } => None,
    };
    parts.filter_map(literal).filter(|literal| literal.len() > 2).collect()
}

/// Returns the card's explanation of a risky setting.
pub fn says(tree: &Tree, card: CardId, risk: usize, values: &[Values]) -> String {
    let Some(risk) = tree.card(card).risks.get(risk) else { return String::new() };
    risk.says.fill(|name| most_frequent(values, name).map(CleanText::into_string))
}

/// Returns the explanation of a risky setting in a walk's evidence.
pub fn says_of(walk: &Walk, risk: &Risk) -> String {
    says(walk.tree(), risk.card, risk.at, &values(walk, risk.card))
}

/// Returns the place of a line in words.
pub fn place(provenance: &Provenance) -> String {
    match &provenance.source {
        EvidenceSource::Paste => format!("line {} of {}", provenance.line, provenance.source),
        source => format!("{source}:{}", provenance.line),
    }
}

/// Names a place: `your search`, or `line 3 of FILE`.
pub fn line_of(provenance: &Provenance) -> String {
    match &provenance.source {
        EvidenceSource::Search => provenance.source.to_string(),
        EvidenceSource::StandardInput => format!("line {} of standard input", provenance.line),
        source => format!("line {} of {source}", provenance.line),
    }
}

/// Returns the names of the placeholders in a card's commands, each once.
pub fn placeholders(tree: &Tree, card: CardId) -> Vec<&str> {
    let commands = tree.card(card).remedies.iter().flat_map(|remedy| &remedy.commands);
    let mut names = Vec::new();
    for name in commands.flat_map(|command| command.run.slots()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Returns the placeholders of a card's commands that the tree describes.
pub(super) fn described_values(tree: &Tree, card: CardId) -> impl Iterator<Item = (&str, &DescribedValue)> {
    placeholders(tree, card).into_iter().filter_map(|name| Some((name, tree.described_value(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_of_a_long_line_is_shown() {
        let line = format!("{} closed abruptly\"}}}}", "x".repeat(100));
        for columns in [40, 80, 110, 119] {
            let shown = around(&line, 100..116, columns);
            assert!(shown.contains(" closed abruptly") && text::width(&shown) <= columns, "{columns}: {shown}");
        }
        assert_eq!(around("needle in some hay", 0..6, 12), "needle in...");
    }
}
