//! Follows the branching to every leaf, and collects every path.
//!
//! A leaf whose card cannot be found, an option without a branch and a loop end in the escalation card.

use std::collections::{BTreeSet, HashSet};

use super::links::Links;
use super::names::{Names, unknown};
use crate::tree::model::ids::{CardId, OptionId, QuestionId};
use crate::tree::model::{Path, Question};
use crate::tree::problem::{Code, MAX_PROBLEMS, Problem};
use crate::tree::source::decode::Text;
use crate::tree::source::node::NodeFile;

/// The most paths that are followed.
///
/// The embedded tree has fewer than a hundred.
const MAX_PATHS: usize = 20_000;

/// The most nodes on one path, so that recursion is safe.
///
/// People answer far fewer questions.
const MAX_NODES: usize = 200;

/// Follows the branching and collects every path.
pub(super) struct Branching<'f> {
    pub(super) names: Names<'f>,
    /// The questions, in the order of the file.
    questions: &'f [Question],
    /// The named branches.
    pub(super) branches: &'f [(Text, NodeFile)],
    pub(super) escalation: CardId,
    links: &'f mut Links,
    problems: &'f mut Vec<Problem>,
    /// The paths from the start to a leaf so far, in order.
    pub(super) paths: Vec<Path>,
    /// The answers on the way to the current node.
    steps: Vec<(QuestionId, OptionId)>,
    /// The cards that the answers so far rule out.
    ruled_out: Vec<CardId>,
    /// Those of them that were at a leaf.
    dropped: BTreeSet<CardId>,
    /// The branches around the current node.
    open_branches: Vec<&'f str>,
    /// The depth of the current node.
    nodes: usize,
    /// Whether every node could be followed.
    ///
    /// Otherwise the author may mean more to be reached than was.
    pub(super) is_whole: bool,
    /// The questions that are asked somewhere.
    pub(super) asked: HashSet<QuestionId>,
    /// The branches that some node names.
    pub(super) seen: HashSet<&'f str>,
    /// The places with a known problem: a shared branch is followed often.
    noted: HashSet<(Code, usize)>,
}

impl<'f> Branching<'f> {
    /// Starts at the beginning of a tree.
    pub(super) fn new(
        names: Names<'f>,
        questions: &'f [Question],
        branches: &'f [(Text, NodeFile)],
        escalation: CardId,
        (links, problems): (&'f mut Links, &'f mut Vec<Problem>),
    ) -> Self {
        Self {
            names,
            questions,
            branches,
            escalation,
            links,
            problems,
            paths: Vec::new(),
            steps: Vec::new(),
            ruled_out: Vec::new(),
            dropped: BTreeSet::new(),
            open_branches: Vec::new(),
            nodes: 0,
            is_whole: true,
            asked: HashSet::new(),
            seen: HashSet::new(),
            noted: HashSet::new(),
        }
    }

    /// Follows a node to all its leaves and returns the cards there.
    pub(super) fn follow(&mut self, node: &'f NodeFile) -> BTreeSet<CardId> {
        if self.paths.len() >= MAX_PATHS {
            let message = format!("the branching has more than {MAX_PATHS} paths; the rest is left out");
            self.too_large(message, "ask fewer questions before the cards, or split the tree");
            return BTreeSet::new();
        }
        if self.nodes >= MAX_NODES {
            let message = format!("a way through the branching has more than {MAX_NODES} nodes; the rest is left out");
            self.too_large(message, "let it end in a card sooner");
            return self.leaf(vec![self.escalation]);
        }
        self.nodes += 1;
        let reached = self.follow_node(node);
        self.nodes -= 1;
        reached
    }

    fn too_large(&mut self, message: String, help: &str) {
        self.is_whole = false;
        if self.once(Code::TreeTooLarge, 0) {
            self.problems.push(self.names.source.problem(Code::TreeTooLarge, &(0..1), message, help));
        }
    }

    /// Ends a path that cannot be followed in the escalation card.
    fn lost(&mut self) -> BTreeSet<CardId> {
        self.is_whole = false;
        self.leaf(vec![self.escalation])
    }

    fn follow_node(&mut self, node: &'f NodeFile) -> BTreeSet<CardId> {
        match node {
            NodeFile::Ask { question, then } => self.ask(question, &then.value, then.at.start),
            NodeFile::See { branch, without } => self.see(branch, without),
            NodeFile::Link(name) => {
                let link = self.links.id_of_leaf(self.names.source, name);
                self.leaf(vec![link])
            }
            NodeFile::Cards(names) => {
                let mut cards = Vec::new();
                for name in names {
                    let card = self.names.ids.get(name.value.as_str()).copied();
                    if card.is_none() && self.once(Code::UnknownCard, name.at.start) {
                        self.names.card(name, self.problems);
                    }
                    self.is_whole &= card.is_some();
                    cards.push(card.unwrap_or(self.escalation));
                }
                self.leaf(cards)
            }
            NodeFile::Unreadable => self.lost(),
        }
    }

    /// Adds a path to the cards that are not ruled out.
    fn leaf(&mut self, mut cards: Vec<CardId>) -> BTreeSet<CardId> {
        let (dropped, ruled_out) = (&mut self.dropped, &self.ruled_out);
        dropped.extend(cards.iter().filter(|card| ruled_out.contains(card)));
        cards.retain(|card| !ruled_out.contains(card));
        let reached = cards.iter().copied().collect();
        if !cards.is_empty() {
            self.paths.push(Path { steps: self.steps.clone(), cards });
        }
        reached
    }

