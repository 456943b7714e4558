//! The three kinds of file, field by field.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader};
use super::file::{
    CardFile, CaseFile, CauseFile, CommandFile, DocFile, EscalateFile, FindOutFile, LookAlikeFile, NodeFile,
    OptionFile, QuestionFile, RemedyFile, SignatureFile, Spanned, Text, TreeFile,
};
use super::json;
use super::model::{Effect, Likelihood, Takes};
use super::pattern::{Field, Pattern, Slots, Template};
use super::problem::Code;

/// The number of the format that this program reads.
pub const FORMAT: u32 = 1;

/// The most options that a question may have: one for each digit key.
pub const MAX_OPTIONS: usize = 9;

/// Reads `tree.json`. `None` if there is nothing to walk in it.
pub fn tree_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<TreeFile> {
    if !format_is_known(reader, value) {
        return None;
    }
    let known = ["format", "id", "title", "about", "escalation", "questions", "start", "branches"];
    let fields = reader.fields(value, "a tree", &known)?;
    let id = reader.field_text(fields, "id");
    let title = reader.field_text(fields, "title");
    let about = reader.field_text(fields, "about");
    let escalation = reader.field_text(fields, "escalation");
    let questions = reader.required(fields, "questions");
    let questions = questions.map(|value| reader.map(value, question).value).unwrap_or_default();
    for (name, _) in &questions {
        reader.check_id(name);
    }
    let start = reader.required(fields, "start").map(|value| node(reader, value));
    let branches = fields.get("branches").map(|value| reader.map(value, |reader, value| Some(node(reader, value))));
    let branches = branches.map(|branches| branches.value).unwrap_or_default();
    Some(TreeFile { id, title, about, escalation, questions, start: start?, branches })
}

