//! Lists the evidence of a walk for screens and lines.

use crate::export::evidence::{line_of, says_of, shortened};
use crate::export::format::{capital, many};
use crate::session::walks;
use crate::text;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Hit, Risk, Testimony, Unexplained, Walk};

/// An entry of the list.
#[derive(Clone, Copy, Debug)]
pub enum EvidenceEntry<'w> {
    /// The first of the lines that point to the same cards.
    ///
    /// The number counts all of them.
    Hit(&'w Hit, u64),
    /// A setting that can lead to a card.
    Risk(&'w Risk),
    /// An answer that all evidence agrees on.
    Answer(QuestionId, &'w Testimony),
    /// Answers of which the operator has to choose.
    Several(QuestionId, &'w [Testimony]),
    /// Lines that no card explains.
    Unexplained(&'w Unexplained),
}

/// Returns the entries part by part.
///
/// Those that point to cards come first, then those that only make cards likelier; the most lines first.
pub fn entries(walk: &Walk) -> Vec<EvidenceEntry<'_>> {
    let known = walk.known();
    let mut hits: Vec<(&Hit, u64)> = Vec::new();
    for hit in &known.hits {
        match hits.iter_mut().find(|(first, _)| (first.kind, &first.cards) == (hit.kind, &hit.cards)) {
            Some((_, count)) => *count = count.saturating_add(hit.count),
            None => hits.push((hit, hit.count)),
        }
    }
    hits.sort_by_key(|(hit, count)| (!hit.limits(), std::cmp::Reverse(*count)));
    let mut entries: Vec<EvidenceEntry<'_>> =
        hits.into_iter().map(|(hit, count)| EvidenceEntry::Hit(hit, count)).collect();
    entries.extend(known.risks.iter().map(EvidenceEntry::Risk));
    let said = known.testimony.iter().map(|(question, said)| (*question, said.as_slice()));
    entries.extend(
        said.clone().filter(|(_, said)| said.len() > 1).map(|(question, said)| EvidenceEntry::Several(question, said)),
    );
    entries.extend(said.filter_map(|(question, said)| match said {
        [only] => Some(EvidenceEntry::Answer(question, only)),
        _ => None,
    }));
    entries.extend(known.unexplained.iter().map(EvidenceEntry::Unexplained));
    entries
}

/// Returns the cards that an entry points to.
pub fn cards(walk: &Walk, entry: EvidenceEntry<'_>) -> Vec<CardId> {
    match entry {
        EvidenceEntry::Hit(hit, _) => {
            let (possible, excluded): (Vec<CardId>, Vec<CardId>) =
                hit.cards.iter().partition(|card| walks::is_candidate(walk, **card));
            [possible, excluded].concat()
        }
        EvidenceEntry::Risk(risk) => vec![risk.card],
        _ => Vec::new(),
    }
}

/// Names the part of the list in which an entry stands.
pub fn part(entry: EvidenceEntry<'_>) -> &'static str {
    match entry {
        EvidenceEntry::Hit(hit, _) if hit.limits() => "Lines that point to a card",
        EvidenceEntry::Hit(..) => "Lines that make a card likelier",
        EvidenceEntry::Risk(_) => "Settings that can lead to a card",
        EvidenceEntry::Several(..) => "Several answers: which one counts is left to you",
        EvidenceEntry::Answer(..) => "Answers",
        EvidenceEntry::Unexplained(_) => "Not explained: looks like trouble, and no card knows it",
    }
}

/// Counts the lines of an entry, and names the first place.
pub fn counted(entry: EvidenceEntry<'_>) -> String {
    let (count, provenance) = match entry {
        EvidenceEntry::Hit(hit, count) => (count, &hit.provenance),
        EvidenceEntry::Answer(_, one) => (one.count, &one.provenance),
        EvidenceEntry::Unexplained(kind) => (kind.count, &kind.provenance),
        EvidenceEntry::Risk(risk) => return capital(&line_of(&risk.provenance)),
        EvidenceEntry::Several(_, said) => return text::count(said.len(), "answer", "answers"),
    };
    match count {
        1 => capital(&line_of(provenance)),
        _ => format!("{}, first {}", many(count, "line", "lines"), line_of(provenance)),
    }
}

/// Shows an entry in one line: its line, question or template.
pub fn label(walk: &Walk, entry: EvidenceEntry<'_>, columns: usize) -> String {
    let label = match entry {
        EvidenceEntry::Hit(hit, _) => return shortened(&hit.provenance.text, walk.tree(), &hit.cards, columns),
        EvidenceEntry::Risk(risk) => risk.provenance.text.clone(),
        EvidenceEntry::Answer(question, _) | EvidenceEntry::Several(question, _) => {
            walk.tree().question(question).ask.clone()
        }
        EvidenceEntry::Unexplained(kind) => kind.template.clone(),
    };
    text::fit(&label, columns, "...")
}

/// Returns what follows from an entry: the card, the answers.
pub fn follows(walk: &Walk, entry: EvidenceEntry<'_>) -> Vec<String> {
    let tree = walk.tree();
    let label = |question, said: &Testimony| tree.option(question, said.option).label.clone();
    match entry {
        EvidenceEntry::Hit(..) => match cards(walk, entry).as_slice() {
            [only] => vec![tree.card(*only).title.to_string()],
            several => vec![format!("{} cards share it", several.len())],
        },
        EvidenceEntry::Risk(risk) => vec![tree.card(risk.card).title.to_string(), says_of(walk, risk)],
        EvidenceEntry::Answer(question, only) => vec![label(question, only).into_string()],
        EvidenceEntry::Several(question, said) => {
            said.iter().map(|one| format!("{} ({})", label(question, one), many(one.count, "line", "lines"))).collect()
        }
        EvidenceEntry::Unexplained(_) => Vec::new(),
    }
}
