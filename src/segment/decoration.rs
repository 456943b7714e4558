//! Knows what tools draw around the lines of a message.

/// The sign before each line of a framed message.
pub const MARGIN: &str = "│";

/// Skips escapes for colors at the beginning of a line.
///
/// Example: `\x1b[31m`.
pub fn without_colors(line: &[u8]) -> &[u8] {
    let mut rest = line;
    while let Some(sequence) = rest.strip_prefix(b"\x1b[") {
        let Some(end) = sequence.iter().position(|byte| !byte.is_ascii_digit() && *byte != b';') else { break };
        let Some((b'm', after)) = sequence.get(end..).and_then(<[u8]>::split_first) else { break };
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_skipped_and_other_escapes_are_not() {
        for (line, rest) in [
            ("\x1b[31m\x1b[1;4mError", "Error"),
            ("\x1b[mx", "x"),
            ("\x1b[31", "\x1b[31"),
            ("\x1b[2Jx", "\x1b[2Jx"),
            ("x\x1b[31m", "x\x1b[31m"),
        ] {
            assert_eq!(without_colors(line.as_bytes()), rest.as_bytes(), "{line:?}");
        }
    }
}
