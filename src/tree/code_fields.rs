//! Fields of records in which codes stand.

use serde::{Deserialize, Serialize};

use crate::text::CleanText;

/// Fields that occur together in a signature, and all hold codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFields {
    /// The names as the author wrote them.
    pub names: Vec<CleanText>,
    /// The number of digits of a code.
    pub digits: usize,
}
