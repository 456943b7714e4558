//! Reads facts about the terminal from environment variables.

/// Facts about the terminal that [`run`](super::run) needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Whether the terminal is at the far end of a network.
    ///
    /// If so, the bytes of one key may come with pauses between them.
    pub over_ssh: bool,
    /// Whether the program runs in tmux, which intercepts the clipboard.
    pub in_tmux: bool,
    /// Whether the terminal reports the wheel of the mouse.
    pub has_wheel: bool,
    /// Whether the program is told of pauses between keys.
    pub tells_pause: bool,
    /// Columns and rows for a terminal that does not know its size.
    pub fallback_size: Option<(u16, u16)>,
}

impl TerminalOptions {
    /// Reads the options from environment variables.
    pub fn from_env(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let number = |name: &str| variable(name)?.trim().parse::<u16>().ok().filter(|number| *number > 0);
        Self {
            over_ssh: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
            in_tmux: is_set("TMUX"),
            has_wheel: false,
            tells_pause: false,
            fallback_size: number("COLUMNS").zip(number("LINES")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(variables: &[(&str, &str)]) -> TerminalOptions {
        TerminalOptions::from_env(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_means_the_defaults() {
        assert_eq!(options(&[]), TerminalOptions::default());
        assert_eq!(options(&[("SSH_CONNECTION", ""), ("TMUX", "")]), TerminalOptions::default());
    }

    #[test]
    fn the_variables_are_read() {
        assert!(options(&[("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22")]).over_ssh);
        assert!(options(&[("SSH_TTY", "/dev/pts/3")]).over_ssh);
        assert!(options(&[("TMUX", "/tmp/tmux-0/default,1,0")]).in_tmux);
        assert_eq!(options(&[("COLUMNS", "132"), ("LINES", " 43 ")]).fallback_size, Some((132, 43)));
    }

    #[test]
    fn a_size_that_makes_no_sense_is_no_size() {
        for (columns, lines) in [("0", "24"), ("80", "0"), ("80", ""), ("wide", "24"), ("-1", "24"), ("99999", "24")] {
            assert_eq!(options(&[("COLUMNS", columns), ("LINES", lines)]).fallback_size, None, "{columns} {lines}");
        }
        assert_eq!(options(&[("COLUMNS", "80")]).fallback_size, None);
    }
}
