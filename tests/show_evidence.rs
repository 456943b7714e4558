//! Tests how evidence is shown.
//!
//! A diagnosis as text and as JSON, the screen of the evidence, evidence on questions and cards, pasted lines.

use std::process::{Command, Stdio};
use std::sync::Arc;

use insta::assert_snapshot;
use wherefore::internals::app::keys::{Key, KeyContext};
use wherefore::internals::app::plain::Dialogue;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::diagnosis::{
    Certainty, Diagnosis, Finding, FoundAnswer, Input, ReadAs, Sample, Times, UnexplainedLines,
};
use wherefore::internals::export::diagnosis::{Style, text};
use wherefore::internals::export::json;
use wherefore::internals::session::{walk_of, walks};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{
    self, Event, Evidence, EvidenceSource, Hit, HitKind, Proof, ProofKind, Provenance, Step, Walk,
};

use crate::problems::fixture_folder::{lamp, put, write};
use crate::screens::{LARGE, SMALL, USUAL, assert_picture, draw, house, start, type_keys};
use crate::search_to_walk::talk;

const STYLE: Style = Style { width: 80, unicode: true, is_plain: false };

const NO_RESISTANCE: &str = "2026-01-15T10:20:31Z hall-1: bulb 7 has no resistance";
const BLOWN: &str = r#"{"timestamp":"2026-01-15T10:20:30+00:00","controller":{"type":"current","lamp":"hall-1","room":"hall","reading":{"date":1768472430100,"before":[{"ms":0,"amperes":9},{"ms":100,"amperes":12}],"message":{"msg":"error","fuse":"blown","amperes":17}}}}"#;

fn tree() -> Arc<Tree> {
    house().remove(0)
}

fn place(path: &str, line: usize, text: &str) -> Provenance {
    Provenance { source: EvidenceSource::file(path), line, text: text.into() }
}

fn sample(path: &str, line: usize, text: &str) -> Sample {
    Sample { provenance: place(path, line, text), risk: None }
}

fn unexplained() -> walk::Unexplained {
    let line = "10.0.0.7 quota of tenant 4711 exceeded by 12 %";
    walk::Unexplained {
        template: "{ip} quota of tenant {number} exceeded by {number} %".into(),
        count: 42,
        provenance: place("error.log", 99, line),
    }
}

