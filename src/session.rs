//! Holds the case at hand: walk, evidence, and parked walks.
//!
//! Screens and lines share a [`Session`]; neither keeps a walk of its own.

mod case_change;
mod case_log;
mod case_summary;
mod case_text;
mod changes;
mod checklist;
mod entry;
mod evidence_reader;
mod known_lines;
mod links;
mod marked_step;
mod parked_walks;
mod redaction;
mod remarks;
mod statistics;
mod values;
pub mod walks;

use std::sync::Arc;

pub use case_change::{CaseChange, CaseLines};
pub use case_summary::{solved_by, summary};
pub use case_text::exported;
pub use changes::{drop_culprit, take_back, toggle_shortest};
pub use entry::{BackStep, EntryPoint, LinkTarget};
pub use evidence_reader::{OpposedEvidence, ReadEvidence, evidence_in, is_evidence, is_record, tree_of, walk_of};

pub use known_lines::look_up_unexplained;
pub use marked_step::MarkedStep;
pub use redaction::Redaction;
pub use remarks::add_remark;
pub use statistics::{CardStatistics, HelpedCount, Statistics, statistics};
pub use values::{accept_value, pick_value, remove_value, type_value};

use crate::case::HelpedHere;
use crate::export::{farewell, outline};
use crate::lookup::{Found, LeftByCode, Match, Searcher, Usage};
use crate::text::CleanText;
use crate::tree::{CardId, Tree};
use crate::walk::{Contradiction, Event, Evidence, EvidenceSource, HitKind, Step, Walk};
use case_change::CaseLog;
use evidence_reader::{EvidenceReader, evidence_for};
use marked_step::ChosenStep;
use parked_walks::ParkedWalks;
use walks::{has_events, is_candidate};

/// Knows the trees, and everything about the incident at hand.
#[derive(Debug)]
pub struct Session {
    /// The trees to choose from.
    pub trees: Vec<Arc<Tree>>,
    /// The cards that can be looked up.
    pub searcher: Searcher,
    /// The cards that were opened often and lately, before this run.
    pub usage: Usage,
    /// The steps that helped in earlier cases.
    pub helped_here: HelpedHere,
    /// Where names and addresses are replaced.
    pub redaction: Redaction,
    /// The walk under way, if one was begun.
    pub walk: Option<Walk>,
    reader: EvidenceReader,
    parked: ParkedWalks,
    /// The card that was read last.
    last_card: Option<(Arc<Tree>, CardId)>,
    /// The step that the operator took up, of one card.
    chosen_step: Option<ChosenStep>,
    /// The cases that are kept on the disk.
    case_log: CaseLog,
}

impl Session {
    /// Makes a session in which nothing has happened.
    pub fn new(trees: Vec<Arc<Tree>>) -> Self {
        Self {
            searcher: Searcher::new(&trees),
            reader: EvidenceReader::new(&trees),
            trees,
            usage: Usage::default(),
            helped_here: HelpedHere::default(),
            redaction: Redaction::default(),
            walk: None,
            parked: ParkedWalks::default(),
            last_card: None,
            chosen_step: None,
            case_log: CaseLog::default(),
        }
    }

    /// Looks a text up; lists at most `limit` cards.
    pub fn search(&self, text: &str, limit: usize) -> Found {
        self.searcher.search(text, &self.usage, limit)
    }

    /// Reads pasted text as evidence for trees.
    ///
    /// Has each tree that it may be about; empty if no tree has a pattern for it. If it is a code that several trees know,
    /// it is of the walk under way, and so is a text that only says that something works.
    pub fn read(&self, text: &str, source: EvidenceSource) -> Vec<ReadEvidence> {
        let diagnosis = self.reader.read(text, &source);
        let trees = diagnosis.trees();
        let under_way = self.walk.as_ref().map(Walk::tree);
        match under_way.filter(|own| trees.is_empty() || trees.iter().any(|tree| tree.id == own.id)) {
            Some(own) => evidence_for(&diagnosis, own).into_iter().collect(),
            None => evidence_in(&diagnosis),
        }
    }

