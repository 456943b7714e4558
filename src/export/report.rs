//! Writes problems and proofs for people.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::prove::TreeProof;
use crate::text;
use crate::tree::problem::Severity;
use crate::tree::{Code, Problem};

/// Returns a problem with its line, marked.
///
/// With colors for a terminal, or plain.
pub fn problem(problem: &Problem, in_color: bool) -> String {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(problem.message.as_str()).id(problem.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &problem.place {
        let mark = AnnotationKind::Primary.span(place.marked.clone());
        let snippet = Snippet::source(place.text.as_str()).line_start(place.line).path(problem.path.as_str());
        group = group.element(snippet.annotation(mark));
    } else {
        group = group.element(annotate_snippets::Origin::path(problem.path.as_str()));
    }
    group = group.element(Level::HELP.message(problem.help.as_str()));
    let renderer = if in_color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Returns the place, message and code of a problem in one line.
pub fn line(problem: &Problem) -> String {
    let place = problem.place.as_ref().map(|place| format!(":{}", place.line)).unwrap_or_default();
    format!("{}{place}: {} ({})", problem.path, problem.message, problem.code.name())
}

/// Returns a code, its severity and its meaning in one line.
pub fn listed(code: Code) -> String {
    format!("{:24} {:8} {}\n", code.name(), word(code.severity()), code.about())
}

/// Returns the meaning of a code, and what its severity means.
pub fn explained(code: Code) -> String {
    let meaning = match code.severity() {
        Severity::Error => "An error: the check exits with 1. Do not use a tree with errors.",
        Severity::Warning => "A warning: the tree works, but its author probably meant something else.",
        Severity::Note => "A note: for information.",
    };
    format!("{}\n\n{}\n{meaning}\n", code.name(), code.about())
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Describes the proof of a tree in a few lines.
pub fn proof(id: &str, proof: &TreeProof) -> String {
    let (one, several, escalated) = proof.ends;
    let links = match proof.link_ends {
        0 => String::new(),
        links => format!(", {links} in a link to another tree"),
    };
    let (extent, every) = match proof.is_partial {
        true => ("only the first ", "every walk through them"),
        false => ("all ", "every walk"),
    };
    [
        format!(
            "{id}: {}, {}, {}, {}",
            text::count(proof.cards, "card", "cards"),
            text::count(proof.questions, "question", "questions"),
            text::count(proof.cases, "golden case holds", "golden cases hold"),
            text::count(proof.drills, "drill holds", "drills hold"),
        ),
        format!(
            "  {extent}{} states visited, \"don't know\" and \"none of these\" included: {every} ends",
            proof.states
        ),
        format!("  ends: {one} in one card, {several} in a shortlist, {escalated} in the escalation card{links}"),
        format!(
            "  answers to a card: mean {:.1}, worst {} (no tree of these questions could have a mean below {:.1})",
            proof.mean_answers, proof.worst_answers, proof.bound
        ),
        format!(
            "  longest walk, \"don't know\" throughout: {}",
            text::count(proof.longest_walk, "question", "questions")
        ),
    ]
    .join("\n")
}
