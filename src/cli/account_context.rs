//! What every command about accounts works with: the settings, the way in, and the ways out. None of them needs an
//! account to be signed in to already.

use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::config::{self, Flags, Origin, Problem, Profile, ProfileEntry, Resolved};
use secrecy::SecretString;

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

    /// See [`Io::ask`].
    pub fn ask(&mut self, question: &str) -> Result<String, CliError> {
        self.io.ask(question)
    }

    /// See [`Io::secret`].
    pub fn secret(&mut self, prompt: &str) -> Result<SecretString, CliError> {
        self.io.secret(prompt)
    }
}
