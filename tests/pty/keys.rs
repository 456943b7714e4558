//! Tests keys in pieces, unfinished keys, and unexpected replies of the terminal.

use std::time::{Duration, Instant};

use super::screen::Screen;
use super::{USUAL, distant_example, ready_example};

/// Beginnings of keys, replies, characters and pastes.
const UNFINISHED: [&[u8]; 9] = [
    b"\x1b[",
    b"\x1b[?2026",
    b"\x1b[<0;10",
    b"\x1b[12;3",
    b"\x1bO",
    b"\x1b]11;rgb:00",
    b"\x1bP1+r",
    b"\xe2\x82",
    b"\x1b[200~half of a paste",
];

#[test]
fn a_reply_of_the_terminal_does_not_make_the_keyboard_deaf() {
    for reply in ["\x1b[?2026;2$y", "\x1b[?997;1n", "\x1b[?1;2c", "\x1b]11;rgb:0/0/0\x07", "\x1bP1$r0m\x1b\\"] {
        let mut screen = ready_example();
        screen.send(reply);
        screen.send("z");
        screen.wait_for("typed 1 characters: z");
        screen.send("\x03");
        assert_eq!(screen.exit_code(), 130, "{reply:?}");
    }
}

#[test]
fn the_interrupt_key_works_behind_half_a_key() {
    for unfinished in UNFINISHED {
        let mut screen = ready_example();
        screen.send_bytes(unfinished);
        screen.send("\x03");
        assert_eq!(screen.exit_code(), 130, "{unfinished:?}");
        screen.wait_for_normal_screen();
    }
}

#[test]
fn a_signal_half_way_through_a_key_is_obeyed() {
    for unfinished in UNFINISHED {
        let mut screen = ready_example();
        screen.send_bytes(unfinished);
        screen.signal("TERM");
        assert_eq!(screen.exit_code(), 143, "{unfinished:?}");
        screen.wait_for_normal_screen();
    }
}

#[test]
fn another_size_is_drawn_half_way_through_a_paste() {
    let mut screen = ready_example();
    screen.send("\x1b[200~half");
    screen.resize((60, 12));
    screen.wait_for("size 60x12");
}

#[test]
fn a_paste_without_an_end_is_given_after_a_silence() {
    let mut screen = ready_example();
    screen.send("\x1b[200~half");
    screen.wait_for("pastes 1 of 4 bytes: half");
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
}

/// Sends two pieces that are two reads for the program. Returns whether the gap was short enough to be one key: a busy
/// machine may make it longer, and then the program is free to take them for two.
fn send_in_two_pieces(screen: &mut Screen, pieces: [&str; 2]) -> bool {
    let began = Instant::now();
    screen.send(pieces[0]);
    screen.bytes_within(Duration::from_millis(10));
    screen.send(pieces[1]);
    began.elapsed() < Duration::from_millis(80)
}

/// Sends two pieces to new programs until the gap was short.
fn with_two_pieces(pieces: [&str; 2], shown: &str) {
    for _ in 0..50 {
        let mut screen = distant_example();
        if send_in_two_pieces(&mut screen, pieces) {
            screen.wait_for(shown);
            return;
        }
    }
    panic!("the machine is too busy to send {pieces:?} within 80 ms");
}

#[test]
fn a_key_in_two_pieces_is_one_key() {
    with_two_pieces(["\x1b", "[B"], "steps 1 escapes 0");
    with_two_pieces(["\x1b[", "B"], "steps 1 escapes 0");
    with_two_pieces(["\x1b[1;", "5B"], "steps 1 escapes 0");
}

#[test]
fn an_escape_by_itself_is_an_escape() {
    let mut screen = ready_example();
    screen.send("\x1b");
    screen.wait_for("escapes 1");
    screen.send("\x1babd");
    screen.wait_for("escapes 2");
    screen.wait_for("typed 3 characters: abd");
}

#[test]
fn a_paste_is_one_message_and_types_nothing() {
    let mut screen = ready_example();
    screen.paste("q\rq");
    screen.wait_for("pastes 1 of 3 bytes: q");
    with_two_pieces(["\x1b", "[200~qqqq\x1b[201~"], "pastes 1 of 4 bytes: qqqq");
    with_two_pieces(["\x1b[200~qqqq\x1b[2", "01~"], "pastes 1 of 4 bytes: qqqq");
}

#[test]
fn a_long_paste_arrives_whole() {
    let mut screen = ready_example();
    screen.paste(&"0123456789".repeat(5000));
    screen.wait_for("pastes 1 of 50000 bytes");
}

#[test]
fn many_keys_at_once_all_arrive() {
    let mut screen = ready_example();
    screen.send(&"a".repeat(3000));
    screen.wait_for("typed 3000 characters");
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_a_pipe() {
    let mut screen = Screen::example_by_shell(USUAL, "printf 'qqq' | \"$program\"");
    screen.wait_for("ready");
    screen.wait_for_full_screen();
    screen.send("\x1b[Bab");
    screen.wait_for("steps 1");
    screen.wait_for("typed 2 characters: ab");
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
}
