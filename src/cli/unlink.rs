//! `mspdash companies unlink`: the pre-flight, and the unlink that is bound to it. The name has to be given as it looks,
//! so that a wrong id in a script cannot unlink another company.

use super::Exit;
use super::args::Unlink;
use super::companies::written;
use super::desk::{Desk, End, intent, odd};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::lang::Lang;
use crate::domain::request::{Answer, Request};
use crate::domain::unlink::{Check, CheckCode, Consequence, ConsequenceCode, Preflight, Severity, names_company};
use crate::i18n;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;

/// A pre-flight in JSON.
#[derive(Serialize)]
struct PreflightRecord<'a> {
    company_id: &'a str,
    company_name: &'a str,
    /// Nothing blocks.
    allowed: bool,
    checks: Vec<CheckRecord<'a>>,
    consequences: Vec<ConsequenceRecord<'a>>,
    trial_end_time: Option<Timestamp>,
    etag: &'a str,
}

#[derive(Serialize)]
struct CheckRecord<'a> {
    code: &'a CheckCode,
    /// `BLOCK`, `WARN` or `INFO`.
    severity: &'static str,
    title: &'a str,
    /// Their display names.
    people: &'a [String],
    count: Option<u32>,
}

#[derive(Serialize)]
struct ConsequenceRecord<'a> {
    code: &'a ConsequenceCode,
    title: &'a str,
}

pub(super) async fn run(args: &Unlink, desk: &mut Desk<'_>) -> Result<(), End> {
    let id = desk.company_id(&args.id).await?;
    let Answer::Preflight(preflight) = desk.ask(Request::UnlinkPreflight(id.clone())).await? else {
        return Err(odd(Operation::Preflight));
    };
    if args.dry_run {
        desk.show(args.format, &record(&id, &preflight), || told(&id, &preflight))?;
    }
    if !preflight.allowed() {
        return Err(blocked(&id, &preflight));
    }
    if args.dry_run {
        return Ok(());
    }
    if !args.confirm.as_deref().is_some_and(|typed| names_company(typed, &preflight.company_name)) {
        return Err(unconfirmed(args, (&id, &preflight), desk));
    }
    let request = Request::Unlink { company: id, etag: preflight.etag, validate_only: false, key: intent() };
    let answer = desk.client.perform(request).await?;
    let Answer::Company(company) = answer else { return Err(odd(Operation::Unlink)) };
    written(&company, args.format, desk)
}

fn blocked(id: &CompanyId, preflight: &Preflight) -> End {
    let reasons: Vec<_> = preflight.blocks().map(|check| (i18n::of(Lang::En).unlink.check)(check)).collect();
    let said = format!("{} cannot be unlinked now: {}.", named(id, preflight), reasons.join("; "));
    End::Said(said, Exit::Conflict)
}

/// Says what would happen, on the side: a script that forgot the name must not take this for its result.
fn unconfirmed(args: &Unlink, (id, preflight): (&CompanyId, &Preflight), desk: &mut Desk<'_>) -> End {
    // A reader who has gone changes nothing: the refusal stands.
    let _ = writeln!(desk.outside.err, "{}\n", told(id, preflight));
    let wrong = if args.confirm.is_some() { "--confirm is not the company's name" } else { "--confirm is missing" };
    let name = preflight.company_name.replace('\'', r"'\''");
    let said = format!("{wrong}; nothing was unlinked. To unlink {}: --confirm '{name}'", named(id, preflight));
    End::Said(said, Exit::Usage)
}

fn record<'a>(id: &'a CompanyId, preflight: &'a Preflight) -> PreflightRecord<'a> {
    let check = |check: &'a Check| CheckRecord {
        code: &check.code,
        severity: severity(check.severity),
        title: &check.title,
        people: &check.people,
        count: check.count,
    };
    let consequence = |item: &'a Consequence| ConsequenceRecord { code: &item.code, title: &item.title };
    PreflightRecord {
        company_id: id.as_str(),
        company_name: &preflight.company_name,
        allowed: preflight.allowed(),
        checks: preflight.checks.iter().map(check).collect(),
        consequences: preflight.consequences.iter().map(consequence).collect(),
        trial_end_time: preflight.trial_end_time,
        etag: preflight.etag.as_str(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "INFO",
        Severity::Warn => "WARN",
        Severity::Block => "BLOCK",
    }
}

/// The name as the pre-flight knows it, and the id, which tells it from others of that name.
fn named(id: &CompanyId, preflight: &Preflight) -> String {
    format!("{} ({id})", preflight.company_name)
}

fn told(id: &CompanyId, preflight: &Preflight) -> String {
    let words = &i18n::of(Lang::En).unlink;
    let mut text = format!("{}\n\n{}\n", (words.title)(&named(id, preflight)), words.checks);
    for check in &preflight.checks {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {:<5}  {}", severity(check.severity), (words.check)(check));
    }
    let day = preflight.trial_end_time.map(|time| time.strftime("%Y-%m-%d (UTC)").to_string());
    let _ = writeln!(text, "\n{}", words.consequences);
    for consequence in &preflight.consequences {
        let _ = writeln!(text, "  {}", (words.consequence)(consequence, day.as_deref()));
    }
    let _ = write!(text, "  {}", words.transfer);
    text
}
