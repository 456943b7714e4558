//! Finds what contradicts in a walk, also where the walk goes on.

use std::collections::BTreeSet;

use super::candidates::alive;
use super::event::{self, Event, Evidence, Hit, HitKind, Proof, Provenance};
use super::known::{Given, Known, Origin};
use super::verdict::{RuledOutBy, Verdicts};
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Two claims that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The claim that counts, if one does.
    pub one: Claim,
    /// The other claim.
    pub other: Claim,
}

/// Something that was said of the incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The answer that counts, of the operator or the evidence.
    Answer(QuestionId),
    /// A line that gives an answer.
    Line(QuestionId, OptionId, Provenance),
    /// A line with a code that the answer does not have.
    Code(QuestionId, Provenance),
    /// A line that names the failure of cards.
    Named(Vec<CardId>, Provenance),
    /// A line that says that something works, which rules a card out.
    Success(CardId, Provenance),
}

impl Claim {
    fn of_hit(hit: &Hit) -> Self {
        Self::Named(hit.cards.clone(), hit.provenance.clone())
    }

    fn of_proof(proof: &Proof) -> Self {
        Self::Line(proof.question, proof.option, proof.provenance.clone())
    }
}

/// Returns the line that gives an answer.
fn line_of<'k>(known: &'k Known, claim: &'k Claim) -> Option<&'k Provenance> {
    match claim {
        Claim::Answer(question) => match &known.answers.get(question)?.origin {
            Origin::Evidence(line) => Some(line),
            Origin::Operator { .. } => None,
        },
        Claim::Line(.., line) => Some(line),
        Claim::Code(..) | Claim::Named(..) | Claim::Success(..) => None,
    }
}

/// Returns the hits that name a failure.
fn named(hits: &[Hit]) -> impl Iterator<Item = &Hit> {
    hits.iter().filter(|hit| hit.kind == HitKind::Named)
}

/// Returns what contradicts, each pair once.
///
/// In this order: lines against answers, answers against answers, lines that name a card that answers rule out, lines
/// that say that something works, and one paste against another.
pub(super) fn contradictions(tree: &Tree, events: &[Event], known: &Known, verdicts: &Verdicts) -> Vec<Contradiction> {
    let mut all = by_testimony(known);
    all.extend(by_answers(tree, known, verdicts));
    // A line that gives the answer itself is listed already.
    let is_listed = |line: &Provenance| {
        let claims = all.iter().flat_map(|found| [&found.one, &found.other]);
        claims.filter_map(|claim| line_of(known, claim)).any(|listed| listed == line)
    };
    let excluded = by_excluded_hits(tree, known, verdicts);
    let excluded: Vec<_> = excluded
        .into_iter()
        .filter(|found| !matches!(&found.other, Claim::Named(_, line) if is_listed(line)))
        .collect();
    all.extend(excluded);
    all.extend(by_successes(tree, known, verdicts));
    all.extend(by_later_evidence(events));
    if all.is_empty() {
        all.extend(by_dropped(tree, events, verdicts));
    }
    all
}

/// Compares the operator's answers with those that lines give.
fn by_testimony(known: &Known) -> Vec<Contradiction> {
    let mut all = Vec::new();
    for (question, said) in &known.testimony {
        let own = known.answers.get(question).filter(|answer| matches!(answer.origin, Origin::Operator { .. }));
        let differs = |option: OptionId| own.is_some_and(|answer| answer.given.contradicts(option));
        for other in said.iter().filter(|it| differs(it.option)) {
            let other = Claim::Line(*question, other.option, other.provenance.clone());
            all.push(Contradiction { one: Claim::Answer(*question), other });
        }
    }
    for (question, code) in &known.codes {
        if let Some(Given::Option(option)) = known.given(*question)
            && !code.options.contains(&option)
        {
            let other = Claim::Code(*question, code.provenance.clone());
            all.push(Contradiction { one: Claim::Answer(*question), other });
        }
    }
    all
}

