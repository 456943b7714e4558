//! The table that begins at a line, if any.

/// The result of looking for a table at a line.
#[derive(Debug)]
pub(crate) enum FoundTable<T> {
    /// The line begins no table.
    No,
    /// More bytes are needed to tell.
    More,
    /// A table whose first row comes after `skip` bytes.
    Rows {
        /// The bytes of the header.
        skip: usize,
        /// The names and the layout.
        table: T,
    },
    /// Names with values in two columns, which are one row.
    Pairs {
        /// The bytes of the table.
        length: usize,
        /// The names with their values.
        pairs: Vec<(String, String)>,
    },
}

impl<T> FoundTable<T> {
    /// Turns the table into another form.
    pub(super) fn map<U>(self, form: impl FnOnce(T) -> U) -> FoundTable<U> {
        match self {
            FoundTable::No => FoundTable::No,
            FoundTable::More => FoundTable::More,
            FoundTable::Rows { skip, table } => FoundTable::Rows { skip, table: form(table) },
            FoundTable::Pairs { length, pairs } => FoundTable::Pairs { length, pairs },
        }
    }
}
