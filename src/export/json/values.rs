//! Writes the values of a case as JSON.

use serde_json::{Value, json};

use super::place::place;
use crate::diagnosis::Diagnosis;
use crate::export::values::{CaseValue, ValueSighting, case_values};
use crate::walk::{GivenBy, Walk};

/// Returns the placeholders that have a value or had one.
pub(super) fn values(walk: &Walk) -> Vec<Value> {
    let known = case_values(walk, &[]).into_iter().filter(|value| value.given.is_some() || !value.found.is_empty());
    known.map(|known| value(&known)).collect()
}

fn value(value: &CaseValue<'_>) -> Value {
    let source = match value.given.map(|given| &given.by) {
        Some(GivenBy::Typed) => "typed",
        Some(GivenBy::Accepted) => "accepted",
        Some(GivenBy::Picked) => "picked",
        Some(GivenBy::Carried { .. }) if value.found.is_empty() => "link",
        Some(GivenBy::Carried { .. }) | None => "evidence",
    };
    json!({
        "name": value.name,
        "value": value.value(),
        "source": source,
        "must_be_accepted": value.must_be_accepted(),
        "found": value.found.iter().map(sighting).collect::<Vec<_>>(),
    })
}

fn sighting(found: &ValueSighting) -> Value {
    json!({"value": found.value, "count": found.count, "sample": found.provenance.as_ref().map(place)})
}

/// Returns the values in lines that name them, tree by tree.
pub(super) fn named(diagnosis: &Diagnosis) -> Vec<Value> {
    let named = diagnosis.values.iter().map(|(tree, found)| {
        let sample = place(&found.provenance);
        json!({"tree": tree.id, "name": found.name, "value": found.value, "count": found.count, "sample": sample})
    });
    named.collect()
}
