//! Tests the checks of samples, golden cases, separation and unwritten texts.

use wherefore::internals::tree::{Code, Folder};

use super::fixture_folder::{codes, edit, lamp, problems_in, put, render};
use super::{BULB, CASE};

/// The sample of the lamp's only pattern of an option.
const SAMPLED: &str = r#"{"text": "all lamps are dark", "samples": ["10:20 all lamps are dark"]}"#;
/// The golden case of the bulb.
const BULB_CASE: &str = "cases/one-dark.json";

fn found(folder: &Folder) -> Vec<Code> {
    codes(&problems_in(folder))
}

/// Returns the lamp with a second card at the bulb's leaf.
fn two_cards(not_this_if: &str) -> Folder {
    let mut folder = lamp();
    let loose = r#"{
      "title": "The bulb is loose", "about": "It has no contact.", "likelihood": "common", "symptoms": ["It is dark."],
      "causes": [{"id": "turned", "text": "It was turned."}], "docs": [{"title": "Bulbs", "url": "https://a.dev/"}],
      "remedies": [{"id": "turn", "do": "Turn it.", "fixes": ["turned"], "effect": "observe", "takes": "seconds",
        "verify": "There is light."}],
      NOT_THIS_IF "source": "made up", "reviewed": "2026-01-15"
    }"#;
    put(&mut folder, "cards/bulb-loose.json", loose.replace("NOT_THIS_IF", not_this_if));
    edit(&mut folder, "tree.json", r#"{"card": "bulb-burnt-out"}"#, r#"{"cards": ["bulb-burnt-out", "bulb-loose"]}"#);
    let case = r#"{"about": "Both.", "answers": [["others", "bright"]], "ends": "shortlist", "cards": ["bulb-burnt-out", "bulb-loose"]}"#;
    put(&mut folder, BULB_CASE, case);
    folder
}

#[test]
fn samples_of_patterns_are_checked_wherever_they_stand() {
    for (samples, code) in [
        (r#""samples": ["all lamps are bright"]"#, Code::SampleNotMatched),
        (r#""samples": ["all lamps are dark"], "never": ["now all lamps are dark too"]"#, Code::NeverMatched),
    ] {
        let pattern = format!(r#"{{"text": "all lamps are dark", {samples}}}"#);
        let mut folder = lamp();
        edit(&mut folder, "tree.json", SAMPLED, &pattern);
        assert_eq!(found(&folder), [code], "an option: {samples}");
        for list in ["harmless", "foreign"] {
            let mut folder = lamp();
            edit(&mut folder, "tree.json", r#""start": {"#, &format!(r#""{list}": [{pattern}], "start": {{"#));
            // A foreign line proves nothing, and the option has its own sample.
            assert_eq!(found(&folder), [code], "{list}: {samples}");
        }
    }
}

#[test]
fn any_line_of_a_system_is_a_sample_of_an_option() {
    let bare = r#"{"text": "all lamps are dark"}"#;
    let mut folder = lamp();
    edit(&mut folder, "tree.json", SAMPLED, bare);
    assert_eq!(found(&folder), [Code::UnsampledPattern]);
    let mut by_case = folder.clone();
    edit(&mut by_case, CASE, r#""answers": [["others", "dark"]]"#, r#""evidence": ["all lamps are dark"]"#);
    assert_eq!(found(&by_case), []);
    let mut by_print = folder.clone();
    edit(
        &mut by_print,
        "tree.json",
        r#""takes": "seconds","#,
        r#""takes": "seconds", "prints": {"dark": ["all lamps are dark"]},"#,
    );
    assert_eq!(found(&by_print), []);
    // Records may be asked for by fields that no sample has.
    let mut fields = folder;
    edit(&mut fields, "tree.json", bare, r#"{"fields": {"lamps": "dark"}}"#);
    assert_eq!(found(&fields), []);
}

#[test]
fn cards_at_the_same_leaves_say_how_to_tell_them_apart() {
    assert_eq!(found(&two_cards("")), [Code::UnseparatedCards]);
    let sign = r#""not_this_if": [{"sign": "Its glass is black.", "card": "bulb-burnt-out"}],"#;
    assert_eq!(found(&two_cards(sign)), []);
    // One of the two has a leaf of its own, so an answer leads to it without the other.
    let mut folder = two_cards("");
    edit(&mut folder, "tree.json", r#"{"card": "fuse-blown"}"#, r#"{"cards": ["fuse-blown", "bulb-loose"]}"#);
    put(
        &mut folder,
        CASE,
        r#"{"about": "Dark.", "answers": [["others", "dark"]], "ends": "shortlist", "cards": ["fuse-blown"]}"#,
    );
    assert_eq!(found(&folder), [], "{}", render(&problems_in(&folder)));
}

#[test]
fn todo_in_the_words_of_a_system_is_none_of_the_authors() {
    for (old, new, is_own) in [
        ("Its wire is broken.", "TODO", true),
        ("One lamp is dark.", "Look (TODO: where).", true),
        ("Change the bulb.", "Change the bulb. TODOS", false),
        ("bulb seven has no resistance", "TODO: bulb seven", false),
    ] {
        let mut folder = lamp();
        edit(&mut folder, BULB, old, new);
        let expected: &[Code] = if is_own { &[Code::TodoText] } else { &[] };
        assert_eq!(found(&folder), expected, "{new}");
    }
}
