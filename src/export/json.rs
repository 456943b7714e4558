//! Writes JSON for scripts.
//!
//! Each object names its schema and version. Fields are only ever added.

mod diagnosis;
mod place;
mod values;

use serde::Serialize;
use serde_json::{Value, json};

pub use diagnosis::diagnosis;

use super::command::fill;
use super::values::{CommandValues, read_only_command};
use super::verdict;
use crate::lookup::{Found, LeftByCode, Match};
use crate::prove::{TreeProof, name_of};
use crate::text::CleanText;
use crate::tree::{CardId, OptionId, Problem, QuestionId, Tree, TreeHash};
use crate::walk::{Claim, Contradiction, Culprit, Given, Origin, RuledOutBy, Step, Walk};
use place::place;

/// Returns the result of a search as `wherefore/find/1`.
pub fn find(query: &CleanText, found: &Found) -> Value {
    json!({
        "schema": "wherefore/find/1",
        "query": query,
        "sure": found.is_sure,
        "left_by_code": match found.left_by_code.as_slice() {
            [left] => left_by_code(left),
            _ => Value::Null,
        },
        "left_by_codes": found.left_by_code.iter().map(left_by_code).collect::<Vec<_>>(),
        "matches": found.matches.iter().map(found_card).collect::<Vec<_>>(),
        "understood": found.understood,
        "nearest": found.nearest.iter().map(found_card).collect::<Vec<_>>(),
    })
}

fn left_by_code(left: &LeftByCode) -> Value {
    let option = |option: &OptionId| &left.tree.option(left.question, *option).id;
    json!({
        "tree": left.tree.id,
        "question": left.tree.question(left.question).id,
        "options": left.options.iter().map(option).collect::<Vec<_>>(),
    })
}

fn found_card(found: &Match) -> Value {
    let name = |card: &CardId| found.tree.card(*card).id.clone();
    json!({
        "tree": found.tree.id,
        "card": found.tree.card(found.card).id,
        "title": found.tree.card(found.card).title,
        "tier": found.tier.name(),
        "score": found.score,
        "text": found.text,
        "matched": found.matched_words(),
        "foreign_formats": found.foreign_formats,
        "written_by": found.written_by.iter().map(|tree| &tree.id).collect::<Vec<_>>(),
        "shared": found.shared.iter().map(name).collect::<Vec<_>>(),
    })
}

/// Returns the position of a walk as `wherefore/walk/1`.
pub fn walk(walk: &Walk) -> Value {
    let tree = walk.tree();
    let position = walk.position();
    let question = match &position.step {
        Step::Ask(id) => {
            let question = tree.question(*id);
            let options: Vec<_> =
                question.options.iter().map(|option| json!({"id": option.id, "label": option.label})).collect();
            json!({
                "id": question.id,
                "ask": question.ask,
                "why": question.why,
                "options": options,
                "find_out": {
                    "how": question.find_out.how,
                    "command": question.find_out.command.as_ref().map(ToString::to_string),
                    "filled": question.find_out.command.as_ref().map(|command| read_only_command(walk, command).to_string()),
                    "console": question.find_out.console,
                    "takes": question.find_out.takes.word(),
                },
            })
        }
        _ => Value::Null,
    };
    let (links, candidates): (Vec<_>, Vec<_>) = position
        .candidates
        .iter()
        .map(|candidate| candidate.card)
        .partition(|card| tree.card(*card).leads_to.is_some());
    let names = |cards: &[CardId]| cards.iter().map(|card| tree.card(*card).id.clone()).collect::<Vec<_>>();
    let cards: Vec<_> = match &position.step {
        Step::Card(card) => vec![card_name(walk, *card)],
        Step::Escalate => vec![card_name(walk, tree.escalation)],
        Step::Shortlist => candidates.iter().map(|card| card_name(walk, *card)).collect(),
        Step::Ask(_) | Step::Link(_) | Step::Conflict(_) => Vec::new(),
    };
    let mut object = json!({
        "schema": "wherefore/walk/1",
        "tree": tree.id,
        "step": name_of(&position.step),
        "question": question,
        "questions_left": (position.questions_left * 10.0).round() / 10.0,
        "candidates": names(&candidates),
        "cards": cards,
        "links": names(&links),
        "ruled_out": ruled_out(walk),
        "conflicts": conflicts(walk),
        "answers": answers(walk),
        "values": values::values(walk),
    });
    if let (Step::Conflict(conflict), Some(fields)) = (&position.step, object.as_object_mut()) {
        let culprits = conflict.culprits.iter().map(|culprit| match culprit {
            Culprit::Answer(question) => tree.question(*question).id.as_str(),
            Culprit::Evidence => "evidence",
        });
        fields.insert("conflict".into(), culprits.collect());
    }
    object
}

