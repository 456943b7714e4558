//! The world of an incident: what is seen of a hidden card, by whoever looks here or there.

use std::sync::Arc;

use super::choices::look_alikes;
use super::incident::{Check, Incident, seconds};
use super::material::{Material, Noise, says_nothing};
use super::random::Random;
use super::remedy;
use super::truth::{Followed, Settled, Truth, way};
use super::vary::Varied;
use crate::tree::model::Question;
use crate::tree::pattern::{Part, Pattern, Template};
use crate::tree::team::TeamDrill;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Evidence, Given};

/// How many lines that are no trouble stand in a log.
const NOISE: usize = 3;

/// How many look-alikes give red herrings.
const HERRINGS_OF: usize = 6;

/// How many lines of the hidden card stand in a log at most.
const TELLING: usize = 2;

/// A word of a signature shorter than this may stand in an alarm: it is no error string.
const SHORTEST_QUOTE: usize = 6;

impl Incident {
    /// The incident of a seed about a hidden card.
    pub fn new(material: &Material, card: CardId, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let symptom = alarm(material, card, &mut random);
        build(material, card, None, (symptom, None), random)
    }

    /// An incident that a team wrote. The seed only changes addresses, times and what else is of no account.
    pub fn of_team(material: &Material, drill: &TeamDrill, seed: u64) -> Self {
        let story = (drill.story.clone(), Some(drill.title.clone()));
        build(material, drill.card, Some(drill), story, Random::new(seed))
    }
}

fn build(
    material: &Material,
    card: CardId,
    drill: Option<&TeamDrill>,
    (alarm, title): (String, Option<String>),
    mut random: Random,
) -> Incident {
    let tree = material.tree();
    let clues = drill.map(|drill| drill.clues.as_slice()).unwrap_or_default();
    let settled: Vec<Settled> = clues.iter().filter_map(|clue| clue.answer.map(|said| (clue.question, said))).collect();
    let samples = material.samples(card);
    let proved: Vec<(&str, Evidence)> =
        samples.iter().map(|sample| (*sample, material.recognizer().evidence("", sample))).collect();
    let open: Vec<QuestionId> =
        proved.iter().flat_map(|(_, evidence)| &evidence.proofs).map(|proof| proof.question).collect();
    let path = way(tree, card, &settled, &mut random);
    let Followed { truth, shortest, ordinary } = Followed::new(tree, (card, path), &open, &settled);
    let look_alikes = look_alikes(tree, card, &truth.path);
    // What a story says of the hour stays true.
    let seed = random.number();
    let varied = if drill.is_some() { Varied::same_hours(seed) } else { Varied::new(seed) };
    let mut world = World {
        material,
        truth: &truth,
        proved: &proved,
        herrings: drill.map(|drill| drill.red_herrings.as_slice()).unwrap_or_default(),
        like: look_alikes.iter().copied().take(HERRINGS_OF).collect(),
        varied,
        random: &mut random,
    };
    let alarm = world.varied.text(&alarm);
    let mut checks: Vec<Check> = tree
        .questions()
        .map(|(id, question)| {
            let told = clues.iter().find(|clue| clue.question == id).map(|clue| clue.shows.as_slice());
            world.check(id, question, told.unwrap_or_default())
        })
        .collect();
    if let Some(drill) = drill {
        let place = |check: &Check| drill.order.iter().position(|question| *question == check.question);
        checks.sort_by_key(|check| place(check).unwrap_or(usize::MAX));
    }
    // What nothing tells apart is right as well.
    let is_end = |card: &CardId| *card != tree.escalation && shortest.ends.contains(card);
    let right: Vec<CardId> =
        if shortest.ends.contains(&card) { shortest.ends.iter().copied().filter(is_end).collect() } else { vec![card] };
    let remedies = remedy::choices(tree, card, &mut random);
    let look_alikes = look_alikes.into_iter().take(HERRINGS_OF).collect();
    Incident { tree: Arc::clone(tree), truth, right, title, alarm, checks, shortest, ordinary, look_alikes, remedies }
}

/// What answers when something is checked.
struct World<'w> {
    material: &'w Material,
    truth: &'w Truth,
    /// The samples of the hidden card, and what they prove.
    proved: &'w [(&'w str, Evidence)],
    /// The red herrings of a team.
    herrings: &'w [String],
    like: Vec<CardId>,
    varied: Varied,
    random: &'w mut Random,
}

