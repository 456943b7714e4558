//! Declares an object of the format once: struct, decoder, and JSON Schema.

use std::ops::Range;

use jsonc_parser::ast::Value;
use serde_json::Value as Json;

use super::decode::Decoder;
use super::schema::Schemas;

/// A part of the format, with its decoder and its schema.
pub trait Decode {
    /// The decoded value.
    type Value;

    /// Decodes a value and notes all its problems.
    ///
    /// Returns `None` if nothing can be used.
    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value>;

    /// Returns the JSON Schema of the value.
    fn schema(schemas: &mut Schemas) -> Json;

    /// Returns the value in the place of a missing or unreadable field.
    ///
    /// `name` is the field, `at` the object. `None` leaves out the whole object.
    fn stand_in(_name: &str, _at: Range<usize>) -> Option<Self::Value> {
        None
    }
}

/// Declares an object of the format.
///
/// Each field has a description, which the schema repeats, and one of these words:
///
/// - `required`: must be there. Without it, the type's stand-in is used, or the value behind `=`.
/// - `optional`: may be left out. Without it, the type's default is used, or the value behind `=`.
/// - `checked`: is required, but the function behind `then` notes its absence.
/// - `flatten`: stands for several fields of the same object.
///
/// `field as "name"` gives a field another name in JSON. `also derives` adds traits to the struct. The function behind `then` checks the decoded object.
macro_rules! object {
    ($(#[doc = $about:literal])+ $name:ident is $what:literal $(, also derives $($derived:ident)&+)? $(, then $check:path)? {
        $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $json:literal)?: $type:ty $(= $absent:expr)?,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, Eq $($(, $derived)+)?)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: <$type as $crate::tree::source::object::Decode>::Value,)+
        }

        impl $crate::tree::source::object::Decode for $name {
            type Value = Self;

            fn decode(
                decoder: &mut $crate::tree::source::decode::Decoder<'_>,
                value: &jsonc_parser::ast::Value<'_>,
            ) -> Option<Self> {
                let names = [$(object!(@names $need $field $($json)?; $type)),+];
                let fields = decoder.fields(value, $what, &names)?;
                $(let $field = object!(@decode $need $field $($json)?; $type, decoder, fields);)+
                let object = Self {
                    $($field: match $field {
                        Some(value) => value,
                        None => object!(@absent $need $field $($json)?; $type, fields $(, $absent)?),
                    },)+
                };
                $(let object = $check(decoder, fields, object)?;)?
                Some(object)
            }

            fn schema(schemas: &mut $crate::tree::source::schema::Schemas) -> serde_json::Value {
                let fields = [$($crate::tree::source::schema::FieldSchema {
                    name: object!(@name $field $($json)?),
                    about: concat!($($doc),+),
                    is_required: matches!(stringify!($need), "required" | "checked"),
                    is_flat: matches!(stringify!($need), "flatten"),
                    schema: object!(@schema $need $type),
                }),+];
                schemas.object(stringify!($name), concat!($($about),+), &fields)
            }
        }
    };

    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $json:literal) => { $json };

    (@names flatten $field:ident; $type:ty) => { <$type>::NAMES };
    (@names $need:ident $field:ident $($json:literal)?; $type:ty) => { &[object!(@name $field $($json)?)] as &[&str] };

    (@schema flatten $type:ty) => { <$type>::fields_schema };
    (@schema $need:ident $type:ty) => { <$type as $crate::tree::source::object::Decode>::schema };

    (@decode flatten $field:ident; $type:ty, $decoder:ident, $fields:ident) => {
        <$type>::decode_fields($decoder, $fields)
    };
    (@decode required $field:ident $($json:literal)?; $type:ty, $decoder:ident, $fields:ident) => {
        $decoder
            .required($fields, object!(@name $field $($json)?))
            .and_then(|value| <$type as $crate::tree::source::object::Decode>::decode($decoder, value))
    };
    (@decode $need:ident $field:ident $($json:literal)?; $type:ty, $decoder:ident, $fields:ident) => {
        $fields
            .get(object!(@name $field $($json)?))
            .and_then(|value| <$type as $crate::tree::source::object::Decode>::decode($decoder, value))
    };

    (@absent $need:ident $field:ident $($json:literal)?; $type:ty, $fields:ident, $absent:expr) => { $absent };
    (@absent flatten $field:ident; $type:ty, $fields:ident) => { return None };
    (@absent required $field:ident $($json:literal)?; $type:ty, $fields:ident) => {
        <$type as $crate::tree::source::object::Decode>::stand_in(object!(@name $field $($json)?), $fields.at())?
    };
    (@absent $need:ident $field:ident $($json:literal)?; $type:ty, $fields:ident) => { Default::default() };
}

/// Declares a simple value of the format by its type, schema, and decoder.
///
/// A function behind the decoder makes the stand-in.
macro_rules! simple {
    ($(#[doc = $about:literal])+ $name:ident: $value:ty, $schema:tt, $decode:expr $(, $stand_in:path)?) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $name;

        impl $crate::tree::source::object::Decode for $name {
            type Value = $value;

            fn decode(
                decoder: &mut $crate::tree::source::decode::Decoder<'_>,
                value: &jsonc_parser::ast::Value<'_>,
            ) -> Option<$value> {
                let decode: fn(
                    &mut $crate::tree::source::decode::Decoder<'_>,
                    &jsonc_parser::ast::Value<'_>,
                ) -> Option<$value> = $decode;
                decode(decoder, value)
            }

            fn schema(_: &mut $crate::tree::source::schema::Schemas) -> serde_json::Value {
                serde_json::json!($schema)
            }

            $(fn stand_in(name: &str, at: std::ops::Range<usize>) -> Option<$value> {
                $stand_in(name, at)
            })?
        }
    };
}

pub(super) use object;
pub(super) use simple;