fn answers(walk: &Walk) -> Vec<Value> {
    let tree = walk.tree();
    walk.known()
        .answers
        .iter()
        .map(|(question, answer)| {
            let option = option_name(tree, *question, answer.given);
            let source = match answer.origin {
                Origin::Operator { .. } => "operator",
                Origin::Evidence(_) => "evidence",
            };
            json!({"question": tree.question(*question).id, "option": option, "source": source})
        })
        .collect()
}

fn card_name(walk: &Walk, id: CardId) -> Value {
    let tree = walk.tree();
    let card = tree.card(id);
    let verdict = walk.verdicts().of_card(id).map(|verdict| verdict.word());
    json!({"tree": tree.id, "card": card.id, "title": card.title, "verdict": verdict, "says": verdict::verdict(walk, id)})
}

/// Returns the ruled-out cards, each with the reason.
fn ruled_out(walk: &Walk) -> Vec<Value> {
    let tree = walk.tree();
    let answers = |questions: &[QuestionId]| {
        let names: Vec<_> = questions.iter().map(|question| &tree.question(*question).id).collect();
        json!({"answers": names})
    };
    let reason = |by: &RuledOutBy| match by {
        RuledOutBy::Answer(question) => answers(&[*question]),
        RuledOutBy::Answers(questions) | RuledOutBy::Unexplained(questions) => answers(questions),
        RuledOutBy::Line(line) | RuledOutBy::Code(_, line) | RuledOutBy::Success(line) => json!({"line": place(line)}),
        RuledOutBy::Remedies => json!("remedies"),
    };
    let card = |(card, by): &(CardId, RuledOutBy)| json!({"card": tree.card(*card).id, "by": reason(by)});
    walk.verdicts().ruled_out.iter().map(card).collect()
}

/// Returns the contradictions, each with its two claims and in words.
fn conflicts(walk: &Walk) -> Vec<Value> {
    let conflict = |found: &Contradiction| {
        json!({
            "one": claim(walk, &found.one),
            "other": claim(walk, &found.other),
            "says": verdict::contradiction(walk, found),
        })
    };
    walk.contradictions().iter().map(conflict).collect()
}

fn claim(walk: &Walk, claim: &Claim) -> Value {
    let tree = walk.tree();
    match claim {
        Claim::Answer(question) => {
            let given = walk.known().given(*question).map(|given| option_name(tree, *question, given));
            json!({"kind": "answer", "question": tree.question(*question).id, "option": given})
        }
        Claim::Line(question, option, line) => json!({
            "kind": "line",
            "question": tree.question(*question).id,
            "option": tree.option(*question, *option).id,
            "line": place(line),
        }),
        Claim::Code(question, line) => {
            json!({"kind": "code", "question": tree.question(*question).id, "line": place(line)})
        }
        Claim::Named(cards, line) => json!({
            "kind": "named",
            "cards": cards.iter().map(|card| &tree.card(*card).id).collect::<Vec<_>>(),
            "line": place(line),
        }),
        Claim::Success(card, line) => json!({"kind": "success", "cards": [tree.card(*card).id], "line": place(line)}),
    }
}

fn option_name(tree: &Tree, question: QuestionId, given: Given) -> &str {
    match given {
        Given::Option(option) => tree.option(question, option).id.as_str(),
        Given::Unknown => "unknown",
        Given::NoneOfThese => "none",
    }
}

