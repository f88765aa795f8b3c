//! `mspdash login` and `logout`: a secret is tried before it is stored, and it is said where it went.

use super::accounts::{Seat, problem};
use super::args::{Keep, Login, Logout, Store};
use super::desk::{End, odd};
use super::{Exit, endpoint_with, sentence};
use crate::cache;
use crate::client::{Client, address};
use crate::config::edit::{self, NewProfile};
use crate::config::store::{self, Into};
use crate::config::{self, Place, Presence, Problem, Profile, keyring_available};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::request::{Answer, Request};
use crate::domain::secret::given;
use crate::domain::session::Session;
use secrecy::SecretString;

pub(super) async fn login(args: &Login, seat: &mut Seat<'_>) -> Result<(), End> {
    let (profile, new) = whose(args, seat)?;
    let place = target(&profile, args.keep, seat)?;
    let prompt = format!("Secret of {} at {}: ", profile.client_id, profile.base_url.host_str().unwrap_or_default());
    let secret = seat.secret(&prompt)?;
    try_and_keep(&profile, new.as_ref(), &place, &secret, args.keep, seat).await
}

/// The profile to sign in to; one that is not there yet together with what has to be written.
fn whose(args: &Login, seat: &mut Seat<'_>) -> Result<(Profile, Option<NewProfile>), End> {
    let name = args.name.clone().or_else(|| seat.settled.chosen.value.first().cloned());
    let given = seat.flags.server.is_some() || seat.flags.client_id.is_some();
    match name {
        Some(name) if seat.find(&name).is_none() => {
            let profiles: Vec<_> = seat.settled.profiles.iter().map(|listed| listed.profile.clone()).collect();
            let unknown = config::unknown_profile(&name, &profiles, &seat.settled.notices);
            let new = matches!(unknown, Problem::NoSuchProfile { .. });
            if !new || !(given || seat.outside.terminal) {
                return Err(problem(&unknown));
            }
            seat.outside.tell(&format!("there is no profile {name} yet: it is added."));
            let new = NewProfile { name, ..complete(seat)? };
            Ok((draft(&new, seat)?, Some(new)))
        }
        _ if given => {
            let said = "--server and --client-id are for a profile that is not there yet: this one has its own.";
            Err(End::Said(said.to_owned(), Exit::Usage))
        }
        name => {
            let mut one = seat.which(name.as_deref(), false)?;
            one.pop().map(|profile| (profile, None)).ok_or_else(|| odd(Operation::SignIn))
        }
    }
}

/// The server and the client id: from the flags, or asked for.
pub(super) fn complete(seat: &mut Seat<'_>) -> Result<NewProfile, End> {
    let (server, client_id) = (seat.flags.server.clone(), seat.flags.client_id.clone());
    if !seat.outside.terminal && (server.is_none() || client_id.is_none()) {
        let said = "a profile needs --server URL and --client-id ID, or --credentials FILE that has both.";
        return Err(End::Said(said.to_owned(), Exit::Usage));
    }
    let server = server.map_or_else(|| seat.ask("Address of the MSP API, e.g. https://msp-api.example.com: "), Ok)?;
    let client_id = client_id.map_or_else(|| seat.ask("Client id: "), Ok)?;
    let (server, client_id) = (given(server.trim()).to_owned(), given(client_id.trim()).to_owned());
    let ca_file = seat.flags.ca_file.as_deref().map(std::path::absolute).transpose();
    let ca_file = ca_file.map_err(|error| End::Said(format!("--ca-file: {error}."), Exit::Usage))?;
    Ok(NewProfile { server, client_id, ca_file, read_only: seat.flags.read_only, ..NewProfile::default() })
}

/// The profile as it would be read from the file, if it may be used.
pub(super) fn draft(new: &NewProfile, seat: &Seat<'_>) -> Result<Profile, End> {
    let profile = edit::draft(new, &seat.settled.paths).map_err(|wrong| problem(&wrong))?;
    address::check_base(&profile.base_url).map_err(|error| End::Said(sentence(&error), Exit::Usage))?;
    Ok(profile)
}

