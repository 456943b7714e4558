//! Declares `cases/<id>.json`, a golden case.

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::decode::Decoder;
use super::json;
use super::object::{Decode, object};
use super::schema::Schemas;
use super::values::ListOf;
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
        /// The ids of the cards at the end.
        optional cards: ListOf<CleanText>,
    }
}

/// A question and its answer, as a list of two names.
#[derive(Debug)]
pub struct QuestionAndAnswer;

impl Decode for QuestionAndAnswer {
    type Value = (CleanText, CleanText);

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        if let Some([question, answer]) = value.as_array().map(|array| array.elements.as_slice()) {
            return Some((decoder.text(question)?.value, decoder.text(answer)?.value));
        }
        let help = "write [\"question\", \"option\"]";
        decoder.note(Code::BadValue, &json::range_of(value), "an answer is a pair of question and option", help);
        None
    }

    fn schema(schemas: &mut Schemas) -> Json {
        json!({"type": "array", "items": CleanText::schema(schemas), "minItems": 2, "maxItems": 2})
    }
}

/// The name of the step at which a walk ends.
#[derive(Debug)]
pub struct End;

impl End {
    const ALL: [&str; 4] = ["card", "shortlist", "escalate", "question"];
}

impl Decode for End {
    type Value = CleanText;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<CleanText> {
        decoder.word(value, &Self::ALL, |word| word).map(Into::into)
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"enum": Self::ALL})
    }
}
