//! Problems of log formats: each is found at its place, with help.

use std::sync::Arc;

use wherefore::internals::prove::prove;
use wherefore::internals::tree::{Code, load};

use super::folder::{codes_and_messages, lamp, put};

/// Makes a format with a line, fields of trouble, and `never` lines.
fn format(line: &str, trouble: &str, never: &str) -> String {
    format!(
        r#"{{"title": "Dimmer log", "line": {line}, "trouble": {trouble}, "samples": ["dimmer 7 at 80%"], "never": {never}}}"#
    )
}

#[test]
fn what_is_wrong_with_a_log_format_is_said() {
    let sound = r#""dimmer {lamp:number} at {level:number}%""#;
    let cases = [
        (format(r#""dimmer {lamp:number at 80%""#, "[]", "[]"), Code::BadFormat, "alone"),
        (format(r#""dimmer {lamp:numeral} at 80%""#, "[]", "[]"), Code::BadFormat, "not a kind"),
        (format(r#""dimmer {lamp} at 80%""#, "[]", "[]"), Code::BadFormat, "what kind"),
        (format(r#""dimmer {lamp:number} at {Lamp:number}%""#, "[]", "[]"), Code::BadFormat, "two fields"),
        (format(r#""dimmer {at:time %Q}""#, "[]", "[]"), Code::BadFormat, "%Q"),
        (format("[]", "[]", "[]"), Code::BadFormat, "nothing in this"),
        (format(r#"["dimmer ", {"perhaps": "x"}]"#, "[]", "[]"), Code::UnknownField, "perhaps"),
        (format(r#""dimmer {a:rest} at {b:rest}""#, "[]", "[]"), Code::AmbiguousFormat, "rest of the line"),
        (format(r#""dimmer {a:text}{b:text}%""#, "[]", "[]"), Code::AmbiguousFormat, "where `a` ends"),
        (
            format(r#"["dimmer {a:word}", {"optional": "{b:word}"}]"#, "[]", "[]"),
            Code::AmbiguousFormat,
            "where `a` ends",
        ),
        (format(r#""{a:word} {b:word} {c:word} {d:word}""#, "[]", "[]"), Code::AmbiguousFormat, "fits any line"),
        (format(r#""dimmer {lamp:number} off""#, "[]", "[]"), Code::SampleNotMatched, "does not read its own sample"),
        (format(sound, "[]", r#"["dimmer 8 at 90%"]"#), Code::NeverMatched, "must never read"),
        (format(sound, r#"{"levl": "0"}"#, "[]"), Code::BadFormat, "`levl`"),
        (format(sound, r#"{"level": {"at_least": "x"}}"#, "[]"), Code::BadValue, "not a quantity"),
        (format(sound, "{}", "[]"), Code::BadPattern, "every line is trouble"),
        (
            r#"{"title": "Dimmer log", "line": "dimmer {lamp:number}", "samples": []}"#.into(),
            Code::MissingField,
            "sample",
        ),
    ];
    for (json, code, words) in cases {
        let mut folder = lamp();
        put(&mut folder, "formats/dimmer.json", &json);
        let loaded = load(&folder);
        let mut problems = loaded.problems;
        problems.extend(loaded.tree.map(|tree| prove(&Arc::new(tree)).1).unwrap_or_default());
        let found = problems.iter().find(|problem| problem.code == code && problem.message.contains(words));
        let found = found.unwrap_or_else(|| panic!("{json}: {}", codes_and_messages(&problems)));
        assert!(found.place.is_some() && !found.help.is_empty(), "{json}");
    }
    let mut folder = lamp();
    put(&mut folder, "formats/dimmer.json", &format(sound, r#"{"level": "0"}"#, r#"["dimmer 8 is gone"]"#));
    let loaded = load(&folder);
    assert_eq!(loaded.problems, []);
    assert_eq!(prove(&Arc::new(loaded.tree.unwrap())).1, []);
}
