//! Collects pasted lines, and tells the evidence of a walk.

use super::dialogue::{Dialogue, DialogueMode};
use super::lines::{LineWriter, WIDTH};
use super::reply::Reply;
use crate::app::evidence_list::{self, EvidenceEntry};
use crate::app::system_use::code_line;
use crate::export::comparison::{ComparedPart, since_change};
use crate::export::timeline::{Timeline, TimelinePart};
use crate::session::{EntryPoint, is_record};
use crate::text;
use crate::walk::{EvidenceSource, Walk};

/// No more than this is kept of a paste, in bytes.
const MOST: usize = 8 << 20;

/// Tells that a paste was longer.
const CUT: &str = "Only the first 8 MiB are read; \"wherefore diagnose\" reads logs of any length.";

/// The letters from which on a line counts as pasted, not typed.
const PASTED: usize = 60;

/// Returns whether a meaningless line is the first of pasted ones.
pub(super) fn looks_pasted(line: &str) -> bool {
    is_record(line) || line.chars().count() >= PASTED
}

/// Tells each entry of the evidence, and what follows from it.
pub(super) fn tell(walk: &Walk, out: &mut LineWriter) {
    let entries = evidence_list::entries(walk);
    if entries.is_empty() {
        out.text("There is no evidence yet. Type paste, and then paste lines.");
    }
    if let Some((said, parts)) = since_change(walk) {
        out.text(&said);
        for ComparedPart { heading, rows } in parts {
            rows.iter().for_each(|(lines, says)| out.text(&format!("  {heading}: {says} ({lines})")));
        }
    }
    for TimelinePart { heading, rows } in &Timeline::of(walk).parts {
        out.text(&format!("{heading}:"));
        rows.iter().for_each(|(time, says)| out.text(&format!("  {time}{says}")));
    }
    let mut part = "";
    for (at, entry) in entries.iter().enumerate() {
        if evidence_list::part(walk, *entry) != part {
            part = evidence_list::part(walk, *entry);
            out.text(&format!("{part}:"));
        }
        let label = evidence_list::label(walk, *entry, 2 * WIDTH);
        let counted = match entry {
            EvidenceEntry::Several(..) => String::new(),
            _ => format!("{}: ", evidence_list::counted(*entry)),
        };
        out.text(&format!("{}. {counted}{label}", at + 1));
        let telling = evidence_list::telling(walk, *entry, 2 * WIDTH);
        for said in telling.into_iter().chain(evidence_list::follows(walk, *entry)) {
            out.text(&format!("  {said}"));
        }
    }
}

impl Dialogue {
    /// Begins to collect lines; `first` is the first one.
    pub(super) fn begin_paste(&mut self, first: Option<&str>, out: &mut LineWriter) -> Reply {
        let mut text = String::new();
        if let Some(first) = first {
            text.push_str(first);
            text.push('\n');
        }
        self.mode = DialogueMode::Paste { text, is_cut: false };
        out.prompt(match first {
            Some(_) => "Read as the first of pasted lines. End with a line that contains only a dot.",
            None => "Paste or type lines. End with a line that contains only a dot.",
        });
        Reply::Same
    }

    /// Takes a line of a paste as it is, or ends it. `None` if no paste is under way.
    pub(super) fn collect(&mut self, line: &str) -> Option<(String, Reply)> {
        let DialogueMode::Paste { text, is_cut } = &mut self.mode else { return None };
        if line.trim() == "." {
            let (text, is_cut) = (std::mem::take(text), *is_cut);
            return Some(self.end_paste(&text, is_cut));
        }
        // Lines after one that did not fit are left out, too, so the evidence is the beginning of the paste.
        *is_cut |= text.len() + line.len() >= MOST;
        if !*is_cut {
            text.push_str(line);
            text.push('\n');
        }
        Some((String::new(), Reply::Same))
    }

    /// Reads what was pasted, or looks its words up.
    fn end_paste(&mut self, text: &str, is_cut: bool) -> (String, Reply) {
        let mut out = self.writer();
        if is_cut {
            out.text(CUT);
        }
        self.show_walk();
        if text.trim().is_empty() {
            return (out.done(), Reply::Next);
        }
        let mut read = self.session.read(text, EvidenceSource::Paste);
        let Some(last) = read.pop() else {
            if let Some(entered) = self.session.enter_after_change(text) {
                self.tell_entered(&entered, &mut out);
                return (out.done(), Reply::Next);
            }
            out.text("No line was recognized; searching for its words instead.");
            self.search(&text::clean_line(self.session.searcher.relevant_lines(text).as_deref().unwrap_or(text)));
            return (out.done(), Reply::Next);
        };
        if !read.is_empty() {
            read.push(last);
            self.mode = DialogueMode::WhichSystem(read);
            return (out.done(), Reply::Next);
        }
        match self.session.enter_if_it_fits(last) {
            Ok(entered) => self.tell_entered(&entered, &mut out),
            Err(opposed) => self.mode = DialogueMode::SameIncident(opposed),
        }
        (out.done(), Reply::Next)
    }

