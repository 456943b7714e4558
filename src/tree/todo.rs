//! Finds texts that an author has not written yet.

use jsonc_parser::ast::Value;

use super::problem::Code;
use super::source::decode::Decoder;
use super::source::json;

/// Marks text that a person has to write.
pub const TODO: &str = "TODO";

/// Fields with words of other systems, in which TODO means nothing.
const LINES: [&str; 13] = [
    "code_lines",
    "documented",
    "everyday",
    "evidence",
    "examples",
    "fields",
    "line",
    "never",
    "prints",
    "red_herrings",
    "samples",
    "trouble",
    "wrapping",
];

/// Adds a problem for each text of a file that says TODO.
///
/// `name` is the field around the value. Lines and words of other systems are left out.
pub(super) fn note_todo(decoder: &mut Decoder<'_>, value: &Value<'_>, name: &str) {
    match value {
        Value::StringLit(text) if has_todo(&text.value) => {
            let message = format!("`{name}` still says {TODO}");
            let help = "write the text, or remove it; an operator would read it as it is";
            decoder.note(Code::TodoText, &json::range_of(value), message, help);
        }
        Value::Array(list) => list.elements.iter().for_each(|element| note_todo(decoder, element, name)),
        Value::Object(object) => {
            for property in &object.properties {
                let inner = property.name.as_str();
                // The text of a cause is a sentence; any other is a pattern.
                let is_pattern = inner == "text" && name != "causes";
                if !is_pattern && !LINES.contains(&inner) {
                    note_todo(decoder, &property.value, inner);
                }
            }
        }
        _ => {}
    }
}

/// Returns whether a text has TODO as a word of its own.
fn has_todo(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == TODO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todo_is_a_word_in_capitals() {
        for text in ["TODO", "TODO: the title", "Look at the log (TODO).", "https://a.dev/TODO"] {
            assert!(has_todo(text), "{text}");
        }
        for text in ["", "todo", "TODOS", "AUTODOC", "TODO_LIST", "Do it."] {
            assert!(!has_todo(text), "{text}");
        }
    }
}
