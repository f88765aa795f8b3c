//! A secret that a program prints, e.g. `op read op://…`. It is run without a shell: nothing in the configuration is
//! split or expanded.

use super::Lookup;
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

/// Long enough to put a finger on a sensor.
pub const TIMEOUT: Duration = Duration::from_secs(20);
const POLL_INTERVAL: Duration = Duration::from_millis(5);

pub fn run(argv: &[String], hide: &[String], timeout: Duration) -> Lookup {
    let Some((program, arguments)) = argv.split_first() else {
        return Lookup::Failed(NoSecret::CommandMissing("secret_command".into()), String::new());
    };
    let shown = clean(program).into_owned();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in secret_variables(hide) {
        command.env_remove(name);
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Lookup::Failed(NoSecret::CommandMissing(shown), error.to_string()),
    };
    let ended = collect_output(&mut child, timeout);
    if !matches!(ended, Ok((_, _, Some(_)))) {
        // It may have exited meanwhile; its own children are left alone.
        let _ = child.kill();
        let _ = child.wait();
    }
    match ended {
        Ok((stdout, stderr, Some(status))) => parse_output(&shown, &stdout, &stderr, status),
        Ok((_, _, None)) => Lookup::Failed(NoSecret::CommandSilent(shown, timeout.as_secs()), String::new()),
        Err(error) => Lookup::Failed(NoSecret::CommandMissing(shown), error.to_string()),
    }
}

/// The variables that no child process may inherit: all our own with secrets, whatever profile they belong to, and
/// the `named` ones.
pub fn secret_variables(named: &[String]) -> Vec<OsString> {
    secret_variables_among(std::env::vars_os().map(|(name, _)| name), named)
}

fn secret_variables_among(all: impl Iterator<Item = OsString>, named: &[String]) -> Vec<OsString> {
    let own = all.filter(|name| name.as_encoded_bytes().starts_with(crate::config::CLIENT_SECRET.as_bytes()));
    own.chain(named.iter().map(OsString::from)).collect()
}

type Output = Zeroizing<Vec<u8>>;

/// Its output, its error output and its status; `None` when it took too long.
fn collect_output(child: &mut Child, timeout: Duration) -> io::Result<(Output, Output, Option<ExitStatus>)> {
    let end = Instant::now() + timeout;
    let stdout = read_on_thread(child.stdout.take())?;
    let stderr = read_on_thread(child.stderr.take())?;
    let nothing = || Zeroizing::new(Vec::new());
    let stdout = match stdout.recv_timeout(end.saturating_duration_since(Instant::now())) {
        Ok(stdout) => stdout,
        Err(RecvTimeoutError::Timeout) => return Ok((nothing(), nothing(), None)),
        Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("its output was lost")),
    };
    let mut status = child.try_wait()?;
    while status.is_none() && Instant::now() < end {
        thread::sleep(POLL_INTERVAL);
        status = child.try_wait()?;
    }
    // A child of it may hold this open: not worth waiting for.
    let stderr = stderr.recv_timeout(POLL_INTERVAL * 20).unwrap_or_else(|_| nothing());
    Ok((stdout, stderr, status))
}

/// Reads to the end on its own thread and keeps no more than a secret can be long.
fn read_on_thread(from: Option<impl Read + Send + 'static>) -> io::Result<Receiver<Output>> {
    let (send, receive) = sync_channel(1);
    let mut from = from.ok_or_else(|| io::Error::other("no output"))?;
    thread::Builder::new().name("secret command".into()).spawn(move || {
        // Allocated up front: a buffer that grows leaves copies behind.
        let mut buffer = Zeroizing::new(Vec::with_capacity(LONGEST + 8));
        let _ = from.by_ref().take(LONGEST as u64 + 4).read_to_end(&mut buffer);
        let _ = io::copy(&mut from, &mut io::sink());
        let _ = send.send(buffer);
    })?;
    Ok(receive)
}

fn parse_output(program: &str, stdout: &Output, stderr: &Output, status: ExitStatus) -> Lookup {
    if !status.success() {
        return Lookup::Failed(NoSecret::CommandFailed(program.to_owned()), error_line(stdout, stderr, status));
    }
    match one_line(stdout) {
        Some("") => Lookup::Failed(NoSecret::CommandEmpty(program.to_owned()), String::new()),
        Some(text) => Lookup::Found(SecretString::from(text)),
        None if stdout.len() > LONGEST + 2 => {
            Lookup::Failed(NoSecret::CommandTooLong(program.to_owned()), String::new())
        }
        None => Lookup::Failed(NoSecret::CommandOdd(program.to_owned()), String::new()),
    }
}

/// The last line of stderr, unless it contains the output, which may be a secret.
fn error_line(stdout: &Output, stderr: &Output, status: ExitStatus) -> String {
    let stderr = String::from_utf8_lossy(stderr);
    let stdout = String::from_utf8_lossy(stdout);
    let last = stderr.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let last = last.filter(|line| stdout.split_whitespace().all(|word| !line.contains(word)));
    last.map_or_else(|| status.to_string(), |line| clean(line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_of_ours_with_a_secret_is_hidden_and_those_that_are_named() {
        let set = ["MSPDASH_CLIENT_SECRET", "PATH", "MSPDASH_CLIENT_SECRET_EUROPE", "MSPDASH_CLIENT_ID", "EU"];
        let hidden = secret_variables_among(set.into_iter().map(OsString::from), &["EU".to_owned()]);
        assert_eq!(hidden, ["MSPDASH_CLIENT_SECRET", "MSPDASH_CLIENT_SECRET_EUROPE", "EU"]);
    }
}
