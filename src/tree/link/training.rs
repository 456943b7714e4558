//! Links the data for exercises. A drill that names what does not exist is left out.

use super::names::unknown;
use crate::text::CleanText;
use crate::tree::model::ids::{CardId, OptionId, QuestionId, RemedyRef};
use crate::tree::model::training::{Alarm, CardTraining, CauseClue, DrillClue, ExpectedAnswer, Printed, TeamDrill};
use crate::tree::model::{Lazy, TreeContent};
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::decode::{Decoded, Text};
use crate::tree::source::drill_file::{CardDrillFile, DrillFile};

/// The name of the answer that none of the options is seen.
///
/// No option may have this id.
const NOTHING: &str = "none";

/// Links the data of cards for exercises, and the team's drills.
///
/// `exist` are the cards that have a file. One that cannot be read has its own problem.
pub(in crate::internals::tree) fn link_training(
    tree: &mut TreeContent,
    exist: &[&str],
    cards: Vec<Decoded<'_, CardDrillFile>>,
    drills: Vec<Decoded<'_, DrillFile>>,
    problems: &mut Vec<Problem>,
) {
    for Decoded { id, source, file } in cards {
        let Some(card) = tree.find_card(id) else { continue };
        let training = TrainingLinker { tree, exist, source, problems }.training(card, file);
        if let Some(card) = tree.cards.get_mut(usize::from(card)) {
            card.content.training = training;
        }
    }
    let linked = drills
        .into_iter()
        .filter_map(|Decoded { id, source, file }| TrainingLinker { tree, exist, source, problems }.drill(id, file));
    tree.drills = Lazy::new(linked.collect());
}

/// Resolves the references of one file for exercises.
struct TrainingLinker<'t> {
    tree: &'t TreeContent,
    exist: &'t [&'t str],
    source: SourceText<'t>,
    problems: &'t mut Vec<Problem>,
}

