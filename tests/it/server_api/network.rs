//! A server for a network: TLS, proxies, the address for whoever runs it, limits.

use super::client::{Api, text};
use crate::support::tls_server::Authority;
use mspdash::server::{Limits, Options, StartError, TlsFiles, start};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An authority of the test's own, and a place for what it signs.
struct Signed {
    folder: tempfile::TempDir,
    authority: Authority,
}

impl Signed {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), authority: Authority::new("Harbour IT") }
    }

    /// Writes a certificate for this name, in the place of the last one.
    fn signs(&self, name: &str) -> TlsFiles {
        self.authority.signs(&[name], |_| {}).write(self.folder.path())
    }

    /// A browser that trusts this authority alone; it connects anew each time.
    fn browser(&self) -> reqwest::Client {
        let root = reqwest::Certificate::from_pem(self.authority.pem().as_bytes()).unwrap();
        let browser = crate::support::http::browser().tls_certs_only([root]).pool_max_idle_per_host(0);
        browser.build().unwrap()
    }
}

async fn at(browser: &reqwest::Client, url: String) -> Result<u16, reqwest::Error> {
    Ok(browser.get(url).send().await?.status().as_u16())
}

#[tokio::test]
async fn with_a_certificate_everything_goes_over_tls_and_plain_http_gets_nothing() {
    let signed = Signed::new();
    let options = Options { tls: Some(signed.signs("localhost")), ..Options::default() };
    let running = start(options).await.unwrap();
    let address = running.addresses()[0];
    assert_eq!(running.base_url(), format!("https://{address}"));
    let url = format!("https://localhost:{}/v1beta1/session", address.port());
    assert_eq!(at(&signed.browser(), url.clone()).await.unwrap(), 401);
    assert!(at(&Signed::new().browser(), url).await.is_err(), "nobody else's authority");
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(b"GET /v1beta1/session HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _reset = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{}", String::from_utf8_lossy(&answer));
    running.stop().await;
}

#[tokio::test]
async fn the_credentials_name_the_host_of_the_certificate() {
    let signed = Signed::new();
    let hosts = vec!["msp.example".to_owned()];
    let options = Options { tls: Some(signed.signs("msp.example")), hosts, ..Options::default() };
    let running = start(options).await.unwrap();
    assert_eq!(running.base_url(), format!("https://msp.example:{}", running.addresses()[0].port()));
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_to_the_next_that_connects_and_a_bad_one_is_not() {
    let signed = Signed::new();
    let running = start(Options { tls: Some(signed.signs("localhost")), ..Options::default() }).await.unwrap();
    let url = format!("https://localhost:{}/v1beta1/session", running.addresses()[0].port());
    let browser = signed.browser();
    assert_eq!(at(&browser, url.clone()).await.unwrap(), 401);
    let files = signed.signs("other.example");
    assert!(at(&browser, url.clone()).await.is_err(), "it shows the new one, of another name");
    signed.signs("localhost");
    assert_eq!(at(&browser, url.clone()).await.unwrap(), 401);
    fs::set_permissions(&files.key, Permissions::from_mode(0o644)).unwrap();
    assert!(!running.reload_tls());
    assert_eq!(at(&browser, url).await.unwrap(), 401, "the old one stays");
}

#[tokio::test]
async fn a_key_that_others_can_read_starts_no_server() {
    let files = Signed::new().signs("localhost");
    let gone = start(Options { tls: Some(files), ..Options::default() }).await.err().unwrap();
    assert!(matches!(gone, StartError::Tls(_)) && gone.to_string().contains("cannot be read"), "{gone}");
    let signed = Signed::new();
    let files = signed.signs("localhost");
    fs::set_permissions(&files.key, Permissions::from_mode(0o644)).unwrap();
    let open = start(Options { tls: Some(files.clone()), ..Options::default() }).await.err().unwrap().to_string();
    assert!(open.ends_with(&format!("chmod 600 {}", files.key.display())), "{open}");
}

#[tokio::test]
async fn who_dawdles_over_the_handshake_is_given_up_and_holds_up_no_stop() {
    let signed = Signed::new();
    let limits = Limits { head: Duration::from_millis(30), ..Limits::default() };
    let options = Options { tls: Some(signed.signs("localhost")), limits, ..Options::default() };
    let running = start(options).await.unwrap();
    let mut silent = TcpStream::connect(running.addresses()[0]).await.unwrap();
    assert_eq!(silent.read(&mut [0; 8]).await.unwrap(), 0);
    running.stop().await;
}

/// The dashboard's own client by the authority's file, as `ca_file` in a profile has it.
#[tokio::test]
async fn the_client_with_the_authoritys_file_works_end_to_end() {
    use mspdash::client::{Client, ClientConfig};
    use mspdash::domain::request::{Answer, GetSession, ListChanges, ListCompanies};
    let signed = Signed::new();
    let mut running = start(Options { tls: Some(signed.signs("localhost")), ..Options::default() }).await.unwrap();
    running.issue_credentials(&[]).await.unwrap();
    let ca_file = signed.authority.write(signed.folder.path());
    let technician = &running.credentials()[0];
    let client = |ca_file: Option<&Path>| {
        let config = ClientConfig {
            base_url: format!("https://localhost:{}", running.addresses()[0].port()).parse().unwrap(),
            account: None,
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only: true,
            ca_file: ca_file.map(Path::to_owned),
        };
        Client::new(config).unwrap()
    };
    assert!(client(None).perform(GetSession.into()).await.is_err());
    let client = client(Some(&ca_file));
    let list = ListCompanies { page_size: 1000, ..ListCompanies::default() };
    let Ok(Answer::Page(page)) = client.perform(list.into()).await else { panic!("no list") };
    let since = page.change_token.unwrap();
    let waits = tokio::spawn(async move { client.perform(ListChanges { since, wait: 45 }.into()).await });
    running.long_polls(1).await;
    running.stop().await;
    assert!(matches!(waits.await.unwrap(), Ok(Answer::Changes(_))));
}

#[tokio::test]
async fn sign_ins_through_a_trusted_proxy_are_slowed_by_client_and_others_are_not_believed() {
    for (trusted, slowed) in [(vec!["127.0.0.1/32".parse().unwrap()], false), (Vec::new(), true)] {
        let api = Api::with(Options { trusted_proxies: trusted, ..Options::default() }).await;
        let (id, _) = api.credential("OWNER");
        let basic = |id: &str, secret: &str| {
            use base64::Engine as _;
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}")))
        };
        let ask = async |from: &str| {
            let ask = api.bare("POST", "/v1beta1/oauth2/token").header("authorization", &basic(&id, "wrong"));
            let ask = ask.header("x-forwarded-for", from).form(&[("grant_type", "client_credentials")]);
            ask.send().await.status
        };
        while ask("203.0.113.5").await != 429 {}
        assert_eq!(ask("203.0.113.6").await == 429, slowed, "another client, or the same proxy");
    }
}

