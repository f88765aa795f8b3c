//! `mspdash profile add`, `list` and `remove`.

use crate::cli::account_context::AccountContext;
use crate::cli::args::{AddProfile, Output, RemoveProfile};
use crate::cli::commands::accounts::login::{
    complete, config_file, draft, forget, forget_kept, target, try_and_keep, write,
};
use crate::cli::error::CliError;
use crate::cli::{Exit, table};
use crate::config::edit::{self, NewProfile};
use crate::config::{Credentials, Place, Presence, ProfileEntry, Secret, check_name};
use crate::domain::id::ProfileId;
use serde::Serialize;

pub async fn add(args: &AddProfile, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let usage = |said: String| CliError::Message(said, Exit::Usage);
    check_name(&args.name).map_err(|reason| usage(format!("{reason}.")))?;
    if ctx.find(&args.name).is_some() {
        return Err(usage(format!(
            "there is a profile {} already. To change its secret: mspdash login {}",
            args.name, args.name
        )));
    }
    let file = ctx.flags.credentials.clone();
    let (known, secret) = match &file {
        Some(path) => {
            let credentials = Credentials::read(path)?;
            let chosen = credentials.choose(path, ctx.flags)?;
            let server = ctx.flags.server.clone().unwrap_or_else(|| credentials.base_url.clone());
            let known = NewProfile { server, client_id: chosen.client_id.clone(), ..NewProfile::default() };
            (known, Some(chosen.client_secret.clone()))
        }
        None => (complete(ctx)?, None),
    };
    let ca_file = args.ca_file.as_deref().map(std::path::absolute).transpose();
    let new = NewProfile {
        name: args.name.clone(),
        label: args.label.clone(),
        colour: colour(args.colour.as_deref())?,
        read_only: ctx.flags.read_only,
        default: args.default,
        ca_file: ca_file.map_err(|error| usage(format!("--ca-file: {error}.")))?,
        secret_command: args.secret_command.clone(),
        ..known
    };
    let profile = draft(&new, ctx)?;
    if let Some(secret) = secret.filter(|_| new.secret_command.is_empty()) {
        let place = target(&profile, args.keep, ctx)?;
        return try_and_keep(&profile, Some(&new), &place, &secret, args.keep, ctx).await;
    }
    write(&new, ctx)?;
    let next = if new.secret_command.is_empty() { "login" } else { "profile test" };
    ctx.io.say(&format!("Next: mspdash {next} {}", new.name))
}

fn colour(word: Option<&str>) -> Result<Option<&'static str>, CliError> {
    use crate::domain::tint::Tint;
    let Some(word) = word else { return Ok(None) };
    let tint: Result<Tint, ()> = word.trim().parse();
    tint.map(|tint| Some(tint.as_str())).map_err(|()| {
        let all = Tint::ALL.map(Tint::as_str).join(", ");
        CliError::Message(format!("--colour has to be one of {all}."), Exit::Usage)
    })
}

/// A profile in JSON.
#[derive(Serialize)]
pub struct ProfileRecord<'a> {
    name: &'a str,
    label: Option<&'a str>,
    colour: Option<&'static str>,
    server: String,
    client_id: &'a str,
    default: bool,
    read_only: bool,
    ca_file: Option<String>,
    /// The first place that has the secret, or would be asked; null where there is none.
    secret: Option<&'static str>,
    /// The same with the file's or the variable's name.
    secret_place: Option<String>,
}

impl<'a> ProfileRecord<'a> {
    pub fn name(&self) -> &'a str {
        self.name
    }

    pub fn of(listed: &'a ProfileEntry) -> Self {
        let profile = &listed.profile;
        let place = first_place(&profile.secret);
        Self {
            name: profile.id.as_str(),
            label: profile.label.as_deref(),
            colour: profile.tint.map(crate::domain::tint::Tint::as_str),
            server: shown(&profile.base_url),
            client_id: &profile.client_id,
            default: profile.default,
            read_only: profile.read_only,
            ca_file: profile.ca_file.as_ref().map(|path| path.display().to_string()),
            secret: place.map(Place::kind),
            secret_place: place.map(ToString::to_string),
        }
    }
}

/// The first place that has it, or may have it. One that is refused counts: the search ends there.
fn first_place(secret: &Secret) -> Option<&Place> {
    let has =
        |place: &&Place| matches!(place.presence(), Presence::Present | Presence::NotAsked | Presence::Refused(..));
    secret.places().iter().find(has)
}

/// An address without what may be a password in it.
pub fn shown(address: &url::Url) -> String {
    let mut address = address.clone();
    let _ = address.set_username("");
    let _ = address.set_password(None);
    address.set_query(None);
    address.set_fragment(None);
    address.to_string()
}

pub fn list(args: &Output, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let records: Vec<_> = ctx.settled.profiles.iter().map(ProfileRecord::of).collect();
    if records.is_empty() {
        ctx.io.tell("there are no profiles. Add one with: mspdash profile add NAME");
    }
    let header = ["NAME", "LABEL", "SERVER", "CLIENT ID", "DEFAULT", "READ-ONLY", "SECRET"];
    let yes = |yes: bool| if yes { "yes" } else { "-" }.to_owned();
    let row = |record: &ProfileRecord<'_>| {
        [
            record.name.to_owned(),
            table::or_dash(record.label),
            record.server.clone(),
            record.client_id.to_owned(),
            yes(record.default),
            yes(record.read_only),
            table::or_dash(record.secret_place.as_deref()),
        ]
    };
    let rows = || table::columns(header, &[], records.iter().map(row));
    ctx.io.show(args.format, &records, rows)
}

pub fn remove(args: &RemoveProfile, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let path = config_file(ctx)?;
    let name = &args.name;
    if !args.yes {
        if !ctx.io.terminal {
            return Err(CliError::Message(
                "to remove a profile without being asked, give --yes.".to_owned(),
                Exit::Usage,
            ));
        }
        let answer = ctx.ask(&format!("Remove the profile {name} and forget its secret? Type {name} to confirm: "))?;
        if answer != *name {
            return Err(CliError::Message("nothing was changed.".to_owned(), Exit::Failure));
        }
    }
    // One that was left out because of a mistake can be removed too; where its secret is, is not known then.
    let profile = ctx.find(name).map(|listed| listed.profile.clone());
    edit::remove(&path, name)?;
    ctx.io.say(&format!("Removed the profile {name} from {}.", path.display()))?;
    let failed = match profile {
        Some(profile) => forget(&profile, false, ctx)?,
        None => None,
    };
    let failed = failed.or(forget_kept(&ProfileId::new(name), ctx)?);
    failed.map_or(Ok(()), |error| Err(CliError::Reported(Exit::of(&error))))
}
