//! Reading a roster again: answers one by one, so that the first rows are on the screen before the last are read.

use super::Header;
use super::directory::{self, SetAside};
use super::frame::{Frame, Note};
use super::log::Log;
use crate::client::decode;
use crate::domain::cached::CacheDefect;
use crate::domain::request::{Answer, GetSession, ListChanges, ListCompanies, Request};
use crate::files::Identity;
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A roster of an earlier run. An iterator: first the session, then the pages, then what changed since, in the order
/// in which they were answered. Blocks on the disk: not for the UI thread, nor for an async one.
///
/// After an [`Err`] nothing more comes, and what came is not the whole list.
///
/// The live session decides in the end: if it is another account's or another technician's than the recalled one, what
/// was recalled must go, and the list be loaded anew. The file is taken away by then.
#[derive(Debug)]
pub struct Restore {
    /// When the list was last known to be the server's, by this machine's clock.
    pub good_at: Timestamp,
    /// From where to ask for changes, after all answers are taken in; `None`: load the list anew.
    pub change_token: Option<String>,
    /// How many companies the pages hold; changes may add to them and take some away.
    pub companies: u64,
    /// So much changed since the last whole load that the list had better be loaded anew: then a new file is written.
    pub reload: bool,
    path: PathBuf,
    identity: Identity,
    file: File,
    /// What is still to be read, the last first.
    frames: Vec<Frame>,
}

impl Restore {
    /// Opens what is kept of this profile; `None` if nothing is, or it is another account's.
    ///
    /// # Errors
    /// It cannot be used and was set aside. Never more than a reason to say so and to load the list.
    pub fn open(dir: &Path, header: &Header) -> Result<Option<Self>, SetAside> {
        let path = dir.join(header.file_name());
        let opened = match directory::open(&path, false) {
            Ok(Some(opened)) => opened,
            Ok(None) => return Ok(None),
            Err(defect) => return Err(directory::set_aside(&path, defect, None)),
        };
        let identity = Some(opened.identity);
        let log = match Log::read(&opened.file, opened.length) {
            Ok(log) => log,
            Err(defect) => return Err(directory::set_aside(&path, defect, identity)),
        };
        if log.header != *header {
            return Ok(None);
        }
        // A time that no calendar has is as good as none: very old.
        let good_at = Timestamp::try_from(opened.modified).unwrap_or(Timestamp::UNIX_EPOCH);
        let (reload, companies) = (log.is_long(), log.rows);
        let frames = log.changes.into_iter().rev().chain(log.pages.into_iter().rev()).chain([log.session]).collect();
        let (change_token, identity, file) = (log.token, opened.identity, opened.file);
        Ok(Some(Self { good_at, change_token, companies, reload, path, identity, file, frames }))
    }

    /// The next answer, still as it was kept. After an [`Err`] nothing more comes.
    pub fn next_kept(&mut self) -> Option<Result<Record, SetAside>> {
        let frame = self.frames.pop()?;
        let body = body(&mut self.file, &frame).map_err(|error| CacheDefect::Unreadable(error.to_string()));
        let (path, identity) = (self.path.clone(), self.identity);
        Some(match body {
            Ok(body) => Ok(Record { frame, body, path, identity }),
            Err(defect) => {
                self.frames.clear();
                Err(directory::set_aside(&path, defect, Some(identity)))
            }
        })
    }
}

impl Iterator for Restore {
    type Item = Result<Answer, SetAside>;

    fn next(&mut self) -> Option<Self::Item> {
        let answer = self.next_kept()?.and_then(Record::read);
        if answer.is_err() {
            self.frames.clear();
        }
        Some(answer)
    }
}

/// An answer as it was kept.
#[derive(Debug)]
pub struct Record {
    frame: Frame,
    body: Vec<u8>,
    path: PathBuf,
    identity: Identity,
}

impl Record {
    /// Reads the answer, which takes far longer than to get it off the disk. Can be done on any thread.
    ///
    /// # Errors
    /// It is damaged, and the file was set aside: what comes after it cannot be used.
    pub fn read(self) -> Result<Answer, SetAside> {
        let request = match &self.frame.note {
            Note::Session(_) => Request::GetSession(GetSession),
            Note::Changes { since, .. } => Request::ListChanges(ListChanges { since: since.clone(), wait: 0 }),
            _ => Request::ListCompanies(ListCompanies::default()),
        };
        let fits = self.frame.fits(&self.body);
        let answer = Some(self.body).filter(|_| fits).and_then(|body| decode(&request, body).ok());
        answer.ok_or_else(|| directory::set_aside(&self.path, CacheDefect::Damaged, Some(self.identity)))
    }
}

/// The length was held against that of the file when the index was read.
fn body(file: &mut File, frame: &Frame) -> io::Result<Vec<u8>> {
    let mut body = Vec::with_capacity(frame.body_len as usize);
    file.seek(SeekFrom::Start(frame.body_at))?;
    file.take(u64::from(frame.body_len)).read_to_end(&mut body)?;
    Ok(body)
}
