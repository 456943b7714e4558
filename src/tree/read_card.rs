//! `cards/<id>.json`, field by field.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader, is_stand_in, unique};
use super::file::{
    CardFile, CauseFile, CommandFile, DocFile, EscalateFile, LookAlikeFile, RemedyFile, RiskFile, SignatureFile,
    Spanned, Text,
};
use super::model::{Effect, Likelihood};
use super::pattern::Slots;
use super::problem::Code;
use super::read::takes;
use super::read_evidence::back_and_forth;
use super::read_pattern::pattern;
use super::read_training::card_drill;

/// Reads `cards/<id>.json`.
pub(super) fn card_file(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<CardFile> {
    let known = [
        "title",
        "about",
        "likelihood",
        "log",
        "signatures",
        "risks",
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
        "drill",
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
        risks: reader.field_list(fields, "risks", risk),
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
        drill: card_drill(reader, fields),
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
    if !is_stand_in(&date.value) && parts != [(4, true), (2, true), (2, true)] {
        let message = format!("`{}` is not a date", date.value);
        reader.note(Code::BadValue, &date.at, message, "write it as YYYY-MM-DD");
    }
}

fn signature(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<SignatureFile> {
    let known = ["text", "fields", "json", "back_and_forth", "documented", "samples", "never"];
    let fields = reader.fields(value, "a signature", &known)?;
    let pattern = pattern(reader, fields)?;
    Some(SignatureFile {
        pattern,
        back_and_forth: fields.get("back_and_forth").and_then(|value| back_and_forth(reader, value)),
        documented: reader.optional_text(fields, "documented"),
        samples: samples(reader, fields, "a signature"),
        never: reader.field_texts(fields, "never"),
    })
}

fn risk(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<RiskFile> {
    let fields = reader.fields(value, "a risk", &["text", "fields", "json", "says", "samples", "never"])?;
    let pattern = pattern(reader, fields)?;
    let says = reader.field_text(fields, "says");
    let template = reader.template(&says, Slots::Free)?;
    Some(RiskFile {
        pattern,
        says: Spanned { value: template, at: says.at },
        samples: samples(reader, fields, "a risk"),
        never: reader.field_texts(fields, "never"),
    })
}

/// The samples of a pattern, at least one.
fn samples(reader: &mut Reader<'_>, fields: Fields<'_>, what: &str) -> Vec<Text> {
    let Some(value) = reader.required(fields, "samples") else { return Vec::new() };
    let samples = reader.list(value, Reader::text);
    if samples.value.is_empty() {
        let help = "add a line that it must match";
        reader.note(Code::MissingField, &samples.at, format!("{what} needs at least one sample"), help);
    }
    samples.value
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
