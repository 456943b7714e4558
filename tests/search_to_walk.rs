//! Tests that a card opened from a search begins a walk.
//!
//! The typed text is its evidence, the way back is known, and no earlier walk is lost: on screens, in lines and on the
//! command line.

use std::process::{Command, Stdio};
use std::sync::Arc;

use insta::assert_snapshot;
use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::plain::{Dialogue, Reply};
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, Step, Walk};

use crate::embedded_trees::load_balancer;
use crate::screens::{LARGE, SMALL, USUAL, assert_picture, draw, house, start, type_keys};

/// Text that three cards share.
const SHARED: &str = "paste:no_current_at_lamp_hall-1";
/// Text of one card.
const BURNT_OUT: &str = "paste:bulb_7_has_no_resistance";
/// Text of another card.
const LOOSE: &str = "paste:bulb_7_has_lost_contact";

fn play(keys: &str) -> Model {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, keys);
    model
}

fn screen(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

fn walk(model: &Model) -> &Walk {
    model.shared.session.walk.as_ref().expect("a walk is under way")
}

/// The evidence and the answers that count, in words.
fn said(walk: &Walk) -> Vec<String> {
    let events = walk.live_events().map(|(_, event)| match event {
        Event::EvidenceAdded(evidence) => evidence.hits[0].provenance.text.to_string(),
        Event::Answered { question, option } => walk.tree().option(*question, *option).id.to_string(),
        other => format!("{other:?}"),
    });
    events.collect()
}

fn card_of(walk: &Walk) -> &str {
    let Step::Card(card) = walk.position().step else { panic!("{:?}", walk.position().step) };
    &walk.tree().card(card).id
}

#[test]
fn opening_a_result_begins_a_walk_with_the_text_as_evidence() {
    for keys in [format!("{BURNT_OUT} enter"), format!("enter / {BURNT_OUT} enter")] {
        let model = play(&keys);
        assert_eq!(model.context(), KeyContext::Card);
        assert_eq!(card_of(walk(&model)), "bulb-burnt-out");
        assert_eq!(said(walk(&model)), ["bulb 7 has no resistance"]);
        assert!(screen(&model).contains("› \"bulb 7 has no resistance"), "{}", screen(&model));
    }
}

#[test]
fn what_several_cards_share_asks_what_tells_them_apart() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = start(size, Theme::default());
        type_keys(&mut model, SHARED);
        assert_picture!("ambiguous", &model, size);
        type_keys(&mut model, "down enter");
        assert_eq!(model.context(), KeyContext::Question);
        assert_eq!(walk(&model).position().candidates.len(), 3);
        assert_picture!("ambiguous-opened", &model, size);
    }
}

#[test]
fn nothing_found_offers_what_comes_nearest_and_the_walk() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = start(size, Theme::default());
        type_keys(&mut model, "paste:zzzzqqqq");
        assert_picture!("nothing", &model, size);
        // The walk is the last entry.
        type_keys(&mut model, "up enter");
        if model.context() != KeyContext::Question {
            type_keys(&mut model, "h end up enter");
        }
        assert_eq!(model.context(), KeyContext::Question);
        assert_eq!(said(walk(&model)), Vec::<String>::new());
        type_keys(&mut model, "esc");
        assert_eq!(model.context(), KeyContext::Search);
        assert!(model.shared.session.walk.is_none(), "a walk with nothing in it is gone");
    }
}

#[test]
fn what_was_found_joins_the_walk_under_way() {
    let mut model = play(&format!("enter 2 / {BURNT_OUT} enter"));
    assert_eq!(said(walk(&model)), ["message", "bulb 7 has no resistance"]);
    assert_eq!(card_of(walk(&model)), "bulb-burnt-out");
    assert_eq!(model.shared.session.parked().count(), 0);
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Search);
    assert_eq!(said(walk(&model)), ["message"], "the evidence is taken back, and nothing else");
    type_keys(&mut model, "esc esc");
    assert_eq!(model.context(), KeyContext::Question);
}

