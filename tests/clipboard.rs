//! Tests copies for the terminal's clipboard.
//!
//! A copy is whole, or it is cut at the end of a line and says that it is cut.

use std::fs;
use std::path::Path;

use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::store::Library;

use crate::screens::{USUAL, draw, type_keys};

/// No more than this is sent.
const MOST: usize = 64 * 1024;

/// Opens the card of a bulb with one remedy and one command.
fn card(remedy: &str, command: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp");
    fs::create_dir_all(folder.path().join("lamp/cards")).unwrap();
    fs::copy(from.join("tree.json"), folder.path().join("lamp/tree.json")).unwrap();
    for name in ["bulb-burnt-out", "fuse-blown", "call-an-electrician"] {
        let text = fs::read_to_string(from.join(format!("cards/{name}.json"))).unwrap();
        let changed =
            format!("\"do\": \"{remedy}\", \"commands\": [{{\"run\": \"{command}\", \"shows\": \"light\"}}],");
        let text = text.replace("\"do\": \"Change the bulb.\",", &changed);
        fs::write(folder.path().join(format!("lamp/cards/{name}.json")), text).unwrap();
    }
    let mut library = Library::default();
    library.add_directory(folder.path(), true);
    let mut model = Model::new(library.trees, Theme::default(), None).with_search("bulb 7 has no resistance");
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    type_keys(&mut model, "enter");
    model
}

/// Types a key and returns the copied text and the screen.
fn copied(model: &mut Model, key: &str) -> (String, String) {
    let effects = type_keys(model, key);
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    (text.clone(), draw(model, USUAL).backend().to_string())
}

#[test]
fn what_fits_is_whole_and_nothing_is_said() {
    let (text, shown) = copied(&mut card("Change it.", "change --bulb"), "Y");
    assert!(text.contains("change --bulb") && text.contains("https://en.wikipedia.org/wiki/bulbs"), "{text}");
    assert!(!shown.contains("cut") && !text.contains("cut"), "{shown}");
}

#[test]
fn a_card_that_is_too_long_is_cut_at_the_end_of_a_line_and_says_so() {
    // Short lines, and a single one that is longer than all that fits.
    let lines = "One word after another. ".repeat(4000);
    for (remedy, command) in [
        (lines.as_str(), "change --bulb"),
        ("Change it.", &format!("change {}", "--bulb ".repeat(20_000))),
        (&lines[..60_000], &format!("change {}", "--bulb ".repeat(2000))),
    ] {
        let (text, shown) = copied(&mut card(remedy, command), "Y");
        assert!(text.len() <= MOST, "{}", text.len());
        let last = text.lines().last().unwrap();
        assert!(last.contains("cut") && last.contains("64 KiB"), "{last}");
        assert!(shown.contains("cut to 64 KiB"), "{shown}");
        // Every line of it is a line of the whole; a command is in it whole or not at all.
        assert_eq!(text.matches("```").count() % 2, 0, "an open block would swallow what is written below");
        let commands = text.lines().filter(|line| line.starts_with("change "));
        assert!(commands.clone().all(|line| command.trim() == line.trim()));
    }
}

#[test]
fn a_command_that_is_too_long_is_not_copied_in_part() {
    let mut model = card("Change it.", &format!("change {}", "--bulb ".repeat(20_000)));
    let effects = type_keys(&mut model, "y");
    assert_eq!(effects, [], "half of a command may do anything");
    let shown = draw(&model, USUAL).backend().to_string();
    assert!(shown.contains("too long to be copied"), "{shown}");
}
