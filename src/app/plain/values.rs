//! Tells and takes the values of the case in lines.

use super::dialogue::Dialogue;
use super::lines::LineWriter;
use crate::export::evidence::placeholders;
use crate::export::values::{CaseValue, case_values, read_only_command};
use crate::session::{accept_value, remove_value, type_value};
use crate::text;
use crate::walk::{Step, Walk};

impl Dialogue {
    /// Lists the values, or takes one, such as `host=api.example.com`.
    pub(super) fn values(&mut self, rest: &str, out: &mut LineWriter) {
        let first: Vec<String> = self.placeholders_here();
        let Some(walk) = self.session.walk.as_mut() else {
            return out.text("Values belong to a case. Choose a system first.");
        };
        let Some((name, value)) = rest.split_once('=') else {
            return match rest.trim() {
                "" => tell(walk, &first, out),
                name => match name_in(walk, name) {
                    Ok(name) => tell_one(walk, &name, out),
                    Err(why) => out.text(&why),
                },
            };
        };
        match name_in(walk, name.trim()) {
            Ok(name) => out.text(&type_value(walk, &name, value)),
            Err(why) => out.text(&why),
        }
    }

    /// Accepts a value for commands that change something.
    pub(super) fn accept(&mut self, name: &str, out: &mut LineWriter) {
        self.change(name, accept_value, "accept", out);
    }

    /// Takes back what was given to a placeholder.
    pub(super) fn remove_value(&mut self, name: &str, out: &mut LineWriter) {
        self.change(name, remove_value, "unset", out);
    }

    fn change(&mut self, name: &str, change: fn(&mut Walk, &str) -> String, word: &str, out: &mut LineWriter) {
        let Some(walk) = self.session.walk.as_mut() else {
            return out.text("Values belong to a case. Choose a system first.");
        };
        match name_in(walk, name.trim()) {
            Ok(name) => out.text(&change(walk, &name)),
            Err(why) => out.text(&format!("{why} Type {word} and the name of a value.")),
        }
    }

    /// Returns the placeholders of the card or question at hand.
    fn placeholders_here(&self) -> Vec<String> {
        if let Some(open) = self.card_in_hand() {
            return placeholders(&open.tree, open.card).into_iter().map(str::to_owned).collect();
        }
        let Some(walk) = self.walk() else { return Vec::new() };
        let Step::Ask(question) = walk.position().step else { return Vec::new() };
        let command = walk.tree().question(question).find_out.command.as_ref();
        command.map(|command| command.slots().map(str::to_owned).collect()).unwrap_or_default()
    }
}

/// Returns the name of a placeholder, or that there is none.
fn name_in(walk: &Walk, name: &str) -> Result<String, String> {
    let known: Vec<&str> = case_values(walk, &[]).iter().map(|value| value.name).collect();
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    let near = text::did_you_mean(name, known);
    let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
    Err(format!("There is no value {name:?} here.{near}"))
}

/// Tells the values of the commands at hand, and other known ones.
fn tell(walk: &Walk, first: &[String], out: &mut LineWriter) {
    let here: Vec<&str> = first.iter().map(String::as_str).collect();
    let here: Vec<&str> =
        case_values(walk, &[]).iter().map(|value| value.name).filter(|name| here.contains(name)).collect();
    let listed = case_values(walk, &here);
    let listed = listed.iter().filter(|value| here.contains(&value.name) || value.value().is_some());
    let mut is_empty = true;
    for value in listed {
        is_empty = false;
        out.text(&line(value));
    }
    if is_empty {
        out.text("No value is known, and no command here needs one.");
    }
    out.text("v NAME tells how to get a value; v NAME=TEXT fills it in, in all commands; v NAME= leaves it empty.");
}

/// Tells a value, its meaning, and how to get it.
fn tell_one(walk: &Walk, name: &str, out: &mut LineWriter) {
    for value in case_values(walk, &[]).iter().filter(|value| value.name == name) {
        out.text(&line(value));
        let Some(described) = value.described else { continue };
        out.text(&described.means);
        if let Some(place) = &described.place {
            out.text(&format!("Where: {place}"));
        }
        if let Some(run) = &described.run {
            out.raw(&format!("  $ {}\n", read_only_command(walk, run)));
        }
        for other in value.others() {
            out.text(&format!("Also found: {}", other.value));
        }
    }
}

fn line(value: &CaseValue<'_>) -> String {
    let Some(known) = value.value() else { return format!("{}: empty", value.name) };
    let others = match value.others().count() {
        0 => String::new(),
        others => format!(", {} also found", text::count(others, "other value", "other values")),
    };
    let mut line = format!("{}: {known} ({}{others})", value.name, value.origin());
    if value.must_be_accepted() {
        line.push_str(&format!(
            ". From traffic: not used in commands that change something until you type accept {}.",
            value.name
        ));
    }
    line
}
