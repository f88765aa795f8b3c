//! Under which name a request reaches us. A browser sends what stands in its address bar: a page of another site whose
//! name was made to lead here would speak to this server with the browser's hands, and is told apart by nothing else.

use crate::server::error::{ApiError, violation};
use crate::server::state::App;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;

/// Headers that are read as one value: of two, another program on the way may have read the other.
const SINGLE: [header::HeaderName; 4] = [header::HOST, header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH];
const KEY: &str = "idempotency-key";

/// Between whom a request goes.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    pub remote: IpAddr,
    pub local: IpAddr,
}

pub async fn check_host(
    State(app): App,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    check(&parts, peer.local, &app.hosts)?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Refuses a request that names no host, another one, or a header twice. `local` is the address that it came in at,
/// `further` are the names that this server goes by beside its addresses.
/// 400 with the header's name.
fn check(request: &Parts, local: IpAddr, further: &[String]) -> Result<(), ApiError> {
    let twice = |headers: &HeaderMap, name: &str| headers.get_all(name).iter().nth(1).is_some();
    let single = SINGLE.iter().map(header::HeaderName::as_str).chain([KEY]);
    let repeated: Vec<_> = single.filter(|name| twice(&request.headers, name)).collect();
    if !repeated.is_empty() {
        return Err(ApiError::invalid(
            repeated.into_iter().map(|name| violation(name, "must be given once")).collect(),
        ));
    }
    let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // A request for a proxy names the host in its first line too.
    let named = request.uri.authority().map(Authority::as_str);
    if host.is_empty() {
        return Err(ApiError::field("host", "must be given"));
    }
    if [Some(host), named].into_iter().flatten().all(|host| ours(host, local, further)) {
        return Ok(());
    }
    Err(ApiError::field("host", "is not a name of this server (`mspdash serve --host NAME` adds one)"))
}

fn ours(host: &str, local: IpAddr, further: &[String]) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    // What is behind the name is a port, or it is not understood here as it is elsewhere. Names of users are none.
    let port = host.strip_prefix(authority.host()).map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    if port.is_none_or(|port| !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
    if further.contains(&name) {
        return true;
    }
    // The port does not count: it is another one at the end of a tunnel, and tells no site from another.
    match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(ip) => ip == local || ip.is_loopback() && local.is_loopback(),
        Err(_) => name == "localhost" && local.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn status(hosts: &[&str], uri: &str, local: &str) -> u16 {
        let request = hosts.iter().fold(Request::builder().uri(uri), |request, host| request.header("host", *host));
        let (parts, ()) = request.body(()).unwrap().into_parts();
        check(&parts, local.parse().unwrap(), &["msp.example".to_owned()])
            .map_or_else(|fail| fail.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_names_of_this_server_are_its_host() {
        let here = ["127.0.0.1:4815", "localhost:4815", "LocalHost", "localhost.:4815", "[::1]:4815", "127.0.0.2"];
        for host in here {
            assert_eq!(status(&[host], "/", "127.0.0.1"), 200, "{host}");
            assert_eq!(status(&[host], "/", "192.0.2.2"), 400, "{host} from outside");
        }
        for host in ["192.0.2.2:4815", "[::ffff:192.0.2.2]:4815", "msp.example", "MSP.example:443"] {
            assert_eq!(status(&[host], "/", "192.0.2.2"), 200, "{host}");
        }
        for host in [
            "",
            " ",
            "evil.example",
            "192.0.2.3",
            "127.0.0.1.evil.example",
            "u@127.0.0.1",
            "a b",
            "[::1",
            "localhost:x",
        ] {
            assert_eq!(status(&[host], "/", "127.0.0.1"), 400, "{host:?}");
        }
    }

    #[test]
    fn a_host_that_is_absent_twice_or_another_in_the_first_line_is_refused() {
        assert_eq!(status(&[], "/", "127.0.0.1"), 400);
        assert_eq!(status(&["localhost", "localhost"], "/", "127.0.0.1"), 400);
        assert_eq!(status(&["localhost"], "http://localhost/", "127.0.0.1"), 200);
        assert_eq!(status(&["localhost"], "http://evil.example/", "127.0.0.1"), 400);
    }
}
