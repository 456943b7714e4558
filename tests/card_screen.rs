//! Tests the card as a checklist: steps, sections, copies, and both ends.

use wherefore::internals::app::keys::{Key, KeyContext};
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::store::Library;
use wherefore::internals::walk::{Event, StepOutcome};

use crate::screens::{LARGE, SMALL, USUAL, draw, start, type_keys};

/// Opens the card of the burnt bulb, which has three steps.
const CARD: &str = "enter 1 1 1";

fn play(keys: &str) -> Model {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, keys);
    model
}

fn screen(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

/// Returns the marks that count, by the number of the step.
fn marks(model: &Model) -> Vec<(usize, StepOutcome)> {
    let walk = model.shared.session.walk.as_ref().unwrap();
    let events = walk.live_events().filter_map(|(_, event)| match event {
        Event::StepMarked { card, .. } => Some(*card),
        _ => None,
    });
    let mut found = Vec::new();
    for card in events.collect::<std::collections::BTreeSet<_>>() {
        let steps = walk.remedies(card).into_iter().enumerate();
        found.extend(steps.filter_map(|(at, step)| Some((at + 1, step.outcome?))));
    }
    found
}

fn copied(model: &mut Model, keys: &str) -> String {
    match type_keys(model, keys).pop() {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}\n{}", screen(model)),
    }
}

#[test]
fn a_step_is_ticked_in_place_and_the_next_one_opens() {
    for (key, outcome, word) in [
        ("d", StepOutcome::Done, "done"),
        ("x", StepOutcome::DidNotHelp, "did not help"),
        ("s", StepOutcome::Skipped, "skipped"),
    ] {
        let model = play(&format!("{CARD} {key}"));
        let shown = screen(&model);
        assert_eq!(marks(&model), [(1, outcome)]);
        assert!(shown.contains("Step 2 of 3") && shown.contains(word) && shown.contains(" 1  Measure"), "{shown}");
    }
}

#[test]
fn the_open_step_moves_without_a_mark() {
    for (keys, number) in [("down", 2), ("3", 3), ("3 up", 2), ("down down down", 3), ("up", 1), ("j j k", 2)] {
        let model = play(&format!("{CARD} {keys}"));
        assert!(screen(&model).contains(&format!("Step {number} of 3")), "{keys}: {}", screen(&model));
        assert_eq!(marks(&model), []);
    }
    assert!(screen(&play(&format!("{CARD} 9"))).contains("This card has no step 9."));
}

#[test]
fn a_mark_is_taken_back_by_itself_and_the_way_back_keeps_it() {
    let left = play(&format!("{CARD} d x h"));
    assert_eq!(left.context(), KeyContext::Question);
    assert_eq!(marks(&left), [(1, StepOutcome::Done), (2, StepOutcome::DidNotHelp)]);
    assert!(screen(&left).contains("The marks on the steps of the card are kept."), "{}", screen(&left));
    // The last mark rules the card out; the way back leads to the card again.
    let ruled_out = play(&format!("{CARD} x x x"));
    assert_ne!(ruled_out.context(), KeyContext::Question);
    let back = play(&format!("{CARD} x x x h"));
    assert_eq!((back.context(), marks(&back).len()), (KeyContext::Card, 2));
    let again = play(&format!("{CARD} d 1 d"));
    assert_eq!(marks(&again), []);
    assert!(screen(&again).contains("Step 1 is open again."), "{}", screen(&again));
    let replaced = play(&format!("{CARD} d 1 x"));
    assert_eq!(marks(&replaced), [(1, StepOutcome::DidNotHelp)]);
}

#[test]
fn a_step_that_helped_ends_in_a_note_for_the_ticket() {
    let mut model = play(&format!("{CARD} d w"));
    assert_eq!(model.context(), KeyContext::Note);
    let note = copied(&mut model, "y");
    assert!(note.starts_with("# Solved: The bulb is burnt out\n"), "{note}");
    for part in [
        "Step 2 of 3: Switch",
        "Not tried: step 3.",
        "## Answers",
        "(done)",
        "(helped)",
        "wherefore show house/bulb-burnt-out",
    ] {
        assert!(note.contains(part), "{part}: {note}");
    }
    type_keys(&mut model, "h");
    assert!(screen(&model).contains("Solved: step 2 helped."), "{}", screen(&model));
    type_keys(&mut model, "w");
    assert_eq!(model.context(), KeyContext::Note, "the note can be seen again");
    assert_eq!(marks(&model), [(1, StepOutcome::Done), (2, StepOutcome::Helped)]);
}

#[test]
fn what_to_hand_over_is_filled_from_the_case() {
    let mut model = play(&format!("{CARD} d x E"));
    assert_eq!(model.context(), KeyContext::Note);
    let note = copied(&mut model, "y");
    assert!(note.starts_with("# To escalate: The bulb is burnt out\n"), "{note}");
    for part in ["**Confirmed by the answers.**", "(done)", "(did not help)", "Not tried: step 3.", "## Answers"] {
        assert!(note.contains(part), "{part}: {note}");
    }
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Card);
    assert_eq!(marks(&model).len(), 2, "to look at the note changes nothing");
}

