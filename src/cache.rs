//! The last known roster of each profile, on disk: the next start shows it at once, and an offline one too.
//!
//! One file per profile holds the answers of the server as they came: the session, the pages of the whole list, then
//! what changed since. They are [restored](Restore) with the decoder of the live client, so there is one reading of the
//! contract and nothing to keep in step with it.
//!
//! ```text
//!  mspdash-roster 1 ⏎ │ header │ page │ page │ … │ session │ end │ changes │ changes │ …
//!  └──────── base: a temporary file, synced, then renamed ──────┘ └─ tail: appended ─┘
//! ```
//!
//! - **Whole or not at all.** A load becomes a file when its last page and the session are there; until then the old
//!   file stays. A write that was cut off can only hurt the tail, and the tail is good up to its first bad record:
//!   each holds the token that it continues and the one it ends with.
//! - **Two dashboards at once.** Temporary files are their own; renaming is atomic; changes are appended under a lock,
//!   only to a file whose last token is the one they were asked with.
//! - **The time of the file** is when the list was last known to be the server's. It is all that a poll without
//!   news touches.
//! - **Nobody else's eyes.** Files are 0600 in a 0700 directory. What is a link, belongs to somebody else, is open to
//!   others, or is damaged is [set aside](SetAside), never followed, never a failed start.
//! - **No secrets.** Requests are not written, so no token and no client secret is. Of the session only what the
//!   contract names is, without the address of the owners' desk. Launch addresses and confirmation links are in other
//!   answers, which are not kept.
//!
//! Not a table of `SQLite`, which the sample's server brings along: with 10,000 companies (8.2 MB) a start reads the file
//! in 2 ms where the table takes 13 of the 60 that it may take, a poll adds its changes in 0.1 ms and not in 5, with one
//! write and no journal beside it, and a table has no sums by which it would find out about damage.
//!
//! The network never waits for the disk: one thread, `cache`, writes for all profiles. What it cannot take in time is
//! left out, and the file stays as it was.

mod directory;
mod frame;
mod log;
mod recorder;
mod restore;
mod store;
mod writer;

pub use directory::{SetAside, Usage, forget, usage};
pub use recorder::Recorder;
pub use restore::{Record, Restore};

use crate::domain::id::{AccountId, ProfileId};
use serde::{Deserialize, Serialize};
use url::Url;

/// A larger file is no roster: a million companies are about 1 GB, and are not kept.
const LARGEST_FILE: u64 = 512 << 20;
/// The largest body that is kept: the largest that the client reads.
const LARGEST_BODY: u32 = 64 << 20;
/// More changes than this are loaded anew at the next start.
const LONG_TAIL: u64 = 4 << 20;
/// So are those of a short list, which is loaded in no time.
const SHORT_TAIL: u64 = 64 << 10;
/// No changes are added to more than this.
const LONGEST_TAIL: u64 = 16 << 20;

/// Whose roster it is. A file whose header differs in anything is another account's, and is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    profile: String,
    base_url: String,
    client_id: String,
    account: Option<String>,
}

impl Header {
    /// `account` is the one that the profile names, if it does. Of the address nothing is taken that could be a
    /// secret: no user, no password, no query.
    pub fn new(profile: &ProfileId, base_url: &Url, client_id: &str, account: Option<&AccountId>) -> Self {
        let mut base_url = base_url.clone();
        // Fails for addresses without a host only, which can hold neither.
        let _without = (base_url.set_username(""), base_url.set_password(None));
        base_url.set_query(None);
        base_url.set_fragment(None);
        Self {
            profile: profile.as_str().to_owned(),
            base_url: base_url.into(),
            client_id: client_id.to_owned(),
            account: account.map(|account| account.as_str().to_owned()),
        }
    }

    /// The name of the file: something of the profile's name for people, the rest to tell profiles apart.
    fn file_name(&self) -> String {
        let mut all = crc32fast::Hasher::new();
        for part in [&self.profile, &self.base_url, &self.client_id, self.account.as_deref().unwrap_or_default()] {
            all.update(part.as_bytes());
            all.update(&[0]);
        }
        format!("{}-{:08x}{}", directory::plain(&self.profile), all.finalize(), directory::ENDING)
    }
}

#[cfg(test)]
mod tests;
