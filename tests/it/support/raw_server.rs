//! A TCP server that misbehaves on purpose: it reads a request's head, writes what it is told, and then
//! closes, resets, hangs or dribbles. No HTTP library would do that.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What to do with one connection that asks for anything but a token.
#[derive(Clone, Copy)]
pub enum Misbehaviour {
    /// Write this and close in good order.
    Say(&'static [u8]),
    /// Write this and reset the connection.
    Reset(&'static [u8]),
    /// Write this and then nothing for ever.
    Hang(&'static [u8]),
    /// Write this as soon as somebody connects, and then nothing for ever.
    Greet(&'static [u8]),
    /// Write this one byte at a time, for ever from its beginning.
    Dribble(&'static [u8]),
    /// Write an empty list in so many pieces, with a pause before each.
    Pieces { bytes: usize, pause: Duration, count: usize },
}

/// A running server; it ends when it is dropped.
pub struct RawServer {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<AtomicUsize>,
    closed: mpsc::UnboundedReceiver<()>,
    reached: mpsc::UnboundedReceiver<()>,
    task: JoinHandle<()>,
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const TOKEN: &str = r#"{"access_token":"token","token_type":"Bearer","expires_in":900}"#;

impl RawServer {
    /// Starts a server that signs everybody in and then treats every call in the given manner.
    pub async fn start(misbehaviour: Misbehaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let (tell_closed, closed) = mpsc::unbounded_channel();
        let (tell_reached, reached) = mpsc::unbounded_channel();
        let count = asked.clone();
        let task = tokio::spawn(async move {
            let mut open = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (count, closed, reached) = (count.clone(), tell_closed.clone(), tell_reached.clone());
                open.spawn(async move {
                    serve(stream, misbehaviour, &count, &reached).await;
                    let _ = closed.send(());
                });
            }
        });
        Self { address, asked, closed, reached, task }
    }

    /// How many calls came, sign-in not counted.
    pub fn calls(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until a call (not a sign-in) has come in.
    pub async fn reached(&mut self) {
        self.reached.recv().await.unwrap();
    }

    /// Waits until a connection has ended.
    pub async fn closed(&mut self) {
        self.closed.recv().await.unwrap();
    }
}

async fn serve(
    mut stream: TcpStream,
    misbehaviour: Misbehaviour,
    count: &AtomicUsize,
    reached: &mpsc::UnboundedSender<()>,
) {
    if matches!(misbehaviour, Misbehaviour::Greet(_)) {
        return misbehave(&mut stream, misbehaviour).await;
    }
    loop {
        let Some(head) = head(&mut stream).await else { return };
        if head.starts_with("POST /v1beta1/oauth2/token") {
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{TOKEN}",
                TOKEN.len()
            );
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
            continue;
        }
        count.fetch_add(1, Ordering::SeqCst);
        let _ = reached.send(());
        misbehave(&mut stream, misbehaviour).await;
        return;
    }
}

/// The head of a request; its body, if it has a length, is read and dropped.
pub async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head)
}

async fn misbehave(stream: &mut TcpStream, misbehaviour: Misbehaviour) {
    match misbehaviour {
        Misbehaviour::Say(bytes) => {
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
        }
        Misbehaviour::Reset(bytes) => {
            let _ = stream.write_all(bytes).await;
            let _ = stream.flush().await;
            // Closing with a zero linger sends a reset instead of a good-bye.
            let _ = stream.set_zero_linger();
        }
        Misbehaviour::Hang(bytes) | Misbehaviour::Greet(bytes) => {
            let _ = stream.write_all(bytes).await;
            // Ends when the client gives up and closes.
            let mut rest = [0; 1];
            while matches!(stream.read(&mut rest).await, Ok(1..)) {}
        }
        Misbehaviour::Pieces { bytes, pause, count } => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
            let _ = stream.write_all(head).await;
            let piece = format!("{bytes:x}\r\n{}\r\n", " ".repeat(bytes));
            for _ in 0..count {
                tokio::time::sleep(pause).await;
                let _ = stream.write_all(piece.as_bytes()).await;
            }
            let _ = stream.write_all(b"e\r\n{\"results\":[]}\r\n0\r\n\r\n").await;
        }
        Misbehaviour::Dribble(bytes) => {
            for byte in bytes.iter().chain(std::iter::repeat(&b' ')) {
                if stream.write_all(&[*byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}
