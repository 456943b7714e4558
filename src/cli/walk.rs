//! Runs `wherefore walk`.

use std::ffi::OsString;
use std::sync::Arc;

use clap::Args;

use super::code::Code;
use super::context::{Context, summary_of};
use super::diagnose::{self, ReadSettings};
use super::failure::Failure;
use super::interactive::{self, Start};
use super::values::ValueArgs;
use crate::evidence::Interrupt;
use crate::export::json;
use crate::prove::given;
use crate::session::tree_of;
use crate::store::Library;
use crate::tree::Tree;
use crate::walk::{Answer, Event, Origin, Step, Walk};

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore walk
  wherefore walk oci-load-balancer --answer noticed=http-status --answer status-pair=502-502
  wherefore walk --answer noticed=unknown --json
  wherefore walk --evidence error.log --evidence config.json
")]
pub(super) struct WalkArgs {
    /// The id of the tree, as in `wherefore trees list`; if left out and several fit, you choose
    tree: Option<String>,
    /// Answer a question in advance: an option's id, `unknown` or `none`; TREE/QUESTION=OPTION also names the tree
    #[arg(long = "answer", value_name = "QUESTION=OPTION")]
    answers: Vec<String>,
    /// Use a file, a folder, or - for standard input as evidence
    #[arg(long, value_name = "FILE")]
    evidence: Vec<OsString>,
    /// Offset from UTC for times in the evidence that have no zone, such as +02:00
    #[arg(long, value_name = "OFFSET", value_parser = diagnose::offset, allow_hyphen_values = true, requires = "evidence")]
    utc_offset: Option<i32>,
    #[command(flatten)]
    values: ValueArgs,
    /// Ask the most useful question for its effort instead of the author's next one
    #[arg(long)]
    shortest: bool,
    /// Print the state of the walk as a JSON object, and exit
    #[arg(long)]
    json: bool,
}

pub(super) fn run(context: &mut Context, args: &WalkArgs) -> Result<Code, Failure> {
    let library = context.library()?;
    let mut interrupt = None;
    let mut diagnosis = None;
    if !args.evidence.is_empty() {
        let watching = Interrupt::watch().map_err(diagnose::cannot_watch)?;
        let settings = ReadSettings { utc_offset: args.utc_offset, ..ReadSettings::default() };
        let reading = diagnose::read(context, &library, &args.evidence, &settings, &watching)?;
        if let Some(signal) = watching.signal().filter(|_| reading.stopped) {
            return Ok(Code::Signal(signal));
        }
        diagnose::must_have_read(&reading)?;
        (interrupt, diagnosis) = (Some(watching), Some(reading.diagnosis));
    }
    let is_choice = args.tree.is_none() && args.answers.is_empty() && args.values.is_empty() && library.trees.len() > 1;
    if is_choice && diagnosis.is_none() && !args.json {
        return interactive::choose_walk(context, library);
    }
    if is_choice
        && !args.json
        && let Some(diagnosis) = &diagnosis
        && diagnosis.trees().len() > 1
        && let Some(start) = Start::with(diagnosis)
    {
        let is_input_read = args.evidence.iter().any(|file| file == "-");
        return interactive::begin(context, library, start, interrupt, is_input_read);
    }
    let tree = match (&args.tree, diagnosis.as_ref().and_then(tree_of)) {
        (Some(id), _) => Context::tree(&library, id)?,
        (None, Some(spoken_of)) if args.answers.is_empty() => Arc::clone(spoken_of),
        (None, _) => fitting_tree(&library, &args.answers)?,
    };
    let mut walk = Walk::new(Arc::clone(&tree));
    if let Some(diagnosis) = diagnosis {
        let evidence = diagnosis.evidence(&tree);
        let is_known = !evidence.says_nothing() || !evidence.unexplained.is_empty();
        if !is_known {
            context.output.warn("This tree recognizes nothing in the evidence.");
        }
        // A link may lead to a tree that knows it.
        if is_known || !evidence.elsewhere.is_empty() {
            walk.push(Event::EvidenceAdded(evidence));
        }
    }
    if args.shortest {
        walk.push(Event::ShortestFirst(true));
    }
    for written in &args.answers {
        answer(&mut walk, written)?;
    }
    args.values.give(&mut walk)?;
    if !args.json {
        let is_input_read = args.evidence.iter().any(|file| file == "-");
        return interactive::begin(context, library, Start::Walk(Box::new(walk)), interrupt, is_input_read);
    }
    if let Some(summary) = summary_of(&library.problems) {
        context.output.warn(&summary);
    }
    context.output.json(&json::walk(&walk))?;
    Ok(match walk.position().step {
        Step::Card(_) => Code::Done,
        _ => Code::Inconclusive,
    })
}

