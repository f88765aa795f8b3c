//! What names are ordered by and looked for in: made by the domain, so that a list comes in the order of every screen,
//! and a filter finds what a search finds. The columns `…_lower` and `name_key` hold them.

use crate::domain::{alphabet, roster};
use crate::server::sql::Transaction;
use crate::server::store::companies::row::{list, listed};
use crate::server::store::error::StoreError;
use crate::server::store::meta;

/// A text that is written otherwise when keys are made otherwise, by us or by newer data of the alphabets.
const PROBE: &str = "Ångström & Söhne №10 – Ελλάς, Łódź 東京";

/// Text that compares as the name does. Each byte of the key is a letter: so it stays a text, in the same order.
pub fn order_key(name: &str) -> String {
    alphabet::key(name).into_iter().map(char::from).collect()
}

/// A text in all its spellings, to be looked in.
pub fn search_key(text: &str) -> String {
    roster::spellings(text).join("\u{1f}")
}

/// The same of a list.
pub fn tags_key(tags: &[String]) -> String {
    listed(&tags.iter().map(|tag| search_key(tag)).collect::<Vec<_>>())
}

/// Makes the keys anew in a database of another version.
pub fn renew(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let form = format!("{} {}", order_key(PROBE), search_key(PROBE));
    if meta::find_word(tx, "name_keys")?.as_ref() == Some(&form) {
        return Ok(());
    }
    // No company looks different for its keys. Its JSON stays stored through an update that changes `derived`.
    let sql = "UPDATE companies SET name_key = ?, name_lower = ?, external_id_lower = ?, tags_lower = ?,
               derived = 1 - derived WHERE n = ?";
    let mut put = tx.prepare_cached(sql)?;
    let mut all = tx.prepare_cached("SELECT n, name, external_id, tags FROM companies")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (n, name, external_id): (i64, String, Option<String>) =
            (row.get("n")?, row.get("name")?, row.get("external_id")?);
        let tags = tags_key(&list(row.get_ref("tags")?.as_str()?));
        put.execute((order_key(&name), search_key(&name), external_id.as_deref().map(search_key), tags, n))?;
    }
    tx.execute("UPDATE companies SET derived = 1 - derived", [])?;
    let mut actors = tx.prepare_cached("SELECT DISTINCT actor_name FROM audit_events")?;
    let actors: Vec<String> = actors.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for actor in actors {
        tx.execute("UPDATE audit_events SET actor_lower = ? WHERE actor_name = ?", (search_key(&actor), &actor))?;
    }
    meta::set_word(tx, "name_keys", &form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_text_the_keys_keep_their_order() {
        let names =
            ["Firma 2", "Firma 10", "Firma 100", "Ärzte", "Arzt", "Zebra", "Ωmega", "東京", "a b", "a-b", "", "ß"];
        for one in names {
            for other in names {
                let text = order_key(one).as_bytes().cmp(order_key(other).as_bytes());
                assert_eq!(text, alphabet::key(one).cmp(&alphabet::key(other)), "{one} / {other}");
            }
        }
    }
}
