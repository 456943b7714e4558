//! Runs the program on screens.
//!
//! Also finds out what the terminal can show.

use std::sync::Arc;

use super::case_journal::CaseJournal;
use super::code::Code;
use super::context::{Context, summary_of};
use super::failure::Failure;
use super::history::History;
use super::output::Color;
use super::training_journal::{TrainingJournal, any_seed, today};
use crate::app::drills::TrainingState;
use crate::app::system_use::SystemUse;
use crate::app::theme::Theme;
use crate::app::{self, Effect, Model, Msg};
use crate::store::{Library, day};
use crate::tree::Tree;
use crate::tui::{self, Keeper};

/// Returns whether screens are wanted, and both ends are a terminal.
pub(super) fn wants_screens(context: &Context) -> bool {
    can_draw(context) && context.output.is_terminal()
}

/// Returns whether screens are wanted and the terminal can move its cursor.
pub(super) fn can_draw(context: &Context) -> bool {
    !context.common.plain && context.environment.can_move_cursor()
}

/// Runs a training session on screens.
///
/// Without a tree, the operator chooses one.
///
/// `said` is a notice about the journal, which is shown first.
pub(super) fn train(
    context: &mut Context,
    library: Library,
    training: TrainingState,
    tree: Option<&Arc<Tree>>,
    said: Option<String>,
) -> Result<Code, Failure> {
    let notice = notice_of(context, &library, said);
    let model = Model::new(library.trees, theme(context), notice).with_training(training);
    let model = match tree {
        Some(tree) => model.with_drill(tree),
        None => model.with_systems(SystemUse::Practice),
    };
    show(context, model)
}

/// Opens the program on screens; `open` chooses the first screen.
pub(super) fn screens(
    context: &mut Context,
    library: Library,
    open: impl FnOnce(Model) -> Model,
) -> Result<Code, Failure> {
    let (answers, said) = context.training_journal.read();
    let midnight = Some(day::until_midnight());
    let mut training = TrainingState::new(&library.trees, &answers, today(), any_seed()).until(midnight);
    training.is_kept = context.training_journal.is_kept();
    let notice = notice_of(context, &library, said);
    context.case_journal.begin(&library);
    let model = Model::new(library.trees, theme(context), notice).with_usage(context.history.usage());
    let model = match context.case_journal.is_kept() {
        true => model.keeping_cases().with_kept_cases(context.case_journal.recent()),
        false => model,
    };
    show(context, open(model.with_training(training)))
}

fn notice_of(context: &Context, library: &Library, said: Option<String>) -> Option<String> {
    let problems = summary_of(&library.problems).map(|summary| summary.replace('\n', "; "));
    let of_settings = context.config.problems.first().map(|first| format!("The defaults are used: {first}"));
    let of_cases = context.case_journal.first_word();
    let said: Vec<String> = said.into_iter().chain(problems).chain(of_settings).chain(of_cases).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The files that outlive a run on screens.
struct Keeping<'a> {
    history: &'a History,
    training_journal: &'a mut TrainingJournal,
    case_journal: &'a mut CaseJournal,
}

impl Keeper for Keeping<'_> {
    fn keep(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Opened { tree, card } => {
                self.history.note(tree, card);
                None
            }
            Effect::Answered { answered, seed } => self.training_journal.keep(answered, seed).map(Msg::NotKept),
            Effect::Case(change) => self.case_journal.keep(change),
            Effect::OpenCase { case, id } => Some(self.case_journal.open(case, &id)),
            _ => None,
        }
    }

    fn drawn(&mut self) -> Option<Msg> {
        self.case_journal.sync();
        self.case_journal.helped_here().map(Msg::HelpedHere)
    }
}

fn show(context: &mut Context, mut model: Model) -> Result<Code, Failure> {
    let options = tui::TerminalOptions::from_env(|name| context.environment.get(name).map(str::to_owned));
    let settings = &context.config.settings;
    let options = tui::TerminalOptions { has_wheel: settings.has_wheel, tells_pause: settings.has_pop_up, ..options };
    model.shared.keys = context.config.settings.keys.clone();
    model.shared.session.redaction = context.redaction();
    let mut keeping = Keeping {
        history: &context.history,
        training_journal: &mut context.training_journal,
        case_journal: &mut context.case_journal,
    };
    let ended = tui::run(&mut model, app::update, app::view, &mut keeping, &options)?;
    // No frame followed the last key.
    context.case_journal.sync();
    if context.case_journal.is_failing() {
        model.shared.session.keep_no_cases();
    }
    match ended {
        tui::Ended::Quit => {
            if let Some(farewell) = model.farewell() {
                context.output.write(&farewell)?;
            }
            Ok(Code::Done)
        }
        tui::Ended::Signal(number) => {
            // The terminal may be gone with the signal; the result is printed if it is still there.
            if let Some(farewell) = model.farewell() {
                let _ = context.output.write(&farewell);
            }
            Ok(Code::Signal(u8::try_from(number).unwrap_or(0)))
        }
    }
}

/// Returns the symbols and colors that the terminal can show.
///
/// The Linux console and old real terminals have no symbols beyond ASCII worth using.
pub(super) fn theme(context: &Context) -> Theme {
    let environment = &context.environment;
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| environment.get(name));
    let is_utf8 = locale.is_some_and(|name| {
        let name = name.to_lowercase();
        name.contains("utf-8") || name.contains("utf8")
    });
    let term = environment.get("TERM").unwrap_or_default();
    let is_simple = term == "linux" || term.starts_with("vt");
    let color = match context.common.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => environment.get("NO_COLOR").is_none(),
    };
    Theme {
        kind: context.config.settings.theme,
        unicode: is_utf8 && !is_simple && !context.common.ascii,
        color,
        hyperlinks: supports_hyperlinks::supports_hyperlinks(),
    }
}
