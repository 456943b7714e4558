//! Incident: an alarm is raised; what is checked answers as the hidden card would; which card is it, and which remedy
//! comes first?

use std::sync::{Arc, OnceLock};

use crate::drill::generate::ground_truth::{GroundTruth, ReferenceWalk, begin};
use crate::drill::judge::elimination::{ObservedAnswer, Remaining, left};
use crate::drill::judge::hint::{Hint, HintLevel};
use crate::drill::judge::remedy::{RemedyChoice, RemedyChoices};
use crate::drill::judge::state::{Checked, DrillAction, DrillState, Stage};
use crate::text::CleanText;
use crate::tree::model::Takes;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Event, Evidence, Given, Step, Walk};

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
    pub(in crate::drill) tree: Arc<Tree>,
    pub(in crate::drill) truth: GroundTruth,
    pub(in crate::drill) right: Vec<CardId>,
    pub(in crate::drill) title: Option<CleanText>,
    pub(in crate::drill) alarm: String,
    /// What the alarm answers.
    pub(in crate::drill) known: Vec<(QuestionId, Given)>,
    pub(in crate::drill) checks: Vec<Check>,
    /// The walk that asks what tells most for its effort, and the one in the author's order.
    pub(in crate::drill) shortest: ReferenceWalk,
    pub(in crate::drill) ordinary: ReferenceWalk,
    /// The shortest way of all, searched for when it is first asked for.
    pub(in crate::drill) best: OnceLock<Vec<QuestionId>>,
    /// The questions in the order that a team proposes.
    pub(in crate::drill) order: Vec<QuestionId>,
    pub(in crate::drill) look_alikes: Vec<CardId>,
    pub(in crate::drill) first: Box<RemedyChoices>,
    pub(in crate::drill) remedies: Vec<RemedyChoice>,
    /// Nothing is said of the first card that is named: it counts.
    pub(in crate::drill) is_strict: bool,
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
    /// What the command prints, or the screen shows.
    pub shows: Vec<String>,
    /// What is to be said of it where it shows no answer.
    pub note: Option<String>,
    /// What it says.
    pub given: Given,
    /// The card that a line in it could be taken for, if a red herring is there.
    pub red_herring: Option<CardId>,
    /// What of it points to cards, whatever the question was: whoever reads it sees that, too.
    pub evidence: Evidence,
}

impl Check {
    /// Takes what it tells into a walk.
    pub(in crate::drill) fn tell(&self, walk: &mut Walk) {
        walk.answer(self.question, self.given);
        if !self.evidence.hits.is_empty() {
            walk.push(Event::EvidenceAdded(self.evidence.clone()));
        }
    }
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

