//! Objects that differ in nothing but the digits of their numbers: what is said of one is said of the others.

use foldhash::HashMap;

/// So many objects are remembered, of at most so many bytes; then all are forgotten.
const REMEMBERED: usize = 4096;
const LONGEST: usize = 1000;

/// What was said of objects.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// For each shape its template; `None` if it is no trouble.
    known: HashMap<Box<[u8]>, Option<String>>,
    /// The object that was asked for last: its bytes, with every digit as a `1`, and where the words stand in it. A number
    /// that is a single 0 may mean that there is none, and stays.
    shape: Vec<u8>,
}

impl Alike {
    /// What was said of an object like this one, if it is known: its template, or that it is no trouble. `words` tells
    /// where words of trouble stand in the line, `start` where the object begins in it.
    pub(super) fn get(&mut self, object: &str, words: &[usize], start: usize) -> Option<Option<&str>> {
        self.shape.clear();
        if object.len() > LONGEST {
            return None;
        }
        let bytes = object.as_bytes();
        self.shape.extend(bytes.iter().map(|byte| if byte.is_ascii_digit() { b'1' } else { *byte }));
        for zero in memchr::memchr_iter(b'0', bytes) {
            let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            if !is_digit(zero.checked_sub(1))
                && !is_digit(Some(zero + 1))
                && let Some(byte) = self.shape.get_mut(zero)
            {
                *byte = b'0';
            }
        }
        self.shape.extend(words.iter().flat_map(|word| word.wrapping_sub(start).to_le_bytes()));
        self.known.get(self.shape.as_slice()).map(Option::as_deref)
    }

    /// Remembers what is said of the object that was asked for last.
    pub(super) fn keep(&mut self, template: Option<&String>) {
        if self.shape.is_empty() {
            return;
        }
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(self.shape.as_slice().into(), template.cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_with_other_digits_are_alike() {
        let mut alike = Alike::default();
        assert_eq!(alike.get("{\"a\":\"error 12 of 5\"}", &[7], 1), None);
        alike.keep(Some(&"error <n> of <n>".to_owned()));
        assert_eq!(alike.get("{\"a\":\"error 90 of 3\"}", &[7], 1), Some(Some("error <n> of <n>")));
        // What is longer may be an id, and none is not some.
        assert_eq!(alike.get("{\"a\":\"error 123 of 5\"}", &[7], 1), None);
        assert_eq!(alike.get("{\"a\":\"error 12 of 0\"}", &[7], 1), None);
        assert_eq!(alike.get("{\"a\":\"error 12 of 5\"}", &[9], 1), None);
        alike.keep(None);
        assert_eq!(alike.get("{\"a\":\"error 34 of 6\"}", &[9], 1), Some(None));
    }
}
