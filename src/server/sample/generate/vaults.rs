//! The vaults of one company: names and counts.

use crate::server::random::Seeded;
use crate::server::sql::{OptionalExtension, Row, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::sample_seed::SampleSeed;

const VAULT: u64 = 6;
/// Names, the most common first, with what they are for.
const NAMES: [(&str, Option<&str>); 12] = [
    ("Shared", Some("For everybody.")),
    ("IT", Some("Servers, network, administrator accounts.")),
    ("Finance", Some("Banks, tax, invoicing.")),
    ("Front Office", None),
    ("Social Media", Some("The company's accounts; ask before you post.")),
    ("Suppliers", None),
    ("Wi-Fi and Alarm", None),
    ("Website", Some("Domain, hosting, editors.")),
    ("Management", None),
    ("Onboarding", Some("What new people need in their first week.")),
    ("Travel", None),
    ("Archive", Some("Kept for the record.")),
];

/// Writes as many vaults as the company's checklist counts, unless there are some.
pub fn insert(tx: &Transaction<'_>, origin: &SampleSeed, company_n: i64) -> Result<(), StoreError> {
    let sql = "SELECT shared_vaults, filled, CASE WHEN state = 'UNLINKED' THEN 0 ELSE granted_mask END FROM companies
               WHERE n = ? AND NOT EXISTS (SELECT 1 FROM vaults WHERE company_n = companies.n)";
    let mut statement = tx.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let company: Option<(u32, u32, i64)> = statement.query_row([company_n], read).optional()?;
    let Some((count, filled, granted)) = company else { return Ok(()) };
    let mut rng = Seeded::new(origin.seed, VAULT, company_n.cast_unsigned());
    for place in 0..count {
        let names = NAMES.len();
        let (name, description) = NAMES.get(place as usize % names).copied().unwrap_or(("Shared", None));
        let round = place as usize / names;
        let name = if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) };
        // Everybody is in the first one; the others are for some.
        let people = if place == 0 { filled } else { rng.between(1, 2 + filled / 3).min(filled) };
        let sql = "INSERT INTO vaults (company_n, id, name, description, item_count, people_count)
                   VALUES (?, ?, ?, ?, ?, ?) RETURNING n";
        let items = rng.between(3, 20 + filled * 2);
        let row = (company_n, rng.id(), name, description, items, people);
        let vault_n: i64 = tx.query_row(sql, row, |row| row.get(0))?;
        for technician_n in 1..=3_u32 {
            // Drawn in any case: what one technician has does not depend on the grants of another.
            if rng.percent(25) && granted & (1 << technician_n) != 0 {
                let sql = "INSERT INTO vault_access (vault_n, technician_n) VALUES (?, ?)";
                tx.prepare_cached(sql)?.execute((vault_n, technician_n))?;
            }
        }
    }
    Ok(())
}
