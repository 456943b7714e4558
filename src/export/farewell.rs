//! Writes what stays on the normal screen after the end.

use super::outline::Outline;
use crate::text;

/// The least columns to which prose is wrapped.
const NARROWEST: usize = 20;

/// Returns a card with the step at hand and its command.
///
/// Prose is wrapped to a width in columns. A command is one line, so that it can be copied.
pub fn card(outline: &Outline, at: usize, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut said = String::new();
    let mut push = |indent: &str, text: &str| {
        for line in text::wrap(text, width - indent.len()) {
            said.push_str(&format!("{indent}{line}\n"));
        }
    };
    push("", &outline.title);
    if !outline.verdict.is_empty() {
        push("  ", &format!("{}.", outline.verdict));
    }
    if let Some(step) = outline.solution() {
        push("  ", &format!("Solved: step {} helped. {}", step.number, text::first_sentence(&step.act)));
    } else if let Some(step) = outline.steps.get(at) {
        let outcome = step.outcome.map(|outcome| format!(" ({})", outcome.word())).unwrap_or_default();
        push("  ", &format!("Step {} of {}{outcome}: {}", step.number, outline.steps.len(), step.act));
        for command in &step.commands {
            said.push_str(&format!("  $ {}\n", command.command));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::command::{CommandPart, CommandText};
    use crate::export::{CommandOutline, StepOutline};
    use crate::tree::model::{Effect, Takes};

    #[test]
    fn prose_is_wrapped_and_a_command_is_not() {
        let run = "oci lb load-balancer get --load-balancer-id ocid1.loadbalancer.oc1..aaaa".to_owned();
        let command = CommandText { parts: vec![CommandPart::Literal(run.clone())] };
        let step = StepOutline {
            number: 1,
            remedy: 0,
            act: "Read the configuration of the load balancer.".to_owned(),
            effect: Effect::Observe,
            takes: Takes::Seconds,
            outcome: None,
            helped_here: 0,
            commands: vec![CommandOutline { command, console: None, shows: String::new() }],
            verify: String::new(),
            undo: None,
            see: None,
            unaccepted: Vec::new(),
        };
        let outline = Outline { title: "A title".to_owned(), steps: vec![step], ..Outline::default() };
        let said = card(&outline, 0, 30);
        let expected = "A title\n  Step 1 of 1: Read the\n  configuration of the load\n  balancer.\n";
        assert_eq!(said, format!("{expected}  $ {run}\n"));
    }
}
