//! How well labelled queries are answered: recall at 1 and 3 and the mean reciprocal rank, by kind of query. Used by the
//! test with the floors and by the benchmark that prints the table.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A query, the cards of which any is a right answer, and what kind of query it is.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Labelled {
    pub(crate) query: String,
    pub(crate) expected: Vec<String>,
    pub(crate) kind: String,
}

/// Reads labelled queries, one JSON object a line.
pub(crate) fn labelled(jsonl: &str) -> serde_json::Result<Vec<Labelled>> {
    jsonl.lines().map(serde_json::from_str).collect()
}

/// What came of a set of queries.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Scores by kind of query.
    pub(crate) by_kind: BTreeMap<String, Score>,
    /// The score of all.
    pub(crate) all: Score,
    /// The queries that were not answered right at once, with what came first.
    pub(crate) missed: Vec<(Labelled, Vec<String>)>,
}

/// How well some queries were answered.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) queries: usize,
    first: usize,
    first_three: usize,
    reciprocals: f64,
}

impl Score {
    /// The share of queries whose first answer is right.
    pub(crate) fn recall_at_1(&self) -> f64 {
        self.first as f64 / self.queries.max(1) as f64
    }

    /// The share of queries with a right answer among the first three.
    pub(crate) fn recall_at_3(&self) -> f64 {
        self.first_three as f64 / self.queries.max(1) as f64
    }

    /// The mean of one divided by the rank of the first right answer, 0 where there is none.
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

/// Puts every query to a search, which answers with the ids of cards, the best first.
pub(crate) fn measure(queries: &[Labelled], mut search: impl FnMut(&str) -> Vec<String>) -> Measured {
    let mut measured = Measured::default();
    for query in queries {
        let answers = search(&query.query);
        let rank = answers.iter().position(|card| query.expected.contains(card)).map(|at| at + 1);
        measured.all.add(rank);
        measured.by_kind.entry(query.kind.clone()).or_default().add(rank);
        if rank != Some(1) {
            measured.missed.push((query.clone(), answers.into_iter().take(3).collect()));
        }
    }
    measured
}