/// A diagnosis of two files, with all that one can have.
fn diagnosis() -> Diagnosis {
    let tree = tree();
    let card = |name: &str| tree.find_card(name).unwrap();
    let question = |name: &str| tree.find_question(name).unwrap();
    let option = |of: &str, name: &str| tree.find_option(question(of), name).unwrap();
    let times = |first: i64, histogram: &[u64]| {
        let last = first + 221_000;
        Some(Times { first, last, has_zone: true, histogram: histogram.to_vec() })
    };
    let answer = |of: &str, name: &str, count: u64| FoundAnswer {
        tree: Arc::clone(&tree),
        question: question(of),
        option: option(of, name),
        kind: ProofKind::Answer,
        count,
        samples: vec![sample("access.log", 3, r#"{"room":"hall","other_lamps":"dark"}"#)],
    };
    Diagnosis {
        utc_offset: None,
        successes: Vec::new(),
        values: Vec::new(),
        known_by_words: Vec::new(),
        inputs: vec![
            Input {
                path: "error.log".into(),
                kind: "JSON lines".into(),
                records: 1204,
                bytes: 1_204_000,
                remarks: vec![],
                read_as: None,
                error_blocks: 0,
            },
            Input {
                path: "access.log.gz".into(),
                kind: "gzip of plain text".into(),
                records: 1,
                bytes: 812,
                remarks: vec!["it is cut: what stands before that was read".into()],
                read_as: Some(ReadAs {
                    id: "shop-proxy".into(),
                    title: "Shop proxy log".into(),
                    lines: 812,
                    of: 815,
                    is_beginning: false,
                }),
                error_blocks: 3,
            },
        ],
        findings: vec![
            Finding {
                tree: Arc::clone(&tree),
                card: card("fuse-blown"),
                certainty: Certainty::Confirmed,
                count: 812,
                times: times(1_768_472_430_000, &[0, 1, 40, 300, 471, 0, 2]),
                captures: vec![
                    ("room".into(), vec![("hall".into(), 812)]),
                    (
                        "lamp".into(),
                        [("hall-1", 700), ("hall-2", 100), ("hall-3", 10), ("hall-4", 2)]
                            .map(|(value, count)| (value.into(), count))
                            .to_vec(),
                    ),
                ],
                samples: vec![
                    sample("error.log", 17, BLOWN),
                    sample("error.log", 18, r#"{"fuse":"blown","amperes":18}"#),
                ],
                decoded: vec![("What the controller really sent".into(), "fuse 3: open".into())],
                written_by: vec![],
                foreign_formats: vec![],
                opposed_by: vec![],
            },
            Finding {
                tree: Arc::clone(&tree),
                card: card("bulb-burnt-out"),
                certainty: Certainty::Possible,
                count: 1,
                times: times(1_768_472_470_000, &[1]),
                captures: vec![],
                samples: vec![sample("error.log", 400, NO_RESISTANCE)],
                decoded: vec![],
                written_by: vec![],
                foreign_formats: vec![],
                opposed_by: vec![],
            },
        ],
        hits: vec![],
        answers: vec![answer("noticed", "message", 813), answer("others", "dark", 12), answer("others", "bright", 3)],
        unexplained: UnexplainedLines { count: 50, templates: vec![unexplained()], others: 8 },
    }
}

/// A walk with evidence of all kinds.
fn walk() -> Walk {
    let tree = tree();
    let card = |name: &str| tree.find_card(name).unwrap();
    let question = tree.find_question("noticed").unwrap();
    let proof = |option: &str, count, line| Proof {
        question,
        option: tree.find_option(question, option).unwrap(),
        kind: ProofKind::Answer,
        count,
        provenance: place("error.log", line, "a line"),
    };
    let hit = |cards: &[&str], captures: &[(&str, &str)], count, line, text: &str| Hit {
        cards: cards.iter().map(|name| card(name)).collect(),
        kind: HitKind::Named,
        captures: captures.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        count,
        provenance: place("error.log", line, text),
    };
    let blown = "fuse-blown";
    let evidence = Evidence {
        hits: vec![
            hit(&[blown], &[("lamp", "hall-1"), ("room", "hall")], 12, 17, BLOWN),
            hit(&[blown], &[("lamp", "hall-2 $(reboot)"), ("room", "hall")], 2, 30, r#"{"fuse":"blown","amperes":18}"#),
            hit(&["bulb-burnt-out"], &[], 3, 40, NO_RESISTANCE),
        ],
        proofs: vec![proof("message", 12, 17), proof("dark", 3, 30)],
        unexplained: vec![unexplained()],
        ..Evidence::default()
    };
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::EvidenceAdded(evidence));
    walk
}

fn model(size: (u16, u16), walk: Walk) -> Model {
    let mut model = Model::new(house(), Theme::default(), None).with_walk(walk);
    update(&mut model, Msg::Resize(size.0, size.1));
    model
}

fn screen(model: &Model) -> String {
    draw(model, model.shared.size).backend().to_string()
}

fn paste(model: &mut Model, text: &str) -> Option<Effect> {
    update(model, Msg::Paste(text.to_owned()))
}

#[test]
fn a_diagnosis_is_told() {
    let diagnosis = diagnosis();
    let walk = walk_of(&diagnosis);
    assert_snapshot!("diagnosis", text(&diagnosis, walk.as_ref(), STYLE));
    let narrow = text(&diagnosis, walk.as_ref(), Style { width: 40, ..STYLE });
    // Text that is meant for copying is not wrapped.
    assert!(narrow.lines().all(|line| line.chars().count() <= 40 || line.contains("wherefore ")), "{narrow}");
    let aloud = text(&diagnosis, walk.as_ref(), Style { is_plain: true, ..STYLE });
    assert!(!aloud.contains('█'), "{aloud}");
    let ascii = text(&diagnosis, walk.as_ref(), Style { unicode: false, ..STYLE });
    assert!(ascii.lines().any(|line| line.contains("UTC") && line.contains('#')), "{ascii}");
}

#[test]
fn a_diagnosis_of_nothing_says_so() {
    let input = Input {
        path: "-".into(),
        kind: "plain text".into(),
        records: 3,
        bytes: 40,
        remarks: vec![],
        read_as: None,
        error_blocks: 0,
    };
    let nothing = Diagnosis { inputs: vec![input], ..Diagnosis::default() };
    assert_snapshot!("diagnosis-nothing", text(&nothing, None, STYLE));
    let unexplained = UnexplainedLines { count: 42, templates: vec![unexplained()], others: 0 };
    let unknown = Diagnosis { unexplained, ..nothing };
    assert_snapshot!("diagnosis-unexplained", text(&unknown, None, STYLE));
    assert_eq!(json::diagnosis(&unknown, None, false)["next"], serde_json::Value::Null);
}

#[test]
fn scripts_read_a_diagnosis() {
    let diagnosis = diagnosis();
    let walk = walk_of(&diagnosis);
    assert_snapshot!("diagnosis-json", format!("{:#}", json::diagnosis(&diagnosis, walk.as_ref(), false)));
}

#[test]
fn the_evidence_is_listed() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = model(size, walk());
        assert_eq!(model.context(), KeyContext::Evidence, "what does not speak for itself is shown first");
        assert_picture!("evidence", &model, size);
        type_keys(&mut model, "enter");
        assert_picture!("evidence-opened", &model, size);
    }
}

#[test]
fn an_entry_of_the_evidence_leads_on() {
    let mut model = model(USUAL, walk());
    type_keys(&mut model, "enter enter");
    assert_eq!(model.context(), KeyContext::Card);
    type_keys(&mut model, "h");
    assert_eq!(model.context(), KeyContext::Evidence);
    type_keys(&mut model, "esc down down enter");
    assert_eq!(model.context(), KeyContext::Question, "the question that is left to the operator");
    assert_snapshot!("evidence-question-80x24", screen(&model));
    type_keys(&mut model, "1");
    assert_ne!(model.context(), KeyContext::Evidence, "the walk goes on");
    type_keys(&mut model, "e end enter");
    assert!(screen(&model).contains("trees new-card"), "{}", screen(&model));
    type_keys(&mut model, "h h");
    assert_ne!(model.context(), KeyContext::Evidence);
}

#[test]
fn evidence_without_a_walk_is_asked_for() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter e");
    assert_eq!(model.context(), KeyContext::Evidence);
    assert!(screen(&model).contains("None yet"), "{}", screen(&model));
}

