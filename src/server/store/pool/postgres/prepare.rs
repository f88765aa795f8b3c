//! A database before it is used: whether it may be, and its tables brought up to date.

use crate::server::StartError;
use crate::server::sql::postgres::Session;
use crate::server::sql::postgres::address::PostgresAddress;
use crate::server::sql::{self, Kind, ValueRef};
use crate::server::store::pool::migrations::{POSTGRES, newest};
use tokio_postgres::error::SqlState;

/// From where on the database has all that the statements need.
const OLDEST: i64 = 15;

/// Looks at what the database is, and brings its tables up to date.
pub fn prepare(session: &Session, address: &PostgresAddress) -> Result<(), StartError> {
    let seen = begin(session, address)?;
    let upgraded = upgrade(session, seen).and_then(|()| session.commit());
    upgraded.inspect_err(|_| session.roll_back()).map_err(|error| in_words(&error, address))
}

/// Makes the tables in an empty database, in a transaction that goes on. False: it is not empty, and nothing was begun.
pub fn begin_empty(session: &Session, address: &PostgresAddress) -> Result<bool, StartError> {
    if begin(session, address)? > 0 {
        session.roll_back();
        return Ok(false);
    }
    let upgraded = upgrade(session, 0).map(|()| true);
    upgraded.inspect_err(|_| session.roll_back()).map_err(|error| in_words(&error, address))
}

/// Begins a transaction alone among those who change the tables. Gives their version: 0, if there are none yet.
fn begin(session: &Session, address: &PostgresAddress) -> Result<i64, StartError> {
    let number = |sql: &str| -> Result<i64, StartError> {
        let rows = session.query(sql, &[]).map_err(|error| in_words(&error, address))?;
        let number = rows.first().and_then(|row| row.try_get(0).ok());
        number.ok_or_else(|| failed(address, "it answers nothing".to_owned()))
    };
    let version = number("SELECT CAST(current_setting('server_version_num') AS BIGINT) / 10000")?;
    if version < OLDEST {
        return Err(failed(address, format!("it is PostgreSQL {version}, and {OLDEST} or newer is needed")));
    }
    if number("SELECT CAST(current_setting('server_encoding') = 'UTF8' AS INTEGER) + CAST(0 AS BIGINT)")? == 0 {
        let told = "its encoding is not UTF-8. Make one with: createdb --encoding=UTF8 --template=template0 NAME";
        return Err(failed(address, told.to_owned()));
    }
    session.begin_migration().map_err(|error| in_words(&error, address))?;
    let told = match seen(&number) {
        Ok(Some(seen)) if seen <= newest(POSTGRES) => return Ok(seen),
        Ok(Some(_)) => "it was written by a newer version. Update mspdash",
        Ok(None) => "it holds the tables of another program. Make a database for mspdash alone",
        Err(error) => {
            session.roll_back();
            return Err(error);
        }
    };
    session.roll_back();
    Err(failed(address, told.to_owned()))
}

fn upgrade(session: &Session, seen: i64) -> sql::Result<()> {
    for migration in POSTGRES.iter().filter(|migration| migration.version > seen) {
        session.execute_batch(migration.sql)?;
        let sql = "INSERT INTO meta (key, value) VALUES ('schema', ?)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        session.execute(sql, &[ValueRef::Integer(migration.version)])?;
    }
    Ok(())
}

/// Which version of our tables it has: 0 for an empty database, none for one of somebody else.
fn seen(number: &impl Fn(&str) -> Result<i64, StartError>) -> Result<Option<i64>, StartError> {
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace)
                  AND relkind IN ('r', 'p', 'v', 'm')";
    if number(tables)? == 0 {
        return Ok(Some(0));
    }
    let ours = "SELECT count(*) FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace)
                AND relkind = 'r' AND relname IN ('meta', 'words', 'companies')";
    if number(ours)? < 3 {
        return Ok(None);
    }
    let version = number("SELECT coalesce((SELECT value FROM meta WHERE key = 'schema'), 0)")?;
    Ok(Some(version).filter(|version| *version > 0))
}

pub fn failed(address: &PostgresAddress, reason: String) -> StartError {
    StartError::Postgres { place: address.place().to_owned(), reason }
}

/// Why it cannot be used, and what to do about it.
pub fn in_words(error: &sql::Error, address: &PostgresAddress) -> StartError {
    failed(address, reason(error, address))
}

fn reason(error: &sql::Error, address: &PostgresAddress) -> String {
    let sql::Error::Postgres { code, message } = error else {
        let hint = match error.kind() {
            Kind::Away => "Check that it runs and can be reached from here",
            _ => "If it asks for a password, put it into PGPASSWORD, or into a file (PGPASSFILE, or ?passfile=FILE)",
        };
        return format!("{error}. {hint}");
    };
    let name = address.config().get_dbname().unwrap_or_default();
    let hint = match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "Check the user, and the password in PGPASSWORD or in the file of PGPASSFILE or ?passfile".to_owned()
        }
        SqlState::INVALID_CATALOG_NAME => format!("Make it with: createdb {name}"),
        SqlState::INSUFFICIENT_PRIVILEGE => {
            "The user needs CREATE on its schema; to own the database is enough".to_owned()
        }
        SqlState::LOCK_NOT_AVAILABLE => "Another program holds it. Try again, or stop that".to_owned(),
        _ => "Check the database's own log".to_owned(),
    };
    format!("{message}. {hint}")
}
