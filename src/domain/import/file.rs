//! A file or a paste as a table, with how it was read.

use super::encoding::{Encoding, decode};
use super::table::{self, Table, Unreadable};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTable {
    pub table: Table,
    pub encoding: Encoding,
    /// Characters that could not be read.
    pub unreadable: usize,
}

impl ReadTable {
    /// Reads bytes.
    ///
    /// # Errors
    /// They are no table.
    pub fn of(bytes: &[u8]) -> Result<Self, Unreadable> {
        let decoded = decode(bytes);
        let table = table::read(&decoded.text)?;
        Ok(Self { table, encoding: decoded.encoding, unreadable: decoded.unreadable })
    }
}
