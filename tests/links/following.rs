//! Tests that links are followed with the case, and back.

use wherefore::internals::app::Model;
use wherefore::internals::app::drills::{DrillSession, TrainingState};
use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::plain::Dialogue;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::drill::progress::Progress;
use wherefore::internals::export::drill::progress_map;
use wherefore::internals::walk::{Step, Walk};

use super::{radio, trees};
use crate::screens::{LARGE, SMALL, USUAL, assert_picture, draw, type_keys};
use crate::search_to_walk::talk_about;
use crate::walks::play::{answers, say};

/// Lines that answer a question of each tree.
const BOTH: &str = "display off\nall lamps are dark";

/// Plays keys with both trees.
///
/// On the first screen, the radio is the second entry.
fn play(keys: &str) -> Model {
    let mut model = Model::new(trees(), Theme::default(), None);
    type_keys(&mut model, keys);
    model
}

/// Begins a walk through the radio.
const RADIO: &str = "/ radio enter";

fn screen(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

fn walk(model: &Model) -> &Walk {
    model.shared.session.walk.as_ref().expect("a walk is under way")
}

/// The tree that is walked, and where.
fn place(walk: &Walk) -> String {
    format!("{}: {}", walk.tree().id, say(walk))
}

/// The title of the card on the screen.
fn shows(model: &Model, title: &str) {
    let shown = screen(model);
    assert!(shown.contains(title), "{title} is missing:\n{shown}");
}

fn paste(model: &mut Model, text: &str) {
    wherefore::internals::app::update(model, wherefore::internals::app::Msg::Paste(text.to_owned()));
}

#[test]
fn a_leaf_leads_to_the_first_question_of_another_tree_and_back() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = play(&format!("{RADIO} 2"));
        assert_eq!((model.context(), place(walk(&model))), (KeyContext::Shortlist, "radio: link socket".to_owned()));
        assert_picture!("link-leaf", &model, size);
        type_keys(&mut model, "enter");
        assert_eq!((model.context(), place(walk(&model))), (KeyContext::Question, "socket: ask lamps".to_owned()));
        assert_picture!("link-followed", &model, size);
        type_keys(&mut model, "t");
        assert_picture!("link-trail", &model, size);
        type_keys(&mut model, "esc 1 h h");
        assert_eq!(place(walk(&model)), "radio: link socket");
        assert_eq!(model.shared.session.parked().count(), 0);
        type_keys(&mut model, "h");
        assert_eq!(place(walk(&model)), "radio: ask display");
    }
}

#[test]
fn a_leaf_leads_to_a_card_of_another_tree_and_back() {
    let mut model = play(&format!("{RADIO} 3 1"));
    assert_eq!(model.context(), KeyContext::Card);
    shows(&model, "The cable is broken");
    type_keys(&mut model, "h");
    assert_eq!(place(walk(&model)), "radio: link socket/cable-broken");
    // A remedy that was tried is kept, and the walk goes on from it.
    type_keys(&mut model, "1 x");
    assert_eq!(place(walk(&model)), "socket: card fuse-blown", "the cable is out");
    type_keys(&mut model, "h h");
    assert_eq!(place(walk(&model)), "radio: link socket/cable-broken");
}

#[test]
fn the_escalation_card_is_beside_a_link() {
    let model = play(&format!("{RADIO} 2 2"));
    assert_eq!(model.context(), KeyContext::Reading);
    shows(&model, "Ask a friend");
}

#[test]
fn a_link_among_cards_is_followed() {
    let mut model = play(&format!("{RADIO} u u"));
    assert_eq!(model.context(), KeyContext::Shortlist);
    let shown = screen(&model);
    let row = shown.lines().find(|row| row.contains("The socket has no power · ")).expect("the link is listed");
    let digit: String = row.chars().filter(char::is_ascii_digit).take(1).collect();
    type_keys(&mut model, &digit);
    assert_eq!(place(walk(&model)), "socket: ask lamps");
    type_keys(&mut model, "h");
    assert_eq!((model.context(), walk(&model).tree().id.as_str()), (KeyContext::Shortlist, "radio"));
}

