//! Runs `wherefore drill`.

mod exam;
mod progress;
mod talk;

use std::ffi::OsString;
use std::io;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};

use super::choose::choose_system;
use super::code::Code;
use super::context::{Context, summary_of};
use super::dialogue;
use super::failure::Failure;
use super::screens;
use super::training_journal::{any_seed, today};
use crate::app::drills::{DrillSession, Modes, TrainingState, Wanted};
use crate::app::plain::drill::DrillDialogue;
use crate::drill::Material;
use crate::prove::is_sound;
use crate::recognize::Recognizer;
use crate::store::{BoundedLine, Library, day};
use crate::text;
use crate::tree::{CardId, Tree};
use talk::{nothing, talk};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(before_help = "\
Examples:
  wherefore drill                                     about five minutes: cards that are due today, then new ones
  wherefore drill --mode incident                     only incidents
  wherefore drill --card gateway-timeout --seed 7     one exercise, the same every time
  wherefore drill --exam 10 --json > exam.json        ten exercises without hints, and a report
  wherefore drill --check exam.json                   check an exam report
  wherefore drill progress show                       which cards you know well, and which are new
")]
#[command(after_help = "\
Answers are recorded in $XDG_STATE_HOME/wherefore/progress.jsonl, which only you can read; --no-history turns this off. \
With --seed, the seed chooses the cards, whatever is due.

Exit codes: 0 done, 1 stopped before the end, or an exam report that is not correct, 2 wrong usage or unreadable input.")]
pub(super) struct DrillArgs {
    #[command(subcommand)]
    command: Option<DrillCommand>,
    /// The id of the tree, as in `wherefore trees list`; if left out and there are several, you choose
    tree: Option<String>,
    /// Practice only exercises of this kind
    #[arg(long, value_name = "MODE", default_value = "both")]
    mode: ModeWord,
    /// Only this card
    #[arg(long, value_name = "ID")]
    card: Option<String>,
    /// Only this incident of your team: a file in the tree's drills/ folder, without .json
    #[arg(long, value_name = "ID", conflicts_with_all = ["card", "mode"])]
    incident: Option<String>,
    /// Seed: the same number gives the same exercises
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Practice as if it were this day: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Do not show the time
    #[arg(long)]
    no_timer: bool,
    /// Run an exam with N exercises: no hints, plain lines, and a report
    #[arg(long, value_name = "N", conflicts_with_all = ["card", "mode", "incident"], value_parser = clap::value_parser!(u16).range(1..=500))]
    exam: Option<u16>,
    /// Print the exam report as a JSON object; the questions go to standard error
    #[arg(long, requires = "exam")]
    json: bool,
    /// Check an exam report: replay it with the same tree, and compare the score; - reads standard input
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["exam", "card", "mode", "incident", "seed", "date", "tree"])]
    check: Option<OsString>,
}

