//! Holds the rows of the table.

use super::action::Action;
use super::context::KeyContext::{
    self, Card, Conflict, Debrief, Drill, DrillLine, Evidence, Help, Home, Incident, Learned, Naming, Note, Picking,
    Question, Reading, References, RemarkEntry, Remedy, SameIncident, Search, Shortlist, Systems, Trail, ValueEntry,
    Values,
};
use super::key::Key;
use crate::export::SectionKind;

/// The contexts of a row.
#[derive(Clone, Copy, Debug)]
enum RowContexts {
    These(&'static [KeyContext]),
    AllBut(&'static [KeyContext]),
}

/// A row of the table: in these contexts, these keys mean this.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    contexts: RowContexts,
    /// The keys that mean the same.
    pub keys: &'static [Key],
    /// The keys as people read them, with an ASCII form.
    pub shown: (&'static str, &'static str),
    /// The meaning of the keys.
    pub action: Action,
    /// A word or two for the footer.
    ///
    /// Empty if the footer leaves it out.
    pub short: &'static str,
    /// A phrase for the help.
    pub about: &'static str,
}

/// Where a slash searches; in an exercise it names a card.
const SEARCHING: &[KeyContext] =
    &[Home, Question, Card, Reading, Note, Shortlist, Conflict, References, Evidence, Trail, Values, Debrief, Learned];
const WALKING: &[KeyContext] = &[Question, Card, Shortlist, Conflict];
/// Where entries have numbers. On the first screen a number is the beginning of a status or an address.
const NUMBERED: &[KeyContext] =
    &[Question, Shortlist, Conflict, SameIncident, References, Values, Drill, Incident, Picking, Remedy];
const CHOOSING: &[KeyContext] = &[
    Home,
    Question,
    Shortlist,
    Conflict,
    SameIncident,
    References,
    Evidence,
    Trail,
    Values,
    ValueEntry,
    Search,
    Systems,
    DrillLine,
    Drill,
    Incident,
    Picking,
    Remedy,
    Naming,
    Help,
];
const TYPING: &[KeyContext] = &[ValueEntry, RemarkEntry, Search, Systems, Naming, Help];
/// Where letters are typed, so that they are no commands. On the first screen they begin a search.
const TYPING_OR_HOME: &[KeyContext] = &[Home, ValueEntry, RemarkEntry, Search, Systems, Naming, Help];
/// Where a list stands among commands.
const LISTED: &[KeyContext] = &[
    Question,
    Shortlist,
    Conflict,
    SameIncident,
    References,
    Evidence,
    Trail,
    Values,
    DrillLine,
    Drill,
    Incident,
    Picking,
    Remedy,
];
const SCROLLED: &[KeyContext] = &[Note, Debrief, Learned];
/// Where a card is open.
const STEPS: &[KeyContext] = &[Card, Reading];
/// Where a case can be handed over.
const ENDING: &[KeyContext] = &[Card, Reading, Shortlist];
/// Where the case at hand is seen.
const CASE: &[KeyContext] = &[Question, Card, Reading, Note, Shortlist, Conflict, References, Evidence, Trail, Values];
/// Where the report of the case can be opened.
const REPORTED: &[KeyContext] = &[Question, Card, Reading, Shortlist, Conflict, References, Evidence, Trail, Values];
/// Where a remark can be added to the case.
const REMARKED: &[KeyContext] = &[Question, Card, Shortlist, Evidence, Trail];
/// Where the evidence can be opened.
const BESIDE: &[KeyContext] = &[Question, Card, Reading, Note, Shortlist, Conflict, References, Trail, Values];
/// An exercise in which a card is to be named.
const EXERCISE: &[KeyContext] = &[Drill, Incident];
const TRAINING: &[KeyContext] = &[DrillLine, Drill, Incident, Remedy, Debrief];

/// The key of every entry of a list, the first nine.
const DIGITS: &[Key] = &[
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
];

/// The letters of the lines of an exercise.
pub(super) const LETTERS: &[Key] =
    &[Key::Char('a'), Key::Char('b'), Key::Char('c'), Key::Char('d'), Key::Char('e'), Key::Char('f')];

/// In these contexts these keys, shown so, mean this.
const fn on(contexts: &'static [KeyContext], keys: &'static [Key], shown: Shown, action: Action) -> KeyRow {
    KeyRow { contexts: RowContexts::These(contexts), keys, shown, action, short: "", about: "" }
}

/// In all contexts but these, the same.
const fn on_all_but(contexts: &'static [KeyContext], keys: &'static [Key], shown: Shown, action: Action) -> KeyRow {
    KeyRow { contexts: RowContexts::AllBut(contexts), keys, shown, action, short: "", about: "" }
}

/// Stands for no word: the footer shows the key alone.
///
/// The screen has the key with its words.
pub const BARE: &str = " ";

/// How keys are shown: with symbols, and in ASCII.
type Shown = (&'static str, &'static str);

const fn ascii(shown: &'static str) -> Shown {
    (shown, shown)
}

impl KeyRow {
    /// Returns whether the row holds in a context.
    pub fn holds_in(&self, context: KeyContext) -> bool {
        match self.contexts {
            RowContexts::These(contexts) => contexts.contains(&context),
            RowContexts::AllBut(contexts) => !contexts.contains(&context),
        }
    }

