//! What a list is made of: columns that are named, and cells that are told to people, compared, and written for programs.

use crate::cli::style::Style;
use crate::domain::lang::Lang;
use crate::i18n;
use jiff::Timestamp;
use serde::Serialize;

/// What one list has as rows: it serializes as a record of JSON, and has columns for people.
pub trait TableRow: Serialize + Send + Sync + Sized + 'static {
    fn columns() -> Vec<Column<Self>>;
    /// What it is called by in another command.
    fn id(&self) -> String;
}

/// A value in a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    /// Several texts, such as tags.
    Texts(Vec<String>),
    /// Words of the contract.
    Words(Vec<String>),
    /// What it is counted as, and what people read.
    Number(f64, String),
    Time(Timestamp),
    Flag(bool),
    /// Nobody knows; what people read.
    Unknown(String),
    Absent,
}

/// What kind of cells a column has, and so what can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Word,
    Number,
    Time,
    Flag,
}

impl Cell {
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Absent } else { Self::Text(text.to_owned()) }
    }

    pub fn optional(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Absent, |text| Self::text(&text.to_string()))
    }

    /// A word of the contract. What is left unsaid, or said to be unspecified, is not known.
    pub fn word(word: &str) -> Self {
        if word.is_empty() || word.ends_with("_UNSPECIFIED") {
            return Self::unknown();
        }
        Self::Words(vec![word.to_owned()])
    }

    pub fn number(number: impl Into<f64> + ToString + Copy) -> Self {
        Self::Number(number.into(), number.to_string())
    }

    /// What is not known is not 0.
    pub fn known(number: Option<u32>) -> Self {
        number.map_or_else(Self::unknown, Self::number)
    }

    /// The same number, told to people as an estimate if it is one.
    pub fn about(self, estimated: bool) -> Self {
        match self {
            Self::Number(number, said) if estimated => Self::Number(number, format!("~{said}")),
            cell => cell,
        }
    }

    pub fn number_or_absent(number: Option<u32>) -> Self {
        number.map_or(Self::Absent, Self::number)
    }

    pub fn unknown() -> Self {
        Self::Unknown("?".to_owned())
    }

    pub fn time(time: Option<Timestamp>) -> Self {
        time.map_or(Self::Absent, Self::Time)
    }

    /// For people.
    pub fn display(&self, style: &Style) -> String {
        let words = &i18n::of(style.lang).columns;
        match self {
            // One row is one line.
            Self::Text(text) => text.replace('\n', " "),
            Self::Number(_, text) | Self::Unknown(text) => text.clone(),
            Self::Texts(texts) if texts.is_empty() => "-".to_owned(),
            Self::Texts(texts) => texts.join(", "),
            Self::Words(words) if words.is_empty() => "-".to_owned(),
            Self::Words(words) => words.join(","),
            Self::Time(time) => style.time(*time),
            Self::Flag(yes) => if *yes { words.yes } else { words.no }.to_owned(),
            Self::Absent => "-".to_owned(),
        }
    }

    /// For programs: what is not known is empty, as what there is not.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Texts(texts) => texts.join(", "),
            Self::Words(words) => words.join(" "),
            Self::Number(value, _) => value.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Flag(yes) => yes.to_string(),
            Self::Unknown(..) | Self::Absent => String::new(),
        }
    }

    /// Nothing is in it.
    pub fn blank(&self) -> bool {
        match self {
            Self::Texts(texts) | Self::Words(texts) => texts.is_empty(),
            cell => matches!(cell, Self::Unknown(..) | Self::Absent),
        }
    }

    /// What a search looks through.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) | Self::Number(_, text) => vec![text],
            Self::Texts(texts) | Self::Words(texts) => texts.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// When a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    Always,
    /// Left out where the terminal is too narrow.
    Spare,
    /// Only where it is asked for.
    Extra,
}

type Value<T> = Box<dyn Fn(&T) -> Cell + Send + Sync>;
type Said<T> = Box<dyn Fn(&T, Lang) -> String + Send + Sync>;

/// A column of a list.
pub struct Column<T> {
    /// How it is named in `--columns`, `--filter` and `--sort`.
    pub key: &'static str,
    /// Another name for it, which is its heading.
    pub title: &'static str,
    pub kind: Kind,
    /// The words that its cells may have; empty where they are not known.
    pub known: &'static [&'static str],
    /// Its texts may be cut where the terminal is too narrow.
    pub flexible: bool,
    value: Value<T>,
    said: Option<Said<T>>,
    visibility: Visibility,
}

impl<T: 'static> Column<T> {
    fn new(kind: Kind, key: &'static str, value: fn(&T) -> Cell) -> Self {
        let value = Box::new(value);
        Self { key, title: key, kind, known: &[], flexible: false, value, said: None, visibility: Visibility::Always }
    }

    /// Texts that may be long.
    pub fn text(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self { flexible: true, ..Self::new(Kind::Text, key, value) }
    }

    /// Ids and other texts that are never cut.
    pub fn id(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self::new(Kind::Text, key, value)
    }

    pub fn word(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self::new(Kind::Word, key, value)
    }

    pub fn number(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self::new(Kind::Number, key, value)
    }

    pub fn time(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self::new(Kind::Time, key, value)
    }

    pub fn flag(key: &'static str, value: fn(&T) -> Cell) -> Self {
        Self::new(Kind::Flag, key, value)
    }

    pub fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    /// In the words of a language, where the cell has those of the contract.
    pub fn said(self, said: fn(&T, Lang) -> String) -> Self {
        Self { said: Some(Box::new(said)), ..self }
    }

    pub fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    pub fn cut(self) -> Self {
        Self { flexible: true, ..self }
    }

    pub fn spare(self) -> Self {
        Self { visibility: Visibility::Spare, ..self }
    }

    pub fn extra(self) -> Self {
        Self { visibility: Visibility::Extra, ..self }
    }

    /// The same column of what has the row within it.
    pub fn within<U: 'static>(self, row: fn(&U) -> &T) -> Column<U> {
        let Self { key, title, kind, known, flexible, value, said, visibility } = self;
        let said = said.map(|said| Box::new(move |of: &U, lang: Lang| said(row(of), lang)) as Said<U>);
        Column { key, title, kind, known, flexible, value: Box::new(move |of| value(row(of))), said, visibility }
    }

    pub fn is_named(&self, name: &str) -> bool {
        [self.key, self.title].iter().any(|key| key.eq_ignore_ascii_case(&name.replace('_', "-")))
    }

    pub fn shown(&self) -> bool {
        self.visibility != Visibility::Extra
    }

    pub fn is_spare(&self) -> bool {
        self.visibility == Visibility::Spare
    }

    pub fn heading(&self, lang: Lang) -> String {
        self.name(lang).to_uppercase()
    }

    /// What it is called beside a single value.
    pub fn name(&self, lang: Lang) -> String {
        let name = (i18n::of(lang).columns.heading)(self.title).map(str::to_owned);
        name.unwrap_or_else(|| {
            let title = self.title.replace('-', " ");
            let (first, rest) = title.split_at_checked(1).unwrap_or_default();
            first.to_uppercase() + rest
        })
    }

    pub fn cell(&self, row: &T) -> Cell {
        (self.value)(row)
    }

    /// For people.
    pub fn display(&self, row: &T, style: &Style) -> String {
        match &self.said {
            Some(said) if style.lang != Lang::En => {
                let cell = self.cell(row);
                if cell.blank() { cell.display(style) } else { said(row, style.lang) }
            }
            _ => self.cell(row).display(style),
        }
    }
}
