//! Tests that a fact gives the same verdicts however it arrives.

use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::walk::Walk;

use crate::embedded_trees::load_balancer;
use crate::screens::{USUAL, draw, type_keys};
use crate::search_to_walk::talk_about;

/// Returns every card with its verdict, in words.
fn verdicts(walk: &Walk) -> Vec<(String, &'static str)> {
    let cards = walk.tree().diagnoses();
    let verdict = |card| walk.verdicts().of_card(card).expect("a diagnosis has a verdict").word();
    cards.map(|(id, card)| (card.id.to_string(), verdict(id))).collect()
}

/// Returns the verdicts after a text and some keys.
fn after(text: &str, keys: &str) -> Vec<(String, &'static str)> {
    let mut model = Model::new(vec![load_balancer()], Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    update(&mut model, Msg::Paste(text.to_owned()));
    type_keys(&mut model, keys);
    verdicts(model.shared.session.walk.as_ref().expect("a walk is under way"))
}

#[test]
fn a_status_says_the_same_typed_and_pasted() {
    let typed = after("502", "enter");
    assert!(typed.iter().any(|(_, verdict)| *verdict == "possible"), "{typed:?}");
    for (text, keys) in [
        ("HTTP/1.1 502 Bad Gateway", "enter"),
        ("status=502", "enter"),
        ("HTTP/1.1 502 Bad Gateway\ncontent-type: text/html", ""),
        ("<html>\n<head><title>502 Bad Gateway</title></head>\n</html>", ""),
    ] {
        assert_eq!(after(text, keys), typed, "{text}");
    }
}

#[test]
fn both_codes_say_the_same_typed_pasted_and_answered() {
    let record = r#"{"lbStatusCode":"502","backendStatusCode":"502"}"#;
    let pasted = after(record, "");
    assert_eq!(after("502 502", "enter"), pasted);
    let mut walk = Walk::new(load_balancer());
    for (question, option) in [("noticed", "http-status"), ("status-pair", "502-502")] {
        let question = walk.tree().find_question(question).expect("a question");
        let option = walk.tree().find_option(question, option).expect("an option");
        walk.answer(question, wherefore::internals::walk::Given::Option(option));
    }
    assert_eq!(verdicts(&walk), pasted);
}

#[test]
fn a_status_is_listed_as_evidence() {
    let page = "HTTP/1.1 502 Bad Gateway\ncontent-type: text/html";
    let mut model = Model::new(vec![load_balancer()], Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    update(&mut model, Msg::Paste(page.to_owned()));
    type_keys(&mut model, "e");
    let shown = draw(&model, USUAL).backend().to_string();
    for expected in
        ["A status leaves some answers possible", "Which status codes", "Line 1 of your paste", "502 from both"]
    {
        assert!(shown.contains(expected), "{expected} is missing:\n{shown}");
    }
    let (_, told) = talk_about(vec![load_balancer()], &["paste", page, "."]);
    assert!(told.contains("Added as evidence: 1 status that leaves some answers possible."), "{told}");
}
