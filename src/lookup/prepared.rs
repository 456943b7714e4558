//! The words of texts that the build script has taken apart: those of the embedded trees.
//!
//! Taking texts apart is most of the work of making an index, and what an embedded tree says is known when the program is
//! built. It is known by the text itself, so it does not matter which tree says it, or whether one replaces another.

use super::split::text_key;

/// Texts, each with its words.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Every word that stands in one of them.
    pub words: &'static [&'static str],
    /// The keys of the texts in order, each with where its words end among all; they begin where those before it end.
    texts: &'static [(u64, u32)],
    /// How many of the upper bits of a key say where it stands, and where those of each such beginning start.
    bits: u32,
    starts: &'static [u16],
    /// The words of the first text, those of the second …, as positions in `words`.
    sequences: &'static [u16],
}

/// The texts of the embedded trees.
pub(super) const EMBEDDED: Prepared = include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Prepared {
    /// The words of a text in order, as positions in `words`; `None` if it was not prepared.
    pub(super) fn words_of(&self, text: &str) -> Option<&'static [u16]> {
        let key = text_key(text);
        let beginning = (key >> (u64::BITS - self.bits)) as usize;
        let start = usize::from(*self.starts.get(beginning)?);
        let mut alike = self.texts.iter().skip(start).take_while(|(known, _)| *known <= key);
        let at = start + alike.position(|(known, _)| *known == key)?;
        let start = at.checked_sub(1).and_then(|before| self.texts.get(before)).map_or(0, |(_, end)| *end);
        let (_, end) = self.texts.get(at)?;
        self.sequences.get(start as usize..*end as usize)
    }

    /// The first word of a text; `None` if it was not prepared.
    pub(super) fn first_word_of(&self, text: &str) -> Option<&'static str> {
        self.words.get(usize::from(*self.words_of(text)?.first()?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::EMBEDDED;
    use crate::store::Library;

    #[test]
    fn what_was_prepared_is_what_would_be_found() {
        let library = Library::embedded();
        let mut prepared = 0;
        for (_, card) in library.trees.iter().flat_map(|tree| tree.cards()) {
            let texts = [&card.title, &card.about].into_iter().chain(&card.also_called).chain(&card.symptoms);
            for text in texts {
                let Some(found) = EMBEDDED.words_of(text) else { continue };
                prepared += 1;
                let expected: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
                assert_eq!(found.iter().map(|at| EMBEDDED.words[usize::from(*at)]).collect::<Vec<_>>(), expected);
            }
        }
        assert!(prepared > 900, "hardly anything is prepared: {prepared}");
        assert_eq!(EMBEDDED.words_of("nobody has written this"), None);
    }
}
