//! Tests that a case outlives the program, however it ends.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use wherefore::internals::app::keys::Key;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg};
use wherefore::internals::case::read;
use wherefore::internals::store::{CaseFolder, Library};
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, Walk};

use super::screen::Screen;
use super::{INCIDENT, LONG, USUAL};
use crate::cases::Files;

/// Runs of the suite, each with another seed.
const RUNS: u64 = 200;

/// The variable that asks for more runs.
const MORE: &str = "WHEREFORE_KILLS";

/// The end of every frame.
const FRAME: &[u8] = b"\x1b[?2026l";

/// Keys of a walk; none of them depends on the clock.
const KEYS: &[&str] = &["1", "2", "3", "1", "2", "u", "n", "h", "d", "x", "s", "m", "t", "c", "v", "\u{7f}"];

/// Texts that are pasted.
const PASTED: &[&str] = &[
    "Backend 10.0.20.11 closed connection abruptly\nBackend 10.0.20.12 closed connection abruptly",
    "$ curl -v https://api.example.com/\n* connect to 10.0.0.1 port 443 failed: Connection refused",
    "the disk crashed: error 7\nthe disk crashed: error 8",
];

/// A linear congruential generator, as Knuth's MMIX has it.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Something that a person does.
#[derive(Debug)]
enum Act {
    Press(&'static str),
    Paste(&'static str),
}

impl Act {
    fn any(random: &mut Random) -> Self {
        match random.below(8) {
            0 => Act::Paste(PASTED[random.below(PASTED.len())]),
            _ => Act::Press(KEYS[random.below(KEYS.len())]),
        }
    }

    fn send(&self, screen: &mut Screen) {
        match self {
            Act::Press(key) => screen.send(key),
            Act::Paste(text) => screen.paste(text),
        }
    }

    fn message(&self) -> Msg {
        match self {
            Act::Press("\u{7f}") => Msg::Key(Key::Backspace),
            Act::Press(key) => Msg::Key(Key::Char(key.chars().next().unwrap())),
            Act::Paste(text) => Msg::Paste((*text).to_owned()),
        }
    }
}

/// The cases by their trees and events, in any order.
type Known = Vec<(String, Vec<Event>)>;

fn sorted(mut known: Known) -> Known {
    known.retain(|(_, events)| !events.is_empty());
    known.sort_by_key(|(tree, events)| format!("{tree} {events:?}"));
    known
}

fn expected(files: &Files, trees: &[Arc<Tree>]) -> Known {
    sorted(files.0.values().map(|text| known(text, trees)).collect())
}

fn known(text: &str, trees: &[Arc<Tree>]) -> (String, Vec<Event>) {
    let kept = read(text, trees).unwrap_or_else(|why| panic!("{why:?}: {text}"));
    assert!(kept.lost == 0 && kept.left_out.is_empty(), "{kept:?}");
    (kept.walk.tree().id.to_string(), kept.walk.events().to_vec())
}

fn on_disk(screen: &Screen, trees: &[Arc<Tree>]) -> Known {
    let folder = CaseFolder::new(screen.home().join("wherefore").join("cases"));
    let listed = folder.list(usize::MAX).unwrap();
    let texts = listed.iter().map(|case| folder.read(&case.id).unwrap());
    // A program that ends while it writes the first line has kept nothing of the case.
    sorted(texts.filter(|text| text.contains('\n')).map(|text| known(&text, trees)).collect())
}

fn frames(screen: &Screen) -> usize {
    screen.raw().windows(FRAME.len()).filter(|bytes| *bytes == FRAME).count()
}

/// Runs the program with the files of a screen.
fn run(screen: &Screen, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).env("XDG_STATE_HOME", screen.home()).env("XDG_CONFIG_HOME", screen.home());
    command.output().unwrap()
}

/// Plays random keys, kills the program, and reads its files.
fn play_and_kill(seed: u64, trees: &[Arc<Tree>]) {
    let mut random = Random(seed);
    let tree = trees.iter().find(|tree| tree.id == "oci-load-balancer").unwrap();
    let mut model =
        Model::new(trees.to_vec(), Theme::default(), None).keeping_cases().with_walk(Walk::new(Arc::clone(tree)));
    let mut files = Files::default();
    files.update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    let mut screen = Screen::wherefore_with(USUAL, &["walk", "oci-load-balancer"]);
    screen.wait_for("quit");
    screen.wait_for_full_screen();
    let acts: Vec<Act> = (0..=random.below(12)).map(|_| Act::any(&mut random)).collect();
    let (last, before) = acts.split_last().unwrap();
    for act in before {
        let drawn = frames(&screen);
        act.send(&mut screen);
        screen.wait_until("a frame", |screen| frames(screen) > drawn);
        files.update(&mut model, act.message());
    }
    let without_last = expected(&files, trees);
    files.update(&mut model, last.message());
    let with_last = expected(&files, trees);
    last.send(&mut screen);
    if random.below(2) == 0 {
        let drawn = frames(&screen);
        screen.wait_until("a frame", |screen| frames(screen) > drawn);
        screen.signal("KILL");
        screen.wait_until("the end", Screen::has_ended);
        assert_eq!(on_disk(&screen, trees), with_last, "seed {seed}: {acts:?}");
    } else {
        screen.signal("KILL");
        screen.wait_until("the end", Screen::has_ended);
        let kept = on_disk(&screen, trees);
        assert!(kept == without_last || kept == with_last, "seed {seed}: {acts:?}\n{kept:?}\n{with_last:?}");
    }
    let is_kept = on_disk(&screen, trees).iter().any(|(_, events)| !events.is_empty());
    let resumed = run(&screen, &["resume", "--json"]);
    assert_eq!(resumed.status.success(), is_kept, "seed {seed}: {resumed:?}");
}

#[test]
fn a_killed_program_loses_the_key_being_pressed_at_most() {
    let trees = Library::embedded().trees;
    let runs = std::env::var(MORE).ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    for seed in 0..runs {
        play_and_kill(seed, &trees);
    }
}

#[test]
fn after_a_lost_connection_the_first_screen_continues_the_case() {
    let mut screen = Screen::wherefore(USUAL);
    screen.wait_for("Cases are kept for 90 days");
    screen.wait_for_full_screen();
    let lines = std::fs::read_to_string(format!("{INCIDENT}/error.log")).unwrap();
    screen.paste(lines.lines().next().unwrap());
    screen.wait_for("Step 1 of 5");
    screen.send("x");
    screen.wait_for("Step 1 did not help");
    screen.signal("KILL");
    screen.wait_until("the end", Screen::has_ended);
    let home = screen.home().display().to_string();
    let mut again = Screen::shell(USUAL, &format!("XDG_STATE_HOME='{home}' exec \"$wherefore\""));
    again.wait_for("Continue");
    again.wait_for("1 step");
    assert!(!again.text().contains("Cases are kept"), "it is said once");
    again.send("\r");
    again.wait_for("The case continues where it was.");
    again.wait_for("did not help");
    again.send("w");
    again.wait_for("The case is solved");
    again.bytes_within(LONG);
    again.send("\x03");
    assert_eq!(again.exit_code(), 130);
    let shown = String::from_utf8(run(&screen, &["cases", "show"]).stdout).unwrap();
    assert!(shown.contains("(did not help)") && shown.contains("(helped)") && shown.contains("solved"), "{shown}");
    let listed = String::from_utf8(run(&screen, &["cases", "list", "--json"]).stdout).unwrap();
    assert_eq!(listed.matches("\"id\"").count(), 1, "it stayed one case: {listed}");
}

#[test]
fn what_is_not_to_be_kept_is_not_and_what_cannot_be_is_said_once() {
    let mut screen = Screen::wherefore_with(USUAL, &["--no-history", "walk", "oci-load-balancer"]);
    screen.wait_for("quit");
    screen.send("1");
    screen.bytes_within(LONG);
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
    assert!(!screen.home().join("wherefore").exists());
    let mut screen = Screen::shell(USUAL, "XDG_STATE_HOME=/dev/null exec \"$wherefore\" walk oci-load-balancer");
    screen.wait_for("quit");
    screen.send("1");
    screen.wait_for("The case cannot be kept");
    screen.send("1");
    screen.wait_until("the next frame", |screen| !screen.text().contains("The case cannot be kept"));
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
}

#[test]
fn two_terminals_never_write_to_one_case() {
    let mut first = Screen::wherefore_with(USUAL, &["walk", "oci-load-balancer"]);
    first.wait_for("quit");
    first.send("1");
    first.bytes_within(LONG);
    let home = first.home().display().to_string();
    let mut second = Screen::shell(USUAL, &format!("XDG_STATE_HOME='{home}' exec \"$wherefore\" resume"));
    second.wait_for("you continue a copy");
    second.send("u");
    second.bytes_within(LONG);
    first.send("u");
    first.bytes_within(LONG);
    for screen in [&mut first, &mut second] {
        screen.send("\x03");
        assert_eq!(screen.exit_code(), 130);
    }
    let cases = on_disk(&first, &Library::embedded().trees);
    let counts: Vec<usize> = cases.iter().map(|(_, events)| events.len()).collect();
    assert_eq!(counts, [2, 2]);
}

/// Runs the program on a small file system, mounted for it alone.
///
/// `$OPTIONS` are those of the file system, which is full at first. The pipe at `$1` tells when to make room, and `$2` is
/// the file for the state of the case afterwards.
const ON_A_SMALL_DISK: &str = r#"
d=$(mktemp -d) && mount -t tmpfs -o "$OPTIONS" none "$d" || exit 99
dd if=/dev/zero of="$d/fill" bs=1k count=1000 2>/dev/null
(read -r room < "$1"; rm "$d/fill") &
export XDG_STATE_HOME="$d"
"$wherefore" walk oci-load-balancer
wherefore_ended=$?
"$wherefore" resume --json > "$2"
exit $wherefore_ended
"#;

fn on_a_small_disk(options: &str, pipe: &Path, state: &Path) -> Screen {
    assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let (pipe, state) = (pipe.display(), state.display());
    let script = format!("OPTIONS={options} exec unshare -rm sh -c '{ON_A_SMALL_DISK}' sh '{pipe}' '{state}'");
    Screen::shell(USUAL, &script)
}

/// Returns whether the test may mount file systems.
fn may_mount() -> bool {
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).output();
    tried.is_ok_and(|tried| tried.status.success())
}

