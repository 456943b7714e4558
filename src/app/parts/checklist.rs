//! Draws the steps of a card, one of them open.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{hanging, labeled};
use super::pieces;
use crate::app::keys::{Action, KeyContext, KeyMap};
use crate::app::theme::{Role, Theme};
use crate::export::outline::{effect_word, takes};
use crate::export::{Outline, StepOutline};
use crate::text;
use crate::tree::model::Effect;
use crate::walk::StepOutcome;

/// Where what belongs to a step begins.
const INDENT: &str = "   ";

/// The steps as lines.
#[derive(Debug, Default)]
pub struct StepLines {
    /// All lines.
    pub lines: Vec<Line<'static>>,
    /// The first line of the open step.
    pub first: usize,
    /// The last line of the instruction of the open step.
    act: usize,
    /// The first and last line of each command of the open step.
    pub commands: Vec<(usize, usize)>,
}

impl StepLines {
    /// Returns the first and last line of a command, from 0.
    ///
    /// Without commands, they are those of the instruction.
    pub fn command(&self, at: usize) -> (usize, usize) {
        let last = self.commands.last().copied();
        self.commands.get(at).copied().or(last).unwrap_or((self.first, self.act))
    }
}

/// Returns the steps of a card as lines.
///
/// The one at the place `at` is open, the others are a line each.
///
/// `focused` is the command in focus, if it is one of the open step.
pub fn lines(
    (theme, keys): (Theme, &KeyMap),
    outline: &Outline,
    at: usize,
    focused: Option<usize>,
    width: usize,
) -> StepLines {
    let mut said = StepLines::default();
    for (place, step) in outline.steps.iter().enumerate() {
        if place != at {
            said.lines.push(short(theme, step, width));
            continue;
        }
        if place > 0 {
            said.lines.push(Line::default());
        }
        said.first = said.lines.len();
        open((theme, keys), outline, step, focused, width, &mut said);
        if place + 1 < outline.steps.len() {
            said.lines.push(Line::default());
        }
    }
    said
}

/// Adds the open step.
fn open(
    (theme, keys): (Theme, &KeyMap),
    outline: &Outline,
    step: &StepOutline,
    focused: Option<usize>,
    width: usize,
    said: &mut StepLines,
) {
    let number = format!("Step {} of {}", step.number, outline.steps.len());
    let mut left = vec![Span::styled(number, theme.style(Role::Title))];
    if let Some(outcome) = step.outcome {
        left.push(Span::raw("  "));
        left.push(mark(theme, outcome));
        left.push(Span::styled(format!(" {}", outcome.word()), theme.style(role_of(outcome))));
    }
    let helped = step.helped_words();
    if !helped.is_empty() {
        left.push(theme.span(Role::Secondary, &format!("  {helped}")));
    }
    let badge = theme.badge(Role::of_effect(step.effect), effect_word(step.effect));
    let time = Span::styled(theme.text(&format!(" · {}", takes(step.takes))), theme.style(Role::Secondary));
    said.lines.push(both_ends(left, vec![badge, time], width));
    said.lines.extend(hanging(theme, Span::raw(""), &step.act, Style::new(), width));
    said.act = said.lines.len().saturating_sub(1);
    let label = |label: &str| Span::styled(format!("{label}:"), theme.style(Role::Secondary));
    for (place, written) in step.commands.iter().enumerate() {
        let mut command = pieces::command(theme, INDENT.len(), &written.command, width);
        if focused.is_some_and(|focused| place == focused.min(step.commands.len().saturating_sub(1))) {
            mark_focused(theme, &mut command);
        }
        said.commands.push((said.lines.len(), said.lines.len() + command.len().saturating_sub(1)));
        said.lines.extend(command);
        if let Some(console) = &written.console {
            said.lines.extend(labeled(theme, INDENT, label("Console"), console, width));
        }
        said.lines.extend(labeled(theme, INDENT, label(step.shows_label()), &written.shows, width));
    }
    if !step.unaccepted.is_empty() {
        let values = keys.name(KeyContext::Card, Action::Values);
        let accept = keys.name(KeyContext::Values, Action::Accept);
        let not_accepted = format!("{} Press {values}, then {accept}.", step.not_accepted());
        said.lines.extend(hanging(theme, Span::raw(INDENT), &not_accepted, Style::new(), width));
    }
    let mut more = vec![(step.verify_label(), step.verify.clone())];
    more.extend(step.undo.clone().map(|undo| ("Undo", undo)));
    more.extend(step.see.as_ref().map(|see| ("See", format!("{see}."))));
    for (name, text) in more {
        said.lines.extend(labeled(theme, INDENT, label(name), &text, width));
    }
}

