//! Tests that the shown output decides which remedy comes first.

use std::collections::BTreeSet;
use std::sync::Arc;

use wherefore::internals::drill::{Check, DrillAction, Exercise, Incident, Mode, Recognize, RemedyChoice};
use wherefore::internals::prove::prove;
use wherefore::internals::recognize::{Compiled, Line};
use wherefore::internals::tree::model::{Effect, Remedy};
use wherefore::internals::tree::{CardId, Code, Tree};

use super::simulated_trainees::right_line;
use super::training_trees::{cards, lamp_with, materials, oci};
use wherefore::internals::walk::{EvidenceSource, HitKind, remedies};

/// The causes of a card that lines leave, each by its id.
fn left<'l>(tree: &Tree, card: CardId, lines: impl Iterator<Item = &'l str>) -> BTreeSet<&str> {
    let card = tree.card(card);
    let lines: Vec<Line> = lines.map(Line::new).collect();
    let mut left: BTreeSet<&str> = card.causes.iter().map(|cause| cause.id.as_str()).collect();
    for tell in &card.training.cause_clues {
        let pattern = Compiled::new(&tell.pattern);
        if lines.iter().any(|line| pattern.matches(line)) {
            left.retain(|cause| tell.leaves.iter().any(|at| card.causes[*at].id == *cause));
        }
    }
    left
}

fn shown(exercise: &Recognize) -> Vec<&str> {
    let tree = &exercise.subject.tree;
    let lines: Vec<&str> = match exercise.telling() {
        [] => exercise.lines().iter().map(String::as_str).collect(),
        telling => telling.iter().map(|at| exercise.lines()[*at].as_str()).collect(),
    };
    let clues = exercise.clues().iter().map(|clue| tree.option(clue.question, clue.option).label.as_str());
    lines.into_iter().chain(clues).collect()
}

/// Returns the causes of the exercise's card that a choice treats.
///
/// There are none if the choice is of another card.
fn treated<'t>(tree: &'t Tree, card: CardId, choice: &RemedyChoice) -> BTreeSet<&'t str> {
    let (of, remedy) = (choice.remedy.card, tree.remedy(choice.remedy).unwrap());
    let own = tree.card(card);
    let fixes = remedy.fixes.iter().filter(|_| of == card);
    fixes.map(|cause| own.causes[*cause].id.as_str()).collect()
}

fn name(tree: &Tree, choice: &RemedyChoice) -> String {
    tree.remedy(choice.remedy).unwrap().id.to_string()
}

/// Returns the chance ÷ the cost of a remedy.
///
/// Only the causes that are left count.
fn worth(tree: &Tree, card: CardId, remedy: &Remedy, left: &BTreeSet<&str>) -> f64 {
    let own = tree.card(card);
    let treats = remedy.fixes.iter().filter(|cause| left.contains(own.causes[**cause].id.as_str()));
    let chance: f64 = treats.map(|cause| own.causes[*cause].likelihood.weight()).sum();
    chance / remedy.takes.weight() / remedy.effect.weight()
}

/// Returns whether a choice may come first, if these causes are left.
///
/// If the card reads first, a change is right only if it is the best one and treats all that the lines leave.
fn is_supported(tree: &Tree, card: CardId, choice: &RemedyChoice, left: &BTreeSet<&str>) -> bool {
    let (own, treated) = (tree.card(card), treated(tree, card, choice));
    let observes = |remedy: &Remedy| remedy.effect == Effect::Observe;
    let best = |is_observing: bool| {
        let remedies = own.remedies.iter().filter(|remedy| observes(remedy) == is_observing);
        remedies.map(|remedy| worth(tree, card, remedy, left)).fold(0.0, f64::max)
    };
    let remedy = tree.remedy(choice.remedy).unwrap();
    if observes(remedy) {
        let first = remedies(own, |_| None)[0].remedy;
        return choice.remedy.card == card && (choice.remedy.index == first || !treated.is_disjoint(left));
    }
    let reads_first = best(true) > 0.0 && best(true) > best(false) - 1e-9;
    let is_told = left.len() < own.causes.len() || own.causes.len() == 1;
    let is_settled = is_told && left.is_subset(&treated) && worth(tree, card, remedy, left) > best(false) - 1e-9;
    if reads_first { is_settled } else { !treated.is_disjoint(left) }
}

