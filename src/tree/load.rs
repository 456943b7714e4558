//! The files of one folder to a tree and the list of all problems in them.

use super::decode::Reader;
use super::file::{CardDrillFile, CardFile, CaseFile, DrillFile, TreeFile};
use super::link::{Written, link};
use super::link_training::{link_card_drill, link_drill};
use super::model::Tree;
use super::problem::{Code, Problem, Source};
use super::{json, lint, read, read_card, read_training};
use jsonc_parser::ast::Value;

/// A folder that holds a tree.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder's name.
    pub name: String,
    /// Where it is, for people: `embedded`, or its path.
    pub origin: String,
    /// Its files.
    pub files: Vec<SourceFile>,
}

/// A file of a tree.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path within the folder, with `/` between its parts: `cards/page-not-found.json`.
    pub name: String,
    /// The path for people.
    pub path: String,
    /// What it holds, or why it could not be read.
    pub content: Result<std::borrow::Cow<'static, [u8]>, String>,
}

/// What came of a folder.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The tree, as far as it can be used; `None` if nothing of it can.
    pub tree: Option<Tree>,
    /// All that is wrong with it.
    pub problems: Vec<Problem>,
}

/// What a file of a tree is, by its name.
enum Role<'n> {
    Tree,
    Card(&'n str),
    Case,
    Drill(&'n str),
    /// Not ours to read: notes of the author, backups.
    Other,
}

fn role(name: &str) -> Role<'_> {
    let id_in = |folder: &str| -> Option<&str> {
        let id = name.strip_prefix(folder)?.strip_suffix(".json")?;
        (!id.contains('/')).then_some(id)
    };
    match name {
        "tree.json" => Role::Tree,
        _ => match (id_in("cards/"), id_in("cases/"), id_in("drills/")) {
            (Some(id), ..) => Role::Card(id),
            (None, Some(_), _) => Role::Case,
            (None, None, Some(id)) => Role::Drill(id),
            (None, None, None) => Role::Other,
        },
    }
}

/// Whether a file of that name is part of a tree.
pub(super) fn is_part(name: &str) -> bool {
    !matches!(role(name), Role::Other)
}

/// Reads a folder. Never fails as a whole: what can be used is used, and everything that is wrong is noted.
pub fn load(folder: &Folder) -> Loaded {
    let mut problems = Vec::new();
    let mut tree: Option<(Source<'_>, TreeFile)> = None;
    let mut cards: Vec<(&str, Source<'_>, Option<CardFile>)> = Vec::new();
    let mut cases: Vec<(Source<'_>, CaseFile)> = Vec::new();
    let mut drills: Vec<(&str, Source<'_>, DrillFile)> = Vec::new();
    let mut has_tree_file = false;
    for file in &folder.files {
        match role(&file.name) {
            Role::Tree => {
                has_tree_file = true;
                tree = read_file(file, &mut problems, read::tree_file);
            }
            Role::Card(id) => {
                if !super::decode::is_id(id) {
                    let message = format!("`{id}` is not an id for a card");
                    let help = "name the file in lower-case words joined by hyphens";
                    problems.push(Problem::of_file(Code::BadId, &file.path, message, help));
                }
                let read = read_file(file, &mut problems, read_card::card_file);
                let source = read.as_ref().map_or(Source { path: &file.path, text: "" }, |(source, _)| *source);
                cards.push((id, source, read.map(|(_, card)| card)));
            }
            Role::Case => cases.extend(read_file(file, &mut problems, read::case_file)),
            Role::Drill(id) => {
                let read = read_file(file, &mut problems, read_training::drill_file);
                drills.extend(read.map(|(source, drill)| (id, source, drill)));
            }
            Role::Other => {
                if file.name.ends_with(".json") || file.content.is_err() {
                    note_stray(file, &mut problems);
                }
            }
        }
    }
    if !has_tree_file {
        let message = "the folder has no tree.json";
        let help = "add one, as decision_trees/README.md says, or move the folder out of the trees";
        problems.push(Problem::of_file(Code::NoTreeFile, &folder.origin, message, help));
    }
    let exist: Vec<&str> = cards.iter().map(|(id, ..)| *id).collect();
    let for_training: Vec<(&str, Source<'_>, CardDrillFile)> = cards
        .iter_mut()
        .filter_map(|(id, source, card)| Some((*id, *source, std::mem::take(&mut card.as_mut()?.drill))))
        .collect();
    let tree = tree.and_then(|tree| {
        check_tree_id(folder, &tree, &mut problems);
        for (id, source, card) in &cards {
            if let Some(card) = card {
                lint::card(*source, card, *id == tree.1.escalation.value, &mut problems);
            }
        }
        cards.sort_by_key(|(id, ..)| *id);
        link(Written { origin: &folder.origin, tree, cards, cases }, &mut problems)
    });
    drills.sort_by_key(|(id, ..)| *id);
    let tree = tree.map(|mut tree| {
        for (id, source, file) in &for_training {
            let Some(card) = tree.find_card(id) else { continue };
            let training = link_card_drill(&tree, &exist, card, (*source, file), &mut problems);
            tree.cards.iter_mut().filter(|card| card.id == *id).for_each(|card| card.training = training.clone());
        }
        let drills = drills
            .iter()
            .filter_map(|(id, source, file)| link_drill(&tree, &exist, (id, *source, file), &mut problems));
        tree.drills = drills.collect();
        tree
    });
    Loaded { tree, problems }
}

fn note_stray(file: &SourceFile, problems: &mut Vec<Problem>) {
    problems.push(match &file.content {
        Err(why) => unreadable(file, why),
        Ok(_) => {
            let message = format!("`{}` is no part of a tree", file.name);
            let help = "cards belong into cards/, golden cases into cases/, incidents to train with into drills/";
            Problem::of_file(Code::StrayFile, &file.path, message, help)
        }
    });
}

fn unreadable(file: &SourceFile, why: &str) -> Problem {
    let message = format!("cannot be read: {why}");
    Problem::of_file(Code::Unreadable, &file.path, message, "check that it exists and that you may read it")
}

fn read_file<'f, T>(
    file: &'f SourceFile,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&mut Reader<'f>, &Value<'_>) -> Option<T>,
) -> Option<(Source<'f>, T)> {
    let bytes = match &file.content {
        Ok(bytes) => bytes,
        Err(why) => {
            problems.push(unreadable(file, why));
            return None;
        }
    };
    let parsed = json::text_of(&file.path, bytes).and_then(|text| {
        let source = Source { path: &file.path, text };
        Ok((source, json::parse(source)?))
    });
    match parsed {
        Ok((source, value)) => {
            let mut reader = Reader { source, problems: Vec::new(), left_out: 0 };
            let read = read(&mut reader, &value);
            if let (Some(last), more @ 1..) = (reader.problems.last_mut(), reader.left_out) {
                last.help = format!("{}; then see to {more} more problems of this file", last.help).into();
            }
            problems.append(&mut reader.problems);
            Some((source, read?))
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn check_tree_id(folder: &Folder, (source, tree): &(Source<'_>, TreeFile), problems: &mut Vec<Problem>) {
    if !super::decode::is_id(&tree.id.value) {
        let message = format!("`{}` is not an id", tree.id.value);
        let help = "use lower-case letters and digits, joined by single hyphens";
        problems.push(source.problem(Code::BadId, &tree.id.at, message, help));
    } else if tree.id.value != folder.name {
        let message = format!("the tree calls itself `{}` but its folder is `{}`", tree.id.value, folder.name);
        let help = "give both the same name";
        problems.push(source.problem(Code::IdNotFolder, &tree.id.at, message, help));
    }
}
