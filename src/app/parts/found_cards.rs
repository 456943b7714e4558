//! Lists the cards that a search found, with the letters that matched.
//!
//! A text that several cards share is said once. If nothing fits, the list has what was understood, the nearest cards
//! and the walks.

use std::sync::Arc;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::ListPage;
use crate::app::theme::{Role, Theme};
use crate::export::search_text::{
    LIKELIEST, NO_CARD, WHICH_SYSTEM, group_at, question, sharing, title, understood, way, writers,
};
use crate::lookup::{Found, LeftByCode, Match};
use crate::text;
use crate::tree::Tree;

/// Stands before what belongs to an entry.
const INDENT: &str = "    ";

/// Fills a page with what was found.
pub fn fill(page: &mut ListPage, found: &Found, trees: &[Arc<Tree>]) {
    if found.matches.is_empty() {
        add_nearest(page, found, trees);
    } else {
        add_questions(page, &found.left_by_code);
        add_matches(page, &found.matches, trees.len() > 1);
    }
}

/// Adds the questions of a code, and a heading for the cards.
fn add_questions(page: &mut ListPage, left: &[LeftByCode]) {
    if left.is_empty() {
        return;
    }
    let heading = page.theme.style(Role::Title);
    let is_one_of_several = left.len() > 1;
    if is_one_of_several {
        page.text(WHICH_SYSTEM, heading);
    }
    for left in left {
        let said = question(left, is_one_of_several);
        page.entry(|page| fitted(page, &said));
    }
    page.text(LIKELIEST, heading);
}

fn add_matches(page: &mut ListPage, matches: &[Match], names_trees: bool) {
    // The text that the entries of a group share stands above them, once.
    let mut said_of = 0;
    for (at, found) in matches.iter().enumerate() {
        page.entry(|page| {
            if let Some(group) = group_at(matches, at) {
                page.text(&sharing(found), page.theme.style(Role::Title));
                if group.is_one_text {
                    page.lines.push(marked(page.theme, found, false, page.width));
                    said_of = at + group.count;
                }
            }
            // Words say nothing of a card that a code leaves among others.
            let has_reason = at >= said_of && !found.is_left_by_code;
            label(page, found, names_trees && !has_reason);
            if has_reason {
                page.lines.push(marked(page.theme, found, names_trees, page.width));
            }
        });
    }
}

/// Adds the nearest cards and the walks, if nothing fits.
fn add_nearest(page: &mut ListPage, found: &Found, trees: &[Arc<Tree>]) {
    let (strong, heading) = (page.theme.style(Role::Title), page.theme.style(Role::Title));
    page.text(&format!("{NO_CARD}."), strong);
    page.text(&understood(found), Style::new());
    page.blank();
    if !found.nearest.is_empty() {
        page.text("The nearest", heading);
    }
    for near in &found.nearest {
        page.entry(|page| {
            label(page, near, false);
            page.lines.push(marked(page.theme, near, trees.len() > 1, page.width));
        });
    }
    page.text("Answer questions instead", heading);
    for tree in trees {
        page.entry(|page| fitted(page, &tree.title));
    }
}

/// Adds the title of a card and the writers of the text.
fn label(page: &mut ListPage, found: &Match, names_tree: bool) {
    fitted(page, &title(found, names_tree));
    if let Some(said) = writers(found) {
        page.hanging(Span::raw(INDENT), &said, page.theme.style(Role::Secondary));
    }
}

/// Adds a label on one line.
fn fitted(page: &mut ListPage, label: &str) {
    let label = text::fit(&page.theme.text(label), page.width.saturating_sub(2), page.theme.ellipsis());
    page.label("", &label);
}

/// Returns the text that matched, with its letters marked.
///
/// The system stands before it where several are searched.
/// A long text is cut so that the first of them is seen.
fn marked(theme: Theme, found: &Match, names_tree: bool, width: usize) -> Line<'static> {
    let mut spans = vec![Span::raw(INDENT)];
    let mut room = width.saturating_sub(INDENT.len());
    if names_tree {
        let system = theme.span(Role::Secondary, &format!("{} · ", found.tree.title));
        room = room.saturating_sub(text::width(&system.content));
        spans.push(system);
    }
    let way = way(found);
    if !way.is_empty() {
        let way = format!("{way}: ");
        room = room.saturating_sub(way.len());
        spans.push(Span::styled(way, theme.style(Role::Secondary)));
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
        let style = if found.letters.contains(&at) { theme.style(Role::Match) } else { Style::new() };
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
    use crate::export::search_text::{Entry, entries};
    use crate::lookup::{Searcher, Usage};
    use crate::store::Library;

    fn filled(found: &Found, trees: &[Arc<Tree>], selected: usize) -> (Vec<String>, Vec<(usize, usize)>) {
        let mut page = ListPage::new(Theme::default(), 78, selected);
        fill(&mut page, found, trees);
        (page.lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect(), page.places)
    }

    #[test]
    fn the_nearest_and_the_walks_are_entries_of_a_list_that_fits_nothing() {
        let trees: Vec<_> = Library::embedded().trees.into_iter().take(1).collect();
        let nearest = Searcher::new(&trees).search("", &Usage::default(), 2).matches;
        let found = Found { nearest, understood: vec!["set".to_owned()], ..Found::default() };
        let all = entries(&found, &trees);
        assert!(matches!(all.as_slice(), [Entry::Card(_), Entry::Card(_), Entry::Walk(_)]), "{all:?}");
        let (text, places) = filled(&found, &trees, 2);
        assert_eq!(text[1], "Recognized: \"set\", which is not enough to identify a card.");
        assert_eq!(text[3], "The nearest");
        let (first, last) = places[2];
        assert_eq!(text[first], format!("▌ {}", trees[0].title));
        assert_eq!((first, last), (text.len() - 1, text.len() - 1));
    }

    #[test]
    fn cards_that_share_a_text_differently_written_say_each_what_matched() {
        let trees = Library::embedded().trees;
        let mut found = Searcher::new(&trees).search("", &Usage::default(), 3);
        let shared: Vec<_> = found.matches.iter().map(|found| found.card).collect();
        for (at, one) in found.matches.iter_mut().enumerate() {
            one.shared.clone_from(&shared);
            one.text = format!("text {at}");
        }
        let (text, places) = filled(&found, &trees, 0);
        assert_eq!(text.iter().filter(|line| line.contains("3 cards share this")).count(), 1, "{text:?}");
        assert!((0..3).all(|at| text.iter().any(|line| line.ends_with(&format!(" · text {at}")))), "{text:?}");
        assert_eq!(places, [(0, 2), (3, 4), (5, 6)]);
    }
}
