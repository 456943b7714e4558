//! Fields of a record by folded name.

use crate::text::fold_name_onto;

/// Folded names of fields with their values, in one buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldList {
    text: String,
    /// The ends of the name and the value of each field.
    ends: Vec<(usize, usize)>,
}

impl FieldList {
    /// Adds a field; its name is folded.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        if self.ends.is_empty() {
            // Enough for a small record, so that the buffers rarely grow.
            self.text.reserve(128);
            self.ends.reserve(8);
        }
        fold_name_onto(&mut self.text, name);
        let end = self.text.len();
        self.text.push_str(value);
        self.ends.push((end, self.text.len()));
    }

    /// Returns the number of fields.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there is no field.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns each name with its value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |&(name, end)| {
            let field = (self.text.get(start..name), self.text.get(name..end));
            start = end;
            (field.0.unwrap_or_default(), field.1.unwrap_or_default())
        })
    }
}
