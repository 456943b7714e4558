//! Matches lines, records and documents against the patterns of a tree.
//!
//! Patterns are data of the tree; here they are compiled. Pure: lines and documents come in, evidence goes out.

mod backtrack;
mod base64_record;
mod byte_pairs;
mod codes;
mod condition;
mod document;
mod encoded;
mod field_list;
mod fill;
mod flapping;
mod highlight;
mod identifiers;
mod json;
mod log_format;
mod matcher;
mod mention;
mod met_needs;
mod pairs;
mod path;
mod pattern;
mod prefix;
mod recognizer;
mod record;
mod sample;
mod sample_fits;
mod specificity;
mod trouble;
mod writer;

pub use base64_record::{begins_record, is_base64};
pub use document::Document;
pub use flapping::StateChange;
pub use log_format::LogFormats;
pub use matcher::{BorrowedCaptures, Captures};
pub use pattern::{Compiled, looks_like};
pub use prefix::{behind_carrier, without_prefix};
pub use recognizer::Recognizer;
pub use record::{Line, Record, may_carry_line};
pub use sample::PatternSample;
pub use trouble::{TellingFields, TroubleFinder};
