//! Measures recall and speed of the lookup: `cargo bench --bench lookup`.
//!
//! 1. Recall and MRR on the labeled queries of `tests/lookup/`, compared with fuzzy-matcher alone on the same error
//!    strings, titles and other names.
//! 2. How many queries without a card get one, for each value of the floor, and the value that fits. Only this with
//!    `cargo bench --bench lookup -- floor`.
//! 3. The time of one query, compared with nucleo-matcher on the same error strings in the same run: with the embedded
//!    trees, and with trees generated from `error-strings.txt`, every message in many variants.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};
use serde_json::json;
use wherefore::internals::lookup::{Found, Searcher, Usage};
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Folder, SourceFile, Tree, load};

#[path = "../tests/lookup/measure.rs"]
mod measure;

#[path = "../tests/lookup/no_card.rs"]
mod no_card;

use measure::{LabeledQuery, Score, labeled};
use no_card::without_card;

const QUERIES: [(&str, &str); 5] = [
    ("queries-dev.jsonl", include_str!("../tests/lookup/queries-dev.jsonl")),
    ("queries-own.jsonl", include_str!("../tests/lookup/queries-own.jsonl")),
    ("queries-nginx.jsonl", include_str!("../tests/lookup/queries-nginx.jsonl")),
    ("queries-tls.jsonl", include_str!("../tests/lookup/queries-tls.jsonl")),
    ("queries-connection.jsonl", include_str!("../tests/lookup/queries-connection.jsonl")),
];
const WITHOUT_CARD: &str = include_str!("../tests/lookup/queries-no-card.jsonl");
const STRINGS: &str = include_str!("error-strings.txt");

/// The greatest share of queries with a card that may be refused.
///
/// `tests/lookup/floor.rs` allows 0.03; the rest is for queries that no set has.
const MAX_REFUSED: f64 = 0.02;

/// Cards in one generated tree; more cards make more trees.
const CARDS_OF_TREE: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let library = Library::embedded();
    let searcher = Searcher::new(&library.trees);
    let mut report = String::new();
    if std::env::args().any(|argument| argument == "floor") {
        floor(&searcher, &mut report)?;
        return Ok(std::io::stdout().write_all(report.as_bytes())?);
    }
    let mut typed = Vec::new();
    for (name, text) in QUERIES {
        let queries = labeled(text)?;
        recall(name, &queries, &library.trees, &searcher, &mut report)?;
        typed.extend(queries.iter().flat_map(|labeled| as_typed(&labeled.query)));
    }
    floor(&searcher, &mut report)?;
    writeln!(
        report,
        "| cards | first search, index made | wherefore: median | p99 | worst | nucleo-matcher: median | p99 | ratio of p99 |\n\
         |---|---|---|---|---|---|---|---|"
    )?;
    speed(&library.trees, &typed, &mut report)?;
    for cards in [5_000, 50_000] {
        let (trees, queries) = generated(cards);
        speed(&trees, &queries, &mut report)?;
    }
    Ok(std::io::stdout().write_all(report.as_bytes())?)
}

fn recall(
    name: &str,
    queries: &[LabeledQuery],
    trees: &[Arc<Tree>],
    searcher: &Searcher,
    report: &mut String,
) -> Result<(), Box<dyn Error>> {
    let ours = measure::measure(queries, |query| {
        let found = searcher.search(query, &Usage::default(), 10).matches;
        found.iter().map(|found| format!("{}/{}", found.tree.id, found.tree.card(found.card).id)).collect()
    });
    let matcher = SkimMatcherV2::default().ignore_case().element_limit(1 << 20);
    let theirs = measure::measure(queries, |query| {
        let cards = trees.iter().flat_map(|tree| tree.cards().map(move |(_, card)| (tree, card)));
        let mut scored: Vec<_> = cards
            .filter_map(|(tree, card)| {
                let mut texts = card.error_strings();
                texts.push(card.title.clone());
                texts.extend(card.also_called.iter().cloned());
                let best = texts.iter().filter_map(|text| matcher.fuzzy_match(text, query)).max()?;
                Some((best, format!("{}/{}", tree.id, card.id)))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, id)| id).collect()
    });
    writeln!(
        report,
        "`{name}`:\n\n\
         | kind | queries | recall@1 | recall@3 | MRR | fuzzy-matcher alone: recall@1 | recall@3 | MRR |\n\
         |---|---|---|---|---|---|---|---|"
    )?;
    let figures =
        |score: &Score| format!("{:.3} | {:.3} | {:.3}", score.recall_at_1(), score.recall_at_3(), score.mrr());
    let kinds = ours.by_kind.iter().zip(theirs.by_kind.values());
    for (kind, ours, theirs) in kinds.map(|((kind, ours), theirs)| (kind.as_str(), ours, theirs)) {
        writeln!(report, "| {kind} | {} | {} | {} |", ours.queries, figures(ours), figures(theirs))?;
    }
    let (ours, theirs) = (&ours.all, &theirs.all);
    writeln!(report, "| **all** | {} | {} | {} |\n", ours.queries, figures(ours), figures(theirs))?;
    Ok(())
}

