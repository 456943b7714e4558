//! Puts into words what screens and lines both say of a walk.

use crate::export::evidence::line_of;
use crate::export::format::{capital, many};
use crate::export::verdict::{contradiction, line_in, name_of_answer, verdict};
pub use crate::session::walks::way;
use crate::session::{OpposedEvidence, walks};
use crate::text;
use crate::tree::{CardId, OptionId, QuestionId};
use crate::walk::{Contradiction, Culprit, Evidence, Given, Hit, Provenance, ShortlistGroup, Step, Walk};

/// Says how far a walk is.
///
/// Example: `27 cards possible · about 3 questions`. At a card, it is the verdict.
pub fn summary(walk: &Walk) -> String {
    match walk.position().step {
        Step::Escalate => return "nothing fits".into(),
        Step::Conflict(_) => return "a contradiction".into(),
        Step::Link(_) => return "continues elsewhere".into(),
        Step::Card(card) => return verdict(walk, card),
        Step::Ask(_) | Step::Shortlist => {}
    }
    let left = text::count(walk.position().candidates.len(), "card possible", "cards possible");
    let questions = match questions_left(walk) {
        0 => String::new(),
        left => format!(" · about {}", text::count(left, "question", "questions")),
    };
    match walk.contradictions().len() {
        0 => format!("{left}{questions}"),
        found => format!("{left} · {}{questions}", text::count(found, "contradiction", "contradictions")),
    }
}

/// The most marks of progress.
const MARKS: usize = 8;

/// Names the system of a walk, and the way so far.
///
/// The parts are joined by ` › `: the system, its link, what was pasted, the answers of the operator.
pub fn place(walk: &Walk) -> String {
    let title = walk.tree().title.to_string();
    std::iter::once(title).chain(way(walk)).collect::<Vec<_>>().join(" › ")
}

/// Says how far a walk is, with a mark for each answer.
///
/// Example: `●●○  9 cards possible`. Hollow marks are questions that are about left; they are no promise.
pub fn progress(walk: &Walk) -> String {
    let said = summary(walk);
    if !matches!(walk.position().step, Step::Ask(_)) {
        return said;
    }
    let said = match said.split_once(" · about ") {
        Some((left, _)) => left.to_owned(),
        None => said,
    };
    let answered = walk.known().answers.keys().filter(|question| walks::is_of_operator(walk, **question)).count();
    let answered = answered.min(MARKS - 1);
    let left = questions_left(walk).min(MARKS - answered);
    let marks = format!("{}{}", "●".repeat(answered), "○".repeat(left));
    if marks.is_empty() { said } else { format!("{marks}  {said}") }
}

/// Returns about how many questions are left; 0 if unknown.
///
/// After a "don't know", the number of questions that the operator can answer is unknown.
fn questions_left(walk: &Walk) -> usize {
    if walk.known().answers.values().any(|answer| answer.given == Given::Unknown) {
        return 0;
    }
    // Rounded up: one question more than was promised is worse than one less.
    (walk.position().questions_left - 0.1).ceil().max(0.0) as usize
}

/// Counts in words the evidence lines that give an answer.
///
/// `None` if no line does.
pub fn lines_for_option(walk: &Walk, question: QuestionId, option: OptionId) -> Option<String> {
    let said = walk.known().testimony.get(&question)?.iter().find(|said| said.option == option)?;
    Some(many(said.count, "line", "lines"))
}

/// Says that an option does not have the code in a line.
///
/// `None` if no code was found, or the option has it.
pub fn lacks_code(walk: &Walk, question: QuestionId, option: OptionId) -> Option<String> {
    let left = walk.known().left_by_code(question).filter(|left| !left.options.contains(&option))?;
    Some(format!("ruled out by {}", line_in(&left.provenance)))
}

/// The last answer to the question which system printed a code.
pub const UNKNOWN_SYSTEM: &str = "Don't know: list the cards of all";

/// The answers to "Same incident?", when evidence contradicts the case.
pub const SAME_INCIDENT: [&str; 2] =
    ["Yes: add it to the case. Contradictions stay visible.", "No: begin a new case with it. The other case is kept."];

/// The most contradictions that are said of evidence.
const CONTRADICTIONS: usize = 3;

