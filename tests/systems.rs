//! Several systems at once: lists, choices and names of cards.

use std::path::Path;
use std::sync::Arc;

use wherefore::internals::app::system_use::SystemUse;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::store::Library;
use wherefore::internals::tree::{CompiledTree, CompiledWords, Tree};

use crate::screens::{USUAL, draw, type_keys};
use crate::search_to_walk::talk_about;

/// Returns a model with two systems: Oracle's load balancer and the lamp.
fn two() -> Model {
    let mut library = Library::embedded();
    library.trees.retain(|tree| tree.id == "oci-load-balancer");
    library.add_directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp"), true);
    with(library.trees)
}

fn with(trees: Vec<Arc<Tree>>) -> Model {
    let mut model = Model::new(trees, Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    model
}

fn shown(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

#[test]
fn the_first_screen_has_room_for_fifteen_systems() {
    const TITLES: [&str; 15] = [
        "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu", "Nu",
        "Xi", "Omicron",
    ];
    // Their content cannot be read: the list must not need it.
    let tree = |title: &&'static str| {
        let about = "Broken.";
        let (hash, content, formats) = ("", b"nothing", &[]);
        Arc::new(Tree::compiled(CompiledTree {
            id: title,
            title,
            about,
            cards: 3,
            questions: 2,
            hash,
            content,
            formats,
            words: CompiledWords::default(),
        }))
    };
    let model = with(TITLES.iter().map(tree).collect());
    let screen = shown(&model);
    for title in TITLES {
        assert!(screen.contains(title), "{title} is missing:\n{screen}");
    }
    assert!(screen.contains("I don't know which") && screen.contains("Practice"), "{screen}");
}

#[test]
fn a_system_is_chosen_for_practice() {
    let mut model = two();
    type_keys(&mut model, "up enter");
    let screen = shown(&model);
    assert!(screen.contains("Practice: which system?") && screen.contains("2 systems"), "{screen}");
    assert!(screen.contains("The lamp is dark (2 new)"), "{screen}");
    type_keys(&mut model, "lamp");
    let screen = shown(&model);
    assert!(screen.contains("1 system") && !screen.contains("Oracle"), "{screen}");
    type_keys(&mut model, "enter");
    assert!(shown(&model).contains("1 of 2"), "{}", shown(&model));
}

#[test]
fn a_system_is_chosen_for_a_walk() {
    let mut model = two().with_systems(SystemUse::Walk);
    type_keys(&mut model, "zzz");
    assert!(shown(&model).contains("No system has a name with these words."), "{}", shown(&model));
    type_keys(&mut model, "enter ^u down enter");
    assert!(shown(&model).contains("Oracle Cloud load balancer"), "{}", shown(&model));
    assert!(model.shared.session.walk.is_some());
}

#[test]
fn a_search_lists_the_systems_that_its_words_name_and_the_system_of_each_card() {
    let mut model = two();
    type_keys(&mut model, "lamp");
    assert!(shown(&model).contains("Answer questions: The lamp is dark"), "{}", shown(&model));
    type_keys(&mut model, "enter");
    assert!(shown(&model).contains("What do the other lamps do?"), "{}", shown(&model));
    let mut model = two();
    type_keys(&mut model, "fuse space blown");
    assert!(shown(&model).contains("The lamp is dark · all words: "), "{}", shown(&model));
}

/// A page that says a status, and not who sent it.
const PAGE: &str = "<head><title>502 Bad Gateway</title></head>\n<body></body>";

/// Returns two trees that both know the status 502.
fn relays() -> Vec<Arc<Tree>> {
    let mut library = Library::default();
    library.add_directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/relays"), true);
    library.trees
}

fn pasted(text: &str, keys: &str) -> Model {
    let mut model = with(relays());
    update(&mut model, Msg::Paste(text.to_owned()));
    type_keys(&mut model, keys);
    model
}

fn system_of(model: &Model) -> Option<&str> {
    model.shared.session.walk.as_ref().map(|walk| walk.tree().id.as_str())
}

#[test]
fn a_status_that_several_systems_know_asks_which_one_printed_it() {
    let model = pasted(PAGE, "");
    let screen = shown(&model);
    for expected in ["Which system printed this, or sent the response?", "The gate (", "The mill (", "Don't know"] {
        assert!(screen.contains(&expected.replace(" (", "  (")) || screen.contains(expected), "{expected}:\n{screen}");
    }
    assert_eq!(system_of(&model), None);
    assert_eq!(system_of(&pasted(PAGE, "enter")), Some("gate"));
    assert_eq!(system_of(&pasted(PAGE, "down enter")), Some("mill"));
    // Without knowing, the cards of both are listed.
    let screen = shown(&pasted(PAGE, "up enter"));
    assert!(screen.contains("The wheel of the gate is stuck") && screen.contains("The stone of the mill"), "{screen}");
}

#[test]
fn evidence_tells_which_system_printed_it() {
    let record = "{\"mill_code\":\"502\"}\nHTTP/1.1 502 Bad Gateway";
    assert_eq!(system_of(&pasted(record, "")), Some("mill"));
    assert_eq!(system_of(&pasted("stone 3 broken\nHTTP/1.1 502 Bad Gateway", "")), Some("mill"));
    // A case has its system already.
    let mut model = with(relays());
    type_keys(&mut model, "down enter u");
    update(&mut model, Msg::Paste(PAGE.to_owned()));
    assert_eq!((system_of(&model), model.shared.session.parked().count()), (Some("mill"), 0));
}

#[test]
fn a_typed_status_lists_the_systems_before_the_cards() {
    let mut model = with(relays());
    type_keys(&mut model, "5 0 2");
    let screen = shown(&model);
    let place = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text} is missing:\n{screen}"));
    assert!(place("Which system printed this") < place("The gate (2 cards)"));
    assert!(place("The mill (1 card)") < place("The wheel of the gate is stuck"));
    type_keys(&mut model, "down enter");
    assert_eq!(system_of(&model), Some("mill"));
    // A status that only one of them knows is its own.
    let mut model = with(relays());
    type_keys(&mut model, "5 0 4 enter");
    assert_eq!(system_of(&model), Some("gate"));
}

