//! Decodes the nodes of the branching.

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::decode::{Decoder, Spanned, Text};
use super::object::Decode;
use super::schema::Schemas;
use super::values::{ByName, LinkText, ListOf};
use crate::tree::problem::Code;

/// A node of the branching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeFile {
    /// Asks a question and goes on by the answer.
    Ask {
        /// The question's id.
        question: Text,
        /// A node for each option.
        then: Spanned<Vec<(Text, NodeFile)>>,
    },
    /// Ends the walk at these cards.
    Cards(Vec<Text>),
    /// Goes on in another tree.
    Link(Text),
    /// Goes on in a named branch.
    See {
        /// The branch's name.
        branch: Text,
        /// The cards of the branch that the answers so far rule out.
        without: Vec<Text>,
    },
    /// An undecodable node, whose problem has been noted.
    Unreadable,
}

/// The names of the fields that say what a node is.
const KINDS: [&str; 5] = ["ask", "card", "cards", "link", "see"];

impl Decode for NodeFile {
    type Value = Self;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
        Some(decode_node(decoder, value).unwrap_or(NodeFile::Unreadable))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define("Node", |schemas| {
            let name = Text::schema(schemas);
            let of = |names: &[&str], properties: Json| json!({"properties": properties, "required": names, "additionalProperties": false});
            json!({
                "description": "A node of the branching: a question, cards, a link, or the name of a branch.",
                "type": "object",
                "oneOf": [
                    of(&["ask", "then"], json!({"ask": name, "then": ByName::<Self>::schema(schemas)})),
                    of(&["card"], json!({"card": name})),
                    of(&["cards"], json!({"cards": ListOf::<Text, 1>::schema(schemas)})),
                    of(&["link"], json!({"link": LinkText::schema(schemas)})),
                    of(&["see"], json!({"see": name, "without": ListOf::<Text, 1>::schema(schemas)})),
                ],
            })
        })
    }
}

fn decode_node(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<NodeFile> {
    let fields = decoder.fields(value, "a node", &[&["ask", "then"], &["card", "cards", "link", "see", "without"]])?;
    let kinds: Vec<_> = KINDS.into_iter().filter_map(|kind| Some((kind, fields.get(kind)?))).collect();
    match kinds.as_slice() {
        [("ask", question)] => {
            let question = decoder.text(question)?;
            let then = decoder.required(fields, "then")?;
            Some(NodeFile::Ask { question, then: Spanned::<ByName<NodeFile>>::decode(decoder, then)? })
        }
        [("card", card)] => Some(NodeFile::Cards(vec![decoder.text(card)?])),
        [("cards", cards)] => {
            let cards = Spanned::<ListOf<Text>>::decode(decoder, cards)?;
            if cards.value.is_empty() {
                decoder.note(Code::BadValue, &cards.at, "the list of cards is empty", "name at least one card");
                return None;
            }
            Some(NodeFile::Cards(cards.value))
        }
        [("link", link)] => LinkText::decode(decoder, link).map(NodeFile::Link),
        [(_, branch)] => {
            let without = fields.get("without").and_then(|names| ListOf::<Text>::decode(decoder, names));
            Some(NodeFile::See { branch: decoder.text(branch)?, without: without.unwrap_or_default() })
        }
        [] => {
            let at = fields.at().start;
            let message = "a node needs `ask` with `then`, `card`, `cards`, `link` or `see`";
            decoder.note(Code::MissingField, &(at..at + 1), message, "say where this answer leads");
            None
        }
        several => {
            let names: Vec<_> = several.iter().map(|(kind, _)| *kind).collect();
            let message = format!("a node is only one of these: {}", names.join(", "));
            decoder.note(Code::BadValue, &fields.at(), message, "keep one of them");
            None
        }
    }
}
