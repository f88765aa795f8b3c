//! `--filter`: one test of a column. `status:active,pending`, `name:keel`, `seats>=40`, `owners:unknown`,
//! `created<2026-01-01`, `tags!=vip`.

use crate::cli::args::words::as_typed;
use crate::cli::column::{Cell, Column, Kind};
use crate::cli::style::Style;
use crate::clock;
use crate::domain::moment;
use crate::domain::roster::{finds, spellings};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    /// Has it: a part of a text, one of the words.
    Has,
    Is,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The longer ones first: each is looked for where the key ends.
const OPS: [(&str, Op); 7] = [
    ("!=", Op::IsNot),
    (">=", Op::AtLeast),
    ("<=", Op::AtMost),
    (":", Op::Has),
    ("=", Op::Is),
    (">", Op::Above),
    ("<", Op::Below),
];

/// What a cell is compared with.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Unknown,
    None,
    Any,
    Text(String),
    Number(f64),
    Time(Timestamp),
    Flag(bool),
}

/// A test of one column; one of the values has to hold.
#[derive(Debug, Clone)]
pub struct Test {
    /// Which column.
    pub column: usize,
    op: Op,
    values: Vec<Value>,
}

impl Test {
    /// Reads `KEY:VALUE[,VALUE…]`.
    ///
    /// # Errors
    /// A sentence without its end: there is no such column, or no such value of it.
    pub fn read<T: 'static>(text: &str, columns: &[Column<T>], style: &Style) -> Result<Self, String> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').unwrap_or(text.len());
        let (key, rest) = text.split_at(end);
        let column = named(key, columns)?;
        let found = OPS.iter().find_map(|(sign, op)| Some((*op, rest.strip_prefix(sign)?)));
        let (op, values) = found
            .filter(|(_, values)| !values.trim().is_empty())
            .ok_or_else(|| format!("write it like {key}:VALUE, or with = != < <= > >= in place of the colon"))?;
        let kind = columns.get(column).map_or(Kind::Text, |column| column.kind);
        if !matches!(op, Op::Has | Op::Is | Op::IsNot) && !matches!(kind, Kind::Number | Kind::Time) {
            return Err(format!("{key} has no order: write {key}:VALUE, {key}=VALUE or {key}!=VALUE"));
        }
        let known = columns.get(column).map(|column| column.known).unwrap_or_default();
        let values: Result<Vec<_>, _> =
            values.split(',').map(|value| read(key, value.trim(), kind, known, style)).collect();
        Ok(Self { column, op, values: values? })
    }

    pub fn holds(&self, cell: &Cell) -> bool {
        let holds = self.values.iter().any(|value| self.fits(cell, value));
        if self.op == Op::IsNot { !holds } else { holds }
    }

    fn fits(&self, cell: &Cell, value: &Value) -> bool {
        match (cell, value) {
            (cell, Value::Any) => !cell.blank(),
            (Cell::Unknown(_), Value::Unknown) => true,
            (Cell::Unknown(_), Value::None) => false,
            (cell, Value::None) => cell.blank(),
            (Cell::Number(number, _), Value::Number(value)) => self.compares(number.partial_cmp(value)),
            (Cell::Time(time), Value::Time(value)) => self.compares(Some(time.cmp(value))),
            (Cell::Flag(flag), Value::Flag(value)) => flag == value,
            (Cell::Words(words), Value::Text(value)) => words.iter().any(|word| as_typed(word) == as_typed(value)),
            (Cell::Text(text), Value::Text(value)) => self.matches(text, value),
            (Cell::Texts(texts), Value::Text(value)) => texts.iter().any(|text| self.matches(text, value)),
            _ => false,
        }
    }

    fn matches(&self, text: &str, value: &str) -> bool {
        if self.op == Op::Has {
            finds(value, [text].into_iter())
        } else {
            spellings(text).first() == spellings(value).first()
        }
    }

    fn compares(&self, order: Option<std::cmp::Ordering>) -> bool {
        order.is_some_and(|order| match self.op {
            Op::Has | Op::Is | Op::IsNot => order.is_eq(),
            Op::Below => order.is_lt(),
            Op::AtMost => order.is_le(),
            Op::Above => order.is_gt(),
            Op::AtLeast => order.is_ge(),
        })
    }
}

/// Where the column of this name stands.
///
/// # Errors
/// There is none; the names that there are.
pub fn named<T: 'static>(key: &str, columns: &[Column<T>]) -> Result<usize, String> {
    let keys = || columns.iter().map(|column| column.key).collect::<Vec<_>>().join(", ");
    columns
        .iter()
        .position(|column| column.is_named(key))
        .ok_or_else(|| format!("there is no column \"{key}\", but {}", keys()))
}

fn read(key: &str, value: &str, kind: Kind, known: &[&'static str], style: &Style) -> Result<Value, String> {
    match value.to_ascii_lowercase().as_str() {
        "unknown" => return Ok(Value::Unknown),
        "none" => return Ok(Value::None),
        "any" => return Ok(Value::Any),
        _ => {}
    }
    match kind {
        Kind::Word if !known.is_empty() && !known.iter().any(|word| as_typed(word) == as_typed(value)) => {
            let words: Vec<_> = known.iter().map(|word| as_typed(word)).collect();
            Err(format!("{key} has no \"{value}\", but {}, any, none", words.join(", ")))
        }
        Kind::Text | Kind::Word => Ok(Value::Text(value.to_owned())),
        Kind::Number => value
            .parse()
            .map(Value::Number)
            .map_err(|_| format!("{key} is compared with a number, or unknown, not \"{value}\"")),
        Kind::Time => {
            let moment = moment::read(value, clock::now(), &style.zone);
            let moment = moment.map(|moment| Value::Time(moment.unwrap_or_else(clock::now)));
            moment.map_err(|_| {
                format!("{key} is compared with a time such as 2026-11-28 or \"30d ago\", not \"{value}\"")
            })
        }
        Kind::Flag => match value.to_ascii_lowercase().as_str() {
            "yes" | "true" => Ok(Value::Flag(true)),
            "no" | "false" => Ok(Value::Flag(false)),
            _ => Err(format!("{key} is yes, no or unknown, not \"{value}\"")),
        },
    }
}
