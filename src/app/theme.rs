//! Sixteen named colors and bold on the terminal's own background.
//!
//! Light and dark backgrounds both work. No meaning is carried by color alone.

use ratatui::style::{Color, Modifier, Style};

/// The abilities of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Symbols beyond ASCII may be used.
    pub unicode: bool,
    /// Colors may be used.
    pub color: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self { unicode: true, color: true }
    }
}

impl Theme {
    fn colored(self, style: Style, color: Color) -> Style {
        if self.color { style.fg(color) } else { style }
    }

    /// The style of text that is read first.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The heading of a part.
    pub fn heading(self) -> Style {
        self.colored(self.strong(), Color::Cyan)
    }

    /// A key to press.
    pub fn key(self) -> Style {
        self.colored(self.strong(), Color::Cyan)
    }

    /// A command to run.
    pub fn command(self) -> Style {
        self.colored(Style::new(), Color::Green)
    }

    /// Letters that matched.
    pub fn matched(self) -> Style {
        self.colored(self.strong().add_modifier(Modifier::UNDERLINED), Color::Magenta)
    }

    /// The style of risks and failures.
    pub fn danger(self) -> Style {
        self.colored(self.strong(), Color::Red)
    }

    /// The style of success.
    pub fn good(self) -> Style {
        self.colored(self.strong(), Color::Green)
    }

    /// The selected entry.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// Lines that only separate.
    pub fn rule(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Picks the symbol for this terminal.
    pub fn symbol(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }

    /// Stands before the selected entry.
    pub fn marker(self) -> &'static str {
        self.symbol("❯ ", "> ")
    }

    /// Stands where something is cut.
    pub fn ellipsis(self) -> &'static str {
        self.symbol("…", "...")
    }

    /// Stands before a point of a list.
    pub fn bullet(self) -> &'static str {
        self.symbol("• ", "- ")
    }

    /// Stands between the answers of a trail.
    pub fn arrow(self) -> &'static str {
        self.symbol(" › ", " > ")
    }

    /// A horizontal line.
    pub fn line(self) -> &'static str {
        self.symbol("─", "-")
    }

    /// Writes a text in the symbols of this terminal.
    ///
    /// Without Unicode, our own few symbols are spelled out.
    pub fn text(self, text: &str) -> String {
        if self.unicode || text.is_ascii() {
            return text.to_owned();
        }
        let mut spelled = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '…' => spelled.push_str("..."),
                '·' | '•' => spelled.push('-'),
                '–' | '—' => spelled.push('-'),
                '›' | '→' => spelled.push('>'),
                '’' | '‘' => spelled.push('\''),
                '“' | '”' => spelled.push('"'),
                '÷' => spelled.push('/'),
                '×' => spelled.push('x'),
                other if other.is_ascii() => spelled.push(other),
                _ => spelled.push('?'),
            }
        }
        spelled
    }
}
