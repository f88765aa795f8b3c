//! `mspdash profile test`: signs in and says as whom.

use crate::cli::account_context::AccountContext;
use crate::cli::args::TestProfile;
use crate::cli::commands::accounts::login::sign_in;
use crate::cli::error::CliError;
use crate::cli::{Exit, sentence, table};
use crate::config::{Place, Profile};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::{GetSession, Request};
use crate::domain::session::Session;
use serde::Serialize;
use std::time::{Duration, Instant};

/// How a profile did, in JSON.
#[derive(Serialize)]
struct TestRecord<'a> {
    name: &'a str,
    signed_in: bool,
    account: Option<&'a str>,
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    technician: Option<&'a str>,
    groups: Option<&'a [String]>,
    mfa: Option<bool>,
    /// One question and its answer, after the sign-in.
    round_trip_ms: Option<u64>,
    /// Where the secret was.
    secret: Option<&'static str>,
    error: Option<&'a str>,
}

/// What came of one profile.
struct Tested {
    session: Session,
    place: Place,
    round_trip: Duration,
}

pub async fn run(args: &TestProfile, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let profiles = ctx.which(args.name.as_deref(), args.all)?;
    // At the same time: one that does not answer must not hold up the others.
    let tests: Vec<_> = profiles.iter().map(|profile| tokio::spawn(test(profile.clone()))).collect();
    let mut results = Vec::new();
    for (profile, test) in profiles.iter().zip(tests) {
        let died = || Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now));
        let result = test.await.unwrap_or_else(|_| died());
        let said = result.as_ref().err().map(sentence);
        results.push((profile, result, said));
    }
    let records: Vec<_> =
        results.iter().map(|(profile, result, said)| record(profile, result, said.as_deref())).collect();
    for record in &records {
        if let Some(error) = record.error {
            ctx.io.tell(&format!("{}: {error}", record.name));
        }
    }
    ctx.io.show(args.format, &records, || rows(&records))?;
    let failed = results.iter().find_map(|(_, result, _)| result.as_ref().err());
    failed.map_or(Ok(()), |error| Err(CliError::Reported(Exit::of(error))))
}

async fn test(profile: Profile) -> Result<Tested, Error> {
    let secret = profile.secret.clone();
    let found = tokio::task::spawn_blocking(move || secret.find()).await;
    let died = |_| Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now));
    let (secret, place) = found.unwrap_or_else(died)?;
    let (client, session) = sign_in(&profile, &secret).await?;
    let start = Instant::now();
    client.perform(Request::GetSession(GetSession)).await?;
    Ok(Tested { session, place, round_trip: start.elapsed() })
}

fn record<'a>(profile: &'a Profile, result: &'a Result<Tested, Error>, said: Option<&'a str>) -> TestRecord<'a> {
    let tested = result.as_ref().ok();
    let session = tested.map(|tested| &tested.session);
    let round_trip = tested.map(|tested| tested.round_trip.as_millis());
    TestRecord {
        name: profile.id.as_str(),
        signed_in: tested.is_some(),
        account: session.map(|session| session.account.name.as_str()),
        account_id: session.map(|session| session.account.id.as_str()),
        region: session.map(|session| session.account.region.as_str()),
        technician: session.map(|session| session.technician.display_name.as_str()),
        groups: session.map(|session| session.technician.groups.as_slice()),
        mfa: session.map(|session| session.technician.mfa),
        round_trip_ms: round_trip.and_then(|millis| u64::try_from(millis).ok()),
        secret: tested.map(|tested| tested.place.kind()),
        error: said,
    }
}

fn rows(records: &[TestRecord<'_>]) -> String {
    let header = ["PROFILE", "SIGNED IN", "ACCOUNT", "REGION", "TECHNICIAN", "ROLE", "SECRET", "ROUND TRIP"];
    let row = |record: &TestRecord<'_>| {
        [
            record.name.to_owned(),
            if record.signed_in { "yes" } else { "no" }.to_owned(),
            table::or_dash(record.account),
            table::or_dash(record.region),
            table::or_dash(record.technician),
            table::or_dash(record.groups.map(|groups| groups.join(", "))),
            table::or_dash(record.secret),
            table::or_dash(record.round_trip_ms.map(|millis| format!("{millis} ms"))),
        ]
    };
    table::columns(header, &[7], records.iter().map(row))
}
