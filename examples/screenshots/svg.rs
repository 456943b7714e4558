//! A screen as an SVG picture.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, and size of its letters.
///
/// In pixels.
const CELL: (f64, f64) = (8.43, 17.0);
const FONT_SIZE: f64 = 14.0;
const MARGIN: f64 = 10.0;

/// The colors of a terminal.
pub(crate) struct Palette {
    /// For the file's name.
    pub(crate) name: &'static str,
    background: &'static str,
    foreground: &'static str,
    red: &'static str,
    green: &'static str,
    cyan: &'static str,
    magenta: &'static str,
    yellow: &'static str,
}

/// A dark terminal.
pub(crate) const DARK: Palette = Palette {
    name: "dark",
    background: "#1b1d23",
    foreground: "#d7dae0",
    red: "#f07178",
    green: "#a5d46a",
    cyan: "#5cc8e0",
    magenta: "#d59cf0",
    yellow: "#e5c07b",
};

/// A light terminal.
pub(crate) const LIGHT: Palette = Palette {
    name: "light",
    background: "#ffffff",
    foreground: "#24292f",
    red: "#b3261e",
    green: "#2f6f1f",
    cyan: "#0b6f85",
    magenta: "#86359c",
    yellow: "#8a5a00",
};

impl Palette {
    fn color(&self, color: Color) -> &'static str {
        match color {
            Color::Red => self.red,
            Color::Green => self.green,
            Color::Cyan => self.cyan,
            Color::Magenta => self.magenta,
            Color::Yellow => self.yellow,
            _ => self.foreground,
        }
    }
}

/// The whole screen. Neighboring cells of one style are one text, held to the grid by its length.
pub(crate) fn draw(buffer: &Buffer, palette: &Palette) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f64::from(columns) * CELL.0 + 2.0 * MARGIN, f64::from(rows) * CELL.1 + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\" \
         font-size=\"{FONT_SIZE}\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        palette.background
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let Some(first) = buffer.cell((column, row)) else { break };
            let start = column;
            let mut text = String::new();
            while let Some(cell) = buffer.cell((column, row)).filter(|cell| same_style(cell, first)) {
                text.push_str(cell.symbol());
                column += u16::try_from(cell.symbol().width().max(1)).unwrap_or(1);
            }
            run(&mut svg, palette, first, &text, start, column - start, row);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn same_style(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn run(svg: &mut String, palette: &Palette, cell: &Cell, text: &str, column: u16, columns: u16, row: u16) {
    let (x, y) = (f64::from(column) * CELL.0 + MARGIN, f64::from(row) * CELL.1 + MARGIN);
    let width = f64::from(columns) * CELL.0;
    let is_reversed = cell.modifier.contains(Modifier::REVERSED);
    let (mut ink, paper) = (palette.color(cell.fg), palette.color(cell.fg));
    if is_reversed {
        ink = palette.background;
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{:.2}\" fill=\"{paper}\" shape-rendering=\"crispEdges\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        style.push_str(" text-decoration=\"underline\"");
    }
    if cell.modifier.contains(Modifier::DIM) {
        style.push_str(" opacity=\"0.5\"");
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        svg,
        "<text x=\"{x:.2}\" y=\"{:.2}\" fill=\"{ink}\" textLength=\"{width:.2}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{escaped}</text>",
        y + CELL.1 * 0.76
    );
}
