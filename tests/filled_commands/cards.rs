//! Tests the embedded trees' commands with values that an attacker chose.

use std::sync::Arc;

use wherefore::internals::export::outline;
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::model::Effect;
use wherefore::internals::tree::pattern::{Part, Template};
use wherefore::internals::tree::{CardId, Tree, command_faults};
use wherefore::internals::walk::{Event, Evidence, EvidenceSource, Hit, HitKind, Provenance, Walk};

use super::{SHELLS, called, programs, run, stubs, values};

/// Every command of the embedded trees, with placeholders.
fn commands(trees: &[Arc<Tree>]) -> Vec<(String, Template)> {
    let mut found = Vec::new();
    for tree in trees {
        for (_, card) in tree.cards() {
            let commands = card.remedies.iter().flat_map(|remedy| &remedy.commands);
            found.extend(commands.map(|command| (card.id.to_string(), command.run.clone())));
        }
        let of_questions = tree.questions().filter_map(|(_, question)| {
            let command = question.find_out.command.clone()?;
            Some((question.id.to_string(), command))
        });
        found.extend(of_questions);
    }
    found
}

/// Harmless values fill all placeholders except hosts beside a credential.
#[test]
fn harmless_values_fill_every_command_of_the_embedded_trees() {
    let library = Library::embedded();
    let mut count = 0;
    for (place, command) in commands(&library.trees) {
        let value_of = |name: &str| match name {
            name if name.ends_with("path") => "/orders".to_owned(),
            name if name.ends_with("port") => "8080".to_owned(),
            _ => "10.0.20.11".to_owned(),
        };
        let text = command.to_string();
        let carries = ["{token}", "@token-header", " --cert ", " -cert "].iter().any(|word| text.contains(word));
        let says_where = ["host", "backend_ip", "port", "check_port", "listener_port"];
        let before = [""].into_iter().chain(command.parts.iter().map(|part| match part {
            Part::Literal(literal) => literal.as_str(),
            Part::Slot { .. } => "",
        }));
        // A server name only says which certificate is meant.
        let expected = command.parts.iter().zip(before).map(|(part, before)| match part {
            Part::Literal(literal) => literal.to_string(),
            Part::Slot { name, .. } if before.ends_with("-servername ") => value_of(name),
            Part::Slot { name, .. } if carries && says_where.contains(&name.as_str()) => format!("{{{name}}}"),
            Part::Slot { name, .. } => value_of(name),
        });
        let filled = wherefore::internals::export::command::fill(&command, &|name| Some(value_of(name)));
        assert_eq!(filled, expected.collect::<String>(), "{place}");
        count += usize::from(command.slots().next().is_some());
    }
    assert!(count > 190, "{count}");
}

#[test]
fn no_command_of_the_embedded_trees_lets_a_value_act() {
    for (place, command) in commands(&Library::embedded().trees) {
        assert_eq!(command_faults::find(&command), [], "{place}: {command}");
    }
}

/// Health checks must not call the path of a customer's request.
#[test]
fn no_value_of_the_traffic_becomes_a_setting() {
    const TRAFFIC: &str = "10.0.20.11";
    let (mut observing, mut configured) = (0, 0);
    for tree in &Library::embedded().trees {
        for (id, card) in tree.cards() {
            let commands = || card.remedies.iter().flat_map(|remedy| &remedy.commands);
            let names = commands().flat_map(|command| command.run.slots());
            let value = |name: &str| if tree.is_configured(name) { "7" } else { TRAFFIC };
            let captures = names.map(|name| (name.into(), value(name).into())).collect();
            let provenance = Provenance { source: EvidenceSource::Paste, line: 1, text: "a line".into() };
            let hit = Hit { cards: vec![id], kind: HitKind::Named, captures, count: 1, provenance };
            let mut walk = Walk::new(Arc::clone(tree));
            walk.push(Event::EvidenceAdded(Evidence { hits: vec![hit], ..Evidence::default() }));
            let filled = filled_commands(&walk, id).into_iter();
            let order = wherefore::internals::walk::remedies_for(Some(&walk), tree, id);
            let remedies = order.iter().map(|ranked| &card.remedies[ranked.remedy]);
            let effects = remedies.flat_map(|remedy| remedy.commands.iter().map(|_| remedy.effect));
            for (command, effect) in filled.zip(effects) {
                let is_filled = command.contains(TRAFFIC);
                assert!(!is_filled || effect == Effect::Observe, "{}: {command}", card.id);
                observing += usize::from(is_filled);
                configured += usize::from(effect != Effect::Observe && command.contains(" 7"));
            }
        }
    }
    assert!(observing > 30 && configured > 50, "{observing} {configured}");
}

