//! Declares `cards/<id>.json`.

use serde::{Deserialize, Serialize};

use super::decode::{Decoder, Fields, Spanned, Text, unique};
use super::drill_file::CardDrillFile;
use super::evidence::{BackAndForth, check_decides};
use super::json;
use super::object::object;
use super::pattern::{PatternFields, check_samples};
use super::values::{CommandText, Date, Flag, Id, LinkText, ListOf, Sentence};
use crate::text::CleanText;
use crate::tree::problem::Code;
use crate::tree::scales::{Effect, Likelihood, Takes};

object! {
    /// A diagnosis with its symptoms, causes and remedies.
    CardFile is "a card", then check_card {
        /// The diagnosis in a few words.
        required title: CleanText,
        /// The diagnosis in one or two sentences.
        required about: CleanText,
        /// The frequency of the diagnosis.
        required likelihood: Likelihood,
        /// The affected people and how badly, in one sentence.
        optional impact: Option<CleanText>,
        /// The log categories in which it shows.
        optional log: ListOf<CleanText>,
        /// The patterns that point to this card.
        optional signatures: ListOf<SignatureFile>,
        /// The patterns of settings and events that can lead to the trouble.
        optional risks: ListOf<RiskFile>,
        /// The patterns of lines that say that something works, and so rule this card out.
        optional disproved_by: ListOf<SuccessFile>,
        /// The cards with the same signatures; both must name each other.
        ///
        /// A card of another tree is named as `tree/card`.
        optional shares_signatures_with: ListOf<Text>,
        /// The words that operators use and the documentation does not.
        optional also_called: ListOf<CleanText>,
        /// The symptoms, one sentence each; only the escalation card may have none.
        optional symptoms: ListOf<CleanText>,
        /// The possible causes; only the escalation card may have none.
        optional causes: ListOf<CauseFile>,
        /// The remedies, at least one.
        checked remedies: ListOf<RemedyFile, 1>,
        /// The cards that look alike, and how to tell them apart.
        optional not_this_if: ListOf<LookAlikeFile>,
        /// The condition for escalation, and the information to include.
        optional escalate: Option<Escalate>,
        /// The pages to read; only the escalation card may have none.
        optional docs: ListOf<Doc>,
        /// The origin of the facts.
        required source: CleanText,
        /// The day of the last review, `YYYY-MM-DD`.
        required reviewed: Date,
        /// The texts for exercises about this card.
        optional drill: Option<CardDrillFile>,
    }
}

fn check_card(decoder: &mut Decoder<'_>, fields: Fields<'_>, card: CardFile) -> Option<CardFile> {
    if card.remedies.is_empty() {
        let at = fields.at().start;
        let help = "say what to do; a card without a remedy does not help";
        decoder.note(Code::MissingField, &(at..at + 1), "a card needs at least one remedy", help);
    }
    unique(decoder, card.causes.iter().map(|cause| &cause.id), "cause");
    unique(decoder, card.remedies.iter().map(|remedy| &remedy.id), "remedy");
    Some(card)
}

object! {
    /// A pattern that points to a card.
    SignatureFile is "a signature", then check_signature {
        /// The pattern.
        flatten pattern: PatternFields,
        /// The field that must change back and forth in many lines.
        optional back_and_forth: Option<BackAndForth>,
        /// The error string exactly as its vendor prints it.
        optional documented: Option<CleanText>,
        /// Lines that it must match, with made-up values.
        required samples: ListOf<CleanText, 1>,
        /// Lines that look alike and that it must not match.
        optional never: ListOf<CleanText>,
        /// Whether it confirms the card; without this, a status or code alone does not.
        optional decides: Option<Flag>,
        /// The page that says that the status or code has this one meaning.
        optional source: Option<CleanText>,
    }
}

fn check_signature(decoder: &mut Decoder<'_>, fields: Fields<'_>, signature: SignatureFile) -> Option<SignatureFile> {
    check_decides(decoder, fields, signature.decides, signature.source.as_ref());
    check_samples(decoder, fields, "a signature", &signature.samples);
    Some(signature)
}

object! {
    /// A pattern of a setting or event that can lead to trouble.
    RiskFile is "a risk", then check_risk {
        /// The pattern.
        flatten pattern: PatternFields,
        /// The meaning, one sentence; may name placeholders that have a value.
        required says: Spanned<Sentence>,
        /// Lines or documents, as text, in which it must be found.
        required samples: ListOf<CleanText, 1>,
        /// Lines or documents in which it must not be found.
        optional never: ListOf<CleanText>,
    }
}

