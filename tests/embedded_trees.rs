//! Tests that the embedded trees have no problems and keep their promises.
//!
//! The test also proves the small tree that snapshots of screens show.

use std::sync::Arc;

use wherefore::internals::export::report;
use wherefore::internals::prove::{TreeProof, prove};
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;

use crate::screens::house;

/// Returns the embedded tree of Oracle Cloud's load balancer.
pub(crate) fn load_balancer() -> Arc<Tree> {
    let tree = Library::embedded().trees.into_iter().find(|tree| tree.id == "oci-load-balancer");
    tree.expect("it is embedded")
}

#[test]
fn the_embedded_trees_are_proved() {
    let library = Library::embedded();
    assert_eq!(library.problems, []);
    for tree in &library.trees {
        let (proof, problems) = prove(tree);
        assert_eq!(problems, [], "{}", tree.id);
        assert!(proof.worst_answers <= 4, "{proof:?}");
        assert!(proof.mean_answers <= 3.0, "{proof:?}");
        let extent = extent(&proof);
        let all = if proof.is_partial { "only the first" } else { "all" };
        assert!(extent.starts_with(&format!("{all} {} states visited", proof.states)), "{extent}");
    }
}

/// The line that says how many states were visited.
fn extent(proof: &TreeProof) -> String {
    report::proof("x", proof).lines().nth(1).unwrap().trim().to_owned()
}

#[test]
fn the_small_tree_of_the_screens_is_proved() {
    for tree in house() {
        let (proof, problems) = prove(&tree);
        assert_eq!(problems, []);
        let extent = extent(&proof);
        assert!(extent.starts_with(&format!("all {} states visited", proof.states)), "{extent}");
    }
}
