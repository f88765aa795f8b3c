//! What is not known stays so from the contract to the export, whatever else is known, and is of one company alone.

use mspdash::domain::company::Company;
use mspdash::domain::export::{self, Delimiter};
use mspdash::domain::id::{CompanyId, CompanyKey, ProfileId};
use mspdash::domain::roster::Roster;
use mspdash::wire;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Counts of a company as the contract writes them; `None` is absent, or null.
#[derive(Debug, Clone, Copy)]
struct Counts {
    filled: Option<u32>,
    limit: Option<u32>,
    confirmed: Option<u32>,
    recoveries: Option<u32>,
    /// What is not known is written as null instead of being left out.
    null: bool,
}

fn counts() -> impl Strategy<Value = Counts> {
    let count = || proptest::option::of(prop_oneof![Just(0), 0..2_000_u32]);
    (count(), count(), count(), count(), any::<bool>())
        .prop_map(|(filled, limit, confirmed, recoveries, null)| Counts { filled, limit, confirmed, recoveries, null })
}

fn read(at: usize, counts: &Counts) -> Company {
    let mut row =
        json!({"id": format!("C{at:02}"), "etag": "1", "name": format!("Company {at:02}"), "state": "ACTIVE"});
    let object = |field: &str, count: Option<u32>| match count {
        Some(count) => Map::from_iter([(field.to_owned(), json!(count))]),
        None if counts.null => Map::from_iter([(field.to_owned(), Value::Null)]),
        None => Map::new(),
    };
    let mut seats = object("filled", counts.filled);
    seats.extend(object("limit", counts.limit));
    let facts: Vec<Value> = [("SEATS", counts.filled), ("SEAT_LIMIT", counts.limit), ("ROLES", counts.confirmed)]
        .into_iter()
        .filter(|(_, count)| count.is_some())
        .map(|(facet, _)| json!({"facet": facet, "source": "IMPORT", "coverage": "EXACT", "as_of": "2026-11-16T12:00:00Z"}))
        .collect();
    let more = json!({"seats": seats, "owners": object("confirmed", counts.confirmed), "facts": facts});
    let row = row.as_object_mut().unwrap();
    row.extend(more.as_object().unwrap().clone());
    row.extend(object("open_recoveries", counts.recoveries));
    serde_json::from_value::<wire::company::Company>(Value::Object(row.clone())).unwrap().try_into().unwrap()
}

fn of(company: &Company) -> [Option<u32>; 4] {
    [company.seats.filled, company.seats.limit, company.owners.confirmed, company.open_recoveries]
}

proptest! {
    #[test]
    fn unknown_never_becomes_zero_and_no_fact_crosses_companies(all in proptest::collection::vec(counts(), 1..20)) {
        let profile = ProfileId::new("default");
        let companies: Vec<Company> = all.iter().enumerate().map(|(at, counts)| read(at, counts)).collect();
        let mut roster = Roster::default();
        roster.upsert(&profile, companies.clone());
        let mut kept = Vec::new();
        for (at, counts) in all.iter().enumerate() {
            let key = CompanyKey { profile: profile.clone(), company: CompanyId::new(&format!("C{at:02}")) };
            let company = roster.get(&key).unwrap().clone();
            prop_assert_eq!(of(&company), [counts.filled, counts.limit, counts.confirmed, counts.recoveries]);
            prop_assert_eq!(&company, &companies[at], "with its own facts and no others");
            kept.push(company);
        }
        let totals = roster.totals().counts;
        prop_assert_eq!(u64::from(totals.seats_unknown), all.iter().filter(|it| it.filled.is_none()).count() as u64);
        prop_assert_eq!(totals.seats_filled, all.iter().filter_map(|it| it.filled).map(u64::from).sum::<u64>());
        let table = export::companies(kept.into_iter().map(|company| (None, company)), Delimiter::COMMA).unwrap();
        for (line, counts) in table.lines().skip(1).zip(&all) {
            let cells: Vec<&str> = line.split(',').collect();
            let text = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
            prop_assert_eq!(&cells[3..6], &[text(counts.filled), text(counts.limit), text(counts.confirmed)]);
        }
        let written = serde_json::to_value(&companies[0]).unwrap();
        prop_assert_eq!(&written["seats"]["filled"], &json!(all[0].filled), "null in the JSON of a command");
    }
}
