//! Drafts a card and its golden case.
//!
//! A draft of a line has a signature that matches the line. Its sentences are for a person to write.

use serde_json::{Map, Value, json};

use crate::recognize::{Compiled, Line};
use crate::text;
use crate::tree::pattern::{Field, Pattern, Slots, Template};
use crate::tree::todo::TODO;

/// Most fields of a record that are proposed.
const FIELDS: usize = 4;
/// Bytes of a line that are proposed, at most.
const LETTERS: usize = 160;

/// Parts of field names that say what went wrong.
const TELLING: [&str; 9] = ["error", "message", "msg", "reason", "code", "status", "type", "level", "cause"];
/// Parts of field names whose values are new each time.
const PASSING: [&str; 6] = ["time", "date", "trace", "uuid", "elapsed", "duration"];

/// A draft of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardDraft {
    /// The id that was given, or one made of the line's words.
    pub id: String,
    /// The content of its file.
    pub card: Value,
    /// The content of its golden case.
    ///
    /// The case fails until the tree leads to the card.
    pub case: Value,
}

/// Drafts a card from a line or a record.
pub fn draft(line: &str, id: Option<&str>) -> CardDraft {
    let sample = text::clean_line(line);
    let signature =
        fields(&sample).or_else(|| words(&sample)).unwrap_or_else(|| DraftSignature::Text(literal(&sample)));
    let (name, pattern) = match &signature {
        DraftSignature::Text(text) => ("text", Value::String(text.clone())),
        DraftSignature::Fields(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), Value::String(value.clone())));
            ("fields", Value::Object(fields.collect::<Map<_, _>>()))
        }
    };
    let said = signature.words();
    let title = format!("{TODO}: the diagnosis in a few words: {}", text::fit(&said, 60, "..."));
    let id = id.map_or_else(|| slug(&said), str::to_owned);
    with_sentences(id, title, vec![json!({name: pattern, "samples": [sample], "never": []})], vec![sample])
}

/// Drafts a card of which only the id is known.
pub fn empty_draft(id: &str) -> CardDraft {
    let title = format!("{TODO}: the diagnosis in a few words");
    with_sentences(id.to_owned(), title, Vec::new(), Vec::new())
}

/// Returns a draft whose other sentences are for a person to write.
fn with_sentences(id: String, title: String, signatures: Vec<Value>, evidence: Vec<String>) -> CardDraft {
    let card = json!({
        "title": title,
        "about": format!("{TODO}: the problem, in one or two sentences."),
        "likelihood": "occasional",
        "signatures": signatures,
        "symptoms": [format!("{TODO}: what the operator observes.")],
        "causes": [{"id": "first-cause", "text": format!("{TODO}: why it happens."), "likelihood": "occasional"}],
        "remedies": [{
            "id": "first-remedy",
            "do": format!("{TODO}: what to look at, beginning with a verb."),
            "fixes": ["first-cause"],
            "effect": "observe",
            "takes": "minutes",
            "verify": format!("{TODO}: how to see that it was this."),
        }],
        "docs": [{"title": format!("{TODO}: a page to read"), "url": format!("https://example.com/{TODO}")}],
        "source": format!("{TODO}: where the facts come from"),
        "reviewed": "0000-00-00",
    });
    let case = json!({
        "about": format!("{TODO}: what the case shows."),
        "evidence": evidence,
        "answers": [],
        "ends": "card",
        "cards": [id],
    });
    CardDraft { id, card, case }
}

/// The proposed signature, as it is written in a file.
enum DraftSignature {
    Text(String),
    Fields(Vec<(String, String)>),
}

impl DraftSignature {
    fn pattern(&self) -> Option<Pattern> {
        let template = |text: &str| Template::parse(text, Slots::Typed).ok();
        Some(match self {
            DraftSignature::Text(text) => Pattern::Text(template(text)?),
            DraftSignature::Fields(fields) => {
                let field = |(name, value): &(String, String)| {
                    Some(Field { name: name.clone().into(), any_of: vec![template(value)?], conditions: Vec::new() })
                };
                Pattern::Fields(fields.iter().map(field).collect::<Option<Vec<_>>>()?.into())
            }
        })
    }

    fn matches(&self, line: &Line) -> bool {
        self.pattern().is_some_and(|pattern| Compiled::new(&pattern).matches(line))
    }

