//! The walks of a run: the one under way, those that were parked for it, and how each was entered, so that the way back
//! is known. Screens and lines share it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::pasted;
use crate::export::command::shell_quote;
use crate::lookup::{Index, Match, PATH};
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Event, Evidence, Given, Origin, Provenance, Step, Walk, is_solution, remedies_for};

/// How many walks are parked at most; the earliest goes first.
const MAX_PARKED: usize = 5;

/// So many columns of a pasted line stand in a list.
const PASTED: usize = 50;

/// Walks that were left for another one, the latest first. Nothing is ever parked in which nothing has happened.
#[derive(Debug, Default)]
pub struct Parked {
    walks: VecDeque<Walk>,
}

/// How a walk was entered.
#[derive(Debug)]
pub struct Entered {
    /// The place in the list of events from which on they belong to what was entered.
    from: usize,
    /// The event at that place is the evidence with which it was entered.
    with_evidence: bool,
    /// A walk was begun for it.
    is_begun: bool,
    /// The walk that was under way before one was begun.
    earlier: Option<Walk>,
}

/// Where a step back led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// To an earlier place of the walk.
    Step,
    /// Out of the walk, to where it was entered.
    Out,
}

impl Parked {
    /// The parked walks, the latest first.
    pub fn iter(&self) -> impl Iterator<Item = &Walk> {
        self.walks.iter()
    }

    /// Parks a walk if anything has happened in it. True if it is kept.
    pub fn park(&mut self, walk: Walk) -> bool {
        if !has_events(&walk) {
            return false;
        }
        self.forget(&walk);
        self.walks.push_front(walk);
        self.walks.truncate(MAX_PARKED);
        true
    }

    /// Goes on with a parked walk; the one under way is parked for it.
    pub fn resume(&mut self, at: usize, walk: &mut Option<Walk>) {
        if let Some(resumed) = self.walks.remove(at)
            && let Some(left) = walk.replace(resumed)
        {
            self.park(left);
        }
    }

    /// A walk that is under way again is parked no longer.
    fn forget(&mut self, walk: &Walk) {
        self.walks.retain(|parked| !are_alike(parked, walk));
    }
}

impl Entered {
    /// Whether a walk was begun for it.
    pub fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Whether a walk that was under way was parked for it.
    pub fn has_parked(&self) -> bool {
        self.earlier.as_ref().is_some_and(has_events)
    }
}

/// Enters a walk with a card that was found and what was typed as evidence for it: the walk under way, if it is of the
/// same tree and the card is possible in it before and after; otherwise a new one, and the one under way is parked.
/// `None`, and nothing has changed, if no evidence leads to the card, as to the one for all that fits nothing.
pub fn enter(
    walk: &mut Option<Walk>,
    parked: &mut Parked,
    index: &Index,
    query: &str,
    found: &Match,
) -> Option<Entered> {
    let (tree, card) = (&found.tree, found.card);
    // From the list of all cards, it is the title that was chosen.
    let said = if query.trim().is_empty() { tree.card(card).title.as_str() } else { query };
    let evidence = &index.evidence(said, found);
    if let Some(under_way) = walk.as_mut().filter(|walk| walk.tree().id == tree.id && is_candidate(walk, card)) {
        let from = under_way.events().len();
        if is_known(under_way, evidence) {
            return Some(Entered { from, with_evidence: false, is_begun: false, earlier: None });
        }
        if let Some(goes_on) = with_evidence(under_way, card, evidence) {
            *under_way = goes_on;
            return Some(Entered { from, with_evidence: true, is_begun: false, earlier: None });
        }
    }
    let nothing = Walk::new(Arc::clone(tree));
    // A text may carry a signature beside answers that speak against it; what was opened is the card.
    let begun = with_evidence(&nothing, card, evidence).or_else(|| {
        let hits_alone = Evidence { proofs: Vec::new(), ..evidence.clone() };
        with_evidence(&nothing, card, &hits_alone)
    })?;
    Some(Entered { with_evidence: true, ..replace(walk, parked, begun) })
}

