//! Collects the samples of the patterns of `tree.json`.

use crate::tree::model::evidence::{PatternOwner, PatternSamples};
use crate::tree::model::ids::{OptionId, QuestionId};
use crate::tree::problem::SourceText;
use crate::tree::source::pattern::SampledPatternFile;
use crate::tree::source::tree_file::TreeFile;

/// Returns the samples of all patterns of `tree.json`.
///
/// Patterns without samples are included, in the order of the file.
pub(super) fn samples_of_patterns(source: SourceText<'_>, file: &TreeFile) -> Vec<PatternSamples> {
    let of = |owner: PatternOwner, written: &SampledPatternFile| PatternSamples {
        owner,
        place: source.place(&written.pattern.at),
        samples: written.samples.clone(),
        never: written.never.clone(),
    };
    let mut all = Vec::new();
    for (question, (_, content)) in file.questions.iter().enumerate() {
        for (option, choice) in content.options.iter().enumerate() {
            let owner = |at| PatternOwner::Option(QuestionId(question), OptionId(option), at);
            all.extend(choice.patterns.iter().enumerate().map(|(at, written)| of(owner(at), written)));
        }
    }
    all.extend(file.harmless.iter().enumerate().map(|(at, written)| of(PatternOwner::Harmless(at), written)));
    all.extend(file.foreign.iter().enumerate().map(|(at, written)| of(PatternOwner::Foreign(at), written)));
    all.extend(file.mentions.iter().enumerate().map(|(at, written)| PatternSamples {
        owner: PatternOwner::Mention(at),
        place: source.place(&written.pattern.at),
        samples: written.samples.clone(),
        never: written.never.clone(),
    }));
    all
}
