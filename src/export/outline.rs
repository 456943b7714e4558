//! Arranges a card as a checklist: verdict, steps, and sections.
//!
//! Screens draw its parts; [`Outline::text`] is all of it from top to bottom.

use std::sync::Arc;

use super::block::Block;
use super::command::{self, CommandText};
use super::reference::name_of;
use super::section::{self, CardSection, SectionKind};
use super::values::{CommandValues, case_value};
use super::{evidence, verdict};
use crate::text::{self, CleanText};
use crate::tree::model::{Effect, Likelihood, Remedy, Takes};
use crate::tree::{CardId, Tree};
use crate::walk::{Ranked, StepOutcome, Verdict, Walk, remedies_for};

/// A card in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The diagnosis in a few words.
    pub title: String,
    /// The diagnosis in one or two sentences.
    pub about: String,
    /// The likelihood, and the log that shows the fault.
    pub badges: String,
    /// The affected people, and how badly; empty if unknown.
    pub impact: String,
    /// The verdict of the walk; empty without one.
    pub verdict: String,
    /// Whether a line or the answers confirm the card.
    pub is_confirmed: bool,
    /// Whether the card is the one for all that fits nothing.
    pub is_escalation: bool,
    /// The reasons against the card, and the contradictions.
    pub warnings: Vec<Block>,
    /// The findings of the evidence for the card.
    pub found: Vec<Block>,
    /// A sign for the card, in short; empty if unknown.
    pub confirms: String,
    /// A sign against the card, in short; empty if unknown.
    pub refutes: String,
    /// The steps with their fixed numbers.
    pub steps: Vec<StepOutline>,
    /// Everything else, by section.
    pub sections: Vec<CardSection>,
}

/// A step of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOutline {
    /// Its number, from 1.
    pub number: usize,
    /// The position of its remedy in the card.
    pub remedy: usize,
    /// The instruction.
    pub act: String,
    /// The effect on the system.
    pub effect: Effect,
    /// How long it takes.
    pub takes: Takes,
    /// The outcome; `None` while the step is open.
    pub outcome: Option<StepOutcome>,
    /// The number of earlier cases of this machine in which it helped.
    ///
    /// 0 wherever usage does not count: in pipes, notes and JSON.
    pub helped_here: usize,
    /// Each command with its output.
    pub commands: Vec<CommandOutline>,
    /// The way to see that it is done or worked.
    pub verify: String,
    /// The way to revert it.
    pub undo: Option<String>,
    /// The name of the place that helps with it.
    pub see: Option<String>,
    /// The empty placeholders whose value has to be accepted first.
    pub unaccepted: Vec<String>,
}

/// A command of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutline {
    /// The command, filled.
    pub command: CommandText,
    /// The way in a web console that shows or changes the same.
    pub console: Option<String>,
    /// Its output if this is the cause.
    pub shows: String,
}

/// A card as text from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardText {
    /// The diagnosis in a few words.
    pub title: String,
    /// The likelihood, and the log that shows the fault.
    pub badges: String,
    /// The verdict, with a full stop; empty without one.
    pub verdict: String,
    /// Everything else.
    pub blocks: Vec<Block>,
}

impl StepOutline {
    /// Returns the effect and duration: `read-only · takes seconds`.
    pub fn tags(&self) -> String {
        tags_of(self.effect, self.takes)
    }

    /// Returns the label of the check that the step is done.
    pub fn verify_label(&self) -> &'static str {
        if self.effect == Effect::Observe { "Done when" } else { "Worked if" }
    }

    /// Says how often the step helped on this machine; empty if never.
    pub fn helped_words(&self) -> String {
        match self.helped_here {
            0 => String::new(),
            1 => "helped here once".to_owned(),
            2 => "helped here twice".to_owned(),
            count => format!("helped here {count} times"),
        }
    }

    /// Says which known values are left out until they are accepted.
    pub fn not_accepted(&self) -> String {
        let names: Vec<_> = self.unaccepted.iter().map(|name| format!("{{{name}}}")).collect();
        let are = if names.len() == 1 { "is" } else { "are" };
        format!("{} {are} known from the traffic, and left out here until accepted.", names.join(", "))
    }

    /// Returns the label of what a command prints.
    ///
    /// A reading tells whether this is the cause; a change has a result.
    pub fn shows_label(&self) -> &'static str {
        if self.effect == Effect::Observe { "If this is the cause" } else { "Shows" }
    }

    /// Returns the step as blocks, its instruction first.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![
            Block::Step { number: self.number, text: self.act.clone(), outcome: self.outcome },
            Block::Tags { text: self.tags(), effect: self.effect },
        ];
        for written in &self.commands {
            blocks.push(Block::Command(written.command.clone()));
            blocks.extend(written.console.clone().map(|place| Block::Labeled("Console", place)));
            blocks.push(Block::Labeled("Shows", written.shows.clone()));
        }
        blocks.push(Block::Labeled(self.verify_label(), self.verify.clone()));
        blocks.extend(self.undo.clone().map(|undo| Block::Labeled("Undo", undo)));
        blocks.extend(self.see.as_ref().map(|see| Block::Labeled("See", format!("{see}."))));
        blocks
    }
}

