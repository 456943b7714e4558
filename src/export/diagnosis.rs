//! Writes a diagnosis as text for people.
//!
//! The text says what was read, which cards the evidence points to, which questions it answers, and what no card
//! explains.

mod answers;
mod page;

pub use page::Style;

use super::evidence::{DECODED, deciding, place};
use super::finding::{began, captures, certainty, says};
use super::format::{self, many};
use super::inputs::{counted, name_of};
use super::timeline::{Timeline, TimelinePart};
use super::values::read_only_command;
use super::written_by::written_by;
use crate::diagnosis::{Certainty, Diagnosis, Finding, FoundAnswer, Input, KnownByWords, ReadAs, Sample};
use crate::text::{self, CleanText};
use crate::tree::QuestionId;
use crate::walk::{Step, Walk};
use page::Page;

/// Samples shown for each card.
const SAMPLES: usize = 2;
/// Kinds of unexplained lines that are shown.
const KINDS: usize = 8;
/// Bytes up to which a setting is shown whole: path and value.
const LONGEST_PLACE: usize = 240;
/// Cards that are shown whole.
///
/// Those after them that are only possible take one line each.
const WHOLE_CARDS: usize = 3;
/// Settings shown for each card.
const SETTINGS: usize = 5;
/// Values shown for each placeholder.
const VALUES: usize = 3;
/// The output that has errors in frames or with a place.
///
/// OpenTofu, which is made of its source, writes the same.
const WRITER_OF_BLOCKS: &str = "Terraform output";
/// Most columns of a curve.
const CURVE: usize = 30;

/// Returns the whole text.
///
/// `walk` is a walk that has the evidence; it knows what to ask next.
pub fn text(diagnosis: &Diagnosis, walk: Option<&Walk>, style: Style) -> String {
    let mut page = Page { text: String::new(), style };
    for input in &diagnosis.inputs {
        page.input(input);
    }
    if let Some(walk) = walk {
        page.timeline(&Timeline::of(walk));
    }
    page.line("");
    page.headline(diagnosis);
    page.findings(diagnosis);
    match diagnosis.trees().as_slice() {
        [] => {}
        [tree] => page.answers(tree, &diagnosis.answers),
        several => page.which_system(several, &diagnosis.answers),
    }
    page.successes(diagnosis);
    page.known_by_words(diagnosis);
    page.unexplained(diagnosis);
    page.next(diagnosis, walk);
    page.text
}

/// Returns whether the evidence points to a card or answers a question.
pub fn has_found(diagnosis: &Diagnosis) -> bool {
    !diagnosis.findings.is_empty() || !diagnosis.answers.is_empty()
}

/// Returns whether any input of a diagnosis has lines or records.
pub(super) fn has_lines(diagnosis: &Diagnosis) -> bool {
    diagnosis.inputs.iter().any(|input| input.records > 0)
}

impl Page {
    fn input(&mut self, input: &Input) {
        let Input { kind, bytes, remarks, read_as, error_blocks, .. } = input;
        let path = name_of(input);
        if *bytes == 0 {
            self.wrapped("", 4, &format!("{path}: {kind}"));
            remarks.iter().for_each(|remark| self.wrapped("    ", 4, remark));
            return;
        }
        self.wrapped("", 4, &format!("{path}: {kind}, {}, {}", counted(input), text::size(*bytes)));
        if let Some(ReadAs { title, lines, of, is_beginning, .. }) = read_as {
            let first = if *is_beginning { "the first " } else { "" };
            let lines = format::thousands(*lines);
            self.wrapped("    ", 4, &format!("read as: {title}, {lines} of {first}{}", many(*of, "line", "lines")));
        }
        if *error_blocks > 0 {
            let read = many(*error_blocks, "error block", "error blocks");
            self.wrapped("    ", 4, &format!("{WRITER_OF_BLOCKS}: {read} read"));
        } else if read_as.is_none() && kind.ends_with("plain text") {
            self.line("    no known log format");
        }
        for remark in remarks {
            self.wrapped("    ", 4, remark);
        }
    }

    fn timeline(&mut self, timeline: &Timeline) {
        for TimelinePart { heading, rows } in &timeline.parts {
            self.line("");
            self.wrapped("", 0, &format!("{heading}:"));
            for (time, says) in rows {
                self.wrapped(&format!("  {time}"), 2 + time.len(), says);
            }
        }
    }

    fn headline(&mut self, diagnosis: &Diagnosis) {
        let found = &diagnosis.findings;
        let pointed_at = |finding: &&Finding| finding.certainty != Certainty::Possible;
        let certain = found.iter().filter(pointed_at).count();
        let possible = found.len() - certain;
        let said = match (certain, possible) {
            (0, 0) if diagnosis.answers.is_empty() => "Nothing in it points to a card.".to_owned(),
            (0, 0) => "Nothing in it points to a single card, but it answers some questions.".to_owned(),
            (1, 0) => "It points to 1 card:".to_owned(),
            (certain, 0) => format!("It points to {}, most specific first:", text::count(certain, "card", "cards")),
            (0, possible) => format!("{} possible:", text::count(possible, "card is", "cards are")),
            (certain, possible) => format!(
                "It points to {}, and {} possible:",
                text::count(certain, "card", "cards"),
                text::count(possible, "more is", "more are")
            ),
        };
        self.wrapped("", 0, &said);
    }

