//! Tests the journals on disk.
//!
//! Other users cannot read them, files that were there before do no harm, and their content is not trusted.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use wherefore::internals::text::clean;

/// Runs the program with its state in a folder.
///
/// Returns standard output and standard error.
fn run(state: &Path, arguments: &[&str], input: &str) -> (String, String) {
    let mut command = program(arguments);
    command.env("XDG_STATE_HOME", state).env("XDG_CONFIG_HOME", state);
    said(feed(command, input.as_bytes()))
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments);
    command
}

fn feed(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may have ended before it read anything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(output: Output) -> (String, String) {
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

const DRILL: [&str; 5] = ["drill", "--card", "gateway-timeout", "--seed", "3"];

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// A state folder with both journals, which anybody can read and write.
    fn exposed() -> tempfile::TempDir {
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("wherefore");
        fs::create_dir(&folder).unwrap();
        for name in ["progress.jsonl", "opened.jsonl"] {
            fs::write(folder.join(name), "").unwrap();
            set(&folder.join(name), 0o666);
        }
        set(&folder, 0o777);
        state
    }

    #[test]
    fn journals_that_others_can_read_become_private() {
        for (arguments, input, name) in [
            (&DRILL[..], "!\n", "progress.jsonl"),
            (&["drill", "progress", "show"], "", "progress.jsonl"),
            (&["--plain"], "q\n", "opened.jsonl"),
            (&["find", "504"], "", "opened.jsonl"),
        ] {
            let state = exposed();
            let (_, word) = run(state.path(), arguments, input);
            assert_eq!(word, "", "{arguments:?}: what is mended needs no word");
            let folder = state.path().join("wherefore");
            let modes = (mode(&folder.join(name)), mode(&folder));
            assert_eq!(modes, (0o600, 0o700), "{arguments:?}: {:o} {:o}", modes.0, modes.1);
        }
    }

    #[test]
    fn a_journal_that_is_not_used_is_left_alone() {
        let state = exposed();
        for arguments in [&["find", "504", "--no-history"][..], &["man"], &["show", "gateway-timeout"]] {
            run(state.path(), arguments, "");
        }
        let folder = state.path().join("wherefore");
        assert_eq!((mode(&folder), mode(&folder.join("opened.jsonl"))), (0o777, 0o666));
    }

    #[test]
    fn stricter_modes_stay() {
        let state = exposed();
        let folder = state.path().join("wherefore");
        set(&folder.join("progress.jsonl"), 0o400);
        set(&folder, 0o500);
        run(state.path(), &["drill", "progress", "show"], "");
        assert_eq!((mode(&folder), mode(&folder.join("progress.jsonl"))), (0o500, 0o400));
        set(&folder, 0o700);
    }

    /// A link was put there on purpose.
    #[test]
    fn a_file_or_folder_behind_a_link_keeps_its_mode() {
        let state = tempfile::tempdir().unwrap();
        let (own, mine) = (state.path().join("wherefore"), state.path().join("mine.jsonl"));
        fs::create_dir(&own).unwrap();
        fs::write(&mine, "").unwrap();
        set(&mine, 0o640);
        symlink(&mine, own.join("progress.jsonl")).unwrap();
        run(state.path(), &DRILL, "!\n");
        assert_eq!((mode(&mine), fs::read_to_string(&mine).unwrap().lines().count()), (0o640, 1));
        let other = tempfile::tempdir().unwrap();
        let folder = other.path().join("mine");
        fs::create_dir(&folder).unwrap();
        set(&folder, 0o755);
        symlink(&folder, other.path().join("wherefore")).unwrap();
        run(other.path(), &DRILL, "!\n");
        assert_eq!((mode(&folder), mode(&folder.join("progress.jsonl"))), (0o755, 0o600));
    }
}

/// Base directories must be absolute paths, and others are ignored.
///
/// The XDG Base Directory Specification says both.
#[test]
fn a_relative_home_is_none_and_that_is_said_once() {
    let here = tempfile::tempdir().unwrap();
    let trees = here.path().join("relative/.config/wherefore/trees/broken");
    fs::create_dir_all(&trees).unwrap();
    fs::write(trees.join("tree.json"), "{").unwrap();
    let run = |home: &Path, state: Option<&Path>, arguments: &[&str], input: &str| {
        let mut command = program(arguments);
        command.current_dir(here.path()).env("HOME", home).env_remove("XDG_STATE_HOME").env_remove("XDG_CONFIG_HOME");
        if let Some(state) = state {
            command.env("XDG_STATE_HOME", state);
        }
        said(feed(command, input.as_bytes()))
    };
    let relative = Path::new("relative");
    let (told, word) = run(relative, None, &DRILL, "!\n!\n");
    assert!(told.contains("2 of 2 done"), "{told}");
    assert_eq!(word.matches("cannot be saved: HOME is not an absolute path").count(), 1, "{word}");
    assert!(!word.contains("your own trees"), "{word}");
    run(relative, None, &["--plain"], "/504\n1\nq\n");
    assert!(!here.path().join("relative/.local").exists(), "nothing is written below the current folder");
    // A relative XDG_STATE_HOME is as good as none.
    let home = here.path().join("home");
    let (_, word) = run(&home, Some(relative), &DRILL, "!\n");
    assert_eq!(word, "");
    assert!(home.join(".local/state/wherefore/progress.jsonl").exists() && !relative.join("wherefore").exists());
    // An absolute one needs no home.
    let (_, word) = run(relative, Some(&here.path().join("state")), &DRILL, "!\n");
    assert_eq!(word, "");
    assert!(here.path().join("state/wherefore/progress.jsonl").exists());
}

/// Text in a journal that must not reach a terminal.
///
/// It is there escaped, and as it is.
const PAYLOAD: &str = "\\u001b]52;c;UFdORUQ=\\u0007\\u009b2J\u{9b}31m\u{202e}\u{200b}\u{7f}";

/// Writes journals with hostile ids, dates and names.
///
/// One answer beside them counts.
pub(crate) fn write_hostile(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mut progress = String::new();
    for (day, tree, card, taken) in [
        ("2026-01-15", "oci-load-balancer", "gateway-timeout", PAYLOAD),
        ("2026-01-15", "oci-load-balancer", PAYLOAD, "gateway-timeout"),
        ("2026-01-15", PAYLOAD, PAYLOAD, PAYLOAD),
        (PAYLOAD, "oci-load-balancer", "gateway-timeout", "idle-timeout"),
    ] {
        progress.push_str(&format!(
            r#"{{"format":1,"day":"{day}","tree":"{tree}","card":"{card}","grade":"again","taken_for":"{taken}","told_from":["{PAYLOAD}"],"seed":1}}"#
        ));
        progress.push('\n');
    }
    progress.push_str(&format!(
        "{{\"format\":2,\"{PAYLOAD}\":1}}\n{PAYLOAD}\n{{\"format\":1,\"forget\":{{\"tree\":\"x{PAYLOAD}\"}}}}\n"
    ));
    fs::write(folder.join("progress.jsonl"), progress).unwrap();
    let row = |tree: &str, card: &str| format!("{{\"at\":1,\"tree\":\"{tree}\",\"card\":\"{card}\"}}\n");
    let opened = [row("oci-load-balancer", PAYLOAD), row(PAYLOAD, PAYLOAD), row("oci-load-balancer", "idle-timeout")];
    fs::write(folder.join("opened.jsonl"), opened.concat()).unwrap();
}

#[test]
fn a_hostile_journal_puts_nothing_on_a_terminal() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("wherefore");
    write_hostile(&folder);
    let no_file = state.path().join("no-folder/file");
    for (arguments, input) in [
        (&["drill", "progress", "show"][..], ""),
        (&["drill", "progress", "export"], ""),
        (&["drill", "progress", "export", no_file.to_str().unwrap()], ""),
        (&["drill", "progress", "reset", "\u{9b}2J\u{202e}"], ""),
        (&["drill"], "1\n1\n!\nq\n"),
        (&["--plain"], "/504\n1\npractise\n!\nq\nq\n"),
        (&["find", "504"], ""),
        (&["find", "504", "--json"], ""),
    ] {
        for color in ["--color=always", "--color=never"] {
            let (told, word) = run(&state.path().join("."), &[arguments, &[color]].concat(), input);
            // Colors of the program itself are the only thing that may act.
            assert!(!told.contains("]52;") || told.contains("\\u001b]52;"), "{arguments:?}: {told:?}");
            let told = if color == "--color=always" { without_color(&told) } else { told };
            assert_eq!(clean(&told), told, "{arguments:?}");
            assert_eq!(clean(&word), word, "{arguments:?}");
        }
    }
    // The export is complete nevertheless: imported elsewhere, it is exported unchanged.
    let (exported, _) = run(state.path(), &["drill", "progress", "export"], "");
    assert!(exported.lines().count() > 3 && exported.contains("\\u202e"), "{exported}");
    let other = tempfile::tempdir().unwrap();
    run(other.path(), &["drill", "progress", "import", "-"], &exported);
    assert_eq!(run(other.path(), &["drill", "progress", "export"], "").0, exported);
}

/// Takes out what sets colors and weights, and nothing else.
fn without_color(text: &str) -> String {
    regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(text, "").into_owned()
}
