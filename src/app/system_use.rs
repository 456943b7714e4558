//! Says what a system is picked for.

use crate::session::ReadEvidence;

/// The use of the system that is picked.
#[derive(Clone, Debug)]
pub enum SystemUse {
    /// Answer its questions.
    Walk,
    /// Train with its exercises.
    Practice,
    /// Begin a walk with a code that these systems know.
    Evidence(Vec<ReadEvidence>),
}

/// Returns the line with the code that several systems know.
pub fn code_line(read: &[ReadEvidence]) -> &str {
    let proofs = read.iter().flat_map(|read| &read.evidence.proofs);
    proofs.map(|proof| proof.provenance.text.as_str()).next().unwrap_or_default()
}
