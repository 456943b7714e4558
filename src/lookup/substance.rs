//! What a word says by its nature, whatever it is about.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::split::Key;

/// Words that say next to nothing about what is wrong. Only what joins words stands here, and no negation: by how few
/// cards have it, a rare word of this kind would count as much as a rare error.
const JOINING: &[&str] = &[
    "a", "about", "after", "all", "also", "although", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "during", "either", "else",
    "even", "ever", "every", "for", "from", "get", "gets", "getting", "give", "gives", "giving", "got", "had", "has",
    "have", "having", "he", "her", "here", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like",
    "make", "makes", "many", "may", "me", "might", "must", "my", "now", "of", "on", "one", "only", "or", "our", "out",
    "over", "own", "please", "really", "right", "say", "saying", "says", "see", "seeing", "seem", "seems", "she",
    "should", "since", "so", "some", "still", "such", "tell", "telling", "tells", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "though", "through", "thru", "to", "too", "until", "us",
    "very", "via", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whole", "whose",
    "why", "will", "with", "within", "would", "you", "your",
];

/// Words of every day that are in any account of any trouble.
const EVERYDAY: &[&str] = &[
    "actually",
    "again",
    "already",
    "always",
    "another",
    "answer",
    "answers",
    "anybody",
    "anyone",
    "anything",
    "appear",
    "appears",
    "apply",
    "around",
    "ask",
    "asks",
    "away",
    "back",
    "begin",
    "best",
    "better",
    "between",
    "big",
    "bit",
    "call",
    "calls",
    "came",
    "cant",
    "certain",
    "change",
    "come",
    "comes",
    "coming",
    "day",
    "different",
    "doesnt",
    "dont",
    "each",
    "enough",
    "especially",
    "evening",
    "everybody",
    "everyone",
    "everything",
    "exist",
    "exists",
    "far",
    "find",
    "fine",
    "first",
    "found",
    "go",
    "goes",
    "going",
    "gone",
    "good",
    "half",
    "happen",
    "happened",
    "happening",
    "happens",
    "help",
    "hour",
    "hours",
    "instead",
    "isnt",
    "itself",
    "keep",
    "keeps",
    "kind",
    "know",
    "last",
    "later",
    "least",
    "less",
    "let",
    "lets",
    "little",
    "look",
    "looks",
    "lot",
    "made",
    "main",
    "maybe",
    "mean",
    "means",
    "middle",
    "minute",
    "more",
    "morning",
    "most",
    "much",
    "need",
    "needs",
    "neither",
    "new",
    "next",
    "night",
    "nights",
    "nobody",
    "nothing",
    "nowhere",
    "often",
    "old",
    "once",
    "other",
    "others",
    "part",
    "people",
    "perhaps",
    "place",
    "put",
    "quite",
    "rather",
    "real",
    "receive",
    "receives",
    "return",
    "returned",
    "returns",
    "said",
    "same",
    "second",
    "send",
    "sending",
    "sends",
    "sent",
    "set",
    "show",
    "shows",
    "simply",
    "somebody",
    "someone",
    "something",
    "sometimes",
    "specific",
    "start",
    "starts",
    "sure",
    "take",
    "takes",
    "talk",
    "talks",
    "thing",
    "things",
    "think",
    "time",
    "times",
    "today",
    "together",
    "told",
    "took",
    "tried",
    "tries",
    "try",
    "trying",
    "turn",
    "turns",
    "two",
    "use",
    "used",
    "uses",
    "using",
    "usual",
    "want",
    "wants",
    "way",
    "week",
    "well",
    "went",
    "wont",
    "work",
    "worked",
    "working",
    "works",
    "world",
    "write",
    "yesterday",
    "yet",
];

/// The letters of the longest of them.
const LONGEST_JOINING: usize = 8;

/// What these words say, as a share of what others say.
const OF_JOINING: f32 = 0.2;
const OF_EVERYDAY: f32 = 0.5;

/// What a word says by its nature, as a share of what a word says that is as rare.
pub(super) fn substance(word: &str) -> f32 {
    static KNOWN: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
        let joining = JOINING.iter().map(|word| (*word, OF_JOINING));
        joining.chain(EVERYDAY.iter().map(|word| (*word, OF_EVERYDAY))).collect()
    });
    match KNOWN.get(word) {
        Some(substance) => *substance,
        None if word.len() == 1 || is_amount(word) => OF_EVERYDAY,
        None => 1.0,
    }
}

/// Whether a word is a code: three digits, as of a status.
pub(super) fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is a number, but for codes of three digits, which are names.
fn is_amount(word: &str) -> bool {
    word.len() != 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word only joins others.
pub(super) fn is_joining(word: &str) -> bool {
    // Most words are longer than any of them.
    word.len() <= LONGEST_JOINING && joins(Key::of(word))
}

/// The same of a word by its key. Every word of every card is asked this.
pub(super) fn joins(key: Key) -> bool {
    /// Each key stands at its place or behind it; with so much room between them, a look or two are enough.
    static KNOWN: LazyLock<[Key; 1 << BITS]> = LazyLock::new(|| {
        let mut known = [Key::default(); 1 << BITS];
        for key in JOINING.iter().map(|word| Key::of(word)) {
            let free = known.iter_mut().skip(place(key)).find(|place| **place == Key::default());
            free.into_iter().for_each(|place| *place = key);
        }
        known
    });
    let from_there = KNOWN.get(place(key)..).unwrap_or_default();
    from_there.iter().take_while(|known| **known != Key::default()).any(|known| *known == key)
}

/// There is room for so many keys, as a power of two, and some at the end for the last.
const BITS: u32 = 9;

fn place(key: Key) -> usize {
    (key.spread() >> (u64::BITS - BITS)) as usize * 15 / 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_join_are_known_by_their_keys() {
        assert!(JOINING.is_sorted() && JOINING.iter().all(|word| word.len() <= LONGEST_JOINING));
        assert!(JOINING.iter().all(|word| is_joining(word) && joins(Key::of(word))));
        assert!(["", "th", "them ", "handshake"].iter().all(|word| !is_joining(word) && !joins(Key::of(word))));
    }

    #[test]
    fn what_is_in_every_account_says_less() {
        assert!(substance("the") < substance("yesterday") && substance("yesterday") < substance("handshake"));
        assert_eq!(substance("502"), substance("handshake"), "a code is a name");
        assert!(substance("7") < 1.0 && substance("4711") < 1.0, "an amount is none");
    }
}
