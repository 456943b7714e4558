//! Reads the text of `config.toml`, and notes all problems with their places.

use std::ops::Range;

use toml_edit::{Document, Item, Key as TomlKey, TableLike};

use super::chosen::Settings;
use crate::app::keys::{ACTIONS, CONTEXTS, Key, KeyContext, KeyMap, Rebinding, name_of_action, name_of_context};
use crate::app::theme::ThemeKind;
use crate::text::{self, CleanText};

/// The names of the settings.
const NAMES: [&str; 7] = ["theme", "ascii", "history", "redact", "mouse-wheel", "pop-up", "keys"];

/// Something wrong in the file of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The fault, in words.
    pub message: CleanText,
    /// The way to correct it.
    pub help: CleanText,
}

/// Reads the settings.
///
/// # Errors
///
/// All problems, in the order of the file. Of bad syntax, only the first is known.
pub fn read_settings(text: &str) -> Result<Settings, Vec<SettingProblem>> {
    let mut reader = Reader { text, problems: Vec::new(), settings: Settings::default() };
    match Document::parse(text) {
        Ok(document) => reader.table(document.as_table()),
        Err(error) => {
            let help = "write it as TOML, for example: theme = \"high-contrast\"";
            reader.note(error.span(), error.message(), help);
        }
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    if reader.problems.is_empty() { Ok(reader.settings) } else { Err(reader.problems) }
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<SettingProblem>,
    settings: Settings,
}

impl Reader<'_> {
    fn note(&mut self, at: Option<Range<usize>>, message: impl AsRef<str>, help: impl AsRef<str>) {
        let start = at.map_or(0, |range| range.start);
        let before = self.text.get(..start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let (line, column) =
            (1 + before.matches('\n').count(), 1 + before.get(line_start..).unwrap_or_default().chars().count());
        let (message, help) = (CleanText::line(message.as_ref()), CleanText::line(help.as_ref()));
        self.problems.push(SettingProblem { line, column, message, help });
    }

    fn table(&mut self, table: &dyn TableLike) {
        for (name, item) in table.iter() {
            let at = place(table, name, item);
            match name {
                "theme" => {
                    let known = ThemeKind::ALL.iter().find(|(known, _)| Some(*known) == item.as_str());
                    match known {
                        Some((_, kind)) => self.settings.theme = *kind,
                        None => {
                            let names: Vec<_> = ThemeKind::ALL.iter().map(|(name, _)| format!("\"{name}\"")).collect();
                            self.note(
                                item.span().or(at),
                                "there is no such theme",
                                format!("write {}", names.join(" or ")),
                            );
                        }
                    }
                }
                "ascii" => self.settings.is_ascii = self.flag(name, item, at).unwrap_or_default(),
                "history" => self.settings.has_history = self.flag(name, item, at).unwrap_or(true),
                "redact" => self.settings.redacts = self.flag(name, item, at).unwrap_or(true),
                "mouse-wheel" => self.settings.has_wheel = self.flag(name, item, at).unwrap_or_default(),
                "pop-up" => self.settings.has_pop_up = self.flag(name, item, at).unwrap_or(true),
                "keys" => match item.as_table_like() {
                    Some(keys) => self.keys(keys),
                    None => self.note(
                        item.span().or(at),
                        "keys is not a table",
                        "write [keys], and below it: trail = \"T\"",
                    ),
                },
                _ => self.unknown("setting", name, at, &NAMES),
            }
        }
    }

    fn unknown(&mut self, what: &str, name: &str, at: Option<Range<usize>>, known: &[&str]) {
        let help = match text::did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("use one of {}", known.join(", ")),
        };
        self.note(at, format!("there is no {what} {name:?}"), help);
    }

    fn flag(&mut self, name: &str, item: &Item, at: Option<Range<usize>>) -> Option<bool> {
        if item.as_bool().is_none() {
            self.note(item.span().or(at), format!("{name} is neither true nor false"), format!("write {name} = true"));
        }
        item.as_bool()
    }

    /// Reads the table of keys: actions, and tables of actions by context.
    fn keys(&mut self, keys: &dyn TableLike) {
        let mut rebindings: Vec<(Rebinding, Option<Range<usize>>)> = Vec::new();
        for (name, item) in keys.iter() {
            let at = place(keys, name, item);
            let Some(of_context) = item.as_table_like() else {
                rebindings.extend(self.rebinding(None, name, item, at));
                continue;
            };
            let Some((_, context)) = CONTEXTS.iter().find(|(known, _)| *known == name) else {
                let known: Vec<&str> = CONTEXTS.iter().map(|(name, _)| *name).collect();
                self.unknown("screen", name, at, &known);
                continue;
            };
            for (name, item) in of_context.iter() {
                let at = place(of_context, name, item);
                rebindings.extend(self.rebinding(Some(*context), name, item, at));
            }
        }
        let all: Vec<Rebinding> = rebindings.iter().map(|(rebinding, _)| rebinding.clone()).collect();
        let map = KeyMap::rebound(&all);
        for (rebinding, at) in &rebindings {
            let Rebinding { context, action, keys } = rebinding;
            let is_own = |of: KeyContext| context.is_none_or(|context| context == of);
            let collision =
                map.collisions(*action).into_iter().find(|found| is_own(found.context) && keys.contains(&found.key));
            if let Some(found) = collision {
                let key = found.key.shown(true);
                let place = name_of_context(found.context);
                let message = match name_of_action(found.action) {
                    Some(other) => format!("{key} already means {other} on the screen {place}"),
                    None => format!("{key} has a fixed meaning on the screen {place}"),
                };
                let help = match name_of_action(found.action) {
                    Some(other) => format!("choose another key, or give {place}.{other} another one"),
                    None => "choose another key".to_owned(),
                };
                self.note(at.clone(), message, help);
            }
        }
        self.settings.keys = map;
    }

    fn rebinding(
        &mut self,
        context: Option<KeyContext>,
        name: &str,
        item: &Item,
        at: Option<Range<usize>>,
    ) -> Option<(Rebinding, Option<Range<usize>>)> {
        let Some((_, action)) = ACTIONS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
            self.unknown("action", name, at, &known);
            return None;
        };
        let action = *action;
        if let Some(context) = context.filter(|context| !KeyMap::contexts_of(action).any(|of| of == *context)) {
            let places: Vec<&str> = KeyMap::contexts_of(action).map(name_of_context).collect();
            let message = format!("the screen {} has no action {name}", name_of_context(context));
            self.note(at, message, format!("it is on: {}", places.join(", ")));
            return None;
        }
        let mut keys = Vec::new();
        let written: Vec<(Option<&str>, Option<Range<usize>>)> = match item.as_array() {
            Some(list) => list.iter().map(|value| (value.as_str(), value.span())).collect(),
            None => vec![(item.as_str(), item.span())],
        };
        let at = item.span().or(at);
        for (written, key_at) in written {
            let key = written.and_then(Key::from_name);
            let is_typed = |of: KeyContext| of.is_typing() || of == KeyContext::Home;
            let contexts = || KeyMap::contexts_of(action).filter(|of| context.is_none_or(|only| only == *of));
            match key {
                None => {
                    let help =
                        "write a character, ctrl- and a letter, or a name such as \"page-up\", \"tab\" or \"space\"";
                    self.note(key_at.or(at.clone()), "this is not a key", help);
                }
                Some(Key::Char(_)) if contexts().any(is_typed) => {
                    let place = contexts().find(|of| is_typed(*of)).map(name_of_context).unwrap_or_default();
                    let message = format!("characters are typed on the screen {place}");
                    self.note(key_at.or(at.clone()), message, "choose a key without a character, such as \"ctrl-x\"");
                }
                Some(key) => keys.push(key),
            }
        }
        if keys.is_empty() {
            if item.as_array().is_some_and(|list| list.is_empty()) {
                self.note(at, format!("{name} has no key"), "name at least one key");
            }
            return None;
        }
        Some((Rebinding { context, action, keys }, at))
    }
}

