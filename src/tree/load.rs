//! Loads the files of one folder into a tree, with all problems.

use std::sync::Arc;

use jsonc_parser::ast::Value;

use super::hash::text_hash;
use super::lazy_tree::Tree;
use super::link::{DecodedTree, link, link_needs, link_training};
use super::lint;
use super::log_format::LogFormat;
use super::problem::{Code, Problem, SourceText};
use super::shared::{SharedFiles, SharedWords, VOCABULARY};
use super::source::card_file::CardFile;
use super::source::case_file::CaseFile;
use super::source::decode::{Decoded, Decoder, is_id};
use super::source::drill_file::DrillFile;
use super::source::format_file::FormatFile;
use super::source::json;
use super::source::object::Decode as _;
use super::source::tree_file::{TreeFile, tree_file};
use super::source::vocabulary_file::VocabularyFile;
use super::todo::note_todo;

/// A folder that holds a tree.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder's name.
    pub name: String,
    /// The origin for people: `embedded`, or the path.
    pub origin: String,
    /// All files below the folder.
    pub files: Vec<SourceFile>,
}

/// A file of a tree.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path within the folder, with `/` between its parts: `cards/page-not-found.json`.
    pub name: String,
    /// The path for people.
    pub path: String,
    /// The bytes, or the reason why they could not be read.
    pub content: Result<std::borrow::Cow<'static, [u8]>, String>,
}

/// A loaded folder.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The usable part of the tree; `None` if nothing can be used.
    pub tree: Option<Tree>,
    /// All problems of the folder.
    pub problems: Vec<Problem>,
}

