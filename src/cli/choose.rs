//! Lets the operator choose a system in lines.

use std::io;
use std::sync::Arc;

use super::context::Context;
use super::dialogue::typed;
use super::failure::Failure;
use crate::store::BoundedLine;
use crate::tree::Tree;

/// Lets the operator choose a system.
///
/// `None` if the input ends first.
pub(super) fn choose_system(
    context: &mut Context,
    trees: &[Arc<Tree>],
    input: &mut impl Iterator<Item = io::Result<BoundedLine>>,
) -> Result<Option<Arc<Tree>>, Failure> {
    let mut prompt = String::from("Which system?\n");
    for (at, tree) in trees.iter().enumerate() {
        prompt.push_str(&format!("{}. {}\n", at + 1, tree.title));
    }
    prompt.push_str("Type a number, or q to quit.\n> ");
    context.output.write(&prompt)?;
    while let Some(line) = typed(context, input)? {
        let word = line.trim();
        if word == "q" {
            break;
        }
        match word.parse::<usize>().ok().and_then(|number| trees.get(number.checked_sub(1)?)) {
            Some(tree) => return Ok(Some(Arc::clone(tree))),
            None => context.output.write(&prompt)?,
        }
    }
    Ok(None)
}