#[tokio::test]
async fn health_and_figures_are_on_an_address_of_their_own() {
    let local = "127.0.0.1:0".parse().unwrap();
    let api = Api::with(Options { admin: Some(local), ..Options::default() }).await;
    let admin = api.running.admin_address().unwrap();
    let get = async |path: &str| api.bare("GET", &format!("http://{admin}{path}")).send().await;
    for path in ["/healthz", "/readyz"] {
        let seen = get(path).await;
        assert_eq!((seen.status, seen.text.as_str()), (200, "ok\n"), "{path}");
        assert_eq!(api.bare("GET", path).send().await.status, 404, "not where dashboards are");
    }
    assert_eq!(api.get("companies").await.status, 200);
    assert_eq!(api.get("companies/NOBODY").await.status, 404);
    let figures = get("/metrics").await;
    assert_eq!(figures.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let companies = "/v1beta1/accounts/{account}/companies";
    for line in [
        format!(r#"mspdash_http_requests_total{{method="GET",route="{companies}",status="200"}} 1"#),
        format!(r#"mspdash_http_requests_total{{method="GET",route="{companies}/{{company}}",status="404"}} 1"#),
    ] {
        assert!(figures.text.contains(&line), "{line} is not in\n{}", figures.text);
    }
    assert!(!figures.text.contains("NOBODY"), "paths are not told");
    assert_eq!(get("/v1beta1/session").await.status, 404);
}

#[tokio::test]
async fn bodies_and_heads_have_the_size_that_was_set() {
    let limits = Limits { body: 70_000, header: 9_000, ..Limits::default() };
    let api = Api::with(Options { limits, ..Options::default() }).await;
    let name = |size: usize| json!({"name": "x".repeat(size)});
    assert_eq!(api.write("POST", "companies").json(&name(60_000)).send().await.status, 400, "it is read");
    let large = api.write("POST", "companies").json(&name(80_000)).send().await;
    assert_eq!((large.status, large.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    assert!(text(&large.json(), "detail").contains("70000 bytes"));
    assert_eq!(api.ask("GET", "/v1beta1/session").header("x-pad", &"x".repeat(2_000)).send().await.status, 200);
    assert_eq!(api.ask("GET", "/v1beta1/session").header("x-pad", &"x".repeat(20_000)).send().await.status, 431);
}
