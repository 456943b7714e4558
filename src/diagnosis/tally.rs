//! What was found so far; its size does not depend on how much was read.

use std::sync::Arc;

use super::{Answer, Certainty, Diagnosis, Finding, Sample};
use crate::tree::Tree;
use crate::walk::{Evidence, Hit, Proof};

/// What was found so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many records or lines were looked at.
    pub records: u64,
    pub(super) found: Vec<(Arc<Tree>, Evidence)>,
}

impl Tally {
    /// Adds what was found in what comes after.
    pub fn append(&mut self, later: Tally) {
        self.records += later.records;
        self.found.extend(later.found);
    }

    /// What it comes down to. The inputs are left for whoever read them.
    pub fn diagnosis(&self) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        for (tree, evidence) in &self.found {
            for hit in &evidence.hits {
                for card in &hit.cards {
                    let sample = Sample { provenance: hit.provenance.clone(), risk: None };
                    let captures: Vec<_> =
                        hit.captures.iter().map(|(n, v)| (n.clone(), vec![(v.clone(), 1)])).collect();
                    let same = |f: &&mut Finding| f.card == *card && f.tree.id == tree.id;
                    match diagnosis.findings.iter_mut().find(same) {
                        Some(f) => {
                            f.count += 1;
                            f.samples.push(sample);
                        }
                        None => diagnosis.findings.push(Finding {
                            tree: Arc::clone(tree),
                            card: *card,
                            certainty: if hit.cards.len() == 1 { Certainty::Matched } else { Certainty::Possible },
                            count: 1,
                            times: None,
                            captures,
                            samples: vec![sample],
                            decoded: Vec::new(),
                        }),
                    }
                }
            }
            for proof in &evidence.proofs {
                let sample = Sample { provenance: proof.provenance.clone(), risk: None };
                let same =
                    |a: &&mut Answer| a.question == proof.question && a.option == proof.option && a.tree.id == tree.id;
                match diagnosis.answers.iter_mut().find(same) {
                    Some(a) => a.count += 1,
                    None => diagnosis.answers.push(Answer {
                        tree: Arc::clone(tree),
                        question: proof.question,
                        option: proof.option,
                        count: 1,
                        samples: vec![sample],
                    }),
                }
            }
        }
        diagnosis
    }
}

impl Diagnosis {
    /// What a walk of a tree learns from it.
    pub fn evidence(&self, tree: &Tree) -> Evidence {
        let mut evidence = Evidence::default();
        for finding in self.findings.iter().filter(|f| f.tree.id == tree.id) {
            for sample in &finding.samples {
                match evidence.hits.iter_mut().find(|hit| hit.provenance == sample.provenance) {
                    Some(hit) => hit.cards.push(finding.card),
                    None => evidence.hits.push(Hit {
                        cards: vec![finding.card],
                        captures: finding
                            .captures
                            .iter()
                            .filter_map(|(n, v)| Some((n.clone(), v.first()?.0.clone())))
                            .collect(),
                        count: 1,
                        provenance: sample.provenance.clone(),
                    }),
                }
            }
        }
        for answer in self.answers.iter().filter(|a| a.tree.id == tree.id) {
            evidence.proofs.extend(answer.samples.first().map(|sample| Proof {
                question: answer.question,
                option: answer.option,
                count: answer.count,
                provenance: sample.provenance.clone(),
            }));
        }
        evidence
    }
}
