//! Asked of the network interfaces.

use nix::ifaddrs::getifaddrs;
use nix::sys::socket::{getsockopt, sockopt::Ipv6V6Only};
use std::net::IpAddr;
use tokio::net::TcpListener;

/// Whether a listener for IPv6 takes connections of IPv4 too.
pub fn takes_ipv4(listener: &TcpListener) -> bool {
    !getsockopt(listener, Ipv6V6Only).unwrap_or(true)
}

/// The addresses of this machine; none where the system does not tell.
pub fn own() -> Vec<IpAddr> {
    let address = |interface: nix::ifaddrs::InterfaceAddress| {
        let address = interface.address?;
        let v4 = address.as_sockaddr_in().map(|v4| IpAddr::from(v4.ip()));
        v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::from(v6.ip())))
    };
    getifaddrs().into_iter().flatten().filter_map(address).collect()
}
