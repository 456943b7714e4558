//! Says what a system is picked for.

/// The use of the system that is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemUse {
    /// Answer its questions.
    Walk,
    /// Train with its exercises.
    Practice,
}