fn check_risk(decoder: &mut Decoder<'_>, fields: Fields<'_>, risk: RiskFile) -> Option<RiskFile> {
    check_samples(decoder, fields, "a risk", &risk.samples);
    Some(risk)
}

object! {
    /// A pattern of a line that says that something works.
    SuccessFile is "a success", then check_success {
        /// The pattern.
        flatten pattern: PatternFields,
        /// Lines that it must match.
        required samples: ListOf<CleanText, 1>,
        /// Lines that look alike and that it must not match.
        optional never: ListOf<CleanText>,
    }
}

fn check_success(decoder: &mut Decoder<'_>, fields: Fields<'_>, success: SuccessFile) -> Option<SuccessFile> {
    check_samples(decoder, fields, "a success", &success.samples);
    Some(success)
}

object! {
    /// A possible cause within a card.
    CauseFile is "a cause" {
        /// The id within the card.
        required id: Id,
        /// The cause, one sentence.
        required text: CleanText,
        /// The frequency, relative to the other causes of the card.
        optional likelihood: Likelihood = Likelihood::Occasional,
    }
}

object! {
    /// A step of a card that looks for or removes causes.
    RemedyFile is "a remedy" {
        /// The id within the card.
        required id: Id,
        /// The action; starts with a verb.
        required act as "do": CleanText,
        /// The causes that it removes or, if it only looks, tells apart.
        required fixes: Spanned<ListOf<Text>>,
        /// The effect on the system.
        required effect: Effect,
        /// The duration.
        required takes: Takes,
        /// The commands, with what they print.
        optional commands: ListOf<RemedyCommand>,
        /// The check that it worked.
        required verify: CleanText,
        /// The way to revert it; needed if it changes something.
        optional undo: Option<CleanText>,
        /// The link to what helps with it: `tree` or `tree/card`.
        optional link: Option<LinkText>,
    }
}

object! {
    /// A command and what it prints.
    RemedyCommand is "a command", also derives Serialize & Deserialize {
        /// The command, with placeholders like `{port}`.
        required run: CommandText,
        /// The output when this is the cause.
        required shows: CleanText,
        /// The way in a web console that shows or changes the same.
        optional console: Option<CleanText>,
    }
}

object! {
    /// A card that looks alike.
    LookAlikeFile is "a look-alike", then check_look_alike {
        /// The sign that tells the two cards apart.
        required sign: CleanText,
        /// The id of the card that it is instead.
        optional card: Option<Text>,
        /// The link to what it is instead: `tree` or `tree/card`.
        optional link: Option<LinkText>,
    }
}

fn check_look_alike(decoder: &mut Decoder<'_>, _: Fields<'_>, look_alike: LookAlikeFile) -> Option<LookAlikeFile> {
    if let (Some(_), Some(link)) = (&look_alike.card, &look_alike.link) {
        let help = "keep `card` for a card of this tree, `link` for another tree";
        decoder.note(Code::BadValue, &link.at, "a look-alike has either `card` or `link`", help);
    }
    Some(look_alike)
}

object! {
    /// The condition for escalation, and the information to include.
    Escalate is "`escalate`", also derives Serialize & Deserialize {
        /// The condition.
        required when: CleanText,
        /// The information to include.
        optional with: ListOf<CleanText>,
    }
}

object! {
    /// A page to read.
    Doc is "a page", also derives Serialize & Deserialize, then check_doc {
        /// The title.
        required title: CleanText,
        /// The address.
        required url: CleanText,
    }
}

/// Domains that RFC 2606 and RFC 6761 reserve for examples and tests.
const RESERVED_DOMAINS: [&str; 6] = ["example.com", "example.net", "example.org", "example", "invalid", "test"];

fn check_doc(decoder: &mut Decoder<'_>, fields: Fields<'_>, doc: Doc) -> Option<Doc> {
    if let Some(value) = fields.get("url").filter(|_| is_reserved(&doc.url)) {
        let message = format!("`{}` is not a page to read, because its domain is reserved for examples", doc.url);
        let help = "write the address of a page that explains the card";
        decoder.note(Code::ExampleLink, &json::range_of(value), message, help);
    }
    Some(doc)
}

/// Returns whether an address has a domain that is reserved for examples.
fn is_reserved(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    RESERVED_DOMAINS
        .iter()
        .any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_for_examples_is_no_page_to_read() {
        for url in ["https://example.com/TODO", "http://www.Example.org", "docs.test:80/a", "https://example.net?a=b"] {
            assert!(is_reserved(url), "{url}");
        }
        for url in ["https://myexample.com/", "https://nginx.org/example.com", "https://latest/", "https://a.dev/test"]
        {
            assert!(!is_reserved(url), "{url}");
        }
    }
}