#[test]
fn a_pasted_line_that_the_tree_knows_joins_the_case_without_a_search() {
    let mut model = play(&format!("enter 2 {BURNT_OUT}"));
    assert_eq!(said(walk(&model)), ["message", "bulb 7 has no resistance"]);
    assert_eq!((model.context(), card_of(walk(&model))), (KeyContext::Card, "bulb-burnt-out"));
    type_keys(&mut model, "h");
    assert_eq!((model.context(), said(walk(&model))), (KeyContext::Question, vec!["message".to_owned()]));
    // Words that are no line of the case are looked up.
    type_keys(&mut model, "paste:dark kitchen");
    assert_eq!(model.context(), KeyContext::Search);
}

#[test]
fn what_does_not_fit_asks_whether_it_is_the_same_incident() {
    let mut model = play(&format!("enter 4 / {BURNT_OUT} enter"));
    assert_eq!((model.context(), said(walk(&model))), (KeyContext::SameIncident, vec!["fuse-box".to_owned()]));
    assert!(screen(&model).contains("Same incident? This contradicts the case."), "{}", screen(&model));
    type_keys(&mut model, "1");
    assert_eq!((model.context(), said(walk(&model)).len()), (KeyContext::Conflict, 2));
    let mut model = play(&format!("enter 4 / {BURNT_OUT} enter 2"));
    assert_eq!(said(walk(&model)), ["bulb 7 has no resistance"]);
    let parked: Vec<_> = model.shared.session.parked().map(said).collect();
    assert_eq!(parked, [["fuse-box"]]);
    assert!(screen(&model).contains("Your earlier case is kept"), "{}", screen(&model));
    // The way back leads to the walk as it was.
    type_keys(&mut model, "h esc esc");
    assert_eq!((model.context(), said(walk(&model))), (KeyContext::Question, vec!["fuse-box".to_owned()]));
    assert_eq!(model.shared.session.parked().count(), 0, "it is under way, and not parked any more");
}

#[test]
fn back_leads_to_the_search_as_it_was() {
    for back in ["h", "esc", "back", "left"] {
        let mut model = play("/ fuse down");
        let before = screen(&model);
        type_keys(&mut model, "enter");
        assert_ne!(model.context(), KeyContext::Search);
        type_keys(&mut model, back);
        assert_eq!(screen(&model), before, "{back}");
        assert!(model.shared.session.walk.is_none(), "{back}");
        // The first Esc clears the text.
        type_keys(&mut model, "esc esc");
        assert_eq!(model.context(), KeyContext::Home);
    }
}

#[test]
fn a_card_of_another_tree_begins_a_walk_there() {
    let mut library = Library::default();
    library.add_directory(std::path::Path::new("tests/fixtures/lamp"), true);
    library.trees.push(load_balancer());
    let mut model = Model::new(library.trees, Theme::default(), None);
    type_keys(&mut model, "down enter 1 paste:bulb_7_has_no_resistance enter");
    assert_eq!((card_of(walk(&model)), said(walk(&model)).len()), ("bulb-burnt-out", 1));
    assert_eq!(model.shared.session.parked().count(), 1);
    // With nothing found, there is a walk of each tree to begin; that under way is gone on with.
    type_keys(&mut model, "paste:zzzzqqqq");
    let shown = screen(&model);
    assert!(shown.contains("The lamp is dark") && shown.contains("Oracle Cloud load balancer"), "{shown}");
    type_keys(&mut model, "enter");
    assert_eq!(model.context(), KeyContext::Card);
    type_keys(&mut model, "paste:zzzzqqqq down enter");
    assert_eq!((model.context(), said(walk(&model)).len()), (KeyContext::Question, 0));
    type_keys(&mut model, "h esc esc h esc esc");
    assert_eq!(model.shared.session.parked().count(), 0);
    assert_eq!(said(walk(&model)), ["http-status"]);
}

#[test]
fn answers_are_taken_back_before_the_evidence() {
    let mut model = play(&format!("{SHARED} enter 1"));
    assert_eq!(said(walk(&model)).len(), 2);
    type_keys(&mut model, "h");
    assert_eq!((model.context(), said(walk(&model)).len()), (KeyContext::Question, 1));
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Search);
}

