//! Tests that every shell reads a filled value as one word.

use std::path::Path;

use wherefore::internals::text;

use super::{SHELLS, filled, programs, run, values};

/// Places of a placeholder, with the text around its value.
///
/// All of it is one word.
const PLACES: [(&str, &str, &str); 6] = [
    ("{x}", "", ""),
    ("'Host: {x}'", "Host: ", ""),
    ("\"log {x} end\"", "log ", " end"),
    ("before{x}", "before", ""),
    ("before{x}after", "before", "after"),
    ("'a b'{x}\"c\"", "a b", "c"),
];

#[test]
fn every_shell_reads_a_value_as_the_same_word() {
    // The history of bash is switched on, because `!` acts only where there is one.
    let history = ("bash", "set -o history\nset -H\ntrue canary\n");
    for (shell, before) in SHELLS.iter().map(|(name, _)| (*name, "")).chain([history]) {
        let Some(program) = programs::find(shell) else { continue };
        let arguments = SHELLS.iter().find(|(name, _)| *name == shell).unwrap().1;
        let folder = tempfile::tempdir().unwrap();
        let mut script = before.to_owned();
        let mut expected = Vec::new();
        for value in values::to_try(values::HOSTILE.len()) {
            for (place, before, after) in PLACES {
                script.push_str(&filled(&format!("printf '%s\\0' {place}"), &value));
                script.push('\n');
                expected.push(format!("{before}{}{after}", text::clean_line(&value)));
            }
        }
        let output = run((&program, arguments), folder.path(), Path::new("/nowhere"), &script);
        let printed = String::from_utf8(output.stdout).unwrap();
        let read: Vec<&str> = printed.split_terminator('\0').collect();
        for (at, (read, expected)) in read.iter().zip(&expected).enumerate() {
            assert_eq!(read, expected, "{shell}, word {at}");
        }
        assert_eq!(read.len(), expected.len(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
