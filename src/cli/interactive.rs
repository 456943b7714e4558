//! Runs the interactive program, on screens or in lines.
//!
//! Lines are used if the terminal cannot show screens.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::case_journal;
use super::code::Code;
use super::context::{Context, summary_of};
use super::dialogue::{typed, typed_lines};
use super::failure::Failure;
use super::screens::{can_draw, screens, wants_screens};
use crate::app::plain::{Dialogue, Reply};
use crate::app::system_use::SystemUse;
use crate::app::{Effect, Msg};
use crate::case::KeptWalk;
use crate::diagnosis::Diagnosis;
use crate::evidence::Interrupt;
use crate::session::{ReadEvidence, evidence_in, walk_of};
use crate::store::Library;
use crate::tree::Tree;
use crate::walk::{Step, Walk};

/// Returns whether `wherefore` alone is to read standard input as evidence.
///
/// With `--plain` and without a terminal, a script talks through it.
pub(super) fn is_evidence_piped(context: &Context) -> bool {
    !std::io::stdin().is_terminal() && (context.output.is_seen() || !context.common.plain)
}

/// Runs `wherefore`: opens the first screen.
pub(super) fn home(context: &mut Context) -> Result<Code, Failure> {
    if !wants_screens(context) {
        let library = context.library_saying_problems()?;
        return lines(context, library, |trees| Dialogue::new(trees, None));
    }
    let library = context.library()?;
    screens(context, library, |model| model)
}

/// Runs `wherefore TEXT…`: opens the search, or prints the best card.
///
/// The card is printed if there are no screens. `command` is one that the text may have been meant as.
pub(super) fn look_up(context: &mut Context, text: &[String], command: Option<&str>) -> Result<Code, Failure> {
    let command = command.map(|name| format!("To run the command: wherefore {name}"));
    if !wants_screens(context) {
        let code = super::find::best(context, text)?;
        if let Some(said) = &command {
            context.output.warn(said);
        }
        return Ok(code);
    }
    // With a terminal at both ends nothing is piped in; text can be pasted into the search.
    let text = if text == ["-"] { String::new() } else { text.join(" ") };
    let library = context.library()?;
    screens(context, library, |model| {
        let model = model.with_search(&text);
        match command {
            Some(said) => model.with_notice(said),
            None => model,
        }
    })
}

/// Lets the operator choose a system, and walks it.
pub(super) fn choose_walk(context: &mut Context, library: Library) -> Result<Code, Failure> {
    if wants_screens(context) {
        return screens(context, library, |model| model.with_systems(SystemUse::Walk));
    }
    if let Some(summary) = summary_of(&library.problems) {
        context.output.warn(&summary);
    }
    lines(context, library, |trees| Dialogue::new(trees, None))
}

/// Where an interactive run begins.
pub(super) enum Start {
    /// With a walk under way.
    Walk(Box<Walk>),
    /// With a code that several systems know.
    System(Vec<ReadEvidence>),
    /// On the first screen, with a notice.
    Home(String),
}

impl Start {
    /// Returns the beginning with the evidence of a diagnosis. `None` if there is none.
    pub(super) fn with(diagnosis: &Diagnosis) -> Option<Self> {
        match walk_of(diagnosis) {
            Some(walk) => Some(Start::Walk(Box::new(walk))),
            None => Some(evidence_in(diagnosis)).filter(|read| !read.is_empty()).map(Start::System),
        }
    }
}

/// Begins on screens or in lines.
///
/// If standard input was read as evidence, keys come from the terminal itself.
pub(super) fn begin(
    context: &mut Context,
    library: Library,
    start: Start,
    interrupt: Option<Interrupt>,
    is_input_read: bool,
) -> Result<Code, Failure> {
    let is_typed = std::io::stdin().is_terminal();
    let keys = if is_typed || !is_input_read || !context.output.is_seen() { None } else { terminal() };
    if can_draw(context) && context.output.is_seen() && (is_typed || keys.is_some()) {
        // Screens watch for signals themselves.
        drop(interrupt);
        return screens(context, library, |model| match start {
            Start::Walk(walk) => model.with_walk(*walk),
            Start::System(read) => model.with_systems(SystemUse::Evidence(read)),
            Start::Home(notice) => model.with_notice(notice),
        });
    }
    if let Some(interrupt) = &interrupt {
        // Reading is over: from now on an interrupt ends the program.
        interrupt.flag().store(true, Ordering::SeqCst);
    }
    if let Some(summary) = summary_of(&library.problems) {
        context.output.warn(&summary);
    }
    context.case_journal.begin(&library);
    let dialogue = match start {
        Start::Walk(walk) => Dialogue::new(library.trees, Some(*walk)),
        Start::System(read) => Dialogue::new(library.trees, None).asking_for_system(read),
        Start::Home(notice) => {
            context.output.warn(&notice);
            Dialogue::new(library.trees, None)
        }
    };
    match keys {
        Some(keys) => talk(context, dialogue, BufReader::new(keys)),
        None => talk(context, dialogue, std::io::stdin().lock()),
    }
}

