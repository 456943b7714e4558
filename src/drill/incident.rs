//! Incident: an alarm is raised; what is checked answers as the hidden card would; which card is it, and which remedy
//! comes first?

use std::sync::Arc;

use super::hint::{Hint, Rung};
use super::played::{Checked, Move, Played, Stage};
use super::remedy::Choice;
use super::schedule::Grade;
use super::truth::{Truth, Way, event};
use crate::tree::model::Takes;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Event, Given, Step, Walk};

/// What is taken off the full score of 100: for naming a card that it is not, for a check that excluded nothing where the
/// tree would have asked something else, for another remedy than the first, and at most for time lost.
const WRONG_CARD: u32 = 25;
const WRONG_TURN: u32 = 5;
const WRONG_TURNS_AT_MOST: u32 = 20;
const WRONG_REMEDY: u32 = 15;
const TIME_AT_MOST: f64 = 30.0;
const FULL: u32 = 100;

/// From so many points on it was known without help.
const KNOWN: u32 = 80;

/// How long finding something out takes in an exercise, in seconds.
pub fn seconds(takes: Takes) -> u32 {
    match takes {
        Takes::Seconds => 30,
        Takes::Minutes => 300,
        Takes::ChangeWindow => 3600,
    }
}

/// Something is wrong.
#[derive(Debug)]
pub struct Incident {
    pub(super) tree: Arc<Tree>,
    pub(super) truth: Truth,
    pub(super) right: Vec<CardId>,
    pub(super) title: Option<String>,
    pub(super) alarm: String,
    pub(super) checks: Vec<Check>,
    /// The walk that asks what tells most for its effort, and the one in the author's order.
    pub(super) shortest: Way,
    pub(super) ordinary: Way,
    pub(super) look_alikes: Vec<CardId>,
    pub(super) remedies: Vec<Choice>,
}

/// Something that can be found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The question.
    pub question: QuestionId,
    /// How to find out, a sentence.
    pub how: String,
    /// The command, with what is known of the system filled in.
    pub command: Option<String>,
    /// What it costs.
    pub seconds: u32,
    /// What the command prints, or the screen shows.
    pub shows: Vec<String>,
    /// What is to be said of it where it shows no answer.
    pub note: Option<String>,
    /// What it says.
    pub given: Given,
}

impl Incident {
    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The hidden card.
    pub fn card(&self) -> CardId {
        self.truth.card
    }

    /// The cards that are right. More than one only where nothing in the tree tells them apart.
    pub fn right(&self) -> &[CardId] {
        &self.right
    }

    /// The title of an incident that a team wrote.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What is known at first: a symptom, or a team's story.
    pub fn alarm(&self) -> &str {
        &self.alarm
    }

    /// What can be found out.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// What finding out about a question shows.
    pub fn check(&self, question: QuestionId) -> Option<&Check> {
        self.checks.iter().find(|check| check.question == question)
    }

    /// The cards for which the hidden one is most easily taken.
    pub fn look_alikes(&self) -> Vec<CardId> {
        self.look_alikes.clone()
    }

    /// The remedies to choose from once the card is settled.
    pub fn remedies(&self) -> &[Choice] {
        &self.remedies
    }

    /// What whoever follows the tree spends at most, in checks and in seconds: asking what tells most for its effort, or
    /// in the author's order, whichever is more. Who needs no more loses nothing.
    pub fn par(&self) -> (usize, u32) {
        let ways = [&self.shortest, &self.ordinary];
        let checks = ways.iter().map(|way| way.steps.len()).max().unwrap_or(0);
        (checks, ways.iter().map(|way| way.seconds(&self.tree)).max().unwrap_or(0))
    }

    /// The checks and the seconds of the shortest walk.
    pub fn best(&self) -> (usize, u32) {
        (self.shortest.steps.len(), self.shortest.seconds(&self.tree))
    }

    /// What the checks so far took, in seconds.
    pub fn spent(&self, played: &Played) -> u32 {
        let spent = played.checked.iter().filter_map(|checked| self.check(checked.question));
        spent.map(|check| check.seconds).sum()
    }

    /// The walk of somebody who made these checks.
    pub(super) fn walk(&self, checked: &[Checked], shortest: bool) -> Walk {
        let answers = checked.iter().map(|checked| event(checked.question, checked.given));
        let events = std::iter::once(Event::ShortestFirst(shortest)).chain(answers).collect();
        Walk::replay(Arc::clone(&self.tree), events)
    }

    pub(super) fn step(&self, played: &mut Played, step: Move) {
        match (played.stage, step) {
            (Stage::Naming, Move::Check(question)) => self.find_out(played, question),
            (Stage::Naming, Move::Name { card, typed }) => self.name(played, card, typed),
            (Stage::Naming, Move::Hint) => {
                if let Some(rung) = played.next_rung() {
                    let hint = self.hint(played, rung);
                    played.take_hint(hint);
                }
            }
            // Nothing is lost by it, and nothing told: finding out is what the checks are for.
            (Stage::Naming, Move::DontKnow) => played.unknowns += 1,
            (Stage::Remedy, Move::Remedy(at)) if self.remedies.iter().any(|choice| choice.remedy == at) => {
                played.remedy = Some(at);
                played.stage = Stage::Done;
            }
            (Stage::Naming | Stage::Remedy, Move::GiveUp) => played.give_up(),
            _ => {}
        }
    }