/// Where the secret will be stored. Found out before anybody is asked for it.
pub(super) fn target(profile: &Profile, keep: Keep, seat: &mut Seat<'_>) -> Result<Place, End> {
    let usage = |said: String| Err(End::Said(said, Exit::Usage));
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
                seat.outside
                    .tell(&format!("there is no keyring on this machine ({why}): a file for you alone is used."));
                config::remember_keyring_notice(&seat.settled.paths);
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
pub(super) async fn try_and_keep(
    profile: &Profile,
    new: Option<&NewProfile>,
    place: &Place,
    secret: &SecretString,
    keep: Keep,
    seat: &mut Seat<'_>,
) -> Result<(), End> {
    let session = match sign_in(profile, secret).await {
        Ok((_, session)) => Some(session),
        Err(error) if keep.unchecked && Exit::of(&error) == Exit::Unavailable => {
            seat.outside.tell(&format!("{} The secret is stored without being tried.", sentence(&error)));
            None
        }
        Err(error) => return Err(not_stored(&error)),
    };
    if let Some(new) = new {
        write(new, seat)?;
    }
    store::store(&profile.id, place, secret)?;
    if let Some(session) = session {
        let Session { account, technician, .. } = &session;
        let role = technician.groups.join(", ");
        let said = format!("Signed in to {} ({}) as {}", account.name, account.region, technician.display_name);
        let role = if role.is_empty() { String::new() } else { format!(", {role}") };
        seat.outside.say(&format!("{said}{role}."))?;
    }
    seat.outside.say(&format!("The secret of {} is in the {place}.", profile.id))?;
    forget_others(profile, place, seat);
    Ok(())
}

/// Adds the profile to the file.
pub(super) fn write(new: &NewProfile, seat: &mut Seat<'_>) -> Result<(), End> {
    let path = config_file(seat)?;
    edit::add(&path, new).map_err(|wrong| problem(&wrong))?;
    seat.outside.say(&format!("Added the profile {} to {}.", new.name, path.display()))
}

pub(super) fn config_file(seat: &Seat<'_>) -> Result<std::path::PathBuf, End> {
    let said = || End::Said("there is no home directory to keep a configuration in.".to_owned(), Exit::Failure);
    seat.settled.paths.config_file.clone().ok_or_else(said)
}

/// Who signs in with this secret, and the client that asked.
pub(super) async fn sign_in(profile: &Profile, secret: &SecretString) -> Result<(Client, Session), Error> {
    let client = Client::new(endpoint_with(profile, secret.clone(), true))?;
    match client.perform(Request::Session).await? {
        Answer::Session(session) => Ok((client, *session)),
        _ => Err(Error::new(Operation::SignIn, Cause::Unreadable, RetryAdvice::Never)),
    }
}

fn not_stored(error: &Error) -> End {
    let exit = Exit::of(error);
    let way = if exit == Exit::Unavailable { " To store it all the same: --unchecked." } else { "" };
    End::Said(format!("{} Nothing was stored.{way}", sentence(error)), exit)
}

/// An older secret elsewhere would be found first one day, or lie about for nothing.
fn forget_others(profile: &Profile, kept: &Place, seat: &mut Seat<'_>) {
    for place in profile.secret.places() {
        let ours = matches!(place, Place::Keyring { .. } | Place::File { own: true, .. });
        if place.kind() == kept.kind() || !ours {
            continue;
        }
        match store::forget(&profile.id, place) {
            Ok(true) => seat.outside.tell(&format!("the older secret in the {place} is removed.")),
            Ok(false) => {}
            Err(error) => seat.outside.tell(&sentence(&error)),
        }
    }
}

pub(super) fn logout(args: &Logout, seat: &mut Seat<'_>) -> Result<(), End> {
    let mut failed = None;
    for profile in seat.which(args.name.as_deref(), args.all)? {
        let outcome = forget(&profile, true, seat)?;
        failed = failed.or(outcome).or(forget_kept(&profile.id, seat)?);
    }
    failed.map_or(Ok(()), |error| Err(End::Told(Exit::of(&error))))
}

/// Forgets the companies that earlier runs kept of it: whoever signs out leaves nothing behind to look at.
pub(super) fn forget_kept(profile: &ProfileId, seat: &mut Seat<'_>) -> Result<Option<Error>, End> {
    let Some(dir) = seat.settled.paths.cache_dir.clone() else { return Ok(None) };
    match cache::forget(&dir, profile) {
        Ok(0) => Ok(None),
        Ok(_) => seat.outside.say(&format!("Removed the kept companies of {profile}.")).map(|()| None),
        Err(error) => {
            let said = format!("the kept companies of {profile} in {} cannot be removed: {error}.", dir.display());
            seat.outside.tell(&said);
            Ok(Some(Error::new(Operation::Start, Cause::Local, RetryAdvice::Never)))
        }
    }
}

/// Forgets what we keep, and says what stays where. Gives the first failure, after the rest was tried.
pub(super) fn forget(profile: &Profile, also_named: bool, seat: &mut Seat<'_>) -> Result<Option<Error>, End> {
    let (mut gone, mut failed) = (false, None);
    for place in profile.secret.places() {
        let foreign = matches!(place, Place::File { own: false, .. }) && !also_named;
        match store::forget(&profile.id, place) {
            _ if foreign => seat.outside.tell(&format!("the secret in the {place} stays: it is not mspdash's own.")),
            Ok(true) => {
                gone = true;
                seat.outside.say(&format!("Removed the secret of {} from the {place}.", profile.id))?;
            }
            Ok(false) if matches!(place.presence(), Presence::Present | Presence::NotAsked) => {
                seat.outside.tell(&format!("the {place} can give a secret too, and mspdash cannot forget that."));
            }
            Ok(false) => {}
            Err(error) => {
                seat.outside.tell(&sentence(&error));
                failed = failed.or(Some(error));
            }
        }
    }
    if !gone && failed.is_none() {
        seat.outside.tell(&format!("there was no secret of {} to forget.", profile.id));
    }
    Ok(failed)
}
