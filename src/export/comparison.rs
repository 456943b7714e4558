//! Says what a change took away, left and brought.

use std::sync::Arc;

use serde_json::{Value, json};

use super::diagnosis::has_lines;
use super::format::{many, thousands};
use super::inputs::{counted, name_of};
use crate::diagnosis::Diagnosis;
use crate::text;
use crate::tree::Tree;
use crate::walk::{Compared, Comparison, Sighting, Sightings, Walk, add_sightings};

/// The cards of a line that are named.
const NAMED: usize = 2;

/// The findings that went away, are new, or stayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPart {
    /// `Gone`, `New` or `Stayed`.
    pub heading: &'static str,
    /// The numbers of lines, and what they say.
    pub rows: Vec<(String, String)>,
}

/// The comparison of two diagnoses.
#[derive(Debug)]
pub struct DiagnosisComparison<'d> {
    before: &'d Diagnosis,
    after: &'d Diagnosis,
    /// The differences.
    pub comparison: Comparison,
    /// Whether some kinds of unexplained lines are missing.
    ///
    /// There are too many of them.
    pub is_partial: bool,
}

impl<'d> DiagnosisComparison<'d> {
    /// Compares a diagnosis from before a change with a later one.
    ///
    /// Kinds of unexplained lines that are not listed on one side are neither gone nor new.
    pub fn new(before: &'d Diagnosis, after: &'d Diagnosis) -> Self {
        let mut comparison = Comparison::of(&sightings(before), &sightings(after));
        let is_unexplained = |compared: &Compared| matches!(compared.what, Sighting::Unexplained(_));
        comparison.gone.retain(|compared| after.unexplained.others == 0 || !is_unexplained(compared));
        comparison.new.retain(|compared| before.unexplained.others == 0 || !is_unexplained(compared));
        let is_partial = before.unexplained.others > 0 || after.unexplained.others > 0;
        Self { before, after, comparison, is_partial }
    }

    /// Returns the inputs in words, a line for each.
    fn inputs(&self) -> Vec<String> {
        let named = |side: &str, of: &Diagnosis| {
            let read = of.inputs.iter().map(|input| format!("{side}: {}, {}", name_of(input), counted(input)));
            read.collect::<Vec<_>>()
        };
        [named("Before", self.before), named("After", self.after)].concat()
    }

    /// Returns the whole text for people.
    pub fn text(&self, trees: &[Arc<Tree>], width: usize) -> String {
        let mut said = String::new();
        let mut push = |lead: &str, line: &str| {
            let gap = " ".repeat(lead.len());
            for (at, part) in text::wrap(line, width.saturating_sub(lead.len())).iter().enumerate() {
                said.push_str(&format!("{}{part}\n", if at == 0 { lead } else { &gap }));
            }
        };
        self.inputs().iter().for_each(|input| push("", input));
        for ComparedPart { heading, rows } in parts(trees, &self.comparison) {
            push("", "\u{20}");
            push("", &format!("{heading}:"));
            let columns = 2 + rows.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
            rows.iter().for_each(|(lines, says)| push(&format!("{lines:>columns$}  "), says));
        }
        push("", "\u{20}");
        if self.comparison.is_empty() {
            push("", "Nothing in either of them points to a card, answers a question or looks like a problem.");
        }
        if self.is_partial {
            push("", "Too many kinds of unexplained lines: only the most frequent ones are compared.");
        }
        push(
            "",
            "\"Gone\" only means that the lines after the change have none. Compare the same log over a similar time.",
        );
        said.lines().map(str::trim_end).map(|line| format!("{line}\n")).collect()
    }

    /// Returns it as `wherefore/comparison/1`.
    pub fn json(&self, trees: &[Arc<Tree>]) -> Value {
        let inputs = |of: &Diagnosis| {
            let read = of.inputs.iter();
            read.map(|input| json!({"path": input.path, "kind": input.kind, "records": input.records}))
                .collect::<Vec<_>>()
        };
        let part = |part: &[Compared]| part.iter().map(|compared| object(trees, compared)).collect::<Vec<_>>();
        json!({
            "schema": "wherefore/comparison/1",
            "before": inputs(self.before),
            "after": inputs(self.after),
            "gone": part(&self.comparison.gone),
            "new": part(&self.comparison.new),
            "stayed": part(&self.comparison.stayed),
            "partial": self.is_partial,
        })
    }
}

/// Returns the side that has no lines, in words.
pub fn empty_side(before: &Diagnosis, after: &Diagnosis) -> Option<&'static str> {
    match (has_lines(before), has_lines(after)) {
        (false, _) => Some("before"),
        (_, false) => Some("after"),
        _ => None,
    }
}

