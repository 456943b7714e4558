//! Loads decision trees: decodes files, links names, and reports all problems.
//!
//! [`load()`] turns the files of one folder into a [`Tree`] and the list of all [`Problem`]s in them. `source` decodes
//! the files and keeps the place of every name, `link` resolves the names, [`model`] is the result, in which every
//! reference exists. `compiled` is the form that the build embeds; a [`Tree`] opens it when its content is first needed.
//! Nothing here reads a file: folders come in as values.

mod bad_template;
mod braces;
mod code_fields;
pub mod command_faults;
pub mod compiled;
pub mod fingerprint;
pub mod hash;
pub mod json_path;
pub mod lazy;
mod lazy_tree;
mod link;
pub mod lint;
pub mod load;
pub mod log_format;
pub mod model;
pub mod needs;
pub mod pattern;
pub mod problem;
pub mod quantity;
pub mod scales;
pub mod shared;
pub mod shell;
pub mod source;
pub mod todo;

pub use compiled::{CompiledTree, CompiledWords};
pub use fingerprint::fingerprint;
pub use hash::TreeHash;
pub use lazy_tree::Tree;
pub use load::{Folder, Loaded, SourceFile, load, load_shared};
pub use model::ids::{CardId, OptionId, QuestionId, RemedyRef, SignatureId};
pub use model::{Card, Question, TreeContent, training};
pub use problem::{Code, Problem};
pub use shared::SharedFiles;
pub use source::{files, json};
