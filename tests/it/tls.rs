//! The way to the server: certificates that do not hold, files of certificates, proxies. Each kind of failure is
//! told apart, in both languages, with the host, and with the date where it is about one.

use crate::support::clock;
use crate::support::tls_server::{Authority, Between, Relay, Shown, TlsServer};
use mspdash::client::proxy::Proxies;
use mspdash::client::{Client, ClientConfig, Limits};
use mspdash::domain::error::{Cause, Error, RetryAdvice};
use mspdash::domain::lang::Lang;
use mspdash::domain::network_fault::{AtProxy, CaFault, ProxyFault, TlsFault};
use mspdash::i18n;
use rcgen::date_time_ymd;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SECRET: &str = "a-secret-that-is-told-nowhere";
const SERVER: &str = "https://api.harbour.example";

fn endpoint(base: &str, ca_file: Option<PathBuf>) -> ClientConfig {
    clock::start();
    ClientConfig {
        base_url: base.parse().unwrap(),
        account: None,
        client_id: "technician".into(),
        client_secret: SECRET.into(),
        read_only: false,
        ca_file,
    }
}

fn limits() -> Limits {
    Limits { retry_base: Duration::from_millis(1), ..Limits::default() }
}

fn proxied(proxy: &str, ca_file: Option<PathBuf>) -> Client {
    let proxy = proxy.to_owned();
    let proxies = Proxies::of(&move |name| (name == "HTTPS_PROXY").then(|| proxy.clone()));
    Client::through(endpoint(SERVER, ca_file), limits(), &proxies).unwrap()
}

/// Signs in to a server with this certificate, while trusting this authority and nobody else besides the system's.
async fn shown(shown: Shown, trusted: Option<&Authority>) -> (Result<(), Error>, String, usize) {
    let server = TlsServer::start(shown).await;
    let folder = tempfile::tempdir().unwrap();
    let ca_file = trusted.map(|authority| authority.write(folder.path()));
    let host = format!("localhost:{}", server.address.port());
    let client = Client::with_limits(endpoint(&format!("https://{host}"), ca_file), limits()).unwrap();
    let outcome = client.sign_in().await;
    (outcome, host, server.connections())
}

/// Both languages name these parts, and neither is the other's sentence.
#[track_caller]
fn told(error: &Error, parts: &[&str]) {
    let tell = |lang| i18n::of(lang).describe(error);
    let (english, german) = (tell(Lang::En), tell(Lang::De));
    for text in [&english.cause, &german.cause] {
        assert!(parts.iter().all(|part| text.contains(part)), "{parts:?} in {text}");
    }
    assert!(english.cause != german.cause && english.hint != german.hint, "{english:?}");
    assert!(!english.hint.is_empty() && !german.hint.is_empty());
}

#[tokio::test]
async fn a_certificate_of_an_authority_in_the_file_is_trusted_besides_the_systems() {
    let ours = Authority::new("Harbour IT authority");
    let (outcome, _, connections) = shown(ours.signs(&["localhost"], |_| {}), Some(&ours)).await;
    assert_eq!((outcome, connections), (Ok(()), 1));
}

