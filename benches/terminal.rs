//! Measures the first frame and each key on a pseudo-terminal, beside fzf.
//!
//! Run it with `cargo bench --bench terminal`.

mod pseudo_terminal;

use std::error::Error;
use std::io::Write;
use std::time::Duration;

use pseudo_terminal::{PseudoTerminal, quantile};

const RUNS: usize = 30;
/// Silence after which nothing more is expected.
const IDLE: Duration = Duration::from_millis(300);
const DOWN: &[u8] = b"\x1b[B";

/// A program that is measured.
struct Subject {
    name: &'static str,
    command: Vec<String>,
    /// Keys of which each draws something.
    keys: Vec<&'static [u8]>,
}

/// Milliseconds.
#[derive(Default)]
struct Measured {
    first_frame: Vec<f64>,
    key: Vec<f64>,
    idle_bytes: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let wherefore = env!("CARGO_BIN_EXE_wherefore").to_owned();
    let subjects = [
        Subject {
            name: "wherefore",
            command: vec![wherefore],
            keys: vec![DOWN, DOWN, DOWN, b"\r", DOWN, DOWN, DOWN, b"1", DOWN, DOWN],
        },
        Subject {
            name: "fzf, 1,000 lines",
            command: ["sh", "-c", "seq -f 'some line of text number %g' 1000 | fzf"].map(str::to_owned).to_vec(),
            keys: vec![b"\x1b[A", b"\x1b[A", b"\x1b[A", DOWN, DOWN],
        },
    ];
    let mut report = String::from(
        "| program | first frame, median | p95 | key to frame, median | p95 | bytes when idle |\n|---|---|---|---|---|---|\n",
    );
    for subject in &subjects {
        let mut all = Measured::default();
        for _ in 0..RUNS {
            run(subject, &mut all)?;
        }
        report.push_str(&format!(
            "| {} | {:.1} ms | {:.1} ms | {:.2} ms | {:.2} ms | {} |\n",
            subject.name,
            quantile(&mut all.first_frame, 0.5),
            quantile(&mut all.first_frame, 0.95),
            quantile(&mut all.key, 0.5),
            quantile(&mut all.key, 0.95),
            all.idle_bytes,
        ));
    }
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

fn run(subject: &Subject, all: &mut Measured) -> Result<(), Box<dyn Error>> {
    let mut terminal = PseudoTerminal::start(&subject.command)?;
    all.first_frame.extend(terminal.first_frame());
    for key in &subject.keys {
        all.key.extend(terminal.press(key)?);
    }
    while let Ok((_, count)) = terminal.chunks.recv_timeout(IDLE) {
        all.idle_bytes += count;
    }
    terminal.end()
}
