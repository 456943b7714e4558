//! Decodes simple values: texts, ids, lists and objects by name.

use std::marker::PhantomData;
use std::ops::Range;

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::decode::{Decoder, Spanned, Text, is_id};
use super::json;
use super::object::{Decode, simple};
use super::schema::{Schemas, with};
use crate::text::CleanText;
use crate::tree::command_faults;
use crate::tree::pattern::{Slots, Template};
use crate::tree::problem::Code;
use crate::tree::scales::{Effect, Likelihood, Takes};

/// The regular expression of an id.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// The regular expression of a link.
const LINK: &str = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$";

/// The regular expression of a text that is not blank.
pub(super) const NOT_BLANK: &str = r"\S";

simple! {
    /// A text that may be empty.
    AnyText: CleanText, {"type": "string"}, |decoder, value| decoder.any_text(value).map(|text| text.value)
}

simple! {
    /// A boolean.
    Flag: bool, {"type": "boolean"}, |decoder, value| {
        let flag = value.as_boolean_lit().map(|literal| literal.value);
        if flag.is_none() {
            decoder.wrong_type(value, "true or false");
        }
        flag
    }
}

simple! {
    /// An id: lower-case words joined by hyphens.
    Id: Text, {"type": "string", "pattern": ID}, |decoder, value| {
        let id = decoder.text(value)?;
        check_id(decoder, &id);
        Some(id)
    }, Text::stand_in
}

simple! {
    /// A link: `tree` or `tree/card`.
    LinkText: Text, {"type": "string", "pattern": LINK}, |decoder, value| {
        let link = decoder.text(value)?;
        let parts: Vec<&str> = link.value.split('/').collect();
        if parts.len() <= 2 && parts.iter().all(|part| is_id(part)) {
            return Some(link);
        }
        let message = format!("`{}` is not a link", link.value);
        decoder.note(Code::BadValue, &link.at, message, "write \"tree\" or \"tree/card\", with their ids");
        None
    }
}

simple! {
    /// A day, `YYYY-MM-DD`.
    Date: CleanText, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}, |decoder, value| {
        let date = decoder.text(value)?;
        match day_numbers(&date.value) {
            None => {
                let message = format!("`{}` is not a date", date.value);
                decoder.note(Code::BadValue, &date.at, message, "write it as YYYY-MM-DD");
            }
            Some(numbers) if !is_day(numbers) => {
                let message = format!("`{}` is not a day, so the card has not been reviewed", date.value);
                decoder.note(Code::NotReviewed, &date.at, message, "compare the card with its sources, then write the day");
            }
            Some(_) => {}
        }
        Some(date.value)
    }, CleanText::stand_in
}

/// Returns the numbers of a date that is written as `YYYY-MM-DD`.
fn day_numbers(date: &str) -> Option<[u16; 3]> {
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = <[&str; 3]>::try_from(parts).ok()?;
    let number = |text: &str, digits| text.parse().ok().filter(|_| text.len() == digits);
    Some([number(year, 4)?, number(month, 2)?, number(day, 2)?])
}

/// Returns whether the numbers are a day of the Gregorian calendar.
fn is_day([year, month, day]: [u16; 3]) -> bool {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

simple! {
    /// A command with placeholders.
    CommandText: Template, {"type": "string", "pattern": NOT_BLANK}, |decoder, value| {
        let written = decoder.text(value)?;
        let template = decoder.template(&written, Slots::Free)?;
        for fault in command_faults::find(&template) {
            decoder.note(fault.code, &written.at, fault.message, fault.help);
        }
        Some(template)
    }
}

simple! {
    /// A sentence whose placeholders evidence fills.
    Sentence: Template, {"type": "string", "pattern": NOT_BLANK}, |decoder, value| {
        let written = decoder.text(value)?;
        decoder.template(&written, Slots::Free)
    }, sentence_stand_in
}

fn sentence_stand_in(name: &str, at: Range<usize>) -> Option<Template> {
    Template::parse(&CleanText::stand_in(name, at)?, Slots::Free).ok()
}

/// A list that the schema wants to have at least `MIN` elements.
#[derive(Debug)]
pub struct ListOf<T, const MIN: usize = 0>(PhantomData<T>);

/// An object from names to values of one kind, in file order.
///
/// With `IDS`, the names must be ids.
#[derive(Debug)]
pub struct ByName<T, const IDS: bool = false>(PhantomData<T>);

impl Decode for CleanText {
    type Value = Self;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self> {
        decoder.text(value).map(|text| text.value)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"type": "string", "pattern": NOT_BLANK})
    }

    fn stand_in(name: &str, _: Range<usize>) -> Option<Self> {
        Some(format!("({name}?)").into())
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
        let list = json!({"type": "array", "items": T::schema(schemas)});
        if MIN > 0 { with(list, "minItems", MIN) } else { list }
    }

    fn stand_in(_: &str, _: Range<usize>) -> Option<Self::Value> {
        Some(Vec::new())
    }
}

impl<T: Decode, const IDS: bool> Decode for ByName<T, IDS> {
    type Value = Vec<(Text, T::Value)>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let entries = decoder.map(value, T::decode);
        if IDS {
            entries.iter().for_each(|(id, _)| check_id(decoder, id));
        }
        Some(entries)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let object = json!({"type": "object", "additionalProperties": T::schema(schemas)});
        if IDS { with(object, "propertyNames", json!({"pattern": ID})) } else { object }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_happened_on_a_day() {
        let is_day_of = |date: &str| day_numbers(date).map(is_day);
        for date in ["2024-02-29", "2000-02-29", "2026-12-31", "2026-04-30"] {
            assert_eq!(is_day_of(date), Some(true), "{date}");
        }
        for date in ["0000-00-00", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-01-00", "0000-01-01"] {
            assert_eq!(is_day_of(date), Some(false), "{date}");
        }
        for date in ["2026-1-15", "2026-01", "2026-01-15-16", "today", "+026-01-15x"] {
            assert_eq!(is_day_of(date), None, "{date}");
        }
    }
}