/// Enters a walk with evidence that was pasted or read: the walk under way, if it is of the same tree and what the
/// evidence points to is possible in it; otherwise a new one, and the one under way is parked. Evidence that only answers
/// questions always joins the walk: where it speaks against an answer, the operator settles that.
pub fn enter_with(walk: &mut Option<Walk>, parked: &mut Parked, tree: &Arc<Tree>, evidence: &Evidence) -> Entered {
    if let Some(under_way) = walk.as_mut().filter(|walk| walk.tree().id == tree.id) {
        let from = under_way.events().len();
        if is_known(under_way, evidence) {
            return Entered { from, with_evidence: false, is_begun: false, earlier: None };
        }
        let mut goes_on = under_way.clone();
        goes_on.push(Event::EvidenceAdded(evidence.clone()));
        let cards = || evidence.hits.iter().flat_map(|hit| &hit.cards);
        let is_possible = |walk: &Walk| cards().any(|card| is_candidate(walk, *card));
        if evidence.hits.is_empty() || (is_possible(under_way) && is_possible(&goes_on)) {
            *under_way = goes_on;
            return Entered { from, with_evidence: true, is_begun: false, earlier: None };
        }
    }
    let mut begun = Walk::new(Arc::clone(tree));
    begun.push(Event::EvidenceAdded(evidence.clone()));
    Entered { with_evidence: true, ..replace(walk, parked, begun) }
}

/// Whether the evidence of a walk is worth a look before the walk goes on: questions are left, and it speaks of several
/// things. A card says by itself what of the evidence it does not explain.
pub fn is_worth_a_look(walk: &Walk) -> bool {
    let known = walk.known();
    let is_open = matches!(walk.position().step, Step::Ask(_) | Step::Shortlist);
    let first = known.hits.first();
    let is_mixed = known.hits.iter().any(|hit| first.is_none_or(|first| hit.cards != first.cards));
    let is_divided = known.testimony.values().any(|said| said.len() > 1);
    is_open && (is_mixed || is_divided || !known.risks.is_empty() || !known.unexplained.is_empty())
}

/// Begins a walk; the one under way is parked.
pub fn begin(walk: &mut Option<Walk>, parked: &mut Parked, tree: &Arc<Tree>) -> Entered {
    replace(walk, parked, Walk::new(Arc::clone(tree)))
}

fn replace(walk: &mut Option<Walk>, parked: &mut Parked, begun: Walk) -> Entered {
    let earlier = walk.replace(begun);
    if let Some(earlier) = &earlier {
        parked.park(earlier.clone());
    }
    Entered { from: 0, with_evidence: false, is_begun: true, earlier }
}

/// Takes back the last thing that still counts. Out of what was entered, it leads to what was before, and a walk that
/// was begun for it and in which nothing is left is gone.
pub fn back(walk: &mut Option<Walk>, parked: &mut Parked, entered: Option<&mut Entered>) -> Back {
    let Some(under_way) = walk.as_mut() else { return Back::Out };
    let last = under_way.live_events().last().map(|(at, _)| at);
    let Some(entered) = entered else {
        if under_way.back() {
            return Back::Step;
        }
        *walk = None;
        return Back::Out;
    };
    if last.is_some_and(|at| at >= entered.from) {
        under_way.back();
        let is_the_entry = entered.with_evidence && last == Some(entered.from);
        if !is_the_entry {
            return Back::Step;
        }
    }
    if entered.is_begun {
        *walk = entered.earlier.take();
        if let Some(earlier) = walk {
            parked.forget(earlier);
        }
    }
    Back::Out
}

fn with_evidence(walk: &Walk, card: CardId, evidence: &Evidence) -> Option<Walk> {
    let mut walk = walk.clone();
    walk.push(Event::EvidenceAdded(evidence.clone()));
    is_candidate(&walk, card).then_some(walk)
}

/// Whether the walk has this evidence already.
fn is_known(walk: &Walk, evidence: &Evidence) -> bool {
    walk.live_events().any(|(_, event)| matches!(event, Event::EvidenceAdded(known) if known == evidence))
}

/// Whether a card is still possible in a walk.
pub fn is_candidate(walk: &Walk, card: CardId) -> bool {
    walk.position().candidates.iter().any(|candidate| candidate.card == card)
}

/// Whether anything in a walk still counts.
pub fn has_events(walk: &Walk) -> bool {
    walk.live_events().next().is_some()
}

fn are_alike(one: &Walk, other: &Walk) -> bool {
    one.tree().id == other.tree().id
        && one.live_events().map(|(_, event)| event).eq(other.live_events().map(|(_, event)| event))
}

/// The card that a walk has come to.
pub fn card_of(walk: &Walk) -> Option<(Arc<Tree>, CardId)> {
    let card = match walk.position().step {
        Step::Card(card) => card,
        Step::Escalate => walk.tree().escalation,
        _ => return None,
    };
    Some((Arc::clone(walk.tree()), card))
}

/// What a walk has come to, in words for a list.
pub fn standing(walk: &Walk) -> String {
    let tree = walk.tree();
    match &walk.position().step {
        Step::Ask(question) => tree.question(*question).ask.to_string(),
        Step::Card(card) => tree.card(*card).title.to_string(),
        Step::Escalate => tree.card(tree.escalation).title.to_string(),
        Step::Shortlist => {
            let left = text::count(walk.position().candidates.len(), "cause", "causes");
            format!("{left} left that nothing separates")
        }
        Step::Conflict(_) => "a contradiction".to_owned(),
    }
}

