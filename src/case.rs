//! Writes a case as lines of a journal, and reads it back.
//!
//! Events name what they are about, so that a case survives changes of its tree. Secrets of known shapes are replaced
//! before anything is written. Pure: `store` has the files.

mod code;
mod decode;
mod encode;
mod head;
mod helped_here;
mod host_names;
mod listed_case;
mod names;
mod read;
mod redact_walk;
mod redaction;
mod rows;
mod secrets;
mod summary;

pub use code::{BadCode, DecodedCase, NoCode, code, decode as decode_code};
pub use encode::event_line;
pub use head::{CaseHead, FORMAT};
pub use helped_here::HelpedHere;
pub use listed_case::ListedCase;
pub use read::{KeptFrom, KeptWalk, UnusableCase, read};
pub use redact_walk::redact_walk;
pub use redaction::{RedactedKind, RedactedValue, Redactor};
pub use secrets::{REDACTED, redacted};
pub use summary::{CaseState, CaseSummary, HelpedStep, summary_line, summary_of_line};
