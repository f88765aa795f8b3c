//! What is written for one profile. Lives on the writer's thread, where waiting for the disk hurts nobody.

use super::directory::{self, Opened, TEMPORARY};
use super::frame::{self, Note, Who};
use super::log::Log;
use super::{Header, LARGEST_FILE, LONGEST_TAIL};
use crate::files::{self, Identity};
use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use tempfile::NamedTempFile;

/// A poll without news says so to the file at most this often.
const TOUCH: Duration = Duration::from_secs(30);
/// So many answers are held until it is known who asks. One is usual.
const MOST_EARLY: usize = 16;
/// The largest of them, in bytes; what is left out only makes the file a little older.
const LARGEST_EARLY: usize = 1 << 20;
/// Another dashboard holds the lock for the time of one write.
const LOCK_TRIES: u32 = 25;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// An answer, with what has to be known of it.
#[derive(Debug)]
pub enum Item {
    /// Who is signed in; the body holds no more than may be kept.
    Session { who: Who, body: Vec<u8> },
    /// A page of the whole list.
    Page(Page),
    /// What changed, at this moment.
    Changes { since: String, next: String, body: Vec<u8>, at: SystemTime },
    /// Nothing changed.
    Same { since: String, at: SystemTime },
}

/// A page of the whole list.
#[derive(Debug)]
pub struct Page {
    pub asked: Instant,
    pub came: Instant,
    /// The wall clock's time at which it came.
    pub at: SystemTime,
    pub from: Option<String>,
    pub next: Option<String>,
    pub change_token: Option<String>,
    pub rows: u64,
    pub body: Vec<u8>,
}

/// The roster of one profile on disk.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    path: PathBuf,
    header: Header,
    prepared: bool,
    session: Option<(Who, Vec<u8>)>,
    /// What changed, answered before it was known who asks: it may not be added to somebody else's roster.
    early: Vec<Item>,
    load: Option<Load>,
    /// The index of the file as we left it, to read it again only if somebody else wrote.
    known: Option<(Identity, u64, Log)>,
    touched: Option<Instant>,
}

/// A load of the whole list that is not a roster yet.
#[derive(Debug)]
struct Load {
    temp: NamedTempFile,
    /// When it was begun: later changes are not in it.
    began: SystemTime,
    /// When the last page came. A page that was asked for before is another load's.
    came: Instant,
    /// The token of the page that has to come next; none at the end.
    next: Option<String>,
    pages: u32,
    rows: u64,
    length: u64,
}

impl Store {
    pub fn new(dir: &Path, header: Header) -> Self {
        Self {
            path: dir.join(header.file_name()),
            dir: dir.to_owned(),
            header,
            prepared: false,
            session: None,
            early: Vec::new(),
            load: None,
            known: None,
            touched: None,
        }
    }

    /// Takes in an answer. What does not continue what is there is left out.
    ///
    /// # Errors
    /// It cannot be written. A load is given up then, and the old file stays.
    pub fn take(&mut self, item: Item) -> io::Result<()> {
        let taken = self.prepare().and_then(|()| self.take_in(item));
        if taken.is_err() {
            (self.load, self.known) = (None, None);
        }
        taken
    }

    fn take_in(&mut self, item: Item) -> io::Result<()> {
        match (item, self.session.as_ref().map(|(who, _)| who.clone())) {
            (Item::Session { who, body }, _) => {
                self.session(&who, &body)?;
                std::mem::take(&mut self.early).into_iter().try_for_each(|item| self.take_in(item))
            }
            (Item::Page(page), _) => self.page(&page),
            (Item::Changes { since, next, body, at }, Some(who)) => self.changes(&who, since, next, &body, at),
            (Item::Same { since, at }, Some(who)) => self.same(&who, &since, at),
            (early, None) => {
                let large = matches!(&early, Item::Changes { body, .. } if body.len() > LARGEST_EARLY);
                if !large && self.early.len() < MOST_EARLY {
                    self.early.push(early);
                }
                Ok(())
            }
        }
    }

    /// Gives up what is not finished.
    pub fn give_up(&mut self) {
        self.load = None;
    }

    fn prepare(&mut self) -> io::Result<()> {
        if !self.prepared {
            directory::prepare(&self.dir)?;
            directory::sweep(&self.dir);
            self.prepared = true;
        }
        Ok(())
    }

    fn page(&mut self, page: &Page) -> io::Result<()> {
        if page.from.is_none() {
            self.load = None;
            self.load = Some(Load::begin(&self.dir, &self.path, &self.header, page)?);
        }
        let Some(load) = self.load.as_mut().filter(|load| load.continues(page)) else { return Ok(()) };
        load.add(page)?;
        self.finish()
    }

    /// Makes the load the roster, once its last page and the session are there.
    fn finish(&mut self) -> io::Result<()> {
        let Some((who, body)) = &self.session else { return Ok(()) };
        let Some(load) = self.load.take_if(|load| load.pages > 0 && load.next.is_none()) else { return Ok(()) };
        self.known = None;
        load.end(who, body, &self.path)?;
        files::sync_folder(&self.dir)
    }

    fn session(&mut self, who: &Who, body: &[u8]) -> io::Result<()> {
        self.session = Some((who.clone(), body.to_owned()));
        self.finish()?;
        self.locked(|path, opened, log| {
            if log.who != *who {
                // Another account or technician: what is kept is not theirs, and must not be shown to them.
                return fs::remove_file(path);
            }
            if log.session.fits(body) {
                return Ok(());
            }
            append(opened, log, &Note::Session(who.clone()), body)?;
            // The list is as old as it was.
            opened.file.set_modified(opened.modified)
        })
    }

