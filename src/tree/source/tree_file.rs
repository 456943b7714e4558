//! Declares `tree.json`.

use jsonc_parser::ast::Value;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::decode::{Decoder, Fields, Text, unique};
use super::drill_file::PrintsByOption;
use super::evidence::{FillSources, check_decides};
use super::json;
use super::node::NodeFile;
use super::object::{Decode, object, simple};
use super::pattern::{CodeLine, PatternFields, SampledPatternFile, check_samples};
use super::schema::{Schemas, with};
use super::values::{ByName, CommandText, Flag, Id, ListOf, NOT_BLANK};
use crate::text::{self, CleanText};
use crate::tree::pattern::{Pattern, Slots, Template};
use crate::tree::problem::Code;
use crate::tree::scales::Takes;

/// The number of the newest format that this program reads.
///
/// Format 1 had no shared vocabulary, no log formats and no links.
pub const FORMAT: u32 = 2;

/// The number of the oldest format that this program reads.
const OLDEST: u32 = 1;

/// The most options of a question: one for each digit key.
pub const MAX_OPTIONS: usize = 9;

/// The names of answers that every question has, in cases and commands.
const RESERVED: [&str; 2] = ["unknown", "none"];

object! {
    /// A decision tree: its questions, branches, and data about evidence.
    TreeFile is "a tree" {
        /// The number of the format.
        required format: FormatNumber,
        /// The version of the program that reads this format, for programs that do not.
        optional needs: Option<CleanText>,
        /// The id, equal to the name of the folder.
        required id: Text,
        /// The purpose, in a few words.
        required title: CleanText,
        /// The purpose, in one or two sentences.
        required about: CleanText,
        /// The id of the card that is shown when nothing fits.
        required escalation: Text,
        /// Words and short phrases with which a person names the product.
        optional named_by: ListOf<CleanText>,
        /// Groups of words that mean the same to a person who searches.
        optional synonyms: ListOf<SameMeaning>,
        /// The sources of values in records and documents, by placeholder.
        optional fills: ByName<FillSources>,
        /// Lines that name values of placeholders and say nothing else.
        optional mentions: ListOf<MentionFile>,
        /// The placeholders whose values are names or settings of the system.
        optional configured: ListOf<Text>,
        /// Patterns of lines that are harmless although they may not look so.
        optional harmless: ListOf<SampledPatternFile>,
        /// Patterns of reports on other systems in words of this one.
        optional foreign: ListOf<SampledPatternFile>,
        /// Fields in base64 that are worth reading, each with a description.
        optional encoded: ByName<CleanText>,
        /// Lines that are in the logs when nothing is wrong.
        optional everyday: ListOf<CleanText>,
        /// The meanings of the placeholders of commands, and how to get their values, by placeholder.
        optional values: ByName<DescribedValue>,
        /// A made-up value for each placeholder of commands, for exercises.
        optional examples: ByName<CleanText>,
        /// The questions, by id.
        required questions: ByName<QuestionFile, true>,
        /// The first node.
        required start: NodeFile,
        /// Nodes that several places share, by name.
        optional branches: ByName<NodeFile>,
    }
}

/// Decodes `tree.json`, unless it is written in another format.
pub(in crate::internals::tree) fn tree_file(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<TreeFile> {
    // Other fields of another format may mean something that this program cannot know.
    format_is_known(decoder, value).then(|| TreeFile::decode(decoder, value)).flatten()
}

simple! {
    /// The number of the format, which is checked before all else.
    FormatNumber: u32, {"enum": [OLDEST, FORMAT]}, |_, _| Some(FORMAT)
}

/// Returns whether the tree has our format, and notes if not.
fn format_is_known(decoder: &mut Decoder<'_>, value: &Value<'_>) -> bool {
    let format = value.as_object().and_then(|object| object.get("format")).map(|property| &property.value);
    let Some(number) = format.and_then(Value::as_number_lit) else {
        let at = format.map_or_else(|| json::range_of(value), json::range_of);
        let help = format!("write \"format\": {FORMAT}");
        match format {
            Some(_) => decoder.note(Code::WrongType, &at, "the format is not a number", help),
            None => {
                let message = "the tree does not say in which format it is written";
                decoder.note(Code::MissingField, &(at.start..at.start + 1), message, help);
            }
        }
        return false;
    };
    let at = number.range.start..number.range.end;
    match number.value.parse::<u32>() {
        Ok(OLDEST..=FORMAT) => true,
        Ok(older) if older < OLDEST => {
            let message = format!("the tree is written in format {older}; this program reads {OLDEST} to {FORMAT}");
            decoder.note(Code::FormatTooOld, &at, message, "bring it up to date as decision_trees/README.md says");
            false
        }
        Ok(newer) => {
            let message = format!("the tree is written in format {newer}; this program reads {OLDEST} to {FORMAT}");
            let needs = value.as_object().and_then(|object| object.get("needs")).map(|property| &property.value);
            let help = match needs.and_then(Value::as_string_lit) {
                Some(needed) => format!("install wherefore {}", text::clean_line(&needed.value)),
                None => "install a newer wherefore".to_owned(),
            };
            decoder.note(Code::FormatTooNew, &at, message, help);
            false
        }
        Err(_) => {
            let message = format!("`{}` is not the number of a format", number.value);
            decoder.note(Code::BadValue, &at, message, format!("write {FORMAT}"));
            false
        }
    }
}

/// Two or more words or short phrases that mean the same.
#[derive(Debug)]
pub struct SameMeaning;

impl Decode for SameMeaning {
    type Value = Vec<CleanText>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let words = ListOf::<CleanText>::decode(decoder, value)?;
        if words.len() < 2 {
            let help = "write at least two words that mean the same, or leave the list out";
            let message = "this says of nothing that it means the same";
            decoder.note(Code::BadValue, &json::range_of(value), message, help);
        }
        Some(words)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        ListOf::<CleanText, 2>::schema(schemas)
    }
}

