//! Which column is which field, and by what a table of the same make is known again.

use super::columns::Field;

/// Which column holds what. Made once by hand, it fits every table of the same fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The headers as they compare; for a table without any, the kinds of its columns.
    pub fingerprint: String,
    /// The first row is a header.
    pub header: bool,
    /// A field for each column, or none.
    pub columns: Vec<Option<Field>>,
}

impl Mapping {
    /// The columns that hold a field.
    pub fn of(&self, field: Field) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, is)| **is == Some(field)).map(|(column, _)| column)
    }

    pub fn has(&self, field: Field) -> bool {
        self.of(field).next().is_some()
    }

    /// Companies are told apart by one of these.
    pub fn has_key(&self) -> bool {
        [Field::Name, Field::ExternalId, Field::AccountUuid].into_iter().any(|field| self.has(field))
    }
}
