//! Tests training as trainees meet it.
//!
//! On screens, in lines, on the command line and in a terminal.

mod feedback;
mod future_answers;
mod saved_answers;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use insta::assert_snapshot;
use wherefore::internals::app::drills::{DrillSession, Modes, TrainingState, Wanted};
use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::plain::Reply;
use wherefore::internals::app::plain::drill::DrillDialogue;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::drill::progress::{Answered, Progress};
use wherefore::internals::drill::schedule::Grade;
use wherefore::internals::drill::{DrillAction, Exam, Exercise, Material, Recognize, Report};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;

use crate::drills::simulated_trainees::{by_the_tree, right_line};
use crate::screens::{LARGE, SMALL, USUAL, assert_picture, draw, house, type_keys};

const TREE: &str = "oci-load-balancer";
const SIZES: [(u16, u16); 3] = [USUAL, SMALL, LARGE];

fn tree() -> Arc<Tree> {
    Arc::clone(Library::embedded().tree(TREE).unwrap())
}

fn material() -> Arc<Material> {
    Arc::new(Material::new(tree()))
}

/// Asks for an exercise about a card, independent of clock and journal.
fn about(card: &str, modes: Modes) -> Wanted {
    about_in(&tree(), card, modes)
}

fn about_in(tree: &Tree, card: &str, modes: Modes) -> Wanted {
    Wanted { modes, card: Some(tree.find_card(card).unwrap()), is_by_seed: true, seed: 3, ..Wanted::default() }
}

/// Starts an exercise of the embedded tree and types the keys.
fn drilled(wanted: Wanted, size: (u16, u16), keys: &str) -> (Model, Vec<Effect>) {
    drilled_in(&tree(), wanted, size, keys)
}

/// Starts an exercise of the small tree and types the keys.
fn drilled_in_house(card: &str, modes: Modes, size: (u16, u16), keys: &str) -> (Model, Vec<Effect>) {
    let house = house().remove(0);
    drilled_in(&house, about_in(&house, card, modes), size, keys)
}

fn drilled_in(tree: &Arc<Tree>, wanted: Wanted, size: (u16, u16), keys: &str) -> (Model, Vec<Effect>) {
    let trees = vec![Arc::clone(tree)];
    let mut training = TrainingState::new(&trees, &[], 20_000, 1);
    training.want(wanted);
    let mut model = Model::new(trees, Theme::default(), None).with_training(training).with_drill(tree);
    update(&mut model, Msg::Resize(size.0, size.1));
    // Most tests are about what follows the line.
    let line = model.shared.training.session.as_ref().map(line_of).unwrap_or_default();
    assert_eq!(type_keys(&mut model, &line), [], "a line is no answer");
    let effects = type_keys(&mut model, keys);
    (model, effects)
}

/// The letter of a line that matters, if one is asked for.
fn line_of(session: &DrillSession) -> String {
    match session.exercise() {
        Exercise::Recognize(recognize) if recognize.asks_for_line() => {
            Recognize::letter(recognize.telling()[0]).to_string()
        }
        _ => String::new(),
    }
}

/// A dialogue about an exercise, after the line.
fn told_line(wanted: Wanted) -> DrillDialogue {
    let session = DrillSession::new(&material(), &Progress::default(), 0, wanted).unwrap();
    let line = line_of(&session);
    let mut lines = DrillDialogue::new(session);
    if !line.is_empty() {
        let (said, _) = lines.reply(&line);
        assert!(said.contains("matter") && said.contains("Which card is it?"), "{said}");
    }
    lines
}

fn screen(model: &Model, size: (u16, u16)) -> String {
    draw(model, size).backend().to_string()
}

/// The digit of the card that it is.
fn right(model: &Model) -> String {
    let session = model.shared.training.session.as_ref().unwrap();
    let Exercise::Recognize(recognize) = session.exercise() else { panic!() };
    let at = recognize.choices().iter().position(|offer| offer.wrong.is_none()).unwrap();
    (at + 1).to_string()
}

fn wrong(model: &Model) -> String {
    if right(model) == "1" { "2".to_owned() } else { "1".to_owned() }
}

