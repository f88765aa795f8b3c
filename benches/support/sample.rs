//! Companies out of a number: the same ones on every machine and in every run.

use mspdash::domain::company::Company;
use mspdash::domain::request::Page;
use mspdash::wire::company as wire;
use mspdash::wire::list::UnreadPage;
use serde_json::json;

const FIRST: [&str; 24] = [
    "Bright",
    "Müller",
    "Harbour",
    "Straßen",
    "Łódź",
    "Alpen",
    "North",
    "Söhne",
    "Contoso",
    "Blue",
    "Kiel",
    "Ørsted",
    "Stein",
    "Silver",
    "Grün",
    "Ocean",
    "東京",
    "Ελλάς",
    "River",
    "Schäfer",
    "Green",
    "Wind",
    "Berg",
    "Ivory",
];
const SECOND: [&str; 24] = [
    "water",
    "feld",
    "Technik",
    "bau",
    "Logistics",
    "soft",
    "Medical",
    "mann",
    "Traders",
    "works",
    "Immobilien",
    "Light",
    "haus",
    "Partners",
    "berg",
    "Systems",
    "Legal",
    "hof",
    "Foods",
    "Gesellschaft",
    "Studio",
    "tal",
    "Energy",
    "Consulting",
];
const FORM: [&str; 6] = ["GmbH", "AG", "Ltd", "& Söhne KG", "Inc.", "e. V."];
const TAGS: [&str; 5] = ["gold", "north", "south", "trial", "priority"];
const STATES: [&str; 5] = ["ACTIVE", "ACTIVE", "ACTIVE", "PENDING", "SUSPENDED"];

/// A number that looks like none (splitmix64).
fn scrambled(seed: usize) -> usize {
    let mut x = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((x ^ (x >> 31)) >> 16).unwrap_or_default()
}

/// The row of this number as the server writes it.
#[must_use]
pub fn row(number: usize) -> serde_json::Value {
    let n = scrambled(number);
    let pick = |from: &[&'static str], shift: usize| from[(n >> shift) % from.len()];
    let gap = if n & 1 == 0 { " " } else { "" };
    let name = format!("{}{gap}{} {} {number}", pick(&FIRST, 1), pick(&SECOND, 6), pick(&FORM, 11));
    json!({
        "id": format!("{number:026}"), "etag": format!("W/{n}"), "name": name,
        "path": format!("/v1beta1/accounts/ACCOUNT/companies/{number:026}"),
        "website": format!("https://company-{number}.example"),
        "address": {"country_code": "DE", "lines": ["Hafenstraße 1"], "locality": "Kiel", "postal_code": "24103"},
        "region": "1password.eu", "sign_in_host": format!("company-{number}.1password.eu"),
        "origin": "CREATED", "state": pick(&STATES, 14),
        "seats": {"filled": n % 500, "limit": 500, "members": n % 500, "guests": 0},
        "owners": {"confirmed": n % 3, "invited": n % 2},
        "setup": {"done": n % 5, "applicable": 5},
        "attention": if n.is_multiple_of(9) { vec!["SINGLE_OWNER"] } else { Vec::new() },
        "external_id": format!("C-{number:06}"), "tags": [pick(&TAGS, 17)],
        "create_time": "2026-01-05T08:30:00Z", "update_time": "2026-11-01T17:45:10Z"
    })
}

/// The companies of these numbers.
///
/// # Panics
/// The contract changed and [`row`] did not.
#[must_use]
pub fn companies(numbers: std::ops::Range<usize>) -> Vec<Company> {
    let read = |number| serde_json::from_value::<wire::Company>(row(number)).unwrap().try_into().unwrap();
    numbers.map(read).collect()
}

/// A page of the list as it comes over the wire.
#[must_use]
pub fn page_body(rows: usize) -> String {
    let results: Vec<_> = (0..rows).map(row).collect();
    json!({"results": results, "next_page_token": "next", "total_size": rows}).to_string()
}

/// Reads such a page.
///
/// # Panics
/// It is not the body of a page.
#[must_use]
pub fn read_page(body: &str) -> Page {
    serde_json::from_str::<UnreadPage<'_>>(body).unwrap().read()
}
