//! Lists the kinds of files of a tree, with their JSON Schemas.

use serde_json::Value as Json;

use super::card_file::CardFile;
use super::case_file::CaseFile;
use super::drill_file::DrillFile;
use super::format_file::FormatFile;
use super::object::Decode as _;
use super::schema::Schemas;
use super::tree_file::TreeFile;
use super::vocabulary_file::VocabularyFile;

/// The kinds of files.
pub const KINDS: [&str; 6] = ["tree", "card", "case", "drill", "format", "vocabulary"];

/// Returns the JSON Schema of a kind; `None` for an unknown kind.
pub fn schema(kind: &str) -> Option<Json> {
    Some(match kind {
        "tree" => Schemas::of_file("tree.json", TreeFile::schema),
        "card" => Schemas::of_file("cards/<id>.json", CardFile::schema),
        "case" => Schemas::of_file("cases/<id>.json", CaseFile::schema),
        "drill" => Schemas::of_file("drills/<id>.json", DrillFile::schema),
        "format" => Schemas::of_file("formats/<id>.json", FormatFile::schema),
        "vocabulary" => Schemas::of_file("vocabulary.json", VocabularyFile::schema),
        _ => return None,
    })
}
