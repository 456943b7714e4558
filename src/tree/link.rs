//! Links decoded files into a tree, and replaces references to nothing.
//!
//! A leaf whose card cannot be found becomes the escalation card, so that one bad card leaves the rest of the tree
//! walkable.

mod branching;
mod card;
mod links;
mod names;
mod needs;
mod patterns;
mod question;
mod stand_in;
mod training;
mod values;

use std::collections::{HashMap, HashSet};

use branching::Branching;
use card::{check_says, link_card};
use links::Links;
use names::Names;
pub(super) use needs::link_needs;
use patterns::samples_of_patterns;
use question::link_question;
use stand_in::stand_in;
pub(super) use training::link_training;
use values::{check_configured, check_values, link_mentions};

use super::lazy_tree::TreeNames;
use super::model::ids::{CardId, QuestionId};
use super::model::{Fill, GoldenCase, Lazy, TreeContent};
use super::problem::{Code, MAX_PROBLEMS, Problem, SourceText};
use super::source::card_file::CardFile;
use super::source::case_file::CaseFile;
use super::source::decode::{Decoded, Spanned, Text};
use super::source::tree_file::TreeFile;

/// The decoded files of one tree.
#[derive(Debug)]
pub(super) struct DecodedTree<'s> {
    /// The text of `tree.json`.
    pub(super) source: SourceText<'s>,
    /// The content of `tree.json`.
    pub(super) file: TreeFile,
    /// The cards by id; `None` if one could not be decoded.
    pub(super) cards: Vec<Decoded<'s, Option<CardFile>>>,
    /// The golden cases.
    pub(super) cases: Vec<Decoded<'s, CaseFile>>,
}

/// Resolves every reference; `None` if no path could be followed.
pub(super) fn link(decoded: DecodedTree<'_>, problems: &mut Vec<Problem>) -> Option<(TreeNames, TreeContent)> {
    let DecodedTree { source, file, cards, cases } = decoded;
    let exist: HashSet<&str> = cards.iter().map(|card| card.id).collect();
    let readable: Vec<_> = cards.into_iter().filter_map(|card| Some((card.id, card.source, card.file?))).collect();
    let readable_count = readable.len();
    let ids: HashMap<&str, CardId> = readable.iter().enumerate().map(|(at, (id, ..))| (*id, CardId(at))).collect();
    let names = Names { source, ids: &ids, exist: &exist };
    let escalation = names.card(&file.escalation, problems).unwrap_or(CardId(readable.len()));
    let pattern_samples = samples_of_patterns(source, &file);
    let (question_names, questions): (Vec<Text>, Vec<_>) = file.questions.into_iter().unzip();
    let questions = question_names.iter().zip(questions);
    let (questions, prints): (Vec<_>, Vec<_>) =
        questions.map(|(id, question)| link_question(source, id, question, &question_names, problems)).unzip();
    // Found here, because linking consumes the cards; listed after the problems of linking.
    let mut problems_of_risks = Vec::new();
    for (_, source, card) in &readable {
        card.risks.iter().for_each(|risk| check_says(*source, risk, &file.fills, &mut problems_of_risks));
    }
    let mut links = Links::behind(readable.len().max(usize::from(escalation) + 1));
    let mut cards: Vec<_> = readable
        .into_iter()
        .map(|(id, source, card)| link_card(Names { source, ..names }, id, card, &mut links, problems))
        .collect();
    if usize::from(escalation) == cards.len() {
        cards.push(stand_in(file.escalation.value, source.path));
    }
    problems.append(&mut problems_of_risks);
    // A card that could not be read may have the commands.
    if readable_count == exist.len() {
        check_configured(source, &file.configured, &cards, problems);
        check_values(source, &file.values, &cards, &questions, problems);
    }
    // A card that could not be read may have the commands, so the mentions are linked without a word.
    let mut unnamed = Vec::new();
    let of_mentions = if readable_count == exist.len() { &mut *problems } else { &mut unnamed };
    let mentions = link_mentions(source, file.mentions, (&file.values, &cards, &questions), of_mentions);
    let mut branching = Branching::new(names, &questions, &file.branches, escalation, (&mut links, problems));
    branching.follow(&file.start);
    let unreached = branching.is_whole.then(|| unreached(&branching, &question_names));
    let paths = branching.paths;
    problems.extend(unreached.into_iter().flatten());
    cards.extend(links.into_cards());
    let content = TreeContent {
        path: source.path.into(),
        needs: Vec::new(),
        asked_names: Lazy::default(),
        code_fields: Vec::new(),
        pattern_samples: Lazy::new(pattern_samples),
        questions: Lazy::new(questions),
        prints: Lazy::new(prints),
        cards,
        escalation,
        fills: file.fills.into_iter().map(|(name, sources)| Fill { name: name.value, sources }).collect(),
        mentions,
        harmless: file.harmless.into_iter().map(|written| written.pattern.value).collect(),
        foreign: file.foreign.into_iter().map(|written| written.pattern.value).collect(),
        configured: file.configured.into_iter().map(|name| name.value).collect(),
        encoded: without_places(file.encoded),
        named_by: file.named_by,
        synonyms: Lazy::new(file.synonyms),
        everyday: Lazy::new(file.everyday),
        values: Lazy::new(without_places(file.values)),
        examples: Lazy::new(without_places(file.examples)),
        paths: Lazy::new(paths),
        cases: Lazy::new(cases.into_iter().map(|case| link_case(case.source.path, case.file)).collect()),
        drills: Lazy::default(),
    };
    let is_usable = !content.paths.is_empty();
    is_usable.then_some((TreeNames { id: file.id.value, title: file.title, about: file.about }, content))
}