fn is_sound(tree: &Tree, card: CardId, choices: &[RemedyChoice], left: &BTreeSet<&str>, about: &str) {
    assert_eq!(choices.iter().filter(|choice| choice.is_best).count(), 1, "{about}");
    for choice in choices {
        let is_supported = is_supported(tree, card, choice, left);
        assert_eq!(choice.is_right, is_supported, "{about}: {} after {left:?}", name(tree, choice));
        assert!(choice.is_right || !choice.is_best, "{about}");
        assert!(choice.why.len() > 20 && !choice.why.ends_with(": "), "{about}: {}", choice.why);
    }
}

#[test]
fn what_a_line_supports_is_right_and_what_it_excludes_is_wrong() {
    let material = oci();
    let tree = material.tree();
    for card in cards(tree) {
        let mut samples: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut has_wrong = false;
        for seed in 0..40 {
            let exercise = Recognize::new(material, card, None, seed);
            let shown = shown(&exercise);
            let left = left(tree, card, shown.iter().copied());
            let about = format!("{} {seed} {shown:?}", tree.card(card).id);
            is_sound(tree, card, &exercise.subject.remedies, &left, &about);
            let best = exercise.subject.remedies.iter().find(|choice| choice.is_best).unwrap();
            // Nothing that is offered has more chance by cost.
            let worth = |choice: &RemedyChoice| worth(tree, card, tree.remedy(choice.remedy).unwrap(), &left);
            let others = exercise.subject.remedies.iter().filter(|choice| choice.is_right);
            assert!(others.map(worth).all(|other| worth(best) >= other - 1e-9), "{about}");
            has_wrong |= exercise.subject.remedies.iter().any(|choice| !choice.is_right);
            samples.insert(exercise.decides().to_vec());
        }
        assert!(has_wrong, "{}: nothing is asked", tree.card(card).id);
    }
}

