//! What a statement can fail with.

use rusqlite::ErrorCode;
use std::error::Error as _;
use std::io;
use tokio_postgres::error::SqlState;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such row")]
    NoRows,
    /// A mistake of ours.
    #[error("a row has no such value: {0}")]
    Column(String),
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Without the details, in which a row's values may stand.
    #[error("{} {message}", code.code())]
    Postgres { code: SqlState, message: String },
    /// The database is not reached.
    #[error("{0}")]
    Connection(String),
    /// What was sent or came back makes no sense.
    #[error("{0}")]
    Protocol(String),
    #[error("a statement of the transaction failed before")]
    Failed,
}

/// What there is to do about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Try again.
    Busy,
    /// The same, when the database is back. Whether what was sent last was carried out is not known.
    Away,
    DiskFull,
    ReadOnly,
    DiskFails,
    CannotOpen,
    Other,
}

impl Error {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
                Some(ErrorCode::DiskFull) => Kind::DiskFull,
                Some(ErrorCode::ReadOnly) => Kind::ReadOnly,
                Some(ErrorCode::SystemIoFailure) => Kind::DiskFails,
                Some(ErrorCode::CannotOpen) => Kind::CannotOpen,
                _ => Kind::Other,
            },
            Self::Postgres { code, .. } => of_postgres(code),
            Self::Connection(_) => Kind::Away,
            Self::NoRows | Self::Column(_) | Self::Protocol(_) | Self::Failed => Kind::Other,
        }
    }
}

fn of_postgres(code: &SqlState) -> Kind {
    match *code {
        SqlState::LOCK_NOT_AVAILABLE
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::QUERY_CANCELED
        | SqlState::TOO_MANY_CONNECTIONS => Kind::Busy,
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
        | SqlState::OUT_OF_MEMORY => Kind::Away,
        SqlState::DISK_FULL => Kind::DiskFull,
        SqlState::READ_ONLY_SQL_TRANSACTION | SqlState::INSUFFICIENT_PRIVILEGE => Kind::ReadOnly,
        SqlState::IO_ERROR => Kind::DiskFails,
        _ => Kind::Other,
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(said) = error.as_db_error() {
            return Self::Postgres { code: said.code().clone(), message: said.message().to_owned() };
        }
        let (mut message, mut on_the_way) = (error.to_string(), error.is_closed());
        let mut cause = error.source();
        while let Some(further) = cause {
            message = format!("{message}: {further}");
            on_the_way |= further.is::<io::Error>();
            cause = further.source();
        }
        if on_the_way { Self::Connection(message) } else { Self::Protocol(message) }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Connection(error.to_string())
    }
}

pub trait OptionalExtension<T> {
    /// `None` instead of [`Error::NoRows`].
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoRows) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
