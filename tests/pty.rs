//! Tests the program in a real terminal.
//!
//! It draws, obeys keys, and gives the terminal back however it ends. There are few cases, because each starts a process;
//! the rest is tested without a terminal. Most run the example `panics`, which says what reached it. Unix only.

mod cases;
mod jobs;
mod keys;
mod pager;
mod screen;
mod signals;
mod training;
mod ways_out;

use std::io::Read;
use std::time::Duration;

use portable_pty::native_pty_system;
use screen::{Screen, command, ends, example_path, pty_size};

const USUAL: (u16, u16) = (80, 24);
/// Time in which a program would have drawn many frames.
const LONG: Duration = Duration::from_millis(600);

fn ready_example() -> Screen {
    let mut screen = Screen::example(USUAL);
    screen.wait_for("ready");
    screen.wait_for_full_screen();
    screen
}

/// Starts the example as if the terminal were far away.
///
/// It waits longer for the rest of a key, so that a busy machine does not fail the test.
fn distant_example() -> Screen {
    let mut screen = Screen::example_with(USUAL, &[("SSH_TTY", "/dev/pts/0")]);
    screen.wait_for("ready");
    screen.wait_for_full_screen();
    screen
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut screen = ready_example();
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
    screen.wait_for_normal_screen();
    screen.wait_for("ended: quit");
    assert!(!screen.text().contains("ready"));
}

#[test]
fn the_interrupt_key_ends_with_130() {
    let mut screen = ready_example();
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
    screen.wait_for_normal_screen();
    screen.wait_for("ended: signal 2");
}

