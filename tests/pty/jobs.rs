//! Tests Ctrl-Z, which needs a shell that continues the stopped program.

use super::screen::Screen;
use super::{USUAL, ready_example, ready_program};

/// Shell that runs the example and reports when it stopped.
///
/// After Enter it continues the example.
const SHELL: &str = "set -m; \"$program\"; echo \"shell $?\"; read -r enter; fg >/dev/null; exit $?";

fn example_in_a_shell() -> Screen {
    let mut screen = Screen::example_by_shell(USUAL, SHELL);
    screen.wait_for("ready");
    screen.wait_for_full_screen();
    // The last line of the frame.
    screen.wait_for("process ");
    screen.watch_the_process_on_the_screen();
    screen
}

fn wait_until_stopped(screen: &mut Screen) {
    screen.wait_until("the process to be stopped", |screen| screen.is_stopped());
    screen.wait_for("shell ");
    screen.wait_for_normal_screen();
    assert!(!screen.text().contains("ready"));
}

const WAYS: [fn(&mut Screen); 2] = [|screen| screen.send("\x1a"), |screen| screen.signal("TSTP")];

#[test]
fn suspending_gives_the_terminal_back_and_continuing_takes_it_again() {
    for suspend in WAYS {
        let mut screen = example_in_a_shell();
        suspend(&mut screen);
        wait_until_stopped(&mut screen);
        screen.resize((60, 12));
        screen.send("\n");
        screen.wait_for_full_screen();
        screen.wait_for("size 60x12");
        screen.send("\x1b[B");
        screen.wait_for("steps 1");
        screen.send("q");
        assert_eq!(screen.exit_code(), 0);
        screen.wait_for_normal_screen();
    }
}

#[test]
fn a_stopped_program_ends_when_it_is_told_to() {
    let mut screen = example_in_a_shell();
    screen.send("\x1a");
    wait_until_stopped(&mut screen);
    screen.signal("TERM");
    screen.send("\n");
    assert_eq!(screen.exit_code(), 143);
    screen.wait_for("ended: signal 15");
    screen.wait_for_normal_screen();
    assert!(!screen.text().contains("ready"), "drawn on the normal screen");
}

#[test]
fn without_a_shell_the_program_says_so_and_goes_on() {
    for suspend in WAYS {
        let mut screen = ready_program();
        suspend(&mut screen);
        screen.wait_for("No shell can continue the program");
        assert!(!screen.is_stopped());
        screen.quit_at_home();
        assert_eq!(screen.exit_code(), 0);
        screen.wait_for_normal_screen();
    }
}

#[test]
fn a_script_without_job_control_is_no_shell_to_go_back_to() {
    let mut screen = Screen::shell(USUAL, "\"$wherefore\"; exit $?");
    screen.wait_for("Oracle Cloud load balancer");
    screen.wait_for_full_screen();
    screen.send("\x1a");
    screen.wait_for("No shell can continue the program");
    screen.quit_at_home();
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn continuing_after_an_unasked_stop_draws_everything_again() {
    let mut screen = ready_example();
    screen.signal("STOP");
    screen.wait_until("the process to be stopped", |screen| screen.is_stopped());
    let before = screen.raw().len();
    screen.signal("CONT");
    screen.wait_until("another full frame", |screen| screen.raw()[before..].windows(5).any(|bytes| bytes == b"ready"));
    screen.wait_for_full_screen();
}
