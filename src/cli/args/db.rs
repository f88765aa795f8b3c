//! `mspdash db`: the workspace's database, between runs of a server.

use super::{Output, Workspace};
use crate::config::path_parser;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Clone, Subcommand)]
pub enum Db {
    /// Look through the database and change nothing; ends with 1 if something is wrong. A server may run on it.
    Check(DbCheck),
    /// Copy the database to a new file of one moment. A server may run on it.
    Backup(DbBackup),
    /// Put a copy in the place of the database; what was there is kept beside it. No server may run on it.
    Restore(DbRestore),
    /// Copy a workspace from its file into an empty PostgreSQL database: all of it, or nothing. Nobody should change it
    /// meanwhile.
    Copy(DbCopy),
    /// Bring the database up to date, as a server does when it starts. No server may run on it.
    Migrate(DbMigrate),
}

#[derive(Debug, Clone, Args)]
pub struct DbCheck {
    #[command(flatten)]
    pub workspace: Workspace,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Clone, Args)]
pub struct DbBackup {
    /// A file that is not there yet; it is made for you alone (mode 0600).
    #[arg(value_name = "FILE", value_parser = path_parser())]
    pub to: PathBuf,
    #[command(flatten)]
    pub workspace: Workspace,
}

#[derive(Debug, Clone, Args)]
pub struct DbRestore {
    /// A copy that `mspdash db backup` made.
    #[arg(value_name = "FILE", value_parser = path_parser())]
    pub from: PathBuf,
    #[command(flatten)]
    pub workspace: Workspace,
}

#[derive(Debug, Clone, Args)]
pub struct DbCopy {
    /// The workspace's file, which stays as it is.
    #[arg(value_name = "FROM", value_parser = path_parser())]
    pub from: PathBuf,
    /// The address of the database, such as `postgres://USER@HOST/DATABASE`.
    #[arg(value_name = "TO")]
    pub to: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Clone, Args)]
pub struct DbMigrate {
    #[command(flatten)]
    pub workspace: Workspace,
}
