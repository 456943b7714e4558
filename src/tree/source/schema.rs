//! Collects the JSON Schemas of the format (draft 2020-12).

use serde_json::{Map, Value as Json, json};

/// The version of JSON Schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The named schemas that one file of the format needs.
#[derive(Debug, Default)]
pub struct Schemas {
    definitions: Map<String, Json>,
}

/// The schema of one field of an object.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// The name in JSON.
    pub name: &'static str,
    /// The description.
    pub about: &'static str,
    /// Whether the object needs the field.
    pub is_required: bool,
    /// Whether the schema holds several fields of the object instead of one.
    pub is_flat: bool,
    /// Makes the schema of the value.
    pub schema: fn(&mut Schemas) -> Json,
}

impl Schemas {
    /// Returns the schema of a file, with its object as the root.
    pub fn of_file(title: &str, make: fn(&mut Self) -> Json) -> Json {
        let mut schemas = Self::default();
        let reference = make(&mut schemas);
        let mut file = Map::from_iter([("$schema".to_owned(), DRAFT.into()), ("title".to_owned(), title.into())]);
        let name =
            reference.get("$ref").and_then(Json::as_str).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        if let Some(Json::Object(root)) = schemas.definitions.shift_remove(name) {
            file.extend(root);
        }
        file.insert("$defs".to_owned(), schemas.definitions.into());
        file.into()
    }

    /// Names a schema and returns a reference to it.
    ///
    /// The schema may refer to itself.
    pub fn define(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        let name = name.trim_end_matches("File");
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Json::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    /// Names the schema of an object and returns a reference to it.
    pub fn object(&mut self, name: &str, about: &str, fields: &[FieldSchema]) -> Json {
        self.define(name, |schemas| {
            let mut properties = Map::new();
            let mut alternatives = Json::Null;
            for field in fields {
                let mut made = (field.schema)(schemas);
                if field.is_flat {
                    let mut take = |name| made.get_mut(name).map(Json::take).unwrap_or_default();
                    properties.extend(take("properties").as_object().cloned().into_iter().flatten());
                    alternatives = take("oneOf");
                } else {
                    properties.insert(field.name.to_owned(), described(made, field.about));
                }
            }
            let required: Vec<_> = fields.iter().filter(|field| field.is_required).map(|field| field.name).collect();
            let object = json!({
                "description": about.trim(),
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            });
            if alternatives.is_null() { object } else { with(object, "oneOf", alternatives) }
        })
    }
}

/// Returns a schema with one more keyword.
pub(super) fn with(mut schema: Json, keyword: &str, value: impl Into<Json>) -> Json {
    if let Some(keywords) = schema.as_object_mut() {
        keywords.insert(keyword.to_owned(), value.into());
    }
    schema
}

/// Returns a schema with a description before the rest.
pub(super) fn described(schema: Json, about: &str) -> Json {
    let mut made = Map::from_iter([("description".to_owned(), about.trim().into())]);
    made.extend(schema.as_object().cloned().into_iter().flatten());
    made.into()
}
