//! Tests values that the operator gives: typed, picked, accepted and removed.

use std::process::Command;
use std::sync::Arc;

use wherefore::internals::export::json;
use wherefore::internals::export::values::{CommandValues, case_value};
use wherefore::internals::session::walks::resume_command;
use wherefore::internals::session::{LinkTarget, Session, accept_value, pick_value, remove_value, type_value};
use wherefore::internals::store::Library;
use wherefore::internals::text::CleanText;
use wherefore::internals::tree::model::Effect;
use wherefore::internals::tree::{CardId, Tree};
use wherefore::internals::walk::{Event, Evidence, EvidenceSource, Hit, HitKind, Provenance, Walk};

use super::{CONNECT, filled, pasted, tree, value};

/// Values that would act if they were not quoted and cleaned.
const HOSTILE: &[&str] = &[
    "$(touch /tmp/x)",
    "`id`",
    "a b",
    "it's",
    "\"quoted\"",
    "a\nb",
    "a\r\nreboot",
    "\u{1b}[2Jcleared",
    "a;reboot",
    "a|b&c>d",
    "*",
    "~root",
    "{a,b}",
    "a\\",
    "!!",
    "\u{9b}31m",
    "日本",
];

#[test]
fn a_typed_value_fills_commands_until_it_is_taken_back() {
    let mut walk = Walk::new(tree("tls"));
    type_value(&mut walk, "host", "api.example.com");
    type_value(&mut walk, "port", "8443");
    assert_eq!(filled(&walk, CONNECT), "openssl s_client -connect api.example.com:8443");
    type_value(&mut walk, "port", "443");
    assert_eq!(filled(&walk, CONNECT), "openssl s_client -connect api.example.com:443");
    let again = Walk::replay(Arc::clone(walk.tree()), walk.events().to_vec());
    assert_eq!(filled(&again, CONNECT), filled(&walk, CONNECT));
    assert!(!walk.back(), "the way back keeps values");
    type_value(&mut walk, "host", "");
    assert_eq!(filled(&walk, CONNECT), "openssl s_client -connect {host}:443");
    remove_value(&mut walk, "port");
    assert_eq!(filled(&walk, CONNECT), "openssl s_client -connect {host}:{port}");
}

#[test]
fn a_typed_value_replaces_a_found_one_and_gives_way_when_it_is_removed() {
    let mut walk = pasted("tls", "$ curl -v https://api.example.com/\n");
    type_value(&mut walk, "host", "other.example.com");
    assert_eq!(
        (value(&walk, "host").as_str(), case_value(&walk, "host").origin().as_str()),
        ("other.example.com", "typed")
    );
    type_value(&mut walk, "host", "");
    assert_eq!(value(&walk, "host"), "", "an empty value leaves the placeholder empty");
    remove_value(&mut walk, "host");
    assert_eq!(value(&walk, "host"), "api.example.com");
    remove_value(&mut walk, "host");
    assert_eq!(value(&walk, "host"), "", "a found value can be removed, too");
}

#[test]
fn a_hostile_value_stays_one_word_of_the_shell() {
    for typed in HOSTILE {
        let mut walk = Walk::new(tree("tls"));
        type_value(&mut walk, "host", typed);
        let expected = CleanText::line(typed);
        assert_eq!(value(&walk, "host"), expected.as_str(), "{typed:?}");
        let command = filled(&walk, "printf %s {host}");
        let output = Command::new("sh").args(["-c", &command]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected.as_str(), "{command}");
        assert!(!command.contains(['\n', '\u{1b}', '\u{9b}']), "{command:?}");
        let resumed = resume_command(&walk);
        assert!(!resumed.contains(['\n', '\u{1b}', '\u{9b}']), "{resumed:?}");
    }
}

#[test]
fn a_very_long_value_is_not_taken() {
    let mut walk = Walk::new(tree("tls"));
    let said = type_value(&mut walk, "host", &"x".repeat(20_000));
    assert!(said.contains("2000 characters"), "{said}");
    assert_eq!((value(&walk, "host").as_str(), walk.events().len()), ("", 0));
}

