//! Converts between the words of the walk and those of the file.

use super::rows::{HitWord, OutcomeWord, SourceWord};
use crate::walk::{EvidenceSource, HitKind, StepOutcome};

impl From<StepOutcome> for OutcomeWord {
    fn from(outcome: StepOutcome) -> Self {
        match outcome {
            StepOutcome::Done => OutcomeWord::Done,
            StepOutcome::Helped => OutcomeWord::Helped,
            StepOutcome::DidNotHelp => OutcomeWord::DidNotHelp,
            StepOutcome::Skipped => OutcomeWord::Skipped,
        }
    }
}

impl From<OutcomeWord> for StepOutcome {
    fn from(word: OutcomeWord) -> Self {
        match word {
            OutcomeWord::Done => StepOutcome::Done,
            OutcomeWord::Helped => StepOutcome::Helped,
            OutcomeWord::DidNotHelp => StepOutcome::DidNotHelp,
            OutcomeWord::Skipped => StepOutcome::Skipped,
        }
    }
}

impl From<HitKind> for HitWord {
    fn from(kind: HitKind) -> Self {
        match kind {
            HitKind::Named => HitWord::Named,
            HitKind::Hint => HitWord::Hint,
            HitKind::Opened => HitWord::Opened,
        }
    }
}

impl From<HitWord> for HitKind {
    fn from(word: HitWord) -> Self {
        match word {
            HitWord::Named => HitKind::Named,
            HitWord::Hint => HitKind::Hint,
            HitWord::Opened => HitKind::Opened,
        }
    }
}

impl From<&EvidenceSource> for SourceWord {
    fn from(source: &EvidenceSource) -> Self {
        match source {
            EvidenceSource::Search => SourceWord::Search,
            EvidenceSource::Paste => SourceWord::Paste,
            EvidenceSource::StandardInput => SourceWord::StandardInput,
            EvidenceSource::File(path) => SourceWord::File(path.clone()),
        }
    }
}

impl From<SourceWord> for EvidenceSource {
    fn from(word: SourceWord) -> Self {
        match word {
            SourceWord::Search => EvidenceSource::Search,
            SourceWord::Paste => EvidenceSource::Paste,
            SourceWord::StandardInput => EvidenceSource::StandardInput,
            SourceWord::File(path) => EvidenceSource::File(path),
        }
    }
}