/// Prints what each value of the floor gives, and which fits.
///
/// The value that fits is the greatest that refuses at most `MAX_REFUSED` of the queries with a card.
fn floor(searcher: &Searcher, report: &mut String) -> Result<(), Box<dyn Error>> {
    // A share that the floor does not judge is infinite; a query for which no card has any word has none.
    let shares = |queries: &[String]| -> Vec<f32> {
        let found = queries.iter().map(|query| searcher.search(query, &Usage::default(), 1));
        let share = |found: Found| match found.matches.len() + found.nearest.len() {
            0 => f32::NEG_INFINITY,
            _ if found.matches.is_empty() && found.explained.is_none() => f32::NEG_INFINITY,
            _ => found.explained.unwrap_or(f32::INFINITY),
        };
        found.map(share).collect()
    };
    let mut with_card = Vec::new();
    for (_, text) in QUERIES {
        with_card.extend(labeled(text)?.into_iter().map(|query| query.query));
    }
    let with_card = shares(&with_card);
    let of_set = |set: &str| -> serde_json::Result<Vec<f32>> {
        let queries = without_card(WITHOUT_CARD)?.into_iter().filter(|query| query.set == set);
        Ok(shares(&queries.map(|query| query.query).collect::<Vec<_>>()))
    };
    let (dev, test) = (of_set("dev")?, of_set("test")?);
    let below = |shares: &[f32], floor: f32| {
        shares.iter().filter(|share| **share < floor).count() as f64 / shares.len().max(1) as f64
    };
    let floors: Vec<f32> = (40..=100).map(|hundredths| hundredths as f32 / 100.0).collect();
    writeln!(
        report,
        "| `MIN_EXPLAINED` | {} queries with a card: refused | {} without, `dev`: refused | {} without, `test`: refused |\n\
         |---|---|---|---|",
        with_card.len(),
        dev.len(),
        test.len()
    )?;
    for floor in floors.iter().step_by(5) {
        let [with, dev, test] = [&with_card, &dev, &test].map(|shares| 100.0 * below(shares, *floor));
        writeln!(report, "| {floor:.2} | {with:.1} % | {dev:.1} % | {test:.1} % |")?;
    }
    let fits = floors.iter().rev().find(|floor| below(&with_card, **floor) <= MAX_REFUSED);
    writeln!(report, "\nThe value that fits: {}\n", fits.map_or("none".to_owned(), |floor| format!("{floor:.2}")))?;
    Ok(())
}

/// Returns the queries that are searched while one is entered.
///
/// Every prefix of a typed query, or a pasted one at once.
fn as_typed(query: &str) -> Vec<String> {
    if query.len() > 120 {
        return vec![query.to_owned()];
    }
    let ends = query.char_indices().map(|(at, character)| at + character.len_utf8());
    ends.filter_map(|end| query.get(..end)).map(str::to_owned).collect()
}

fn speed(trees: &[Arc<Tree>], queries: &[String], report: &mut String) -> Result<(), Box<dyn Error>> {
    // The index is built at the first search.
    let first = || timed(|| drop(Searcher::new(trees).search("refused", &Usage::default(), 10)));
    let build = (0..20).map(|_| first()).min().unwrap_or_default();
    let searcher = Searcher::new(trees);
    let cards = trees.iter().flat_map(|tree| tree.cards());
    let strings: Vec<String> = cards.flat_map(|(_, card)| card.error_strings()).map(Into::into).collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    // Warm up everything that is built lazily.
    queries.iter().take(200).for_each(|query| drop(searcher.search(query, &Usage::default(), 10)));
    let mut ours: Vec<Duration> =
        queries.iter().map(|query| timed(|| drop(searcher.search(query, &Usage::default(), 10)))).collect();
    let mut theirs: Vec<Duration> = queries
        .iter()
        .map(|query| {
            timed(|| {
                let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
                drop(pattern.match_list(&strings, &mut matcher));
            })
        })
        .collect();
    ours.sort();
    theirs.sort();
    let at = |times: &[Duration], share: f64| {
        let place = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(place).copied().unwrap_or_default()
    };
    let milliseconds = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1000.0);
    let cards: usize = trees.iter().map(|tree| tree.cards().count()).sum();
    writeln!(
        report,
        "| {cards} | {} | {} | {} | {} | {} | {} | {:.2} |",
        milliseconds(build),
        milliseconds(at(&ours, 0.5)),
        milliseconds(at(&ours, 0.99)),
        milliseconds(at(&ours, 1.0)),
        milliseconds(at(&theirs, 0.5)),
        milliseconds(at(&theirs, 0.99)),
        at(&ours, 0.99).as_secs_f64() / at(&theirs, 0.99).as_secs_f64(),
    )?;
    Ok(())
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// A linear congruential generator, so that every run has the same trees.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all.get(self.below(all.len())).copied().unwrap_or("")
    }
}

