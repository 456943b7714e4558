//! Inserts a red herring: a misleading line that is benign here.
//!
//! The tree lists near misses of each card (`never`). One of them is inserted into a log, preferably one of a
//! look-alike card. Alone and together with the rest of the output, it must show no new signature and prove nothing but
//! the true answer of this check. A line that would prove another card is therefore never used. The line is written in
//! the form of the log: a record in a list gets the values of the near miss. Its time fits between its neighbors.
//!
//! Example: in a list of records with `"status": "502"`, a near miss with `"status": "400"` becomes one more record of
//! this form with "400".
//!
//! A log that is neither plain lines nor records gets no red herring, and neither does an output that a team wrote. The
//! debrief names the red herring.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

use crate::drill::generate::check_output::{OutputRenderer, fields, is_plain};
use crate::drill::generate::log_lines::BETWEEN;
use crate::drill::generate::material::is_record;
use crate::drill::generate::randomize;
use crate::drill::generate::synthetic_record;
use crate::tree::model::Question;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Evidence, Given};

/// The output with a red herring, and the card that it resembles.
type Misleading = (Vec<String>, CardId);

/// The lines of one record.
type LogBlock = RangeInclusive<usize>;

impl OutputRenderer<'_> {
    /// Returns a log with one near miss inserted, if one fits.
    pub(crate) fn with_red_herring(
        &mut self,
        id: QuestionId,
        question: &Question,
        lines: &[String],
    ) -> Option<Misleading> {
        let tree = self.material.tree();
        let outer = question.find_out.stands_in.map(|outer| &tree.question(outer).find_out);
        if lines.is_empty() || !(question.find_out.is_log || outer.is_some_and(|outer| outer.is_log)) {
            return None;
        }
        let (card, material) = (self.truth.card, self.material);
        let mut candidates: Vec<_> = material.near_misses.iter().filter(|line| !material.denies(line, card)).collect();
        self.random.shuffle(&mut candidates);
        candidates.sort_by_key(|line| !line.like.iter().any(|like| self.like.contains(like)));
        candidates.into_iter().find_map(|line| {
            let misleading = self.inserted(id, question, lines, &line.text)?;
            let evidence = |lines: &[String]| material.evidence(&lines.join("\n"));
            // Lines together may prove more than each line alone (flapping).
            let is_benign = self.is_benign(id, &evidence(&misleading), &evidence(lines));
            is_benign.then_some((misleading, *line.like.first()?))
        })
    }

    /// Returns whether an output proves nothing new but the true answer.
    fn is_benign(&self, id: QuestionId, seen: &Evidence, before: &Evidence) -> bool {
        let is_so = |question, option| self.truth.given(question) == Given::Option(option);
        let proofs = |evidence: &Evidence| -> Vec<_> {
            evidence.answers().map(|proof| (proof.question, proof.option)).collect()
        };
        let hits = |evidence: &Evidence| -> Vec<CardId> {
            let mut cards: Vec<CardId> = evidence.hits.iter().flat_map(|hit| &hit.cards).copied().collect();
            cards.sort_unstable();
            cards.dedup();
            cards
        };
        let known = proofs(before);
        let is_known = |proof: &(QuestionId, _)| known.contains(proof) || proof.0 == id && is_so(proof.0, proof.1);
        hits(seen) == hits(before) && seen.risks.len() <= before.risks.len() && proofs(seen).iter().all(is_known)
    }

    /// Returns the lines with a near miss inserted, if it fits.
    fn inserted(
        &mut self,
        id: QuestionId,
        question: &Question,
        lines: &[String],
        near_miss: &str,
    ) -> Option<Vec<String>> {
        let blocks = blocks(lines);
        if blocks.is_empty() {
            let has_form = |line: &String| {
                is_plain(line) && randomize::time_in(line).is_some() == randomize::time_in(near_miss).is_some()
            };
            if !is_plain(near_miss) || !lines.iter().all(has_form) {
                return None;
            }
        } else if !is_record(near_miss) {
            return None;
        }
        let blocks = if blocks.is_empty() { (0..lines.len()).map(|at| at..=at).collect() } else { blocks };
        let place = self.random.below(blocks.len() + 1);
        let time = self.time_at(lines, &blocks, place);
        let own = self.randomizer.text(near_miss);
        let later = time.zip(randomize::time_in(&own)).map_or(0, |(time, own)| time - own);
        let own = self.randomizer.text_at(near_miss, later);
        let like = blocks.get(place).or(blocks.last())?;
        let form = lines.get(like.clone())?;
        let is_element = form.last().is_some_and(|line| line.ends_with(','));
        let written = if is_element {
            filled(form, &own, &fields(question))?
        } else if !is_record(&own) || form.iter().any(|line| names(line) == names(&own)) {
            vec![own]
        } else {
            return None;
        };
        let alone = written.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let alone = alone.trim_end_matches(',');
        let seen = self.material.evidence(alone);
        if !self.material.passes(self.filter(question).as_ref(), alone)
            || !self.is_benign(id, &seen, &Evidence::default())
        {
            return None;
        }
        let at = blocks.get(place).map_or_else(|| like.end() + 1, |block| *block.start());
        let (before, after) = lines.split_at_checked(at)?;
        Some(before.iter().cloned().chain(written).chain(after.iter().cloned()).collect())
    }

    /// Returns a time between the neighbors of a position.
    ///
    /// At an end of the log, the time is at most [`BETWEEN`] seconds from its only neighbor. A log with one record is
    /// treated as the result of a query, newest first.
    fn time_at(&mut self, lines: &[String], blocks: &[LogBlock], place: usize) -> Option<i64> {
        let time = |block: &LogBlock| lines.get(block.clone())?.iter().find_map(|line| randomize::time_in(line));
        let is_rising = blocks.first().and_then(time) < blocks.last().and_then(time);
        let before = place.checked_sub(1).and_then(|at| blocks.get(at)).and_then(time);
        let after = blocks.get(place).and_then(time);
        let step = 1 + i64::try_from(self.random.below(BETWEEN)).unwrap_or(0);
        let step = if is_rising { step } else { -step };
        match (before, after) {
            (Some(before), Some(after)) => Some(before + (after - before) / 2),
            (Some(before), None) => Some(before + step),
            (None, after) => after.map(|after| after - step),
        }
    }
}