#[test]
fn a_very_long_value_of_the_command_line_is_an_error() {
    let value = format!("host={}", "x".repeat(2001));
    let arguments = ["show", "tls/chain-incomplete", "--value", &value];
    let run = Command::new(env!("CARGO_BIN_EXE_wherefore")).args(arguments).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.starts_with("error: A value has at most 2000 characters."), "{said}");
}

#[test]
fn a_value_that_looks_unusual_is_used_and_said_so() {
    let mut walk = Walk::new(tree("tls"));
    let said = type_value(&mut walk, "port", "https");
    assert!(said.contains("443"), "{said}");
    assert_eq!(value(&walk, "port"), "https");
}

#[test]
fn a_resumed_walk_has_the_typed_values() {
    let mut walk = Walk::new(tree("tls"));
    type_value(&mut walk, "host", "a b's");
    let command = resume_command(&walk);
    assert!(command.starts_with("wherefore walk tls --value "), "{command}");
    let output = Command::new("sh").args(["-c", &command.replace("wherefore walk tls", "printf '%s\\n'")]).output();
    assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), "--value\nhost=a b's\n");
}

/// Returns a walk with a value in a line of a card.
fn with_captured(tree: &Arc<Tree>, card: CardId, name: &str, value: &str) -> Walk {
    let provenance = Provenance { source: EvidenceSource::Paste, line: 3, text: "a line".into() };
    let captures = vec![(name.into(), value.into())];
    let hit = Hit { cards: vec![card], kind: HitKind::Named, captures, count: 1, provenance };
    let mut walk = Walk::new(Arc::clone(tree));
    walk.push(Event::EvidenceAdded(Evidence { hits: vec![hit], ..Evidence::default() }));
    walk
}

/// Each placeholder of the traffic in a command that changes something.
fn traffic_in_changes() -> Vec<(Arc<Tree>, CardId, String, Effect)> {
    let mut all = Vec::new();
    for tree in &Library::embedded().trees {
        for (id, card) in tree.cards() {
            for remedy in card.remedies.iter().filter(|remedy| remedy.effect != Effect::Observe) {
                for name in remedy.commands.iter().flat_map(|command| command.run.slots()) {
                    if !tree.is_configured(name) {
                        all.push((Arc::clone(tree), id, name.to_owned(), remedy.effect));
                    }
                }
            }
        }
    }
    all
}

#[test]
fn a_value_of_the_traffic_changes_nothing_until_it_is_accepted() {
    let all = traffic_in_changes();
    assert!(all.len() > 10, "{}", all.len());
    for (tree, card, name, effect) in all {
        let mut walk = with_captured(&tree, card, &name, "10.0.20.11");
        let get = |walk: &Walk, effect| CommandValues::of_card(Some(walk), &tree, card).get(&name, effect);
        if case_value(&walk, &name).value().is_none() {
            // It does not look as the tree says it may.
            continue;
        }
        assert!(case_value(&walk, &name).must_be_accepted(), "{name}");
        assert_eq!(get(&walk, effect), None, "{name}");
        assert_eq!(get(&walk, Effect::Observe).as_deref(), Some("10.0.20.11"), "{name}");
        pick_value(&mut walk, &name, &"10.0.20.11".into());
        assert_eq!(get(&walk, effect), None, "a choice among found values accepts nothing: {name}");
        accept_value(&mut walk, &name);
        assert_eq!(get(&walk, effect).as_deref(), Some("10.0.20.11"), "{name}");
        assert_eq!(case_value(&walk, &name).origin(), "line 3 of your paste, accepted");
        remove_value(&mut walk, &name);
        assert_eq!(get(&walk, effect), None, "{name}");
        type_value(&mut walk, &name, "10.0.20.11");
        assert_eq!(get(&walk, effect).as_deref(), Some("10.0.20.11"), "a typed value is the operator's: {name}");
    }
}

#[test]
fn a_port_that_a_client_named_does_not_open_a_firewall() {
    let tree = tree("connection");
    let card = tree.find_card("firewall-rejects").unwrap();
    let walk = with_captured(&tree, card, "port", "8443");
    let values = CommandValues::of_card(Some(&walk), &tree, card);
    assert_eq!(values.get("port", Effect::Observe).as_deref(), Some("8443"));
    assert_eq!(values.get("port", Effect::Change), None);
}

