//! Tests links from one tree to another.
//!
//! `following` has what the operator sees of them.

mod following;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use wherefore::internals::export::{json, markdown, outline, plain};
use wherefore::internals::prove::check_links;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Code, Folder, Problem, Tree, load};
use wherefore::internals::walk::{Walk, remedies};

use crate::problems::fixture_folder::{edit, problems_in, put, read_folder, render};
use crate::walks::play;

/// Returns the folder of two trees that link to each other.
fn linked() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/linked")
}

/// The two linked trees, `radio` first.
fn trees() -> Vec<Arc<Tree>> {
    let mut library = Library::default();
    library.add_directory(&linked(), true);
    assert_eq!(library.problems, []);
    library.trees
}

fn folder(name: &str) -> Folder {
    read_folder(&linked().join(name), name)
}

fn radio() -> Arc<Tree> {
    trees().remove(0)
}

/// Loads folders and checks the links between them.
fn problems_between(folders: &[Folder]) -> Vec<Problem> {
    let loaded = folders.iter().map(|folder| Arc::new(load(folder).tree.unwrap()));
    check_links(&loaded.collect::<Vec<_>>(), &[])
}

/// A tree that begins with a link, and asks nothing.
fn begins_with(id: &str, link: &str) -> Folder {
    let mut folder = read_folder(&linked().with_file_name("lamp"), id);
    let head = r#""format": 1, "title": "T", "about": "A.", "escalation": "call-an-electrician", "questions": {}"#;
    put(&mut folder, "tree.json", format!(r#"{{"id": "{id}", {head}, "start": {{"link": "{link}"}}}}"#));
    folder
}

#[test]
fn a_link_is_loaded_once_and_is_no_card() {
    let radio = radio();
    let links: Vec<_> = radio.links().map(|(_, link)| link.to_string()).collect();
    assert_eq!(links, ["socket", "socket/fuse-blown", "socket/cable-broken"]);
    let cards: Vec<_> = radio.cards().map(|(_, card)| card.id.as_str()).collect();
    assert_eq!(cards, ["aerial-loose", "ask-a-friend", "speaker-broken"]);
    assert_eq!((radio.card_count, radio.find_card("socket")), (2, None));
}

#[test]
fn a_walk_ends_in_a_link() {
    let radio = radio();
    assert_eq!(play::play(&radio, &[("display", "dark")]), "link socket");
    assert_eq!(play::play(&radio, &[("display", "smoke")]), "link socket/cable-broken");
    assert_eq!(play::play(&radio, &[("display", "lit"), ("noise", "hiss")]), "card aerial-loose");
    assert_eq!(
        play::play(&radio, &[("display", "dark"), ("paste", "aerial 2 has no contact")]),
        "conflict: display, evidence"
    );
    assert_eq!(
        play::play(&radio, &[("display", "unknown"), ("noise", "unknown")]),
        "shortlist aerial-loose speaker-broken socket socket/cable-broken"
    );
}

#[test]
fn sound_links_have_no_problems() {
    for name in ["radio", "socket"] {
        assert_eq!(render(&problems_in(&folder(name))), "", "{name}");
    }
    assert_eq!(render(&check_links(&trees(), &[])), "");
    let [radio, socket] = &trees()[..] else { panic!("two trees") };
    assert_eq!(render(&check_links(&[Arc::clone(radio)], &[Arc::clone(socket)])), "", "another tree may be known");
}

#[test]
fn a_link_to_a_missing_tree_is_a_warning_with_its_place() {
    let problems = problems_between(&[folder("radio")]);
    let said: Vec<_> = problems.iter().map(|problem| (problem.code, problem.path.as_str())).collect();
    let tree = (Code::UnknownTree, "radio/tree.json");
    let card = (Code::UnknownTree, "radio/cards/aerial-loose.json");
    assert_eq!(said, [tree, card, tree]);
    assert!(problems.iter().all(|problem| problem.place.is_some()), "{}", render(&problems));
    assert!(load(&folder("radio")).problems.is_empty(), "a tree is loaded by itself");
}

#[test]
fn a_link_to_a_missing_card_is_an_error_with_its_place() {
    let mut socket = folder("socket");
    edit(&mut socket, "cards/fuse-blown.json", "radio/speaker-broken", "radio/speaker-broke");
    let problems = problems_between(&[folder("radio"), socket]);
    assert_eq!(
        render(&problems),
        "error unknown-card socket/cards/fuse-blown.json:18:65
  |   \"not_this_if\": [{\"sign\": \"The radio shows a number.\", \"link\": \"radio/speaker-broke\"}],
  |                                                                 ^^^^^^^^^^^^^^^^^^^^^
  the tree `radio` has no card `speaker-broke`
  help: did you mean `radio/speaker-broken`?
"
    );
}

#[test]
fn links_that_lead_back_without_a_question_are_an_error() {
    let messages = |folders: &[Folder]| {
        let problems = problems_between(folders).into_iter().filter(|problem| problem.code == Code::LinkLoop);
        problems.map(|problem| problem.message.into_string()).collect::<Vec<_>>()
    };
    let way = |way: &str| format!("this link leads back without a question on the way: {way}");
    let (one, other) = (begins_with("one", "other"), begins_with("other", "one"));
    assert_eq!(messages(&[one.clone(), other]), [way("one → other → one"), way("other → one → other")]);
    assert_eq!(messages(&[begins_with("one", "one")]), [way("one → one")]);
    // The radio asks a question, and its answer leads straight back to that question.
    let ways = messages(&[folder("radio"), begins_with("socket", "radio")]);
    assert_eq!(ways, [way("radio → socket → radio")]);
    // The socket asks a question before it leads back.
    let mut socket = folder("socket");
    edit(&mut socket, "tree.json", r#"{"card": "cable-broken"}"#, r#"{"link": "radio"}"#);
    assert_eq!(messages(&[folder("radio"), socket]), [""; 0]);
    assert_eq!(messages(&[one, begins_with("other", "one/bulb-burnt-out")]), [""; 0]);
}

#[test]
fn a_card_shows_where_its_links_lead() {
    let (trees, radio) = (trees(), radio());
    let id = radio.find_card("aerial-loose").unwrap();
    let of_library = ["The socket has no power (socket)", "The fuse has blown (socket/fuse-blown)"];
    let mut without_card = begins_with("socket", "radio");
    without_card.files.retain(|file| file.name != "cards/fuse-blown.json");
    let without_card = [Arc::new(load(&without_card).tree.unwrap())];
    for (trees, [tree, card]) in [
        (trees.as_slice(), of_library),
        (&trees[..1], ["socket", "socket/fuse-blown"]),
        (&without_card, ["T (socket)", "socket/fuse-blown"]),
    ] {
        let outline = outline::outline(trees, &radio, id, &remedies(radio.card(id), |_| None), &|_, _| None);
        let text = plain::card(&outline.text(), 78);
        assert!(text.contains(&format!("   See: {tree}.\n")), "{text}");
        assert!(text.contains("- There is no hiss. See: The speaker is broken.\n"), "{text}");
        assert!(text.contains(&format!("- The lamps are dark too. See: {card}.\n")), "{text}");
        let text = markdown::card(&outline.text());
        assert!(text.contains(&format!("See: {tree}.\n")), "{text}");
        assert!(text.contains(&format!("- The lamps are dark too. See: {card}.\n")), "{text}");
    }
    let card = json::card(&Walk::new(Arc::clone(&radio)), id);
    assert_eq!(card["remedies"][0]["link"], "socket");
    assert_eq!(
        (&card["not_this_if"][0]["card"], card["not_this_if"][0]["link"].as_str()),
        (&"speaker-broken".into(), None)
    );
    assert_eq!(
        (card["not_this_if"][1]["card"].as_str(), &card["not_this_if"][1]["link"]),
        (None, &"socket/fuse-blown".into())
    );
}

#[test]
fn json_says_the_link_at_which_a_walk_ends() {
    let at = |moves: &[(&str, &str)]| {
        let said = json::walk(&play::walk(&radio(), moves));
        [&said["step"], &said["links"], &said["candidates"], &said["cards"]].map(ToString::to_string)
    };
    assert_eq!(at(&[("display", "dark")]), [r#""link""#, r#"["socket"]"#, "[]", "[]"]);
    let [step, links, candidates, _] = at(&[]);
    assert_eq!([step.as_str(), &links], [r#""question""#, r#"["socket","socket/cable-broken"]"#]);
    assert_eq!(candidates, r#"["aerial-loose","speaker-broken"]"#);
}
