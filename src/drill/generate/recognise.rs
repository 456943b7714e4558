//! Recognise: a few lines, one of which tells; which card is it, and which remedy comes first?

use std::sync::Arc;

use crate::drill::generate::distractors::look_alikes;
use crate::drill::generate::ground_truth::{FixedAnswer, GroundTruth, nowhere, ways};
use crate::drill::generate::log_lines::{BackgroundLines, Lines};
use crate::drill::generate::material::Material;
use crate::drill::generate::randomize::Randomizer;
use crate::drill::judge::hint::{Hint, HintLevel};
use crate::drill::judge::remedy::{RemedyChoice, RemedyChoices};
use crate::drill::judge::state::{DrillAction, DrillState, Stage};
use crate::drill::judge::why_not::Difference;
use crate::drill::random::Random;
use crate::tree::model::Path;
use crate::tree::training::ExpectedAnswer;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Evidence, Given, Walk};

/// How many cards are offered beside the right one.
const OTHERS: usize = 3;

/// How many lines stand beside the telling one at most, and how many look-alikes may be among them.
const BACKGROUND_LINES: usize = 4;
const RED_HERRING_SOURCES: usize = 6;

/// How many ways to a card are tried for the one that needs the fewest clues.
const WAYS: usize = 4;

/// A few lines, one of which tells.
#[derive(Debug)]
pub struct Recognise {
    tree: Arc<Tree>,
    card: CardId,
    right: Vec<CardId>,
    lines: Vec<String>,
    telling: Vec<usize>,
    decides: Vec<String>,
    clues: Vec<Clue>,
    choices: Vec<Offer>,
    /// Why it is none of the other cards, by card.
    differences: Vec<(CardId, Difference)>,
    /// The question on which the choices differ.
    asks: Option<QuestionId>,
    remedies: Vec<RemedyChoice>,
    /// Nothing is said of the card that is named.
    pub(in crate::drill) is_strict: bool,
}

/// Something else that is known, where the lines alone would fit several cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clue {
    /// The question.
    pub question: QuestionId,
    /// Its answer.
    pub option: OptionId,
}

/// A card to pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The card.
    pub card: CardId,
    /// What would have had to be different for it; `None` for the right one.
    pub wrong: Option<Difference>,
}

/// What is said to whoever named a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// The card is right.
    pub is_right: bool,
    /// What would have had to be different for it.
    pub difference: Option<Difference>,
    /// The same in words, or for the right card what decides.
    pub why: String,
}

impl Recognise {
    /// The exercise of a seed about a card. `beside` is the card that it was taken for, which is then among the choices.
    pub fn new(material: &Material, card: CardId, beside: Option<CardId>, seed: u64) -> Self {
        let (tree, mut random) = (Arc::clone(material.tree()), Random::new(seed));
        let mut randomizer = Randomizer::new(random.number());
        let told = material.telling(card, &mut random);
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let ways = ways_of(&tree, card, &material.recognizer().evidence("", &told.join("\n")), &mut random);
        let like: Vec<CardId> =
            ways.iter().flat_map(|way| look_alikes(&tree, card, way)).take(RED_HERRING_SOURCES).collect();
        let (lines, telling) = match told.as_slice() {
            // A card without signatures shows in what is observed.
            [] => (symptoms(&tree, card, &mut random), Vec::new()),
            told => {
                let background = BackgroundLines { most: BACKGROUND_LINES, like: &like, fields: &[] };
                let Lines { lines, telling } = material.among((card, told), background, &mut randomizer, &mut random);
                (lines, telling)
            }
        };
        let telling_lines: Vec<&str> = telling.iter().filter_map(|at| lines.get(*at)).map(String::as_str).collect();
        let mut decides: Vec<String> = Vec::new();
        for part in telling_lines.iter().flat_map(|line| material.decides(line, card)) {
            if !decides.contains(&part) {
                decides.push(part);
            }
        }
        let evidence = material.recognizer().evidence("", &telling_lines.join("\n"));
        let (truth, clues, right) = settle(&tree, card, ways, &evidence);
        let outdone: Vec<CardId> = telling_lines.iter().flat_map(|line| material.outdone(line)).collect();
        let seen: Vec<QuestionId> = evidence.proofs.iter().map(|proof| proof.question).collect();
        let seen: Vec<QuestionId> = seen.into_iter().chain(clues.iter().map(|clue| clue.question)).collect();
        let differ = |other| match outdone.contains(&other) {
            true => Difference::SaysMore(decides.clone()),
            false => Difference::in_tree(&tree, (card, &truth.path), other, &seen),
        };
        let others = tree.cards().map(|(id, _)| id).filter(|id| !right.contains(id));
        let differences: Vec<_> = others.map(|other| (other, differ(other))).collect();
        let near = look_alikes(&tree, card, &truth.path);
        let offered = offered(&near, &right, (beside, &evidence), &mut random);
        let mut choices = vec![Offer { card, wrong: None }];
        choices.extend(offered.into_iter().map(|other| Offer { card: other, wrong: Some(differ(other)) }));
        random.shuffle(&mut choices);
        let shown = if telling_lines.is_empty() { lines.iter().map(String::as_str).collect() } else { telling_lines };
        let known = clues.iter().map(|clue| tree.option(clue.question, clue.option).label.as_str());
        let remedies = RemedyChoices::of_lines(&tree, card, shown.into_iter().chain(known), &mut random).choices(&tree);
        let asks = truth.path.steps.last().map(|(question, _)| *question);
        let is_strict = false;
        Self { card, right, telling, decides, clues, choices, differences, asks, remedies, is_strict, lines, tree }
    }

