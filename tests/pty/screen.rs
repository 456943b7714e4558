//! Runs a program in a terminal of its own for the tests.
//!
//! It can be typed to, its screen is read, and its end is seen. Every wait is for something and ends when that is there.
//! The program gets nothing from the environment of the tests.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;

/// How often a condition that nothing announces is looked at.
const STEP: Duration = Duration::from_millis(10);
/// Looks in vain after which a wait has failed.
const STEPS: usize = 2000;

/// A program, and the terminal it runs in.
pub(crate) struct Screen {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Keeps the terminal open.
    ///
    /// The system forgets the modes of a terminal that no process has open.
    _slave: Box<dyn SlavePty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    emulator: vt100::Parser,
    raw: Vec<u8>,
    home: TempDir,
    /// Process that gets signals, if it is not the started one.
    watched: Option<u32>,
}

impl Screen {
    /// Starts the example in a terminal of a given size.
    pub(crate) fn example(size: (u16, u16)) -> Self {
        Self::start(&example_path(), size, &[])
    }

    /// Starts the example program with more in its environment.
    pub(crate) fn example_with(size: (u16, u16), environment: &[(&str, &str)]) -> Self {
        Self::start(&example_path(), size, environment)
    }

    /// Starts the example by a shell that has its path in `$program`.
    pub(crate) fn example_by_shell(size: (u16, u16), script: &str) -> Self {
        let program = example_path();
        let environment = [("program", program.to_str().unwrap())];
        Self::start_with(Path::new("/bin/sh"), size, &environment, &["-c", script])
    }

    /// Starts the real program in a terminal of a given size.
    pub(crate) fn wherefore(size: (u16, u16)) -> Self {
        Self::start(Path::new(env!("CARGO_BIN_EXE_wherefore")), size, &[])
    }

    /// Starts the real program with arguments.
    pub(crate) fn wherefore_with(size: (u16, u16), arguments: &[&str]) -> Self {
        Self::start_with(Path::new(env!("CARGO_BIN_EXE_wherefore")), size, &[], arguments)
    }

    /// Starts the real program by a shell that has it in `$wherefore`.
    pub(crate) fn shell(size: (u16, u16), script: &str) -> Self {
        let environment = [("wherefore", env!("CARGO_BIN_EXE_wherefore"))];
        Self::start_with(Path::new("/bin/sh"), size, &environment, &["-c", script])
    }

    fn start(program: &Path, size: (u16, u16), environment: &[(&str, &str)]) -> Self {
        Self::start_with(program, size, environment, &[])
    }

