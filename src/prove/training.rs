//! Finds faults of the data for exercises.
//!
//! Nothing that an exercise shows may contradict its card, and nothing that it tells at first may give the card away.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::recognize::{Compiled, Line, Recognizer};
use crate::tree::model::Effect;
use crate::tree::training::{CauseClue, ExpectedAnswer, Printed, TeamDrill};
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Event, Evidence, EvidenceSource, Walk};

/// Reads the lines of exercises, each once.
///
/// The printed output of many cards has the same lines.
pub(super) struct LineReader<'r> {
    recognizer: &'r Recognizer,
    read: RefCell<HashMap<String, Rc<Evidence>>>,
    /// The labels of all options.
    labels: OnceCell<Vec<Line>>,
}

impl<'r> LineReader<'r> {
    /// Makes a reader that has read nothing.
    pub(super) fn new(recognizer: &'r Recognizer) -> Self {
        Self { recognizer, read: RefCell::default(), labels: OnceCell::new() }
    }

    fn tree(&self) -> &'r Arc<Tree> {
        self.recognizer.tree()
    }

    fn evidence(&self, line: &str) -> Rc<Evidence> {
        if let Some(known) = self.read.borrow().get(line) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.recognizer.evidence(&EvidenceSource::Paste, line));
        self.read.borrow_mut().insert(line.to_owned(), Rc::clone(&found));
        found
    }

    fn labels(&self) -> &[Line] {
        self.labels.get_or_init(|| {
            let tree = self.tree();
            let options = tree.questions().flat_map(|(question, _)| tree.options(question));
            options.map(|(_, option)| self.recognizer.line(&option.label)).collect()
        })
    }
}

/// Answers to questions.
type Answers = Vec<(QuestionId, ExpectedAnswer)>;

/// Returns all faults of a team's incident.
pub(super) fn faults_of_drill(reader: &LineReader<'_>, drill: &TeamDrill) -> Vec<String> {
    let tree = reader.tree();
    let hidden = &tree.card(drill.card).id;
    let mut said: Answers = drill.clues.iter().filter_map(|clue| Some((clue.question, clue.answer?))).collect();
    said.extend(drill.answers.iter().map(|(question, option)| (*question, ExpectedAnswer::Option(*option))));
    if !tree.has_path(drill.card, &said) {
        let answers = show_answers(tree, &said);
        return vec![format!("no path to `{hidden}` agrees with the answers of its clues ({answers})")];
    }
    let events = said.iter().map(|(question, said)| match said {
        ExpectedAnswer::Option(option) => Event::Answered { question: *question, option: *option },
        ExpectedAnswer::Nothing => Event::NoneOfThese { question: *question },
    });
    let walk = Walk::replay(Arc::clone(tree), events.collect());
    if !walk.position().candidates.iter().any(|candidate| candidate.card == drill.card) {
        return vec![format!("the answers of its clues do not lead to `{hidden}`")];
    }
    let mut faults = Vec::new();
    for (name, text) in [("title", &drill.title), ("story", &drill.story)] {
        faults.extend(revealed_by(reader, drill.card, text).map(|how| format!("its {name} gives it away: {how}")));
    }
    for clue in &drill.clues {
        let id = &tree.question(clue.question).id;
        if drill.answers.iter().any(|(answered, _)| *answered == clue.question) {
            faults.push(format!("clues.{id} is never shown: its story answers that question (`answers`)"));
        }
        for (at, line) in clue.shows.iter().enumerate() {
            let fault = fault_of_line(reader, drill.card, &said, line);
            faults.extend(fault.map(|fault| format!("clues.{id}.shows[{at}] {fault}")));
        }
    }
    for (at, line) in drill.red_herrings.iter().enumerate() {
        let is_own = reader.evidence(line).hits.iter().any(|hit| hit.cards.contains(&drill.card));
        let fault = match is_own {
            true => Some(format!("is a line of `{hidden}` itself: `{}`", shortened(line))),
            false => fault_of_line(reader, drill.card, &said, line),
        };
        faults.extend(fault.map(|fault| format!("red_herrings[{at}] {fault}")));
    }
    let story = fault_of_line(reader, drill.card, &said, &drill.story);
    faults.extend(story.filter(|_| faults.is_empty()).map(|fault| format!("its story {fault}")));
    faults
}