#[test]
fn the_way_back_says_that_it_removes_what_was_pasted() {
    let mut model = play("");
    update(&mut model, Msg::Paste("bulb 7 has no resistance\n2026-01-01 all is dark\n".to_owned()));
    assert!(model.shared.session.walk.is_some(), "{}", screen(&model));
    type_keys(&mut model, "h");
    assert!(screen(&model).contains("Undone: what you pasted is removed from the case."), "{}", screen(&model));
    assert!(model.shared.session.walk.is_none());
}

#[test]
fn an_answer_out_of_turn_keeps_the_way_back() {
    // The walk is entered, and its only open question answered from the list of answers.
    let mut model = play(&format!("{SHARED} enter t down enter 1"));
    assert_ne!(model.context(), KeyContext::Trail);
    assert_eq!(said(walk(&model)).len(), 2);
    type_keys(&mut model, "h h");
    assert_eq!(model.context(), KeyContext::Search);
}

#[test]
fn opening_the_same_again_adds_nothing() {
    let mut model = play(&format!("{BURNT_OUT} enter / {BURNT_OUT} enter"));
    assert_eq!(said(walk(&model)).len(), 1);
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Search);
    assert_eq!(said(walk(&model)).len(), 1, "it belongs to the first search");
    type_keys(&mut model, "esc esc h esc esc");
    assert_eq!(model.context(), KeyContext::Home);
    assert!(model.shared.session.walk.is_none());
}

#[test]
fn the_list_of_all_cards_enters_walks_too() {
    let mut model = play("/");
    let trees = house();
    let tree = &trees[0];
    for _ in tree.cards() {
        type_keys(&mut model, "enter");
        match &model.shared.session.walk {
            Some(walk) => {
                let said = said(walk);
                let (_, card) = tree.cards().find(|(_, card)| said == [card.title.as_str()]).expect("the title");
                assert_eq!(card_of(walk), card.id);
            }
            // The card for all that fits nothing is read, and no walk can be made of it.
            None => assert_eq!(model.context(), KeyContext::Reading),
        }
        type_keys(&mut model, "esc down");
        assert_eq!(model.context(), KeyContext::Search);
    }
}

#[test]
fn the_trail_shows_the_search_and_takes_it_back() {
    let mut model = play(&format!("enter 2 / {BURNT_OUT} enter t"));
    assert_snapshot!("trail-search-80x24", screen(&model));
    type_keys(&mut model, "D");
    assert_eq!(said(walk(&model)), ["message"]);
    // Nothing of the search is left to be taken back: the way leads out.
    type_keys(&mut model, "esc h");
    assert_eq!((model.context(), said(walk(&model)).len()), (KeyContext::Search, 1));
}

#[test]
fn the_first_screen_lists_what_can_be_gone_on_with() {
    let mut model = play("enter 4 H");
    assert_eq!(model.context(), KeyContext::Home);
    type_keys(&mut model, &format!("{BURNT_OUT} enter 2 H"));
    assert_snapshot!("home-parked-80x24", screen(&model));
    // The second one goes on; the first one waits instead.
    type_keys(&mut model, "down enter");
    assert_eq!(said(walk(&model)), ["fuse-box"]);
    assert_eq!(model.shared.session.parked().map(said).collect::<Vec<_>>().len(), 1);
    type_keys(&mut model, "H enter");
    assert_eq!((model.context(), said(walk(&model))), (KeyContext::Question, vec!["fuse-box".to_owned()]));
}

#[test]
fn beginning_another_walk_parks_the_one_under_way() {
    let mut model = play("enter 4 H down enter");
    assert_eq!((model.context(), said(walk(&model)).len()), (KeyContext::Question, 0));
    assert_eq!(model.shared.session.parked().map(said).collect::<Vec<_>>(), [["fuse-box"]]);
    type_keys(&mut model, "h");
    assert_eq!((model.context(), said(walk(&model))), (KeyContext::Home, vec!["fuse-box".to_owned()]));
}

#[test]
fn at_most_five_walks_are_parked_and_none_twice() {
    let mut model = play("");
    // Each time, the entry that begins a walk is one further down.
    for (round, answer) in ["1", "2", "3", "4", "5", "6", "6"].iter().enumerate() {
        let begin = (round + 1).min(7);
        let down = "down ".repeat(begin - 1);
        type_keys(&mut model, &format!("{down}enter {answer} H"));
    }
    let parked: Vec<_> = model.shared.session.parked().map(said).collect();
    assert_eq!(parked.len(), 5);
    assert_eq!(parked.iter().filter(|said| **said == ["dim"]).count(), 1, "{parked:?}");
}

