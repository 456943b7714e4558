//! Where the walk stands: this screen shows whatever comes next.

use ratatui::Frame;

use super::card::CardView;
use super::shortlist::{self, Listed};
use super::{card, conflict, question};
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::ListState;
use crate::app::state::Shared;
use crate::app::transition::Transition;
use crate::session::walks::has_work;
use crate::session::{BackStep, EntryPoint, toggle_shortest};
use crate::tree::{CardId, Tree};
use crate::walk::{Event, EvidenceSource, Step, Walk};

/// The state of whatever is shown.
#[derive(Debug, Default)]
pub struct WalkScreen {
    /// `None` until something was selected or scrolled.
    list: Option<ListState>,
    /// The focus on a card.
    card: CardView,
    /// The way into the walk, if a search lies below.
    entered: Option<EntryPoint>,
}

/// The context of the step that the walk has come to.
pub fn context(shared: &Shared) -> KeyContext {
    match shared.session.walk.as_ref().map(|walk| &walk.position().step) {
        None => KeyContext::Home,
        Some(Step::Ask(_)) => KeyContext::Question,
        Some(Step::Card(_) | Step::Escalate) => KeyContext::Card,
        Some(Step::Shortlist | Step::Link(_)) => KeyContext::Shortlist,
        Some(Step::Conflict(_)) => KeyContext::Conflict,
    }
}

/// Says what the way back undoes.
///
/// Only of that which the screen before does not show.
fn undone(walk: &Walk) -> Option<String> {
    let (at, event) = walk.last_step()?;
    let is_mark = |(later, event): (usize, &Event)| later > at && matches!(event, Event::StepMarked { .. });
    match event {
        Event::StepMarked { outcome, .. } => Some(format!("Undone: a step was marked \"{}\".", outcome.word())),
        _ if walk.live_events().any(is_mark) => Some("The marks on the steps of the card are kept.".to_owned()),
        Event::EvidenceAdded(evidence) => {
            let of_hits = evidence.hits.iter().map(|hit| &hit.provenance);
            let mut places = of_hits.chain(evidence.proofs.iter().map(|proof| &proof.provenance));
            let is_paste = places.any(|place| place.source == EvidenceSource::Paste);
            is_paste.then(|| "Undone: what you pasted is removed from the case.".to_owned())
        }
        _ => None,
    }
}

fn is_card(step: &Step) -> bool {
    matches!(step, Step::Card(_) | Step::Escalate)
}

impl WalkScreen {
    /// A walk that was entered from what lies below.
    pub fn entered(entered: EntryPoint) -> Self {
        Self { list: None, card: CardView::default(), entered: Some(entered) }
    }

    /// Returns whether the walk was begun only to show a card.
    ///
    /// A link led to the card, and nothing has happened since.
    pub fn is_only_for(&self, tree: &Tree, card: CardId, shared: &Shared) -> bool {
        self.entered.as_ref().is_some_and(|entered| shared.session.is_only_reading(entered, tree, card))
    }

    /// Whatever comes next is shown from its beginning.
    pub fn show_anew(&mut self) {
        (self.list, self.card) = (None, CardView::default());
    }

    /// Returns the state of the list.
    ///
    /// At first, a question selects an option that nothing rules out.
    fn list(&self, shared: &Shared) -> ListState {
        self.list.unwrap_or_else(|| {
            let walk = shared.session.walk.as_ref();
            let asked = walk.and_then(|walk| match walk.position().step {
                Step::Ask(asked) => Some((walk, asked)),
                _ => None,
            });
            asked.map_or_else(ListState::default, |(walk, asked)| question::first_selected(shared, walk, asked))
        })
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let mut list = self.list(shared);
        let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
        match action {
            Action::Back | Action::Escape if is_card(&walk.position().step) && self.card.fold() => {
                return Transition::Stay;
            }
            Action::Back | Action::Escape => {
                self.show_anew();
                let said = undone(walk);
                let before = walk.live_events().count();
                let step = shared.session.back(self.entered.as_mut());
                let after = shared.session.walk.as_ref().map_or(0, |walk| walk.live_events().count());
                shared.notice = said.filter(|_| after < before);
                if step == BackStep::Out && shared.session.walk.as_ref().is_some_and(has_work) {
                    shared.tell("Your case is kept; the first screen has it.");
                }
                return match step {
                    BackStep::Within => Transition::Stay,
                    BackStep::Out => Transition::Close,
                };
            }
            Action::MostUseful => {
                let on = toggle_shortest(walk);
                self.list = None;
                let order = if on { "the most useful question first" } else { "in the original order" };
                let key = shared.keys.name(KeyContext::Question, Action::MostUseful);
                shared.tell(format!("Now asking {order}. Press {key} to change back."));
                return Transition::Stay;
            }
            _ => {}
        }
        let tree = std::sync::Arc::clone(walk.tree());
        let before = walk.events().len();
        let step = walk.position().step.clone();
        let next = match step {
            Step::Ask(asked) => question::handle(&mut list, shared, asked, action),
            Step::Card(id) => card::handle(&mut self.card, shared, &tree, id, KeyContext::Card, action),
            Step::Escalate => card::handle(&mut self.card, shared, &tree, tree.escalation, KeyContext::Card, action),
            Step::Shortlist | Step::Link(_) => {
                shortlist::handle(&mut list, shared, Listed::End, action, Transition::Stay)
            }
            Step::Conflict(found) => conflict::handle(&mut list, shared, &found, action),
        };
        let is_answered = shared.session.walk.as_ref().is_some_and(|walk| walk.events().len() > before);
        self.list = Some(list).filter(|_| !is_answered);
        next
    }

    /// Draws where the walk stands.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let list = &self.list(shared);
        match &walk.position().step {
            Step::Ask(asked) => question::view(list, shared, walk, *asked, frame),
            Step::Card(id) => card::view(self.card, shared, walk.tree(), *id, KeyContext::Card, frame),
            Step::Escalate => {
                card::view(self.card, shared, walk.tree(), walk.tree().escalation, KeyContext::Card, frame);
            }
            Step::Shortlist | Step::Link(_) => shortlist::view(list, shared, Listed::End, frame),
            Step::Conflict(found) => conflict::view(list, shared, walk, found, frame),
        }
    }
}
