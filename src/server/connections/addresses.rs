//! The addresses that a server is really reached at: one that stands for all of a machine's is spelt out.

#[cfg_attr(unix, path = "addresses/unix.rs")]
#[cfg_attr(windows, path = "addresses/windows.rs")]
mod system;

use std::net::SocketAddr;
use tokio::net::TcpListener;

/// All addresses of this listener, those of this machine alone first. Where the system does not tell them, the one that
/// was asked for.
pub fn of(listener: &TcpListener, bound: SocketAddr) -> Vec<SocketAddr> {
    if !bound.ip().is_unspecified() {
        return vec![bound];
    }
    let both = bound.is_ipv6() && system::takes_ipv4(listener);
    let mut found: Vec<SocketAddr> = system::own()
        .into_iter()
        .filter(|ip| both || ip.is_ipv4() == bound.is_ipv4())
        .map(|ip| SocketAddr::new(ip, bound.port()))
        .collect();
    found.sort_by_key(|address| (!address.ip().is_loopback(), *address));
    found.dedup();
    if found.is_empty() { vec![bound] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_for_all_is_spelt_out_and_each_of_them_answers() {
        for any in ["0.0.0.0:0", "[::]:0"] {
            // A machine may have no IPv6.
            let Ok(listener) = TcpListener::bind(any).await else { continue };
            let bound = listener.local_addr().unwrap();
            let found = of(&listener, bound);
            assert!(found.iter().any(|address| address.ip().is_loopback()), "{found:?}");
            for address in found {
                assert!(!address.ip().is_unspecified() && address.port() == bound.port());
                // Addresses of one link need to be told which link.
                if !address.to_string().starts_with("[fe80:") {
                    tokio::net::TcpStream::connect(address).await.unwrap();
                }
            }
        }
        let one = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bound = one.local_addr().unwrap();
        assert_eq!(of(&one, bound), [bound]);
    }
}