#[test]
fn pasted_lines_are_evidence_and_a_line_of_words_is_looked_up() {
    let mut model = start(USUAL, Theme::default());
    paste(&mut model, NO_RESISTANCE);
    assert_eq!(model.context(), KeyContext::Search);
    for lines in [format!("{NO_RESISTANCE}\n{NO_RESISTANCE}\n"), BLOWN.to_owned()] {
        let mut model = start(USUAL, Theme::default());
        let opened = paste(&mut model, &lines);
        assert!(matches!(opened, Some(Effect::Opened { .. })), "{opened:?}");
        assert_eq!(model.context(), KeyContext::Card, "it speaks for itself");
        type_keys(&mut model, "I");
        assert!(screen(&model).contains("In your evidence"), "{}", screen(&model));
        // The first "h" folds the section.
        type_keys(&mut model, "h h");
        assert_eq!(model.context(), KeyContext::Home);
        assert!(model.shared.session.walk.is_none());
    }
}

#[test]
fn lines_end_as_terminals_paste_them() {
    for end in ["\n", "\r", "\r\n"] {
        let mut model = start(USUAL, Theme::default());
        paste(&mut model, &format!("one line{end}{NO_RESISTANCE}{end}{NO_RESISTANCE}{end}"));
        type_keys(&mut model, "e");
        assert!(screen(&model).contains("2 lines, first line 2 of your paste"), "{end:?}: {}", screen(&model));
    }
}

#[test]
fn lines_that_nothing_knows_are_looked_up() {
    let mut model = start(USUAL, Theme::default());
    paste(&mut model, "a dark\nlamp");
    assert_eq!(model.context(), KeyContext::Search);
    assert!(screen(&model).contains("No line was recognized"), "{}", screen(&model));
}

#[test]
fn pasted_lines_join_the_walk_under_way_if_they_fit() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter 2");
    paste(&mut model, &format!("{NO_RESISTANCE}\nno current at lamp hall-1\n"));
    assert_eq!(model.context(), KeyContext::Card, "the reason speaks, and not what follows from it");
    assert!(screen(&model).contains("1 line of your evidence is not explained"), "{}", screen(&model));
    type_keys(&mut model, "e");
    assert_eq!(model.context(), KeyContext::Evidence);
    assert_eq!(model.shared.session.parked().count(), 0, "it fits the walk under way");
    type_keys(&mut model, "esc h");
    assert_eq!(model.context(), KeyContext::Question);
    assert!(
        !model
            .shared
            .session
            .walk
            .as_ref()
            .unwrap()
            .live_events()
            .any(|(_, event)| matches!(event, Event::EvidenceAdded(_)))
    );
}

