//! A secret that a program of the user's prints, e.g. `op read op://…`. No shell is in between: nothing in the
//! configuration is split or expanded.

use super::Looked;
use super::text::{LONGEST, one_line};
use crate::domain::secret::NoSecret;
use crate::domain::text::clean;
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use std::ffi::OsString;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Long enough for somebody to put a finger on a sensor.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether a program whose output has ended is gone.
const LOOK: Duration = Duration::from_millis(5);

/// Runs it and takes its one line.
pub fn run(argv: &[String], hide: &[String], patience: Duration) -> Looked {
    let Some((program, arguments)) = argv.split_first() else {
        return Looked::Failed(NoSecret::CommandMissing("secret_command".into()), String::new());
    };
    let shown = clean(program).into_owned();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in not_inherited(hide) {
        command.env_remove(name);
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Looked::Failed(NoSecret::CommandMissing(shown), error.to_string()),
    };
    let ended = listen(&mut child, patience);
    if !matches!(ended, Ok((_, _, Some(_)))) {
        // It may have ended meanwhile; whatever it started itself is its own.
        let _ = child.kill();
        let _ = child.wait();
    }
    match ended {
        Ok((printed, complaint, Some(status))) => judge(&shown, &printed, &complaint, status),
        Ok((_, _, None)) => Looked::Failed(NoSecret::CommandSilent(shown, patience.as_secs()), String::new()),
        Err(error) => Looked::Failed(NoSecret::CommandMissing(shown), error.to_string()),
    }
}

/// The variables of this process that no program started from here may inherit: our own with secrets, whatever
/// profile they belong to, and those that are `named`.
#[must_use]
pub fn not_inherited(named: &[String]) -> Vec<OsString> {
    secret_among(std::env::vars_os().map(|(name, _)| name), named)
}

fn secret_among(all: impl Iterator<Item = OsString>, named: &[String]) -> Vec<OsString> {
    let own = all.filter(|name| name.as_encoded_bytes().starts_with(crate::config::CLIENT_SECRET.as_bytes()));
    own.chain(named.iter().map(OsString::from)).collect()
}

type Printed = Zeroizing<Vec<u8>>;

/// What it printed, what it complained about, and how it ended; `None`: not in time.
fn listen(child: &mut Child, patience: Duration) -> io::Result<(Printed, Printed, Option<ExitStatus>)> {
    let end = Instant::now() + patience;
    let printed = drain(child.stdout.take())?;
    let complaint = drain(child.stderr.take())?;
    let nothing = || Zeroizing::new(Vec::new());
    let printed = match printed.recv_timeout(end.saturating_duration_since(Instant::now())) {
        Ok(printed) => printed,
        Err(RecvTimeoutError::Timeout) => return Ok((nothing(), nothing(), None)),
        Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("its output was lost")),
    };
    let mut status = child.try_wait()?;
    while status.is_none() && Instant::now() < end {
        thread::sleep(LOOK);
        status = child.try_wait()?;
    }
    // Something that it left running may hold this open: its words are not worth waiting for.
    let complaint = complaint.recv_timeout(LOOK * 20).unwrap_or_else(|_| nothing());
    Ok((printed, complaint, status))
}

/// Reads to the end on a thread of its own, and keeps no more than a secret can be long.
fn drain(from: Option<impl Read + Send + 'static>) -> io::Result<Receiver<Printed>> {
    let (send, receive) = sync_channel(1);
    let mut from = from.ok_or_else(|| io::Error::other("no output"))?;
    thread::Builder::new().name("secret command".into()).spawn(move || {
        // Of this size from the start: a buffer that grows leaves copies behind.
        let mut kept = Zeroizing::new(Vec::with_capacity(LONGEST + 8));
        let _ = from.by_ref().take(LONGEST as u64 + 4).read_to_end(&mut kept);
        let _ = io::copy(&mut from, &mut io::sink());
        let _ = send.send(kept);
    })?;
    Ok(receive)
}

fn judge(program: &str, printed: &Printed, complaint: &Printed, status: ExitStatus) -> Looked {
    if !status.success() {
        return Looked::Failed(NoSecret::CommandFailed(program.to_owned()), last_words(printed, complaint, status));
    }
    match one_line(printed) {
        Some("") => Looked::Failed(NoSecret::CommandEmpty(program.to_owned()), String::new()),
        Some(text) => Looked::Have(SecretString::from(text)),
        None if printed.len() > LONGEST + 2 => {
            Looked::Failed(NoSecret::CommandTooLong(program.to_owned()), String::new())
        }
        None => Looked::Failed(NoSecret::CommandOdd(program.to_owned()), String::new()),
    }
}

/// The last line of its complaint, unless that holds what it printed: that may be a secret.
fn last_words(printed: &Printed, complaint: &Printed, status: ExitStatus) -> String {
    let complaint = String::from_utf8_lossy(complaint);
    let printed = String::from_utf8_lossy(printed);
    let last = complaint.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let last = last.filter(|line| printed.split_whitespace().all(|word| !line.contains(word)));
    last.map_or_else(|| status.to_string(), |line| clean(line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_of_ours_with_a_secret_is_hidden_and_those_that_are_named() {
        let set = ["MSPDASH_CLIENT_SECRET", "PATH", "MSPDASH_CLIENT_SECRET_EUROPE", "MSPDASH_CLIENT_ID", "EU"];
        let hidden = secret_among(set.into_iter().map(OsString::from), &["EU".to_owned()]);
        assert_eq!(hidden, ["MSPDASH_CLIENT_SECRET", "MSPDASH_CLIENT_SECRET_EUROPE", "EU"]);
    }
}
