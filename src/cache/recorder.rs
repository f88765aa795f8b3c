//! The client's way to the disk: takes an answer in without waiting, and lets the writer's thread do the rest.

use super::Header;
use super::frame::Who;
use super::store::{Item, Page, Store};
use super::writer::Writer;
use crate::client::{Exchange, ResponseSink};
use crate::domain::request::{Answer, GetSession, ListChanges, Request};
use crate::wire;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Keeps the roster of one profile. Nothing is written, read or started before the first answer.
pub struct Recorder {
    store: Arc<Mutex<Store>>,
    /// The first thing that went wrong.
    problem: Arc<Mutex<Option<String>>>,
    writer: Arc<Writer>,
}

impl Recorder {
    /// Keeps in this directory, which is made when it is needed.
    pub fn open(dir: &Path, header: Header) -> Self {
        let store = Arc::new(Mutex::new(Store::new(dir, header)));
        Self { store, problem: Arc::default(), writer: Writer::of_process() }
    }

    /// Waits until all that was taken in so far is written, but no longer than this. To be called before the process
    /// ends; the last keeper that is dropped waits for a quarter of a second by itself.
    ///
    /// Returns whether it is. Blocks: not for the UI thread.
    pub fn flush(&self, limit: Duration) -> bool {
        if !self.writer.is_running() {
            return true;
        }
        let (done, wait) = sync_channel::<()>(1);
        let said = move || {
            let _gone = done.try_send(());
        };
        self.writer.send(0, Box::new(said)) && wait.recv_timeout(limit).is_ok()
    }

    /// The first thing that went wrong with writing, in the system's words; logged once as well. The dashboard works
    /// on without.
    pub fn problem(&self) -> Option<String> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn send(&self, item: Item, bytes: usize) {
        let (store, problem) = (Arc::clone(&self.store), Arc::clone(&self.problem));
        let work = move || {
            let taken = store.lock().unwrap_or_else(PoisonError::into_inner).take(item);
            if let Err(error) = taken {
                say(&problem, &error.to_string());
            }
        };
        if !self.writer.send(bytes, Box::new(work)) {
            tracing::debug!(bytes, "an answer is not kept: the disk is too slow");
        }
    }
}

impl Drop for Recorder {
    /// What was taken in is still written; a load that is not complete is given up.
    fn drop(&mut self) {
        if self.writer.is_running() {
            let store = Arc::clone(&self.store);
            let end = move || store.lock().unwrap_or_else(PoisonError::into_inner).give_up();
            let _left_to_the_sweep = self.writer.send(0, Box::new(end));
        }
    }
}

impl ResponseSink for Recorder {
    fn record(&self, request: &Request, exchange: Exchange, answer: &Answer) {
        let bytes = exchange.body.len();
        if let Some(item) = item(request, exchange, answer) {
            self.send(item, bytes);
        }
    }
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

fn say(problem: &Mutex<Option<String>>, error: &str) {
    let mut said = problem.lock().unwrap_or_else(PoisonError::into_inner);
    if said.is_none() {
        tracing::warn!(error, "the list of companies cannot be kept");
        *said = Some(error.to_owned());
    }
}

fn item(request: &Request, exchange: Exchange, answer: &Answer) -> Option<Item> {
    let Exchange { asked, answered, body } = exchange;
    let at = SystemTime::from(crate::clock::now());
    match (request, answer) {
        (Request::GetSession(GetSession), Answer::Session(session)) => {
            let account = session.account.id.as_str().to_owned();
            let technician = session.technician.id.as_str().to_owned();
            Some(Item::Session { who: Who { account, technician }, body: without_secrets(&body)? })
        }
        (Request::ListCompanies(list), Answer::Page(page)) => Some(Item::Page(Page {
            asked,
            came: answered,
            at,
            from: list.page_token.clone(),
            next: page.next.clone(),
            change_token: page.change_token.clone(),
            rows: page.companies.len() as u64,
            body,
        })),
        (Request::ListChanges(ListChanges { since, .. }), Answer::Changes(changes)) => {
            let quiet = changes.companies.is_empty() && changes.removed.is_empty() && changes.next == *since;
            Some(if quiet {
                Item::Same { since: since.clone(), at }
            } else {
                Item::Changes { since: since.clone(), next: changes.next.clone(), body, at }
            })
        }
        _ => None,
    }
}

/// A session holds who is signed in. Only what the contract names is kept of it, and not the address of the owners'
/// desk: it is for a browser, works without signing in, and is another one after the next start.
fn without_secrets(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}');
    let mut session: wire::session::Session = serde_json::from_str(text).ok()?;
    session.account.owner_desk_uri = None;
    serde_json::to_vec(&session).ok()
}
