//! Writes problems and proofs for people.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::prove::TreeProof;
use crate::text;
use crate::tree::Problem;
use crate::tree::problem::Severity;

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
