//! Makes and runs the exercise "recognize": name the card of log lines.
//!
//! The exercise shows a few lines. Telling lines match a signature of the card; the others are background. If the
//! telling lines alone fit several cards, clues (answers to questions of the tree) are added until the tree's walk ends
//! in the card. The trainee picks one of four cards or types a name, and then chooses the remedy to try first.
//!
//! If the tree cannot distinguish two cards, both are right.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::drill::generate::distractors::{RED_HERRING_SOURCES, by_confusability};
use crate::drill::generate::ground_truth::{FixedAnswer, GroundTruth, best_paths, nowhere};
use crate::drill::generate::log_lines::{BackgroundLines, LogExcerpt};
use crate::drill::generate::material::Material;
use crate::drill::generate::randomize::Randomizer;
use crate::drill::judge::hint::{Hint, HintLevel};
use crate::drill::judge::remedy::RemedyChoices;
use crate::drill::judge::why_not::Difference;
use crate::drill::random::Random;
use crate::drill::subject::Subject;
use crate::tree::model::Path;
use crate::tree::training::ExpectedAnswer;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Evidence, Given, Walk};

/// The number of wrong cards in the list.
///
/// With four cards in all, guessing succeeds in one of four cases.
const OTHERS: usize = 3;

/// The largest number of background lines.
///
/// Together with one telling line, five lines fit beside the list of cards on a screen of 24 rows.
const BACKGROUND_BESIDE_CARDS: usize = 4;

/// The largest number of lines, which have the letters a to f.
const MAX_LINES: usize = 6;

/// The number of paths to a card that are tried.
///
/// Each path costs up to two walks. Four paths limit the time of one exercise, and most cards have fewer.
const MAX_PATHS: usize = 4;

/// An exercise that shows log lines and asks for their card.
#[derive(Debug)]
pub struct Recognize {
    /// The parts that both kinds of exercises have.
    pub subject: Subject,
    lines: Vec<String>,
    telling: Vec<usize>,
    decides: Vec<String>,
    clues: Vec<Clue>,
    choices: Vec<Offer>,
    /// The reason against each wrong card.
    differences: BTreeMap<CardId, Difference>,
    /// The last question on the path to the card, for hints.
    asks: Option<QuestionId>,
}

/// An answer that is shown beside lines that fit several cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clue {
    /// The question that is answered.
    pub question: QuestionId,
    /// The option that is the answer.
    pub option: OptionId,
}

/// A card in the list to pick from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The card that is offered.
    pub card: CardId,
    /// The reason why the card is wrong; `None` for a right one.
    pub wrong: Option<Difference>,
}

/// The feedback to a named card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Whether the card is right.
    pub is_right: bool,
    /// The reason why the card is wrong.
    pub difference: Option<Difference>,
    /// The reason in words; for the right card, the deciding parts.
    pub why: String,
}

