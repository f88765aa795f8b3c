//! The way to a server, step by step, for `mspdash doctor`: name, connection, proxy, handshake. Every step uses
//! what the client itself uses – the same proxy rules, the same trust, the same limit – and names its failures alike.

use super::certificate::Certificate;
use super::proxy::{Proxies, Proxy};
use super::transport_error::{whole_seconds, without_port};
use super::{address, tls};
use crate::client::Limits;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::network_fault::ProxyFault;
use reqwest::header::HeaderValue;
use rustls::pki_types::ServerName;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

/// A proxy's answer is read this far.
const ANSWER: usize = 8 << 10;

/// The way to one server.
#[derive(Debug)]
pub struct Probe {
    host: String,
    /// Where the first connection goes: the proxy, or else the server.
    first: (String, u16),
    server: (String, u16),
    secure: bool,
    proxy: Option<Proxy>,
    ca_file: Option<PathBuf>,
    limit: Duration,
}

/// A connection that bytes go through, encrypted or not.
pub struct Line(Box<dyn Bytes>);

trait Bytes: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Bytes for T {}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

/// A handshake that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// The protocol, e.g. `TLS 1.3`.
    pub version: String,
    pub certificate: Option<Certificate>,
}

impl Probe {
    /// The way to this server.
    ///
    /// # Errors
    /// [`Cause::BadAddress`], as the client has it.
    pub fn of(base: &Url, ca_file: Option<PathBuf>, proxies: &Proxies, limits: Limits) -> Result<Self, Error> {
        address::check_base(base)?;
        Ok(Self::by(base, ca_file, proxies.on_the_way_to(base), limits))
    }

    /// The way to a checked server, by a proxy that is known already.
    pub(super) fn by(base: &Url, ca_file: Option<PathBuf>, proxy: Option<Proxy>, limits: Limits) -> Self {
        let name = base.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let server = (name, base.port_or_known_default().unwrap_or(443));
        let first = proxy.as_ref().map_or_else(|| server.clone(), |proxy| (proxy.name().to_owned(), proxy.port()));
        let secure = base.scheme() == "https";
        Self { host: address::host_port(base), first, server, secure, proxy, ca_file, limit: limits.connect }
    }

    /// The proxy that stands between.
    pub fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// Host and port of the server.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is reached over TLS.
    pub fn secure(&self) -> bool {
        self.secure
    }

    /// The addresses of the server, or of the proxy before it.
    ///
    /// # Errors
    /// The name is not known, or nobody answers for it in time.
    pub async fn look_up(&self) -> Result<Vec<IpAddr>, Error> {
        if let Some(proxy) = &self.proxy {
            proxy.usable(&self.host).map_err(failure)?;
        }
        let (name, port) = &self.first;
        if self.proxy.is_none() && name == "localhost" {
            // As the client does it: no name server is asked for what is here.
            return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
        }
        let unknown = || self.failed(ProxyFault::NameUnknown, Cause::NameUnknown { host: without_port(&self.host) });
        let found = self.in_time(tokio::net::lookup_host((name.as_str(), *port))).await?;
        let mut all: Vec<IpAddr> = found.map_err(|_| unknown())?.map(|address| address.ip()).collect();
        all.dedup();
        if all.is_empty() { Err(unknown()) } else { Ok(all) }
    }

    /// Connects to the first of these addresses that answers, and tells which it was.
    ///
    /// # Errors
    /// None of them does.
    pub async fn connect(&self, addresses: &[IpAddr]) -> Result<(Line, IpAddr), Error> {
        let attempt = async {
            let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
            // One that swallows everything must not take the time of the others.
            let share = self.limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
            for address in addresses {
                let connecting = TcpStream::connect(SocketAddr::new(*address, self.first.1));
                match tokio::time::timeout(share, connecting).await {
                    Ok(Ok(stream)) => return Ok((Line(Box::new(stream)), *address)),
                    Ok(Err(error)) => last = error,
                    Err(_) => last = io::ErrorKind::TimedOut.into(),
                }
            }
            Err(last)
        };
        self.in_time(attempt).await?.map_err(|error| match error.kind() {
            io::ErrorKind::ConnectionRefused => {
                self.failed(ProxyFault::Refused, Cause::Refused { host: self.host.clone() })
            }
            io::ErrorKind::TimedOut => self.late(),
            _ => self.with_words(&error, ProxyFault::Broken, Cause::Broken { host: self.host.clone() }),
        })
    }