#[test]
fn a_panic_gives_the_terminal_back_and_then_says_what_happened() {
    for (key, message) in [("x", "panicked in update"), ("X", "panicked in view")] {
        let mut screen = ready_example();
        screen.send(key);
        assert_eq!(screen.exit_code(), 101, "{message}");
        screen.wait_for_normal_screen();
        screen.wait_for(message);
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let home = tempfile::tempdir().unwrap();
    let pair = native_pty_system().openpty(pty_size(USUAL)).unwrap();
    let mut child = pair.slave.spawn_command(command(&example_path(), home.path(), &[])).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut shown = Vec::new();
    while !String::from_utf8_lossy(&shown).contains("ready") {
        let mut buffer = [0; 4096];
        let length = reader.read(&mut buffer).unwrap();
        shown.extend_from_slice(&buffer[..length]);
    }
    drop((reader, pair));
    // Whether by itself or by the signal: the point is that it does not stay behind.
    assert!(ends(&mut *child), "the program outlives its terminal");
}

#[test]
fn a_terminal_without_a_size_shows_something() {
    for (environment, size) in [(&[][..], "80x24"), (&[("COLUMNS", "60"), ("LINES", "10")][..], "60x10")] {
        let mut screen = Screen::example_with((0, 0), environment);
        screen.wait_for("ready");
        screen.wait_for(&format!("size {size}"));
        screen.resize((100, 30));
        screen.wait_for("size 100x30");
    }
}

#[test]
fn a_tiny_terminal_does_no_harm() {
    let mut screen = ready_example();
    for size in [(1, 1), (2, 1), (1, 30), (200, 1)] {
        screen.resize(size);
        screen.send("\x1b[B");
    }
    screen.resize(USUAL);
    screen.wait_for("size 80x24");
    screen.wait_for("steps 4");
}

#[test]
fn the_last_of_many_sizes_is_the_one_that_stays() {
    for _ in 0..10 {
        // The first of these comes before the first frame, some together with keys.
        let mut screen = Screen::example((70, 20));
        for width in 71..=90 {
            screen.resize((width, 20));
            screen.send("\x1b[B");
        }
        screen.wait_for("size 90x20");
        screen.wait_for("steps 20");
    }
}

#[test]
fn an_idle_program_writes_nothing() {
    let mut screen = ready_example();
    // The last line of the frame.
    screen.wait_for("process ");
    screen.bytes_within(LONG);
    assert_eq!(screen.bytes_within(LONG), 0);
}

#[test]
fn the_cursor_is_shown_where_the_program_wants_it() {
    let mut screen = ready_example();
    screen.send("c");
    screen.wait_until("the cursor", |screen| !screen.emulated().hide_cursor());
    screen.send("c");
    screen.wait_until("no cursor", |screen| screen.emulated().hide_cursor());
}

#[test]
fn copying_speaks_to_the_terminal() {
    let mut screen = ready_example();
    screen.send("y");
    // "copied text" in base64.
    let sequence = b"\x1b]52;c;Y29waWVkIHRleHQ=\x1b\\";
    screen.wait_until("the clipboard sequence", |screen| {
        screen.raw().windows(sequence.len()).any(|bytes| bytes == sequence)
    });
}

#[test]
fn output_that_goes_elsewhere_is_refused_with_advice() {
    let output = std::process::Command::new(example_path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("use --plain"));
}

#[test]
fn the_program_starts_and_quits() {
    let mut screen = ready_program();
    screen.quit_at_home();
    assert_eq!(screen.exit_code(), 0);
    screen.wait_for_normal_screen();
}

#[test]
fn the_program_is_interrupted_and_terminated() {
    for (end, code) in [(interrupt as fn(&mut Screen), 130), (terminate, 143)] {
        let mut screen = ready_program();
        end(&mut screen);
        assert_eq!(screen.exit_code(), code);
        screen.wait_for_normal_screen();
    }
}

#[test]
fn an_arrow_moves_the_selection_of_the_program() {
    let mut screen = ready_program();
    let first = selected(&screen);
    assert!(first.is_some(), "nothing is selected on\n{}", screen.text());
    screen.send("\x1b[B");
    screen.wait_until("another selection", |screen| selected(screen).is_some_and(|line| Some(line) != first));
}

#[test]
fn a_paste_is_searched_for_and_not_obeyed() {
    let mut screen = ready_program();
    screen.paste("quite unhealthy");
    screen.wait_for("quite unhealthy");
    screen.wait_until("the program to go on", |screen| !screen.has_ended());
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
}

#[test]
fn a_card_of_the_program_can_be_copied() {
    let mut screen = ready_program();
    screen.paste("Backend 10.0.20.11 closed connection abruptly");
    screen.wait_for("recognized");
    screen.send("\r");
    screen.wait_for("copy");
    screen.send("y");
    screen.wait_until("the clipboard sequence", |screen| {
        let raw = String::from_utf8_lossy(screen.raw());
        raw.split_once("\x1b]52;c;").is_some_and(|(_, sequence)| sequence.contains("\x1b\\"))
    });
}

#[test]
fn text_on_the_command_line_is_searched_and_what_is_opened_is_remembered() {
    for (arguments, remembered) in
        [(&["closed connection", "abruptly"][..], 1), (&["--no-history", "closed connection abruptly"], 0)]
    {
        let mut screen = Screen::wherefore_with(USUAL, arguments);
        screen.wait_for("closed connection abruptly");
        screen.send("\r");
        screen.wait_for("copy");
        screen.send("q");
        assert_eq!(screen.exit_code(), 0);
        let journal = std::fs::read_to_string(screen.home().join("wherefore").join("opened.jsonl"));
        let journal = journal.unwrap_or_default();
        assert_eq!(journal.lines().count(), remembered, "{journal}");
        let is_of_the_card = |line: &str| line.ends_with("\"card\":\"backend-closed-connection\"}");
        assert!(journal.lines().all(is_of_the_card) && !journal.contains("abruptly"), "{journal}");
    }
}

#[test]
fn both_modes_of_training_are_done_on_screens_and_each_answer_is_kept_at_once() {
    for mode in ["recognize", "incident"] {
        let arguments = ["drill", "--mode", mode, "--card", "gateway-timeout", "--seed", "3", "--date", "2026-01-15"];
        let mut screen = Screen::wherefore_with(USUAL, &arguments);
        screen.wait_for(if mode == "recognize" { "Which line matters?" } else { "What do you check?" });
        screen.wait_for_full_screen();
        if mode == "incident" {
            screen.send("2");
            let has_taken_time = |text: String| text.contains(" · checks ") && !text.contains(" · checks 0 s");
            screen.wait_until("the time of the check", |screen| has_taken_time(screen.text()));
        }
        if mode == "recognize" {
            screen.send("u");
            screen.wait_for("Which card is it?");
        }
        screen.send("/");
        screen.wait_for("Type a part of its name");
        screen.send("no response from any backend in time");
        screen.wait_for("504: no response");
        screen.send("\r");
        screen.wait_for("What do you do first?");
        // The rest of the frame.
        screen.bytes_within(LONG);
        assert_eq!(screen.bytes_within(LONG), 0, "the time by itself draws nothing");
        screen.send("1");
        screen.wait_for("Points:");
        // The answer is on the disk before it is shown.
        screen.signal("KILL");
        screen.wait_until("the program to end", |screen| screen.has_ended());
        let journal = std::fs::read_to_string(screen.home().join("wherefore").join("progress.jsonl")).unwrap();
        let begins =
            "{\"format\":1,\"day\":\"2026-01-15\",\"tree\":\"oci-load-balancer\",\"card\":\"gateway-timeout\",";
        assert!(journal.starts_with(begins) && journal.ends_with("\"seed\":3}\n"), "{journal}");
        assert_eq!(journal.lines().count(), 1);
    }
}

/// An incident that is found in every checkout.
const INCIDENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/incident");

#[test]
fn what_was_diagnosed_is_walked_on_with_whatever_it_was_read_from() {
    for script in [
        format!("\"$wherefore\" diagnose {INCIDENT} --walk"),
        format!("cat {INCIDENT}/*.log | \"$wherefore\" diagnose - --walk"),
        format!("cat {INCIDENT}/*.log | \"$wherefore\" walk --evidence -"),
        format!("cat {INCIDENT}/*.log | \"$wherefore\""),
    ] {
        let mut screen = Screen::shell(USUAL, &script);
        screen.wait_for("Lines that point to a card");
        // The lines that name a failure come before the 21 lines with a status alone.
        screen.send("\r");
        screen.wait_for("backend_set: bs_web");
        screen.send("\r");
        screen.wait_for("Step 1 of");
        screen.send("I");
        screen.wait_for("In your evidence: 3 lines");
        screen.send("q");
        assert_eq!(screen.exit_code(), 0, "{script}");
        screen.wait_for_normal_screen();
    }
}

#[test]
fn in_plain_lines_the_keys_come_from_the_terminal_too() {
    let script = format!("cat {INCIDENT}/*.log | \"$wherefore\" diagnose - --walk --plain");
    let mut screen = Screen::shell((80, 60), &script);
    screen.wait_for("What did you notice first?");
    screen.send("e\r");
    screen.wait_for("Lines that point to a card:");
    screen.send("q\r");
    assert_eq!(screen.exit_code(), 1, "no card was come to");
}

#[test]
fn piped_text_that_nothing_knows_leads_to_the_first_screen() {
    let mut screen = Screen::shell(USUAL, "echo all is well | \"$wherefore\"");
    screen.wait_for("What went wrong?");
    screen.wait_for("Standard input: plain text, 1 line. Nothing in it points to a card.");
    screen.quit_at_home();
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn an_interrupt_while_reading_tells_what_was_found() {
    // A pipe and a reader cannot hold all lines that follow: once they are written, the first have been read.
    let lines = format!("cat {INCIDENT}/error.log; yes '' | head -n 8000000; echo written >/dev/tty");
    let script = format!("({lines}; exec tail -f /dev/null) | exec \"$wherefore\" diagnose -");
    let mut screen = Screen::shell((80, 60), &script);
    screen.wait_for("written");
    screen.send("\x03");
    screen.wait_for("Stopped. Found so far:");
    screen.wait_for("standard input:");
}

#[test]
fn a_paste_that_is_too_long_says_how_much_of_it_was_read() {
    let mut screen = ready_program();
    let lines = std::fs::read_to_string(format!("{INCIDENT}/error.log")).unwrap();
    let copies = 1_500_000 / lines.len();
    screen.paste(&lines.repeat(copies));
    screen.wait_for("The paste was cut: 1 MB of 1.5 MB");
    screen.wait_for("wherefore diagnose FILE");
}

#[test]
fn pasted_lines_are_evidence_in_the_program() {
    let mut screen = ready_program();
    let lines = std::fs::read_to_string(format!("{INCIDENT}/error.log")).unwrap();
    screen.paste(lines.lines().next().unwrap());
    screen.wait_for("Step 1 of 5");
    screen.send("I");
    screen.wait_for("In your evidence");
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
}

#[test]
fn an_idle_program_of_many_screens_writes_nothing_either() {
    let mut screen = ready_program();
    // In the last line of the frame.
    screen.wait_for("quit");
    screen.bytes_within(LONG);
    assert_eq!(screen.bytes_within(LONG), 0);
}

fn ready_program() -> Screen {
    let mut screen = Screen::wherefore(USUAL);
    screen.wait_for("Oracle Cloud load balancer");
    screen.wait_for_full_screen();
    screen
}

fn interrupt(screen: &mut Screen) {
    screen.send("\x03");
}

fn terminate(screen: &mut Screen) {
    screen.signal("TERM");
}

/// Returns the line with the mark of the selection.
///
/// The mark may be behind a border.
fn selected(screen: &Screen) -> Option<String> {
    let text = screen.text();
    let mut lines = text.lines().map(|line| line.trim_start_matches([' ', '│', '|']));
    lines.find(|line| line.starts_with("> ") || line.starts_with("▌ ")).map(str::to_owned)
}
