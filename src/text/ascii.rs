//! Spells text in ASCII, for terminals without other characters.

use unicode_normalization::UnicodeNormalization;

/// Spells a text in ASCII.
///
/// The program's own symbols have a spelling, letters lose their accents, and every other character becomes `?`.
pub fn ascii(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '…' => spelled.push_str("..."),
            '·' | '•' | '–' | '—' | '─' | '━' => spelled.push('-'),
            '›' | '→' | '❯' => spelled.push('>'),
            '←' => spelled.push('<'),
            '’' | '‘' => spelled.push('\''),
            '“' | '”' => spelled.push('"'),
            '│' | '▌' => spelled.push('|'),
            '÷' => spelled.push('/'),
            '×' => spelled.push('x'),
            '●' => spelled.push('*'),
            '○' => spelled.push('o'),
            '✓' => spelled.push('+'),
            // Bars of a histogram, from low to high.
            '▁' | '▂' => spelled.push('_'),
            '▃' | '▄' | '▅' => spelled.push('='),
            '▆' | '▇' | '█' => spelled.push('#'),
            other if other.is_ascii() => spelled.push(other),
            other => spelled.push(std::iter::once(other).nfd().next().filter(char::is_ascii).unwrap_or('?')),
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_symbols_have_a_spelling_and_letters_lose_their_accents() {
        for (text, spelled) in [
            ("plain", "plain"),
            ("likely · access log…", "likely - access log..."),
            ("Monitoring › Logs", "Monitoring > Logs"),
            ("█▁▅", "#_="),
            ("Zürich “é”", "Zurich \"e\""),
            ("日本", "??"),
        ] {
            assert_eq!(ascii(text), spelled, "{text}");
        }
    }
}
