//! Keeps a sorted list of words that is read where it lies.

/// Sorted words, each with its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    /// The words, one after the other.
    text: &'static str,
    /// The end of each word in the text, as four bytes (little-endian).
    ends: &'static [u8],
}

impl WordList {
    /// Takes what [`WordList::write`] made.
    pub const fn new(text: &'static str, ends: &'static [u8]) -> Self {
        Self { text, ends }
    }

    /// Writes sorted words: their text, and their ends.
    pub fn write<'w>(words: impl IntoIterator<Item = &'w str>) -> (String, Vec<u8>) {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for word in words {
            text.push_str(word);
            ends.extend((text.len() as u32).to_le_bytes());
        }
        (text, ends)
    }

    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.ends.as_chunks::<4>().0.len()
    }

    /// Returns whether the list has no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the word with a number.
    pub fn word(&self, number: usize) -> Option<&'static str> {
        let ends = self.ends.as_chunks().0;
        let end_of = |at: usize| ends.get(at).map(|bytes| u32::from_le_bytes(*bytes) as usize);
        let start = number.checked_sub(1).map_or(Some(0), end_of)?;
        self.text.get(start..end_of(number)?)
    }

    /// Returns the number of a word.
    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.partition_point(|known| known < word);
        (self.word(at) == Some(word)).then_some(at)
    }

    /// Returns the first word of which a condition is false.
    ///
    /// It must be true of all words before that one, and of none behind it.
    pub fn partition_point(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut start, mut end) = (0, self.len());
        while start < end {
            let middle = start.midpoint(end);
            match self.word(middle).is_some_and(&is_before) {
                true => start = middle + 1,
                false => end = middle,
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_number_and_by_text() {
        let words = ["", "alpha", "beta", "beton", "é"];
        let (text, ends) = WordList::write(words);
        let list = WordList::new(text.leak(), ends.leak());
        assert_eq!((0..6).filter_map(|number| list.word(number)).collect::<Vec<_>>(), words);
        assert!(words.iter().zip(0..).all(|(word, number)| list.find(word) == Some(number)));
        assert_eq!((list.find("bet"), list.find("z"), list.len()), (None, None, 5));
        assert_eq!(list.partition_point(|word| word < "bet"), 2);
        assert_eq!((WordList::default().find(""), WordList::default().len()), (None, 0));
    }
}