/// Returns a step on one line, with its outcome or its risk.
fn short(theme: Theme, step: &StepOutline, width: usize) -> Line<'static> {
    let (sign, right) = match step.outcome {
        Some(outcome) => (mark(theme, outcome), theme.span(role_of(outcome), outcome.word())),
        None => {
            let role = if step.effect == Effect::Observe { Role::Secondary } else { Role::of_effect(step.effect) };
            (Span::raw(" "), theme.badge(role, effect_word(step.effect)))
        }
    };
    let number = Span::styled(format!("{:>2} ", step.number), theme.style(Role::Key));
    let taken = text::width(&sign.content) + text::width(&number.content) + 1;
    let room = width.saturating_sub(taken + text::width(&right.content) + 2);
    let act = text::fit(&theme.text(text::first_sentence(&step.act)), room, theme.ellipsis());
    let role = if step.outcome.is_some() { Role::Secondary } else { Role::Text };
    let left = vec![sign, number, Span::raw(" "), Span::styled(act, theme.style(role))];
    both_ends(left, vec![right], width)
}

/// Says how the case stands once no step is open.
///
/// Names the keys that end it. Empty while a step is open.
pub fn ending(theme: Theme, keys: &KeyMap, outline: &Outline, width: usize) -> Vec<Line<'static>> {
    let name = |action| keys.name(KeyContext::Card, action);
    let (said, role) = match outline.solution() {
        Some(step) => {
            (format!("Solved: step {} helped. {} shows the note.", step.number, name(Action::Worked)), Role::Right)
        }
        None if outline.steps.iter().all(|step| step.outcome.is_some()) => {
            let (worked, escalate) = (name(Action::Worked), name(Action::Escalate));
            (
                format!("No step is left. Choose the one that helped and press {worked}, or {escalate}: escalate."),
                Role::Title,
            )
        }
        None => return Vec::new(),
    };
    hanging(theme, Span::raw(""), &said, theme.style(role), width)
}

/// Returns a line with text at both edges.
fn both_ends(left: Vec<Span<'static>>, right: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let taken = |spans: &[Span<'static>]| spans.iter().map(|span| text::width(&span.content)).sum::<usize>();
    let gap = width.saturating_sub(taken(&left) + taken(&right)).max(2);
    Line::from_iter(left.into_iter().chain([Span::raw(" ".repeat(gap))]).chain(right))
}

/// Returns the sign of an outcome; its word stands beside it.
fn mark(theme: Theme, outcome: StepOutcome) -> Span<'static> {
    let sign = match outcome {
        StepOutcome::Done | StepOutcome::Helped => theme.symbol("✓", "+"),
        StepOutcome::DidNotHelp => theme.symbol("✗", "x"),
        StepOutcome::Skipped => theme.symbol("–", "-"),
    };
    Span::styled(sign, theme.style(role_of(outcome)))
}

fn role_of(outcome: StepOutcome) -> Role {
    match outcome {
        StepOutcome::Helped => Role::Right,
        StepOutcome::Done | StepOutcome::DidNotHelp | StepOutcome::Skipped => Role::Secondary,
    }
}

/// Marks the command in focus at its left edge.
pub fn mark_focused(theme: Theme, lines: &mut [Line<'static>]) {
    let marker = theme.marker();
    let columns = text::width(marker);
    if let Some(lead) = lines.first_mut().and_then(|line| line.spans.first_mut())
        && let Some(rest) = lead.content.strip_prefix(&" ".repeat(columns))
    {
        let rest = Span::styled(rest.to_owned(), lead.style);
        *lead = Span::styled(marker, theme.style(Role::Accent));
        if let Some(line) = lines.first_mut() {
            line.spans.insert(1, rest);
        }
    }
}
