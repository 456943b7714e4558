//! Declares the lines of a case as JSON.

use serde::{Deserialize, Serialize};

use crate::text::CleanText;

/// The line of an event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EventLine {
    /// The position among the events, from 0.
    ///
    /// A line that was written twice or lost is noticed by it.
    pub(super) n: usize,
    /// The time in UTC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) at: String,
    #[serde(flatten)]
    pub(super) event: EventRow,
}

/// An event, with names for everything of the tree.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum EventRow {
    Answer { question: CleanText, option: CleanText },
    Unknown { question: CleanText },
    NoneOfThese { question: CleanText },
    Evidence(EvidenceRow),
    Step { card: CleanText, step: CleanText, outcome: OutcomeWord },
    Value { name: CleanText, value: CleanText, by: GivenWord },
    Remark { text: CleanText },
    Escalated,
    MostUsefulFirst { on: bool },
    Link { from: CleanText, left: Vec<LeftRow> },
    Retract { of: usize },
}

/// A walk that was left by a link.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LeftRow {
    pub(super) tree: CleanText,
    pub(super) events: Vec<EventRow>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OutcomeWord {
    Done,
    Helped,
    DidNotHelp,
    Skipped,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum GivenWord {
    Typed,
    Accepted,
    Picked,
    Carried { from: CleanText, is_inferred: bool },
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EvidenceRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) utc_offset: Option<i32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hits: Vec<HitRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) proofs: Vec<ProofRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) risks: Vec<RiskRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) successes: Vec<SuccessRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unexplained: Vec<UnexplainedRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) details: Vec<DetailRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<ValueRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) elsewhere: Vec<ElsewhereRow>,
}

/// A place in the evidence.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlaceRow {
    #[serde(rename = "in")]
    pub(super) source: SourceWord,
    pub(super) line: usize,
    pub(super) text: CleanText,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SourceWord {
    Search,
    Paste,
    StandardInput,
    File(CleanText),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HitRow {
    pub(super) cards: Vec<CleanText>,
    pub(super) kind: HitWord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) captures: Vec<(CleanText, CleanText)>,
    pub(super) count: u64,
    pub(super) place: PlaceRow,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum HitWord {
    Named,
    Hint,
    Opened,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ProofRow {
    pub(super) question: CleanText,
    pub(super) option: CleanText,
    pub(super) is_code: bool,
    pub(super) count: u64,
    pub(super) place: PlaceRow,
}

/// A risk, which has no name but its position.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RiskRow {
    pub(super) card: CleanText,
    pub(super) at: usize,
    pub(super) place: PlaceRow,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SuccessRow {
    pub(super) card: CleanText,
    pub(super) count: u64,
    pub(super) place: PlaceRow,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UnexplainedRow {
    pub(super) template: CleanText,
    pub(super) count: u64,
    pub(super) place: PlaceRow,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DetailRow {
    pub(super) card: CleanText,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<(CleanText, Vec<(CleanText, u64)>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) decoded: Vec<(CleanText, CleanText)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ValueRow {
    pub(super) name: CleanText,
    pub(super) value: CleanText,
    pub(super) count: u64,
    pub(super) place: PlaceRow,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ElsewhereRow {
    pub(super) tree: CleanText,
    pub(super) evidence: EvidenceRow,
}
