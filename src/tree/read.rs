//! `tree.json` and the golden cases, field by field.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader, unique};
use super::file::{CaseFile, FindOutFile, NodeFile, OptionFile, QuestionFile, Spanned, Text, TreeFile};
use super::json;
use super::model::Takes;
use super::problem::Code;
use super::read_evidence::evidence;
use super::read_pattern::bare_pattern;
use super::read_training::prints;

/// The number of the format that this program reads.
pub const FORMAT: u32 = 1;

/// The most options that a question may have: one for each digit key.
pub const MAX_OPTIONS: usize = 9;

/// What can be answered to every question, as cases and the command line write it.
const RESERVED: [&str; 2] = ["unknown", "none"];

/// Reads `tree.json`. `None` if there is nothing to walk in it.
pub fn tree_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<TreeFile> {
    if !format_is_known(reader, value) {
        return None;
    }
    let known = [
        "format",
        "id",
        "title",
        "about",
        "escalation",
        "synonyms",
        "fills",
        "harmless",
        "encoded",
        "everyday",
        "examples",
        "questions",
        "start",
        "branches",
    ];
    let fields = reader.fields(value, "a tree", &known)?;
    let id = reader.field_text(fields, "id");
    let title = reader.field_text(fields, "title");
    let about = reader.field_text(fields, "about");
    let escalation = reader.field_text(fields, "escalation");
    let synonyms = reader.field_list(fields, "synonyms", synonyms);
    let evidence = evidence(reader, fields);
    let everyday = reader.field_texts(fields, "everyday");
    let examples = fields.get("examples").map(|value| reader.map(value, Reader::text).value).unwrap_or_default();
    let questions = reader.required(fields, "questions");
    let questions = questions.map(|value| reader.map(value, question).value).unwrap_or_default();
    for (name, _) in &questions {
        reader.check_id(name);
    }
    let start = reader.required(fields, "start").map(|value| node(reader, value));
    let branches = fields.get("branches").map(|value| reader.map(value, |reader, value| Some(node(reader, value))));
    let branches = branches.map(|branches| branches.value).unwrap_or_default();
    Some(TreeFile {
        id,
        title,
        about,
        escalation,
        synonyms,
        evidence,
        everyday,
        examples,
        questions,
        start: start?,
        branches,
    })
}