#[test]
fn one_of_several_found_values_can_be_picked() {
    let text = "$ curl https://b.example.com/\n$ curl https://a.example.com/\n$ curl https://b.example.com/x\n";
    let mut walk = pasted("tls", text);
    pick_value(&mut walk, "host", &"a.example.com".into());
    assert_eq!(filled(&walk, "dig +short {host}"), "dig +short a.example.com");
    assert_eq!(case_value(&walk, "host").others().count(), 1);
    assert!(resume_command(&walk).contains("--pick host=a.example.com"), "{}", resume_command(&walk));
}

/// Follows a link of a card to another tree.
fn follow(session: &mut Session, from: &str, card: &str, to: &str) {
    let library = Library::embedded();
    let tree = library.tree(from).unwrap();
    let on = tree.find_card(card).unwrap();
    let references = tree.card(on).references();
    let leads = |id: &CardId| tree.card(*id).leads_to.as_ref().is_some_and(|link| link.tree == to);
    let (_, link) = references.into_iter().find(|(_, id)| leads(id)).expect("a link leads there");
    let followed = session.follow(tree, Some(on), link);
    assert!(matches!(followed, Ok(LinkTarget::Walk(_))), "{followed:?}");
}

#[test]
fn values_go_along_a_link_to_placeholders_of_the_same_meaning() {
    let mut session = Session::new(Library::embedded().trees);
    session.begin(&tree("tls"));
    let walk = session.walk.as_mut().unwrap();
    type_value(walk, "host", "api.example.com");
    type_value(walk, "ca_name", "company");
    follow(&mut session, "tls", "handshake-stalls", "connection");
    let walk = session.walk.as_mut().unwrap();
    assert_eq!((walk.tree().id.as_str(), value(walk, "host").as_str()), ("connection", "api.example.com"));
    assert!(!walk.known().given_values.contains_key("ca_name"));
    // Back by a link, the correction goes along, and what the other tree does not know is kept.
    type_value(walk, "host", "other.example.com");
    follow(&mut session, "connection", "reset-by-peer", "tls");
    let walk = session.walk.as_ref().unwrap();
    assert_eq!((value(walk, "host").as_str(), value(walk, "ca_name").as_str()), ("other.example.com", "company"));
}

#[test]
fn a_found_value_that_a_link_brings_gives_way_to_the_evidence_of_the_tree() {
    let mut session = Session::new(Library::embedded().trees);
    session.walk = Some(pasted("tls", "$ curl https://api.example.com/\n"));
    follow(&mut session, "tls", "handshake-stalls", "connection");
    let walk = session.walk.as_mut().unwrap();
    assert_eq!(value(walk, "host"), "api.example.com");
    assert!(case_value(walk, "host").origin().contains("TLS"), "{}", case_value(walk, "host").origin());
    let of_tree = pasted("connection", "$ nc -zv b.example.com 443\n");
    walk.push(of_tree.events()[0].clone());
    assert_eq!(value(walk, "host"), "b.example.com");
}

#[test]
fn a_card_as_json_has_its_commands_filled_beside_what_the_author_wrote() {
    let mut walk = Walk::new(tree("tls"));
    let card = walk.tree().find_card("certificate-expired").unwrap();
    let commands = |walk: &Walk| -> Vec<(String, Option<String>)> {
        let written = json::card(walk, card);
        let steps = written["remedies"].as_array().unwrap().iter();
        let all = steps.flat_map(|step| step["commands"].as_array().unwrap());
        all.map(|it| (it["run"].as_str().unwrap().to_owned(), it["filled"].as_str().map(str::to_owned))).collect()
    };
    assert!(commands(&walk).iter().all(|(_, filled)| filled.is_none()));
    type_value(&mut walk, "host", "api.example.com");
    let of_host = commands(&walk).into_iter().find(|(run, _)| run.contains("{host}")).unwrap();
    assert_eq!(of_host.1, Some(of_host.0.replace("{host}", "api.example.com")));
}
