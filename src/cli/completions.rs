//! Runs `wherefore completions`.

use clap::{Args, Command};
use clap_complete::Shell;

use super::code::Code;
use super::context::Context;
use super::failure::Failure;

#[derive(Debug, Args)]
#[command(before_help = "\
Example:
  wherefore completions bash > ~/.local/share/bash-completion/completions/wherefore
")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(context: &mut Context, args: &CompletionsArgs, command: &mut Command) -> Result<Code, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "wherefore", &mut script);
    context.output.write(&String::from_utf8_lossy(&script))?;
    Ok(Code::Done)
}
