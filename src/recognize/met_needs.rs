//! Finds the patterns whose needs a line meets.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::AhoCorasick;

use super::record::Line;
use crate::tree::model::{Needs, PatternId};

/// Lines from which one automaton looks for all texts.
///
/// For fewer, it takes longer to build than to look for each text by itself.
const MANY_LINES: usize = 100;

/// Finds the patterns whose needs a line meets.
#[derive(Debug, Default)]
pub(super) struct MetNeeds {
    /// The lines that were looked at.
    lines: AtomicUsize,
    /// `None` if the automaton cannot be built.
    texts: OnceLock<Option<NeededTexts>>,
}

/// The texts that patterns need, to be found together.
#[derive(Debug)]
struct NeededTexts {
    automaton: AhoCorasick,
    /// The position of the pattern that needs each text.
    positions: Vec<usize>,
}

impl MetNeeds {
    /// Returns the positions of the patterns that a line may match.
    ///
    /// They ascend.
    pub(super) fn of(&self, line: &Line, needs: &[(PatternId, Needs)]) -> Vec<usize> {
        let is_met = |(at, (_, needs)): (usize, &(PatternId, Needs))| line.may_have(needs).then_some(at);
        let is_early = self.lines.fetch_add(1, Ordering::Relaxed) < MANY_LINES;
        let texts = if is_early { None } else { self.texts.get_or_init(|| NeededTexts::new(needs)).as_ref() };
        let Some(NeededTexts { automaton, positions }) = texts else {
            return needs.iter().enumerate().filter_map(is_met).collect();
        };
        let found = automaton.find_overlapping_iter(line.lower());
        let mut met: Vec<usize> =
            found.filter_map(|found| positions.get(found.pattern().as_usize()).copied()).collect();
        met.extend(needs.iter().enumerate().filter(|(_, (_, needs))| !needs.is_text()).filter_map(is_met));
        met.sort_unstable();
        met.dedup();
        met
    }
}

impl NeededTexts {
    fn new(needs: &[(PatternId, Needs)]) -> Option<Self> {
        let texts = needs.iter().enumerate().filter_map(|(at, (_, needs))| match needs {
            Needs::Text(text) => Some((at, text.as_bytes())),
            Needs::Fields(_) | Needs::Levels { .. } => None,
        });
        let (positions, texts): (Vec<usize>, Vec<&[u8]>) = texts.unzip();
        Some(Self { automaton: AhoCorasick::new(texts).ok()?, positions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn many_lines_are_read_like_few() {
        let library = Library::embedded();
        let tree = &library.trees[0];
        let (few, many) = (MetNeeds::default(), MetNeeds::default());
        many.lines.store(MANY_LINES, Ordering::Relaxed);
        let samples = tree.signatures().flat_map(|(_, signature)| &signature.samples).take(MANY_LINES);
        for sample in samples {
            let line = Line::new(sample);
            assert_eq!(few.of(&line, &tree.needs), many.of(&line, &tree.needs), "{sample}");
        }
        assert!(few.texts.get().is_none() && many.texts.get().is_some_and(Option::is_some));
    }
}
