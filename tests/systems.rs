//! Several systems at once: lists, choices and names of cards.

use std::path::Path;
use std::sync::Arc;

use wherefore::internals::app::system_use::SystemUse;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::store::Library;
use wherefore::internals::tree::{CompiledTree, CompiledWords, Tree};

use crate::screens::{USUAL, draw, type_keys};

/// Returns a model with two systems: the embedded one and the lamp.
fn two() -> Model {
    let mut library = Library::embedded();
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
        assert!(screen.contains(&format!("Walk: {title}")), "{title} is missing:\n{screen}");
    }
    assert!(screen.contains("Look up an error") && screen.contains("Practice: choose a system"), "{screen}");
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
    assert!(shown(&model).contains("Walk: The lamp is dark"), "{}", shown(&model));
    type_keys(&mut model, "enter");
    assert!(shown(&model).contains("What do the other lamps do?"), "{}", shown(&model));
    let mut model = two();
    type_keys(&mut model, "fuse space blown");
    assert!(shown(&model).contains("The fuse has blown (The lamp is dark)"), "{}", shown(&model));
}
