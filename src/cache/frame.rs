//! One record of the file: a head that says how long it is and what it is about, and a body.
//!
//! ```text
//!  0          4          8           12          16
//!  │ note len │ body len │ crc(body) │ crc(head) │ note (JSON) │ body │
//! ```
//! The head's sum covers the lengths and the note: nothing is allocated, skipped or believed before it fits.

use super::{Header, LARGEST_BODY};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// What every file begins with, up to the version.
pub const MAGIC: &[u8] = b"mspdash-roster ";
/// What a file of this version begins with. Raise the number whenever the records change.
pub const START: &[u8] = b"mspdash-roster 1\n";

const HEAD: usize = 16;
/// A note holds tokens and ids.
const LONGEST_NOTE: u32 = 64 << 10;

/// What a record is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Whose roster it is; the first record.
    Header(Header),
    /// A page of the list.
    Page {
        /// The token it was asked with; none for the first page.
        from: Option<String>,
        /// The token of the next page; none for the last.
        next: Option<String>,
        /// From where to ask for changes.
        change_token: Option<String>,
    },
    /// Who was signed in.
    Session(Who),
    /// The base is complete.
    End {
        /// How many pages there were.
        pages: u32,
        /// How many rows they held.
        rows: u64,
    },
    Changes {
        /// The token it was asked with.
        since: String,
        /// The token to go on with.
        next: String,
    },
}

/// For whom the server made the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The MSP account.
    pub account: String,
    pub technician: String,
}

/// Where a record is, and what it is about.
#[derive(Debug, Clone)]
pub struct Frame {
    pub note: Note,
    pub body_at: u64,
    pub body_len: u32,
    pub body_crc: u32,
}

impl Frame {
    /// Where the next record begins.
    pub fn end(&self) -> u64 {
        self.body_at + u64::from(self.body_len)
    }

    /// Whether this is the body.
    pub fn fits(&self, body: &[u8]) -> bool {
        u32::try_from(body.len()) == Ok(self.body_len) && crc32fast::hash(body) == self.body_crc
    }
}

/// A record without its body, which follows as it is.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`]: longer than what would be read again.
pub fn head(note: &Note, body: &[u8]) -> io::Result<Vec<u8>> {
    let long = || io::Error::new(io::ErrorKind::InvalidInput, "the answer is too long to be kept");
    let note = serde_json::to_vec(note)?;
    let note_len = u32::try_from(note.len()).ok().filter(|length| *length <= LONGEST_NOTE).ok_or_else(long)?;
    let body_len = u32::try_from(body.len()).ok().filter(|length| *length <= LARGEST_BODY).ok_or_else(long)?;
    let mut head = Vec::with_capacity(HEAD + note.len());
    for number in [note_len, body_len, crc32fast::hash(body)] {
        head.extend_from_slice(&number.to_le_bytes());
    }
    let sum = sum(&head, &note);
    head.extend_from_slice(&sum.to_le_bytes());
    head.extend_from_slice(&note);
    Ok(head)
}

/// Reads the record at `at`, up to its body. `None`: there is none that could be believed before `until`.
///
/// # Errors
/// The file cannot be read.
pub fn read(from: &mut impl Read, at: u64, until: u64) -> io::Result<Option<Frame>> {
    let mut head = [0; HEAD];
    let left = until.saturating_sub(at);
    if left < HEAD as u64 || !whole(from.read_exact(&mut head))? {
        return Ok(None);
    }
    let [note_len, body_len, body_crc, head_crc] = numbers(head);
    let length = HEAD as u64 + u64::from(note_len) + u64::from(body_len);
    if note_len > LONGEST_NOTE || body_len > LARGEST_BODY || length > left {
        return Ok(None);
    }
    let mut note = vec![0; note_len as usize];
    if !whole(from.read_exact(&mut note))? || sum(head.get(..HEAD - 4).unwrap_or_default(), &note) != head_crc {
        return Ok(None);
    }
    let body_at = at + HEAD as u64 + u64::from(note_len);
    Ok(serde_json::from_slice(&note).ok().map(|note| Frame { note, body_at, body_len, body_crc }))
}

/// A file that ends too early is no error of the disk.
fn whole(read: io::Result<()>) -> io::Result<bool> {
    match read {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn numbers(head: [u8; HEAD]) -> [u32; 4] {
    let mut numbers = [0; 4];
    for (number, bytes) in numbers.iter_mut().zip(head.as_chunks::<4>().0) {
        *number = u32::from_le_bytes(*bytes);
    }
    numbers
}

fn sum(lengths: &[u8], note: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(lengths);
    sum.update(note);
    sum.finalize()
}
