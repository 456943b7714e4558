//! Rules about single cards and commands that need no other file. Each looks at what was written, so that it can say where.

use std::collections::HashSet;

use super::file::CardFile;
use super::model::Effect;
use super::pattern::Template;
use super::problem::{Code, Problem, Source};
use super::shell;

/// What is wrong with a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandFault {
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// Returns what is wrong with a command: each reason for which a placeholder stays unfilled, and URLs that curl expands.
pub fn command(command: &Template) -> Vec<CommandFault> {
    let reading = shell::read(command);
    let mut reasons: Vec<(&shell::Why, Vec<String>)> = Vec::new();
    for (name, place) in command.slots().zip(&reading.places) {
        let (Some(why), name) = (place.why(), format!("`{{{name}}}`")) else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    let mut faults: Vec<_> = reasons
        .into_iter()
        .filter_map(|(why, names)| {
            let (what, help) = why.advice()?;
            let message = format!("no value is filled in for {}: {what}", names.join(", "));
            Some(CommandFault { code: Code::ValueCouldAct, message, help })
        })
        .collect();
    if reading.is_globbing {
        let message = "curl reads `[1-9]` and `{a,b}` in a filled URL as many URLs".to_owned();
        faults.push(CommandFault { code: Code::CurlReadsBrackets, message, help: "add `-g` (`--globoff`)" });
    }
    faults
}

/// Notes what is wrong with a card by itself. The escalation card only gathers: it needs no causes.
pub fn card(source: Source<'_>, card: &CardFile, is_escalation: bool, problems: &mut Vec<Problem>) {
    for remedy in &card.remedies {
        if remedy.effect == Effect::Observe {
            continue;
        }
        if remedy.undo.is_none() {
            let message = format!("`{}` changes something and does not say how to take it back", remedy.id.value);
            problems.push(source.problem(Code::NoUndo, &remedy.id.at, message, "add \"undo\""));
        }
        if remedy.fixes.value.is_empty() {
            let message = format!("`{}` changes something and fixes no cause", remedy.id.value);
            let help = "name the causes that it removes";
            problems.push(source.problem(Code::FixesNothing, &remedy.fixes.at, message, help));
        }
    }
    let fixed: HashSet<&str> =
        card.remedies.iter().flat_map(|remedy| &remedy.fixes.value).map(|name| name.value.as_str()).collect();
    for cause in &card.causes {
        if !fixed.contains(cause.id.value.as_str()) {
            let message = format!("no remedy fixes or observes the cause `{}`", cause.id.value);
            let help = "name it in the \"fixes\" of a remedy";
            problems.push(source.problem(Code::UnfixedCause, &cause.id.at, message, help));
        }
    }
    let needed =
        [("symptoms", card.symptoms.is_empty()), ("causes", card.causes.is_empty()), ("docs", card.docs.is_empty())];
    for (name, is_missing) in needed {
        if is_missing && !is_escalation {
            let message = format!("a card needs at least one entry under `{name}`");
            problems.push(source.problem(Code::MissingField, &(0..1), message, format!("add \"{name}\"")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    fn said(text: &str) -> Vec<String> {
        let faults = command(&Template::parse(text, Slots::Free).unwrap());
        faults.into_iter().map(|fault| format!("{} {}", fault.code.name(), fault.message)).collect()
    }

    #[test]
    fn a_command_in_which_a_value_could_act_is_named_with_the_reason() {
        for (command, expected) in [
            ("ls {x}", None),
            ("acmectl get {x}", None),
            ("ssh host 'ls -l'", None),
            ("curl -g https://{host}/ -H 'Authorization: Bearer {token}'", None),
            (
                "ssh {user} 'ls {x} {x}'",
                Some(
                    "value-could-act no value is filled in for `{user}`, `{x}`: `ssh` reads an argument or its input as code",
                ),
            ),
            (
                "ls {y} > {x}",
                Some("value-could-act no value is filled in for `{x}`: a value would name the file of a redirection"),
            ),
            (
                "curl http://h/{x}",
                Some("curl-reads-brackets curl reads `[1-9]` and `{a,b}` in a filled URL as many URLs"),
            ),
            ("curl --globoff http://h/{x}", None),
            ("curl -sg http://h/{x}", None),
            ("curl http://h/", None),
            ("curl -H 'Host: {x}' http://h/", None),
        ] {
            assert_eq!(said(command), expected.into_iter().collect::<Vec<_>>(), "{command}");
        }
    }
}
