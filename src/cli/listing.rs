//! A list as it was asked for: which rows in which order, which columns, and how they are written. One way for every
//! command that lists.

use crate::cli::Exit;
use crate::cli::args::{ListArgs, ListFormat};
use crate::cli::column::{Cell, Column, Kind, TableRow};
use crate::cli::error::CliError;
use crate::cli::filter::{self, Test};
use crate::cli::output::stops;
use crate::cli::style::Style;
use crate::cli::table::{Layout, Table, name};
use crate::config;
use crate::domain::alphabet;
use crate::domain::export::{self, Delimiter};
use crate::domain::roster::finds;
use std::cmp::Ordering;
use std::io::{self, Write};

/// For a list that stopped before its end.
pub const FOR_ALL: &str = "for all of them: --limit 0";

pub struct Listing<T> {
    pub format: ListFormat,
    /// `--columns` was given.
    pub chosen: bool,
    columns: Vec<Column<T>>,
    /// Which columns, in which order.
    shown: Vec<usize>,
    tests: Vec<Test>,
    search: String,
    /// By which column; true from the highest down.
    sort: Option<(usize, bool)>,
    most: usize,
    delimiter: Option<Delimiter>,
    style: Style,
}

impl<T: TableRow> Listing<T> {
    /// # Errors
    /// A column or a value is named that there is not.
    pub fn of(args: &ListArgs, style: &Style) -> Result<Self, CliError> {
        let columns = T::columns();
        let wrong = |flag: &str, said: String| CliError::Message(format!("{flag}: {said}."), Exit::Usage);
        let tests = args.filter.iter().map(|text| Test::read(text, &columns, style)).collect::<Result<_, _>>();
        let tests = tests.map_err(|said| wrong("--filter", said))?;
        let sort = args.sort.as_deref().map(|text| {
            let (descending, key) = text.trim().strip_prefix('-').map_or((false, text.trim()), |key| (true, key));
            filter::named(key, &columns).map(|column| (column, descending))
        });
        let sort = sort.transpose().map_err(|said| wrong("--sort", said))?;
        let format = args.format.unwrap_or(ListFormat::Table);
        let shown = shown(args, &columns, format).map_err(|said| wrong("--columns", said))?;
        Ok(Self {
            format,
            chosen: !args.columns.is_empty(),
            shown,
            tests,
            search: args.search.clone().unwrap_or_default(),
            sort,
            most: args.most(),
            delimiter: args.delimiter,
            ..Self::plain(style)
        })
    }

    /// As it goes without saying.
    pub fn plain(style: &Style) -> Self {
        let columns = T::columns();
        let shown = (0..).zip(&columns).filter(|(_, column)| column.shown()).map(|(at, _)| at).collect();
        let (format, style) = (ListFormat::Table, style.clone());
        let (tests, search, most) = (Vec::new(), String::new(), usize::MAX);
        Self { format, chosen: false, columns, shown, tests, search, sort: None, most, delimiter: None, style }
    }

    /// Whether every row has to be there before the first can be written.
    pub fn narrows(&self) -> bool {
        !self.tests.is_empty() || self.sort.is_some() || !self.search.trim().is_empty()
    }

    /// The rows that were asked for, in their order, and what is to be said if there are more.
    pub fn arrange(&self, rows: Vec<T>) -> (Vec<T>, Option<String>) {
        let mut rows = self.found(rows);
        if let Some((column, descending)) = self.sort.and_then(|(at, down)| Some((self.columns.get(at)?, down))) {
            let mut keyed: Vec<_> = rows.into_iter().map(|row| (key(&column.cell(&row)), row)).collect();
            keyed.sort_by(|(a, _), (b, _)| compare(a.as_ref(), b.as_ref(), descending));
            rows = keyed.into_iter().map(|(_, row)| row).collect();
        }
        let count = rows.len();
        let more = (count > self.most).then(|| stops(self.most, Some(count as u64), FOR_ALL));
        rows.truncate(self.most);
        (rows, more)
    }

