//! The list of the evidence, part by part.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Lines;
use crate::app::parts::body;
use crate::app::theme::Theme;
use crate::app::walks;
use crate::export::evidence::{says_of, shortened};
use crate::export::when::{capital, many, thousands};
use crate::text;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Hit, Risk, Testimony, Unexplained, Walk};

/// An entry of the list.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'w> {
    /// Lines that point to the same cards: the first, and how many they are.
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

/// The entries, part by part: what points to cards first, the most lines first.
pub fn entries(walk: &Walk) -> Vec<Entry<'_>> {
    let known = walk.known();
    let mut hits: Vec<(&Hit, u64)> = Vec::new();
    for hit in &known.hits {
        match hits.iter_mut().find(|(first, _)| first.cards == hit.cards) {
            Some((_, count)) => *count = count.saturating_add(hit.count),
            None => hits.push((hit, hit.count)),
        }
    }
    hits.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut entries: Vec<Entry<'_>> = hits.into_iter().map(|(hit, count)| Entry::Hit(hit, count)).collect();
    entries.extend(known.risks.iter().map(Entry::Risk));
    let said = known.testimony.iter().map(|(question, said)| (*question, said.as_slice()));
    entries
        .extend(said.clone().filter(|(_, said)| said.len() > 1).map(|(question, said)| Entry::Several(question, said)));
    entries.extend(said.filter_map(|(question, said)| match said {
        [only] => Some(Entry::Answer(question, only)),
        _ => None,
    }));
    entries.extend(known.unexplained.iter().map(Entry::Unexplained));
    entries
}

/// The cards that an entry points to.
pub fn cards(walk: &Walk, entry: Entry<'_>) -> Vec<CardId> {
    match entry {
        Entry::Hit(hit, _) => {
            let (possible, excluded): (Vec<CardId>, Vec<CardId>) =
                hit.cards.iter().partition(|card| walks::is_candidate(walk, **card));
            [possible, excluded].concat()
        }
        Entry::Risk(risk) => vec![risk.card],
        _ => Vec::new(),
    }
}

/// The part of the list in which an entry stands.
pub fn part(entry: Entry<'_>) -> &'static str {
    match entry {
        Entry::Hit(..) => "Lines that point to a card",
        Entry::Risk(_) => "Settings that can lead to a card",
        Entry::Several(..) => "Several answers: which one counts is left to you",
        Entry::Answer(..) => "Answers",
        Entry::Unexplained(_) => "Not explained: looks like trouble, and no card knows it",
    }
}

/// How many lines an entry stands for, and where the first of them is.
pub fn counted(entry: Entry<'_>) -> String {
    let (count, provenance) = match entry {
        Entry::Hit(hit, count) => (count, &hit.provenance),
        Entry::Answer(_, one) => (one.count, &one.provenance),
        Entry::Unexplained(kind) => (kind.count, &kind.provenance),
        Entry::Risk(risk) => return capital(&walks::source(&risk.provenance)),
        Entry::Several(_, said) => return text::count(said.len(), "answer", "answers"),
    };
    match count {
        1 => capital(&walks::source(provenance)),
        _ => format!("{}, first {}", many(count, "line", "lines"), walks::source(provenance)),
    }
}

/// What an entry says, in a line: the line itself, the question, what is alike.
pub fn label(walk: &Walk, entry: Entry<'_>, columns: usize) -> String {
    let label = match entry {
        Entry::Hit(hit, _) => return shortened(&hit.provenance.text, walk.tree(), &hit.cards, columns),
        Entry::Risk(risk) => risk.provenance.text.clone(),
        Entry::Answer(question, _) | Entry::Several(question, _) => walk.tree().question(question).ask.clone(),
        Entry::Unexplained(kind) => kind.template.clone(),
    };
    text::fit(&label, columns, "...")
}

/// What follows from an entry: the card, the answers.
pub fn follows(walk: &Walk, entry: Entry<'_>) -> Vec<String> {
    let tree = walk.tree();
    let label = |question, said: &Testimony| tree.option(question, said.option).label.clone();
    match entry {
        Entry::Hit(..) => match cards(walk, entry).as_slice() {
            [only] => vec![tree.card(*only).title.to_string()],
            several => vec![format!("{} cards share it", several.len())],
        },
        Entry::Risk(risk) => vec![tree.card(risk.card).title.to_string(), says_of(walk, risk)],
        Entry::Answer(question, only) => vec![label(question, only).into_string()],
        Entry::Several(question, said) => {
            said.iter().map(|one| format!("{} ({})", label(question, one), many(one.count, "line", "lines"))).collect()
        }
        Entry::Unexplained(_) => Vec::new(),
    }
}

/// The list with one entry selected.
pub(super) fn lines(walk: &Walk, entries: &[Entry<'_>], selected: usize, theme: Theme, width: usize) -> Lines {
    let mut lines = Vec::new();
    let mut places = Vec::new();
    if entries.is_empty() {
        let hint = "None yet. Paste lines of a log, a record, or a configuration at any time: what stands in them \
                    answers questions, and points to cards.";
        lines.extend(body::hanging(theme, Span::raw(""), hint, Style::new(), width));
    }
    let mut open_part = "";
    for (at, entry) in entries.iter().enumerate() {
        // The heading comes into view with the first entry below it.
        let first = lines.len();
        if part(*entry) != open_part {
            if !open_part.is_empty() {
                lines.push(Line::default());
            }
            open_part = part(*entry);
            lines.extend(body::hanging(theme, Span::raw(""), open_part, theme.heading(), width));
        }
        let label = theme.text(&label(walk, *entry, width.saturating_sub(2)));
        lines.extend(body::entry(theme, at == selected, "", &label, width));
        let place = match entry {
            Entry::Several(..) => None,
            Entry::Unexplained(kind) if kind.count > 1 => {
                Some(format!("{} times, first {}", thousands(kind.count), walks::source(&kind.provenance)))
            }
            _ => Some(counted(*entry)),
        };
        if let Some(place) = place {
            lines.extend(body::hanging(theme, Span::raw("    "), &place, Style::new(), width));
        }
        let lead = Span::styled(format!("    {} ", theme.symbol("→", "->")), theme.key());
        for said in follows(walk, *entry).iter().filter(|said| !said.is_empty()) {
            lines.extend(body::hanging(theme, lead.clone(), said, Style::new(), width));
        }
        places.push((first, lines.len().saturating_sub(1)));
    }
    (lines, places)
}
