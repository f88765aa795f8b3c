//! What a statement can fail with.

use rusqlite::ErrorCode;

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
}

/// What there is to do about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Try again.
    Busy,
    DiskFull,
    ReadOnly,
    DiskFails,
    CannotOpen,
    Other,
}

impl Error {
    pub fn kind(&self) -> Kind {
        let Self::Sqlite(error) = self else { return Kind::Other };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DiskFull) => Kind::DiskFull,
            Some(ErrorCode::ReadOnly) => Kind::ReadOnly,
            Some(ErrorCode::SystemIoFailure) => Kind::DiskFails,
            Some(ErrorCode::CannotOpen) => Kind::CannotOpen,
            _ => Kind::Other,
        }
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