/// The role of a file in a tree, by its name.
enum FileRole<'n> {
    Tree,
    Card(&'n str),
    Case(&'n str),
    Drill(&'n str),
    Format(&'n str),
    /// No part of a tree: notes of the author, backups.
    Other,
}

fn role(name: &str) -> FileRole<'_> {
    let id_in = |folder: &str| -> Option<&str> {
        let id = name.strip_prefix(folder)?.strip_suffix(".json")?;
        (!id.contains('/')).then_some(id)
    };
    match name {
        "tree.json" => FileRole::Tree,
        _ => {
            let card = id_in("cards/").map(FileRole::Card);
            let case = || id_in("cases/").map(FileRole::Case);
            let drill = || id_in("drills/").map(FileRole::Drill);
            let format = || id_in("formats/").map(FileRole::Format);
            card.or_else(case).or_else(drill).or_else(format).unwrap_or(FileRole::Other)
        }
    }
}

/// Loads the files that all trees share; never fails as a whole.
///
/// The names of the files begin with `formats/`, but for `vocabulary.json`.
pub fn load_shared(folder: &Folder) -> (SharedFiles, Vec<Problem>) {
    let (mut formats, mut vocabulary, mut problems) = (Vec::new(), SharedWords::default(), Vec::new());
    for file in &folder.files {
        match role(&file.name) {
            FileRole::Format(id) => formats.extend(log_format(file, id, &mut problems)),
            _ if file.name == VOCABULARY => {
                let decoded = decode_file(file, VOCABULARY, &mut problems, VocabularyFile::decode);
                if let Some(VocabularyFile { synonyms, wrapping }) = decoded.map(|decoded| decoded.file) {
                    vocabulary = SharedWords { synonyms, wrapping, is_compiled: false };
                }
            }
            _ if file.content.is_err() => note_stray(file, &mut problems),
            _ => {}
        }
    }
    let contents = folder.files.iter().filter_map(|file| Some((file.name.clone(), file.content.as_deref().ok()?)));
    let hashes = contents.map(|(name, content)| (name, text_hash(content))).collect();
    (SharedFiles::new(formats, vocabulary, hashes), problems)
}

/// Decodes a log format.
fn log_format(file: &SourceFile, id: &str, problems: &mut Vec<Problem>) -> Option<Arc<LogFormat>> {
    note_bad_id(file, id, "log format", problems);
    let Decoded { source, file: decoded, .. } = decode_file(file, id, problems, FormatFile::decode)?;
    Some(Arc::new(LogFormat {
        id: id.into(),
        title: decoded.title,
        place: source.place(&decoded.line.at),
        path: source.path.into(),
        line: decoded.line.value,
        trouble: decoded.trouble.into_iter().map(Into::into).collect(),
        samples: decoded.samples,
        never: decoded.never,
    }))
}

/// Adds a problem for a file whose name is not an id.
fn note_bad_id(file: &SourceFile, id: &str, what: &str, problems: &mut Vec<Problem>) {
    if !is_id(id) {
        let message = format!("`{id}` is not an id for a {what}");
        let help = "name the file in lower-case words joined by hyphens";
        problems.push(Problem::of_file(Code::BadId, &file.path, message, help));
    }
}

/// Returns whether a file with this name is part of a tree.
pub(super) fn is_part(name: &str) -> bool {
    !matches!(role(name), FileRole::Other)
}

/// Loads a folder; never fails as a whole.
///
/// Uses everything that can be used, and notes all problems.
pub fn load(folder: &Folder) -> Loaded {
    let mut problems = Vec::new();
    let mut tree: Option<Decoded<'_, TreeFile>> = None;
    let (mut cards, mut cases, mut drills, mut formats) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut has_tree_file = false;
    for file in &folder.files {
        match role(&file.name) {
            FileRole::Tree => {
                has_tree_file = true;
                tree = decode_file(file, &folder.name, &mut problems, tree_file);
            }
            FileRole::Card(id) => {
                note_bad_id(file, id, "card", &mut problems);
                cards.push(match decode_file(file, id, &mut problems, CardFile::decode) {
                    Some(Decoded { source, file, .. }) => Decoded { id, source, file: Some(file) },
                    None => Decoded { id, source: SourceText { path: &file.path, text: "" }, file: None },
                });
            }
            FileRole::Case(id) => cases.extend(decode_file(file, id, &mut problems, CaseFile::decode)),
            FileRole::Drill(id) => drills.extend(decode_file(file, id, &mut problems, DrillFile::decode)),
            FileRole::Format(id) => formats.extend(log_format(file, id, &mut problems)),
            FileRole::Other => {
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
    let Some(Decoded { source, file, .. }) = tree else { return Loaded { tree: None, problems } };
    check_tree_id(folder, source, &file, &mut problems);
    for card in &cards {
        if let Some(content) = &card.file {
            lint::card(card.source, content, card.id == file.escalation.value, &mut problems);
        }
    }
    let exist: Vec<&str> = cards.iter().map(|card| card.id).collect();
    let mut for_training = Vec::new();
    for Decoded { id, source, file } in &mut cards {
        let drill = file.as_mut().and_then(|file| file.drill.take());
        for_training.extend(drill.map(|file| Decoded { id, source: *source, file }));
    }
    cards.sort_by_key(|card| card.id);
    drills.sort_by_key(|drill| drill.id);
    let tree = link(DecodedTree { source, file, cards, cases }, &mut problems).map(|(names, mut content)| {
        link_training(&mut content, &exist, for_training, drills, &mut problems);
        link_needs(&mut content);
        Tree::loaded(names, &folder.origin, content, formats)
    });
    Loaded { tree, problems }
}

fn note_stray(file: &SourceFile, problems: &mut Vec<Problem>) {
    problems.push(match &file.content {
        Err(why) => unreadable(file, why),
        Ok(_) => {
            let message = format!("`{}` is not part of a tree", file.name);
            let help = "cards belong in cards/, golden cases in cases/, incidents in drills/, log formats in formats/";
            Problem::of_file(Code::StrayFile, &file.path, message, help)
        }
    });
}

fn unreadable(file: &SourceFile, why: &str) -> Problem {
    let message = format!("cannot be read: {why}");
    Problem::of_file(Code::Unreadable, &file.path, message, "check that it exists and that you may read it")
}

/// Decodes a file, and notes its problems.
fn decode_file<'f, T>(
    file: &'f SourceFile,
    id: &'f str,
    problems: &mut Vec<Problem>,
    decode: impl FnOnce(&mut Decoder<'f>, &Value<'_>) -> Option<T>,
) -> Option<Decoded<'f, T>> {
    let bytes = match &file.content {
        Ok(bytes) => bytes,
        Err(why) => {
            problems.push(unreadable(file, why));
            return None;
        }
    };
    let parsed = json::text_of(&file.path, bytes).and_then(|text| {
        let source = SourceText { path: &file.path, text };
        Ok((source, json::parse(source)?))
    });
    match parsed {
        Ok((source, value)) => {
            let mut decoder = Decoder::new(source);
            let decoded = decode(&mut decoder, &value);
            note_todo(&mut decoder, &value, id);
            if let (Some(last), more @ 1..) = (decoder.problems.last_mut(), decoder.left_out) {
                last.help = format!("{}; then correct {more} more problems in this file", last.help).into();
            }
            problems.append(&mut decoder.problems);
            Some(Decoded { id, source, file: decoded? })
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn check_tree_id(folder: &Folder, source: SourceText<'_>, tree: &TreeFile, problems: &mut Vec<Problem>) {
    if !is_id(&tree.id.value) {
        let message = format!("`{}` is not an id", tree.id.value);
        let help = "use lower-case letters and digits, joined by single hyphens";
        problems.push(source.problem(Code::BadId, &tree.id.at, message, help));
    } else if tree.id.value != folder.name {
        let message = format!("the tree calls itself `{}` but its folder is `{}`", tree.id.value, folder.name);
        let help = "give both the same name";
        problems.push(source.problem(Code::IdNotFolder, &tree.id.at, message, help));
    }
}