impl TrainingLinker<'_> {
    /// Links a drill; `None` if it has a problem.
    fn drill(&mut self, id: &str, file: DrillFile) -> Option<TeamDrill> {
        let before = self.problems.len();
        let card = self.card(&file.card);
        if card == Some(self.tree.escalation) {
            let message = format!("`{}` is shown when nothing fits: it cannot be what is wrong", file.card.value);
            self.bad_value(&file.card, message, "name another card");
        }
        let mut clues = Vec::new();
        for (name, clue) in file.clues {
            let Some(question) = self.question(&name) else { continue };
            let answer = clue.option.and_then(|option| self.expected(question, &option));
            clues.push(DrillClue { question, answer, shows: clue.shows });
        }
        let order = file.order.iter().filter_map(|name| self.question(name)).collect();
        let answers = self.answers(&file.answers);
        let remedies = card.map(|card| self.remedies(card, &file.remedies)).unwrap_or_default();
        if self.problems.len() > before {
            return None;
        }
        Some(TeamDrill {
            id: id.into(),
            path: self.source.path.into(),
            title: file.title,
            story: file.story,
            answers,
            card: card?,
            clues,
            red_herrings: file.red_herrings,
            order,
            remedies,
        })
    }

    /// Links the data of a card for exercises, without unknown names.
    fn training(&mut self, card: CardId, file: CardDrillFile) -> CardTraining {
        let mut training = CardTraining::default();
        for alarm in file.alarms {
            training.alarms.push(Alarm { answers: self.answers(&alarm.answers), says: alarm.says });
        }
        let causes: Vec<&str> = self.tree.card(card).causes.iter().map(|cause| cause.id.as_str()).collect();
        for tell in file.tells {
            let names = &tell.leaves.value;
            let leaves = self.positions(names, &causes, Code::UnknownCause, "cause");
            // With only some of its causes, the clue would exclude what is possible.
            if leaves.len() == names.len() {
                training.cause_clues.push(CauseClue { pattern: tell.pattern.value, leaves, says: tell.says });
            }
        }
        for (name, remedies) in &file.wrong {
            match self.card(name) {
                Some(other) if other == card => {
                    self.bad_value(name, "a card's own remedies are offered by themselves", "name a look-alike");
                }
                Some(other) => {
                    let named = self.remedies(other, remedies);
                    training.wrong.extend(named.into_iter().map(|index| RemedyRef { card: other, index }));
                }
                None => {}
            }
        }
        for (name, prints) in file.prints {
            let Some(question) = self.question(&name) else { continue };
            let printed = printed(prints, |option| self.expected(question, option));
            training.prints.extend(printed.into_iter().map(|printed| (question, printed)));
        }
        training
    }

    fn bad_value(&mut self, name: &Text, message: impl Into<String>, help: &str) {
        self.problems.push(self.source.problem(Code::BadValue, &name.at, message, help));
    }

    /// Returns the card with this name, or notes that none exists.
    fn card(&mut self, name: &Text) -> Option<CardId> {
        let found = self.tree.find_card(&name.value);
        if found.is_none() && !self.exist.contains(&name.value.as_str()) {
            self.problems.push(unknown(self.source, Code::UnknownCard, "card", name, self.exist.iter().copied()));
        }
        found
    }

    fn question(&mut self, name: &Text) -> Option<QuestionId> {
        let found = self.tree.find_question(&name.value);
        if found.is_none() {
            let known = self.tree.questions().map(|(_, question)| question.id.as_str());
            self.problems.push(unknown(self.source, Code::UnknownQuestion, "question", name, known));
        }
        found
    }

    fn expected(&mut self, question: QuestionId, name: &Text) -> Option<ExpectedAnswer> {
        let options: Vec<&str> = self.tree.options(question).map(|(_, option)| option.id.as_str()).collect();
        expected_answer(self.source, &options, name, self.problems)
    }

    /// Returns the answers that a text gives by itself.
    fn answers(&mut self, written: &[(Text, Text)]) -> Vec<(QuestionId, OptionId)> {
        let mut answers = Vec::new();
        for (name, option) in written {
            let Some(question) = self.question(name) else { continue };
            match self.expected(question, option) {
                Some(ExpectedAnswer::Option(option)) => answers.push((question, option)),
                Some(ExpectedAnswer::Nothing) => {
                    let message = "what is noticed first is not that nothing is";
                    self.bad_value(option, message, "name an option, or leave it out");
                }
                None => {}
            }
        }
        answers
    }

    /// Returns the positions of remedies in a card.
    fn remedies(&mut self, card: CardId, names: &[Text]) -> Vec<usize> {
        let known: Vec<&str> = self.tree.card(card).remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        self.positions(names, &known, Code::UnknownRemedy, "remedy")
    }

    /// Returns the positions of names in a list, and notes unknown names.
    fn positions(&mut self, names: &[Text], known: &[&str], code: Code, what: &str) -> Vec<usize> {
        let mut positions = Vec::new();
        for name in names {
            match known.iter().position(|known| *known == name.value) {
                Some(at) => positions.push(at),
                None => self.problems.push(unknown(self.source, code, what, name, known.iter().copied())),
            }
        }
        positions
    }
}

/// Returns the output for each option that `answer_of` knows.
pub(super) fn printed(
    prints: Vec<(Text, Vec<CleanText>)>,
    mut answer_of: impl FnMut(&Text) -> Option<ExpectedAnswer>,
) -> Vec<Printed> {
    prints.into_iter().filter_map(|(option, lines)| Some(Printed { said: answer_of(&option)?, lines })).collect()
}

/// Returns the answer with this name to a question with these options.
pub(super) fn expected_answer(
    source: SourceText<'_>,
    options: &[&str],
    name: &Text,
    problems: &mut Vec<Problem>,
) -> Option<ExpectedAnswer> {
    if name.value == NOTHING {
        return Some(ExpectedAnswer::Nothing);
    }
    let found = options.iter().position(|option| *option == name.value);
    if found.is_none() {
        problems.push(unknown(source, Code::UnknownOption, "option", name, options.iter().copied()));
    }
    found.map(|at| ExpectedAnswer::Option(OptionId(at)))
}
