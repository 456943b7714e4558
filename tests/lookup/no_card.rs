//! Reads the queries for which no card exists.

use serde::Deserialize;

/// A query for which no card exists.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NoCardQuery {
    pub(crate) query: String,
    /// `dev` or `test`.
    ///
    /// The floor is fitted on `dev`, and only measured on `test`.
    pub(crate) set: String,
    /// Whether a tree that is planned will have a card.
    #[serde(default)]
    pub(crate) later: bool,
}

/// Parses queries without a card, one JSON object a line.
///
/// Leaves out those that a planned tree will answer.
pub(crate) fn without_card(jsonl: &str) -> serde_json::Result<Vec<NoCardQuery>> {
    let queries: serde_json::Result<Vec<NoCardQuery>> = jsonl.lines().map(serde_json::from_str).collect();
    Ok(queries?.into_iter().filter(|query| !query.later).collect())
}
