//! Tests what is concluded from the real inputs in `tests/corpus`.
//!
//! `tests/corpus/README.md` has the format of a case and the meaning of its verdict. A card counts as confirmed if it is
//! the first match of a sure search, or a confirmed finding. A case whose first card does not exist yet fails only if a card that it does not list is confirmed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use wherefore::internals::diagnosis::{Certainty, Diagnosis, Scanner, diagnose_text};
use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::store::Library;
use wherefore::internals::tree::{CardId, Tree};
use wherefore::internals::walk::{Event, EvidenceSource, Walk};

/// The file of cases that fail today, one a line: `KIND/NAME: reason`.
const KNOWN_GAPS: &str = include_str!("corpus/known-gaps.txt");

/// The matches of a search that count as shown.
///
/// `wherefore find` prints as many.
const MATCHES: usize = 5;

/// The expectation that lies beside an input.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    about: String,
    r#as: InputUse,
    verdict: ExpectedVerdict,
    cards: Vec<String>,
    source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum InputUse {
    Evidence,
    Query,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ExpectedVerdict {
    Confirmed,
    Likely,
    Possible,
    None,
    Healthy,
}

/// A case with its input.
#[derive(Debug)]
struct CorpusCase {
    /// The folder and the name: `curl/curl-200`.
    name: String,
    input: String,
    expected: CaseFile,
}

/// The cards and troubles that an input gives.
#[derive(Debug, Default)]
struct Conclusion {
    /// Cards that are said to be the cause.
    confirmed: BTreeSet<String>,
    /// Cards that are shown, the first one first.
    shown: Vec<String>,
    /// Cards that remain after the answers in the input.
    ///
    /// Empty if it has none.
    candidates: BTreeSet<String>,
    answers: Vec<String>,
    /// Templates of error lines that no card explains.
    troubles: Vec<String>,
}

#[test]
fn every_input_gives_its_verdict() {
    let trees = Library::embedded().trees;
    let (searcher, scanner) = (Searcher::new(&trees), Scanner::new(&trees));
    let existing: BTreeSet<_> =
        trees.iter().flat_map(|tree| tree.cards().map(move |(card, _)| card_name(tree, card))).collect();
    let gaps = known_gaps();
    let (mut wrong, mut later, mut names) = (Vec::new(), 0, BTreeSet::new());
    for case in cases() {
        let conclusion = match case.expected.r#as {
            InputUse::Query => searched(&searcher, case.input.trim_end()),
            InputUse::Evidence => diagnosed(&diagnose_text(&scanner, &EvidenceSource::file(&case.name), &case.input)),
        };
        let is_later = case.expected.cards.first().is_some_and(|first| !existing.contains(first));
        later += usize::from(is_later);
        match (is_right(&case.expected, &conclusion, is_later), gaps.contains_key(case.name.as_str())) {
            (false, false) => {
                let CaseFile { verdict, cards, .. } = &case.expected;
                wrong.push(format!("{}\n  expected {verdict:?} {cards:?}\n  came {conclusion:?}", case.name));
            }
            (true, true) => wrong.push(format!("{} passes now: remove it from known-gaps.txt", case.name)),
            _ => {}
        }
        names.insert(case.name);
    }
    wrong.extend(gaps.keys().filter(|gap| !names.contains(**gap)).map(|gap| format!("{gap} is no case")));
    assert!(
        wrong.is_empty(),
        "{} of {} cases ({later} wait for a card)\n{}",
        wrong.len(),
        names.len(),
        wrong.join("\n")
    );
}