/// Returns the parts of a comparison that are not empty.
pub fn parts(trees: &[Arc<Tree>], comparison: &Comparison) -> Vec<ComparedPart> {
    let sides = [("Gone", &comparison.gone), ("New", &comparison.new), ("Stayed", &comparison.stayed)];
    let filled = sides.into_iter().filter(|(_, part)| !part.is_empty());
    let part = |(heading, part): (&'static str, &Vec<Compared>)| {
        let rows = part.iter().map(|compared| (lines(compared), label(trees, &compared.what)));
        ComparedPart { heading, rows: rows.collect() }
    };
    filled.map(part).collect()
}

/// Says what evidence shows since a step changed something.
///
/// First a sentence, then the parts of the comparison, if evidence was read since. `None` without such a step.
pub fn since_change(walk: &Walk) -> Option<(String, Vec<ComparedPart>)> {
    let change = walk.last_change()?;
    let number = walk.remedies(change.card).iter().position(|step| step.remedy == change.remedy)? + 1;
    let title = &walk.tree().card(change.card).title;
    let said = match walk.comparison() {
        Some(comparison) => {
            let parts = parts(std::slice::from_ref(walk.tree()), &comparison);
            return Some((format!("Since step {number} of \"{title}\", in the lines read:"), parts));
        }
        None => format!("Step {number} of \"{title}\" may have changed this since. Paste the lines again to compare."),
    };
    Some((said, Vec::new()))
}

/// Returns a comparison in one line.
///
/// Example: `2 gone, 1 stayed`.
pub fn summary(comparison: &Comparison) -> String {
    let counts = [("gone", &comparison.gone), ("new", &comparison.new), ("stayed", &comparison.stayed)];
    let said = counts.into_iter().filter(|(_, part)| !part.is_empty());
    said.map(|(word, part)| format!("{} {word}", part.len())).collect::<Vec<_>>().join(", ")
}

fn lines(compared: &Compared) -> String {
    match (compared.before, compared.after) {
        (before, 0) => many(before, "line", "lines"),
        (0, after) => many(after, "line", "lines"),
        (before, after) => format!("{} to {} lines", thousands(before), thousands(after)),
    }
}

fn tree_of<'t>(trees: &'t [Arc<Tree>], id: &str) -> Option<&'t Arc<Tree>> {
    trees.iter().find(|tree| tree.id == id)
}

/// Names a finding: the cards, the answer, or the kind of line.
fn label(trees: &[Arc<Tree>], what: &Sighting) -> String {
    match what {
        Sighting::Cards(tree, cards) => {
            let Some(tree) = tree_of(trees, tree) else { return String::new() };
            let titles = cards.iter().take(NAMED).map(|card| tree.card(*card).title.as_str());
            let more = match cards.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(", or {}", text::count(more, "other card", "other cards")),
            };
            titles.collect::<Vec<_>>().join(", or ") + &more
        }
        Sighting::Answer(tree, question, option) => tree_of(trees, tree).map_or_else(String::new, |tree| {
            format!("{} {}", tree.question(*question).ask, tree.option(*question, *option).label)
        }),
        Sighting::Unexplained(template) => format!("Unexplained: {template}"),
    }
}

fn object(trees: &[Arc<Tree>], compared: &Compared) -> Value {
    let mut object = match &compared.what {
        Sighting::Cards(id, cards) => {
            let ids = |tree: &Arc<Tree>| cards.iter().map(|card| tree.card(*card).id.clone()).collect::<Vec<_>>();
            json!({"kind": "cards", "tree": id, "cards": tree_of(trees, id).map(ids)})
        }
        Sighting::Answer(id, question, option) => match tree_of(trees, id) {
            Some(tree) => json!({
                "kind": "answer",
                "tree": id,
                "question": tree.question(*question).id,
                "option": tree.option(*question, *option).id,
            }),
            None => json!({"kind": "answer", "tree": id}),
        },
        Sighting::Unexplained(template) => json!({"kind": "unexplained", "template": template}),
    };
    if let Some(fields) = object.as_object_mut() {
        fields.insert("before".to_owned(), compared.before.into());
        fields.insert("after".to_owned(), compared.after.into());
    }
    object
}

/// Returns what a diagnosis shows, of all trees.
fn sightings(diagnosis: &Diagnosis) -> Sightings {
    let mut sightings = Sightings::default();
    for (tree, evidence) in diagnosis.of_each_tree() {
        add_sightings(&mut sightings, &tree.id, &evidence);
    }
    // Each tree has them all.
    for kind in &diagnosis.unexplained.templates {
        sightings.insert(Sighting::Unexplained(kind.template.clone()), kind.count);
    }
    sightings
}
