//! Adding a company: an account of its own, made by us and in our care from the first moment (support page *manage
//! companies*). The country is a part of its address; its data live in the MSP account's own region.

use super::edit::CompanyEdit;
use super::register;
use super::row::bare_letters;
use crate::domain::activity::Action;
use crate::server::random;
use crate::server::sample::generate::add_company;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::server::store::sample_seed::SampleSeed;
use crate::wire::company::Company;

/// The longest first label of a host, without the number that may follow it.
const SLUG: usize = 40;
/// So many companies of one name get a number; whoever comes after them gets chance letters.
const MOST_ALIKE: u32 = 200;

/// Adds a company; in a REAL workspace, which has no sample, it is entered into the register.
pub fn add(
    tx: &Transaction<'_>,
    requester: &Requester,
    edit: &CompanyEdit,
    sample: Option<&SampleSeed>,
    region: &str,
) -> Result<Company, StoreError> {
    let Some(seed) = sample else { return register::enter(tx, requester, edit) };
    let slug = free_slug(tx, edit.name.as_deref().unwrap_or_default(), region)?;
    let id = random::id()?;
    let n = add_company(tx, seed, &id, &slug, requester.now)?;
    edit.store(tx, n)?;
    requester.touch(tx, n)?;
    let company = requester.scope.record(tx, &id)?.company;
    requester.audit(tx, Action::CompanyCreated, (&id, &company.name), None)?;
    Ok(company)
}

/// The first label of a host that nobody has yet.
fn free_slug(tx: &Transaction<'_>, name: &str, region: &str) -> Result<String, StoreError> {
    let wanted = slug(name);
    let sql = "SELECT EXISTS (SELECT 1 FROM companies WHERE sign_in_host = CAST(?1 AS TEXT) || '.' || CAST(?2 AS TEXT))
               OR EXISTS (SELECT 1 FROM outside_accounts WHERE slug = ?1)";
    let mut taken = tx.prepare_cached(sql)?;
    for number in 1..=MOST_ALIKE {
        let slug = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
        if !taken.query_row((&slug, region), |row| row.get::<_, bool>(0))? {
            return Ok(slug);
        }
    }
    Ok(format!("{wanted}-{}", random::id()?.to_lowercase()))
}

/// A name as a host can have it: letters and digits of ASCII, hyphens between.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in bare_letters(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "company".into() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_what_a_host_can_have() {
        assert_eq!(slug("Bright & Söhne KG"), "bright-sohne-kg");
        assert_eq!(slug("  Café  Möwe! "), "cafe-mowe");
        assert_eq!(slug("青海波株式会社"), "company");
        assert_eq!(slug(&"long ".repeat(30)).len(), 39, "no hyphen at the end");
    }
}
