//! Connections: taken in, watched for as long as they owe us a request, and ended in good order.
//!
//! A connection that sends nothing, or half of a request, costs a file handle. It is closed after a while; and when
//! there are too many, the one that has owed a request the longest makes room.

pub mod addresses;
mod forwarded;
pub mod long_polls;
pub mod tls;

use super::middleware::hosts::Peer;
use super::router::HttpService;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use std::collections::HashMap;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tls::Tls;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tower::ServiceExt;

/// How long a connection may owe us a request, how many connections there may be, and what a request may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte of a request to the end of its head.
    pub head: Duration,
    /// Between two requests, and until an answer is taken. Longer than the dashboard keeps a connection (a minute), so
    /// that no request is sent into one that is just being closed.
    pub idle: Duration,
    pub connections: usize,
    /// The largest head of a request, in bytes.
    pub header: usize,
    /// The largest body of a request, in bytes.
    pub body: usize,
    /// For the work on a request; what it waits for changes does not count.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        // Some handles are for the database and its readers, the rest is for connections.
        let handles = crate::files::open_limit().unwrap_or(4096);
        let connections = usize::try_from(handles.saturating_sub(40)).unwrap_or(usize::MAX).clamp(8, 3000);
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            connections,
            header: 128 << 10,
            body: 1 << 20,
            time: Duration::from_secs(10),
        }
    }
}

/// When no more connection can be taken, this long until the next try.
const FULL: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It owes us a request, since then; and since when it is in the middle of its head.
    Owes {
        since: Instant,
        head: Option<Instant>,
    },
    Answered,
    Closing,
}

/// One connection, as others see it.
struct Watched {
    phase: Mutex<Phase>,
    close: Notify,
}

impl Phase {
    fn owes() -> Self {
        Self::Owes { since: Instant::now(), head: None }
    }
}

impl Watched {
    fn set(&self, change: impl FnOnce(Phase) -> Phase) {
        let mut phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        if *phase != Phase::Closing {
            *phase = change(*phase);
        }
    }

    fn phase(&self) -> Phase {
        *self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn due(&self, limits: &Limits) -> Option<Instant> {
        match self.phase() {
            Phase::Owes { since, head } => {
                let idle = since + limits.idle;
                Some(head.map_or(idle, |head| idle.min(head + limits.head)))
            }
            Phase::Answered | Phase::Closing => None,
        }
    }
}

/// What is served on an address, and how.
pub struct Site {
    pub app: HttpService,
    pub limits: Limits,
    pub tls: Option<Arc<Tls>>,
    pub trusted_proxies: Vec<IpNet>,
    /// Hears how many connections are open.
    pub count: Box<dyn Fn(usize) + Send + Sync>,
}

/// Serves until it is told to stop, or nobody can tell it any more; then finishes what was begun.
pub async fn serve(listener: TcpListener, site: Site, stop: impl Future<Output = ()>) {
    let (limits, site) = (site.limits, Arc::new(site));
    let (stopping, shutdown) = watch::channel(());
    let mut open = Open::default();
    let mut stop = pin!(stop);
    loop {
        (site.count)(open.watched.len());
        let taken = tokio::select! {
            () = stop.as_mut() => break,
            Some(ended) = open.tasks.join_next() => {
                open.ended(&ended);
                continue;
            }
            taken = listener.accept() => taken,
        };
        match taken {
            // Where nobody can make room, it is turned away: whoever asks again may find some.
            Ok(_) if open.watched.len() >= limits.connections && !open.make_room().await => {}
            Ok((stream, _)) => open.take(stream, Arc::clone(&site), shutdown.clone()),
            // It went before it was taken.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                if !open.make_room().await {
                    sleep(FULL).await;
                }
            }
        }
    }
    drop((listener, shutdown));
    // Fails only if nobody is there any more.
    let _ = stopping.send(());
    while open.tasks.join_next().await.is_some() {}
}

#[derive(Default)]
struct Open {
    tasks: JoinSet<u64>,
    watched: HashMap<u64, Arc<Watched>>,
    next: u64,
}

impl Open {
    fn take(&mut self, stream: TcpStream, site: Arc<Site>, shutdown: watch::Receiver<()>) {
        let watched = Arc::new(Watched { phase: Mutex::new(Phase::owes()), close: Notify::new() });
        let number = self.next;
        self.next += 1;
        self.watched.insert(number, Arc::clone(&watched));
        self.tasks.spawn(async move {
            serve_connection(stream, &site, &watched, shutdown).await;
            number
        });
    }