/// Says what evidence contradicts.
pub fn contradictions_of(opposed: &OpposedEvidence) -> Vec<String> {
    let new = &opposed.contradictions;
    let sentence = |found: &Contradiction| contradiction(&opposed.joined, found) + ".";
    let mut said: Vec<_> = new.iter().take(CONTRADICTIONS).map(sentence).collect();
    if let Some(more @ 1..) = new.len().checked_sub(CONTRADICTIONS) {
        said.push(format!("And {more} more."));
    }
    said
}

/// Names the question that is most worth finding out about.
pub fn best_next_check(walk: &Walk, question: QuestionId) -> String {
    format!("Best next check: {}", walk.tree().question(question).ask)
}

/// Counts the candidates that are not listed one by one.
pub fn others(groups: &[ShortlistGroup]) -> String {
    let cards: usize = groups.iter().map(|group| group.cards.len()).sum();
    format!("{} more, grouped by the answer that would point to them:", text::count(cards, "card", "cards"))
}

/// Names a group of candidates by the answer that speaks for them.
///
/// One card is named by its title.
pub fn named_group(walk: &Walk, group: &ShortlistGroup) -> String {
    let tree = walk.tree();
    let cards = match group.cards.as_slice() {
        [only] => tree.card(*only).title.to_string(),
        several => text::count(several.len(), "card", "cards"),
    };
    match group.sign {
        Some(sign) => format!("{}: {cards}", tree.option(sign.question, sign.option).label),
        None => format!("No question tells these apart: {cards}"),
    }
}

/// Names a side of a conflict.
pub fn name_of_culprit(walk: &Walk, culprit: Culprit) -> String {
    match culprit {
        Culprit::Answer(question) => {
            let given = walk.known().given(question);
            let answer = given.map(|given| name_of_answer(walk.tree(), question, given)).unwrap_or_default();
            format!("{} {answer}", walk.tree().question(question).ask)
        }
        Culprit::Evidence => {
            let line = walk.known().hits.first().map(|hit| hit.provenance.text.as_str()).unwrap_or_default();
            format!("The evidence: {line}")
        }
    }
}

/// Names a piece of evidence by its place and its first line.
pub fn name_of_evidence(first: &Provenance) -> String {
    format!("{}: {}", capital(&line_of(first)), first.text)
}

/// Names the card that evidence points to, or counts several.
pub fn summary_of_evidence(walk: &Walk, evidence: &Evidence) -> String {
    let mut cards: Vec<CardId> = Vec::new();
    for hit in &evidence.hits {
        cards.extend(hit.cards.iter().filter(|card| !cards.contains(card)).collect::<Vec<_>>());
    }
    let share = |hit: &Hit| hit.cards.len() == cards.len();
    match cards.as_slice() {
        [] if evidence.proofs.is_empty() && evidence.risks.is_empty() && !evidence.values.is_empty() => {
            text::count(evidence.values.len(), "value", "values")
        }
        [] if evidence.proofs.is_empty() => text::count(evidence.risks.len(), "setting", "settings"),
        [] if evidence.answers().next().is_none() => "a status or code".to_owned(),
        [] => text::count(evidence.answers().count(), "answer", "answers"),
        [only] => walk.tree().card(*only).title.to_string(),
        several if evidence.hits.iter().all(share) => format!("{} cards share it", several.len()),
        several => format!("it points to {} cards; e shows which", several.len()),
    }
}

/// Returns what to say of a paste that was cut.
///
/// `said` is what was said of the part that was read. The sizes are in bytes: of that part, and of the whole paste.
pub fn paste_was_cut(said: Option<String>, read: usize, pasted: usize) -> String {
    let [read, pasted] = [read, pasted].map(|bytes| text::size(u64::try_from(bytes).unwrap_or(u64::MAX)));
    let said = said.map_or_else(String::new, |said| format!("{said} "));
    format!("{said}The paste was cut: {read} of {pasted} were read. Save it as a file and run: wherefore diagnose FILE")
}

/// Says how to give a code alone.
///
/// Only at a question that codes answer in part.
///
/// `None` if a code is known already.
pub fn code_alone(walk: &Walk, asked: QuestionId) -> Option<String> {
    let question = walk.tree().question(asked);
    let is_of_codes = !question.code_lines.is_empty() && !walk.known().codes.contains_key(&asked);
    let code = question.options.iter().flat_map(|option| &option.codes).next().filter(|_| is_of_codes)?;
    Some(format!("Only the code: type / and the code, for example /{code}"))
}