/// Returns all faults of a card's data for exercises.
pub(super) fn faults_of_card(reader: &LineReader<'_>, card: CardId) -> Vec<String> {
    let tree = reader.tree();
    let own = tree.card(card);
    let mut faults = Vec::new();
    for (at, alarm) in own.training.alarms.iter().enumerate() {
        let said: Answers = alarm.said();
        if !tree.has_path(card, &said) {
            faults.push(format!("no path to this card agrees with drill.alarms[{at}] ({})", show_answers(tree, &said)));
        } else if let Some(how) = revealed_by(reader, card, &alarm.says) {
            faults.push(format!("drill.alarms[{at}] gives the card away: {how}"));
        } else if let Some(fault) = fault_of_line(reader, card, &said, &alarm.says) {
            faults.push(format!("drill.alarms[{at}] {fault}"));
        }
    }
    for (question, printed) in &own.training.prints {
        let own_prints = own.training.prints.iter().filter(|(asked, _)| asked == question).map(|(_, printed)| printed);
        let of_question = tree.prints(*question).iter();
        if let Some(at) = equals_none(tree, *question, printed, own_prints.chain(of_question)) {
            faults.push(format!("drill.prints.{at}"));
        }
        let said = vec![(*question, printed.said)];
        let at = show_answers(tree, &said).replace(": ", ".");
        if !tree.has_path(card, &said) {
            faults.push(format!("no path to this card has the answer of drill.prints.{at}"));
            continue;
        }
        for line in &printed.lines {
            let fault = fault_of_line(reader, card, &said, line).or_else(|| contradiction(reader, &said, line));
            faults.extend(fault.map(|fault| format!("drill.prints.{at} {fault}")));
        }
    }
    faults.extend(faults_of_tells(reader, card));
    faults
}

/// Returns all faults of a card's cause clues.
fn faults_of_tells(reader: &LineReader<'_>, card: CardId) -> Vec<String> {
    let tree = reader.tree();
    let own = tree.card(card);
    let tells: Vec<(&CauseClue, Compiled)> =
        own.training.cause_clues.iter().map(|tell| (tell, Compiled::new(&tell.pattern))).collect();
    let treated = |cause: usize| own.remedies.iter().any(|remedy| remedy.fixes.contains(&cause));
    let mut faults = Vec::new();
    let mut found = vec![false; tells.len()];
    // Lines that are shown together narrow the causes together.
    let samples = own.signatures.iter().flat_map(|it| &it.samples).map(std::slice::from_ref);
    let alarms = own.training.alarms.iter().map(|alarm| std::slice::from_ref(&alarm.says));
    let prints = own.training.prints.iter().map(|(_, printed)| printed.lines.as_slice());
    for shown in samples.chain(alarms).chain(prints) {
        let lines: Vec<Line> = shown.iter().map(|line| reader.recognizer.line(line)).collect();
        let mut left = vec![true; own.causes.len()];
        let mut is_told = false;
        for ((tell, pattern), found) in tells.iter().zip(&mut found) {
            if lines.iter().any(|line| pattern.matches(line)) {
                (*found, is_told) = (true, true);
                left.iter_mut().enumerate().for_each(|(cause, left)| *left &= tell.leaves.contains(&cause));
            }
        }
        let is_left = left.iter().enumerate().any(|(cause, left)| *left && treated(cause));
        if is_told && !is_left {
            let shown = shown.first().map(|line| shortened(line)).unwrap_or_default();
            faults.push(format!("drill.tells leaves no cause that a remedy treats, of `{shown}`"));
        }
    }
    // Exercises also show the labels of answers, and the lines of team incidents.
    let teams = tree.drills.iter().filter(|drill| drill.card == card);
    let teams = teams.flat_map(|drill| drill.clues.iter().flat_map(|clue| &clue.shows).chain([&drill.story]));
    let teams: Vec<Line> = teams.map(|line| reader.recognizer.line(line)).collect();
    for (at, ((_, pattern), found)) in tells.iter().zip(found).enumerate() {
        if !found && !reader.labels().iter().chain(&teams).any(|line| pattern.matches(line)) {
            faults.push(format!("drill.tells[{at}] is in no output that exercises show"));
        }
    }
    for at in &own.training.wrong {
        let remedy = tree.remedy(*at);
        if let Some(remedy) = remedy.filter(|remedy| remedy.effect == Effect::Observe) {
            faults.push(format!("drill.wrong: `{}` changes nothing, and a look is never wrong", remedy.id));
        }
    }
    faults
}

/// Returns all faults of a question's printed output.
pub(super) fn faults_of_question(reader: &LineReader<'_>, question: QuestionId) -> Vec<String> {
    let tree = reader.tree();
    let mut faults = Vec::new();
    let prints = tree.prints(question);
    for printed in prints {
        faults.extend(equals_none(tree, question, printed, prints.iter()));
        let said = vec![(question, printed.said)];
        let at = show_answers(tree, &said).replace(": ", ".prints.");
        for line in &printed.lines {
            faults.extend(contradiction(reader, &said, line).map(|fault| format!("{at} {fault}")));
        }
    }
    faults
}

