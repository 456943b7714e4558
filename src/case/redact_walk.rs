//! Replaces names and addresses in everything that a walk knows.
//!
//! The text of trees stays, and so does what the events point to. So the walk comes to the same place, with the same
//! verdicts.

use std::sync::Arc;

use super::redaction::Redactor;
use crate::text::CleanText;
use crate::walk::{Event, Evidence, EvidenceSource, FollowedLink, GivenValue, LeftWalk, Provenance, Walk};

/// Returns a walk with its values replaced.
///
/// `is_usual` says whether a value looks as its name says it may. Found values that do not are left out, because nothing
/// can tell them from others afterwards.
pub fn redact_walk(walk: &Walk, redactor: &mut Redactor, is_usual: &dyn Fn(&str, &CleanText) -> bool) -> Walk {
    let usual = |event: &Event| match event {
        Event::EvidenceAdded(evidence) => Event::EvidenceAdded(with_usual(evidence, is_usual)),
        other => other.clone(),
    };
    let events = walk.events().iter().map(|event| event_of(&usual(event), redactor)).collect();
    let mut copy = Walk::replay(Arc::clone(walk.tree()), events);
    copy.log = walk.log.clone();
    copy.log.is_redacted = true;
    copy
}

fn with_usual(evidence: &Evidence, is_usual: &dyn Fn(&str, &CleanText) -> bool) -> Evidence {
    let mut copy = evidence.clone();
    copy.hits.iter_mut().for_each(|hit| hit.captures.retain(|(name, value)| is_usual(name, value)));
    copy.values.retain(|found| is_usual(&found.name, &found.value));
    for (name, values) in copy.details.iter_mut().flat_map(|detail| &mut detail.values) {
        values.retain(|(value, _)| is_usual(name, value));
    }
    copy
}

fn event_of(event: &Event, redactor: &mut Redactor) -> Event {
    match event {
        Event::EvidenceAdded(evidence) => Event::EvidenceAdded(evidence_of(evidence, redactor)),
        Event::ValueGiven(given) => {
            Event::ValueGiven(GivenValue { value: redactor.text(&given.value), ..given.clone() })
        }
        Event::Remarked(remark) => Event::Remarked(redactor.text(remark)),
        Event::Followed(FollowedLink { from, left }) => {
            let left = left.iter().map(|left| LeftWalk {
                tree: left.tree.clone(),
                events: left.events.iter().map(|event| event_of(event, redactor)).collect(),
            });
            Event::Followed(FollowedLink { from: from.clone(), left: left.collect() })
        }
        other => other.clone(),
    }
}

fn evidence_of(evidence: &Evidence, redactor: &mut Redactor) -> Evidence {
    let mut copy = evidence.clone();
    for hit in &mut copy.hits {
        place(&mut hit.provenance, redactor);
        hit.captures.iter_mut().for_each(|(_, value)| replace(value, redactor));
    }
    copy.proofs.iter_mut().for_each(|proof| place(&mut proof.provenance, redactor));
    copy.risks.iter_mut().for_each(|risk| place(&mut risk.provenance, redactor));
    copy.successes.iter_mut().for_each(|success| place(&mut success.provenance, redactor));
    for kind in &mut copy.unexplained {
        replace(&mut kind.template, redactor);
        place(&mut kind.provenance, redactor);
    }
    for detail in &mut copy.details {
        for (_, values) in &mut detail.values {
            values.iter_mut().for_each(|(value, _)| replace(value, redactor));
        }
        detail.decoded.iter_mut().for_each(|(_, text)| replace(text, redactor));
    }
    for found in &mut copy.values {
        replace(&mut found.value, redactor);
        place(&mut found.provenance, redactor);
    }
    for (_, elsewhere) in &mut copy.elsewhere {
        *elsewhere = evidence_of(elsewhere, redactor);
    }
    copy
}

fn place(provenance: &mut Provenance, redactor: &mut Redactor) {
    replace(&mut provenance.text, redactor);
    if let EvidenceSource::File(path) = &mut provenance.source {
        replace(path, redactor);
    }
}

fn replace(text: &mut CleanText, redactor: &mut Redactor) {
    *text = redactor.text(text);
}