/// Notes a format that is newer or older than ours, and nothing else of such a file: its other fields may mean
/// something that this program cannot know.
fn format_is_known(reader: &mut Reader<'_>, value: &Value<'_>) -> bool {
    let format = value.as_object().and_then(|object| object.get("format")).map(|property| &property.value);
    let Some(number) = format.and_then(Value::as_number_lit) else {
        let at = format.map_or_else(|| json::range_of(value), json::range_of);
        let (code, message) = match format {
            Some(_) => (Code::WrongType, "the format is not a number"),
            None => (Code::MissingField, "the tree does not say in which format it is written"),
        };
        reader.note(code, &(at.start..at.start + 1), message, format!("add \"format\": {FORMAT}"));
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
    let label = reader.field_text(fields, "label");
    let patterns = reader.field_list(fields, "patterns", |reader, value| {
        let fields = reader.fields(value, "a pattern", &["text", "fields"])?;
        pattern(reader, fields).map(|pattern| pattern.value)
    });
    Some(OptionFile { id, label, patterns })
}

fn find_out(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<FindOutFile> {
    let fields = reader.fields(value, "`find_out`", &["how", "command", "takes", "shows"])?;
    Some(FindOutFile {
        how: reader.field_text(fields, "how"),
        command: fields.get("command").and_then(|value| reader.command(value)),
        takes: takes(reader, fields),
        shows: fields.get("shows").map(|value| reader.map(value, Reader::text).value).unwrap_or_default(),
    })
}

fn takes(reader: &mut Reader<'_>, fields: Fields<'_>) -> Takes {
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

/// Reads `cards/<id>.json`.
pub fn card_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CardFile> {
    let known = [
        "title",
        "about",
        "likelihood",
        "log",
        "signatures",
        "shares_signatures_with",
        "also_called",
        "symptoms",
        "causes",
        "remedies",
        "not_this_if",
        "escalate",
        "docs",
        "source",
        "reviewed",
    ];
    let fields = reader.fields(value, "a card", &known)?;
    let card = CardFile {
        title: reader.field_text(fields, "title"),
        about: reader.field_text(fields, "about"),
        likelihood: {
            let value = reader.required(fields, "likelihood");
            value.and_then(|value| reader.word(value, Likelihood::ALL, Likelihood::word)).unwrap_or(Likelihood::Rare)
        },
        log: reader.field_texts(fields, "log"),
        signatures: reader.field_list(fields, "signatures", signature),
        shares_signatures_with: reader.field_texts(fields, "shares_signatures_with"),
        also_called: reader.field_texts(fields, "also_called"),
        symptoms: reader.field_texts(fields, "symptoms"),
        causes: reader.field_list(fields, "causes", cause),
        remedies: reader.field_list(fields, "remedies", remedy),
        not_this_if: reader.field_list(fields, "not_this_if", look_alike),
        escalate: fields.get("escalate").and_then(|value| escalate(reader, value)),
        docs: reader.field_list(fields, "docs", doc),
        source: reader.field_text(fields, "source"),
        reviewed: reader.field_text(fields, "reviewed"),
    };
    check_date(reader, &card.reviewed);
    if card.remedies.is_empty() {
        let at = fields.at();
        let help = "say what to do; a card without a remedy helps nobody";
        reader.note(Code::MissingField, &(at.start..at.start + 1), "a card needs at least one remedy", help);
    }
    unique(reader, card.causes.iter().map(|cause| &cause.id), "cause");
    unique(reader, card.remedies.iter().map(|remedy| &remedy.id), "remedy");
    Some(card)
}

/// A date is only checked for its form: whether the day existed changes nothing.
fn check_date(reader: &mut Reader<'_>, date: &Text) {
    let parts: Vec<_> = date.value.split('-').map(|part| (part.len(), part.parse::<u16>().is_ok())).collect();
    let placeholder = date.value.starts_with('(');
    if !placeholder && parts != [(4, true), (2, true), (2, true)] {
        let message = format!("`{}` is not a date", date.value);
        reader.note(Code::BadValue, &date.at, message, "write it as YYYY-MM-DD");
    }
}

fn signature(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<SignatureFile> {
    let fields = reader.fields(value, "a signature", &["text", "fields", "documented", "samples", "never"])?;
    let pattern = pattern(reader, fields)?;
    let samples = reader.required(fields, "samples").map(|value| reader.list(value, Reader::text));
    if let Some(samples) = &samples
        && samples.value.is_empty()
    {
        let help = "add a line that it must match";
        reader.note(Code::MissingField, &samples.at, "a signature needs at least one sample", help);
    }
    Some(SignatureFile {
        pattern,
        documented: reader.optional_text(fields, "documented"),
        samples: samples.map(|samples| samples.value).unwrap_or_default(),
        never: reader.field_texts(fields, "never"),
    })
}

fn pattern(reader: &mut Reader<'_>, fields: Fields<'_>) -> Option<Spanned<Pattern>> {
    let at = fields.at();
    let read = match (fields.get("text"), fields.get("fields")) {
        (Some(text), None) => {
            let written = reader.text(text)?;
            let template = reader.template(&written, Slots::Typed)?;
            if !template.parts.iter().any(is_literal) {
                let message = "a pattern of placeholders alone matches everything";
                reader.note(Code::BadPattern, &written.at, message, "add the words that stay the same");
                return None;
            }
            return Some(Spanned { value: Pattern::Text(template), at: written.at });
        }
        (None, Some(map)) => reader.map(map, values),
        (None, None) | (Some(_), Some(_)) => {
            let message = "a pattern needs exactly one of `text` and `fields`";
            reader.note(Code::BadPattern, &(at.start..at.start + 1), message, "say what reveals it, in one way");
            return None;
        }
    };
    if read.value.is_empty() {
        let help = "name at least one field";
        reader.note(Code::BadPattern, &read.at, "a pattern without fields matches everything", help);
        return None;
    }
    let fields = read.value.into_iter().map(|(name, any_of)| Field { name: name.value, any_of }).collect();
    Some(Spanned { value: Pattern::Fields(fields), at: read.at })
}

fn is_literal(part: &super::pattern::Part) -> bool {
    matches!(part, super::pattern::Part::Literal(text) if !text.trim().is_empty())
}

fn values(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Template>> {
    let written = match value {
        Value::Array(_) => reader.list(value, Reader::any_text).value,
        _ => vec![reader.any_text(value)?],
    };
    if written.is_empty() {
        let help = "name the values of which one must fit";
        reader.note(Code::BadPattern, &json::range_of(value), "the list of values is empty", help);
        return None;
    }
    written.iter().map(|text| reader.template(text, Slots::Typed)).collect()
}

fn cause(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CauseFile> {
    let fields = reader.fields(value, "a cause", &["id", "text", "likelihood"])?;
    let id = reader.field_text(fields, "id");
    reader.check_id(&id);
    let text = reader.field_text(fields, "text");
    let likelihood = fields.get("likelihood").and_then(|value| reader.word(value, Likelihood::ALL, Likelihood::word));
    Some(CauseFile { id, text, likelihood: likelihood.unwrap_or(Likelihood::Occasional) })
}

fn remedy(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<RemedyFile> {
    let known = ["id", "do", "fixes", "effect", "takes", "commands", "verify", "undo"];
    let fields = reader.fields(value, "a remedy", &known)?;
    let id = reader.field_text(fields, "id");
    reader.check_id(&id);
    let effect = reader.required(fields, "effect");
    let fixes = reader.required(fields, "fixes");
    Some(RemedyFile {
        id,
        act: reader.field_text(fields, "do"),
        fixes: match fixes {
            Some(value) => reader.list(value, Reader::text),
            None => Spanned { value: Vec::new(), at: fields.at() },
        },
        effect: effect.and_then(|value| reader.word(value, Effect::ALL, Effect::word)).unwrap_or(Effect::Disruptive),
        takes: takes(reader, fields),
        commands: reader.field_list(fields, "commands", command),
        verify: reader.field_text(fields, "verify"),
        undo: reader.optional_text(fields, "undo"),
    })
}

fn command(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CommandFile> {
    let fields = reader.fields(value, "a command", &["run", "shows"])?;
    let run = reader.required(fields, "run").and_then(|value| reader.command(value))?;
    Some(CommandFile { run, shows: reader.field_text(fields, "shows") })
}

fn look_alike(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<LookAlikeFile> {
    let fields = reader.fields(value, "a look-alike", &["sign", "card"])?;
    Some(LookAlikeFile { sign: reader.field_text(fields, "sign"), card: reader.optional_text(fields, "card") })
}

fn escalate(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<EscalateFile> {
    let fields = reader.fields(value, "`escalate`", &["when", "with"])?;
    Some(EscalateFile { when: reader.field_text(fields, "when"), with: reader.field_texts(fields, "with") })
}

fn doc(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<DocFile> {
    let fields = reader.fields(value, "a page", &["title", "url"])?;
    Some(DocFile { title: reader.field_text(fields, "title"), url: reader.field_text(fields, "url") })
}

/// Reads `cases/<id>.json`.
pub fn case_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CaseFile> {
    let fields = reader.fields(value, "a case", &["about", "evidence", "answers", "ends", "cards"])?;
    let ends = reader.required(fields, "ends");
    let ends = ends.and_then(|value| {
        reader
            .word(value, &["card", "shortlist", "escalate", "question"], |word| word)
            .map(|word| Spanned { value: word.to_owned(), at: json::range_of(value) })
    });
    Some(CaseFile {
        about: reader.field_text(fields, "about"),
        evidence: reader.field_texts(fields, "evidence"),
        answers: reader.field_list(fields, "answers", |reader, value| {
            let pair = reader.list(value, Reader::text);
            if let [question, answer] = pair.value.as_slice() {
                return Some((question.clone(), answer.clone()));
            }
            let help = "write [\"question\", \"option\"]";
            reader.note(Code::BadValue, &pair.at, "an answer is a pair of question and option", help);
            None
        }),
        ends: ends?,
        cards: reader.field_texts(fields, "cards"),
    })
}

/// Notes every id that an earlier entry of the same list has already.
fn unique<'t>(reader: &mut Reader<'_>, ids: impl Iterator<Item = &'t Text>, what: &str) {
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            let message = format!("there are two entries with the id `{}`", id.value);
            reader.note(Code::DuplicateId, &id.at, message, format!("give each {what} an id of its own"));
        }
    }
}
