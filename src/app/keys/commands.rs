//! Lists the words of the dialogues in lines, and writes their help.
//!
//! A word does what a key of the table does, and is described by the key's row unless it needs words of its own.

use super::action::Action;
use super::context::KeyContext;
use super::table::rows;
use crate::text;

/// The width to which the help is wrapped, in columns.
const WIDTH: usize = 78;

/// Says what words mean in a dialogue.
#[derive(Clone, Copy, Debug)]
pub struct LineCommand {
    /// The word that the help shows, and others that mean the same.
    words: &'static [&'static str],
    action: Action,
    about: CommandAbout,
}

/// Says where the description of a command comes from.
#[derive(Clone, Copy, Debug)]
enum CommandAbout {
    /// The row of the table for its action in this context.
    Row(KeyContext),
    /// These words.
    Own(&'static str),
}

const fn row(words: &'static [&'static str], context: KeyContext, action: Action) -> LineCommand {
    LineCommand { words, action, about: CommandAbout::Row(context) }
}

const fn own(words: &'static [&'static str], action: Action, about: &'static str) -> LineCommand {
    LineCommand { words, action, about: CommandAbout::Own(about) }
}

/// The words of a walk.
pub const WALK: &[LineCommand] = &[
    row(&["u"], KeyContext::Question, Action::Unknown),
    row(&["n"], KeyContext::Question, Action::NoneOfThese),
    own(&["b", "back", "h"], Action::Back, "back: undo the last answer, or leave a list"),
    row(&["t", "answers"], KeyContext::Question, Action::Trail),
    own(&["d"], Action::TakeBack, "and the number of an answer: remove it; all others are kept"),
    row(&["e", "evidence"], KeyContext::Question, Action::Evidence),
    own(
        &["v", "values"],
        Action::Values,
        "values of the commands; v NAME=TEXT fills one in, v NAME tells how to get it",
    ),
    own(&["accept"], Action::Accept, "and the name of a value: use it also in commands that change something"),
    own(&["unset"], Action::Delete, "and the name of a value: remove it"),
    own(
        &["p", "paste"],
        Action::Paste,
        "paste lines of a log, a record or a configuration as evidence; a line with only a dot ends them",
    ),
    row(&["c", "causes"], KeyContext::Question, Action::Candidates),
    row(&["s", "shortest"], KeyContext::Question, Action::Shortest),
    row(&["x"], KeyContext::Card, Action::DidNotHelp),
    row(&["w"], KeyContext::Card, Action::Worked),
    row(&["done"], KeyContext::Card, Action::Done),
    row(&["skip"], KeyContext::Card, Action::Skip),
    row(&["o", "open"], KeyContext::Card, Action::Follow),
    own(&["m"], Action::Copy, "print the card as Markdown"),
    own(&["r", "repeat"], Action::Repeat, "repeat everything"),
    own(&["/"], Action::Search, "and a text: search cards; the text becomes evidence for the card that you open"),
    row(&["new"], KeyContext::Question, Action::NewCase),
    own(&["g", "go"], Action::Parked, "continue an earlier case"),
    own(&["practice", "practise"], Action::Train, "practice for the next incident; q returns here"),
    own(&["q", "quit", "exit"], Action::Quit, "quit"),
    row(&["?", "help"], KeyContext::Question, Action::Help),
];

/// The words of a training session.
pub const DRILL: &[LineCommand] = &[
    row(&["/"], KeyContext::Incident, Action::TypeCard),
    row(&["c", "cards"], KeyContext::Incident, Action::Candidates),
    row(&["i", "hint"], KeyContext::Drill, Action::Hint),
    row(&["u"], KeyContext::Drill, Action::Unknown),
    own(&["v"], Action::GiveUp, "give up, and see the answer"),
    own(&["b", "back"], Action::Back, "leave the list of cards"),
    own(&["r", "repeat"], Action::Repeat, "repeat everything; the number of a check repeats its result"),
    own(&["q", "quit", "exit"], Action::Quit, "quit"),
    row(&["?", "help"], KeyContext::Drill, Action::Help),
];

/// The words of an exam.
pub const EXAM: &[LineCommand] = &[
    row(&["/"], KeyContext::Incident, Action::TypeCard),
    row(&["c", "cards"], KeyContext::Incident, Action::Candidates),
    own(&["u"], Action::Unknown, "\"I don't know\": skips this exercise"),
    own(&["b", "back"], Action::Back, "leave the list of cards"),
    own(&["r", "repeat"], Action::Repeat, "repeat everything"),
    own(&["q", "quit", "exit"], Action::Quit, "quit: unanswered exercises score nothing"),
    row(&["?", "help"], KeyContext::Drill, Action::Help),
];

/// Returns what a typed word means.
pub fn command(commands: &[LineCommand], word: &str) -> Option<Action> {
    let word = word.to_lowercase();
    commands.iter().find(|command| command.words.contains(&word.as_str())).map(|command| command.action)
}

/// Writes the help of a dialogue: each word with what it does.
pub fn commands_help(commands: &[LineCommand]) -> String {
    let mut help = String::new();
    for command in commands {
        let about = match command.about {
            CommandAbout::Own(about) => about,
            CommandAbout::Row(context) => {
                rows(context).find(|row| row.action == command.action).map_or("", |row| row.about)
            }
        };
        let lead = format!("  {}  ", command.words.first().unwrap_or(&""));
        let lines = text::wrap(about, WIDTH.saturating_sub(lead.len()));
        help.push_str(&format!("{lead}{}\n", lines.join("\n     ")));
    }
    help
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_word_has_one_meaning_and_a_description() {
        for commands in [WALK, DRILL, EXAM] {
            let mut seen = HashSet::new();
            for command in commands {
                assert!(command.words.iter().all(|word| seen.insert(*word)), "{:?} stands twice", command.words);
                let help = commands_help(&[*command]);
                assert!(help.trim().len() > 2 + command.words[0].len(), "{help:?} says nothing");
            }
        }
    }
}