    fn name(&self, played: &mut Played, card: CardId, typed: bool) {
        let exists = usize::from(card) < self.tree.cards().count();
        if !exists || played.named.contains(&card) {
            return;
        }
        played.named.push(card);
        played.typed = typed;
        if self.right.contains(&card) {
            played.stage = if self.remedies.is_empty() { Stage::Done } else { Stage::Remedy };
        }
    }

    fn find_out(&self, played: &mut Played, question: QuestionId) {
        let Some(check) = self.check(question) else { return };
        if played.checked.iter().any(|checked| checked.question == question) {
            return;
        }
        let here = self.walk(&played.checked, true);
        let asks = |walk: &Walk| walk.position().step == Step::Ask(question);
        let mut after = here.clone();
        after.answer(question, check.given);
        let left = &after.position().candidates;
        let before = &here.position().candidates;
        let is_out = |card: CardId| !left.iter().any(|candidate| candidate.card == card);
        let excluded = before.iter().filter(|candidate| is_out(candidate.card)).count();
        played.checked.push(Checked {
            question,
            given: check.given,
            before: before.len(),
            excluded,
            // In either order of asking: who follows the tree takes no wrong turn.
            is_wrong_turn: excluded == 0 && !asks(&here) && !asks(&self.walk(&played.checked, false)),
        });
        // Another ladder: what was found out may have been what the hints were about.
        played.rungs = 0;
    }

    fn hint(&self, played: &Played, rung: Rung) -> Hint {
        let walk = self.walk(&played.checked, true);
        let asks = match walk.position().step {
            Step::Ask(question) => self.check(question),
            _ => None,
        };
        let (mut among, mut command) = (Vec::new(), None);
        let text = match (rung, asks) {
            (Rung::What, Some(check)) => {
                let question = self.tree.question(check.question);
                format!("Find out: {} {}", question.ask, question.why)
            }
            (Rung::What, None) => "What was found out is enough: nothing more tells the cards apart.".to_owned(),
            (Rung::Where, Some(check)) => {
                command.clone_from(&check.command);
                check.how.clone()
            }
            (Rung::Where, None) => format!("Look again at: {}", self.answers(&played.checked)),
            (Rung::Half, _) => {
                among.push(self.card());
                let others = walk.position().candidates.iter().map(|candidate| candidate.card);
                let others = others.chain(self.look_alikes.iter().copied());
                among.extend(others.filter(|card| !self.right.contains(card)).take(1));
                among.sort_unstable();
                let titles: Vec<_> = among.iter().map(|card| self.tree.card(*card).title.as_str()).collect();
                format!("It is one of these: {}", titles.join(" · "))
            }
        };
        Hint { rung, text, command, among, price: rung.price() }
    }

    /// What was found out, in the words of the tree.
    fn answers(&self, checked: &[Checked]) -> String {
        let said = checked.iter().filter_map(|checked| match checked.given {
            Given::Option(option) => {
                let question = self.tree.question(checked.question);
                Some(format!("{} {}", question.ask, self.tree.option(checked.question, option).label))
            }
            Given::Unknown | Given::NoneOfThese => None,
        });
        said.collect::<Vec<_>>().join(" · ")
    }

    /// The cards that were named and that it is not.
    pub fn wrong_cards(&self, played: &Played) -> Vec<CardId> {
        played.named.iter().copied().filter(|card| !self.right.contains(card)).collect()
    }

    fn is_solved(&self, played: &Played) -> bool {
        played.named.iter().any(|card| self.right.contains(card))
    }

    fn is_remedied_right(&self, played: &Played) -> bool {
        let is_right = |at| self.remedies.iter().any(|choice| choice.remedy == at && choice.is_right);
        played.remedy.is_some_and(is_right) || self.remedies.is_empty()
    }

    pub(super) fn points(&self, played: &Played) -> u32 {
        if !self.is_solved(played) {
            return 0;
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let wrong_cards = count(self.wrong_cards(played).len()).saturating_mul(WRONG_CARD);
        let turns = played.checked.iter().filter(|checked| checked.is_wrong_turn).count();
        let wrong_turns = count(turns).saturating_mul(WRONG_TURN).min(WRONG_TURNS_AT_MOST);
        let wrong_remedy = if self.is_remedied_right(played) { 0 } else { WRONG_REMEDY };
        let (spent, (_, par)) = (self.spent(played), self.par());
        let lost = if spent > par { TIME_AT_MOST * (1.0 - f64::from(par) / f64::from(spent)) } else { 0.0 };
        let taken = [wrong_cards, wrong_turns, wrong_remedy, lost.round() as u32, played.price()];
        FULL.saturating_sub(taken.into_iter().fold(0, u32::saturating_add))
    }

    /// Not to have known is no fault here, because finding out is the exercise; but what was found by a wrong card is not
    /// known, and what was found with hints, or in a roundabout way, is hardly known.
    pub(super) fn grade(&self, played: &Played) -> Grade {
        let points = self.points(played);
        if !self.is_solved(played) || !self.wrong_cards(played).is_empty() {
            Grade::Again
        } else if played.price() > 0 || points < KNOWN {
            Grade::Hard
        } else if points == FULL && played.unknowns == 0 {
            Grade::Easy
        } else {
            Grade::Good
        }
    }
}
