//! What a column is by what stands in it: for tables without a header.

use super::number::{Count, count};
use super::table::Row;
use crate::domain::company::CompanyState;
use crate::domain::website;

/// So many rows tell.
const LOOK: usize = 500;

/// The kind of everything in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Status,
    Number,
    /// 26 characters, as 1Password's ids have.
    Uuid,
    Website,
    /// The same in every row: a button.
    Constant,
    Text,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Status => "status",
            Self::Number => "number",
            Self::Uuid => "uuid",
            Self::Website => "website",
            Self::Constant => "constant",
            Self::Text => "text",
        }
    }
}

/// A status in the words of the console and of this program, in English and German.
pub(super) fn status(text: &str) -> Option<CompanyState> {
    let first = text.lines().next().unwrap_or_default();
    match first.trim().to_lowercase().as_str() {
        "active" | "aktiv" => Some(CompanyState::Active),
        "pending" | "ausstehend" => Some(CompanyState::Pending),
        "suspended" | "gesperrt" => Some(CompanyState::Suspended),
        "unlinked" | "getrennt" => Some(CompanyState::Unlinked),
        _ => None,
    }
}

/// 26 characters of capital letters and digits.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

pub(super) fn kinds(rows: &[Row]) -> Vec<Kind> {
    let width = rows.iter().take(LOOK).map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width).map(|column| kind(rows, column)).collect()
}

fn kind(rows: &[Row], column: usize) -> Kind {
    let cells = || rows.iter().take(LOOK).filter_map(|row| row.cells.get(column)).map(|cell| cell.trim());
    let filled = || cells().filter(|cell| !cell.is_empty());
    let all = |fits: &dyn Fn(&str) -> bool| filled().all(fits);
    let Some(first) = filled().next() else { return Kind::Empty };
    match () {
        () if all(&|cell| status(cell).is_some()) => Kind::Status,
        () if all(&|cell| count(cell).is_ok()) && filled().any(|cell| !matches!(count(cell), Ok(Count::Unknown))) => {
            Kind::Number
        }
        () if all(&is_uuid) => Kind::Uuid,
        () if all(&|cell| !cell.contains(char::is_whitespace) && website::parse(cell).is_some()) => Kind::Website,
        () if rows.len() > 1 && all(&|cell| cell == first) => Kind::Constant,
        () => Kind::Text,
    }
}
