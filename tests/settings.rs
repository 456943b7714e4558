//! Tests the settings of the user and the list of files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wherefore::internals::app::keys::{Action, Key, KeyContext, KeyMap, Rebinding};
use wherefore::internals::app::settings::read_settings;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Msg, update};
use wherefore::internals::tui::parse::Parser;

use crate::screens::{USUAL, draw, start, type_keys};

/// Runs the program with a file of settings.
fn run(folder: &Path, settings: Option<&str>, arguments: &[&str]) -> Output {
    let file = folder.join("config.toml");
    if let Some(settings) = settings {
        std::fs::write(&file, settings).unwrap();
    }
    Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(arguments)
        .env("WHEREFORE_CONFIG", &file)
        .env("XDG_STATE_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn problems_of_the_settings_are_told_with_places_and_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), Some("theme = \"dark\"\nasci = true\n"), &["find", "no", "healthy", "backends"]);
    let said = text(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    for expected in
        ["config.toml:1:9: there is no such theme", "config.toml:2:1:", "did you mean ascii?", "the defaults are used"]
    {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(text(&ended.stdout).contains("backend"), "{}", text(&ended.stdout));
}

#[test]
fn good_settings_say_nothing_and_a_missing_named_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = run(folder.path(), None, &["find", "no", "healthy", "backends"]);
    assert!(text(&missing.stderr).contains("cannot be read"), "{}", text(&missing.stderr));
    let good =
        run(folder.path(), Some("theme = \"high-contrast\"\n[keys]\ntrail = \"Z\"\n"), &["find", "no", "healthy"]);
    assert_eq!(text(&good.stderr), "");
}

#[test]
fn paths_lists_every_file_and_whether_it_exists() {
    let folder = tempfile::tempdir().unwrap();
    let listed = text(&run(folder.path(), Some("ascii = true\n"), &["paths"]).stdout);
    let file = folder.path().join("config.toml");
    assert!(listed.contains(&format!("settings: {}\n  exists", file.display())), "{listed}");
    assert!(listed.contains("opened.jsonl\n  not there"), "{listed}");
    let object: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), Some("x = 1\n"), &["paths", "--json"]).stdout).unwrap();
    assert_eq!(object["schema"], "wherefore/paths/1");
    let names: Vec<_> = object["paths"].as_array().unwrap().iter().map(|path| path["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["settings", "trees", "opened", "progress", "cases"]);
    assert_eq!(object["paths"][0]["exists"], true);
    assert_eq!(PathBuf::from(object["paths"][0]["path"].as_str().unwrap()), file);
    assert_eq!(object["problems"].as_array().unwrap().len(), 1);
}

#[test]
fn a_rebound_key_acts_and_is_shown_in_footer_and_help() {
    let mut model = start(USUAL, Theme::default());
    let rebinding = Rebinding { context: None, action: Action::Trail, keys: vec![Key::Char('Z')] };
    model.shared.keys = KeyMap::rebound(&[rebinding]);
    type_keys(&mut model, "enter");
    assert_eq!(model.context(), KeyContext::Question);
    type_keys(&mut model, "t");
    assert_eq!(model.context(), KeyContext::Question, "the old key means nothing");
    type_keys(&mut model, "?");
    let help = draw(&model, (80, 400)).backend().to_string();
    let row = help.lines().find(|row| row.contains("see and change every answer")).unwrap_or_default();
    assert!(row.contains(" Z "), "{row}");
    type_keys(&mut model, "esc Z");
    assert_eq!(model.context(), KeyContext::Trail);
}

#[test]
fn every_action_of_the_settings_can_be_rebound_where_it_is() {
    for (name, action) in wherefore::internals::app::keys::ACTIONS {
        if KeyMap::contexts_of(*action).next().is_none() {
            continue;
        }
        let settings = read_settings(&format!("[keys]\n{name} = \"ctrl-g\"\n")).unwrap_or_else(|problems| {
            panic!("{name}: {problems:?}");
        });
        for context in KeyMap::contexts_of(*action) {
            assert_eq!(settings.keys.action(context, Key::Ctrl('g')), Some(*action), "{name}");
        }
    }
}

#[test]
fn the_wheel_scrolls_and_other_buttons_do_nothing() {
    let keys = |bytes: &[u8]| {
        let mut messages = Vec::new();
        Parser::default().push(bytes, &mut messages);
        messages
    };
    assert_eq!(keys(b"\x1b[<64;10;5M"), [Msg::Key(Key::WheelUp)]);
    assert_eq!(keys(b"\x1b[<69;10;5M"), [Msg::Key(Key::WheelDown)], "with Shift");
    assert_eq!(keys(b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;10;5m"), []);
    let mut model = start((80, 12), Theme::default());
    type_keys(&mut model, "enter ?");
    let before = draw(&model, (80, 12)).backend().to_string();
    update(&mut model, Msg::Key(Key::WheelDown));
    let after = draw(&model, (80, 12)).backend().to_string();
    assert_ne!(before, after);
    update(&mut model, Msg::Key(Key::WheelUp));
    assert_eq!(draw(&model, (80, 12)).backend().to_string(), before);
}
