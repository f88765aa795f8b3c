//! From the body of an answer to the core's types, for calls that are one exchange.

use super::transport::Reply;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::{Answer, Page, Request};
use crate::domain::{company, session};
use crate::wire;

/// Reads what a request is answered with.
///
/// # Errors
/// As [`Reply::json`].
pub fn of(request: &Request, reply: &Reply) -> Result<Answer, Error> {
    let what = request.what();
    match request {
        Request::Session => {
            let session: session::Session = reply.json_into::<wire::session::Session, _>(what)?;
            Ok(Answer::Session(Box::new(session)))
        }
        Request::Companies(_) => page(reply, |_| {}).map(Answer::Page),
        Request::Changes { .. } => {
            let list: wire::list::ChangeList = reply.json(what)?;
            let lacking = |lacking: wire::Lacking| reply.error(what, Cause::Unreadable, &lacking.to_string());
            let (changes, unreadable) = list.read().map_err(lacking)?;
            Ok(Answer::Changes(changes).without(unreadable))
        }
        Request::UnlinkPreflight(_) | Request::Unlink { validate_only: true, .. } => {
            let preflight: wire::unlink::Preflight = reply.json(what)?;
            Ok(Answer::Preflight(preflight.into()))
        }
        Request::Company(_) | Request::AddCompany { .. } | Request::EditCompany { .. } | Request::Unlink { .. } => {
            let company: company::Company = reply.json_into::<wire::company::Company, _>(what)?;
            Ok(Answer::Company(Box::new(company)))
        }
        Request::Setup(_) => Ok(Answer::Setup(reply.json::<wire::setup::Checklist>(what)?.into())),
        Request::EditStep { .. } => Ok(Answer::Step(Box::new(reply.json::<wire::setup::Step>(what)?.into()))),
        Request::AcceptLink { .. } | Request::CancelLink { .. } => {
            Ok(Answer::Link(Box::new(reply.json_into::<wire::link::LinkRequest, _>(what)?)))
        }
        Request::AddMember { .. } | Request::RemoveMember { .. } | Request::ChangePerson { .. } => {
            Ok(Answer::Person(Box::new(reply.json_into::<wire::people::User, _>(what)?)))
        }
        Request::GrantVault { .. } => Ok(Answer::Vault(Box::new(reply.json_into::<wire::vault::Vault, _>(what)?))),
        Request::CompanyUsage { .. } => {
            Ok(Answer::CompanyUsage(Box::new(reply.json::<wire::usage::Usage>(what)?.into())))
        }
        Request::Activity(_) => {
            let list: wire::list::List<wire::activity::Event> = reply.json(what)?;
            let (page, unreadable) = list.read();
            Ok(Answer::Activity(page).without(unreadable))
        }
        // These need more than one exchange and are put together by the client.
        Request::Launch { .. }
        | Request::People(_)
        | Request::Groups(_)
        | Request::Links
        | Request::Recoveries
        | Request::Vaults(_)
        | Request::Usage(_)
        | Request::Curves { .. } => Err(Error::new(what, Cause::Local, RetryAdvice::Never)),
    }
}

/// Reads a page of companies. `go_on` hears of the token of the next one before the rows are read.
///
/// # Errors
/// As [`Reply::json`].
pub fn page(reply: &Reply, go_on: impl FnOnce(&str)) -> Result<Page, Error> {
    let what = Operation::ListCompanies;
    let text = reply.text(what)?;
    let page: wire::list::UnreadPage<'_> = reply.parse(&text, what)?;
    if let Some(token) = page.next() {
        go_on(token);
    }
    Ok(page.read())
}

/// An answer that makes no sense.
pub fn unreadable(what: Operation, detail: &str) -> Error {
    Error { detail: detail.to_owned(), ..Error::new(what, Cause::Unreadable, RetryAdvice::Now) }
}
