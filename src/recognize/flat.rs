//! A record as most are: one JSON object that holds texts, numbers and other such objects, and nothing that is written
//! in a roundabout way. It is read in one go; whatever is not as simple is left to those who read all of JSON.

use super::record::fold_name;

/// Objects in objects, so many times, are still simple.
const DEPTH: usize = 16;

/// So many digits are a number as they stand.
const DIGITS: usize = 15;

/// The values of a record by folded name, in order, and the names under which objects stand.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) values: Vec<(String, String)>,
    pub(super) holders: Vec<String>,
}

impl Flat {
    /// Reads a text that is one simple record and nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        // An escape or a list makes it less simple.
        if memchr::memchr2(b'\\', b'[', text.as_bytes()).is_some() {
            return None;
        }
        let mut flat = Self { values: Vec::with_capacity(40), holders: vec![String::new()] };
        let rest = flat.object(text.strip_prefix('{')?, DEPTH)?;
        rest.trim_ascii_start().is_empty().then_some(flat)
    }

    /// Reads the rest of an object behind its brace; returns what follows.
    fn object<'t>(&mut self, text: &'t str, depth: usize) -> Option<&'t str> {
        let depth = depth.checked_sub(1)?;
        let mut rest = text.trim_ascii_start();
        if let Some(rest) = rest.strip_prefix('}') {
            return Some(rest);
        }
        let mut names: Vec<&str> = Vec::with_capacity(24);
        loop {
            let (name, after) = quoted(rest)?;
            // Of two fields of the same name, the last one counts.
            if names.contains(&name) {
                return None;
            }
            names.push(name);
            rest = after.trim_ascii_start().strip_prefix(':')?.trim_ascii_start();
            rest = self.value(name, rest, depth)?.trim_ascii_start();
            if let Some(after) = rest.strip_prefix('}') {
                return Some(after);
            }
            rest = rest.strip_prefix(',')?.trim_ascii_start();
        }
    }

    fn value<'t>(&mut self, name: &str, text: &'t str, depth: usize) -> Option<&'t str> {
        match text.bytes().next()? {
            b'{' => {
                self.holders.push(fold_name(name));
                self.object(text.get(1..)?, depth)
            }
            b'"' => {
                let (value, after) = quoted(text)?;
                // It may be a record in a text.
                if value.trim_start().starts_with('{') {
                    return None;
                }
                self.values.push((fold_name(name), value.to_owned()));
                Some(after)
            }
            _ => {
                let end = text.bytes().position(|byte| matches!(byte, b',' | b'}' | b' '))?;
                let (word, after) = text.split_at(end);
                let value = match word {
                    "null" => "",
                    "true" | "false" => word,
                    number => {
                        let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && number.len() <= DIGITS;
                        let is_written_once = number == "0" || !number.starts_with('0');
                        (is_plain && is_written_once && !number.is_empty()).then_some(number)?
                    }
                };
                self.values.push((fold_name(name), value.to_owned()));
                Some(after)
            }
        }
    }
}

/// The text in quotes at the beginning of another, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let end = memchr::memchr(b'"', inside.as_bytes())?;
    let value = inside.get(..end)?;
    // A control is no part of a text in JSON.
    (!value.bytes().any(|byte| byte < b' ')).then_some((value, inside.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simple_record_is_read_and_no_other() {
        let flat = Flat::read(r#" {"a-B":"x, y", "c":{"d":5 , "e":null},"f":{},"g":true}"#.trim()).unwrap();
        let values: Vec<_> = flat.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(values, [("ab", "x, y"), ("d", "5"), ("e", ""), ("g", "true")]);
        assert_eq!(flat.holders, ["", "c", "f"]);
        for text in [
            "",
            "{",
            "{}x",
            "x{}",
            r#"{"a":1.5}"#,
            r#"{"a":-1}"#,
            r#"{"a":007}"#,
            r#"{"a":"\n"}"#,
            r#"{"a":[1]}"#,
            r#"{"a":"{}"}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            r#"{"a":tru}"#,
            r#"{"a":1}{"a":2}"#,
            r#"{"a":}"#,
            r#"{"a":1"#,
            "{a:1}",
        ] {
            assert!(Flat::read(text).is_none(), "{text}");
        }
        assert!(Flat::read("{}").unwrap().values.is_empty());
        assert!(Flat::read(&"{\"a\":".repeat(100_000)).is_none());
    }
}
