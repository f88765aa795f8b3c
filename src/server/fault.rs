//! Faults on purpose: what networks and servers do to a client, for tests and demonstrations.

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// One way to misbehave (contract: `x-fault`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers after this many milliseconds.
    Delay(u64),
    /// Answers when the server no longer misbehaves like this. For tests alone: no header asks for it.
    Hold,
    /// Answers with this status and does nothing.
    Status(u16),
    /// Announces the whole body, sends half of it and breaks off.
    Cut,
    /// Sends bytes that are no JSON.
    Garbage,
    /// Sends the body in many small pieces with pauses.
    SlowBody,
    /// Dies inside.
    Panic,
}

impl Fault {
    /// Reads the header: `delay=2000`, `status=503`, `cut`, `garbage`, `slow-body` or `panic`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().split_once('=') {
            Some(("delay", ms)) => ms.parse().ok().map(|ms: u64| Self::Delay(ms.min(600_000))),
            Some(("status", code)) => code.parse().ok().filter(|code| (400..=599).contains(code)).map(Self::Status),
            Some(_) => None,
            None => match text.trim() {
                "cut" => Some(Self::Cut),
                "garbage" => Some(Self::Garbage),
                "slow-body" => Some(Self::SlowBody),
                "panic" => Some(Self::Panic),
                _ => None,
            },
        }
    }
}

/// Half of the body, then the connection breaks.
pub fn cut(body: &Bytes) -> Body {
    let half = body.slice(..body.len() / 2);
    Body::new(Broken { rest: half, piece: usize::MAX, pause: None, breaks: true })
}

/// The whole body in 32 pieces, 100 ms apart.
pub fn slow(body: Bytes) -> Body {
    let piece = body.len().div_ceil(32).max(1);
    Body::new(Broken { rest: body, piece, pause: Some(Box::pin(tokio::time::sleep(PAUSE))), breaks: false })
}

const PAUSE: Duration = Duration::from_millis(100);

struct Broken {
    rest: Bytes,
    piece: usize,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
    breaks: bool,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(pause) = &mut self.pause {
            if pause.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
        }
        if self.rest.is_empty() {
            let end = std::mem::take(&mut self.breaks).then(|| Err(std::io::Error::other("cut on purpose")));
            return Poll::Ready(end);
        }
        let piece = self.piece.min(self.rest.len());
        let piece = self.rest.split_to(piece);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_and_nonsense_is_no_fault() {
        assert_eq!(Fault::parse("delay=2000"), Some(Fault::Delay(2000)));
        assert_eq!(Fault::parse(" status=503 "), Some(Fault::Status(503)));
        assert_eq!(Fault::parse("slow-body"), Some(Fault::SlowBody));
        for nonsense in ["", "delay", "delay=x", "status=200", "status=99999", "explode=1"] {
            assert_eq!(Fault::parse(nonsense), None, "{nonsense}");
        }
    }
}
