//! A card: a diagnosis with what to do about it.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::evidence::{RiskPattern, Signature, SuccessPattern};
use super::ids::CardId;
use super::link::Link;
use super::training::CardTraining;
use crate::text::CleanText;
use crate::tree::lazy::Lazy;
use crate::tree::pattern::Pattern;
use crate::tree::scales::{Effect, Likelihood, Takes};
use crate::tree::source::card_file::{Doc, Escalate, RemedyCommand};

/// A diagnosis with what to do about it. Lists need no more than its fields.
///
/// Everything else is the [`CardContent`] to which it dereferences.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Card {
    /// The name, equal to the name of the file.
    pub id: CleanText,
    /// The diagnosis in a few words.
    pub title: CleanText,
    /// The frequency of the diagnosis.
    pub likelihood: Likelihood,
    /// The place in another tree, if this is a link.
    ///
    /// A link can stand wherever a card can, so that walks need to know nothing about links.
    pub leads_to: Option<Link>,
    /// Everything else.
    pub(in crate::internals::tree) content: Lazy<CardContent>,
}

/// The content of a card, opened when the card is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardContent {
    /// The path of its file, for people.
    pub path: CleanText,
    /// The diagnosis in one or two sentences.
    pub about: CleanText,
    /// The affected people, and how badly.
    pub impact: Option<CleanText>,
    /// The log categories in which it shows.
    pub log: Vec<CleanText>,
    /// The patterns that point to the card.
    pub signatures: Vec<Signature>,
    /// The patterns of what can lead to the card's trouble.
    pub risks: Vec<RiskPattern>,
    /// The patterns of lines that rule the card out.
    pub disproved_by: Vec<SuccessPattern>,
    /// The cards that own the same text.
    pub shares_signatures_with: Vec<CardId>,
    /// The cards of other trees that own the same text, as `tree/card`.
    pub shares_with_trees: Vec<CleanText>,
    /// The words of operators.
    pub also_called: Vec<CleanText>,
    /// The observations that point to the card, one sentence each.
    pub symptoms: Vec<CleanText>,
    /// The possible causes.
    pub causes: Vec<Cause>,
    /// The remedies, in the author's order.
    pub remedies: Vec<Remedy>,
    /// Look-alikes.
    pub not_this_if: Vec<LookAlike>,
    /// The condition for escalation.
    pub escalate: Option<Escalate>,
    /// The pages to read.
    pub docs: Vec<Doc>,
    /// The origin of the facts.
    pub source: CleanText,
    /// The day of the last review, `YYYY-MM-DD`.
    pub reviewed: CleanText,
    /// The data for exercises about the card.
    pub training: CardTraining,
}

impl Deref for Card {
    type Target = CardContent;

    fn deref(&self) -> &CardContent {
        &self.content
    }
}

impl CardContent {
    /// Returns the error strings of the card, each once.
    ///
    /// These are the strings that the vendor documents, and the texts of signatures without a documented string. A card
    /// that has neither shows the fields of its records.
    pub fn error_strings(&self) -> Vec<CleanText> {
        let mut strings: Vec<CleanText> = Vec::new();
        let mut add = |string: CleanText| {
            if !strings.iter().any(|known| known.eq_ignore_ascii_case(&string)) {
                strings.push(string);
            }
        };
        self.signatures.iter().filter_map(|signature| signature.documented.clone()).for_each(&mut add);
        for signature in self.signatures.iter().filter(|signature| signature.documented.is_none()) {
            if matches!(signature.pattern, Pattern::Text(_)) {
                add(signature.pattern.to_string().into());
            }
        }
        if strings.is_empty() {
            strings.extend(self.signatures.iter().map(|signature| signature.pattern.to_string().into()));
        }
        strings
    }

    /// Returns the causes, the most frequent ones first.
    pub fn causes_by_likelihood(&self) -> Vec<&Cause> {
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|cause| cause.likelihood);
        causes
    }

    /// Returns the cards and links that the card names, each once.
    ///
    /// The text says why to follow them.
    pub fn references(&self) -> Vec<(&CleanText, CardId)> {
        let look_alikes = self.not_this_if.iter().map(|look_alike| (&look_alike.sign, look_alike.card));
        let remedies = self.remedies.iter().map(|remedy| (&remedy.act, remedy.link));
        let mut references: Vec<(&CleanText, CardId)> = Vec::new();
        for (why, card) in look_alikes.chain(remedies) {
            let is_new = |card: &CardId| references.iter().all(|(_, known)| known != card);
            let found = card.filter(is_new);
            references.extend(found.map(|card| (why, card)));
        }
        references
    }
}

/// A possible cause of a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cause {
    /// The name within the card.
    pub id: CleanText,
    /// A sentence.
    pub text: CleanText,
    /// The frequency, relative to the other causes of the card.
    pub likelihood: Likelihood,
}

/// A remedy of a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remedy {
    /// The name within the card.
    pub id: CleanText,
    /// The action.
    pub act: CleanText,
    /// The causes that it removes or tells apart, by position.
    pub fixes: Vec<usize>,
    /// The effect on the system.
    pub effect: Effect,
    /// The duration.
    pub takes: Takes,
    /// The commands of the remedy, with their output.
    pub commands: Vec<RemedyCommand>,
    /// The check that it worked.
    pub verify: CleanText,
    /// The way to revert it.
    pub undo: Option<CleanText>,
    /// The link to what helps with it.
    pub link: Option<CardId>,
}

/// A look-alike of a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LookAlike {
    /// The sign that tells the two cards apart.
    pub sign: CleanText,
    /// The card or link that it is instead.
    pub card: Option<CardId>,
}
