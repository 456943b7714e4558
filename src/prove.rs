//! Proves properties of a tree over all its states.
//!
//! Every walk ends, every card is reached, every signature does what its samples say, every golden case holds. This
//! room stands above `tree`, `walk` and `recognize`, because a proof needs all three.

mod collisions;
mod links;
mod log_format;
mod training;

use std::sync::Arc;

use serde::Serialize;

use crate::recognize::{Compiled, LogFormats, Recognizer};
use crate::text::CleanText;
use crate::tree::model::{GoldenCase, Signature};
use crate::tree::training::TeamDrill;
use crate::tree::{CardId, Code, Problem, Tree};
use crate::walk::{Event, EvidenceSource, Given, Step, Walk, explore};
pub use collisions::check_collisions;
pub use links::check_links;
pub use log_format::check_formats;
use training::shortened;

/// The most states that are visited, about a second of work.
pub const STATES: usize = 100_000;

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
    check_signatures(tree, &mut problems);
    problems.extend(check_formats(&tree.own_formats));
    let recognizer = Recognizer::new(Arc::clone(tree));
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
    let found = explore(tree, STATES);
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

/// Notes all faults of the data for exercises.
///
/// Returns the number of sound team incidents.
fn check_training(recognizer: &Recognizer, problems: &mut Vec<Problem>) -> usize {
    let tree = recognizer.tree();
    let mut note = |path: &str, faults: Vec<String>, help: &str| {
        let found = faults.into_iter().map(|fault| Problem::of_file(Code::DrillFailed, path, fault, help));
        problems.extend(found);
    };
    let mut sound = 0;
    for drill in tree.drills.iter() {
        let faults = training::faults_of_drill(recognizer, drill);
        sound += usize::from(faults.is_empty());
        note(&drill.path, faults, "correct what is told and shown, or hide another card");
    }
    for (id, card) in tree.cards() {
        note(&card.path, training::faults_of_card(recognizer, id), "correct what is told or printed");
    }
    for (id, _) in tree.questions() {
        note(&tree.path, training::faults_of_question(recognizer, id), "correct what is printed, or the option");
    }
    for fault in tree.everyday.iter().filter_map(|line| training::fault_of_everyday(recognizer, line)) {
        let help = "put it among the samples of that card, or remove it";
        problems.push(Problem::of_file(Code::EverydayTells, &tree.path, fault, help));
    }
    sound
}

/// Returns whether a team's incident neither contradicts nor reveals its card.
pub fn is_sound(recognizer: &Recognizer, drill: &TeamDrill) -> bool {
    training::faults_of_drill(recognizer, drill).is_empty()
}

/// Notes signatures and risks that break their samples or their sharing.
///
/// Every signature must match its samples, none of its `never` lines, and no sample of a card that does not share it.
fn check_signatures(tree: &Tree, problems: &mut Vec<Problem>) {
    let formats = Arc::new(LogFormats::new(&tree.formats));
    for (id, card) in tree.cards() {
        for other in &card.shares_signatures_with {
            if !tree.card(*other).shares_signatures_with.contains(&id) {
                let message = format!(
                    "`{}` shares its signatures with `{}`, which does not say so",
                    card.id,
                    tree.card(*other).id
                );
                let help = format!(
                    "add `{}` to shares_signatures_with of cards/{}.json, or remove that card here",
                    card.id,
                    tree.card(*other).id
                );
                problems.push(Problem::of_file(Code::OneSidedSharing, &card.path, message, help));
            }
        }
        for signature in &card.signatures {
            check_signature(tree, id, signature, &formats, problems);
        }
        for risk in &card.risks {
            let pattern = Compiled::new(&risk.pattern);
            let note = |code, message: String, help: &str| {
                problems.push(Problem {
                    place: Some(risk.place.clone()),
                    ..Problem::of_file(code, &card.path, message, help)
                });
            };
            check_samples("risk", &pattern, &formats, (&risk.samples, &risk.never), note);
        }
    }
}

/// Notes samples that a pattern misses and `never` lines that it matches.
fn check_samples(
    what: &str,
    pattern: &Compiled,
    formats: &Arc<LogFormats>,
    (samples, never): (&[CleanText], &[CleanText]),
    mut note: impl FnMut(Code, String, &str),
) {
    for sample in samples.iter().filter(|sample| !pattern.is_in_sample(sample, formats)) {
        let message = format!("this {what} does not match its sample `{}`", shortened(sample));
        note(Code::SampleNotMatched, message, "correct the pattern or the sample");
    }
    for never in never.iter().filter(|never| pattern.is_in_sample(never, formats)) {
        let message = format!("this {what} matches what it must never match: `{}`", shortened(never));
        note(Code::NeverMatched, message, "make the pattern more specific");
    }
}

fn check_signature(
    tree: &Tree,
    id: CardId,
    signature: &Signature,
    formats: &Arc<LogFormats>,
    problems: &mut Vec<Problem>,
) {
    let card = tree.card(id);
    let pattern = Compiled::new(&signature.pattern);
    let mut note = |code, message: String, help: &str| {
        let place = Some(signature.place.clone());
        problems.push(Problem { place, ..Problem::of_file(code, &card.path, message, help) });
    };
    check_samples("signature", &pattern, formats, (&signature.samples, &signature.never), &mut note);
    for (other_id, other) in tree.cards() {
        if other_id == id || card.shares_signatures_with.contains(&other_id) {
            continue;
        }
        let samples = other.signatures.iter().flat_map(|signature| &signature.samples);
        for sample in samples.filter(|sample| pattern.is_in_sample(sample, formats)) {
            let message = format!("this signature matches a sample of `{}`: `{}`", other.id, shortened(sample));
            let help = "make it more specific, or list each card in the other's shares_signatures_with";
            note(Code::SampleOfAnother, message, help);
        }
    }
}

/// Plays a golden case; says how it ends if not as written.
fn case_fault(recognizer: &Recognizer, case: &GoldenCase) -> Option<String> {
    let tree = recognizer.tree();
    let is_link = |name: &str| tree.links().any(|(_, link)| link.to_string() == name);
    if let Some(unknown) = case.cards.iter().find(|card| tree.find_card(card).is_none() && !is_link(card)) {
        return Some(format!("there is no card `{unknown}`"));
    }
    let mut walk = Walk::new(Arc::clone(tree));
    if !case.evidence.is_empty() {
        walk.push(Event::EvidenceAdded(recognizer.evidence(&EvidenceSource::Paste, &case.evidence.join("\n"))));
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
        walk.answer(id, given);
    }
    while let (Some(answer), Step::Ask(question)) = (for_the_rest, &walk.position().step) {
        let question = *question;
        let Some(given) = given(tree, question, answer) else {
            return Some(format!("`*` can be answered with `unknown` or `none`, not with `{answer}`"));
        };
        walk.answer(question, given);
    }
    let ends = name_of(&walk.position().step);
    let cards: Vec<_> = match walk.position().step {
        Step::Escalate => vec![tree.card(tree.escalation).id.clone()],
        _ => walk.position().candidates.iter().map(|candidate| tree.card(candidate.card).id.clone()).collect(),
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
