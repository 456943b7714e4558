//! Tests that messages in training are true and are seen.

use std::fs;

use wherefore::internals::app::drills::{Calendar, DrillSession, Modes, Wanted};
use wherefore::internals::app::plain::Reply;
use wherefore::internals::app::plain::drill::DrillDialogue;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::drill::progress::Progress;
use wherefore::internals::drill::schedule::Grade;

use super::{about, drilled, material, right, run, said, screen, told_line, wrong};
use crate::problems::fixture_folder::{lamp, write};
use crate::screens::{USUAL, type_keys};

#[test]
fn what_cannot_be_kept_is_not_said_to_be_kept() {
    let wanted = Wanted { seed: 4, is_by_seed: true, modes: Modes::Recognize, ..Wanted::default() };
    let (mut model, effects) = drilled(wanted, USUAL, "! !");
    assert_eq!(effects.len(), 1);
    let left = |model: &mut Model| {
        type_keys(model, "enter esc");
        screen(model, USUAL)
    };
    update(&mut model, Msg::NotKept("Your progress cannot be saved: Not a directory.".to_owned()));
    let shown = left(&mut model);
    assert!(shown.contains("Practice continues from here") && !shown.contains("is kept"), "{shown}");
    let (mut model, _) = drilled(wanted, USUAL, "! !");
    assert!(left(&mut model).contains("What you answered is kept."));
}

#[test]
fn what_stays_after_practice_says_how_it_went() {
    let wanted = Wanted { seed: 4, is_by_seed: true, modes: Modes::Recognize, ..Wanted::default() };
    let (model, _) = drilled(wanted, USUAL, "i");
    assert_eq!(model.farewell(), None, "nothing was answered");
    let (mut model, _) = drilled(wanted, USUAL, "! !");
    let said = model.farewell().unwrap();
    assert!(said.starts_with("Practice: 1 of ") && said.contains("What you answered is kept."), "{said}");
    assert!(said.ends_with("More practice:  wherefore drill oci-load-balancer\n"), "{said}");
    update(&mut model, Msg::NotKept("Your progress cannot be saved: Not a directory.".to_owned()));
    assert!(!model.farewell().unwrap().contains("is kept"));
}

/// A notice is shown only once, so it is shown whole.
#[test]
fn a_long_notice_is_whole_in_every_size() {
    let why = "Your progress cannot be saved: Not a directory (os error 20). You can still practice.";
    let torn = "The last answer was not written completely and is lost; all others are there.";
    for size in [(40, 12), (60, 14), USUAL, (200, 60)] {
        for keys in ["", "i", "/ 5"] {
            for text in [why, torn] {
                let (mut model, _) = drilled(about("gateway-timeout", Modes::Recognize), size, keys);
                update(&mut model, Msg::NotKept(text.to_owned()));
                let shown = screen(&model, size);
                let plain = shown.replace('"', " ");
                let words: Vec<&str> = plain.split_whitespace().collect();
                let wanted: Vec<&str> = text.split(' ').collect();
                let is_whole = words.windows(wanted.len()).any(|words| words == wanted);
                assert!(is_whole || size.0 < 80 && without_corner(&words, &wanted), "{size:?} {keys}: {shown}");
                type_keys(&mut model, "?");
                assert!(!screen(&model, size).contains("written, and"), "until the next key");
            }
        }
    }
}

/// Whether the words are there apart from the count of lines below.
///
/// On a small screen that count is at the end of a notice's line.
fn without_corner(words: &[&str], wanted: &[&str]) -> bool {
    let rest: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with('↓')).collect();
    rest.windows(wanted.len()).any(|words| words == wanted)
}

#[test]
fn the_card_whose_title_begins_with_the_text_is_named() {
    let wanted = Wanted { seed: 7, ..about("gateway-timeout", Modes::Recognize) };
    let (model, _) = drilled(wanted, USUAL, "/ 504 enter");
    let session = model.shared.training.session.as_ref().unwrap();
    assert_eq!(session.tree().card(session.played().named[0]).id, "gateway-timeout");
    let mut lines = told_line(wanted);
    // A number that is no entry is a part of a title, with or without a slash.
    let mut bare = told_line(wanted);
    assert_eq!(bare.reply("504").1, Reply::Next);
    assert!(bare.prompt().contains("1. 504: no response from any backend in time"));
    assert_eq!(lines.reply("/504").1, Reply::Next);
    let listed = lines.prompt();
    assert!(listed.contains("1. 504: no response from any backend in time"), "{listed}");
}

