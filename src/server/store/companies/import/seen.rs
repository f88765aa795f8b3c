//! What rows tell of seats, limit and status: facts of the source IMPORT, with the time of the import.

use crate::domain::facts::{Coverage, FactSource};
use crate::domain::import::row::ImportRow;
use crate::server::sql::Transaction;
use crate::server::store::companies::edit::Column;
use crate::server::store::companies::facts::{self, FactValue, KeptFact, Observation};
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, next_seq};

/// A figure that is told again after so long is of now, in milliseconds: a day.
const RENEWED: i64 = 24 * 3_600_000;

fn observation(row: &ImportRow, now: i64) -> Observation {
    let values = [
        row.filled.map(|filled| FactValue::Seats { filled, members: None, guests: None }),
        row.seat_limit.map(|limit| FactValue::SeatLimit { limit: Some(limit).filter(|limit| *limit > 0) }),
        row.status.as_ref().map(|state| FactValue::Link { state: state.as_str().to_owned() }),
    ];
    let values = values.into_iter().flatten().collect();
    Observation { source: FactSource::Import, as_of: now, coverage: Coverage::Exact, values }
}

/// What imports told before.
pub fn before(tx: &Transaction<'_>, company_n: i64) -> Result<Vec<KeptFact>, StoreError> {
    facts::of_source(tx, company_n, &FactSource::Import)
}

/// See [`facts::enter`].
pub fn enter(
    tx: &Transaction<'_>,
    requester: &Requester,
    company: (&str, Vec<Column>),
    row: &ImportRow,
) -> Result<i64, StoreError> {
    facts::enter(tx, requester, company, &observation(row, requester.now))
}

/// The company gets its next revision from the caller.
pub fn observe(tx: &Transaction<'_>, requester: &Requester, company_n: i64, row: &ImportRow) -> Result<(), StoreError> {
    facts::observe(tx, requester, company_n, &observation(row, requester.now)).map(drop)
}

/// The table says what is known already: then it is known anew. Answers what imports told before, if that made a
/// difference. The company keeps its revision, as nothing of it was changed.
pub fn renew(
    tx: &Transaction<'_>,
    requester: &Requester,
    company_n: i64,
    row: &ImportRow,
) -> Result<Option<Vec<KeptFact>>, StoreError> {
    let seen = observation(row, requester.now);
    let before = before(tx, company_n)?;
    let fresh = |value: &FactValue| {
        before.iter().any(|kept| kept.says(value) && kept.as_of > requester.now.saturating_sub(RENEWED))
    };
    if seen.values.iter().all(fresh) {
        return Ok(None);
    }
    facts::observe(tx, requester, company_n, &seen)?;
    publish(tx, company_n)?;
    Ok(Some(before))
}

/// Puts back what imports told before.
pub fn put_back(tx: &Transaction<'_>, company_n: i64, before: &[KeptFact]) -> Result<(), StoreError> {
    facts::put_back(tx, company_n, &FactSource::Import, before)
}

/// Who asks what changed hears of it.
pub fn publish(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let seq = next_seq(tx)?;
    tx.prepare_cached("UPDATE companies SET seq = ? WHERE n = ?")?.execute((seq, company_n))?;
    Ok(())
}
