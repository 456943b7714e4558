//! From what was written to what is used: every reference is followed, or noted and replaced.
//!
//! A leaf whose card cannot be found becomes the escalation card, so that one bad card leaves the rest of the tree
//! walkable.

use std::collections::{HashMap, HashSet};

use super::branching::{Branched, branch};
use super::file::{CardFile, CaseFile, QuestionFile, RiskFile, SignatureFile, Text, TreeFile};
use super::link_training::{printed, said_of};
use super::model::{
    Card, CardId, Case, Cause, Choice, Command, Doc, Effect, Escalate, Fill, FillSource, FindOut, Likelihood,
    LookAlike, Question, QuestionId, Remedy, Risk, Signature, Takes, Tree,
};
use super::names::{Names, unknown};
use super::pattern::{Slots, Template};
use super::problem::{Code, MAX_PROBLEMS, Problem, Source};
use super::training::Training;
use crate::text::{self, CleanText};

/// The files of one tree, read.
#[derive(Debug)]
pub struct Written<'s> {
    /// Where the tree comes from, for people.
    pub origin: &'s str,
    /// `tree.json`.
    pub tree: (Source<'s>, TreeFile),
    /// The cards by id; `None` where the file could not be read.
    pub cards: Vec<(&'s str, Source<'s>, Option<CardFile>)>,
    /// The golden cases.
    pub cases: Vec<(Source<'s>, CaseFile)>,
}

/// Resolves every reference. `None` if no path could be followed.
pub fn link(written: Written<'_>, problems: &mut Vec<Problem>) -> Option<Tree> {
    let (source, file) = &written.tree;
    let readable: Vec<_> =
        written.cards.iter().filter_map(|(id, source, card)| card.as_ref().map(|card| (*id, *source, card))).collect();
    let ids: HashMap<&str, CardId> = readable.iter().enumerate().map(|(at, (id, ..))| (*id, CardId(at))).collect();
    let names = Names { source: *source, ids: &ids, exist: written.cards.iter().map(|(id, ..)| *id).collect() };
    let escalation = names.card(&file.escalation, problems).unwrap_or(CardId(readable.len()));
    let ids_of_questions: Vec<&str> = file.questions.iter().map(|(id, _)| id.value.as_str()).collect();
    let link_question =
        |(id, question): &(Text, QuestionFile)| link_question(*source, id, question, &ids_of_questions, problems);
    let questions: Vec<_> = file.questions.iter().map(link_question).collect();
    let mut cards: Vec<_> = readable
        .iter()
        .map(|(id, source, card)| link_card(Names { source: *source, ..names.clone() }, id, card, problems))
        .collect();
    if usize::from(escalation) == cards.len() {
        cards.push(stand_in(file.escalation.value.to_string(), source.path));
    }
    for (_, source, card) in &readable {
        for risk in &card.risks {
            check_says(*source, risk, &file.evidence.fills, problems);
        }
    }
    let branched = branch(&names, file, escalation, problems);
    if branched.is_whole {
        note_unreached(&names, file, escalation, &branched, problems);
    }
    let cases = written.cases.iter().map(|(source, case)| link_case(source.path, case)).collect();
    let tree = Tree {
        id: file.id.value.clone(),
        title: file.title.value.clone(),
        about: file.about.value.clone(),
        origin: written.origin.into(),
        path: source.path.into(),
        questions,
        cards,
        escalation,
        fills: file.evidence.fills.iter().map(|(name, sources)| link_fill(name, sources)).collect(),
        harmless: file.evidence.harmless.clone(),
        encoded: file.evidence.encoded.iter().map(|(field, what)| (field.value.clone(), what.value.clone())).collect(),
        synonyms: file.synonyms.iter().map(|group| group.iter().map(|word| word.value.clone()).collect()).collect(),
        everyday: file.everyday.iter().map(|line| line.value.clone()).collect(),
        examples: file.examples.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect(),
        paths: branched.paths,
        cases,
        drills: Vec::new(),
    };
    (!tree.paths.is_empty()).then_some(tree)
}

/// Resolves what a question refers to; `questions` are the ids of all of them.
fn link_question(
    source: Source<'_>,
    id: &Text,
    file: &QuestionFile,
    questions: &[&str],
    problems: &mut Vec<Problem>,
) -> Question {
    let options: Vec<_> = file.options.value.iter().map(|option| option.id.value.as_str()).collect();
    let mut shows = HashMap::new();
    for (option, text) in &file.find_out.shows {
        if options.contains(&option.value.as_str()) {
            shows.insert(option.value.as_str(), text.value.clone());
        } else {
            problems.push(unknown(source, Code::UnknownOption, "option", option, options.iter().copied()));
        }
    }
    let stands_in = file.find_out.stands_in.as_ref().and_then(|name| {
        let found = questions.iter().position(|known| *known == name.value && name.value != id.value);
        if found.is_none() {
            problems.push(unknown(source, Code::UnknownQuestion, "other question", name, questions.iter().copied()));
        }
        found.map(QuestionId)
    });
    let prints = printed(&file.find_out.prints, |name| said_of(source, options.iter().copied(), name, problems));
    Question {
        id: id.value.clone(),
        ask: file.ask.value.clone(),
        why: file.why.value.clone(),
        options: file
            .options
            .value
            .iter()
            .map(|option| Choice {
                id: option.id.value.clone(),
                label: option.label.value.clone(),
                patterns: option.patterns.clone(),
                shows: shows.remove(option.id.value.as_str()),
            })
            .collect(),
        find_out: FindOut {
            how: file.find_out.how.value.clone(),
            command: file.find_out.command.as_ref().and_then(command),
            takes: file.find_out.takes,
            is_log: file.find_out.is_log,
            prints,
            stands_in,
        },
    }
}

/// A command's template; it was checked when it was read.
fn command(written: &Text) -> Option<Template> {
    Template::parse(&written.value, Slots::Free).ok()
}

fn link_card(names: Names<'_>, id: &str, file: &CardFile, problems: &mut Vec<Problem>) -> Card {
    let values = |texts: &[Text]| -> Vec<CleanText> { texts.iter().map(|text| text.value.clone()).collect() };
    let cause_ids: Vec<_> = file.causes.iter().map(|cause| cause.id.value.as_str()).collect();
    let remedies = file.remedies.iter().map(|remedy| {
        let mut fixes = Vec::new();
        for name in &remedy.fixes.value {
            match cause_ids.iter().position(|id| *id == name.value) {
                Some(at) => fixes.push(at),
                None => {
                    problems.push(unknown(names.source, Code::UnknownCause, "cause", name, cause_ids.iter().copied()));
                }
            }
        }
        Remedy {
            id: remedy.id.value.clone(),
            act: remedy.act.value.clone(),
            fixes,
            effect: remedy.effect,
            takes: remedy.takes,
            commands: remedy
                .commands
                .iter()
                .filter_map(|written| Some(Command { run: command(&written.run)?, shows: written.shows.value.clone() }))
                .collect(),
            verify: remedy.verify.value.clone(),
            undo: remedy.undo.as_ref().map(|undo| undo.value.clone()),
        }
    });
    let remedies = remedies.collect();
    let shares = file.shares_signatures_with.iter().filter_map(|name| names.card(name, problems)).collect();
    let not_this_if = file
        .not_this_if
        .iter()
        .map(|look_alike| LookAlike {
            sign: look_alike.sign.value.clone(),
            card: look_alike.card.as_ref().and_then(|name| names.card(name, problems)),
        })
        .collect();
    Card {
        id: id.into(),
        path: names.source.path.into(),
        title: file.title.value.clone(),
        about: file.about.value.clone(),
        likelihood: file.likelihood,
        log: values(&file.log),
        signatures: file.signatures.iter().map(|signature| link_signature(names.source, signature)).collect(),
        risks: file.risks.iter().map(|risk| link_risk(names.source, risk)).collect(),
        shares_signatures_with: shares,
        also_called: values(&file.also_called),
        symptoms: values(&file.symptoms),
        causes: file
            .causes
            .iter()
            .map(|cause| Cause {
                id: cause.id.value.clone(),
                text: cause.text.value.clone(),
                likelihood: cause.likelihood,
            })
            .collect(),
        remedies,
        not_this_if,
        escalate: file
            .escalate
            .as_ref()
            .map(|escalate| Escalate { when: escalate.when.value.clone(), with: values(&escalate.with) }),
        docs: file.docs.iter().map(|doc| Doc { title: doc.title.value.clone(), url: doc.url.value.clone() }).collect(),
        source: file.source.value.clone(),
        reviewed: file.reviewed.value.clone(),
        // Speaks of questions: linked when there is a tree.
        training: Training::default(),
    }
}

/// The escalation card of a tree whose own is missing or cannot be read: every walk must be able to end.
fn stand_in(id: String, path: &str) -> Card {
    let remedy = Remedy {
        id: "ask".into(),
        act: "Write down what you see and since when, and ask whoever owns the system.".into(),
        fixes: Vec::new(),
        effect: Effect::Observe,
        takes: Takes::Minutes,
        commands: Vec::new(),
        verify: "Somebody has taken it on.".into(),
        undo: None,
    };
    Card {
        id: id.into(),
        path: path.into(),
        title: "Nothing fits".into(),
        about: "No card explains what you see, and the tree's own page for that cannot be read.".into(),
        likelihood: Likelihood::Rare,
        log: Vec::new(),
        signatures: Vec::new(),
        risks: Vec::new(),
        shares_signatures_with: Vec::new(),
        also_called: Vec::new(),
        symptoms: Vec::new(),
        causes: Vec::new(),
        remedies: vec![remedy],
        not_this_if: Vec::new(),
        escalate: None,
        docs: Vec::new(),
        source: "wherefore".into(),
        reviewed: "2026-11-22".into(),
        training: Training::default(),
    }
}

fn link_signature(source: Source<'_>, file: &SignatureFile) -> Signature {
    Signature {
        pattern: file.pattern.value.clone(),
        place: source.place(&file.pattern.at),
        back_and_forth: file.back_and_forth.clone(),
        documented: file.documented.as_ref().map(|text| text.value.clone()),
        samples: file.samples.iter().map(|text| text.value.clone()).collect(),
        never: file.never.iter().map(|text| text.value.clone()).collect(),
    }
}

fn link_risk(source: Source<'_>, file: &RiskFile) -> Risk {
    Risk {
        pattern: file.pattern.value.clone(),
        place: source.place(&file.pattern.at),
        says: file.says.value.clone(),
        samples: file.samples.iter().map(|text| text.value.clone()).collect(),
        never: file.never.iter().map(|text| text.value.clone()).collect(),
    }
}

/// Notes every placeholder in what a risk says that neither its pattern captures nor the tree fills.
fn check_says(source: Source<'_>, risk: &RiskFile, fills: &[(Text, Vec<FillSource>)], problems: &mut Vec<Problem>) {
    let mut known: Vec<&str> = fills.iter().map(|(name, _)| name.value.as_str()).collect();
    known.extend(risk.pattern.value.slots());
    for name in risk.says.value.slots().filter(|name| !known.contains(name)) {
        let help = match text::did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => "capture it in the pattern, or name it under \"fills\" of the tree".to_owned(),
        };
        let message = format!("nothing gives `{{{name}}}` a value");
        problems.push(source.problem(Code::BadPattern, &risk.says.at, message, help));
    }
}