impl Recognize {
    /// Creates an exercise about a card.
    ///
    /// Equal seeds give equal exercises. `beside` is a card that the trainee confused with this one before. It is among
    /// the choices, unless it is right as well.
    pub fn new(material: &Material, card: CardId, beside: Option<CardId>, seed: u64) -> Self {
        let (tree, mut random) = (Arc::clone(material.tree()), Random::new(seed));
        let mut randomizer = Randomizer::new(random.number());
        let told = material.telling(card, &mut random);
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let paths = fitting_paths(&tree, card, &material.evidence(&told.join("\n")), &mut random);
        let mut like = paths.first().map_or_else(Vec::new, |path| by_confusability(&tree, card, path));
        like.truncate(RED_HERRING_SOURCES);
        let (lines, telling) = match told.as_slice() {
            // A card without signatures is shown by its symptoms.
            [] => (symptoms(&tree, card, &mut random), Vec::new()),
            told => {
                let most = BACKGROUND_BESIDE_CARDS.min(MAX_LINES.saturating_sub(told.len()));
                let background = BackgroundLines { most, like: &like, fields: &[], filter: None };
                let LogExcerpt { lines, telling } =
                    material.among((card, told), background, &mut randomizer, &mut random);
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
        let evidence = material.evidence(&telling_lines.join("\n"));
        let (truth, clues, right) = settle(&tree, card, paths, &evidence);
        let outdone: Vec<CardId> = telling_lines.iter().flat_map(|line| material.outdone(line)).collect();
        let seen: Vec<QuestionId> = evidence.answers().map(|proof| proof.question).collect();
        let seen: Vec<QuestionId> = seen.into_iter().chain(clues.iter().map(|clue| clue.question)).collect();
        let differ = |other| match outdone.contains(&other) {
            true => Difference::SaysMore(decides.clone()),
            false => Difference::in_tree(&tree, (card, &truth.path), other, &seen),
        };
        let others = tree.cards().map(|(id, _)| id).filter(|id| !right.contains(id));
        let differences: BTreeMap<_, _> = others.map(|other| (other, differ(other))).collect();
        let near = by_confusability(&tree, card, &truth.path);
        let offered = offered(&near, &right, (beside, &evidence), &mut random);
        let mut choices = vec![Offer { card, wrong: None }];
        choices.extend(offered.into_iter().map(|card| Offer { card, wrong: differences.get(&card).cloned() }));
        random.shuffle(&mut choices);
        let shown = if telling_lines.is_empty() { lines.iter().map(String::as_str).collect() } else { telling_lines };
        let known = clues.iter().map(|clue| tree.option(clue.question, clue.option).label.as_str());
        let remedies = RemedyChoices::of_lines(&tree, card, shown.into_iter().chain(known), &mut random).choices(&tree);
        let asks = truth.path.steps.last().map(|(question, _)| *question);
        let subject = Subject { tree, card, right, remedies, is_strict: false };
        Self { subject, lines, telling, decides, clues, choices, differences, asks }
    }

    /// Returns the log lines that are shown.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Returns the positions of the telling lines.
    ///
    /// There is one for most cards, and there are several for flapping. There is none for a card without signatures,
    /// whose lines are symptoms.
    pub fn telling(&self) -> &[usize] {
        &self.telling
    }

    /// Returns whether the trainee first points to the line that matters.
    ///
    /// There must be lines that matter, and others.
    pub fn asks_for_line(&self) -> bool {
        !self.telling.is_empty() && self.telling.len() < self.lines.len()
    }

    /// Names the telling lines by their letters.
    ///
    /// Examples: `line b`, `lines a and c`.
    pub fn telling_letters(&self) -> String {
        let letters: Vec<String> = self.telling.iter().map(|at| Self::letter(*at).to_string()).collect();
        match letters.as_slice() {
            [only] => format!("line {only}"),
            [first @ .., last] => format!("lines {} and {last}", first.join(", ")),
            [] => String::new(),
        }
    }

    /// Returns the parts of the telling lines that match the card.
    pub fn decides(&self) -> &[String] {
        &self.decides
    }

    /// Returns the answers without which several cards would be right.
    pub fn clues(&self) -> &[Clue] {
        &self.clues
    }

    /// Returns the cards to pick from.
    pub fn choices(&self) -> &[Offer] {
        &self.choices
    }

    /// Returns the feedback to a card, picked or typed.
    pub fn feedback(&self, named: CardId) -> Feedback {
        if self.subject.right.contains(&named) {
            return Feedback { is_right: true, difference: None, why: self.what_decides() };
        }
        let difference = self.differences.get(&named).cloned();
        let why = difference.as_ref().map(|difference| difference.text(&self.subject.tree)).unwrap_or_default();
        Feedback { is_right: false, difference, why }
    }

    /// Returns the matching parts and the known answers in words.
    pub fn what_decides(&self) -> String {
        let clues = self.clues.iter().map(|clue| {
            let tree = &self.subject.tree;
            format!("{} {}", tree.question(clue.question).ask, tree.option(clue.question, clue.option).label)
        });
        let parts: Vec<String> = self.decides.iter().cloned().chain(clues).collect();
        format!("The deciding part: {}", parts.join(" · "))
    }

    /// Returns the letter of a line, by its place.
    pub fn letter(at: usize) -> char {
        u8::try_from(at).ok().and_then(|at| b'a'.checked_add(at)).map_or('?', char::from)
    }

    /// Returns the place of a line, by its letter.
    pub fn place_of(letter: char) -> Option<usize> {
        (0..MAX_LINES).find(|at| Self::letter(*at) == letter)
    }

    pub(crate) fn hint(&self, level: HintLevel) -> Hint {
        let text = match level {
            HintLevel::What => match self.asks {
                Some(question) => format!("Consider this question: {}", self.subject.tree.question(question).ask),
                None => "One of the lines gives it away.".to_owned(),
            },
            HintLevel::Where => match self.telling.as_slice() {
                [] => self.what_decides(),
                _ => format!("Look at {}. {}", self.telling_letters(), self.what_decides()),
            },
            HintLevel::Half => {
                let wrong = self.choices.iter().find(|offer| offer.wrong.is_some());
                return self.subject.half(wrong.map(|offer| offer.card));
            }
        };
        Hint { level, text, command: None, among: Vec::new(), price: level.price() }
    }
}

/// Returns the paths to a card that agree with the evidence.
///
/// If no path with questions agrees, returns all paths to the card.
fn fitting_paths(tree: &Tree, card: CardId, evidence: &Evidence, random: &mut Random) -> Vec<Path> {
    let proven: Vec<FixedAnswer> =
        evidence.answers().map(|proof| (proof.question, ExpectedAnswer::Option(proof.option))).collect();
    let fitting = best_paths(tree, card, &proven, random);
    let is_any = fitting.iter().any(|path| !path.steps.is_empty());
    if is_any { fitting } else { best_paths(tree, card, &[], random) }
}

/// Returns two symptoms in the words of the card.
fn symptoms(tree: &Tree, card: CardId, random: &mut Random) -> Vec<String> {
    let mut symptoms: Vec<String> = tree.card(card).symptoms.iter().map(ToString::to_string).collect();
    random.shuffle(&mut symptoms);
    symptoms.truncate(2);
    symptoms
}

/// The cost of an explanation; smaller is better.
///
/// Its parts are: whether the walk misses the card, the number of right cards, and the number of clues.
type Need = (bool, usize, usize);

/// The true answers, the clues to show, and the right cards.
type Case = (GroundTruth, Vec<Clue>, Vec<CardId>);

/// Chooses clues that lead the walk from the evidence to the card.
///
/// Tries up to [`MAX_PATHS`] paths: first with all evidence, then, if the walk misses the card, with the signatures
/// alone. Returns the result with the smallest [`Need`].
fn settle(tree: &Arc<Tree>, card: CardId, paths: Vec<Path>, evidence: &Evidence) -> Case {
    let hits = Evidence { hits: evidence.hits.clone(), ..Evidence::default() };
    let mut best: Option<(Need, Case)> = None;
    for path in paths.into_iter().take(MAX_PATHS) {
        // Questions on no path to the card stay unknown, because their answers cannot be shown as clues.
        let truth = GroundTruth::of_path(tree, (card, path));
        for known in [evidence, &hits] {
            let mut walk = Walk::replay(Arc::clone(tree), vec![Event::EvidenceAdded(known.clone())]);
            let mut clues = Vec::new();
            // A clue is shown, not found out: what it would take does not matter.
            while let Some(question) = walk.most_telling() {
                let given = truth.given(question);
                if let Given::Option(option) = given {
                    clues.push(Clue { question, option });
                }
                walk.answer(question, given);
            }
            let ends: Vec<CardId> = walk.position().candidates.iter().map(|candidate| candidate.card).collect();
            let is_found = ends.contains(&card);
            let right = if is_found { ends } else { vec![card] };
            let worth = (!is_found, right.len(), clues.len());
            if best.as_ref().is_none_or(|(least, ..)| worth < *least) {
                best = Some((worth, (truth.clone(), clues, right)));
            }
            if is_found {
                break;
            }
        }
        if best.as_ref().is_some_and(|(least, ..)| *least == (false, 1, 0)) {
            // No other path can need less.
            break;
        }
    }
    best.map_or_else(
        || (GroundTruth::of_path(tree, (card, nowhere(card))), Vec::new(), vec![card]),
        |(_, settled)| settled,
    )
}

/// Returns the wrong cards to offer.
///
/// The order of preference is: the card it was confused with before, cards that own a signature in the lines, the
/// nearest look-alike, other near look-alikes in random order.
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