/// Opens a card of the real trees with many commands.
fn incident() -> Model {
    let error = std::fs::read_to_string("tests/fixtures/incident/error.log").unwrap();
    let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    update(&mut model, Msg::Paste(format!("{}\n", error.lines().next().unwrap())));
    model
}

#[test]
fn the_command_in_focus_is_seen_also_where_its_step_is_longer_than_the_screen() {
    let mut model = incident();
    let tree = model.shared.session.walk.as_ref().unwrap().tree().clone();
    let card = tree.find_card("health-check-connection-failed").unwrap();
    let steps = model.shared.session.card_outline(&tree, card).steps;
    assert!(steps.iter().any(|step| step.commands.len() > 3), "a step is longer than the screen");
    for step in steps.iter().filter(|step| step.commands.len() > 1) {
        type_keys(&mut model, &step.number.to_string());
        for _ in 1..step.commands.len() {
            update(&mut model, Msg::Key(Key::Tab));
            assert!(screen(&model).contains("▌  $ "), "step {}: {}", step.number, screen(&model));
        }
    }
}

#[test]
fn a_typed_value_is_in_the_note_with_its_origin() {
    let mut model = play(&format!("{CARD} v enter 7 enter h E"));
    let note = copied(&mut model, "y");
    assert!(note.contains("## Values") && note.contains("- {lamp}: 7 (typed)"), "{note}");
}

#[test]
fn after_the_last_step_both_ends_are_offered() {
    let shown = screen(&play(&format!("{CARD} d d s")));
    let lines: Vec<_> = shown.lines().take(6).collect();
    let said = "No step is left. Choose the one that helped and press w, or E: escalate.";
    assert!(lines.iter().any(|line| line.contains(said)), "above the fold: {shown}");
}

#[test]
fn a_skipped_step_cannot_have_helped() {
    let skipped = play(&format!("{CARD} d d s w"));
    assert_eq!(marks(&skipped).last(), Some(&(3, StepOutcome::Skipped)));
    assert!(screen(&skipped).contains("This step was skipped. Choose the step that helped"), "{}", screen(&skipped));
    assert_eq!(play(&format!("{CARD} d d s 2 w")).context(), KeyContext::Note);
}

#[test]
fn every_section_is_reached_by_its_key_and_by_tab() {
    let mut by_tab = play(CARD);
    let mut seen = String::new();
    for _ in 0..8 {
        update(&mut by_tab, Msg::Key(Key::Tab));
        seen.push_str(&screen(&by_tab));
    }
    for (key, text) in
        [("I", "What you see"), ("W", "no current flows"), ("S", "Error text"), ("X", "Not this if"), ("L", "reviewed")]
    {
        let model = play(&format!("{CARD} {key}"));
        assert!(screen(&model).contains(text) || key == "I", "{key}: {}", screen(&model));
        assert!(!screen(&model).contains("Step 1 of 3"), "{key}: the section takes the place of the steps");
        let folded = play(&format!("{CARD} {key} h"));
        assert!(screen(&folded).contains("Step 1 of 3"), "{key}: the way back folds it first");
        assert_eq!(screen(&play(&format!("{CARD} {key} {key}"))), screen(&play(CARD)), "{key} folds it again");
    }
    assert!(seen.contains("Escalate") && seen.contains("reviewed"), "{seen}");
    update(&mut by_tab, Msg::Key(Key::BackTab));
    assert_eq!(by_tab.context(), KeyContext::Card);
}

#[test]
fn the_command_in_focus_is_copied_with_what_is_empty() {
    let mut model = play(CARD);
    assert_eq!(copied(&mut model, "y"), "grep -F -e {lamp} /var/log/lamps.log");
    let shown = screen(&model);
    assert!(shown.contains("copied: grep -F -e {lamp} /var/log/lamps.log"), "{shown}");
    assert!(shown.contains("still empty: {lamp}"), "{shown}");
    assert!(copied(&mut model, "2 y").starts_with("lamp-switch"), "of the open step");
    assert!(copied(&mut model, "Y").starts_with("# The bulb is burnt out\n"));
}

#[test]
fn the_step_at_hand_is_in_view_at_every_size() {
    for size in [SMALL, USUAL, LARGE, (30, 8), (120, 30)] {
        for keys in ["", "2", "3", "d", "d d s", "W", "L", "tab tab tab", "w", "E"] {
            let mut model = start(size, Theme::default());
            type_keys(&mut model, &format!("{CARD} {keys}"));
            let shown = draw(&model, size).backend().to_string();
            if matches!(keys, "" | "2" | "3" | "d") {
                let number = if keys == "d" {
                    "2"
                } else if keys.is_empty() {
                    "1"
                } else {
                    keys
                };
                assert!(shown.contains(&format!("Step {number} of 3")), "{size:?} {keys}: {shown}");
            }
        }
    }
}

