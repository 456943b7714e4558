//! Follows the branching from the start to every leaf, and writes down every path.
//!
//! A leaf whose card cannot be found, an option without a branch and a loop end in the escalation card.

use std::collections::{BTreeSet, HashSet};

use super::file::{NodeFile, QuestionFile, Text, TreeFile};
use super::link::{Names, unknown};
use super::model::{CardId, OptionId, Path, QuestionId};
use super::problem::{Code, Problem};

/// The most paths that are followed. The embedded tree has fewer than a hundred.
const MAX_PATHS: usize = 20_000;

/// What came of following the branching.
pub(super) struct Branched<'f> {
    /// Every way from the start to a leaf, in the author's order.
    pub(super) paths: Vec<Path>,
    /// The questions that are asked somewhere.
    pub(super) questions: HashSet<QuestionId>,
    /// The branches that are led to.
    pub(super) branches: HashSet<&'f str>,
}

/// Follows the branching of a tree.
pub(super) fn branch<'f>(
    names: &'f Names<'f>,
    file: &'f TreeFile,
    escalation: CardId,
    problems: &mut Vec<Problem>,
) -> Branched<'f> {
    let mut branching = Branching {
        names,
        file,
        escalation,
        problems,
        paths: Vec::new(),
        steps: Vec::new(),
        open_branches: Vec::new(),
        questions: HashSet::new(),
        branches: HashSet::new(),
        noted: HashSet::new(),
    };
    branching.follow(&file.start);
    let Branching { paths, questions, branches, .. } = branching;
    Branched { paths, questions, branches }
}

/// Follows the branching and writes down every path.
struct Branching<'f, 'p> {
    names: &'f Names<'f>,
    file: &'f TreeFile,
    escalation: CardId,
    problems: &'p mut Vec<Problem>,
    paths: Vec<Path>,
    /// The way to where we are.
    steps: Vec<(QuestionId, OptionId)>,
    /// The branches that we are inside of.
    open_branches: Vec<&'f str>,
    questions: HashSet<QuestionId>,
    branches: HashSet<&'f str>,
    /// Places of which a problem has been noted: a shared branch is followed many times.
    noted: HashSet<(Code, usize)>,
}

impl<'f> Branching<'f, '_> {
    /// Follows a node to all its leaves; returns the cards it leads to.
    fn follow(&mut self, node: &'f NodeFile) -> BTreeSet<CardId> {
        match node {
            NodeFile::Ask { question, then } => self.ask(question, &then.value, then.at.start),
            NodeFile::See(name) => self.see(name),
            NodeFile::Cards(names) => {
                let mut cards = Vec::new();
                for name in names {
                    let card = self.names.ids.get(name.value.as_str()).copied();
                    if card.is_none() && self.once(Code::UnknownCard, name.at.start) {
                        self.names.card(name, self.problems);
                    }
                    cards.push(card.unwrap_or(self.escalation));
                }
                self.leaf(cards)
            }
            NodeFile::Unreadable => self.leaf(vec![self.escalation]),
        }
    }

    fn leaf(&mut self, cards: Vec<CardId>) -> BTreeSet<CardId> {
        let reached = cards.iter().copied().collect();
        if self.paths.len() < MAX_PATHS {
            self.paths.push(Path { steps: self.steps.clone(), cards });
        } else if self.once(Code::TreeTooLarge, 0) {
            let message = format!("the branching has more than {MAX_PATHS} paths; the rest is left out");
            let help = "ask fewer questions before the cards, or split the tree";
            self.problems.push(self.names.source.problem(Code::TreeTooLarge, &(0..1), message, help));
        }
        reached
    }

    fn ask(&mut self, name: &'f Text, then: &'f [(Text, NodeFile)], then_at: usize) -> BTreeSet<CardId> {
        let found = self.file.questions.iter().enumerate().find(|(_, (id, _))| id.value == name.value);
        let Some((at, (_, question))) = found else {
            if self.once(Code::UnknownQuestion, name.at.start) {
                let known = self.file.questions.iter().map(|(id, _)| id.value.as_str());
                self.problems.push(unknown(self.names.source, Code::UnknownQuestion, "question", name, known));
            }
            return self.leaf(vec![self.escalation]);
        };
        let id = QuestionId(at);
        self.questions.insert(id);
        self.note_strange_options(then, question);
        let answered = self.steps.iter().find(|(asked, _)| *asked == id).map(|(_, option)| *option);
        let mut outcomes = Vec::new();
        for (at, option) in question.options.value.iter().enumerate() {
            let option_id = OptionId(at);
            if answered.is_some_and(|answer| answer != option_id) {
                continue;
            }
            if answered.is_none() {
                self.steps.push((id, option_id));
            }
            let node = then.iter().find(|(name, _)| name.value == option.id.value);
            outcomes.push(match node {
                Some((_, node)) => self.follow(node),
                None => {
                    if self.once(Code::MissingOption, then_at + at) {
                        let message = format!("no branch for the option `{}` of `{}`", option.id.value, name.value);
                        let problem = self.names.source.problem(
                            Code::MissingOption,
                            &(then_at..then_at + 1),
                            message,
                            "say where this answer leads",
                        );
                        self.problems.push(problem);
                    }
                    self.leaf(vec![self.escalation])
                }
            });
            if answered.is_none() {
                self.steps.pop();
            }
        }
        let same = outcomes.windows(2).all(|pair| pair.first() == pair.last());
        if answered.is_none() && same && !outcomes.is_empty() && self.once(Code::UselessQuestion, name.at.start) {
            let message = format!("every answer to `{}` leads to the same cards here", name.value);
            let help = "put the node that follows in its place";
            let problem = self.names.source.problem(Code::UselessQuestion, &name.at, message, help);
            self.problems.push(problem);
        }
        outcomes.into_iter().flatten().collect()
    }

    fn note_strange_options(&mut self, then: &[(Text, NodeFile)], question: &QuestionFile) {
        for (option, _) in then {
            let known = || question.options.value.iter().map(|option| option.id.value.as_str());
            if !known().any(|id| id == option.value) && self.once(Code::UnknownOption, option.at.start) {
                self.problems.push(unknown(self.names.source, Code::UnknownOption, "option", option, known()));
            }
        }
    }

    fn see(&mut self, name: &'f Text) -> BTreeSet<CardId> {
        let Some((branch, node)) = self.file.branches.iter().find(|(branch, _)| branch.value == name.value) else {
            if self.once(Code::UnknownBranch, name.at.start) {
                let known = self.file.branches.iter().map(|(branch, _)| branch.value.as_str());
                self.problems.push(unknown(self.names.source, Code::UnknownBranch, "branch", name, known));
            }
            return self.leaf(vec![self.escalation]);
        };
        self.branches.insert(branch.value.as_str());
        if self.open_branches.contains(&branch.value.as_str()) {
            if self.once(Code::Loop, name.at.start) {
                let way: Vec<_> = self.open_branches.iter().chain([&branch.value.as_str()]).copied().collect();
                let message = format!("this leads back to where it came from: {}", way.join(" → "));
                let help = "end one of them in a card";
                self.problems.push(self.names.source.problem(Code::Loop, &name.at, message, help));
            }
            return self.leaf(vec![self.escalation]);
        }
        self.open_branches.push(branch.value.as_str());
        let reached = self.follow(node);
        self.open_branches.pop();
        reached
    }

    /// True the first time that this problem is met at this place.
    fn once(&mut self, code: Code, at: usize) -> bool {
        self.noted.insert((code, at))
    }
}
