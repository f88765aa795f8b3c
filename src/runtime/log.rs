//! The log: a file, never the screen. Losing a line, or the whole file, never matters to the dashboard.
//!
//! Not `tracing-appender`: it panics when no thread can be started, waits 1.1 s at exit for a hanging disk (200 ms
//! here) and then prints to stdout, and rotates by time instead of size, into files that other users can read.

use crate::files;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// In bytes. A larger file is renamed to `….1` at the start.
const LARGEST: u64 = 5_000_000;

/// Lines that may wait for a slow disk; further ones are dropped.
const WAITING: usize = 1_024;

#[derive(Debug, Clone)]
pub struct Log {
    /// Its folder is created.
    pub path: PathBuf,
    /// `error`, `warn`, `info`, `debug`, `trace` or `off`; `info` is the default.
    pub level: Option<String>,
}

impl Log {
    /// `None` when the file cannot be created, or a subscriber is already set.
    pub(super) fn start(self) -> Option<Flush> {
        let lines = Lines::to(open(&self.path).ok()?)?;
        let flush = Flush(lines.0.clone());
        let layer =
            tracing_subscriber::fmt::layer().with_ansi(false).with_writer(lines).with_filter(filter(self.level));
        tracing_subscriber::registry().with(layer).try_init().ok()?;
        Some(flush)
    }
}

/// One level for our own code; other crates only warn, because some log whole headers, token included, at *trace*.
fn filter(level: Option<String>) -> Targets {
    let own = level.and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::INFO);
    Targets::new().with_default(own.min(LevelFilter::WARN)).with_target(env!("CARGO_PKG_NAME"), own)
}

fn open(path: &Path) -> io::Result<File> {
    files::make_private_folder(files::parent_folder(path))?;
    let old = files::with_suffix(path, ".1");
    if files::own_metadata(path).map_err(io::Error::other)?.is_some_and(|file| file.len() > LARGEST)
        && files::own_metadata(&old).is_ok()
    {
        // If the rename fails the file grows on: better than no log.
        let _ = fs::rename(path, old);
    }
    let how = &mut OpenOptions::new();
    let file = files::open(path, files::private(how.append(true).create(true))).map_err(io::Error::other)?;
    let file = file.ok_or(io::ErrorKind::NotFound)?;
    // An existing file may have another mode.
    files::make_private(&file)?;
    Ok(file)
}

enum Line {
    Text(Vec<u8>),
    /// Answered when everything before it is written.
    Flush(SyncSender<()>),
}

/// Passes lines to a thread, so that logging never waits for the disk.
#[derive(Clone)]
struct Lines(SyncSender<Line>);

impl Lines {
    fn to(mut file: impl Write + Send + 'static) -> Option<Self> {
        let (lines, waiting): (_, Receiver<Line>) = sync_channel(WAITING);
        let write = move || {
            for line in waiting {
                match line {
                    // The disk may be full; the next line may fit again.
                    Line::Text(text) => drop(file.write_all(&text)),
                    Line::Flush(done) => drop(done.try_send(())),
                }
            }
        };
        thread::Builder::new().name("log".to_owned()).spawn(write).ok()?;
        Some(Self(lines))
    }
}

impl Write for Lines {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let _ = self.0.try_send(Line::Text(text.to_vec()));
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// At exit, waits until all lines are written, but not for a hanging disk.
pub(super) struct Flush(SyncSender<Line>);

impl Drop for Flush {
    fn drop(&mut self) {
        let (done, written) = sync_channel(1);
        if self.0.try_send(Line::Flush(done)).is_ok() {
            let _ = written.recv_timeout(Duration::from_millis(200));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_link_or_a_pipe_in_its_place_means_no_log() {
        let folder = tempfile::tempdir().unwrap();
        let (theirs, link, pipe) = (folder.path().join("theirs"), folder.path().join("l"), folder.path().join("p"));
        fs::write(&theirs, "theirs").unwrap();
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&theirs, &link).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(open(&link).is_err() && open(&pipe).is_err());
        assert_eq!(fs::metadata(&theirs).unwrap().permissions().mode() & 0o777, 0o644, "it was not touched");
    }

    #[test]
    fn the_file_is_private_appended_and_capped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/mspdash.log");
        open(&path).unwrap().write_all(b"one\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        open(&path).unwrap().write_all(b"two\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));

        File::options().write(true).open(&path).unwrap().set_len(LARGEST + 1).unwrap();
        open(&path).unwrap().write_all(b"three\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three\n");
        assert_eq!(fs::metadata(folder.path().join("state/mspdash.log.1")).unwrap().len(), LARGEST + 1);
    }

    #[test]
    fn a_folder_that_cannot_be_made_means_no_log() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("file");
        fs::write(&blocked, "").unwrap();
        assert!(Log { path: blocked.join("mspdash.log"), level: None }.start().is_none());
    }

    #[test]
    fn a_full_disk_stops_nobody() {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut lines = Lines::to(full).unwrap();
        for _ in 0..WAITING * 3 {
            lines.write_all(b"a line\n").unwrap();
        }
        drop(Flush(lines.0));
    }

    #[test]
    fn other_crates_never_tell_more_than_warnings() {
        for (level, ours, theirs) in [("trace", true, false), ("info", false, false), ("nonsense", false, false)] {
            let filter = filter(Some(level.to_owned()));
            assert_eq!(filter.would_enable("mspdash::runtime", &tracing::Level::DEBUG), ours, "{level}");
            assert_eq!(filter.would_enable("hyper::proto", &tracing::Level::DEBUG), theirs, "{level}");
        }
        assert!(!filter(Some("off".to_owned())).would_enable("hyper::proto", &tracing::Level::ERROR));
    }
}