#[test]
fn a_section_that_hides_the_steps_is_folded_before_a_mark() {
    let shown = play(&format!("{CARD} W d"));
    assert_eq!(marks(&shown), []);
    assert!(screen(&shown).contains("Step 1 is shown again. Press d once more to mark it."), "{}", screen(&shown));
    assert_eq!(marks(&play(&format!("{CARD} W d d"))), [(1, StepOutcome::Done)]);
    let mut section = play(&format!("{CARD} W"));
    assert_eq!(type_keys(&mut section, "y"), []);
    assert!(screen(&section).contains("This section has no command."), "{}", screen(&section));
}

#[test]
fn scrolling_takes_the_focus_along() {
    let mut model = incident();
    type_keys(&mut model, "2 pgdn");
    let shown = screen(&model);
    assert!(shown.contains("▌  $ "), "{shown}");
    let marked =
        shown.lines().find(|line| line.contains("▌  $ ")).unwrap().trim_matches(['"', ' ', '▌', '$']).to_owned();
    let copied = copied(&mut model, "y");
    assert!(copied.starts_with(marked.split_whitespace().next().unwrap()), "{copied}: {marked}");
}

#[test]
fn arrows_go_through_the_commands_and_then_the_steps() {
    let mut model = incident();
    let commands = |model: &mut Model| copied(model, "y");
    let first = commands(&mut model);
    type_keys(&mut model, "down");
    let second = commands(&mut model);
    assert!(first != second && screen(&model).contains("Step 1 of "), "{}", screen(&model));
    type_keys(&mut model, "down");
    assert!(screen(&model).contains("Step 2 of "), "{}", screen(&model));
    type_keys(&mut model, "up");
    assert_eq!(commands(&mut model), second, "the last command of the step before");
}

#[test]
fn the_note_quotes_lines_whole_and_has_remarks() {
    let mut model = incident();
    type_keys(&mut model, "a");
    assert_eq!(model.context(), KeyContext::RemarkEntry);
    for letter in "q? all pages since 10:20".chars() {
        update(&mut model, Msg::Key(Key::Char(letter)));
    }
    type_keys(&mut model, "enter");
    assert_eq!(model.context(), KeyContext::Card);
    type_keys(&mut model, "E");
    let note = copied(&mut model, "y");
    assert!(note.contains("## Seen or heard\n\n- q? all pages since 10:20\n"), "{note}");
    let error = std::fs::read_to_string("tests/fixtures/incident/error.log").unwrap();
    let line = error.lines().next().unwrap();
    assert!(note.contains(&format!("```\n{}\n```", line.replace("10.0.20.11", "ip-1"))), "{note}");
    assert!(!note.contains("10.0.20.11") && screen(&model).contains("Replaced: 1 address"), "{note}");
    let note = copied(&mut model, "R y");
    assert!(note.contains(&format!("```\n{line}\n```")), "{note}");
    assert!(note.contains("backend_ip=10.0.20.11"), "the command to see the card again has its values: {note}");
    // The list of answers has the remark, and removes it.
    type_keys(&mut model, "h t");
    assert!(screen(&model).contains("Your remark"), "{}", screen(&model));
}

#[test]
fn a_solved_case_has_one_note_and_says_so_everywhere() {
    let mut model = play(&format!("{CARD} d w h E"));
    let note = copied(&mut model, "y");
    assert!(note.starts_with("# Solved:"), "{note}");
    type_keys(&mut model, "h");
    let farewell = model.farewell().unwrap();
    assert!(farewell.contains("Solved: step 2 helped.") && !farewell.contains("Step 2 of 3"), "{farewell}");
    type_keys(&mut model, "H");
    assert!(screen(&model).contains("Solved: The bulb is burnt out"), "{}", screen(&model));
}

#[test]
fn a_step_names_the_value_that_it_leaves_out_until_it_is_accepted() {
    let mut model = incident();
    let tree = model.shared.session.walk.as_ref().unwrap().tree().clone();
    let card = tree.find_card("health-check-connection-failed").unwrap();
    let steps = model.shared.session.card_outline(&tree, card).steps;
    let step = steps.iter().find(|step| !step.unaccepted.is_empty()).expect("a change needs a value of the traffic");
    let name = step.unaccepted.first().unwrap().clone();
    let number = step.number;
    type_keys(&mut model, &format!("{number} pgdn"));
    type_keys(&mut model, "v");
    assert!(screen(&model).contains("not accepted"), "{}", screen(&model));
    for _ in 0..20 {
        if screen(&model).lines().any(|line| line.contains('▌') && line.contains(&format!("{name}:"))) {
            break;
        }
        type_keys(&mut model, "down");
    }
    type_keys(&mut model, "A");
    let steps = model.shared.session.card_outline(&tree, card).steps;
    let step = steps.iter().find(|step| step.number == number).unwrap();
    assert!(!step.unaccepted.contains(&name), "{:?}", step.unaccepted);
}
