//! Bounds text that is copied.
//!
//! It is whole if it fits, else cut where a line ends, and its last line says so.

use crate::export::command::CommandText;
use crate::text;

/// The most bytes that are sent to a terminal's clipboard.
///
/// Far more than a card, and no more than a pipe on Linux takes without waiting for its reader.
pub const LONGEST: usize = 64 * 1024;

/// The last line of a text that was cut.
const CUT: &str = "\n*(cut to 64 KiB; wherefore show prints all of it)*\n";

/// Begins and ends a block of commands.
const FENCE: &str = "```";

/// Cuts Markdown that is longer than [`LONGEST`]. Returns the text and whether it was cut.
///
/// The cut is at the end of a line, and before a block of commands that would not be whole.
pub fn markdown(text: String) -> (String, bool) {
    if text.len() <= LONGEST {
        return (text, false);
    }
    let (mut kept, mut open_block) = (0, None);
    for line in text.split_inclusive('\n') {
        let end = kept + line.len();
        if end + CUT.len() > LONGEST {
            break;
        }
        if line.starts_with(FENCE) {
            open_block = match open_block {
                None => Some(kept),
                Some(_) => None,
            };
        }
        kept = end;
    }
    let kept = text.get(..open_block.unwrap_or(kept)).unwrap_or_default();
    (format!("{}\n{CUT}", kept.trim_end()), true)
}

/// Returns a command to copy, and what to say of it.
///
/// It is one line. The text that is said fits into so many columns, and names the placeholders that are empty.
///
/// # Errors
///
/// An explanation if the command is too long: half of a command may do something else than the whole.
pub fn command(command: &CommandText, columns: usize) -> Result<(String, String), &'static str> {
    let run = text::clean_line(&command.to_string());
    if run.len() > LONGEST {
        return Err("The command is too long to be copied; wherefore show --command prints it.");
    }
    let lead = "copied: ";
    let mut said = format!("{lead}{}", text::fit(&run, columns.saturating_sub(lead.len() + 2), "..."));
    let empty: Vec<_> = command.empty_placeholders().into_iter().map(|name| format!("{{{name}}}")).collect();
    if !empty.is_empty() {
        said.push_str(&format!(" (still empty: {})", empty.join(", ")));
    }
    Ok((run, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::command::CommandPart;

    fn cut(text: &str) -> String {
        let (cut, is_cut) = markdown(text.to_owned());
        assert!(is_cut && cut.len() <= LONGEST, "{}", cut.len());
        cut.strip_suffix(CUT).unwrap().to_owned()
    }

    fn command_of(parts: &[CommandPart]) -> CommandText {
        CommandText { parts: parts.to_vec() }
    }

    #[test]
    fn a_command_is_one_line_and_its_empty_placeholders_are_named() {
        let (literal, empty) =
            (|text: &str| CommandPart::Literal(text.to_owned()), |name: &str| CommandPart::Empty(name.to_owned()));
        let filled = CommandPart::Filled("10.0.20.11".to_owned());
        let whole = command_of(&[literal("nc -zvw3 "), filled, literal(" 8080")]);
        let expected = ("nc -zvw3 10.0.20.11 8080".to_owned(), "copied: nc -zvw3 10.0.20.11 8080".to_owned());
        assert_eq!(command(&whole, 80), Ok(expected));
        let holes = command_of(&[literal("nc "), empty("host"), literal(" "), empty("port"), empty("host")]);
        let (run, said) = command(&holes, 20).unwrap();
        assert_eq!(run, "nc {host} {port}{host}");
        assert_eq!(said, "copied: nc {hos... (still empty: {host}, {port})");
        let two_lines = command_of(&[literal("echo a\n"), literal("rm b")]);
        assert_eq!(command(&two_lines, 80).unwrap().0, "echo a rm b");
        assert!(command(&command_of(&[literal(&"x".repeat(LONGEST + 1))]), 80).is_err());
    }

    #[test]
    fn what_fits_is_whole() {
        for length in [0, 1, LONGEST - 1, LONGEST] {
            assert_eq!(markdown("x".repeat(length)), ("x".repeat(length), false));
        }
    }

    #[test]
    fn a_text_is_cut_where_a_line_or_a_block_ends() {
        let line = "a line of some words\n";
        let lines = line.repeat(LONGEST / line.len() + 1);
        let kept = cut(&lines);
        assert!(
            lines.starts_with(&kept) && kept.ends_with("words\n") && kept.len() + 2 * line.len() + CUT.len() > LONGEST
        );
        let block = format!("{FENCE}sh\n{}{FENCE}\n\n", "one\n".repeat(10));
        let whole = format!("# Title\n\n{block}");
        assert_eq!(cut(&format!("{whole}{FENCE}sh\n{}\n{FENCE}\n", "x".repeat(LONGEST))).trim_end(), whole.trim_end());
        assert_eq!(cut(&format!("{whole}{FENCE}sh\n{lines}{FENCE}\n")).trim_end(), whole.trim_end());
        assert_eq!(cut(&format!("é{}", "é".repeat(LONGEST))), "\n");
    }
}