    /// Asks the proxy for the way to the server. Without a proxy the line is given back as it is.
    ///
    /// # Errors
    /// The proxy does not open it; its status is told.
    pub async fn pass_proxy(&self, line: Line) -> Result<Line, Error> {
        let Some(proxy) = &self.proxy else { return Ok(line) };
        self.ask_proxy(proxy, line, proxy.authorization()).await
    }

    /// What is wrong with the proxy, asked once more and without a password: a wrong one is not tried again.
    pub(super) async fn proxy_fault(&self) -> Option<ProxyFault> {
        let proxy = self.proxy.as_ref()?;
        let line = self.connect(&self.look_up().await.ok()?).await.ok()?.0;
        match self.ask_proxy(proxy, line, None).await.err()?.cause {
            Cause::Proxy(at) => Some(at.fault),
            _ => None,
        }
    }

    async fn ask_proxy(&self, proxy: &Proxy, line: Line, authorization: Option<&HeaderValue>) -> Result<Line, Error> {
        let mut line =
            if proxy.is_secure() { self.shake_hands(line, proxy.name(), &proxy.host).await?.0 } else { line };
        let failed = |fault| failure(proxy.cause(&self.host, fault));
        let asking = async {
            let mut ask = format!("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n", self.host).into_bytes();
            if let Some(value) = authorization {
                ask.extend_from_slice(b"Proxy-Authorization: ");
                ask.extend_from_slice(value.as_bytes());
                ask.extend_from_slice(b"\r\n");
            }
            ask.extend_from_slice(b"\r\n");
            line.0.write_all(&ask).await?;
            read_head(&mut line).await
        };
        let head = self.in_time(asking).await?.unwrap_or_default();
        match status(&head) {
            Some(200) => Ok(line),
            Some(407) => Err(failed(wanted(&head))),
            Some(status) => Err(failed(ProxyFault::Denied { status: Some(status) })),
            None => Err(failed(ProxyFault::Broken)),
        }
    }

    /// Shakes hands with the server.
    ///
    /// # Errors
    /// [`Cause::Tls`] or [`Cause::CaFile`], as the client would fail.
    pub async fn secure_line(&self, line: Line) -> Result<Secured, Error> {
        self.shake_hands(line, &self.server.0, &self.host).await.map(|(_, secured)| secured)
    }

    async fn shake_hands(&self, line: Line, name: &str, host: &str) -> Result<(Line, Secured), Error> {
        let setup = tls::setup(host, self.ca_file.as_deref()).map_err(failure)?;
        let bad = || failure(Cause::BadAddress { address: host.to_owned() });
        let name = ServerName::try_from(name.to_owned()).map_err(|_| bad())?;
        let handshake = TlsConnector::from(Arc::new(setup)).connect(name, line.0);
        let stream = self.in_time(handshake).await?.map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            let cause = match inner {
                Some(inner) => Cause::tls(host, tls::fault(inner)),
                None => Cause::Broken { host: host.to_owned() },
            };
            Error { detail: super::text::one_line(&error.to_string()), ..failure(cause) }
        })?;
        let (_, session) = stream.get_ref();
        let version = match session.protocol_version() {
            Some(rustls::ProtocolVersion::TLSv1_2) => "TLS 1.2",
            _ => "TLS 1.3",
        };
        let leaf = session.peer_certificates().and_then(<[_]>::first);
        let certificate = leaf.and_then(|leaf| Certificate::read(leaf));
        let secured = Secured { version: version.to_owned(), certificate };
        Ok((Line(Box::new(stream)), secured))
    }

    async fn in_time<T>(&self, step: impl Future<Output = T>) -> Result<T, Error> {
        tokio::time::timeout(self.limit, step).await.map_err(|_| self.late())
    }

    fn late(&self) -> Error {
        let seconds = whole_seconds(self.limit);
        self.failed(ProxyFault::TimedOut { seconds }, Cause::TimedOut { seconds })
    }

    /// The proxy's failure where one stands between, else the server's.
    fn failed(&self, fault: ProxyFault, otherwise: Cause) -> Error {
        failure(self.proxy.as_ref().map_or(otherwise, |proxy| proxy.cause(&self.host, fault)))
    }

    fn with_words(&self, error: &io::Error, fault: ProxyFault, otherwise: Cause) -> Error {
        Error { detail: super::text::one_line(&error.to_string()), ..self.failed(fault, otherwise) }
    }
}

