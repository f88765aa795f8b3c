//! `mspdash companies list` and `mspdash companies show`.

use super::args::{Companies, Format, List, Show};
use super::record::CompanyRecord;
use super::{Exit, sentence, table};
use crate::api::{Client, Endpoint};
use crate::domain::company::Company;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, ListCompanies, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use std::collections::HashSet;
use std::io::{self, Write};

/// Rows that are asked for at once: the most that the contract allows.
const PAGE: u32 = 1000;

/// Why a command did not end well.
enum End {
    Trouble(Trouble),
    /// The reader has gone: `| head` is no failure.
    NoReader,
    Output(io::Error),
}

impl From<Trouble> for End {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::NoReader } else { Self::Output(error) }
    }
}

/// Carries out one command: its result goes to `out`, anything else to `err`.
pub async fn run(command: &Companies, endpoint: Endpoint, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let outcome = match command {
        Companies::List(args) => list(args, endpoint, out, err).await,
        Companies::Show(args) => show(args, endpoint, out).await,
    };
    let (said, exit) = match outcome {
        Ok(()) | Err(End::NoReader) => return Exit::Success,
        Err(End::Trouble(trouble)) => (sentence(&trouble), Exit::of(&trouble)),
        Err(End::Output(error)) => (format!("Writing the result failed: {error}."), Exit::Failure),
    };
    // Nothing is left to say it on if this fails too.
    let _ = writeln!(err, "mspdash: {said}");
    exit
}

async fn list(args: &List, endpoint: Endpoint, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), End> {
    let client = Client::new(endpoint)?;
    let found = collect(&client, args).await?;
    match args.format {
        Format::Json => {
            let records: Vec<CompanyRecord<'_>> = found.companies.iter().map(Into::into).collect();
            json(out, &records)?;
        }
        Format::Table => writeln!(out, "{}", table::list(&found.companies))?,
    }
    out.flush()?;
    if found.unreadable > 0 {
        let _ = writeln!(err, "mspdash: rows that could not be read and are left out: {}", found.unreadable);
    }
    Ok(())
}

async fn show(args: &Show, endpoint: Endpoint, out: &mut dyn Write) -> Result<(), End> {
    let client = Client::new(endpoint)?;
    let Answer::Company(company) = client.perform(Request::Company(CompanyId::new(&args.id))).await? else {
        return Err(odd(What::LoadCompany).into());
    };
    match args.format {
        Format::Json => json(out, &CompanyRecord::from(&*company))?,
        Format::Table => writeln!(out, "{}", table::show(&company))?,
    }
    Ok(out.flush()?)
}

struct Found {
    companies: Vec<Company>,
    unreadable: u64,
}

/// Follows the pages to the end or to the limit. A company that moves between pages meanwhile is taken once.
async fn collect(client: &Client, args: &List) -> Result<Found, Trouble> {
    let most = args.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let page_size = args.limit.map_or(PAGE, |limit| u32::try_from(limit).unwrap_or(PAGE).min(PAGE));
    let mut ask = ListCompanies {
        page_size,
        page_token: None,
        filter: filter(args),
        order_by: order_by(args),
        read_ahead: false,
    };
    let mut found = Found { companies: Vec::new(), unreadable: 0 };
    let (mut seen, mut tokens) = (HashSet::new(), HashSet::new());
    loop {
        let Answer::Page(page) = client.perform(Request::Companies(ask.clone())).await? else {
            return Err(odd(What::ListCompanies));
        };
        found.unreadable += u64::from(page.unreadable);
        found.companies.extend(page.companies.into_iter().filter(|company| seen.insert(company.id.clone())));
        let Some(next) = page.next.filter(|_| found.companies.len() < most) else { break };
        if !tokens.insert(next.clone()) {
            return Err(odd(What::ListCompanies));
        }
        ask.page_token = Some(next);
    }
    found.companies.truncate(most);
    Ok(found)
}

/// The contract's filter: `(state = ACTIVE OR state = PENDING) AND name : "bright"`.
fn filter(args: &List) -> Option<String> {
    let states: Vec<_> = args.status.iter().map(|status| format!("state = {}", status.word())).collect();
    let states = match states.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("({})", several.join(" OR "))),
    };
    let search = args.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let search = search.map(|text| format!("name : {}", quoted(text)));
    let parts: Vec<_> = states.into_iter().chain(search).collect();
    Some(parts.join(" AND ")).filter(|filter| !filter.is_empty())
}

/// Text in the quotes of the filter language: nothing in it can end them early.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

fn order_by(args: &List) -> Option<String> {
    let order = args.sort?;
    let direction = if order.down { " desc" } else { "" };
    let field = order.key.field();
    Some(if field == "name" { format!("name{direction}") } else { format!("{field}{direction}, name") })
}

fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}

/// The client answered something else than was asked: a defect of ours, told instead of a panic.
fn odd(what: What) -> Trouble {
    Trouble::new(what, Because::Unreadable, Retry::Never)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Order, SortKey, Status};

    #[test]
    fn filters_are_written_in_the_contracts_language() {
        let mut args = List::default();
        assert_eq!(filter(&args), None);
        args.search = Some(r#" a "b\c "#.into());
        assert_eq!(filter(&args).as_deref(), Some(r#"name : "a \"b\\c""#));
        args.status = vec![Status::Active];
        assert_eq!(filter(&args).as_deref(), Some(r#"state = ACTIVE AND name : "a \"b\\c""#));
        args.status.push(Status::Unlinked);
        args.search = Some("  ".into());
        assert_eq!(filter(&args).as_deref(), Some("(state = ACTIVE OR state = UNLINKED)"));
    }

    #[test]
    fn orders_end_with_the_name() {
        let order = |text: &str| order_by(&List { sort: text.parse::<Order>().ok(), ..List::default() });
        assert_eq!(order("-seats").as_deref(), Some("seats.filled desc, name"));
        assert_eq!(order("status").as_deref(), Some("state, name"));
        assert_eq!(order("-name").as_deref(), Some("name desc"));
        assert_eq!(order("nonsense"), None);
        assert_eq!(SortKey::ALL.len(), 5);
    }
}
