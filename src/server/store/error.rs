//! Why something could not be read or written. The texts are for people; they never hold a secret or the text of a
//! database error.

use crate::server::sql::{self, Kind};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Says the same whether the thing never was or belongs to somebody else.
    #[error("There is nothing here that this account can see.")]
    NotFound,
    /// The change is bound to another revision.
    #[error("It changed meanwhile. Load it again and decide anew.")]
    Changed,
    /// The rules do not allow it now.
    #[error("{detail}")]
    Conflict { code: &'static str, detail: String },
    /// Who asks lacks a right that depends on what is in the database.
    #[error("{detail}")]
    Forbidden { code: &'static str, detail: &'static str },
    /// It was possible once.
    #[error("{detail}")]
    Expired { code: &'static str, detail: &'static str },
    #[error("`{field}` {description}.")]
    Invalid { field: &'static str, description: &'static str },
    #[error("This Idempotency-Key was used for another request. Use a new one.")]
    KeyReused,
    #[error("The database is busy.")]
    Busy,
    /// Whether a change was carried out is not known: the same key finds out.
    #[error("The server does not reach its database. Send the request again, with the same key.")]
    Away,
    #[error("The server is being stopped.")]
    Stopping,
    /// It does not get better by waiting.
    #[error("{0}")]
    Unusable(&'static str),
    #[error("The server failed. Trying again may help.")]
    Internal,
}

impl StoreError {
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { code, detail: detail.into() }
    }

    /// The reason goes to the log alone.
    pub fn internal(what: &str, error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "{what}");
        Self::Internal
    }
}

impl From<sql::Error> for StoreError {
    fn from(error: sql::Error) -> Self {
        let detail = match error.kind() {
            Kind::Busy => return Self::Busy,
            Kind::Away => {
                tracing::warn!(%error, "the database is not reached");
                return Self::Away;
            }
            Kind::DiskFull => "The server's disk is full: nothing was changed. Make room there.",
            Kind::ReadOnly => "The server may not write to its database: nothing was changed. Check its permissions.",
            Kind::DiskFails => "The server's disk fails or is full: nothing was changed. Look there.",
            Kind::CannotOpen => "The server cannot open its database: nothing was changed. Look there.",
            Kind::Other => return Self::internal("a database statement failed", &error),
        };
        tracing::error!(%error, "the database cannot be used");
        Self::Unusable(detail)
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(error: getrandom::Error) -> Self {
        Self::internal("no random bytes", &error)
    }
}
