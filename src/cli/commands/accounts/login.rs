//! `mspdash login` and `logout`: a secret is tried before it is stored, and it is said where it went.

use crate::cache;
use crate::cli::account_context::AccountContext;
use crate::cli::args::{Keep, Login, Logout, Store};
use crate::cli::context::unexpected_answer;
use crate::cli::error::CliError;
use crate::cli::{Exit, endpoint_with, sentence};
use crate::client::{Client, address};
use crate::config::edit::{self, NewProfile};
use crate::config::store::{self, Into};
use crate::config::{self, Place, Presence, Problem, Profile, keyring_available};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::request::{Answer, GetSession, Request};
use crate::domain::secret::given;
use crate::domain::session::Session;
use secrecy::SecretString;

pub async fn login(args: &Login, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let (profile, new) = whose(args, ctx)?;
    let place = target(&profile, args.keep, ctx)?;
    let prompt = format!("Secret of {} at {}: ", profile.client_id, profile.base_url.host_str().unwrap_or_default());
    let secret = ctx.secret(&prompt)?;
    try_and_keep(&profile, new.as_ref(), &place, &secret, args.keep, ctx).await
}

/// The profile to sign in to; one that is not there yet together with what has to be written.
fn whose(args: &Login, ctx: &mut AccountContext<'_>) -> Result<(Profile, Option<NewProfile>), CliError> {
    let name = args.name.clone().or_else(|| ctx.settled.chosen.value.first().cloned());
    let given = ctx.flags.server.is_some() || ctx.flags.client_id.is_some();
    match name {
        Some(name) if ctx.find(&name).is_none() => {
            let profiles: Vec<_> = ctx.settled.profiles.iter().map(|listed| listed.profile.clone()).collect();
            let unknown = config::unknown_profile(&name, &profiles, &ctx.settled.notices);
            let new = matches!(unknown, Problem::NoSuchProfile { .. });
            if !new || !(given || ctx.io.terminal) {
                return Err(unknown.into());
            }
            ctx.io.tell(&format!("there is no profile {name} yet: it is added."));
            let new = NewProfile { name, ..complete(ctx)? };
            Ok((draft(&new, ctx)?, Some(new)))
        }
        _ if given => {
            let said = "--server and --client-id are for a profile that is not there yet: this one has its own.";
            Err(CliError::Message(said.to_owned(), Exit::Usage))
        }
        name => {
            let mut one = ctx.which(name.as_deref(), false)?;
            one.pop().map(|profile| (profile, None)).ok_or_else(|| unexpected_answer(Operation::SignIn))
        }
    }
}

/// The server and the client id: from the flags, or asked for.
pub fn complete(ctx: &mut AccountContext<'_>) -> Result<NewProfile, CliError> {
    let (server, client_id) = (ctx.flags.server.clone(), ctx.flags.client_id.clone());
    if !ctx.io.terminal && (server.is_none() || client_id.is_none()) {
        let said = "a profile needs --server URL and --client-id ID, or --credentials FILE that has both.";
        return Err(CliError::Message(said.to_owned(), Exit::Usage));
    }
    let server = server.map_or_else(|| ctx.ask("Address of the MSP API, e.g. https://msp-api.example.com: "), Ok)?;
    let client_id = client_id.map_or_else(|| ctx.ask("Client id: "), Ok)?;
    let (server, client_id) = (given(server.trim()).to_owned(), given(client_id.trim()).to_owned());
    let ca_file = ctx.flags.ca_file.as_deref().map(std::path::absolute).transpose();
    let ca_file = ca_file.map_err(|error| CliError::Message(format!("--ca-file: {error}."), Exit::Usage))?;
    Ok(NewProfile { server, client_id, ca_file, read_only: ctx.flags.read_only, ..NewProfile::default() })
}

/// The profile as it would be read from the file, if it may be used.
pub fn draft(new: &NewProfile, ctx: &AccountContext<'_>) -> Result<Profile, CliError> {
    let profile = edit::draft(new, &ctx.settled.paths)?;
    address::check_base(&profile.base_url).map_err(|error| CliError::Message(sentence(&error), Exit::Usage))?;
    Ok(profile)
}

/// Where the secret will be stored. Found out before anybody is asked for it.
pub fn target(profile: &Profile, keep: Keep, ctx: &mut AccountContext<'_>) -> Result<Place, CliError> {
    let usage = |said: String| Err(CliError::Message(said, Exit::Usage));
    let (keyring, file) = (store::place(&profile.secret, Into::Keyring), store::place(&profile.secret, Into::File));
    let known = keyring.map(|_| keyring_available());
    match (keep.store, keyring, file, known) {
        (Some(Store::Keyring) | None, Some(keyring), _, Some(Ok(()))) => Ok(keyring.clone()),
        (Some(Store::Keyring), Some(_), _, Some(Err(why))) => {
            usage(format!("there is no keyring on this machine ({why}). Use --store file."))
        }
        (Some(Store::File), _, Some(file), _) => Ok(file.clone()),
        (None, _, Some(file), known) => {
            if let Some(Err(why)) = known {
                ctx.io.tell(&format!("there is no keyring on this machine ({why}): a file for you alone is used."));
                config::remember_keyring_notice(&ctx.settled.paths);
            }
            Ok(file.clone())
        }
        _ => {
            let places: Vec<_> = profile.secret.places().iter().map(ToString::to_string).collect();
            usage(format!(
                "the secret of {} is not kept by mspdash there: it comes from {}.",
                profile.id,
                places.join(", ")
            ))
        }
    }
}

