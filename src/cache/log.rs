//! What a file holds, found by going from head to head; bodies of the base are not read for that.

use super::frame::{self, Frame, Note, Who};
use super::{Header, LONG_TAIL, SHORT_TAIL};
use crate::domain::cached::CacheDefect;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// More records than this are no roster: the index of a file must not outgrow it.
const MOST_RECORDS: usize = 100_000;

/// The index of a file.
#[derive(Debug)]
pub struct Log {
    pub header: Header,
    /// The newest one.
    pub session: Frame,
    /// For whom the server made the list.
    pub who: Who,
    pub pages: Vec<Frame>,
    pub changes: Vec<Frame>,
    /// Rows in the pages.
    pub rows: u64,
    /// From where to ask for changes.
    pub token: Option<String>,
    /// Where the tail begins.
    pub base: u64,
    /// Up to where it is good. What follows is a write that was cut off, or one that is just being made.
    pub good: u64,
}

impl Log {
    /// Reads the index of a file of this length.
    ///
    /// # Errors
    /// [`CacheDefect::Damaged`] and [`CacheDefect::OtherVersion`] for its base, [`CacheDefect::Unreadable`] if the disk fails.
    pub fn read(file: &File, length: u64) -> Result<Self, CacheDefect> {
        let unreadable = |error: io::Error| CacheDefect::Unreadable(error.to_string());
        let mut reader = Reader { from: BufReader::with_capacity(16 << 10, file), at: 0, until: length };
        reader.start()?;
        let mut base = Base::default();
        let mut log = loop {
            let frame = reader.next().map_err(unreadable)?.ok_or(CacheDefect::Damaged)?;
            reader.pass(&frame).map_err(unreadable)?;
            if let Note::End { pages, rows } = frame.note {
                break base.end(pages, rows, frame.end())?;
            }
            base.take(frame)?;
        };
        while let Some(frame) = reader.next().map_err(unreadable)? {
            if !reader.body_fits(&frame).map_err(unreadable)? || !log.take(frame) {
                break;
            }
        }
        Ok(log)
    }

    /// Whether so much changed that the list had better be loaded anew.
    pub fn is_long(&self) -> bool {
        let tail = self.good - self.base;
        tail > LONG_TAIL || tail > SHORT_TAIL.max(self.base / 4)
    }

    /// A record was written after the last good one.
    pub fn added(&mut self, note: &Note, body_at: u64, body: &[u8]) {
        let body_len = u32::try_from(body.len()).unwrap_or(u32::MAX);
        let frame = Frame { note: note.clone(), body_at, body_len, body_crc: crc32fast::hash(body) };
        self.take(frame);
    }

    /// Takes in a record of the tail; `false` if it does not continue what is there.
    fn take(&mut self, frame: Frame) -> bool {
        let end = frame.end();
        match &frame.note {
            Note::Changes { since, next } if self.token.as_ref() == Some(since) => {
                self.token = Some(next.clone());
                self.changes.push(frame);
            }
            Note::Session(who) if *who == self.who => self.session = frame,
            _ => return false,
        }
        self.good = end;
        self.changes.len() < MOST_RECORDS
    }
}

/// The base, as far as it is read.
#[derive(Default)]
struct Base {
    header: Option<Header>,
    session: Option<(Frame, Who)>,
    pages: Vec<Frame>,
    token: Option<String>,
    /// The token of the page that has to come next; none before the first and after the last.
    next: Option<String>,
}

impl Base {
    fn take(&mut self, frame: Frame) -> Result<(), CacheDefect> {
        match &frame.note {
            Note::Header(header) if self.header.is_none() => self.header = Some(header.clone()),
            Note::Session(who) if self.header.is_some() && self.session.is_none() => {
                self.session = Some((frame.clone(), who.clone()));
            }
            Note::Page { from, next, change_token } if self.header.is_some() => {
                // After the last page there is no next one, and none continues from nothing but the first.
                let continues = if self.pages.is_empty() { from.is_none() } else { from.is_some() };
                if !continues || *from != self.next || self.pages.len() >= MOST_RECORDS {
                    return Err(CacheDefect::Damaged);
                }
                self.next.clone_from(next);
                // As the dashboard does: that of the first page, so that nothing is missed while the others came.
                if self.token.is_none() {
                    self.token.clone_from(change_token);
                }
                self.pages.push(frame);
            }
            _ => return Err(CacheDefect::Damaged),
        }
        Ok(())
    }

    fn end(self, pages: u32, rows: u64, end: u64) -> Result<Log, CacheDefect> {
        let complete = u32::try_from(self.pages.len()) == Ok(pages) && pages > 0 && self.next.is_none();
        let (Some(header), Some((session, who)), true) = (self.header, self.session, complete) else {
            return Err(CacheDefect::Damaged);
        };
        let changes = Vec::new();
        Ok(Log { header, session, who, pages: self.pages, changes, rows, token: self.token, base: end, good: end })
    }
}

struct Reader<'a> {
    from: BufReader<&'a File>,
    at: u64,
    until: u64,
}

impl Reader<'_> {
    /// Passes over what every file begins with.
    fn start(&mut self) -> Result<(), CacheDefect> {
        let mut start = Vec::new();
        self.from
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.from.by_ref().take(frame::START.len() as u64).read_to_end(&mut start))
            .map_err(|error| CacheDefect::Unreadable(error.to_string()))?;
        self.at = frame::START.len() as u64;
        match start {
            _ if start == frame::START => Ok(()),
            // A version that is cut short is none.
            _ if start.starts_with(frame::MAGIC) && !frame::START.starts_with(&start) => Err(CacheDefect::OtherVersion),
            _ => Err(CacheDefect::Damaged),
        }
    }

    fn next(&mut self) -> io::Result<Option<Frame>> {
        let frame = frame::read(&mut self.from, self.at, self.until)?;
        if let Some(frame) = &frame {
            self.at = frame.end();
        }
        Ok(frame)
    }

    fn pass(&mut self, frame: &Frame) -> io::Result<()> {
        self.from.seek_relative(i64::from(frame.body_len))
    }

    fn body_fits(&mut self, frame: &Frame) -> io::Result<bool> {
        let mut body = Vec::new();
        self.from.by_ref().take(u64::from(frame.body_len)).read_to_end(&mut body)?;
        Ok(frame.fits(&body))
    }
}