    /// Returns whether a text speaks of the case at hand.
    ///
    /// It does if it proves an answer or names a failure in the tree of the case.
    pub fn is_of_case(&self, text: &str) -> bool {
        let Some(walk) = &self.walk else { return false };
        let read = self.read(text, EvidenceSource::Paste);
        let own = read.iter().find(|read| read.tree.id == walk.tree().id).map(|read| &read.evidence);
        own.is_some_and(|own| own.answers().next().is_some() || own.hits.iter().any(|hit| hit.kind == HitKind::Named))
    }

    /// Enters a walk with a card that was found.
    ///
    /// The text that was typed is its evidence. `read` is the evidence of the text if the text was pasted, so that it is
    /// not read again.
    ///
    /// A case of the card's tree goes on. If the text says nothing but the choice of a card that the case rules out, or
    /// is a code that leaves it among others, the card is shown beside the walk. Without such a case, a walk begins, and
    /// the one under way is parked. `None`, and nothing has changed, if no evidence leads to the card, as to the one for
    /// all that fits nothing.
    ///
    /// # Errors
    ///
    /// The evidence, if it contradicts the case; see [`Session::enter_if_it_fits`].
    pub fn enter(
        &mut self,
        query: &str,
        read: &[ReadEvidence],
        found: &Match,
    ) -> Result<Option<EntryPoint>, Box<OpposedEvidence>> {
        let (tree, card) = (&found.tree, found.card);
        // From the list of all cards, it is the title that was chosen.
        let said = if query.trim().is_empty() { tree.card(card).title.as_str() } else { query };
        let read = read.iter().find(|read| read.tree.id == tree.id);
        let read = read.and_then(|read| found.narrow(read.evidence.clone()));
        let evidence = read.unwrap_or_else(|| self.searcher.evidence(said, found));
        if let Some(under_way) = self.walk.as_ref().filter(|walk| is_of(walk, tree) && has_events(walk)) {
            let from = under_way.events().len();
            let is_by_hand = evidence.proofs.is_empty() && evidence.hits.iter().all(|hit| hit.kind == HitKind::Opened);
            if is_by_hand && !is_known(under_way, &evidence) && leading_to(card, under_way, &evidence).is_none() {
                return Ok(Some(EntryPoint::within(from, false).beside(card)));
            }
            let entered = self.enter_if_it_fits(ReadEvidence { tree: Arc::clone(tree), evidence })?;
            return Ok(Some(self.showing(entered, found)));
        }
        let nothing = Walk::new(Arc::clone(tree));
        // A text may carry a signature beside answers that speak against it; what was opened is the card.
        let begun = leading_to(card, &nothing, &evidence).or_else(|| {
            let hits_alone = Evidence { proofs: Vec::new(), ..evidence.clone() };
            leading_to(card, &nothing, &hits_alone)
        });
        Ok(begun.map(|begun| {
            let entered = self.replace(begun, true);
            self.showing(entered, found)
        }))
    }

    /// Shows a card beside the walk if only a code leaves it.
    fn showing(&self, entered: EntryPoint, found: &Match) -> EntryPoint {
        let is_there = self.walk.as_ref().is_some_and(|walk| walk.position().step == Step::Card(found.card));
        if found.is_left_by_code && !is_there { entered.beside(found.card) } else { entered }
    }

    /// Enters a walk with a code that was typed.
    ///
    /// # Errors
    ///
    /// The evidence, if it contradicts the case; see [`Session::enter_if_it_fits`].
    pub fn enter_question(&mut self, query: &str, left: &LeftByCode) -> Result<EntryPoint, Box<OpposedEvidence>> {
        let (tree, evidence) = (Arc::clone(&left.tree), left.evidence(&CleanText::line(query)));
        self.enter_if_it_fits(ReadEvidence { tree, evidence })
    }

    /// Enters the walk under way with evidence that fits.
    ///
    /// # Errors
    ///
    /// The evidence, if it contradicts the case. Then the operator says whether it is of the same incident:
    /// [`Session::enter_with`] adds it all the same, [`Session::begin_with`] begins another walk with it.
    pub fn enter_if_it_fits(&mut self, read: ReadEvidence) -> Result<EntryPoint, Box<OpposedEvidence>> {
        match self.walk.as_ref().and_then(|walk| opposing(walk, &read)) {
            Some((joined, contradictions)) => Err(Box::new(OpposedEvidence { read, joined, contradictions })),
            None => Ok(self.enter_with(&read)),
        }
    }

