//! Tests the screens and lines in which values are seen and entered.

use std::sync::Arc;

use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::plain::{Dialogue, Reply};
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::store::Library;
use wherefore::internals::walk::Walk;

use super::{pasted, tree, value};
use crate::screens::{LARGE, SMALL, USUAL, assert_fits, draw, type_keys};

/// Begins with a walk of the TLS tree.
fn begin(text: &str) -> Model {
    let walk = if text.is_empty() { Walk::new(tree("tls")) } else { pasted("tls", text) };
    let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    model.with_walk(walk)
}

fn screen(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

fn walk(model: &Model) -> &Walk {
    model.shared.session.walk.as_ref().expect("a walk is under way")
}

/// Opens the values, and selects one.
fn open(model: &mut Model, name: &str) {
    type_keys(model, "v");
    select(model, name);
}

/// Selects one of the values.
fn select(model: &mut Model, name: &str) {
    assert_eq!(model.context(), KeyContext::Values);
    for _ in 0..60 {
        let marked = screen(model).lines().any(|line| line.contains(['❯', '▌']) && line.contains(&format!("{name}:")));
        if marked {
            return;
        }
        type_keys(model, "down");
    }
    panic!("{name} is not listed:\n{}", screen(model));
}

#[test]
fn a_value_is_typed_corrected_and_emptied_on_screens() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "enter api.example.com enter");
    assert_eq!((model.context(), value(walk(&model), "host").as_str()), (KeyContext::Values, "api.example.com"));
    assert!(screen(&model).contains("typed"), "{}", screen(&model));
    // The first letter replaces the value.
    select(&mut model, "host");
    type_keys(&mut model, "enter b.example.com enter");
    assert_eq!(value(walk(&model), "host"), "b.example.com");
    // After a move of the cursor, it is corrected.
    select(&mut model, "host");
    type_keys(&mut model, "enter home x enter");
    assert_eq!(value(walk(&model), "host"), "xb.example.com");
    select(&mut model, "host");
    type_keys(&mut model, "enter ^u enter");
    assert_eq!(value(walk(&model), "host"), "");
    select(&mut model, "host");
    type_keys(&mut model, "enter c.example.com esc");
    assert_eq!(value(walk(&model), "host"), "", "Esc leaves the value as it was");
}

#[test]
fn letters_and_digits_are_text_while_a_value_is_typed() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "enter qvhr?1A/y enter");
    assert_eq!(value(walk(&model), "host"), "qvhr?1A/y");
}

#[test]
fn a_pasted_line_becomes_the_value_and_pasted_lines_are_evidence() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "paste:api.example.com");
    assert_eq!(model.context(), KeyContext::ValueEntry);
    type_keys(&mut model, "enter");
    assert_eq!(value(walk(&model), "host"), "api.example.com");
    select(&mut model, "host");
    type_keys(&mut model, "enter");
    update(&mut model, Msg::Paste("two\nlines\u{1b}[2J".to_owned()));
    type_keys(&mut model, "enter");
    assert_eq!(value(walk(&model), "host"), "two lines");
    update(
        &mut model,
        Msg::Paste("$ curl -v https://x.example.com/\n* SSL certificate problem: certificate has expired\n".into()),
    );
    assert_ne!(model.context(), KeyContext::ValueEntry);
}

#[test]
fn a_found_value_is_picked_on_screens() {
    let mut model =
        begin("$ curl https://b.example.com/\n$ curl https://a.example.com/\n$ curl https://b.example.com/x\n");
    open(&mut model, "host");
    assert!(screen(&model).contains("1 other value also found"), "{}", screen(&model));
    type_keys(&mut model, "enter down down enter");
    assert_eq!(value(walk(&model), "host"), "a.example.com");
    type_keys(&mut model, "D");
    assert_eq!(value(walk(&model), "host"), "b.example.com");
}

#[test]
fn the_command_that_prints_a_value_is_copied_with_the_values_so_far() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "enter api.example.com enter esc");
    // The list of answers is about no command, so all values are listed over it.
    type_keys(&mut model, "t");
    open(&mut model, "ip");
    let effects = type_keys(&mut model, "y");
    assert_eq!(effects, [Effect::Copy("dig +short api.example.com".to_owned())]);
}

#[test]
fn the_list_begins_at_the_first_value_that_a_command_lacks() {
    let marked = |model: &Model, name: &str| screen(model).contains(&format!("▌ {name}: "));
    let mut model = begin("");
    type_keys(&mut model, "v");
    assert!(marked(&model, "1  host"), "{}", screen(&model));
    type_keys(&mut model, "enter api.example.com enter");
    assert!(marked(&model, "2  port"), "{}", screen(&model));
    let mut model = begin("$ curl https://b.example.com/\n");
    type_keys(&mut model, "v");
    assert!(screen(&model).contains("host: b.example.com"), "{}", screen(&model));
    assert!(!screen(&model).contains("Empty"), "values of other cards are left out: {}", screen(&model));
}

#[test]
fn the_way_back_keeps_values() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "enter api.example.com enter esc h");
    assert_eq!(model.context(), KeyContext::Home);
    assert_eq!(value(walk(&model), "host"), "api.example.com");
    assert!(screen(&model).contains("Continue"), "{}", screen(&model));
}

#[test]
fn the_trail_lists_values() {
    let mut model = begin("");
    open(&mut model, "host");
    type_keys(&mut model, "enter api.example.com enter esc t");
    assert!(screen(&model).contains("Value of host"), "{}", screen(&model));
}

#[test]
fn the_screens_fit_every_size() {
    let long = format!("$ curl https://{}.example.com/\n", "a1-".repeat(40));
    let mut model = begin(&long);
    type_keys(&mut model, "v");
    for size in [SMALL, USUAL, LARGE, (30, 8)] {
        assert_fits("values", &model, size);
    }
    type_keys(&mut model, "1");
    for size in [SMALL, USUAL, LARGE, (30, 8)] {
        assert_fits("value entry", &model, size);
    }
}

fn say(dialogue: &mut Dialogue, line: &str) -> String {
    let (said, reply) = dialogue.reply(line);
    assert_ne!(reply, Reply::Quit);
    said
}

#[test]
fn values_are_told_and_taken_in_lines() {
    let walk = Walk::new(tree("tls"));
    let mut dialogue = Dialogue::new(vec![Arc::clone(walk.tree())], Some(walk));
    assert!(say(&mut dialogue, "v host=api.example.com").contains("host is used"));
    assert!(say(&mut dialogue, "v").contains("host: api.example.com (typed)"));
    assert!(say(&mut dialogue, "v ip").contains("$ dig +short api.example.com"));
    assert!(say(&mut dialogue, "v hots=x").contains("Did you mean host?"));
    assert!(say(&mut dialogue, "unset host").contains("host is empty"));
    assert!(say(&mut dialogue, "accept host").contains("no value"));
}
