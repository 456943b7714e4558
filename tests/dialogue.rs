//! Tests that the dialogue in lines can be followed by ear.
//!
//! A person who hears it knows the last lines: they must say where one is and what can be typed.

use std::sync::Arc;

use wherefore::internals::app::plain::{Dialogue, Reply};
use wherefore::internals::store::Library;
use wherefore::internals::text;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Step, Walk};

/// Lines that a listener remembers.
const HEARD: usize = 10;

fn trees() -> Vec<Arc<Tree>> {
    Library::embedded().trees
}

fn load_balancer() -> Dialogue {
    Dialogue::new(trees(), Some(Walk::new(crate::embedded_trees::load_balancer())))
}

/// Types a line; returns all that is printed about it.
fn typed(dialogue: &mut Dialogue, line: &str) -> String {
    let (said, reply) = dialogue.reply(line);
    if reply == Reply::Next { format!("{said}{}", dialogue.prompt()) } else { said }
}

/// Returns the last lines of a reply as one text.
fn heard(told: &str) -> String {
    let lines: Vec<&str> = told.lines().collect();
    folded(&lines[lines.len().saturating_sub(HEARD)..].join(" "))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of a dialogue that visits every place.
///
/// Each has what the end of its reply must say.
const SCRIPT: &[(&str, &str)] = &[
    ("?", "Which system?"),
    ("more", "Which system?"),
    ("3", "What did you notice first? Type 1 to 9"),
    ("why", "What did you notice first? Type 1 to 9"),
    ("1", "Type 1 to"),
    ("u", "Type 1 to"),
    ("h", "Type 1 to"),
    ("", "Type 1 to"),
    ("77", "Type 1 to"),
    ("t", "r and a number to remove one"),
    ("1", "Type 1 to"),
    ("h", "Type 1 to"),
    ("e", "There is no evidence yet"),
    ("c", "Cards: 1 to"),
    ("h", "Type 1 to"),
    ("m", "Type 1 to"),
    ("no healthy backends", "Results for \"no healthy backends\": 1 to"),
    ("1", "h back"),
    ("h", "Results for \"no healthy backends\""),
    ("h", "Type 1 to"),
    ("502", "Results for \"502\": 1 to"),
    ("H", "Which system? Type 1 to"),
    ("h", "Type 1 to"),
    ("paste", "End with a line that contains only a dot"),
];

#[test]
fn the_last_lines_of_every_reply_say_where_one_is_and_what_can_be_typed() {
    let mut dialogue = Dialogue::new(trees(), None);
    let told = dialogue.prompt();
    assert!(heard(&told).contains("Which system? Type 1 to 5"), "{told}");
    for (line, expected) in SCRIPT {
        let told = typed(&mut dialogue, line);
        assert!(told.ends_with("> "), "{line:?} has no prompt: {told}");
        assert!(heard(&told).contains(expected), "{line:?} ends without {expected:?}:\n{told}");
    }
    assert_eq!(typed(&mut dialogue, "a line of a paste"), "");
    let told = typed(&mut dialogue, ".");
    assert!(told.ends_with("> "), "{told}");
}

/// Returns a dialogue that is at the card of a timeout.
fn at_card() -> (Dialogue, String) {
    let mut dialogue = load_balancer();
    dialogue.prompt();
    let told = typed(&mut dialogue, "no response from any backend in time");
    assert!(told.contains("1. 504: no response from any backend in time"), "{told}");
    let told = typed(&mut dialogue, "1");
    (dialogue, told)
}

#[test]
fn a_card_is_title_verdict_step_and_prompt_and_words_give_the_rest() {
    let (mut dialogue, told) = at_card();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "504: no response from any backend in time", "{told}");
    assert!(lines.len() <= 30, "{} lines:\n{told}", lines.len());
    assert!(told.contains("\nStep 1 of ") && !told.contains("\nStep 2 of ") && !told.contains("Why:"), "{told}");
    assert!(heard(&told).contains("\"504: no response from any backend in time\", step 1 of"), "{told}");
    for (word, expected) in [
        ("why", "Why:"),
        ("steps", "2. "),
        ("links", "Links:"),
        ("all", "Escalate if:"),
        ("E", "To escalate: 504"),
        ("note", "# To escalate: 504"),
        ("Y", "# 504: no response"),
    ] {
        let told = typed(&mut dialogue, word);
        assert!(told.contains(expected), "{word}: {told}");
        assert!(heard(&told).contains("step 1 of"), "{word}: {told}");
    }
    let mut parts = String::new();
    for _ in 0..4 {
        parts += &typed(&mut dialogue, "more");
    }
    assert!(typed(&mut dialogue, "more").contains("That is all about this card."));
    for expected in ["Is it this?", "Why:", "Steps:", "Error text:", "Escalate:", "Links:"] {
        assert!(parts.contains(expected), "{expected} is in no part: {parts}");
    }
}

