//! Lists the words of the dialogues in lines, and writes their help.
//!
//! A word does what a key of the table does, and is described by the key's row unless it needs words of its own.

use super::action::Action;
use super::context::KeyContext;
use super::table::rows;
use crate::text;

/// Says what words mean in a dialogue.
#[derive(Clone, Copy, Debug)]
pub struct LineCommand {
    /// The word that the help shows, and others that mean the same.
    words: &'static [&'static str],
    action: Action,
    about: CommandAbout,
    /// Whether more may follow the word, such as a number.
    has_argument: bool,
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
    LineCommand { words, action, about: CommandAbout::Row(context), has_argument: false }
}

const fn own(words: &'static [&'static str], action: Action, about: &'static str) -> LineCommand {
    LineCommand { words, action, about: CommandAbout::Own(about), has_argument: false }
}

impl LineCommand {
    /// Lets more follow the word.
    const fn with_argument(self) -> Self {
        Self { has_argument: true, ..self }
    }
}

/// The words of a walk.
pub const WALK: &[LineCommand] = &[
    row(&["u"], KeyContext::Question, Action::Unknown),
    row(&["n"], KeyContext::Question, Action::NoneOfThese),
    own(&["h", "b", "back"], Action::Back, "go back: undo the last answer, or leave a list"),
    row(&["d", "done"], KeyContext::Card, Action::Done),
    row(&["x"], KeyContext::Card, Action::DidNotHelp),
    row(&["w", "worked", "solved"], KeyContext::Card, Action::Worked),
    row(&["s", "skip"], KeyContext::Card, Action::Skip),
    own(&["y", "command"], Action::CopyCommand, "print the command of the step or question on one line"),
    own(&["Y", "markdown"], Action::Copy, "print the card as Markdown"),
    own(
        &["v", "values"],
        Action::Values,
        "list the values of the commands; v NAME=TEXT fills one in, v NAME tells how to get it",
    )
    .with_argument(),
    own(&["accept"], Action::Accept, "followed by the name of a value: also use it in commands that change something")
        .with_argument(),
    own(&["unset"], Action::Delete, "followed by the name of a value: remove it").with_argument(),
    own(&["more"], Action::More, "continue with the next part of the card, question or list"),
    own(
        &["why"],
        Action::Why,
        "on a card, how to recognize the problem and why it happens; at a question, why it is asked",
    ),
    own(&["steps"], Action::Steps, "list the steps of the card"),
    own(&["links"], Action::Links, "list the pages that the card refers to"),
    own(&["all"], Action::Everything, "print the complete card"),
    own(&["E", "escalate"], Action::Escalate, "say what to include when you escalate"),
    own(&["escalated"], Action::MarkEscalated, "mark the case as escalated, or as open again"),
    own(
        &["note"],
        Action::Note,
        "print a note about the case for the ticket, as Markdown; note TEXT adds what you saw or heard",
    )
    .with_argument(),
    own(&["r", "report"], Action::Report, "print the report of the case, as Markdown"),
    row(&["o", "open"], KeyContext::Card, Action::Follow),
    row(&["t", "trail", "answers"], KeyContext::Question, Action::Trail),
    own(&["D", "remove"], Action::TakeBack, "followed by the number of an answer: remove it; the others are kept")
        .with_argument(),
    row(&["e", "evidence"], KeyContext::Question, Action::Evidence),
    own(
        &["paste"],
        Action::Paste,
        "paste lines of a log, a record or a configuration as evidence; a line with only a dot ends them",
    ),
    row(&["c", "cards"], KeyContext::Question, Action::Candidates),
    row(&["m"], KeyContext::Question, Action::MostUseful),
    own(&["/"], Action::Search, "followed by text: search for it, even if it is a command"),
    own(&["H", "home"], Action::GoHome, "list the systems, and the cases that you can continue"),
    own(&["N", "new"], Action::NewCase, "start a new case; this one is kept"),
    own(&["cases"], Action::Parked, "list the earlier cases"),
    own(&["practice", "practise"], Action::Train, "practice for the next incident; q returns here"),
    own(&["repeat"], Action::Repeat, "repeat everything"),
    own(&["q", "quit", "exit"], Action::Quit, "quit"),
    own(&["?", "help"], Action::Help, "list the commands"),
];

/// The words of a training session.
pub const DRILL: &[LineCommand] = &[
    own(&["/"], Action::TypeCard, "followed by part of a title: name a card; other text does the same"),
    row(&["c", "cards"], KeyContext::Incident, Action::Candidates),
    row(&["i", "hint"], KeyContext::Drill, Action::Hint),
    row(&["u"], KeyContext::Drill, Action::Unknown),
    own(&["!"], Action::GiveUp, "give up, and see the answer"),
    own(&["h", "b", "back"], Action::Back, "leave the list of cards"),
    own(&["repeat"], Action::Repeat, "repeat everything; the number of a check repeats its result"),
    own(&["q", "quit", "exit"], Action::Quit, "quit"),
    own(&["?", "help"], Action::Help, "list the commands"),
];

/// The words of an exam.
pub const EXAM: &[LineCommand] = &[
    own(&["/"], Action::TypeCard, "followed by part of a title: name a card; other text does the same"),
    row(&["c", "cards"], KeyContext::Incident, Action::Candidates),
    own(&["u"], Action::Unknown, "\"I don't know\": skip this exercise"),
    own(&["h", "b", "back"], Action::Back, "leave the list of cards"),
    own(&["repeat"], Action::Repeat, "repeat everything"),
    own(&["q", "quit", "exit"], Action::Quit, "quit; unanswered exercises score nothing"),
    own(&["?", "help"], Action::Help, "list the commands"),
];

/// Returns what a typed line means, with what follows the word.
///
/// A letter is what its case says, and else what it is in lower case. A line that goes on after a word without an
/// argument is no command: `all backends are down` is searched for.
pub fn command<'l>(commands: &[LineCommand], line: &'l str) -> Option<(Action, &'l str)> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let lower = word.to_lowercase();
    let find = |word: &str| commands.iter().find(|command| command.words.contains(&word));
    let found = find(word).or_else(|| find(&lower)).filter(|command| rest.is_empty() || command.has_argument);
    found.map(|command| (command.action, rest))
}

/// Writes the help of a dialogue: each word with what it does.
///
/// Wraps it to a width in columns.
pub fn commands_help(commands: &[LineCommand], width: usize) -> String {
    let mut help = String::new();
    for command in commands {
        let about = match command.about {
            CommandAbout::Own(about) => about,
            CommandAbout::Row(context) => {
                rows(context).find(|row| row.action == command.action).map_or("", |row| row.about)
            }
        };
        let lead = format!("  {}  ", command.words.first().unwrap_or(&""));
        let lines = text::wrap_words(about, width.saturating_sub(lead.len()).max(20));
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
                let help = commands_help(&[*command], 80);
                assert!(help.trim().len() > 2 + command.words[0].len(), "{help:?} says nothing");
            }
        }
    }

    #[test]
    fn a_word_is_a_command_only_as_the_whole_line_or_with_its_argument() {
        for (line, expected) in [
            ("n", Some((Action::NoneOfThese, ""))),
            ("N", Some((Action::NewCase, ""))),
            ("X", Some((Action::DidNotHelp, ""))),
            ("MORE", Some((Action::More, ""))),
            ("D 3", Some((Action::TakeBack, "3"))),
            ("all", Some((Action::Everything, ""))),
            ("all backends are down", None),
            ("why does it fail", None),
            ("", None),
        ] {
            assert_eq!(command(WALK, line), expected, "{line:?}");
        }
    }
}
