//! A source's row.

use super::schedule::rhythm;
use crate::connect::{Credential, Failure};
use crate::domain::company::CompanyState;
use crate::domain::facts::FactSource;
use crate::domain::source::{SecretRef, SourceReason, SourceState};
use crate::server::sql::{self, Connection, OptionalExtension, Row};
use crate::server::store::companies::row::{RequestScope, actor, time};
use crate::server::store::error::StoreError;
use crate::server::store::rows::{Page, Window};
use crate::wire::source::Source;

const SELECT: &str = "SELECT s.n, s.company_n, c.id AS company_id, c.name AS company_name,
        c.account_uuid AS company_account, c.state AS company_state, s.source, s.account_uuid, s.client_id,
        s.secret_ref, s.may_write, s.state, s.reason, s.detail, s.connected_by_id, s.connected_by_name, s.connect_time, s.last_try_time,
        s.last_success_time, s.acted_time, s.next_time, s.failures, s.look_time, s.expire_time
    FROM sources s JOIN companies c ON c.n = s.company_n";

#[derive(Debug, Clone)]
pub struct SourceRow {
    pub n: i64,
    pub company_n: i64,
    pub company_id: String,
    pub company_name: String,
    /// As the company has it now; an import may have changed it.
    company_account: Option<String>,
    company_state: String,
    pub source: FactSource,
    pub account_uuid: String,
    pub client_id: Option<String>,
    pub secret_ref: String,
    pub may_write: bool,
    state: String,
    reason: Option<String>,
    detail: Option<String>,
    connected_by: (String, String),
    connect_time: i64,
    last_try_time: Option<i64>,
    pub last_success_time: Option<i64>,
    /// When somebody was last looked at after something was done to them.
    pub acted_time: Option<i64>,
    next_time: i64,
    /// Since it last worked.
    pub failures: i64,
    /// When somebody last looked into the company.
    pub look_time: Option<i64>,
    expire_time: Option<i64>,
}

impl SourceRow {
    fn read(row: &Row<'_>) -> sql::Result<Self> {
        Ok(Self {
            n: row.get("n")?,
            company_n: row.get("company_n")?,
            company_id: row.get("company_id")?,
            company_name: row.get("company_name")?,
            company_account: row.get("company_account")?,
            company_state: row.get("company_state")?,
            source: FactSource::from(row.get_ref("source")?.as_str()?),
            account_uuid: row.get("account_uuid")?,
            client_id: row.get("client_id")?,
            secret_ref: row.get("secret_ref")?,
            may_write: row.get("may_write")?,
            state: row.get("state")?,
            reason: row.get("reason")?,
            detail: row.get("detail")?,
            connected_by: (row.get("connected_by_id")?, row.get("connected_by_name")?),
            connect_time: row.get("connect_time")?,
            last_try_time: row.get("last_try_time")?,
            last_success_time: row.get("last_success_time")?,
            acted_time: row.get("acted_time")?,
            next_time: row.get("next_time")?,
            failures: row.get("failures")?,
            look_time: row.get("look_time")?,
            expire_time: row.get("expire_time")?,
        })
    }

    /// Whether it is the same connection to the same account.
    pub fn is_same_connection(&self, other: &Self) -> bool {
        let identity = |row: &Self| (row.account_uuid.clone(), row.client_id.clone(), row.secret_ref.clone());
        self.connect_time == other.connect_time && identity(self) == identity(other)
    }

    /// Why nothing may go through it, if the company has got another account since.
    pub fn account_changed(&self) -> Option<Failure> {
        let (company, source) = (self.company_account.as_deref().unwrap_or_default(), &self.account_uuid);
        let detail = || format!("the company's account is {company} now, and this source was connected for {source}");
        (!company.eq_ignore_ascii_case(source)).then(|| Failure::new(SourceReason::WrongAccount, detail()))
    }

    /// Who asks through it, and where the server's machine has the secret.
    pub fn credential(&self) -> Result<(Credential, SecretRef), Failure> {
        let (account, secret) = self.secret()?;
        let none = || Failure::new(SourceReason::SecretUnavailable, "it has no client id");
        let client_id = self.client_id.clone().ok_or_else(none)?;
        Ok((Credential { account: account.to_owned(), client_id }, secret))
    }

