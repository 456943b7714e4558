//! The one table of keys.
//!
//! Handling, footer, both helps and README all read it.

mod action;
mod commands;
mod context;
mod key;
mod map;
mod names;
mod table;

pub use action::Action;
pub use commands::{DRILL, EXAM, WALK, command, commands_help};
pub use context::KeyContext;
pub use key::Key;
pub use map::{KeyCollision, KeyMap, Rebinding};
pub use names::{ACTIONS, CONTEXTS, name_of_action, name_of_context};
pub use table::{BARE, KeyRow, TABLE, rows};

/// Returns what a key of the table means in a context.
pub fn action(context: KeyContext, key: Key) -> Option<Action> {
    KeyMap::default().action(context, key)
}

/// Writes the table as Markdown, for the README.
pub fn markdown() -> String {
    let mut text = String::from("| keys | what they do | where |\n|---|---|---|\n");
    for row in TABLE {
        let names = KeyContext::ALL.iter().filter(|(context, _)| row.holds_in(*context)).map(|(_, name)| *name);
        let missing: Vec<_> =
            KeyContext::ALL.iter().filter(|(context, _)| !row.holds_in(*context)).map(|(_, name)| *name).collect();
        let place = match missing.as_slice() {
            [] => "everywhere".to_owned(),
            [_] | [_, _] | [_, _, _] => format!("everywhere but: {}", missing.join(", ")),
            _ => names.collect::<Vec<_>>().join(", "),
        };
        text.push_str(&format!("| `{}` | {} | {place} |\n", row.shown.0, row.about));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use KeyContext::{DrillLine, Home, Question, Search};

    #[test]
    fn a_key_has_one_meaning_in_a_context() {
        for (context, name) in KeyContext::ALL {
            let mut seen = HashSet::new();
            for key in rows(*context).flat_map(|row| row.keys) {
                assert!(seen.insert(*key), "{key:?} stands twice for {name}");
            }
        }
    }

    /// Returns an action that stands for all with its meaning.
    ///
    /// To leave a screen and to take back an answer are both "back".
    fn meaning(action: Action) -> Action {
        if action == Action::Escape { Action::Back } else { action }
    }

    #[test]
    fn a_letter_has_one_meaning_on_all_screens() {
        let mut meanings = HashMap::new();
        // The letters of lines are names, as digits are; no command has one of them there.
        let is_name = |row: &&KeyRow| row.action == Action::Digit(0);
        let names: Vec<Key> = ('a'..='f').map(Key::Char).collect();
        assert!(rows(DrillLine).filter(|row| !is_name(row)).all(|row| !row.keys.iter().any(|key| names.contains(key))));
        assert_eq!(action(DrillLine, Key::Char('c')), Some(Action::Digit(3)));
        for row in TABLE.iter().filter(|row| !is_name(row)) {
            for key in row.keys.iter().filter(|key| matches!(key, Key::Char(letter) if letter.is_alphabetic())) {
                let first = *meanings.entry(*key).or_insert(meaning(row.action));
                assert_eq!(first, meaning(row.action), "{key:?} has two meanings");
            }
        }
        assert!(meanings.len() > 15, "{meanings:?}");
    }

    #[test]
    fn every_context_has_a_way_out_and_every_command_context_has_help() {
        for (context, name) in KeyContext::ALL {
            assert_eq!(action(*context, Key::Esc), Some(Action::Escape), "{name}");
            assert_eq!(action(*context, Key::Ctrl('c')), Some(Action::Interrupt), "{name}");
            if !context.is_typing() {
                assert_eq!(action(*context, Key::Char('?')), Some(Action::Help), "{name}");
                let quit = if *context == Home { Action::Type('q') } else { Action::Quit };
                assert_eq!(action(*context, Key::Char('q')), Some(quit), "{name}");
            }
        }
    }

    #[test]
    fn letters_are_text_in_the_search_and_start_one_from_home() {
        assert_eq!(action(Search, Key::Char('q')), Some(Action::Type('q')));
        assert_eq!(action(Home, Key::Char('1')), Some(Action::Type('1')), "a status or an address");
        assert_eq!(action(Home, Key::Char('e')), Some(Action::Type('e')));
        assert_eq!(action(Question, Key::Char('z')), None);
    }
}