    /// Adds the cards, the first ones whole.
    ///
    /// Many cards of which each is only possible are a list to choose from, and their lines are seldom read.
    fn findings(&mut self, diagnosis: &Diagnosis) {
        let all = &diagnosis.findings;
        let is_short = |at: usize, finding: &Finding| {
            all.len() > WHOLE_CARDS + 1
                && at >= WHOLE_CARDS
                && finding.certainty == Certainty::Possible
                && !finding.is_setting()
        };
        let mut was_short = false;
        for (at, finding) in all.iter().enumerate() {
            let is_short = is_short(at, finding);
            if !(is_short && was_short) {
                self.line("");
            }
            match is_short {
                true => self.short_finding(at + 1, finding),
                false => self.finding(at + 1, finding, diagnosis),
            }
            was_short = is_short;
        }
    }

    fn short_finding(&mut self, number: usize, finding: &Finding) {
        let Finding { tree, card, count, .. } = finding;
        let lines = many(*count, "line", "lines");
        let first = finding.samples.first().map(|sample| format!(", first {}", place(&sample.provenance)));
        let only = if finding.opposed_by.is_empty() { "" } else { ", in another incident" };
        let card = tree.card(*card);
        let said = format!("{} ({lines}{}{only}, {}/{})", card.title, first.unwrap_or_default(), tree.id, card.id);
        let number = format!("{number}. ");
        self.wrapped(&number, number.len(), &said);
    }

    fn finding(&mut self, number: usize, finding: &Finding, diagnosis: &Diagnosis) {
        let all = &diagnosis.findings;
        let card = finding.tree.card(finding.card);
        let number = format!("{number}. ");
        self.wrapped(&number, 3, &card.title);
        let is_place = finding.samples.first().is_some_and(|sample| sample.risk.is_some());
        let noun = if is_place { ("place", "places") } else { ("line", "lines") };
        let count = many(finding.count, noun.0, noun.1);
        self.wrapped("   ", 3, &format!("{}, {count}, {}", certainty(finding), card.id));
        if let Some(written_by) = written_by(&finding.written_by, &finding.foreign_formats, "lines are") {
            self.wrapped("   ", 3, &written_by);
        }
        let label = |question: &QuestionId| {
            let is_it = |answer: &&FoundAnswer| answer.tree.id == finding.tree.id && answer.question == *question;
            let answer = diagnosis.answers.iter().find(is_it)?;
            Some(format!("\"{}\"", finding.tree.option(*question, answer.option).label))
        };
        let labels: Vec<_> = finding.opposed_by.iter().filter_map(label).collect();
        if !labels.is_empty() {
            self.wrapped("   ", 5, &format!("ruled out here by {}", labels.join(" and ")));
        }
        self.times(finding, all);
        for (name, values) in captures(finding) {
            self.values(name, values);
        }
        self.samples(finding);
        for (what, says) in &finding.decoded {
            self.wrapped("   ", 5, &format!("{}: {}", format::capital(what), text::fit(says, DECODED, "...")));
        }
    }

    fn times(&mut self, finding: &Finding, all: &[Finding]) {
        let Some(times) = &finding.times else { return };
        if let Some(span) = format::span(times) {
            let curve = match self.style.is_plain {
                true => String::new(),
                false => format::curve(&times.histogram, CURVE, self.style.unicode),
            };
            let with_curve = format!("   {span}  {curve}");
            let fits = text::width(&with_curve) <= self.style.width;
            self.line(if fits { with_curve.trim_end() } else { with_curve.trim_end_matches(&curve).trim_end() });
        }
        if let Some(began) = began(finding, all) {
            self.wrapped("   ", 3, &began);
        }
    }

    fn values(&mut self, name: &str, values: &[(CleanText, u64)]) {
        let shown = values.iter().take(VALUES).map(|(value, count)| match values.len() {
            1 => value.to_string(),
            _ => format!("{value} ({})", format::thousands(*count)),
        });
        let mut said = shown.collect::<Vec<_>>().join(", ");
        if values.len() > VALUES {
            said.push_str(&format!(" and {} more", values.len() - VALUES));
        }
        self.wrapped("   ", 5, &format!("{name}: {said}"));
    }

