//! The one thread that writes, for all profiles. It is started by the first answer that is kept and ends with the last
//! keeper.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::Duration;

/// So many answers may wait for the disk.
const MOST_WAITING: usize = 256;
/// So many bytes of them. One answer alone may be larger.
const MOST_BYTES: usize = 16 << 20;
/// What is not written in this time after the last keeper went is left to the next start. In tests it is the machine that
/// is slow, not the disk.
const AT_THE_END: Duration = if cfg!(test) { Duration::from_secs(30) } else { Duration::from_millis(250) };

/// Something to do on the thread.
pub type Work = Box<dyn FnOnce() + Send>;

struct Job {
    bytes: usize,
    work: Work,
}

/// The way to the thread.
pub struct Writer {
    running: OnceLock<Option<Running>>,
    waiting: Arc<AtomicUsize>,
}

struct Running {
    jobs: SyncSender<Job>,
    /// Ends when the thread does. Behind a lock only because a receiver must not be shared.
    ended: Mutex<Receiver<()>>,
}

impl Writer {
    /// The writer of this process.
    pub fn of_process() -> Arc<Self> {
        static WRITER: Mutex<Weak<Writer>> = Mutex::new(Weak::new());
        let mut slot = WRITER.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = slot.upgrade() {
            return writer;
        }
        let writer = Arc::new(Self { running: OnceLock::new(), waiting: Arc::default() });
        *slot = Arc::downgrade(&writer);
        writer
    }

    /// Hands work over that holds so many bytes. Never waits: `false` if there is too much to do already.
    pub fn send(&self, bytes: usize, work: Work) -> bool {
        let before = self.waiting.fetch_add(bytes, Ordering::Relaxed);
        let fits = before == 0 || before.saturating_add(bytes) <= MOST_BYTES;
        let running = self.running.get_or_init(|| start(Arc::clone(&self.waiting)));
        let sent = fits && running.as_ref().is_some_and(|running| running.jobs.try_send(Job { bytes, work }).is_ok());
        if !sent {
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
        }
        sent
    }

    /// Whether the thread was started, and so has or had something to do.
    pub fn is_running(&self) -> bool {
        matches!(self.running.get(), Some(Some(_)))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let Some(Some(Running { jobs, ended })) = self.running.take() else { return };
        drop(jobs);
        let ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
        if ended.recv_timeout(AT_THE_END) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("what was to be kept could not be written in time");
        }
    }
}

/// `None` if there is no thread to be had: nothing is kept then.
fn start(waiting: Arc<AtomicUsize>) -> Option<Running> {
    let (jobs, to_do) = sync_channel::<Job>(MOST_WAITING);
    let (end, ended) = sync_channel::<()>(0);
    let work = move || {
        let _end = end;
        for Job { bytes, work } in to_do {
            work();
            waiting.fetch_sub(bytes, Ordering::Relaxed);
        }
    };
    let started = thread::Builder::new().name("cache".to_owned()).spawn(work);
    started.inspect_err(|error| tracing::warn!(%error, "nothing is kept: no thread")).ok()?;
    Some(Running { jobs, ended: Mutex::new(ended) })
}
