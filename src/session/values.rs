//! Gives placeholders of commands their values, as events of the walk.

use crate::export::values::{CaseValue, case_value, looks_usual};
use crate::text::CleanText;
use crate::walk::{Event, GivenBy, GivenValue, Walk};

/// The most characters of a value.
///
/// Longer than any path or id of a cloud, and short enough for a command line.
const LONGEST: usize = 2000;

/// Gives a placeholder the typed value, or leaves it empty.
///
/// Returns what to tell. Nothing changes if the value is too long.
pub fn type_value(walk: &mut Walk, name: &str, typed: &str) -> String {
    let value = CleanText::line(typed);
    if value.chars().count() > LONGEST {
        return format!("A value has at most {LONGEST} characters.");
    }
    let said = match value.as_str() {
        "" => format!("{name} is empty in all commands."),
        _ if looks_usual(walk.tree(), name, &value) => format!("{name} is used in all commands of this case."),
        _ => {
            let example = walk.tree().examples.iter().find(|(known, _)| known == name);
            let example = example.map(|(_, example)| format!(" It usually looks like {example}.")).unwrap_or_default();
            format!("{name} is used as you typed it.{example}")
        }
    };
    give(walk, name, value, GivenBy::Typed);
    said
}

/// Accepts the value of a placeholder for commands that change something. Returns what to tell.
pub fn accept_value(walk: &mut Walk, name: &str) -> String {
    let value = case_value(walk, name);
    let Some(now) = value.value().cloned() else { return format!("{name} has no value to accept.") };
    if !value.must_be_accepted() {
        return format!("{name} needs no acceptance.");
    }
    give(walk, name, now, GivenBy::Accepted);
    format!("Accepted: {name} is also used in commands that change something.")
}

/// Picks one of the values that were found. Returns what to tell.
pub fn pick_value(walk: &mut Walk, name: &str, value: &CleanText) -> String {
    give(walk, name, value.clone(), GivenBy::Picked);
    match case_value(walk, name).must_be_accepted() {
        true => format!("{name} is used, but not in commands that change something until you accept it."),
        false => format!("{name} is used in all commands of this case."),
    }
}

/// Takes back what was given to a placeholder, or leaves it empty. Returns what to tell.
pub fn remove_value(walk: &mut Walk, name: &str) -> String {
    let is_given = walk.known().given_values.contains_key(name);
    if is_given {
        walk.retract(|event| matches!(event, Event::ValueGiven(given) if given.name == name));
    } else if case_value(walk, name).value().is_some() {
        give(walk, name, CleanText::default(), GivenBy::Typed);
    } else {
        return format!("{name} has no value.");
    }
    match case_value(walk, name).value() {
        Some(found) => format!("Removed. {name} is {found} again, from the evidence."),
        None => format!("{name} is empty in all commands."),
    }
}

fn give(walk: &mut Walk, name: &str, value: CleanText, by: GivenBy) {
    let given = GivenValue { name: CleanText::line(name), value, by };
    if walk.known().given_values.get(name) != Some(&given) {
        walk.push(Event::ValueGiven(given));
    }
}

/// Brings the values of a case to another walk of it.
///
/// Both trees must describe the placeholder in the same words. What the operator gave replaces what the other walk had.
/// A value from the evidence counts as found in another tree. Without `replaces`, only placeholders without a value
/// get one.
pub(super) fn carry_values(from: &Walk, to: &mut Walk, replaces: bool) {
    let tree = to.tree().clone();
    for (name, described) in tree.values.iter() {
        if !replaces && case_value(to, name).value().is_some() {
            continue;
        }
        let is_same = |value: &CaseValue<'_>| value.described.is_some_and(|other| other.means == described.means);
        let value = case_value(from, name);
        if !is_same(&value) {
            continue;
        }
        let given = match (value.given, value.value()) {
            (Some(given), _) => Some(given.clone()),
            (None, Some(found)) => Some(GivenValue {
                name: name.clone(),
                value: found.clone(),
                by: GivenBy::Carried { from: from.tree().title.clone(), is_inferred: value.must_be_accepted() },
            }),
            (None, None) => None,
        };
        if let Some(given) = given
            && to.known().given_values.get(name) != Some(&given)
        {
            to.push(Event::ValueGiven(given));
        }
    }
}
