//! Shows long output page by page, as git does.
//!
//! No crate fits: `pager` and `pager2` replace the process by the pager, so the exit code is no longer the command's.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::text;

/// The pager if none is named.
const USUAL: &str = "less";

/// Options for less, if the user has none in `LESS`.
///
/// It quits if everything fits, shows colors, and leaves the text on the terminal. They are git's.
const LESS: &str = "FRX";

/// Exit codes of a shell that could not start a command.
const NOT_STARTED: [i32; 2] = [126, 127];

/// A program that shows text page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pager {
    /// The command that the user named, for a shell.
    named: Option<String>,
    has_options: bool,
}

impl Pager {
    /// Returns the pager that the environment names, or less.
    ///
    /// Returns `None` if the name is empty or `cat`. `variable` returns the value of a variable that is set.
    pub(super) fn named<'v>(variable: impl Fn(&str) -> Option<&'v str>) -> Option<Self> {
        let named = variable("WHEREFORE_PAGER").or_else(|| variable("PAGER")).map(str::trim);
        let is_wanted = !matches!(named, Some("" | "cat"));
        let has_options = variable("LESS").is_some();
        is_wanted.then(|| Self { named: named.map(str::to_owned), has_options })
    }

    /// Shows a text, and waits for the end of the pager.
    ///
    /// Returns whether there was a pager. A user who leaves it early has seen enough.
    pub(super) fn show(&self, text: &str) -> bool {
        leave_interrupts_to_pager();
        let Ok(mut child) = self.command().stdin(Stdio::piped()).spawn() else { return false };
        if let Some(mut input) = child.stdin.take() {
            // Fails if the pager is left before its end.
            let _ = input.write_all(text.as_bytes());
        }
        let code = child.wait().ok().and_then(|status| status.code());
        !code.is_some_and(|code| NOT_STARTED.contains(&code))
    }

    fn command(&self) -> Command {
        let mut command = match &self.named {
            None => Command::new(USUAL),
            Some(named) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", named]);
                shell
            }
        };
        if !self.has_options {
            command.env("LESS", LESS);
        }
        command
    }
}

/// Returns whether a text needs more rows than a terminal has.
///
/// One row is for the prompt of the shell. `size` is in columns and rows.
pub(super) fn is_longer(text: &str, (columns, rows): (u16, u16)) -> bool {
    let columns = usize::from(columns).max(1);
    let needed: usize = text.lines().map(|line| text::width(line).div_ceil(columns).max(1)).sum();
    needed >= usize::from(rows)
}

/// Leaves Ctrl-C to the pager.
///
/// It reaches both programs; without a handler it would end this one, and the shell would share the terminal with the pager.
#[cfg(unix)]
fn leave_interrupts_to_pager() {
    use signal_hook::consts::{SIGINT, SIGQUIT};
    for signal in [SIGINT, SIGQUIT] {
        // Fails only for signals that no program may handle.
        let _ = signal_hook::flag::register(signal, std::sync::Arc::default());
    }
}

#[cfg(not(unix))]
fn leave_interrupts_to_pager() {}

#[cfg(test)]
mod tests {
    use super::*;

    fn pager(variables: &[(&str, &'static str)]) -> Option<Pager> {
        Pager::named(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
    }

    #[test]
    fn the_first_variable_that_is_set_names_the_pager() {
        let named = |variables: &[(&str, &'static str)]| pager(variables).map(|pager| pager.named);
        assert_eq!(named(&[]), Some(None));
        assert_eq!(named(&[("PAGER", "more")]), Some(Some("more".to_owned())));
        assert_eq!(named(&[("PAGER", "more"), ("WHEREFORE_PAGER", "bat -p")]), Some(Some("bat -p".to_owned())));
        for none in ["", "cat", " "] {
            assert_eq!(named(&[("PAGER", "more"), ("WHEREFORE_PAGER", none)]), None, "{none:?}");
            assert_eq!(named(&[("PAGER", none)]), None, "{none:?}");
        }
    }

    #[test]
    fn options_of_less_are_set_only_if_the_user_has_none() {
        for (variables, expected) in [(&[][..], Some("FRX")), (&[("LESS", "i")], None), (&[("LESS", "")], None)] {
            let command = pager(variables).unwrap().command();
            let set = command.get_envs().find(|(name, _)| *name == "LESS").and_then(|(_, value)| value);
            assert_eq!(set.and_then(std::ffi::OsStr::to_str), expected, "{variables:?}");
        }
    }

    #[test]
    fn a_text_is_longer_if_its_rows_leave_none_for_the_prompt() {
        for (text, size, expected) in [
            ("one\ntwo\n", (80, 3), false),
            ("one\ntwo\nthree\n", (80, 3), true),
            ("1234567890\n", (5, 3), false),
            ("12345678901\n", (5, 3), true),
            ("\n\n\n", (80, 3), true),
            ("", (0, 0), true),
        ] {
            assert_eq!(is_longer(text, size), expected, "{text:?} {size:?}");
        }
    }
}