    /// The rows that were asked for, without a limit.
    pub fn found(&self, mut rows: Vec<T>) -> Vec<T> {
        rows.retain(|row| self.passes(row));
        rows
    }

    fn passes(&self, row: &T) -> bool {
        let holds = |test: &Test| self.columns.get(test.column).is_some_and(|column| test.holds(&column.cell(row)));
        if !self.tests.iter().all(holds) {
            return false;
        }
        if self.search.trim().is_empty() {
            return true;
        }
        let cells: Vec<Cell> = self.columns.iter().map(|column| column.cell(row)).collect();
        finds(&self.search, cells.iter().flat_map(Cell::texts))
    }

    /// Writes rows that are all there.
    pub fn write(&self, rows: &[T], out: &mut dyn Write) -> Result<(), CliError> {
        match self.format {
            ListFormat::Json => {
                serde_json::to_writer_pretty(&mut *out, rows).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            ListFormat::Jsonl | ListFormat::Ids => rows.iter().try_for_each(|row| self.write_line(row, out))?,
            ListFormat::Csv => out.write_all(self.csv(rows)?.as_bytes())?,
            ListFormat::Table => {
                let mut table = self.table();
                for row in rows {
                    self.push(&mut table, row);
                }
                table.write(out)?;
            }
        }
        Ok(())
    }

    /// Writes one row where each has a line of its own.
    pub fn write_line(&self, row: &T, out: &mut dyn Write) -> io::Result<()> {
        if self.format == ListFormat::Ids {
            return writeln!(out, "{}", row.id());
        }
        serde_json::to_writer(&mut *out, row)?;
        writeln!(out)
    }

    pub fn table(&self) -> Table {
        let columns: Vec<_> = self.shown().collect();
        let places =
            |test: fn(&Column<T>) -> bool| (0..).zip(&columns).filter(|(_, it)| test(it)).map(|(at, _)| at).collect();
        let layout = Layout {
            right: places(|column| column.kind == Kind::Number),
            flexible: places(|column| column.flexible),
            spare: if self.chosen { Vec::new() } else { places(Column::is_spare) },
            width: self.style.width,
        };
        Table::new(columns.iter().map(|column| column.heading(self.style.lang)), layout)
    }

    pub fn push(&self, table: &mut Table, row: &T) {
        table.push(self.shown().map(|column| {
            let told = column.display(row, &self.style);
            if column.flexible && column.kind == Kind::Text { name(&told) } else { told }
        }));
    }

    /// As text for people.
    pub fn text<'a>(&self, rows: impl IntoIterator<Item = &'a T>) -> String {
        let mut table = self.table();
        rows.into_iter().for_each(|row| self.push(&mut table, row));
        table.to_string()
    }

    pub fn delimiter(&self) -> Delimiter {
        self.delimiter.unwrap_or_else(|| Delimiter::of_locale(&config::number_locale()))
    }

    fn csv(&self, rows: &[T]) -> Result<String, CliError> {
        let header = self.shown().map(|column| column.key.replace('-', "_")).collect();
        let cells = rows.iter().map(|row| self.shown().map(|column| column.cell(row).plain()).collect());
        let text = export::table(std::iter::once(header).chain(cells), self.delimiter());
        text.ok_or_else(|| CliError::Output(io::Error::other("no table can be made")))
    }

    fn shown(&self) -> impl Iterator<Item = &Column<T>> {
        self.shown.iter().filter_map(|at| self.columns.get(*at))
    }
}

/// Which columns: those that are named; else all of them for programs, and those for people in a table.
fn shown<T: 'static>(args: &ListArgs, columns: &[Column<T>], format: ListFormat) -> Result<Vec<usize>, String> {
    let named: Vec<&str> = args.columns.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let all = named.iter().any(|name| name.eq_ignore_ascii_case("all"));
    if named.is_empty() || all {
        let every = all || format == ListFormat::Csv;
        return Ok((0..).zip(columns).filter(|(_, column)| every || column.shown()).map(|(at, _)| at).collect());
    }
    named.into_iter().map(|name| filter::named(name, columns)).collect()
}

/// What is compared of a cell, made once for each row.
enum Key {
    Number(f64),
    Text(Vec<u8>),
}

