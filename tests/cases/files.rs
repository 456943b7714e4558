//! Tests the folder of the cases.

use std::fs;
use std::time::UNIX_EPOCH;

use wherefore::internals::case::{CaseState, CaseSummary, summary_line};
use wherefore::internals::store::{CaseFolder, CaseLimits, PrunedCases};

use super::BEGAN;

fn summary(about: &str) -> String {
    summary_line(CaseSummary {
        tree: "house".into(),
        system: "House".into(),
        about: about.into(),
        standing: "Dark".into(),
        verdict: "".into(),
        answers: 1,
        evidence: 0,
        steps: 0,
        state: CaseState::Open,
        helped: None,
    })
}

fn folder() -> (tempfile::TempDir, CaseFolder) {
    let state = tempfile::tempdir().unwrap();
    let folder = CaseFolder::new(state.path().join("wherefore").join("cases"));
    (state, folder)
}

#[test]
fn cases_are_listed_with_their_last_summary() {
    let (_state, folder) = folder();
    assert_eq!(folder.list(9).unwrap(), []);
    let mut case = folder.create(BEGAN).unwrap();
    assert!(case.id().starts_with("20261201-050000-"), "{}", case.id());
    case.append(&summary("first")).unwrap();
    case.append(&format!("{}{{\"n\":1,\"torn", summary("second"))).unwrap();
    fs::write(folder.path().join("damaged.jsonl"), "\u{0}nonsense").unwrap();
    for foreign in ["notes.txt", "..jsonl", "a b.jsonl", ".jsonl"] {
        fs::write(folder.path().join(foreign), "").unwrap();
    }
    fs::create_dir(folder.path().join("folder.jsonl")).unwrap();
    let mut listed = folder.list(9).unwrap();
    listed.sort_by_key(|case| case.summary.is_none());
    let about = |at: usize| listed[at].summary.as_ref().map(|summary| summary.about.to_string());
    assert_eq!((listed.len(), about(0), about(1)), (2, Some("second".to_owned()), None));
    assert_eq!(folder.list(1).unwrap().len(), 1);
}

#[test]
fn a_file_in_which_nothing_was_written_is_no_case() {
    let (_state, folder) = folder();
    // The program ends between creating the file and writing to it.
    let id = folder.create(BEGAN).unwrap().id().to_owned();
    assert_eq!(folder.list(9).unwrap(), []);
    let file = folder.path().join(id).with_extension("jsonl");
    let pruned = |hours: i64| {
        let written = fs::metadata(&file).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
        let now = i64::try_from(written.as_secs()).unwrap() + hours * 3600;
        folder.prune(CaseLimits::default(), now).unwrap()
    };
    assert_eq!(pruned(0), PrunedCases::default());
    assert!(file.exists());
    assert_eq!(pruned(2), PrunedCases::default());
    assert!(!file.exists());
}

#[test]
fn names_that_lead_out_of_the_folder_name_no_case() {
    let (state, folder) = folder();
    fs::create_dir_all(folder.path()).unwrap();
    fs::write(state.path().join("wherefore/outside.jsonl"), "secret").unwrap();
    for name in ["../outside", "", "/etc/passwd", "a/b", "x\u{0}"] {
        assert!(folder.read(name).is_err() && folder.open(name).is_err() && folder.delete(name).is_err(), "{name}");
    }
    assert!(state.path().join("wherefore/outside.jsonl").exists());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn only_the_owner_can_read_cases() {
        let (_state, folder) = folder();
        let case = folder.create(BEGAN).unwrap();
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = folder.path().join(case.id()).with_extension("jsonl");
        assert_eq!((mode(&file), mode(folder.path()), mode(folder.path().parent().unwrap())), (0o600, 0o700, 0o700));
        drop(case);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        folder.read(file.file_stem().unwrap().to_str().unwrap()).unwrap();
        assert_eq!((mode(&file), mode(folder.path())), (0o600, 0o700));
    }

    #[test]
    fn a_case_in_use_is_neither_deleted_nor_written_by_another() {
        let (_state, folder) = folder();
        let mut case = folder.create(BEGAN).unwrap();
        case.append(&summary("mine")).unwrap();
        let id = case.id().to_owned();
        let opened = folder.open(&id).unwrap();
        assert!(opened.file.is_none(), "another program has it");
        assert_eq!(opened.text, summary("mine"));
        assert!(!folder.delete(&id).unwrap());
        let all = CaseLimits { days: 0, bytes: 0 };
        assert_eq!(folder.prune(all, BEGAN).unwrap().deleted, Vec::<String>::new());
        drop(case);
        let opened = folder.open(&id).unwrap();
        let mut again = opened.file.expect("it is free");
        again.append(&summary("again")).unwrap();
        drop(again);
        let pruned = folder.prune(all, BEGAN).unwrap();
        assert_eq!((pruned.deleted, pruned.left), (vec![id], 0));
    }
}
