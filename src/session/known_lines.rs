//! Looks up the lines that no signature explains.

use crate::diagnosis::{Diagnosis, KnownByWords};
use crate::lookup::{Searcher, Usage};

/// The most kinds of lines that are looked up.
///
/// More than are shown; each costs about a millisecond.
const MAX_LOOKED_UP: usize = 50;

/// Tells lines of which a search is sure from unexplained ones.
pub fn look_up_unexplained(diagnosis: &mut Diagnosis, searcher: &Searcher) {
    let mut left = Vec::new();
    for (at, lines) in std::mem::take(&mut diagnosis.unexplained.templates).into_iter().enumerate() {
        let found = (at < MAX_LOOKED_UP).then(|| searcher.search(&lines.provenance.text, &Usage::default(), 1));
        match found.filter(|found| found.is_sure).and_then(|found| found.matches.into_iter().next()) {
            Some(found) => {
                diagnosis.unexplained.count = diagnosis.unexplained.count.saturating_sub(lines.count);
                diagnosis.known_by_words.push(KnownByWords { tree: found.tree, card: found.card, lines });
            }
            None => left.push(lines),
        }
    }
    diagnosis.unexplained.templates = left;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::{Scanner, diagnose_text};
    use crate::store::Library;
    use crate::walk::EvidenceSource;

    #[test]
    fn a_line_of_which_the_search_is_sure_is_not_unexplained() {
        let trees = Library::embedded().trees;
        let text = "denied by http acl rule\nthe disk crashed: error 7\n";
        let mut diagnosis = diagnose_text(&Scanner::new(&trees), &EvidenceSource::Paste, text);
        assert_eq!((diagnosis.unexplained.count, diagnosis.known_by_words.len()), (2, 0));
        look_up_unexplained(&mut diagnosis, &Searcher::new(&trees));
        let known = diagnosis.known_by_words.iter().map(|known| known.tree.card(known.card).id.as_str());
        assert_eq!(known.collect::<Vec<_>>(), ["denied-by-access-rule"]);
        assert_eq!(diagnosis.unexplained.count, 1);
        assert!(diagnosis.unexplained.templates[0].provenance.text.contains("disk"), "{diagnosis:?}");
    }
}
