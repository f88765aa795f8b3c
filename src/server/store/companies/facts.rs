//! What was observed about the companies of a REAL workspace: the latest of each source about each facet. The columns of
//! `companies` show the best of them, so that lists, filters and orders read no facts.

mod shown;

use super::edit::{self, Column};
use super::register;
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::facts::{Coverage, Facet, Fact as DomainFact, FactSource, Figure};
use crate::server::sql::{Transaction, Value, params_from_iter};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::wire::Actor;
use crate::wire::company::{Company, Fact};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shown::{Kept, Shown};

/// What a fact says, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "facet", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FactValue {
    Seats {
        filled: u32,
        members: Option<u32>,
        guests: Option<u32>,
    },
    /// `None` is no limit.
    SeatLimit {
        limit: Option<u32>,
    },
    Roles {
        confirmed: u32,
        invited: Option<u32>,
        names: Vec<String>,
    },
    Recovery {
        open: u32,
    },
    Link {
        state: String,
    },
    /// How many people a source lists; they themselves are in `people`.
    People {
        listed: u32,
    },
}

impl FactValue {
    /// How a company stands.
    pub fn stands(state: &CompanyState) -> Self {
        Self::Link { state: state.as_str().to_owned() }
    }

    fn facet(&self) -> Facet {
        match self {
            Self::Seats { .. } => Facet::Seats,
            Self::SeatLimit { .. } => Facet::SeatLimit,
            Self::Roles { .. } => Facet::Roles,
            Self::Recovery { .. } => Facet::Recovery,
            Self::Link { .. } => Facet::Link,
            Self::People { .. } => Facet::People,
        }
    }

    /// What the contract tells of it where another source says otherwise.
    fn figure(self) -> Figure {
        match self {
            Self::Seats { filled: count, .. }
            | Self::Roles { confirmed: count, .. }
            | Self::Recovery { open: count }
            | Self::People { listed: count } => Figure::Count(count),
            Self::SeatLimit { limit } => Figure::Count(limit.unwrap_or(0)),
            Self::Link { state } => Figure::Word(state),
        }
    }

    /// What the contract calls it where it is declared.
    fn field(&self) -> &'static str {
        match self {
            Self::Seats { .. } => "filled_seats",
            Self::SeatLimit { .. } => "seat_limit",
            Self::Roles { .. } => "owners",
            Self::Recovery { .. } => "open_recoveries",
            Self::Link { .. } => "state",
            Self::People { .. } => "people",
        }
    }
}

/// What one source says about one company at one time, in milliseconds.
pub struct Observation {
    pub source: FactSource,
    pub as_of: i64,
    pub coverage: Coverage,
    pub values: Vec<FactValue>,
}

impl Observation {
    /// What a technician saw in the console.
    pub fn declared(as_of: i64, values: Vec<FactValue>) -> Self {
        Self { source: FactSource::Declared, as_of, coverage: Coverage::Declared, values }
    }
}

/// A fact of one source, to be put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFact {
    facet: String,
    pub as_of: i64,
    observer_id: String,
    observer_name: String,
    coverage: String,
    value: String,
}

impl KeptFact {
    /// Whether it has this value.
    pub fn says(&self, value: &FactValue) -> bool {
        self.facet == value.facet().as_str() && json(value).is_ok_and(|json| json == self.value)
    }
}

