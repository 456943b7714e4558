//! Measures the first frame and each key on a pseudo-terminal, beside fzf.
//!
//! Run it with `cargo bench --bench terminal`.
//!
//! A frame is over when nothing more has come for a while; its time is that of its last byte.

use std::error::Error;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const RUNS: usize = 30;
/// Silence after which a frame is over.
///
/// One value is for the start, one for a key.
const SETTLED: Duration = Duration::from_millis(60);
const AFTER_KEY: Duration = Duration::from_millis(8);
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
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(subject.command.first().ok_or("no command")?);
    command.args(subject.command.iter().skip(1));
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let mut reader = pair.master.try_clone_reader()?;
    let mut writer = pair.master.take_writer()?;
    let (sender, chunks) = channel();
    std::thread::Builder::new().name("terminal".into()).spawn(move || {
        let mut buffer = [0_u8; 1 << 16];
        while let Ok(count) = reader.read(&mut buffer) {
            if count == 0 || sender.send((Instant::now(), count)).is_err() {
                break;
            }
        }
    })?;
    let started = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    let (settled, _) = frame(&chunks, SETTLED);
    all.first_frame.extend(settled.map(|at| milliseconds(at - started)));
    for key in &subject.keys {
        let pressed = Instant::now();
        writer.write_all(key)?;
        writer.flush()?;
        let (drawn, _) = frame(&chunks, AFTER_KEY);
        all.key.extend(drawn.map(|at| milliseconds(at - pressed)));
    }
    while let Ok((_, count)) = chunks.recv_timeout(SETTLED * 5) {
        all.idle_bytes += count;
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Returns the time of a frame's last byte, and the byte count.
///
/// A frame that does not come at all takes a second.
fn frame(chunks: &Receiver<(Instant, usize)>, silence: Duration) -> (Option<Instant>, usize) {
    let mut last = None;
    let mut bytes = 0;
    let mut patience = Duration::from_secs(1);
    while let Ok((at, count)) = chunks.recv_timeout(patience) {
        last = Some(at);
        bytes += count;
        patience = silence;
    }
    (last, bytes)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len().saturating_sub(1)) as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}
