//! Tests the lookup on the embedded trees.

mod floor;
pub(crate) mod measure;
mod no_card;

use std::path::Path;
use std::sync::Arc;

use measure::{LabeledQuery, labeled};
use wherefore::internals::lookup::{Found, Match, Opened, Searcher, Tier, Usage};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, Step, Walk};

/// The queries of the Oracle Cloud trees.
const ORACLE_CLOUD: &[&str] = &[include_str!("lookup/queries-dev.jsonl"), include_str!("lookup/queries-own.jsonl")];

/// The queries of the other trees.
const NEIGHBORS: [(&str, &str); 3] = [
    ("nginx", include_str!("lookup/queries-nginx.jsonl")),
    ("tls", include_str!("lookup/queries-tls.jsonl")),
    ("connection", include_str!("lookup/queries-connection.jsonl")),
];

fn searcher() -> Searcher {
    Searcher::new(&Library::embedded().trees)
}

fn ids(found: &[Match]) -> Vec<&str> {
    found.iter().map(|found| found.tree.card(found.card).id.as_str()).collect()
}

/// Returns the cards as `tree/card`.
fn names(found: &[Match]) -> Vec<String> {
    found.iter().map(|found| format!("{}/{}", found.tree.id, found.tree.card(found.card).id)).collect()
}

fn search(searcher: &Searcher, query: &str) -> Found {
    searcher.search(query, &Usage::default(), 10)
}

fn of_sets(sets: &[&str]) -> Vec<LabeledQuery> {
    sets.iter().flat_map(|text| labeled(text).unwrap()).collect()
}

fn queries() -> Vec<LabeledQuery> {
    let neighbors = NEIGHBORS.map(|(_, text)| text);
    [of_sets(ORACLE_CLOUD), of_sets(&neighbors)].concat()
}

#[test]
fn labeled_queries_are_answered() {
    let searcher = searcher();
    let answers = |query: &str| names(&search(&searcher, query).matches);
    // A query that gets no card is counted by `floor`, except where the answer is plain to see.
    let is_wanted = |query: &LabeledQuery| {
        let is_plain = ["pasted", "status"].contains(&query.kind.as_str());
        is_plain || !search(&searcher, &query.query).matches.is_empty()
    };
    let queries: Vec<_> = of_sets(ORACLE_CLOUD).into_iter().filter(is_wanted).collect();
    let measured = measure::measure(&queries, answers);
    let all = &measured.all;
    let missed: Vec<_> = measured.missed.iter().map(|(query, got)| format!("{}: {got:?}", query.query)).collect();
    assert!(all.queries >= 550, "{} queries", all.queries);
    assert!(all.recall_at_1() >= 0.95, "recall@1 is {:.3}\n{}", all.recall_at_1(), missed.join("\n"));
    assert!(all.mrr() >= 0.97, "MRR is {:.3}", all.mrr());
    assert!(all.recall_at_3() >= 0.99, "recall@3 is {:.3}\n{}", all.recall_at_3(), missed.join("\n"));
    for kind in ["pasted", "status"] {
        assert_eq!(measured.by_kind[kind].recall_at_1(), 1.0, "{kind}\n{}", missed.join("\n"));
    }
}

/// A query does not say which tree it means.
#[test]
fn labeled_queries_of_the_neighbors_are_answered() {
    let searcher = searcher();
    for (tree, text) in NEIGHBORS {
        let queries = of_sets(&[text]);
        let measured = measure::measure(&queries, |query| names(&search(&searcher, query).matches));
        let (all, missed) = (&measured.all, &measured.missed);
        let missed: Vec<_> = missed.iter().map(|(query, got)| format!("{}: {got:?}", query.query)).collect();
        assert!(all.queries >= 60, "{tree}: {} queries", all.queries);
        assert!(all.recall_at_1() >= 0.9, "{tree}: recall@1 is {:.3}\n{}", all.recall_at_1(), missed.join("\n"));
        assert!(all.recall_at_3() >= 0.97, "{tree}: recall@3 is {:.3}\n{}", all.recall_at_3(), missed.join("\n"));
    }
}

