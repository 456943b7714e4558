//! Checks the names of placeholders against the commands that have them.

use std::collections::BTreeSet;

use crate::text;
use crate::tree::model::{Card, DescribedValue, Question};
use crate::tree::pattern::Template;
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::decode::Text;

/// Adds a problem for each name that no command has.
pub(super) fn check_configured(
    source: SourceText<'_>,
    configured: &[Text],
    cards: &[Card],
    problems: &mut Vec<Problem>,
) {
    let names: BTreeSet<&str> = commands_of(cards).flat_map(|(_, command)| command.slots()).collect();
    unused(source, configured, &names, problems);
}

/// Adds a problem for each useless or missing description of a value.
///
/// A description is useless if no command has the placeholder, and missing if a command has one without it.
/// A tree that describes no value at all has no such placeholders.
pub(super) fn check_values(
    source: SourceText<'_>,
    values: &[(Text, DescribedValue)],
    cards: &[Card],
    questions: &[Question],
    problems: &mut Vec<Problem>,
) {
    if values.is_empty() {
        return;
    }
    let of_questions = || questions.iter().filter_map(|question| question.find_out.command.as_ref());
    let of_values = || values.iter().filter_map(|(_, value)| value.run.as_ref());
    let in_tree_file = of_questions().chain(of_values()).map(|command| (source.path, command));
    let commands = || commands_of(cards).chain(in_tree_file.clone());
    let names: BTreeSet<&str> = commands().flat_map(|(_, command)| command.slots()).collect();
    unused(source, values.iter().map(|(name, _)| name), &names, problems);
    let known: BTreeSet<&str> = values.iter().map(|(name, _)| name.value.as_str()).collect();
    let named = commands().flat_map(|(path, command)| command.slots().map(move |name| (path, name)));
    let found: BTreeSet<(&str, &str)> = named.filter(|(_, name)| !known.contains(name)).collect();
    for (path, name) in found {
        let message = format!("nothing says what `{{{name}}}` means and how to get it");
        let help = match text::did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`? Or describe it under \"values\" of tree.json"),
            None => "describe it under \"values\" of tree.json".to_owned(),
        };
        problems.push(Problem::of_file(Code::UndescribedValue, path, message, help));
    }
}

/// Returns the commands of cards, each with the path of its file.
fn commands_of(cards: &[Card]) -> impl Iterator<Item = (&str, &Template)> {
    let remedies = cards.iter().flat_map(|card| card.remedies.iter().map(move |remedy| (card.path.as_str(), remedy)));
    remedies.flat_map(|(path, remedy)| remedy.commands.iter().map(move |command| (path, &command.run)))
}

/// Adds a problem for each name that no placeholder has.
fn unused<'n>(
    source: SourceText<'_>,
    names: impl IntoIterator<Item = &'n Text>,
    placeholders: &BTreeSet<&str>,
    problems: &mut Vec<Problem>,
) {
    for name in names.into_iter().filter(|name| !placeholders.contains(name.value.as_str())) {
        let help = match text::did_you_mean(&name.value, placeholders.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or use it in a command".to_owned(),
        };
        let message = format!("no command has the placeholder `{{{}}}`", name.value);
        problems.push(source.problem(Code::BadValue, &name.at, message, help));
    }
}
