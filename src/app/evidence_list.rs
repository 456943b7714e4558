//! Lists the evidence of a walk for screens and lines.

use crate::export::HitGroup;
use crate::export::evidence::{deciding, line_of, says_of};
use crate::export::format::{capital, many};
use crate::export::verdict::{ruled_out, verdict};
use crate::session::walks;
use crate::text;
use crate::tree::{CardId, QuestionId};
use crate::walk::{CodeAnswer, Hit, Risk, Success, Testimony, Unexplained, Verdict, Walk};

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
    /// A status or code that leaves some answers.
    Code(QuestionId, &'w CodeAnswer),
    /// Lines that rule a card out because something works.
    Success(&'w Success),
    /// Lines that no card explains.
    Unexplained(&'w Unexplained),
}

/// Returns the entries part by part.
///
/// Lines that point to cards come first, then lines that only make cards likelier, then those whose cards are ruled out.
/// In a part, confirmed cards come before others, and what began first before what followed.
pub fn entries(walk: &Walk) -> Vec<EvidenceEntry<'_>> {
    let known = walk.known();
    let mut hits = HitGroup::all(walk);
    hits.sort_by_cached_key(|group| {
        let hit = group.first;
        let verdicts = hit.cards.iter().filter_map(|card| walk.verdicts().of_card(*card));
        let best = verdicts.map(|verdict| rank(&verdict)).min().unwrap_or(usize::MAX);
        (is_ruled_out(walk, hit), !hit.limits(), best, group.onset(), std::cmp::Reverse(group.lines))
    });
    let mut entries: Vec<EvidenceEntry<'_>> =
        hits.into_iter().map(|group| EvidenceEntry::Hit(group.first, group.lines)).collect();
    entries.extend(known.risks.iter().map(EvidenceEntry::Risk));
    let said = known.testimony.iter().map(|(question, said)| (*question, said.as_slice()));
    entries.extend(
        said.clone().filter(|(_, said)| said.len() > 1).map(|(question, said)| EvidenceEntry::Several(question, said)),
    );
    entries.extend(said.filter_map(|(question, said)| match said {
        [only] => Some(EvidenceEntry::Answer(question, only)),
        _ => None,
    }));
    entries.extend(known.codes.iter().map(|(question, code)| EvidenceEntry::Code(*question, code)));
    entries.extend(known.successes.iter().map(EvidenceEntry::Success));
    entries.extend(known.unexplained.iter().map(EvidenceEntry::Unexplained));
    entries
}

/// Returns the place of a verdict in the list, the surest first.
fn rank(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Confirmed(_) => 0,
        Verdict::Likely => 1,
        Verdict::Possible => 2,
        Verdict::RuledOut(_) => 3,
    }
}

fn is_ruled_out(walk: &Walk, hit: &Hit) -> bool {
    !hit.cards.iter().any(|card| walks::is_candidate(walk, *card))
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
pub fn part(walk: &Walk, entry: EvidenceEntry<'_>) -> &'static str {
    match entry {
        EvidenceEntry::Hit(hit, _) if is_ruled_out(walk, hit) => "Ruled out, although lines point to it",
        EvidenceEntry::Hit(hit, _) if hit.limits() => "Lines that point to a card",
        EvidenceEntry::Hit(..) => "Lines that make a card likelier",
        EvidenceEntry::Risk(_) => "Settings that could cause a problem",
        EvidenceEntry::Several(..) => "Conflicting answers: you decide which one applies",
        EvidenceEntry::Answer(..) => "Answers",
        EvidenceEntry::Code(..) => "A status leaves some answers possible",
        EvidenceEntry::Success(_) => "Lines that show that something works",
        EvidenceEntry::Unexplained(_) => "Unexplained: looks like a problem, but no card covers it",
    }
}

/// Counts the lines of an entry, and names the first place.
pub fn counted(entry: EvidenceEntry<'_>) -> String {
    let (count, provenance) = match entry {
        EvidenceEntry::Hit(hit, count) => (count, &hit.provenance),
        EvidenceEntry::Answer(_, one) => (one.count, &one.provenance),
        EvidenceEntry::Success(success) => (success.count, &success.provenance),
        EvidenceEntry::Unexplained(kind) => (kind.count, &kind.provenance),
        EvidenceEntry::Risk(risk) => return capital(&line_of(&risk.provenance)),
        EvidenceEntry::Code(_, code) => return capital(&line_of(&code.provenance)),
        EvidenceEntry::Several(_, said) => return text::count(said.len(), "answer", "answers"),
    };
    match count {
        1 => capital(&line_of(provenance)),
        _ => format!("{}, first {}", many(count, "line", "lines"), line_of(provenance)),
    }
}

/// Shows an entry in one line: its card, line, question or template.
pub fn label(walk: &Walk, entry: EvidenceEntry<'_>, columns: usize) -> String {
    let label = match entry {
        EvidenceEntry::Hit(hit, _) => match hit.cards.as_slice() {
            [only] => walk.tree().card(*only).title.clone(),
            several => return deciding(&hit.provenance.text, walk.tree(), several, columns),
        },
        EvidenceEntry::Risk(risk) => risk.provenance.text.clone(),
        EvidenceEntry::Answer(question, _) | EvidenceEntry::Several(question, _) | EvidenceEntry::Code(question, _) => {
            walk.tree().question(question).ask.clone()
        }
        EvidenceEntry::Success(success) => success.provenance.text.clone(),
        EvidenceEntry::Unexplained(kind) => kind.template.clone(),
    };
    text::fit(&label, columns, "...")
}

/// Returns the fields or words that point to the card.
///
/// `None` if the label has them.
pub fn telling(walk: &Walk, entry: EvidenceEntry<'_>, columns: usize) -> Option<String> {
    match entry {
        EvidenceEntry::Hit(hit, _) if hit.cards.len() == 1 => {
            Some(deciding(&hit.provenance.text, walk.tree(), &hit.cards, columns))
        }
        _ => None,
    }
}

/// Returns what follows from an entry: the verdict, the answers.
pub fn follows(walk: &Walk, entry: EvidenceEntry<'_>) -> Vec<String> {
    let tree = walk.tree();
    let name = |question, option| tree.option(question, option).label.to_string();
    let label = |question, said: &Testimony| name(question, said.option);
    match entry {
        EvidenceEntry::Hit(..) => match cards(walk, entry).as_slice() {
            [only] => match walk.verdicts().of_card(*only) {
                Some(Verdict::RuledOut(by)) => vec![format!("Ruled out {}", ruled_out(walk, &by))],
                _ => vec![verdict(walk, *only)],
            },
            several => vec![format!("{} cards share it", several.len())],
        },
        EvidenceEntry::Risk(risk) => vec![tree.card(risk.card).title.to_string(), says_of(walk, risk)],
        EvidenceEntry::Answer(question, only) => vec![label(question, only)],
        EvidenceEntry::Several(question, said) => {
            said.iter().map(|one| format!("{} ({})", label(question, one), many(one.count, "line", "lines"))).collect()
        }
        EvidenceEntry::Code(question, code) => code.options.iter().map(|option| name(question, *option)).collect(),
        EvidenceEntry::Success(success) => {
            let title = &tree.card(success.card).title;
            let is_out = matches!(walk.verdicts().of_card(success.card), Some(Verdict::RuledOut(_)));
            vec![if is_out { format!("Rules out: {title}") } else { format!("Contradicts: {title}") }]
        }
        EvidenceEntry::Unexplained(_) => Vec::new(),
    }
}
