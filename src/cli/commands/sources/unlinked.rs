//! `mspdash sources unlinked`: credentials of ours that still work in companies that are unlinked. There should be none.

use super::exit;
use crate::cli::Exit;
use crate::cli::args::UnlinkedSources;
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::clock;
use crate::config::Paths;
use crate::domain::facts::FactSource;
use crate::domain::source::SourceReason;
use crate::local_server::connections::{self, Leftover};
use serde::Serialize;
use std::sync::Arc;
use tokio::runtime::Runtime;

const WORKS: &str = "WORKS";
const GONE: &str = "GONE";
const NOT_KNOWN: &str = "NOT_KNOWN";

/// What came of trying one.
#[derive(Debug, Serialize)]
struct Tried {
    company_id: String,
    company_name: String,
    source: FactSource,
    /// 1Password's id of the company's account.
    account_uuid: String,
    client_id: Option<String>,
    result: &'static str,
    /// Why it is not known.
    reason: Option<SourceReason>,
    detail: Option<String>,
}

/// Tries each once. What is proved gone is forgotten with the people that were read; anything else stays, to be tried
/// again.
pub fn unlinked(args: &UnlinkedSources, paths: &Paths, runtime: &Runtime, io: &mut Io<'_>) -> Result<(), CliError> {
    let (region, all) = connections::leftovers(args.workspace.place(), paths)?;
    let connector = connections::connector().map_err(|said| CliError::Message(format!("{said}."), Exit::Usage))?;
    let mut rows = Vec::new();
    for of in all {
        let taken = runtime.block_on(connections::is_taken(&connector, region, &of, Arc::new(clock::now)));
        if matches!(taken, Ok(false)) {
            connections::disconnect(args.workspace.place(), paths, &of.company, &of.source)?;
        }
        let (result, failure) = match taken {
            Ok(taken) => (if taken { WORKS } else { GONE }, None),
            Err(failure) => (NOT_KNOWN, Some(failure)),
        };
        let (reason, detail) = failure.map(|failure| (failure.reason, failure.detail)).unzip();
        let Leftover { company: company_id, company_name, source, account: account_uuid, client_id, .. } = of;
        rows.push(Tried { company_id, company_name, source, account_uuid, client_id, result, reason, detail });
    }
    let style = io.style.clone();
    io.show(args.format, &rows, || Listing::plain(&style).text(&rows))?;
    let count = |result: &str| rows.iter().filter(|row| row.result == result).count();
    if count(WORKS) > 0 {
        let what = "an Owner of the company has to remove the application or token, under Integrations. Then try again";
        io.tell(&format!("credentials that still work in unlinked companies: {}; {what}.", count(WORKS)));
        return Err(CliError::Reported(Exit::Attention));
    }
    match rows.iter().find(|row| row.result == NOT_KNOWN) {
        Some(row) => {
            io.tell(&format!("credentials of which it is not known: {}.", count(NOT_KNOWN)));
            Err(CliError::Reported(exit(row.reason.as_ref())))
        }
        None => Ok(()),
    }
}

impl TableRow for Tried {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |tried: &Self| Cell::text(&tried.company_name)),
            Column::word("source", |tried: &Self| Cell::word(tried.source.as_str())).known(FactSource::WORDS),
            Column::word("result", |tried: &Self| Cell::word(tried.result)).known(&[WORKS, GONE, NOT_KNOWN]),
            Column::text("detail", |tried: &Self| Cell::optional(tried.detail.as_deref())),
            Column::id("account", |tried: &Self| Cell::text(&tried.account_uuid)).spare(),
        ]
    }

    fn id(&self) -> String {
        self.company_id.clone()
    }
}