#[tokio::test]
async fn an_unknown_issuer_is_told_with_the_way_to_trust_it_and_not_tried_again() {
    let (ours, other) = (Authority::new("Ours"), Authority::new("Other"));
    for trusted in [None, Some(&other)] {
        let (outcome, host, connections) = shown(ours.signs(&["localhost"], |_| {}), trusted).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.cause, Cause::tls(&host, TlsFault::UnknownIssuer));
        assert_eq!((error.retry, connections), (RetryAdvice::Never, 1), "a certificate does not heal in a second");
        told(&error, &[&host]);
        assert!(i18n::of(Lang::En).describe(&error).hint.contains("--ca-file"));
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_tells_which_names_it_has() {
    let ours = Authority::new("Ours");
    let names = ["api.harbour.example", "*.harbour.example"];
    let (outcome, host, connections) = shown(ours.signs(&names, |_| {}), Some(&ours)).await;
    let error = outcome.unwrap_err();
    let names = names.map(String::from).to_vec();
    assert_eq!(error.cause, Cause::tls(&host, TlsFault::WrongName { names }));
    assert_eq!(connections, 1);
    told(&error, &[&host, "api.harbour.example, *.harbour.example"]);
}

#[tokio::test]
async fn an_expired_certificate_tells_since_when_and_what_the_own_clock_says() {
    let ours = Authority::new("Ours");
    let old = ours.signs(&["localhost"], |params| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 2, 3);
    });
    let (outcome, host, connections) = shown(old, Some(&ours)).await;
    let error = outcome.unwrap_err();
    let Cause::Tls { fault, .. } = &error.cause else { unreachable!("{error:?}") };
    let TlsFault::Expired { ended, now } = &**fault else { unreachable!("{fault:?}") };
    assert_eq!(ended.unwrap().to_string(), "2020-02-03T00:00:00Z");
    assert!(now.duration_since(ended.unwrap()).as_secs() > 0);
    assert_eq!((error.retry, connections), (RetryAdvice::Never, 1));
    told(&error, &[&host, "2020", "00:00:00 UTC"]);
    assert!(i18n::of(Lang::En).one_line(&error).contains("expired on 3 Feb 2020"));
    assert!(i18n::of(Lang::De).one_line(&error).contains("am 3. Feb. 2020, 00:00:00 UTC abgelaufen"));
    let year = now.strftime("%Y").to_string();
    assert!(i18n::of(Lang::De).describe(&error).hint.contains(&year), "the own clock is told");
}

#[tokio::test]
async fn a_certificate_of_the_future_points_to_the_own_clock() {
    let ours = Authority::new("Ours");
    let young = ours.signs(&["localhost"], |params| params.not_before = date_time_ymd(2093, 4, 5));
    let (outcome, host, _) = shown(young, Some(&ours)).await;
    let error = outcome.unwrap_err();
    let Cause::Tls { fault, .. } = &error.cause else { unreachable!("{error:?}") };
    assert!(matches!(**fault, TlsFault::NotYetValid { begins: Some(_), .. }), "{fault:?}");
    told(&error, &[&host, "2093"]);
    assert!(i18n::of(Lang::En).describe(&error).hint.contains("clock"));
}

#[tokio::test]
async fn an_authoritys_own_certificate_does_not_stand_for_a_server() {
    let ours = Authority::new("Ours");
    let (outcome, host, _) = shown(ours.itself(), Some(&ours)).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.cause, Cause::tls(&host, TlsFault::Authority));
    told(&error, &[&host]);
}

/// Answers every connection with these bytes.
async fn greets(greeting: Vec<u8>) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read_u8().await;
            let _ = stream.write_all(&greeting).await;
            // Until the client has had enough: closing at once would reset what is on its way.
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    });
    address
}

#[tokio::test]
async fn old_protocols_and_servers_without_tls_are_told_apart() {
    // A TLS 1.0 server that does not look at what it was offered.
    let mut hello = vec![0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
    hello.extend([7; 32]);
    hello.extend([0, 0, 0x2f, 0]);
    let cases = [
        (hello, TlsFault::TooOld),
        (vec![0x15, 3, 3, 0, 2, 2, 40], TlsFault::TooOld),
        (vec![0x15, 3, 1, 0, 2, 2, 70], TlsFault::TooOld),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), TlsFault::NotTls),
        (b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), TlsFault::NotTls),
        (vec![0x15, 3, 3, 0, 2, 2, 112], TlsFault::WrongName { names: Vec::new() }),
        (vec![0x15, 3, 3, 0, 2, 2, 116], TlsFault::WantsCertificate),
        (vec![0x15, 3, 3, 0, 2, 2, 80], TlsFault::Other),
    ];
    for (greeting, fault) in cases {
        let address = greets(greeting.clone()).await;
        let client = Client::with_limits(endpoint(&format!("https://{address}"), None), limits()).unwrap();
        let error = client.sign_in().await.unwrap_err();
        assert_eq!(error.cause, Cause::tls(&address.to_string(), fault), "{greeting:?}");
        told(&error, &[&address.to_string()]);
    }
}

