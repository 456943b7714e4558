//! Tests that every way out of training keeps the answers.

use super::screen::Screen;

const USUAL: (u16, u16) = (80, 24);

/// A way out, and what it leaves behind.
type WayOut = (&'static str, fn(&mut Screen));

const WAYS_OUT: [WayOut; 7] = [
    ("Esc, and Esc twice", |screen| {
        screen.send("\x1b");
        screen.wait_for("Practice continues from here");
        screen.quit_at_home();
    }),
    ("q", |screen| screen.send("q")),
    ("H and q", |screen| {
        screen.send("H");
        screen.wait_for("Practice   go on");
        screen.quit_at_home();
    }),
    ("Ctrl-C", |screen| screen.send("\x03")),
    ("SIGHUP", |screen| screen.signal("HUP")),
    ("SIGTERM", |screen| screen.signal("TERM")),
    ("SIGKILL", |screen| screen.signal("KILL")),
];

/// Leaves in that way, and gives the lines of the journal.
fn leave(screen: &mut Screen, (name, leave): WayOut) -> Vec<String> {
    leave(screen);
    screen.wait_until(&format!("the program to end by {name}"), |screen| screen.has_ended());
    let journal = std::fs::read_to_string(screen.home().join("wherefore").join("progress.jsonl"));
    journal.unwrap_or_default().lines().map(str::to_owned).collect()
}

#[test]
fn an_answer_is_kept_whichever_way_out_is_taken_before_the_remedy_is_named() {
    for way in WAYS_OUT {
        let mut screen =
            Screen::wherefore_with(USUAL, &["drill", "oci-load-balancer", "--mode", "recognize", "--seed", "5"]);
        screen.wait_for("1 of 6");
        screen.wait_for_full_screen();
        screen.send("u");
        screen.wait_for("Which card is it?");
        screen.send("1");
        screen.wait_for("What do you do first?");
        let journal = leave(&mut screen, way);
        assert_eq!(journal.len(), 1, "{}: {journal:?}", way.0);
        assert!(journal[0].ends_with('}'), "{}: {journal:?}", way.0);
    }
}

#[test]
fn a_confusion_in_an_incident_is_kept_whichever_way_out_is_taken() {
    let arguments =
        ["drill", "--mode", "incident", "--card", "backend-closed-connection", "--seed", "3", "--date", "2026-01-15"];
    for way in WAYS_OUT {
        let mut screen = Screen::wherefore_with(USUAL, &arguments);
        screen.wait_for("What do you check?");
        screen.wait_for_full_screen();
        screen.send("/");
        screen.wait_for("Type a part of its name");
        screen.send("sticky");
        screen.wait_for("sticky");
        screen.send("\r");
        screen.wait_for("It is not that one");
        let journal = leave(&mut screen, way);
        assert!(journal.len() == 1 && journal[0].contains("\"taken_for\":"), "{}: {journal:?}", way.0);
    }
}

#[test]
fn a_hostile_journal_puts_nothing_on_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    crate::journals::write_hostile(folder.path());
    let copied = "mkdir \"$XDG_STATE_HOME/wherefore\" && cp \"$journals\"/* \"$XDG_STATE_HOME/wherefore\"";
    let script = format!("journals={}; {copied}; exec \"$wherefore\"", folder.path().display());
    let mut screen = Screen::shell(USUAL, &script);
    screen.wait_for("Practice   1 due");
    screen.wait_for_full_screen();
    // Both journals: answers and opened cards.
    screen.send("\x1b[A\r");
    screen.wait_for("Practice: which system?");
    screen.send("\r");
    screen.wait_for("1 of");
    screen.send("p");
    screen.wait_for("shaky");
    screen.send("/504");
    screen.wait_for("504: no response");
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
    let raw = String::from_utf8_lossy(screen.raw()).into_owned();
    for hostile in ["]52;", "UFdORUQ", "\u{9b}", "\u{202e}", "\u{200b}", "\u{7f}", "\x07"] {
        assert!(!raw.contains(hostile), "{hostile:?} in {raw:?}");
    }
}