#[test]
fn a_paste_that_contradicts_the_case_asks_whether_it_is_the_same_incident() {
    let asked = || {
        let mut model = start(USUAL, Theme::default());
        type_keys(&mut model, "enter 4");
        paste(&mut model, &format!("{NO_RESISTANCE}\n{NO_RESISTANCE}"));
        assert_eq!(model.context(), KeyContext::SameIncident);
        model
    };
    let asked_of = "Line 1 of your paste (\"A bulb has no resistance\") contradicts your answer";
    assert!(screen(&asked()).contains(asked_of), "{}", screen(&asked()));
    let evidence = |model: &Model| walks::evidence(model.shared.session.walk.as_ref().unwrap()).count();
    for same in ["1", "enter"] {
        let mut model = asked();
        type_keys(&mut model, same);
        assert_eq!((model.context(), evidence(&model)), (KeyContext::Conflict, 1), "{same}");
        assert_eq!(model.shared.session.parked().count(), 0);
    }
    for another in ["2", "down enter"] {
        let mut model = asked();
        type_keys(&mut model, another);
        assert_eq!((model.context(), evidence(&model)), (KeyContext::Card, 1), "{another}");
        assert_eq!(model.shared.session.parked().count(), 1);
        assert!(screen(&model).contains("earlier case is kept"), "{}", screen(&model));
    }
    let mut model = asked();
    type_keys(&mut model, "esc");
    assert_eq!((model.context(), evidence(&model)), (KeyContext::Question, 0), "the paste is dropped");
}

#[test]
fn a_paste_that_contradicts_only_itself_joins() {
    let mut model = start(USUAL, Theme::default());
    paste(&mut model, &format!("{NO_RESISTANCE}\n{BLOWN}"));
    assert_ne!(model.context(), KeyContext::SameIncident);
    let (_, told) = talk(&["4", "paste", NO_RESISTANCE, "."]);
    assert!(told.contains("Same incident?") && told.contains("h drops the new evidence"), "{told}");
    let (dialogue, told) = talk(&["4", "paste", NO_RESISTANCE, ".", "1"]);
    assert!(told.contains("These contradict each other"), "{told}");
    assert!(!dialogue.walk().unwrap().contradictions().is_empty());
    let (dialogue, told) = talk(&["4", "paste", NO_RESISTANCE, ".", "2"]);
    assert!(told.contains("H lists it"), "{told}");
    assert_eq!(dialogue.walk().unwrap().contradictions(), []);
    let (dialogue, _) = talk(&["4", "paste", NO_RESISTANCE, ".", "b"]);
    assert_eq!(walks::evidence(dialogue.walk().unwrap()).count(), 0);
}

#[test]
fn a_key_begins_a_new_case() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter 4 N");
    assert_eq!(model.context(), KeyContext::Home);
    assert!(model.shared.session.walk.is_none());
    assert_eq!(model.shared.session.parked().count(), 1);
    paste(&mut model, &format!("{NO_RESISTANCE}\n{NO_RESISTANCE}"));
    assert_eq!(model.context(), KeyContext::Card);
    let (dialogue, told) = talk(&["4", "new"]);
    assert!(told.contains("A new case") && dialogue.walk().unwrap().events().is_empty(), "{told}");
}

#[test]
fn a_card_says_what_the_evidence_says_of_it() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = model(size, walk());
        type_keys(&mut model, "enter enter");
        assert_picture!("evidence-card", &model, size);
    }
}

#[test]
fn values_from_evidence_are_filled_in_quoted() {
    let mut model = model(USUAL, walk());
    let effects = type_keys(&mut model, "enter enter Y");
    let Some(Effect::Copy(card)) = effects.last() else { panic!("{effects:?}") };
    assert!(card.contains("hall-1") && card.contains("**Several values:**"), "{card}");
    assert!(!card.contains("\nhall-2 $(reboot)"), "{card}");
    let mut hostile = Walk::new(tree());
    let found = walk();
    let mut evidence = found.events().iter().find_map(|event| match event {
        Event::EvidenceAdded(evidence) => Some(evidence.clone()),
        _ => None,
    });
    let evidence = evidence.as_mut().unwrap();
    evidence.hits.remove(0);
    hostile.push(Event::EvidenceAdded(evidence.clone()));
    let card = hostile.tree().find_card("fuse-blown").unwrap();
    let outline = wherefore::internals::export::outline::in_walk(&[], Some(&hostile), hostile.tree(), card);
    let plain = wherefore::internals::export::plain::card(&outline.text(), 78);
    assert!(plain.contains("'hall-2 $(reboot)'"), "{plain}");
}

