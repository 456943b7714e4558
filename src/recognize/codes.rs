//! Finds codes that leave some options of a question.

use std::collections::{BTreeMap, HashSet};

use super::pattern::Compiled;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::tree::model::PatternId;
use crate::tree::pattern::CODE;
use crate::tree::{OptionId, QuestionId};

impl Recognizer {
    /// Returns the options that are possible with the code in a line.
    pub fn options_with_code(&self, question: QuestionId, pattern: &Compiled, line: &Line) -> Vec<OptionId> {
        let captures = pattern.borrowed_captures(line).unwrap_or_default();
        let code = captures.iter().find(|(name, _)| *name == CODE).map(|(_, code)| code);
        code.map(|code| self.tree().question(question).options_with(code).collect()).unwrap_or_default()
    }

    /// Returns the questions of which codes leave some options.
    pub fn questions_with_codes(&self) -> impl Iterator<Item = QuestionId> {
        let mut known = HashSet::new();
        let questions = self.tree().needs.iter().filter_map(|(id, _)| match id {
            PatternId::Code(question, _) => Some(*question),
            PatternId::Signature(_)
            | PatternId::Option(..)
            | PatternId::Risk(..)
            | PatternId::Success(..)
            | PatternId::Mention(_) => None,
        });
        questions.filter(move |question| known.insert(*question))
    }

    /// Returns the questions and the options that codes in a line leave.
    pub fn codes_in(&self, line: &Line) -> BTreeMap<QuestionId, Vec<OptionId>> {
        self.codes_at(&self.met(line), line)
    }

    /// Returns the questions and options of the patterns at some positions.
    pub(super) fn codes_at(&self, met: &[usize], line: &Line) -> BTreeMap<QuestionId, Vec<OptionId>> {
        let mut found: BTreeMap<QuestionId, Vec<OptionId>> = BTreeMap::new();
        for (id, pattern) in self.patterns_at(met.iter().copied(), |id| matches!(id, PatternId::Code(..))) {
            let PatternId::Code(question, _) = id else { continue };
            for option in self.options_with_code(question, pattern, line) {
                let options = found.entry(question).or_default();
                if !options.contains(&option) {
                    options.push(option);
                }
            }
        }
        found
    }
}
