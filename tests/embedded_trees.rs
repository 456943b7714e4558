//! Tests that the embedded trees have no problems and keep their promises.

use wherefore::internals::prove::prove;
use wherefore::internals::store::Library;

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
