//! Runs `wherefore show`.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use super::values::ValueArgs;
use crate::export::brief::{WIDTH, brief};
use crate::export::values::CommandValues;
use crate::export::{CardText, Outline, json, markdown, outline, plain};
use crate::tree::{CardId, Tree};
use crate::walk::{Walk, remedies};

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore show gateway-timeout
  wherefore show gateway-timeout --full | less
  wherefore show gateway-timeout --format markdown >> ticket.md
  wherefore show gateway-timeout --command 1
")]
pub(super) struct ShowArgs {
    /// The id of a card, as in `wherefore find`; TREE/CARD if several trees have it
    card: String,
    /// Print the complete card: every step with its commands, symptoms, error texts, values and links
    #[arg(long, conflicts_with = "format")]
    full: bool,
    #[command(flatten)]
    values: ValueArgs,
    /// Print only the commands of step N, one a line; N.M prints the command M of step N
    #[arg(long, value_name = "N", conflicts_with_all = ["full", "format"])]
    command: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Plain text
    Text,
    /// Markdown, for tickets and chats
    Markdown,
    /// A JSON object
    Json,
}

pub(super) fn run(context: &mut Context, args: &ShowArgs) -> Result<Code, Failure> {
    let library = context.library_saying_problems()?;
    let (tree_name, card_name) = match args.card.split_once('/') {
        Some((tree, card)) => (Some(tree), card),
        None => (None, args.card.as_str()),
    };
    let trees = || library.trees.iter().filter(|tree| tree_name.is_none_or(|name| name == tree.id));
    let mut found = trees().filter_map(|tree| Some((tree, tree.find_card(card_name)?)));
    let first = found.next();
    let others: Vec<_> = found.map(|(tree, _)| format!("{}/{card_name}", tree.id)).collect();
    if let (Some((tree, _)), false) = (first, others.is_empty()) {
        let help = format!("name one of {}/{card_name}, {}", tree.id, others.join(", "));
        return Err(Failure::usage(format!("several trees have a card {card_name:?}"), help));
    }
    let Some((tree, id)) = first else {
        let known: Vec<_> = trees().flat_map(|tree| tree.cards().map(|(_, card)| card.id.as_str())).collect();
        return Err(Failure::unknown("card", &args.card, known.into_iter(), "wherefore find TEXT finds cards"));
    };
    let mut walk = Walk::new(Arc::clone(tree));
    args.values.give(&mut walk)?;
    if let Some(wanted) = &args.command {
        let commands = commands_of(&outline_of(&library.trees, &walk, id), wanted)?;
        context.output.write(&commands)?;
        return Ok(Code::Done);
    }
    match args.format {
        Format::Text if args.full => print(context, &outline_of(&library.trees, &walk, id).text(), tree, id)?,
        Format::Text => print_short(context, &library.trees, &walk, id)?,
        Format::Markdown => {
            context.page(&markdown::card(&outline_of(&library.trees, &walk, id).text()))?;
            note_read(context, tree, id);
        }
        Format::Json => context.output.json(&json::card(&walk, id))?,
    }
    Ok(Code::Done)
}

/// Prints the short form of a card with a walk's values.
pub(super) fn print_short(context: &mut Context, trees: &[Arc<Tree>], walk: &Walk, id: CardId) -> Result<(), Failure> {
    let (tree, values) = (walk.tree(), CommandValues::of_card(Some(walk), walk.tree(), id));
    let short = brief(trees, tree, id, &|name, effect| values.get(name, effect));
    print(context, &short, tree, id)
}

fn print(context: &mut Context, card: &CardText, tree: &Tree, id: CardId) -> Result<(), Failure> {
    let width = context.columns().min(WIDTH);
    context.page(&plain::card(card, width))?;
    note_read(context, tree, id);
    Ok(())
}

/// Adds a card that a person reads to the history.
///
/// A card that goes into a file or a script does not count as opened.
fn note_read(context: &Context, tree: &Tree, id: CardId) {
    if context.output.is_seen() {
        context.history.note(tree.id.to_string(), tree.card(id).id.to_string());
    }
}

/// Returns the commands of a step, one a line.
fn commands_of(outline: &Outline, wanted: &str) -> Result<String, Failure> {
    let (step, command) = match wanted.split_once('.') {
        Some((step, command)) => (step, Some(command)),
        None => (wanted, None),
    };
    let number = |text: &str| text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let commands = number(step).and_then(|at| outline.steps.get(at)).map(|step| &step.commands);
    let found = match (commands, command) {
        (Some(commands), None) => commands.iter().map(|written| format!("{}\n", written.command)).collect(),
        (Some(commands), Some(command)) => {
            let written = number(command).and_then(|at| commands.get(at));
            written.map(|written| format!("{}\n", written.command)).unwrap_or_default()
        }
        (None, _) => String::new(),
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let known: Vec<_> = outline.steps.iter().filter(|step| !step.commands.is_empty()).map(|step| step.number).collect();
    let known = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let help = format!("steps with commands: {}", if known.is_empty() { "none" } else { &known });
    Err(Failure::usage(format!("the card has no command {wanted:?}"), help))
}

fn outline_of(trees: &[Arc<Tree>], walk: &Walk, id: CardId) -> Outline {
    let (tree, values) = (walk.tree(), CommandValues::of_card(Some(walk), walk.tree(), id));
    let order = remedies(tree.card(id), |_| None);
    outline::outline(trees, tree, id, &order, &|name, effect| values.get(name, effect))
}
