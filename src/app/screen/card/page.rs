//! Lays out the steps and the sections of a card.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::view_state::{CardFocus, CardView};
use crate::app::keys::{Action, KeyContext, KeyMap};
use crate::app::parts::{blocks, body, checklist, columns as parts_columns, pieces};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::export::{Block, Outline, SectionKind};
use crate::text;

/// From this many rows on, a summary stands above the steps.
const ROOMY: u16 = 12;

/// From this many rows on, the last row lists the sections.
const HAS_BAR: u16 = 6;

/// From this many rows on, the sections have a blank row above.
const HAS_GAP: u16 = 18;

/// From this many rows on, the impact is shown whole.
const HAS_IMPACT: u16 = 20;

/// The most lines of a sign for or against the card.
const SIGN_LINES: usize = 2;

/// Lines in an area, from a scroll position on.
#[derive(Debug)]
pub(super) struct CardColumn {
    /// Where the lines are drawn.
    pub area: Rect,
    /// All lines.
    pub lines: Vec<Line<'static>>,
    /// The first line that is shown.
    pub scroll: usize,
}

/// The columns of a card.
#[derive(Debug)]
pub(super) struct CardPage {
    /// The columns, and the row of sections.
    pub columns: Vec<CardColumn>,
    /// The column that scrolls.
    scrolled: usize,
    /// The first and last line of each command of the open step.
    commands: Vec<(usize, usize)>,
}

impl CardPage {
    /// Lays a card out; the step at the place `at` is open.
    pub(super) fn new(
        view: CardView,
        shared: &Shared,
        outline: &Outline,
        at: usize,
        context: KeyContext,
        area: Rect,
    ) -> Self {
        let theme = shared.theme;
        let unfolded = view.section().and_then(|kind| outline.section(kind));
        let (main, bar, side) = match parts_columns::split(area) {
            Some([main, side]) => {
                let bar = section_bar(&shared.keys, theme, outline, view, usize::from(side.width));
                let bar_height = u16::try_from(bar.len()).unwrap_or(1) + 1;
                let rows = Layout::vertical([Constraint::Length(bar_height), Constraint::Fill(1)]);
                let [bar, side] = side.layout(&rows);
                (main, bar, Some(side))
            }
            None => {
                let bar_height = u16::from(area.height >= HAS_BAR);
                let gap = u16::from(area.height >= HAS_GAP);
                let rows = [Constraint::Fill(1), Constraint::Length(gap), Constraint::Length(bar_height)];
                let [main, _, bar] = area.layout(&Layout::vertical(rows));
                (main, bar, None)
            }
        };
        let width = |area: Rect| usize::from(area.width).min(body::MEASURE);
        let bar =
            CardColumn { area: bar, lines: section_bar(&shared.keys, theme, outline, view, width(bar)), scroll: 0 };
        let section = |area: Rect| {
            let kind = unfolded.map(|section| section.kind);
            let (lines, focused) = match unfolded {
                Some(section) => unfolded_lines(theme, outline, section.kind, view.focus, width(area)),
                None => (stacked(theme, outline, width(area)), 0),
            };
            let fits = lines.len().saturating_sub(usize::from(area.height));
            let automatic = if focused < usize::from(area.height) { 0 } else { focused };
            let wanted = view.scroll.filter(|_| kind.is_some()).unwrap_or(automatic);
            CardColumn { area, lines, scroll: wanted.min(fits) }
        };
        let steps = |area: Rect| {
            let mut head = head(theme, outline, width(area), area.height);
            if context == KeyContext::Card {
                head.splice(0..0, checklist::ending(theme, &shared.keys, outline, width(area)));
            }
            let focused = match view.focus {
                CardFocus::Command(command) => Some(command),
                CardFocus::Section(..) => None,
            };
            let list = checklist::lines((theme, &shared.keys), outline, at, focused, width(area));
            let height = usize::from(area.height);
            let first = head.len() + list.first;
            let (command, last) = list.command(focused.unwrap_or(0));
            let last = head.len() + last;
            // The beginning of a step is seen, unless a later command of it has the focus.
            let from = if focused > Some(0) { head.len() + command } else { first };
            let automatic = body::scroll_to(0, first, last, height);
            let automatic = body::scroll_to(automatic, from.max(first), last, height);
            let commands = list.commands.iter().map(|(from, to)| (head.len() + from, head.len() + to)).collect();
            let lines: Vec<_> = head.into_iter().chain(list.lines).collect();
            let wanted = view.scroll.filter(|_| unfolded.is_none()).unwrap_or(automatic);
            let scroll = wanted.min(lines.len().saturating_sub(height));
            (CardColumn { area, lines, scroll }, commands)
        };
        // The title stays in view.
        let title = pieces::title(theme, &outline.title, width(main));
        let title_height = u16::try_from(title.len()).unwrap_or(1).min(main.height / 3).max(1);
        let [title_area, main] =
            main.layout(&Layout::vertical([Constraint::Length(title_height), Constraint::Fill(1)]));
        let title = CardColumn { area: title_area, lines: title, scroll: 0 };
        let (columns, commands) = match side {
            None if unfolded.is_some() => (vec![section(main), bar, title], Vec::new()),
            side => {
                let (steps, commands) = steps(main);
                let side = side.map(section);
                ([Some(steps), side, Some(bar), Some(title)].into_iter().flatten().collect(), commands)
            }
        };
        let scrolled = usize::from(side.is_some() && unfolded.is_some());
        Self { columns, scrolled, commands }
    }

    /// Returns whether the steps are seen.
    ///
    /// An unfolded section takes their place if there is no room for both.
    pub(super) fn shows_steps(view: CardView, area: Rect) -> bool {
        !view.is_unfolded() || parts_columns::split(area).is_some()
    }

