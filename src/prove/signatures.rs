//! Checks the samples of signatures and risks.

use std::collections::HashMap;
use std::sync::Arc;

use super::training::shortened;
use crate::recognize::{Compiled, LogFormats, PatternSample, Recognizer};
use crate::text::CleanText;
use crate::tree::model::Signature;
use crate::tree::{CardId, Code, Problem, SignatureId, Tree};

/// Notes signatures and risks that break their samples or their sharing.
///
/// Every signature must match its samples, none of its `never` lines, and no sample of a card that does not share it.
pub(super) fn check_signatures(recognizer: &Recognizer, problems: &mut Vec<Problem>) {
    let (tree, formats) = (recognizer.tree(), recognizer.formats());
    let samples = MatchedSamples::of(recognizer);
    for (id, card) in tree.cards() {
        for other in &card.shares_signatures_with {
            if !tree.card(*other).shares_signatures_with.contains(&id) {
                let message = format!(
                    "`{}` shares its signatures with `{}`, which does not say so",
                    card.id,
                    tree.card(*other).id
                );
                let help = format!(
                    "add `{}` to shares_signatures_with of cards/{}.json, or remove that card here",
                    card.id,
                    tree.card(*other).id
                );
                problems.push(Problem::of_file(Code::OneSidedSharing, &card.path, message, help));
            }
        }
        for (index, signature) in card.signatures.iter().enumerate() {
            let id = SignatureId { card: id, index };
            check_signature(tree, (id, signature), formats, samples.with(id), problems);
        }
        let risks = card.risks.iter().map(|risk| ("risk", &risk.pattern, &risk.place, [&risk.samples, &risk.never]));
        let successes = card
            .disproved_by
            .iter()
            .map(|success| ("success", &success.pattern, &success.place, [&success.samples, &success.never]));
        for (what, pattern, place, [samples, never]) in risks.chain(successes) {
            let pattern = Compiled::new(pattern);
            let is_in = |sample: &CleanText| pattern.is_in_sample(&PatternSample::new(sample, formats));
            let mut note = |code, message: String, help: &str| {
                let place = Some(place.clone());
                problems.push(Problem { place, ..Problem::of_file(code, &card.path, message, help) });
            };
            note_missed(what, samples.iter().filter(|sample| !is_in(sample)), &mut note);
            note_matched(what, never.iter().filter(|never| is_in(never)), &mut note);
        }
    }
}

/// The samples of a tree by the signatures that match them.
struct MatchedSamples<'t> {
    by_signature: HashMap<SignatureId, Vec<(SignatureId, &'t CleanText)>>,
}

impl<'t> MatchedSamples<'t> {
    /// Looks for all signatures in each sample.
    fn of(recognizer: &'t Recognizer) -> Self {
        let mut by_signature: HashMap<_, Vec<_>> = HashMap::new();
        for (id, signature) in recognizer.tree().signatures() {
            for sample in &signature.samples {
                let read = PatternSample::new(sample, recognizer.formats());
                for found in recognizer.signatures_in_sample(&read) {
                    by_signature.entry(found).or_default().push((id, sample));
                }
            }
        }
        Self { by_signature }
    }

    /// Returns the samples that a signature matches, each with its owner.
    fn with(&self, id: SignatureId) -> &[(SignatureId, &'t CleanText)] {
        self.by_signature.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Notes samples that a pattern misses.
pub(super) fn note_missed<'s>(
    what: &str,
    missed: impl Iterator<Item = &'s CleanText>,
    note: &mut impl FnMut(Code, String, &str),
) {
    for sample in missed {
        let message = format!("this {what} does not match its sample `{}`", shortened(sample));
        note(Code::SampleNotMatched, message, "correct the pattern or the sample");
    }
}

/// Notes `never` lines that a pattern matches.
pub(super) fn note_matched<'s>(
    what: &str,
    matched: impl Iterator<Item = &'s CleanText>,
    note: &mut impl FnMut(Code, String, &str),
) {
    for never in matched {
        let message = format!("this {what} matches what it must never match: `{}`", shortened(never));
        note(Code::NeverMatched, message, "make the pattern more specific");
    }
}

/// Notes what a signature misses, and what it must not match.
///
/// `matched` are the samples of all signatures that it matches.
fn check_signature(
    tree: &Tree,
    (id, signature): (SignatureId, &Signature),
    formats: &Arc<LogFormats>,
    matched: &[(SignatureId, &CleanText)],
    problems: &mut Vec<Problem>,
) {
    let card = tree.card(id.card);
    let pattern = Compiled::new(&signature.pattern);
    let mut note = |code, message: String, help: &str| {
        let place = Some(signature.place.clone());
        problems.push(Problem { place, ..Problem::of_file(code, &card.path, message, help) });
    };
    let is_matched = |sample: &CleanText| matched.contains(&(id, sample));
    note_missed("signature", signature.samples.iter().filter(|sample| !is_matched(sample)), &mut note);
    let is_in = |sample: &CleanText| pattern.is_in_sample(&PatternSample::new(sample, formats));
    note_matched("signature", signature.never.iter().filter(|never| is_in(never)), &mut note);
    let may_match = |other: CardId| other == id.card || card.shares_signatures_with.contains(&other);
    for (other, sample) in matched.iter().filter(|(other, _)| !may_match(other.card)) {
        let message =
            format!("this signature matches a sample of `{}`: `{}`", tree.card(other.card).id, shortened(sample));
        let help = "make it more specific, or list each card in the other's shares_signatures_with";
        note(Code::SampleOfAnother, message, help);
    }
}