const SERVICES: [&str; 24] = [
    "billing",
    "checkout",
    "search",
    "login",
    "payments",
    "catalog",
    "inventory",
    "shipping",
    "mail",
    "reports",
    "metrics",
    "gateway",
    "profile",
    "orders",
    "sessions",
    "images",
    "exports",
    "webhooks",
    "ledger",
    "archive",
    "notifier",
    "crawler",
    "scheduler",
    "pricing",
];
const PLACES: [&str; 16] = [
    "frankfurt",
    "ashburn",
    "osaka",
    "mumbai",
    "staging",
    "canary",
    "primary",
    "replica",
    "edge",
    "batch",
    "legacy",
    "mobile",
    "partner",
    "internal",
    "public",
    "nightly",
];

/// Generates trees by varying real messages, and queries for some cards.
fn generated(cards: usize) -> (Vec<Arc<Tree>>, Vec<String>) {
    let messages: Vec<&str> = STRINGS.lines().filter(|line| !line.starts_with('#')).collect();
    let mut random = Lcg(7);
    let mut trees = Vec::new();
    let mut queries = Vec::new();
    for first in (0..cards).step_by(CARDS_OF_TREE) {
        let mut files = Vec::new();
        let mut ids = Vec::new();
        let size = CARDS_OF_TREE.min(cards - first);
        for at in first..first + size {
            let message = messages.get(at % messages.len()).copied().unwrap_or("");
            let name = format!("{} {}", random.of(&PLACES), random.of(&SERVICES));
            let braces = message.replace('{', "{{").replace('}', "}}");
            let text = braces.replace("<host>", "{host}").replace("<number>", "{number}");
            let text = text.replace("<path>", "{word}").replace("<name>", "{word}");
            let shown = message.replace("<host>", "db-7.example.com").replace("<number>", "4711");
            let shown = shown.replace("<path>", "/var/lib/data").replace("<name>", "alpha");
            let card = json!({
                "title": format!("{name}: {}", first_words(message, 5)),
                "about": format!("What {name} says when it stops: {shown}."),
                "likelihood": "common",
                "signatures": [{"text": text, "documented": format!("{name}: {message}"), "samples": [shown]}],
                "also_called": [format!("{name} fails"), first_words(message, 3)],
                "symptoms": [format!("Users of {name} wait.")],
                "causes": [{"id": "one", "text": format!("Something behind {name} is down.")}],
                "remedies": [],
                "docs": [],
                "source": "made up",
                "reviewed": "2026-01-15",
            });
            let id = format!("card-{}", at - first);
            files.push((format!("cards/{id}.json"), card));
            ids.push(id);
            if at % (cards / 200).max(1) == 0 {
                queries.extend(queries_for(&shown, &name, &mut random));
            }
        }
        let name = format!("tree-{first}");
        let tree = json!({
            "format": 1, "id": name, "title": "Made up", "about": "For a benchmark.", "escalation": "card-0",
            "start": {"ask": "one", "then": {"yes": {"cards": ids}, "no": {"card": "card-0"}}},
            "questions": {"one": {
                "ask": "Is it?", "why": "So.", "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
                "find_out": {"how": "Look.", "takes": "seconds", "shows": {}},
            }},
        });
        files.push(("tree.json".to_owned(), tree));
        let files = files.into_iter().map(|(file, content)| SourceFile {
            path: file.clone(),
            name: file,
            content: Ok(Cow::Owned(content.to_string().into_bytes())),
        });
        let loaded = load(&Folder { name, origin: "made up".to_owned(), files: files.collect() });
        trees.extend(loaded.tree.map(Arc::new));
    }
    (trees, queries)
}

fn first_words(text: &str, count: usize) -> String {
    text.split(' ').take(count).collect::<Vec<_>>().join(" ")
}

/// Returns queries for a message.
///
/// Whole, in a log line, in part, with a typo, reordered, abbreviated, in a sentence.
fn queries_for(message: &str, name: &str, random: &mut Lcg) -> Vec<String> {
    let mut words: Vec<&str> = message.split(' ').collect();
    let slip = {
        let mut letters: Vec<char> = message.to_lowercase().chars().collect();
        let at = 1 + random.below(letters.len() - 2);
        letters.swap(at, at + 1);
        letters.into_iter().collect()
    };
    let short: String = words.iter().take(4).map(|word| word.chars().take(3).collect::<String>()).collect();
    let line = format!("2026-01-15T10:20:30Z host-3 {name}[4711]: error: {message} (request 8f14e45f, 3 retries)");
    let part = words.iter().skip(words.len() / 3).copied().collect::<Vec<_>>().join(" ");
    words.reverse();
    let reversed = words.into_iter().take(6).collect::<Vec<_>>().join(" ");
    let sentence = format!("{name} is down and it says something about {}", part.to_lowercase());
    let all = [message.to_owned(), line, part.clone(), slip, reversed, short, sentence, first_words(&part, 1)];
    all.into_iter().chain(as_typed(&first_words(message, 4))).collect()
}
