//! Which server to work with. What is said for this one start (flags, then variables) gives one account of its own
//! and stands above the profiles; those stand above the older keys at the top of the file.

use super::choose::named;
use super::origin::{Origin, Sourced};
use super::profile::{SAMPLE, UNNAMED};
use super::secret::Secret;
use super::settled::Settled;
use super::{Credentials, Flags, Missing, Notice, Problem, Profile, ROLE, Source, address, credentials};
use crate::domain::id::{AccountId, ProfileId};
use std::path::Path;
use url::Url;

/// Which server these settings mean.
///
/// # Errors
/// What is missing, wrong, or said twice.
pub fn of(settled: &Settled, flags: &Flags) -> Result<Source, Problem> {
    let chosen = &settled.chosen;
    if let Some(flag) = own_way(flags) {
        return match chosen.origin {
            Origin::Flag(_) => Err(Problem::TwoServers { flag }),
            _ => ad_hoc(settled, flags),
        };
    }
    let variable = |origin: &Origin| matches!(origin, Origin::Environment(_));
    let of_env =
        [&settled.server.origin, &settled.client_id.origin, &settled.client_secret.origin].into_iter().any(variable);
    if of_env && !matches!(chosen.origin, Origin::Flag(_)) {
        return ad_hoc(settled, flags);
    }
    if chosen.value == [SAMPLE] {
        return Ok(embedded(flags));
    }
    if !chosen.value.is_empty() || !settled.profiles.is_empty() {
        refuse_sample_flags(flags)?;
        let all = settled.profiles.iter().map(|listed| listed.profile.clone()).collect();
        return named(all, &chosen.value, &settled.notices).map(Source::Profiles);
    }
    let written = settled.server.value.is_some() || settled.client_id.value.is_some();
    if written || settled.credentials.value.is_some() { ad_hoc(settled, flags) } else { Ok(embedded(flags)) }
}

/// The flag that gives this start a server of its own.
fn own_way(flags: &Flags) -> Option<&'static str> {
    let ways = [
        (flags.credentials.is_some(), "--credentials"),
        (flags.server.is_some(), "--server"),
        (flags.client_id.is_some(), "--client-id"),
    ];
    ways.into_iter().find_map(|(given, flag)| given.then_some(flag))
}

fn embedded(flags: &Flags) -> Source {
    Source::Embedded {
        fresh: flags.fresh,
        sample_size: flags.sample_size.unwrap_or(super::SAMPLE_SIZE),
        role: flags.role.as_deref().map_or_else(|| ROLE.to_owned(), credentials::role_word),
    }
}

/// A credentials file that the command line names stands above the environment as a whole: one technician's
/// secret must never be sent to the server of another layer because of a forgotten variable.
fn ad_hoc(settled: &Settled, flags: &Flags) -> Result<Source, Problem> {
    refuse_sample_flags(flags)?;
    let parts = [&settled.server.origin, &settled.client_id.origin, &settled.client_secret.origin];
    let above = parts.into_iter().any(|origin| matches!(origin, Origin::Environment(_) | Origin::Flag(_)));
    let file = match &settled.credentials {
        Sourced { value: Some(path), origin: Origin::Flag(_) } => Some(path),
        Sourced { value: Some(path), .. } if !above => Some(path),
        _ => None,
    };
    let profile = match file {
        Some(path) => from_file(flags, path),
        None => from_parts(settled),
    };
    profile.map(|profile| Source::Profiles(vec![profile]))
}

fn from_file(flags: &Flags, path: &Path) -> Result<Profile, Problem> {
    let file = Credentials::read(path)?;
    let chosen = file.choose(path, flags)?;
    let base_url = match &flags.server {
        Some(server) => usable(server, "--server")?,
        None => usable(&file.base_url, &path.display().to_string())?,
    };
    let account = file.account_id.as_deref().map(AccountId::new);
    let secret = Secret::Known(chosen.client_secret.clone());
    Ok(unnamed(base_url, account, chosen.client_id.clone(), secret))
}

fn from_parts(settled: &Settled) -> Result<Profile, Problem> {
    let Settled { server, client_id, client_secret: secret, .. } = settled;
    let (Some(address), Some(client_id), Some(secret)) = (&server.value, &client_id.value, &secret.value) else {
        let mut missing = Vec::new();
        missing.extend(server.value.is_none().then_some(Missing::Server));
        missing.extend(client_id.value.is_none().then_some(Missing::ClientId));
        missing.extend(secret.value.is_none().then_some(Missing::ClientSecret));
        return Err(Problem::Incomplete { missing });
    };
    let base_url = usable(address, server.origin.name().unwrap_or("config.toml"))?;
    Ok(unnamed(base_url, None, client_id.clone(), Secret::Known(secret.clone())))
}

/// The one account of a start without profiles.
fn unnamed(base_url: Url, account: Option<AccountId>, client_id: String, secret: Secret) -> Profile {
    let id = ProfileId::new(UNNAMED);
    let (label, tint, ca_file) = (None, None, None);
    Profile { id, label, tint, base_url, account, client_id, secret, read_only: false, default: true, ca_file }
}

/// `--fresh` against a real server would look as if it did something.
fn refuse_sample_flags(flags: &Flags) -> Result<(), Problem> {
    if flags.fresh {
        return Err(Problem::OnlyForSample { flag: "--fresh" });
    }
    if flags.sample_size.is_some() {
        return Err(Problem::OnlyForSample { flag: "--sample-size" });
    }
    Ok(())
}

/// What is said about the older keys at the top of the file when there are profiles.
pub fn passed_over(settled: &Settled) -> Option<Notice> {
    let path = settled.paths.config_file.clone()?;
    let old = [&settled.server.origin, &settled.client_id.origin, &settled.credentials.origin];
    let line = old.into_iter().find_map(Origin::line).filter(|_| !settled.profiles.is_empty())?;
    let reason = "a server at the top of the file is not used beside profiles".to_owned();
    Some(Notice::Profiles { path, line, reason })
}

fn usable(text: &str, origin: &str) -> Result<Url, Problem> {
    // Not quoted: a mistyped address may hold a password.
    address(text).ok_or_else(|| Problem::BadServer { origin: origin.to_owned() })
}
