//! Says what happened in order of time.

use jiff::Timestamp;

use super::evidence::deciding;
use super::format::many;
use super::hit_group::HitGroup;
use crate::diagnosis::LineTime;
use crate::walk::{HitKind, Provenance, Testimony, Walk};

/// The most events that are listed.
const EVENTS: usize = 6;

/// Says that times have no zone, and what orders them.
const UNKNOWN_ZONE: &str = "(no time zone; start wherefore with --utc-offset +01:00)";

/// The most columns of a line that stands for an event.
const SHOWN: usize = 60;

/// The evidence of a walk in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Events under a heading, in order of time.
    ///
    /// Those without a time zone have a heading of their own, because they cannot be compared with the others.
    pub parts: Vec<TimelinePart>,
}

/// Events that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelinePart {
    /// The heading, with the day and the zone.
    pub heading: String,
    /// The events, each as its time and its words.
    ///
    /// Two spaces follow the time.
    pub rows: Vec<(String, String)>,
}

/// Lines of one kind.
struct TimedEvent<'w> {
    time: LineTime,
    first: &'w Provenance,
    says: String,
    lines: u64,
    is_named: bool,
}

impl Timeline {
    /// Puts the evidence of a walk in order of time.
    ///
    /// Without times, it is empty.
    pub fn of(walk: &Walk) -> Self {
        let mut events = hits(walk);
        for answer in answers(walk) {
            match events.iter_mut().find(|event| is_same_line(event.first, answer.first)) {
                // A card that is only likelier is not what happened.
                Some(event) if event.is_named => {}
                Some(event) => event.says = answer.says,
                None => events.push(answer),
            }
        }
        events.sort_by_key(|event| event.time.millis);
        let (zoned, others): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.time.has_zone);
        Self {
            parts: [(zoned, "UTC"), (others, UNKNOWN_ZONE)]
                .iter()
                .filter_map(|(events, zone)| part(events, zone))
                .collect(),
        }
    }
}

fn part(events: &[TimedEvent<'_>], zone: &str) -> Option<TimelinePart> {
    let written = |event: &TimedEvent<'_>, form: &str| {
        Timestamp::from_millisecond(event.time.millis).map(|at| at.strftime(form).to_string()).unwrap_or_default()
    };
    let day = |event: &TimedEvent<'_>| written(event, "%Y-%m-%d");
    let (first, last) = (events.first()?, events.last()?);
    let is_one_day = day(first) == day(last);
    let form = if is_one_day { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
    let heading = match is_one_day {
        true => format!("Timeline, {} {zone}", day(first)),
        false => format!("Timeline, {zone}"),
    };
    let row = |event: &TimedEvent<'_>| {
        let lines = many(event.lines, "line", "lines");
        (format!("{}  ", written(event, form)), format!("{} ({lines})", event.says))
    };
    let mut rows: Vec<_> = events.iter().take(EVENTS).map(row).collect();
    if let Some(more @ 1..) = events.len().checked_sub(EVENTS) {
        rows.push((String::new(), format!("and {more} more")));
    }
    Some(TimelinePart { heading, rows })
}

fn is_same_line(one: &Provenance, other: &Provenance) -> bool {
    (&one.source, one.line) == (&other.source, other.line)
}

/// Returns the lines that point to cards as events.
fn hits(walk: &Walk) -> Vec<TimedEvent<'_>> {
    HitGroup::all(walk).into_iter().filter_map(|group| event(walk, group)).collect()
}

/// Returns the event of some lines; `None` if they have no time.
fn event<'w>(walk: &Walk, HitGroup { first: hit, lines, began }: HitGroup<'w>) -> Option<TimedEvent<'w>> {
    let (time, first) = began?;
    let (says, is_named) = match hit.cards.as_slice() {
        [only] if hit.kind == HitKind::Named => (walk.tree().card(*only).title.to_string(), true),
        cards => (deciding(&first.text, walk.tree(), cards, SHOWN), false),
    };
    Some(TimedEvent { time, first, says, lines, is_named })
}

/// Returns the answers that lines give.
///
/// If a line gives several, the last question says most.
fn answers(walk: &Walk) -> Vec<TimedEvent<'_>> {
    let mut events: Vec<TimedEvent<'_>> = Vec::new();
    let all = walk.known().testimony.iter().flat_map(|(question, said)| said.iter().map(|one| (*question, one)));
    for (question, Testimony { option, count, provenance }) in all {
        let Some(time) = LineTime::of(&provenance.text) else { continue };
        let time = time.with_offset(walk.known().utc_offset);
        let says = walk.tree().option(question, *option).label.to_string();
        events.retain(|event| !is_same_line(event.first, provenance));
        events.push(TimedEvent { time, first: provenance, says, lines: *count, is_named: false });
    }
    events
}
