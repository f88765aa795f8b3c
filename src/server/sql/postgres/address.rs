//! Where a database of `PostgreSQL` is and how it is reached: `postgres://user@host:5432/name?sslmode=require`.
//!
//! The password never stands in the address, which others on the machine can read: it comes from `PGPASSWORD`, or from a
//! file in the format of `.pgpass`.

use super::tls::{self, Tls};
use crate::files;
use std::fmt::{Debug, Formatter};
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{ChannelBinding, Host, SslMode};

/// What begins an address.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];
/// What bounds a session, whatever becomes of us: who waits for a lock, a statement, a transaction that nobody goes on
/// with.
const BOUNDS: &str = "-c lock_timeout=5s -c statement_timeout=15s -c idle_in_transaction_session_timeout=10s";

/// `Debug` and [`PostgresAddress::place`] hide the password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresAddress {
    config: Box<Config>,
    authorities: Option<PathBuf>,
    place: String,
}

impl Debug for PostgresAddress {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place)
    }
}

impl PostgresAddress {
    /// Whether a text means such a database, and no file.
    pub fn is_meant(text: &str) -> bool {
        SCHEMES.iter().any(|scheme| text.starts_with(scheme))
    }

    /// Reads an address; what it leaves out comes from the environment (`PGPASSWORD`, `PGPASSFILE`, `HOME`, on Windows
    /// `APPDATA`).
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub fn read(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let (own, rest) = own_parameters(text);
        let find = |name: &str| own.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let mut config: Config = rest.parse().map_err(|error| cannot_read(&error))?;
        if config.get_password().is_some() {
            return Err(
                "the password in the address can be read by everybody on this machine. Leave it out, and put it \
                        into PGPASSWORD or into a file (PGPASSFILE, or ?passfile=FILE)"
                    .to_owned(),
            );
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err("the address names no host. Write postgres://USER@HOST/DATABASE, or \
                        postgres:///DATABASE?host=/run/postgresql for a socket"
                .to_owned());
        }
        // Where there are such sockets, this would be the folder of one.
        if config.get_hosts().iter().filter_map(host_name).any(|name| name.starts_with('/')) {
            return Err("this system has no sockets in folders. Write postgres://USER@HOST/DATABASE".to_owned());
        }
        if config.get_dbname().is_none() {
            return Err("the address names no database. Write postgres://USER@HOST/DATABASE".to_owned());
        }
        if config.get_channel_binding() == ChannelBinding::Require {
            return Err("channel_binding=require is not offered. Leave it out".to_owned());
        }
        if config.get_user().is_none() {
            config.user(
                env("PGUSER").or_else(|| env("USER")).or_else(|| env("USERNAME")).ok_or("the address names no user")?,
            );
        }
        config.ssl_mode(ssl_mode(find("sslmode").as_deref(), is_local(&config))?);
        let place = place(&config);
        let passfile = find("passfile").or_else(|| env("PGPASSFILE")).map(PathBuf::from);
        if let Some(password) = env("PGPASSWORD") {
            config.password(password);
        } else if let Some(file) = passfile {
            config.password(find_password(&file, &config)?.ok_or_else(|| {
                format!("{} has no line for {place}. Its lines are HOST:PORT:DATABASE:USER:PASSWORD", file.display())
            })?);
        } else if let Some(file) = own_passfile(env)
            && file.is_file()
            && let Some(password) = find_password(&file, &config)?
        {
            config.password(password);
        }
        bound(&mut config);
        Ok(Self { config: Box::new(config), authorities: find("sslrootcert").map(PathBuf::from), place })
    }

