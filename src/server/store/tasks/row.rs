//! A task's row.

use crate::domain::task::{TaskKind, TaskState};
use crate::server::sql::{self, Connection, OptionalExtension, Row};
use crate::server::store::companies::row::{RequestScope, actor, time};
use crate::server::store::error::StoreError;
use crate::wire::Actor;
use crate::wire::task::Task;

/// What [`TaskRow::read`] reads; `WHERE` follows.
pub const SELECT: &str = "SELECT t.n, t.id, t.rev, t.kind, t.state, t.company_n, c.id AS company_id,
    c.name AS company_name, t.subject, t.note, t.begun_by_id, t.begun_by_name, t.create_time, t.declared_time,
    t.ended_by_id, t.ended_by_name, t.end_time FROM tasks t LEFT JOIN companies c ON c.n = t.company_n";

pub struct TaskRow {
    pub n: i64,
    id: String,
    rev: i64,
    pub kind: TaskKind,
    pub state: TaskState,
    /// Row number, id and name.
    pub company: Option<(i64, String, String)>,
    pub subject: Option<String>,
    note: Option<String>,
    begun_by: Actor,
    /// Milliseconds, as the others.
    pub create_time: i64,
    pub declared_time: Option<i64>,
    ended_by: Option<Actor>,
    end_time: Option<i64>,
}

impl TaskRow {
    pub fn read(row: &Row<'_>) -> sql::Result<Self> {
        let company_n: Option<i64> = row.get("company_n")?;
        let company = match company_n {
            Some(n) => Some((n, row.get("company_id")?, row.get("company_name")?)),
            None => None,
        };
        Ok(Self {
            n: row.get("n")?,
            id: row.get("id")?,
            rev: row.get("rev")?,
            kind: TaskKind::from(row.get_ref("kind")?.as_str()?),
            state: TaskState::from(row.get_ref("state")?.as_str()?),
            company,
            subject: row.get("subject")?,
            note: row.get("note")?,
            begun_by: Actor { id: row.get("begun_by_id")?, display_name: row.get("begun_by_name")? },
            create_time: row.get("create_time")?,
            declared_time: row.get("declared_time")?,
            ended_by: actor(row.get("ended_by_id")?, row.get("ended_by_name")?),
            end_time: row.get("end_time")?,
        })
    }

    pub fn company_n(&self) -> Option<i64> {
        self.company.as_ref().map(|(n, ..)| *n)
    }

    /// From when on observations tell whether it is done, in milliseconds.
    pub fn since(&self) -> i64 {
        self.declared_time.unwrap_or(self.create_time)
    }

    /// The name of its company, if that is not in the list.
    pub fn name_to_bring(&self) -> Option<&str> {
        self.subject.as_deref().filter(|_| self.company.is_none() && self.kind.brings_company())
    }

    pub fn etag(&self, scope: &RequestScope) -> String {
        // The number tells tasks apart: a task's etag must not fit another.
        format!("{}-{}", scope.etag('t', self.rev), self.n)
    }

    pub fn wire(self, scope: &RequestScope) -> Task {
        let (company_id, company_name) = self.company.as_ref().map(|(_, id, name)| (id.clone(), name.clone())).unzip();
        Task {
            path: scope.task_path(&self.id),
            etag: self.etag(scope),
            id: self.id,
            kind: Some(self.kind),
            state: Some(self.state),
            company_id,
            company_name,
            subject: self.subject,
            note: self.note,
            begun_by: Some(self.begun_by),
            create_time: time(Some(self.create_time)),
            declared_time: time(self.declared_time),
            ended_by: self.ended_by,
            end_time: time(self.end_time),
        }
    }
}

pub fn find(db: &Connection, id: &str) -> Result<TaskRow, StoreError> {
    let sql = format!("{SELECT} WHERE t.id = ?");
    db.prepare_cached(&sql)?.query_row([id], TaskRow::read).optional()?.ok_or(StoreError::NotFound)
}