/// Returns the line ranges of the records in an output.
///
/// Records are one per line, or elements of a list that end with a comma. Empty for any other output.
fn blocks(lines: &[String]) -> Vec<LogBlock> {
    if lines.iter().all(|line| line.starts_with('{') && end_of(std::slice::from_ref(line)) == Some(0)) {
        let is_list = lines.iter().any(|line| line.ends_with(','));
        return if is_list { Vec::new() } else { (0..lines.len()).map(|at| at..=at).collect() };
    }
    let mut blocks: Vec<LogBlock> = Vec::new();
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let begins = rest.first().is_some_and(|line| line.trim_start().starts_with('{'));
        let end = end_of(rest).filter(|_| begins).map(|end| at + end);
        match end.filter(|end| lines.get(*end).is_some_and(|line| line.ends_with(','))) {
            Some(end) => {
                blocks.push(at..=end);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    blocks
}

/// Returns the position of the line that closes all open brackets.
fn end_of(lines: &[String]) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, line) in lines.iter().enumerate() {
        let (mut is_text, mut is_escaped) = (false, false);
        for letter in line.chars() {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' if is_text => is_escaped = true,
                '"' => is_text = !is_text,
                '{' | '[' if !is_text => depth += 1,
                '}' | ']' if !is_text => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return (depth == 0).then_some(at);
        }
    }
    None
}

/// Returns the top-level names of a record, sorted.
fn names(record: &str) -> Vec<String> {
    let Ok(Value::Object(object)) = serde_json::from_str(record) else { return Vec::new() };
    let mut names: Vec<String> = object.keys().cloned().collect();
    names.sort_unstable();
    names
}

/// Writes a record with the fields and line breaks of another one.
///
/// `None` in each of these cases:
///
/// - the record lacks a `wanted` field that the form has,
/// - `wanted` is not empty, and the form has none of its fields,
/// - the record lacks more than half of the form's fields.
fn filled(form: &[String], record: &str, wanted: &[&str]) -> Option<Vec<String>> {
    static PAIR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#""(?P<name>[\w-]+)"(?P<joint>\s*:\s*)(?P<value>"(?:[^"\\]|\\.)*"|-?\d[\d.]*|null|true|false)"#)
            .ok()
    });
    let pair = PAIR.as_ref()?;
    let record: Value = serde_json::from_str(record).ok()?;
    let value = |name: &str| synthetic_record::scalar(&record, name);
    let own: Vec<&str> = form
        .iter()
        .flat_map(|line| pair.captures_iter(line))
        .filter_map(|found| Some(found.name("name")?.as_str()))
        .collect();
    let has = |name: &&&str| value(name).is_some();
    let is_wanted = |name: &&&str| wanted.iter().any(|wanted| synthetic_record::is_same(wanted, name));
    let lacks = own.iter().filter(is_wanted).any(|name| value(name).is_none());
    if lacks
        || !wanted.is_empty() && !own.iter().any(|name| is_wanted(&name))
        || 2 * own.iter().filter(has).count() < own.len()
    {
        return None;
    }
    let replaced = |found: &Captures<'_>| {
        let part = |name| found.name(name).map(|part| part.as_str()).unwrap_or_default();
        let value = value(part("name")).map_or_else(|| part("value").to_owned(), Value::to_string);
        format!("\"{}\"{}{value}", part("name"), part("joint"))
    };
    Some(form.iter().map(|line| pair.replace_all(line, replaced).into_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn records_stand_one_a_line_or_in_a_list() {
        assert_eq!(blocks(&lines("{\"a\":\"}\"}\n{\"b\":2}")), [0..=0, 1..=1]);
        let list = "{\"results\": [\n {\"data\": {\n  \"a\": \"1\",\n  \"b\": [2]}},\n {\"c\": 3},\n ...\n \"n\": 58}";
        assert_eq!(blocks(&lines(list)), [1..=3, 4..=4]);
        for other in ["plain\ntext", "{\"data\": {\n \"a\": 1}}", "", "[1, 2]", "{\n}}"] {
            assert_eq!(blocks(&lines(other)), [], "{other}");
        }
    }

    #[test]
    fn a_record_is_written_in_the_form_of_another() {
        let form = lines(" {\"data\": {\"at\": \"x\",\n   \"lb-status\": \"502\", \"who\": \"a\"}},");
        let record = r#"{"lbStatus":"400","at":"y","more":{"who":"b"},"n":1}"#;
        let written = filled(&form, record, &["lbStatus"]).unwrap();
        assert_eq!(written, lines(" {\"data\": {\"at\": \"y\",\n   \"lb-status\": \"400\", \"who\": \"b\"}},"));
        assert_eq!(filled(&form, r#"{"at":"y","who":"b"}"#, &["lbStatus"]), None, "it lacks what tells");
        assert_eq!(filled(&form, r#"{"lbStatus":"400"}"#, &["lbStatus"]), None, "it is another kind of record");
        assert_eq!(filled(&form, record, &["n"]), None, "what tells does not stand here");
    }
}