    /// The same where the first card that is named counts, right or wrong: nothing is said of it.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// What the alarm answers: nobody has to find it out.
    pub fn known(&self) -> &[(QuestionId, Given)] {
        &self.known
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
    pub fn look_alikes(&self) -> &[CardId] {
        &self.look_alikes
    }

    /// The remedies to choose from once the card is settled, for whoever has seen everything.
    pub fn remedies(&self) -> &[RemedyChoice] {
        &self.remedies
    }

    /// The same for whoever has made these checks: what was seen decides.
    pub(in crate::drill) fn remedies_after(&self, state: &DrillState) -> Vec<RemedyChoice> {
        let is_checked = |question| state.checked.iter().any(|checked| checked.question == question);
        self.first.after(&self.tree, is_checked)
    }

    /// What whoever follows the tree spends at most, in seconds: asking what tells most for its effort, or in the author's
    /// order, or all that a team proposes, whichever is more. Who needs no more loses nothing: the shortest way is one that
    /// only somebody goes who knows how it ends.
    pub fn allowance(&self) -> u32 {
        let of_way = |way: &ReferenceWalk| self.time(way.steps.iter().map(|(question, _)| *question));
        let in_order = self.time(self.order.iter().copied());
        of_way(&self.shortest).max(of_way(&self.ordinary)).max(in_order).max(self.best().1)
    }

    /// The checks and the seconds of the shortest way that there is: it leaves as few cards as all checks together.
    pub fn best(&self) -> (usize, u32) {
        let way = self.best_way();
        (way.len(), self.time(way.iter().copied()))
    }

    pub(in crate::drill) fn best_way(&self) -> &[QuestionId] {
        self.best.get_or_init(|| self.search())
    }

    /// The shorter of the two walks that the tree proposes: to ask what tells most is shorter on average, not always.
    pub(in crate::drill) fn tree_way(&self) -> &ReferenceWalk {
        let length =
            |way: &ReferenceWalk| (self.time(way.steps.iter().map(|(question, _)| *question)), way.steps.len());
        if length(&self.ordinary) < length(&self.shortest) { &self.ordinary } else { &self.shortest }
    }

    /// What some checks take, one after the other, in seconds. What stands in the output of another check takes its time,
    /// too, unless that was made before.
    pub(in crate::drill) fn time(&self, questions: impl Iterator<Item = QuestionId>) -> u32 {
        let mut seen: Vec<QuestionId> = Vec::new();
        questions.map(|question| self.look(question, &mut seen)).sum()
    }

    /// What it takes to see the answer to a question, where some outputs were seen already.
    fn look(&self, question: QuestionId, seen: &mut Vec<QuestionId>) -> u32 {
        if seen.contains(&question) {
            return 0;
        }
        seen.push(question);
        let find_out = &self.tree.question(question).find_out;
        let first = find_out.stands_in.map_or(0, |other| self.look(other, seen));
        first + seconds(find_out.takes)
    }

    /// What a check takes now, in seconds.
    pub fn cost(&self, question: QuestionId, state: &DrillState) -> u32 {
        let made = || state.checked.iter().map(|checked| checked.question);
        self.time(made().chain([question])) - self.time(made())
    }

    /// What the checks so far took, in seconds.
    pub fn spent(&self, state: &DrillState) -> u32 {
        self.time(state.checked.iter().map(|checked| checked.question))
    }

    /// The cards that the alarm and these checks leave possible.
    pub(in crate::drill) fn left<'c>(&'c self, checks: impl Iterator<Item = &'c Check>) -> Vec<CardId> {
        let checks = checks.map(|check| (check.question, check.given, Some(&check.evidence)));
        left(&self.tree, self.card(), self.told_by_alarm().chain(checks))
    }

    /// What the alarm alone leaves possible.
    pub(in crate::drill) fn left_by_alarm(&self) -> Remaining {
        let by = |told| Remaining::after_answer(&self.tree, self.card(), told);
        self.told_by_alarm().fold(Remaining::all(&self.tree), |left, told| left.and(&by(told)))
    }

