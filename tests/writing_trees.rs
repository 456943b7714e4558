//! Tests that the steps of `docs/writing-trees.md` work as written.
//!
//! Each console block is run, and each block of JSON is written into the file that the text before it names.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use wherefore::internals::tree::Code;

use crate::programs;

const MANUAL: &str = include_str!("../docs/writing-trees.md");

/// A block of the manual that does something.
#[derive(Debug, PartialEq)]
enum Action<'m> {
    /// Writes a file.
    Write { file: &'m str, text: String },
    /// Runs a command and compares its exit code and output.
    Run { command: &'m str, code: i32, printed: Vec<&'m str> },
}

/// Returns the actions of a manual in order.
fn actions(manual: &str) -> Vec<Action<'_>> {
    let mut actions = Vec::new();
    let mut file = None;
    let mut lines = manual.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match language {
                "json" => {
                    let file = file.take().expect("the text before the block names a file");
                    actions.push(Action::Write { file, text: format!("{}\n", block.join("\n")) });
                }
                "console" => actions.extend(runs(&block)),
                other => panic!("no test knows blocks of {other:?}"),
            }
        } else if let Some((_, named)) = line.split_once("Put this into `") {
            file = named.split('`').next();
        }
    }
    actions
}

/// Returns the commands of a console block, each behind `$ `.
fn runs<'m>(block: &[&'m str]) -> Vec<Action<'m>> {
    let mut found: Vec<Action<'m>> = Vec::new();
    for line in block {
        if let Some(command) = line.strip_prefix("$ ") {
            found.push(Action::Run { command, code: 0, printed: Vec::new() });
        } else if let Some(Action::Run { code, printed, .. }) = found.last_mut() {
            match line.strip_prefix("? ") {
                Some(number) => *code = number.parse().unwrap(),
                None => printed.push(line),
            }
        }
    }
    found
}

/// Returns whether lines are as written; `...` stands for any lines.
fn are_as_written(written: &[&str], printed: &[&str]) -> bool {
    match written {
        [] => printed.is_empty(),
        ["...", rest @ ..] => (0..=printed.len()).any(|at| are_as_written(rest, &printed[at..])),
        [line, rest @ ..] => printed.first() == Some(line) && are_as_written(rest, &printed[1..]),
    }
}

#[test]
fn lines_may_be_left_out() {
    for (written, is_right) in
        [(&["a", "...", "c"][..], true), (&["a", "..."], true), (&["...", "b"], false), (&["a", "c"], false)]
    {
        assert_eq!(are_as_written(written, &["a", "b", "b2", "c"]), is_right, "{written:?}");
    }
}

#[test]
fn the_codes_of_the_manual_exist() {
    let rows: Vec<&str> = MANUAL.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(rows.len() > 8, "{rows:?}");
    for name in rows {
        assert!(Code::ALL.iter().any(|code| code.name() == name), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn the_steps_of_the_manual_make_a_proven_tree() {
    let Some(shell) = programs::find("sh") else { return };
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let program = Path::new(env!("CARGO_BIN_EXE_wherefore")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let path = path.unwrap();
    let actions = actions(MANUAL);
    let is_check = |action: &&Action<'_>| matches!(action, Action::Run { command, .. } if command.contains("check"));
    assert!(actions.len() > 12 && actions.iter().filter(is_check).count() == 2, "{actions:?}");
    for action in &actions {
        let (command, code, printed) = match action {
            Action::Write { file, text } => {
                let file = folder.path().join(file);
                assert!(file.is_file(), "{} does not exist yet", file.display());
                fs::write(file, text).unwrap();
                continue;
            }
            Action::Run { command, code, printed } => (command, code, printed),
        };
        let output = Command::new(&shell)
            .args(["-c", command])
            .current_dir(folder.path())
            .env_clear()
            .envs([("HOME", home.path().as_os_str()), ("PATH", path.as_os_str())])
            .envs([("NO_COLOR", "1"), ("LANG", "C.UTF-8")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let lines: Vec<&str> = out.lines().chain(err.lines()).collect();
        assert!(are_as_written(printed, &lines), "$ {command}\n{}", lines.join("\n"));
        assert_eq!(output.status.code(), Some(*code), "$ {command}");
    }
}