#[test]
fn cases_are_of_every_kind_and_complete() {
    let cases = cases();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let verdicts: BTreeSet<_> = cases.iter().map(|case| case.expected.verdict).collect();
    let uses: BTreeSet<_> = cases.iter().map(|case| case.expected.r#as).collect();
    assert_eq!((verdicts.len(), uses.len()), (5, 2));
    for CorpusCase { name, input, expected } in &cases {
        let has_cards = !matches!(expected.verdict, ExpectedVerdict::None | ExpectedVerdict::Healthy);
        assert_eq!(!expected.cards.is_empty(), has_cards, "{name}: cards of {:?}", expected.verdict);
        assert!(expected.cards.iter().all(|card| card.split('/').count() == 2), "{name}: {:?}", expected.cards);
        assert!(!expected.about.is_empty() && !expected.source.is_empty(), "{name} says nothing about itself");
        assert!(!input.trim().is_empty(), "{name} is empty");
    }
}

#[test]
fn inputs_have_no_public_addresses() {
    for CorpusCase { name, input, .. } in cases() {
        let words = input.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
        for address in words.filter_map(|word| word.trim_matches('.').parse::<Ipv4Addr>().ok()) {
            let is_own = address.is_private() || address.is_loopback() || address.is_link_local();
            let is_version = address.octets()[1..] == [0, 0, 0];
            assert!(is_own || is_version || address.is_documentation(), "{name}: {address}");
        }
    }
}

/// Returns whether an input gives what its case expects.
///
/// The table in `tests/corpus/README.md` says the same in words.
fn is_right(expected: &CaseFile, conclusion: &Conclusion, is_later: bool) -> bool {
    let is_listed = |card: &String| expected.cards.contains(card);
    let Conclusion { confirmed, shown, candidates, answers, troubles } = conclusion;
    let no_other_is_confirmed = confirmed.iter().all(is_listed);
    if is_later {
        return no_other_is_confirmed;
    }
    match expected.verdict {
        ExpectedVerdict::Confirmed => no_other_is_confirmed && !confirmed.is_empty(),
        ExpectedVerdict::Likely => no_other_is_confirmed && shown.first().is_some_and(is_listed),
        ExpectedVerdict::Possible => confirmed.is_empty() && shown.iter().chain(candidates).any(is_listed),
        ExpectedVerdict::None => shown.is_empty() && (expected.r#as == InputUse::Query || !troubles.is_empty()),
        ExpectedVerdict::Healthy => shown.is_empty() && answers.is_empty() && troubles.is_empty(),
    }
}

fn searched(searcher: &Searcher, query: &str) -> Conclusion {
    let found = searcher.search(query, &Usage::default(), MATCHES);
    let shown: Vec<_> = found.matches.iter().map(|one| card_name(&one.tree, one.card)).collect();
    let confirmed = shown.iter().take(usize::from(found.is_sure)).cloned().collect();
    Conclusion { confirmed, shown, ..Conclusion::default() }
}

fn diagnosed(diagnosis: &Diagnosis) -> Conclusion {
    let findings = || diagnosis.findings.iter();
    let confirmed = findings().filter(|found| found.certainty == Certainty::Confirmed);
    let answers = diagnosis.answers.iter().map(|answer| {
        let question = &answer.tree.question(answer.question).id;
        format!("{question}={}", answer.tree.option(answer.question, answer.option).id)
    });
    let troubles = &diagnosis.unexplained;
    assert_eq!(troubles.count == 0, troubles.templates.is_empty());
    Conclusion {
        confirmed: confirmed.map(|found| card_name(&found.tree, found.card)).collect(),
        shown: findings().map(|found| card_name(&found.tree, found.card)).collect(),
        candidates: diagnosis.answers.iter().flat_map(|answer| candidates(diagnosis, &answer.tree)).collect(),
        answers: answers.collect(),
        troubles: troubles.templates.iter().map(|one| one.template.to_string()).collect(),
    }
}

/// Returns the cards that remain in a walk with the evidence.
fn candidates(diagnosis: &Diagnosis, tree: &Arc<Tree>) -> Vec<String> {
    let mut walk = Walk::new(Arc::clone(tree));
    walk.push(Event::EvidenceAdded(diagnosis.evidence(tree)));
    walk.position().candidates.iter().map(|candidate| card_name(tree, candidate.card)).collect()
}

fn card_name(tree: &Tree, card: CardId) -> String {
    format!("{}/{}", tree.id, tree.card(card).id)
}

/// Reads all cases.
///
/// An input without a case file fails, as does a case file without an input.
fn cases() -> Vec<CorpusCase> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases = Vec::new();
    for kind in entries(&folder).into_iter().filter(|name| folder.join(name).is_dir()) {
        let folder = folder.join(&kind);
        let files = entries(&folder);
        for file in files.iter().filter(|file| !file.ends_with(".case.json")) {
            let name = file.rsplit_once('.').map_or(file.as_str(), |(name, _)| name);
            let read = |file: &str| {
                fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{kind}/{file}: {error}"))
            };
            let expected = serde_json::from_str(&read(&format!("{name}.case.json")))
                .unwrap_or_else(|error| panic!("{kind}/{name}.case.json: {error}"));
            cases.push(CorpusCase { name: format!("{kind}/{name}"), input: read(file), expected });
        }
        assert_eq!(files.len() % 2, 0, "{kind} has a case file without an input, or two inputs of one name");
    }
    cases
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.collect();
    names.sort();
    names
}

fn known_gaps() -> BTreeMap<&'static str, &'static str> {
    let gap = |line: &'static str| line.split_once(": ").unwrap_or_else(|| panic!("{line} has no reason"));
    KNOWN_GAPS.lines().map(gap).collect()
}
