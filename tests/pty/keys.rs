//! Keys that arrive in pieces, or of which the rest never comes, and replies of the terminal that nobody asked for.

use std::time::Duration;

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

#[test]
fn a_key_in_two_pieces_is_one_key() {
    let mut screen = distant_example();
    for steps in 1..=5 {
        screen.send("\x1b");
        // The gap is what is tested: too short to be a person, long enough to be two reads.
        screen.bytes_within(Duration::from_millis(10));
        screen.send("[B");
        screen.wait_for(&format!("steps {steps} escapes 0"));
    }
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
    let mut screen = distant_example();
    screen.paste("q\rq");
    screen.wait_for("pastes 1 of 3 bytes: q");
    screen.send("\x1b");
    screen.bytes_within(Duration::from_millis(10));
    screen.send("[200~qqqq\x1b[201~");
    screen.wait_for("pastes 2 of 4 bytes: qqqq");
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
