//! Trains in lines: reads answers until the session is over.

use std::io;
use std::time::Instant;

use super::super::code::Code;
use super::super::context::Context;
use super::super::dialogue;
use super::super::failure::Failure;
use crate::app::plain::Reply;
use crate::app::plain::drill::{DrillDialogue, summary};
use crate::store::BoundedLine;
use crate::tree::Tree;

/// Returns the failure of a tree without cards to train.
pub(super) fn nothing(tree: &Tree) -> Failure {
    Failure::usage(format!("the tree {:?} has no cards to practice", tree.id), "name another tree")
}

/// Reads answers until the session ends or the trainee quits.
///
/// With `is_aside`, output goes to standard error, because standard output is for something else.
pub(super) fn talk(
    context: &mut Context,
    mut dialogue: DrillDialogue,
    lines: &mut impl Iterator<Item = io::Result<BoundedLine>>,
    is_aside: bool,
) -> Result<(Code, DrillDialogue), Failure> {
    let tell = |context: &mut Context, text: &str| -> Result<(), Failure> {
        match is_aside {
            true => context.output.warn(text.trim_end_matches('\n')),
            false => context.output.write(text)?,
        }
        Ok(())
    };
    dialogue = dialogue.with_width(context.columns());
    let began = Instant::now();
    tell(context, &dialogue.prompt())?;
    while let Some(line) = dialogue::typed(context, lines)? {
        dialogue.at(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
        let (said, turn) = dialogue.reply(&line);
        // Before the solution is shown, so what is on the screen is also in the journal.
        let word = dialogue.take_kept().and_then(|(answered, seed)| context.training_journal.keep(answered, seed));
        tell(context, &format!("\n{said}"))?;
        if let Some(word) = word {
            context.output.warn(&word);
        }
        match turn {
            Reply::Quit => break,
            Reply::Same => {}
            Reply::Next | Reply::Practice => tell(context, &dialogue.prompt())?,
        }
    }
    let summary = summary(dialogue.session());
    if !summary.is_empty() {
        tell(context, &format!("\n{summary}"))?;
    }
    let code = if dialogue.session().is_over() { Code::Done } else { Code::Inconclusive };
    Ok((code, dialogue))
}
