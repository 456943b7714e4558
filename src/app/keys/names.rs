//! Names actions, contexts and keys, as the settings write them.

use super::action::Action;
use super::context::KeyContext;
use super::key::Key;
use crate::export::SectionKind;

/// The actions whose keys can be changed, by name.
///
/// The keys for digits and for the end at once are fixed.
pub const ACTIONS: &[(&str, Action)] = &[
    ("up", Action::Up),
    ("down", Action::Down),
    ("page-up", Action::PageUp),
    ("page-down", Action::PageDown),
    ("top", Action::Top),
    ("bottom", Action::Bottom),
    ("choose", Action::Choose),
    ("unknown", Action::Unknown),
    ("none-of-these", Action::NoneOfThese),
    ("back", Action::Back),
    ("close", Action::Escape),
    ("most-useful", Action::MostUseful),
    ("candidates", Action::Candidates),
    ("done", Action::Done),
    ("worked", Action::Worked),
    ("did-not-help", Action::DidNotHelp),
    ("skip", Action::Skip),
    ("escalate", Action::Escalate),
    ("redact", Action::Redact),
    ("report", Action::Report),
    ("next-section", Action::Next),
    ("previous-section", Action::Previous),
    ("is-it-this", Action::Section(SectionKind::IsItThis)),
    ("why", Action::Section(SectionKind::Why)),
    ("error-text", Action::Section(SectionKind::ErrorText)),
    ("not-this-if", Action::Section(SectionKind::NotThisIf)),
    ("card-values", Action::Section(SectionKind::Values)),
    ("links", Action::Section(SectionKind::Links)),
    ("open", Action::Follow),
    ("copy-card", Action::Copy),
    ("copy-command", Action::CopyCommand),
    ("remove", Action::TakeBack),
    ("hint", Action::Hint),
    ("give-up", Action::GiveUp),
    ("type-card", Action::TypeCard),
    ("progress", Action::Progress),
    ("timer", Action::Timer),
    ("search", Action::Search),
    ("evidence", Action::Evidence),
    ("trail", Action::Trail),
    ("values", Action::Values),
    ("accept", Action::Accept),
    ("remark", Action::Remark),
    ("home", Action::GoHome),
    ("new-case", Action::NewCase),
    ("help", Action::Help),
    ("erase", Action::Erase),
    ("delete", Action::Delete),
    ("erase-word", Action::EraseWord),
    ("clear", Action::Clear),
    ("left", Action::Left),
    ("right", Action::Right),
    ("line-start", Action::LineStart),
    ("line-end", Action::LineEnd),
    ("suspend", Action::Suspend),
    ("quit", Action::Quit),
];

/// The contexts, by name.
pub const CONTEXTS: &[(&str, KeyContext)] = &[
    ("home", KeyContext::Home),
    ("question", KeyContext::Question),
    ("card", KeyContext::Card),
    ("reading", KeyContext::Reading),
    ("shortlist", KeyContext::Shortlist),
    ("conflict", KeyContext::Conflict),
    ("same-incident", KeyContext::SameIncident),
    ("references", KeyContext::References),
    ("note", KeyContext::Note),
    ("evidence", KeyContext::Evidence),
    ("trail", KeyContext::Trail),
    ("values", KeyContext::Values),
    ("value-entry", KeyContext::ValueEntry),
    ("remark-entry", KeyContext::RemarkEntry),
    ("search", KeyContext::Search),
    ("systems", KeyContext::Systems),
    ("drill-line", KeyContext::DrillLine),
    ("drill", KeyContext::Drill),
    ("incident", KeyContext::Incident),
    ("picking", KeyContext::Picking),
    ("remedy", KeyContext::Remedy),
    ("debrief", KeyContext::Debrief),
    ("naming", KeyContext::Naming),
    ("learned", KeyContext::Learned),
    ("help", KeyContext::Help),
];

