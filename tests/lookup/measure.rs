//! How well labelled queries are answered: recall at 1 and 3 and the mean reciprocal rank, by kind of query. Used by the
//! test with the floors and by the benchmark that prints the table.

use std::collections::BTreeMap;

use serde_json::Value;

/// A query, the cards of which any is a right answer, and what kind of query it is.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) query: String,
    pub(crate) expected: Vec<String>,
    pub(crate) kind: String,
}

/// Reads labelled queries, one JSON object a line.
pub(crate) fn labelled(jsonl: &str) -> Vec<Labelled> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    jsonl
        .lines()
        .map(|line| {
            let entry: Value = serde_json::from_str(line).unwrap();
            let expected = entry["expected"].as_array().unwrap().iter().map(text).collect();
            Labelled { query: text(&entry["query"]), expected, kind: text(&entry["kind"]) }
        })
        .collect()
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

/// Scores by kind, `all` among them, and the queries that were not answered right at once, with what came first.
pub(crate) fn measure(
    queries: &[Labelled],
    mut search: impl FnMut(&str) -> Vec<String>,
) -> (BTreeMap<String, Score>, Vec<(Labelled, Vec<String>)>) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut missed = Vec::new();
    for query in queries {
        let answers = search(&query.query);
        let rank = answers.iter().position(|card| query.expected.contains(card)).map(|at| at + 1);
        for kind in [query.kind.as_str(), "all"] {
            scores.entry(kind.to_owned()).or_default().add(rank);
        }
        if rank != Some(1) {
            missed.push((query.clone(), answers.into_iter().take(3).collect()));
        }
    }
    (scores, missed)
}
