//! Says what was diagnosed on this machine, and what helped.

use clap::Args;
use serde_json::{Value, json};

use super::cases::named;
use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use crate::case;
use crate::export::format::between;
use crate::session::{CardStatistics, Statistics, statistics};
use crate::text;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore stats
  wherefore stats --json
")]
#[command(after_help = "\
It counts the cases that are recorded on this machine (wherefore cases list). A case counts for the card of which a step \
helped, or else for the card that it ended at. Nothing of it leaves the machine, and no verdict depends on it.

Exit codes: 0 done, 2 wrong usage or unreadable files.")]
pub(super) struct StatsArgs {
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(context: &mut Context, args: &StatsArgs) -> Result<Code, Failure> {
    let all = named::all(context)?;
    let library = context.library_saying_problems()?;
    let folder = context.case_journal.folder()?;
    let texts = all.iter().map(|case| folder.read(&case.id).ok());
    let read: Vec<_> = texts.map(|text| case::read(&text?, &library.trees).ok()).collect();
    let unreadable = read.iter().filter(|kept| kept.is_none()).count();
    let counted = statistics(read.iter().flatten().map(|kept| &kept.walk));
    if args.json {
        context.output.json(&object(&counted, unreadable))?;
        return Ok(Code::Done);
    }
    let width = context.columns();
    context.page(&words(&counted, unreadable, width))?;
    Ok(Code::Done)
}

fn object(counted: &Statistics, unreadable: usize) -> Value {
    let card = |card: &CardStatistics| {
        let helped = card.helped.iter().map(|it| json!({"step": it.step, "act": it.act, "cases": it.count}));
        json!({
            "tree": card.tree,
            "card": card.card,
            "title": card.title,
            "diagnosed": card.diagnosed,
            "solved": card.solved,
            "seconds_to_card": card.seconds_to_card,
            "helped": helped.collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "wherefore/stats/1",
        "cases": counted.cases,
        "solved": counted.solved,
        "unreadable": unreadable,
        "cards": counted.cards.iter().map(card).collect::<Vec<_>>(),
    })
}

fn words(counted: &Statistics, unreadable: usize, width: usize) -> String {
    if counted.cases == 0 {
        return "There are no cases yet.\n".to_owned();
    }
    let mut said = format!("{}, {} solved.\n", text::count(counted.cases, "case", "cases"), counted.solved);
    if unreadable > 0 {
        let cases = text::count(unreadable, "case", "cases");
        said.push_str(&format!("{cases} more cannot be read: wherefore cases list\n"));
    }
    for card in &counted.cards {
        let mut counts = format!("{}, {} solved", text::count(card.diagnosed, "case", "cases"), card.solved);
        if let Some(seconds) = card.seconds_to_card {
            let taken = if seconds == 0 { "0 s".to_owned() } else { between(0, seconds.saturating_mul(1000)) };
            counts.push_str(&format!(", {taken} to the card (median)"));
        }
        said.push('\n');
        let mut push = |indent: &str, line: &str| {
            for part in text::wrap(line, width.saturating_sub(indent.len())) {
                said.push_str(&format!("{indent}{part}\n"));
            }
        };
        push("", &card.title);
        push("  ", &format!("{}: {counts}", card.system));
        for helped in &card.helped {
            push("  ", &format!("Helped {}: {}", text::count(helped.count, "time", "times"), helped.act));
        }
        push("  ", &format!("wherefore show {}/{}", card.tree, card.card));
    }
    said
}
