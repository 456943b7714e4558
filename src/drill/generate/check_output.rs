//! What is seen of a hidden card, by whoever looks here or there.
//!
//! The first of these that says no more and nothing else than what is the case: what a team wrote, what the card says is
//! printed, lines of a log (the card's own, or one made for the answer, among harmless ones), what the question says is
//! printed, what it says is shown.

use crate::drill::generate::ground_truth::GroundTruth;
use crate::drill::generate::incident::Check;
use crate::drill::generate::log_lines::BackgroundLines;
use crate::drill::generate::material::{Material, is_record};
use crate::drill::generate::randomize::Randomizer;
use crate::drill::generate::synthetic_record;
use crate::drill::random::Random;
use crate::text::CleanText;
use crate::tree::model::Question;
use crate::tree::pattern::{Pattern, Template};
use crate::tree::training::{ExpectedAnswer, Printed};
use crate::tree::{CardId, OptionId, QuestionId};
use crate::walk::{Evidence, Given};

/// How many lines that are no trouble stand in a log.
const BACKGROUND_LINES: usize = 3;

/// How many lines of the hidden card stand in a log at most.
const TELLING: usize = 2;

/// What answers when something is checked.
pub(in crate::drill) struct OutputRenderer<'w> {
    pub(in crate::drill) material: &'w Material,
    pub(in crate::drill) truth: &'w GroundTruth,
    /// The samples of the hidden card, and what they prove.
    pub(in crate::drill) proved: &'w [(&'w str, Evidence)],
    /// The red herrings of a team.
    pub(in crate::drill) red_herrings: &'w [CleanText],
    /// Cards that give red herrings.
    pub(in crate::drill) like: Vec<CardId>,
    pub(in crate::drill) randomizer: Randomizer,
    pub(in crate::drill) random: &'w mut Random,
}