/// Returns a card as `wherefore/card/1`.
///
/// A command is as the author wrote it, and `filled` if the walk has values for it.
pub fn card(walk: &Walk, id: CardId) -> Value {
    let tree = walk.tree();
    let (card, values) = (tree.card(id), CommandValues::of_card(Some(walk), tree, id));
    let names = |ids: &[CardId]| ids.iter().map(|id| tree.card(*id).id.clone()).collect::<Vec<_>>();
    let is_link = |id: CardId| tree.card(id).leads_to.is_some();
    let shared = [names(&card.shares_signatures_with), card.shares_with_trees.clone()].concat();
    let signatures: Vec<_> = card
        .signatures
        .iter()
        .map(|signature| {
            json!({
                "pattern": signature.pattern.to_string(),
                "documented": signature.documented,
                "samples": signature.samples,
                "never": signature.never,
            })
        })
        .collect();
    let remedies: Vec<_> = crate::walk::remedies(card, |_| None)
        .iter()
        .filter_map(|ranked| card.remedies.get(ranked.remedy))
        .map(|remedy| {
            let commands: Vec<_> = remedy
                .commands
                .iter()
                .map(|command| {
                    let (run, get) = (command.run.to_string(), |name: &str| values.get(name, remedy.effect));
                    let filled = Some(fill(&command.run, &get)).filter(|filled| *filled != run);
                    json!({"run": run, "filled": filled, "shows": command.shows, "console": command.console})
                })
                .collect();
            let fixes: Vec<_> =
                remedy.fixes.iter().filter_map(|cause| card.causes.get(*cause)).map(|cause| &cause.id).collect();
            json!({
                "id": remedy.id,
                "do": remedy.act,
                "fixes": fixes,
                "effect": remedy.effect.word(),
                "takes": remedy.takes.word(),
                "commands": commands,
                "verify": remedy.verify,
                "undo": remedy.undo,
                "link": remedy.link.map(|link| tree.card(link).id.clone()),
            })
        })
        .collect();
    let values: Vec<_> = super::evidence::described_values(tree, id)
        .map(|(name, value)| {
            json!({
                "name": name,
                "means": value.means,
                "run": value.run.as_ref().map(ToString::to_string),
                "where": value.place,
                "looks_like": value.looks_like.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "schema": "wherefore/card/1",
        "tree": tree.id,
        "card": card.id,
        "title": card.title,
        "about": card.about,
        "likelihood": card.likelihood.word(),
        "impact": card.impact,
        "log": card.log,
        "error_strings": card.error_strings(),
        "signatures": signatures,
        "shares_signatures_with": shared,
        "also_called": card.also_called,
        "symptoms": card.symptoms,
        "causes": card.causes.iter().map(|cause| json!({
            "id": cause.id, "text": cause.text, "likelihood": cause.likelihood.word(),
        })).collect::<Vec<_>>(),
        "remedies": remedies,
        "values": values,
        "not_this_if": card.not_this_if.iter().map(|look_alike| json!({
            "sign": look_alike.sign,
            "card": look_alike.card.filter(|other| !is_link(*other)).map(|other| tree.card(other).id.clone()),
            "link": look_alike.card.filter(|other| is_link(*other)).map(|other| tree.card(other).id.clone()),
        })).collect::<Vec<_>>(),
        "escalate": card.escalate.as_ref().map(|escalate| json!({"when": escalate.when, "with": escalate.with})),
        "docs": card.docs.iter().map(|doc| json!({"title": doc.title, "url": doc.url})).collect::<Vec<_>>(),
        "source": card.source,
        "reviewed": card.reviewed,
    })
}

/// Returns a list of trees as `wherefore/trees/1`.
pub fn trees<'t>(trees: impl Iterator<Item = (&'t Tree, Option<TreeHash>)>) -> Value {
    let trees: Vec<_> = trees
        .map(|(tree, hash)| {
            json!({
                "id": tree.id,
                "title": tree.title,
                "about": tree.about,
                "origin": tree.origin,
                "cards": tree.card_count,
                "questions": tree.question_count,
                "hash": hash.map(|hash| hash.all),
            })
        })
        .collect();
    json!({"schema": "wherefore/trees/1", "trees": trees})
}

/// A proved tree, for [`check`].
#[derive(Clone, Debug, Serialize)]
pub struct CheckedTree {
    /// The tree's id.
    pub id: String,
    /// `embedded`, or the folder that it was read from.
    pub origin: String,
    /// The proof of the tree.
    pub proof: TreeProof,
}

/// Returns problems and proofs of trees as `wherefore/check/1`.
pub fn check(problems: &[Problem], trees: &[CheckedTree]) -> Value {
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code.name(),
                "severity": problem.severity(),
                "path": problem.path,
                "line": problem.place.as_ref().map(|place| place.line),
                "column": problem.place.as_ref().map(|place| place.column),
                "message": problem.message,
                "help": problem.help,
            })
        })
        .collect();
    json!({"schema": "wherefore/check/1", "problems": problems, "trees": trees})
}