    /// In messages: without a password.
    pub fn place(&self) -> &str {
        &self.place
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    pub fn tls(&self) -> io::Result<Tls> {
        let wanted = self.config.get_ssl_mode() == SslMode::Require;
        Ok(Tls(wanted.then(|| tls::configuration(self.authorities.as_deref())).transpose()?))
    }
}

/// Where `libpq` looks too; the second on Windows.
fn own_passfile(env: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let home = env("HOME").map(|home| Path::new(&home).join(".pgpass"));
    home.or_else(|| Some(Path::new(&env("APPDATA")?).join("postgresql/pgpass.conf")))
}

fn cannot_read(error: &tokio_postgres::Error) -> String {
    let reason = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    format!("the address of the database cannot be read: {reason}. Write postgres://USER@HOST/DATABASE")
}

/// Takes the parameters out that the library does not know, or knows otherwise.
fn own_parameters(text: &str) -> (Vec<(String, String)>, String) {
    let Some((address, query)) = text.split_once('?') else { return (Vec::new(), text.to_owned()) };
    let is_own = |pair: &&str| ["sslmode=", "passfile=", "sslrootcert="].iter().any(|name| pair.starts_with(name));
    let (own, rest): (Vec<&str>, Vec<&str>) = query.split('&').partition(|pair| is_own(pair));
    let own = own.join("&").replace('+', "%2B");
    let own = url::form_urlencoded::parse(own.as_bytes()).into_owned().collect();
    (own, if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) })
}

/// A socket, or this machine's own addresses.
fn is_local(config: &Config) -> bool {
    let local = |host: &Host| {
        let by_name =
            |name: &str| name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        host_name(host).is_none_or(by_name)
    };
    let addresses = config.get_hostaddrs();
    if addresses.is_empty() { config.get_hosts().iter().all(local) } else { addresses.iter().all(IpAddr::is_loopback) }
}

fn ssl_mode(asked: Option<&str>, local: bool) -> Result<SslMode, String> {
    match asked {
        Some("require" | "verify-full") => Ok(SslMode::Require),
        None if !local => Ok(SslMode::Require),
        None | Some("disable" | "prefer") if local => Ok(SslMode::Disable),
        Some(mode @ ("disable" | "prefer")) => {
            let does = if mode == "disable" { "sends" } else { "falls back to sending" };
            Err(format!("sslmode={mode} {does} everything in clear text. Beyond this machine it has to be require"))
        }
        _ => Err("sslmode is require or verify-full, which are the same here: the certificate is always checked. \
                  ?sslrootcert=FILE trusts an authority of your own"
            .to_owned()),
    }
}

fn place(config: &Config) -> String {
    let (user, name) = (config.get_user().unwrap_or_default(), config.get_dbname().unwrap_or_default());
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let host = config.get_hosts().first();
    match (host.and_then(host_name), host.and_then(socket_folder)) {
        (Some(host), _) => format!("postgres://{user}@{host}:{port}/{name}"),
        (None, Some(folder)) => format!("postgres://{user}@/{name}?host={}", folder.display()),
        (None, None) => format!("postgres://{user}@/{name}"),
    }
}

/// Of a host that is reached by TCP.
fn host_name(host: &Host) -> Option<&str> {
    match host {
        Host::Tcp(name) => Some(name),
        #[cfg(unix)]
        Host::Unix(_) => None,
    }
}

/// Where the socket of a host is. The library has none on Windows.
fn socket_folder(host: &Host) -> Option<&Path> {
    match host {
        Host::Tcp(_) => None,
        #[cfg(unix)]
        Host::Unix(folder) => Some(folder),
    }
}

/// The password of the first line that fits: `host:port:database:user:password`, where `*` fits everything and a backslash
/// stands before a colon that divides nothing.
fn find_password(file: &Path, config: &Config) -> Result<Option<String>, String> {
    let failed = |error: io::Error| format!("{}: {error}", file.display());
    files::require_private(file, &fs::metadata(file).map_err(failed)?).map_err(|refusal| refusal.to_string())?;
    let text = fs::read_to_string(file).map_err(failed)?;
    let host = config.get_hosts().first().and_then(host_name).unwrap_or("localhost");
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let wanted = [host, &port, config.get_dbname().unwrap_or_default(), config.get_user().unwrap_or_default()];
    let lines = text.lines().filter(|line| !line.starts_with('#')).map(fields);
    let mut fitting = lines.filter_map(|mut fields| {
        let password = (fields.len() == 5).then(|| fields.pop())??;
        let fits = fields.iter().zip(wanted).all(|(field, wanted)| field == "*" || field == wanted);
        fits.then_some(password)
    });
    Ok(fitting.next())
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ':' if fields.len() < 5 => {
                fields.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(field) = fields.last_mut() {
            field.push(letter);
        }
    }
    fields
}

