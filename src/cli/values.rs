//! Reads `--value NAME=TEXT` and `--pick NAME=TEXT`.

use clap::Args;

use super::failure::Failure;
use crate::export::values::case_values;
use crate::session::{pick_value, type_value};
use crate::text::CleanText;
use crate::tree::Tree;
use crate::walk::Walk;

#[derive(Clone, Debug, Default, Args)]
pub(super) struct ValueArgs {
    /// Fill a placeholder of the commands, such as host=api.example.com; an empty TEXT leaves it empty
    #[arg(long = "value", value_name = "NAME=TEXT")]
    values: Vec<String>,
    /// Use this one of several values that the evidence has
    #[arg(long = "pick", value_name = "NAME=TEXT")]
    picked: Vec<String>,
}

impl ValueArgs {
    /// Returns whether no value was given.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.picked.is_empty()
    }

    /// Gives the values to a walk.
    pub(super) fn give(&self, walk: &mut Walk) -> Result<(), Failure> {
        let tree = std::sync::Arc::clone(walk.tree());
        for written in &self.picked {
            let (name, text) = split("--pick", &tree, written)?;
            pick_value(walk, name, &CleanText::line(text));
        }
        for written in &self.values {
            let (name, text) = split("--value", &tree, written)?;
            let said = type_value(walk, name, text);
            let given = walk.known().given_values.get(name).map(|given| &given.value);
            if given != Some(&CleanText::line(text)) {
                return Err(Failure::usage(said, format!("shorten the text of --value {name}")));
            }
        }
        Ok(())
    }
}

/// Splits `NAME=TEXT`, whose name must be a placeholder of the tree.
fn split<'w>(option: &str, tree: &std::sync::Arc<Tree>, written: &'w str) -> Result<(&'w str, &'w str), Failure> {
    let Some((name, text)) = written.split_once('=') else {
        let written = CleanText::line(written);
        return Err(Failure::usage(
            format!("{option} {:?} is not of the form NAME=TEXT", written.as_str()),
            format!("for example {option} host=api.example.com"),
        ));
    };
    let walk = Walk::new(std::sync::Arc::clone(tree));
    let known: Vec<String> = case_values(&walk, &[]).iter().map(|value| value.name.to_owned()).collect();
    if known.iter().any(|known| known == name) {
        return Ok((name, text));
    }
    let all = format!("the values of {} are {}", tree.id, known.join(", "));
    Err(Failure::unknown("value", name, known.iter().map(String::as_str), &all))
}
