//! What a command asks the person who runs it.

use crate::cli::Exit;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::config;
use crate::domain::secret::given;
use crate::runtime::prompt_for_secret;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::io::{self, BufRead};

/// No answer to a question is longer, and no secret on standard input, in bytes.
const LONGEST: u64 = 16 << 10;

impl Io<'_> {
    /// Asks for a line; only where somebody sits at the terminal.
    pub fn ask(&mut self, question: &str) -> Result<String, CliError> {
        let _ = write!(self.err, "{question}");
        let _ = self.err.flush();
        let mut line = String::new();
        io::Read::take(&mut *self.input, LONGEST).read_line(&mut line)?;
        if line.is_empty() {
            // The end of the input: the person gave up.
            let _ = writeln!(self.err);
            return Err(CliError::Message("nothing was changed.".to_owned(), Exit::Failure));
        }
        Ok(given(line.trim()).to_owned())
    }

    /// The secret: asked for without showing it, or the first line of standard input.
    pub fn secret(&mut self, prompt: &str) -> Result<SecretString, CliError> {
        let secret = if self.terminal {
            prompt_for_secret(prompt).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => nothing_stored("no secret was given"),
                _ => nothing_stored(&format!("the secret cannot be asked for: {error}")),
            })?
        } else {
            // Of this size from the start: a text that grows leaves copies behind.
            let mut line = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default() + 8));
            let read = io::Read::take(&mut *self.input, LONGEST).read_line(&mut line);
            read.map_err(|_| nothing_stored("what is on standard input is no text"))?;
            SecretString::from(line.as_str())
        };
        if given(secret.expose_secret()).trim().is_empty() {
            return Err(nothing_stored("no secret was given"));
        }
        config::checked_secret(&secret).ok_or_else(|| nothing_stored("a secret is one line of visible characters"))
    }
}

fn nothing_stored(why: &str) -> CliError {
    CliError::Message(format!("{why}. Nothing was stored."), Exit::Usage)
}