/// Nothing waits for ever, whether the database hangs, the network or we do.
fn bound(config: &mut Config) {
    let asked = config.get_options().unwrap_or_default().to_owned();
    config.options(format!("{BOUNDS} {asked}").trim_end());
    if config.get_application_name().is_none() {
        config.application_name("mspdash");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(Duration::from_secs(15));
    }
    config.keepalives_idle(Duration::from_secs(30));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn read(text: &str) -> Result<PostgresAddress, String> {
        PostgresAddress::read(text, &|name| (name == "USER").then(|| "mira".to_owned()))
    }

    #[test]
    fn beyond_this_machine_there_is_tls_or_a_refusal_in_words() {
        let mode = |text: &str| read(text).map(|address| address.config.get_ssl_mode());
        for local in ["postgres:///msp?host=/run/postgresql", "postgresql://localhost/msp", "postgres://[::1]:6432/msp"]
        {
            assert_eq!(mode(local), Ok(SslMode::Disable), "{local}");
        }
        assert_eq!(mode("postgres://127.0.0.1/msp?sslmode=require"), Ok(SslMode::Require));
        for remote in ["postgres://db.example/msp", "postgres://localhost/msp?hostaddr=192.0.2.7"] {
            assert_eq!(mode(remote), Ok(SslMode::Require), "{remote}");
        }
        assert_eq!(mode("postgres://db.example/msp?sslmode=verify-full&connect_timeout=3"), Ok(SslMode::Require));
        for refused in ["disable", "prefer", "allow"] {
            let told = mode(&format!("postgres://db.example/msp?sslmode={refused}")).unwrap_err();
            assert!(told.contains("require"), "{told}");
        }
    }

    #[test]
    fn what_is_missing_or_not_offered_is_said_in_words() {
        for (text, said) in [
            ("postgres://mira:secret@localhost/msp", "PGPASSWORD"),
            ("postgres:///msp", "no host"),
            ("postgres://localhost", "no database"),
            ("postgres://localhost/msp?channel_binding=require", "channel_binding"),
            ("postgres://localhost/msp?colour=red", "colour"),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.contains(said) && !told.contains("secret"), "{text}: {told}");
        }
        let env = |name: &str| (name == "USERNAME").then(|| "mira".to_owned());
        assert_eq!(
            PostgresAddress::read("postgres://localhost/msp", &env).unwrap().place(),
            "postgres://mira@localhost:5432/msp"
        );
        assert!(!PostgresAddress::is_meant("postgres.db") && PostgresAddress::is_meant("postgresql://h/d"));
    }

    #[test]
    fn the_password_comes_from_outside_and_is_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pass");
        fs::write(&file, "# ours\nother:*:*:*:no\ndb.example:5432:msp:mira:with\\:colon\n*:*:*:*:any\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let with_file = format!("postgres://db.example/msp?passfile={}", file.display());
        let password = |address: &PostgresAddress| address.config.get_password().map(<[u8]>::to_vec);
        let address = read(&with_file).unwrap();
        assert_eq!(password(&address).as_deref(), Some(&b"with:colon"[..]));
        assert_eq!(format!("{address:?}"), "postgres://mira@db.example:5432/msp");
        let elsewhere = read(&with_file.replace("db.example", "elsewhere.example")).unwrap();
        assert_eq!(password(&elsewhere).as_deref(), Some(&b"any"[..]));
        let env = |name: &str| Some(if name == "PGPASSWORD" { "first" } else { "mira" }.to_owned());
        let address = PostgresAddress::read(&with_file, &env).unwrap();
        assert_eq!(password(&address).as_deref(), Some(&b"first"[..]));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read(&with_file).unwrap_err().contains("chmod 600"));
        fs::remove_file(&file).unwrap();
        assert!(read(&with_file).unwrap_err().contains("pass"));
    }
}
