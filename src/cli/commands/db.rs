//! The workspace's database: looked through, copied, put back, brought up to date.

use crate::cli::Exit;
use crate::cli::args::{Db, DbBackup, DbCheck, DbCopy, DbMigrate, DbRestore, Format, Workspace};
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::cli::progress::Progress;
use crate::cli::table::columns;
use crate::clock;
use crate::config::Paths;
use crate::local_server::maintenance::{self, Copied, CopiedTable, MaintenanceError, Report};
use crate::local_server::{copy_to_postgres, workspace_file};
use serde::Serialize;
use std::path::{Path, PathBuf};

pub fn run(command: &Db, paths: &Paths, io: &mut Io<'_>) -> Result<(), CliError> {
    let file = |workspace: &Workspace| file(command, workspace, paths);
    let refused = |error: MaintenanceError| failed(&error.to_string());
    match command {
        Db::Check(DbCheck { output, workspace }) => {
            let path = file(workspace)?;
            tell_check(&path, &maintenance::check(&path).map_err(refused)?, output.format, io)
        }
        Db::Backup(DbBackup { to, workspace }) => {
            let path = file(workspace)?;
            let copying = Progress::spinner(format!("copying {}", path.display()));
            let report = maintenance::backup(&path, to).map_err(refused)?;
            drop(copying);
            io.say(&format!("{} copied to {}: {}.", path.display(), to.display(), contents(&report)))
        }
        Db::Restore(DbRestore { from, workspace }) => {
            let path = file(workspace)?;
            let moment = clock::now().strftime("%Y%m%dT%H%M%SZ").to_string();
            let restoring = Progress::spinner(format!("restoring {}", from.display()));
            let restored = maintenance::restore(&path, from, &moment).map_err(refused)?;
            drop(restoring);
            io.say(&format!("{} restored from {}: {}.", path.display(), from.display(), contents(&restored.report)))?;
            if let Some(kept) = restored.kept {
                io.say(&format!("What was there before is kept as {}.", kept.display()))?;
            }
            io.tell("technicians and their access are as they were then: take it away again from who has left since.");
            Ok(())
        }
        Db::Copy(DbCopy { from, to, output }) => {
            let copying = Progress::spinner(format!("copying {}", from.display()));
            let copied = copy_to_postgres(from, to).map_err(|said| failed(&said))?;
            drop(copying);
            tell_copy(from, &copied, output.format, io)
        }
        Db::Migrate(DbMigrate { workspace }) => {
            let path = file(workspace)?;
            let migrating = Progress::spinner(format!("bringing {} up to date", path.display()));
            let (before, after) = maintenance::migrate(&path).map_err(refused)?;
            drop(migrating);
            io.say(&if before == after {
                format!("{} is up to date (version {after}).", path.display())
            } else {
                format!("{} was brought from version {before} to {after}.", path.display())
            })
        }
    }
}

fn failed(said: &str) -> CliError {
    CliError::Message(format!("{said}."), Exit::Failure)
}

/// Of which file is spoken.
fn file(command: &Db, Workspace { region, database }: &Workspace, paths: &Paths) -> Result<PathBuf, CliError> {
    if let Some(said) = database.as_deref().and_then(|database| for_postgres(command, database)) {
        return Err(CliError::Message(said, Exit::Usage));
    }
    workspace_file(database.clone(), *region, paths).map_err(|said| failed(&said))
}

fn tell_copy(from: &Path, copied: &Copied, format: Format, io: &mut Io<'_>) -> Result<(), CliError> {
    let rows = |CopiedTable { table, rows, checksum }: &CopiedTable| {
        [table.clone(), rows.to_string(), checksum.chars().take(16).collect()]
    };
    io.show(format, copied, || columns(["Table", "Rows", "Checksum"], &[1], copied.tables.iter().map(rows)))?;
    let from = from.display();
    io.tell(&format!("copied {from} to {}: rows and checksums are the same in both.", copied.place));
    if copied.in_use {
        io.tell(&format!("{from} is in use: what is written to it from now on is not in the copy."));
    }
    Ok(())
}

fn contents(Report { companies, technicians, audit_events, .. }: &Report) -> String {
    format!("companies {companies}, technicians {technicians}, audit events {audit_events}; whole")
}

fn tell_check(path: &Path, report: &Report, format: Format, io: &mut Io<'_>) -> Result<(), CliError> {
    #[derive(Serialize)]
    struct Checked<'a> {
        path: String,
        #[serde(flatten)]
        report: &'a Report,
    }
    let table = || {
        let Report { version, newest_version, companies, technicians, audit_events, problems } = report;
        let mut lines = vec![
            format!("Database      {}", path.display()),
            format!("Version       {version} of {newest_version}"),
            format!("Companies     {companies}"),
            format!("Technicians   {technicians}"),
            format!("Audit events  {audit_events}"),
        ];
        lines.extend(problems.iter().map(|problem| format!("Problem       {problem}")));
        lines.push(format!("Whole         {}", if problems.is_empty() { "yes" } else { "no" }));
        lines.join("\n")
    };
    io.show(format, &Checked { path: path.display().to_string(), report }, table)?;
    if report.problems.is_empty() {
        return Ok(());
    }
    let said = format!("{} is damaged. Put a copy back with `mspdash db restore FILE`.", path.display());
    Err(CliError::Message(said, Exit::Failure))
}

/// `PostgreSQL` has tools of its own, which do it better. The address may hold a password: it is not repeated.
fn for_postgres(command: &Db, database: &Path) -> Option<String> {
    let address = database.to_string_lossy();
    if !["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
        return None;
    }
    let line = match command {
        Db::Check(_) => "pg_amcheck --dbname=ADDRESS",
        Db::Backup(_) => "pg_dump --format=custom --file=FILE --dbname=ADDRESS",
        Db::Restore(_) => "pg_restore --clean --if-exists --single-transaction --dbname=ADDRESS FILE",
        _ => {
            return Some("a server brings a PostgreSQL database up to date when it starts.".to_owned());
        }
    };
    Some(format!("this is for SQLite files. PostgreSQL has a tool of its own: {line}"))
}
