//! Tests that a text which no card is about gets no card.

use std::collections::BTreeMap;

use super::no_card::without_card;
use super::{ids, names, queries, search, searcher};

const WITHOUT_CARD: &str = include_str!("queries-no-card.jsonl");
const PRODUCTS: &str = include_str!("product-names.txt");
const SENTENCES: &str = include_str!("product-sentences.txt");

/// The distance between two sentences for one product name.
///
/// Each name meets ten of the 50 sentences, and each sentence ten names.
const STEP: usize = 5;

#[test]
fn queries_without_a_card_get_none() {
    let searcher = searcher();
    let mut by_set: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let queries = without_card(WITHOUT_CARD).unwrap();
    assert!(queries.len() >= 320);
    for query in queries {
        let found = search(&searcher, &query.query);
        assert!(!found.is_sure, "{} is surely {:?}", query.query, ids(&found.matches)[0]);
        let (all, answered) = by_set.entry(query.set).or_default();
        *all += 1;
        answered.extend(ids(&found.matches).first().map(|id| format!("{}: {id}", query.query)));
    }
    for (set, (all, answered)) in &by_set {
        let share = answered.len() as f64 / *all as f64;
        assert!(share <= 0.1, "{set}: {share:.3} of {all} queries got a card\n{}", answered.join("\n"));
    }
    assert_eq!(by_set.keys().collect::<Vec<_>>(), ["dev", "test"]);
}

#[test]
fn few_queries_with_a_card_get_none() {
    let (searcher, queries) = (searcher(), queries());
    let refused = queries.iter().filter(|query| search(&searcher, &query.query).matches.is_empty());
    let refused: Vec<&str> = refused.map(|query| query.query.as_str()).collect();
    let share = refused.len() as f64 / queries.len() as f64;
    assert!(share <= 0.03, "{share:.3} of {} queries get no card\n{}", queries.len(), refused.join("\n"));
}

#[test]
fn no_query_is_surely_answered_with_a_wrong_card() {
    let searcher = searcher();
    for query in queries() {
        let found = search(&searcher, &query.query);
        let is_right = names(&found.matches).first().is_some_and(|name| query.expects(name));
        assert!(!found.is_sure || is_right, "{}: {:?}", query.query, ids(&found.matches));
    }
}

#[test]
fn codes_in_the_fields_of_another_product_are_not_sure() {
    let searcher = searcher();
    assert!(!search(&searcher, "elb_status_code=502, target_status_code=\"-\" intermittent").is_sure);
    assert!(!search(&searcher, "front_status=404 worker_status=404").is_sure);
    let documented = r#"{"lbStatusCode":"404","backendStatusCode":"404"}"#;
    assert!(search(&searcher, documented).is_sure && search(&searcher, "404 404").is_sure);
}

#[test]
fn the_name_of_an_unknown_product_finds_no_card() {
    let searcher = searcher();
    let (products, sentences): (Vec<_>, Vec<_>) = (PRODUCTS.lines().collect(), SENTENCES.lines().collect());
    assert_eq!((products.len(), sentences.len()), (50, 50));
    let mut answered = Vec::new();
    for (at, product) in products.iter().enumerate() {
        for sentence in sentences.iter().skip(at % STEP).step_by(STEP) {
            let query = sentence.replace("{}", product);
            let found = search(&searcher, &query);
            assert!(!found.is_sure, "{query}");
            answered.extend(ids(&found.matches).first().map(|id| format!("{query}: {id}")));
        }
        assert!(search(&searcher, product).matches.is_empty(), "{product}");
    }
    assert!(answered.len() <= 10, "of 500, {} got a card\n{}", answered.len(), answered.join("\n"));
}

#[test]
fn a_text_below_the_floor_has_no_matches_but_the_nearest_cards() {
    let searcher = searcher();
    for query in [
        "hello world",
        "no healthy food for kids",
        "ERROR: relation \"orders\" does not exist at character 15",
        "java.lang.NullPointerException at com.example.Backend.connect",
        "SH--",
        "spreadsheet",
    ] {
        let found = search(&searcher, query);
        assert!(found.matches.is_empty() && !found.is_sure, "{query}: {:?}", ids(&found.matches));
        assert!(found.nearest.len() <= 2, "{query}");
    }
    let found = search(&searcher, "java.lang.NullPointerException: healthy quux");
    assert_eq!((found.understood, found.nearest.len()), (vec!["healthy".to_owned()], 2));
}

#[test]
fn a_word_that_is_being_typed_is_no_reason_to_find_nothing() {
    let searcher = searcher();
    for (query, card) in [
        ("hands", "client-tls-handshake"),
        ("sticky ses", "sticky-session-no-fallback"),
        ("waf", "refused-by-waf"),
        ("no healthy b", "no-healthy-backends"),
        ("cookie too la", "header-too-large"),
        ("502", "backend-bad-gateway"),
    ] {
        let found = search(&searcher, query);
        assert!(ids(&found.matches).iter().any(|id| id.starts_with(card)), "{query}: {:?}", ids(&found.matches));
    }
    for unfinished in ["s", "he"] {
        assert!(search(&searcher, unfinished).matches.is_empty(), "{unfinished}");
    }
}

#[test]
fn field_names_and_amounts_of_a_record_weigh_nothing() {
    let searcher = searcher();
    let has_card = |query: &str| !search(&searcher, query).matches.is_empty();
    assert!(has_card("backends drained"));
    assert!(has_card("flavour=1 colour=3 backends drained"));
    assert!(has_card("\"flavour\": 1, \"colour\": 3, \"backends\": \"drained\""));
    assert!(!has_card("flavour colour backends drained"));
}
