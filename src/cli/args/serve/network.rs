//! How a server is reached over a network, and what it allows.

use crate::config::path_parser;
use crate::local_server::{Limits, Network, TlsFiles};
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Network")]
pub struct NetworkArgs {
    /// Speak TLS with this certificate, in PEM, followed by those that lead to its authority. Read again when the file
    /// changes, and on SIGHUP.
    #[arg(long, value_name = "FILE", value_parser = path_parser(), requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM. Nobody else may read the file.
    #[arg(long, value_name = "FILE", value_parser = path_parser(), requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy in front ends TLS: plain http is spoken beyond this machine too. Let nobody but the proxy reach it.
    #[arg(long, conflicts_with = "tls_cert")]
    behind_proxy: bool,
    /// Believe X-Forwarded-For of proxies with such addresses, e.g. 10.0.0.0/8; of nobody else.
    #[arg(long = "trusted-proxy", value_name = "CIDR", value_parser = network)]
    trusted_proxies: Vec<IpNet>,
    /// Answer /healthz, /readyz and /metrics here, over plain http and for whoever asks [without ADDR: 127.0.0.1:4819].
    #[arg(long, value_name = "ADDR", num_args = 0..=1, default_missing_value = "127.0.0.1:4819")]
    admin_listen: Option<SocketAddr>,
    /// How the log on standard error is written; `json` has a line for each request.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// Connections at the same time [default: as many as there are file handles for, 3000 at most].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(8..=1_000_000))]
    max_connections: Option<u32>,
    /// The largest head of a request, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 131_072, value_parser = clap::value_parser!(u32).range(8_192..=1_048_576))]
    max_header: u32,
    /// The largest body of a request, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 1_048_576, value_parser = clap::value_parser!(u32).range(65_536..=67_108_864))]
    max_body: u32,
    /// For the head of a request, and for the TLS handshake.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = seconds())]
    head_timeout: u64,
    /// Between two requests on a connection. Dashboards keep theirs for a minute.
    #[arg(long, value_name = "SECONDS", default_value_t = 75, value_parser = seconds())]
    idle_timeout: u64,
    /// For the work on a request; what it waits for changes does not count.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = seconds())]
    request_timeout: u64,
    /// How long a question for changes is held back until there are some; 0: dashboards poll.
    #[arg(long, value_name = "SECONDS", default_value_t = 45, value_parser = clap::value_parser!(u64).range(0..=45))]
    max_wait: u64,
    /// Requests of one technician.
    #[arg(long, value_name = "N", default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(1..))]
    requests_per_minute: u32,
    /// When it is told to stop: for the answers to what is under way. A second signal ends it at once.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(0..=300))]
    drain: u64,
}

fn seconds() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=3_600)
}

/// A network, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(one).ok_or_else(|| "write it like 10.0.0.0/8 or 192.0.2.1".to_owned())
}

impl NetworkArgs {
    /// How to reach a server that listens here.
    ///
    /// # Errors
    /// It would speak plain http with other machines.
    pub fn checked(&self, listen: SocketAddr) -> Result<Network, String> {
        let tls = self.tls_cert.clone().zip(self.tls_key.clone()).map(|(cert, key)| TlsFiles { cert, key });
        if tls.is_none() && !self.behind_proxy && !listen.ip().to_canonical().is_loopback() {
            return Err(format!(
                "{listen} is reached from other machines, and without TLS whoever is on the way would read secrets, \
                 tokens and companies. Give --tls-cert and --tls-key, or --behind-proxy where a proxy ends TLS."
            ));
        }
        let limits = &self.limits;
        let mut set = Limits {
            head: Duration::from_secs(limits.head_timeout),
            idle: Duration::from_secs(limits.idle_timeout),
            time: Duration::from_secs(limits.request_timeout),
            header: usize::try_from(limits.max_header).unwrap_or(usize::MAX),
            body: usize::try_from(limits.max_body).unwrap_or(usize::MAX),
            ..Limits::default()
        };
        if let Some(connections) = limits.max_connections.and_then(|most| usize::try_from(most).ok()) {
            set.connections = connections;
        }
        Ok(Network {
            tls,
            trusted_proxies: self.trusted_proxies.clone(),
            admin: self.admin_listen,
            limits: set,
            max_wait: Duration::from_secs(limits.max_wait),
            requests_per_minute: limits.requests_per_minute,
            drain: Duration::from_secs(limits.drain),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_a_range_or_one_address() {
        for (text, is) in [("10.0.0.0/8", "10.0.0.0/8"), ("192.0.2.1", "192.0.2.1/32"), ("fd00::/8", "fd00::/8")] {
            assert_eq!(network(text).unwrap().to_string(), is);
        }
        for text in ["", "10.0.0.0/33", "localhost", "10.0.0.0/8/8"] {
            assert!(network(text).is_err(), "{text}");
        }
    }
}