/// Splits `TREE/QUESTION=OPTION` behind the tree, which may be missing.
fn tree_in(written: &str) -> (Option<&str>, &str) {
    let question = written.split('=').next().unwrap_or_default();
    match question.find('/').and_then(|slash| Some((written.get(..slash)?, written.get(slash + 1..)?))) {
        Some((tree, rest)) => (Some(tree), rest),
        None => (None, written),
    }
}

/// Returns the only tree, or the only tree with all answered questions.
fn fitting_tree(library: &Library, answers: &[String]) -> Result<Arc<Tree>, Failure> {
    if let Some(id) = answers.iter().find_map(|written| tree_in(written).0) {
        return Context::tree(library, id);
    }
    let has = |tree: &Tree| {
        answers.iter().all(|written| tree.find_question(written.split('=').next().unwrap_or_default()).is_some())
    };
    let fitting: Vec<_> = library.trees.iter().filter(|tree| library.trees.len() == 1 || has(tree)).collect();
    match fitting.as_slice() {
        [only] => Ok(Arc::clone(only)),
        several => {
            let number = if several.is_empty() { "no" } else { "more than one" };
            let ids = library.trees.iter().map(|tree| tree.id.as_str()).collect::<Vec<_>>();
            let help = format!("name the tree: wherefore walk TREE, with one of {}", ids.join(", "));
            Err(Failure::usage(format!("{number} tree has these questions"), help))
        }
    }
}

fn answer(walk: &mut Walk, written: &str) -> Result<(), Failure> {
    let tree = Arc::clone(walk.tree());
    let (of, written) = tree_in(written);
    if let Some(other) = of.filter(|id| tree.id != *id) {
        let help = format!("all answers must belong to one tree, here {}", tree.id);
        return Err(Failure::usage(format!("--answer {other}/{written} belongs to another tree"), help));
    }
    let Some((question, option)) = written.split_once('=') else {
        return Err(Failure::usage(
            format!("--answer {written:?} does not have the form QUESTION=OPTION"),
            format!("for example --answer {}", example(&tree)),
        ));
    };
    let Some(id) = tree.find_question(question) else {
        let known = tree.questions().map(|(_, question)| question.id.as_str()).collect::<Vec<_>>();
        let all = format!("the questions are {}", known.join(", "));
        return Err(Failure::unknown("question", question, known.into_iter(), &all));
    };
    let Some(given) = given(&tree, id, option) else {
        let known = tree.question(id).options.iter().map(|option| option.id.as_str()).chain(["unknown", "none"]);
        let all = known.clone().collect::<Vec<_>>().join(", ");
        let near = crate::text::did_you_mean(option, known);
        let help = match near {
            Some(near) => format!("did you mean {near}? The options are {all}"),
            None => format!("the options are {all}"),
        };
        return Err(Failure::usage(format!("the question {question:?} has no option {option:?}"), help));
    };
    let is_given = |answer: &Answer| matches!(answer.origin, Origin::Operator { .. });
    if walk.known().answers.get(&id).is_some_and(is_given) {
        return Err(Failure::usage(format!("--answer {question} is given twice"), "give each question one answer"));
    }
    walk.answer(id, given);
    Ok(())
}

fn example(tree: &Tree) -> String {
    let first = tree.questions().next();
    first
        .and_then(|(_, question)| Some(format!("{}={}", question.id, question.options.first()?.id)))
        .unwrap_or_else(|| "question=unknown".to_owned())
}