    fn start_with(program: &Path, size: (u16, u16), environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut command = command(program, home.path(), environment);
        command.args(arguments);
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = mpsc::channel();
        thread::Builder::new()
            .spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = reader.read(&mut buffer) {
                    if sender.send(buffer[..length].to_vec()).is_err() {
                        break;
                    }
                }
            })
            .unwrap();
        let (columns, rows) = emulated_size(size);
        let emulator = vt100::Parser::new(rows, columns, 0);
        let raw = Vec::new();
        Self { child, master: pair.master, _slave: pair.slave, writer, output, emulator, raw, home, watched: None }
    }

    /// Types text, in one piece.
    pub(crate) fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    /// Sends bytes that are not text.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Pastes text, as a terminal does.
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        let (columns, rows) = emulated_size(size);
        self.emulator.set_size(rows, columns);
        self.master.resize(pty_size(size)).unwrap();
    }

    /// Sends a signal to the program, by its name without SIG.
    pub(crate) fn signal(&self, name: &str) {
        self.kill(&format!("-s {name}"));
    }

    /// Sends a signal by its number.
    ///
    /// Not every shell knows the name of every signal.
    pub(crate) fn signal_number(&self, number: u32) {
        self.kill(&format!("-{number}"));
    }

    fn kill(&self, signal: &str) {
        let kill = format!("kill {signal} {}", self.process());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success(), "{kill}");
    }

    /// Quits on the first screen of the program.
    pub(crate) fn quit_at_home(&mut self) {
        self.send("\x1b");
        self.wait_for("Esc again quits");
        self.send("\x1b");
    }

    /// Waits until the text is on the screen.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} to be shown"), |screen| screen.text().contains(text));
    }

    /// Waits until the condition holds, or fails with the screen.
    pub(crate) fn wait_until(&mut self, what: &str, mut condition: impl FnMut(&mut Self) -> bool) {
        let mut steps = 0;
        while steps < STEPS {
            if condition(self) {
                return;
            }
            match self.output.recv_timeout(STEP) {
                Ok(bytes) => self.show(&bytes),
                Err(_) => steps += 1,
            }
        }
        panic!("waited in vain for {what}; the screen is\n{}", self.text());
    }

    /// How many bytes come within a time in which nothing happens.
    pub(crate) fn bytes_within(&mut self, time: Duration) -> usize {
        let before = self.raw.len();
        for bytes in (0..STEPS).map_while(|_| self.output.recv_timeout(time).ok()).collect::<Vec<_>>() {
            self.show(&bytes);
        }
        self.raw.len() - before
    }

    /// Waits for the end; gives the exit code.
    pub(crate) fn exit_code(&mut self) -> u32 {
        let mut status = None;
        self.wait_until("the program to end", |screen| {
            status = screen.child.try_wait().unwrap();
            status.is_some()
        });
        let status = status.unwrap();
        assert_eq!(status.signal(), None, "killed, and did not end by itself");
        status.exit_code()
    }

    /// Asserts that the program ended with a code or by a signal.
    ///
    /// A signal that comes before the program watches for it has its usual effect.
    pub(crate) fn assert_ended_as(&mut self, name: &str, codes: &[u32]) {
        let status = self.child.try_wait().unwrap().unwrap();
        assert!(status.signal().is_some() || codes.contains(&status.exit_code()), "{name}: {status:?}");
    }

    /// Whether the program has ended, in whatever way.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Folder of the program's own files, deleted with the screen.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Returns the readable text of the screen.
    pub(crate) fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    /// All bytes that came so far.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The terminal's modes, cursor and cells.
    pub(crate) fn emulated(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Whether keys come one by one and unechoed.
    pub(crate) fn is_in_raw_mode(&self) -> bool {
        // Flags by name, because their numbers differ from system to system.
        let flags = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        flags.split(|character: char| !character.is_alphanumeric()).all(|flag| flag != "ICANON" && flag != "ECHO")
    }

    /// Sends signals to the process whose number the example shows.
    ///
    /// A shell is between it and the test.
    pub(crate) fn watch_the_process_on_the_screen(&mut self) {
        let text = self.text();
        let number = text.lines().find_map(|line| line.trim().strip_prefix("process "));
        self.watched = Some(number.unwrap().parse().unwrap());
    }

    /// Whether the process is stopped.
    pub(crate) fn is_stopped(&self) -> bool {
        let state = Command::new("ps").args(["-o", "stat=", "-p", &self.process().to_string()]).output().unwrap();
        state.stdout.first() == Some(&b'T')
    }

    /// Waits until the program has taken the terminal.
    ///
    /// It has the whole screen, raw keys, pastes in one piece, and no cursor.
    pub(crate) fn wait_for_full_screen(&mut self) {
        self.wait_until("the full screen", |screen| screen.modes() == [true; 4]);
    }

    /// Waits until the terminal is as it was before.
    pub(crate) fn wait_for_normal_screen(&mut self) {
        self.wait_until("the normal screen", |screen| screen.modes() == [false; 4]);
    }

    fn modes(&self) -> [bool; 4] {
        let screen = self.emulator.screen();
        [screen.alternate_screen(), screen.bracketed_paste(), screen.hide_cursor(), self.is_in_raw_mode()]
    }

    fn show(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.emulator.process(bytes);
    }

    fn process(&self) -> u32 {
        self.watched.unwrap_or_else(|| self.child.process_id().unwrap())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            // The one signal that a stopped process obeys as well. What a shell stands before may have ended.
            let kill = format!("kill -s KILL {}", self.process());
            let _ = Command::new("sh").args(["-c", &kill]).output();
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Whether the program ends, in whatever way.
pub(crate) fn ends(child: &mut dyn Child) -> bool {
    (0..STEPS).any(|_| {
        thread::sleep(STEP);
        child.try_wait().unwrap().is_some()
    })
}

/// The command, with an environment that is the same everywhere.
pub(crate) fn command(program: &Path, home: &Path, environment: &[(&str, &str)]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.cwd(home);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home);
    }
    for (name, value) in [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TERM", "xterm-256color")] {
        command.env(name, value);
    }
    for (name, value) in environment {
        command.env(name, value);
    }
    command
}

/// Where cargo puts the example program: beside the real one.
pub(crate) fn example_path() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_wherefore")).with_file_name("examples").join("panics");
    assert!(path.exists(), "{} is not there; `cargo build --example panics` makes it", path.display());
    path
}

pub(crate) fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Columns and rows of the emulator.
///
/// It has some even if the terminal reports none.
fn emulated_size((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let usual = (vt100::Parser::DEFAULT_COLS, vt100::Parser::DEFAULT_ROWS);
    NonZeroU16::new(columns).zip(NonZeroU16::new(rows)).unwrap_or(usual)
}