impl OutputRenderer<'_> {
    /// A check, and what it shows; `told` is what a team wrote.
    pub(in crate::drill) fn check(&mut self, id: QuestionId, question: &Question, told: &[CleanText]) -> Check {
        let given = self.truth.given(id);
        let (seen, red_herring) = if !told.is_empty() {
            // What a team wrote is printed as it stands.
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
        let hits = self.material.recognizer().evidence("", &shows.join("\n")).hits;
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

    /// What is said to be printed, or stands in a log.
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
        self.printed(question.find_out.prints.iter(), said)
    }

    /// What is shown where nothing is said to be printed.
    fn summed_up(&mut self, id: QuestionId, question: &Question) -> Option<Vec<String>> {
        let Given::Option(option) = self.truth.given(id) else { return None };
        self.of_its_own(id, option).or_else(|| Some(vec![self.label(question, option)]))
    }

    /// What is said to be printed for this answer, unless that would speak of something else.
    fn printed<'p>(
        &mut self,
        mut printed: impl Iterator<Item = &'p Printed>,
        said: ExpectedAnswer,
    ) -> Option<Vec<String>> {
        let found = printed.find(|printed| printed.said == said)?;
        let lines: Vec<String> = found.lines.iter().map(|line| self.randomizer.text(line)).collect();
        (!lines.iter().any(|line| self.contradicts_truth(line))).then_some(lines)
    }

    /// The log that answers a question: telling lines among harmless ones.
    fn log(&mut self, id: QuestionId, question: &Question, said: ExpectedAnswer) -> Option<Vec<String>> {
        let fields = fields(question);
        let telling: Vec<String> = match said {
            ExpectedAnswer::Nothing => Vec::new(),
            ExpectedAnswer::Option(option) => {
                let own = self.own(id, option);
                let lines = if own.is_empty() { self.made(id, question, option).into_iter().collect() } else { own };
                (!lines.is_empty()).then_some(lines)?
            }
        };
        let telling: Vec<&str> = telling.iter().map(String::as_str).collect();
        let lines = self.among(&telling, &fields);
        (!lines.is_empty()).then_some(lines)
    }

    /// Lines of the hidden card that prove an answer and nothing that is not so, a few.
    fn own(&mut self, question: QuestionId, option: OptionId) -> Vec<String> {
        let proves = |evidence: &Evidence| {
            evidence.proofs.iter().any(|proof| proof.question == question && proof.option == option)
        };
        let proven =
            self.proved.iter().filter(|(sample, evidence)| proves(evidence) && !self.contradicts_truth(sample));
        let mut telling: Vec<&str> = proven.map(|(sample, _)| *sample).collect();
        // A log has lines of one form.
        if telling.iter().any(|line| is_record(line)) {
            telling.retain(|line| is_record(line));
        }
        self.random.shuffle(&mut telling);
        telling.truncate(TELLING);
        telling.into_iter().map(str::to_owned).collect()
    }

    /// A record made for an answer.
    fn made(&mut self, id: QuestionId, question: &Question, option: OptionId) -> Option<String> {
        let patterns = &question.options.get(usize::from(option))?.patterns;
        let fields =
            patterns.iter().find_map(|it| if let Pattern::Fields(fields) = it { Some(fields) } else { None })?;
        let material = self.material;
        let made = material.records().find_map(|base| synthetic_record::record(base, fields, self.random))?;
        let evidence = material.recognizer().evidence("", &made);
        let is_proof = evidence.proofs.iter().any(|proof| proof.question == id && proof.option == option);
        (is_proof && !self.contradicts_truth(&made)).then_some(made)
    }

    fn among(&mut self, telling: &[&str], fields: &[&str]) -> Vec<String> {
        // Red herrings come later, as in whatever is printed.
        let background = BackgroundLines { most: BACKGROUND_LINES, like: &[], fields };
        self.material.among((self.truth.card, telling), background, &mut self.randomizer, self.random).lines
    }

    /// What a team wrote stands in logs, records among records.
    fn with_team_red_herrings(&mut self, mut lines: Vec<String>, question: &Question) -> Vec<String> {
        let is_of_records = lines.iter().all(|line| is_record(line) && line.ends_with('}'));
        let is_log = is_of_records || lines.iter().all(|line| is_plain(line));
        if !question.find_out.is_log || lines.is_empty() || !is_log {
            return lines;
        }
        for red_herring in self.red_herrings.iter().filter(|red_herring| is_record(red_herring) == is_of_records) {
            let at = self.random.below(lines.len() + 1);
            lines.insert(at, self.randomizer.text(red_herring));
        }
        lines
    }

    /// The lines of the hidden card that give an answer, where nothing is said of what is printed.
    fn of_its_own(&mut self, question: QuestionId, option: OptionId) -> Option<Vec<String>> {
        let own = self.own(question, option);
        let lines: Vec<String> = own.iter().map(|line| self.randomizer.text(line)).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// What the question says is shown for an option, unless that would speak of another card: then what the option says.
    fn label(&mut self, question: &Question, option: OptionId) -> String {
        let Some(option) = question.options.get(usize::from(option)) else { return String::new() };
        let Some(shows) = &option.shows else { return option.label.to_string() };
        let randomizer = self.randomizer.text(shows);
        if self.contradicts_truth(&randomizer) { option.label.to_string() } else { randomizer }
    }

    fn contradicts_truth(&self, text: &str) -> bool {
        let evidence = self.material.recognizer().evidence("", text);
        let is_of_another = evidence.hits.iter().any(|hit| !hit.cards.contains(&self.truth.card));
        let is_denied = evidence.proofs.iter().any(|proof| match self.truth.given(proof.question) {
            Given::Option(option) => option != proof.option,
            Given::NoneOfThese => true,
            Given::Unknown => false,
        });
        is_of_another || is_denied
    }

    /// The command with values for all placeholders of which the tree knows some: its examples, those in the lines of the
    /// hidden card, and others elsewhere, so that what is filled tells nothing.
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

/// Whether a line stands for itself: it is no part of a record or a session.
pub(in crate::drill) fn is_plain(line: &str) -> bool {
    !line.starts_with(['{', '[', '$', ' ', '\t'])
}

/// Whether a value can stand in a command as it is.
fn is_word(value: &str) -> bool {
    value.chars().all(|it| it.is_ascii_alphanumeric() || "._:/-".contains(it))
}

/// The fields of records that answer a question.
pub(in crate::drill) fn fields(question: &Question) -> Vec<&str> {
    let patterns = question.options.iter().flat_map(|option| &option.patterns);
    let fields = patterns.filter_map(|pattern| if let Pattern::Fields(fields) = pattern { Some(fields) } else { None });
    fields.flat_map(|fields| fields.iter()).map(|field| field.name.as_str()).collect()
}

/// An address and its port.
fn with_port(value: &str) -> Option<(&str, &str)> {
    let (host, port) = value.rsplit_once(':')?;
    let is_port = !port.is_empty() && port.chars().all(|digit| digit.is_ascii_digit());
    (is_port && !host.is_empty() && !host.ends_with(':')).then_some((host, port))
}

/// What is said of a check that shows none of the answers.
fn nothing_of_note(question: &Question, given: Given) -> String {
    let labels: Vec<_> = question.options.iter().map(|option| option.label.as_str()).collect();
    match given {
        Given::NoneOfThese => format!("Nothing of note: none of these is seen. ({})", labels.join(" · ")),
        _ => "It gives no clear answer now.".to_owned(),
    }
}
