//! What is written for training: `drills/<id>.json`, and what cards and questions say for exercises.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader, unique};
use super::file::{AlarmFile, CardDrillFile, ClueFile, DrillFile, PrintsFile, TellFile, Text};
use super::json;
use super::pattern::Pattern;
use super::problem::Code;
use super::read_pattern::pattern;

/// Reads `drills/<id>.json`.
pub(super) fn drill_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<DrillFile> {
    let known = ["title", "story", "answers", "card", "clues", "red_herrings", "order", "remedies"];
    let fields = reader.fields(value, "a drill", &known)?;
    let card = reader.required(fields, "card").and_then(|value| reader.text(value));
    let drill = DrillFile {
        title: reader.field_text(fields, "title"),
        story: reader.field_text(fields, "story"),
        answers: answers(reader, fields),
        clues: fields.get("clues").map(|value| reader.map(value, clue).value).unwrap_or_default(),
        red_herrings: reader.field_texts(fields, "red_herrings"),
        order: reader.field_texts(fields, "order"),
        remedies: reader.field_texts(fields, "remedies"),
        card: card?,
    };
    unique(reader, drill.order.iter(), "place in the order");
    Some(drill)
}

/// What a story or an alarm answers by itself.
fn answers(reader: &mut Reader<'_>, fields: Fields<'_>) -> Vec<(Text, Text)> {
    fields.get("answers").map(|value| reader.map(value, Reader::text).value).unwrap_or_default()
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

/// The key `drill` of a card, which may be left out.
pub(super) fn card_drill(reader: &mut Reader<'_>, fields: Fields<'_>) -> CardDrillFile {
    let Some(value) = fields.get("drill") else { return CardDrillFile::default() };
    let Some(fields) = reader.fields(value, "`drill`", &["alarms", "prints", "tells", "wrong"]) else {
        return CardDrillFile::default();
    };
    let by_question = |reader: &mut Reader<'_>, value: &Value<'_>| Some(prints(reader, value));
    CardDrillFile {
        alarms: reader.field_list(fields, "alarms", alarm),
        prints: fields.get("prints").map(|value| reader.map(value, by_question).value).unwrap_or_default(),
        tells: reader.field_list(fields, "tells", tell),
        wrong: fields.get("wrong").map(|value| reader.map(value, texts).value).unwrap_or_default(),
    }
}

fn texts(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Text>> {
    Some(reader.list(value, Reader::text).value)
}

/// What in a line tells the causes of a card apart.
fn tell(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<TellFile> {
    let fields = reader.fields(value, "what tells causes apart", &["text", "fields", "json", "leaves", "says"])?;
    let leaves = reader.required(fields, "leaves").map(|value| (json::range_of(value), texts(reader, value)));
    let says = reader.field_text(fields, "says");
    let pattern = pattern(reader, fields)?;
    if let Pattern::Json(_) = pattern.value {
        let help = "write `text`, or `fields` of a record";
        reader.note(Code::BadPattern, &pattern.at, "what tells causes apart stands in a line", help);
        return None;
    }
    let (at, leaves) = leaves.map(|(at, leaves)| (at, leaves.unwrap_or_default()))?;
    if leaves.is_empty() {
        reader.note(
            Code::BadValue,
            &at,
            "a line of the card leaves one of its causes",
            "name the causes that it leaves",
        );
        return None;
    }
    Some(TellFile { pattern, leaves, says })
}

fn alarm(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<AlarmFile> {
    let fields = reader.fields(value, "an alarm", &["says", "answers"])?;
    Some(AlarmFile { says: reader.field_text(fields, "says"), answers: answers(reader, fields) })
}

/// Lines by option, or by `none`.
pub(super) fn prints(reader: &mut Reader<'_>, value: &Value<'_>) -> PrintsFile {
    reader.map(value, |reader, value| Some(reader.list(value, Reader::any_text).value)).value
}