    /// Adds the first lines, and the places of settings.
    ///
    /// A place is named once for samples in a row. Texts that look alike are shown once.
    fn samples(&mut self, finding: &Finding) {
        let room = self.style.width.saturating_sub(5);
        let (settings, lines): (Vec<&Sample>, Vec<&Sample>) =
            finding.samples.iter().partition(|sample| sample.risk.is_some());
        let (mut shown, mut last): (Vec<String>, String) = (Vec::new(), String::new());
        let left = settings.len().saturating_sub(SETTINGS);
        for sample in lines.into_iter().take(SAMPLES).chain(settings.into_iter().take(SETTINGS)) {
            let text = &sample.provenance.text;
            let is_place = sample.risk.is_some() && text.len() <= LONGEST_PLACE;
            let line = if is_place { text.to_string() } else { deciding(text, &finding.tree, &[finding.card], room) };
            if !shown.contains(&line) {
                let place = place(&sample.provenance);
                if place != last {
                    self.wrapped("   ", 5, &place);
                    last = place;
                }
                if is_place {
                    self.wrapped("     ", 7, &line);
                } else {
                    self.line(&format!("     {line}"));
                }
                shown.push(line);
            }
            if let Some(says) = says(finding, sample).filter(|says| !shown.contains(says)) {
                self.wrapped("     ", 5, &says);
                shown.push(says);
            }
        }
        if left > 0 {
            self.wrapped("     ", 5, &format!("and {} more (--json has them)", many(left as u64, "place", "places")));
        }
    }

    fn successes(&mut self, diagnosis: &Diagnosis) {
        if !diagnosis.successes.is_empty() {
            self.line("\nIt contradicts:");
        }
        for (tree, success) in &diagnosis.successes {
            let lines = many(success.count, "line", "lines");
            let said = format!("{} ({lines}, first {})", tree.card(success.card).title, place(&success.provenance));
            self.wrapped("  ", 4, &said);
            let room = self.style.width.saturating_sub(4);
            self.line(&format!("    {}", text::fit(&success.provenance.text, room, "...")));
        }
    }

    fn known_by_words(&mut self, diagnosis: &Diagnosis) {
        if !diagnosis.known_by_words.is_empty() {
            self.line("\nFound by words in a line, not by a signature:");
        }
        for KnownByWords { tree, card, lines } in &diagnosis.known_by_words {
            let count = many(lines.count, "line", "lines");
            let said = format!("{} ({count}, first {})", tree.card(*card).title, place(&lines.provenance));
            self.wrapped("  ", 4, &said);
            let room = self.style.width.saturating_sub(4);
            self.line(&format!("    {}", text::fit(&lines.provenance.text, room, "...")));
        }
    }

    fn unexplained(&mut self, diagnosis: &Diagnosis) {
        let unexplained = &diagnosis.unexplained;
        if unexplained.count == 0 {
            return;
        }
        let lines =
            many(unexplained.count, "line that looks like a problem matches", "lines that look like problems match");
        self.line("");
        self.wrapped("", 0, &format!("Unexplained: {lines} no card."));
        let room = self.style.width.saturating_sub(8);
        for kind in unexplained.templates.iter().take(KINDS) {
            let count = format::thousands(kind.count);
            self.line(&format!("{count:>6}  {}", text::fit(&kind.template, room, "...")));
            let first = format!("{}: {}", place(&kind.provenance), kind.provenance.text);
            self.line(&format!("        {}", text::fit(&first, room, "...")));
        }
        let shown: u64 = unexplained.templates.iter().take(KINDS).map(|kind| kind.count).sum();
        let rest = unexplained.count.saturating_sub(shown);
        if rest > 0 {
            self.line(&format!("        and {} of other kinds", many(rest, "line", "lines")));
        }
        self.line("  To start a card: wherefore trees new-card --from 'LINE'");
    }

    fn next(&mut self, diagnosis: &Diagnosis, walk: Option<&Walk>) {
        if let Some(walk) = walk
            && let Step::Ask(question) = walk.position().step
        {
            let question = walk.tree().question(question);
            self.line("");
            self.wrapped("", 2, &format!("Find out next: {}", question.ask));
            match &question.find_out.command {
                Some(command) => self.line(&format!("  $ {}", read_only_command(walk, command))),
                None => self.wrapped("  ", 2, &question.find_out.how),
            }
            if let Some(place) = &question.find_out.console {
                self.wrapped("  ", 2, &format!("Console: {place}"));
            }
        }
        if !has_found(diagnosis) {
            self.line("");
            self.line("Next: \"wherefore walk\" asks what you observe; \"wherefore find\" searches for words.");
            return;
        }
        self.line("\nNext:");
        let read = diagnosis.inputs.iter().filter(|input| input.bytes > 0);
        let paths: Vec<_> = read.map(|input| super::command::shell_quote(&input.path)).collect();
        let named = if paths.len() > 3 || paths.is_empty() { "FILE".to_owned() } else { paths.join(" ") };
        if diagnosis.inputs.iter().any(|input| input.path.as_str() == "-") {
            let what = if paths.len() > 1 { "standard input" } else { "the lines" };
            self.wrapped("  ", 4, &format!("save {what} in a file, then: wherefore diagnose FILE --walk"));
        } else {
            self.line(&format!("  wherefore diagnose {named} --walk"));
        }
        if let Some(first) = diagnosis.findings.first() {
            self.line(&format!("  wherefore show {}/{}", first.tree.id, first.tree.card(first.card).id));
        }
    }
}
