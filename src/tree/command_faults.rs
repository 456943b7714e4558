//! Finds faults of commands: unfilled placeholders, and URLs that curl expands.

use super::pattern::Template;
use super::problem::Code;
use super::shell;

/// A fault of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandFault {
    /// The kind of problem.
    pub code: Code,
    /// The problem, one sentence.
    pub message: String,
    /// The way to correct it.
    pub help: &'static str,
}

/// Returns the faults of a command, one for each reason.
pub fn find(command: &Template) -> Vec<CommandFault> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    fn said(text: &str) -> Vec<String> {
        let faults = find(&Template::parse(text, Slots::Free).unwrap());
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
