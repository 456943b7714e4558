//! Turns addresses on a screen into hyperlinks.
//!
//! A terminal that knows OSC 8 opens them with a click, also where an address goes over several lines. The sequence is
//! described at <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

/// A part of an address on one row.
struct LinkRun {
    x: u16,
    y: u16,
    text: String,
}

/// Makes the addresses that are shown in an area hyperlinks.
///
/// Only whole addresses are; one that is cut at an edge stays text. Of two that begin in the same place, the longer one
/// counts. A letter that stays in its place when the address goes keeps the link. An address with other than printable
/// ASCII characters could end the sequence early and is left out.
pub fn mark(buffer: &mut Buffer, area: Rect, urls: &[&str]) {
    let area = area.intersection(buffer.area);
    let is_safe = |url: &&str| !url.is_empty() && url.bytes().all(|byte| byte.is_ascii_graphic());
    let mut urls: Vec<&str> = urls.iter().copied().filter(is_safe).collect();
    urls.sort_by_key(|url| std::cmp::Reverse(url.len()));
    let mut number = 0;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let found = urls.iter().find_map(|url| Some((*url, runs(buffer, area, (x, y), url)?)));
            let Some((url, runs)) = found else {
                x += 1;
                continue;
            };
            number += 1;
            let taken = runs.first().map_or(1, |first| columns(&first.text));
            runs.iter().for_each(|run| link(buffer, run, url, number));
            x += taken;
        }
    }
}

/// Returns the parts of an address that begins at a cell.
///
/// `None` if it does not begin there, or is not whole.
fn runs(buffer: &Buffer, area: Rect, (x, y): (u16, u16), url: &str) -> Option<Vec<LinkRun>> {
    let (mut rest, mut x, mut found) = (url, x, Vec::new());
    for y in y..area.bottom() {
        let same = rest
            .bytes()
            .zip(x..area.right())
            .take_while(|(byte, x)| buffer.cell((*x, y)).is_some_and(|cell| cell.symbol().as_bytes() == [*byte]));
        let (text, tail) = rest.split_at_checked(same.count())?;
        if text.is_empty() {
            return None;
        }
        found.push(LinkRun { x, y, text: text.to_owned() });
        if tail.is_empty() {
            return Some(found);
        }
        let is_blank = |x: u16, y: u16| buffer.cell((x, y)).is_none_or(|cell| cell.symbol() == " ");
        if !(x + columns(text)..area.right()).all(|x| is_blank(x, y)) {
            return None;
        }
        rest = tail;
        x = (area.left()..area.right()).find(|x| !is_blank(*x, y + 1))?;
    }
    None
}

/// Makes the cells of a part one cell that is as wide.
fn link(buffer: &mut Buffer, run: &LinkRun, url: &str, number: usize) {
    let (Some(cell), Some(width)) = (buffer.cell_mut((run.x, run.y)), NonZeroU16::new(columns(&run.text))) else {
        return;
    };
    // Parts with the same id are one link to the terminal.
    cell.set_symbol(&format!("\u{1b}]8;id={number};{url}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", run.text));
    cell.set_diff_option(CellDiffOption::ForcedWidth(width));
}

fn columns(ascii: &str) -> u16 {
    u16::try_from(ascii.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://example.com/a/b";

    /// Returns the bytes that a terminal gets for rows with hyperlinks.
    fn sent(rows: &[&str], urls: &[&str]) -> String {
        let mut buffer = Buffer::with_lines(rows.iter().copied());
        let area = buffer.area;
        mark(&mut buffer, area, urls);
        let blank = Buffer::empty(area);
        blank.diff(&buffer).into_iter().map(|(_, _, cell)| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn an_address_is_a_link_and_other_text_is_not() {
        let said = sent(&["see https://example.com/a/b now"], &[URL]);
        assert_eq!(said, format!("see\u{1b}]8;id=1;{URL}\u{1b}\\{URL}\u{1b}]8;;\u{1b}\\now"));
    }

    #[test]
    fn an_address_over_two_rows_is_one_link() {
        let said = sent(&["* https://example.com/ ", "  a/b                  "], &[URL]);
        let expected = format!(
            "*\u{1b}]8;id=1;{URL}\u{1b}\\https://example.com/\u{1b}]8;;\u{1b}\\\u{1b}]8;id=1;{URL}\u{1b}\\a/b\u{1b}]8;;\u{1b}\\"
        );
        assert_eq!(said, expected);
    }

    #[test]
    fn the_longer_address_counts_and_a_cut_or_unsafe_one_stays_text() {
        let said = sent(&[URL], &["https://example.com/", URL]);
        assert!(said.contains(&format!("id=1;{URL}\u{1b}")), "{said:?}");
        for (rows, urls) in [(["https://example.com/a/"], [URL]), (["https://a/é"], ["https://a/é"])] {
            assert!(!sent(&rows, &urls).contains('\u{1b}'), "{rows:?}");
        }
        assert!(!sent(&["a\\b"], &["a\u{1b}\\b"]).contains('\u{1b}'));
    }

    #[test]
    fn what_stands_there_next_is_drawn_where_it_differs() {
        let area = Rect::new(0, 0, 23, 1);
        let mut linked = Buffer::with_lines([URL]);
        mark(&mut linked, area, &[URL]);
        let next = Buffer::with_lines(["http, a short text     "]);
        let drawn: Vec<(u16, u16)> = linked.diff(&next).into_iter().map(|(x, y, _)| (x, y)).collect();
        let differs = |x: &u16| *x == 0 || URL.as_bytes()[usize::from(*x)] != next[(*x, 0)].symbol().as_bytes()[0];
        assert_eq!(drawn, (0..23).filter(differs).map(|x| (x, 0)).collect::<Vec<_>>());
    }
}
