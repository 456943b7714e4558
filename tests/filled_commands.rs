//! Tests commands that are filled with values from a hostile log.
//!
//! The shells and programs of an operator run them.

mod cards;
mod curl;
mod shells;
mod templates;
mod values;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wherefore::internals::export::command;
use wherefore::internals::tree::pattern::{Slots, Template};

use super::programs;

/// Shells that an operator may paste a command into.
///
/// Each has the arguments that keep it from reading settings.
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

/// Runs a script in a shell with the programs of `path` alone.
///
/// It runs in a folder of its own.
fn run(shell: (&Path, &[&str]), folder: &Path, path: &Path, script: &str) -> Output {
    let file = folder.join("script");
    fs::write(&file, script).unwrap();
    let mut command = Command::new(shell.0);
    command.args(shell.1).arg(&file).current_dir(folder);
    command.env_clear().env("PATH", path).env("HOME", folder).env("LANG", "C.UTF-8");
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

/// Makes programs that write their names and arguments to `called`.
///
/// The program `canary` makes `trace`. Returns their folder.
fn stubs(folder: &Path, names: &[&str]) -> PathBuf {
    let stubs = folder.join("stubs");
    fs::create_dir(&stubs).unwrap();
    let called = folder.join("called");
    let log = format!("#!/bin/sh\nprintf '%s\\0' \"${{0##*/}}\" \"$@\" '' >> '{}'\n", called.display());
    let canary = format!("#!/bin/sh\n: > '{}'\n", folder.join("trace").display());
    for (name, content) in names.iter().map(|name| (*name, &log)).chain([("canary", &canary)]) {
        let path = stubs.join(name);
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    stubs
}

/// Returns what the stubs in a folder were called with, in order. An argument must not be empty.
fn called(folder: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join("called")).unwrap_or_default();
    let mut calls = vec![Vec::new()];
    for word in text.split_terminator('\0') {
        match word {
            "" => calls.push(Vec::new()),
            word => calls.last_mut().unwrap().push(word.to_owned()),
        }
    }
    calls.pop();
    calls
}