/// What one source says about a company.
pub fn of_source(tx: &Transaction<'_>, company_n: i64, source: &FactSource) -> Result<Vec<KeptFact>, StoreError> {
    let sql = "SELECT facet, as_of, observer_id, observer_name, coverage, value FROM facts
               WHERE company_n = ? AND source = ? ORDER BY facet";
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map((company_n, source.as_str()), |row| {
        Ok(KeptFact {
            facet: row.get("facet")?,
            as_of: row.get("as_of")?,
            observer_id: row.get("observer_id")?,
            observer_name: row.get("observer_name")?,
            coverage: row.get("coverage")?,
            value: row.get("value")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lets a source say what it said before, and nothing else.
pub fn put_back(
    tx: &Transaction<'_>,
    company_n: i64,
    source: &FactSource,
    before: &[KeptFact],
) -> Result<(), StoreError> {
    let sql = "DELETE FROM facts WHERE company_n = ? AND source = ?";
    tx.prepare_cached(sql)?.execute((company_n, source.as_str()))?;
    let sql = "INSERT INTO facts (company_n, source, facet, as_of, observer_id, observer_name, coverage, value)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let mut put = tx.prepare_cached(sql)?;
    for kept in before {
        let KeptFact { facet, as_of, observer_id, observer_name, coverage, value } = kept;
        put.execute((company_n, source.as_str(), facet, as_of, observer_id, observer_name, coverage, value))?;
    }
    show(tx, company_n)
}

/// Keeps what a technician says of a company, and answers the company as it stands then. What they saw before something
/// newer was said changes nothing.
pub fn declare(
    tx: &Transaction<'_>,
    requester: &Requester,
    id: &str,
    observation: &Observation,
) -> Result<Company, StoreError> {
    let record = requester.scope.record(tx, id)?;
    if !requester.scope.real {
        let detail = "Companies of a sample are invented: there is nothing to observe.";
        return Err(StoreError::conflict("SAMPLE_WORKSPACE", detail));
    }
    if !observe(tx, requester, record.n, observation)? {
        return Ok(record.company);
    }
    requester.touch(tx, record.n)?;
    let fields: Vec<_> = observation.values.iter().map(FactValue::field).collect();
    requester.audit(tx, Action::CompanyObserved, record.named(), Some(&fields.join(", ")))?;
    Ok(requester.scope.record(tx, id)?.company)
}

/// Keeps what is not older than what the same source said before, and shows the best of all. True when anything was
/// kept. Giving the company its next revision is the caller's.
pub fn observe(
    tx: &Transaction<'_>,
    requester: &Requester,
    company_n: i64,
    observation: &Observation,
) -> Result<bool, StoreError> {
    let kept = keep(tx, company_n, &rows(requester, observation)?)?;
    if kept > 0 {
        show(tx, company_n)?;
    }
    Ok(kept > 0)
}

/// Enters a company with these columns and what is observed of it, which nothing before can contradict. The steps of its
/// set-up are the caller's.
pub fn enter(
    tx: &Transaction<'_>,
    requester: &Requester,
    (id, mut columns): (&str, Vec<Column>),
    observation: &Observation,
) -> Result<i64, StoreError> {
    let rows = rows(requester, observation)?;
    if !rows.is_empty() {
        columns.extend(Shown::of(&rows, None).columns()?);
    }
    let n = register::insert(tx, id, requester.now, columns)?;
    keep(tx, n, &rows)?;
    Ok(n)
}

/// An observation as rows of `facts`, in the order in which they are read.
fn rows(requester: &Requester, observation: &Observation) -> Result<Vec<Kept>, StoreError> {
    let row = |value: &FactValue| {
        let fact = DomainFact {
            facet: value.facet(),
            source: observation.source.clone(),
            as_of: time(observation.as_of),
            coverage: observation.coverage,
            observer: None,
            value: None,
        };
        Ok(Kept { fact, observer: requester.actor.clone(), value: json(value)? })
    };
    let mut rows: Vec<Kept> = observation.values.iter().map(row).collect::<Result<_, StoreError>>()?;
    rows.sort_by(|one, other| one.fact.facet.as_str().cmp(other.fact.facet.as_str()));
    Ok(rows)
}

/// Keeps rows of different facets in one statement. Answers how many were not older than what is kept.
fn keep(tx: &Transaction<'_>, company_n: i64, rows: &[Kept]) -> Result<usize, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "INSERT INTO facts (company_n, facet, source, as_of, coverage, observer_id, observer_name, value) VALUES {}
        ON CONFLICT (company_n, facet, source) DO UPDATE SET as_of = excluded.as_of, observer_id = excluded.observer_id,
            observer_name = excluded.observer_name, coverage = excluded.coverage, value = excluded.value
        WHERE excluded.as_of >= facts.as_of",
        vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; rows.len()].join(", ")
    );
    let values = rows.iter().flat_map(|Kept { fact, observer, value }| {
        let texts = [fact.coverage.as_str(), &observer.id, &observer.display_name, value];
        let key = [fact.facet.as_str(), fact.source.as_str()].map(|text| Value::from(text.to_owned()));
        let texts = texts.map(|text| text.to_owned().into());
        [company_n.into()].into_iter().chain(key).chain([fact.as_of.as_millisecond().into()]).chain(texts)
    });
    Ok(tx.execute(&sql, params_from_iter(values.collect::<Vec<Value>>()))?)
}

fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::internal("a fact could not be written", &error))
}

fn all(tx: &Transaction<'_>, company_n: i64) -> Result<Vec<Kept>, StoreError> {
    let sql = "SELECT facet, source, as_of, coverage, observer_id, observer_name, value FROM facts
               WHERE company_n = ? ORDER BY facet, source";
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map([company_n], |row| {
        let (about, source, as_of): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let fact = DomainFact {
            facet: Facet::from(about.as_str()),
            source: FactSource::from(source.as_str()),
            as_of: time(as_of),
            coverage: Coverage::from(row.get::<_, String>(3)?),
            observer: None,
            value: None,
        };
        let observer = Actor { id: row.get(4)?, display_name: row.get(5)? };
        Ok(Kept { fact, observer, value: row.get(6)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes the best of the facts into the columns of the company.
fn show(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let sql = "SELECT link_time, unlink_time FROM companies WHERE n = ?";
    let (linked, unlinked): (Option<i64>, Option<i64>) =
        tx.prepare_cached(sql)?.query_row([company_n], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let kept = all(tx, company_n)?;
    let shown = Shown::of(&kept, linked);
    let ended = shown.ended;
    edit::store_columns(tx, company_n, shown.columns()?)?;
    if unlinked.is_some() && !ended {
        let sql = "UPDATE companies SET unlink_time = NULL, unlinked_by_id = NULL, unlinked_by_name = NULL,
            trial_end_time = NULL WHERE n = ?";
        tx.prepare_cached(sql)?.execute([company_n])?;
    }
    Ok(())
}

/// The list of facts as a company's row has it.
pub fn read(text: &str) -> Vec<Fact> {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::company::Attention;
    use crate::server::Database;
    use crate::server::random::Ids;
    use crate::server::store::companies::row::RequestScope;
    use crate::server::store::pool::Store;
    use crate::server::workspace::{NewWorkspace, create};

    const DAY: i64 = 86_400_000;
    const NOW: i64 = 20_000 * DAY;

    fn says(source: FactSource, day: i64, coverage: Coverage, filled: u32) -> Observation {
        let values = vec![FactValue::Seats { filled, members: None, guests: None }];
        Observation { source, as_of: NOW - day * DAY, coverage, values }
    }

    /// The company after these observations, in this order, and which of them were kept.
    fn company(observations: &[Observation]) -> (Company, Vec<bool>) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("msp.db"));
        create(&database, &NewWorkspace { name: "Harbour IT".into(), ..NewWorkspace::default() }).unwrap();
        let store = Store::open(&database, false).unwrap();
        let mut scope = RequestScope::of_nobody("A", "1password.eu", "D", NOW);
        scope.real = true;
        let requester = Requester {
            scope: scope.clone(),
            technician_n: 1,
            actor: Actor { id: "T".into(), display_name: "Mira Okafor".into() },
            now: NOW,
            request_id: String::new(),
            client: None,
            ids: Ids::default(),
        };
        let work = |tx: &Transaction<'_>| {
            let n = register::insert(tx, "C", NOW, [])?;
            let kept: Vec<bool> =
                observations.iter().map(|said| observe(tx, &requester, n, said)).collect::<Result<_, _>>()?;
            Ok((scope.record(tx, "C")?.company, kept))
        };
        store.write_now(work).unwrap()
    }

    fn filled(company: &Company) -> Option<u32> {
        company.seats.as_ref().and_then(|seats| seats.filled)
    }

    #[test]
    fn an_import_is_shown_before_a_newer_word_and_the_difference_told() {
        let import = || says(FactSource::Import, 6, Coverage::Exact, 42);
        let word = |day, count| says(FactSource::Declared, day, Coverage::Declared, count);
        let (shown, _) = company(&[word(1, 44), import()]);
        assert_eq!((filled(&shown), &shown.attention[..]), (Some(42), &[Attention::FactsDiffer][..]));
        let values: Vec<_> = shown.facts.iter().map(|fact| (fact.source.as_str(), fact.value.clone())).collect();
        assert_eq!(values, [("DECLARED", Some(Figure::Count(44))), ("IMPORT", None)], "both are told");
        let (same, _) = company(&[import(), word(1, 42)]);
        assert_eq!((filled(&same), same.attention.len()), (Some(42), 0));
        assert!(same.facts.iter().all(|fact| fact.value.is_none()));
        let (older, _) = company(&[import(), word(7, 44)]);
        assert_eq!((filled(&older), older.attention.len()), (Some(42), 0), "what was before is no contradiction");
    }

    #[test]
    fn an_older_fact_never_replaces_a_newer_one_of_the_same_source() {
        let import = |day, count| says(FactSource::Import, day, Coverage::Exact, count);
        let (shown, kept) = company(&[import(3, 40), import(9, 99), import(3, 41)]);
        assert_eq!((filled(&shown), kept), (Some(41), vec![true, false, true]));
        let guess = says(FactSource::UsersApi, 0, Coverage::Estimate, 7);
        assert_eq!(filled(&company(&[guess, import(3, 40)]).0), Some(40), "nor does a newer guess");
    }

    #[test]
    fn imports_are_old_after_thirty_days_and_words_after_ninety() {
        for (source, coverage, days) in
            [(FactSource::Import, Coverage::Exact, 30), (FactSource::Declared, Coverage::Declared, 90)]
        {
            let stale = |day| !company(&[says(source.clone(), day, coverage, 1)]).0.attention.is_empty();
            assert_eq!((stale(days - 1), stale(days)), (false, true), "{source:?}");
        }
    }
}
