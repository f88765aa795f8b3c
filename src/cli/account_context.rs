//! What every command about accounts works with: the settings, the way in, and the ways out. None of them needs an
//! account to be signed in to already.

use crate::cli::Exit;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::config::{self, Flags, Origin, Problem, Profile, ProfileEntry, Resolved};
use crate::domain::secret::given;
use crate::runtime::prompt_for_secret;
use secrecy::SecretString;
use std::io::{self, BufRead};

/// No answer to a question is longer, and no secret on standard input, in bytes.
const LONGEST: u64 = 16 << 10;

/// Where a command about accounts works.
pub struct AccountContext<'a> {
    pub flags: &'a Flags,
    pub settled: Resolved,
    pub io: Io<'a>,
}

impl AccountContext<'_> {
    /// The profile of this name.
    pub fn find(&self, name: &str) -> Option<&ProfileEntry> {
        self.settled.profiles.iter().find(|listed| listed.profile.id.as_str() == name)
    }

    /// The profiles that a command is about: all, the one that is named, or the one that goes without saying.
    pub fn which(&self, name: Option<&str>, all: bool) -> Result<Vec<Profile>, CliError> {
        let profiles: Vec<_> = self.settled.profiles.iter().map(|listed| listed.profile.clone()).collect();
        if profiles.is_empty() && self.settled.notices.is_empty() {
            return Err(Problem::NoProfiles.into());
        }
        if all {
            return Ok(profiles);
        }
        let mut names = self.settled.chosen.clone();
        if let Some(name) = name {
            names = config::Sourced::new(vec![name.to_owned()], Origin::Flag("NAME"));
        }
        let chosen = config::select_profiles(profiles, &names.value, &self.settled.notices)?;
        Ok(vec![config::select_one(&chosen, &names, &self.settled.notices)?.clone()])
    }

    /// Asks for a line; only where somebody sits at the terminal.
    pub fn ask(&mut self, question: &str) -> Result<String, CliError> {
        let _ = write!(self.io.err, "{question}");
        let _ = self.io.err.flush();
        let mut line = String::new();
        io::Read::take(&mut *self.io.input, LONGEST).read_line(&mut line)?;
        if line.is_empty() {
            // The end of the input: the person gave up.
            let _ = writeln!(self.io.err);
            return Err(CliError::Message("nothing was changed.".to_owned(), Exit::Failure));
        }
        Ok(given(line.trim()).to_owned())
    }

    /// The secret: asked for without showing it, or the first line of standard input.
    pub fn secret(&mut self, prompt: &str) -> Result<SecretString, CliError> {
        use secrecy::ExposeSecret;
        use secrecy::zeroize::Zeroizing;
        let secret = if self.io.terminal {
            prompt_for_secret(prompt).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => nothing_stored("no secret was given"),
                _ => nothing_stored(&format!("the secret cannot be asked for: {error}")),
            })?
        } else {
            // Of this size from the start: a text that grows leaves copies behind.
            let mut line = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default() + 8));
            let read = io::Read::take(&mut *self.io.input, LONGEST).read_line(&mut line);
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
