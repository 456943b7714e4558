//! Says where names and addresses are replaced.

use std::borrow::Cow;

use crate::case::{Redactor, redact_walk};
use crate::export::values::looks_usual;
use crate::text::CleanText;
use crate::walk::Walk;

/// The places in which names and addresses are replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redaction {
    /// Nowhere.
    Never,
    /// In reports and notes for a ticket.
    #[default]
    Reports,
    /// In what is copied, too.
    Everything,
}

impl Redaction {
    /// Returns whether notes and reports are redacted.
    pub fn is_for_reports(self) -> bool {
        self != Redaction::Never
    }

    /// Returns the walk to report about, and what was replaced in it.
    pub fn report<'w>(self, walk: &'w Walk) -> (Cow<'w, Walk>, Redactor) {
        let mut redactor = Redactor::default();
        match self.is_for_reports() {
            true => {
                let is_usual = |name: &str, value: &CleanText| looks_usual(walk.tree(), name, value);
                (Cow::Owned(redact_walk(walk, &mut redactor, &is_usual)), redactor)
            }
            false => (Cow::Borrowed(walk), redactor),
        }
    }
}
