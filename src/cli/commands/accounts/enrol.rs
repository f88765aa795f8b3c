//! `mspdash login --enrol`: a one-time code becomes a credential. All that can be found out is found out before, because
//! the code works once.

use crate::cli::Exit;
use crate::cli::account_context::AccountContext;
use crate::cli::args::{Keep, Login};
use crate::cli::commands::accounts::login::{config_file, draft, target, try_and_keep};
use crate::cli::error::CliError;
use crate::client;
use crate::config::edit::{self, NewProfile};
use crate::config::{Profile, Resolved, check_name};
use crate::domain::secret::given;
use crate::domain::technician::code;
use secrecy::ExposeSecret;

/// Stands for the client id until there is one.
const UNKNOWN: &str = "enrolment";

pub async fn enrol(args: &Login, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let name = args.name.clone().or_else(|| ctx.settled.chosen.value.first().cloned());
    let known = match &name {
        Some(name) => ctx.find(name).map(|listed| listed.profile.clone()),
        None if ctx.flags.server.is_none() => ctx.which(None, false)?.pop(),
        None => None,
    };
    if ctx.flags.client_id.is_some() {
        return Err(usage("--client-id is not needed: the code brings one."));
    }
    if known.is_some() && ctx.flags.server.is_some() {
        return Err(usage("--server is for a profile that is not there yet: this one has its own."));
    }
    let new = if known.is_some() { None } else { Some(new_profile(name, ctx)?) };
    let profile = match (&known, &new) {
        (Some(known), _) => known.clone(),
        (None, Some(new)) => draft(new, ctx)?,
        (None, None) => return Err(usage("say which profile.")),
    };
    config_file(ctx)?;
    target(&profile, args.keep, ctx)?;
    let code = read_code(args.enrol.as_ref().and_then(Option::as_deref), &profile, ctx)?;
    let enrolled = client::enrol(profile.base_url.clone(), profile.ca_file.clone(), &code).await?;
    let kept = keep(known, new, &enrolled, args.keep, ctx).await;
    if kept.is_err() {
        ctx.io.tell("the code is used up, and the credential was not stored. Ask for another code.");
    }
    kept
}

async fn keep(
    known: Option<Profile>,
    new: Option<NewProfile>,
    enrolled: &client::Enrolled,
    keep: Keep,
    ctx: &mut AccountContext<'_>,
) -> Result<(), CliError> {
    let new = new.map(|new| NewProfile { client_id: enrolled.client_id.clone(), ..new });
    let profile = match (known, &new) {
        (Some(known), _) if known.client_id != enrolled.client_id => {
            edit::set_client_id(&config_file(ctx)?, known.id.as_str(), &enrolled.client_id)?;
            ctx.settled = Resolved::read(ctx.flags);
            ctx.which(Some(known.id.as_str()), false)?.pop()
        }
        (Some(known), _) => Some(known),
        (None, Some(new)) => Some(draft(new, ctx)?),
        (None, None) => None,
    };
    let profile = profile.ok_or_else(|| usage("the profile is gone."))?;
    let place = target(&profile, keep, ctx)?;
    // It is good whether or not the server can be reached a second time.
    let keep = Keep { unchecked: true, ..keep };
    try_and_keep(&profile, new.as_ref(), &place, &enrolled.client_secret, keep, ctx).await
}

/// A profile to add: by the given name, or that of the server.
fn new_profile(name: Option<String>, ctx: &mut AccountContext<'_>) -> Result<NewProfile, CliError> {
    let server = match &ctx.flags.server {
        Some(server) => server.clone(),
        None if ctx.io.terminal => ctx.ask("Address of the MSP API, e.g. https://msp-api.example.com: ")?,
        None => return Err(usage("say which server with --server URL.")),
    };
    let server = given(server.trim()).to_owned();
    let name = name.unwrap_or_else(|| name_of(&server));
    check_name(&name).map_err(|reason| usage(&format!("{reason}. Choose one with --profile NAME.")))?;
    if ctx.find(&name).is_some() {
        return Err(usage(&format!("there is a profile {name} already: choose another name with --profile NAME.")));
    }
    let ca_file = ctx.flags.ca_file.as_deref().map(std::path::absolute).transpose();
    let ca_file = ca_file.map_err(|error| usage(&format!("--ca-file: {error}.")))?;
    let client_id = UNKNOWN.to_owned();
    Ok(NewProfile { name, server, client_id, ca_file, read_only: ctx.flags.read_only, ..NewProfile::default() })
}

/// The first part of the server's name that says something.
fn name_of(server: &str) -> String {
    let host = server.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let part = host.split('.').find(|part| !["www", "api", "msp", "msp-api"].contains(part)).unwrap_or_default();
    let part: String = part.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if part.is_empty() || part.bytes().all(|byte| byte.is_ascii_digit()) { "msp".to_owned() } else { part }
}

fn read_code(given: Option<&str>, profile: &Profile, ctx: &mut AccountContext<'_>) -> Result<String, CliError> {
    let typed = match given {
        Some(code) if code != "-" => code.to_owned(),
        _ => {
            let host = profile.base_url.host_str().unwrap_or_default();
            ctx.secret(&format!("Enrolment code for {host}: "))?.expose_secret().to_owned()
        }
    };
    code::read(&typed).ok_or_else(|| usage("a code has 12 letters and digits, as in K7QM-2RWX-9HTB."))
}

fn usage(said: &str) -> CliError {
    CliError::Message(said.to_owned(), Exit::Usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_called_after_its_server() {
        for (server, name) in [
            ("https://msp.harbour.example", "harbour"),
            ("https://msp-api.harbour-it.example:8443/x", "harbour-it"),
            ("http://127.0.0.1:4815", "msp"),
            ("http://[::1]:4815", "msp"),
        ] {
            assert_eq!(name_of(server), name, "{server}");
        }
    }
}