fn without_places<T, U>(named: Vec<(Spanned<T>, U)>) -> Vec<(T, U)> {
    named.into_iter().map(|(name, value)| (name.value, value)).collect()
}

fn link_case(path: &str, file: CaseFile) -> GoldenCase {
    let CaseFile { about, evidence, answers, ends, cards } = file;
    GoldenCase { path: path.into(), about, evidence, answers, ends, cards }
}

/// Returns the problems of questions, branches and cards that no path reaches.
fn unreached(branching: &Branching<'_>, questions: &[Text]) -> Vec<Problem> {
    let names = branching.names;
    let mut problems = Vec::new();
    let questions = questions.iter().enumerate();
    let unasked = questions.filter(|(at, _)| !branching.asked.contains(&QuestionId(*at)));
    for (_, id) in unasked.take(MAX_PROBLEMS) {
        let message = format!("the question `{}` is asked nowhere", id.value);
        let help = "ask it under \"start\" or a branch, or remove it";
        problems.push(names.source.problem(Code::UnreachableQuestion, &id.at, message, help));
    }
    let unseen = branching.branches.iter().filter(|(name, _)| !branching.seen.contains(name.value.as_str()));
    for (name, _) in unseen.take(MAX_PROBLEMS) {
        let message = format!("nothing leads to the branch `{}`", name.value);
        let help = "name it in a {\"see\": …} that is reached, or remove it";
        problems.push(names.source.problem(Code::UnreachableBranch, &name.at, message, help));
    }
    let reached: HashSet<CardId> = branching.paths.iter().flat_map(|path| path.cards.iter().copied()).collect();
    let is_unreached = |id: &CardId| !reached.contains(id) && *id != branching.escalation;
    let mut unreached: Vec<_> = names.ids.iter().filter(|(_, id)| is_unreached(id)).map(|(name, _)| name).collect();
    unreached.sort_unstable();
    for name in unreached {
        let message = format!("no answer leads to the card `{name}`");
        let help = format!("name cards/{name}.json in a leaf, or remove the file");
        problems.push(Problem::of_file(Code::UnreachableCard, names.source.path, message, help));
    }
    problems
}