#[test]
fn a_card_that_a_code_leaves_is_shown_beside_the_walk() {
    let mut model = with(relays());
    type_keys(&mut model, "5 0 2 down down down down enter");
    let screen = shown(&model);
    assert!(screen.contains("The rope of the gate is torn") && screen.contains("possible  1 other fits"), "{screen}");
    type_keys(&mut model, "esc");
    assert!(shown(&model).contains("Which system printed this"), "{}", shown(&model));
    assert_eq!(system_of(&model), None, "a walk only for the card is gone with it");
}

#[test]
fn the_dialogue_asks_which_system_printed_a_status() {
    let (_, told) = talk_about(relays(), &["paste", "HTTP/1.1 502 Bad Gateway", "x", "."]);
    assert!(
        told.contains("Which system printed this, or sent the response?") && told.contains("3. Don't know"),
        "{told}"
    );
    let (dialogue, _) = talk_about(relays(), &["paste", "HTTP/1.1 502 Bad Gateway", "x", ".", "2"]);
    assert_eq!(dialogue.walk().map(|walk| walk.tree().id.as_str()), Some("mill"));
    let (_, told) = talk_about(relays(), &["paste", "HTTP/1.1 502 Bad Gateway", "x", ".", "3"]);
    assert!(
        told.contains("1. The gate (2 cards)") && told.contains("The cards that fit, most likely first:"),
        "{told}"
    );
    let (_, told) = talk_about(relays(), &["paste", "HTTP/1.1 502 Bad Gateway", "x", ".", "4"]);
    assert!(told.contains("There is no entry 4 here."), "{told}");
    let (dialogue, _) = talk_about(relays(), &["/502", "2"]);
    assert_eq!(dialogue.walk().map(|walk| walk.tree().id.as_str()), Some("mill"));
}