/// Finds answers that stand on no path together.
///
/// "None of these" contradicts no other answer of the operator: it says that no card fits. A line may answer a question of another branch, if that leads to a card that is still possible.
fn by_answers(tree: &Tree, known: &Known, verdicts: &Verdicts) -> Vec<Contradiction> {
    let given = known.given_answers(tree);
    let mut pairs: Vec<(QuestionId, QuestionId)> = Vec::new();
    for (question, answer) in &known.answers {
        let Given::Option(option) = answer.given else { continue };
        let own: Vec<&Path> = tree.paths.iter().filter(|path| path.answer(*question) == Some(option)).collect();
        let is_of_line = matches!(answer.origin, Origin::Evidence(_));
        if is_of_line && own.iter().flat_map(|path| &path.cards).any(|card| verdicts.is_candidate(*card)) {
            continue;
        }
        let is_none = |other: &QuestionId| known.given(*other) == Some(Given::NoneOfThese);
        let counts = |other: &QuestionId| other != question && (is_of_line || !is_none(other));
        let others = || known.answers.keys().copied().filter(counts);
        let against = |path: &&Path| others().find(|other| given.contradicts_path(path, *other));
        // Each path contradicts some other answer; one answer that all contradict says it best.
        let each: Option<Vec<QuestionId>> = own.iter().map(against).collect();
        let of_all = others().find(|other| own.iter().all(|path| given.contradicts_path(path, *other)));
        let found = each.and_then(|each| of_all.filter(|_| !each.is_empty()).or_else(|| each.first().copied()));
        if let Some(against) = found.filter(|against| !pairs.contains(&(*against, *question))) {
            pairs.push((*question, against));
        }
    }
    let claims = pairs.into_iter().map(|(one, other)| (Claim::Answer(one), Claim::Answer(other)));
    claims.map(|(one, other)| Contradiction { one, other }).collect()
}

/// Finds lines whose cards are all ruled out by answers.
fn by_excluded_hits(tree: &Tree, known: &Known, verdicts: &Verdicts) -> Vec<Contradiction> {
    let is_excluded = |hit: &&Hit| !hit.cards.iter().any(|card| verdicts.is_candidate(*card));
    let excluded = named(&known.hits).filter(is_excluded);
    let mut all: Vec<Contradiction> = Vec::new();
    for hit in excluded {
        let by = hit.cards.iter().find_map(|card| verdicts.ruled_out.iter().find(|(other, _)| other == card));
        let question = match by {
            Some((_, RuledOutBy::Answer(question) | RuledOutBy::Code(question, _))) => Some(*question),
            Some((_, RuledOutBy::Answers(questions) | RuledOutBy::Unexplained(questions))) => {
                // The answer without which the line fits says it best.
                let fits_without = |question: &&QuestionId| {
                    let rest = alive(tree, &known.without(**question));
                    hit.cards.iter().any(|card| rest.cards.contains(*card))
                };
                questions.iter().find(fits_without).or_else(|| questions.first()).copied()
            }
            Some((_, RuledOutBy::Line(_) | RuledOutBy::Success(_) | RuledOutBy::Remedies)) | None => None,
        };
        let Some(question) = question else { continue };
        let found = Contradiction { one: Claim::Answer(question), other: Claim::of_hit(hit) };
        // Further lines of the same cards say the same.
        let is_same = |known: &Contradiction| {
            let of_same_cards = matches!(&known.other, Claim::Named(cards, _) if *cards == hit.cards);
            known.one == found.one && of_same_cards
        };
        if !all.iter().any(is_same) {
            all.push(found);
        }
    }
    all
}

/// Compares successes with what else leads to the same card.
fn by_successes(tree: &Tree, known: &Known, verdicts: &Verdicts) -> Vec<Contradiction> {
    if known.successes.is_empty() {
        return Vec::new();
    }
    // Other lines or the answers led to the card that a success rules out.
    let without = Verdicts::of(tree, &Known { successes: Vec::new(), ..known.clone() });
    let is_left =
        |card| verdicts.candidates.is_empty() && without.is_candidate(card) || without.confirmed() == Some(card);
    let mut all: Vec<Contradiction> = Vec::new();
    for success in &known.successes {
        let names_alone = known.hits.iter().any(|hit| hit.names_alone(success.card));
        let sharing = || named(&known.hits).find(|hit| hit.cards.contains(&success.card)).map(Claim::of_hit);
        let claim = if names_alone || is_left(success.card) {
            claim_for(tree, known, success.card).or_else(sharing)
        } else {
            None
        };
        let other = Claim::Success(success.card, success.provenance.clone());
        let found = claim.map(|one| Contradiction { one, other });
        all.extend(found.filter(|found| !all.iter().any(|known| known.one == found.one)));
    }
    all
}

