//! Asked of the resolver, which knows this machine by a name of its own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use tokio::net::TcpListener;

/// Stands for this machine: all its registered addresses are the answer
/// (<https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo>).
const THIS_MACHINE: &str = "..localmachine";

/// No: `IPV6_V6ONLY` is on unless a program turns it off.
pub fn takes_ipv4(_: &TcpListener) -> bool {
    false
}

/// The addresses of this machine, those of the machine alone among them.
pub fn own() -> Vec<IpAddr> {
    let registered = (THIS_MACHINE, 0).to_socket_addrs().into_iter().flatten().map(|address: SocketAddr| address.ip());
    [IpAddr::from(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()].into_iter().chain(registered).collect()
}