    /// Begins a walk in the chosen system, or looks the code up.
    pub(super) fn pick_system(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let DialogueMode::WhichSystem(read) = &self.mode else { return None };
        match read.get(at) {
            Some(read) => {
                let entered = self.session.enter_with(&read.clone());
                self.tell_entered(&entered, out);
            }
            None if at == read.len() => {
                let line = code_line(read).to_owned();
                self.search(&line);
            }
            None => return None,
        }
        Some(())
    }

    /// Adds evidence to the case, or begins another one with it.
    pub(super) fn settle_opposed(&mut self, is_same: bool, out: &mut LineWriter) -> Option<()> {
        let DialogueMode::SameIncident(opposed) = &self.mode else { return None };
        let entered = match is_same {
            true => self.session.enter_with(&opposed.read),
            false => self.session.begin_with(&opposed.read),
        };
        self.tell_entered(&entered, out);
        Some(())
    }

    /// Tells what was read, and shows where the walk stands.
    fn tell_entered(&mut self, entered: &EntryPoint, out: &mut LineWriter) {
        if entered.has_parked() {
            out.text("Your earlier case was saved; H lists it.");
        }
        if entered.is_begun() {
            // The way back led through a walk that is not under way any more.
            self.entered.clear();
        }
        if let Some(walk) = &self.session.walk {
            out.text(&said(walk));
        }
        self.mode = DialogueMode::Walk;
    }

    /// Lists the evidence.
    pub(super) fn list_evidence(&mut self, out: &mut LineWriter) {
        match &self.session.walk {
            Some(_) => self.mode = DialogueMode::Evidence,
            None => out.text("There is no evidence yet. Type paste, and then paste lines."),
        }
    }

    /// Reads an entry of the evidence whole, or opens its question.
    pub(super) fn pick_evidence(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let walk = self.session.walk.as_ref()?;
        let entry = evidence_list::entries(walk).get(at).copied()?;
        let whole = match entry {
            EvidenceEntry::Answer(question, _)
            | EvidenceEntry::Several(question, _)
            | EvidenceEntry::Code(question, _) => {
                self.mode = DialogueMode::Edit(question);
                return Some(());
            }
            EvidenceEntry::Hit(hit, _) => &hit.provenance.text,
            EvidenceEntry::Risk(risk) => &risk.provenance.text,
            EvidenceEntry::Success(success) => &success.provenance.text,
            EvidenceEntry::Unexplained(kind) => &kind.provenance.text,
        };
        out.text(&format!("{}:", evidence_list::counted(entry)));
        out.text(whole);
        let title = |card| walk.tree().card(card).title.clone();
        let cards: Vec<_> = evidence_list::cards(walk, entry).into_iter().map(title).collect();
        if !cards.is_empty() {
            out.text(&format!("It points to: {}", cards.join("; ")));
        }
        Some(())
    }
}

/// Sums up the evidence in a line.
fn said(walk: &Walk) -> String {
    let entries = evidence_list::entries(walk);
    let count = |is_one: fn(&EvidenceEntry<'_>) -> bool| entries.iter().filter(|entry| is_one(entry)).count();
    let mut said = Vec::new();
    for (number, one, more) in [
        (
            count(|entry| matches!(entry, EvidenceEntry::Hit(..))),
            "line that points to a card",
            "lines that point to cards",
        ),
        (
            count(|entry| matches!(entry, EvidenceEntry::Risk(_))),
            "setting that could cause a problem",
            "settings that could cause problems",
        ),
        (count(|entry| matches!(entry, EvidenceEntry::Answer(..))), "answer", "answers"),
        (
            count(|entry| matches!(entry, EvidenceEntry::Code(..))),
            "status that leaves some answers possible",
            "statuses that leave some answers possible",
        ),
        (
            count(|entry| matches!(entry, EvidenceEntry::Several(..))),
            "question with conflicting answers",
            "questions with conflicting answers",
        ),
        (
            count(|entry| matches!(entry, EvidenceEntry::Unexplained(_))),
            "kind of unexplained line",
            "kinds of unexplained lines",
        ),
    ] {
        if number > 0 {
            said.push(text::count(number, one, more));
        }
    }
    format!("Added as evidence: {}. e lists it.", said.join(", "))
}
