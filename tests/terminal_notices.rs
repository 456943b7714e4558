//! Tests that notices about the terminal are shown until the next key.

use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::store::Library;

use crate::screens::{USUAL, draw, type_keys};

/// Keys that lead to a screen of each kind.
///
/// These are the first one, a question, the search, a card, and the help.
const SCREENS: [&str; 5] = ["", "enter", "/", "/ 5 0 4 enter", "?"];

fn shown(model: &Model) -> String {
    let picture = draw(model, USUAL).backend().to_string();
    picture.replace('"', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn model(keys: &str) -> Model {
    let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    type_keys(&mut model, keys);
    model
}

#[test]
fn a_paste_that_was_cut_says_how_much_was_read_and_what_to_do() {
    let told = "The paste was cut: 1 MB of 5.4 MB were read. Save it as a file and run: wherefore diagnose FILE";
    for keys in SCREENS {
        for text in
            ["two words", "nothing known\nin two lines", "Backend 10.0.20.11 closed connection abruptly\nanother"]
        {
            let mut model = model(keys);
            update(&mut model, Msg::Paste(text.to_owned()));
            update(&mut model, Msg::PasteCut { read: 1 << 20, pasted: 5_400_000 });
            let seen = shown(&model);
            assert!(seen.contains(told), "{keys:?} {text:?}: {seen}");
            let is_unknown = text.starts_with("nothing");
            assert_eq!(seen.contains("No line was recognized"), is_unknown, "{keys:?} {text:?}: {seen}");
            update(&mut model, Msg::Clock(1));
            assert!(shown(&model).contains(told), "until the next key");
            type_keys(&mut model, "down");
            assert!(!shown(&model).contains("The paste was cut"), "no longer than to the next key");
        }
    }
}

#[test]
fn where_there_is_no_shell_the_program_says_how_to_leave() {
    for keys in SCREENS {
        let mut model = model(keys);
        assert_eq!(update(&mut model, Msg::NoShell), None);
        let seen = shown(&model);
        assert!(
            seen.contains("No shell can continue the program after Ctrl-Z. Quit with q or Ctrl-C."),
            "{keys:?}: {seen}"
        );
    }
}
