//! Bounds text that is copied.
//!
//! It is whole if it fits, else cut where a line ends, and its last line says so.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let (cut, is_cut) = markdown(text.to_owned());
        assert!(is_cut && cut.len() <= LONGEST, "{}", cut.len());
        cut.strip_suffix(CUT).unwrap().to_owned()
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