/// The words of compiled trees are split by the build.
#[test]
fn compiled_trees_are_searched_like_those_in_folders() {
    let mut library = Library::default();
    library.add_directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("decision_trees"), true);
    let (compiled, loaded) = (searcher(), Searcher::new(&library.trees));
    let shown = |searcher: &Searcher, query: &str| {
        let found = search(searcher, query);
        let one = |one: &Match| {
            let card = &one.tree.card(one.card).id;
            format!("{card} {:?} {} {:?} {:?} {:?}", one.tier, one.score, one.text, one.letters, one.shared)
        };
        let matches: Vec<String> = found.matches.iter().chain(&found.nearest).map(one).collect();
        (matches, found.understood, found.explained, found.is_sure)
    };
    let queries: Vec<String> = queries().into_iter().map(|query| query.query).collect();
    let more = ["", "conrefwhi", "zebra", "nohealthybackends", "502 502", "helth chek"].map(str::to_owned);
    for query in more.iter().chain(queries.iter().step_by(5)) {
        assert_eq!(shown(&compiled, query), shown(&loaded, query), "{query}");
    }
}

#[test]
fn labeled_queries_name_cards_of_every_kind() {
    let library = Library::embedded();
    let queries = queries();
    for tree in &library.trees {
        for (_, card) in tree.cards() {
            let name = format!("{}/{}", tree.id, card.id);
            assert!(queries.iter().any(|query| query.expects(&name)), "no query is for {name}");
        }
    }
    for query in &queries {
        for expected in &query.expected {
            let (of_tree, id) =
                expected.split_once('/').map_or((None, expected.as_str()), |(tree, id)| (Some(tree), id));
            let mut trees = library.trees.iter().filter(|tree| of_tree.is_none_or(|of_tree| tree.id == of_tree));
            assert!(trees.any(|tree| tree.find_card(id).is_some()), "{expected} of {}", query.query);
        }
    }
}

#[test]
fn every_error_string_and_sample_leads_to_its_card() {
    let library = Library::embedded();
    let searcher = Searcher::new(&library.trees);
    for (tree, card) in library.trees.iter().flat_map(|tree| tree.cards().map(move |(_, card)| (tree, card))) {
        for sample in card.signatures.iter().flat_map(|signature| &signature.samples) {
            let found = search(&searcher, sample);
            // Cards of other trees may own the text, too.
            let of_tree: Vec<_> = found.matches.iter().filter(|found| found.tree.id == tree.id).collect();
            let at = of_tree.iter().position(|found| found.tree.card(found.card).id == card.id);
            let sharing = of_tree.first().map_or(1, |first| first.shared.len().max(1));
            assert!(at.is_some_and(|at| at < sharing), "{}: {sample}\n{:?}", card.id, ids(&found.matches));
            assert!(found.matches[0].tier == Tier::Signature || !found.left_by_code.is_empty(), "{sample}");
        }
    }
}

#[test]
fn each_tier_says_what_it_is_and_what_matched() {
    let searcher = searcher();
    let cases = [
        ("Client 192.0.2.9 sent no required SSL certificate", Tier::Signature, "no required SSL certificate"),
        ("404 from both", Tier::Signature, "404"),
        ("required ssl cert", Tier::Contains, "required SSL cert"),
        ("certificate ssl required no", Tier::Words, "certificate"),
        ("no reqiured ssl certifcate", Tier::Typos, "required"),
        ("noreqsslcert", Tier::Subsequence, "SSL"),
        ("the backend hung up on us in some handshake or other", Tier::Card, "handshake"),
    ];
    for (query, tier, word) in cases {
        let found = search(&searcher, query);
        let first = &found.matches[0];
        let words = first.matched_words();
        assert_eq!(first.tier, tier, "{query}: {} {:?}", first.text, words);
        let words = words.join(" ").to_lowercase();
        let is_marked = word.to_lowercase().split(' ').all(|word| words.contains(word));
        assert!(is_marked || tier == Tier::Signature, "{query}: {words:?} in {}", first.text);
        let letters = first.text.chars().count();
        assert!(first.letters.iter().all(|letter| *letter < letters), "{query}");
        assert!(first.letters.is_sorted(), "{query}");
    }
}

#[test]
fn a_signature_of_several_cards_is_marked_as_shared() {
    let searcher = searcher();
    let found = search(&searcher, "No healthy backends available in associated backendSet: bs_web");
    assert!(!found.is_sure);
    assert_eq!(found.matches[0].shared.len(), 3);
    assert!(found.matches[..3].iter().all(|one| one.shared == found.matches[0].shared));
    let found = search(&searcher, "Backend 10.0.0.8 abruptly closes connection.");
    assert!(found.is_sure && found.matches[0].shared.is_empty());
}

/// Returns the walk that begins when the first match is opened.
fn opened(searcher: &Searcher, query: &str) -> Walk {
    let found = search(searcher, query);
    let mut walk = Walk::new(Arc::clone(&found.matches[0].tree));
    walk.push(Event::EvidenceAdded(searcher.evidence(query, &found.matches[0])));
    walk
}

