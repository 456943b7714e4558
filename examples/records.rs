//! Writes made-up log records to standard output.
//!
//! For example: `cargo run --release --example records -- --bytes 1GB > file`.

use std::error::Error;
use std::io::{self, BufWriter, Write as _};

#[path = "../benches/records.rs"]
mod records;

const USAGE: &str = "usage: records [--bytes NUMBER[KB|MB|GB]] [--seed NUMBER] [--bare]";

fn main() -> Result<(), Box<dyn Error>> {
    let mut recipe = records::Recipe { bytes: 1_000_000, seed: 1, has_envelope: true };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bytes" => recipe.bytes = bytes(&arguments.next().ok_or(USAGE)?)?,
            "--seed" => recipe.seed = arguments.next().ok_or(USAGE)?.parse()?,
            "--bare" => recipe.has_envelope = false,
            _ => return Err(USAGE.into()),
        }
    }
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    records::write(&mut output, recipe)?;
    Ok(output.flush()?)
}

/// `1GB`, `64MB`, `500`: decimal units.
fn bytes(text: &str) -> Result<u64, Box<dyn Error>> {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("", 1)];
    let (number, unit) = units.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit))).ok_or(USAGE)?;
    Ok(number.parse::<u64>()? * unit)
}
