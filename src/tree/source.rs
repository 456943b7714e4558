//! Decodes the files of a tree. References are still names, which may name nothing.
//!
//! Each object of the format is declared once, with [`object!`](object): the declaration gives the struct, the decoder,
//! the known field names and the JSON Schema.

pub mod card_file;
pub mod case_file;
pub mod condition;
pub mod decode;
pub mod drill_file;
pub mod evidence;
pub mod files;
pub mod format_file;
pub mod json;
pub mod node;
pub mod object;
pub mod pattern;
pub mod schema;
pub mod tree_file;
pub mod values;
pub mod vocabulary_file;