    fn told_by_alarm(&self) -> impl Iterator<Item = ObservedAnswer<'_>> {
        self.known.iter().map(|(question, given)| (*question, *given, None))
    }

    /// The checks that were made.
    pub(in crate::drill) fn made<'c>(&'c self, state: &'c DrillState) -> impl Iterator<Item = &'c Check> + Clone {
        state.checked.iter().filter_map(|checked| self.check(checked.question))
    }

    /// What else would leave the fewest cards, of several the quickest; `None` if nothing would leave fewer.
    pub(in crate::drill) fn most_telling(&self, state: &DrillState) -> Option<(&Check, usize)> {
        let now = self.left(self.made(state)).len();
        let is_open = |check: &&Check| state.checked.iter().all(|checked| checked.question != check.question);
        let others = self.checks.iter().filter(is_open);
        let others = others.map(|check| (check, self.left(self.made(state).chain([check])).len()));
        let best = others.min_by_key(|(check, left)| (*left, self.cost(check.question, state)));
        best.filter(|(_, left)| *left < now)
    }

    /// Whether nothing that could still be found out would leave fewer cards.
    pub(in crate::drill) fn is_proven(&self, state: &DrillState) -> bool {
        self.left(self.made(state)).len() <= self.left(self.checks.iter()).len()
    }

    /// The walk of somebody who made these checks.
    fn walk(&self, state: &DrillState, shortest: bool) -> Walk {
        let mut walk = begin(&self.tree, &self.known, shortest);
        self.made(state).for_each(|check| check.tell(&mut walk));
        walk
    }

    /// What the tree would ask now, in the author's order. `None` if it has no more to ask.
    pub fn would_ask(&self, state: &DrillState) -> Option<QuestionId> {
        match self.walk(state, false).position().step {
            Step::Ask(question) => Some(question),
            _ => None,
        }
    }

    pub(in crate::drill) fn step(&self, state: &mut DrillState, step: DrillAction) {
        match (state.stage, step) {
            (Stage::Naming, DrillAction::Check(question)) => self.find_out(state, question),
            (Stage::Naming, DrillAction::Name { card, typed }) => self.name(state, card, typed),
            (Stage::Naming, DrillAction::Hint) => {
                if let Some(level) = state.next_level() {
                    let hint = self.hint(state, level);
                    state.take_hint(hint);
                }
            }
            // Nothing is lost by it; what the tree would ask is told, as it is to anybody.
            (Stage::Naming, DrillAction::DontKnow) => {
                state.unknowns += 1;
                state.unsure_after = Some(state.checked.len());
            }
            (Stage::Naming | Stage::Remedy, DrillAction::GiveUp) => state.give_up(),
            _ => {}
        }
    }

    fn name(&self, state: &mut DrillState, card: CardId, typed: bool) {
        let exists = usize::from(card) < self.tree.cards().count();
        if !exists || state.named.contains(&card) {
            return;
        }
        state.named.push(card);
        state.typed = typed;
        if self.right.contains(&card) || self.is_strict {
            state.stage = if self.remedies.is_empty() { Stage::Done } else { Stage::Remedy };
        }
    }

    fn find_out(&self, state: &mut DrillState, question: QuestionId) {
        let Some(check) = self.check(question) else { return };
        // To look again at what was found out costs nothing.
        state.looking = Some(question);
        if state.checked.iter().any(|checked| checked.question == question) {
            return;
        }
        let asks = |shortest| self.walk(state, shortest).position().step == Step::Ask(question);
        let is_proposed =
            self.order.contains(&question) || self.best_way().contains(&question) || asks(true) || asks(false);
        let before = self.left(self.made(state)).len();
        let after = self.left(self.made(state).chain([check])).len();
        let next = |state: &DrillState| self.most_telling(state).map(|(check, _)| check.question);
        let was_next = next(state);
        state.checked.push(Checked {
            question,
            given: check.given,
            left: (before, after),
            // In either order of asking: who follows the tree, or the team, or goes the shortest way, takes no wrong turn.
            is_wrong_turn: before == after && !matches!(check.given, Given::Option(_)) && !is_proposed,
        });
        // Another ladder where something else is to be found out now; half of the answer stays half of it.
        if next(state) != was_next && state.hint_level < HintLevel::ALL.len() {
            state.hint_level = 0;
        }
    }

    fn hint(&self, state: &DrillState, level: HintLevel) -> Hint {
        let (mut among, mut command) = (Vec::new(), None);
        let text = match (level, self.most_telling(state)) {
            (HintLevel::What, Some((check, _))) => {
                let question = self.tree.question(check.question);
                format!("What would tell most now: {} {}", question.ask, question.why)
            }
            (HintLevel::What, None) => "What was found out is enough: nothing more tells the cards apart.".to_owned(),
            (HintLevel::Where, Some((check, _))) => {
                command.clone_from(&check.command);
                check.how.clone()
            }
            (HintLevel::Where, None) => format!("Look again at: {}", self.answers(&state.checked)),
            (HintLevel::Half, _) => {
                among.push(self.card());
                let others = self.left(self.made(state)).into_iter().chain(self.look_alikes.iter().copied());
                among.extend(others.filter(|card| !self.right.contains(card)).take(1));
                among.sort_unstable();
                let titles: Vec<_> = among.iter().map(|card| self.tree.card(*card).title.as_str()).collect();
                format!("It is one of these: {}", titles.join(" · "))
            }
        };
        // That nothing more tells is no help that could be sold.
        let is_free = level < HintLevel::Half && self.most_telling(state).is_none();
        Hint { level, text, command, among, price: if is_free { 0 } else { level.price() } }
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
    pub fn wrong_cards(&self, state: &DrillState) -> Vec<CardId> {
        state.named.iter().copied().filter(|card| !self.right.contains(card)).collect()
    }

    pub(in crate::drill) fn is_solved(&self, state: &DrillState) -> bool {
        state.named.iter().any(|card| self.right.contains(card))
    }
}
