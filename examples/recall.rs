//! Prints recall and MRR of the lookup on labeled queries.
//!
//! Lists every query whose first answer is wrong.
//!
//! Usage: `cargo run --release --example recall -- tests/lookup/queries-dev.jsonl`

use std::error::Error;
use std::io::Write as _;

use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::store::Library;

#[path = "../tests/lookup/measure.rs"]
mod measure;

/// Printed characters of a missed query; pasted log lines are longer.
const MAX_SHOWN: usize = 150;

fn main() -> Result<(), Box<dyn Error>> {
    let searcher = Searcher::new(&Library::embedded().trees);
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let measured = measure::measure(&measure::labeled(&text)?, |query| {
            let found = searcher.search(query, &Usage::default(), 10).matches;
            found.iter().map(|found| format!("{}/{}", found.tree.id, found.tree.card(found.card).id)).collect()
        });
        writeln!(out, "{path}: queries, recall@1, recall@3, MRR")?;
        let all = ("all".to_owned(), measured.all);
        for (kind, score) in measured.by_kind.into_iter().chain([all]) {
            let (first, three, mrr) = (score.recall_at_1(), score.recall_at_3(), score.mrr());
            writeln!(out, "  {kind:<12}{:>5}   {first:.3}   {three:.3}   {mrr:.3}", score.queries)?;
        }
        for (query, answers) in measured.missed {
            let shown: String = query.query.chars().take(MAX_SHOWN).collect();
            writeln!(out, "  {}: {shown}", query.kind)?;
            writeln!(out, "      wants {:?}, got {answers:?}", query.expected)?;
            for found in searcher.search(&query.query, &Usage::default(), 3).matches {
                let id = &found.tree.card(found.card).id;
                let words = found.matched_words();
                writeln!(out, "        {id} {} {}: {} {words:?}", found.score, found.tier.name(), found.text)?;
            }
        }
    }
    Ok(())
}
