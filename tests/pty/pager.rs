//! Tests which output is shown in a pager.

use super::screen::Screen;

/// A pager that prints the number of lines that it got.
const COUNTING: &str = "WHEREFORE_PAGER='grep -c . | sed s/^/paged:/'";

/// Runs the program in a terminal; returns the screen at the end.
fn shown(script: &str) -> String {
    let mut screen = Screen::shell((80, 24), &format!("{script}; echo ended: $?"));
    screen.wait_for("ended: ");
    screen.text()
}

#[test]
fn output_that_is_longer_than_the_terminal_is_paged() {
    for command in ["show gateway-timeout --full", "show gateway-timeout --format markdown", "find 502 --limit 30"] {
        let text = shown(&format!("{COUNTING} $wherefore {command}"));
        assert!(text.contains("paged:") && text.contains("ended: 0"), "{command}: {text}");
    }
}

#[test]
fn short_output_json_and_unwanted_pagers_are_not_paged() {
    for command in [
        "find 'no healthy backends' --limit 1",
        "--no-pager show gateway-timeout --full",
        "show gateway-timeout --full --plain",
        "show gateway-timeout --format json",
        "find 502 --json",
        "show gateway-timeout --full | cat",
    ] {
        let text = shown(&format!("{COUNTING} $wherefore {command}"));
        assert!(!text.contains("paged:") && text.contains("ended: 0"), "{command}: {text}");
    }
    for none in ["PAGER=cat", "PAGER=", "TERM=dumb PAGER='echo paged:'"] {
        let text = shown(&format!("{none} $wherefore show gateway-timeout --full | tail -3"));
        assert!(!text.contains("paged:") && text.contains("ended: 0"), "{none}: {text}");
    }
}

#[test]
fn a_pager_that_ends_early_or_is_missing_does_no_harm() {
    let text = shown("PAGER=true $wherefore show gateway-timeout --full");
    assert!(text.contains("ended: 0") && !text.contains("error"), "{text}");
    let text = shown("PAGER=no-such-pager $wherefore show gateway-timeout --full");
    assert!(text.contains("reviewed") && text.contains("ended: 0"), "{text}");
}

#[test]
fn the_exit_code_is_the_one_of_the_command() {
    let text = shown("PAGER='cat >/dev/null; exit 7' $wherefore show gateway-timeout --full");
    assert!(text.contains("ended: 0"), "{text}");
    let text = shown(&format!("{COUNTING} $wherefore find 'grmpf xyzzy plugh'"));
    assert!(text.contains("ended: 1") && !text.contains("paged:"), "{text}");
}
