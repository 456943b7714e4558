//! Names the roles on screens, and their looks in each theme.
//!
//! This file alone says which role has which color and weight. Colors are the sixteen named ones.

use ratatui::style::{Color, Style};

use super::kind::ThemeKind;
use crate::tree::model::Effect;
use crate::walk::Verdict;

/// The part that a piece of text plays on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A heading, or the text to read first.
    Title,
    /// Running text.
    Text,
    /// Labels, times, sources, and lines around the telling one.
    Secondary,
    /// A line that only separates.
    Rule,
    /// The mark of the selection or the prompt, and notices.
    Accent,
    /// The label of the selected entry.
    Selected,
    /// A key to press.
    Key,
    /// A command to run.
    Command,
    /// A value that was filled into a command.
    Filled,
    /// A placeholder of a command that has no value.
    Placeholder,
    /// Letters that matched.
    Match,
    /// A right answer, or a step that worked.
    Right,
    /// A wrong answer, or a failure.
    Wrong,
    /// The badge of a confirmed card.
    Confirmed,
    /// The badge of a likely card.
    Likely,
    /// The badge of a possible card.
    Possible,
    /// The badge of a card that is ruled out.
    RuledOut,
    /// The badge of a step that changes nothing.
    ReadOnly,
    /// The badge of a step that changes settings.
    ChangesSettings,
    /// The badge of a step that interrupts the service.
    InterruptsService,
    /// The badge of a status that failed.
    FailedStatus,
    /// The badge of a status that may be normal.
    DoubtfulStatus,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 22] = [
        Role::Title,
        Role::Text,
        Role::Secondary,
        Role::Rule,
        Role::Accent,
        Role::Selected,
        Role::Key,
        Role::Command,
        Role::Filled,
        Role::Placeholder,
        Role::Match,
        Role::Right,
        Role::Wrong,
        Role::Confirmed,
        Role::Likely,
        Role::Possible,
        Role::RuledOut,
        Role::ReadOnly,
        Role::ChangesSettings,
        Role::InterruptsService,
        Role::FailedStatus,
        Role::DoubtfulStatus,
    ];

    /// Returns the badge of a verdict.
    pub fn of_verdict(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Confirmed(_) => Role::Confirmed,
            Verdict::Likely => Role::Likely,
            Verdict::Possible => Role::Possible,
            Verdict::RuledOut(_) => Role::RuledOut,
        }
    }

    /// Returns the badge of what a step does to the service.
    pub fn of_effect(effect: Effect) -> Self {
        match effect {
            Effect::Observe => Role::ReadOnly,
            Effect::Change => Role::ChangesSettings,
            Effect::Disruptive => Role::InterruptsService,
        }
    }

    /// Returns whether the badge is a filled block.
    ///
    /// A block has a space on both sides.
    pub fn is_block(self) -> bool {
        matches!(self, Role::Confirmed | Role::InterruptsService | Role::FailedStatus | Role::DoubtfulStatus)
    }

    /// Returns the look of the role, with its color.
    pub(super) fn look(self, kind: ThemeKind) -> Style {
        match kind {
            ThemeKind::Default => self.default_look(),
            ThemeKind::HighContrast => self.high_contrast_look(),
        }
    }

    fn default_look(self) -> Style {
        let (plain, bold, dim) = (Style::new(), Style::new().bold(), Style::new().dim());
        match self {
            Role::Text => plain,
            Role::Title | Role::Key | Role::Selected => bold,
            Role::Secondary | Role::Rule | Role::Possible | Role::RuledOut => dim,
            Role::Accent => bold.fg(Color::Cyan),
            Role::Command => plain.fg(Color::Cyan),
            Role::Filled => bold.fg(Color::Cyan),
            Role::Placeholder => plain.fg(Color::Yellow).underlined(),
            Role::Match => bold.fg(Color::Magenta).underlined(),
            Role::Right => bold.fg(Color::Green),
            Role::Wrong => bold.fg(Color::Red),
            Role::Confirmed => bold.fg(Color::Green).reversed(),
            Role::Likely | Role::ChangesSettings => plain.fg(Color::Yellow),
            Role::ReadOnly => plain.fg(Color::Green),
            Role::InterruptsService | Role::FailedStatus => bold.fg(Color::Red).reversed(),
            Role::DoubtfulStatus => bold.fg(Color::Yellow).reversed(),
        }
    }

    /// Returns a look in which nothing is dim.
    ///
    /// Inverse or underlined text stands out instead.
    fn high_contrast_look(self) -> Style {
        let (plain, bold) = (Style::new(), Style::new().bold());
        match self {
            Role::Secondary | Role::Possible => plain.italic(),
            Role::RuledOut => plain.crossed_out(),
            Role::Rule => plain,
            Role::Selected => bold.reversed(),
            Role::Key => bold.underlined(),
            Role::Filled => bold.fg(Color::Cyan).reversed(),
            Role::Placeholder => bold.fg(Color::Yellow).underlined(),
            Role::Match => bold.fg(Color::Magenta).underlined().reversed(),
            Role::Likely | Role::ChangesSettings => bold.fg(Color::Yellow),
            Role::ReadOnly => bold.fg(Color::Green),
            other => other.default_look(),
        }
    }
}

/// Returns a look without its color.
pub(super) fn without_color(look: Style) -> Style {
    Style { fg: None, bg: None, ..look }
}
