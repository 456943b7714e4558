//! Checks rules about single cards.

use std::collections::HashSet;

use super::problem::{Code, Problem, SourceText};
use super::scales::Effect;
use super::source::card_file::CardFile;

/// Adds the problems of a card that need no other file.
///
/// The escalation card only gathers, so it needs no symptoms, causes or pages.
pub fn card(source: SourceText<'_>, card: &CardFile, is_escalation: bool, problems: &mut Vec<Problem>) {
    for remedy in &card.remedies {
        if remedy.effect == Effect::Observe {
            continue;
        }
        if remedy.undo.is_none() {
            let message = format!("`{}` changes something and does not say how to undo it", remedy.id.value);
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