#[test]
fn a_line_to_recognize() {
    for size in SIZES {
        let (mut model, effects) = drilled_in_house("fuse-blown", Modes::Recognize, size, "");
        assert_eq!((model.context(), effects), (KeyContext::Drill, vec![]));
        assert_picture!("recognize", &model, size);
        let wrong = wrong(&model);
        let effects = type_keys(&mut model, &wrong);
        assert_picture!("recognize-wrong", &model, size);
        assert_eq!(type_keys(&mut model, "1"), [], "the answer was kept before");
        assert_eq!(model.context(), KeyContext::Debrief);
        assert_picture!("recognize-after", &model, size);
        let [Effect::Answered { answered, seed: 3 }] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!((answered.card.as_str(), answered.grade), ("fuse-blown", Grade::Again));
        assert_eq!((answered.day, answered.confused_with.is_some()), (20_000, true));
    }
}

#[test]
fn the_line_that_matters_comes_first() {
    for size in SIZES {
        let tree = tree();
        let mut training = TrainingState::new(&[Arc::clone(&tree)], &[], 20_000, 1);
        training.want(about("gateway-timeout", Modes::Recognize));
        let mut model = Model::new(vec![Arc::clone(&tree)], Theme::default(), None).with_training(training);
        model = model.with_drill(&tree);
        update(&mut model, Msg::Resize(size.0, size.1));
        assert_eq!(model.context(), KeyContext::DrillLine);
        assert_picture!("which-line", &model, size);
        // Letters of lines are no commands, and a card cannot be named yet.
        assert_eq!(type_keys(&mut model, "i / 9"), []);
        assert_eq!(model.context(), KeyContext::DrillLine);
        let right = line_of(model.shared.training.session.as_ref().unwrap());
        let wrong = if right == "a" { "b" } else { "a" };
        type_keys(&mut model, wrong);
        assert_eq!(model.context(), KeyContext::Drill);
        let shown = screen(&model, size);
        // Lines are broken somewhere.
        let words = shown.replace('"', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!("Line {wrong} decides nothing here. Line {right} matters.")), "{shown}");
        assert!(shown.contains("Which card is it?"), "{shown}");
    }
}