/// The keys without a character: name, key, and how it is shown.
const NAMED_KEYS: &[(&str, Key, (&str, &str))] = &[
    ("enter", Key::Enter, ("⏎", "Enter")),
    ("esc", Key::Esc, ("Esc", "Esc")),
    ("backspace", Key::Backspace, ("⌫", "Bksp")),
    ("delete", Key::Delete, ("Del", "Del")),
    ("tab", Key::Tab, ("⇥", "Tab")),
    ("shift-tab", Key::BackTab, ("⇤", "Shift-Tab")),
    ("up", Key::Up, ("↑", "Up")),
    ("down", Key::Down, ("↓", "Down")),
    ("left", Key::Left, ("←", "Left")),
    ("right", Key::Right, ("→", "Right")),
    ("home", Key::Home, ("Home", "Home")),
    ("end", Key::End, ("End", "End")),
    ("page-up", Key::PageUp, ("PgUp", "PgUp")),
    ("page-down", Key::PageDown, ("PgDn", "PgDn")),
    ("space", Key::Char(' '), ("Space", "Space")),
];

/// Returns the name of an action; `None` if its keys are fixed.
pub fn name_of_action(action: Action) -> Option<&'static str> {
    ACTIONS.iter().find(|(_, known)| *known == action).map(|(name, _)| *name)
}

/// Returns the name of a context.
pub fn name_of_context(context: KeyContext) -> &'static str {
    CONTEXTS.iter().find(|(_, known)| *known == context).map_or("", |(name, _)| name)
}

impl Key {
    /// Reads a key: a character, `ctrl-x`, or a name such as `page-up`.
    pub fn from_name(written: &str) -> Option<Self> {
        let mut characters = written.chars();
        if let (Some(character), None) = (characters.next(), characters.next()) {
            return (!character.is_control()).then_some(Key::Char(character));
        }
        let lower = written.to_ascii_lowercase();
        if let Some(letter) = lower.strip_prefix("ctrl-") {
            let mut letters = letter.chars().filter(char::is_ascii_lowercase);
            // The terminal sends the same for these as for Tab, Enter and Backspace.
            let letter = letters.next().filter(|letter| !matches!(letter, 'i' | 'm' | 'j' | 'h'))?;
            return (lower.len() == "ctrl-x".len()).then_some(Key::Ctrl(letter));
        }
        NAMED_KEYS.iter().find(|(name, ..)| *name == lower).map(|(_, key, _)| *key)
    }

    /// Returns how people read the key, in symbols or in ASCII.
    pub fn shown(self, is_ascii: bool) -> String {
        let named = NAMED_KEYS.iter().find(|(_, key, _)| *key == self);
        match (named, self) {
            (Some((.., (symbol, ascii))), _) => (if is_ascii { *ascii } else { *symbol }).to_owned(),
            (None, Key::Char(character)) => character.to_string(),
            (None, Key::Ctrl(letter)) => format!("^{}", letter.to_ascii_uppercase()),
            (None, _) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keys::TABLE;

    #[test]
    fn every_action_of_the_table_has_a_name_or_is_fixed() {
        for row in TABLE {
            let is_fixed =
                matches!(row.action, Action::Digit(_) | Action::Interrupt | Action::ScrollUp | Action::ScrollDown);
            assert_eq!(name_of_action(row.action).is_none(), is_fixed, "{:?}", row.action);
        }
        assert!(KeyContext::ALL.iter().all(|(context, _)| !name_of_context(*context).is_empty()));
    }

    #[test]
    fn a_key_is_a_character_a_control_key_or_a_name() {
        for (written, key) in [
            ("T", Some(Key::Char('T'))),
            ("é", Some(Key::Char('é'))),
            ("ctrl-x", Some(Key::Ctrl('x'))),
            ("Ctrl-X", Some(Key::Ctrl('x'))),
            ("page-up", Some(Key::PageUp)),
            ("space", Some(Key::Char(' '))),
            ("ctrl-m", None),
            ("ctrl-xx", None),
            ("f13", None),
            ("", None),
            ("\u{1b}", None),
        ] {
            assert_eq!(Key::from_name(written), key, "{written:?}");
        }
        assert_eq!((Key::Ctrl('x').shown(false).as_str(), Key::PageUp.shown(true).as_str()), ("^X", "PgUp"));
    }
}