/// Returns the place of a name, or else of its value.
fn place(table: &dyn TableLike, name: &str, item: &Item) -> Option<Range<usize>> {
    table.get_key_value(name).and_then(|(key, _)| TomlKey::span(key)).or_else(|| item.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keys::Action;

    fn problems(text: &str) -> Vec<String> {
        let problems = read_settings(text).err().unwrap_or_default();
        problems.iter().map(|it| format!("{}:{} {} ({})", it.line, it.column, it.message, it.help)).collect()
    }

    #[test]
    fn nothing_written_means_the_defaults() {
        let settings = read_settings("# nothing\n").unwrap();
        assert_eq!((settings.theme, settings.is_ascii, settings.has_history), (ThemeKind::default(), false, true));
    }

    #[test]
    fn settings_are_read() {
        let text = "theme = \"high-contrast\"\nascii = true\nhistory = false\nredact = false\nmouse-wheel = true\npop-up = false\n\n\
            [keys]\ntrail = \"Z\"\nquestion.evidence = [\"ctrl-x\", \"E\"]\n";
        let settings = read_settings(text).unwrap();
        assert_eq!(settings.theme, ThemeKind::HighContrast);
        assert!(settings.is_ascii && !settings.has_history && !settings.redacts);
        assert!(settings.has_wheel && !settings.has_pop_up);
        assert_eq!(settings.keys.action(KeyContext::Card, Key::Char('Z')), Some(Action::Trail));
        assert_eq!(settings.keys.action(KeyContext::Question, Key::Ctrl('x')), Some(Action::Evidence));
        assert_eq!(settings.keys.action(KeyContext::Card, Key::Char('e')), Some(Action::Evidence));
    }

    #[test]
    fn all_problems_are_told_with_places() {
        let text = "theme = \"dark\"\nasci = true\nhistory = 1\n[keys]\ntrial = \"T\"\nquestion.trail = \"u\"\n\
            card.timer = \"x\"\nquit = \"hyper-q\"\nsearch.choose = \"a\"\ncrad.quit = \"Q\"\n";
        let found = problems(text);
        for (found, expected) in found.iter().zip([
            "1:9 there is no such theme (write \"default\" or \"high-contrast\")",
            "2:1 there is no setting \"asci\" (did you mean ascii?)",
            "3:11 history is neither true nor false (write history = true)",
            "5:1 there is no action \"trial\" (did you mean trail?)",
            "6:18 u already means unknown on the screen question (choose another key, or give question.unknown another one)",
            "7:6 the screen card has no action timer",
            "8:8 this is not a key",
            "9:17 characters are typed on the screen search",
            "10:1 there is no screen \"crad\" (did you mean card?)",
        ]) {
            assert!(found.starts_with(expected), "{found}\n{expected}");
        }
        assert_eq!(found.len(), 9, "{found:?}");
    }

    #[test]
    fn bad_syntax_has_a_place() {
        let found = problems("theme = \"default\"\nascii = = true\n");
        assert!(found.len() == 1 && found[0].starts_with("2:"), "{found:?}");
    }

    #[test]
    fn two_actions_may_change_places() {
        let text = "[keys]\ntrail = \"e\"\nevidence = \"t\"\n";
        let keys = read_settings(text).unwrap().keys;
        assert_eq!(keys.action(KeyContext::Question, Key::Char('e')), Some(Action::Trail));
    }
}