/// Returns the fault of an everyday line that points to something.
pub(super) fn fault_of_everyday(reader: &LineReader<'_>, line: &str) -> Option<String> {
    let tree = reader.tree();
    let found = reader.evidence(line);
    let Evidence { hits, proofs, risks, .. } = &*found;
    let card = hits.iter().flat_map(|hit| &hit.cards).copied().chain(risks.iter().map(|risk| risk.card)).next();
    let tells = match (card, proofs.first()) {
        (Some(card), _) => format!("points to `{}`", tree.card(card).id),
        (None, Some(proof)) => {
            format!("proves {}", show_answers(tree, &[(proof.question, ExpectedAnswer::Option(proof.option))]))
        }
        (None, None) => return None,
    };
    Some(format!("a line of normal operation {tells}: `{}`", shortened(line)))
}

/// Returns how a text gives a card away, if it does.
fn revealed_by(reader: &LineReader<'_>, card: CardId, text: &str) -> Option<String> {
    let own = reader.tree().card(card);
    if text.to_lowercase().contains(&own.title.to_lowercase()) {
        return Some(format!("it has the title of `{}`", own.id));
    }
    let is_hit = reader.evidence(text).hits.iter().any(|hit| hit.cards.contains(&card));
    is_hit.then(|| format!("it has a signature of `{}`", own.id))
}

/// Returns how a line contradicts a card, given some answers.
fn fault_of_line(reader: &LineReader<'_>, card: CardId, said: &Answers, line: &str) -> Option<String> {
    let tree = reader.tree();
    let evidence = reader.evidence(line);
    if let Some(hit) = evidence.hits.iter().find(|hit| !hit.cards.contains(&card)) {
        let others: Vec<_> = hit.cards.iter().map(|card| format!("`{}`", tree.card(*card).id)).collect();
        return Some(format!("belongs to {}: `{}`", others.join(", "), shortened(line)));
    }
    evidence.answers().find_map(|proof| {
        // A line may prove another answer than the given one, if that answer also leads to the card.
        let others = said.iter().copied().filter(|(question, _)| *question != proof.question);
        let proven = (proof.question, ExpectedAnswer::Option(proof.option));
        let answers: Answers = others.chain([proven]).collect();
        (!tree.has_path(card, &answers)).then(|| {
            let (answer, hidden) = (show_answers(tree, &[proven]), &tree.card(card).id);
            format!("proves {answer}, which contradicts `{hidden}`: `{}`", shortened(line))
        })
    })
}

/// Returns the fault of an answer whose output equals that of `none`.
///
/// Nothing would tell the two apart.
fn equals_none<'p>(
    tree: &Tree,
    question: QuestionId,
    printed: &Printed,
    mut prints: impl Iterator<Item = &'p Printed>,
) -> Option<String> {
    let ExpectedAnswer::Option(_) = printed.said else { return None };
    let is_same = prints.any(|other| other.said == ExpectedAnswer::Nothing && other.lines == printed.lines);
    let at = show_answers(tree, &[(question, printed.said)]).replace(": ", ".");
    is_same.then(|| format!("{at} prints the same as `none`, so the two cannot be told apart"))
}

/// Returns how a line contradicts the answers for which it is printed.
fn contradiction(reader: &LineReader<'_>, said: &Answers, line: &str) -> Option<String> {
    reader.evidence(line).answers().find_map(|proof| {
        let proven = (proof.question, ExpectedAnswer::Option(proof.option));
        let is_contradicted = said.iter().any(|(question, given)| *question == proof.question && *given != proven.1);
        is_contradicted.then(|| format!("proves {}: `{}`", show_answers(reader.tree(), &[proven]), shortened(line)))
    })
}

/// Answers for a message: `others: dark`.
fn show_answers(tree: &Tree, answers: &[(QuestionId, ExpectedAnswer)]) -> String {
    let shown = answers.iter().map(|(question, said)| {
        let answer = match said {
            ExpectedAnswer::Option(option) => &tree.option(*question, *option).id,
            ExpectedAnswer::Nothing => "none",
        };
        format!("{}: {answer}", tree.question(*question).id)
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Shortens a line so that a message can quote it.
pub(super) fn shortened(line: &str) -> String {
    crate::text::fit(&crate::text::clean_line(line), 100, "…")
}
