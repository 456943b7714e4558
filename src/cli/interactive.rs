//! The program with a person at the other end: on screens where the terminal can show them, in lines where not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::output::Colour;
use super::practice::{any_seed, today};
use super::{Code, Context, Failure, summary_of};
use crate::app::drills::Training;
use crate::app::look::Look;
use crate::app::plain::{Dialogue, Turn};
use crate::app::{self, Effect, Model, Msg};
use crate::evidence::Interrupt;
use crate::store::{BoundedLines, Library, Line, day};
use crate::tree::Tree;
use crate::tui;
use crate::walk::{Step, Walk};

/// No more of a line is taken, in bytes: far more than anybody types, and more than a line of most logs.
const LONGEST_LINE: usize = 1 << 20;

/// `wherefore`: the first screen.
pub(super) fn home(context: &mut Context) -> Result<Code, Failure> {
    if !wants_screens(context) {
        let library = context.library_saying_problems()?;
        return lines(context, Dialogue::new(library.trees, None));
    }
    let library = context.library()?;
    screens(context, library, |model| model)
}

/// `wherefore TEXT…`: the search on screens; without a terminal, the card, or those that it may be.
pub(super) fn look_up(context: &mut Context, text: &[String]) -> Result<Code, Failure> {
    if !wants_screens(context) {
        return super::find::best(context, text);
    }
    // With a terminal at both ends nothing is piped in; the search is where to paste it.
    let text = if text == ["-"] { String::new() } else { text.join(" ") };
    let library = context.library()?;
    screens(context, library, |model| model.with_search(&text))
}

/// Goes on with a walk. If evidence for it was read from standard input, keys come from the terminal all the same.
pub(super) fn walk_with(
    context: &mut Context,
    library: Library,
    walk: Walk,
    interrupt: Option<Interrupt>,
    is_input_read: bool,
) -> Result<Code, Failure> {
    let is_typed = std::io::stdin().is_terminal();
    let keys = if is_typed || !is_input_read || !context.output.is_seen() { None } else { terminal() };
    if can_draw(context) && context.output.is_seen() && (is_typed || keys.is_some()) {
        // Screens watch for signals themselves.
        drop(interrupt);
        return screens(context, library, |model| model.with_walk(walk));
    }
    if let Some(interrupt) = &interrupt {
        // There is nothing to be stopped any more but the program.
        interrupt.flag().store(true, Ordering::SeqCst);
    }
    if let Some(summary) = summary_of(&library.problems) {
        context.output.say(&summary);
    }
    let dialogue = Dialogue::new(library.trees, Some(walk));
    match keys {
        Some(keys) => talk(context, dialogue, BufReader::new(keys)),
        None => talk(context, dialogue, std::io::stdin().lock()),
    }
}

/// The terminal that the program was started from, where its standard input is something else.
fn terminal() -> Option<File> {
    File::open("/dev/tty").ok().filter(|_| cfg!(unix))
}

/// Screens need a terminal at both ends that can move its cursor.
pub(super) fn wants_screens(context: &Context) -> bool {
    can_draw(context) && context.output.is_terminal()
}

fn can_draw(context: &Context) -> bool {
    let is_dumb = context.environment.get("TERM").is_none_or(|name| name == "dumb");
    !context.common.plain && !is_dumb
}

/// A training session on screens; what is to be `said` of the journal comes first.
pub(super) fn train(
    context: &mut Context,
    library: Library,
    training: Training,
    tree: &Arc<Tree>,
    said: Option<String>,
) -> Result<Code, Failure> {
    let notice = notice_of(&library, said);
    let model = Model::new(library.trees, look(context), notice).with_training(training).with_drill(tree);
    show(context, model)
}

fn screens(context: &mut Context, library: Library, open: impl FnOnce(Model) -> Model) -> Result<Code, Failure> {
    let (answers, said) = context.practice.read();
    let midnight = Some(day::until_midnight());
    let mut training = Training::new(&library.trees, &answers, today(), any_seed()).until(midnight);
    training.is_kept = context.practice.is_kept();
    let notice = notice_of(&library, said);
    let model = Model::new(library.trees, look(context), notice).with_usage(context.history.usage());
    show(context, open(model.with_training(training)))
}

