//! Builds the HTTP client: time-outs, proxy and trust.

use super::transport_error::Route;
use super::{address, tls};
use crate::client::Limits;
use crate::domain::error::Cause;
use crate::domain::network_fault::TlsFault;
use reqwest::redirect;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;
use url::Url;

const USER_AGENT: &str = concat!("mspdash/", env!("CARGO_PKG_VERSION"));

/// Reads the certificates of the system and of the user.
///
/// # Errors
/// [`Cause::Tls`], [`Cause::CaFile`] or [`Cause::Proxy`].
pub fn build(base: &Url, route: &Route, ca_file: Option<&Path>, limits: &Limits) -> Result<reqwest::Client, Cause> {
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(limits.connect)
        // A connection that slept with the laptop is dead, and nobody tells.
        .pool_idle_timeout(Duration::from_mins(1))
        .tcp_keepalive(Duration::from_secs(30));
    if address::is_loopback(base) {
        // What belongs on this machine stays on it: no proxy, and no name server asked for `localhost`.
        let here = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
        builder = builder.resolve_to_addrs("localhost", &here.map(|ip| SocketAddr::new(ip, 0)));
    }
    // Which proxy there is was decided already, by the client's own rules.
    builder = builder.no_proxy();
    let failed = |_: reqwest::Error| Cause::tls(&route.host, TlsFault::Other);
    if let Some(proxy) = &route.proxy {
        proxy.usable(&route.host)?;
        builder = builder.proxy(proxy.for_client().map_err(failed)?);
    }
    builder = if base.scheme() == "http" {
        // No TLS will happen: spare the reading of certificates.
        builder.tls_backend_preconfigured(tls::trusting_nobody(&route.host)?)
    } else {
        let mut setup = tls::setup(&route.host, ca_file)?;
        setup.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        builder.tls_backend_preconfigured(setup)
    };
    builder.build().map_err(failed)
}
