//! Remembers the focus on a card, and the unfolded section.

use crate::export::command::CommandText;
use crate::export::{Block, Outline, SectionKind};

/// The place of the focus on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardFocus {
    /// A command of the step at hand.
    Command(usize),
    /// An unfolded section, and a command in it.
    Section(SectionKind, usize),
}

/// The focus and the scroll position of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardView {
    /// The place of the focus.
    pub focus: CardFocus,
    /// The first line that is shown; `None` shows the focus.
    pub scroll: Option<usize>,
}

impl Default for CardView {
    fn default() -> Self {
        Self { focus: CardFocus::Command(0), scroll: None }
    }
}

impl CardView {
    /// Returns the section that is unfolded.
    pub fn section(self) -> Option<SectionKind> {
        match self.focus {
            CardFocus::Section(kind, _) => Some(kind),
            CardFocus::Command(_) => None,
        }
    }

    /// Returns whether a section is unfolded.
    pub fn is_unfolded(self) -> bool {
        self.section().is_some()
    }

    /// Folds the section; returns whether one was unfolded.
    pub fn fold(&mut self) -> bool {
        let was_unfolded = self.is_unfolded();
        if was_unfolded {
            *self = Self::default();
        }
        was_unfolded
    }

    /// Unfolds a section, or folds it again.
    pub fn toggle(&mut self, kind: SectionKind) {
        let is_shown = self.section() == Some(kind);
        *self = Self::default();
        if !is_shown {
            self.focus = CardFocus::Section(kind, 0);
        }
    }

    /// Moves the focus through the commands of the step, then the sections.
    pub fn focus_next(&mut self, outline: &Outline, at: usize, by: isize) {
        let ring = ring(outline, at);
        let here = ring.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        let length = isize::try_from(ring.len()).unwrap_or(1).max(1);
        let next = (isize::try_from(here).unwrap_or(0) + by).rem_euclid(length);
        if let Some(focus) = usize::try_from(next).ok().and_then(|next| ring.get(next)) {
            *self = Self { focus: *focus, scroll: None };
        }
    }

    /// Returns the command in focus.
    pub fn command(self, outline: &Outline, at: usize) -> Option<CommandText> {
        match self.focus {
            CardFocus::Command(command) => {
                let commands = outline.steps.get(at).map(|step| &step.commands)?;
                commands.get(command).or(commands.first()).map(|written| written.command.clone())
            }
            CardFocus::Section(kind, command) => commands_in(outline, kind).nth(command).cloned(),
        }
    }

    /// Moves the focus up or down through the commands of the steps.
    ///
    /// Returns the place of the step that it comes to, which is another one at the edges of the step at `at`. `None` if
    /// there is no step beyond.
    pub fn step_through(&mut self, outline: &Outline, at: usize, is_down: bool) -> Option<usize> {
        let commands = |at: usize| outline.steps.get(at).map_or(0, |step| step.commands.len());
        let here = match self.focus {
            CardFocus::Command(command) => command.min(commands(at).saturating_sub(1)),
            CardFocus::Section(..) => 0,
        };
        let (step, command) = match is_down {
            true if here + 1 < commands(at) => (at, here + 1),
            true => (at + 1, 0),
            false if here > 0 => (at, here - 1),
            false => {
                let before = at.checked_sub(1)?;
                (before, commands(before).saturating_sub(1))
            }
        };
        outline.steps.get(step)?;
        *self = Self { focus: CardFocus::Command(command), scroll: None };
        Some(step)
    }
}

/// Returns everything that can be in focus, in order.
fn ring(outline: &Outline, at: usize) -> Vec<CardFocus> {
    let commands = outline.steps.get(at).map_or(0, |step| step.commands.len());
    let mut ring: Vec<CardFocus> = (0..commands.max(1)).map(CardFocus::Command).collect();
    for section in &outline.sections {
        let commands = commands_in(outline, section.kind).count();
        ring.extend((0..commands.max(1)).map(|command| CardFocus::Section(section.kind, command)));
    }
    ring
}

/// Returns the commands in a section.
fn commands_in(outline: &Outline, kind: SectionKind) -> impl Iterator<Item = &CommandText> {
    let blocks = outline.section(kind).into_iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| match block {
        Block::Command(command) => Some(command),
        _ => None,
    })
}
