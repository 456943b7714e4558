//! Writes the place of a line as JSON.

use serde_json::{Value, json};

use crate::walk::Provenance;

pub(super) fn place(Provenance { source, line, text }: &Provenance) -> Value {
    json!({"path": source.to_string(), "line": line, "text": text})
}