    /// Returns the row with other keys.
    pub(super) fn with_keys(self, keys: &'static [Key], shown: (&'static str, &'static str)) -> Self {
        Self { keys, shown, ..self }
    }

    /// Says what the key does, in the help and the README.
    const fn does(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// Puts it into the footer, in a word or two.
    const fn foot(self, short: &'static str) -> Self {
        Self { short, ..self }
    }
}

/// All rows.
///
/// Rows stand in the order in which a footer names them.
pub const TABLE: &[KeyRow] = &[
    on(&[DrillLine], LETTERS, ascii("a-f"), Action::Digit(0)).foot("pick").does("point to the line of that letter"),
    on(&[DrillLine], &[Key::Enter], ("⏎", "Enter"), Action::Choose).does("point to the selected line"),
    on(&[DrillLine], &[Key::Char('u')], ascii("u"), Action::Unknown)
        .foot("don't know")
        .does("\"I don't know\": shows the line; its points are lost"),
    on(NUMBERED, DIGITS, ascii("1-9"), Action::Digit(0)).foot("pick").does("take the entry of that number"),
    on(NUMBERED, &[Key::Enter], ("⏎", "Enter"), Action::Choose).does("take the selected entry"),
    on(&[Home], &[Key::Enter], ("⏎", "Enter"), Action::Choose).foot("open").does("open the selected entry"),
    on(&[Search], &[Key::Enter], ("⏎", "Enter"), Action::Choose)
        .foot("open")
        .does("open the selected card; what you typed joins the case as evidence"),
    on(&[Systems], &[Key::Enter], ("⏎", "Enter"), Action::Choose).foot("choose").does("take the selected system"),
    on(&[Help], &[Key::Enter], ("⏎", "Enter"), Action::Choose)
        .foot("run")
        .does("do what the selected key does"),
    on(&[Evidence], &[Key::Enter], ("⏎", "Enter"), Action::Choose)
        .foot("open")
        .does("show the selected line whole, then the card it points to; change the selected answer"),
    on(&[Trail], &[Key::Enter], ("⏎", "Enter"), Action::Choose).foot("change").does("change the selected answer"),
    on(&[Trail], &[Key::Char('D'), Key::Delete], ascii("D"), Action::TakeBack)
        .foot("remove")
        .does("remove the selected answer; all others are kept; Delete too"),
    on(&[Values], &[Key::Char('A')], ascii("A"), Action::Accept)
        .foot("accept")
        .does("accept a value from the traffic for commands that change something"),
    on(&[Values], &[Key::Char('D'), Key::Delete], ascii("D"), Action::TakeBack)
        .foot("remove")
        .does("remove the selected value; Delete too"),
    on(&[Values], &[Key::Char('y')], ascii("y"), Action::CopyCommand)
        .foot("copy")
        .does("copy the command that prints the selected value"),
    on(&[ValueEntry], &[Key::Enter], ("⏎", "Enter"), Action::Choose)
        .foot("use it")
        .does("use what is typed or selected in all commands; without text the placeholder stays empty"),
    on(&[Question], &[Key::Char('u')], ascii("u"), Action::Unknown)
        .foot(BARE)
        .does("answer \"don't know\"; the questions continue"),
    on(&[Question], &[Key::Char('n')], ascii("n"), Action::NoneOfThese).foot(BARE).does("answer \"none of these\""),
    on(&[Debrief], &[Key::Enter], ("⏎", "Enter"), Action::Choose).foot("go on").does("go on to the next exercise"),
    on(&[Naming], &[Key::Enter], ("⏎", "Enter"), Action::Choose).foot("name it").does("name the selected card"),
    on(EXERCISE, &[Key::Char('/')], ascii("/"), Action::TypeCard)
        .foot("type")
        .does("name the card by typing a part of its name; that counts more than picking it"),
    on(&[Incident], &[Key::Char('c')], ascii("c"), Action::Candidates)
        .foot("cards")
        .does("pick the card from the list of all"),
    on(EXERCISE, &[Key::Char('i')], ascii("i"), Action::Hint)
        .foot("hint")
        .does("a hint: what to look at, then where, then half of the answer; each costs points"),
    on(EXERCISE, &[Key::Char('u')], ascii("u"), Action::Unknown).foot("don't know").does(
        "\"I don't know\": shows what the tree says of the cards, or would ask next; costs no points, comes again sooner",
    ),
    on(&[DrillLine, Drill, Incident, Remedy], &[Key::Char('!')], ascii("!"), Action::GiveUp)
        .foot("give up")
        .does("press it twice to give up and see the answer"),
    on(&[Debrief], &[Key::Char('o')], ascii("o"), Action::Follow)
        .foot("open card")
        .does("read the card of the exercise"),
    on(TRAINING, &[Key::Char('p')], ascii("p"), Action::Progress)
        .foot("progress")
        .does("see what is solid, what is shaky and what is new"),
    on(TRAINING, &[Key::Char('T')], ascii("T"), Action::Timer)
        .foot("time")
        .does("show or hide the time since the exercise began"),
    on(STEPS, DIGITS, ascii("1-9"), Action::Digit(0)).does("open the step of that number"),
    on(&[Card], &[Key::Char('d')], ascii("d"), Action::Done)
        .foot("done")
        .does("the step is done; the next one opens, and the same key on a done step opens it again"),
    on(&[Card], &[Key::Char('x')], ascii("x"), Action::DidNotHelp)
        .foot("no help")
        .does("the step was tried and did not help; the next one opens"),
    on(&[Card], &[Key::Char('w')], ascii("w"), Action::Worked).foot("worked").does("the step worked, and the case is solved"),
    on(&[Card], &[Key::Char('s')], ascii("s"), Action::Skip).foot("skip").does("skip the step; the next one opens"),
    on(STEPS, &[Key::Char('y')], ascii("y"), Action::CopyCommand)
        .foot("copy")
        .does("copy the command in focus; without a clipboard, wherefore show CARD --command N prints it"),
    on(&[Question, Shortlist], &[Key::Char('y')], ascii("y"), Action::CopyCommand)
        .foot("copy command")
        .does("copy the command of the check"),
    on(&[Note], &[Key::Char('y')], ascii("y"), Action::CopyCommand).foot("copy").does("copy the note, as Markdown"),
    on(&[Question, Card, Reading, Shortlist, Evidence, Trail], &[Key::Char('v')], ascii("v"), Action::Values)
        .foot("values")
        .does("see, type and correct the values that fill the commands"),
    on(&[Note], &[Key::Char('a')], ascii("a"), Action::Remark)
        .foot("add a remark")
        .does("add a remark to the note: what you saw or heard"),
    on(REMARKED, &[Key::Char('a')], ascii("a"), Action::Remark)
        .does("add a remark to the note for the ticket: what you saw or heard"),
    on(&[RemarkEntry], &[Key::Enter], ("⏎", "Enter"), Action::Choose)
        .foot("add it")
        .does("add what is typed to the note for the ticket"),
    on(STEPS, &[Key::Tab], ("⇥", "Tab"), Action::Next)
        .foot("section")
        .does("the next command of the step, then the next section"),
    on(STEPS, &[Key::BackTab], ("⇧⇥", "S-Tab"), Action::Previous).does("the command or section before"),
    on(ENDING, &[Key::Char('E')], ascii("E"), Action::Escalate)
        .foot("escalate")
        .does("escalate: a note for the ticket with verdict, evidence, answers, steps and values"),
    on(&[Note], &[Key::Char('R')], ascii("R"), Action::Redact)
        .foot("real values")
        .does("replace addresses, names and ids in the note, or show them"),
    on(&[Note], &[Key::Char('E')], ascii("E"), Action::Escalate)
        .foot("escalated")
        .does("mark the case as escalated, or as open again"),
    on(STEPS, &[Key::Char('Y')], ascii("Y"), Action::Copy).does("copy the card, as Markdown"),
    on(STEPS, &[Key::Char('I')], ascii("I"), Action::Section(SectionKind::IsItThis))
        .does("is it this? what the evidence says, and what you see"),
    on(STEPS, &[Key::Char('W')], ascii("W"), Action::Section(SectionKind::Why)).does("why: the causes"),
    on(STEPS, &[Key::Char('S')], ascii("S"), Action::Section(SectionKind::ErrorText)).does("the error text"),
    on(STEPS, &[Key::Char('X')], ascii("X"), Action::Section(SectionKind::NotThisIf))
        .does("not this if: the cards that look alike"),
    on(STEPS, &[Key::Char('V')], ascii("V"), Action::Section(SectionKind::Values))
        .does("what the placeholders of the commands mean, and how to get their values"),
    on(STEPS, &[Key::Char('L')], ascii("L"), Action::Section(SectionKind::Links)).does("links: the pages to read"),
    on(STEPS, &[Key::Char('o')], ascii("o"), Action::Follow)
        .foot("open")
        .does("open what the card names: a card that looks alike, or a link to another system"),
    on(WALKING, &[Key::Backspace, Key::Char('h'), Key::Left], ascii("h"), Action::Back)
        .foot("back")
        .does("undo the last answer, or back to the search; marks and values are kept; Backspace and ← too"),
    on(
        &[
            Reading,
            Note,
            SameIncident,
            References,
            Evidence,
            Trail,
            Values,
            DrillLine,
            Drill,
            Incident,
            Picking,
            Remedy,
            Debrief,
            Learned,
        ],
        &[Key::Backspace, Key::Char('h'), Key::Left],
        ascii("h"),
        Action::Escape,
    )
    .foot("close")
    .does("close the screen; Backspace and ← too"),
    on(SEARCHING, &[Key::Char('/')], ascii("/"), Action::Search)
        .foot("find")
        .does("search cards by part of an error message"),
    on(&[Question, Card, Shortlist, Conflict, Evidence, Values], &[Key::Char('t')], ascii("t"), Action::Trail)
        .foot("trail")
        .does("see and change every answer"),
    on(REPORTED, &[Key::Char('r')], ascii("r"), Action::Report)
        .does("the report of the case: what is known, what was tried, what is next"),
    on(BESIDE, &[Key::Char('e')], ascii("e"), Action::Evidence)
        .foot("evidence")
        .does("see the evidence: lines that point to cards, answers, unexplained lines"),
    on_all_but(TYPING_OR_HOME, &[Key::Char('H')], ascii("H"), Action::GoHome)
        .does("the first screen; the case is kept, and can be continued from there"),
    on(CASE, &[Key::Char('N')], ascii("N"), Action::NewCase)
        .does("a new case; this one is kept on the first screen"),
    on(&[Question], &[Key::Char('c')], ascii("c"), Action::Candidates)
        .foot("cards")
        .does("see which cards are still possible"),
    on(&[Question], &[Key::Char('m')], ascii("m"), Action::MostUseful)
        .foot("most useful")
        .does("ask the most useful question first, or in the original order again"),
    on(CHOOSING, &[Key::Up], ("↑", "Up"), Action::Up).does("the entry above"),
    on(CHOOSING, &[Key::Down], ("↓", "Down"), Action::Down).does("the entry below"),
    on(LISTED, &[Key::Char('k')], ascii("k"), Action::Up).does("the entry above"),
    on(LISTED, &[Key::Char('j')], ascii("j"), Action::Down).does("the entry below"),
    on(STEPS, &[Key::Up, Key::Char('k')], ("↑ k", "Up k"), Action::Up).does("the command before, then the step before; in a section, scroll up"),
    on(STEPS, &[Key::Down, Key::Char('j')], ("↓ j", "Down j"), Action::Down)
        .does("the next command, then the next step; in a section, scroll down"),
    on(SCROLLED, &[Key::Up, Key::Char('k')], ("↑ k", "Up k"), Action::Up).does("scroll up a line"),
    on(SCROLLED, &[Key::Down, Key::Char('j')], ("↓ j", "Down j"), Action::Down).does("scroll down a line"),
    on_all_but(TYPING_OR_HOME, &[Key::PageUp, Key::Ctrl('u')], ascii("PgUp"), Action::PageUp).does("scroll up a page; ^U too"),
    on_all_but(TYPING_OR_HOME, &[Key::PageDown, Key::Ctrl('d'), Key::Char(' ')], ascii("PgDn"), Action::PageDown)
        .does("scroll down a page; Space and ^D too"),
    on_all_but(TYPING_OR_HOME, &[Key::Home, Key::Char('g')], ascii("g"), Action::Top).does("the first entry, or the top; Home too"),
    on_all_but(TYPING_OR_HOME, &[Key::End, Key::Char('G')], ascii("G"), Action::Bottom).does("the last entry, or the end; End too"),
    on(&[Home, ValueEntry, Systems, Help], &[Key::PageUp], ascii("PgUp"), Action::PageUp).does("scroll up a page"),
    on(&[Search], &[Key::PageUp], ascii("PgUp"), Action::PageUp).does("scroll the selected card up"),
    on(&[Home, ValueEntry, Systems, Help], &[Key::PageDown], ascii("PgDn"), Action::PageDown).does("scroll down a page"),
    on(&[Search], &[Key::PageDown], ascii("PgDn"), Action::PageDown)
        .foot("scroll card")
        .does("scroll the selected card down"),
    on(TYPING, &[Key::Ctrl('p')], ascii("^P"), Action::Up).does("the entry above"),
    on(TYPING, &[Key::Ctrl('n')], ascii("^N"), Action::Down).does("the entry below"),
    on(TYPING, &[Key::Ctrl('u')], ascii("^U"), Action::Clear).foot("clear").does("delete everything typed"),
    on(TYPING, &[Key::Ctrl('w')], ascii("^W"), Action::EraseWord).does("delete the word before the cursor"),
    on(TYPING, &[Key::Backspace], ("⌫", "Bksp"), Action::Erase).does("delete the letter before the cursor"),
    on(TYPING, &[Key::Delete], ascii("Del"), Action::Delete).does("delete the letter under the cursor"),
    on(TYPING, &[Key::Left], ("←", "Left"), Action::Left).does("move the cursor left"),
    on(TYPING, &[Key::Right], ("→", "Right"), Action::Right).does("move the cursor right"),
    on(TYPING, &[Key::Home, Key::Ctrl('a')], ascii("^A"), Action::LineStart).does("move the cursor to the start"),
    on(TYPING, &[Key::End, Key::Ctrl('e')], ascii("^E"), Action::LineEnd).does("move the cursor to the end"),
    on_all_but(&[], &[Key::WheelUp], ascii("wheel"), Action::ScrollUp)
        .does("scroll up, if the setting mouse-wheel is true"),
    on_all_but(&[], &[Key::WheelDown], ascii("wheel"), Action::ScrollDown)
        .does("scroll down, if the setting mouse-wheel is true"),
    on(&[Home], &[Key::Esc], ascii("Esc"), Action::Escape).foot("twice: quit").does("pressed twice: quit"),
    on(&[Search, Systems, Help], &[Key::Esc], ascii("Esc"), Action::Escape)
        .foot("close")
        .does("clear what is typed, then close; never quits"),
    on(&[Naming, ValueEntry, RemarkEntry], &[Key::Esc], ascii("Esc"), Action::Escape).foot("close").does("close; never quits"),
    on_all_but(TYPING_OR_HOME, &[Key::Esc], ascii("Esc"), Action::Escape)
        .does("close, or undo the last answer; never quits"),
    on_all_but(TYPING, &[Key::Char('?')], ascii("?"), Action::Help).foot("keys").does("the keys of this screen, and the help"),
    on_all_but(TYPING_OR_HOME, &[Key::Char('q')], ascii("q"), Action::Quit)
        .foot("quit")
        .does("quit; the card stays on the normal screen"),
    on_all_but(&[], &[Key::Ctrl('z')], ascii("^Z"), Action::Suspend).does("suspend; fg comes back"),
    on_all_but(&[], &[Key::Ctrl('c')], ascii("^C"), Action::Interrupt).does("quit at once"),
];

/// Returns the rows that hold in a context.
pub fn rows(context: KeyContext) -> impl Iterator<Item = &'static KeyRow> {
    TABLE.iter().filter(move |row| row.holds_in(context))
}
