//! What a technician saw in the web console, kept as a fact with its date.

use crate::domain::company::CompanyState;
use crate::domain::field::{LARGEST_LIMIT, LONGEST};
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::write::Write;
use crate::server::extract::{JsonObject, Path};
use crate::server::routes::company_edit::{Violations, whole};
use crate::server::store::companies::facts::{self, FactValue, Observation};
use crate::server::store::companies::row::RequestScope;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Names of owners that one observation may hold.
const MOST_OWNERS: usize = 50;
/// Clocks of other machines may be so far ahead, in milliseconds.
const AHEAD: i64 = 60_000;

/// The company as it stands after it.
pub async fn observe(
    write: Write,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let observation = read(&object, scope.now)?;
    let fingerprint = Value::Object(object).to_string();
    write.run_once(fingerprint, move |tx, requester| facts::declare(tx, requester, &id, &observation)).await
}

/// 400 with every field at fault.
fn read(object: &Map<String, Value>, now: i64) -> Result<Observation, ApiError> {
    let mut violations = Violations::default();
    let given = |key: &str| object.get(key).filter(|value| !value.is_null());
    let mut count = |key: &str| {
        let number = whole(given(key)?).and_then(|count| u32::try_from(count).ok());
        let number = number.filter(|count| *count <= LARGEST_LIMIT);
        if number.is_none() {
            violations.add(key, &format!("must be a whole number from 0 to {LARGEST_LIMIT}"));
        }
        number
    };
    let (filled, limit, open) = (count("filled_seats"), count("seat_limit"), count("open_recoveries"));
    let owners = violations.texts(object, "owners", "owners", MOST_OWNERS, LONGEST);
    if owners.as_ref().is_some_and(|names| names.iter().any(String::is_empty)) {
        violations.add("owners", "must not hold a blank name");
    }
    let state = violations.text(object, "state", "state", LONGEST).and_then(|word| {
        let state = CompanyState::KNOWN.into_iter().find(|state| state.as_str() == word);
        if state.is_none() {
            violations.add("state", "must be ACTIVE, PENDING, SUSPENDED or UNLINKED");
        }
        state
    });
    let as_of = violations.text(object, "as_of", "as_of", LONGEST).map(|text| time(&text, now));
    if as_of == Some(None) {
        violations.add("as_of", "must be a time such as 2026-01-31T00:00:00Z that has passed");
    }
    let values: Vec<FactValue> = [
        filled.map(|filled| FactValue::Seats { filled, members: None, guests: None }),
        limit.map(|limit| FactValue::SeatLimit { limit: Some(limit).filter(|limit| *limit > 0) }),
        owners.map(|names| FactValue::Roles { confirmed: small(names.len()), invited: None, names }),
        open.map(|open| FactValue::Recovery { open }),
        state.map(|state| FactValue::Link { state: state.as_str().to_owned() }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let said = ["filled_seats", "seat_limit", "owners", "open_recoveries", "state"];
    if said.iter().all(|key| given(key).is_none()) {
        violations.add("filled_seats", "or another of seat_limit, owners, open_recoveries and state has to be given");
    }
    violations.done(Observation::declared(as_of.flatten().unwrap_or(now), values))
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// In milliseconds, if it is a time that has passed; never later than now.
pub(super) fn time(text: &str, now: i64) -> Option<i64> {
    let time = text.parse::<Timestamp>().ok()?.as_millisecond();
    (0..=now.saturating_add(AHEAD)).contains(&time).then(|| time.min(now))
}