impl Outline {
    /// Returns the first sentence of the description.
    pub fn summary(&self) -> &str {
        text::first_sentence(&self.about)
    }

    /// Returns a section.
    pub fn section(&self, kind: SectionKind) -> Option<&CardSection> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// Returns the addresses of the pages to read.
    pub fn urls(&self) -> Vec<&str> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter_map(|block| if let Block::Link(_, url) = block { Some(url.as_str()) } else { None }).collect()
    }

    /// Returns the step that ended the trouble.
    pub fn solution(&self) -> Option<&StepOutline> {
        self.steps.iter().find(|step| step.outcome == Some(StepOutcome::Helped))
    }

    /// Returns the heading above a step, if it has one.
    fn heading(&self, at: usize) -> Option<&'static str> {
        let is_begun = self.steps.iter().any(|step| step.outcome.is_some());
        let is_read_only = self.steps.first().is_some_and(|first| first.effect == Effect::Observe);
        match at {
            0 if self.is_escalation => Some("Gather this"),
            0 if is_begun => Some("Steps"),
            0 => Some("Do this first"),
            1 if self.is_escalation => Some("And this"),
            1 if is_begun => None,
            1 if is_read_only => Some("Next"),
            1 => Some("If that did not help"),
            _ => None,
        }
    }

    /// Returns the blocks of a step, below its heading.
    pub fn step_with_heading(&self, at: usize) -> Vec<Block> {
        let heading = self.heading(at).map(|heading| Block::Heading(heading.to_owned()));
        let blocks = self.steps.get(at).map(StepOutline::blocks).unwrap_or_default();
        heading.into_iter().chain(blocks).collect()
    }

    /// Returns all of the card from top to bottom.
    ///
    /// The look-alikes come before the steps unless the card is confirmed.
    pub fn text(&self) -> CardText {
        let mut blocks = self.what_to_do();
        blocks.extend(self.what_to_know());
        CardText {
            title: self.title.clone(),
            badges: self.badges.clone(),
            verdict: if self.verdict.is_empty() { String::new() } else { format!("{}.", self.verdict) },
            blocks,
        }
    }

    /// Returns the description and the steps.
    pub fn what_to_do(&self) -> Vec<Block> {
        let mut blocks = self.warnings.clone();
        blocks.push(Block::Text(self.about.clone()));
        if !self.impact.is_empty() {
            blocks.push(Block::Found("Impact".to_owned(), self.impact.clone()));
        }
        blocks.extend(self.found.clone());
        let early = self.section(SectionKind::NotThisIf).filter(|_| !self.is_confirmed);
        blocks.extend(early.into_iter().flat_map(CardSection::with_heading));
        blocks.extend((0..self.steps.len()).flat_map(|at| self.step_with_heading(at)));
        blocks
    }

    /// Returns everything else, section by section.
    pub fn what_to_know(&self) -> Vec<Block> {
        let is_late = |section: &&CardSection| section.kind != SectionKind::NotThisIf || self.is_confirmed;
        self.sections.iter().filter(is_late).flat_map(CardSection::with_heading).collect()
    }
}

/// Returns the value of a placeholder for a command with an effect.
pub type ValueOf<'v> = dyn Fn(&str, Effect) -> Option<String> + 'v;

/// Returns the outline of a card with its steps in `order`.
///
/// Links that lead to one of `trees` have the title that they lead to.
pub fn outline(trees: &[Arc<Tree>], tree: &Tree, id: CardId, order: &[Ranked], value_of: &ValueOf<'_>) -> Outline {
    let card = tree.card(id);
    let step = |(at, ranked): (usize, &Ranked)| {
        let remedy = card.remedies.get(ranked.remedy)?;
        let see = remedy.link.map(|link| name_of(trees, tree, link));
        Some(step_outline(at + 1, remedy, ranked, see, &|name| value_of(name, remedy.effect)))
    };
    let is_escalation = id == tree.escalation;
    Outline {
        title: card.title.to_string(),
        about: card.about.to_string(),
        badges: if is_escalation { String::new() } else { badges(card.likelihood, &card.log) },
        impact: card.impact.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_escalation,
        confirms: card.symptoms.first().map(ToString::to_string).unwrap_or_default(),
        refutes: refutes(trees, tree, id, |_| false),
        steps: order.iter().enumerate().filter_map(step).collect(),
        sections: section::sections(trees, tree, id, &[]),
        ..Outline::default()
    }
}

