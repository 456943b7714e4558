//! Counts the keys from the first screen to the first useful command.
//!
//! A text that is typed or pasted counts as one key. The count begins after all that is known of a situation was said:
//! a command that is seen before that is one for everybody.

use std::fs;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use wherefore::internals::app::keys::{Key, KeyContext};
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update, view};
use wherefore::internals::store::Library;

/// No situation needs more keys.
const MOST: usize = 4;

/// A text or a key of a play.
enum Pressed {
    Typed(&'static str),
    Pasted(String),
    Key(Key),
}

use Pressed::{Key as Press, Pasted, Typed};

const ENTER: Pressed = Press(Key::Enter);

fn letter(letter: char) -> Pressed {
    Press(Key::Char(letter))
}

fn file(path: &str) -> Pressed {
    Pasted(fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

fn screen(model: &Model) -> String {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    terminal.backend().to_string()
}

/// Returns whether a command or an honest "no card" is seen.
fn helps(model: &Model) -> bool {
    let shown = screen(model);
    let walks = [KeyContext::Question, KeyContext::Card, KeyContext::Reading, KeyContext::Shortlist];
    let has_command = walks.contains(&model.context()) && shown.contains(" $ ");
    has_command || shown.contains("copied: ") || shown.contains("No card")
}

/// Counts the keys until the screen helps.
///
/// The first `said` keys say what is known.
fn keys(said: usize, pressed: Vec<Pressed>) -> Result<usize, String> {
    let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
    update(&mut model, Msg::Resize(80, 24));
    for (at, pressed) in pressed.into_iter().enumerate() {
        match pressed {
            Typed(text) => text.chars().for_each(|letter| {
                update(&mut model, Msg::Key(Key::Char(letter)));
            }),
            Pasted(text) => {
                update(&mut model, Msg::Paste(text));
            }
            Press(key) => {
                update(&mut model, Msg::Key(key));
            }
        }
        if at + 1 >= said && helps(&model) {
            return Ok(at + 1);
        }
    }
    Err(screen(&model))
}

#[test]
fn every_situation_comes_to_a_command_within_four_keys() {
    let access = |status: &str, more: &str| {
        Pasted(format!("{{\"lbStatusCode\":\"502\",\"backendStatusCode\":\"{status}\"{more}}}"))
    };
    let error = fs::read_to_string("tests/fixtures/incident/error.log").unwrap();
    let record = error.lines().next().unwrap().to_owned();
    let wrapped: Vec<String> =
        record.as_bytes().chunks(80).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let java = "java.lang.IllegalStateException: order 7 is missing\n\tat com.shop.Orders.find(Orders.java:41)\n\
                \tat com.shop.Main.main(Main.java:9)\n";
    let copy = || letter('y');
    // The name, the number of keys that say what is known, and the keys.
    let situations = vec![
        ("clients see 502", 3, vec![Typed("oracle"), ENTER, letter('1'), copy()]),
        ("a typed status", 1, vec![Typed("502"), ENTER, copy()]),
        ("a record with 502 from both", 1, vec![access("502", "")]),
        ("a record with 502 from one", 1, vec![access("", ",\"backendAddr\":\"10.0.20.11:8080\"")]),
        ("a line of the error log", 1, vec![Pasted("No healthy backends".to_owned()), ENTER, letter('1')]),
        ("a health check record", 1, vec![Pasted(record)]),
        ("a record that the terminal wrapped", 1, vec![Pasted(wrapped.join("\n"))]),
        ("a transcript of curl", 1, vec![file("tests/corpus/curl/curl-502-own-page.txt"), ENTER, copy()]),
        ("a text of the Console", 1, vec![Typed("Critical - Connection failed"), ENTER]),
        ("the same by questions", 4, vec![Typed("oracle"), ENTER, letter('3'), letter('3'), copy()]),
        (
            "a whole configuration",
            1,
            vec![file("tests/fixtures/oci/load-balancer-get.cli.json"), Press(Key::Esc), copy()],
        ),
        ("a code of Node.js", 1, vec![Typed("EPROTO"), ENTER]),
        ("a stack trace of Java", 1, vec![Pasted(java.to_owned()), ENTER]),
    ];
    let counted: Vec<_> = situations.into_iter().map(|(name, said, pressed)| (name, keys(said, pressed))).collect();
    for (name, count) in &counted {
        match count {
            Ok(count) => println!("{count}  {name}"),
            Err(shown) => println!("-  {name}\n{shown}"),
        }
    }
    let slow: Vec<_> =
        counted.iter().filter(|(_, count)| !matches!(count, Ok(1..=MOST))).map(|(name, _)| name).collect();
    assert!(slow.is_empty(), "{slow:?}");
}
