//! Faults on purpose: what networks and servers do to a client, for tests and demonstrations.

use super::headers::RequestId;
use crate::server::error::{ApiError, render};
use crate::server::state::App;
use axum::Extension;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Delay(u64),
    /// Answers when the server no longer misbehaves like this. For tests alone: no header asks for it.
    Hold,
    /// Answers with this status and does nothing.
    Status(u16),
    /// Announces the whole body, sends half of it and breaks off.
    Cut,
    Garbage,
    /// Sends the body in many small pieces with pauses.
    SlowBody,
    Panic,
}

impl Fault {
    /// Reads the header: `delay=2000`, `status=503`, `cut`, `garbage`, `slow-body` or `panic`.
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

/// Misbehaves as the state or the request's header says.
pub async fn inject(
    State(app): App,
    Extension(RequestId(id)): Extension<RequestId>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let fault = app.fault(request.headers());
    match fault {
        Some(Fault::Delay(ms)) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Some(Fault::Hold) => app.hold().await,
        Some(Fault::Status(code)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            return Err(ApiError::new(status, "FAULT", "A fault on purpose."));
        }
        _ => assert!(fault != Some(Fault::Panic), "a panic on purpose"),
    }
    spoil(render(next.run(request).await, &id), fault).await
}

async fn spoil(response: Response, fault: Option<Fault>) -> Result<Response, ApiError> {
    let Some(fault @ (Fault::Cut | Fault::SlowBody | Fault::Garbage)) = fault else { return Ok(response) };
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| ApiError::internal("an answer broke off", &error))?;
    let body = match fault {
        Fault::Cut => {
            parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
            cut(&body)
        }
        Fault::SlowBody => slow(body),
        _ => {
            parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Body::from(&b"\x00\xff<!doctype html>{\"results\":[{]]"[..])
        }
    };
    Ok(Response::from_parts(parts, body))
}

/// Half of the body, then the connection breaks.
fn cut(body: &Bytes) -> Body {
    let half = body.slice(..body.len() / 2);
    Body::new(Broken { rest: half, piece: usize::MAX, pause: None, breaks: true })
}

/// The whole body in 32 pieces, 100 ms apart.
fn slow(body: Bytes) -> Body {
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
