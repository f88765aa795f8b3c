//! A browser, or any other program that speaks HTTP to this machine.

/// A client that goes straight to its server. It speaks no TLS, but is not made without a way to.
pub fn browser() -> reqwest::ClientBuilder {
    let _first_one_stays = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}
