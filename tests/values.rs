//! Tests the values of a case and where they come from.

mod entering;
mod given;

use std::sync::Arc;

use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::export::values::{case_value, read_only_command};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::tree::pattern::{Slots, Template};
use wherefore::internals::walk::{Event, EvidenceSource, Walk};

/// Returns an embedded tree.
fn tree(id: &str) -> Arc<Tree> {
    Library::embedded().tree(id).cloned().expect("the tree is embedded")
}

/// Returns a walk that begins with a pasted text.
fn pasted(id: &str, text: &str) -> Walk {
    let tree = tree(id);
    let diagnosis = diagnose_text(&Scanner::new(&[Arc::clone(&tree)]), &EvidenceSource::Paste, text);
    let mut walk = Walk::new(Arc::clone(&tree));
    walk.push(Event::EvidenceAdded(diagnosis.evidence(&tree)));
    walk
}

fn value(walk: &Walk, name: &str) -> String {
    case_value(walk, name).value().map(ToString::to_string).unwrap_or_default()
}

/// Returns a read-only command with the values of a walk.
fn filled(walk: &Walk, command: &str) -> String {
    read_only_command(walk, &Template::parse(command, Slots::Free).unwrap()).to_string()
}

const CONNECT: &str = "openssl s_client -connect {host}:{port}";

#[test]
fn a_pasted_shell_session_fills_host_and_port() {
    let openssl = "$ openssl s_client -connect api.example.com:8443\nCONNECTED(00000003)\n\
        Verify return code: 10 (certificate has expired)\n";
    let curl = "$ curl -v https://api.example.com/\n*   Trying 203.0.113.7:443...\n\
        * SSL certificate problem: certificate has expired\n";
    let output = "* Connected to api.example.com (203.0.113.7) port 8443\n\
        * SSL certificate problem: certificate has expired\n";
    let by_address = "openssl s_client -connect 203.0.113.7:443 -servername api.example.com\n";
    for id in ["tls", "connection"] {
        for (text, port) in [(openssl, "8443"), (curl, "443"), (output, "8443"), (by_address, "443")] {
            let walk = pasted(id, text);
            assert_eq!(filled(&walk, CONNECT), format!("openssl s_client -connect api.example.com:{port}"), "{id}");
        }
        assert_eq!(value(&pasted(id, curl), "ip"), "203.0.113.7", "{id}");
    }
}

#[test]
fn a_value_says_from_which_line_it_comes() {
    let walk =
        pasted("tls", "nothing here\n$ curl -v https://api.example.com:8443/\n$ curl https://api.example.com:8443\n");
    assert_eq!(case_value(&walk, "port").origin(), "2 lines, first line 2 of your paste");
    let walk = pasted("tls", "$ curl -v https://api.example.com:8443/\n");
    assert_eq!(case_value(&walk, "host").origin(), "line 1 of your paste");
}

#[test]
fn a_url_with_a_password_fills_nothing() {
    for url in ["https://user:pw@api.example.com/", "https://user1:12@api.example.com:443/"] {
        let walk = pasted("tls", &format!("$ curl -v {url}\n"));
        assert_eq!(filled(&walk, CONNECT), CONNECT, "{url}");
    }
}

#[test]
fn several_values_are_listed_with_the_most_frequent_first() {
    let text = "$ curl https://b.example.com/\n$ curl https://a.example.com/\n$ curl https://b.example.com/x\n";
    let walk = pasted("tls", text);
    let host = case_value(&walk, "host");
    let found: Vec<_> = host.found.iter().map(|found| (found.value.as_str(), found.count)).collect();
    assert_eq!(found, [("b.example.com", 2), ("a.example.com", 1)]);
    assert_eq!(value(&walk, "host"), "b.example.com");
}

#[test]
fn a_line_that_only_names_values_says_nothing_about_cards() {
    let walk = pasted("tls", "$ curl -v https://api.example.com/\n");
    let nothing = Walk::new(tree("tls"));
    assert_eq!(walk.position(), nothing.position());
}

#[test]
fn a_diagnosis_prints_its_next_check_with_the_values_that_it_read() {
    let walk = pasted("tls", "$ curl -v https://api.example.com/\n");
    let command = walk.tree().questions().filter_map(|(_, question)| question.find_out.command.as_ref());
    let with_host: Vec<_> = command
        .filter(|command| command.slots().any(|name| name == "host"))
        // A command with a credential never gets its host filled.
        .filter(|command| !command.to_string().contains("--cert"))
        .collect();
    assert!(!with_host.is_empty());
    for command in with_host {
        let filled = read_only_command(&walk, command).to_string();
        assert!(filled.contains("api.example.com") && !filled.contains("{host}"), "{filled}");
    }
}
