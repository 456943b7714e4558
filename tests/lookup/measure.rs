//! Measures recall and mean reciprocal rank (MRR) on labeled queries.
//!
//! Used by the test that has the floors, by the benchmark that prints the table, and by `examples/recall.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A query with its kind and the cards that are right answers.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct LabeledQuery {
    pub(crate) query: String,
    pub(crate) expected: Vec<String>,
    pub(crate) kind: String,
}

impl LabeledQuery {
    /// Returns whether a card, as `tree/card`, is a right answer.
    ///
    /// An expected card without a tree may be of any.
    pub(crate) fn expects(&self, name: &str) -> bool {
        let card = name.split_once('/').map_or(name, |(_, card)| card);
        self.expected.iter().any(|expected| expected == name || expected == card)
    }
}

/// Parses labeled queries, one JSON object a line.
pub(crate) fn labeled(jsonl: &str) -> serde_json::Result<Vec<LabeledQuery>> {
    jsonl.lines().map(serde_json::from_str).collect()
}

/// The scores of a set of queries.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// The scores by kind of query.
    pub(crate) by_kind: BTreeMap<String, Score>,
    /// The score of all queries.
    pub(crate) all: Score,
    /// Queries whose first answer is wrong, with their first three answers.
    pub(crate) missed: Vec<(LabeledQuery, Vec<String>)>,
}

/// Counts from which recall and MRR are computed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) queries: usize,
    first: usize,
    first_three: usize,
    reciprocals: f64,
}

impl Score {
    /// Returns the share of queries whose first answer is right.
    pub(crate) fn recall_at_1(&self) -> f64 {
        self.first as f64 / self.queries.max(1) as f64
    }

    /// Returns the share of queries answered right among the first three.
    pub(crate) fn recall_at_3(&self) -> f64 {
        self.first_three as f64 / self.queries.max(1) as f64
    }

    /// Returns the mean of 1 / rank of the first right answer.
    ///
    /// A query without a right answer counts 0.
    pub(crate) fn mrr(&self) -> f64 {
        self.reciprocals / self.queries.max(1) as f64
    }

    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1;
        self.first += usize::from(rank == Some(1));
        self.first_three += usize::from(rank.is_some_and(|rank| rank <= 3));
        self.reciprocals += rank.map_or(0.0, |rank| 1.0 / rank as f64);
    }
}

/// Runs every query through a search.
///
/// The search returns cards as `tree/card`, the best first.
pub(crate) fn measure(queries: &[LabeledQuery], mut search: impl FnMut(&str) -> Vec<String>) -> Measured {
    let mut measured = Measured::default();
    for query in queries {
        let answers = search(&query.query);
        let rank = answers.iter().position(|card| query.expects(card)).map(|at| at + 1);
        measured.all.add(rank);
        measured.by_kind.entry(query.kind.clone()).or_default().add(rank);
        if rank != Some(1) {
            measured.missed.push((query.clone(), answers.into_iter().take(3).collect()));
        }
    }
    measured
}