/// Signs in with the secret; if that works, writes the profile and stores the secret.
pub async fn try_and_keep(
    profile: &Profile,
    new: Option<&NewProfile>,
    place: &Place,
    secret: &SecretString,
    keep: Keep,
    ctx: &mut AccountContext<'_>,
) -> Result<(), CliError> {
    let session = match sign_in(profile, secret).await {
        Ok((_, session)) => Some(session),
        Err(error) if keep.unchecked && Exit::of(&error) == Exit::Unavailable => {
            ctx.io.tell(&format!("{} The secret is stored without being tried.", sentence(&error)));
            None
        }
        Err(error) => return Err(not_stored(&error)),
    };
    if let Some(new) = new {
        write(new, ctx)?;
    }
    store::store(&profile.id, place, secret)?;
    if let Some(session) = session {
        let Session { account, technician, .. } = &session;
        let role = technician.groups.join(", ");
        let said = format!("Signed in to {} ({}) as {}", account.name, account.region, technician.display_name);
        let role = if role.is_empty() { String::new() } else { format!(", {role}") };
        ctx.io.say(&format!("{said}{role}."))?;
    }
    ctx.io.say(&format!("The secret of {} is in the {place}.", profile.id))?;
    forget_others(profile, place, ctx);
    Ok(())
}

/// Adds the profile to the file.
pub fn write(new: &NewProfile, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let path = config_file(ctx)?;
    edit::add(&path, new)?;
    ctx.io.say(&format!("Added the profile {} to {}.", new.name, path.display()))
}

pub fn config_file(ctx: &AccountContext<'_>) -> Result<std::path::PathBuf, CliError> {
    let said = || CliError::Message("there is no home directory to keep a configuration in.".to_owned(), Exit::Failure);
    ctx.settled.paths.config_file.clone().ok_or_else(said)
}

/// Who signs in with this secret, and the client that asked.
pub async fn sign_in(profile: &Profile, secret: &SecretString) -> Result<(Client, Session), Error> {
    let client = Client::new(endpoint_with(profile, secret.clone(), true))?;
    match client.perform(Request::GetSession(GetSession)).await? {
        Answer::Session(session) => Ok((client, *session)),
        _ => Err(Error::new(Operation::SignIn, Cause::Unreadable, RetryAdvice::Never)),
    }
}

fn not_stored(error: &Error) -> CliError {
    let exit = Exit::of(error);
    let way = if exit == Exit::Unavailable { " To store it all the same: --unchecked." } else { "" };
    CliError::Message(format!("{} Nothing was stored.{way}", sentence(error)), exit)
}

/// An older secret elsewhere would be found first one day, or lie about for nothing.
fn forget_others(profile: &Profile, kept: &Place, ctx: &mut AccountContext<'_>) {
    for place in profile.secret.places() {
        let ours = matches!(place, Place::Keyring { .. } | Place::File { own: true, .. });
        if place.kind() == kept.kind() || !ours {
            continue;
        }
        match store::forget(&profile.id, place) {
            Ok(true) => ctx.io.tell(&format!("the older secret in the {place} is removed.")),
            Ok(false) => {}
            Err(error) => ctx.io.tell(&sentence(&error)),
        }
    }
}

pub fn logout(args: &Logout, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let mut failed = None;
    for profile in ctx.which(args.name.as_deref(), args.all)? {
        let outcome = forget(&profile, true, ctx)?;
        failed = failed.or(outcome).or(forget_kept(&profile.id, ctx)?);
    }
    failed.map_or(Ok(()), |error| Err(CliError::Reported(Exit::of(&error))))
}

/// Forgets the companies that earlier runs kept of it: whoever signs out leaves nothing behind to look at.
pub fn forget_kept(profile: &ProfileId, ctx: &mut AccountContext<'_>) -> Result<Option<Error>, CliError> {
    let Some(dir) = ctx.settled.paths.cache_dir.clone() else { return Ok(None) };
    match cache::forget(&dir, profile) {
        Ok(0) => Ok(None),
        Ok(_) => ctx.io.say(&format!("Removed the kept companies of {profile}.")).map(|()| None),
        Err(error) => {
            let said = format!("the kept companies of {profile} in {} cannot be removed: {error}.", dir.display());
            ctx.io.tell(&said);
            Ok(Some(Error::new(Operation::Start, Cause::Local, RetryAdvice::Never)))
        }
    }
}

/// Forgets what we keep, and says what stays where. Gives the first failure, after the rest was tried.
pub fn forget(profile: &Profile, also_named: bool, ctx: &mut AccountContext<'_>) -> Result<Option<Error>, CliError> {
    let (mut gone, mut failed) = (false, None);
    for place in profile.secret.places() {
        let foreign = matches!(place, Place::File { own: false, .. }) && !also_named;
        match store::forget(&profile.id, place) {
            _ if foreign => ctx.io.tell(&format!("the secret in the {place} stays: it is not mspdash's own.")),
            Ok(true) => {
                gone = true;
                ctx.io.say(&format!("Removed the secret of {} from the {place}.", profile.id))?;
            }
            Ok(false) if matches!(place.presence(), Presence::Present | Presence::NotAsked) => {
                ctx.io.tell(&format!("the {place} can give a secret too, and mspdash cannot forget that."));
            }
            Ok(false) => {}
            Err(error) => {
                ctx.io.tell(&sentence(&error));
                failed = failed.or(Some(error));
            }
        }
    }
    if !gone && failed.is_none() {
        ctx.io.tell(&format!("there was no secret of {} to forget.", profile.id));
    }
    Ok(failed)
}
