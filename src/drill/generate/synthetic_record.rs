//! Makes JSON records that prove an answer, from records in the tree.
//!
//! Some answers have no sample in the tree. Their pattern names fields and values, which are written into an existing
//! record. Example: the record `{"status":"200"}` and the pattern `status = 502` give `{"status":"502"}`.

use serde_json::Value;

use crate::drill::random::Random;
use crate::tree::pattern::{Field, Kind, Part, Template};

/// Returns a copy of a record with the values of a pattern.
///
/// `None` if the record lacks a field of the pattern.
pub(crate) fn record(base: &str, fields: &[Field], random: &mut Random) -> Option<String> {
    let mut record: Value = serde_json::from_str(base).ok().filter(Value::is_object)?;
    for field in fields {
        let value = written(random.one_of(&field.any_of)?, random);
        if !set(&mut record, &field.name, &value) {
            return None;
        }
    }
    Some(record.to_string())
}

/// Returns three records in which a field changes and changes back.
///
/// `name` is the field; its values come from two samples. All three records get the first sample's value of the field
/// `by`, because flapping is about one thing. Empty if no two samples differ in the field `name`.
pub(crate) fn turns(samples: &[&str], name: &str, by: &str) -> Vec<String> {
    let mut known: Vec<(String, Value)> = Vec::new();
    for record in samples.iter().filter_map(|sample| serde_json::from_str(sample).ok()) {
        if let Some(value) = string(&record, name).filter(|value| known.iter().all(|(other, _)| other != value)) {
            known.push((value, record));
        }
    }
    let [(_, one), (_, other), ..] = known.as_mut_slice() else { return Vec::new() };
    if let Some(thing) = string(one, by) {
        set(other, by, &thing);
    }
    [&*one, &*other, &*one].map(Value::to_string).to_vec()
}

/// Returns the first string in a field with this name.
fn string(value: &Value, name: &str) -> Option<String> {
    first(value, name, Value::is_string)?.as_str().map(str::to_owned)
}

/// Returns the first simple value in a field with this name.
///
/// Objects and arrays are not simple values.
pub(crate) fn scalar<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    first(value, name, |value| !value.is_object() && !value.is_array())
}

/// Returns the first wanted value of a field, at any depth.
fn first<'v>(value: &'v Value, name: &str, is_wanted: fn(&Value) -> bool) -> Option<&'v Value> {
    match value {
        Value::Object(object) => {
            let own = object.iter().find(|(key, value)| is_same(key, name) && is_wanted(value));
            own.map(|(_, value)| value).or_else(|| object.values().find_map(|value| first(value, name, is_wanted)))
        }
        Value::Array(elements) => elements.iter().find_map(|value| first(value, name, is_wanted)),
        _ => None,
    }
}

/// Writes a text into the first field with this name.
///
/// The field may be at any depth. Returns false if there is no field with this name.
fn set(value: &mut Value, name: &str, text: &str) -> bool {
    match value {
        Value::Object(object) => {
            let own = object.iter_mut().find(|(key, value)| is_same(key, name) && !value.is_object());
            if let Some((_, value)) = own {
                *value = Value::String(text.to_owned());
                return true;
            }
            object.values_mut().any(|value| set(value, name, text))
        }
        Value::Array(elements) => elements.iter_mut().any(|value| set(value, name, text)),
        _ => false,
    }
}

/// Returns whether two field names differ only in case and separators.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let folded = |name: &str| name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (one, other): (String, String) = (folded(one), folded(other));
    one == other
}

/// Returns a text that matches a template.
fn written(template: &Template, random: &mut Random) -> String {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.to_string(),
        Part::Slot { kind: Kind::Ip | Kind::Host, .. } => "10.0.20.11:8080".into(),
        Part::Slot { kind: Kind::Digit, .. } => random.below(10).to_string(),
        Part::Slot { kind: Kind::Number, .. } => (1 + random.below(99)).to_string(),
        Part::Slot { kind: Kind::Word | Kind::Any, .. } => "-".into(),
    };
    template.parts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    #[test]
    fn a_record_gets_the_values_of_a_pattern() {
        let field = |name: &str, values: &[&str]| Field {
            name: name.into(),
            any_of: values.iter().map(|value| Template::parse(value, Slots::Typed).unwrap()).collect(),
            conditions: Vec::new(),
        };
        let base = r#"{"a":1,"data":{"lb-status":"200","b":"x"},"list":[{"behind":"200"}]}"#;
        let mut random = Random::new(1);
        let made = record(base, &[field("lbStatus", &["502"]), field("behind", &[""])], &mut random).unwrap();
        assert_eq!(made, r#"{"a":1,"data":{"lb-status":"502","b":"x"},"list":[{"behind":""}]}"#);
        let made = record(base, &[field("lbStatus", &["4{digit}{digit}"])], &mut random).unwrap();
        assert!(made.contains(r#""lb-status":"4"#) && !made.contains("{digit}"), "{made}");
        assert_eq!(record(base, &[field("other", &["502"])], &mut random), None);
        assert_eq!(record("no record", &[], &mut random), None);
    }

    #[test]
    fn a_field_takes_turns() {
        let samples = ["up", r#"{"a":{"state":"up"},"id":"x"}"#, r#"{"state":"down","id":"y"}"#];
        let [up, down] = [r#"{"a":{"state":"up"},"id":"x"}"#, r#"{"state":"down","id":"x"}"#];
        assert_eq!(turns(&samples, "STATE", "id"), [up, down, up]);
        assert_eq!(turns(&samples[..2], "state", "id"), Vec::<String>::new(), "it has one value only");
    }
}
