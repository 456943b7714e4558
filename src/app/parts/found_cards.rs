//! The list of a search: cards with the way in which they were found and the letters that matched, what several of them
//! share said once; if nothing fits, what was understood, what comes nearest, and the walks.

use std::sync::Arc;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::parts::body;
use crate::app::theme::Theme;
use crate::export::found::{group_at, sharing, understood, way};
use crate::lookup::{Found, Match};
use crate::text;
use crate::tree::Tree;

/// Stands before what belongs to an entry.
const INDENT: &str = "    ";

/// Lines, and the first and last line of each entry.
pub(super) type Lines = (Vec<Line<'static>>, Vec<(usize, usize)>);

/// The list with one entry selected.
pub(super) fn lines(found: &Found, trees: &[Arc<Tree>], selected: usize, theme: Theme, width: usize) -> Lines {
    let mut list = List { theme, width, selected, lines: Vec::new(), places: Vec::new() };
    if found.matches.is_empty() {
        list.nothing(found, trees);
    } else {
        list.matches(&found.matches);
    }
    (list.lines, list.places)
}

/// A list that is being put together.
struct List {
    theme: Theme,
    width: usize,
    selected: usize,
    lines: Vec<Line<'static>>,
    places: Vec<(usize, usize)>,
}

impl List {
    fn matches(&mut self, matches: &[Match]) {
        // The text that the entries of a group share stands above them, once.
        let mut said_of = 0;
        for (at, found) in matches.iter().enumerate() {
            let first = self.lines.len();
            if let Some(group) = group_at(matches, at) {
                self.text(&sharing(found), self.theme.strong());
                if group.is_one_text {
                    self.lines.push(marked(self.theme, found, self.width));
                    said_of = at + group.count;
                }
            }
            self.entry(&found.tree.card(found.card).title);
            if at >= said_of {
                self.lines.push(marked(self.theme, found, self.width));
            }
            self.places.push((first, self.lines.len().saturating_sub(1)));
        }
    }

    fn nothing(&mut self, found: &Found, trees: &[Arc<Tree>]) {
        self.text("Nothing fits.", self.theme.strong());
        self.text(&understood(found), Style::new());
        self.lines.push(Line::default());
        if !found.nearest.is_empty() {
            self.heading("The nearest");
        }
        for near in &found.nearest {
            let first = self.lines.len();
            self.entry(&near.tree.card(near.card).title);
            self.lines.push(marked(self.theme, near, self.width));
            self.places.push((first, self.lines.len().saturating_sub(1)));
        }
        self.heading("Or answer questions: they need no words");
        for tree in trees {
            let first = self.lines.len();
            self.entry(&format!("Walk: {}", tree.title));
            self.places.push((first, self.lines.len().saturating_sub(1)));
        }
    }

    fn heading(&mut self, text: &str) {
        self.text(text, self.theme.heading());
    }

    fn text(&mut self, text: &str, style: Style) {
        self.lines.extend(body::hanging(self.theme, Span::raw(""), text, style, self.width));
    }

    fn entry(&mut self, title: &str) {
        let is_selected = self.places.len() == self.selected;
        let title = text::fit(&self.theme.text(title), self.width.saturating_sub(2), self.theme.ellipsis());
        self.lines.extend(body::entry(self.theme, is_selected, "", &title, self.width));
    }
}

/// The way in which a card was found and the text that matched, its letters marked. A long text is cut so that the first
/// of them is seen.
fn marked(theme: Theme, found: &Match, width: usize) -> Line<'static> {
    let mut spans = vec![Span::raw(INDENT)];
    let mut room = width.saturating_sub(INDENT.len());
    let way = way(found);
    if !way.is_empty() {
        let way = format!("{way}: ");
        room = room.saturating_sub(way.len());
        spans.push(Span::styled(way, theme.good()));
    }
    let first = found.letters.first().copied().unwrap_or(0);
    let last = found.letters.last().copied().unwrap_or(0);
    let mut rest =
        found.text.chars().enumerate().skip(if last < room { 0 } else { first.saturating_sub(4) }).peekable();
    let mut used = 0;
    if rest.peek().is_some_and(|(at, _)| *at > 0) {
        spans.push(Span::raw(theme.ellipsis()));
        used += text::width(theme.ellipsis());
    }
    let left: usize =
        rest.clone().map(|(_, character)| text::width(&theme.text(character.encode_utf8(&mut [0; 4])))).sum();
    let is_cut = used + left > room;
    let room = if is_cut { room.saturating_sub(text::width(theme.ellipsis())) } else { room };
    for (at, character) in rest {
        let shown = theme.text(character.encode_utf8(&mut [0; 4]));
        used += text::width(&shown);
        if used > room {
            break;
        }
        let style = if found.letters.contains(&at) { theme.matched() } else { Style::new() };
        spans.push(Span::styled(shown, style));
    }
    if is_cut {
        spans.push(Span::raw(theme.ellipsis()));
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::found::{Entry, entries};
    use crate::lookup::{Index, Usage};
    use crate::store::Library;

    fn text((lines, _): &Lines) -> Vec<String> {
        lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn the_nearest_and_the_walks_are_entries_of_a_list_that_fits_nothing() {
        let trees = Library::embedded().trees;
        let nearest = Index::new(&trees).search("", &Usage::default(), 2).matches;
        let found = Found { nearest, understood: vec!["set".to_owned()], ..Found::default() };
        let all = entries(&found, &trees);
        assert!(matches!(all.as_slice(), [Entry::Card(_), Entry::Card(_), Entry::Walk(_)]), "{all:?}");
        let list = lines(&found, &trees, 2, Theme::default(), 78);
        let text = text(&list);
        assert_eq!(text[1], "Understood: \"set\"; but no card has all of it.");
        assert_eq!(text[3], "The nearest");
        let (first, last) = list.1[2];
        assert_eq!(text[first], format!("❯ Walk: {}", trees[0].title));
        assert_eq!((first, last), (text.len() - 1, text.len() - 1));
    }

    #[test]
    fn cards_that_share_a_text_differently_written_say_each_what_matched() {
        let trees = Library::embedded().trees;
        let mut found = Index::new(&trees).search("", &Usage::default(), 3);
        let shared: Vec<_> = found.matches.iter().map(|found| found.card).collect();
        for (at, one) in found.matches.iter_mut().enumerate() {
            one.shared.clone_from(&shared);
            one.text = format!("text {at}");
        }
        let list = lines(&found, &trees, 0, Theme::default(), 78);
        let text = text(&list);
        assert_eq!(text.iter().filter(|line| line.contains("3 cards share this")).count(), 1, "{text:?}");
        assert!((0..3).all(|at| text.iter().any(|line| line.trim() == format!("text {at}"))), "{text:?}");
        assert_eq!(list.1, [(0, 2), (3, 4), (5, 6)]);
    }
}
