//! Runs `wherefore man`.

use clap::{Args, Command};

use super::code::Code;
use super::context::Context;
use super::failure::Failure;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore man | man -l -
  wherefore man walk > wherefore-walk.1
")]
pub(super) struct ManArgs {
    /// Print the page of this subcommand instead of the main page
    subcommand: Option<String>,
}

pub(super) fn run(context: &mut Context, args: &ManArgs, mut command: Command) -> Result<Code, Failure> {
    command.build();
    if let Some(name) = &args.subcommand {
        let Some(found) = command.find_subcommand(name) else {
            let known: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
            return Err(Failure::unknown("subcommand", name, known.into_iter(), "wherefore --help shows all"));
        };
        command = found.clone();
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    context.output.write(&String::from_utf8_lossy(&page))?;
    Ok(Code::Done)
}
