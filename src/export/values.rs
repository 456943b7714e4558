//! Collects the values of a case for the placeholders of its commands.
//!
//! A value was given by the operator, found in the evidence, or brought along by a link. A value of the traffic, such as the
//! path of a request, fills a command that changes something only after the operator has accepted it.

use super::command::{self, CommandText};
use super::evidence::{self, line_of};
use super::format::many;
use crate::recognize::looks_like;
use crate::text::CleanText;
use crate::tree::model::{DescribedValue, Effect};
use crate::tree::pattern::Template;
use crate::tree::{CardId, Tree};
use crate::walk::{GivenBy, GivenValue, Provenance, Walk};

/// A value that was found in the evidence of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueSighting {
    /// The text that was found.
    pub value: CleanText,
    /// The number of lines that have it.
    pub count: u64,
    /// The place of a line that has it, if one was kept.
    pub provenance: Option<Provenance>,
}

/// A placeholder, with the value that it has in a case.
#[derive(Clone, Debug)]
pub struct CaseValue<'w> {
    /// The name of the placeholder.
    pub name: &'w str,
    /// Its meaning and how to get it, if described.
    pub described: Option<&'w DescribedValue>,
    /// The value that was given.
    pub given: Option<&'w GivenValue>,
    /// The values that were found, the most frequent first.
    pub found: Vec<ValueSighting>,
    /// Whether the value is a name or a setting of the system.
    is_configured: bool,
}

/// Returns a placeholder of the walk's tree with its value.
pub fn case_value<'w>(walk: &'w Walk, name: &'w str) -> CaseValue<'w> {
    let (tree, known) = (walk.tree(), walk.known());
    let described = tree.described_value(name);
    let mut found: Vec<ValueSighting> = Vec::new();
    let mut add = |value: &CleanText, count: u64, provenance: Option<&Provenance>| {
        if value.trim().is_empty() || value.is_cut() {
            return;
        }
        match found.iter_mut().find(|known| known.value == *value) {
            // A line may be counted for several cards.
            Some(known) => known.count = known.count.max(count),
            None => found.push(ValueSighting { value: value.clone(), count, provenance: provenance.cloned() }),
        }
    };
    for value in known.values.iter().filter(|value| value.name == name) {
        add(&value.value, value.count, Some(&value.provenance));
    }
    for hit in &known.hits {
        for (_, value) in hit.captures.iter().filter(|(known, _)| known == name) {
            add(value, hit.count, Some(&hit.provenance));
        }
    }
    for (_, met) in known.details.iter().flat_map(|detail| &detail.values).filter(|(known, _)| known == name) {
        met.iter().for_each(|(value, count)| add(value, *count, None));
    }
    let is_usual = |value: &str| walk.log.is_redacted || described.is_none_or(|described| looks_like(described, value));
    found.retain(|known| is_usual(&known.value));
    // The sort is stable: of equally frequent values, the first one seen stays first.
    found.sort_by_key(|known| std::cmp::Reverse(known.count));
    CaseValue { name, described, given: known.given_values.get(name), found, is_configured: tree.is_configured(name) }
}

/// Returns whether a value looks as the tree says it may.
pub fn looks_usual(tree: &Tree, name: &str, value: &str) -> bool {
    tree.described_value(name).is_none_or(|described| looks_like(described, value))
}

