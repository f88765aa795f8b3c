//! `mspdash connect COMPANY --events`.

use super::{ask_whose, connectable, not_connected, whose};
use crate::cli::Exit;
use crate::cli::args::{Connect, Store};
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::clock;
use crate::config::Paths;
use crate::connect::Credential;
use crate::connect::events_api::Followed;
use crate::domain::activity::Action;
use crate::domain::facts::FactSource;
use crate::domain::source::SecretRef;
use crate::local_server::connections::{self, Connectable, NewSource};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// In the place of a client id, where a token is kept: an account has one.
const TOKEN: &str = "events-reporting";

/// The token is tried, its account proved or confirmed, and only then anything is kept.
pub fn connect(args: &Connect, paths: &Paths, runtime: &Runtime, io: &mut Io<'_>) -> Result<(), CliError> {
    let company = connectable(args, paths, &FactSource::Events)?;
    let (token, typed) = token(args, io)?;
    let connector = connections::connector().map_err(|said| usage(&said))?;
    let tried = connections::follow_events(&connector, company.region, token.clone(), Arc::new(clock::now));
    let followed = runtime.block_on(tried).map_err(|failure| not_connected(&failure, &FactSource::Events))?;
    prove(args, &company, &followed, io)?;
    let account = followed.proof.account.clone();
    let place = place(args, &account, paths)?;
    if typed {
        connections::keep_secret(&place, &token)?;
    }
    let new = NewSource {
        company: company.id.clone(),
        source: FactSource::Events,
        account,
        client_id: None,
        secret: place.clone(),
        may_write: false,
    };
    let kept = connections::connect_events(args.workspace.place(), paths, &new, &followed);
    if kept.is_err() && typed && company.secret.as_ref() != Some(&place) {
        // Nothing points to it.
        let _ = connections::forget_secret(&place, paths);
    }
    let source = kept?;
    if let Some(older) = company.secret.filter(|older| *older != place) {
        let _ = connections::forget_secret(&older, paths);
    }
    io.tell(&read(&followed));
    if let Some(remark) = &source.detail {
        io.tell(&format!("{remark}."));
    }
    let style = io.style.clone();
    io.show(args.format, &source, || Listing::plain(&style).text([&source]))
}

/// The token, and whether it was typed.
fn token(args: &Connect, io: &mut Io<'_>) -> Result<(SecretString, bool), CliError> {
    let Some(place) = &args.secret_from else {
        return Ok((io.secret("Token of Events Reporting: ")?, true));
    };
    let fetched = connections::fetch_secret(place);
    Ok((fetched.map_err(|said| usage(&format!("{said}. Nothing was connected")))?, false))
}

/// Where the token is or will be.
fn place(args: &Connect, account: &str, paths: &Paths) -> Result<SecretRef, CliError> {
    if let Some(place) = &args.secret_from {
        return Ok(place.clone());
    }
    let credential = Credential { account: account.to_owned(), client_id: TOKEN.to_owned() };
    let keyring = args.store.map(|store| store == Store::Keyring);
    connections::new_place(keyring, &credential, paths).map_err(|said| usage(&said))
}

fn usage(said: &str) -> CliError {
    CliError::Message(format!("{said}."), Exit::Usage)
}

/// The token says whose it is. Where the company's account is not known, somebody has to say that this is it.
fn prove(args: &Connect, company: &Connectable, followed: &Followed, io: &mut Io<'_>) -> Result<(), CliError> {
    let account = &followed.proof.account;
    let known = [&args.account_id, &company.account_uuid].into_iter().flatten();
    match known.clone().find(|known| !known.eq_ignore_ascii_case(account)) {
        Some(own) => {
            let said = format!("the token is of the account {account}, and not of {own}. Nothing was connected.");
            Err(CliError::Message(said, Exit::Conflict))
        }
        None if known.count() > 0 => Ok(()),
        None => {
            let members = followed.notes().map(|note| &note.actor).filter(|actor| !actor.external);
            let named = members.filter(|actor| !actor.name.is_empty());
            let people: BTreeMap<_, _> = named.map(|it| (&it.uuid, (it.name.as_str(), it.email.as_str()))).collect();
            let seen = if people.is_empty() {
                "nobody of it has done anything lately".to_owned()
            } else {
                format!("it has at least {}", whose(&people.into_values().collect::<Vec<_>>()))
            };
            io.tell(&format!("the token is of the account {account}: {seen}"));
            ask_whose(args, company, io)
        }
    }
}

fn read(followed: &Followed) -> String {
    let launches = followed.notes().filter(|note| note.action == Action::CompanyLaunched).count();
    let all = followed.notes().count();
    format!("{all} events of the last 120 days were read. Launches by technicians: {launches}.")
}