    /// The same where nothing is said of the card that is named.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The card that it is.
    pub fn card(&self) -> CardId {
        self.card
    }

    /// The cards that are right. More than one only where nothing in the tree tells them apart.
    pub fn right(&self) -> &[CardId] {
        &self.right
    }

    /// The lines, as somebody would find them.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The positions of the lines that tell: of most cards one; several where something takes turns. A card without
    /// signatures has none: there the lines are symptoms.
    pub fn telling(&self) -> &[usize] {
        &self.telling
    }

    /// The parts of the telling line that decide.
    pub fn decides(&self) -> &[String] {
        &self.decides
    }

    /// What is known besides, without which several cards would be right.
    pub fn clues(&self) -> &[Clue] {
        &self.clues
    }

    /// The cards to pick from.
    pub fn choices(&self) -> &[Offer] {
        &self.choices
    }

    /// The remedies to choose from once the card is settled.
    pub fn remedies(&self) -> &[RemedyChoice] {
        &self.remedies
    }

    /// What to say to whoever names a card, picked or typed.
    pub fn feedback(&self, named: CardId) -> Feedback {
        if self.right.contains(&named) {
            return Feedback { is_right: true, difference: None, why: self.what_decides() };
        }
        let difference = self.differences.iter().find(|(card, _)| *card == named).map(|(_, why)| why.clone());
        let why = difference.as_ref().map(|difference| difference.text(&self.tree)).unwrap_or_default();
        Feedback { is_right: false, difference, why }
    }

    /// What decides, in words.
    pub fn what_decides(&self) -> String {
        let clues = self.clues.iter().map(|clue| {
            let option = self.tree.option(clue.question, clue.option);
            format!("{} {}", self.tree.question(clue.question).ask, option.label)
        });
        let parts: Vec<String> = self.decides.iter().cloned().chain(clues).collect();
        format!("What decides: {}", parts.join(" · "))
    }

    pub(in crate::drill) fn step(&self, state: &mut DrillState, step: DrillAction) {
        match (state.stage, step) {
            (Stage::Naming, DrillAction::Name { card, typed }) if usize::from(card) < self.tree.cards().count() => {
                // One answer: what is wrong about it is said at once, so a second one would only be read off.
                state.named.push(card);
                state.typed = typed;
                state.stage = if self.remedies.is_empty() { Stage::Done } else { Stage::Remedy };
            }
            (Stage::Naming, DrillAction::Hint) => self.hint(state),
            // Finding out costs nothing: what the tree says of each card is read, and the answer is still to be given.
            (Stage::Naming, DrillAction::DontKnow) => {
                state.unknowns += 1;
                state.unsure_after = Some(0);
            }
            (Stage::Naming | Stage::Remedy, DrillAction::GiveUp) => state.give_up(),
            _ => {}
        }
    }

    fn hint(&self, state: &mut DrillState) {
        let Some(level) = state.next_level() else { return };
        let mut among = Vec::new();
        let text = match level {
            HintLevel::What => match self.asks {
                Some(question) => format!("Ask of this: {}", self.tree.question(question).ask),
                None => "One of the lines tells.".to_owned(),
            },
            HintLevel::Where => match self.telling.as_slice() {
                [] => self.what_decides(),
                [at] => format!("Line {}. {}", at + 1, self.what_decides()),
                several => {
                    let numbers: Vec<String> = several.iter().map(|at| (at + 1).to_string()).collect();
                    format!("Lines {}. {}", numbers.join(", "), self.what_decides())
                }
            },
            HintLevel::Half => {
                among.push(self.card);
                among.extend(self.choices.iter().find(|offer| offer.wrong.is_some()).map(|offer| offer.card));
                among.sort_unstable();
                let titles: Vec<_> = among.iter().map(|card| self.tree.card(*card).title.as_str()).collect();
                format!("It is one of these: {}", titles.join(" · "))
            }
        };
        state.take_hint(Hint { level, text, command: None, among, price: level.price() });
    }