fn link_fill(name: &Text, sources: &[FillSource]) -> Fill {
    Fill { name: name.value.clone(), sources: sources.to_vec() }
}

fn link_case(path: &str, file: &CaseFile) -> Case {
    Case {
        path: path.into(),
        about: file.about.value.clone(),
        evidence: file.evidence.iter().map(|line| line.value.clone()).collect(),
        answers: file.answers.iter().map(|(question, answer)| (question.value.clone(), answer.value.clone())).collect(),
        ends: file.ends.value.clone(),
        cards: file.cards.iter().map(|card| card.value.clone()).collect(),
    }
}

fn note_unreached(
    names: &Names<'_>,
    file: &TreeFile,
    escalation: CardId,
    branched: &Branched<'_>,
    problems: &mut Vec<Problem>,
) {
    let questions = file.questions.iter().enumerate();
    let unasked = questions.filter(|(at, _)| !branched.questions.contains(&QuestionId(*at)));
    for (_, (id, _)) in unasked.take(MAX_PROBLEMS) {
        let message = format!("the question `{}` is asked nowhere", id.value);
        let help = "ask it under \"start\" or a branch, or remove it";
        problems.push(names.source.problem(Code::UnreachableQuestion, &id.at, message, help));
    }
    let unseen = file.branches.iter().filter(|(name, _)| !branched.branches.contains(name.value.as_str()));
    for (name, _) in unseen.take(MAX_PROBLEMS) {
        let message = format!("nothing leads to the branch `{}`", name.value);
        let help = "name it in a {\"see\": …} that is reached, or remove it";
        problems.push(names.source.problem(Code::UnreachableBranch, &name.at, message, help));
    }
    let reached: HashSet<CardId> = branched.paths.iter().flat_map(|path| path.cards.iter().copied()).collect();
    let mut unreached: Vec<_> =
        names.ids.iter().filter(|(_, id)| !reached.contains(id) && **id != escalation).map(|(name, _)| name).collect();
    unreached.sort_unstable();
    for name in unreached {
        let message = format!("no answer leads to the card `{name}`");
        let help = format!("name cards/{name}.json in a leaf, or remove the file");
        problems.push(Problem::of_file(Code::UnreachableCard, names.source.path, message, help));
    }
}
