//! What is said for training, with every reference followed. A drill that names what does not exist is left out.

use super::file::{CardDrillFile, DrillFile, PrintsFile, Text};
use super::ids::{CardId, OptionId, QuestionId, RemedyRef};
use super::model::Tree;
use super::names::unknown;
use super::problem::{Code, Problem, Source};
use super::training::{Alarm, CauseClue, Clue, ExpectedAnswer, Printed, TeamDrill, Training};
use crate::text::CleanText;

/// What is written when none of the options is seen; no option may be called so.
const NOTHING: &str = "none";

/// Follows the references of a drill. `exist` are the cards that have a file: of one that cannot be read, all has been
/// said.
pub(super) fn link_drill(
    tree: &Tree,
    exist: &[&str],
    (id, source, file): (&str, Source<'_>, &DrillFile),
    problems: &mut Vec<Problem>,
) -> Option<TeamDrill> {
    let before = problems.len();
    let card = tree.find_card(&file.card.value);
    if card.is_none() && !exist.contains(&file.card.value.as_str()) {
        problems.push(unknown(source, Code::UnknownCard, "card", &file.card, exist.iter().copied()));
    } else if card == Some(tree.escalation) {
        let message = format!("`{}` is shown when nothing fits: it cannot be what is wrong", file.card.value);
        problems.push(source.problem(Code::BadValue, &file.card.at, message, "name another card"));
    }
    let mut clues = Vec::new();
    for (name, clue) in &file.clues {
        let Some(question) = question(tree, source, name, problems) else { continue };
        let answer = clue.option.as_ref().and_then(|option| said(tree, source, (question, option), problems));
        clues.push(Clue { question, answer, shows: values(&clue.shows) });
    }
    let order = file.order.iter().filter_map(|name| question(tree, source, name, problems)).collect();
    let answers = answers(tree, source, &file.answers, problems);
    let remedies = card.map(|card| remedies(tree, card, (source, &file.remedies), problems)).unwrap_or_default();
    if problems.len() > before {
        return None;
    }
    Some(TeamDrill {
        id: id.into(),
        path: source.path.into(),
        title: file.title.value.clone(),
        story: file.story.value.clone(),
        answers,
        card: card?,
        clues,
        red_herrings: values(&file.red_herrings),
        order,
        remedies,
    })
}

/// Follows the references of what a card says for exercises. What names nothing is left out. `exist` are the cards that
/// have a file.
pub(super) fn link_card_drill(
    tree: &Tree,
    exist: &[&str],
    card: CardId,
    (source, file): (Source<'_>, &CardDrillFile),
    problems: &mut Vec<Problem>,
) -> Training {
    let mut training = Training::default();
    for written in &file.alarms {
        let answers = answers(tree, source, &written.answers, problems);
        training.alarms.push(Alarm { says: written.says.value.clone(), answers });
    }
    let causes: Vec<&str> = tree.card(card).causes.iter().map(|cause| cause.id.as_str()).collect();
    for written in &file.tells {
        let mut leaves = Vec::new();
        for name in &written.leaves {
            match causes.iter().position(|known| *known == name.value) {
                Some(at) => leaves.push(at),
                None => problems.push(unknown(source, Code::UnknownCause, "cause", name, causes.iter().copied())),
            }
        }
        // Without all that it leaves it would exclude what is possible.
        if leaves.len() == written.leaves.len() {
            let (pattern, says) = (written.pattern.value.clone(), written.says.value.clone());
            training.cause_clues.push(CauseClue { pattern, leaves, says });
        }
    }
    for (name, written) in &file.wrong {
        match tree.find_card(&name.value) {
            Some(other) if other == card => {
                let message = "a card's own remedies are offered by themselves";
                problems.push(source.problem(Code::BadValue, &name.at, message, "name a look-alike"));
            }
            Some(other) => {
                let named = remedies(tree, other, (source, written), problems);
                training.wrong.extend(named.into_iter().map(|index| RemedyRef { card: other, index }));
            }
            None if exist.contains(&name.value.as_str()) => {}
            None => problems.push(unknown(source, Code::UnknownCard, "card", name, exist.iter().copied())),
        }
    }
    for (name, written) in &file.prints {
        let Some(question) = question(tree, source, name, problems) else { continue };
        let printed = printed(written, |option| said(tree, source, (question, option), problems));
        training.prints.extend(printed.into_iter().map(|printed| (question, printed)));
    }
    training
}

/// What is printed, with the options that `said` knows.
pub(super) fn printed(written: &PrintsFile, mut said: impl FnMut(&Text) -> Option<ExpectedAnswer>) -> Vec<Printed> {
    let printed = written.iter().filter_map(|(option, lines)| {
        let lines = values(lines);
        Some(Printed { said: said(option)?, lines })
    });
    printed.collect()
}

/// The answer of that name to a question, of which these are the options.
pub(super) fn said_of<'o>(
    source: Source<'_>,
    mut options: impl Iterator<Item = &'o str> + Clone,
    name: &Text,
    problems: &mut Vec<Problem>,
) -> Option<ExpectedAnswer> {
    if name.value == NOTHING {
        return Some(ExpectedAnswer::Nothing);
    }
    let known = options.clone();
    let found = options.position(|option| option == name.value);
    if found.is_none() {
        problems.push(unknown(source, Code::UnknownOption, "option", name, known));
    }
    found.map(|at| ExpectedAnswer::Option(OptionId(at)))
}

fn said(
    tree: &Tree,
    source: Source<'_>,
    (question, name): (QuestionId, &Text),
    problems: &mut Vec<Problem>,
) -> Option<ExpectedAnswer> {
    let options: Vec<&str> = tree.options(question).map(|(_, option)| option.id.as_str()).collect();
    said_of(source, options.iter().copied(), name, problems)
}

/// What a story answers by itself.
fn answers(
    tree: &Tree,
    source: Source<'_>,
    written: &[(Text, Text)],
    problems: &mut Vec<Problem>,
) -> Vec<(QuestionId, OptionId)> {
    let mut answers = Vec::new();
    for (name, option) in written {
        let Some(question) = question(tree, source, name, problems) else { continue };
        match said(tree, source, (question, option), problems) {
            Some(ExpectedAnswer::Option(option)) => answers.push((question, option)),
            Some(ExpectedAnswer::Nothing) => {
                let message = "what is noticed first is not that nothing is";
                problems.push(source.problem(Code::BadValue, &option.at, message, "name an option, or leave it out"));
            }
            None => {}
        }
    }
    answers
}

/// The positions of remedies of a card.
fn remedies(
    tree: &Tree,
    card: CardId,
    (source, written): (Source<'_>, &[Text]),
    problems: &mut Vec<Problem>,
) -> Vec<usize> {
    let known: Vec<&str> = tree.card(card).remedies.iter().map(|remedy| remedy.id.as_str()).collect();
    let mut remedies = Vec::new();
    for name in written {
        match known.iter().position(|known| *known == name.value) {
            Some(at) => remedies.push(at),
            None => problems.push(unknown(source, Code::UnknownRemedy, "remedy", name, known.iter().copied())),
        }
    }
    remedies
}

fn question(tree: &Tree, source: Source<'_>, name: &Text, problems: &mut Vec<Problem>) -> Option<QuestionId> {
    let found = tree.find_question(&name.value);
    if found.is_none() {
        let known = tree.questions().map(|(_, question)| question.id.as_str());
        problems.push(unknown(source, Code::UnknownQuestion, "question", name, known));
    }
    found
}

fn values(texts: &[Text]) -> Vec<CleanText> {
    texts.iter().map(|text| text.value.clone()).collect()
}
