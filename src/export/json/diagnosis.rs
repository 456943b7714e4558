//! Writes a diagnosis as JSON.

use serde_json::{Map, Value, json};

use super::place::place;
use super::values;
use crate::diagnosis::{Certainty, Diagnosis, Finding, FoundAnswer, Input, Sample, Times};
use crate::export::finding as said;
use crate::export::format;
use crate::walk::{ProofKind, Provenance, Step, Walk};

/// Returns a diagnosis as `wherefore/diagnose/1`.
///
/// `walk` is a walk that has the evidence. `is_cut` says that not all of it was read.
pub fn diagnosis(diagnosis: &Diagnosis, walk: Option<&Walk>, is_cut: bool) -> Value {
    let unexplained = &diagnosis.unexplained;
    let templates = unexplained
        .templates
        .iter()
        .map(|kind| json!({"template": kind.template, "count": kind.count, "sample": place(&kind.provenance)}));
    let answers =
        |kind: ProofKind| diagnosis.answers.iter().filter(|answer| answer.kind == kind).map(answer).collect::<Vec<_>>();
    json!({
        "schema": "wherefore/diagnose/1",
        "interrupted": is_cut,
        "inputs": diagnosis.inputs.iter().map(input).collect::<Vec<_>>(),
        "cards": diagnosis.findings.iter().map(finding).collect::<Vec<_>>(),
        "answers": answers(ProofKind::Answer),
        "left_by_codes": answers(ProofKind::Code),
        "known_by_words": diagnosis.known_by_words.iter().map(|known| {
            let (card, line) = (&known.tree.card(known.card).id, place(&known.lines.provenance));
            json!({"tree": known.tree.id, "card": card, "count": known.lines.count, "sample": line})
        }).collect::<Vec<_>>(),
        "systems": match diagnosis.trees().as_slice() {
            [] | [_] => Vec::new(),
            several => several.iter().map(|tree| &tree.id).collect(),
        },
        "successes": diagnosis.successes.iter().map(|(tree, success)| {
            let (card, line) = (&tree.card(success.card).id, place(&success.provenance));
            json!({"tree": tree.id, "card": card, "count": success.count, "sample": line})
        }).collect::<Vec<_>>(),
        "values": values::named(diagnosis),
        "unexplained": {
            "count": unexplained.count,
            "templates": templates.collect::<Vec<_>>(),
            "others": unexplained.others,
        },
        "next": walk.map_or(Value::Null, next),
    })
}

fn input(input: &Input) -> Value {
    json!({
        "path": input.path,
        "kind": input.kind,
        "records": input.records,
        "bytes": input.bytes,
        "remarks": input.remarks,
        "error_blocks": input.error_blocks,
        "read_as": input.read_as.as_ref().map(|read_as| {
            json!({"format": read_as.id, "title": read_as.title, "lines": read_as.lines, "of": read_as.of})
        }),
    })
}

fn finding(finding: &Finding) -> Value {
    let card = finding.tree.card(finding.card);
    let times = finding.times.as_ref();
    let time = |of: fn(&Times) -> i64| times.and_then(|times| format::rfc3339(of(times), times.has_zone));
    let captures: Map<String, Value> = said::captures(finding)
        .map(|(name, values)| (name.to_string(), values.iter().map(|(value, _)| value.as_str()).collect()))
        .collect();
    let risks = finding.samples.iter().filter_map(|sample| {
        let says = said::says(finding, sample)?;
        let Provenance { source, line, text } = &sample.provenance;
        Some(json!({"says": says, "path": source.to_string(), "line": line, "text": text}))
    });
    let decoded = finding.decoded.iter().map(|(what, says)| json!({"what": what, "text": says}));
    json!({
        "tree": finding.tree.id,
        "card": card.id,
        "title": card.title,
        "certainty": match finding.certainty {
            Certainty::Confirmed => "matched",
            Certainty::Likely | Certainty::Possible => "possible",
        },
        "verdict": finding.certainty.word(),
        "foreign_formats": finding.foreign_formats,
        "written_by": finding.written_by.iter().map(|tree| &tree.id).collect::<Vec<_>>(),
        "opposed_by": finding.opposed_by.iter().map(|question| &finding.tree.question(*question).id).collect::<Vec<_>>(),
        "count": finding.count,
        "first": time(|times| times.first),
        "last": time(|times| times.last),
        "histogram": times.map(|times| times.histogram.as_slice()),
        "captures": captures,
        "samples": samples(&finding.samples),
        "risks": risks.collect::<Vec<_>>(),
        "decoded": decoded.collect::<Vec<_>>(),
    })
}

fn answer(answer: &FoundAnswer) -> Value {
    json!({
        "tree": answer.tree.id,
        "question": answer.tree.question(answer.question).id,
        "option": answer.tree.option(answer.question, answer.option).id,
        "count": answer.count,
        "samples": samples(&answer.samples),
    })
}

fn samples(samples: &[Sample]) -> Vec<Value> {
    samples.iter().map(|sample| place(&sample.provenance)).collect()
}

/// Returns the question that the walk asks next, if any.
fn next(walk: &Walk) -> Value {
    let Step::Ask(question) = walk.position().step else { return Value::Null };
    let tree = walk.tree();
    let question = tree.question(question);
    json!({"tree": tree.id, "question": question.id, "ask": question.ask})
}