/// Returns the outline of a card, as a walk has it.
///
/// If the walk is of the card's tree, the outline has its evidence about the card, the outcomes of the steps, and its
/// values in the commands.
pub fn in_walk(trees: &[Arc<Tree>], walk: Option<&Walk>, tree: &Tree, id: CardId) -> Outline {
    let order = remedies_for(walk, tree, id);
    let Some(walk) = walk.filter(|walk| walk.tree().id == tree.id) else {
        return outline(trees, tree, id, &order, &|_, _| None);
    };
    let values = evidence::values(walk, id);
    let command_values = CommandValues::of_card(Some(walk), tree, id);
    let value_of = |name: &str, effect: Effect| command_values.get(name, effect);
    let mut outline = outline(trees, tree, id, &order, &value_of);
    for step in &mut outline.steps {
        step.unaccepted = unaccepted(walk, step);
    }
    let given = walk.verdicts().of_card(id);
    outline.is_confirmed = matches!(given, Some(Verdict::Confirmed(_)));
    outline.verdict = verdict::verdict(walk, id);
    outline.found = evidence::blocks(walk, id, &values);
    if let Some(Verdict::RuledOut(by)) = &given {
        outline.warnings.push(Block::Text(format!("Ruled out {}.", verdict::ruled_out(walk, by))));
    }
    for found in walk.contradictions() {
        outline.warnings.push(Block::Found("Contradiction".to_owned(), verdict::contradiction(walk, found)));
    }
    if let Some(sign) = walk.discriminator(id) {
        outline.confirms = tree.option(sign.question, sign.option).label.to_string();
    }
    let is_candidate = |card: CardId| walk.position().candidates.iter().any(|candidate| candidate.card == card);
    outline.refutes = refutes(trees, tree, id, is_candidate);
    outline.sections = section::sections(trees, tree, id, &outline.found);
    outline
}

/// Returns the empty placeholders whose value has to be accepted first.
fn unaccepted(walk: &Walk, step: &StepOutline) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in step.commands.iter().flat_map(|written| written.command.empty_placeholders()) {
        if case_value(walk, name).must_be_accepted() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Returns the sign of the look-alike that is most worth a thought.
///
/// A look-alike that is still possible comes first.
fn refutes(trees: &[Arc<Tree>], tree: &Tree, id: CardId, is_candidate: impl Fn(CardId) -> bool) -> String {
    let look_alikes = &tree.card(id).not_this_if;
    let likely = look_alikes.iter().find(|look_alike| look_alike.card.is_some_and(&is_candidate));
    let Some(look_alike) = likely.or(look_alikes.first()) else { return String::new() };
    match look_alike.card {
        Some(other) => format!("{} See: {}.", look_alike.sign, name_of(trees, tree, other)),
        None => look_alike.sign.to_string(),
    }
}

fn badges(likelihood: Likelihood, log: &[CleanText]) -> String {
    if log.is_empty() {
        return likelihood.word().to_owned();
    }
    format!("{} · {} log", likelihood.word(), log.join(" and "))
}

fn step_outline(
    number: usize,
    remedy: &Remedy,
    ranked: &Ranked,
    see: Option<String>,
    value_of: &dyn Fn(&str) -> Option<String>,
) -> StepOutline {
    let commands = remedy.commands.iter().map(|written| CommandOutline {
        command: command::filled(&written.run, value_of),
        console: written.console.as_ref().map(ToString::to_string),
        shows: written.shows.to_string(),
    });
    StepOutline {
        number,
        remedy: ranked.remedy,
        act: remedy.act.to_string(),
        effect: remedy.effect,
        takes: remedy.takes,
        outcome: ranked.outcome,
        helped_here: 0,
        commands: commands.collect(),
        verify: remedy.verify.to_string(),
        undo: remedy.undo.as_ref().map(ToString::to_string),
        see,
        unaccepted: Vec::new(),
    }
}

/// Returns the effect and duration of a remedy: `read-only · takes seconds`.
pub(super) fn tags(remedy: &Remedy) -> String {
    tags_of(remedy.effect, remedy.takes)
}

fn tags_of(effect: Effect, duration: Takes) -> String {
    format!("{} · {}", effect_word(effect), takes(duration))
}

/// Returns the risk of a step in words.
pub fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Observe => "read-only",
        Effect::Change => "changes settings",
        Effect::Disruptive => "interrupts service",
    }
}

/// Returns a duration in words.
pub fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Seconds => "takes seconds",
        Takes::Minutes => "takes minutes",
        Takes::ChangeWindow => "needs a change window",
    }
}
