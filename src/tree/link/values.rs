//! Checks the names of placeholders against the commands that have them.

use std::collections::BTreeSet;

use crate::text::{self, CleanText};
use crate::tree::model::{Card, DescribedValue, Mention, Question};
use crate::tree::pattern::{Kind, Pattern, Template};
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::decode::Text;
use crate::tree::source::tree_file::MentionFile;

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

/// Links the mentions of a tree.
///
/// Adds a problem for each that gives no value, or a value that no command has. A placeholder of a pattern gives a value if
/// a command has a placeholder of the same name.
pub(super) fn link_mentions(
    source: SourceText<'_>,
    mentions: Vec<MentionFile>,
    (values, cards, questions): (&[(Text, DescribedValue)], &[Card], &[Question]),
    problems: &mut Vec<Problem>,
) -> Vec<Mention> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let of_questions = questions.iter().filter_map(|question| question.find_out.command.as_ref());
    let in_tree_file = of_questions.chain(values.iter().filter_map(|(_, value)| value.run.as_ref()));
    let placeholders: BTreeSet<&str> =
        commands_of(cards).map(|(_, command)| command).chain(in_tree_file).flat_map(Template::slots).collect();
    let mut linked = Vec::new();
    for MentionFile { pattern, implies, .. } in mentions {
        unused(source, implies.iter().map(|(name, _)| name), &placeholders, problems);
        let in_pattern = slots_of(&pattern.value);
        let wrong = in_pattern.iter().find(|name| !Kind::is_name(name) && !placeholders.contains(name.as_str()));
        let names: Vec<CleanText> =
            in_pattern.iter().filter(|name| placeholders.contains(name.as_str())).cloned().collect();
        let message = match wrong {
            Some(name) => Some(format!("no command has the placeholder `{{{name}}}`")),
            None => names.is_empty().then(|| "this mention names no value".to_owned()),
        };
        if let Some(message) = message {
            let help = "name what it gives like a placeholder of a command, as in {host:host}";
            problems.push(source.problem(Code::BadValue, &pattern.at, message, help));
        }
        let implies = implies.into_iter().map(|(name, value)| (name.value, value)).collect();
        linked.push(Mention { pattern: pattern.value, names, implies });
    }
    linked
}

/// Returns the names of the placeholders of a pattern.
fn slots_of(pattern: &Pattern) -> Vec<CleanText> {
    let templates: Vec<&Template> = match pattern {
        Pattern::Text(template) => vec![template],
        Pattern::Fields(fields) => fields.iter().flat_map(|field| &field.any_of).collect(),
        Pattern::Json(_) => Vec::new(),
    };
    templates.into_iter().flat_map(Template::slots).map(CleanText::line).collect()
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
