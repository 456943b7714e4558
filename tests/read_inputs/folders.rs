//! Tests folders with links and with names that would control a terminal.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::Value;

use super::unreadable::wherefore;
use super::{folder, read_paths};

#[test]
fn links_that_lead_out_of_a_folder_are_not_followed() {
    let outside = folder(&[("secret.log", b"text\n"), ("deep/other.log", b"text\n")]);
    let inside = folder(&[("a.log", b"text\n"), ("sub/b.log", b"text\n")]);
    let path = inside.path();
    symlink(outside.path(), path.join("out")).unwrap();
    symlink(outside.path().join("secret.log"), path.join("sub/secret.log")).unwrap();
    symlink("/", path.join("sub/disk")).unwrap();
    symlink("sub", path.join("in")).unwrap();
    symlink("../a.log", path.join("sub/current")).unwrap();
    let named = outside.path().join("named");
    symlink(path, &named).unwrap();
    for root in [path, named.as_path()] {
        let reading = read_paths(&[root.to_owned()]);
        let inputs = &reading.diagnosis.inputs;
        let names: Vec<&str> = inputs.iter().map(|input| input.path.rsplit('/').next().unwrap()).collect();
        let own = root.file_name().unwrap().to_str().unwrap();
        assert_eq!(names, ["a.log", "b.log", own], "each file once");
        assert_eq!(inputs[2].remarks, ["3 links that point outside the folder were not followed"]);
        assert_eq!(reading.failures, []);
    }
    let reading = read_paths(&[path.join("sub/secret.log")]);
    assert_eq!(reading.diagnosis.inputs[0].kind, "plain text", "a link that is named is followed");
}

/// File names that would act on a terminal or are not UTF-8.
const NAMES: [&[u8]; 3] = [b"a\nforged: line.log", b"\x1b]0;title\x07\x1b[31mred.log", b"latin-\xfc-\xc2\x9b2J.log"];

fn must_not_act(text: &str) {
    let acts = |letter: &char| letter.is_control() && *letter != '\n';
    assert_eq!(text.chars().find(acts), None, "{text:?}");
    assert!(!text.lines().any(|line| line.trim_start().starts_with("forged")), "{text}");
}

#[test]
fn names_of_files_do_not_act_on_the_terminal() {
    let line = "health check failed: connect EHOSTUNREACH 10.0.0.1:80\n";
    let folder = folder(&[]);
    for name in NAMES {
        fs::write(folder.path().join(OsStr::from_bytes(name)), line).unwrap();
        fs::write(folder.path().join(OsStr::from_bytes(&[name, b".xz"].concat())), b"\xfd7zXZ\0").unwrap();
    }
    symlink(folder.path().join("a\nforged: nowhere"), folder.path().join("gone\nforged: link")).unwrap();
    let mut named: Vec<&OsStr> = NAMES.iter().map(|name| OsStr::from_bytes(name)).collect();
    named.extend([OsStr::new("no\nforged: such"), OsStr::new("./a\nforged: line.log"), OsStr::new(".")]);
    for more in [["--color", "always"].as_slice(), &["--color", "always", "--json"]] {
        let arguments: Vec<&OsStr> = [OsStr::new("diagnose")]
            .into_iter()
            .chain(named.iter().copied())
            .chain(more.iter().map(OsStr::new))
            .collect();
        let output = wherefore(&arguments, folder.path(), b"");
        let (said, printed) = (String::from_utf8(output.stderr).unwrap(), String::from_utf8(output.stdout).unwrap());
        assert!(said.contains("cannot read no"), "{said}");
        must_not_act(&said);
        // The colors of the program itself are not the names' doing.
        must_not_act(&printed);
        if more.contains(&"--json") {
            let mut texts = Vec::new();
            collect(&serde_json::from_str(&printed).unwrap(), &mut texts);
            assert!(texts.iter().any(|text| text.contains("red.log")), "{texts:?}");
            texts.iter().for_each(|text| assert!(!text.contains(char::is_control), "{text:?}"));
        }
    }
    assert!(Path::new(&folder.path().join("a\nforged: line.log")).exists());
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, texts)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            texts.push(name.clone());
            collect(value, texts);
        }),
        _ => {}
    }
}
