//! Tests that the embedded trees have no problems and keep their promises.
//!
//! The test also proves the small tree that snapshots of screens show.

use wherefore::internals::prove::prove;
use wherefore::internals::store::Library;

use crate::screens::house;

#[test]
fn the_embedded_trees_are_proved() {
    let library = Library::embedded();
    assert_eq!(library.problems, []);
    for tree in &library.trees {
        let (proof, problems) = prove(tree);
        assert_eq!(problems, [], "{}", tree.id);
        assert!(proof.worst_answers <= 4, "{proof:?}");
        assert!(proof.mean_answers <= 3.0, "{proof:?}");
    }
}

#[test]
fn the_small_tree_of_the_screens_is_proved() {
    for tree in house() {
        assert_eq!(prove(&tree).1, []);
    }
}