/// Words that mean the same.
fn synonyms(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Text>> {
    let group = reader.list(value, Reader::text);
    if group.value.len() < 2 {
        let help = "write at least two words that mean the same, or leave the list out";
        reader.note(Code::BadValue, &group.at, "this says of nothing that it means the same", help);
    }
    Some(group.value)
}

/// Notes a format that is newer or older than ours, and nothing else of such a file: its other fields may mean
/// something that this program cannot know.
fn format_is_known(reader: &mut Reader<'_>, value: &Value<'_>) -> bool {
    let format = value.as_object().and_then(|object| object.get("format")).map(|property| &property.value);
    let Some(number) = format.and_then(Value::as_number_lit) else {
        let at = format.map_or_else(|| json::range_of(value), json::range_of);
        let help = format!("write \"format\": {FORMAT}");
        match format {
            Some(_) => reader.note(Code::WrongType, &at, "the format is not a number", help),
            None => {
                let message = "the tree does not say in which format it is written";
                reader.note(Code::MissingField, &(at.start..at.start + 1), message, help);
            }
        }
        return false;
    };
    let at = number.range.start..number.range.end;
    match number.value.parse::<u32>() {
        Ok(FORMAT) => true,
        Ok(older) if older < FORMAT => {
            let message = format!("the tree is written in format {older}; this program reads format {FORMAT}");
            reader.note(Code::FormatTooOld, &at, message, "bring it up to date as decision_trees/README.md says");
            false
        }
        Ok(newer) => {
            let message = format!("the tree is written in format {newer}; this program reads format {FORMAT}");
            reader.note(Code::FormatTooNew, &at, message, "install a newer wherefore");
            false
        }
        Err(_) => {
            let message = format!("`{}` is not the number of a format", number.value);
            reader.note(Code::BadValue, &at, message, format!("write {FORMAT}"));
            false
        }
    }
}

fn question(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<QuestionFile> {
    let fields = reader.fields(value, "a question", &["ask", "why", "options", "find_out"])?;
    let ask = reader.field_text(fields, "ask");
    let why = reader.field_text(fields, "why");
    let options = match reader.required(fields, "options") {
        Some(value) => reader.list(value, option),
        None => return None,
    };
    if options.value.is_empty() {
        reader.note(Code::NoOptions, &options.at, "a question needs options", "add at least two");
    } else if options.value.len() > MAX_OPTIONS {
        let message = format!("a question has at most {MAX_OPTIONS} options, this one has {}", options.value.len());
        reader.note(Code::TooManyOptions, &options.at, message, "ask a coarser question first");
    }
    unique(reader, options.value.iter().map(|option| &option.id), "option");
    let find_out = reader.required(fields, "find_out").and_then(|value| find_out(reader, value))?;
    Some(QuestionFile { ask, why, options, find_out })
}

fn option(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<OptionFile> {
    let fields = reader.fields(value, "an option", &["id", "label", "patterns"])?;
    let id = reader.field_text(fields, "id");
    reader.check_id(&id);
    if RESERVED.contains(&id.value.as_str()) {
        let message = format!("`{}` can be answered to every question, so no option may be called so", id.value);
        reader.note(Code::BadId, &id.at, message, "give the option another id");
    }
    let label = reader.field_text(fields, "label");
    let patterns =
        reader.field_list(fields, "patterns", |reader, value| bare_pattern(reader, value).map(|pattern| pattern.value));
    Some(OptionFile { id, label, patterns })
}

fn find_out(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<FindOutFile> {
    let fields =
        reader.fields(value, "`find_out`", &["how", "command", "takes", "shows", "log", "prints", "stands_in"])?;
    Some(FindOutFile {
        how: reader.field_text(fields, "how"),
        command: fields.get("command").and_then(|value| reader.command(value)),
        takes: takes(reader, fields),
        shows: fields.get("shows").map(|value| reader.map(value, Reader::text).value).unwrap_or_default(),
        is_log: fields.get("log").and_then(|value| reader.flag(value)).unwrap_or(false),
        prints: fields.get("prints").map(|value| prints(reader, value)).unwrap_or_default(),
        stands_in: reader.optional_text(fields, "stands_in"),
    })
}

/// The field `takes`.
pub(super) fn takes(reader: &mut Reader<'_>, fields: Fields<'_>) -> Takes {
    let value = reader.required(fields, "takes");
    value.and_then(|value| reader.word(value, Takes::ALL, Takes::word)).unwrap_or(Takes::Minutes)
}

fn node(reader: &mut Reader<'_>, value: &Value<'_>) -> NodeFile {
    read_node(reader, value).unwrap_or(NodeFile::Unreadable)
}

fn read_node(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<NodeFile> {
    let fields = reader.fields(value, "a node", &["ask", "then", "card", "cards", "see"])?;
    let kinds: Vec<_> = ["ask", "card", "cards", "see"].into_iter().filter(|name| fields.get(name).is_some()).collect();
    let kind = match kinds.as_slice() {
        [kind] => *kind,
        [] => {
            reader.note(
                Code::MissingField,
                &(fields.at().start..fields.at().start + 1),
                "a node needs `ask` with `then`, `card`, `cards` or `see`",
                "say where this answer leads",
            );
            return None;
        }
        several => {
            let message = format!("a node is only one of these: {}", several.join(", "));
            reader.note(Code::BadValue, &fields.at(), message, "keep one of them");
            return None;
        }
    };
    let value = fields.get(kind)?;
    Some(match kind {
        "ask" => {
            let question = reader.text(value)?;
            let then = reader.required(fields, "then")?;
            NodeFile::Ask { question, then: reader.map(then, |reader, value| Some(node(reader, value))) }
        }
        "card" => NodeFile::Cards(vec![reader.text(value)?]),
        "cards" => {
            let cards = reader.list(value, Reader::text);
            if cards.value.is_empty() {
                reader.note(Code::BadValue, &cards.at, "the list of cards is empty", "name at least one card");
                return None;
            }
            NodeFile::Cards(cards.value)
        }
        _ => NodeFile::See(reader.text(value)?),
    })
}

/// Reads `cases/<id>.json`.
pub fn case_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CaseFile> {
    let fields = reader.fields(value, "a case", &["about", "evidence", "answers", "ends", "cards"])?;
    let ends = reader.required(fields, "ends");
    let ends = ends.and_then(|value| {
        reader
            .word(value, &["card", "shortlist", "escalate", "question"], |word| word)
            .map(|word| Spanned { value: word.into(), at: json::range_of(value) })
    });
    Some(CaseFile {
        about: reader.field_text(fields, "about"),
        evidence: reader.field_texts(fields, "evidence"),
        answers: reader.field_list(fields, "answers", |reader, value| {
            if let Some([question, answer]) = value.as_array().map(|array| array.elements.as_slice()) {
                return Some((reader.text(question)?, reader.text(answer)?));
            }
            let help = "write [\"question\", \"option\"]";
            reader.note(Code::BadValue, &json::range_of(value), "an answer is a pair of question and option", help);
            None
        }),
        ends: ends?,
        cards: reader.field_texts(fields, "cards"),
    })
}
