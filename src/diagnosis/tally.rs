//! What was found so far; its size does not depend on how much was read.

use super::Diagnosis;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many records or lines were looked at.
    pub records: u64,
}

impl Tally {
    /// Adds what was found in what comes after.
    pub fn append(&mut self, later: Tally) {
        self.records += later.records;
    }

    /// What it comes down to. The inputs are left for whoever read them.
    pub fn diagnosis(&self) -> Diagnosis {
        Diagnosis::default()
    }
}