#[test]
fn lines_are_pasted_into_the_dialogue() {
    let (dialogue, told) = talk(&["paste", NO_RESISTANCE, "q", "1", "."]);
    assert!(told.contains("Added as evidence: 1 line that points to a card"), "{told}");
    assert!(matches!(dialogue.walk().unwrap().position().step, Step::Card(_)));
    // A line that is too long for typing is the first line of a paste.
    let (_, told) = talk(&[BLOWN]);
    assert!(told.contains("a line that contains only a dot"), "{told}");
    let (dialogue, told) = talk(&[BLOWN, "", NO_RESISTANCE, ".", "e"]);
    assert!(told.contains("Line 1 of your paste:") && told.contains("Line 3 of your paste:"), "{told}");
    assert!(dialogue.walk().unwrap().known().hits.len() == 2);
    let (_, told) = talk(&[BLOWN, NO_RESISTANCE, ".", "e", "1"]);
    assert!(told.contains("It points to:"), "{told}");
    let (_, told) = talk(&["paste", "zzzz qqqq", "."]);
    assert!(told.contains("No line was recognized") && told.contains("No card matches"), "{told}");
    let (_, told) = talk(&["paste", "."]);
    assert!(told.contains("What did you notice first?"), "{told}");
    let (_, told) = talk(&["e"]);
    assert!(told.contains("no evidence yet"), "{told}");
}

#[test]
fn the_counts_of_several_answers_stand_beside_the_options() {
    let mut dialogue = Dialogue::new(house(), Some(walk()));
    dialogue.reply("e");
    dialogue.reply("3");
    assert!(dialogue.prompt().contains("(12 lines of your evidence)"), "{}", dialogue.prompt());
}

#[test]
fn the_way_back_names_the_files() {
    let mut model = model(USUAL, walk());
    type_keys(&mut model, "esc");
    let said = model.farewell().unwrap_or_default();
    assert!(said.is_empty() || said.contains("--evidence error.log"), "{said}");
    update(&mut model, Msg::Key(Key::Char('u')));
    let said = model.farewell().unwrap();
    assert!(said.contains("wherefore walk house --evidence error.log"), "{said}");
}

