//! `drills/<id>.json`: incidents that a team writes to train with.

use jsonc_parser::ast::Value;

use super::decode::Reader;
use super::file::{ClueFile, DrillFile};
use super::problem::Code;

/// Reads `drills/<id>.json`.
pub(super) fn drill_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<DrillFile> {
    let fields = reader.fields(value, "a drill", &["title", "story", "card", "clues", "red_herrings", "order"])?;
    let card = reader.required(fields, "card").and_then(|value| reader.text(value));
    Some(DrillFile {
        title: reader.field_text(fields, "title"),
        story: reader.field_text(fields, "story"),
        clues: fields.get("clues").map(|value| reader.map(value, clue).value).unwrap_or_default(),
        red_herrings: reader.field_texts(fields, "red_herrings"),
        order: reader.field_texts(fields, "order"),
        card: card?,
    })
}

fn clue(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<ClueFile> {
    let fields = reader.fields(value, "a clue", &["option", "shows"])?;
    let option = reader.optional_text(fields, "option");
    let shows = reader.field_texts(fields, "shows");
    if option.is_none() && shows.is_empty() {
        let at = fields.at();
        let help = "add \"option\", the answer, or \"shows\", the lines that are seen";
        reader.note(Code::MissingField, &(at.start..at.start + 1), "this clue says nothing", help);
        return None;
    }
    Some(ClueFile { option, shows })
}
