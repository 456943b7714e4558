//! Builds incidents: the true answers, the opening and all outputs.
//!
//! 1. Choose an opening and a path to the hidden card that agrees with it.
//! 2. Derive the true answer to every question ([`GroundTruth`]).
//! 3. Render the output of every check ([`OutputRenderer`]).
//! 4. Follow the tree's own walks, for comparison with the trainee.
//! 5. Choose the remedies to offer.

use std::sync::{Arc, OnceLock};

use crate::drill::generate::check_output::OutputRenderer;
use crate::drill::generate::distractors::{RED_HERRING_SOURCES, by_confusability};
use crate::drill::generate::ground_truth::{FixedAnswer, GroundTruth, WalkOrder, begin, best_path};
use crate::drill::generate::incident::{Check, Incident};
use crate::drill::generate::material::Material;
use crate::drill::generate::opening::alarm;
use crate::drill::generate::randomize::Randomizer;
use crate::drill::judge::remedy::{CauseClues, RemedyChoices};
use crate::drill::random::Random;
use crate::drill::subject::Subject;
use crate::tree::training::{Alarm, TeamDrill};
use crate::tree::{CardId, QuestionId};
use crate::walk::{Evidence, Given};

impl Incident {
    /// Creates an incident about a hidden card.
    ///
    /// Equal seeds give equal incidents.
    pub fn new(material: &Material, card: CardId, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let alarm = alarm(material, card, &mut random);
        build(material, card, None, alarm, random)
    }

    /// Creates an incident that a team wrote.
    ///
    /// The seed changes only values without meaning, for example addresses and times.
    pub fn of_team(material: &Material, drill: &TeamDrill, seed: u64) -> Self {
        let alarm = Alarm { says: drill.story.clone(), answers: drill.answers.clone() };
        build(material, drill.card, Some(drill), alarm, Random::new(seed))
    }
}

fn build(material: &Material, card: CardId, drill: Option<&TeamDrill>, alarm: Alarm, mut random: Random) -> Incident {
    let tree = material.tree();
    let clues = drill.map(|drill| drill.clues.as_slice()).unwrap_or_default();
    let mut settled: Vec<FixedAnswer> = alarm.said();
    settled.extend(clues.iter().filter_map(|clue| clue.answer.map(|said| (clue.question, said))));
    let known: Vec<(QuestionId, Given)> =
        alarm.answers.iter().map(|(question, option)| (*question, Given::Option(*option))).collect();
    let samples = material.samples(card);
    let proved: Vec<(&str, Evidence)> = samples.iter().map(|sample| (*sample, material.evidence(sample))).collect();
    let open: Vec<QuestionId> =
        proved.iter().flat_map(|(_, evidence)| evidence.answers()).map(|proof| proof.question).collect();
    let path = best_path(tree, card, &settled, &mut random);
    let truth = GroundTruth::new(tree, (card, path), &open, &settled, &known);
    let mut look_alikes = by_confusability(tree, card, &truth.path);
    look_alikes.truncate(RED_HERRING_SOURCES);
    // Times shift by whole days, because a team's story may mention the time of day.
    let seed = random.number();
    let randomizer = if drill.is_some() { Randomizer::same_hours(seed) } else { Randomizer::new(seed) };
    let mut renderer = OutputRenderer {
        material,
        truth: &truth,
        proved: &proved,
        red_herrings: drill.map(|drill| drill.red_herrings.as_slice()).unwrap_or_default(),
        like: look_alikes.clone(),
        randomizer,
        random: &mut random,
    };
    let told = renderer.randomizer.text(&alarm.says);
    let is_known = |question: QuestionId| known.iter().any(|(answered, _)| *answered == question);
    let mut checks: Vec<Check> = Vec::new();
    for (id, question) in tree.questions().filter(|(id, _)| !is_known(*id)) {
        let clue = clues.iter().find(|clue| clue.question == id).map(|clue| clue.shows.as_slice());
        checks.push(renderer.check(id, question, clue.unwrap_or_default()));
    }
    let order: Vec<QuestionId> = drill.map(|drill| drill.order.clone()).unwrap_or_default();
    checks.sort_by_key(|check| order.iter().position(|question| *question == check.question).unwrap_or(usize::MAX));
    let follow = |order| {
        truth.follow_with(begin(tree, &known, order), |walk, question| {
            match checks.iter().find(|check| check.question == question) {
                Some(check) => check.tell(walk),
                None => walk.answer(question, truth.given(question)),
            }
        })
    };
    let (by_usefulness, in_author_order) = (follow(WalkOrder::ByUsefulness), follow(WalkOrder::InAuthorOrder));
    // Cards that the tree cannot distinguish from the hidden card are right as well.
    let ends = &by_usefulness.ends;
    let diagnoses = ends.iter().copied().filter(|end| *end != tree.escalation);
    let right: Vec<CardId> = if ends.contains(&card) { diagnoses.collect() } else { vec![card] };
    let cause_clues = CauseClues::new(tree, card);
    let clues_in = |check: &Check| cause_clues.found_in(check.shows.iter().map(String::as_str));
    let mut told_by: Vec<(QuestionId, Vec<usize>)> =
        checks.iter().map(|check| (check.question, clues_in(check))).collect();
    told_by.sort_by_key(|(question, _)| truth.path.answer(*question).is_none());
    let told_at_first = cause_clues.found_in(told.lines());
    let named = drill.map(|drill| drill.remedies.as_slice()).unwrap_or_default();
    let first = RemedyChoices::new(tree, card, (told_at_first, told_by), named, &mut random);
    let remedies = first.choices(tree);
    Incident {
        subject: Subject { tree: Arc::clone(tree), card, right, remedies, is_strict: false },
        truth,
        title: drill.map(|drill| drill.title.clone()),
        alarm: told,
        known,
        checks,
        by_usefulness,
        in_author_order,
        shortest_set: OnceLock::new(),
        order,
        look_alikes,
        first: Box::new(first),
    }
}