    /// Enters the walk under way with evidence that was pasted or read.
    ///
    /// If it is of another tree, a walk begins, and the one under way is parked.
    pub fn enter_with(&mut self, read: &ReadEvidence) -> EntryPoint {
        let Some(under_way) = self.walk.as_mut().filter(|walk| is_of(walk, &read.tree)) else {
            return self.begin_with(read);
        };
        let from = under_way.events().len();
        let is_new = !is_known(under_way, &read.evidence);
        if is_new {
            *under_way = with_added(under_way, &read.evidence);
        }
        EntryPoint::within(from, is_new)
    }

    /// Enters the walk under way with text from after a change.
    ///
    /// Text in which nothing is recognized counts, too: what was seen before is gone. `None` unless a change waits for it.
    pub fn enter_after_change(&mut self, text: &str) -> Option<EntryPoint> {
        let under_way = self.walk.as_ref().filter(|walk| walk.unchecked_change().is_some())?;
        let tree = Arc::clone(under_way.tree());
        let evidence = self.reader.read(text, &EvidenceSource::Paste).evidence(&tree);
        Some(self.enter_with(&ReadEvidence { tree, evidence }))
    }

    /// Begins a walk with evidence; the one under way is parked.
    pub fn begin_with(&mut self, ReadEvidence { tree, evidence }: &ReadEvidence) -> EntryPoint {
        let begun = with_added(&Walk::new(Arc::clone(tree)), evidence);
        self.replace(begun, true)
    }

    /// Parks the walk under way, so that a new case can begin.
    pub fn park(&mut self) {
        if let Some(walk) = self.walk.take() {
            self.parked.park(walk);
        }
    }

    /// Begins a walk; the one under way is parked.
    pub fn begin(&mut self, tree: &Arc<Tree>) -> EntryPoint {
        self.replace(Walk::new(Arc::clone(tree)), false)
    }

    fn replace(&mut self, begun: Walk, with_evidence: bool) -> EntryPoint {
        let earlier = self.walk.replace(begun);
        if let Some(earlier) = &earlier {
            self.parked.park(earlier.clone());
        }
        EntryPoint { is_begun: true, earlier, ..EntryPoint::within(0, with_evidence) }
    }

    /// Takes back the last event that led on; see [`Walk::last_step`].
    ///
    /// Out of what was entered, it leads to what was before, and a walk that was begun for it and in which nothing is left
    /// is gone.
    pub fn back(&mut self, entered: Option<&mut EntryPoint>) -> BackStep {
        self.chosen_step = None;
        let Some(under_way) = self.walk.as_mut() else { return BackStep::Out };
        let last = under_way.last_step().map(|(at, _)| at);
        let Some(entered) = entered else {
            if under_way.back() {
                return BackStep::Within;
            }
            self.drop_empty_walk();
            return BackStep::Out;
        };
        // Work on a card is not lost with the search that led to it.
        let is_kept = entered.is_begun && walks::has_work(under_way);
        if last.is_some_and(|at| at >= entered.from && (at >= entered.until || !is_kept)) {
            under_way.back();
            if last.is_none_or(|at| at >= entered.until) {
                return BackStep::Within;
            }
        }
        if entered.is_begun && !is_kept {
            self.walk = entered.earlier.take();
            if let Some(earlier) = &self.walk {
                self.parked.forget(earlier);
            }
        }
        BackStep::Out
    }

    /// Returns the walks that were left for another, the latest first.
    pub fn parked(&self) -> impl Iterator<Item = &Walk> {
        self.parked.iter()
    }

    /// Goes on with a parked walk, and parks the present one.
    pub fn resume(&mut self, at: usize) {
        self.parked.resume(at, &mut self.walk);
    }

    /// Drops the walk under way if nothing has happened in it.
    pub fn drop_empty_walk(&mut self) {
        self.walk = self.walk.take().filter(has_events);
    }

    /// Returns whether the walk under way is one through this tree.
    pub fn is_walking(&self, tree: &Tree) -> bool {
        self.walk.as_ref().is_some_and(|walk| is_of(walk, tree))
    }