/// Returns the commands of a card, filled from a record.
fn card_commands(tree: &Arc<Tree>, recognizer: &Recognizer, card: CardId, record: &str) -> Vec<String> {
    let mut walk = Walk::new(Arc::clone(tree));
    walk.push(Event::EvidenceAdded(recognizer.evidence(&EvidenceSource::file("log"), record)));
    filled_commands(&walk, card)
}

/// Returns the commands of a card, as a walk fills them.
fn filled_commands(walk: &Walk, card: CardId) -> Vec<String> {
    let outline = outline::in_walk(&[], Some(walk), walk.tree(), card);
    outline.steps.into_iter().flat_map(|step| step.commands).map(|command| command.command.to_string()).collect()
}

/// Makes an access record of a gateway timeout with one value.
///
/// The value is in every field that fills a placeholder.
fn record(value: &str) -> String {
    serde_json::json!({
        "timestamp": "2026-01-15T10:20:30+00:00",
        "clientAddr": "203.0.113.10:51544",
        "host": value,
        "listenerName": value,
        "backendSetName": value,
        "loadBalancerId": format!("ocid1.loadbalancer.{value}"),
        "compartmentId": value,
        "backendAddr": "10.0.20.11:8080",
        "lbStatusCode": "504",
        "backendStatusCode": "",
        "request": format!("GET {} HTTP/1.1", value.replace(' ', "")),
        "responseProvider": "10.0.20.11:8080",
    })
    .to_string()
}

/// Runs each command with stubs and `canary` alone on the path.
#[test]
fn no_value_of_a_record_acts_in_a_command_of_a_card() {
    let library = Library::embedded();
    let tree = library.tree("oci-load-balancer").unwrap();
    let recognizer = Recognizer::new(Arc::clone(tree));
    let cards: Vec<CardId> =
        ["gateway-timeout", "backends-out-of-service"].iter().map(|id| tree.find_card(id).unwrap()).collect();
    let commands = |value: &str| -> Vec<String> {
        let record = record(value);
        cards.iter().flat_map(|card| card_commands(tree, &recognizer, *card, &record)).collect()
    };
    // A pipe would call its stubs in any order.
    let is_run: Vec<bool> = commands("/a").iter().map(|command| !command.contains(" | ")).collect();
    let filled = |value: &str| {
        let run = commands(value).into_iter().zip(&is_run).filter(|(_, is_run)| **is_run);
        run.map(|(command, _)| command + "\n").collect::<String>()
    };
    let harmless = filled("/a");
    assert!(harmless.contains("--load-balancer-id ocid1.loadbalancer./a --backend-set-name /a"), "{harmless}");
    let values = values::to_try(40);
    let hostile: Vec<String> = values.iter().map(|value| filled(value)).collect();
    let names = ["curl", "date", "oci", "nc", "ss", "grep", "head", "sudo", "openssl", "tail", "sort", "uniq", "wc"];
    for (shell, arguments) in SHELLS {
        let Some(program) = programs::find(shell) else { continue };
        let calls = |script: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = stubs(folder.path(), &names);
            run((&program, arguments), folder.path(), &path, script);
            assert!(!folder.path().join("trace").exists(), "{shell}: {script}");
            called(folder.path()).iter().map(Vec::len).collect::<Vec<_>>()
        };
        let expected = calls(&harmless);
        assert!(expected.len() > 4, "{shell}");
        let found = calls(&hostile.concat());
        assert_eq!(found.len(), expected.len() * values.len(), "{shell}");
        for (at, found) in found.chunks(expected.len()).enumerate() {
            assert_eq!(found, expected, "{shell}: {}\n{}", values[at], hostile[at]);
        }
    }
}