/// The head of the proxy's answer, byte by byte: what follows it belongs to the server behind.
async fn read_head(line: &mut Line) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > ANSWER {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(line.0.read_u8().await?);
    }
    Ok(head)
}

/// How a proxy lets in, from the head of its 407.
fn wanted(head: &[u8]) -> ProxyFault {
    let head = String::from_utf8_lossy(head);
    let named = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("proxy-authenticate").then(|| value.to_owned())
    };
    // `Negotiate, Basic realm="a", charset="b"`: what has no `=` in its first word begins another way in.
    let values: Vec<String> = head.lines().filter_map(named).collect();
    let words = values.iter().flat_map(|value| value.split(',')).filter_map(|part| part.split_whitespace().next());
    let schemes: Vec<&str> = words.filter(|word| !word.contains('=')).collect();
    if schemes.is_empty() || schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic")) {
        return ProxyFault::WantsPassword;
    }
    ProxyFault::WantsOther { schemes: super::text::one_line(&schemes.join(", ")) }
}

fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\r').next().and_then(|line| std::str::from_utf8(line).ok())?;
    let (version, rest) = line.split_once(' ')?;
    rest.get(..3).filter(|_| version.starts_with("HTTP/1."))?.parse().ok()
}

fn failure(cause: Cause) -> Error {
    Error::new(Operation::SignIn, cause, RetryAdvice::Never)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_proxy_lets_in_is_read_off_its_head() {
        let head = |lines: &str| format!("HTTP/1.1 407 No\r\nServer: x\r\n{lines}\r\n").into_bytes();
        for basic in [
            "",
            "Proxy-Authenticate: Basic realm=\"a\"\r\n",
            "proxy-authenticate: BASIC\r\n",
            "Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=\"a, b\", charset=\"UTF-8\"\r\n",
            "Proxy-Authenticate: Negotiate, Basic realm=\"a\"\r\n",
        ] {
            assert_eq!(wanted(&head(basic)), ProxyFault::WantsPassword, "{basic}");
        }
        for (other, schemes) in [
            ("Proxy-Authenticate: NTLM\r\n", "NTLM"),
            ("Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM TlRMTVNTUA==\r\n", "Negotiate, NTLM"),
            ("Proxy-Authenticate: Digest realm=\"a\", nonce=\"b\"\r\n", "Digest"),
        ] {
            assert_eq!(wanted(&head(other)), ProxyFault::WantsOther { schemes: schemes.into() }, "{other}");
        }
    }

    #[test]
    fn a_proxys_status_is_read_and_nonsense_is_none() {
        assert_eq!(status(b"HTTP/1.1 200 Connection established\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 407\r\n\r\n"), Some(407));
        for nonsense in
            [&b""[..], b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 \r\n\r\n", b"HTTP/1.1 2x0\r\n", b"HTTP/1.1 \xff\xff\xff"]
        {
            assert_eq!(status(nonsense), None);
        }
    }
}
