//! Puts lines with comparable times in order of time.

use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::export::timeline::Timeline;
use wherefore::internals::session::{walk_of, walks};
use wherefore::internals::store::Library;
use wherefore::internals::walk::EvidenceSource;

use crate::show_evidence::run;

#[test]
fn times_without_a_zone_are_not_compared_with_others() {
    let zoned = r#"{"timestamp":"2026-01-15T10:20:30+00:00","lbStatusCode":"504","backendStatusCode":""}"#;
    let without = "2026/01/15 10:00:00 [error] Backend 10.0.20.11 closed connection abruptly";
    let (told, _) = run(&["diagnose", "-"], format!("{without}\n{zoned}\n").as_bytes());
    let expected = "Timeline, 2026-01-15 UTC:\n  10:20:30  504: no response from any backend in time (1 line)\n\n\
                    Timeline, 2026-01-15 (no time zone; start wherefore with --utc-offset +01:00):\n  10:00:00  502: the backend closes the connection";
    assert!(told.contains(expected) && !told.contains("began"), "{told}");
    let (told, _) = run(&["diagnose", "-", "--json"], without.as_bytes());
    assert!(told.contains(r#""first": "2026-01-15T10:00:00""#), "{told}");
}

#[test]
fn an_offset_puts_times_without_a_zone_in_order() {
    let zoned = r#"{"timestamp":"2026-01-15T10:20:30+00:00","lbStatusCode":"504","backendStatusCode":""}"#;
    let without = "2026/01/15 08:20:00 [error] Backend 10.0.20.11 closed connection abruptly";
    let input = format!("{zoned}\n{without}\n");
    let offset = ["--utc-offset", "-02:00"];
    let (told, _) = run(&[&["diagnose", "-"], &offset[..]].concat(), input.as_bytes());
    let expected = "Timeline, 2026-01-15 UTC:\n  10:20:00  502: the backend closes the connection abruptly (1 line)\n  \
                    10:20:30  504";
    assert!(told.contains(expected) && told.contains("began first, 30 s before"), "{told}");
    let (told, _) = run(&[&["diagnose", "-", "--json"], &offset[..]].concat(), input.as_bytes());
    assert!(told.contains(r#""first": "2026-01-15T10:20:00Z""#), "{told}");
    // The walk has it, and so has the command that goes on.
    let scanner = Scanner::new(&Library::embedded().trees).with_utc_offset(Some(-7200));
    let walk = walk_of(&diagnose_text(&scanner, &EvidenceSource::file("a.log"), &input)).unwrap();
    assert_eq!(Timeline::of(&walk).parts.len(), 1);
    let command = walks::resume_command(&walk);
    assert!(command.contains("--evidence a.log --utc-offset -02:00"), "{command}");
    for wrong in ["2", "+25:00", "UTC"] {
        assert_eq!(run(&["diagnose", "-", "--utc-offset", wrong], b"").1, 2, "{wrong}");
    }
}
