//! Writes: one transaction with its audit event and the record of its key, or nothing (contract: *Writes*).

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::View;
use super::name_keys::search_key;
use super::random;
use crate::domain::activity::Action;
use crate::wire::Actor;
use axum::http::StatusCode;
use rusqlite::{OptionalExtension, Transaction};

/// How long a key is kept, in milliseconds: 24 h.
const KEPT: i64 = 24 * 3_600_000;

/// Who writes, and when.
pub struct Author {
    pub view: View,
    pub technician_n: i64,
    pub actor: Actor,
    pub now: i64,
    request_id: String,
    client: Option<String>,
}

/// Carries out a write once. `said` is what makes two requests the same: the checked body. With `dry`, every
/// check runs and nothing stays.
///
/// # Errors
/// 422 when the key was used for something else; else what `work` says. Failures leave no trace, so the same key
/// may be used again once their cause is gone.
pub async fn once<F>(call: &Call, said: String, dry: bool, work: F) -> Answer
where
    F: FnOnce(&Transaction<'_>, &Author) -> Answer + Send + 'static,
{
    let author = author(call);
    let key = call.idempotency_key();
    let request = format!("{} {} {}\n{said}", call.route.method, call.route.template, call.values.join(" "));
    let write = move |tx: &Transaction<'_>| {
        if dry {
            tx.execute_batch("SAVEPOINT dry")?;
            let reply = work(tx, &author)?;
            tx.execute_batch("ROLLBACK TO dry; RELEASE dry")?;
            return Ok(reply);
        }
        if let Some(first) = first_answer(tx, &author, &key, &request)? {
            return Ok(first);
        }
        let reply = work(tx, &author)?;
        let body = std::str::from_utf8(&reply.body).map_err(|error| Fail::internal("an answer is no text", &error))?;
        tx.execute(
            "INSERT INTO idempotency (technician_n, key, request, status, body, create_time) VALUES (?, ?, ?, ?, ?, ?)",
            (author.technician_n, &key, &request, reply.status.as_u16(), body, author.now),
        )?;
        Ok(reply)
    };
    call.house.store.write(write).await
}

fn author(call: &Call) -> Author {
    Author {
        view: View::new(&call.house, &call.who, call.now),
        technician_n: call.who.n,
        actor: Actor { id: call.who.id.clone(), display_name: call.who.display_name.clone() },
        now: call.now.as_millisecond(),
        request_id: call.request_id.clone(),
        client: call.client.clone(),
    }
}

fn first_answer(tx: &Transaction<'_>, author: &Author, key: &str, request: &str) -> Result<Option<Reply>, Fail> {
    tx.execute("DELETE FROM idempotency WHERE create_time <= ?", [author.now.saturating_sub(KEPT)])?;
    let first: Option<(String, u16, String)> = tx
        .query_row(
            "SELECT request, status, body FROM idempotency WHERE technician_n = ? AND key = ?",
            (author.technician_n, key),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((seen, status, body)) = first else { return Ok(None) };
    if seen != request {
        let detail = "This Idempotency-Key was used for another request. Use a new one.";
        return Err(Fail::new(StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED", detail));
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok(Some(Reply::of_bytes(status, body.into_bytes())))
}

impl Author {
    /// Somebody else than a technician: an Owner of a company, on a page.
    pub fn on_page(view: View, actor: Actor, page: (String, Option<String>)) -> Self {
        let now = view.now;
        Self { view, technician_n: 0, actor, now, request_id: page.0, client: page.1 }
    }

    /// Notes what was done to a company, in the same transaction.
    pub fn audit(
        &self,
        tx: &Transaction<'_>,
        action: impl Into<Action>,
        company: (&str, &str),
        target: Option<&str>,
    ) -> Result<(), Fail> {
        self.note(tx, &action.into(), (Some(company.0), company.1), target)
    }

    /// The same for an account that may not be a company of ours.
    pub fn note(
        &self,
        tx: &Transaction<'_>,
        action: &Action,
        company: (Option<&str>, &str),
        target: Option<&str>,
    ) -> Result<(), Fail> {
        debug_assert!(!matches!(action, Action::Other(_)), "a word that no reader knows");
        tx.execute(
            "INSERT INTO audit_events
             (id, time, actor_id, actor_name, actor_lower, action, company_id, company_name, target, client, request_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                random::short_name()?,
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
    pub fn touch(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), Fail> {
        touch(tx, company_n, self.now)
    }
}

/// The same without an author: for what happens by itself.
pub fn touch(tx: &Transaction<'_>, company_n: i64, now: i64) -> Result<(), Fail> {
    let seq: i64 =
        tx.query_row("UPDATE meta SET value = value + 1 WHERE key = 'seq' RETURNING value", [], |row| row.get(0))?;
    tx.execute("UPDATE companies SET rev = rev + 1, seq = ?, update_time = ? WHERE n = ?", (seq, now, company_n))?;
    Ok(())
}

/// Refuses a change bound to another revision.
///
/// # Errors
/// 412.
pub fn same_revision(given: &str, current: &str) -> Result<(), Fail> {
    if given == current {
        return Ok(());
    }
    let detail = "It changed meanwhile. Load it again and decide anew.";
    Err(Fail::new(StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED", detail))
}
