//! Parses, runs, prints the error, and returns the exit code.
//!
//! Nothing else ends the process.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match wherefore::internals::cli::run(std::env::args_os()) {
        Ok(code) => ExitCode::from(code.number()),
        Err(failure) => {
            // If standard error is closed, there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.code().number())
        }
    }
}
