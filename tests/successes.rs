//! Lines that show that something works point to no card.
//!
//! They rule out the cards that they disprove.

use wherefore::internals::app::keys::KeyContext;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::export::diagnosis::{Style, text};
use wherefore::internals::store::Library;
use wherefore::internals::walk::{EvidenceSource, RuledOutBy};

use crate::embedded_trees::load_balancer;
use crate::screens::{USUAL, draw, type_keys};

const ENSURED: &str = "  Normal  EnsuringLoadBalancer  2m   service-controller  Ensuring load balancer\n  \
                       Normal  EnsuredLoadBalancer   58s  service-controller  Ensured load balancer\n";
const PENDING: &str = "failed to ensure load balancer: Unable to get Load Balancer Client. Error: no credentials";

fn model() -> Model {
    let mut model = Model::new(vec![load_balancer()], Theme::default(), None);
    update(&mut model, Msg::Resize(USUAL.0, USUAL.1));
    model
}

fn shown(model: &Model) -> String {
    draw(model, USUAL).backend().to_string()
}

/// Returns the cards that successes rule out.
fn ruled_out(model: &Model) -> Vec<String> {
    let walk = model.shared.session.walk.as_ref().expect("a walk is under way");
    let by_success = walk.verdicts().ruled_out.iter().filter(|(_, by)| matches!(by, RuledOutBy::Success(_)));
    by_success.map(|(card, _)| walk.tree().card(*card).id.to_string()).collect()
}

#[test]
fn a_diagnosis_says_what_a_success_speaks_against() {
    let scanner = Scanner::new(&Library::embedded().trees);
    let diagnosis = diagnose_text(&scanner, &EvidenceSource::file("service.txt"), ENSURED);
    assert!(diagnosis.findings.is_empty() && diagnosis.answers.is_empty(), "{diagnosis:?}");
    let told = text(&diagnosis, None, Style { width: 80, unicode: false, is_plain: true });
    let expected =
        "It contradicts:\n  Kubernetes: the service gets no external address (1 line, first\n    service.txt:2)\n";
    assert!(told.contains(expected) && told.contains("Nothing in it points to a card."), "{told}");
}

#[test]
fn a_success_begins_no_walk_and_joins_the_case() {
    let mut model = model();
    update(&mut model, Msg::Paste(ENSURED.to_owned()));
    assert!(model.shared.session.walk.is_none());
    let mut model = self::model();
    type_keys(&mut model, "enter");
    update(&mut model, Msg::Paste(ENSURED.to_owned()));
    assert_eq!(ruled_out(&model), ["oke-service-pending"]);
    type_keys(&mut model, "e");
    let screen = shown(&model);
    assert!(screen.contains("Rules out: Kubernetes: the service gets no external address"), "{screen}");
    type_keys(&mut model, "enter");
    assert!(shown(&model).contains("EnsuredLoadBalancer 58s"), "{}", shown(&model));
}

#[test]
fn a_success_and_a_failure_of_one_card_contradict_each_other() {
    let mut model = model();
    update(&mut model, Msg::Paste(format!("{PENDING}\nSync failed")));
    update(&mut model, Msg::Paste(ENSURED.to_owned()));
    assert_eq!(model.context(), KeyContext::SameIncident);
    let screen = shown(&model);
    assert!(screen.contains("EnsuredLoadBalancer") && screen.contains("contradicts"), "{screen}");
    type_keys(&mut model, "1");
    assert_eq!(ruled_out(&model), [""; 0], "the failure is named");
}