#[test]
fn on_a_full_disk_the_case_goes_on_and_is_kept_as_soon_as_there_is_room() {
    // Elsewhere, `store::case_file` writes to /dev/full.
    if !may_mount() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (pipe, state) = (folder.path().join("room"), folder.path().join("state.json"));
    let mut screen = on_a_small_disk("size=64k", &pipe, &state);
    screen.wait_for("quit");
    screen.send("1");
    screen.wait_for("The case cannot be kept");
    screen.send("u");
    screen.wait_until("the next frame", |screen| !screen.text().contains("The case cannot be kept"));
    std::fs::write(&pipe, "now\n").unwrap();
    // The first key after the disk has room writes all that waited.
    let mut is_kept = false;
    for key in ["m", "m", "m", "m", "m", "m", "m", "m", "m", "m"] {
        screen.send(key);
        screen.bytes_within(LONG);
        is_kept = is_kept || screen.text().contains("The case is kept again.");
        if is_kept {
            break;
        }
    }
    assert!(is_kept, "{}", screen.text());
    screen.send("\x03");
    assert_eq!(screen.exit_code(), 130);
    let resumed = std::fs::read_to_string(&state).unwrap();
    assert!(resumed.contains("wherefore/walk/1"), "nothing was lost: {resumed}");
    let resumed: serde_json::Value = serde_json::from_str(&resumed).unwrap();
    assert_eq!(resumed["tree"], "oci-load-balancer");
}

#[test]
fn in_a_home_that_is_read_only_the_case_goes_on() {
    if !may_mount() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (pipe, state) = (folder.path().join("room"), folder.path().join("state.json"));
    let mut screen = on_a_small_disk("ro", &pipe, &state);
    screen.wait_for("quit");
    screen.send("1");
    screen.wait_for("The case cannot be kept");
    screen.send("h");
    screen.wait_until("the next frame", |screen| !screen.text().contains("The case cannot be kept"));
    screen.send("\x03");
    std::fs::write(&pipe, "now\n").unwrap();
    assert_eq!(screen.exit_code(), 130);
}
