//! Follows links from a card or a walk. The case goes along to another tree.
//!
//! The walk in the other tree begins with the link and with what that tree finds in the evidence so far. A tree in which
//! the case has been before goes on with its answers. The walk that is left is parked.

use std::sync::Arc;

use super::entry::{EntryPoint, LinkTarget};
use super::values::carry_values;
use super::{Session, is_of};
use crate::text::CleanText;
use crate::tree::model::Link;
use crate::tree::{CardId, Tree};
use crate::walk::{Event, Evidence, EvidenceSource, FollowedLink, LeftWalk, Provenance, Step, Walk, WalkLog};

impl Session {
    /// Follows a reference: a card of the tree, or a link.
    ///
    /// `on` is the card that has it, if any. If the link leads nowhere, returns why, and nothing has changed.
    pub fn follow(&mut self, tree: &Arc<Tree>, on: Option<CardId>, to: CardId) -> Result<LinkTarget, String> {
        let Some(link) = &tree.card(to).leads_to else { return Ok(LinkTarget::Card(Arc::clone(tree), to)) };
        let (target, card) = self.resolve(link)?;
        let under_way = self.walk.as_ref().filter(|walk| is_of(walk, &target));
        Ok(match (card, under_way) {
            (Some(card), _) if under_way.is_some() || target.id == tree.id => LinkTarget::Card(target, card),
            (None, Some(walk)) => LinkTarget::Walk(EntryPoint::within(walk.events().len(), false).into()),
            _ => {
                let from = match on {
                    Some(card) => format!("{} ({})", tree.card(card).title, tree.title),
                    None => tree.title.to_string(),
                };
                LinkTarget::Walk(self.go_to(target, from.into(), card).into())
            }
        })
    }

    /// Names a card or the place to which a link leads.
    pub fn name_of(&self, tree: &Tree, id: CardId) -> String {
        let Some(link) = &tree.card(id).leads_to else { return tree.card(id).title.to_string() };
        match self.resolve(link) {
            Ok((target, None)) => target.title.to_string(),
            Ok((target, Some(card))) => format!("{} ({})", target.card(card).title, target.title),
            Err(_) => format!("{link} (not installed)"),
        }
    }

    /// Returns the place of a link, or why there is none.
    fn resolve(&self, link: &Link) -> Result<(Arc<Tree>, Option<CardId>), String> {
        let Some(tree) = self.trees.iter().find(|tree| tree.id == link.tree) else {
            return Err(format!("The system {} is not installed, so {link} cannot be opened.", link.tree));
        };
        let card = link
            .card
            .as_ref()
            .map(|card| tree.find_card(card).ok_or_else(|| format!("The system {} has no card {card}.", link.tree)));
        Ok((Arc::clone(tree), card.transpose()?))
    }

    /// Begins a walk in a tree, or goes on there.
    fn go_to(&mut self, tree: Arc<Tree>, from: CleanText, card: Option<CardId>) -> EntryPoint {
        let mut left = self.walk.as_ref().map(walks_of_case).unwrap_or_default();
        let before = left.iter().position(|walk| walk.tree == tree.id).map(|at| left.remove(at).events);
        // The walk that is left has the latest values; the others have those that its tree does not know.
        let with_values: Vec<Walk> =
            self.walk.iter().cloned().chain(left.iter().skip(1).filter_map(|walk| self.replayed(walk))).collect();
        let evidence = left.iter().rev().flat_map(|walk| &walk.events).filter_map(evidence_in);
        let evidence: Vec<Evidence> = evidence.cloned().collect();
        let mut walk = Walk::replay(Arc::clone(&tree), before.unwrap_or_default());
        walk.log = self.parked.forget(&walk).map(|parked| log_again(&parked)).unwrap_or_default();
        let start = walk.events().len();
        walk.push(Event::Followed(FollowedLink { from, left }));
        for evidence in evidence {
            let found = self.found_elsewhere(&tree, &evidence);
            if !found.says_nothing() && !has_read(&walk, &found) {
                walk.push(Event::EvidenceAdded(found));
            }
        }
        for (at, from) in with_values.iter().enumerate() {
            carry_values(from, &mut walk, at == 0);
        }
        let until = walk.events().len();
        let card = card.filter(|card| walk.position().step != Step::Card(*card));
        EntryPoint { from: start, until, card, ..self.replace(walk, false) }
    }

    /// Makes a walk that was left again.
    fn replayed(&self, left: &LeftWalk) -> Option<Walk> {
        let tree = self.trees.iter().find(|tree| tree.id == left.tree)?;
        Some(Walk::replay(Arc::clone(tree), left.events.clone()))
    }

    /// Returns what a tree finds in evidence that another tree has read.
    ///
    /// A text that was typed was read for one tree only, so it is read again.
    fn found_elsewhere(&self, tree: &Tree, evidence: &Evidence) -> Evidence {
        if let Some((_, found)) = evidence.elsewhere.iter().find(|(id, _)| *id == tree.id) {
            return found.clone();
        }
        let typed = first_place(evidence).filter(|place| place.source == EvidenceSource::Search);
        let read = |text: &str| self.reader.read(text, &EvidenceSource::Search).evidence(tree);
        typed.map(|place| read(&place.text)).unwrap_or_default()
    }

    /// Returns whether nothing has happened since a link led to a card.
    pub fn is_only_reading(&self, entered: &EntryPoint, tree: &Tree, card: CardId) -> bool {
        let Some(walk) = self.walk.as_ref().filter(|walk| is_of(walk, tree)) else { return false };
        let last = walk.live_events().last().map(|(at, _)| at);
        entered.card == Some(card) && last.is_none_or(|at| at < entered.until)
    }
}

/// Returns the walks of a case, the one under way first.
fn walks_of_case(walk: &Walk) -> Vec<LeftWalk> {
    let mut left = Vec::new();
    let mut events = Vec::new();
    for (_, event) in walk.live_events() {
        match event {
            Event::Followed(link) => left.clone_from(&link.left),
            said => events.push(said.clone()),
        }
    }
    left.insert(0, LeftWalk { tree: walk.tree().id.clone(), events });
    left
}

/// Returns the log of a walk that continues a parked one.
///
/// It stays the same case. Its events have new positions, so its file begins anew.
fn log_again(parked: &Walk) -> WalkLog {
    let counting = parked.live_events().filter(|(_, event)| !matches!(event, Event::Followed(_)));
    let times = counting.map(|(at, _)| parked.log.time(at).unwrap_or(0)).collect();
    WalkLog { case: parked.log.case, times, ..WalkLog::default() }
}

/// Returns whether a walk has evidence from the same place.
fn has_read(walk: &Walk, found: &Evidence) -> bool {
    let mut known = walk.live_events().filter_map(|(_, event)| first_place(evidence_in(event)?));
    known.any(|place| Some(place) == first_place(found))
}

/// Returns the first place of evidence.
fn first_place(evidence: &Evidence) -> Option<&Provenance> {
    let hits = evidence.hits.iter().map(|hit| &hit.provenance);
    hits.chain(evidence.proofs.iter().map(|proof| &proof.provenance)).next()
}

fn evidence_in(event: &Event) -> Option<&Evidence> {
    match event {
        Event::EvidenceAdded(evidence) => Some(evidence),
        _ => None,
    }
}
