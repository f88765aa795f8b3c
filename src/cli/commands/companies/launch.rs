//! `mspdash companies launch`.

use crate::cli::args::Launch;
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::guided::is_real;
use crate::cli::{Exit, sentence};
use crate::domain::error::{Cause, ConflictCode, Error, Operation, RetryAdvice};
use crate::domain::id::VaultId;
use crate::domain::launch::Opening;
use crate::domain::request::{self, Answer, Request};
use crate::runtime::browser;
use jiff::Timestamp;
use serde::Serialize;

/// A launch in JSON.
#[derive(Serialize)]
struct LaunchRecord<'a> {
    company_id: &'a str,
    company_name: &'a str,
    /// With `--print`, or where no browser could be opened: a key to the company for a minute.
    launch_uri: Option<&'a str>,
    expire_time: Option<Timestamp>,
    /// The browser was started, as far as is known.
    opened: bool,
}

pub async fn run(args: &Launch, ctx: &mut Context<'_>) -> Result<(), CliError> {
    if !ctx.io.browser && !args.print {
        if is_real(ctx).await {
            let guided = Cause::Conflict(ConflictCode::GuidedOnly);
            return Err(Error::new(Operation::Launch, guided, RetryAdvice::Never).into());
        }
        // Before anything is asked: an address that nobody opens is a key left lying about.
        let said = "there is no browser here. `--print` prints the one-time address instead.";
        return Err(CliError::Message(said.to_owned(), Exit::Usage));
    }
    // Whoever launches the wrong company should read its name.
    let company = ctx.company(&args.id).await?;
    let request = Request::Launch(request::Launch {
        company: company.id.clone(),
        target: args.target,
        vault: args.vault.as_deref().map(|vault| VaultId::new(&bare(vault))),
        key: idempotency_key(),
    });
    let answer = ctx.client.perform(request).await?;
    let Answer::Launch(address) = answer else { return Err(unexpected_answer(Operation::Launch)) };
    let mut record = LaunchRecord {
        company_id: company.id.as_str(),
        company_name: &company.name,
        launch_uri: None,
        expire_time: address.expire_time,
        opened: false,
    };
    let mut failed = None;
    if !args.print {
        match browser::open(address.uri.clone()).await {
            Ok(opening) => {
                record.opened = true;
                let of = format!("{} ({})", company.name, company.id);
                return ctx.io.show(args.format, &record, || match opening {
                    Opening::Opened => format!("Opened {of} in the browser."),
                    Opening::Sent => format!("Sent {of} to the browser."),
                });
            }
            Err(error) if matches!(error.cause, Cause::UnsafeAddress(_)) => return Err(error.into()),
            // The company was launched: the address is what was asked for, by whatever way it gets to a browser.
            Err(error) => failed = Some(sentence(&error)),
        }
    }
    record.launch_uri = Some(address.uri.reveal());
    if let Some(said) = &failed {
        ctx.io.tell(said);
    }
    let until = address.expire_time.map(|time| time.strftime(", until %H:%M:%S UTC").to_string()).unwrap_or_default();
    ctx.io.tell(&format!("an address for {} that works once{until}.", company.name));
    ctx.io.show(args.format, &record, || address.uri.reveal().to_owned())?;
    failed.map_or(Ok(()), |_| Err(CliError::Reported(Exit::Failure)))
}