#[test]
fn a_card_counts_as_opened_once_for_each_opening() {
    let opened = |keys: &str| {
        let mut model = start(USUAL, Theme::default());
        let effects = type_keys(&mut model, keys).into_iter();
        let cards = effects.filter_map(|effect| match effect {
            Effect::Opened { card, .. } => Some(card),
            _ => None,
        });
        cards.collect::<Vec<_>>()
    };
    // From a search, at the end of a walk, from a shortlist; help, scrolling and copying open nothing.
    assert_eq!(opened(&format!("{BURNT_OUT} enter ? esc down y")), ["bulb-burnt-out"]);
    assert_eq!(opened("enter 1 1 1 t esc"), ["bulb-burnt-out"]);
    assert_eq!(opened("enter u u u u u u 2").len(), 1);
    assert_eq!(opened(&format!("{BURNT_OUT} enter esc {LOOSE} enter")).len(), 2);
    assert_eq!(opened("enter 1 c esc / zzzz"), Vec::<String>::new());
}

/// Types lines; returns the last thing that was told.
pub(crate) fn talk(lines: &[&str]) -> (Dialogue, String) {
    talk_about(house(), lines)
}

/// Types lines into a dialogue about some trees.
pub(crate) fn talk_about(trees: Vec<Arc<Tree>>, lines: &[&str]) -> (Dialogue, String) {
    let mut dialogue = Dialogue::new(trees, None);
    let mut told = dialogue.prompt();
    for line in lines {
        let (said, turn) = dialogue.reply(line);
        told = if turn == Reply::Next { format!("{said}{}", dialogue.prompt()) } else { said };
    }
    (dialogue, told)
}

#[test]
fn the_dialogue_enters_walks_from_its_search() {
    let shared = "/no current at lamp hall-1";
    let (dialogue, told) = talk(&[shared]);
    assert!(told.contains("1 to 3: 3 cards share this"), "{told}");
    assert!(told.contains("recognized"), "{told}");
    assert_eq!(said(dialogue.walk().unwrap()).len(), 0);
    let (dialogue, told) = talk(&[shared, "2"]);
    assert!(told.contains("3 cards possible") && told.contains("u. Don't know"), "{told}");
    assert_eq!(said(dialogue.walk().unwrap()).len(), 1);
    let (dialogue, told) = talk(&[shared, "2", "t"]);
    assert!(told.contains("1. Your search: no current at lamp hall-1"), "{told}");
    assert_eq!(said(dialogue.walk().unwrap()).len(), 1);
    let (dialogue, _) = talk(&[shared, "2", "t", "D 1"]);
    assert_eq!(said(dialogue.walk().unwrap()).len(), 0);
    let (dialogue, told) = talk(&[shared, "2", "1", "b", "b"]);
    assert!(told.contains("1 to 3: 3 cards share this"), "the way back leads to the search: {told}");
    assert_eq!(said(dialogue.walk().unwrap()).len(), 0);
}

#[test]
fn the_dialogue_asks_of_what_does_not_fit_whether_it_is_the_same_incident() {
    let closed = "/bulb 7 has no resistance";
    let (dialogue, told) = talk(&["4", closed, "1"]);
    assert!(told.contains("Same incident? This contradicts the case."), "{told}");
    assert_eq!(said(dialogue.walk().unwrap()), ["fuse-box"]);
    let (dialogue, told) = talk(&["4", closed, "1", "2"]);
    assert!(told.contains("Your earlier case was saved; H lists it."), "{told}");
    assert_eq!(card_of(dialogue.walk().unwrap()), "bulb-burnt-out");
    let (dialogue, _) = talk(&["4", closed, "1", "2", "cases", "1"]);
    assert_eq!(said(dialogue.walk().unwrap()), ["fuse-box"]);
    let (dialogue, _) = talk(&["4", closed, "1", "b"]);
    assert_eq!(said(dialogue.walk().unwrap()), ["fuse-box"], "what contradicts was dropped");
    let (_, told) = talk(&["cases"]);
    assert!(told.contains("no earlier case"), "{told}");
}

