//! Prints the table of keys as Markdown.
//!
//! The README has it: `cargo run --example keys`.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(wherefore::internals::app::keys::markdown().as_bytes())
}