#[test]
fn opening_a_match_begins_a_walk_with_its_evidence() {
    let searcher = searcher();
    let card = |walk: &Walk| match walk.position().step {
        Step::Card(card) => walk.tree().card(card).id.clone(),
        ref other => format!("{other:?}").into(),
    };
    for (query, expected) in [
        ("502 502", "backend-bad-gateway"),
        ("lb 504 backend blank", "gateway-timeout"),
        (r#"{"lbStatusCode":"404","backendStatusCode":"404"}"#, "page-not-found"),
        ("sticky sesion broken", "sticky-session-no-fallback"),
        ("EHOSTUNREACH", "health-check-connection-failed"),
    ] {
        assert_eq!(card(&opened(&searcher, query)), expected, "{query}");
    }
    // The recognized record also answers questions.
    let walk = opened(&searcher, "502/502");
    assert!(!walk.known().answers.is_empty());
    assert_eq!(walk.known().hits[0].provenance.text, "502/502");
    // A signature of three cards leads to the question that tells them apart.
    let walk = opened(&searcher, "No healthy backends available");
    assert!(matches!(walk.position().step, Step::Ask(_)));
    assert_eq!(walk.position().candidates.len(), 3);
}

#[test]
fn hostile_input_is_answered() {
    let searcher = searcher();
    let record = r#"{"lbStatusCode":"502","backendStatusCode":"502"}"#;
    let mut hostile: Vec<String> = vec![
        String::new(),
        " \t\r\n ".into(),
        "\0\u{1b}[31m\u{202e}\u{9b}".into(),
        "a".repeat(10_000),
        "ab ".repeat(400_000),
        "{\"".repeat(500_000),
        "502 ".repeat(100_000),
        "\u{1F468}\u{200D}\u{1F469} é e\u{301} ß İ ﬁ ＥＨＯＳＴ 日本語".into(),
        "''''\"\"\"(((]]]\\\\".into(),
        "=====::::----....".into(),
        String::from_utf8_lossy(&(0..=255).cycle().take(100_000).collect::<Vec<u8>>()).into_owned(),
        format!("{}{record}", "x".repeat(70_000)),
    ];
    hostile.extend((0..200).map(|at| char::from_u32(at).unwrap().to_string()));
    for query in &hostile {
        let found = search(&searcher, query);
        for one in found.matches.iter().chain(&found.nearest) {
            assert!(!one.text.chars().any(char::is_control));
            searcher.evidence(query, one);
        }
    }
    let found = search(&searcher, "ＥＨＯＳＴＵＮＲＥＡＣＨ").matches;
    assert!(ids(&found).contains(&"health-check-connection-failed") && ids(&found).contains(&"host-not-there"));
    let noise = format!("\u{1b}[31m2026-01-15 host lb[7]: {record}\u{1b}[0m\r\n");
    assert_eq!(ids(&search(&searcher, &noise).matches)[0], "backend-bad-gateway");
}

#[test]
fn if_no_card_fits_the_nearest_are_named() {
    let searcher = searcher();
    for (query, understood) in
        [("zzzz qqqq cookei xyzzy plugh foobar quux", "cookei"), ("certficat xyzzy plugh foobar quux", "certficat")]
    {
        let found = search(&searcher, query);
        assert_eq!(ids(&found.matches), Vec::<&str>::new(), "{query}");
        assert_eq!(found.understood, [understood], "{query}");
        assert_eq!(found.nearest.len(), 2, "{query}");
    }
    let found = search(&searcher, "qqqqq");
    assert!(found.matches.is_empty() && found.understood.is_empty() && found.nearest.is_empty());
}

#[test]
fn usage_orders_cards_of_equal_score_only() {
    let searcher = searcher();
    let tree = "oci-load-balancer";
    let usage = |card: &str| {
        let opened = Opened { at: 1000, tree: tree.to_string(), card: card.to_owned() };
        Usage::new(vec![opened; 50], 1000)
    };
    let everything = |usage: &Usage| searcher.search("", usage, 100).matches;
    assert_eq!(ids(&everything(&usage("listener-connection-limit")))[0], "listener-connection-limit");
    assert_eq!(everything(&Usage::default()).len(), everything(&usage("page-not-found")).len());
    for query in ["502 502", "cookie too large", "backend abruptly closes"] {
        let before = search(&searcher, query);
        let last = ids(&before.matches).last().unwrap().to_string();
        let after = searcher.search(query, &usage(&last), 10);
        assert_eq!(ids(&before.matches)[0], ids(&after.matches)[0], "{query}");
        assert!(after.matches.is_sorted_by(|one, other| one.score >= other.score), "{query}");
    }
}

#[test]
fn search_is_deterministic() {
    let (one, other): (Searcher, Searcher) = (searcher(), searcher());
    for LabeledQuery { query, .. } in queries() {
        let shown = |searcher: &Searcher| {
            let found = search(searcher, &query);
            found.matches.iter().map(|one| (one.score, one.text.clone(), one.letters.clone())).collect::<Vec<_>>()
        };
        assert_eq!(shown(&one), shown(&other), "{query}");
    }
}

#[test]
fn no_trees_give_no_matches() {
    let none: Vec<Arc<Tree>> = Vec::new();
    let searcher = Searcher::new(&none);
    assert!(search(&searcher, "502 502").matches.is_empty());
    assert!(search(&searcher, "").matches.is_empty());
}

#[test]
fn a_card_for_another_status_code_is_not_first() {
    let searcher = searcher();
    let found = search(&searcher, "lb gives 502 but the health check is green");
    assert!(!found.is_sure && ids(&found.matches)[0] != "gateway-timeout", "{:?}", ids(&found.matches));
}

#[test]
fn a_card_that_a_record_rules_out_is_not_first() {
    let searcher = searcher();
    for query in [r#"{"lbStatusCode":"404","backendStatusCode":""}"#, "404/-", "lb 404 backend blank"] {
        let found = search(&searcher, query);
        assert!(!found.is_sure && ids(&found.matches).first() != Some(&"page-not-found"), "{query}");
    }
    let healthy = r#"{"lbStatusCode":"200","backendStatusCode":"200","sentBytes":"504"}"#;
    assert!(!search(&searcher, healthy).is_sure);
}

#[test]
fn lines_with_different_signatures_share_no_cards() {
    let searcher = searcher();
    let lines = "Client 10.0.0.9 timed out\nBackend 10.10.100.7 closed connection abruptly";
    let found = search(&searcher, lines);
    assert_eq!(found.matches.iter().filter(|one| one.tier == Tier::Signature).count(), 2);
    assert!(!found.is_sure && found.matches.iter().all(|one| one.shared.is_empty()));
    for one in &found.matches[..2] {
        let hits = searcher.evidence(lines, one).hits;
        assert_eq!(hits.iter().map(|hit| hit.cards.as_slice()).collect::<Vec<_>>(), [[one.card]]);
    }
}

#[test]
fn only_lines_with_signatures_count_in_a_long_paste() {
    let searcher = searcher();
    let noise = "2026-01-15 10:20:30 INFO request served in 200 ms\n".repeat(5_000);
    let paste = format!("{noise}2026-01-15 10:20:31 Backend 10.10.100.7 closed connection abruptly\n");
    assert_eq!(searcher.relevant_lines(&paste).unwrap().lines().count(), 1);
    let found = search(&searcher, &paste);
    assert!(found.is_sure);
    assert_eq!(ids(&found.matches)[0], "backend-closed-connection");
    assert_eq!(searcher.relevant_lines("short"), None);
    assert_eq!(searcher.relevant_lines(&noise), None, "no line has a signature");
}

#[test]
fn a_code_answers_a_question_in_whatever_form_it_arrives() {
    let searcher = Searcher::new(&[crate::embedded_trees::load_balancer()]);
    let browser =
        "This page isn't working\nwww.example.com is currently unable to handle this request.\nHTTP ERROR 502";
    let forms = ["502", "status=502", "502 error", "HTTP 502", "HTTP/1.1 502 Bad Gateway", "502 Bad Gateway", browser];
    let first: Vec<String> = said(&search(&searcher, forms[0]));
    for query in forms {
        let found = search(&searcher, query);
        assert!(!found.is_sure && found.left_by_code.len() == 1, "{query}");
        assert_eq!(said(&found), first, "{query}");
        // The question that goes on from the code opens, not the card.
        let walk = opened(&searcher, query);
        assert!(matches!(walk.position().step, Step::Ask(_)), "{query}");
        let left = walk.position().candidates.iter().map(|candidate| walk.tree().card(candidate.card).id.to_string());
        assert!(left.clone().all(|id| id != "page-not-found" && id != "backend-client-error"), "{query}");
        assert!(left.count() > 5, "{query}");
    }
    for query in ["502 502", "404/-", "4711", "error", "65535", "lb 504 backend 504"] {
        assert!(search(&searcher, query).left_by_code.is_empty(), "{query}");
    }
}

/// The options that a code leaves, and the cards in their order.
fn said(found: &Found) -> Vec<String> {
    let options = found
        .left_by_code
        .iter()
        .flat_map(|left| left.options.iter().map(|option| left.tree.option(left.question, *option).id.to_string()));
    options.chain(ids(&found.matches).into_iter().map(str::to_owned)).collect()
}