    pub(in crate::drill) fn is_named_right(&self, state: &DrillState) -> bool {
        state.named.first().is_some_and(|card| self.right.contains(card))
    }
}

/// Ways to a card on which what its lines prove is so, if there are such.
fn ways_of(tree: &Tree, card: CardId, evidence: &Evidence, random: &mut Random) -> Vec<Path> {
    let proven: Vec<FixedAnswer> =
        evidence.proofs.iter().map(|proof| (proof.question, ExpectedAnswer::Option(proof.option))).collect();
    let ways_that_fit = ways(tree, card, &proven, random);
    let is_any = ways_that_fit.iter().any(|way| !way.steps.is_empty());
    if is_any { ways_that_fit } else { ways(tree, card, &[], random) }
}

/// What is observed, in the words of the card.
fn symptoms(tree: &Tree, card: CardId, random: &mut Random) -> Vec<String> {
    let mut symptoms: Vec<String> = tree.card(card).symptoms.iter().map(ToString::to_string).collect();
    random.shuffle(&mut symptoms);
    symptoms.truncate(2);
    symptoms
}

/// How much is needed for a card to be found: whether it is not found, how many others are right as well, how many clues.
type Need = (bool, usize, usize);

/// What is the case, the clues, and the cards that are right.
type Case = (GroundTruth, Vec<Clue>, Vec<CardId>);

/// What else must be known, so that the walk from this evidence ends in the card; and the cards in which it ends.
fn settle(tree: &Arc<Tree>, card: CardId, ways: Vec<Path>, evidence: &Evidence) -> Case {
    let hits = Evidence { hits: evidence.hits.clone(), ..Evidence::default() };
    let mut best: Option<(Need, Case)> = None;
    for path in ways.into_iter().take(WAYS) {
        // Only what is shown as a clue may count.
        let truth = GroundTruth::of_path(tree, (card, path));
        for known in [evidence, &hits] {
            let start = vec![Event::ShortestFirst(true), Event::EvidenceAdded(known.clone())];
            let way = truth.follow(Walk::replay(Arc::clone(tree), start));
            let is_found = way.ends.contains(&card);
            let right = if is_found { way.ends } else { vec![card] };
            let clues: Vec<Clue> = way
                .steps
                .into_iter()
                .filter_map(|(question, given)| match given {
                    Given::Option(option) => Some(Clue { question, option }),
                    Given::Unknown | Given::NoneOfThese => None,
                })
                .collect();
            let worth = (!is_found, right.len(), clues.len());
            if best.as_ref().is_none_or(|(least, ..)| worth < *least) {
                best = Some((worth, (truth.clone(), clues, right)));
            }
            if is_found {
                break;
            }
        }
        if best.as_ref().is_some_and(|(least, ..)| *least == (false, 1, 0)) {
            // No way needs less.
            break;
        }
    }
    best.map_or_else(
        || (GroundTruth::of_path(tree, (card, nowhere(card))), Vec::new(), vec![card]),
        |(_, settled)| settled,
    )
}

/// The cards to offer: the one that it was taken for, those that own the line too, then look-alikes, of which the nearest
/// come always and the others by chance.
fn offered(
    near: &[CardId],
    right: &[CardId],
    (beside, evidence): (Option<CardId>, &Evidence),
    random: &mut Random,
) -> Vec<CardId> {
    let owners = evidence.hits.iter().flat_map(|hit| &hit.cards).copied();
    let mut others: Vec<CardId> = Vec::new();
    for card in beside.into_iter().chain(owners).filter(|card| near.contains(card)) {
        if others.len() < OTHERS && !others.contains(&card) && !right.contains(&card) {
            others.push(card);
        }
    }
    let mut rest: Vec<CardId> =
        near.iter().copied().filter(|card| !others.contains(card) && !right.contains(card)).take(OTHERS + 2).collect();
    if let Some((_, later)) = rest.split_at_mut_checked(1) {
        random.shuffle(later);
    }
    rest.truncate(OTHERS - others.len());
    others.extend(rest);
    others
}
