//! Looks up labelled queries and prints how many are answered right, and which are not:
//! `cargo run --release --example recall -- tests/lookup/queries-dev.jsonl`

use std::process::ExitCode;

use wherefore::lookup::{Index, Usage};
use wherefore::store::Library;

#[path = "../tests/lookup/measure.rs"]
mod measure;

fn main() -> ExitCode {
    let index = Index::new(&Library::embedded().trees);
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("{path} cannot be read");
            return ExitCode::from(2);
        };
        let (scores, missed) = measure::measure(&measure::labelled(&text), |query| {
            let found = index.search(query, &Usage::default(), 10);
            found.matches.iter().map(|found| found.tree.card(found.card).id.clone()).collect()
        });
        println!("{path}");
        for (kind, score) in scores {
            let (first, three, mrr) = (score.recall_at_1(), score.recall_at_3(), score.mrr());
            println!("  {kind:<12}{:>5}   {first:.3}   {three:.3}   {mrr:.3}", score.queries);
        }
        for (query, answers) in missed {
            let shown: String = query.query.chars().take(150).collect();
            println!("  {}: {shown}\n      wants {:?}, got {answers:?}", query.kind, query.expected);
            if std::env::var_os("VERBOSE").is_some() {
                for found in index
                    .search(&query.query, &Usage::default(), 40)
                    .matches
                    .iter()
                    .enumerate()
                    .filter(|(at, found)| *at < 2 || query.expected.contains(&found.tree.card(found.card).id))
                    .map(|x| x.1)
                {
                    println!(
                        "        {} {} {} {:?} {:?}",
                        found.tree.card(found.card).id,
                        found.score,
                        found.tier.name(),
                        found.text,
                        found.matched_words()
                    );
                }
            }
        }
    }
    ExitCode::SUCCESS
}