impl World<'_> {
    fn check(&mut self, id: QuestionId, question: &Question, told: &[String]) -> Check {
        let given = self.truth.given(id);
        let fields = fields(question);
        let lines = self.lines(id, given, &fields);
        let (shows, note) = if !told.is_empty() {
            (told.iter().map(|line| self.varied.text(line)).collect(), None)
        } else if let Some(lines) = lines {
            (lines, None)
        } else if let Given::Option(option) = given {
            (vec![self.shown(question, usize::from(option))], None)
        } else {
            // Of a log it is seen that nothing stands in it; of other commands it is enough to say so.
            let lines = if fields.is_empty() { Vec::new() } else { self.log(&[], &fields) };
            (lines, Some(nothing_of_note(question, given)))
        };
        Check {
            question: id,
            how: question.find_out.how.clone(),
            command: question.find_out.command.as_ref().map(|command| self.filled(command)),
            seconds: seconds(question.find_out.takes),
            shows,
            note,
            given,
        }
    }

    /// The lines of the hidden card that give this answer, among others.
    fn lines(&mut self, question: QuestionId, given: Given, fields: &[&str]) -> Option<Vec<String>> {
        let Given::Option(option) = given else { return None };
        let proves = |evidence: &Evidence| {
            evidence.proofs.iter().any(|proof| proof.question == question && proof.option == option)
        };
        let mut telling: Vec<&str> =
            self.proved.iter().filter(|(_, evidence)| proves(evidence)).map(|(sample, _)| *sample).collect();
        if telling.is_empty() {
            return None;
        }
        self.random.shuffle(&mut telling);
        telling.truncate(TELLING);
        Some(self.log(&telling, fields))
    }

    fn log(&mut self, telling: &[&str], fields: &[&str]) -> Vec<String> {
        let noise = Noise { most: NOISE.saturating_sub(self.herrings.len()), like: &self.like, fields };
        let found = self.material.among((self.truth.card, telling), noise, &mut self.varied, self.random);
        let mut lines = found.lines;
        for herring in self.herrings {
            let at = self.random.below(lines.len() + 1);
            lines.insert(at, self.varied.text(herring));
        }
        lines
    }

    /// What the command shows for an option, unless that would speak of another card: then what the option says.
    fn shown(&mut self, question: &Question, option: usize) -> String {
        let Some(option) = question.options.get(option) else { return String::new() };
        let Some(shows) = &option.shows else { return option.label.clone() };
        let varied = self.varied.text(shows);
        if self.is_lie(&varied) { option.label.clone() } else { varied }
    }

    fn is_lie(&self, text: &str) -> bool {
        let evidence = self.material.recognizer().evidence("", text);
        let is_of_another = evidence.hits.iter().any(|hit| !hit.cards.contains(&self.truth.card));
        let is_denied = evidence.proofs.iter().any(|proof| match self.truth.given(proof.question) {
            Given::Option(option) => option != proof.option,
            Given::NoneOfThese => true,
            Given::Unknown => false,
        });
        is_of_another || is_denied
    }

    /// The command with what the lines of the hidden card say of the system.
    fn filled(&mut self, command: &Template) -> String {
        let is_plain = |value: &str| value.chars().all(|it| it.is_ascii_alphanumeric() || "._:/-".contains(it));
        let captures = self.proved.iter().flat_map(|(_, evidence)| &evidence.hits).flat_map(|hit| &hit.captures);
        let known: Vec<(&str, &str)> = captures
            .filter(|(_, value)| !value.is_empty() && is_plain(value))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let varied = &mut self.varied;
        command.fill(|wanted| {
            let found = known.iter().find(|(name, _)| *name == wanted);
            let port = known.iter().filter(|_| wanted == "port").find_map(|(_, value)| with_port(value));
            let value = found.map(|(_, value)| with_port(value).map_or(*value, |(host, _)| host));
            value.or(port.map(|(_, port)| port)).map(|value| varied.text(value))
        })
    }
}

/// The fields of records that answer a question.
fn fields(question: &Question) -> Vec<&str> {
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

/// What is noticed first: a symptom that does not quote an error string.
fn alarm(material: &Material, card: CardId, random: &mut Random) -> String {
    let tree = material.tree();
    let quotes = quotes(tree, card);
    let is_symptom = |symptom: &&String| {
        let lower = symptom.to_lowercase();
        says_nothing(&material.recognizer().evidence("", symptom)) && !quotes.iter().any(|it| lower.contains(it))
    };
    let symptoms: Vec<&String> = tree.card(card).symptoms.iter().filter(is_symptom).collect();
    random.one_of(&symptoms).map_or_else(|| format!("{}: something is wrong.", tree.title), |it| (*it).clone())
}

/// Whether a text is more than one ordinary word: several, or a name as machines write them.
fn is_no_word(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    text.contains(|letter: char| letter.is_whitespace() || letter == '_' || letter.is_ascii_digit()) || capitals > 1
}

/// The words by which a card's signatures know it, in lower case.
fn quotes(tree: &Tree, card: CardId) -> Vec<String> {
    let literals = |template: &Template| -> Vec<String> {
        let literal = |part: &Part| match part {
            Part::Literal(text) => Some(text.trim().to_owned()),
            Part::Slot { .. } => None,
        };
        template.parts.iter().filter_map(literal).collect()
    };
    let mut quotes = Vec::new();
    for signature in &tree.card(card).signatures {
        quotes.extend(signature.documented.iter().map(|documented| documented.trim().to_owned()));
        if let Pattern::Text(template) = &signature.pattern {
            quotes.extend(literals(template));
        } else if let Pattern::Fields(fields) = &signature.pattern {
            quotes.extend(fields.iter().map(|field| field.name.clone()));
            quotes.extend(fields.iter().flat_map(|field| &field.any_of).flat_map(literals));
        }
    }
    quotes.retain(|quote| quote.len() >= SHORTEST_QUOTE && is_no_word(quote));
    quotes.into_iter().map(|quote| quote.to_lowercase()).collect()
}