/// What has happened in a walk, in words for a list.
pub fn so_far(walk: &Walk) -> String {
    let answers = walk.known().answers.keys().filter(|question| is_of_operator(walk, **question)).count();
    let mut said: Vec<_> = named(walk, PASTED).collect();
    if answers > 0 || said.is_empty() {
        said.push(text::count(answers, "answer", "answers"));
    }
    format!("{}. So far: {}.", walk.tree().title, said.join(", "))
}

/// Whether the operator gave the answer to a question, and no evidence.
pub fn is_of_operator(walk: &Walk, question: QuestionId) -> bool {
    let origin = walk.known().answers.get(&question).map(|answer| &answer.origin);
    matches!(origin, Some(Origin::Operator { .. }))
}

/// Each piece of evidence in a few words: what was looked up, or where it was read.
pub fn named(walk: &Walk, columns: usize) -> impl Iterator<Item = String> {
    evidence(walk).filter_map(move |(.., first)| match first? {
        Provenance { path, text, .. } if path == PATH => Some(format!("\"{}\"", text::fit(text, columns, "…"))),
        Provenance { path, .. } if path == "-" => Some("standard input".to_owned()),
        Provenance { path, .. } => Some(text::fit(path, columns, "…")),
    })
}

/// The evidence of a walk that still counts: its place in the list of events, itself, and where it begins.
pub fn evidence(walk: &Walk) -> impl Iterator<Item = (usize, &Evidence, Option<&Provenance>)> {
    walk.live_events().filter_map(|(at, event)| match event {
        Event::EvidenceAdded(evidence) => Some((at, evidence, places(evidence).next())),
        _ => None,
    })
}

/// Where everything in a piece of evidence stands: what points to cards first.
fn places(evidence: &Evidence) -> impl Iterator<Item = &Provenance> {
    let hits = evidence.hits.iter().map(|hit| &hit.provenance);
    let proofs = evidence.proofs.iter().map(|proof| &proof.provenance);
    let risks = evidence.risks.iter().map(|risk| &risk.provenance);
    hits.chain(proofs).chain(risks).chain(evidence.unexplained.iter().map(|kind| &kind.provenance))
}

/// Whether a place is in a file, which can be read again.
pub fn is_file(place: &Provenance) -> bool {
    !matches!(place.path.as_str(), PATH | pasted::PATH | "-")
}

/// The files that the evidence of a walk comes from.
pub fn files(walk: &Walk) -> Vec<&str> {
    let mut files = Vec::new();
    for place in evidence(walk).flat_map(|(_, evidence, _)| places(evidence)) {
        if is_file(place) && !files.contains(&place.path.as_str()) {
            files.push(place.path.as_str());
        }
    }
    files
}

/// Where a piece of evidence comes from, in words: `your search`, or `line 3 of FILE`.
pub fn source(provenance: &Provenance) -> String {
    match provenance.path.as_str() {
        PATH => PATH.to_owned(),
        "-" => format!("line {} of standard input", provenance.line),
        path => format!("line {} of {path}", provenance.line),
    }
}

/// What stays on the normal screen of a card that was read.
pub(super) fn farewell_card(tree: &Tree, id: CardId, walk: Option<&Walk>) -> String {
    let order = remedies_for(walk, tree, id);
    let card = tree.card(id);
    let mut lines = vec![card.title.to_string()];
    if let Some(remedy) = order.first().and_then(|first| card.remedies.get(first.remedy)) {
        let word = if order.first().is_some_and(|first| is_solution(card, first)) { "Worked" } else { "First" };
        lines.push(format!("  {word}: {}", remedy.act));
    }
    if let Some(doc) = card.docs.first() {
        lines.push(format!("  Read: {}", doc.url));
    }
    lines.push(format!("  Again: wherefore show {}", card.id));
    lines.join("\n") + "\n"
}

/// The command that begins a walk where this one stands.
pub fn resume_command(walk: &Walk) -> String {
    let tree = walk.tree();
    let mut command = format!("wherefore walk {}", tree.id);
    for path in files(walk) {
        command.push_str(&format!(" --evidence {}", shell_quote(path)));
    }
    for (question, answer) in &walk.known().answers {
        // What a file says it will say again.
        if matches!(&answer.origin, Origin::Evidence(from) if is_file(from)) {
            continue;
        }
        let option = match answer.given {
            Given::Option(option) => tree.option(*question, option).id.as_str(),
            Given::Unknown => "unknown",
            Given::NoneOfThese => "none",
        };
        command.push_str(&format!(" --answer {}={option}", tree.question(*question).id));
    }
    command
}
