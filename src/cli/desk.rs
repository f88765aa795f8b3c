//! What every one-shot command works with: the client, the way in and the ways out, and how it ends.

use super::args::{Format, Write as How};
use super::{Exit, sentence};
use crate::client::Client;
use crate::domain::error::{Cause, Error, FileFault, Operation, RetryAdvice};
use crate::domain::launch::{Opening, Redacted};
use crate::domain::request::{Answer, IdempotencyKey, Request};
use serde::Serialize;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::pin::Pin;

/// Opens an address in the browser. The address was proven safe by the client.
pub type Open = fn(Redacted) -> Pin<Box<dyn Future<Output = Result<Opening, Error>> + Send>>;

/// Writes a text to a file; one that is there already only if it may be replaced.
pub type Save = fn(&Path, &str, bool) -> Result<(), FileFault>;

/// What lies outside of a command.
pub struct Outside<'a> {
    /// Standard input; only read by a command that was told to.
    pub input: &'a mut dyn BufRead,
    /// Somebody sits at standard input and can be asked.
    pub terminal: bool,
    /// The browser, if there is one to hope for.
    pub browser: Option<Open>,
    /// Writes a file.
    pub save: Save,
    /// For results.
    pub out: &'a mut dyn Write,
    /// For anything else.
    pub err: &'a mut dyn Write,
}

/// Why a command did not end well.
pub(super) enum End {
    /// A question or a change failed.
    Error(Error),
    /// Something else stands against it, in a sentence of its own.
    Said(String, Exit),
    /// What stands against it was said already.
    Told(Exit),
    /// The reader has gone: `| head` is no failure.
    NoReader,
    Output(io::Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::NoReader } else { Self::Output(error) }
    }
}

/// Says how it ended, and gives the code for it.
pub(super) fn close(err: &mut dyn Write, outcome: Result<(), End>) -> Exit {
    let (said, exit) = match outcome {
        Ok(()) | Err(End::NoReader) => return Exit::Success,
        Err(End::Error(error)) => (sentence(&error), Exit::of(&error)),
        Err(End::Told(exit)) => return exit,
        Err(End::Said(said, exit)) => (said, exit),
        Err(End::Output(error)) => (format!("Writing the result failed: {error}."), Exit::Failure),
    };
    // Nothing is left to say it on if this fails too.
    let _ = writeln!(err, "mspdash: {said}");
    exit
}

/// Where a command works.
pub(super) struct Desk<'a> {
    pub client: Client,
    pub outside: Outside<'a>,
}

impl Desk<'_> {
    /// Asks for something that changes nothing.
    pub async fn ask(&mut self, request: Request) -> Result<Answer, End> {
        let (answer, unreadable) = self.client.perform(request).await?.whole();
        if unreadable > 0 {
            self.tell(&left_out(unreadable.into()));
        }
        Ok(answer)
    }

    /// Changes something, or lets the server run its checks alone.
    pub async fn change(&mut self, request: Request, how: How) -> Result<Answer, End> {
        if !how.dry_run {
            return Ok(self.client.perform(request).await?);
        }
        let answer = self.client.rehearse(request).await?;
        self.tell("dry run: every check passed, nothing was changed.");
        Ok(answer)
    }

    /// Writes a result in the way that was asked for.
    pub fn show(&mut self, format: Format, record: &impl Serialize, table: impl FnOnce() -> String) -> Result<(), End> {
        self.outside.show(format, record, table)
    }

    /// Says something beside the result.
    pub fn tell(&mut self, said: &str) {
        self.outside.tell(said);
    }
}

impl Outside<'_> {
    /// Writes a result in the way that was asked for.
    pub(super) fn show(
        &mut self,
        format: Format,
        record: &impl Serialize,
        table: impl FnOnce() -> String,
    ) -> Result<(), End> {
        let out = &mut *self.out;
        match format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, record).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            Format::Table => writeln!(out, "{}", table())?,
        }
        Ok(out.flush()?)
    }

    /// Writes one line of a result.
    pub(super) fn say(&mut self, said: &str) -> Result<(), End> {
        writeln!(self.out, "{said}")?;
        Ok(self.out.flush()?)
    }

    /// Says something beside the result.
    pub(super) fn tell(&mut self, said: &str) {
        // A reader who has gone does not stop a command that is under way.
        let _ = writeln!(self.err, "mspdash: {said}");
    }
}

/// A list that is not whole says so.
pub(super) fn left_out(rows: u64) -> String {
    format!("rows that could not be read and are left out: {rows}")
}

/// A list that stops before its end says so, and how to get all of it.
pub(super) fn stops(shown: usize, total: Option<u64>, all: &str) -> String {
    match total.filter(|total| *total > shown as u64) {
        Some(total) => format!("{shown} of {total} shown; {all}"),
        None => format!("{shown} shown, and there are more; {all}"),
    }
}

/// Names one intent. A command is one intent: the client repeats a lost answer under the same key.
pub(super) fn intent() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::now_v7().to_string())
}

/// The client answered something else than was asked: a defect of ours, told instead of a panic.
pub(super) fn odd(what: Operation) -> End {
    End::Error(Error::new(what, Cause::Unreadable, RetryAdvice::Never))
}

/// There is nothing of this id in the list that has all.
pub(super) fn not_found(what: Operation) -> End {
    End::Error(Error::new(what, Cause::NotFound, RetryAdvice::Never))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(end: End) -> (String, Exit) {
        let mut err = Vec::new();
        let exit = close(&mut err, Err(end));
        (String::from_utf8(err).unwrap(), exit)
    }

    #[test]
    fn a_change_whose_answer_was_lost_is_told_as_such() {
        let lost = Error::new(Operation::Unlink, Cause::ServerFailed { status: 502 }, RetryAdvice::Now);
        let (text, exit) = said(End::Error(lost.clone()));
        assert!(text.starts_with("mspdash: Not known whether it was unlinked: "), "{text}");
        assert!(text.ends_with("before you repeat it.\n"), "{text}");
        assert_eq!(exit, Exit::Unavailable);
        assert!(said(End::Error(lost.of_rehearsal())).0.starts_with("mspdash: Could not check the change: "));
        let refused = Error::new(Operation::Unlink, Cause::NotAllowed, RetryAdvice::Never);
        assert!(said(End::Error(refused)).0.starts_with("mspdash: Could not unlink: "));
    }

    #[test]
    fn every_intent_has_a_key_of_its_own_in_order_of_time() {
        let (first, second) = (intent().0, intent().0);
        assert_ne!(first, second);
        assert_eq!(uuid::Uuid::parse_str(&first).unwrap().get_version_num(), 7);
    }
}