#[test]
fn steps_keep_their_numbers_and_letters_mark_them() {
    let (mut dialogue, _) = at_card();
    for (line, expected) in [
        ("2", "Step 2 of"),
        ("1", "Step 1 of"),
        ("x", "Step 1 did not help. Next: step 2 of"),
        ("d", "Step 2 is done. Next: step 3 of"),
        ("s", "Step 3 is skipped."),
    ] {
        let told = typed(&mut dialogue, line);
        assert!(folded(&told).contains(expected), "{line}: {told}");
    }
    let steps = typed(&mut dialogue, "steps");
    let steps = folded(&steps);
    assert!(steps.contains("did not help)") && steps.contains("done)") && steps.contains("skipped)"), "{steps}");
    let told = typed(&mut dialogue, "99");
    assert!(told.contains("There is no entry 99 here."), "{told}");
}

#[test]
fn a_command_is_printed_on_a_line_of_its_own() {
    let (mut dialogue, _) = at_card();
    let told = typed(&mut dialogue, "2");
    let command = told.lines().find_map(|line| line.strip_prefix("  $ "));
    let command = command.unwrap_or_else(|| panic!("step 2 has a command: {told}")).to_owned();
    let told = typed(&mut dialogue, "y");
    assert!(told.lines().any(|line| line == command), "{told}");
}

#[test]
fn a_question_is_told_whole_once_and_in_short_after_that() {
    let mut dialogue = load_balancer();
    let first = dialogue.prompt();
    assert!(first.contains("Why: ") && first.contains("How to find out"), "{first}");
    typed(&mut dialogue, "1");
    let again = typed(&mut dialogue, "h");
    assert!(again.contains("What did you notice first?"), "{again}");
    assert!(!again.contains("Why: ") && !again.contains("How to find out"), "{again}");
    assert!(again.lines().count() <= 20, "{again}");
    let more = typed(&mut dialogue, "more");
    assert!(more.contains("Why: ") && more.contains("How to find out"), "{more}");
}

#[test]
fn what_is_no_command_is_searched_and_a_number_only_if_it_may_be_a_code() {
    for (line, expected) in [
        ("502", "for \"502\":"),
        ("no healthy backends", "for \"no healthy backends\":"),
        ("all backends are down", "for \"all backends are down\""),
        ("why does the backend answer 504", "\"why does the backend answer 504\""),
        ("/n", "\"n\""),
        ("12", "There is no entry 12 here."),
        ("j", "\"j\" is not a command here."),
    ] {
        let told = typed(&mut load_balancer(), line);
        assert!(folded(&told).contains(expected), "{line}: {told}");
    }
}

#[test]
fn lines_are_wrapped_at_the_width_and_never_inside_a_word_or_command() {
    for width in [40, 80, 132] {
        let mut dialogue = load_balancer().with_width(width);
        let mut told = dialogue.prompt();
        for line in ["1", "h", "/504", "1", "all", "steps", "h", "?", "t"] {
            told += &typed(&mut dialogue, line);
        }
        let longer: Vec<&str> = told
            .lines()
            .filter(|line| text::width(line) > width && line.trim().contains(' '))
            .filter(|line| !line.trim_start().starts_with("$ "))
            .collect();
        assert!(longer.is_empty(), "{width}: {longer:#?}");
    }
}

#[test]
fn no_line_is_in_capitals() {
    let mut dialogue = load_balancer();
    let mut told = dialogue.prompt();
    for line in ["/504", "1", "all", "E", "steps"] {
        told += &typed(&mut dialogue, line);
    }
    let shouted = |line: &&str| line.ends_with(':') && line.len() > 4 && !line.chars().any(char::is_lowercase);
    assert_eq!(told.lines().find(shouted), None);
}

#[test]
fn a_case_is_left_for_home_and_continued() {
    let mut dialogue = load_balancer();
    typed(&mut dialogue, "1");
    let told = typed(&mut dialogue, "H");
    assert!(told.contains("6. Continue: "), "{told}");
    typed(&mut dialogue, "2");
    assert_eq!(dialogue.tree().unwrap().id, "nginx");
    let told = typed(&mut dialogue, "H");
    assert!(told.contains("6. Continue: "), "{told}");
    typed(&mut dialogue, "6");
    assert_eq!(dialogue.tree().unwrap().id, "oci-load-balancer");
    assert!(matches!(dialogue.walk().unwrap().position().step, Step::Ask(_)));
}
