//! Says what is known of a card that a diagnosis found.

use super::evidence::{Values, placeholders};
use super::format;
use crate::diagnosis::{Certainty, Finding, Sample, Times};
use crate::tree::pattern::Kind;

/// Returns what the setting of a sample means, if it has one.
pub(super) fn says(finding: &Finding, sample: &Sample) -> Option<String> {
    let risk = sample.risk?;
    Some(super::evidence::says(&finding.tree, finding.card, risk, &finding.captures))
}

/// Returns in words how sure a finding is.
pub(super) fn certainty(finding: &Finding) -> &'static str {
    match finding.certainty {
        Certainty::Confirmed | Certainty::Likely => finding.certainty.word(),
        Certainty::Possible if finding.is_setting() => "possible: a setting could cause it",
        Certainty::Possible if !finding.opposed_by.is_empty() => "possible in another incident",
        Certainty::Possible => "possible: other cards have the same signature",
    }
}

/// Returns the captured values that are worth showing.
///
/// Values of unnamed placeholders, such as `{number}`, tell similar lines apart. They are left out unless a command of
/// the card uses them.
pub(super) fn captures(finding: &Finding) -> impl Iterator<Item = &Values> {
    let used = placeholders(&finding.tree, finding.card);
    let is_nameless = |name: &str| Kind::names().any(|kind| kind == name);
    finding.captures.iter().filter(move |(name, _)| !is_nameless(name) || used.contains(&name.as_str()))
}

/// Compares when a finding began with the earliest other finding.
///
/// `None` if both began at once, or if times or their zones are missing.
pub(super) fn began(finding: &Finding, all: &[Finding]) -> Option<String> {
    let Times { first: own, has_zone, .. } = *finding.times.as_ref()?;
    let is_other = |other: &&Finding| other.card != finding.card || other.tree.id != finding.tree.id;
    let others = all.iter().filter(is_other).filter_map(|other| Some((other.times.as_ref()?, other)));
    let others = others.filter(|(times, _)| times.has_zone == has_zone).map(|(times, other)| (times.first, other));
    let (first, other) = others.min_by_key(|(first, _)| *first)?;
    let title = &other.tree.card(other.card).title;
    match own.cmp(&first) {
        std::cmp::Ordering::Less => Some(format!("began first, {} before \"{title}\"", format::between(own, first))),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("began {} after \"{title}\"", format::between(own, first))),
    }
}
