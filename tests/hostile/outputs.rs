//! Tests that nothing the program prints about hostile input controls a terminal.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::promises::{each_string, must_be_clean};
use super::{ESCAPED, escaped_records};

/// Runs the program with a home of its own.
fn run(home: &Path, arguments: &[&str], input: &str) -> Output {
    let given = home.join("standard-input");
    fs::write(&given, input).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).current_dir(home).env_clear();
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home);
    }
    command.env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
    command.stdin(Stdio::from(fs::File::open(given).unwrap())).output().unwrap()
}

/// Checks what was printed; colors are the program's own.
fn must_print_clean(output: &Output) {
    for printed in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8(printed.clone()).expect("it prints UTF-8");
        must_be_clean(&without_colors(&printed));
    }
}

/// Leaves out `ESC [ … m`, which only sets colors.
fn without_colors(printed: &str) -> String {
    let mut parts = printed.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m') {
            Some((color, rest)) if color.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') => {
                plain.push_str(rest);
            }
            _ => {
                plain.push_str("\u{1b}[");
                plain.push_str(part);
            }
        }
    }
    plain
}

#[test]
fn a_log_cannot_write_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut captured = 0;
    for (at, record) in escaped_records().iter().enumerate() {
        let name = format!("{at}.log");
        fs::write(home.path().join(&name), record).unwrap();
        for arguments in [
            &["diagnose", &name, "--color", "always"][..],
            &["diagnose", &name, "--plain"],
            &["diagnose", &name, "--walk", "--plain", "--color", "always"],
            &["walk", "--evidence", &name, "--plain", "--color", "always"],
            &["walk", "--evidence", &name, "--json"],
        ] {
            let output = run(home.path(), arguments, "1\n1\n?\nq\n");
            must_print_clean(&output);
            captured += usize::from(String::from_utf8_lossy(&output.stdout).contains("bs2J"));
        }
        must_print_clean(&run(home.path(), &["find", "-", "--color", "always"], record));
        for arguments in [&["diagnose", &name, "--json"][..], &["find", "-", "--json"]] {
            let output = run(home.path(), arguments, record);
            let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
            each_string(&printed, &mut must_be_clean);
        }
    }
    assert!(captured >= 8, "the hostile values are shown, cleaned: {captured}");
}

#[test]
fn arguments_and_names_cannot_write_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let hostile = "x\u{1b}]52;c;aGk=\u{7}\u{9b}2J\u{202e}\ny";
    fs::write(home.path().join(hostile), "HTTP/1.1 502 Bad Gateway\n").unwrap();
    for arguments in [
        &["find", hostile][..],
        &["find", hostile, "--json"],
        &["show", hostile],
        &["walk", hostile],
        &["diagnose", hostile, "--color", "always"],
        &["diagnose", hostile, "--json"],
        &["diagnose", ".", "--color", "always"],
        &["diagnose", ".", "--json"],
        &["walk", "--evidence", hostile, "--plain"],
        &["drill", "--card", hostile],
        &["trees", "check", hostile],
        &["trees", "new-card", "--from", hostile],
        &[hostile],
        &["--trees", hostile, "find", "502"],
    ] {
        let output = run(home.path(), arguments, "q\n");
        match arguments.contains(&"--json") {
            true => each_string(&serde_json::from_slice(&output.stdout).unwrap(), &mut |text| {
                must_be_clean(text);
                assert!(!text.contains('\n') || arguments[0] == "find", "{text:?}");
            }),
            false => must_print_clean(&output),
        }
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(lines.lines().all(|line| !line.starts_with('y')), "a line of its own: {lines}");
    }
}

#[test]
fn a_tree_cannot_write_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let problems = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/problems");
    let mut tried = 0;
    for folder in fs::read_dir(problems).unwrap().map(|folder| folder.unwrap().path().join("lamp")) {
        let name = format!("trees-{tried}");
        copy_hostile(&folder, &home.path().join(&name).join("lamp"));
        must_print_clean(&run(home.path(), &["trees", "check", &name, "--color", "always"], ""));
        // A tree with problems is used as far as it can be.
        if tried % 8 == 0 {
            for arguments in [&["walk", "lamp", "--plain"][..], &["find", "lamp"], &["trees", "list"]] {
                let arguments = [&["--trees", &name], arguments].concat();
                must_print_clean(&run(home.path(), &arguments, "?\n1\n1\nq\n"));
            }
        }
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

/// Copies a folder of JSON and puts escapes into its texts.
///
/// Only texts that begin with a capital letter are changed.
fn copy_hostile(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let Ok(entries) = fs::read_dir(from) else { return };
    for entry in entries.map(Result::unwrap) {
        let copy = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_hostile(&entry.path(), &copy);
            continue;
        }
        let mut content = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
        for letter in 'A'..='Z' {
            content = content.replace(&format!(": \"{letter}"), &format!(": \"{ESCAPED}{letter}"));
        }
        fs::write(copy, content).unwrap();
    }
}