/// Continues a case that was kept.
pub(super) fn resume(
    context: &mut Context,
    library: Library,
    kept: KeptWalk,
    (case, is_copy): (u64, bool),
) -> Result<Code, Failure> {
    if wants_screens(context) {
        return screens(context, library, |model| model.with_kept_walk(case, kept, is_copy));
    }
    let problems = summary_of(&library.problems);
    for said in problems.into_iter().chain([kept.words(is_copy)]) {
        context.output.warn(&said);
    }
    lines(context, library, |trees| Dialogue::new(trees, None).with_kept_walk(case, kept, is_copy))
}

/// Opens the terminal of the process, if standard input is another file.
fn terminal() -> Option<File> {
    File::open("/dev/tty").ok().filter(|_| cfg!(unix))
}

fn lines(
    context: &mut Context,
    library: Library,
    begin: impl FnOnce(Vec<Arc<Tree>>) -> Dialogue,
) -> Result<Code, Failure> {
    context.case_journal.begin(&library);
    talk(context, begin(library.trees), std::io::stdin().lock())
}

/// Reads lines until the operator quits or the input ends.
fn talk(context: &mut Context, dialogue: Dialogue, input: impl BufRead) -> Result<Code, Failure> {
    let mut dialogue =
        dialogue.with_usage(context.history.usage()).with_width(context.columns()).redacting(context.redaction());
    // Cases that a script goes through are not kept, like the cards that it reads.
    if context.output.is_seen() && context.case_journal.is_kept() {
        dialogue = dialogue.keeping_cases();
        if let Some(helped) = context.case_journal.helped_here() {
            dialogue = dialogue.with_helped_here(helped);
        }
        if let Some(said) = context.case_journal.first_word() {
            context.output.warn(&said);
        }
        if let (None, Some(case)) = (dialogue.walk(), context.case_journal.recent().first()) {
            let summary = case.summary.as_ref().map(|summary| summary.standing.as_str()).unwrap_or_default();
            context.output.warn(&format!("To continue your last case, {summary}: wherefore resume"));
        }
    }
    keep_case(context, &mut dialogue);
    context.output.write(&dialogue.prompt())?;
    context.case_journal.sync();
    note_opened(context, &mut dialogue);
    let mut lines = typed_lines(input);
    while let Some(line) = typed(context, &mut lines)? {
        let (said, turn) = dialogue.reply(&line);
        keep_case(context, &mut dialogue);
        context.output.write(&format!("\n{said}"))?;
        context.case_journal.sync();
        match turn {
            Reply::Quit => break,
            Reply::Same => {}
            Reply::Next => context.output.write(&dialogue.prompt())?,
            Reply::Practice => {
                match dialogue.tree() {
                    Some(tree) => super::drill::practice(context, tree, &mut lines)?,
                    None => context.output.write("First choose a system by its number.\n")?,
                }
                context.output.write(&format!("\n{}", dialogue.prompt()))?;
            }
        }
        note_opened(context, &mut dialogue);
    }
    let found = dialogue.walk().is_some_and(|walk| matches!(walk.position().step, Step::Card(_)));
    Ok(if found { Code::Done } else { Code::Inconclusive })
}

/// Keeps what has happened in the case, before its effect is told.
fn keep_case(context: &mut Context, dialogue: &mut Dialogue) {
    for change in dialogue.note_case(case_journal::now()) {
        if let Some(Msg::Told(said)) = context.case_journal.keep(change) {
            context.output.warn(&said);
        }
    }
}

/// Adds the current card to the history, if a person reads it.
///
/// Cards that a script reads do not count.
fn note_opened(context: &Context, dialogue: &mut Dialogue) {
    if let Some(Effect::Opened { tree, card }) = dialogue.opened()
        && context.output.is_seen()
    {
        context.history.note(tree, card);
    }
}