#[tokio::test]
async fn a_file_of_certificates_that_does_not_hold_is_named_before_anything_is_sent() {
    let ours = Authority::new("Ours");
    let server = TlsServer::start(ours.signs(&["localhost"], |_| {})).await;
    let folder = tempfile::tempdir().unwrap();
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let half = ours.pem().replace("-----END CERTIFICATE-----", "");
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let damaged = format!("{}{nonsense}", ours.pem());
    let cases = [
        (None, CaFault::Missing),
        (Some("\u{30}\u{2}DER"), CaFault::NotPem),
        (Some(""), CaFault::NotPem),
        (Some(key), CaFault::Empty),
        (Some(&*half), CaFault::Damaged { number: 1 }),
        (Some(&*damaged), CaFault::Damaged { number: 2 }),
    ];
    for (content, fault) in cases {
        let path = folder.path().join("ca.pem");
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let base = format!("https://localhost:{}", server.address.port());
        let client = Client::with_limits(endpoint(&base, Some(path.clone())), limits()).unwrap();
        let error = client.sign_in().await.unwrap_err();
        let shown = path.display().to_string();
        assert_eq!(error.cause, Cause::ca_file(&shown, fault), "{content:?}");
        told(&error, &[&shown]);
        // Mended while the program runs.
        ours.write(folder.path());
        assert_eq!(client.sign_in().await, Ok(()), "{content:?}");
    }
    let client = Client::with_limits(endpoint(SERVER, Some(folder.path().into())), limits()).unwrap();
    let cause = client.sign_in().await.unwrap_err().cause;
    let Cause::CaFile { fault, .. } = cause else { unreachable!("{cause:?}") };
    assert!(matches!(*fault, CaFault::Unreadable { .. }), "a folder: {fault:?}");
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe, "/dev/tty".into(), "/dev/zero".into()] {
        let client = Client::with_limits(endpoint(SERVER, Some(path.clone())), limits()).unwrap();
        let cause = client.sign_in().await.unwrap_err().cause;
        let Cause::CaFile { fault, .. } = cause else { unreachable!("{path:?}: {cause:?}") };
        assert_eq!(*fault, CaFault::Unreadable { reason: "it is not a file".into() }, "{path:?}");
    }
}

#[tokio::test]
async fn a_proxy_opens_the_way_and_the_certificate_is_still_the_servers() {
    let ours = Authority::new("Ours");
    let folder = tempfile::tempdir().unwrap();
    let ca_file = ours.write(folder.path());
    let server = TlsServer::start(ours.signs(&["api.harbour.example"], |_| {})).await;
    let proxy = Between::start(Relay::To(server.address)).await;
    let address = format!("http://tomma:hush@{}", proxy.address);
    assert_eq!(proxied(&address, Some(ca_file)).sign_in().await, Ok(()));
    let asked = proxy.asked().concat().to_lowercase();
    assert!(asked.starts_with("connect api.harbour.example:443 http/1.1\r\n"), "{asked}");
    assert!(asked.contains("proxy-authorization: basic dg9tbwe6ahvzaa==\r\n"), "{asked}");

    let error = proxied(&address, None).sign_in().await.unwrap_err();
    let host = "api.harbour.example:443".to_owned();
    assert_eq!(error.cause, Cause::tls(&host, TlsFault::UnknownIssuer));
}