/// Returns all placeholders of the walk's tree, those named in `first` first.
///
/// Then come those that have a value, then the others, in the order of the tree.
pub fn case_values<'w>(walk: &'w Walk, first: &[&'w str]) -> Vec<CaseValue<'w>> {
    let mut names: Vec<&str> = Vec::new();
    let all = all_placeholders(walk.tree());
    for name in first.iter().copied().chain(all) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut values: Vec<CaseValue<'_>> = names.into_iter().map(|name| case_value(walk, name)).collect();
    let rank = |value: &CaseValue<'_>| (!first.contains(&value.name), value.value().is_none());
    values.sort_by_key(|value| if first.contains(&value.name) { (false, false) } else { rank(value) });
    values
}

/// Returns the placeholders of a tree, each once.
///
/// They are those that it describes, or else those of its commands.
fn all_placeholders(tree: &Tree) -> Vec<&str> {
    if !tree.values.is_empty() {
        return tree.values.iter().map(|(name, _)| name.as_str()).collect();
    }
    let of_questions = tree.questions().filter_map(|(_, question)| question.find_out.command.as_ref());
    let of_cards = tree.cards().flat_map(|(_, card)| card.remedies.iter().flat_map(|remedy| &remedy.commands));
    let commands = of_questions.chain(of_cards.map(|command| &command.run));
    let mut names = Vec::new();
    for name in commands.flat_map(|command| command.slots()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl CaseValue<'_> {
    /// Returns the value of the operator: `Some(None)` if it was taken away.
    fn of_operator(&self) -> Option<Option<&CleanText>> {
        let given = self.given.filter(|given| !matches!(given.by, GivenBy::Carried { .. }))?;
        Some(Some(&given.value).filter(|value| !value.is_empty()))
    }

    /// Returns the value that a link brought.
    fn carried(&self) -> Option<(&CleanText, bool)> {
        match self.given {
            Some(GivenValue { value, by: GivenBy::Carried { is_inferred, .. }, .. }) => Some((value, *is_inferred)),
            _ => None,
        }
    }

    /// Returns what fills the placeholder in read-only commands.
    pub fn value(&self) -> Option<&CleanText> {
        let found = || self.found.first().map(|first| &first.value).or(self.carried().map(|(value, _)| value));
        self.of_operator().unwrap_or_else(found)
    }

    /// Returns whether the value is of the traffic and not accepted.
    ///
    /// Commands that change something do not get it.
    pub fn must_be_accepted(&self) -> bool {
        let is_inferred = match self.given.map(|given| &given.by) {
            Some(GivenBy::Typed | GivenBy::Accepted) => false,
            Some(GivenBy::Picked) | None => !self.is_configured,
            Some(GivenBy::Carried { is_inferred, .. }) => !self.is_configured || self.found.is_empty() && *is_inferred,
        };
        is_inferred && self.value().is_some()
    }

    /// Returns where the value comes from, in words; empty without a value.
    pub fn origin(&self) -> String {
        let Some(value) = self.value() else { return String::new() };
        let sighting = self.found.iter().find(|known| known.value == *value);
        let place = match sighting {
            Some(ValueSighting { provenance: Some(first), count, .. }) if *count < 2 => line_of(first),
            Some(ValueSighting { provenance: Some(first), count, .. }) => {
                format!("{}, first {}", many(*count, "line", "lines"), line_of(first))
            }
            Some(ValueSighting { count, .. }) => many(*count, "line", "lines"),
            None => String::new(),
        };
        match self.given.map(|given| &given.by) {
            Some(GivenBy::Typed) => "typed".to_owned(),
            Some(GivenBy::Accepted) if place.is_empty() => "accepted".to_owned(),
            Some(GivenBy::Accepted) => format!("{place}, accepted"),
            Some(GivenBy::Picked) if place.is_empty() => "your choice".to_owned(),
            Some(GivenBy::Picked) => format!("{place}, your choice"),
            Some(GivenBy::Carried { from, .. }) if sighting.is_none() => format!("from {from}"),
            Some(GivenBy::Carried { .. }) | None => place,
        }
    }

    /// Returns the values that were found and are not used.
    pub fn others(&self) -> impl Iterator<Item = &ValueSighting> {
        self.found.iter().filter(|known| Some(&known.value) != self.value())
    }
}

/// Returns a read-only command with the values of the case.
pub fn read_only_command(walk: &Walk, command: &Template) -> CommandText {
    let values = CommandValues::of_walk(walk);
    command::filled(command, &|name| values.get(name, Effect::Observe))
}

/// The values that fill the commands of a card or a question.
#[derive(Debug)]
pub struct CommandValues<'w> {
    /// The walk, if it is one of the tree of the commands.
    walk: Option<&'w Walk>,
    /// The values in the lines that point to the card.
    of_card: Vec<evidence::Values>,
}

impl<'w> CommandValues<'w> {
    /// Returns the values for the commands of a card.
    pub fn of_card(walk: Option<&'w Walk>, tree: &Tree, card: CardId) -> Self {
        let walk = walk.filter(|walk| walk.tree().id == tree.id);
        Self { walk, of_card: walk.map(|walk| evidence::values(walk, card)).unwrap_or_default() }
    }

    /// Returns the values for the commands of questions.
    pub fn of_walk(walk: &'w Walk) -> Self {
        Self { walk: Some(walk), of_card: Vec::new() }
    }

    /// Returns the value for a placeholder of a command with an effect.
    ///
    /// The operator's value comes first, then what the lines of the card have most often, then what the rest of the
    /// evidence has. A value that was only found elsewhere enters a command that changes something if it is the only one.
    pub fn get(&self, name: &str, effect: Effect) -> Option<String> {
        let value = case_value(self.walk?, name);
        let is_allowed = effect == Effect::Observe || !value.must_be_accepted();
        if let Some(given) = value.of_operator() {
            return given.filter(|_| is_allowed).map(|given| given.as_str().to_owned());
        }
        let changes = effect != Effect::Observe;
        if let Some(own) = evidence::most_frequent(&self.of_card, name) {
            let is_allowed = !own.is_cut() && (!changes || value.is_configured);
            return is_allowed.then(|| own.into_string());
        }
        let is_clear = !changes || value.found.len() < 2;
        value.value().filter(|_| is_allowed && is_clear).map(|value| value.as_str().to_owned())
    }
}