#[test]
fn the_first_thing_is_the_one_that_the_line_shows() {
    let material = oci();
    let tree = material.tree();
    // Card, what the telling line has, the first step, and a change that the line settles, if it settles one.
    for (card, has, first, settled) in [
        ("no-healthy-backends", r#""total-backend-count": 0"#, "read-the-health", Some("fill-the-set")),
        ("certificate-upload-refused", "Expired CA Certificate", "read-the-message", Some("upload-a-good-pair")),
        ("gateway-timeout", r#""backendConnectTime":"-""#, "read-the-times", None),
        ("gateway-timeout", r#""backendConnectTime":"0.00"#, "read-the-times", None),
        ("backend-server-error", r#""backendStatusCode":"504""#, "read-the-status", None),
        ("backends-out-of-service", "OFFLINE", "read-the-set", Some("put-back")),
        ("backend-closed-tls-handshake", "failed to find SNI", "shake-hands-yourself", Some("answer-without-sni")),
        ("health-check-status-mismatch", r#""statusCode":302"#, "read-the-code", Some("correct-the-check")),
        ("health-status-flapping", r#""failures":41"#, "count-the-flips", Some("mend-the-backend")),
    ] {
        let id = tree.find_card(card).unwrap();
        let mut seeds = (0..200).map(|seed| Recognize::new(material, id, None, seed));
        let found = seeds.find(|it| it.telling().iter().any(|at| it.lines()[*at].contains(has)));
        let exercise = found.unwrap_or_else(|| panic!("{card}: no line with {has}"));
        let best = exercise.subject.remedies.iter().find(|choice| choice.is_best).unwrap();
        assert_eq!(name(tree, best), first, "{card}: {has}");
        let changes = |choice: &&RemedyChoice| tree.remedy(choice.remedy).unwrap().effect != Effect::Observe;
        let right = exercise.subject.remedies.iter().filter(|choice| choice.is_right && !choice.is_best);
        let right: Vec<String> = right.filter(changes).map(|choice| name(tree, choice)).collect();
        assert_eq!(right.first().map(String::as_str), settled, "{card}: {has}: {right:?}");
    }
}

/// Both modes judge a line by the line alone.
///
/// It has the same remedies in both.
#[test]
fn what_is_right_in_a_line_is_not_wrong_in_an_incident() {
    let material = oci();
    let tree = material.tree();
    let id = tree.find_card("sticky-session-no-fallback").unwrap();
    for mode in [Mode::Recognize, Mode::Incident] {
        for seed in 0..10 {
            let exercise = Exercise::new(material, mode, id, None, seed);
            let own = exercise.remedies().iter().filter(|choice| choice.remedy.card == id);
            assert!(own.clone().count() > 1, "{mode:?} {seed}");
            assert!(own.clone().all(|choice| choice.is_right == choice.is_best), "{mode:?} {seed}");
            let best = exercise.remedies().iter().find(|choice| choice.is_best).unwrap();
            assert_eq!(name(tree, best), "read-persistence");
            // A change that fits a cause is too early, not wrong for the card.
            let others = own.filter(|choice| !choice.is_best);
            assert!(others.clone().all(|choice| choice.why.starts_with("too early: it fixes ")), "{mode:?} {seed}");
        }
    }
}

/// Returns the checks of an incident that show some of these texts.
fn with<'i>(incident: &'i Incident, texts: &[&str]) -> Vec<&'i Check> {
    let has = |check: &&Check| check.shows.iter().any(|line| texts.iter().any(|text| line.contains(text)));
    incident.checks().iter().filter(has).collect()
}

#[test]
fn in_an_incident_what_was_opened_decides() {
    let material = oci();
    let tree = material.tree();
    for (card, seeds, has, right, wrong) in [
        ("health-check-tls-mismatch", 0..8, "HTTP/1.1 200 OK", "force-plaintext", "stop-forcing-plaintext"),
        ("certificate-upload-refused", 0..8, "-pubout", "upload-a-good-pair", "correct-ca-and-depth"),
        ("health-status-flapping", 0..8, "code=killed", "mend-the-backend", "loosen-the-policy"),
        ("backend-server-error", 0..8, "order database", "restore-the-dependency", "repair-the-application"),
    ] {
        let id = tree.find_card(card).unwrap();
        let mut opened = 0;
        for seed in seeds {
            let exercise = Exercise::Incident(Incident::new(material, id, seed));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            let Some(check) = with(incident, &[has]).first().copied() else { continue };
            opened += 1;
            let moves = [DrillAction::Check(check.question), DrillAction::Name { card: id, typed: false }];
            let (_, choices) = exercise.offered(&exercise.play(&moves));
            for choice in &choices {
                let name = name(tree, choice);
                assert!(choice.is_right || name != right, "{card} {seed}: {choices:?}");
                assert!(!choice.is_right || name != wrong, "{card} {seed}: {choices:?}");
            }
            assert!(choices.iter().any(|choice| choice.is_best), "{card} {seed}: {choices:?}");
        }
        assert!(opened > 0, "{card}: nothing shows {has}");
    }
}

/// A page does not say which of two proxies sent it.
#[test]
fn a_page_that_a_proxy_sends_as_well_is_no_telling_line() {
    let material = oci();
    let tree = material.tree();
    for card in ["gateway-timeout", "backend-server-error"] {
        let id = tree.find_card(card).unwrap();
        for seed in 0..40 {
            let exercise = Recognize::new(material, id, None, seed);
            let telling = exercise.telling().iter().map(|at| exercise.lines()[*at].as_str());
            assert!(telling.clone().all(|line| !line.contains("504 Gateway Time")), "{card} {seed}");
            assert!(telling.count() > 0, "{card} {seed}");
        }
    }
    let page = "<center><h1>504 Gateway Time-out</h1></center>";
    let hits = material.recognizer().evidence(&EvidenceSource::file(""), page).hits;
    assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [HitKind::Hint]);
    let cards = hits.iter().flat_map(|hit| &hit.cards).map(|card| tree.card(*card).id.as_str());
    assert_eq!(cards.collect::<BTreeSet<_>>(), BTreeSet::from(["backend-server-error", "gateway-timeout"]));
}

/// No exercise shows status 400 or 502 without what decides.
///
/// Many cards have these.
#[test]
fn a_status_that_many_cards_have_is_not_shown_alone() {
    let material = oci();
    let tree = material.tree();
    for (card, has) in [("backends-out-of-service", r#""-, -""#), ("header-too-large", r#""sslProtocol":"""#)] {
        let id = tree.find_card(card).unwrap();
        for seed in 0..40 {
            let exercise = Recognize::new(material, id, None, seed);
            let line = &exercise.lines()[exercise.telling()[0]];
            assert!(!line.contains("lbStatusCode") || line.contains(has), "{card} {seed}: {line}");
            let decides = exercise.decides().join(" ");
            assert!(!line.contains(r#""-, -""#) || decides.contains("-, -"), "{card} {seed}: {decides}");
        }
    }
}

/// No exercise shows the client's status after an access rule.
///
/// No source documents it.
#[test]
fn what_no_source_says_is_not_shown() {
    let material = oci();
    let id = material.tree().find_card("denied-by-access-rule").unwrap();
    for seed in 0..12 {
        let line = Recognize::new(material, id, None, seed).lines().join("\n");
        let incident = Incident::new(material, id, seed);
        let shown = incident.checks().iter().flat_map(|check| &check.shows);
        for line in line.lines().chain(incident.alarm().lines()).chain(shown.map(String::as_str)) {
            let is_of_rule = line.contains("ACL rule") && line.contains("lbStatusCode");
            assert!(!is_of_rule && !line.contains(r#""lbStatusCode": "4"#) && !line.contains("403"), "{seed}: {line}");
        }
    }
}

/// Every remedy is judged by the output of the checks made.
#[test]
fn in_every_incident_nothing_is_wrong_that_was_not_excluded() {
    let material = oci();
    let tree = material.tree();
    for card in cards(tree) {
        for seed in 0..2 {
            let exercise = Exercise::Incident(Incident::new(material, card, seed));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            for made in (0..=incident.checks().len()).step_by(4) {
                let checks = &incident.checks()[..made];
                let moves: Vec<DrillAction> = checks.iter().map(|check| DrillAction::Check(check.question)).collect();
                let lines = || checks.iter().flat_map(|check| &check.shows).map(String::as_str);
                let left = left(tree, card, lines().chain(incident.alarm().lines()));
                if left.is_empty() {
                    // The shown lines are about several things.
                    continue;
                }
                let (_, choices) = exercise.offered(&exercise.play(&moves));
                let about = format!("{} {seed} after {made}", tree.card(card).id);
                is_sound(tree, card, &choices, &left, &about);
            }
        }
    }
}

#[test]
fn wrong_remedies_of_look_alikes_are_named_in_reports() {
    let material = oci();
    let tree = material.tree();
    let card = tree.find_card("sticky-session-no-fallback").unwrap();
    let mut exercises = (0..20).map(|seed| Exercise::Recognize(Recognize::new(material, card, None, seed)));
    let is_of_other = |exercise: &Exercise| exercise.remedies().iter().any(|choice| choice.remedy.card != card);
    let exercise = exercises.find(is_of_other).unwrap();
    let other = exercise.remedies().iter().find(|choice| choice.remedy.card != card);
    let step = DrillAction::Remedy(other.unwrap().remedy);
    let words = step.words(tree, card).unwrap();
    assert_eq!(words.read(tree, card), Some(step));
    assert!(format!("{words:?}").contains('/'), "{words:?}");
    let named = [DrillAction::Name { card, typed: false }, step];
    let played = exercise.play(&right_line(&exercise).into_iter().chain(named).collect::<Vec<_>>());
    assert_eq!(exercise.points(&played), 70);
    // Every remedy of a look-alike changes something, because looking is never wrong.
    for card in cards(tree) {
        for at in &tree.card(card).training.wrong {
            assert_ne!(tree.remedy(*at).unwrap().effect, Effect::Observe);
        }
    }
}

const FUSE: &str = include_str!("../fixtures/lamp/cards/fuse-blown.json");
const BULB: &str = include_str!("../fixtures/lamp/cards/bulb-burnt-out.json");

#[test]
fn what_tells_of_nothing_and_what_leaves_nothing_to_do_is_found() {
    let two = r#""causes": [{"id": "cold", "text": "It was cold."}, "#;
    let with = |drill: &str| {
        let card = BULB.replacen("\"title\"", &format!("\"drill\": {drill},\n  \"title\""), 1);
        card.replacen(r#""causes": ["#, two, 1).replacen(r#""fixes": ["old"]"#, r#""fixes": ["old", "cold"]"#, 1)
    };
    let tell =
        |text: &str, leaves: &str| format!(r#"{{"text": "{text}", "leaves": ["{leaves}"], "says": "it is so"}}"#);
    let tells = |all: &[String]| format!(r#"{{"tells": [{}]}}"#, all.join(", "));
    for (drill, expected) in [
        (tells(&[tell("no resistance", "old")]), None),
        (tells(&[tell("in the attic", "old")]), Some("drill.tells[0] is in no output that exercises show")),
        (
            tells(&[tell("resistance", "old"), tell("bulb", "cold")]),
            Some("drill.tells leaves no cause that a remedy treats, of `bulb 7 has no resistance`"),
        ),
        (
            r#"{"wrong": {"fuse-blown": ["look-at-the-fuse"]}}"#.to_owned(),
            Some("drill.wrong: `look-at-the-fuse` changes nothing, and a look is never wrong"),
        ),
    ] {
        let (tree, problems) = lamp_with("cards/bulb-burnt-out.json", &with(&drill));
        assert_eq!(problems, [], "{drill}");
        let found = prove(&Arc::new(tree)).1;
        let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, expected.into_iter().collect::<Vec<_>>(), "{drill}");
        assert!(found.iter().all(|problem| problem.code == Code::DrillFailed), "{drill}");
    }
}

#[test]
fn what_is_wrong_with_what_tells_causes_apart_is_found() {
    let with = |drill: &str| FUSE.replacen("\"title\"", &format!("\"drill\": {drill},\n  \"title\""), 1);
    for (drill, code) in [
        (r#"{"tells": [{"text": "x", "leaves": ["nobody"], "says": "x"}]}"#, Code::UnknownCause),
        (r#"{"tells": [{"text": "x", "leaves": [], "says": "x"}]}"#, Code::BadValue),
        (r#"{"tells": [{"text": "x", "leaves": ["too-many-lamps"]}]}"#, Code::MissingField),
        (r#"{"tells": [{"json": "$..x", "leaves": ["too-many-lamps"], "says": "x"}]}"#, Code::BadPattern),
        (r#"{"wrong": {"bulb-burnt": ["change-the-bulb"]}}"#, Code::UnknownCard),
        (r#"{"wrong": {"bulb-burnt-out": ["hang-a-bulb"]}}"#, Code::UnknownRemedy),
        (r#"{"wrong": {"fuse-blown": ["look-at-the-fuse"]}}"#, Code::BadValue),
    ] {
        let (_, problems) = lamp_with("cards/fuse-blown.json", &with(drill));
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [code], "{drill}: {problems:?}");
    }
}

/// A tree without clues is judged by the likelihood of causes.
#[test]
fn without_more_the_order_of_the_card_says_what_is_first() {
    for material in materials() {
        let tree = material.tree();
        for card in cards(tree).into_iter().filter(|card| tree.card(*card).training.cause_clues.is_empty()) {
            let exercise = Recognize::new(material, card, None, 3);
            let all: BTreeSet<&str> = tree.card(card).causes.iter().map(|cause| cause.id.as_str()).collect();
            let about = &tree.card(card).id;
            is_sound(tree, card, &exercise.subject.remedies, &all, about);
        }
    }
}
