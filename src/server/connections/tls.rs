//! The certificate that the server shows, and how it is renewed while the server runs.
//!
//! Certificates live for weeks, servers for months: the files are looked at with every new connection, and when somebody
//! asks for it (SIGHUP). What cannot be used is told once, and the certificate before it stays.

use crate::files::{self, FileError, Stamp};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{Error as PemError, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_rustls::TlsAcceptor;

/// No chain of certificates comes near it.
const LONGEST: u64 = 1 << 20;

/// In PEM. Links are followed: that is how certificates are renewed and secrets mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The server's certificate, then those that lead to its authority.
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// Why the files cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{} is not a file", path.display())]
    NotAFile { path: PathBuf },
    #[error("others can read the key in {} (mode {mode:04o}). Run: chmod 600 {}", path.display(), files::shell_word(path))]
    TooOpen { path: PathBuf, mode: u32 },
    #[error(transparent)]
    Guarded(FileError),
    #[error("{} holds no {what} in PEM", path.display())]
    Lacks { path: PathBuf, what: &'static str },
    #[error("{} is damaged: {error}", path.display())]
    Damaged { path: PathBuf, error: String },
    #[error("{} and {} do not fit together: {error}", cert.display(), key.display())]
    Mismatch { cert: PathBuf, key: PathBuf, error: String },
}

/// Certificate and key.
type Seen = [Option<Stamp>; 2];

pub struct Tls {
    files: TlsFiles,
    current: Mutex<(Arc<ServerConfig>, Seen)>,
}

impl Tls {
    pub fn open(files: TlsFiles) -> Result<Self, TlsError> {
        let seen = look(&files);
        let config = load(&files)?;
        Ok(Self { files, current: Mutex::new((config, seen)) })
    }

    /// Shakes hands with the certificate that is there now.
    pub fn acceptor(&self) -> TlsAcceptor {
        if look(&self.files) != self.current.lock().unwrap_or_else(PoisonError::into_inner).1 {
            self.reload();
        }
        TlsAcceptor::from(Arc::clone(&self.current.lock().unwrap_or_else(PoisonError::into_inner).0))
    }

    /// Reads the files again. Gives whether they could be used; else what was used before still is.
    pub fn reload(&self) -> bool {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at before they are read: what is written meanwhile is seen with the next connection.
        current.1 = look(&self.files);
        match load(&self.files) {
            Ok(config) => {
                current.0 = config;
                tracing::info!(cert = %self.files.cert.display(), "the certificate was read again");
                true
            }
            Err(error) => {
                tracing::error!(%error, "the new certificate cannot be used: the old one stays");
                false
            }
        }
    }
}

fn look(TlsFiles { cert, key }: &TlsFiles) -> Seen {
    [cert, key].map(|path| files::stamp(path))
}

fn load(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
    let TlsFiles { cert, key } = files;
    let damaged = |path: &Path, error: PemError| TlsError::Damaged { path: path.to_owned(), error: error.to_string() };
    let lacks = |path: &Path, what| TlsError::Lacks { path: path.to_owned(), what };
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(cert, false)?).collect();
    let chain = chain.map_err(|error| damaged(cert, error))?;
    if chain.is_empty() {
        return Err(lacks(cert, "certificate"));
    }
    let secret = match PrivateKeyDer::from_pem_slice(&read(key, true)?) {
        Ok(secret) => secret,
        Err(PemError::NoItemsFound) => return Err(lacks(key, "private key")),
        // Never what stands in it.
        Err(_) => return Err(TlsError::Damaged { path: key.clone(), error: "it is not whole".to_owned() }),
    };
    let mismatch =
        |error: rustls::Error| TlsError::Mismatch { cert: cert.clone(), key: key.clone(), error: error.to_string() };
    let provider = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = provider.with_safe_default_protocol_versions().map_err(mismatch)?;
    let mut config = config.with_no_client_auth().with_single_cert(chain, secret).map_err(mismatch)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn read(path: &Path, private: bool) -> Result<Vec<u8>, TlsError> {
    let failed = |error| TlsError::Unreadable { path: path.to_owned(), error };
    // Asked before it is opened: opening a pipe waits for whoever writes to it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(TlsError::NotAFile { path: path.to_owned() });
    }
    let file = File::open(path).map_err(failed)?;
    if private {
        files::require_private_or_lent(path, &file.metadata().map_err(failed)?).map_err(|refusal| match refusal {
            FileError::TooOpen { path, mode } => TlsError::TooOpen { path, mode },
            other => TlsError::Guarded(other),
        })?;
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    fn pair(folder: &Path, name: &str) -> TlsFiles {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
        fs::write(&files.cert, made.cert.pem()).unwrap();
        fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        fs::set_permissions(&files.key, Permissions::from_mode(0o600)).unwrap();
        files
    }

    fn refused(files: &TlsFiles) -> String {
        Tls::open(files.clone()).err().unwrap().to_string()
    }

    #[test]
    fn files_that_cannot_be_used_are_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let files = pair(folder.path(), "msp.example");
        let with_key = |key: PathBuf| TlsFiles { key, ..files.clone() };
        for mode in [0o644, 0o640, 0o604, 0o660] {
            fs::set_permissions(&files.key, Permissions::from_mode(mode)).unwrap();
            let said = refused(&files);
            assert!(said.ends_with(&format!("chmod 600 {}", files.key.display())), "{said}");
        }
        fs::set_permissions(&files.key, Permissions::from_mode(0o600)).unwrap();
        let (empty, odd) = (folder.path().join("empty"), folder.path().join("odd"));
        fs::write(&empty, "").unwrap();
        fs::write(&odd, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n").unwrap();
        for path in [&empty, &odd] {
            fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
        }
        let other = tempfile::tempdir().unwrap();
        let cases = [
            (TlsFiles { cert: empty.clone(), ..files.clone() }, "holds no certificate"),
            (with_key(empty), "holds no private key"),
            (with_key(odd), "is damaged"),
            (with_key(folder.path().to_owned()), "is not a file"),
            (with_key(folder.path().join("none")), "cannot be read"),
            (with_key(pair(other.path(), "other.example").key), "do not fit together"),
        ];
        for (files, reason) in cases {
            let said = refused(&files);
            assert!(said.contains(reason) && !said.contains("c2VjcmV0"), "{said}");
        }
        let link = folder.path().join("link");
        symlink(&files.key, &link).unwrap();
        assert!(Tls::open(with_key(link)).is_ok(), "that is how they are renewed");
    }

    #[test]
    fn a_new_certificate_is_taken_and_a_bad_one_leaves_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let tls = Tls::open(pair(folder.path(), "msp.example")).unwrap();
        let current = || Arc::clone(&tls.current.lock().unwrap().0);
        let first = current();
        tls.acceptor();
        assert!(Arc::ptr_eq(&first, &current()), "the same files are not read again");
        let files = pair(folder.path(), "new.example");
        tls.acceptor();
        let second = current();
        assert!(!Arc::ptr_eq(&first, &second));
        fs::write(&files.key, "").unwrap();
        tls.acceptor();
        assert!(Arc::ptr_eq(&second, &current()) && !tls.reload());
        pair(folder.path(), "third.example");
        assert!(tls.reload() && !Arc::ptr_eq(&second, &current()));
    }
}
