//! Carries out effects on a runtime that is not started before the first of them.
//!
//! Each effect with a ticket becomes two tasks: one does the work, one waits for it and sends the only answer,
//! whatever becomes of the first: done, given up, dead, or too slow.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle, spawn_blocking};
use tokio::time::timeout;

use super::queue::{Input, Queue};
use super::save_ui_state::UiStateWriter;
use super::{CacheReader, Caller, Connection, Sources, Stop, browser, clipboard, export, read_table};
use crate::app::effect::{Effect, Ticket};
use crate::app::features::import::Unread;
use crate::app::msg::{Reply, Restored};
use crate::client::Listener;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::launch::Redacted;
use crate::domain::ui_state::UiState;

/// No effect is waited for longer. Far above every limit of the client: only a fault gets here.
const EFFECT_TIMEOUT: Duration = Duration::from_mins(2);

/// How long the embedded server gets to stop.
const STOP_TIMEOUT: Duration = Duration::from_secs(1);

/// How long the last changes of what the screen keeps may take to write.
const WRITE_TIMEOUT: Duration = Duration::from_millis(200);

/// What was kept of one account: the chunks that are being made ready, in their order.
type Chunks = mpsc::Receiver<JoinHandle<Restored>>;

/// Chunks that lie ready before they are asked for. One more is made ready meanwhile, and one more read.
const READY: usize = 1;

pub(super) struct EffectRunner {
    sources: Sources,
    queue: Arc<Queue>,
    runtime: Option<Runtime>,
    connections: Arc<Mutex<HashMap<ProfileId, Connection>>>,
    kept: HashMap<ProfileId, Arc<tokio::sync::Mutex<Chunks>>>,
    open: HashMap<Ticket, Task>,
    ui_state: Option<UiStateWriter>,
}

/// What carries out an effect.
struct Task {
    abort: AbortHandle,
    /// Ends its pauses; of a call.
    listener: Option<Listener>,
}

/// What an effect was about, to say that it failed.
#[derive(Debug, Clone, Copy)]
enum EffectKind {
    Connect,
    Restore,
    Call(Operation),
    Open,
    Copy,
    Write,
    Read,
}

impl EffectKind {
    fn failed(self, cause: Cause, detail: &str) -> Reply {
        let error = |what| {
            let mut error = Error::new(what, cause, RetryAdvice::Now);
            detail.clone_into(&mut error.detail);
            error
        };
        match self {
            Self::Connect => Reply::Connected(Err(error(Operation::Start))),
            // What was kept is a gift: without it, everything is loaded.
            Self::Restore => Reply::Restored(Restored::Nothing),
            Self::Call(what) => Reply::Api(Err(error(what))),
            Self::Copy => Reply::Copied(Err(error(Operation::Copy))),
            Self::Write => Reply::Written(Err(error(Operation::Export))),
            Self::Read => Reply::Table(Err(Unread::NoFile(detail.to_owned()))),
            Self::Open => Reply::Opened(Err(error(Operation::OpenBrowser))),
        }
    }
}

impl EffectRunner {
    pub(super) fn new(sources: Sources, queue: Arc<Queue>) -> Self {
        let ui_state = sources.save_ui_state.clone().map(UiStateWriter::new);
        let (connections, kept, open) = (Arc::default(), HashMap::new(), HashMap::new());
        Self { sources, queue, runtime: None, connections, kept, open, ui_state }
    }

