//! Remembers which signatures match samples of others.

use std::sync::Mutex;

use foldhash::HashMap;

use crate::tree::SignatureId;

/// Whether signatures match samples of others, by pairs.
///
/// The signatures of a tree meet in lines again and again, and a sample is read only once for each pair.
#[derive(Debug, Default)]
pub(super) struct SampleFits(Mutex<HashMap<(SignatureId, SignatureId), bool>>);

impl SampleFits {
    /// Returns what is known of a pair.
    pub(super) fn get(&self, id: SignatureId, other: SignatureId) -> Option<bool> {
        self.0.lock().ok()?.get(&(id, other)).copied()
    }

    /// Remembers whether the first signature matches a sample of the second.
    pub(super) fn insert(&self, id: SignatureId, other: SignatureId, fits: bool) {
        if let Ok(mut known) = self.0.lock() {
            known.insert((id, other), fits);
        }
    }
}
