//! Shows an exercise, its choices, and the verdict.

mod naming;
mod page;

use std::sync::Arc;

use ratatui::Frame;

use crate::app::drills::{DrillSession, TrainingState};
use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::ListState;
use crate::app::parts::{body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::transition::{Route, Transition};
use crate::drill::{DrillAction, Exercise, Stage};
use crate::export::drill::cost;
use crate::export::format::between;
use crate::tree::CardId;
use naming::Naming;

/// The state of the screen.
///
/// The session itself is shared, so that one can go on with it.
#[derive(Debug, Default)]
pub struct DrillScreen {
    list: ListState,
    pane: Pane,
    /// Giving up was asked for once; the second time counts.
    is_giving_up: bool,
}

/// The part of an exercise that is shown.
#[derive(Debug, Default)]
enum Pane {
    /// The task and its choices.
    #[default]
    Exercise,
    /// All cards, to name one.
    Cards(Vec<CardId>),
    /// A card is named by typing.
    Naming(Box<Naming>),
    /// The summary of the session, over an exercise that is over.
    Summary,
}

impl DrillScreen {
    /// The context in which a key is pressed.
    pub fn context(&self, shared: &Shared) -> KeyContext {
        let at = session(shared).map(|session| (session.played().stage, session.exercise()));
        match (&self.pane, at) {
            (Pane::Naming(_), _) => KeyContext::Naming,
            (_, None | Some((Stage::Done, _))) => KeyContext::Debrief,
            (Pane::Cards(_), _) => KeyContext::Picking,
            (_, Some((Stage::Remedy, _))) => KeyContext::Remedy,
            (_, Some((Stage::Line, _))) => KeyContext::DrillLine,
            (_, Some((Stage::Naming, Exercise::Incident(_)))) => KeyContext::Incident,
            (_, Some((Stage::Naming, Exercise::Recognize(_)))) => KeyContext::Drill,
        }
    }

    /// Lets the trainee do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let is_giving_up = std::mem::take(&mut self.is_giving_up);
        match action {
            Action::GiveUp if !is_giving_up => {
                self.is_giving_up = true;
                let key = shared.keys.name(self.context(shared), Action::GiveUp);
                shared.tell(format!("Press {key} again to give up and see the answer."));
                return Transition::Stay;
            }
            Action::Escape | Action::Back => return self.step_back(shared),
            Action::Timer => {
                shared.training.has_timer = !shared.training.has_timer;
                let word = if shared.training.has_timer { "shown" } else { "not shown" };
                shared.tell(format!("The time is {word}."));
                return Transition::Stay;
            }
            Action::Progress => {
                let route = session(shared).map(|session| Route::Learned(Arc::clone(session.tree())));
                return route.map_or(Transition::Stay, Transition::Open);
            }
            _ => {}
        }
        if let Pane::Naming(naming) = &mut self.pane {
            return match naming.handle(shared, action) {
                Some(step) => self.make(shared, step),
                None => Transition::Stay,
            };
        }
        if self.context(shared) == KeyContext::Debrief {
            return self.handle_debrief(shared, action);
        }
        self.handle_exercise(shared, action)
    }

    fn step_back(&mut self, shared: &mut Shared) -> Transition {
        if matches!(self.pane, Pane::Cards(_) | Pane::Naming(_)) {
            self.show(Pane::Exercise);
            return Transition::Stay;
        }
        if shared.training.session.as_ref().is_some_and(DrillSession::is_over) {
            shared.training.session = None;
        } else {
            let answered = shared.training.session.as_ref().is_some_and(DrillSession::is_answered);
            let kept = if shared.training.is_kept && answered { "What you answered is kept. " } else { "" };
            shared.tell(format!("{kept}Practice continues from here."));
        }
        Transition::Close
    }

    fn show(&mut self, pane: Pane) {
        self.pane = pane;
        self.list = ListState::default();
    }

    /// After an exercise: reading, and going on.
    fn handle_debrief(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Choose => {
                let is_over = shared.training.session.as_ref().is_none_or(DrillSession::is_over);
                if is_over && !matches!(self.pane, Pane::Summary) {
                    self.show(Pane::Summary);
                    return Transition::Stay;
                }
                self.show(Pane::Exercise);
                if shared.training.go_on() { Transition::Stay } else { Transition::Close }
            }
            Action::Follow => session(shared).map_or(Transition::Stay, |session| {
                Transition::Open(Route::looked_up(session.tree(), session.exercise().card()))
            }),
            _ => {
                self.scroll(shared, action);
                Transition::Stay
            }
        }
    }

    /// In an exercise.
    fn handle_exercise(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(session) = shared.training.session.as_ref() else { return Transition::Close };
        let count = page::entries(session, self.cards()).len();
        if let Some(selected) = body::select(action, self.list.selected, count) {
            let mut list = self.list;
            let page = |list: &ListState| page::page(session, self.cards(), list.selected, shared);
            match page(&list).has_parts() {
                true => list.selected = selected,
                false => list.select(selected, page::first_area(shared).height, |list| page(list).list),
            }
            self.list = list;
            return Transition::Stay;
        }
        let step = match action {
            Action::Choose => self.picked(session, self.list.selected),
            Action::Digit(number) => number.checked_sub(1).and_then(|at| self.picked(session, at)),
            Action::Hint => Some(DrillAction::Hint),
            Action::Unknown => Some(DrillAction::DontKnow),
            Action::GiveUp => Some(DrillAction::GiveUp),
            Action::TypeCard => {
                self.show(Pane::Naming(Box::new(Naming::new(session))));
                return Transition::Stay;
            }
            Action::Candidates => {
                self.show(Pane::Cards(session.cards()));
                return Transition::Stay;
            }
            _ => {
                self.scroll(shared, action);
                return Transition::Stay;
            }
        };
        step.map_or(Transition::Stay, |step| self.make(shared, step))
    }

    /// Makes a move, and tells its result if the screen does not.
    fn make(&mut self, shared: &mut Shared, step: DrillAction) -> Transition {
        let before = shared.training.session.as_ref().map(|session| session.played().clone()).unwrap_or_default();
        let kept = shared.training.step(step);
        let Some(session) = shared.training.session.as_ref() else { return Transition::Close };
        let now = session.played();
        let is_check = matches!(step, DrillAction::Check(_));
        let said = match step {
            DrillAction::Hint if now.hints.len() == before.hints.len() => Some("That was the last hint."),
            DrillAction::Check(_) if now.checked.len() == before.checked.len() => {
                Some("You have already checked that; look again.")
            }
            DrillAction::Name { .. } if now.stage == Stage::Naming && now.named.len() == before.named.len() => {
                Some("You have already named that one.")
            }
            DrillAction::Name { .. } if now.stage == Stage::Naming => Some("It is not that one. Go on."),
            _ => None,
        };
        let is_stage = now.stage != before.stage;
        shared.notice = said.map(str::to_owned);
        if is_stage || !matches!(self.pane, Pane::Exercise) {
            self.show(Pane::Exercise);
        }
        self.list.scroll = 0;
        if is_check {
            self.show_latest(shared);
        } else if !is_stage && said.is_none() {
            self.show_hint(shared);
        }
        match kept {
            Some((answered, seed)) => Transition::Do(Effect::Answered { answered, seed }),
            None => Transition::Stay,
        }
    }

    fn cards(&self) -> Option<&[CardId]> {
        match &self.pane {
            Pane::Cards(cards) => Some(cards),
            _ => None,
        }
    }

    fn picked(&self, session: &DrillSession, at: usize) -> Option<DrillAction> {
        match self.cards() {
            Some(cards) => cards.get(at).map(|card| DrillAction::Name { card: *card, typed: false }),
            None => session.entry(at),
        }
    }

    fn scroll(&mut self, shared: &Shared, action: Action) {
        let Some(page) = self.page(shared) else { return };
        let [area, _] = page.areas(page::first_area(shared));
        let scrolled = body::scroll(action, self.list.scroll, usize::from(area.height), || page.longest());
        self.list.scroll = scrolled.unwrap_or(self.list.scroll);
    }

    /// Scrolls to the latest finding.
    ///
    /// Earlier findings are a page up.
    fn show_latest(&mut self, shared: &Shared) {
        let Some(page) = self.page(shared) else { return };
        let [area, _] = page.areas(page::first_area(shared));
        self.list.scroll = page.scroll_to_latest(usize::from(area.height));
    }

    /// A hint, or what the tree says.
    fn show_hint(&mut self, shared: &Shared) {
        let Some(page) = self.page(shared) else { return };
        let [area, _] = page.areas(page::first_area(shared));
        self.list.scroll = page.scroll_to_hint(usize::from(area.height));
    }

    fn page(&self, shared: &Shared) -> Option<page::DrillPage> {
        let session = session(shared)?;
        Some(match self.pane {
            Pane::Summary => page::summary(session, shared),
            _ => page::page(session, self.cards(), self.list.selected, shared),
        })
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(session) = session(shared) else { return };
        let state = state(session, &shared.training);
        let place = &session.tree().title;
        if let Pane::Naming(naming) = &self.pane {
            let area = parts_frame::draw(frame, shared, KeyContext::Naming, place, &state, 0);
            return naming.view(shared, frame, area);
        }
        let Some(page) = self.page(shared) else { return };
        let [scrolled, _] = page.areas(page::first_area(shared));
        let scroll = self.list.scroll.min(page.longest().saturating_sub(usize::from(scrolled.height)));
        let below = body::below(page.longest(), scroll, scrolled.height);
        let area = parts_frame::draw(frame, shared, self.context(shared), place, &state, below);
        page.draw(frame, area, scroll, self.list.selected);
    }

    /// Takes in pasted text where a card is named.
    ///
    /// Returns whether it did.
    pub fn paste(&mut self, text: &str) -> bool {
        match &mut self.pane {
            Pane::Naming(naming) => {
                naming.insert(text);
                true
            }
            _ => false,
        }
    }
}

fn session(shared: &Shared) -> Option<&DrillSession> {
    shared.training.session.as_ref()
}

/// Returns the state for the header: `2 of 6`, and the times.
///
/// The times are those of the checks of an incident, and of the exercise as of the last key.
fn state(session: &DrillSession, training: &TrainingState) -> String {
    let mut state = format!("{} of {}", session.number(), session.length());
    if let Exercise::Incident(incident) = session.exercise()
        && !session.played().checked.is_empty()
    {
        state.push_str(&format!(" · checks {}", cost(incident.spent(session.played()))));
    }
    let time = training.now.saturating_sub(training.began);
    if training.has_timer && time >= 1000 {
        state.push_str(&format!(" · clock {}", between(0, i64::try_from(time).unwrap_or(i64::MAX))));
    }
    state
}
