//! Checks the patterns of `tree.json` against lines.

use super::signatures::{note_matched, note_missed};
use crate::recognize::{Compiled, Line, PatternSample, Recognizer};
use crate::text::CleanText;
use crate::tree::model::PatternOwner;
use crate::tree::pattern::Pattern;
use crate::tree::{Code, Problem, Tree};

/// Notes patterns of options, harmless and foreign lines that break their samples.
///
/// A text pattern of an option needs one line: a sample of its own, or any line of the tree that a system printed.
/// A text without one may have a slip that nobody sees.
pub(super) fn check_patterns(recognizer: &Recognizer, problems: &mut Vec<Problem>) {
    let (tree, formats) = (recognizer.tree(), recognizer.formats());
    let mut lines: Option<Vec<Line>> = None;
    for written in tree.pattern_samples.iter() {
        let Some(pattern) = tree.owned_pattern(written.owner) else { continue };
        let compiled = Compiled::new(pattern);
        let is_in = |sample: &CleanText| compiled.is_in_sample(&PatternSample::new(sample, formats));
        let mut note = |code, message: String, help: &str| {
            let place = Some(written.place.clone());
            problems.push(Problem { place, ..Problem::of_file(code, &tree.path, message, help) });
        };
        note_missed("pattern", written.samples.iter().filter(|sample| !is_in(sample)), &mut note);
        note_matched("pattern", written.never.iter().filter(|never| is_in(never)), &mut note);
        let PatternOwner::Option(question, option, _) = written.owner else { continue };
        if !matches!(pattern, Pattern::Text(_)) || !written.samples.is_empty() {
            continue;
        }
        let lines = lines.get_or_insert_with(|| {
            lines_of_systems(tree).flat_map(|text| text.lines()).map(|line| recognizer.line(line)).collect()
        });
        if !lines.iter().any(|line| compiled.matches(line)) {
            let answer = &tree.option(question, option).id;
            let message = format!("no line in the tree has this text, which proves `{answer}`");
            let help = "add \"samples\" with a line that has exactly this text, or a golden case";
            note(Code::UnsampledPattern, message, help);
        }
    }
}

/// Returns the lines of a tree that stand for output of systems.
fn lines_of_systems(tree: &Tree) -> impl Iterator<Item = &CleanText> {
    let cases = tree.cases.iter().flat_map(|case| &case.evidence);
    let signatures = tree.signatures().flat_map(|(_, signature)| &signature.samples);
    let of_cards = tree.cards().flat_map(|(_, card)| &card.training.prints).map(|(_, printed)| printed);
    let of_questions = tree.questions().flat_map(|(question, _)| tree.prints(question));
    let prints = of_cards.chain(of_questions).flat_map(|printed| &printed.lines);
    let clues = tree.drills.iter().flat_map(|drill| &drill.clues).flat_map(|clue| &clue.shows);
    cases.chain(signatures).chain(prints).chain(clues)
}
