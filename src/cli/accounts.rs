//! What every command about accounts works with: the settings, the way in, and the ways out. None of them needs an
//! account to be signed in to already.

use super::args::{Accounts, Configuration, Profiles};
use super::desk::{self, End};
use super::{Exit, Outside, config_show, login, profile, profile_test};
use crate::config::{self, Flags, Origin, Problem, Profile, ProfileEntry, Resolved};
use crate::domain::secret::given;
use secrecy::SecretString;
use std::io::{self, BufRead};

/// Asks for a secret without showing it.
pub type AskSecret = fn(&str) -> io::Result<SecretString>;

/// No answer to a question is longer, and no secret on standard input, in bytes.
const LONGEST: u64 = 16 << 10;

/// Where a command about accounts works.
pub(super) struct Seat<'a> {
    pub flags: &'a Flags,
    pub settled: Resolved,
    pub outside: Outside<'a>,
    pub ask_secret: AskSecret,
}

/// Carries out a command about accounts.
pub async fn run<'a>(command: &Accounts, flags: &'a Flags, outside: Outside<'a>, ask_secret: AskSecret) -> Exit {
    let mut seat = Seat { flags, settled: Resolved::read(flags), outside, ask_secret };
    let notices: Vec<_> = seat.settled.notices.iter().map(ToString::to_string).collect();
    for notice in notices.into_iter().chain(crate::client::proxy::passed_over()) {
        seat.outside.tell(&format!("{notice}."));
    }
    let outcome = match command {
        Accounts::Profile(Profiles::Add(args)) => profile::add(args, &mut seat).await,
        Accounts::Profile(Profiles::List(args)) => profile::list(args, &mut seat),
        Accounts::Profile(Profiles::Remove(args)) => profile::remove(args, &mut seat),
        Accounts::Profile(Profiles::Test(args)) => profile_test::run(args, &mut seat).await,
        Accounts::Login(args) => login::login(args, &mut seat).await,
        Accounts::Logout(args) => login::logout(args, &mut seat),
        Accounts::Config(Configuration::Show(args)) => config_show::run(args, &mut seat),
    };
    desk::close(seat.outside.err, outcome)
}

impl Seat<'_> {
    /// The profile of this name.
    pub fn find(&self, name: &str) -> Option<&ProfileEntry> {
        self.settled.profiles.iter().find(|listed| listed.profile.id.as_str() == name)
    }

    /// The profiles that a command is about: all, the one that is named, or the one that goes without saying.
    pub fn which(&self, name: Option<&str>, all: bool) -> Result<Vec<Profile>, End> {
        let profiles: Vec<_> = self.settled.profiles.iter().map(|listed| listed.profile.clone()).collect();
        if profiles.is_empty() && self.settled.notices.is_empty() {
            return Err(problem(&Problem::NoProfiles));
        }
        if all {
            return Ok(profiles);
        }
        let mut names = self.settled.chosen.clone();
        if let Some(name) = name {
            names = config::Sourced::new(vec![name.to_owned()], Origin::Flag("NAME"));
        }
        let chosen =
            config::select_profiles(profiles, &names.value, &self.settled.notices).map_err(|wrong| problem(&wrong))?;
        config::select_one(&chosen, &names, &self.settled.notices)
            .map(|one| vec![one.clone()])
            .map_err(|wrong| problem(&wrong))
    }

    /// Asks for a line; only where somebody sits at the terminal.
    pub fn ask(&mut self, question: &str) -> Result<String, End> {
        let _ = write!(self.outside.err, "{question}");
        let _ = self.outside.err.flush();
        let mut line = String::new();
        io::Read::take(&mut *self.outside.input, LONGEST).read_line(&mut line)?;
        if line.is_empty() {
            // The end of the input: the person gave up.
            let _ = writeln!(self.outside.err);
            return Err(End::Said("nothing was changed.".to_owned(), Exit::Failure));
        }
        Ok(given(line.trim()).to_owned())
    }

    /// The secret: asked for without showing it, or the first line of standard input.
    pub fn secret(&mut self, prompt: &str) -> Result<SecretString, End> {
        use secrecy::ExposeSecret;
        use secrecy::zeroize::Zeroizing;
        let secret = if self.outside.terminal {
            (self.ask_secret)(prompt).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => nothing_stored("no secret was given"),
                _ => nothing_stored(&format!("the secret cannot be asked for: {error}")),
            })?
        } else {
            // Of this size from the start: a text that grows leaves copies behind.
            let mut line = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default() + 8));
            let read = io::Read::take(&mut *self.outside.input, LONGEST).read_line(&mut line);
            read.map_err(|_| nothing_stored("what is on standard input is no text"))?;
            SecretString::from(line.as_str())
        };
        if given(secret.expose_secret()).trim().is_empty() {
            return Err(nothing_stored("no secret was given"));
        }
        config::checked_secret(&secret).ok_or_else(|| nothing_stored("a secret is one line of visible characters"))
    }
}

/// A call or a configuration that makes no sense, in its own sentence.
pub(super) fn problem(problem: &Problem) -> End {
    End::Said(format!("{problem}."), Exit::Usage)
}

fn nothing_stored(why: &str) -> End {
    End::Said(format!("{why}. Nothing was stored."), Exit::Usage)
}