fn notice_of(library: &Library, said: Option<String>) -> Option<String> {
    let problems = summary_of(&library.problems).map(|summary| summary.replace('\n', "; "));
    let said: Vec<String> = said.into_iter().chain(problems).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn show(context: &mut Context, mut model: Model) -> Result<Code, Failure> {
    let options = tui::Options::from_env(|name| context.environment.get(name).map(str::to_owned));
    let (history, practice) = (&context.history, &mut context.practice);
    let mut keep = |effect| match effect {
        Effect::Opened { tree, card } => {
            history.note(tree, card);
            None
        }
        Effect::Answered { answered, seed } => practice.keep(answered, seed).map(Msg::NotKept),
        _ => None,
    };
    let ended = tui::run(&mut model, app::update, app::view, &mut keep, &options)?;
    match ended {
        tui::Ended::Quit => {
            if let Some(farewell) = model.farewell() {
                context.output.write(&farewell)?;
            }
            Ok(Code::Done)
        }
        tui::Ended::Signal(number) => {
            // The terminal may be gone with the signal; what was found is shown if it is still there.
            if let Some(farewell) = model.farewell() {
                let _ = context.output.write(&farewell);
            }
            Ok(Code::Signal(u8::try_from(number).unwrap_or(0)))
        }
    }
}

/// What the terminal can show: the Linux console and real terminals of old have no symbols beyond ASCII worth using.
pub(super) fn look(context: &Context) -> Look {
    let environment = &context.environment;
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| environment.get(name));
    let is_utf8 = locale.is_some_and(|name| {
        let name = name.to_lowercase();
        name.contains("utf-8") || name.contains("utf8")
    });
    let term = environment.get("TERM").unwrap_or_default();
    let is_simple = term == "linux" || term.starts_with("vt");
    let colour = match context.common.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => environment.get("NO_COLOR").is_none(),
    };
    Look { unicode: is_utf8 && !is_simple && !context.common.ascii, colour }
}

fn lines(context: &mut Context, dialogue: Dialogue) -> Result<Code, Failure> {
    talk(context, dialogue, std::io::stdin().lock())
}

/// Reads lines until the operator quits or the input ends.
fn talk(context: &mut Context, dialogue: Dialogue, input: impl BufRead) -> Result<Code, Failure> {
    let mut dialogue = dialogue.with_usage(context.history.usage());
    context.output.write(&dialogue.prompt())?;
    note_opened(context, &mut dialogue);
    let mut lines = typed_lines(input);
    while let Some(line) = typed(context, &mut lines)? {
        let (said, turn) = dialogue.reply(&line);
        context.output.write(&format!("\n{said}"))?;
        match turn {
            Turn::Quit => break,
            Turn::Same => {}
            Turn::Next => context.output.write(&dialogue.prompt())?,
            Turn::Practise => {
                if let Some(tree) = dialogue.tree() {
                    super::drill::practise(context, tree, &mut lines)?;
                }
                context.output.write(&format!("\n{}", dialogue.prompt()))?;
            }
        }
        note_opened(context, &mut dialogue);
    }
    let found = dialogue.walk().is_some_and(|walk| matches!(walk.position().step, Step::Card(_)));
    Ok(if found { Code::Done } else { Code::Inconclusive })
}

/// The lines that are typed, or piped into a dialogue.
pub(super) fn typed_lines<R: BufRead>(input: R) -> BoundedLines<R> {
    BoundedLines::new(input, LONGEST_LINE)
}

/// Reads the next line that is typed, in any bytes, and says if it is cut; `None` at the end.
pub(super) fn typed(
    context: &mut Context,
    lines: &mut impl Iterator<Item = io::Result<Line>>,
) -> Result<Option<String>, Failure> {
    let line = lines.next().transpose().map_err(|error| {
        Failure::usage(format!("cannot read what is typed: {error}"), "check where standard input comes from")
    })?;
    if line.as_ref().is_some_and(|line| line.is_cut) {
        context.output.say(&format!("That line is too long: only the first {} MiB of it counts.", LONGEST_LINE >> 20));
    }
    Ok(line.map(|line| line.text()))
}

/// Remembers which card is being read, if a person reads it; a script does not count.
fn note_opened(context: &Context, dialogue: &mut Dialogue) {
    if let Some(Effect::Opened { tree, card }) = dialogue.opened()
        && context.output.is_seen()
    {
        context.history.note(tree, card);
    }
}