#[test]
fn the_dialogue_says_what_it_understood() {
    let (_, told) = talk(&["/zzzzqqqq"]);
    assert!(
        told.contains("No card matches \"zzzzqqqq\"") && told.contains("Answer questions: Lamps of a house"),
        "{told}"
    );
    let (mut dialogue, _) = talk(&["/bulb 7 has no resistance", "1"]);
    let expected = Effect::Opened { tree: "house".into(), card: "bulb-burnt-out".into() };
    assert_eq!(dialogue.opened(), Some(expected));
    dialogue.reply("x");
    assert_eq!(dialogue.opened(), None, "the same card is being read");
}

/// Runs the program with an input, returns its output and exit code.
fn run(arguments: &[&str], input: &[u8]) -> (String, i32) {
    use std::io::Write as _;
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).env("XDG_STATE_HOME", home.path()).env("XDG_CONFIG_HOME", home.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that has read enough closes its end.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "scripts leave no trace");
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn text_on_the_command_line_is_one_card_if_that_is_sure_and_else_a_list() {
    let (card, code) = run(&["Backend 10.0.20.11 closed connection abruptly"], b"");
    assert!(card.starts_with("502: the backend closes the connection abruptly\n(") && code == 0, "{card}");
    let (list, code) = run(&["No healthy backends available in associated backend set"], b"");
    assert!(list.starts_with("3 cards of Oracle Cloud load balancer share this") && code == 0, "{list}");
    assert_eq!(list.matches("wherefore show").count(), 3, "{list}");
    assert_eq!(run(&["zzzzqqqq"], b""), (String::new(), 1));
}

#[test]
fn text_is_read_from_standard_input() {
    let line = "Backend 10.0.20.11 closed connection abruptly";
    let (named, _) = run(&[line], b"");
    assert_eq!(run(&["-"], line.as_bytes()), (named, 0));
    let (found, code) = run(&["find", "-"], format!("\u{1}{line}\r\n").as_bytes());
    assert!(found.starts_with("502: the backend closes the connection abruptly (") && code == 0, "{found}");
    assert!(found.contains("\n    recognized"), "{found}");
    let (found, code) = run(&["find", "-"], &[b"\xff\xfe ", line.as_bytes(), b" \xff"].concat());
    assert!(found.contains("recognized") && code == 0, "{found}");
    assert_eq!(run(&["find", "-"], b" \n"), (String::new(), 2), "there is nothing to look up");
    assert_eq!(run(&["find", "-"], &vec![b'z'; 3 << 20]).1, 1);
}

#[test]
fn what_is_said_of_a_text_does_not_act_on_the_terminal() {
    let hostile = "zz\u{1b}[31mqq\u{1b}]52;c;abc\u{7}\u{202e}xx";
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(["--no-history", "find", hostile])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("No card matches") && output.status.code() == Some(1), "{said:?}");
    assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
}

#[test]
fn scripts_learn_what_was_understood() {
    let (found, code) = run(&["find", "--json", "zzzzqqqq"], b"");
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!((&found["matches"], &found["sure"], code), (&serde_json::json!([]), &false.into(), 1));
    assert!(found["understood"].is_array() && found["nearest"].is_array(), "{found}");
    let (found, _) = run(&["find", "--json", "Backend 10.0.20.11 closed connection abruptly"], b"");
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!((&found["sure"], &found["nearest"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(found["matches"][0]["card"], "backend-closed-connection");
}

#[test]
fn options_without_the_code_are_marked() {
    let (_, told) = talk_about(vec![load_balancer()], &["/HTTP/1.1 502 Bad Gateway", "1"]);
    assert!(told.contains("504, and the backend status is empty (ruled out by your search)"), "{told}");
    assert!(told.contains("502 from both"), "{told}");
    // How to give a code is said as long as none is known.
    let hint = "Only the code: type / and the code, for example /504";
    assert!(!told.contains(hint), "{told}");
    let (_, told) = talk_about(vec![load_balancer()], &["1"]);
    assert!(told.contains(hint), "{told}");
}
