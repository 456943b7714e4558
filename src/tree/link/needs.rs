//! Collects the needs of patterns, for searches that open no card.

use std::collections::BTreeSet;

use crate::tree::code_fields::CodeFields;
use crate::tree::lazy::Lazy;
use crate::tree::model::TreeContent;
use crate::tree::model::ids::PatternId;
use crate::tree::needs::Needs;
use crate::tree::pattern::{Field, Kind, Part, Pattern};

/// Fills in the needs and the fields of all patterns.
pub(in crate::internals::tree) fn link_needs(tree: &mut TreeContent) {
    tree.needs = needs_of(tree);
    tree.asked_names = Lazy::new(asked_names_of(tree));
    tree.code_fields = code_fields_of(tree);
}

/// Returns the needs of the patterns of a tree.
///
/// First those of signatures, then those of questions, then those of risks and successes, then those of mentions.
fn needs_of(tree: &TreeContent) -> Vec<(PatternId, Needs)> {
    let mut all = Vec::new();
    all.extend(tree.signatures().map(|(id, signature)| (PatternId::Signature(id), Needs::of(&signature.pattern))));
    for (question, content) in tree.questions() {
        let numbered = content.code_lines.iter().enumerate();
        all.extend(numbered.map(|(at, pattern)| (PatternId::Code(question, at), Needs::of(pattern))));
        for (option, choice) in tree.options(question) {
            let numbered = choice.patterns.iter().enumerate();
            all.extend(numbered.map(|(at, pattern)| (PatternId::Option(question, option, at), Needs::of(pattern))));
        }
    }
    for (card, content) in tree.cards() {
        let numbered = content.risks.iter().enumerate();
        all.extend(numbered.map(|(at, risk)| (PatternId::Risk(card, at), Needs::of(&risk.pattern))));
        let numbered = content.disproved_by.iter().enumerate();
        all.extend(numbered.map(|(at, success)| (PatternId::Success(card, at), Needs::of(&success.pattern))));
    }
    let numbered = tree.mentions.iter().enumerate();
    all.extend(numbered.map(|(at, mention)| (PatternId::Mention(at), Needs::of(&mention.pattern))));
    all
}

/// Collects the names of the fields that patterns ask for, each once.
fn asked_names_of(tree: &TreeContent) -> Vec<String> {
    let names = tree.needs.iter().flat_map(|(id, _)| match tree.pattern(*id) {
        Some(Pattern::Fields(fields)) => fields.iter().map(|field| field.name.to_string()).collect(),
        _ => Vec::new(),
    });
    names.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Collects the fields with codes from signatures, each set once.
fn code_fields_of(tree: &TreeContent) -> Vec<CodeFields> {
    let mut all: Vec<CodeFields> = Vec::new();
    for (_, signature) in tree.signatures() {
        let Pattern::Fields(fields) = &signature.pattern else { continue };
        let Some(digits) = digits_of(fields) else { continue };
        let fields = CodeFields { names: fields.iter().map(|field| field.name.clone()).collect(), digits };
        if !all.contains(&fields) {
            all.push(fields);
        }
    }
    all
}

/// Returns the number of digits of the codes of a signature.
///
/// `None` unless it has two fields or more, and all values are empty or codes of one length.
fn digits_of(fields: &[Field]) -> Option<usize> {
    let mut digits = None;
    if fields.iter().any(|field| !field.conditions.is_empty()) {
        return None;
    }
    for value in fields.iter().flat_map(|field| &field.any_of).filter(|value| !value.is_empty()) {
        let mut length = 0;
        for part in value.parts.iter() {
            length += match part {
                Part::Literal(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.len(),
                Part::Slot { kind: Kind::Digit, .. } => 1,
                _ => return None,
            };
        }
        if digits.is_some_and(|digits| digits != length) {
            return None;
        }
        digits = Some(length);
    }
    digits.filter(|digits| fields.len() >= 2 && *digits >= 2)
}
