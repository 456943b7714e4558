//! A decision tree: as it is written in files, and as it is used.
//!
//! [`load()`] turns the files of one folder into a [`Tree`] and the list of all [`Problem`]s in them. The two sides are two sets of
//! types: [`mod@file`] holds what the author wrote, with the place of every word; [`model`] holds what the program works
//! with, where every reference exists. Nothing here reads a file: folders come in as values.

mod bad_template;
mod branching;
pub mod decode;
pub mod file;
pub mod fingerprint;
mod ids;
pub mod json;
pub mod json_path;
pub mod link;
mod link_training;
pub mod lint;
pub mod load;
pub mod model;
mod names;
pub mod pattern;
pub mod problem;
pub mod read;
mod read_card;
mod read_evidence;
mod read_pattern;
mod read_training;
mod scales;
pub mod shell;
mod signs;
pub mod training;

pub use fingerprint::fingerprint;
pub use ids::{CardId, OptionId, QuestionId, RemedyRef};
pub use load::{Folder, Loaded, SourceFile, load};
pub use model::{Card, Question, Tree};
pub use problem::{Code, Problem};
