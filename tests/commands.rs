//! Commands that were filled with values from a hostile log, as the shells and programs of an operator read them.

mod shells;
mod values;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use wherefore::export::command;
use wherefore::tree::pattern::{Slots, Template};

use super::programs;

/// The shells that an operator may paste a command into, each with the arguments that keep it from reading settings.
const SHELLS: [(&str, &[&str]); 5] =
    [("sh", &[]), ("dash", &[]), ("bash", &["--norc"]), ("zsh", &["-f"]), ("fish", &["--no-config"])];

/// Returns a command of which every placeholder was offered the value.
fn filled(command: &str, value: &str) -> String {
    filled_by(command, &|_| Some(value.to_owned()))
}

/// Returns a command filled with the values that `value_of` knows.
fn filled_by(command: &str, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    command::fill(&Template::parse(command, Slots::Free).unwrap(), value_of)
}

/// Runs a script in a shell, in a folder of its own, with the programs of `path` alone.
fn run(shell: (&Path, &[&str]), folder: &Path, path: &Path, script: &str) -> Output {
    let file = folder.join("script");
    fs::write(&file, script).unwrap();
    let mut command = Command::new(shell.0);
    command.args(shell.1).arg(&file).current_dir(folder);
    command.env_clear().env("PATH", path).env("HOME", folder).env("LANG", "C.UTF-8");
    command.stdin(std::process::Stdio::null()).output().unwrap()
}
