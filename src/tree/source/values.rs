//! Decodes simple values: texts, ids, lists and objects by name.

use std::marker::PhantomData;
use std::ops::Range;

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::decode::{Decoder, Spanned, Text, is_id};
use super::json;
use super::object::Decode;
use super::schema::Schemas;
use crate::text::CleanText;
use crate::tree::pattern::{Slots, Template};
use crate::tree::problem::Code;
use crate::tree::scales::{Effect, Likelihood, Takes};

/// The regular expression of an id.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A text that may be empty.
#[derive(Debug)]
pub struct AnyText;

/// An id: lower-case words joined by hyphens.
#[derive(Debug)]
pub struct Id;

/// A day, `YYYY-MM-DD`; whether it existed is not checked.
#[derive(Debug)]
pub struct Date;

/// A command with placeholders.
#[derive(Debug)]
pub struct CommandText;

/// A list that the schema wants to have at least `MIN` elements.
#[derive(Debug)]
pub struct ListOf<T, const MIN: usize = 0>(PhantomData<T>);

/// An object from names to values of one kind, in file order.
#[derive(Debug)]
pub struct ByName<T>(PhantomData<T>);

/// An object from ids to values of one kind, in file order.
#[derive(Debug)]
pub struct ById<T>(PhantomData<T>);

impl Decode for CleanText {
    type Value = Self;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
        decoder.text(value).map(|text| text.value)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "string", "pattern": r"\S"})
    }

    fn stand_in(name: &str, _: Range<usize>) -> Option<Self> {
        Some(format!("({name}?)").into())
    }
}

impl Decode for AnyText {
    type Value = CleanText;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<CleanText> {
        decoder.any_text(value).map(|text| text.value)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "string"})
    }
}

impl Decode for Id {
    type Value = Text;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Text> {
        let id = decoder.text(value)?;
        check_id(decoder, &id);
        Some(id)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "string", "pattern": ID})
    }

    fn stand_in(name: &str, at: Range<usize>) -> Option<Text> {
        Text::stand_in(name, at)
    }
}

impl Decode for Date {
    type Value = CleanText;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<CleanText> {
        let date = decoder.text(value)?;
        let parts: Vec<_> = date.value.split('-').map(|part| (part.len(), part.parse::<u16>().is_ok())).collect();
        if parts != [(4, true), (2, true), (2, true)] {
            let message = format!("`{}` is not a date", date.value);
            decoder.note(Code::BadValue, &date.at, message, "write it as YYYY-MM-DD");
        }
        Some(date.value)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
    }

    fn stand_in(name: &str, at: Range<usize>) -> Option<CleanText> {
        CleanText::stand_in(name, at)
    }
}

impl Decode for CommandText {
    type Value = Template;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Template> {
        let written = decoder.text(value)?;
        let template = decoder.template(&written, Slots::Free)?;
        for fault in crate::tree::command_faults::find(&template) {
            decoder.note(fault.code, &written.at, fault.message, fault.help);
        }
        Some(template)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        CleanText::schema(schemas)
    }
}

/// A sentence whose placeholders evidence fills.
impl Decode for Template {
    type Value = Self;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
        let written = decoder.text(value)?;
        decoder.template(&written, Slots::Free)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        CleanText::schema(schemas)
    }

    fn stand_in(name: &str, at: Range<usize>) -> Option<Self> {
        Self::parse(&CleanText::stand_in(name, at)?, Slots::Free).ok()
    }
}

impl Decode for bool {
    type Value = Self;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
        let flag = value.as_boolean_lit().map(|literal| literal.value);
        if flag.is_none() {
            decoder.wrong_type(value, "true or false");
        }
        flag
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "boolean"})
    }
}

impl<T: Decode> Decode for Option<T> {
    type Value = Option<T::Value>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        T::decode(decoder, value).map(Some)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        T::schema(schemas)
    }
}

impl<T: Decode> Decode for Spanned<T> {
    type Value = Spanned<T::Value>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        T::decode(decoder, value).map(|decoded| Spanned { value: decoded, at: json::range_of(value) })
    }

    fn schema(schemas: &mut Schemas) -> Json {
        T::schema(schemas)
    }

    fn stand_in(name: &str, at: Range<usize>) -> Option<Self::Value> {
        T::stand_in(name, at.clone()).map(|value| Spanned { value, at })
    }
}

impl<T: Decode, const MIN: usize> Decode for ListOf<T, MIN> {
    type Value = Vec<T::Value>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        Some(decoder.list(value, T::decode))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let mut schema = json!({"type": "array", "items": T::schema(schemas)});
        if MIN > 0 {
            schema["minItems"] = MIN.into();
        }
        schema
    }

    fn stand_in(_: &str, _: Range<usize>) -> Option<Self::Value> {
        Some(Vec::new())
    }
}

impl<T: Decode> Decode for ByName<T> {
    type Value = Vec<(Text, T::Value)>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        Some(decoder.map(value, T::decode))
    }

    fn schema(schemas: &mut Schemas) -> Json {
        json!({"type": "object", "additionalProperties": T::schema(schemas)})
    }

    fn stand_in(_: &str, _: Range<usize>) -> Option<Self::Value> {
        Some(Vec::new())
    }
}

impl<T: Decode> Decode for ById<T> {
    type Value = Vec<(Text, T::Value)>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let entries = decoder.map(value, T::decode);
        entries.iter().for_each(|(id, _)| check_id(decoder, id));
        Some(entries)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        json!({"type": "object", "propertyNames": {"pattern": ID}, "additionalProperties": T::schema(schemas)})
    }

    fn stand_in(_: &str, _: Range<usize>) -> Option<Self::Value> {
        Some(Vec::new())
    }
}

macro_rules! scales {
    ($($scale:ident $stand_in:ident),*) => {$(
        impl Decode for $scale {
            type Value = Self;

            fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
                decoder.word(value, $scale::ALL, $scale::word)
            }

            fn schema(_: &mut Schemas) -> Json {
                json!({"enum": $scale::ALL.iter().map(|value| value.word()).collect::<Vec<_>>()})
            }

            fn stand_in(_: &str, _: Range<usize>) -> Option<Self> {
                Some($scale::$stand_in)
            }
        }
    )*};
}

scales!(Likelihood Rare, Takes Minutes, Effect Disruptive);

/// Adds a problem for a text that is not an id.
fn check_id(decoder: &mut Decoder<'_>, id: &Text) {
    if !is_id(&id.value) {
        let message = format!("`{}` is not an id", id.value);
        decoder.note(Code::BadId, &id.at, message, "use lower-case letters and digits, joined by single hyphens");
    }
}
