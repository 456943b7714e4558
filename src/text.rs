//! The one door for text from outside.
//!
//! Log lines, pasted text, arguments and the trees of a user pass `clean`, and can then be shown, printed or written
//! without acting on the terminal. Layout stands beside it, because it depends on the text alone: its width, and where
//! it breaks.

mod ascii;
mod clean;
mod clean_text;
mod field_name;
mod layout;

pub use ascii::ascii;
pub use clean::{clean, clean_line, fold_space, is_folded_ascii, line_ends};
pub use clean_text::CleanText;
pub use field_name::{fold_name, fold_name_onto};
pub use layout::{cut, end_that_fits, first_sentence, fit, width, wrap, wrap_words};

/// Formats a number of bytes in decimal units.
///
/// The results look like `987 bytes`, `12 kB` and `3.4 GB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    // A number that would round up to 1000 of a unit is 1 of the next unit.
    let unit = UNITS.into_iter().find(|(unit, _)| bytes.saturating_add(unit / 2000) >= *unit);
    let Some((unit, name)) = unit else {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    };
    let tenths = (u128::from(bytes) * 10 + u128::from(unit / 2)) / u128::from(unit);
    match tenths {
        0..100 if tenths % 10 != 0 => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", (u128::from(bytes) + u128::from(unit / 2)) / u128::from(unit)),
    }
}

/// Formats a number with its noun, singular or plural.
///
/// The results look like `1 cause` and `2 causes`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The longest name that is compared with others, in bytes.
///
/// Time and memory of the comparison grow with the product of both lengths.
const LONGEST_NAME: usize = 80;

/// Returns the known word that was probably meant by `written`.
///
/// It is spelled almost the same, or has `written` as a part.
pub fn did_you_mean<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > LONGEST_NAME {
        return None;
    }
    // Shorter texts are a part of too many words, in bytes.
    const PART: usize = 4;
    let written = written.to_lowercase();
    let known: Vec<&str> = known.into_iter().filter(|word| word.len() <= LONGEST_NAME).collect();
    let near = near_name(&written, known.iter().copied());
    let has_part = |word: &&str| written.len() >= PART && word.to_lowercase().contains(&written);
    let begins_so = |word: &&str| has_part(word) && word.to_lowercase().starts_with(&written);
    near.or_else(|| known.iter().copied().find(begins_so)).or_else(|| known.iter().copied().find(has_part))
}

/// Returns the known word that is spelled almost as `written`.
pub fn near_name<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_lowercase();
    if written.len() > LONGEST_NAME {
        return None;
    }
    let limit = (written.chars().count() / 3).max(1);
    let known = known.into_iter().filter(|word| word.len() <= LONGEST_NAME);
    known
        .map(|word| (strsim::damerau_levenshtein(&written, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let known = ["card", "cards", "ask", "then"];
        assert_eq!(did_you_mean("crad", known), Some("card"));
        assert_eq!(did_you_mean("Ask", known), Some("ask"));
        assert_eq!(did_you_mean("zebra", known), None);
        assert_eq!(did_you_mean("gateway", ["bad-gateway", "page"]), Some("bad-gateway"));
        assert_eq!(did_you_mean("gateway", ["bad-gateway", "gateway-timeout"]), Some("gateway-timeout"));
    }

    #[test]
    fn sizes_are_round() {
        let cases = [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_250, "1.3 kB"),
            (9_949, "9.9 kB"),
            (9_960, "10 kB"),
            (123_456, "123 kB"),
            (999_999, "1 MB"),
            (999_999_999, "1 GB"),
            (2_500_000_000_000, "2.5 TB"),
        ];
        for (bytes, said) in cases {
            assert_eq!(size(bytes), said);
        }
    }
}
