//! `mspdash keys`: what each key of the dashboard does. It needs no account.

use crate::cli::Exit;
use crate::cli::args::Keys;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::cli::table::columns;
use crate::config::{Flags, KeyFile, Resolved};
use serde::Serialize;

/// The keys of the dashboard.
#[derive(Debug, Serialize)]
pub struct KeyList {
    pub preset: &'static str,
    pub keys: Vec<KeyRow>,
    /// What is wrong with the user's own, with file and line.
    pub problems: Vec<String>,
}

/// One command.
#[derive(Debug, Serialize)]
pub struct KeyRow {
    pub command: &'static str,
    /// As written in a keymap; a sequence has blanks in it.
    pub keys: Vec<String>,
    pub name: &'static str,
    /// Where its keys work: `anywhere`, or the name of a tab or screen.
    pub place: String,
    pub help: &'static str,
    /// Its keys are others than by default.
    pub changed: bool,
}

/// Prints the keys, and on standard error what is wrong with the user's own, which ends with the code of a wrong
/// configuration.
pub fn run(
    args: &Keys,
    flags: &Flags,
    keys: fn(&[KeyFile], Option<&str>) -> Result<KeyList, String>,
    io: &mut Io<'_>,
) -> Result<(), CliError> {
    let resolved = Resolved::read(flags);
    let wrong = |notice: &&crate::config::Notice| matches!(notice, crate::config::Notice::Keymap { .. });
    let files: &[KeyFile] = if args.preset.is_some() { &[] } else { &resolved.keys };
    let mut list = keys(files, args.preset.as_deref()).map_err(|said| CliError::Message(said, Exit::Usage))?;
    if args.preset.is_none() {
        let notices = resolved.notices.iter().filter(wrong).map(ToString::to_string);
        list.problems.splice(0..0, notices);
    }
    io.show(args.format, &list, || table(&list.keys))?;
    for problem in &list.problems {
        let end = if problem.ends_with('?') { "" } else { "." };
        io.tell(&format!("{problem}{end}"));
    }
    if list.problems.is_empty() { Ok(()) } else { Err(CliError::Reported(Exit::Usage)) }
}

fn table(rows: &[KeyRow]) -> String {
    let cells = |row: &KeyRow| {
        let keys = if row.keys.is_empty() { "-".to_owned() } else { row.keys.join(", ") };
        let changed = if row.changed { "*" } else { "" };
        [format!("{keys}{changed}"), row.name.to_owned(), row.place.clone(), row.command.to_owned()]
    };
    columns(["KEYS", "COMMAND", "WHERE", "ID"], &[], rows.iter().map(cells))
}
