//! Tests dialogues in lines with any bytes and with long lines.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// A line of more than this is cut.
const MOST: usize = 1 << 20;

fn run(arguments: &[&str], input: &[u8]) -> (Output, String, String) {
    let state = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(arguments)
        .env("XDG_STATE_HOME", state.path())
        .env("XDG_CONFIG_HOME", state.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended before it read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (told, word) = (text(&output.stdout), text(&output.stderr));
    (output, told, word)
}

const DRILL: [&str; 7] = ["drill", "--mode", "recognize", "--card", "gateway-timeout", "--seed", "3"];

#[test]
fn a_line_that_is_not_utf_8_is_a_line() {
    for arguments in [&["walk", "--plain"][..], &["--plain"], &DRILL, &["drill", "oci-load-balancer", "--exam", "1"]] {
        let (output, told, word) = run(arguments, b"ung\xfcltig\n?\nq\n");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {word}");
        assert!(
            told.contains("ung\u{fffd}ltig")
                || told.contains("No card has that name")
                || told.contains("Choose a line first"),
            "{arguments:?}: {told}"
        );
        assert!(told.contains("Numbers choose"), "{arguments:?}: and the next line is obeyed: {told}");
        assert_eq!(word, "", "{arguments:?}");
    }
    let line = b"[error] backend 10.0.20.11 closed connection abruptly \xff\xfe\x80\n";
    let (output, told, word) = run(&["walk", "--plain"], &[b"paste\n".as_slice(), line, b".\ne\nq\n"].concat());
    assert!(told.contains("Added as evidence: ") || told.contains("searching for its words"), "{told}{word}");
    assert_ne!(output.status.code(), Some(2), "{word}");
}

#[test]
fn line_ends_of_other_systems_and_a_last_line_without_one_are_understood() {
    for input in [&b"?\r\nq\r\n"[..], b"?\nq", b"?\r\nq\r"] {
        let (_, told, _) = run(&DRILL, input);
        assert!(told.contains("Numbers choose") && told.contains("0 of 1 done"), "{told}");
    }
}

#[test]
fn a_line_that_is_too_long_is_cut_and_said_and_the_next_one_is_obeyed() {
    let long = vec![b'x'; 3 * MOST];
    for arguments in [&["walk", "--plain"][..], &DRILL, &["drill", "oci-load-balancer", "--exam", "1"]] {
        // In a walk a long line is the first of a paste, and a dot ends that.
        let input = [long.as_slice(), b"\n.\n?\n".as_slice(), long.as_slice(), b"\n.\nq\n"].concat();
        let (output, told, word) = run(arguments, &input);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(told.contains("Numbers choose"), "{arguments:?}");
        assert_eq!(word.matches("only its first 1 MiB").count(), 2, "{arguments:?}: {word}");
        assert!(told.len() < 3 * MOST, "{arguments:?}: what was cut is not repeated");
    }
    // One that just fits is whole.
    let (_, _, word) = run(&DRILL, &[&long[..MOST], b"\nq\n"].concat());
    assert_eq!(word, "");
}

#[test]
fn a_paste_that_is_too_long_is_cut_and_said() {
    // Nothing but spaces, in which nothing is looked for.
    let line = format!("{}\n", " ".repeat(MOST - 1));
    let lines = line.repeat(9);
    let (_, told, _) = run(&["walk", "--plain"], format!("paste\n{lines}.\nq\n").as_bytes());
    assert!(told.contains("Only the first 8 MiB"), "{}", &told[told.len().saturating_sub(2000)..]);
    let (_, told, _) = run(&["walk", "--plain"], format!("paste\n{line}.\nq\n").as_bytes());
    assert!(!told.contains("Only the first"), "{told}");
}

#[test]
fn what_is_far_too_long_to_be_a_journal_or_a_report_is_refused() {
    let lines = format!("{}\n", "x".repeat(MOST - 1)).repeat(65);
    let (output, _, word) = run(&["drill", "progress", "import", "-"], lines.as_bytes());
    assert_eq!(output.status.code(), Some(2), "{word}");
    assert!(word.contains("longer than 64 MiB"), "{word}");
    let (output, _, word) = run(&["drill", "--check", "-"], &vec![b' '; 17 << 20]);
    assert_eq!(output.status.code(), Some(2), "{word}");
    assert!(word.contains("longer than 16 MiB"), "{word}");
}
