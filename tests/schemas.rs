//! Tests the JSON Schemas of the files of a tree.
//!
//! They are up to date, accept good files and reject bad ones.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wherefore::internals::tree::files;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_schemas_in_assets_are_those_of_the_program() {
    for kind in files::KINDS {
        let path = root().join(format!("assets/schema/{kind}.json"));
        let made = format!("{:#}\n", files::schema(kind).unwrap());
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "{0} is out of date: wherefore trees schema {kind} > {0}", path.display());
    }
}

#[test]
fn good_trees_are_valid() {
    let mut kinds = Vec::new();
    for folder in ["decision_trees", "tests/fixtures/lamp"] {
        for (kind, path) in files_below(&root().join(folder)) {
            assert_eq!(fault(kind, &path), None, "{}", path.display());
            kinds.push(kind);
        }
    }
    assert!(files::KINDS.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
}

/// These codes are about the shape of one file, as schemas are.
#[test]
fn files_of_the_wrong_shape_are_not_valid() {
    let codes = [
        "bad-value",
        "empty-text",
        "format-too-new",
        "format-too-old",
        "missing-field",
        "no-options",
        "too-many-options",
        "unknown-field",
        "wrong-type",
    ];
    for code in codes {
        let files = files_below(&root().join("tests/fixtures/problems").join(code));
        assert!(files.iter().any(|(kind, path)| fault(kind, path).is_some()), "{code}: {files:?}");
    }
}

/// The files of trees below a folder, each with its kind.
fn files_below(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut files_below(&path));
            continue;
        }
        let parent = path.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
        match (parent.as_str(), path.file_name().unwrap().to_str().unwrap()) {
            (_, "vocabulary.json") => found.push(("vocabulary", path)),
            (_, "tree.json") => found.push(("tree", path)),
            ("cards", name) if name.ends_with(".json") => found.push(("card", path)),
            ("cases", name) if name.ends_with(".json") => found.push(("case", path)),
            ("drills", name) if name.ends_with(".json") => found.push(("drill", path)),
            ("formats", name) if name.ends_with(".json") => found.push(("format", path)),
            _ => {}
        }
    }
    found
}

/// Returns the fault of a file by its schema.
fn fault(kind: &str, path: &Path) -> Option<String> {
    let schema = files::schema(kind).unwrap();
    let file = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    check(&schema, &schema, &file).err()
}

/// Checks a value by the keywords that our schemas use.
///
/// Any other keyword of JSON Schema fails the test.
fn check(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let fails = |what: &str| Err(format!("{what}: {value}"));
    let keywords = schema.as_object().unwrap();
    for (keyword, wanted) in keywords {
        let count = wanted.as_u64().unwrap_or_default() as usize;
        let is_met = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let name = wanted.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(root, root["$defs"].get(name).unwrap(), value)?;
                true
            }
            "type" => match wanted.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_u64(),
                "number" => value.is_number(),
                other => panic!("the type {other}"),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "oneOf" => {
                let all = wanted.as_array().unwrap();
                all.iter().filter(|one| check(root, one, value).is_ok()).count() == 1
            }
            "pattern" => {
                let pattern = regex::Regex::new(wanted.as_str().unwrap()).unwrap();
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "minimum" => value.as_u64().is_none_or(|number| number >= wanted.as_u64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= count),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= count),
            "items" => {
                value.as_array().into_iter().flatten().try_for_each(|item| check(root, wanted, item))?;
                true
            }
            "minProperties" => value.as_object().is_none_or(|fields| fields.len() >= count),
            "maxProperties" => value.as_object().is_none_or(|fields| fields.len() <= count),
            "required" => {
                let names = wanted.as_array().unwrap();
                value.is_object() && names.iter().all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    value.get(name).map_or(Ok(()), |field| check(root, schema, field))?;
                }
                true
            }
            "propertyNames" => {
                let mut names = value.as_object().into_iter().flat_map(|fields| fields.keys());
                names.try_for_each(|name| check(root, wanted, &name.as_str().into()))?;
                true
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                let fields = value.as_object().into_iter().flatten();
                let mut others = fields.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                match wanted {
                    Value::Bool(false) => others.next().is_none(),
                    _ => {
                        others.try_for_each(|(_, field)| check(root, wanted, field))?;
                        true
                    }
                }
            }
            other => panic!("the keyword {other}"),
        };
        if !is_met {
            return fails(keyword);
        }
    }
    Ok(())
}