    fn changes(&mut self, who: &Who, since: String, next: String, body: &[u8], at: SystemTime) -> io::Result<()> {
        self.locked(move |_, opened, log| {
            if log.who != *who {
                return Ok(());
            }
            if log.token.as_ref() == Some(&next) && next != since {
                // The other dashboard was faster.
                return opened.file.set_modified(at);
            }
            if log.token.as_ref() != Some(&since) || log.good - log.base > LONGEST_TAIL {
                return Ok(());
            }
            append(opened, log, &Note::Changes { since, next }, body)?;
            opened.file.set_modified(at)
        })
    }

    fn same(&mut self, who: &Who, since: &str, at: SystemTime) -> io::Result<()> {
        if self.touched.is_some_and(|then| then.elapsed() < TOUCH) {
            return Ok(());
        }
        self.touched = Some(Instant::now());
        self.locked(|_, opened, log| {
            if log.who == *who && log.token.as_deref() == Some(since) { opened.file.set_modified(at) } else { Ok(()) }
        })
    }

    /// Does something to the file while no other dashboard does. Nothing if it is not there, not ours, not good.
    fn locked(&mut self, act: impl FnOnce(&Path, &mut Opened, &mut Log) -> io::Result<()>) -> io::Result<()> {
        // What is wrong with a file is the next start's to say; here it is only not touched.
        let Ok(Some(mut opened)) = directory::open(&self.path, true) else { return Ok(()) };
        if !lock(&opened.file)? || directory::identity(&self.path) != Some(opened.identity) {
            return Ok(());
        }
        // It may have grown before the lock was ours.
        let metadata = opened.file.metadata()?;
        (opened.length, opened.modified) = (metadata.len(), metadata.modified()?);
        let known = self.known.take().filter(|known| (known.0, known.1) == (opened.identity, opened.length));
        let mut log = match known {
            Some((_, _, log)) => log,
            None => match Log::read(&opened.file, opened.length) {
                Ok(log) if log.header == self.header => log,
                _ => return Ok(()),
            },
        };
        act(&self.path, &mut opened, &mut log)?;
        self.known = Some((opened.identity, opened.file.metadata()?.len(), log));
        Ok(())
    }
}

impl Load {
    fn begin(dir: &Path, path: &Path, header: &Header, page: &Page) -> io::Result<Self> {
        let mut prefix = path.file_name().unwrap_or_default().to_owned();
        prefix.push(format!(".{}-", std::process::id()));
        let temp = tempfile::Builder::new().prefix(&prefix).suffix(TEMPORARY).tempfile_in(dir)?;
        // Tells others that it is still written. Where locks do not work, its age has to.
        let _locked = temp.as_file().try_lock();
        let mut load = Self {
            temp,
            began: page.at,
            came: page.came,
            next: None,
            pages: 0,
            rows: 0,
            length: frame::START.len() as u64,
        };
        load.temp.write_all(frame::START)?;
        load.write(&Note::Header(header.clone()), &[])?;
        Ok(load)
    }

    fn continues(&self, page: &Page) -> bool {
        if self.pages == 0 {
            page.from.is_none()
        } else {
            page.from == self.next && page.from.is_some() && page.asked >= self.came
        }
    }

    fn add(&mut self, page: &Page) -> io::Result<()> {
        let (from, next, change_token) = (page.from.clone(), page.next.clone(), page.change_token.clone());
        self.write(&Note::Page { from, next, change_token }, &page.body)?;
        self.next.clone_from(&page.next);
        self.came = page.came;
        self.pages += 1;
        self.rows += page.rows;
        Ok(())
    }

    fn write(&mut self, note: &Note, body: &[u8]) -> io::Result<()> {
        let head = frame::head(note, body)?;
        self.length += (head.len() + body.len()) as u64;
        if self.length > LARGEST_FILE {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the list is too long to be kept"));
        }
        self.temp.write_all(&head)?;
        self.temp.write_all(body)
    }

    /// Every byte is on the disk before it takes the place of the old file.
    fn end(mut self, who: &Who, session: &[u8], path: &Path) -> io::Result<()> {
        self.write(&Note::Session(who.clone()), session)?;
        self.write(&Note::End { pages: self.pages, rows: self.rows }, &[])?;
        self.temp.as_file().set_modified(self.began)?;
        self.temp.as_file().sync_all()?;
        files::put(self.temp, path)
    }
}

/// Adds a record after the last good one, in one write. Not synced: a tail that is cut off is found out.
fn append(opened: &mut Opened, log: &mut Log, note: &Note, body: &[u8]) -> io::Result<()> {
    if log.good < opened.length {
        opened.file.set_len(log.good)?;
    }
    let mut record = frame::head(note, body)?;
    let body_at = log.good + record.len() as u64;
    record.extend_from_slice(body);
    // Where the system does not append by itself.
    opened.file.seek(io::SeekFrom::End(0))?;
    opened.file.write_all(&record)?;
    log.added(note, body_at, body);
    Ok(())
}

/// Whether the file is ours alone now. Waits for another dashboard's write, not for one that was stopped in its midst.
fn lock(file: &File) -> io::Result<bool> {
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            // Not on this file system: the token that each record continues has to do.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}
