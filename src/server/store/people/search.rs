//! People over all companies, by name or e-mail address.

use crate::domain::people::{PersonKind, PersonState};
use crate::domain::roster::all_stand_in;
use crate::server::sql::{self, Connection, Row};
use crate::server::store::error::StoreError;
use crate::server::store::rows::{Page, Window};
use crate::wire::people::FoundUser;

/// Rows that are looked at in one statement: what is found, not what is looked at, has to fit into memory.
const CHUNK: i64 = 5_000;

/// Technicians are in every company, and nothing can be done for anybody where they have no access any more.
const SQL: &str =
    "SELECT p.n, p.id, p.display_name, p.email, p.state, p.kind, c.id AS company_id, c.name AS company_name
    FROM people p JOIN companies c ON c.n = p.company_n
    WHERE p.n > ? AND coalesce(p.kind, '') <> 'EXTERNAL_ACCOUNT_MANAGER' AND p.state <> 'DELETED' AND c.state <> 'UNLINKED'
    ORDER BY p.n LIMIT ?";

/// In whose name or address every word stands, in one of its spellings.
pub fn list(db: &Connection, words: &[Vec<String>], window: &Window) -> Result<Page<FoundUser>, StoreError> {
    let (mut found, mut count, mut after) = (Vec::new(), 0, window.after(0)?);
    let most = window.size.saturating_add(1);
    loop {
        let mut statement = db.prepare_cached(SQL)?;
        let mut rows = statement.query((after, CHUNK))?;
        let mut seen = 0;
        while let Some(row) = rows.next()? {
            (after, seen) = (row.get("n")?, seen + 1);
            let texts = [row.get_ref("display_name")?.as_str()?, row.get_ref("email")?.as_str()?];
            if all_stand_in(words, texts.into_iter()) {
                count += 1;
                if found.len() < most {
                    found.push((after, read(&row)?));
                }
            }
        }
        let counted = window.total.is_some() && found.len() == most;
        if seen < CHUNK || counted {
            return Ok(Page::by_number(found, window.total(|| Ok(count))?));
        }
    }
}

fn read(row: &Row<'_>) -> sql::Result<FoundUser> {
    Ok(FoundUser {
        company_id: row.get("company_id")?,
        company_name: row.get("company_name")?,
        user_id: row.get("id")?,
        display_name: row.get("display_name")?,
        email: row.get("email")?,
        state: Some(PersonState::from(row.get_ref("state")?.as_str()?)),
        kind: row.get::<_, Option<String>>("kind")?.as_deref().map(PersonKind::from),
    })
}
