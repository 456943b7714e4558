//! Holds the keys of every context, which settings may change.

use super::action::Action;
use super::context::KeyContext;
use super::key::Key;
use super::table::{self, KeyRow, LETTERS};

/// The keys of every context.
#[derive(Clone, Debug, Default)]
pub struct KeyMap {
    /// The rows of each context; `None` for those of the table.
    rows: Option<Vec<(KeyContext, KeyRow)>>,
}

/// New keys for an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The context; `None` for all that have the action.
    pub context: Option<KeyContext>,
    /// The meaning that gets the keys.
    pub action: Action,
    /// At least one.
    pub keys: Vec<Key>,
}

/// A key that would mean two things in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCollision {
    /// The key with two meanings.
    pub key: Key,
    /// The place where it has both.
    pub context: KeyContext,
    /// The other meaning.
    pub action: Action,
}

impl KeyMap {
    /// Returns the rows of a context, in the order of the table.
    pub fn rows(&self, context: KeyContext) -> Vec<KeyRow> {
        match &self.rows {
            None => table::rows(context).copied().collect(),
            Some(rows) => rows.iter().filter(|(of, _)| *of == context).map(|(_, row)| *row).collect(),
        }
    }

    /// Names the key of an action in a context, as sentences do.
    ///
    /// Empty if it has none.
    pub fn name(&self, context: KeyContext, action: Action) -> &'static str {
        let row = self.rows(context).into_iter().find(|row| row.action == action);
        row.map(|row| row.shown.1).unwrap_or_default()
    }

    /// Returns what a key means in a context.
    pub fn action(&self, context: KeyContext, key: Key) -> Option<Action> {
        let row = self.rows(context).into_iter().find(|row| row.keys.contains(&key));
        match (row.map(|row| row.action), key) {
            (Some(Action::Digit(_)), Key::Char(digit)) => {
                let letter = LETTERS.iter().position(|letter| *letter == key).map(|at| at + 1);
                letter.or(digit.to_digit(10).map(|number| number as usize)).map(Action::Digit)
            }
            (Some(action), _) => Some(action),
            // Letters and digits without a meaning start a search from Home, as they would in a launcher.
            (None, Key::Char(character)) if context.is_typing() || context == KeyContext::Home => {
                Some(Action::Type(character))
            }
            (None, _) => None,
        }
    }

    /// Says what is near a key that means nothing.
    pub fn unbound(&self, context: KeyContext, letter: char) -> String {
        let help = self.name(context, Action::Help);
        match self.name(context, Action::Search) {
            "" => format!("{letter} does nothing here. {help} lists the keys."),
            search => format!("{letter} does nothing here. {search} searches, {help} lists the keys."),
        }
    }

    /// Returns the contexts in which an action has a key.
    pub fn contexts_of(action: Action) -> impl Iterator<Item = KeyContext> {
        let contexts = KeyContext::ALL.iter().map(|(context, _)| *context);
        contexts.filter(move |context| table::rows(*context).any(|row| row.action == action))
    }

    /// Gives actions other keys. Nothing else changes.
    ///
    /// The rows live as long as the program, which reads its settings once, so their texts are never freed.
    pub fn rebound(rebindings: &[Rebinding]) -> Self {
        if rebindings.is_empty() {
            return Self::default();
        }
        let mut rows: Vec<(KeyContext, KeyRow)> = Vec::new();
        for (context, _) in KeyContext::ALL {
            for row in table::rows(*context) {
                let is_for = |it: &&Rebinding| it.action == row.action && it.context == Some(*context);
                let is_for_all = |it: &&Rebinding| it.action == row.action && it.context.is_none();
                let own = rebindings.iter().find(is_for).or_else(|| rebindings.iter().find(is_for_all));
                let Some(own) = own else {
                    rows.push((*context, *row));
                    continue;
                };
                // The first of several rows of one action has the new keys.
                if !rows.iter().any(|(of, known)| of == context && known.action == row.action) {
                    rows.push((*context, with_keys(*row, &own.keys)));
                }
            }
        }
        Self { rows: Some(rows) }
    }

    /// Returns the keys that mean two things in a context.
    ///
    /// `action` is one of the two; the collision names the other one.
    pub fn collisions(&self, action: Action) -> Vec<KeyCollision> {
        let mut found = Vec::new();
        for (context, _) in KeyContext::ALL {
            let rows = self.rows(*context);
            let own = rows.iter().filter(|row| row.action == action).flat_map(|row| row.keys);
            for key in own {
                let other = rows.iter().find(|row| row.action != action && row.keys.contains(key));
                if let Some(other) = other {
                    found.push(KeyCollision { key: *key, context: *context, action: other.action });
                }
            }
        }
        found
    }
}

/// Returns a row with other keys.
fn with_keys(row: KeyRow, keys: &[Key]) -> KeyRow {
    let shown = |is_ascii: bool| keys.iter().map(|key| key.shown(is_ascii)).collect::<Vec<_>>().join(" ");
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let keys: &'static [Key] = Box::leak(keys.to_vec().into_boxed_slice());
    row.with_keys(keys, (leak(shown(false)), leak(shown(true))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use KeyContext::{Card, Question};

    fn rebound(context: Option<KeyContext>, action: Action, key: Key) -> KeyMap {
        KeyMap::rebound(&[Rebinding { context, action, keys: vec![key] }])
    }

    #[test]
    fn the_default_is_the_table() {
        let keys = KeyMap::default();
        for (context, name) in KeyContext::ALL {
            for row in table::rows(*context) {
                for key in row.keys {
                    assert!(keys.action(*context, *key).is_some(), "{name} {key:?}");
                }
            }
        }
    }

    #[test]
    fn the_letters_of_lines_are_no_commands_where_lines_are_shown() {
        for context in [KeyContext::Drill, KeyContext::Remedy] {
            for letter in 'a'..='f' {
                assert_eq!(KeyMap::default().action(context, Key::Char(letter)), None, "{letter} in {context:?}");
            }
        }
    }

    #[test]
    fn a_key_changes_everywhere_or_in_one_context() {
        let keys = rebound(None, Action::Trail, Key::Char('Z'));
        for context in [Question, Card] {
            assert_eq!(keys.action(context, Key::Char('Z')), Some(Action::Trail));
            assert_eq!(keys.action(context, Key::Char('t')), None);
        }
        let keys = rebound(Some(Question), Action::Trail, Key::Char('Z'));
        assert_eq!(keys.action(Question, Key::Char('Z')), Some(Action::Trail));
        assert_eq!(keys.action(Card, Key::Char('t')), Some(Action::Trail));
        let shown: Vec<_> =
            keys.rows(Question).iter().filter(|row| row.action == Action::Trail).map(|row| row.shown.1).collect();
        assert_eq!(shown, ["Z"]);
    }

    #[test]
    fn a_collision_names_the_other_meaning() {
        let keys = rebound(Some(Question), Action::Trail, Key::Char('u'));
        let collision = KeyCollision { key: Key::Char('u'), context: Question, action: Action::Unknown };
        assert_eq!(keys.collisions(Action::Trail), [collision]);
        assert_eq!(KeyMap::default().collisions(Action::Trail), []);
    }
}
