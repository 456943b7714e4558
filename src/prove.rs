//! Proves properties of a tree over all its states.
//!
//! Every walk ends, every card is reached, every signature does what its samples say, every golden case holds. This
//! room stands above `tree`, `walk` and `recognize`, because a proof needs all three.

mod cards;
mod collisions;
mod first_answer;
mod links;
mod log_format;
mod patterns;
mod signatures;
mod training;

use std::sync::Arc;

use serde::Serialize;

use crate::recognize::{Recognizer, looks_like};
use crate::text::CleanText;
use crate::tree::model::GoldenCase;
use crate::tree::training::TeamDrill;
use crate::tree::{Code, Problem, Tree};
use crate::walk::{Event, EvidenceSource, Given, Step, explore, position_after};
use cards::{check_golden_cases, check_separation};
pub use collisions::check_collisions;
use first_answer::check_first_answers;
pub use links::check_links;
pub use log_format::check_formats;
use patterns::check_patterns;
use signatures::check_signatures;
use training::LineReader;

/// The most states that are visited, about a second of work.
pub const STATES: usize = 100_000;

/// The most paths that all states look at, some seconds of work.
///
/// Each state looks at all paths of the tree. A tree of 60 cards has fewer than 300, and [`STATES`] is what bounds it; this
/// bounds trees of several hundred cards, so that a tree of 700 is checked in 10 s.
pub const LOOKED_AT: usize = 30_000_000;

/// The proved properties of a tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeProof {
    /// The number of diagnoses.
    pub cards: usize,
    /// The number of questions.
    pub questions: usize,
    /// The number of visited states; "don't know" and "none of these" included.
    pub states: usize,
    /// Whether there are more states than were visited.
    pub is_partial: bool,
    /// The ends in one card, in a shortlist, in the escalation card.
    pub ends: (usize, usize, usize),
    /// The ends in a link to another tree.
    pub link_ends: usize,
    /// The mean, over the cards, of the fewest answers to the card.
    pub mean_answers: f64,
    /// The maximum, over the cards, of the fewest answers to the card.
    pub worst_answers: usize,
    /// The lower bound of the mean number of questions.
    ///
    /// It holds if all answers are equally likely, and is the entropy of the cards divided by the most information that
    /// one question can give.
    pub bound: f64,
    /// The most questions of a walk with "don't know" among the answers.
    pub longest_walk: usize,
    /// The number of golden cases that hold.
    pub cases: usize,
    /// The number of team incidents that hold.
    pub drills: usize,
}

/// Proves what can be proved, and notes what does not hold.
pub fn prove(tree: &Arc<Tree>) -> (TreeProof, Vec<Problem>) {
    let mut problems = Vec::new();
    let recognizer = Recognizer::new(Arc::clone(tree));
    check_signatures(&recognizer, &mut problems);
    check_patterns(&recognizer, &mut problems);
    problems.extend(check_formats(&tree.own_formats));
    check_examples(tree, &mut problems);
    let mut cases = 0;
    for case in tree.cases.iter() {
        match case_fault(&recognizer, case) {
            None => cases += 1,
            Some(fault) => {
                let help = "correct the tree, or the case if the tree is right";
                problems.push(Problem::of_file(Code::CaseFailed, &case.path, fault, help));
            }
        }
    }
    let drills = check_training(&recognizer, &mut problems);
    check_golden_cases(tree, &mut problems);
    check_separation(tree, &mut problems);
    check_first_answers(tree, &mut problems);
    let found = explore(tree, STATES.min(LOOKED_AT / tree.paths.len().max(1)));
    let cards = tree.diagnoses().count();
    let answers: Vec<usize> = found.answers_to_card.values().copied().collect();
    let most_options = tree.questions().map(|(_, question)| question.options.len()).max().unwrap_or(1);
    let proof = TreeProof {
        cards,
        questions: tree.questions().count(),
        states: found.states,
        is_partial: found.is_partial,
        ends: found.ends,
        link_ends: found.link_ends,
        mean_answers: answers.iter().sum::<usize>() as f64 / answers.len().max(1) as f64,
        worst_answers: answers.iter().copied().max().unwrap_or(0),
        bound: (cards.max(1) as f64).log2() / (most_options.max(2) as f64).log2(),
        longest_walk: found.longest,
        cases,
        drills,
    };
    (proof, problems)
}

/// Notes each example that does not look like the described value.
fn check_examples(tree: &Tree, problems: &mut Vec<Problem>) {
    for (name, example) in tree.examples.iter() {
        if tree.described_value(name).is_some_and(|described| !looks_like(described, example)) {
            let message = format!("the example of `{{{name}}}` does not look like one: {example}");
            let help = "correct the example, or `looks_like` under \"values\"";
            problems.push(Problem::of_file(Code::BadExample, &tree.path, message, help));
        }
    }
}