fn key(cell: &Cell) -> Option<Key> {
    Some(match cell {
        cell if cell.blank() => return None,
        Cell::Number(value, _) => Key::Number(*value),
        Cell::Time(time) => Key::Number(time.as_duration().as_secs_f64()),
        Cell::Flag(yes) => Key::Number(f64::from(u8::from(*yes))),
        cell => Key::Text(alphabet::key(&cell.plain())),
    })
}

/// What is blank comes last in either direction.
fn compare(a: Option<&Key>, b: Option<&Key>, descending: bool) -> Ordering {
    let order = match (a, b) {
        (None, None) => return Ordering::Equal,
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
        (Some(Key::Number(a)), Some(Key::Number(b))) => a.total_cmp(b),
        (Some(Key::Text(a)), Some(Key::Text(b))) => a.cmp(b),
        (Some(Key::Number(_)), Some(Key::Text(_))) => Ordering::Less,
        (Some(Key::Text(_)), Some(Key::Number(_))) => Ordering::Greater,
    };
    if descending { order.reverse() } else { order }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::all_profiles::Profiled;
    use crate::cli::commands::attention::Item;
    use crate::domain::activity::Event;
    use crate::domain::company::Company;
    use crate::domain::import::reconcile::Compared;
    use crate::domain::import::run::ImportRun;
    use crate::domain::lang::Lang;
    use crate::domain::link::LinkRequest;
    use crate::domain::people::Person;
    use crate::domain::recovery::Recovery;
    use crate::domain::roster::tests::company;
    use crate::domain::setup::Step;
    use crate::domain::source::Source;
    use crate::domain::task::Task;
    use crate::domain::technician::Technician;
    use crate::domain::usage::{CompanyUsage, Day};
    use crate::domain::vault::Vault;
    use crate::i18n;
    use jiff::tz::TimeZone;

    fn style() -> Style {
        Style { lang: Lang::En, zone: TimeZone::UTC, width: None }
    }

    fn companies() -> Vec<Company> {
        let mut alpen = company("A", "Alpen GmbH");
        (alpen.seats.filled, alpen.owners.confirmed, alpen.tags) =
            (Some(40), Some(0), vec!["north".into(), "vip".into()]);
        alpen.create_time = "2026-11-01T00:00:00Z".parse().ok();
        let mut zoo = company("B", "Zoo Müller");
        (zoo.seats.filled, zoo.owners.confirmed, zoo.external_id) = (None, None, Some("K-9".into()));
        let mut mills = company("C", "Mills");
        (mills.seats.filled, mills.owners.confirmed) = (Some(9), Some(2));
        vec![alpen, zoo, mills]
    }

    fn asked(args: &ListArgs) -> Result<Vec<String>, String> {
        match Listing::of(args, &style()) {
            Ok(listing) => {
                Ok(listing.arrange(companies()).0.into_iter().map(|company| company.id.to_string()).collect())
            }
            Err(CliError::Message(said, Exit::Usage)) => Err(said),
            Err(error) => panic!("{args:?}: {:?}", crate::cli::error::report(&mut Vec::new(), error)),
        }
    }

    #[test]
    fn filters_test_one_column_each() {
        for (filter, wanted) in [
            (&["seats>=40"][..], &["A"][..]),
            (&["seats<40"], &["C"]),
            (&["seats:9,40"], &["A", "C"]),
            (&["seats:unknown"], &["B"]),
            (&["seats!=9"], &["A", "B"]),
            (&["owners:0"], &["A"]),
            (&["name:muller"], &["B"]),
            (&["company:mueller"], &["B"]),
            (&["name=mills"], &["C"]),
            (&["name=mill"], &[]),
            (&["tags:north,south"], &["A"]),
            (&["tag!=VIP"], &["B", "C"]),
            (&["tags:none"], &["B", "C"]),
            (&["tags:any", "seats>1"], &["A"]),
            (&["status:active"], &["A", "B", "C"]),
            (&["status!=ACTIVE"], &[]),
            (&["created<2026-11-02"], &["A"]),
            (&["external_id:k-9"], &["B"]),
        ] {
            let filter = filter.iter().map(|&text| text.to_owned()).collect();
            let found = asked(&ListArgs { filter, ..ListArgs::default() });
            assert_eq!(found.as_deref(), Ok(&wanted.iter().map(|&id| id.to_owned()).collect::<Vec<_>>()[..]));
        }
    }

    #[test]
    fn what_cannot_be_filtered_or_ordered_by_says_what_can() {
        for (wrong, said) in [
            ("colour:red", "there is no column \"colour\", but name, status"),
            ("status:activ", "status has no \"activ\", but active, pending, suspended, unlinked"),
            ("status>active", "status has no order"),
            ("seats:many", "seats is compared with a number"),
            ("created<soon", "created is compared with a time"),
            ("seats", "write it like seats:VALUE"),
            ("name:", "write it like name:VALUE"),
        ] {
            let args = ListArgs { filter: vec![wrong.to_owned()], ..ListArgs::default() };
            assert!(asked(&args).is_err_and(|text| text.starts_with("--filter: ") && text.contains(said)), "{wrong}");
        }
        let sort = |key: &str| asked(&ListArgs { sort: Some(key.to_owned()), ..ListArgs::default() });
        assert!(sort("colour").is_err_and(|said| said.starts_with("--sort: there is no column")));
        assert_eq!(sort("seats"), Ok(vec!["C".into(), "A".into(), "B".into()]), "what is not known comes last");
        assert_eq!(sort("-seats"), Ok(vec!["A".into(), "C".into(), "B".into()]));
        assert_eq!(sort("-name"), Ok(vec!["B".into(), "C".into(), "A".into()]));
    }

    #[test]
    fn each_format_has_the_rows_in_its_own_way() {
        let written = |format, columns: &[&str], limit| {
            let columns = columns.iter().map(|&key| key.to_owned()).collect();
            let delimiter = Some(Delimiter::COMMA);
            let args = ListArgs { format: Some(format), columns, limit, delimiter, ..ListArgs::default() };
            let Ok(listing) = Listing::of(&args, &style()) else { panic!("{args:?}") };
            let (rows, more) = listing.arrange(companies());
            let mut out = Vec::new();
            assert!(listing.write(&rows, &mut out).is_ok());
            (String::from_utf8(out).unwrap(), more)
        };
        let (ids, more) = written(ListFormat::Ids, &[], Some(2));
        assert_eq!((ids.as_str(), more.as_deref()), ("A\nB\n", Some("2 of 3 shown; for all of them: --limit 0")));
        assert_eq!(written(ListFormat::Jsonl, &[], Some(0)).0.lines().count(), 3);
        assert_eq!(
            written(ListFormat::Csv, &["id", "seats", "tag", "created"], None).0,
            "id,seats,tags,created\nA,40,\"north, vip\",2026-11-01T00:00:00Z\nB,,,\nC,9,,\n"
        );
        let table = "SEATS  CREATED            TAGS\n   40  2026-11-01 00:00Z  north, vip\n    ?  -                  -\n    9  -                  -\n";
        assert_eq!(written(ListFormat::Table, &["seats", "CREATED", "tags"], None).0, table);
    }

    #[test]
    fn every_column_has_a_german_heading_and_a_name_of_its_own() {
        fn check<T: TableRow>() {
            let columns = T::columns();
            for (at, column) in columns.iter().enumerate() {
                assert!((i18n::of(Lang::De).columns.heading)(column.title).is_some(), "{}", column.title);
                let first = columns.iter().position(|other| other.is_named(column.key));
                assert_eq!(first, Some(at), "{}", column.key);
            }
        }
        check::<Profiled<Company>>();
        check::<Item>();
        check::<Event>();
        check::<Compared>();
        check::<ImportRun>();
        check::<LinkRequest>();
        check::<Person>();
        check::<Recovery>();
        check::<Source>();
        check::<Step>();
        check::<Task>();
        check::<Technician>();
        check::<CompanyUsage>();
        check::<Day>();
        check::<Vault>();
    }
}