    /// Returns the literal words, without placeholders.
    fn words(&self) -> String {
        let said = match self {
            DraftSignature::Text(text) => text.clone(),
            DraftSignature::Fields(fields) => {
                fields.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")
            }
        };
        let mut words = String::new();
        let mut is_slot = false;
        for character in said.chars() {
            match character {
                '{' | '}' => is_slot = character == '{',
                _ if is_slot => {}
                letter => words.push(letter),
            }
        }
        text::fold_space(&words)
    }
}

/// Returns the words of a line, with placeholders for variable parts.
///
/// Skips the time at the beginning. `None` if fewer than three letters stay, or if the signature does not match the
/// line.
fn words(sample: &str) -> Option<DraftSignature> {
    let line = Line::new(sample);
    let tokens: Vec<String> = sample.split(' ').map(masked).collect();
    let is_passing = |token: &&String| !token.contains(char::is_alphabetic) || token.starts_with('{');
    let times = tokens.iter().take_while(is_passing).count();
    let mut proposed = String::new();
    for token in tokens.into_iter().skip(times) {
        if proposed.len() + token.len() > LETTERS && !proposed.is_empty() {
            break;
        }
        if !proposed.is_empty() {
            proposed.push(' ');
        }
        proposed.push_str(&token);
    }
    let signature = DraftSignature::Text(proposed);
    let says_something = signature.words().chars().filter(|letter| letter.is_alphabetic()).count() > 2;
    (says_something && signature.matches(&line)).then_some(signature)
}

/// Returns the fields of a record that say most.
fn fields(sample: &str) -> Option<DraftSignature> {
    let record: Value = serde_json::from_str(sample.get(sample.find('{')?..)?).ok()?;
    let line = Line::new(sample);
    let mut all = Vec::new();
    collect("", &record, &mut all);
    let mut chosen: Vec<(usize, (String, String))> = Vec::new();
    let weight = |name: &str| {
        let name = name.to_lowercase();
        let is_one = |words: &[&str]| words.iter().any(|word| name.contains(word));
        match (is_one(&TELLING), is_one(&PASSING) || name.ends_with("id")) {
            (_, true) => 0,
            (true, _) => 2,
            (false, _) => 1,
        }
    };
    for (name, value) in all {
        // Lists of values are compared value by value, so the first is enough.
        let first = value.split(',').next().and_then(|value| value.split(" : ").next()).unwrap_or_default().trim();
        let value = first.split(' ').map(masked).collect::<Vec<_>>().join(" ");
        let is_telling =
            value.contains(|letter: char| letter != ' ') && (!value.starts_with('{') || value.contains("} "));
        let is_new = chosen.iter().all(|(_, (known, _))| *known != name);
        // A status code stays, although it is a number.
        let value = if weight(&name) == 2 && value == "{number}" { first.to_owned() } else { value };
        let single = DraftSignature::Fields(vec![(name.clone(), value.clone())]);
        if weight(&name) > 0 && is_new && (is_telling || value == first) && !value.is_empty() && single.matches(&line) {
            chosen.push((weight(&name), (name, value)));
        }
    }
    let most = chosen.iter().map(|(weight, _)| *weight).max()?;
    let kept = chosen.into_iter().filter(|(weight, _)| *weight == most).map(|(_, field)| field);
    let signature = DraftSignature::Fields(kept.take(FIELDS).collect());
    signature.matches(&line).then_some(signature)
}

/// Collects the values of a record with their names.
///
/// Values are collected at any depth, also from JSON inside of strings.
fn collect(name: &str, value: &Value, all: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| collect(name, value, all)),
        Value::Array(list) => list.iter().take(1).for_each(|value| collect(name, value, all)),
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ Value::Object(_)) => collect(name, &inner, all),
            _ => all.push((name.to_owned(), text::clean_line(text))),
        },
        Value::Number(_) | Value::Bool(_) => all.push((name.to_owned(), value.to_string())),
        Value::Null => {}
    }
}

/// Replaces the variable part of a word by a placeholder.
fn masked(word: &str) -> String {
    let is_edge = |letter: char| !letter.is_alphanumeric();
    let core = word.trim_matches(is_edge);
    let Some(start) = word.find(core).filter(|_| !core.is_empty()) else { return literal(word) };
    let (before, rest) = word.split_at(start);
    let (core, after) = rest.split_at(core.len());
    let core = match core.split_once('=') {
        Some((name, value)) => format!("{}={}", literal(name), slot(value).unwrap_or_else(|| literal(value))),
        None => slot(core).unwrap_or_else(|| literal(core)),
    };
    format!("{}{core}{}", literal(before), literal(after))
}

