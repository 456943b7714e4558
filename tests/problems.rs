//! Every kind of problem has a fixture that trips it and nothing else. What is said of it is kept beside the fixture.
//!
//! A fixture is `fixtures/problems/<code>/lamp/`: files that are laid over the sound tree in `fixtures/lamp/`. What
//! would be silly as a file is made here.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use wherefore::prove::prove;
use wherefore::store::Library;
use wherefore::tree::{Code, Folder, Loaded, Problem, SourceFile, json, load};
use wherefore::walk::{Event, Step, Walk};

const BULB: &str = "cards/bulb-burnt-out.json";
const CASE: &str = "cases/all-dark.json";

#[test]
fn every_code_has_a_fixture_that_trips_it_and_nothing_else() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let found = problems_of(*code);
        if found.is_empty() || found.iter().any(|problem| problem.code != *code) {
            wrong.push(format!("== {}\n{}", code.name(), render(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_problem_says_what_where_and_what_to_do() {
    for code in Code::ALL {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(fixture(*code));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("said", render(&problems_of(*code))));
    }
}

/// One code often has several things to say; each of these edits of the sound tree makes it say one of them.
#[test]
fn every_slip_is_answered_in_its_own_words() {
    let card = r#"{"card": "bulb-burnt-out"}"#;
    let slips = [
        ("tree.json", "\"format\": 1,", ""),
        ("tree.json", "\"format\": 1,", "\"format\": \"1\","),
        ("tree.json", "\"format\": 1,", "\"format\": 1.5,"),
        ("tree.json", "\"format\": 1,", "\"format\": 1, \"colour\": \"red\","),
        ("tree.json", "\"id\": \"lamp\"", "\"id\": \"The Lamp\""),
        ("tree.json", "\"title\": \"The lamp is dark\"", "\"titel\": \"The lamp is dark\""),
        ("tree.json", "\"call-an-electrician\"", "\"call-a-plumber\""),
        ("tree.json", "\"start\": {", "\"begin\": {"),
        ("tree.json", "  \"questions\": {", "  \"questions\": [], \"branches\": {"),
        ("tree.json", card, "{}"),
        ("tree.json", card, "null"),
        ("tree.json", card, "\"bulb-burnt-out\""),
        ("tree.json", card, r#"{"cards": []}"#),
        ("tree.json", card, r#"{"card": "bulb-burnt-out", "see": "bulbs"}"#),
        ("tree.json", card, r#"{"ask": "others"}"#),
        ("tree.json", card, r#"{"cards": ["bulb-burnt-out", "bulb-burnd-out"]}"#),
        ("tree.json", "\"bright\": {", "\"light\": {"),
        ("tree.json", "{\"id\": \"bright\", ", "{"),
        ("tree.json", "\"others\": {", "\"the others\": {"),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", ", \"patterns\": [{\"json\": \"$.a\"}, {\"text\": \"all"),
        (BULB, "\"bulb {number} has", "\"bulb {Number:number} has"),
        (BULB, "\"text\": \"bulb {number} has no resistance\"", "\"fields\": {\"a\": []}"),
        (BULB, "[\"bulb 7 has no resistance\"]", "[]"),
        (BULB, "[{\"id\": \"old\"", "{\"id\": \"old\""),
        (BULB, "\"effect\": \"change\"", "\"effect\": \"changes\""),
        (BULB, "\"fixes\": [\"old\"]", "\"fixes\": [\"worn\"]"),
        (BULB, "2026-01-15", "2026-1-15"),
        (BULB, "\"made up\",", "\"made up\"; // by me"),
        (BULB, "\"made up\",", "'made up',"),
        (BULB, "\"made up\",", "“made up”,"),
        (BULB, "\"made up\",", "\"made up\""),
        (BULB, "\"2026-01-15\"", "\"2026-01-15\","),
        (CASE, "[[\"others\", \"dark\"]]", "[\"others\", \"dark\"]"),
        (CASE, "\"others\", ", "\"other\", "),
        (CASE, "\"dark\"", "\"unknown\""),
        (CASE, "\"dark\"", "\"none\""),
        (CASE, "\"others\", \"dark\"", "\"*\", \"dark\""),
        (CASE, "\"card\"", "\"cards\""),
        (CASE, "\"card\"", "\"escalate\""),
        (CASE, "[\"fuse-blown\"]", "[\"moon\"]"),
        (CASE, "\"answers\"", "\"evidence\": [\"bulb 7 has no resistance\"], \"answers\""),
    ];
    let mut said = String::new();
    for (file, old, new) in slips {
        let mut folder = lamp();
        edit(&mut folder, file, old, new);
        said.push_str(&format!("== {old} → {new}\n{}\n", render(&problems_in(&folder))));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("slips", said));
}

#[test]
fn every_fixture_is_of_a_code() {
    for entry in fs::read_dir(fixtures().join("problems")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(Code::ALL.iter().any(|code| code.name() == name), "there is no code `{name}`");
    }
}

#[test]
fn the_tree_under_the_fixtures_is_sound() {
    assert_eq!(render(&problems_in(&lamp())), "");
}

#[test]
fn a_card_that_cannot_be_read_leaves_the_others() {
    let mut folder = lamp();
    put(&mut folder, BULB, "not JSON");
    let tree = Arc::new(load(&folder).tree.unwrap());
    assert_eq!(end_of(&tree, "bright"), "escalate");
    assert_eq!(end_of(&tree, "dark"), "fuse-blown");
}

#[test]
fn a_leaf_that_cannot_be_read_leaves_the_others() {
    for node in ["7", "{}", r#"{"card": "moon"}"#, r#"{"see": "moon"}"#, r#"{"ask": "moon", "then": {}}"#] {
        let mut folder = lamp();
        edit(&mut folder, "tree.json", r#"{"card": "bulb-burnt-out"}"#, node);
        let tree = Arc::new(load(&folder).tree.unwrap());
        assert_eq!(end_of(&tree, "bright"), "escalate", "{node}");
        assert_eq!(end_of(&tree, "dark"), "fuse-blown", "{node}");
    }
}

#[test]
fn every_embedded_card_can_be_lost_without_losing_another() {
    let name = "oci-load-balancer";
    let folder = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("decision_trees").join(name), name);
    let whole = load(&folder).tree.unwrap();
    for (_, lost) in whole.diagnoses() {
        let mut folder = folder.clone();
        put(&mut folder, &format!("cards/{}.json", lost.id), "{");
        let Loaded { tree, problems } = load(&folder);
        assert_eq!(codes(&problems), [Code::NotJson], "{}", lost.id);
        let left: Vec<_> = tree.as_ref().unwrap().cards().map(|(_, card)| card.id.clone()).collect();
        let expected: Vec<_> = whole.cards().map(|(_, card)| card.id.clone()).filter(|id| *id != lost.id).collect();
        assert_eq!(left, expected);
    }
}

#[test]
fn a_bad_folder_leaves_the_other_trees() {
    let trees = tempfile::tempdir().unwrap();
    let mut broken = lamp();
    put(&mut broken, "tree.json", "{");
    write(&trees.path().join("broken"), &broken);
    write(&trees.path().join("lamp"), &lamp());
    fs::create_dir(trees.path().join("empty")).unwrap();
    fs::write(trees.path().join("a file beside the trees"), "").unwrap();
    let library = library_of(&[trees.path()]);
    assert_eq!(ids(&library), ["lamp"]);
    assert_eq!(codes(&library.problems), [Code::NotJson, Code::NoTreeFile]);
}

#[test]
fn the_folder_of_a_single_tree_is_understood_too() {
    let library = library_of(&[&fixtures().join("lamp")]);
    assert_eq!(ids(&library), ["lamp"]);
    assert_eq!(render(&library.problems), "");
}

#[test]
fn a_directory_is_only_missed_when_somebody_named_it() {
    let nowhere = fixtures().join("nowhere");
    let mut library = Library::default();
    library.add_directory(&nowhere, false);
    assert_eq!(codes(&library.problems), []);
    library.add_directory(&nowhere, true);
    assert_eq!(codes(&library.problems), [Code::Unreadable]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_noted_and_blocks_nothing() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let trees = tempfile::tempdir().unwrap();
    let folder = trees.path().join("lamp");
    write(&folder, &lamp());
    symlink("nowhere", folder.join("cards/dangling.json")).unwrap();
    let is_made = std::process::Command::new("mkfifo").arg(folder.join("cards/pipe.json")).status().unwrap();
    assert!(is_made.success());
    let locked = folder.join("cases/locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is locked for root.
    let locked_out = usize::from(fs::read_dir(&locked).is_err());
    let library = library_of(&[trees.path()]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(codes(&library.problems), vec![Code::Unreadable; 2 + locked_out]);
    assert_eq!(ids(&library), ["lamp"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_load(bytes in any::<Vec<u8>>(), name in file_name()) {
        let mut folder = lamp();
        put(&mut folder, &name, &bytes);
        check_usable(&load(&folder))?;
    }

    #[test]
    fn any_damage_to_a_tree_loads(
        file in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut folder = lamp();
        let at = file.index(folder.files.len());
        let mut bytes = folder.files[at].content.clone().unwrap().into_owned();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        folder.files[at].content = Ok(Cow::Owned(bytes));
        check_usable(&load(&folder))?;
    }

    #[test]
    fn any_damage_to_an_embedded_tree_file_loads(damages in prop::collection::vec(damage(), 1..6)) {
        let mut bytes = include_bytes!("../decision_trees/oci-load-balancer/tree.json").to_vec();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let mut folder = lamp();
        put(&mut folder, "tree.json", &bytes);
        put(&mut folder, "cards/escalate-to-support.json", include_bytes!("fixtures/lamp/cards/call-an-electrician.json"));
        check_usable(&load(&folder))?;
    }
}

fn file_name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("tree.json".to_owned()),
        Just(BULB.to_owned()),
        Just("cases/all-dark.json".to_owned()),
        "(cards|cases|drills)?/?[a-z.-]{0,5}(.json)?",
    ]
}

/// One thing that can happen to a file: a stretch of it is replaced.
#[derive(Clone, Debug)]
struct Damage {
    from: prop::sample::Index,
    length: usize,
    put: Vec<u8>,
}

fn damage() -> impl Strategy<Value = Damage> {
    let token = prop::sample::select(vec![
        "",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "7",
        "true",
        "\"ask\"",
        "\"card\"",
        "\"see\": \"tls\"",
        "{{",
        "\\u0000",
        "\u{1b}[2J",
        "é",
    ]);
    let put = prop_oneof![4 => token.prop_map(|token| token.as_bytes().to_vec()), 1 => any::<Vec<u8>>()];
    (any::<prop::sample::Index>(), 0..40_usize, put).prop_map(|(from, length, put)| Damage { from, length, put })
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let from = self.from.index(bytes.len() + 1);
        let to = (from + self.length).min(bytes.len());
        bytes.splice(from..to, self.put.iter().copied());
    }
}

/// What came of a folder is a tree that can be walked, or there is a reason why not.
fn check_usable(loaded: &Loaded) -> Result<(), TestCaseError> {
    let Some(tree) = &loaded.tree else {
        prop_assert!(!loaded.problems.is_empty(), "no tree, and no problem either");
        return Ok(());
    };
    let mut walk = Walk::new(Arc::new(tree.clone()));
    while let Step::Ask(question) = walk.position().step {
        walk.push(Event::Unknown { question });
    }
    Ok(())
}

/// All that is wrong with the fixture of a code.
fn problems_of(code: Code) -> Vec<Problem> {
    let mut folder = lamp();
    match code {
        Code::Unreadable => set(&mut folder, BULB, Err("permission denied".to_owned())),
        Code::NoTreeFile => folder.files.retain(|file| file.name != "tree.json"),
        Code::FileTooLarge => put(&mut folder, BULB, vec![b' '; json::MAX_BYTES + 1]),
        Code::NotUtf8 => put(&mut folder, BULB, b"{\"title\": \"ampoule grill\xe9e\"}"),
        Code::ByteOrderMark => put(&mut folder, BULB, "\u{feff}{}"),
        Code::NestedTooDeep => put(&mut folder, BULB, "[".repeat(100_000)),
        Code::TreeTooLarge => {
            put(&mut folder, "tree.json", wide_tree(5));
            // Of a tree of this size only the loading is looked at.
            return load(&folder).problems;
        }
        Code::ReplacesTree => return replaced(),
        _ => {
            let laid_over = fixture(code).join("lamp");
            if laid_over.is_dir() {
                for file in read_folder(&laid_over, "lamp").files {
                    set(&mut folder, &file.name, file.content);
                }
            }
        }
    }
    problems_in(&folder)
}

/// A tree with nine to the power of `depth` paths.
fn wide_tree(depth: usize) -> String {
    let options = (1..=9).map(|at| format!(r#"{{"id": "option-{at}", "label": "Option {at}"}}"#)).collect::<Vec<_>>();
    let mut questions = Vec::new();
    let mut branches = Vec::new();
    for at in 1..=depth {
        let find_out = r#"{"how": "Look.", "takes": "seconds"}"#;
        questions.push(format!(
            r#""question-{at}": {{"ask": "Which?", "why": "To see.", "options": [{}], "find_out": {find_out}}}"#,
            options.join(", ")
        ));
        let next = if at == depth {
            r#"{"card": "bulb-burnt-out"}"#.to_owned()
        } else {
            format!(r#"{{"see": "branch-{}"}}"#, at + 1)
        };
        let mut then: Vec<_> = (2..=9).map(|option| format!(r#""option-{option}": {next}"#)).collect();
        then.push(r#""option-1": {"card": "fuse-blown"}"#.to_owned());
        branches.push(format!(r#""branch-{at}": {{"ask": "question-{at}", "then": {{{}}}}}"#, then.join(", ")));
    }
    format!(
        r#"{{
  "format": 1, "id": "lamp", "title": "Wide", "about": "Wide.", "escalation": "call-an-electrician",
  "start": {{"see": "branch-1"}},
  "questions": {{{}}},
  "branches": {{{}}}
}}"#,
        questions.join(", "),
        branches.join(", ")
    )
}

/// What a library says when a folder of the user holds a tree of the same id.
fn replaced() -> Vec<Problem> {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&first.path().join("lamp"), &lamp());
    write(&second.path().join("lamp"), &lamp());
    let library = library_of(&[first.path(), second.path()]);
    let shown = |text: &str| {
        let text = text.replace(&first.path().display().to_string(), "[first]");
        text.replace(&second.path().display().to_string(), "[second]")
    };
    let problems = library.problems.iter();
    problems
        .map(|problem| Problem { path: shown(&problem.path), message: shown(&problem.message), ..problem.clone() })
        .collect()
}

/// What loading and proving find.
fn problems_in(folder: &Folder) -> Vec<Problem> {
    let Loaded { tree, mut problems } = load(folder);
    if let Some(tree) = tree {
        problems.extend(prove(&Arc::new(tree)).1);
    }
    problems
}

/// `code path:line:column`, the marked line, what is wrong, and what to do.
fn render(problems: &[Problem]) -> String {
    let mut rendered = String::new();
    for problem in problems {
        let severity = format!("{:?}", problem.severity()).to_lowercase();
        let place = problem.place.as_ref();
        let at = place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        rendered.push_str(&format!("{severity} {} {}{at}\n", problem.code.name(), problem.path));
        if let Some(place) = place {
            let before = place.text[..place.marked.start].chars().count();
            let marked = place.text[place.marked.clone()].chars().count();
            let line: String = place.text.chars().take(110).collect();
            rendered.push_str(&format!("  | {line}\n  | {}{}\n", " ".repeat(before), "^".repeat(marked.min(110))));
        }
        rendered.push_str(&format!("  {}\n  help: {}\n", problem.message, problem.help));
    }
    rendered
}

/// Where the walk ends after the answer to the lamp's only question.
fn end_of(tree: &Arc<wherefore::tree::Tree>, answer: &str) -> String {
    let mut walk = Walk::new(Arc::clone(tree));
    let question = tree.find_question("others").unwrap();
    walk.push(Event::Answered { question, option: tree.find_option(question, answer).unwrap() });
    match walk.position().step {
        Step::Card(card) => tree.card(card).id.clone(),
        Step::Escalate => "escalate".to_owned(),
        ref other => format!("{other:?}"),
    }
}

fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

fn ids(library: &Library) -> Vec<&str> {
    library.trees.iter().map(|tree| tree.id.as_str()).collect()
}

fn library_of(directories: &[&Path]) -> Library {
    let mut library = Library::default();
    for directory in directories {
        library.add_directory(directory, true);
    }
    library
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn fixture(code: Code) -> PathBuf {
    fixtures().join("problems").join(code.name())
}

/// The sound tree that the fixtures change.
fn lamp() -> Folder {
    read_folder(&fixtures().join("lamp"), "lamp")
}

fn read_folder(path: &Path, name: &str) -> Folder {
    let mut files = Vec::new();
    collect(path, path, &mut files);
    files.sort_by(|one: &SourceFile, other| one.name.cmp(&other.name));
    for file in &mut files {
        file.path = format!("{name}/{}", file.name);
    }
    Folder { name: name.to_owned(), origin: name.to_owned(), files }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let parts = path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap());
        let name = parts.collect::<Vec<_>>().join("/");
        files.push(SourceFile { path: name.clone(), name, content: Ok(Cow::Owned(fs::read(&path).unwrap())) });
    }
}

/// Gives a file of the folder other bytes, or adds it.
fn put(folder: &mut Folder, name: &str, bytes: impl AsRef<[u8]>) {
    set(folder, name, Ok(Cow::Owned(bytes.as_ref().to_vec())));
}

fn set(folder: &mut Folder, name: &str, content: Result<Cow<'static, [u8]>, String>) {
    folder.files.retain(|file| file.name != name);
    let path = format!("{}/{name}", folder.name);
    folder.files.push(SourceFile { name: name.to_owned(), path, content });
    folder.files.sort_by(|one, other| one.name.cmp(&other.name));
}

/// Replaces a text that stands once in a file.
fn edit(folder: &mut Folder, name: &str, old: &str, new: &str) {
    let file = folder.files.iter().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.content.clone().unwrap().into_owned()).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    put(folder, name, text.replace(old, new));
}

/// Writes the folder to disk.
fn write(path: &Path, folder: &Folder) {
    for file in &folder.files {
        let to = path.join(&file.name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, file.content.as_ref().unwrap()).unwrap();
    }
}
