//! Wraps text of several styles as one text.

use std::iter::Peekable;
use std::vec::IntoIter;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{MEASURE, hanging};
use crate::app::theme::{Role, Theme};
use crate::export::command::{CommandPart, CommandText};
use crate::text;

/// Wraps pieces to a width behind a lead.
///
/// Further lines are indented as far.
pub fn wrapped(theme: Theme, lead: Span<'static>, pieces: &[(String, Style)], width: usize) -> Vec<Line<'static>> {
    let (indent, width) = (text::width(&lead.content), width.min(MEASURE));
    let pieces: Vec<_> = pieces.iter().map(|(text, style)| (theme.text(text), *style)).collect();
    let whole: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
    let letters: Vec<_> = pieces.iter().flat_map(|(text, style)| text.chars().map(|c| (c, *style))).collect();
    let mut letters = letters.into_iter().peekable();
    let mut lead = Some(lead);
    let broken = text::wrap(&whole, width.saturating_sub(indent).max(1));
    let lines = broken.into_iter().map(|line| {
        let mut spans = vec![lead.take().unwrap_or_else(|| Span::raw(" ".repeat(indent)))];
        spans.extend(styled(&line, &mut letters));
        Line::from(spans)
    });
    lines.collect()
}

/// Returns the letters of a line in their styles.
///
/// Wrapping drops nothing but white space, so the letters come in the same order.
fn styled(line: &str, letters: &mut Peekable<IntoIter<(char, Style)>>) -> Vec<Span<'static>> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for wanted in line.chars() {
        while letters.next_if(|(letter, _)| *letter != wanted && letter.is_whitespace()).is_some() {}
        let style = letters.next_if(|(letter, _)| *letter == wanted).map_or_else(Style::new, |(_, style)| style);
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(wanted),
            _ => spans.push(Span::styled(wanted.to_string(), style)),
        }
    }
    spans
}

/// Returns the words, values and empty placeholders of a command.
pub fn of_command(theme: Theme, command: &CommandText) -> Vec<(String, Style)> {
    let piece = |part: &CommandPart| match part {
        CommandPart::Literal(text) => (text.clone(), theme.style(Role::Command)),
        CommandPart::Filled(text) => (text.clone(), theme.style(Role::Filled)),
        CommandPart::Empty(name) => (format!("{{{name}}}"), theme.style(Role::Placeholder)),
    };
    command.parts.iter().map(piece).collect()
}

/// Returns a command wrapped behind `indent` columns and a dollar sign.
pub fn command(theme: Theme, indent: usize, command: &CommandText, width: usize) -> Vec<Line<'static>> {
    let lead = Span::styled(format!("{}$ ", " ".repeat(indent)), theme.style(Role::Secondary));
    wrapped(theme, lead, &of_command(theme, command), width)
}

/// Returns a title that may begin with a badge of a status.
///
/// Example: `502: no backend is left`. A status of the client may be normal.
pub fn title(theme: Theme, title: &str, width: usize) -> Vec<Line<'static>> {
    let style = theme.style(Role::Title);
    let status = title.split_once(": ").filter(|(code, _)| code.len() == 3);
    let role = status.and_then(|(code, _)| match code.parse() {
        Ok(400..500_u16) => Some(Role::DoubtfulStatus),
        Ok(500..600) => Some(Role::FailedStatus),
        _ => None,
    });
    let (Some((code, rest)), Some(role)) = (status, role) else {
        return hanging(theme, Span::raw(""), title, style, width);
    };
    let badge = theme.badge(role, code);
    let gap = text::width(&badge.content) + 1;
    let mut lines = hanging(theme, Span::raw(" ".repeat(gap)), rest, style, width);
    if let Some(first) = lines.first_mut() {
        first.spans.splice(0..1, [badge, Span::raw(" ")]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::{Slots, Template};

    #[test]
    fn a_command_keeps_its_styles_where_it_is_broken() {
        let theme = Theme::default();
        let template = Template::parse("curl -si http://{host}:{port}/ -o file", Slots::Free).unwrap();
        let text = crate::export::command::filled(&template, &|name| (name == "host").then(|| "10.0.0.1".to_owned()));
        for width in 8..60 {
            let lines = command(theme, 3, &text, width);
            let of = |role| -> String {
                let spans = lines.iter().flat_map(|line| line.spans.iter().skip(1));
                spans.filter(|span| span.style == theme.style(role)).map(|span| span.content.as_ref()).collect()
            };
            assert_eq!(of(Role::Filled), "10.0.0.1", "{width}");
            assert_eq!(of(Role::Placeholder), "{port}", "{width}");
        }
    }

    #[test]
    fn a_status_before_a_title_is_a_badge() {
        let theme = Theme::default();
        let of = |said: &str, width| -> Vec<String> { title(theme, said, width).iter().map(Line::to_string).collect() };
        let shown = title(theme, "502: no backend is left", 16);
        assert_eq!(shown[0].spans[0].style, theme.style(Role::FailedStatus));
        assert_eq!(of("502: no backend is left", 16), [" 502  no backend", "      is left"]);
        assert_eq!(title(theme, "413: too large", 40)[0].spans[0].style, theme.style(Role::DoubtfulStatus));
        for plain in ["Health check: timeout", "200: fine", "5xx: from the backend", "502 or 504: two"] {
            assert_eq!(of(plain, 40), [plain]);
        }
    }

    #[test]
    fn text_that_is_spelled_out_keeps_its_styles() {
        let theme = Theme { unicode: false, ..Theme::default() };
        let bold = theme.style(Role::Title);
        let lines = wrapped(theme, Span::raw(""), &[("a…  b ".to_owned(), Style::new()), ("c".to_owned(), bold)], 20);
        assert_eq!(lines[0].to_string(), "a... b c");
        assert_eq!(lines[0].spans.last().map(|span| (span.content.as_ref(), span.style)), Some(("c", bold)));
    }
}
