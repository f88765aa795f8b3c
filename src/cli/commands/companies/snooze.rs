//! `mspdash companies snooze`.

use super::show_company;
use crate::cli::Exit;
use crate::cli::args::Snooze;
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::clock;
use crate::domain::error::Operation;
use crate::domain::request::{Answer, CompanyChanges, EditCompany};

/// Bound to the revision that was looked at, as every edit.
pub async fn run(args: &Snooze, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let until = if args.off { clock::now() } else { ctx.io.style.ahead("--until", &args.until)? };
    let before = ctx.company(&args.id).await?;
    if args.off && before.snooze_until.is_none() {
        // Asked twice, the second time finds it done.
        return show_company(&before, args.write.format, ctx);
    }
    if !before.can_be_snoozed() {
        return Err(CliError::Message(format!("nothing of {} needs attention.", before.name), Exit::Conflict));
    }
    let changes = CompanyChanges { snooze_until: Some(until), ..CompanyChanges::default() };
    let request = EditCompany { company: before.id, etag: before.etag, changes, key: idempotency_key() };
    let Answer::Company(after) = ctx.change(request.into(), args.write).await? else {
        return Err(unexpected_answer(Operation::EditCompany));
    };
    show_company(&after, args.write.format, ctx)
}