#[derive(Debug, Subcommand)]
enum DrillCommand {
    /// Show, export, import or reset what you have learned
    Progress(progress::ProgressArgs),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeWord {
    /// Lines to recognize
    #[value(name = "recognize", alias = "recognise")]
    Recognize,
    /// Incidents to solve
    Incident,
    /// Both: a few incidents among lines
    Both,
}

pub(super) fn run(context: &mut Context, args: &DrillArgs) -> Result<Code, Failure> {
    if let Some(DrillCommand::Progress(args)) = &args.command {
        return progress::run(context, args);
    }
    if let Some(report) = &args.check {
        return exam::check(context, report);
    }
    let library = context.library()?;
    let wanted = (args.card.as_deref(), args.incident.as_deref());
    let is_open = args.tree.is_none() && wanted == (None, None) && args.exam.is_none() && library.trees.len() > 1;
    let is_on_screens = screens::wants_screens(context);
    let tree = match is_open {
        // The screens ask.
        true if is_on_screens => None,
        true => {
            let mut input = dialogue::typed_lines(io::stdin().lock());
            let chosen = choose_system(context, &library.trees, &mut input)?;
            if chosen.is_none() {
                return Ok(Code::Inconclusive);
            }
            chosen
        }
        false => Some(tree_of(&library, args.tree.as_deref(), wanted)?),
    };
    let today = match &args.date {
        None => today(),
        Some(date) => day::number_of(date)
            .ok_or_else(|| Failure::usage(format!("--date {date:?} is not a valid date"), "write it as 2026-01-15"))?,
    };
    let seed = args.seed.unwrap_or_else(any_seed);
    if let (Some(count), Some(tree)) = (args.exam, &tree) {
        return exam::run(context, &library, tree, (today, seed, usize::from(count)), args.json);
    }
    let wanted = Wanted {
        modes: match args.mode {
            ModeWord::Recognize => Modes::Recognize,
            ModeWord::Incident => Modes::Incident,
            ModeWord::Both => Modes::Both,
        },
        card: tree.as_deref().zip(args.card.as_deref()).map(|(tree, card)| card_of(tree, card)).transpose()?,
        incident: tree
            .as_deref()
            .zip(args.incident.as_deref())
            .map(|(tree, name)| incident_of(tree, name))
            .transpose()?,
        is_by_seed: args.seed.is_some(),
        seed,
    };
    let (answers, said) = context.training_journal.read();
    let contradiction = tree.as_ref().and_then(|tree| contradiction(tree, wanted));
    let said = said.into_iter().chain(contradiction).reduce(|said, more| format!("{said} {more}"));
    let midnight = if args.date.is_none() { Some(day::until_midnight()) } else { None };
    let mut training = TrainingState::new(&library.trees, &answers, today, seed).until(midnight);
    training.has_timer = !args.no_timer;
    training.is_kept = context.training_journal.is_kept();
    training.want(wanted);
    let tree = match tree {
        Some(tree) if !is_on_screens => tree,
        tree => return screens::train(context, library, training, tree.as_ref(), said),
    };
    if let Some(summary) = summary_of(&library.problems) {
        context.output.warn(&summary);
    }
    if let Some(said) = said {
        context.output.warn(&said);
    }
    let material = Arc::new(Material::new(Arc::clone(&tree)));
    let session =
        DrillSession::new(&material, &training.progress(&tree), today, wanted).ok_or_else(|| nothing(&tree))?;
    let dialogue = DrillDialogue::new(session).with_calendar(training.calendar);
    let dialogue = if args.no_timer { dialogue.without_timer() } else { dialogue };
    talk(context, dialogue, &mut dialogue::typed_lines(io::stdin().lock()), false).map(|(code, _)| code)
}

/// Runs a session of what is due today, in lines.
///
/// For a person who interrupts another dialogue for it.
pub(super) fn practice(
    context: &mut Context,
    tree: &Arc<Tree>,
    lines: &mut impl Iterator<Item = io::Result<BoundedLine>>,
) -> Result<(), Failure> {
    let (answers, said) = context.training_journal.read();
    if let Some(said) = said {
        context.output.warn(&said);
    }
    let training = TrainingState::new(std::slice::from_ref(tree), &answers, today(), any_seed());
    let training = training.until(Some(day::until_midnight()));
    let wanted = Wanted { seed: any_seed(), ..Wanted::default() };
    let material = Arc::new(Material::new(Arc::clone(tree)));
    match DrillSession::new(&material, &training.progress(tree), today(), wanted) {
        Some(session) => {
            talk(context, DrillDialogue::new(session).with_calendar(training.calendar), lines, false).map(|_| ())
        }
        None => Ok(context.output.write("This tree has no cards to practice.\n")?),
    }
}

/// Warns of an incident that contradicts its card or gives it away.
///
/// Only for an incident of a team that was asked for by name.
fn contradiction(tree: &Arc<Tree>, wanted: Wanted) -> Option<String> {
    let drill = wanted.incident.and_then(|at| tree.drills.get(at))?;
    let is_sound = is_sound(&Recognizer::new(Arc::clone(tree)), drill);
    let what = format!(
        "The incident {:?} contradicts its card or gives it away; \"wherefore trees check\" says where.",
        drill.id
    );
    (!is_sound).then(|| text::clean_line(&what))
}

/// Returns the tree that was named, or the only fitting tree.
///
/// A tree fits if it has the card and the incident that were asked for. A single tree always fits.
fn tree_of(
    library: &Library,
    tree: Option<&str>,
    (card, incident): (Option<&str>, Option<&str>),
) -> Result<Arc<Tree>, Failure> {
    if let Some(id) = tree {
        return Context::tree(library, id);
    }
    let has = |tree: &&Arc<Tree>| {
        let has_incident = |name: &str| tree.drills.iter().any(|drill| drill.id == name);
        card.is_none_or(|card| tree.find_card(card).is_some()) && incident.is_none_or(has_incident)
    };
    let fitting: Vec<_> = library.trees.iter().filter(has).collect();
    match (fitting.as_slice(), library.trees.as_slice()) {
        ([only], _) => Ok(Arc::clone(only)),
        // A missing card is reported later, with the cards that the tree has.
        ([], [only]) => Ok(Arc::clone(only)),
        ([], trees) => {
            let cards = trees.iter().flat_map(|tree| tree.cards().map(|(_, card)| card.id.as_str()));
            let incidents = trees.iter().flat_map(|tree| tree.drills.iter().map(|drill| drill.id.as_str()));
            let help = "wherefore trees list shows the trees";
            Err(match (card, incident) {
                (_, Some(incident)) => Failure::unknown("incident", incident, incidents, help),
                (Some(card), None) => Failure::unknown("card", card, cards, help),
                (None, None) => Failure::usage("there is no tree to practice with".to_owned(), help.to_owned()),
            })
        }
        (several, _) => {
            let ids = several.iter().map(|tree| tree.id.as_str()).collect::<Vec<_>>();
            let help = format!("name the tree: wherefore drill TREE, with one of {}", ids.join(", "));
            Err(Failure::usage("several trees fit".to_owned(), help))
        }
    }
}

fn incident_of(tree: &Tree, name: &str) -> Result<usize, Failure> {
    tree.drills.iter().position(|drill| drill.id == name).ok_or_else(|| {
        let known: Vec<_> = tree.drills.iter().map(|drill| drill.id.as_str()).collect();
        let all = match known.as_slice() {
            [] => "this tree has no incidents".to_owned(),
            known => format!("its incidents are {}", known.join(", ")),
        };
        Failure::unknown("incident", name, known.into_iter(), &all)
    })
}

fn card_of(tree: &Tree, name: &str) -> Result<CardId, Failure> {
    tree.find_card(name).filter(|card| *card != tree.escalation).ok_or_else(|| {
        let known: Vec<_> = tree.diagnoses().map(|(_, card)| card.id.as_str()).collect();
        Failure::unknown("card to train", name, known.into_iter(), "wherefore find TEXT finds cards")
    })
}