    fn ended(&mut self, ended: &Result<u64, tokio::task::JoinError>) {
        match ended {
            Ok(number) => drop(self.watched.remove(number)),
            // Which one is not known: the task is gone, and with it the other half.
            Err(_) => self.watched.retain(|_, watched| Arc::strong_count(watched) > 1),
        }
    }

    /// Closes the connection that has owed a request the longest; false when all are being answered.
    async fn make_room(&mut self) -> bool {
        let since = |watched: &Watched| match watched.phase() {
            Phase::Owes { since, .. } => Some(since),
            Phase::Answered | Phase::Closing => None,
        };
        let slow = self.watched.iter().filter_map(|(number, watched)| Some((since(watched)?, *number)));
        let Some(watched) = slow.min().and_then(|(_, number)| self.watched.remove(&number)) else { return false };
        watched.set(|_| Phase::Closing);
        watched.close.notify_one();
        // Only then is its file handle free. Another may end first, which is as good.
        if let Some(ended) = self.tasks.join_next().await {
            self.ended(&ended);
        }
        true
    }
}

/// Until either side has enough.
async fn serve_connection(stream: TcpStream, site: &Site, watched: &Arc<Watched>, mut shutdown: watch::Receiver<()>) {
    let (Ok(remote), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else { return };
    let peer = Peer { remote: remote.ip().to_canonical(), local: local.ip().to_canonical() };
    // Answers are small and whole: waiting to fill a packet would only cost time.
    drop(stream.set_nodelay(true));
    let Some(tls) = &site.tls else { return serve_stream(stream, peer, site, watched, shutdown).await };
    let handshake = timeout(site.limits.head, tls.acceptor().accept(stream));
    let stream = tokio::select! {
        shaken = handshake => shaken,
        _ = shutdown.changed() => return,
        () = watched.close.notified() => return,
    };
    match stream {
        // Boxed: a connection of TLS is large, and most of what this task is would be room for it.
        Ok(Ok(stream)) => Box::pin(serve_stream(stream, peer, site, watched, shutdown)).await,
        Ok(Err(error)) => tracing::debug!(%error, "no handshake"),
        Err(_) => {}
    }
}

async fn serve_stream(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    peer: Peer,
    site: &Site,
    watched: &Arc<Watched>,
    mut shutdown: watch::Receiver<()>,
) {
    let limits = &site.limits;
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        watched.set(|_| Phase::Answered);
        let mut request = request.map(Body::new);
        let remote = forwarded::client(peer.remote, request.headers(), &site.trusted_proxies);
        request.extensions_mut().insert(Peer { remote, ..peer });
        let answer = site.app.clone().oneshot(request);
        async {
            let answer = answer.await;
            watched.set(|_| Phase::owes());
            answer
        }
    });
    let stream = TokioIo::new(WatchedStream { stream, watched: Arc::clone(watched) });
    let mut connection = pin!(http1::Builder::new().max_buf_size(limits.header).serve_connection(stream, service));
    let mut timer = pin!(sleep_until(Instant::now() + limits.idle));
    let mut overdue = poll_fn(|context| {
        let Some(due) = watched.due(limits) else { return Poll::Pending };
        if timer.deadline() != due {
            timer.as_mut().reset(due);
        }
        timer.as_mut().poll(context)
    });
    let mut stopping = false;
    loop {
        tokio::select! {
            // The phase changes while the connection is polled: the timer comes after it.
            biased;
            // What went wrong is the other side's to know: it is gone, or did not speak HTTP.
            _ = connection.as_mut() => return,
            _ = shutdown.changed(), if !stopping => {
                stopping = true;
                if matches!(watched.phase(), Phase::Owes { head: Some(_), .. }) {
                    return;
                }
                connection.as_mut().graceful_shutdown();
            }
            () = &mut overdue => return,
            () = watched.close.notified() => return,
        }
    }
}

/// Notes when something comes, and when an answer is taken.
struct WatchedStream<S> {
    stream: S,
    watched: Arc<Watched>,
}

impl<S: AsyncRead + Unpin> AsyncRead for WatchedStream<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, into);
        if into.filled().len() > before {
            self.watched.set(|phase| match phase {
                Phase::Owes { since, head: None } => Phase::Owes { since, head: Some(Instant::now()) },
                other => other,
            });
        }
        polled
    }
}

impl<S> WatchedStream<S> {
    fn taken(&self, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(polled, Poll::Ready(Ok(1..))) {
            self.watched.set(|phase| match phase {
                Phase::Owes { head, .. } => Phase::Owes { since: Instant::now(), head },
                other => other,
            });
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WatchedStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.taken(polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.taken(polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