/// Finds evidence without which another card would be confirmed.
fn by_dropped(tree: &Tree, events: &[Event], verdicts: &Verdicts) -> Option<Contradiction> {
    let live: Vec<&Event> = event::live(events).map(|(_, event)| event).collect();
    (0..live.len()).find_map(|at| {
        let Some(Event::EvidenceAdded(evidence)) = live.get(at) else { return None };
        let others = live.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, event)| (*event).clone());
        let known = Known::from_events(tree, &others.collect::<Vec<_>>());
        let card = Verdicts::of(tree, &known).confirmed()?;
        if verdicts.is_candidate(card) {
            return None;
        }
        Some(Contradiction { one: claim_for(tree, &known, card)?, other: first_claim(evidence)? })
    })
}

/// Returns what confirms a card: a line, or the last answer.
fn claim_for(tree: &Tree, known: &Known, card: CardId) -> Option<Claim> {
    if let Some(hit) = known.hits.iter().find(|hit| hit.names_alone(card)) {
        return Some(Claim::of_hit(hit));
    }
    let is_given = |step: &&(QuestionId, OptionId)| known.given(step.0) == Some(Given::Option(step.1));
    let (last, _) = tree.paths_to(card).find_map(|path| path.steps.iter().rev().find(is_given))?;
    Some(Claim::Answer(*last))
}

/// Returns the first thing that evidence says.
fn first_claim(evidence: &Evidence) -> Option<Claim> {
    let named = named(&evidence.hits).find(|hit| !hit.cards.is_empty());
    named.map(Claim::of_hit).or_else(|| evidence.proofs.first().map(Claim::of_proof))
}

/// Compares each paste or file with the first.
///
/// Within one, several lines may speak of several troubles.
fn by_later_evidence(events: &[Event]) -> Vec<Contradiction> {
    let mut evidence = event::live(events).filter_map(|(_, event)| match event {
        Event::EvidenceAdded(evidence) => Some(evidence),
        _ => None,
    });
    let Some(first) = evidence.next() else { return Vec::new() };
    let mut all = Vec::new();
    for later in evidence {
        all.extend(other_failure(first, later));
        all.extend(other_answers(first, later));
    }
    all
}

/// Compares the failures that two pieces of evidence name.
fn other_failure(first: &Evidence, later: &Evidence) -> Option<Contradiction> {
    let is_shared = |card: &CardId| named(&first.hits).any(|hit| hit.cards.contains(card));
    let (one, other) = (named(&first.hits).next()?, named(&later.hits).next()?);
    let shares_none = !named(&later.hits).flat_map(|hit| &hit.cards).any(is_shared);
    shares_none.then(|| Contradiction { one: Claim::of_hit(one), other: Claim::of_hit(other) })
}

/// Compares the answers of two pieces of evidence.
fn other_answers(first: &Evidence, later: &Evidence) -> Vec<Contradiction> {
    let of = |evidence: &Evidence, question: QuestionId| -> Vec<Proof> {
        evidence.answers().filter(|proof| proof.question == question).cloned().collect()
    };
    let questions: BTreeSet<QuestionId> = first.answers().map(|proof| proof.question).collect();
    let differs = |question: QuestionId| {
        let (own, others) = (of(first, question), of(later, question));
        let shares_none = others.iter().all(|other| own.iter().all(|proof| proof.option != other.option));
        let (one, other) = (own.first().map(Claim::of_proof)?, others.first().map(Claim::of_proof)?);
        shares_none.then_some(Contradiction { one, other })
    };
    questions.into_iter().filter_map(differs).collect()
}