object! {
    /// A pattern of lines that name values of placeholders, such as a typed command.
    MentionFile is "a mention", then check_mention {
        /// The pattern; its named placeholders are the values.
        flatten pattern: PatternFields,
        /// The values that the line implies, by placeholder, unless it names them.
        optional implies: ByName<CleanText>,
        /// Lines that it must match, with made-up values.
        required samples: ListOf<CleanText, 1>,
        /// Lines that look alike and that it must not match.
        optional never: ListOf<CleanText>,
    }
}

fn check_mention(decoder: &mut Decoder<'_>, fields: Fields<'_>, mention: MentionFile) -> Option<MentionFile> {
    check_samples(decoder, fields, "a mention", &mention.samples);
    if matches!(mention.pattern.value, Pattern::Json(_)) {
        let help = "write `text` or `fields`; `fills` takes values from documents";
        decoder.note(Code::BadPattern, &mention.pattern.at, "a mention is about a line", help);
        return None;
    }
    Some(mention)
}

object! {
    /// Something that can be observed, with a closed list of answers.
    QuestionFile is "a question" {
        /// The question, as a person would ask it.
        required ask: CleanText,
        /// The reason to ask: what the answer changes.
        required why: CleanText,
        /// The possible answers, one to nine.
        required options: QuestionOptions,
        /// The way to learn the answer.
        required find_out: FindOutFile,
        /// The question without whose answer this one cannot be answered.
        optional premise: Option<Text>,
        /// Texts in which a code stands that only some options have; `{code:number}` is the place of the code.
        optional code_lines: ListOf<CodeLine>,
    }
}

/// The options of a question, at most one for each digit key.
#[derive(Debug)]
pub struct QuestionOptions;

impl Decode for QuestionOptions {
    type Value = Vec<OptionFile>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let options = decoder.list(value, OptionFile::decode);
        let at = json::range_of(value);
        if options.is_empty() {
            decoder.note(Code::NoOptions, &at, "a question needs options", "add at least two");
        } else if options.len() > MAX_OPTIONS {
            let message = format!("a question has at most {MAX_OPTIONS} options, this one has {}", options.len());
            decoder.note(Code::TooManyOptions, &at, message, "ask a coarser question first");
        }
        unique(decoder, options.iter().map(|option| &option.id), "option");
        Some(options)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        with(ListOf::<OptionFile, 1>::schema(schemas), "maxItems", MAX_OPTIONS)
    }
}

object! {
    /// A possible answer to a question.
    OptionFile is "an option", then check_option {
        /// The id within the question.
        required id: Id,
        /// The answer, as a person reads it.
        required label: CleanText,
        /// The patterns that prove this answer.
        optional patterns: ListOf<SampledPatternFile>,
        /// The codes with which this answer is possible, for `code_lines` of the question.
        optional codes: ListOf<CleanText>,
        /// Whether a walk that ends with this answer confirms; without this, a status or code alone does not.
        optional decides: Option<Flag>,
        /// The page that says that the status or code has this one meaning.
        optional source: Option<CleanText>,
    }
}

fn check_option(decoder: &mut Decoder<'_>, fields: Fields<'_>, option: OptionFile) -> Option<OptionFile> {
    check_decides(decoder, fields, option.decides, option.source.as_ref());
    if RESERVED.contains(&option.id.value.as_str()) {
        let message = format!("`{}` is an answer to every question, so no option can have this id", option.id.value);
        decoder.note(Code::BadId, &option.id.at, message, "give the option another id");
    }
    Some(option)
}

object! {
    /// The way to learn the answer to a question.
    FindOutFile is "`find_out`" {
        /// The way, one sentence.
        required how: CleanText,
        /// A command that changes nothing, with placeholders.
        optional command: Option<CommandText>,
        /// The way in a web console that shows the same as the command.
        optional console: Option<CleanText>,
        /// The duration.
        required takes: Takes,
        /// The output of the command or the screen, by option.
        optional shows: ByName<CleanText>,
        /// Whether a log is read, in which harmless lines stand too.
        optional is_log as "log": Flag,
        /// A pattern of the records that the query of the command returns; without it, the query returns all.
        optional filter: Option<PatternFields>,
        /// The lines that are printed, by option or `none`; for exercises.
        optional prints: PrintsByOption,
        /// The id of the question in whose output the answer stands.
        optional stands_in: Option<Text>,
    }
}

object! {
    /// The meaning of a placeholder of commands, and the way to get its value.
    DescribedValue is "a value", also derives Serialize & Deserialize, then check_value {
        /// The meaning, one sentence.
        required means: CleanText,
        /// A command that changes nothing and prints the value.
        optional run: Option<CommandText>,
        /// The place where the value stands: in a web console, a log, or elsewhere.
        optional place as "where": Option<CleanText>,
        /// Templates; a value fits one of them as a whole. Without any, every value fits.
        optional looks_like: ListOf<ValueShape>,
    }
}

simple! {
    /// A template of a whole value.
    ValueShape: Template, {"type": "string", "pattern": NOT_BLANK}, |decoder, value| {
        let written = decoder.text(value)?;
        decoder.template(&written, Slots::Typed)
    }
}

fn check_value(decoder: &mut Decoder<'_>, fields: Fields<'_>, value: DescribedValue) -> Option<DescribedValue> {
    if value.run.is_none() && value.place.is_none() {
        let at = fields.at().start;
        let help = "add \"run\" with a command that prints it, or \"where\" with the place where it stands";
        decoder.note(Code::MissingField, &(at..at + 1), "this does not say how to get the value", help);
    }
    Some(value)
}
