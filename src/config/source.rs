//! Which server to use. Flags and variables describe an account for this one start and override the profiles;
//! profiles override the older keys at the top of the file.

use super::origin::{Origin, Sourced};
use super::profile::{OWN, SAMPLE, UNNAMED};
use super::resolve::Resolved;
use super::secret::Secret;
use super::select_profile::select_profiles;
use super::{Credentials, Flags, Missing, Notice, Problem, Profile, ROLE, Source, address, credentials};
use crate::domain::id::{AccountId, ProfileId};
use std::path::Path;
use url::Url;

pub fn of(resolved: &Resolved, flags: &Flags) -> Result<Source, Problem> {
    let chosen = &resolved.chosen;
    if let Some(flag) = server_flag(flags) {
        return match chosen.origin {
            Origin::Flag(chosen) => Err(Problem::TwoServers { chosen, flag }),
            _ => ad_hoc(resolved, flags),
        };
    }
    let variable = |origin: &Origin| matches!(origin, Origin::Environment(_));
    let of_env =
        [&resolved.server.origin, &resolved.client_id.origin, &resolved.client_secret.origin].into_iter().any(variable);
    if of_env && !matches!(chosen.origin, Origin::Flag(_)) {
        return ad_hoc(resolved, flags);
    }
    if chosen.value == [SAMPLE] {
        return Ok(embedded(flags));
    }
    let named = |name: &str| resolved.profiles.iter().any(|entry| entry.profile.id.as_str() == name);
    if chosen.value == [OWN] && !named(OWN) {
        return own(resolved, flags)?.ok_or(Problem::NoOwnWorkspace);
    }
    if !chosen.value.is_empty() || !resolved.profiles.is_empty() {
        refuse_sample_flags(flags)?;
        let all = resolved.profiles.iter().map(|entry| entry.profile.clone()).collect();
        return select_profiles(all, &chosen.value, &resolved.notices).map(Source::Profiles);
    }
    let raw_value = resolved.server.value.is_some() || resolved.client_id.value.is_some();
    if raw_value || resolved.credentials.value.is_some() {
        return ad_hoc(resolved, flags);
    }
    Ok(own(resolved, flags)?.unwrap_or_else(|| embedded(flags)))
}

/// The workspace of the user's own companies, if there is one.
fn own(resolved: &Resolved, flags: &Flags) -> Result<Option<Source>, Problem> {
    let Some(workspace) = resolved.paths.own_workspace_file().filter(|file| file.exists()) else { return Ok(None) };
    refuse_sample_flags(flags)?;
    if flags.role.is_some() {
        return Err(Problem::OnlyForSample { flag: "--as" });
    }
    Ok(Some(Source::Own { workspace }))
}

/// The flag that names a server for this start.
fn server_flag(flags: &Flags) -> Option<&'static str> {
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

/// A credentials file on the command line overrides the environment as a whole: a forgotten variable must never send
/// a technician's secret to another server.
fn ad_hoc(resolved: &Resolved, flags: &Flags) -> Result<Source, Problem> {
    refuse_sample_flags(flags)?;
    let parts = [&resolved.server.origin, &resolved.client_id.origin, &resolved.client_secret.origin];
    let above = parts.into_iter().any(|origin| matches!(origin, Origin::Environment(_) | Origin::Flag(_)));
    let file = match &resolved.credentials {
        Sourced { value: Some(path), origin: Origin::Flag(_) } => Some(path),
        Sourced { value: Some(path), .. } if !above => Some(path),
        _ => None,
    };
    let profile = match file {
        Some(path) => from_file(resolved, flags, path),
        None => from_parts(resolved),
    };
    profile.map(|profile| Source::Profiles(vec![profile]))
}

fn from_file(resolved: &Resolved, flags: &Flags, path: &Path) -> Result<Profile, Problem> {
    let file = Credentials::read(path)?;
    let chosen = file.choose(path, flags)?;
    let base_url = match &flags.server {
        Some(server) => usable(server, "--server")?,
        None => usable(&file.base_url, &path.display().to_string())?,
    };
    let account = file.account_id.as_deref().map(AccountId::new);
    let secret = Secret::Known(chosen.client_secret.clone());
    Ok(unnamed(resolved, base_url, account, chosen.client_id.clone(), secret))
}

fn from_parts(resolved: &Resolved) -> Result<Profile, Problem> {
    let Resolved { server, client_id, client_secret: secret, .. } = resolved;
    let (Some(address), Some(client_id), Some(secret)) = (&server.value, &client_id.value, &secret.value) else {
        let mut missing = Vec::new();
        missing.extend(server.value.is_none().then_some(Missing::Server));
        missing.extend(client_id.value.is_none().then_some(Missing::ClientId));
        missing.extend(secret.value.is_none().then_some(Missing::ClientSecret));
        return Err(Problem::Incomplete { missing });
    };
    let base_url = usable(address, server.origin.name().unwrap_or("config.toml"))?;
    Ok(unnamed(resolved, base_url, None, client_id.clone(), Secret::Known(secret.clone())))
}

/// The account of a start without profiles.
fn unnamed(
    resolved: &Resolved,
    base_url: Url,
    account: Option<AccountId>,
    client_id: String,
    secret: Secret,
) -> Profile {
    Profile {
        id: ProfileId::new(UNNAMED),
        label: None,
        tint: None,
        base_url,
        account,
        client_id,
        secret,
        read_only: false,
        default: true,
        ca_file: resolved.ca_file.value.clone(),
    }
}

/// `--fresh` with a real server would look as if it did something.
fn refuse_sample_flags(flags: &Flags) -> Result<(), Problem> {
    if flags.fresh {
        return Err(Problem::OnlyForSample { flag: "--fresh" });
    }
    if flags.sample_size.is_some() {
        return Err(Problem::OnlyForSample { flag: "--sample-size" });
    }
    Ok(())
}

/// The notice that keys at the top of the file are ignored beside profiles.
pub fn unused_server_keys(resolved: &Resolved) -> Option<Notice> {
    let path = resolved.paths.config_file.clone()?;
    let old = [&resolved.server.origin, &resolved.client_id.origin, &resolved.credentials.origin];
    let line = old.into_iter().find_map(Origin::line).filter(|_| !resolved.profiles.is_empty())?;
    let reason = "a server at the top of the file is not used beside profiles".to_owned();
    Some(Notice::Line { path, line, reason })
}

fn usable(text: &str, origin: &str) -> Result<Url, Problem> {
    // Not quoted: a mistyped address may hold a password.
    address(text).ok_or_else(|| Problem::BadServer { origin: origin.to_owned() })
}