#[test]
fn hints_and_not_knowing() {
    let drilled = |keys: &str| drilled_in_house("bulb-burnt-out", Modes::Recognize, USUAL, keys);
    let (model, _) = drilled("i i i i");
    let shown = screen(&model, USUAL);
    assert!(shown.contains("That was the last hint."), "{shown}");
    assert_snapshot!("recognize-hints-80x24", shown);
    let (mut model, _) = drilled("u");
    let right = right(&model);
    let effects = type_keys(&mut model, &format!("{right} ! !"));
    let [Effect::Answered { answered, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(answered.grade, Grade::Again, "it is asked again soon");
    let session = model.shared.training.session.as_ref().unwrap();
    assert_eq!(session.points(), 70, "and costs nothing but the remedy");
}

#[test]
fn a_card_is_named_by_typing() {
    for size in SIZES {
        let (mut model, _) = drilled_in_house("fuse-blown", Modes::Recognize, size, "/ fuse");
        assert_eq!(model.context(), KeyContext::Naming);
        assert_picture!("naming", &model, size);
        type_keys(&mut model, "esc");
        assert_eq!(model.context(), KeyContext::Drill);
        type_keys(&mut model, "/ paste:the_fuse_has enter");
        let session = model.shared.training.session.as_ref().unwrap();
        assert!(session.played().typed && session.exercise().right().contains(&session.played().named[0]));
    }
}

#[test]
fn an_incident() {
    for size in SIZES {
        let (mut model, _) = drilled_in_house("bulb-burnt-out", Modes::Incident, size, "");
        assert_picture!("incident", &model, size);
        type_keys(&mut model, "2");
        assert_picture!("incident-checked", &model, size);
        type_keys(&mut model, "1 3 c");
        assert_picture!("incident-cards", &model, size);
        type_keys(&mut model, "esc / switch enter");
        let shown = screen(&model, size);
        assert!(shown.contains("It is not that one"), "{shown}");
        type_keys(&mut model, "/ burnt enter 1");
        assert_eq!(model.context(), KeyContext::Debrief);
        assert_picture!("incident-after", &model, size);
    }
}

#[test]
fn the_findings_of_an_incident_stay_above_the_question_what_to_do_first() {
    let (mut model, _) = drilled_in_house("bulb-burnt-out", Modes::Incident, USUAL, "2 1 / burnt enter");
    assert_eq!(model.context(), KeyContext::Remedy);
    let shown = screen(&model, USUAL);
    assert!(shown.contains("Right: The bulb is burnt out") && shown.contains("Alarm:"), "{shown}");
    type_keys(&mut model, "end");
    let session = model.shared.training.session.as_ref().unwrap();
    let Exercise::Incident(incident) = session.exercise() else { panic!() };
    let last = session.played().checked.last().unwrap().question;
    let line = incident.check(last).unwrap().shows.last().unwrap().lines().last().unwrap().to_owned();
    let shown = screen(&model, USUAL);
    assert!(shown.contains(line.get(..20).unwrap_or(&line)), "{line}: {shown}");
}

#[test]
fn a_session_is_gone_on_with_and_ends() {
    let mut model = Model::new(house(), Theme::default(), None);
    update(&mut model, Msg::Resize(80, 24));
    assert!(screen(&model, USUAL).contains("Practice   6 new"));
    type_keys(&mut model, "up enter ! !");
    assert_eq!(model.context(), KeyContext::Debrief);
    while model.context() != KeyContext::Home {
        assert_eq!(type_keys(&mut model, "esc"), []);
    }
    assert!(screen(&model, USUAL).contains("Practice   go on, 1 of 6 done"));
    let effects = type_keys(&mut model, "enter enter ! ! enter ! ! enter ! ! enter ! ! enter ! ! enter");
    assert_eq!(effects.len(), 5);
    for size in SIZES {
        update(&mut model, Msg::Resize(size.0, size.1));
        assert_picture!("session-over", &model, size);
    }
    type_keys(&mut model, "p");
    for size in SIZES {
        update(&mut model, Msg::Resize(size.0, size.1));
        assert_picture!("learned", &model, size);
    }
    type_keys(&mut model, "esc enter");
    assert_eq!(model.context(), KeyContext::Home);
    update(&mut model, Msg::Resize(80, 24));
    assert!(screen(&model, USUAL).contains("Practice   1 new"), "{}", screen(&model, USUAL));
}

#[test]
fn the_time_is_shown_as_of_the_last_key_and_can_be_switched_off() {
    let (mut model, _) = drilled(about("gateway-timeout", Modes::Recognize), USUAL, "");
    assert!(!screen(&model, USUAL).contains("1 of 1 · clock"));
    update(&mut model, Msg::Clock(65_000));
    assert!(screen(&model, USUAL).contains("1 of 1 · clock 65 s"), "{}", screen(&model, USUAL));
    type_keys(&mut model, "T");
    let shown = screen(&model, USUAL);
    assert!(shown.contains("1 of 1") && !shown.contains("65 s"), "{shown}");
}

#[test]
fn what_the_shell_has_to_say_is_seen() {
    let (mut model, _) = drilled(about("gateway-timeout", Modes::Recognize), USUAL, "");
    update(&mut model, Msg::NotKept("Your progress cannot be kept.".to_owned()));
    assert!(screen(&model, USUAL).contains("Your progress cannot be kept."));
}

#[test]
fn the_screens_of_training_have_an_ascii_form() {
    for wanted in [about("gateway-timeout", Modes::Recognize), about("gateway-timeout", Modes::Incident)] {
        for keys in ["", "/ 504", "i i", "! !", "! ! p", "2 c"] {
            let (mut model, _) = drilled(wanted, USUAL, keys);
            model.shared.theme = Theme { unicode: false, color: false, ..Theme::default() };
            let shown = screen(&model, USUAL);
            assert!(shown.is_ascii(), "{keys}: {shown}");
        }
    }
}

#[test]
fn every_team_incident_is_met_in_sessions_and_none_in_an_exam() {
    let (tree, material) = (tree(), material());
    for drill in tree.drills.iter() {
        let title = |seed| {
            let wanted =
                Wanted { seed, modes: Modes::Incident, card: Some(drill.card), is_by_seed: true, ..Wanted::default() };
            let session = DrillSession::new(&material, &Progress::default(), 0, wanted).unwrap();
            let Exercise::Incident(incident) = session.exercise() else { panic!() };
            incident.title().map(str::to_owned)
        };
        let titles: Vec<_> = (0..8).map(title).collect();
        assert!(titles.iter().any(Option::is_none) && titles.contains(&Some(drill.title.to_string())), "{titles:?}");
    }
}

#[test]
fn the_dialogue_says_what_cannot_be_done() {
    let session = |modes| {
        let wanted = about("gateway-timeout", modes);
        told_line(wanted)
    };
    let (mut lines, mut incident) = (session(Modes::Recognize), session(Modes::Incident));
    for (typed, expected) in [
        ("", "Which card is it?"),
        ("77", "There is no entry 77"),
        ("j", "is not a command here"),
        ("c", "listed already"),
        ("/zzzzzzz", "No card has that name"),
        ("/a line of a log that says what nobody would call the name of a card, and more", "That is too long"),
        ("?", "Numbers choose"),
    ] {
        let (said, turn) = lines.reply(typed);
        assert!(said.contains(expected) && turn == Reply::Same, "{typed}: {said}");
    }
    for (typed, expected) in [("u", "The tree would ask: "), ("1", ""), ("1", "checked already"), ("i", "Hint: ")] {
        let (said, _) = incident.reply(typed);
        assert!(said.contains(expected), "{typed}: {said}");
    }
    assert_eq!(incident.reply("!").1, Reply::Quit);
    assert!(incident.take_kept().is_some() && incident.take_kept().is_none());
}

fn run(state: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(arguments)
        .env("XDG_STATE_HOME", state)
        .env("XDG_CONFIG_HOME", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/no-config"))
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended before it read anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_same_seed_and_date_print_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let input = "1\n1\n".repeat(20);
    let arguments = ["drill", "oci-load-balancer", "--seed", "11", "--date", "2026-01-15"];
    let first = run(one.path(), &arguments, &input);
    assert_eq!(first.stdout, run(other.path(), &arguments, &input).stdout);
    // Nor does what was learned since have a say.
    assert_eq!(first.stdout, run(one.path(), &arguments, &input).stdout);
    let kept = |state: &Path| fs::read(state.join("wherefore/progress.jsonl")).unwrap();
    assert_eq!(kept(one.path()), kept(other.path()).repeat(2));
    let third = run(one.path(), &["drill", "oci-load-balancer", "--seed", "12", "--date", "2026-01-15"], &input);
    assert_ne!(first.stdout, third.stdout);
}

#[test]
fn an_exam_has_a_report_that_can_be_checked() {
    let state = tempfile::tempdir().unwrap();
    let exam = ["drill", "oci-load-balancer", "--exam", "4", "--seed", "5", "--json"];
    // Answers of a trainee who knows the tree; the seed gives the questions.
    let tree = tree();
    let material = material();
    let (mut input, mut asked_lines) = (String::new(), 0);
    for task in Exam::new(&tree, 5, 4).tasks {
        let exercise = task.exercise(&material);
        if let Exercise::Incident(incident) = &exercise {
            for step in by_the_tree(incident, true) {
                let at = incident.checks().iter().position(|check| step == DrillAction::Check(check.question));
                input.push_str(&at.map(|at| format!("{}\n", at + 1)).unwrap_or_default());
            }
        }
        let title = &tree.card(task.card).title;
        let first = exercise.remedies().iter().position(|choice| choice.is_best).unwrap();
        if let [DrillAction::Line(at)] = right_line(&exercise).as_slice() {
            asked_lines += 1;
            input.push_str(&format!("{}\n", Recognize::letter(*at)));
        }
        input.push_str(&format!("i\n/{title}\n1\n{}\n", first + 1));
    }
    let output = run(state.path(), &exam, &input);
    let (report, asked) = said(&output);
    assert_eq!(output.status.code(), Some(0), "{asked}");
    assert!(asked.contains("There are no hints in an exam.") && asked.contains("Exercise 4 of 4"), "{asked}");
    assert!(!asked.contains("Right:") && !asked.contains("not that one"), "nothing is said before the end: {asked}");
    assert_eq!(asked.matches("Noted.").count(), 8 + asked_lines, "each line, card and first step: {asked}");
    assert_eq!(asked.matches("\nWhat do you do first?\n").count(), 4, "{asked}");
    let parsed: Report = serde_json::from_str(&report).unwrap();
    assert_eq!((parsed.schema.as_str(), parsed.exercises.len(), parsed.points), ("wherefore/exam/2", 4, 100));
    assert!(!state.path().join("wherefore").exists(), "an exam is not practice");
    let path = state.path().join("exam.json");
    let check = |report: &str| {
        fs::write(&path, report).unwrap();
        run(state.path(), &["drill", "--check", path.to_str().unwrap()], "")
    };
    let output = check(&report);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).0.contains("The report is correct"), "{output:?}");
    for (from, to) in [
        ("\"points\": 100", "\"points\": 99"),
        ("\"seed\": 5", "\"seed\": 6"),
        ("\"tree_hash\": \"", "\"tree_hash\": \"0"),
    ] {
        assert!(report.contains(from));
        let output = check(&report.replacen(from, to, 1));
        assert_eq!(output.status.code(), Some(1), "{to}");
        assert!(said(&output).0.starts_with("The report is not correct:"), "{output:?}");
    }
    assert_eq!(check("{}").status.code(), Some(2));
    // A wrong card is taken as silently, and counts: in an incident there is no second one. What is offered then are its
    // own remedies.
    let other = tree.card(tree.find_card("backend-bad-gateway").unwrap());
    let (report, asked) = said(&run(state.path(), &exam, &format!("a\n/{}\n1\n1\n", other.title).repeat(4)));
    assert!(!asked.contains("not that one") && !asked.contains("It is not"), "{asked}");
    assert_eq!(asked.matches("Noted.").count(), 8 + asked_lines, "{asked}");
    let offers = asked.split("What do you do first?").skip(1).map(|rest| rest.split("A number").next().unwrap());
    let is_own = |offer: &str| other.remedies.iter().filter(|remedy| offer.contains(&remedy.act[..30])).count() >= 2;
    assert_eq!(offers.filter(|offer| is_own(offer)).count(), 4, "{asked}");
    let report: Report = serde_json::from_str(&report).unwrap();
    assert!(report.exercises.iter().all(|mark| mark.named.len() == 1 && mark.points <= 50), "{report:?}");
    let half = run(state.path(), &exam, "u\n");
    let report: Report = serde_json::from_str(&said(&half).0).unwrap();
    assert_eq!((half.status.code(), report.exercises.len(), report.points), (Some(1), 4, 0));
    assert_eq!(check(&said(&half).0).status.code(), Some(0), "what was left out is a report, too");
}

#[test]
fn progress_is_shown_moved_and_forgotten() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let drill = ["drill", "--card", "gateway-timeout", "--mode", "recognize", "--seed", "3"];
    assert_eq!(run(one.path(), &drill, "!\n").status.code(), Some(0));
    let progress = |state: &Path, words: &[&str], input: &str| {
        let output = run(state, &[&["drill", "progress"], words].concat(), input);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        said(&output)
    };
    let shown = progress(one.path(), &["show"], "").0;
    assert!(shown.contains("0 solid, 1 shaky, 57 new") && shown.contains("in time: shaky"), "{shown}");
    let exported = progress(one.path(), &["export"], "").0;
    assert_eq!(exported, fs::read_to_string(one.path().join("wherefore/progress.jsonl")).unwrap());
    assert_eq!(progress(other.path(), &["import", "-"], &exported).0, "1 answer is new, 0 known already.\n");
    assert_eq!(progress(other.path(), &["import", "-"], &exported).0, "0 answers are new, 1 known already.\n");
    assert_eq!(progress(other.path(), &["export"], "").0, exported);
    assert_eq!(progress(other.path(), &["reset", "gateway-timeout"], "").0, "1 answer is forgotten.\n");
    assert_eq!(progress(other.path(), &["export"], "").0, "");
    assert_eq!(progress(one.path(), &["reset", "--all"], "").0, "1 answer is forgotten.\n");
    for wrong in [&["reset"][..], &["reset", "gatewy-timeout"], &["import", "missing.jsonl"], &["show", "--no-history"]]
    {
        let output = run(one.path(), &[&["drill", "progress"], wrong].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_torn_answer_is_said_and_a_home_that_cannot_be_written_to_is_said_once() {
    let state = tempfile::tempdir().unwrap();
    let drill = ["drill", "oci-load-balancer", "--seed", "3"];
    assert_eq!(run(state.path(), &drill, "!\n!\nq\n").status.code(), Some(1));
    let path = state.path().join("wherefore/progress.jsonl");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 20]).unwrap();
    let (_, word) = said(&run(state.path(), &drill, "!\nq\n"));
    assert_eq!(word, "The last answer was not written completely and is lost; all others are there.\n");
    let (_, word) = said(&run(state.path(), &drill, "q\n"));
    assert_eq!(word, "", "said once");
    fs::write(state.path().join("file"), "").unwrap();
    let output = run(&state.path().join("file"), &drill, &"!\n".repeat(8));
    assert_eq!(output.status.code(), Some(0));
    let (_, word) = said(&output);
    assert_eq!(word.matches("cannot be saved").count(), 1, "{word}");
    assert_eq!(said(&run(&state.path().join("file"), &[&drill[..], &["--no-history"]].concat(), "!\nq\n")).1, "");
}

#[test]
fn the_walk_in_lines_leads_to_training_and_back() {
    let state = tempfile::tempdir().unwrap();
    let (told, _) = said(&run(state.path(), &["walk", "oci-load-balancer", "--plain"], "practise\n!\nq\nu\nq\n"));
    let (before, after) = told.split_once("Exercise 1 of 6").unwrap();
    assert!(before.contains("What did you notice first?"), "{told}");
    assert!(after.contains("1 of 6 done"), "{told}");
    assert!(after.split_once("1 of 6 done").unwrap().1.contains("What did you notice first?"), "{told}");
    assert!(state.path().join("wherefore/progress.jsonl").exists(), "it counts as practice");
}

#[test]
fn an_incident_of_a_team_is_played_by_name() {
    let state = tempfile::tempdir().unwrap();
    for drill in tree().drills.iter() {
        let arguments = ["drill", "--incident", &drill.id, "--no-timer"];
        let (told, _) = said(&run(state.path(), &arguments, "!\n"));
        assert!(told.contains(&*drill.title) && told.contains(&*tree().card(drill.card).title), "{told}");
    }
    let output = run(state.path(), &["drill", "--incident", "one-checker-of-to"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).1.contains("one-checker-of-two"), "{output:?}");
}

#[test]
fn a_program_that_is_left_open_knows_the_day() {
    let mut training = TrainingState::new(&[tree()], &[], 100, 1).until(Some(60_000));
    for (now, day) in [(0, 100), (59_999, 100), (60_000, 101), (60_000 + 86_400_000, 102)] {
        training.now = now;
        assert_eq!(training.day(), day, "{now}");
    }
    let mut training = TrainingState::new(&[tree()], &[], 100, 1).until(None);
    training.now = u64::MAX;
    assert_eq!(training.day(), 100, "a day that was given stays");
}

#[test]
fn what_is_due_comes_first_and_what_was_confused_is_beside_it() {
    let tree = tree();
    let answered = Answered {
        day: 100,
        tree: TREE.to_owned(),
        card: "gateway-timeout".to_owned(),
        confused_with: Some("idle-timeout".to_owned()).filter(|card| tree.find_card(card).is_some()),
        distinguished_from: Vec::new(),
        grade: Grade::Again,
    };
    let training = |day| TrainingState::new(&[Arc::clone(&tree)], std::slice::from_ref(&answered), day, 1);
    assert_eq!(training(100).today(&tree), "3 new");
    let mut later = training(101);
    assert_eq!(later.today(&tree), "1 due, 3 new");
    assert!(later.begin(&tree));
    let session = later.session.as_ref().unwrap();
    assert_eq!(tree.card(session.exercise().card()).id, "gateway-timeout");
}
