//! Plays moves on a walk and describes the result in words.
//!
//! It also makes small trees from their branching alone.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value, json};
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Folder, OptionId, SourceFile, Tree, load};
use wherefore::internals::walk::{Culprit, Event, EvidenceSource, Given, Origin, Step, StepOutcome, Walk};

/// Plays moves and says where the walk stands. A move is a question and an answer (`unknown` and `none` among them), or
/// one of
///
/// - `paste`: a line of evidence,
/// - `tried`, `helped`, `done`, `skipped`: `card/remedy`,
/// - `drop`: a question whose answers are taken back, or `evidence`,
/// - `back`, `shortest-first`.
pub(crate) fn play(tree: &Arc<Tree>, moves: &[(&str, &str)]) -> String {
    say(&walk(tree, moves))
}

pub(crate) fn walk(tree: &Arc<Tree>, moves: &[(&str, &str)]) -> Walk {
    let mut walk = Walk::new(Arc::clone(tree));
    for (what, how) in moves {
        match *what {
            "paste" => walk.push(Event::EvidenceAdded(
                Recognizer::new(Arc::clone(tree)).evidence(&EvidenceSource::file("pasted"), how),
            )),
            "tried" => walk.push(step_marked(tree, how, StepOutcome::DidNotHelp)),
            "helped" => walk.push(step_marked(tree, how, StepOutcome::Helped)),
            "done" => walk.push(step_marked(tree, how, StepOutcome::Done)),
            "skipped" => walk.push(step_marked(tree, how, StepOutcome::Skipped)),
            "drop" => drop_all(&mut walk, how),
            "shortest-first" => walk.push(Event::ShortestFirst(*how == "on")),
            "back" => assert!(walk.back(), "there is nothing to take back"),
            _ => {
                let question = tree.find_question(what).unwrap_or_else(|| panic!("no question {what}"));
                walk.answer(question, given(tree, what, how));
            }
        }
    }
    walk
}

fn given(tree: &Tree, question: &str, answer: &str) -> Given {
    let question = tree.find_question(question).unwrap();
    wherefore::internals::prove::given(tree, question, answer).unwrap_or_else(|| panic!("no option {answer}"))
}

fn step_marked(tree: &Tree, name: &str, outcome: StepOutcome) -> Event {
    let (card, remedy) = name.split_once('/').unwrap();
    let card = tree.find_card(card).unwrap();
    let remedy = tree.card(card).remedies.iter().position(|known| known.id == remedy).unwrap();
    Event::StepMarked { card, remedy, outcome }
}

/// Takes back the answers to a question, or all evidence.
fn drop_all(walk: &mut Walk, what: &str) {
    let tree = Arc::clone(walk.tree());
    let is_meant = |event: &Event| match event {
        Event::EvidenceAdded(_) => what == "evidence",
        Event::Answered { question, .. } | Event::Unknown { question } | Event::NoneOfThese { question } => {
            tree.question(*question).id == what
        }
        _ => false,
    };
    let meant: Vec<_> = walk.live_events().filter(|(_, event)| is_meant(event)).map(|(at, _)| at).collect();
    assert!(!meant.is_empty(), "nothing to drop: {what}");
    for event in meant {
        walk.push(Event::Retracted { event });
    }
}