#[test]
fn what_a_card_names_is_listed_and_opened() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = play(&format!("{RADIO} 1 1"));
        shows(&model, "See: The socket has no power (socket).");
        type_keys(&mut model, "o");
        assert_eq!(model.context(), KeyContext::References);
        assert_picture!("see-also", &model, size);
        type_keys(&mut model, "1");
        assert_eq!(
            (model.context(), place(walk(&model))),
            (KeyContext::Reading, "radio: card aerial-loose".to_owned())
        );
        shows(&model, "The speaker is broken");
        // It names one other card, which is opened at once; the walk is at it.
        type_keys(&mut model, "o");
        assert_eq!(model.context(), KeyContext::Card);
        type_keys(&mut model, "h h 2");
        assert_eq!((model.context(), place(walk(&model))), (KeyContext::Card, "socket: ask lamps".to_owned()));
        shows(&model, "The fuse has blown");
        shows(&model, "The socket has no power › from The aerial");
        type_keys(&mut model, "h");
        assert_eq!(
            (model.context(), place(walk(&model))),
            (KeyContext::References, "radio: card aerial-loose".to_owned())
        );
        type_keys(&mut model, "3");
        assert_eq!((model.context(), place(walk(&model))), (KeyContext::Question, "socket: ask lamps".to_owned()));
        type_keys(&mut model, "h h");
        assert_eq!((model.context(), place(walk(&model))), (KeyContext::Card, "radio: card aerial-loose".to_owned()));
    }
}

#[test]
fn a_card_without_others_says_so() {
    let mut model = play("/ cable enter o");
    shows(&model, "This card names no other card.");
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Search);
}

#[test]
fn pasted_evidence_goes_along() {
    let mut model = play("");
    paste(&mut model, BOTH);
    assert_eq!(place(walk(&model)), "radio: link socket");
    type_keys(&mut model, "1");
    assert_eq!(place(walk(&model)), "socket: card fuse-blown");
    assert_eq!(answers(walk(&model)), ["lamps=dark (your paste:2)"]);
    type_keys(&mut model, "h");
    assert_eq!(place(walk(&model)), "radio: link socket");
}

#[test]
fn a_typed_line_is_read_again() {
    let model = play("paste:aerial_2_has_no_contact,_all_lamps_are_dark enter o 3");
    assert_eq!(place(walk(&model)), "socket: card fuse-blown");
    assert_eq!(answers(walk(&model)), ["lamps=dark (your search:1)"]);
}

#[test]
fn a_tree_knows_again_what_was_said_in_it() {
    // From the radio to the socket, and from its card back to the radio.
    let mut model = play(&format!("{RADIO} 2 1 2 o"));
    assert_eq!((model.context(), place(walk(&model))), (KeyContext::Reading, "radio: link socket".to_owned()));
    shows(&model, "The speaker is broken");
    assert_eq!(model.shared.session.parked().map(place).collect::<Vec<_>>(), ["socket: card fuse-blown"]);
    // And once more to the socket, which knows the lamps.
    type_keys(&mut model, "o o 3");
    assert_eq!(place(walk(&model)), "socket: card fuse-blown");
    assert_eq!(model.shared.session.parked().map(place).collect::<Vec<_>>(), ["radio: link socket"]);
    type_keys(&mut model, "h h h h");
    assert_eq!(place(walk(&model)), "socket: card fuse-blown");
}

#[test]
fn a_link_to_a_missing_tree_is_told_and_changes_nothing() {
    let mut model = Model::new(vec![radio()], Theme::default(), None);
    type_keys(&mut model, "enter 2");
    shows(&model, "socket (not installed)");
    type_keys(&mut model, "1");
    shows(&model, "The system socket is not installed, so socket cannot be opened.");
    assert_eq!(place(walk(&model)), "radio: link socket");
}

/// Types lines; returns what was told last.
fn talk(lines: &[&str]) -> (Dialogue, String) {
    talk_about(trees(), lines)
}