/// Returns the placeholder for a word that is new each time.
///
/// These are addresses, numbers and ids. `None` for other words.
fn slot(word: &str) -> Option<String> {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_of = |allowed: &str| word.chars().all(|letter| letter.is_ascii_digit() || allowed.contains(letter));
    let name = match digits {
        0 => return None,
        _ if digits == word.len() => "number",
        _ if is_of(".:") && word.matches('.').count() == 3 => "ip",
        // A word with one or two digits is a name, perhaps of a code; one with more is an id.
        1..=2 if word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !word.contains(['-', '.', ':']) => {
            return None;
        }
        _ => "word",
    };
    Some(format!("{{{name}}}"))
}

/// Escapes text that stands for itself in a pattern.
fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Returns an id made of the first words of a text.
fn slug(said: &str) -> String {
    let words = said.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.take(5).map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let slug = slug.trim_start_matches(|letter: char| !letter.is_ascii_lowercase()).to_owned();
    if slug.is_empty() { "new-card".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signature(line: &str) -> Value {
        let proposed = draft(line, None);
        let signature = proposed.card["signatures"][0].clone();
        signature.get("text").or_else(|| signature.get("fields")).unwrap().clone()
    }

    fn matches(proposed: &CardDraft, line: &str) -> bool {
        let signature = &proposed.card["signatures"][0];
        let template = |text: &Value| Template::parse(text.as_str().unwrap(), Slots::Typed).unwrap();
        let pattern = match signature.get("text") {
            Some(text) => Pattern::Text(template(text)),
            None => Pattern::Fields(
                signature["fields"]
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, value)| Field {
                        name: name.clone().into(),
                        any_of: vec![template(value)],
                        conditions: Vec::new(),
                    })
                    .collect(),
            ),
        };
        Compiled::new(&pattern).matches(&Line::new(&text::clean_line(line)))
    }

    #[test]
    fn what_varies_becomes_a_placeholder() {
        for (line, expected) in [
            ("connection to 10.0.20.11:80 lost after 3000 ms", "connection to {ip} lost after {number} ms"),
            ("2026-01-15T10:20:30Z pool web-1 is empty", "pool {word} is empty"),
            ("ORA00600 raised {a}", "raised {{a}}"),
            ("retry=3 of job 5f2e-77ab: \"gave up\"", "retry={number} of job {word}: \"gave up\""),
        ] {
            assert_eq!(signature(line), expected, "{line}");
        }
    }

    #[test]
    fn of_a_record_the_fields_that_say_most_are_taken() {
        let line = r#"{"timestamp":"2026-01-15T10:20:30Z","requestId":"77ab12","data":{"message":"pool web-1 is empty","status":503,"host":"h1"}}"#;
        assert_eq!(signature(line), json!({"message": "pool {word} is empty", "status": "503"}));
        let line = r#"prefix {"pool":"drained","at":7}"#;
        assert_eq!(signature(line), json!({"pool": "drained"}));
    }

    #[test]
    fn a_line_of_nothing_but_what_varies_stands_for_itself() {
        assert_eq!(signature("123 456"), "123 456");
        assert_eq!(draft("123", None).id, "new-card");
        assert_eq!(draft("pool web-1 is empty", None).id, "pool-is-empty");
        assert_eq!(draft("pool web-1 is empty", Some("empty-pool")).id, "empty-pool");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_signature_matches_its_line(line in "[ -~é日]{0,80}[a-z]{3,9}[ -~]{0,40}") {
            prop_assert!(matches(&draft(&line, None), &line), "{line}: {}", draft(&line, None).card["signatures"][0]);
        }

        #[test]
        fn the_signature_matches_its_record(message in "[ -~]{1,60}", code in 0..1000_u32) {
            let line = json!({"time": "2026-01-15T10:20:30Z", "error": {"message": message, "code": code}}).to_string();
            prop_assert!(matches(&draft(&line, None), &line), "{line}: {}", draft(&line, None).card["signatures"][0]);
        }
    }
}
