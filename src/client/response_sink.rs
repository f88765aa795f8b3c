//! What is handed on to be kept for the next start, and the way back from what was kept.

use super::endpoints;
use super::transport::Reply;
use crate::domain::error::Error;
use crate::domain::request::{Answer, GetSession, Request};
use std::time::Instant;

/// Takes in the answers that make up a roster, as the server wrote them: the session, the pages of the whole list,
/// and what changed. [`Client::with_sink`](super::Client::with_sink) ties it to a client.
pub trait ResponseSink: Send + Sync {
    /// An answer has come and could be read. Called on the way of the answer to the core: must not wait for anything.
    fn record(&self, request: &Request, exchange: Exchange, answer: &Answer);
}

/// A request and its answer as they went over the wire.
#[derive(Debug)]
pub struct Exchange {
    /// The moment before the request was sent: with two loads at once a page of the older one must not be taken for one
    /// of the newer.
    pub asked: Instant,
    /// When the answer began to come: what it holds is older.
    pub answered: Instant,
    /// JSON; it may hold more than the answer shows.
    pub body: Vec<u8>,
}

/// Reads a body that was kept, by the same rules as one that just came.
///
/// # Errors
/// [`Cause::Unreadable`](crate::domain::error::Cause::Unreadable) if it is no answer to this request, and
/// [`Cause::Local`](crate::domain::error::Cause::Local) for a request whose answer is not one body.
pub fn decode(request: &Request, body: impl Into<Vec<u8>>) -> Result<Answer, Error> {
    let content_type = "application/json".to_owned();
    let reply = Reply {
        operation: request.operation(),
        content_type,
        request_id: None,
        began: Instant::now(),
        body: body.into(),
    };
    endpoints::read(request, &reply).map(|answer| answer.whole().0)
}

/// Whether the answer belongs to the roster. A filtered list is only a part of it.
pub(super) fn belongs_to_the_roster(request: &Request) -> bool {
    match request {
        Request::GetSession(GetSession) | Request::ListChanges(_) => true,
        Request::ListCompanies(list) => list.is_roster(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::Cause;
    use crate::domain::id::CompanyId;
    use crate::domain::request::{GetCompany, ListChanges, ListCompanies};

    #[test]
    fn a_kept_body_is_read_as_one_that_just_came() {
        let changes = Request::ListChanges(ListChanges { since: "1".into(), wait: 0 });
        let answer = decode(&changes, br#"{"results":[{"id":"A","name":"One"}],"next_change_token":"2"}"#);
        let Ok(Answer::Changes(changes)) = answer else { panic!("{answer:?}") };
        assert_eq!((changes.companies.len(), changes.next.as_str()), (1, "2"));
        let error = decode(&Request::GetSession(GetSession), b"{}").unwrap_err();
        assert_eq!(error.cause, Cause::Unreadable);
    }

    #[test]
    fn a_part_of_the_list_is_not_the_roster() {
        let list = |filter: Option<&str>, order: Option<&str>| {
            let (filter, order_by) = (filter.map(Into::into), order.map(Into::into));
            belongs_to_the_roster(&Request::ListCompanies(ListCompanies { filter, order_by, ..Default::default() }))
        };
        assert!(list(None, Some("name")));
        assert!(!list(Some("state = ACTIVE"), Some("name")));
        assert!(!list(None, None), "pages of two orders do not make up one list");
        assert!(!belongs_to_the_roster(&Request::GetCompany(GetCompany { company: CompanyId::new("A") })));
    }
}
