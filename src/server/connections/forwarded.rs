//! Who asks, where proxies stand in between: only they know, and only those that are trusted are believed.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

const HEADER: &str = "x-forwarded-for";

/// The client at the other end. `remote` is whoever connected to us. Each proxy adds the address that it saw behind those
/// that it was told, so the last one that is none of ours is the client; what stands before it anybody may have written.
pub fn client(remote: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let ours = |ip: &IpAddr| trusted.iter().any(|network| network.contains(ip));
    let mut client = remote;
    let told: Vec<&str> = headers.get_all(HEADER).iter().filter_map(|value| value.to_str().ok()).collect();
    let mut told = told.iter().rev().flat_map(|line| line.rsplit(','));
    while ours(&client) {
        let Some(next) = told.next().and_then(|text| address(text.trim())) else { break };
        client = next;
    }
    client
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']').parse().ok();
    plain.or_else(|| text.parse().ok().map(|with_port: SocketAddr| with_port.ip())).map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(remote: &str, lines: &[&str]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HEADER, line.parse().unwrap());
        }
        client(remote.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_whom_it_saw() {
        assert_eq!(seen("192.0.2.9", &["203.0.113.5"]), "192.0.2.9", "anybody can send the header");
        assert_eq!(seen("10.0.0.1", &["203.0.113.5"]), "203.0.113.5");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, 203.0.113.5"]), "203.0.113.5", "the client itself sent the first");
        assert_eq!(seen("10.0.0.1", &["203.0.113.5, 10.0.0.2"]), "203.0.113.5", "a chain of ours");
        assert_eq!(seen("10.0.0.1", &["203.0.113.5", "10.0.0.2"]), "203.0.113.5", "in two lines");
        assert_eq!(seen("fd00::1", &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(seen("10.0.0.1", &["203.0.113.5:8080"]), "203.0.113.5");
    }

    #[test]
    fn without_a_readable_address_the_proxy_itself_is_who_asks() {
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["203.0.113.5, nonsense"]), "10.0.0.1");
    }
}
