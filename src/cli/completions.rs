//! `wherefore completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Code, Context, Failure};

#[derive(Debug, Args)]
#[command(before_help = "\
Example:
  wherefore completions bash > ~/.local/share/bash-completion/completions/wherefore
")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(context: &mut Context, args: &CompletionsArgs) -> Result<Code, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wherefore", &mut script);
    context.output.write(&String::from_utf8_lossy(&script))?;
    Ok(Code::Done)
}