    /// Returns the command that has the focus after scrolling.
    ///
    /// It keeps the focus while its first line is seen; else the first command that is seen gets it.
    pub(super) fn in_sight(&self, focused: usize, scroll: usize) -> usize {
        let height = self.columns.first().map_or(0, |steps| usize::from(steps.area.height));
        let is_seen = |(from, _): &(usize, usize)| (scroll..scroll + height).contains(from);
        if self.commands.get(focused).is_none_or(is_seen) {
            return focused;
        }
        self.commands.iter().position(is_seen).unwrap_or(focused)
    }

    /// Returns the column that scrolls.
    pub(super) fn scrolled(&self) -> &CardColumn {
        match self.columns.get(self.scrolled) {
            Some(column) => column,
            None => unreachable!("a page has at least one column"),
        }
    }
}

/// Returns what stands above the steps.
fn head(theme: Theme, outline: &Outline, width: usize, height: u16) -> Vec<Line<'static>> {
    let plain = || Span::raw("");
    let is_roomy = height >= ROOMY;
    let mut lines = blocks::lines(&outline.warnings, theme, width);
    if is_roomy {
        lines.extend(body::hanging(theme, plain(), outline.summary(), Style::new(), width));
    }
    let said = [outline.badges.as_str(), outline.impact.as_str()].into_iter().filter(|said| !said.is_empty());
    let said = said.collect::<Vec<_>>().join(" · ");
    if !said.is_empty() && is_roomy {
        let said = if height < HAS_IMPACT { text::fit(&theme.text(&said), width, theme.ellipsis()) } else { said };
        lines.extend(body::hanging(theme, plain(), &said, theme.style(Role::Secondary), width));
    }
    if !is_roomy {
        return lines;
    }
    // Whatever the card leaves unexplained must be seen.
    for block in &outline.found {
        if let Block::Text(said) = block {
            lines.extend(body::hanging(theme, plain(), said, Style::new(), width));
        }
    }
    if !outline.is_confirmed && !outline.is_escalation {
        let signs = [("It is this if:  ", &outline.confirms), ("It is not if:   ", &outline.refutes)];
        let mut said = Vec::new();
        for (label, sign) in signs.into_iter().filter(|(_, sign)| !sign.is_empty()) {
            let lead = Span::styled(label, theme.style(Role::Secondary));
            // Words do not fill the lines to their ends.
            let room = SIGN_LINES * width.saturating_sub(text::width(label)) * 9 / 10;
            let sign = text::fit(&theme.text(sign), room, theme.ellipsis());
            said.extend(body::hanging(theme, lead, &sign, Style::new(), width).into_iter().take(SIGN_LINES));
        }
        if !said.is_empty() {
            lines.push(Line::default());
            lines.extend(said);
        }
    }
    lines.push(Line::default());
    lines
}

/// Returns the names of the sections with their keys.
fn section_bar(keys: &KeyMap, theme: Theme, outline: &Outline, view: CardView, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for section in &outline.sections {
        let title = section.kind.title();
        let key = key_of(keys, section.kind);
        let taken = text::width(key) + text::width(title) + 1;
        let gap = if used == 0 { 0 } else { 2 - usize::from(width < body::MEASURE) };
        if used + gap + taken > width && used > 0 {
            lines.push(Line::from(std::mem::take(&mut spans)));
            used = 0;
        } else if gap > 0 {
            spans.push(Span::raw(" ".repeat(gap)));
            used += gap;
        }
        let role = if view.section() == Some(section.kind) { Role::Accent } else { Role::Secondary };
        spans.push(Span::styled(key, theme.style(Role::Key)));
        spans.push(Span::raw(" "));
        spans.push(Span::styled(title, theme.style(role)));
        used += taken;
    }
    lines.push(Line::from(spans));
    lines
}

/// Returns the key that unfolds a section.
fn key_of(keys: &KeyMap, kind: SectionKind) -> &'static str {
    let action = if kind == SectionKind::Escalate { Action::Escalate } else { Action::Section(kind) };
    keys.name(KeyContext::Reading, action)
}

/// Returns an unfolded section, and the line of the command in focus.
fn unfolded_lines(
    theme: Theme,
    outline: &Outline,
    kind: SectionKind,
    focus: CardFocus,
    width: usize,
) -> (Vec<Line<'static>>, usize) {
    let Some(section) = outline.section(kind) else { return (Vec::new(), 0) };
    let mut lines = body::hanging(theme, Span::raw(""), kind.title(), theme.style(Role::Accent), width);
    if kind == SectionKind::Why {
        lines.extend(body::hanging(theme, Span::raw(""), &outline.about, Style::new(), width));
    }
    let content = section.content();
    let commands = content.iter().filter(|block| matches!(block, Block::Command(_))).count();
    let (mut command, mut focused) = (0, 0);
    for block in content {
        if matches!(block, Block::Heading(_)) {
            lines.push(Line::default());
        }
        let mut drawn = blocks::lines(std::slice::from_ref(&block), theme, width);
        if matches!(block, Block::Command(_)) {
            if focus == CardFocus::Section(kind, command) && commands > 1 {
                focused = lines.len();
                checklist::mark_focused(theme, &mut drawn);
            }
            command += 1;
        }
        lines.extend(drawn);
    }
    (lines, focused)
}

/// Returns all sections, one below the other.
fn stacked(theme: Theme, outline: &Outline, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    for section in &outline.sections {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(section.kind.title(), theme.style(Role::Title)));
        lines.extend(blocks::lines(&section.content(), theme, width));
    }
    lines
}