#[tokio::test]
async fn a_proxy_that_does_not_open_the_way_is_named_without_its_password() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let asks = Between::start(Relay::Notification("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")).await;
    let forbids = Between::start(Relay::Notification("HTTP/1.1 403 Forbidden\r\n\r\n")).await;
    let fails = Between::start(Relay::Notification("HTTP/1.1 502 Bad Gateway\r\n\r\n")).await;
    let breaks = Between::start(Relay::Notification("")).await;
    let cases = [
        (asks.address, ProxyFault::WantsPassword),
        (forbids.address, ProxyFault::Denied { status: None }),
        (fails.address, ProxyFault::Denied { status: None }),
        (breaks.address, ProxyFault::Broken),
        (nobody, ProxyFault::Refused),
    ];
    for (address, fault) in cases {
        let client = proxied(&format!("http://tomma:hush@{address}"), None);
        let error = client.sign_in().await.unwrap_err();
        let (proxy, origin, host) =
            (address.to_string(), "HTTPS_PROXY".to_owned(), "api.harbour.example:443".to_owned());
        assert_eq!(error.cause, Cause::Proxy(Box::new(AtProxy { proxy, origin, host, fault })));
        told(&error, &[&address.to_string()]);
        let shown = format!("{error:?} {client:?} {:?}", i18n::of(Lang::En).describe(&error));
        for secret in ["hush", "tomma", "dG9tbWE6aHVzaA", SECRET] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    let with_password = asks.asked().iter().filter(|head| head.to_lowercase().contains("proxy-authorization")).count();
    assert_eq!(with_password, 1, "a password is not guessed again");
    assert_eq!(fails.asked().len(), 3, "a gateway may come back");
}

/// How it lets in is what helps; and that some only take what is not in an address.
#[tokio::test]
async fn a_proxy_that_wants_to_know_who_it_is_says_how() {
    let basic = ProxyFault::WantsPassword;
    let other = |schemes: &str| ProxyFault::WantsOther { schemes: schemes.into() };
    for (head, fault, parts) in [
        ("HTTP/1.1 407 Who\r\n\r\n", basic.clone(), [["name", "password"], ["Benutzername", "Passwort"]]),
        ("HTTP/1.0 407 Who\r\n\r\n", basic.clone(), [["name", "password"], ["Benutzername", "Passwort"]]),
        (
            "HTTP/1.1 407 Who\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
            basic,
            [["name", "password"], ["Benutzername", "Passwort"]],
        ),
        (
            "HTTP/1.1 407 Who\r\nProxy-Authenticate: NTLM\r\ncontent-length: 0\r\n\r\n",
            other("NTLM"),
            [["only NTLM", "cntlm"], ["nur NTLM", "cntlm"]],
        ),
        (
            "HTTP/1.1 407 Who\r\nproxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n\r\n",
            other("Negotiate, NTLM"),
            [["only Negotiate, NTLM", "HTTPS_PROXY"], ["nur Negotiate, NTLM", "HTTPS_PROXY"]],
        ),
    ] {
        let proxy = Between::start(Relay::Notification(head)).await;
        for address in [format!("http://tomma:hu@sh/#@{}", proxy.address), proxy.address.to_string()] {
            let error = proxied(&address, None).sign_in().await.unwrap_err();
            let Cause::Proxy(at) = &error.cause else { unreachable!("{error:?}") };
            assert_eq!(at.fault, fault, "{head}");
            for (lang, parts) in [Lang::En, Lang::De].into_iter().zip(&parts) {
                let told = i18n::of(lang).describe(&error);
                let said = format!("{} {}", told.cause, told.hint);
                assert!(parts.iter().all(|part| said.contains(part)), "{parts:?} in {said}");
                assert!(!said.contains("hu@sh"), "{said}");
            }
        }
    }
}

#[tokio::test]
async fn a_proxy_is_never_asked_for_this_machine() {
    let proxy = Between::start(Relay::Notification("HTTP/1.1 403 Forbidden\r\n\r\n")).await;
    let address = proxy.address.to_string();
    let proxies = Proxies::of(&move |name| (!name.to_lowercase().starts_with("no")).then(|| address.clone()));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for base in [format!("http://127.0.0.1:{port}"), format!("https://localhost:{port}")] {
        let client = Client::through(endpoint(&base, None), limits(), &proxies).unwrap();
        assert!(matches!(client.sign_in().await.unwrap_err().cause, Cause::Refused { .. }), "{base}");
    }
    assert!(proxy.asked().is_empty());
}
