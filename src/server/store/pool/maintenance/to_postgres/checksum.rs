//! Whether two tables have the same rows, in whatever order they come.

use super::CopiedTable;
use super::tables::Table;
use crate::server::sql::ValueRef;
use ring::digest::{Context, SHA256};
use std::fmt::Write as _;

/// How many rows, and the sum of their SHA-256.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Checksum {
    pub rows: u64,
    sum: [u8; 32],
}

impl Checksum {
    pub fn add(&mut self, values: &[ValueRef<'_>]) {
        let mut context = Context::new(&SHA256);
        for value in values {
            match value {
                ValueRef::Null => context.update(&[0]),
                ValueRef::Integer(number) => {
                    context.update(&[1]);
                    context.update(&number.to_be_bytes());
                }
                // With its length: a text must not run into the next one.
                ValueRef::Text(text) => {
                    context.update(&[2]);
                    context.update(&(text.len() as u64).to_be_bytes());
                    context.update(text.as_bytes());
                }
            }
        }
        self.rows += 1;
        let mut carry = 0_u16;
        for (place, more) in self.sum.iter_mut().zip(context.finish().as_ref()) {
            let [high, low] = (u16::from(*place) + u16::from(*more) + carry).to_be_bytes();
            (*place, carry) = (low, high.into());
        }
    }

    pub fn of(&self, table: &Table) -> CopiedTable {
        let mut checksum = String::new();
        for byte in self.sum {
            // Writing to a text cannot fail.
            let _ = write!(checksum, "{byte:02x}");
        }
        CopiedTable { table: table.name.clone(), rows: self.rows, checksum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueRef::{Integer, Null, Text};

    fn of(rows: &[&[ValueRef<'_>]]) -> Checksum {
        let mut sum = Checksum::default();
        for row in rows {
            sum.add(row);
        }
        sum
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let (one, other): (&[_], &[_]) = (&[Integer(1), Text("a")], &[Integer(2), Null]);
        assert_eq!(of(&[one, other]), of(&[other, one]));
        let all = [
            of(&[]),
            of(&[one]),
            of(&[one, one]),
            of(&[one, other]),
            of(&[&[Text("a"), Integer(1)]]),
            of(&[&[Text("1"), Text("a")]]),
            of(&[&[Text(""), Text("")]]),
            of(&[&[Null, Text("")]]),
            of(&[&[Text("ab"), Text("c")]]),
            of(&[&[Text("a"), Text("bc")]]),
        ];
        for (place, sum) in all.iter().enumerate() {
            assert!(!all[..place].contains(sum), "{place}");
        }
    }
}