#[test]
fn cards_that_are_not_listed_are_counted() {
    let wanted = about("gateway-timeout", Modes::Recognize);
    let mut lines = told_line(wanted);
    lines.reply("/backend");
    let listed = lines.prompt();
    assert!(
        listed.contains("\n9. ") && listed.contains(" more cards have that name. Type more of the title"),
        "{listed}"
    );
    lines.reply("/504");
    assert!(!lines.prompt().contains("to narrow the list"));
}

/// The next question is visible at once, on small screens too.
///
/// Whether the answer was right comes first.
#[test]
fn what_comes_next_is_seen_at_once() {
    for (card, seed) in
        [("gateway-timeout", 7), ("health-check-connection-failed", 3), ("backend-closed-connection", 2)]
    {
        for size in [(40, 12), USUAL] {
            let wanted = Wanted { seed, ..about(card, Modes::Recognize) };
            for pick in [right as fn(&Model) -> String, wrong] {
                let (mut model, _) = drilled(wanted, size, "");
                let key = pick(&model);
                type_keys(&mut model, &key);
                let shown = screen(&model, size);
                assert!(shown.contains("What do you do first?") && shown.contains("1  "), "{shown}");
                type_keys(&mut model, "1");
                let shown = screen(&model, size);
                let told = ["Correct first step", "Not the best first step", "Also reasonable"];
                let is_told = told.iter().any(|told| shown.contains(told));
                assert!(is_told && !shown.contains("What do you do first?"), "{shown}");
                assert!(shown.contains("Points: ") || size != USUAL, "{shown}");
            }
        }
    }
}

/// A trainee who does not know sees the tree's text at once.
#[test]
fn who_does_not_know_sees_what_the_tree_says() {
    for size in [(40, 12), USUAL, (200, 60)] {
        let (model, _) = drilled(about("gateway-timeout", Modes::Recognize), size, "u");
        let shown = screen(&model, size);
        assert!(shown.contains("What the tree says about these cards:"), "{shown}");
        let (model, _) = drilled(about("gateway-timeout", Modes::Incident), size, "u");
        let shown = screen(&model, size);
        assert!(shown.contains("The tree would ask: Which status"), "{shown}");
    }
}

/// Giving up the remedy is not giving up the card.
#[test]
fn who_leaves_out_the_remedy_did_not_give_up_the_card() {
    let lines = |modes, typed: &[&str]| {
        let mut lines = told_line(about("gateway-timeout", modes));
        let said: String = typed.iter().map(|typed| lines.reply(typed).0).collect();
        // Lines are broken somewhere.
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        (said, lines.take_kept().unwrap().0.grade)
    };
    let (said, grade) = lines(Modes::Incident, &["/504", "1", "!"]);
    assert!(said.contains("You skipped the first step. First:") && said.contains(" Points: 65"), "{said}");
    assert!(said.contains("for skipping the first step") && grade != Grade::Again, "{said}");
    for modes in [Modes::Recognize, Modes::Incident] {
        let (said, grade) = lines(modes, &["!"]);
        assert!(said.contains("You gave up. First:") && grade == Grade::Again, "{said}");
    }
}

#[test]
fn lines_that_are_left_open_know_the_day() {
    let wanted = about("gateway-timeout", Modes::Recognize);
    let session = DrillSession::new(&material(), &Progress::default(), 100, wanted).unwrap();
    let calendar = Calendar { day: 100, midnight: Some(60_000) };
    let mut lines = DrillDialogue::new(session).with_calendar(calendar);
    lines.at(61_000);
    lines.reply("!");
    assert_eq!(lines.take_kept().unwrap().0.day, 101);
}

#[test]
fn an_incident_that_contradicts_its_card_is_played_with_a_warning() {
    let state = tempfile::tempdir().unwrap();
    let trees = state.path().join("trees");
    write(&trees.join("lamp"), &lamp());
    fs::create_dir_all(trees.join("lamp/drills")).unwrap();
    let drill = |line: &str| {
        let drill = format!(
            r#"{{"title": "Dark", "story": "It is dark.", "card": "fuse-blown",
                "clues": {{"others": {{"option": "dark", "shows": ["{line}"]}}}}}}"#
        );
        fs::write(trees.join("lamp/drills/dark.json"), drill).unwrap();
        let trees = trees.to_str().unwrap();
        said(&run(state.path(), &["--trees", trees, "drill", "--incident", "dark", "--no-history"], "q\n"))
    };
    let (told, word) = drill("all lamps are dark");
    assert!(told.contains("It is dark.") && word.is_empty(), "{word}");
    let (told, word) = drill("bulb 7 has no resistance");
    assert!(
        told.contains("It is dark.") && word.contains("contradicts its card") && word.contains("trees check"),
        "{word}"
    );
}
