//! A PostgreSQL of the tests' own: made when the first test asks for it, gone with this process however it ends.

use mspdash::server::{Database, PostgresAddress};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// Where the programs of PostgreSQL are, if not in the usual places.
const PROGRAMS: &str = "PG_BIN";
/// Who comes over the network needs TLS and a password, and `mira` always does.
const RULES: &str =
    "local all mira scram-sha-256\\nlocal all all trust\\nhostssl all all 127.0.0.1/32 scram-sha-256\\n";
/// The engine that the server's tests run on: `sqlite` or `postgres`.
const ENGINE: &str = "MSPDASH_TEST_DATABASE";

/// Whether the server's tests run on PostgreSQL this time.
pub fn is_asked_for() -> bool {
    match std::env::var(ENGINE).as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(other) => panic!("{ENGINE}={other}: it is sqlite or postgres"),
    }
}

/// An empty database; none, which is told, where there is no PostgreSQL. In CI there has to be one.
pub async fn database() -> Option<Name> {
    if cluster().is_none() {
        assert!(std::env::var_os("CI").is_none() && !is_asked_for(), "no initdb: apt-get install postgresql");
        eprintln!("skipped: no initdb (apt-get install postgresql)");
        return None;
    }
    let name = Name(format!("t{}", NUMBER.fetch_add(1, Ordering::SeqCst)));
    let admin = connect("postgres").await;
    // What ended tests have left would fill the disk.
    let ended = std::mem::take(&mut *ENDED.lock().unwrap());
    for left in ended {
        admin.batch_execute(&format!("DROP DATABASE {left} WITH (FORCE)")).await.unwrap();
    }
    admin.batch_execute(&format!("CREATE DATABASE {}", name.0)).await.unwrap();
    Some(name)
}

/// A database of the cluster, for as long as this is held.
pub struct Name(String);

static NUMBER: AtomicU32 = AtomicU32::new(1);
static ENDED: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Drop for Name {
    fn drop(&mut self) {
        ENDED.lock().unwrap().push(std::mem::take(&mut self.0));
    }
}

impl Name {
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Of this user, over the socket.
    pub fn url_of(&self, user: &str) -> String {
        let Cluster { folder, port, .. } = cluster().unwrap();
        format!("postgres://{user}@/{}?host={}&port={port}", self.0, folder.display())
    }

    /// Of this user, over TCP; and the certificate of the authority that vouches for the server.
    pub fn url_over_tls(&self, user: &str) -> (String, PathBuf) {
        let Cluster { folder, port, .. } = cluster().unwrap();
        (format!("postgres://{user}@localhost:{port}/{}?sslmode=require", self.0), folder.join("ca.pem"))
    }

    pub fn database(&self) -> Database {
        Database::Postgres(PostgresAddress::read(&self.url(), &|_| None).unwrap())
    }

    /// The same for as long as the tests run.
    pub fn kept(self) -> Database {
        let database = self.database();
        std::mem::forget(self);
        database
    }

    /// A session beside the server's.
    pub async fn connect(&self) -> Client {
        connect(&self.0).await
    }
}

async fn connect(name: &str) -> Client {
    let Cluster { folder, port, .. } = cluster().unwrap();
    let settings = format!("host={} port={port} user=postgres dbname={name}", folder.display());
    let (client, connection) = tokio_postgres::connect(&settings, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

struct Cluster {
    /// With its socket and its certificates.
    folder: PathBuf,
    port: u16,
    /// Ends when its standard input does.
    _server: Child,
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(|| Some(Cluster::start(&programs()?))).as_ref()
}

fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut packaged: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.map(|version| version.unwrap().path().join("bin")).collect())
        .unwrap_or_default();
    packaged.sort();
    let all = std::env::var_os(PROGRAMS).map(PathBuf::from).into_iter();
    all.chain(std::env::split_paths(&path)).chain(packaged.into_iter().rev()).find(|at| at.join("initdb").is_file())
}

impl Cluster {
    fn start(programs: &Path) -> Self {
        // The path of a socket has 107 bytes at most.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        // PostgreSQL refuses to run as root.
        let user = if is_root() { "setpriv --reuid=postgres --regid=postgres --clear-groups" } else { "" };
        write_certificates(folder.path());
        if is_root() {
            assert!(Command::new("chown").args(["-R", "postgres"]).arg(folder.path()).status().unwrap().success());
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let script = format!(
            "{user} {bin}/initdb -D $0/data -A trust --no-sync --locale=C -E UTF8 -U postgres >/dev/null || exit 1
             printf '{RULES}' >$0/data/pg_hba.conf
             {user} {bin}/postgres -D $0/data -k $0 -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
               -c full_page_writes=off -c ssl=on -c ssl_cert_file=$0/server.pem -c ssl_key_file=$0/server.key \
               -c max_connections=400 -c log_min_messages=panic >/dev/null 2>&1 &
             p=$!
             until grep -q ready $0/data/postmaster.pid 2>/dev/null; do kill -0 $p || exit 1; sleep 0.02; done
             echo ready
             cat >/dev/null
             kill -INT $p; wait $p; rm -rf $0",
            bin = programs.display(),
        );
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        // Told by the pipe's end, which comes whatever ends us; never by a signal to the whole group of processes.
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        let mut server = shell.spawn().unwrap();
        let mut said = [0; 5];
        server.stdout.as_mut().unwrap().read_exact(&mut said).expect("PostgreSQL did not start");
        assert_eq!(&said, b"ready");
        Self { folder: TempDir::keep(folder), port, _server: server }
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// An authority that nobody knows, and what the server shows for `localhost`.
fn write_certificates(folder: &Path) {
    let (ca_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Authority of the tests");
    std::fs::write(folder.join("ca.pem"), params.self_signed(&ca_key).unwrap().pem()).unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &Issuer::new(params, ca_key)).unwrap();
    std::fs::write(folder.join("server.pem"), leaf.pem()).unwrap();
    std::fs::write(folder.join("server.key"), key.serialize_pem()).unwrap();
    std::fs::set_permissions(folder.join("server.key"), std::fs::Permissions::from_mode(0o600)).unwrap();
}
