//! `mspdash companies unlink`: the pre-flight, and the unlink that is bound to it. The name has to be given as it looks,
//! so that a wrong id in a script cannot unlink another company.

use crate::cli::Exit;
use crate::cli::args::Unlink;
use crate::cli::commands::companies::show_company;
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::lang::Lang;
use crate::domain::request::{self, Answer, Request, UnlinkPreflight};
use crate::domain::unlink::{Preflight, names_company};
use crate::i18n;
use serde::Serialize;
use std::fmt::Write as _;

/// A pre-flight in JSON.
#[derive(Serialize)]
struct PreflightRecord<'a> {
    company_id: &'a CompanyId,
    /// Nothing blocks.
    allowed: bool,
    #[serde(flatten)]
    preflight: &'a Preflight,
}

pub async fn run(args: &Unlink, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let id = ctx.company_id(&args.id).await?;
    let Answer::Preflight(preflight) =
        ctx.ask(Request::UnlinkPreflight(UnlinkPreflight { company: id.clone() })).await?
    else {
        return Err(unexpected_answer(Operation::Preflight));
    };
    if args.dry_run {
        let record = PreflightRecord { company_id: &id, allowed: preflight.allowed(), preflight: &preflight };
        ctx.io.show(args.format, &record, || describe(&id, &preflight))?;
    }
    if !preflight.allowed() {
        return Err(blocked(&id, &preflight));
    }
    if args.dry_run {
        return Ok(());
    }
    confirmed(args.confirm.as_deref(), (&id, &preflight), ctx)?;
    let request = Request::Unlink(request::Unlink {
        company: id,
        etag: preflight.etag,
        validate_only: false,
        key: idempotency_key(),
    });
    let answer = ctx.client.perform(request).await?;
    let Answer::Company(company) = answer else { return Err(unexpected_answer(Operation::Unlink)) };
    show_company(&company, args.format, ctx)
}

/// What the pre-flight says before a task of unlinking, and that this company is meant.
pub async fn checked(id: &CompanyId, confirm: Option<&str>, dry: bool, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let Answer::Preflight(preflight) =
        ctx.ask(Request::UnlinkPreflight(UnlinkPreflight { company: id.clone() })).await?
    else {
        return Err(unexpected_answer(Operation::Preflight));
    };
    if !preflight.allowed() {
        return Err(blocked(id, &preflight));
    }
    if dry { Ok(()) } else { confirmed(confirm, (id, &preflight), ctx) }
}

fn blocked(id: &CompanyId, preflight: &Preflight) -> CliError {
    let reasons: Vec<_> = preflight.blocks().map(|check| (i18n::of(Lang::En).unlink.check)(check)).collect();
    let said = format!("{} cannot be unlinked now: {}.", named(id, preflight), reasons.join("; "));
    CliError::Message(said, Exit::Conflict)
}

/// Unless the name is given, says what would happen, on the side: a script that forgot it must not take this for its
/// result.
fn confirmed(
    confirm: Option<&str>,
    (id, preflight): (&CompanyId, &Preflight),
    ctx: &mut Context<'_>,
) -> Result<(), CliError> {
    if confirm.is_some_and(|typed| names_company(typed, &preflight.company_name)) {
        return Ok(());
    }
    // A reader who has gone changes nothing: the refusal stands.
    let _ = writeln!(ctx.io.err, "{}\n", describe(id, preflight));
    let wrong = if confirm.is_some() { "--confirm is not the company's name" } else { "--confirm is missing" };
    let name = preflight.company_name.replace('\'', r"'\''");
    let said = format!("{wrong}; nothing was unlinked. To unlink {}: --confirm '{name}'", named(id, preflight));
    Err(CliError::Message(said, Exit::Usage))
}

/// The name as the pre-flight knows it, and the id, which tells it from others of that name.
fn named(id: &CompanyId, preflight: &Preflight) -> String {
    format!("{} ({id})", preflight.company_name)
}

fn describe(id: &CompanyId, preflight: &Preflight) -> String {
    let words = &i18n::of(Lang::En).unlink;
    let mut text = format!("{}\n\n{}\n", (words.title)(&named(id, preflight)), words.checks);
    for check in &preflight.checks {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {:<5}  {}", check.severity.as_str(), (words.check)(check));
    }
    let day = preflight.trial_end_time.map(|time| time.strftime("%Y-%m-%d (UTC)").to_string());
    let _ = writeln!(text, "\n{}", words.consequences);
    for consequence in &preflight.consequences {
        let _ = writeln!(text, "  {}", (words.consequence)(consequence, day.as_deref()));
    }
    let _ = write!(text, "  {}", words.transfer);
    text
}