fn at(lines: &[&str]) -> (String, String) {
    let (dialogue, told) = talk(lines);
    (dialogue.walk().map(place).unwrap_or_default(), told)
}

#[test]
fn the_dialogue_follows_leaves() {
    let (place, told) = at(&["1", "2"]);
    assert_eq!(place, "radio: link socket");
    assert!(
        told.contains("The questions continue in another system") && told.contains("1. The socket has no power"),
        "{told}"
    );
    let (place, told) = at(&["1", "2", "1"]);
    assert_eq!(place, "socket: ask lamps");
    assert!(told.starts_with("You followed a link to: The socket has no power\n"), "{told}");
    assert!(told.contains("What do the lamps of the room do?"), "{told}");
    let (_, told) = at(&["1", "2", "1", "t"]);
    assert!(told.starts_with("You followed a link from: The radio is silent\n"), "{told}");
    assert_eq!(at(&["1", "2", "1", "1", "b", "b"]).0, "radio: link socket");
    let (place, told) = at(&["1", "3", "1"]);
    assert_eq!(place, "socket: ask lamps");
    assert!(told.contains("The cable is broken") && told.contains("x did not help"), "{told}");
    assert_eq!(at(&["1", "3", "1", "b"]).0, "radio: link socket/cable-broken");
    assert!(at(&["1", "2", "n"]).1.contains("Ask a friend"));
}

#[test]
fn the_dialogue_opens_what_a_card_names() {
    let card = ["1", "1", "1"];
    let after = |lines: &[&str]| at(&[&card, lines].concat());
    let (_, told) = after(&["o"]);
    assert_eq!(
        told,
        "See also:\n1. The speaker is broken. There is no hiss.\n2. The fuse has blown (The socket has no power). The lamps are dark too.\n3. The socket has no power. Push the plug of the aerial in.\nSee also: 1 to 3 to open one, h back.\n> "
    );
    assert!(after(&["o", "1"]).1.contains("It makes no sound."));
    assert!(after(&["o", "1", "b"]).1.contains("It has no contact."));
    assert!(after(&["o", "b"]).1.starts_with("The aerial is loose"));
    let (place, told) = after(&["o", "2"]);
    assert_eq!(place, "socket: ask lamps");
    assert!(told.contains("It carried too much."), "{told}");
    let (place, told) = after(&["o", "2", "b"]);
    assert_eq!(place, "radio: card aerial-loose");
    assert!(told.starts_with("See also:"), "{told}");
    // The card of the socket names one of the radio, where the walk is known.
    assert!(after(&["o", "2", "o"]).1.contains("It makes no sound."));
    let (place, told) = after(&["o", "2", "o", "b"]);
    assert_eq!(place, "socket: ask lamps");
    assert!(told.contains("It carried too much."), "{told}");
    assert!(after(&["o", "4"]).1.starts_with("There is no entry 4 here.\n"));
    assert!(at(&["o"]).1.starts_with("No card is open.\n"));
}

#[test]
fn no_exercise_hides_a_link() {
    let radio = radio();
    let mut training = TrainingState::new(std::slice::from_ref(&radio), &[], 20_000, 1);
    assert!(training.begin(&radio));
    let session: &DrillSession = training.session.as_ref().unwrap();
    let cards: Vec<_> = session.cards().into_iter().map(|card| radio.card(card).id.as_str()).collect();
    assert_eq!(cards, ["aerial-loose", "speaker-broken"]);
    let map = progress_map(&radio, &Progress::default(), 20_000);
    assert!(!format!("{map:?}").contains("socket"), "{map:?}");
}

#[test]
fn a_search_finds_no_link() {
    let mut model = Model::new(vec![radio()], Theme::default(), None);
    type_keys(&mut model, "/ socket");
    assert!(!screen(&model).contains("Go on in"), "{}", screen(&model));
    assert!(!matches!(model.shared.session.walk.as_ref().map(|walk| &walk.position().step), Some(Step::Link(_))));
}