/// Returns the position of a walk in words.
///
/// `ask <question>`, `card <card>`, `link <link>`, `shortlist <cards>`, `escalate`, or `conflict: <culprits>`.
pub(crate) fn say(walk: &Walk) -> String {
    let tree = walk.tree();
    match &walk.position().step {
        Step::Ask(question) => format!("ask {}", tree.question(*question).id),
        Step::Card(card) => format!("card {}", tree.card(*card).id),
        Step::Link(link) => format!("link {}", tree.card(*link).id),
        Step::Shortlist => format!("shortlist {}", candidates(walk)),
        Step::Escalate => "escalate".to_owned(),
        Step::Conflict(conflict) => {
            let name = |culprit: &Culprit| match culprit {
                Culprit::Answer(question) => tree.question(*question).id.clone(),
                Culprit::Evidence => "evidence".into(),
            };
            format!("conflict: {}", conflict.culprits.iter().map(name).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The cards that are left, the likeliest first.
pub(crate) fn candidates(walk: &Walk) -> String {
    let cards = walk.position().candidates.iter().map(|candidate| walk.tree().card(candidate.card).id.as_str());
    cards.collect::<Vec<_>>().join(" ")
}

/// Returns the answer to each question, and its origin.
pub(crate) fn answers(walk: &Walk) -> Vec<String> {
    let tree = walk.tree();
    let said = walk.known().answers.iter().map(|(question, answer)| {
        let name = |option: OptionId| &tree.option(*question, option).id;
        let given = match answer.given {
            Given::Option(option) => name(option),
            Given::Unknown => "unknown",
            Given::NoneOfThese => "none",
        };
        let origin = match &answer.origin {
            Origin::Operator { overrules: None } => "operator".to_owned(),
            Origin::Operator { overrules: Some(option) } => format!("operator, evidence says {}", name(*option)),
            Origin::Evidence(provenance) => format!("{}:{}", provenance.source, provenance.line),
        };
        format!("{}={given} ({origin})", tree.question(*question).id)
    });
    said.collect()
}

/// Returns the evidence as `question=option count (where)`.
pub(crate) fn testimony(walk: &Walk) -> Vec<String> {
    let tree = walk.tree();
    let all = walk.known().testimony.iter();
    all.flat_map(|(question, testimony)| testimony.iter().map(move |said| (*question, said)))
        .map(|(question, said)| {
            let option = &tree.option(question, said.option).id;
            let at = &said.provenance;
            format!("{}={option} {} ({}:{})", tree.question(question).id, said.count, at.source, at.line)
        })
        .collect()
}

/// Returns the answer that tells each remaining card from the others.
pub(crate) fn discriminators(walk: &Walk) -> Vec<String> {
    let tree = walk.tree();
    let told = walk.position().candidates.iter().map(|candidate| {
        let how = walk.discriminator(candidate.card).map_or("nothing".to_owned(), |found| {
            format!("{}={}", tree.question(found.question).id, tree.option(found.question, found.option).id)
        });
        format!("{}: {how}", tree.card(candidate.card).id)
    });
    told.collect()
}

/// Returns the steps of a card in order, with outcomes.
pub(crate) fn remedies(walk: &Walk, card: &str) -> String {
    let card = walk.tree().find_card(card).unwrap();
    let ranked = walk.remedies(card).into_iter().map(|ranked| {
        let name = &walk.tree().card(card).remedies[ranked.remedy].id;
        match ranked.outcome {
            None => name.to_string(),
            Some(outcome) => format!("({name} {})", outcome.word()),
        }
    });
    ranked.collect::<Vec<_>>().join(" ")
}

/// The embedded tree.
pub(crate) fn real() -> &'static Arc<Tree> {
    static REAL: OnceLock<Arc<Tree>> = OnceLock::new();
    REAL.get_or_init(|| Arc::clone(Library::embedded().tree("oci-load-balancer").unwrap()))
}

/// A tree with this branching. Its questions, options and cards are those that the branching names; `more` is merged
/// into them: `{"questions": {id: …}, "cards": {id: …}, "branches": {name: node}}`.
pub(crate) fn tree(start: Value, more: Value) -> Arc<Tree> {
    let mut questions = Map::new();
    let mut cards = Map::from_iter([("nothing-fits".to_owned(), card())]);
    let branches = more.get("branches").cloned().unwrap_or(json!({}));
    for node in branches.as_object().unwrap().values().chain([&start]) {
        name_all(node, &mut questions, &mut cards);
    }
    for id in more.get("cards").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        cards.entry(id.clone()).or_insert_with(card);
    }
    let mut written = json!({"questions": questions, "cards": cards});
    merge(&mut written, more);
    let head = json!({
        "format": 1, "id": "small", "title": "Small", "about": "Small.", "escalation": "nothing-fits",
        "start": start, "questions": written["questions"], "branches": branches,
    });
    let file = |name: String, content: &Value| SourceFile {
        path: name.clone(),
        name,
        content: Ok(Cow::Owned(content.to_string().into_bytes())),
    };
    let mut files = vec![file("tree.json".to_owned(), &head)];
    let cards = written["cards"].as_object().unwrap();
    files.extend(cards.iter().map(|(id, card)| file(format!("cards/{id}.json"), card)));
    let folder = Folder { name: "small".to_owned(), origin: "small".to_owned(), files };
    Arc::new(load(&folder).tree.unwrap())
}

/// Writes down every question and card that a node names.
pub(crate) fn name_all(node: &Value, questions: &mut Map<String, Value>, cards: &mut Map<String, Value>) {
    let leaves = node["cards"].as_array().into_iter().flatten().chain(node.get("card"));
    for leaf in leaves {
        cards.entry(leaf.as_str().unwrap()).or_insert_with(card);
    }
    if let Some(then) = node["then"].as_object() {
        let options: Vec<_> = then.keys().map(|id| json!({"id": id, "label": id})).collect();
        let find_out = json!({"how": "Look.", "takes": "seconds"});
        let question = json!({"ask": "Which?", "why": "To see.", "options": options, "find_out": find_out});
        questions.insert(node["ask"].as_str().unwrap().to_owned(), question);
        then.values().for_each(|node| name_all(node, questions, cards));
    }
}

fn card() -> Value {
    json!({
        "title": "A card", "about": "A card.", "likelihood": "occasional", "symptoms": ["It is dark."],
        "causes": [{"id": "cause", "text": "It is so."}],
        "remedies": [{
            "id": "look", "do": "Look.", "fixes": ["cause"], "effect": "observe", "takes": "seconds", "verify": "Seen."
        }],
        "docs": [{"title": "A page", "url": "https://en.wikipedia.org/"}], "source": "made up", "reviewed": "2026-01-15",
    })
}

fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (name, value) in more {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more,
    }
}