    /// Returns whether a card is still possible in the walk under way.
    pub fn is_candidate(&self, tree: &Tree, card: CardId) -> bool {
        self.walk.as_ref().is_some_and(|walk| is_of(walk, tree) && is_candidate(walk, card))
    }

    /// Remembers the card that is being read. Returns it if it is another one than before.
    pub fn opened(&mut self, read: Option<(Arc<Tree>, CardId)>) -> Option<(&Tree, CardId)> {
        let name = |(tree, card): &(Arc<Tree>, CardId)| (tree.id.clone(), *card);
        let is_another = read.as_ref().map(name) != self.last_card.as_ref().map(name);
        self.last_card = read;
        let (tree, card) = self.last_card.as_ref().filter(|_| is_another)?;
        Some((tree, *card))
    }

    /// Returns the content of a card.
    ///
    /// The walk under way adds its evidence and the order of remedies. Steps that helped in earlier cases say so.
    pub fn card_outline(&self, tree: &Tree, card: CardId) -> outline::Outline {
        let mut outline = outline::in_walk(&self.trees, self.walk.as_ref(), tree, card);
        let card = tree.card(card);
        for step in &mut outline.steps {
            let helped = card.remedies.get(step.remedy).map(|it| self.helped_here.count(&tree.id, &card.id, &it.id));
            step.helped_here = helped.unwrap_or(0);
        }
        outline
    }

    /// Returns what stays on the normal screen after the end.
    ///
    /// It is the card that was read, or how to go on. Prose is wrapped to a width in columns; commands never are.
    pub fn farewell(&self, width: usize) -> Option<String> {
        let walk = self.walk.as_ref();
        let Some((tree, card)) = &self.last_card else {
            return self.way_back().map(|command| format!("To continue from here:\n  {command}\n"));
        };
        let outline = self.card_outline(tree, *card);
        let mut said = farewell::card(&outline, self.step_at_hand(tree, *card), width);
        said.push_str(&format!("Again:  {}\n", walks::show_command(walk, tree, *card)));
        if let Some(command) = self.way_back().filter(|_| self.is_walking(tree)) {
            said.push_str(&format!("Continue:  {command}\n"));
        }
        Some(said)
    }
}

fn is_of(walk: &Walk, tree: &Tree) -> bool {
    walk.tree().id == tree.id
}

/// Returns the walk with evidence that contradicts it, and what contradicts.
///
/// A contradiction within the evidence alone is nothing new.
fn opposing(walk: &Walk, ReadEvidence { tree, evidence }: &ReadEvidence) -> Option<(Walk, Vec<Contradiction>)> {
    // After a change, other evidence is expected.
    if !is_of(walk, tree) || is_known(walk, evidence) || walk.unchecked_change().is_some() {
        return None;
    }
    let (joined, alone) = (with_added(walk, evidence), with_added(&Walk::new(Arc::clone(tree)), evidence));
    let is_old = |found: &Contradiction| [walk, &alone].iter().any(|walk| walk.contradictions().contains(found));
    let new: Vec<_> = joined.contradictions().iter().filter(|found| !is_old(found)).cloned().collect();
    (!new.is_empty()).then_some((joined, new))
}

/// Returns the walk with the evidence added.
fn with_added(walk: &Walk, evidence: &Evidence) -> Walk {
    let mut walk = walk.clone();
    walk.push(Event::EvidenceAdded(evidence.clone()));
    walk
}

/// Returns the walk with the evidence if the card stays possible.
fn leading_to(card: CardId, walk: &Walk, evidence: &Evidence) -> Option<Walk> {
    Some(with_added(walk, evidence)).filter(|walk| is_candidate(walk, card))
}

/// Returns whether the walk has this evidence already.
///
/// Evidence from before a change says nothing of what is seen after it.
fn is_known(walk: &Walk, evidence: &Evidence) -> bool {
    let from = walk.last_change().map_or(0, |change| change.event);
    let mut later = walk.live_events().filter(|(at, _)| *at >= from);
    later.any(|(_, event)| matches!(event, Event::EvidenceAdded(known) if known == evidence))
}