/// Notes all faults of the data for exercises.
///
/// Returns the number of sound team incidents.
fn check_training(recognizer: &Recognizer, problems: &mut Vec<Problem>) -> usize {
    let (tree, reader) = (recognizer.tree(), LineReader::new(recognizer));
    let mut note = |path: &str, faults: Vec<String>, help: &str| {
        let found = faults.into_iter().map(|fault| Problem::of_file(Code::DrillFailed, path, fault, help));
        problems.extend(found);
    };
    let mut sound = 0;
    for drill in tree.drills.iter() {
        let faults = training::faults_of_drill(&reader, drill);
        sound += usize::from(faults.is_empty());
        note(&drill.path, faults, "correct the alarm and the clues, or hide another card");
    }
    for (id, card) in tree.cards() {
        note(&card.path, training::faults_of_card(&reader, id), "correct the alarm or the output");
    }
    for (id, _) in tree.questions() {
        note(&tree.path, training::faults_of_question(&reader, id), "correct the output, or the option");
    }
    for fault in tree.everyday.iter().filter_map(|line| training::fault_of_everyday(&reader, line)) {
        let help = "add it to the samples of that card, or remove it";
        problems.push(Problem::of_file(Code::EverydayTells, &tree.path, fault, help));
    }
    sound
}

/// Returns whether a team's incident neither contradicts nor reveals its card.
pub fn is_sound(recognizer: &Recognizer, drill: &TeamDrill) -> bool {
    training::faults_of_drill(&LineReader::new(recognizer), drill).is_empty()
}

/// Plays a golden case; says how it ends if not as written.
fn case_fault(recognizer: &Recognizer, case: &GoldenCase) -> Option<String> {
    let tree = recognizer.tree();
    let is_link = |name: &str| tree.links().any(|(_, link)| link.to_string() == name);
    if let Some(unknown) = case.cards.iter().find(|card| tree.find_card(card).is_none() && !is_link(card)) {
        return Some(format!("there is no card `{unknown}`"));
    }
    let mut events = Vec::new();
    if !case.evidence.is_empty() {
        events.push(Event::EvidenceAdded(recognizer.evidence(&EvidenceSource::Paste, &case.evidence.join("\n"))));
    }
    let mut for_the_rest = None;
    for (question, answer) in &case.answers {
        if question == "*" {
            for_the_rest = Some(answer);
            continue;
        }
        let Some(id) = tree.find_question(question) else { return Some(format!("there is no question `{question}`")) };
        let Some(given) = given(tree, id, answer) else {
            return Some(format!("the question `{question}` has no option `{answer}`"));
        };
        events.push(given.event(id));
    }
    let mut position = position_after(tree, &events);
    while let (Some(answer), Step::Ask(question)) = (for_the_rest, &position.step) {
        let Some(given) = given(tree, *question, answer) else {
            return Some(format!("`*` can be answered with `unknown` or `none`, not with `{answer}`"));
        };
        events.push(given.event(*question));
        position = position_after(tree, &events);
    }
    let ends = name_of(&position.step);
    let cards: Vec<_> = match position.step {
        Step::Escalate => vec![tree.card(tree.escalation).id.clone()],
        _ => position.candidates.iter().map(|candidate| tree.card(candidate.card).id.clone()).collect(),
    };
    let is_right = ends == case.ends && case.cards.iter().all(|card| cards.contains(card));
    let is_only = !["card", "link"].contains(&case.ends.as_str()) || cards == case.cards;
    (!is_right || !is_only).then(|| {
        format!("it ends as `{ends}` with {}; the case says `{}` with {}", names(&cards), case.ends, names(&case.cards))
    })
}

/// Returns the ids of cards for a message, at most eight.
fn names(cards: &[CleanText]) -> String {
    const SHOWN: usize = 8;
    match cards {
        [] => "no card".to_owned(),
        few if few.len() <= SHOWN => few.join(", "),
        many => {
            let (first, rest) = many.split_at(SHOWN);
            format!("{} and {} more", first.join(", "), rest.len())
        }
    }
}

/// Returns the answer with a name to a question.
pub fn given(tree: &Tree, question: crate::tree::QuestionId, name: &str) -> Option<Given> {
    match name {
        "unknown" => Some(Given::Unknown),
        "none" => Some(Given::NoneOfThese),
        _ => tree.find_option(question, name).map(Given::Option),
    }
}

/// Returns the name of a step in cases and in `walk --json`.
pub fn name_of(step: &Step) -> &'static str {
    match step {
        Step::Ask(_) => "question",
        Step::Card(_) => "card",
        Step::Shortlist => "shortlist",
        Step::Link(_) => "link",
        Step::Escalate => "escalate",
        Step::Conflict(_) => "conflict",
    }
}
