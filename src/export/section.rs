//! The sections of a card: everything beside its steps.

use std::sync::Arc;

use super::block::Block;
use super::command::CommandText;
use super::evidence;
use super::reference::name_of;
use crate::text::CleanText;
use crate::tree::pattern::Pattern;
use crate::tree::{Card, CardId, Tree};

/// Names a section of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// The findings of the evidence, and the symptoms.
    IsItThis,
    /// The causes.
    Why,
    /// The error strings.
    ErrorText,
    /// The look-alikes.
    NotThisIf,
    /// When to escalate, and what to include.
    Escalate,
    /// The placeholders of the commands.
    Values,
    /// The pages to read, and where the card comes from.
    Links,
}

impl SectionKind {
    /// The sections in reading order.
    pub const ALL: [SectionKind; 7] = [
        SectionKind::IsItThis,
        SectionKind::Why,
        SectionKind::ErrorText,
        SectionKind::NotThisIf,
        SectionKind::Escalate,
        SectionKind::Values,
        SectionKind::Links,
    ];

    /// Returns the name of the section.
    pub fn title(self) -> &'static str {
        match self {
            SectionKind::IsItThis => "Is it this?",
            SectionKind::Why => "Why",
            SectionKind::ErrorText => "Error text",
            SectionKind::NotThisIf => "Not this if",
            SectionKind::Escalate => "Escalate",
            SectionKind::Values => "Values",
            SectionKind::Links => "Links",
        }
    }

    /// Returns the heading in the text of a card.
    fn heading(self) -> &'static str {
        match self {
            SectionKind::IsItThis => "What you see",
            SectionKind::Escalate => "Escalate if",
            SectionKind::ErrorText => "Error strings",
            SectionKind::Links => "Further reading",
            other => other.title(),
        }
    }
}

/// A section of a card; it is never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSection {
    /// Which section it is.
    pub kind: SectionKind,
    /// The findings of the evidence, in the first section.
    pub found: Vec<Block>,
    /// The rest of its content.
    pub blocks: Vec<Block>,
}

impl CardSection {
    /// Returns the content below its heading, for the text of a card.
    ///
    /// The text has what was found before the steps.
    pub(super) fn with_heading(&self) -> Vec<Block> {
        if self.blocks.is_empty() {
            return Vec::new();
        }
        let heading = Block::Heading(self.kind.heading().to_owned());
        std::iter::once(heading).chain(self.blocks.iter().cloned()).collect()
    }

    /// Returns the whole content.
    pub fn content(&self) -> Vec<Block> {
        let mut blocks = self.found.clone();
        if !self.found.is_empty() && !self.blocks.is_empty() {
            blocks.push(Block::Heading(self.kind.heading().to_owned()));
        }
        blocks.extend(self.blocks.iter().cloned());
        blocks
    }
}

/// Returns the sections of a card that have content.
///
/// `found` is what the evidence says.
pub(super) fn sections(trees: &[Arc<Tree>], tree: &Tree, id: CardId, found: &[Block]) -> Vec<CardSection> {
    let sections = SectionKind::ALL.into_iter().map(|kind| {
        let found = if kind == SectionKind::IsItThis { found.to_vec() } else { Vec::new() };
        CardSection { kind, found, blocks: content(trees, tree, id, kind) }
    });
    sections.filter(|section| !section.blocks.is_empty() || !section.found.is_empty()).collect()
}

fn content(trees: &[Arc<Tree>], tree: &Tree, id: CardId, kind: SectionKind) -> Vec<Block> {
    let card = tree.card(id);
    let points = |texts: &[CleanText]| texts.iter().map(|text| Block::Point(text.to_string())).collect::<Vec<_>>();
    match kind {
        SectionKind::IsItThis => points(&card.symptoms),
        SectionKind::Why => {
            let causes = card.causes_by_likelihood().into_iter();
            causes.map(|cause| Block::Point(format!("{} ({})", cause.text, cause.likelihood.word()))).collect()
        }
        SectionKind::ErrorText => shown_error_strings(card).into_iter().map(Block::Point).collect(),
        SectionKind::NotThisIf => {
            let sign = |sign: &CleanText, other: Option<CardId>| match other {
                Some(other) => format!("{sign} See: {}.", name_of(trees, tree, other)),
                None => sign.to_string(),
            };
            let look_alikes = card.not_this_if.iter();
            look_alikes.map(|look_alike| Block::Point(sign(&look_alike.sign, look_alike.card))).collect()
        }
        SectionKind::Escalate => {
            let Some(escalate) = &card.escalate else { return Vec::new() };
            let mut blocks = vec![Block::Text(escalate.when.to_string())];
            if !escalate.with.is_empty() {
                blocks.push(Block::Text("Include:".into()));
                blocks.extend(points(&escalate.with));
            }
            blocks
        }
        SectionKind::Values => values(tree, id),
        SectionKind::Links => {
            let docs = card.docs.iter().map(|doc| Block::Link(doc.title.to_string(), doc.url.to_string()));
            let about = format!("{} · reviewed {} · {}", card.id, card.reviewed, card.source);
            docs.chain([Block::Heading("About this card".to_owned()), Block::Text(about)]).collect()
        }
    }
}

/// Returns the meanings and sources of the placeholders of a card.
fn values(tree: &Tree, id: CardId) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (name, described) in evidence::described_values(tree, id) {
        blocks.push(Block::Point(format!("{{{name}}}: {}", described.means)));
        blocks.extend(described.run.as_ref().map(|run| Block::Command(CommandText::unfilled(run))));
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