    fn ask(&mut self, name: &'f Text, then: &'f [(Text, NodeFile)], then_at: usize) -> BTreeSet<CardId> {
        let found = self.questions.iter().enumerate().find(|(_, question)| question.id == name.value);
        let Some((at, question)) = found else {
            if self.once(Code::UnknownQuestion, name.at.start) {
                let known = self.questions.iter().map(|question| question.id.as_str());
                self.problems.push(unknown(self.names.source, Code::UnknownQuestion, "question", name, known));
            }
            return self.lost();
        };
        let id = QuestionId(at);
        self.asked.insert(id);
        self.note_strange_options(then, question);
        if question.options.is_empty() {
            return self.lost();
        }
        let answered = self.steps.iter().find(|(asked, _)| *asked == id).map(|(_, option)| *option);
        let mut outcomes = Vec::new();
        for (at, option) in question.options.iter().enumerate() {
            let option_id = OptionId(at);
            if answered.is_some_and(|answer| answer != option_id) {
                continue;
            }
            if answered.is_none() {
                self.steps.push((id, option_id));
            }
            let node = then.iter().find(|(name, _)| name.value == option.id);
            outcomes.push(match node {
                Some((_, node)) => self.follow(node),
                None => {
                    if self.once(Code::MissingOption, then_at + at) {
                        let message = format!("no branch for the option `{}` of `{}`", option.id, name.value);
                        let problem = self.names.source.problem(
                            Code::MissingOption,
                            &(then_at..then_at + 1),
                            message,
                            "say where this answer leads",
                        );
                        self.problems.push(problem);
                    }
                    self.lost()
                }
            });
            if answered.is_none() {
                self.steps.pop();
            }
        }
        let same = outcomes.windows(2).all(|pair| pair.first() == pair.last());
        let is_full = self.ruled_out.is_empty() && self.is_whole;
        if answered.is_none() && same && is_full && self.once(Code::UselessQuestion, name.at.start) {
            let message = format!("every answer to `{}` leads to the same cards here", name.value);
            let help = "replace it by the node that follows";
            let problem = self.names.source.problem(Code::UselessQuestion, &name.at, message, help);
            self.problems.push(problem);
        }
        outcomes.into_iter().flatten().collect()
    }

    fn note_strange_options(&mut self, then: &[(Text, NodeFile)], question: &Question) {
        for (option, _) in then {
            let known = || question.options.iter().map(|option| option.id.as_str());
            if !known().any(|id| id == option.value) && self.once(Code::UnknownOption, option.at.start) {
                self.problems.push(unknown(self.names.source, Code::UnknownOption, "option", option, known()));
            }
        }
    }

    /// Follows a branch, without the cards that are ruled out.
    fn see(&mut self, name: &'f Text, without: &'f [Text]) -> BTreeSet<CardId> {
        let Some((branch, node)) = self.branches.iter().find(|(branch, _)| branch.value == name.value) else {
            if self.once(Code::UnknownBranch, name.at.start) {
                let known = self.branches.iter().map(|(branch, _)| branch.value.as_str());
                self.problems.push(unknown(self.names.source, Code::UnknownBranch, "branch", name, known));
            }
            return self.lost();
        };
        self.seen.insert(branch.value.as_str());
        if self.open_branches.contains(&branch.value.as_str()) {
            if self.once(Code::Loop, name.at.start) {
                let way: Vec<_> = self.open_branches.iter().chain([&branch.value.as_str()]).copied().collect();
                let message = format!("this leads back to where it came from: {}", way.join(" → "));
                let help = "end one of them in a card";
                self.problems.push(self.names.source.problem(Code::Loop, &name.at, message, help));
            }
            return self.lost();
        }
        let outer = self.ruled_out.len();
        for name in without {
            let card = self.names.ids.get(name.value.as_str()).copied();
            if card.is_none() && self.once(Code::UnknownCard, name.at.start) {
                self.names.card(name, self.problems);
            }
            self.ruled_out.extend(card);
        }
        self.open_branches.push(branch.value.as_str());
        let reached = self.follow(node);
        self.open_branches.pop();
        self.ruled_out.truncate(outer);
        self.note_needless(name, without);
        reached
    }

    /// Notes names of `without` to which the branch does not lead.
    fn note_needless(&mut self, branch: &Text, without: &[Text]) {
        for name in without {
            let card = self.names.ids.get(name.value.as_str());
            let is_needless = card.is_some_and(|card| !self.dropped.contains(card)) && self.is_whole;
            if is_needless && self.once(Code::BadValue, name.at.start) {
                let message = format!("the branch `{}` does not lead to `{}`", branch.value, name.value);
                let problem = self.names.source.problem(Code::BadValue, &name.at, message, "remove it from `without`");
                self.problems.push(problem);
            }
        }
    }

    /// Returns whether a problem at a place is new.
    ///
    /// Returns false once there are too many problems.
    fn once(&mut self, code: Code, at: usize) -> bool {
        self.noted.len() < MAX_PROBLEMS && self.noted.insert((code, at))
    }
}
