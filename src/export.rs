//! Writes cards, walks and diagnoses as text, Markdown and JSON.
//!
//! Also writes exercises and problems of trees. The reading order of a card is defined once, in [`outline()`]; screens
//! and files differ only in how they draw it.

mod block;
pub mod brief;
pub mod case_report;
pub mod command;
pub mod comparison;
pub mod course;
pub mod diagnosis;
pub mod drill;
pub mod evidence;
pub mod farewell;
mod finding;
pub mod format;
mod hit_group;
pub mod inputs;
pub mod json;
pub mod markdown;
pub mod new_card;
pub mod new_tree;
pub mod note;
mod note_parts;
pub mod outline;
pub mod plain;
mod reference;
pub mod report;
pub mod screen_rows;
pub mod search_text;
mod section;
pub mod timeline;
pub mod values;
pub mod verdict;
mod written_by;

pub use block::Block;
pub use hit_group::HitGroup;
pub use outline::{CardText, CommandOutline, Outline, StepOutline, outline};
pub use section::{CardSection, SectionKind};
