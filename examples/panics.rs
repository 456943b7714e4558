//! A tiny program on `wherefore::internals::tui`, for tests in a terminal.
//!
//! It shows what arrives, does what the effects are for, and panics in `update` on `x` and in `view` on `X`.

use std::io::{self, Write};
use std::process::ExitCode;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use wherefore::internals::app::keys::Key;
use wherefore::internals::app::{Effect, Msg};
use wherefore::internals::tui::{self, Ended, TerminalOptions};

#[derive(Debug, Default)]
struct Seen {
    size: (u16, u16),
    resizes: usize,
    steps: usize,
    escapes: usize,
    pastes: usize,
    typed: String,
    pasted: String,
    has_cursor: bool,
    view_panics: bool,
}

fn main() -> ExitCode {
    let options = TerminalOptions::from_env(|name| std::env::var(name).ok());
    let mut seen = Seen::default();
    let (farewell, code) = match tui::run(&mut seen, update, view, &mut |_| None, &options) {
        Ok(Ended::Quit) => ("quit".to_owned(), 0),
        Ok(Ended::Signal(signal)) => (format!("signal {signal}"), 128 + signal),
        Err(error) => (format!("{error}: {}", error.help()), 2),
    };
    // The terminal may be gone.
    let _ = writeln!(io::stdout(), "ended: {farewell}");
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn update(seen: &mut Seen, message: Msg) -> Option<Effect> {
    assert_ne!(message, Msg::Key(Key::Char('x')), "panicked in update");
    match message {
        Msg::Resize(width, height) => {
            seen.size = (width, height);
            seen.resizes += 1;
        }
        Msg::Clock(_) | Msg::Time(_) | Msg::Told(_) | Msg::CaseRead { .. } | Msg::HelpedHere(_) => {}
        Msg::NotKept(_) | Msg::PasteCut { .. } | Msg::NoShell | Msg::Pause => {}
        Msg::Paste(text) => {
            seen.pastes += 1;
            seen.pasted = text;
        }
        Msg::Key(Key::Down) => seen.steps += 1,
        Msg::Key(Key::Esc) => seen.escapes += 1,
        Msg::Key(Key::Char('X')) => seen.view_panics = true,
        Msg::Key(Key::Char('c')) => seen.has_cursor = !seen.has_cursor,
        Msg::Key(Key::Char('y')) => return Some(Effect::Copy("copied text".to_owned())),
        Msg::Key(Key::Char('q')) => return Some(Effect::Quit),
        Msg::Key(Key::Ctrl('c')) => return Some(Effect::Interrupt),
        Msg::Key(Key::Ctrl('z')) => return Some(Effect::Suspend),
        Msg::Key(Key::Char(character)) => seen.typed.push(character),
        Msg::Key(_) => {}
    }
    None
}

fn view(seen: &Seen, frame: &mut Frame<'_>) {
    assert!(!seen.view_panics, "panicked in view");
    let area = frame.area();
    let lines = [
        "ready".to_owned(),
        format!("size {}x{} resizes {}", seen.size.0, seen.size.1, seen.resizes),
        format!("steps {} escapes {}", seen.steps, seen.escapes),
        format!("pastes {} of {} bytes: {}", seen.pastes, seen.pasted.len(), seen.pasted),
        format!("typed {} characters: {}", seen.typed.len(), seen.typed),
        format!("process {}", std::process::id()),
    ];
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        frame.render_widget(Line::raw(line), Rect { y, height: 1, ..area });
    }
    if seen.has_cursor && !area.is_empty() {
        frame.set_cursor_position(area.as_position());
    }
}
