//! Renders the output of a check in an incident.
//!
//! The output gives the true answer. It comes from the first of these sources that has one:
//!
//! 1. the lines that a team wrote for this check (`trees check` verifies them),
//! 2. the output that the card describes for this question (`prints`),
//! 3. if the check reads a log: samples of the card or a synthetic record, among background lines,
//! 4. the output that the question describes for this answer (`prints`),
//! 5. samples of the card that prove the answer, else the summary of the option (`shows`), else its label.
//!
//! A source from 2 on is skipped if one of its lines contradicts the ground truth; a label is not checked. If no
//! source has the answer (it is unknown, or "none of these"), a note replaces the output.
//!
//! Therefore a tree without data for exercises still has exercises, and the data make the outputs more like those of a
//! real system.

use crate::drill::generate::ground_truth::GroundTruth;
use crate::drill::generate::incident::Check;
use crate::drill::generate::log_lines::BackgroundLines;
use crate::drill::generate::material::{Material, is_record};
use crate::drill::generate::randomize::Randomizer;
use crate::drill::generate::synthetic_record;
use crate::drill::random::Random;
use crate::recognize::Compiled;
use crate::text::CleanText;
use crate::tree::model::Question;
use crate::tree::pattern::{Pattern, Template};
use crate::tree::training::{ExpectedAnswer, Printed};
use crate::tree::{CardId, OptionId, QuestionId};
use crate::walk::{Evidence, Given};

/// The largest number of background lines in a log.
///
/// Three are few enough to read and enough to hide the line that matters.
const BACKGROUND_IN_OUTPUT: usize = 3;

/// The largest number of lines of the hidden card in a log.
///
/// A second line shows that the fault repeats.
const TELLING: usize = 2;

/// Renders the outputs of one incident.
pub(crate) struct OutputRenderer<'w> {
    pub(crate) material: &'w Material,
    pub(crate) truth: &'w GroundTruth,
    /// The samples of the hidden card, and the evidence in each.
    pub(crate) proved: &'w [(&'w str, Evidence)],
    /// The red herrings that a team wrote.
    pub(crate) red_herrings: &'w [CleanText],
    /// The cards whose near misses are preferred as red herrings.
    pub(crate) like: Vec<CardId>,
    pub(crate) randomizer: Randomizer,
    pub(crate) random: &'w mut Random,
}

