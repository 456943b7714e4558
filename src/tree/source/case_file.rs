//! Declares `cases/<id>.json`, a golden case.

use super::json;
use super::object::{object, simple};
use super::values::{ListOf, NOT_BLANK};
use crate::text::CleanText;
use crate::tree::problem::Code;

object! {
    /// A golden case: evidence and answers, and where they must lead.
    CaseFile is "a case" {
        /// The purpose of the case.
        required about: CleanText,
        /// The lines of evidence.
        optional evidence: ListOf<CleanText>,
        /// The answers; `*` stands for every further question, an answer may be `unknown` or `none`.
        optional answers: ListOf<QuestionAndAnswer>,
        /// The step at which the walk ends.
        required ends: End,
        /// The ids of the cards at the end, or the link.
        optional cards: ListOf<CleanText>,
    }
}

simple! {
    /// A question and its answer, as a list of two names.
    QuestionAndAnswer: (CleanText, CleanText),
    {"type": "array", "items": {"type": "string", "pattern": NOT_BLANK}, "minItems": 2, "maxItems": 2},
    |decoder, value| {
        if let Some([question, answer]) = value.as_array().map(|array| array.elements.as_slice()) {
            return Some((decoder.text(question)?.value, decoder.text(answer)?.value));
        }
        let help = "write [\"question\", \"option\"]";
        decoder.note(Code::BadValue, &json::range_of(value), "an answer is a pair of question and option", help);
        None
    }
}

/// The names of the steps at which a walk ends.
const ENDS: [&str; 5] = ["card", "shortlist", "link", "escalate", "question"];

simple! {
    /// The name of the step at which a walk ends.
    End: CleanText, {"enum": ENDS}, |decoder, value| decoder.word(value, &ENDS, |word| word).map(Into::into)
}
