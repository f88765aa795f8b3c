//! Servers that show certificates made for the test, and a proxy before them; on loopback, without anybody's trust.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mspdash::server::TlsFiles;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::fs::Permissions;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// An authority that nobody knows.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    der: CertificateDer<'static>,
    key: Vec<u8>,
}

/// What a server shows.
pub struct Shown {
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let (pem, der, secret) = (certificate.pem(), certificate.der().clone(), key.serialize_der());
        Self { issuer: Issuer::new(params, key), pem, der, key: secret }
    }

    /// Writes its certificate to a file for `--ca-file`.
    pub fn write(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ca.pem");
        std::fs::write(&path, &self.pem).unwrap();
        path
    }

    /// Its certificate in PEM.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Its own certificate, as careless servers show it.
    pub fn itself(&self) -> Shown {
        Shown { chain: vec![self.der.clone()], key: self.key.clone() }
    }

    /// A certificate of this authority for these names, bent as the test wants.
    pub fn signs(&self, names: &[&str], bend: impl FnOnce(&mut CertificateParams)) -> Shown {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names).unwrap();
        bend(&mut params);
        let key = KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &self.issuer).unwrap();
        Shown { chain: vec![leaf.der().clone()], key: key.serialize_der() }
    }
}

impl Shown {
    /// Writes it to files for `--tls-cert` and `--tls-key`, in the place of those of before.
    pub fn write(&self, folder: &Path) -> TlsFiles {
        let pem = |what: &str, der: &[u8]| {
            let text = STANDARD.encode(der);
            format!("-----BEGIN {what}-----\n{text}\n-----END {what}-----\n")
        };
        let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
        let chain: String = self.chain.iter().map(|one| pem("CERTIFICATE", one)).collect();
        std::fs::write(&files.cert, chain).unwrap();
        std::fs::write(&files.key, pem("PRIVATE KEY", &self.key)).unwrap();
        std::fs::set_permissions(&files.key, Permissions::from_mode(0o600)).unwrap();
        files
    }
}

/// A server over TLS that signs everybody in, whatever is asked.
pub struct TlsServer {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl TlsServer {
    pub async fn start(shown: Shown) -> Self {
        let key = PrivateKeyDer::try_from(shown.key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&TLS12, &TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(shown.chain, key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        let task = tokio::spawn(async move {
            let mut open = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                open.spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        answer(stream).await;
                    }
                });
            }
        });
        Self { address, connections, task }
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    head(&mut stream).await;
    let body = r#"{"access_token":"token","token_type":"Bearer","expires_in":900}"#;
    let length = body.len();
    let said = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let _ = stream.write_all(said.as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { break };
        head.push(byte);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// What a proxy does when it is asked for a way.
#[derive(Clone, Copy)]
pub enum Relay {
    /// Opens one, always to this server.
    To(SocketAddr),
    /// Answers this and closes.
    Notification(&'static str),
}

/// An HTTP proxy.
pub struct Between {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Between {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Between {
    pub async fn start(relay: Relay) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heads = asked.clone();
        let task = tokio::spawn(async move {
            let mut open = tokio::task::JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let heads = heads.clone();
                open.spawn(async move {
                    let head = head(&mut stream).await;
                    heads.lock().unwrap().push(head);
                    match relay {
                        Relay::Notification(text) => drop(stream.write_all(text.as_bytes()).await),
                        Relay::To(server) => {
                            let mut server = TcpStream::connect(server).await.unwrap();
                            let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await;
                            let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
                        }
                    }
                });
            }
        });
        Self { address, asked, task }
    }

    /// The heads of all requests for a way.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}