impl OutputRenderer<'_> {
    /// Returns the check of a question.
    ///
    /// `told` contains the lines that a team wrote for this check; it may be empty.
    pub(crate) fn check(&mut self, id: QuestionId, question: &Question, told: &[CleanText]) -> Check {
        let given = self.truth.given(id);
        let (seen, red_herring) = if !told.is_empty() {
            // A team's lines are shown as written, except for randomized values.
            (Some(told.iter().map(|line| self.randomizer.text(line)).collect()), None)
        } else if let Some(lines) = self.printed_or_logged(id, question) {
            let (lines, like) = match self.with_red_herring(id, question, &lines) {
                Some((lines, like)) => (lines, Some(like)),
                None => (lines, None),
            };
            (Some(self.with_team_red_herrings(lines, question)), like)
        } else {
            (self.summed_up(id, question), None)
        };
        let (shows, note) = match seen {
            Some(shows) if shows.is_empty() => (shows, Some("It shows nothing.".to_owned())),
            Some(shows) => (shows, None),
            None => (Vec::new(), Some(nothing_of_note(question, given))),
        };
        let hits = self.material.evidence(&shows.join("\n")).hits;
        Check {
            question: id,
            how: question.find_out.how.to_string(),
            command: question.find_out.command.as_ref().map(|command| self.filled(command)),
            shows,
            note,
            given,
            red_herring,
            evidence: Evidence { hits, ..Evidence::default() },
        }
    }

    /// Returns the described output or a log, if either fits.
    fn printed_or_logged(&mut self, id: QuestionId, question: &Question) -> Option<Vec<String>> {
        let said = match self.truth.given(id) {
            Given::Option(option) => ExpectedAnswer::Option(option),
            Given::NoneOfThese => ExpectedAnswer::Nothing,
            Given::Unknown => return None,
        };
        let own = self.material.tree().card(self.truth.card);
        let of_card = own.training.prints.iter().filter(|(asked, _)| *asked == id).map(|(_, printed)| printed);
        if let Some(lines) = self.printed(of_card, said) {
            return Some(lines);
        }
        if question.find_out.is_log
            && let Some(lines) = self.log(id, question, said)
        {
            return Some(lines);
        }
        self.printed(self.material.tree().prints(id).iter(), said)
    }

    /// Returns samples, the summary or the label for the true answer.
    fn summed_up(&mut self, id: QuestionId, question: &Question) -> Option<Vec<String>> {
        let Given::Option(option) = self.truth.given(id) else { return None };
        self.of_its_own(id, option).or_else(|| Some(vec![self.label(question, option)]))
    }

    /// Returns the output described for an answer, with randomized values.
    ///
    /// `None` if no output is described, or if the output contradicts the ground truth.
    fn printed<'p>(
        &mut self,
        mut printed: impl Iterator<Item = &'p Printed>,
        said: ExpectedAnswer,
    ) -> Option<Vec<String>> {
        let found = printed.find(|printed| printed.said == said)?;
        let lines: Vec<String> = found.lines.iter().map(|line| self.randomizer.text(line)).collect();
        (!lines.iter().any(|line| self.contradicts_truth(line))).then_some(lines)
    }

    /// Returns a log that gives an answer, among background lines.
    ///
    /// A log for the answer "none of these" has background lines only.
    fn log(&mut self, id: QuestionId, question: &Question, said: ExpectedAnswer) -> Option<Vec<String>> {
        let (fields, filter) = (fields(question), self.filter(question));
        let telling: Vec<String> = match said {
            ExpectedAnswer::Nothing => Vec::new(),
            ExpectedAnswer::Option(option) => {
                let mut own = self.own(id, option);
                own.retain(|line| self.material.passes(filter.as_ref(), line));
                let lines = if own.is_empty() { self.made(id, question, option).into_iter().collect() } else { own };
                (!lines.is_empty()).then_some(lines)?
            }
        };
        let telling: Vec<&str> = telling.iter().map(String::as_str).collect();
        let lines = self.among(&telling, &fields, filter.as_ref());
        (!lines.is_empty()).then_some(lines)
    }

    /// Returns at most [`TELLING`] samples that prove an answer.
    ///
    /// Samples that contradict the ground truth are left out.
    fn own(&mut self, question: QuestionId, option: OptionId) -> Vec<String> {
        let proves =
            |evidence: &Evidence| evidence.answers().any(|proof| proof.question == question && proof.option == option);
        let proven =
            self.proved.iter().filter(|(sample, evidence)| proves(evidence) && !self.contradicts_truth(sample));
        let mut telling: Vec<&str> = proven.map(|(sample, _)| *sample).collect();
        // Plain lines are left out beside records, because all lines of a log have one format.
        if telling.iter().any(|line| is_record(line)) {
            telling.retain(|line| is_record(line));
        }
        self.random.shuffle(&mut telling);
        telling.truncate(TELLING);
        telling.into_iter().map(str::to_owned).collect()
    }

    /// Returns a synthetic record that proves an answer.
    fn made(&mut self, id: QuestionId, question: &Question, option: OptionId) -> Option<String> {
        let patterns = &question.options.get(usize::from(option))?.patterns;
        let fields =
            patterns.iter().find_map(|it| if let Pattern::Fields(fields) = it { Some(fields) } else { None })?;
        let material = self.material;
        let made = material.records().find_map(|base| synthetic_record::record(base, fields, self.random))?;
        let evidence = material.evidence(&made);
        let is_proof = evidence.answers().any(|proof| proof.question == id && proof.option == option);
        (is_proof && !self.contradicts_truth(&made)).then_some(made)
    }

    fn among(&mut self, telling: &[&str], fields: &[&str], filter: Option<&Compiled>) -> Vec<String> {
        // `with_red_herring` inserts red herrings later, because described outputs get them as well.
        let background = BackgroundLines { most: BACKGROUND_IN_OUTPUT, like: &[], fields, filter };
        self.material.among((self.truth.card, telling), background, &mut self.randomizer, self.random).lines
    }

    /// Inserts the red herrings of a team into a log.
    ///
    /// The log must consist of one-line records only, or of plain lines only. Red herrings in the other format are left
    /// out. Their times shift like all times and do not follow their neighbors.
    fn with_team_red_herrings(&mut self, mut lines: Vec<String>, question: &Question) -> Vec<String> {
        let is_of_records = lines.iter().all(|line| is_record(line) && line.ends_with('}'));
        let is_log = is_of_records || lines.iter().all(|line| is_plain(line));
        if !question.find_out.is_log || lines.is_empty() || !is_log {
            return lines;
        }
        let filter = self.filter(question);
        for red_herring in self.red_herrings {
            if is_record(red_herring) != is_of_records || !self.material.passes(filter.as_ref(), red_herring) {
                continue;
            }
            let at = self.random.below(lines.len() + 1);
            lines.insert(at, self.randomizer.text(red_herring));
        }
        lines
    }

    /// Returns the samples of [`Self::own`] with randomized values.
    fn of_its_own(&mut self, question: QuestionId, option: OptionId) -> Option<Vec<String>> {
        let own = self.own(question, option);
        let lines: Vec<String> = own.iter().map(|line| self.randomizer.text(line)).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// Returns the summary of an option, else the label.
    ///
    /// The label also replaces a summary that contradicts the ground truth.
    fn label(&mut self, question: &Question, option: OptionId) -> String {
        let Some(option) = question.options.get(usize::from(option)) else { return String::new() };
        let Some(shows) = &option.shows else { return option.label.to_string() };
        let summary = self.randomizer.text(shows);
        if self.contradicts_truth(&summary) { option.label.to_string() } else { summary }
    }

    /// Returns the pattern of the records that a check's query returns.
    ///
    /// An answer that stands in the output of another question has the query of that question.
    pub(crate) fn filter(&self, question: &Question) -> Option<Compiled> {
        let outer = question.find_out.stands_in.map(|outer| &self.material.tree().question(outer).find_out);
        let own = question.find_out.filter.as_ref();
        own.or(outer.and_then(|outer| outer.filter.as_ref())).map(Compiled::new)
    }

    fn contradicts_truth(&self, text: &str) -> bool {
        let evidence = self.material.evidence(text);
        let is_of_another = evidence.hits.iter().any(|hit| !hit.cards.contains(&self.truth.card));
        let is_denied = evidence.answers().any(|proof| match self.truth.given(proof.question) {
            Given::Option(option) => option != proof.option,
            Given::NoneOfThese => true,
            Given::Unknown => false,
        });
        is_of_another || is_denied
    }

    /// Fills the placeholders of a command with known values.
    ///
    /// Values come from the examples of the tree, then from the samples of the hidden card, then from the samples of
    /// all other cards. Because values of all cards are used, a filled placeholder does not reveal the hidden card.
    fn filled(&mut self, command: &Template) -> String {
        let captures = self.proved.iter().flat_map(|(_, evidence)| &evidence.hits).flat_map(|hit| &hit.captures);
        let examples = self.material.tree().examples.iter();
        let known: Vec<(&str, &str)> = examples
            .chain(captures)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(self.material.values().map(|(name, value)| (name.as_str(), value.as_str())))
            .filter(|(_, value)| !value.is_empty() && is_word(value))
            .collect();
        let randomizer = &mut self.randomizer;
        command.fill(|wanted| {
            let found = known.iter().find(|(name, _)| *name == wanted);
            let port = known.iter().filter(|_| wanted == "port").find_map(|(_, value)| with_port(value));
            let value = found.map(|(_, value)| with_port(value).map_or(*value, |(host, _)| host));
            value.or(port.map(|(_, port)| port)).map(|value| randomizer.text(value))
        })
    }
}