    /// Starts an effect, or gives one up.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Connect { ticket, profile } => {
                let (connect, connections) = (Arc::clone(&self.sources.connect), Arc::clone(&self.connections));
                self.start(ticket, EffectKind::Connect, async move {
                    let connected = connect(profile.clone()).await.map(|mut new| {
                        let notice = new.notice.take();
                        connections.lock().unwrap_or_else(PoisonError::into_inner).insert(profile, new);
                        notice
                    });
                    Reply::Connected(connected)
                });
            }
            Effect::Restore { ticket, profile } => self.restore(ticket, profile),
            Effect::Call { ticket, profile, request } => {
                let kind = EffectKind::Call(request.operation());
                let Some(client) = self.client(&profile) else {
                    // The core calls only after it heard that there is a connection; still, every ticket is answered.
                    return self.answer(ticket, kind.failed(Cause::Local, "there is no connection yet"));
                };
                let queue = Arc::clone(&self.queue);
                let listener = Listener::new(move |pause| queue.push(Input::Waiting(ticket, pause.map(Box::new))));
                let retry_listener = listener.clone();
                self.start(ticket, kind, async move { Reply::Api(retry_listener.hear(client.call(request)).await) });
                self.open.entry(ticket).and_modify(|task| task.listener = Some(listener));
            }
            Effect::Open { ticket, address } => {
                self.start(ticket, EffectKind::Open, async move { Reply::Opened(browser::open(address).await) });
            }
            Effect::Copy { ticket, text } => {
                let queue = Arc::clone(&self.queue);
                self.start(ticket, EffectKind::Copy, async move {
                    Reply::Copied(clipboard::copy(text, move |told| queue.push(Input::ToTerminal(told))).await)
                });
            }
            // What is shown is put in its place where the screen is known.
            Effect::CopyShown { ticket } => {
                self.perform(Effect::Copy { ticket, text: Redacted::new(String::new()) });
            }
            Effect::ReadTable { ticket, path } => {
                self.start(ticket, EffectKind::Read, async move { Reply::Table(read_table::read(path).await) });
            }
            Effect::Write { ticket, path, text, replace } => {
                let writing = async move { Reply::Written(export::write(path, text, replace).await) };
                self.start(ticket, EffectKind::Write, writing);
            }
            Effect::Cancel { ticket } => {
                // The answer comes from the task that waits for it: *cancelled*, or its result if it was faster.
                if let Some(task) = self.open.get(&ticket) {
                    task.abort.abort();
                }
            }
            Effect::EndPause { ticket, again } => {
                if let Some(listener) = self.open.get(&ticket).and_then(|task| task.listener.as_ref()) {
                    listener.end(again);
                }
            }
            Effect::SaveUiState { profile, change } => self.save_ui_state(profile, change),
            // Done by the run loop itself: they are about the terminal and the program.
            Effect::Alert { .. } | Effect::Mouse(_) | Effect::Suspend | Effect::Quit => {}
        }
    }

    /// Forgets an effect that has answered.
    pub(super) fn done(&mut self, ticket: Ticket) {
        self.open.remove(&ticket);
    }

    /// Gives up what is open and stops the embedded server, within [`STOP_TIMEOUT`].
    pub(super) fn close(mut self) {
        for task in self.open.values() {
            task.abort.abort();
        }
        let connections = std::mem::take(&mut *self.connections.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(runtime) = self.runtime.take() else { return };
        if let Some(ui_state) = self.ui_state.take() {
            let written = runtime.spawn_blocking(move || ui_state.write());
            if runtime.block_on(async { timeout(WRITE_TIMEOUT, written).await }).is_err() {
                tracing::warn!("the screen's state was not written in time");
            }
        }
        // First the clients and with them their kept connections: a graceful server waits for them.
        let stops: Vec<Stop> = connections.into_values().filter_map(|connection| connection.stop).collect();
        if !stops.is_empty() {
            let stopping = runtime.spawn(async move {
                for stop in stops {
                    stop().await;
                }
            });
            if runtime.block_on(async { timeout(STOP_TIMEOUT, stopping).await }).is_err() {
                tracing::warn!("the embedded server did not stop in time");
            }
        }
        runtime.shutdown_background();
    }

    fn client(&self, profile: &ProfileId) -> Option<Arc<dyn Caller>> {
        let connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.get(profile).map(|connection| Arc::clone(&connection.client))
    }

    /// Reads on where the last chunk ended.
    fn restore(&mut self, ticket: Ticket, profile: ProfileId) {
        let Some(restore) = self.sources.restore.clone() else {
            return self.answer(ticket, Reply::Restored(Restored::Nothing));
        };
        let mut begin = None;
        let chunks = Arc::clone(self.kept.entry(profile.clone()).or_insert_with(|| {
            let (to, chunks) = mpsc::channel(READY);
            begin = Some(to);
            Arc::new(tokio::sync::Mutex::new(chunks))
        }));
        self.start(ticket, EffectKind::Restore, async move {
            if let Some(to) = begin {
                tokio::spawn(read_kept(move || restore(&profile), to));
            }
            let chunk = chunks.lock().await.recv().await;
            let chunk = match chunk {
                Some(chunk) => chunk.await.ok(),
                None => None,
            };
            Reply::Restored(chunk.unwrap_or(Restored::Nothing))
        });
    }

    fn save_ui_state(&mut self, profile: ProfileId, change: Box<(UiState, UiState)>) {
        let Some(ui_state) = self.ui_state.clone() else { return };
        ui_state.push(profile, change);
        match self.runtime() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || ui_state.write())),
            Err(error) => tracing::warn!(%error, "the screen's state cannot be written"),
        }
    }

    fn answer(&self, ticket: Ticket, reply: Reply) {
        self.queue.push(Input::Reply(ticket, reply));
    }

    fn start(&mut self, ticket: Ticket, kind: EffectKind, work: impl Future<Output = Reply> + Send + 'static) {
        let runtime = match self.runtime() {
            Ok(runtime) => runtime,
            Err(error) => return self.answer(ticket, kind.failed(Cause::Local, &error.to_string())),
        };
        let task = runtime.spawn(work);
        let abort = task.abort_handle();
        let (queue, late) = (Arc::clone(&self.queue), abort.clone());
        self.runtime_spawn(async move {
            let reply = match timeout(EFFECT_TIMEOUT, task).await {
                Ok(Ok(reply)) => reply,
                Ok(Err(end)) if end.is_cancelled() => kind.failed(Cause::Cancelled, ""),
                Ok(Err(_)) => kind.failed(Cause::TaskDied, ""),
                Err(_) => {
                    late.abort();
                    kind.failed(Cause::TimedOut { seconds: EFFECT_TIMEOUT.as_secs() }, "")
                }
            };
            queue.push(Input::Reply(ticket, reply));
        });
        self.open.insert(ticket, Task { abort, listener: None });
    }

    fn runtime(&mut self) -> io::Result<&Runtime> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => build()?,
        };
        Ok(self.runtime.insert(runtime))
    }

    fn runtime_spawn(&self, watcher: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(watcher);
        }
    }
}

/// Reads what was kept on a thread that may wait for the disk, and makes its chunks ready meanwhile.
async fn read_kept(
    open: impl FnOnce() -> Box<dyn CacheReader> + Send + 'static,
    chunks: mpsc::Sender<JoinHandle<Restored>>,
) {
    let Ok(mut kept) = spawn_blocking(open).await else { return };
    loop {
        let read = spawn_blocking(move || {
            let chunk = kept.next();
            (kept, chunk)
        });
        let Ok((rest, Some(chunk))) = read.await else { return };
        kept = rest;
        if chunks.send(tokio::spawn(async move { chunk() })).await.is_err() {
            return;
        }
    }
}

/// On a thread of its own: tokio panics where it may open no more files.
fn build() -> io::Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).thread_name("worker").enable_all();
    let built = thread::Builder::new().name("runtime".to_owned()).spawn(move || builder.build())?.join();
    built.unwrap_or_else(|_| Err(io::Error::other("too many files are open")))
}

/// For a panic on the UI thread: dropping a runtime waits for blocking tasks, e.g. for a browser that hangs.
impl Drop for EffectRunner {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests;
