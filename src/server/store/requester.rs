//! Who changes something, and what every change brings with it: a revision and an audit event.

use super::companies::edit::Column;
use super::companies::name_keys::search_key;
use super::companies::row::RequestScope;
use super::error::StoreError;
use crate::domain::activity::Action;
use crate::server::random::Ids;
use crate::server::sql::Transaction;
use crate::wire::Actor;

/// Who writes, and when.
pub struct Requester {
    pub scope: RequestScope,
    pub technician_n: i64,
    pub actor: Actor,
    pub now: i64,
    pub request_id: String,
    pub client: Option<String>,
    /// Of what is new.
    pub ids: Ids,
}

impl Requester {
    /// Somebody else than a technician who is signed in: an Owner of a company, on a page; who enrols; the server's
    /// operator.
    pub fn by(scope: RequestScope, actor: Actor, (request_id, client): (String, Option<String>)) -> Self {
        let now = scope.now;
        Self { scope, technician_n: 0, actor, now, request_id, client, ids: Ids::default() }
    }

    /// Notes what was done to a company, in the same transaction.
    pub fn audit(
        &self,
        tx: &Transaction<'_>,
        action: impl Into<Action>,
        company: (&str, &str),
        target: Option<&str>,
    ) -> Result<(), StoreError> {
        self.note(tx, &action.into(), (Some(company.0), company.1), target)
    }

    /// The same for what is about the MSP account itself.
    pub fn audit_account(&self, tx: &Transaction<'_>, action: &Action, target: &str) -> Result<(), StoreError> {
        self.insert(tx, action, (None, None), Some(target))
    }

    /// The same for an account that may not be a company of ours.
    pub fn note(
        &self,
        tx: &Transaction<'_>,
        action: &Action,
        company: (Option<&str>, &str),
        target: Option<&str>,
    ) -> Result<(), StoreError> {
        self.insert(tx, action, (company.0, Some(company.1)), target)
    }

    fn insert(
        &self,
        tx: &Transaction<'_>,
        action: &Action,
        company: (Option<&str>, Option<&str>),
        target: Option<&str>,
    ) -> Result<(), StoreError> {
        debug_assert!(!matches!(action, Action::Other(_)), "a word that no reader knows");
        tx.execute(
            "INSERT INTO audit_events
             (id, time, place, actor_id, actor_name, actor_lower, action, company_id, company_name, target, client,
              request_id)
             VALUES (?, ?, (SELECT last.at FROM (SELECT coalesce(place, time) AS at FROM audit_events WHERE origin IS NULL
                               ORDER BY n DESC LIMIT 1) AS last WHERE last.at > ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.ids.next()?,
                self.now,
                self.now,
                &self.actor.id,
                &self.actor.display_name,
                search_key(&self.actor.display_name),
                action.as_str(),
                company.0,
                company.1,
                target,
                &self.client,
                &self.request_id,
            ),
        )?;
        Ok(())
    }

    /// Gives a company its next revision and its place in the sequence of changes.
    pub fn touch(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
        touch(tx, company_n, self.now)
    }
}

/// See [`Requester::touch`].
pub fn touch(tx: &Transaction<'_>, company_n: i64, now: i64) -> Result<(), StoreError> {
    let seq = next_seq(tx)?;
    tx.execute("UPDATE companies SET rev = rev + 1, seq = ?, update_time = ? WHERE n = ?", (seq, now, company_n))?;
    Ok(())
}

/// What [`touch`] leaves in a company that was just entered, to be entered with it.
pub fn touched(tx: &Transaction<'_>) -> Result<[Column; 2], StoreError> {
    Ok([("rev", 2.into()), ("seq", next_seq(tx)?.into())])
}

/// The next place in the sequence of changes.
pub fn next_seq(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    let sql = "UPDATE meta SET value = value + 1 WHERE key = 'seq' RETURNING value";
    Ok(tx.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

pub fn same_revision(given: &str, current: &str) -> Result<(), StoreError> {
    if given == current { Ok(()) } else { Err(StoreError::Changed) }
}