/// Returns whether a line is plain text.
///
/// Lines of records and of terminal sessions are not plain: they begin with a bracket, `$` or white space.
pub(crate) fn is_plain(line: &str) -> bool {
    !line.starts_with(['{', '[', '$', ' ', '\t'])
}

/// Returns whether a value needs no quotes in a command.
fn is_word(value: &str) -> bool {
    value.chars().all(|it| it.is_ascii_alphanumeric() || "._:/-".contains(it))
}

/// Returns the record fields whose values answer a question.
pub(crate) fn fields(question: &Question) -> Vec<&str> {
    let patterns = question.options.iter().flat_map(|option| option.patterns.iter());
    let fields = patterns.filter_map(|pattern| if let Pattern::Fields(fields) = pattern { Some(fields) } else { None });
    fields.flat_map(|fields| fields.iter()).map(|field| field.name.as_str()).collect()
}

/// Splits an address into host and port.
fn with_port(value: &str) -> Option<(&str, &str)> {
    let (host, port) = value.rsplit_once(':')?;
    let is_port = !port.is_empty() && port.chars().all(|digit| digit.is_ascii_digit());
    (is_port && !host.is_empty() && !host.ends_with(':')).then_some((host, port))
}

/// Returns the note for an output that contains no answer.
fn nothing_of_note(question: &Question, given: Given) -> String {
    let labels: Vec<_> = question.options.iter().map(|option| option.label.as_str()).collect();
    match given {
        Given::NoneOfThese => format!("Nothing unusual: none of these. ({})", labels.join(" · ")),
        _ => "The result is not clear.".to_owned(),
    }
}