    /// For which account the server's machine has a secret, and where.
    pub fn secret(&self) -> Result<(&str, SecretRef), Failure> {
        if let Some(changed) = self.account_changed() {
            return Err(changed);
        }
        let none = |_| Failure::new(SourceReason::SecretUnavailable, "where the secret is can not be read");
        Ok((&self.account_uuid, self.secret_ref.parse().map_err(none)?))
    }

    /// Whether the company is ours still.
    pub fn is_managed(&self) -> bool {
        self.company_state != CompanyState::Unlinked.as_str()
    }

    /// When it is read by itself, if it is.
    fn next_time(&self) -> Option<i64> {
        (self.is_managed() && rhythm(&self.source).is_some()).then_some(self.next_time)
    }

    pub fn wire(&self, scope: &RequestScope) -> Source {
        let (id, name) = self.connected_by.clone();
        Source {
            path: format!("{}/sources/{}", scope.path(&self.company_id), self.source.as_str()),
            company_id: self.company_id.clone(),
            company_name: self.company_name.clone(),
            source: Some(self.source.clone()),
            state: Some(SourceState::from(self.state.as_str())),
            reason: self.reason.as_deref().map(SourceReason::from),
            detail: self.detail.clone().filter(|detail| !detail.is_empty()),
            account_uuid: Some(self.account_uuid.clone()),
            client_id: self.client_id.clone(),
            may_write: self.may_write,
            secret_place: self.secret_ref.parse().ok().map(|secret: SecretRef| secret.kind().to_owned()),
            connected_by: actor(Some(id), Some(name)),
            connect_time: time(Some(self.connect_time)),
            last_try_time: time(self.last_try_time),
            last_success_time: time(self.last_success_time),
            next_read_time: time(self.next_time()),
            expire_time: time(self.expire_time),
        }
    }
}

/// In the order in which they were connected.
pub fn list(
    db: &Connection,
    scope: &RequestScope,
    company: Option<&str>,
    window: &Window,
) -> Result<Page<Source>, StoreError> {
    let company_n = match company {
        Some(id) => Some(scope.record(db, id)?.n),
        None => None,
    };
    let of = if company_n.is_some() { "s.company_n = ?1" } else { "CAST(?1 AS BIGINT) IS NULL" };
    let total = window.total(|| {
        let sql = format!("SELECT count(*) FROM sources s WHERE {of}");
        Ok(db.prepare_cached(&sql)?.query_row([company_n], |row| row.get(0))?)
    })?;
    let sql = format!("{SELECT} WHERE {of} AND s.n > ?2 ORDER BY s.n LIMIT ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((company_n, window.after(0)?, window.limit()), |row| {
        let row = SourceRow::read(row)?;
        Ok((row.n, row.wire(scope)))
    })?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

/// This source of this company, if it is connected.
pub fn find(db: &Connection, company: &str, source: &FactSource) -> Result<Option<SourceRow>, StoreError> {
    let sql = format!("{SELECT} WHERE c.id = ? AND s.source = ?");
    Ok(db.prepare_cached(&sql)?.query_row((company, source.as_str()), SourceRow::read).optional()?)
}

/// Those of companies that are unlinked, in the order in which they were connected.
pub fn of_unlinked(db: &Connection) -> Result<Vec<SourceRow>, StoreError> {
    let sql = format!("{SELECT} WHERE c.state = ? ORDER BY s.n");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([CompanyState::Unlinked.as_str()], SourceRow::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether anything is connected for a company.
pub fn any(db: &Connection, company_n: i64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) > 0 FROM sources WHERE company_n = ?";
    Ok(db.prepare_cached(sql)?.query_row([company_n], |row| row.get(0))?)
}

pub fn by_number(db: &Connection, n: i64) -> Result<Option<SourceRow>, StoreError> {
    let sql = format!("{SELECT} WHERE s.n = ?");
    Ok(db.prepare_cached(&sql)?.query_row([n], SourceRow::read).optional()?)
}
