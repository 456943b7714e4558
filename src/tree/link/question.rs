//! Links a question: its options, and what finding out about it shows.

use std::collections::HashMap;

use super::names::unknown;
use super::training::{expected_answer, printed};
use crate::tree::model::ids::QuestionId;
use crate::tree::model::training::Printed;
use crate::tree::model::{Choice, FindOut, Question};
use crate::tree::pattern::Pattern;
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::decode::Text;
use crate::tree::source::tree_file::{FindOutFile, QuestionFile};

/// Resolves the references of a question and of its check.
///
/// `questions` are the ids of all questions.
pub(super) fn link_question(
    source: SourceText<'_>,
    id: &Text,
    question: QuestionFile,
    questions: &[Text],
    problems: &mut Vec<Problem>,
) -> (Question, Vec<Printed>) {
    let QuestionFile {
        ask,
        why,
        options,
        find_out: FindOutFile { how, command, console, takes, shows, is_log, filter, prints, stands_in },
        premise,
        code_lines,
    } = question;
    let names: Vec<_> = options.iter().map(|option| option.id.value.as_str()).collect();
    let mut shown = HashMap::new();
    for (option, text) in shows {
        if names.contains(&option.value.as_str()) {
            shown.insert(option.value, text);
        } else {
            problems.push(unknown(source, Code::UnknownOption, "option", &option, names.iter().copied()));
        }
    }
    let mut other_question = |name: Text| {
        let found = questions.iter().position(|known| known.value == name.value && name.value != id.value);
        if found.is_none() {
            let known = questions.iter().map(|known| known.value.as_str());
            problems.push(unknown(source, Code::UnknownQuestion, "other question", &name, known));
        }
        found.map(QuestionId)
    };
    let filter = filter.map(|pattern| pattern.value);
    let stands_in = stands_in.and_then(&mut other_question);
    let premise = premise.and_then(&mut other_question);
    let prints = printed(prints, |name| expected_answer(source, &names, name, problems));
    let options = options.into_iter().map(|option| {
        let patterns: Vec<_> = option.patterns.into_iter().map(|written| written.pattern.value).collect();
        let is_code = !patterns.is_empty() && patterns.iter().all(Pattern::has_only_codes);
        Choice {
            shows: shown.remove(&option.id.value),
            id: option.id.value,
            label: option.label,
            patterns,
            codes: option.codes,
            decides: option.decides.unwrap_or(!is_code),
        }
    });
    let options = options.collect();
    let question = Question {
        id: id.value.clone(),
        ask,
        why,
        options,
        find_out: FindOut { how, command, console, takes, is_log, filter, stands_in },
        premise,
        code_lines,
    };
    (question, prints)
}
