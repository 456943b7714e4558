//! The one table of keys: handling, footer, help and README all read it.

mod table;

pub use table::TABLE;

/// A key as the program sees it, whatever the terminal sends for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, shifted or not.
    Char(char),
    /// A letter with Control.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Selects the entry above, or scrolls up a line.
    Up,
    /// Selects the entry below, or scrolls down a line.
    Down,
    /// Scrolls up a page.
    PageUp,
    /// Scrolls down a page.
    PageDown,
    /// Selects the first entry, or scrolls to the top.
    Top,
    /// Selects the last entry, or scrolls to the end.
    Bottom,
    /// Takes the selected entry.
    Choose,
    /// Takes the entry of this number, from 1.
    Digit(usize),
    /// Answers "don't know".
    Unknown,
    /// Answers "none of these".
    NoneOfThese,
    /// Takes back the last answer.
    Back,
    /// Leaves the screen, or takes back the last answer.
    Escape,
    /// Asks what tells most for its effort, or what the author would.
    Shortest,
    /// Shows what is still possible.
    Candidates,
    /// Says that the current remedy worked.
    Worked,
    /// Says that the current remedy was tried and did not help.
    DidNotHelp,
    /// Copies the card.
    Copy,
    /// Copies the command to run now.
    CopyCommand,
    /// Takes back the selected answer.
    TakeBack,
    /// Takes a hint.
    Hint,
    /// Gives an exercise up.
    GiveUp,
    /// Names a card by typing.
    TypeCard,
    /// Opens the card of an exercise.
    ReadCard,
    /// Shows what was learned.
    Progress,
    /// Shows the time, or does not.
    Timer,
    /// Opens the search.
    Search,
    /// Opens the list of the evidence.
    Evidence,
    /// Opens the list of answers.
    Trail,
    /// Leaves the walk for the first screen; it can be gone on with there.
    GoHome,
    /// Opens the help.
    Help,
    /// Types a character.
    Type(char),
    /// Deletes the character before the cursor.
    Erase,
    /// Deletes the character under the cursor.
    Delete,
    /// Deletes the word before the cursor.
    EraseWord,
    /// Deletes everything typed.
    Clear,
    /// Moves the cursor left.
    Left,
    /// Moves the cursor right.
    Right,
    /// Moves the cursor to the start.
    LineStart,
    /// Moves the cursor to the end.
    LineEnd,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Ends the program.
    Quit,
    /// Ends the program at once.
    Interrupt,
}

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen.
    Home,
    /// A question.
    Question,
    /// A card that a walk has come to.
    Card,
    /// A card that was looked up.
    Reading,
    /// Several cards that nothing separates.
    Shortlist,
    /// Answers that exclude each other.
    Conflict,
    /// The list of the evidence.
    Evidence,
    /// The list of answers.
    Trail,
    /// The search.
    Search,
    /// Lines to recognise.
    Drill,
    /// An incident, as long as no card is settled.
    Incident,
    /// The list of all cards of which one is to be named.
    Picking,
    /// What to do first.
    Remedy,
    /// How an exercise went.
    Debrief,
    /// A card that is named by typing.
    Naming,
    /// What was learned.
    Learned,
    /// The help.
    Help,
}

impl Context {
    /// Every context with its name, in the order of the help.
    pub const ALL: &'static [(Context, &'static str)] = &[
        (Context::Home, "Home"),
        (Context::Question, "Question"),
        (Context::Card, "Card"),
        (Context::Reading, "Card that was looked up"),
        (Context::Shortlist, "What is still possible"),
        (Context::Conflict, "Conflict"),
        (Context::Evidence, "Evidence"),
        (Context::Trail, "Answers"),
        (Context::Search, "Search"),
        (Context::Drill, "Exercise"),
        (Context::Incident, "Incident"),
        (Context::Picking, "Picking a card"),
        (Context::Remedy, "What to do first"),
        (Context::Debrief, "After an exercise"),
        (Context::Naming, "Naming a card"),
        (Context::Learned, "Progress"),
        (Context::Help, "Help"),
    ];

    /// Whether letters are typed here instead of being commands.
    pub fn is_typing(self) -> bool {
        matches!(self, Context::Search | Context::Naming)
    }
}

/// A row of the table: in these contexts, these keys mean this.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys.
    pub keys: &'static [Key],
    /// The keys as people read them, with an ASCII form.
    pub shown: (&'static str, &'static str),
    /// What they mean.
    pub action: Action,
    /// A word or two for the footer; empty if the footer leaves it out.
    pub short: &'static str,
    /// A phrase for the help.
    pub about: &'static str,
}

/// What a key means in a context.
pub fn action(context: Context, key: Key) -> Option<Action> {
    let row = rows(context).find(|row| row.keys.contains(&key));
    match (row.map(|row| row.action), key) {
        (Some(Action::Digit(_)), Key::Char(digit)) => digit.to_digit(10).map(|number| Action::Digit(number as usize)),
        (Some(action), _) => Some(action),
        // Letters and digits without a meaning start a search from Home, as they would in a launcher.
        (None, Key::Char(character)) if context.is_typing() || context == Context::Home => {
            Some(Action::Type(character))
        }
        (None, _) => None,
    }
}

/// The rows that hold in a context.
pub fn rows(context: Context) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.contexts.contains(&context))
}

/// The table as Markdown, for the README.
pub fn markdown() -> String {
    let mut text = String::from("| keys | what they do | where |\n|---|---|---|\n");
    for row in TABLE {
        let names = Context::ALL.iter().filter(|(context, _)| row.contexts.contains(context)).map(|(_, name)| *name);
        let missing: Vec<_> =
            Context::ALL.iter().filter(|(context, _)| !row.contexts.contains(context)).map(|(_, name)| *name).collect();
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
    use std::collections::HashSet;

    use super::*;
    use Context::{Home, Question, Search};

    #[test]
    fn a_key_has_one_meaning_in_a_context() {
        for (context, name) in Context::ALL {
            let mut seen = HashSet::new();
            for key in rows(*context).flat_map(|row| row.keys) {
                assert!(seen.insert(*key), "{key:?} stands twice for {name}");
            }
        }
    }

    #[test]
    fn every_context_has_a_way_out_and_every_command_context_has_help() {
        for (context, name) in Context::ALL {
            assert_eq!(action(*context, Key::Esc), Some(Action::Escape), "{name}");
            assert_eq!(action(*context, Key::Ctrl('c')), Some(Action::Interrupt), "{name}");
            if !context.is_typing() {
                assert_eq!(action(*context, Key::Char('?')), Some(Action::Help), "{name}");
                assert_eq!(action(*context, Key::Char('q')), Some(Action::Quit), "{name}");
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
