//! Incidents of a team, with every reference followed. One that names what does not exist is left out.

use super::file::{DrillFile, Text};
use super::link::unknown;
use super::model::{QuestionId, Tree};
use super::problem::{Code, Problem, Source};
use super::team::{Clue, Said, TeamDrill};

/// What a clue says when none of the options is seen; no option may be called so.
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
        let answer = clue.option.as_ref().and_then(|option| {
            if option.value == NOTHING {
                return Some(Said::Nothing);
            }
            let found = tree.find_option(question, &option.value);
            if found.is_none() {
                let known = tree.options(question).map(|(_, option)| option.id.as_str());
                problems.push(unknown(source, Code::UnknownOption, "option", option, known));
            }
            found.map(Said::Option)
        });
        clues.push(Clue { question, answer, shows: values(&clue.shows) });
    }
    let order = file.order.iter().filter_map(|name| question(tree, source, name, problems)).collect();
    if problems.len() > before {
        return None;
    }
    Some(TeamDrill {
        id: id.to_owned(),
        path: source.path.to_owned(),
        title: file.title.value.clone(),
        story: file.story.value.clone(),
        card: card?,
        clues,
        red_herrings: values(&file.red_herrings),
        order,
    })
}

fn question(tree: &Tree, source: Source<'_>, name: &Text, problems: &mut Vec<Problem>) -> Option<QuestionId> {
    let found = tree.find_question(&name.value);
    if found.is_none() {
        let known = tree.questions().map(|(_, question)| question.id.as_str());
        problems.push(unknown(source, Code::UnknownQuestion, "question", name, known));
    }
    found
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}