/// Runs the program with an input, returns its output and exit code.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> (String, i32) {
    use std::io::Write as _;
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).env("XDG_STATE_HOME", home.path()).env("XDG_CONFIG_HOME", home.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn scripts_diagnose_a_stream() {
    let refused = r#"{"timestamp":"2026-01-15T10:20:30+00:00","errorLog":{"type":"healthChecker","errorDetails":{"healthStatus":"Healthy to Unhealthy","backendSetName":"bs_web","backend":"10.0.20.11:8080","details":{"date":1768472430100,"failures":3,"message":{"msg":"error","error":{"code":"ECONNREFUSED","errno":"ECONNREFUSED","syscall":"connect"}}}}}}"#;
    let lines = format!("{refused}\n{refused}\n10.0.0.7 ERROR quota of tenant 4711 exceeded\n");
    let (printed, code) = run(&["diagnose", "-", "--json"], lines.as_bytes());
    let found: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((&found["schema"], code), (&"wherefore/diagnose/1".into(), 0));
    assert_eq!((&found["inputs"][0]["path"], &found["inputs"][0]["records"]), (&"-".into(), &3.into()));
    let card = &found["cards"][0];
    assert_eq!((&card["card"], &card["certainty"]), (&"health-check-connection-failed".into(), &"matched".into()));
    assert_eq!((&card["count"], &card["first"]), (&2.into(), &"2026-01-15T10:20:30Z".into()));
    assert_eq!(card["captures"]["backend_ip"][0], "10.0.20.11");
    assert_eq!(card["samples"][0]["line"], 1);
    assert_eq!((&found["unexplained"]["count"], &found["next"]), (&1.into(), &serde_json::Value::Null));
    // Without a terminal, text that is piped in is diagnosed.
    assert_eq!(run(&[], lines.as_bytes()), run(&["diagnose", "-"], lines.as_bytes()));
    assert_eq!(run(&["diagnose", "-"], b"all is well\n").1, 1);
    assert_eq!(run(&["diagnose", "no-such-file"], b"").1, 2);
    // Something was found in what could be read; nothing can be said where it was not.
    assert_eq!(run(&["diagnose", "no-such-file", "-"], lines.as_bytes()).1, 0);
    assert_eq!(run(&["diagnose", "no-such-file", "-"], b"all is well\n").1, 2);
    let (told, code) = run(&["diagnose", "-", "--walk"], lines.as_bytes());
    assert!(told.contains("Confirmed by line 1.") && code == 0, "{told}");
}

#[test]
fn a_new_card_can_be_read_and_matches_its_line() {
    let line = r#"{"time":"2026-01-15T10:20:30Z","error":{"code":17,"message":"pool {web-1} is empty"}}"#;
    for from in [line, "2026-01-15 bulb 7: \"it's\" \\ gone {x}"] {
        let (card, code) = run(&["trees", "new-card", "--from", "-"], from.as_bytes());
        assert_eq!(code, 0, "{card}");
        let folder = tempfile::tempdir().unwrap();
        let mut with_card = lamp();
        put(&mut with_card, "cards/new-card.json", card);
        write(&folder.path().join("lamp"), &with_card);
        let mut library = Library::default();
        library.add_directory(folder.path(), true);
        let mut names: Vec<_> = library.problems.iter().map(|problem| problem.code.name()).collect();
        names.dedup();
        let unwritten = ["example-link", "not-reviewed", "todo-text"];
        assert_eq!(names, [&unwritten[..], &["unreachable-card"]].concat(), "{:?}", library.problems);
        let trees = &library.trees;
        let found = wherefore::internals::recognize::Recognizer::new(Arc::clone(&trees[0]))
            .evidence(&EvidenceSource::file("line"), from);
        let known = trees[0].find_card("new-card");
        assert!(known.is_none_or(|card| found.hits.iter().any(|hit| hit.cards.contains(&card))), "{from}");
    }
}

#[test]
fn settings_that_can_lead_to_a_card_say_what_they_mean() {
    let tree = tree();
    let (id, card) = tree.cards().find(|(_, card)| !card.risks.is_empty()).expect("a card with a risk");
    let says = card.risks[0].says.to_string();
    let place = place("lamps.json", 7, "lamps[0].hours = 1200");
    let finding = Finding {
        tree: Arc::clone(&tree),
        card: id,
        certainty: Certainty::Possible,
        count: 1,
        times: None,
        captures: vec![],
        samples: vec![Sample { provenance: place, risk: Some(0) }],
        decoded: vec![("what the controller really sent".into(), "fuse 3: open".into())],
        written_by: vec![],
        foreign_formats: vec![],
        opposed_by: vec![],
    };
    let diagnosis = Diagnosis { findings: vec![finding], ..Diagnosis::default() };
    let walk = walk_of(&diagnosis).unwrap();
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = folded(&text(&diagnosis, Some(&walk), STYLE));
    assert!(told.contains("possible: a setting could cause it, 1 place"), "{told}");
    assert!(told.contains(&format!("lamps[0].hours = 1200 {}", folded(&says))), "{told}");
    assert_eq!(json::diagnosis(&diagnosis, None, false)["cards"][0]["risks"][0]["says"], says.as_str());
    let outline = wherefore::internals::export::outline::in_walk(&[], Some(&walk), &tree, id);
    let plain = folded(&wherefore::internals::export::plain::card(&outline.text(), 78));
    let found = "In your configuration: lamps[0].hours = 1200 (lamps.json).";
    assert!(plain.contains(&format!("{found} {}", folded(&says))), "{plain}");
    assert!(plain.contains("What the controller really sent: fuse 3: open"), "{plain}");
    let mut model = model(USUAL, walk);
    assert_eq!(model.context(), KeyContext::Evidence);
    assert!(screen(&model).contains("Settings that could cause a problem"), "{}", screen(&model));
    type_keys(&mut model, "enter");
    assert!(screen(&model).contains("What it means"), "{}", screen(&model));
    type_keys(&mut model, "enter");
    assert!(matches!(model.context(), KeyContext::Card | KeyContext::Reading));
}

#[test]
fn lines_that_no_tree_knows_leave_the_question_where_it_is() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter");
    paste(&mut model, "nothing known\nin two lines");
    assert_eq!(model.context(), KeyContext::Question);
    assert!(screen(&model).contains("No line was recognized. Answer by what you see, or press / to search."));
    // From the first screen, their words are searched.
    let mut model = start(USUAL, Theme::default());
    paste(&mut model, "nothing known\nin two lines");
    assert_eq!(model.context(), KeyContext::Search);
}
