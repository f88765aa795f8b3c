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
//! The network never waits for the disk: one thread, `cache`, writes for all profiles. What it cannot take in time is
//! left out, and the file stays as it was.
//!
//! # Example
//! ```
//! use mspdash::cache::{Header, Keeper, Recall};
//! use mspdash::domain::{id::ProfileId, request::Answer};
//! use std::{sync::Arc, time::Duration};
//!
//! # let place = tempfile::tempdir()?;
//! # let dir = place.path();
//! # let base_url = "https://msp.example".parse()?;
//! let header = Header::new(&ProfileId::new("europe"), &base_url, "client-7", None);
//! // In `spawn_blocking`: an answer at a time goes to the screen.
//! match Recall::open(dir, &header) {
//!     Ok(Some(recall)) => {
//!         println!("{} companies of {}", recall.companies, recall.good_at);
//!         for answer in recall {
//!             match answer {
//!                 Ok(Answer::Session(session)) => println!("{}", session.account.name),
//!                 Ok(Answer::Page(page)) => println!("{} rows", page.companies.len()),
//!                 Ok(Answer::Changes(changes)) => println!("{} gone", changes.removed.len()),
//!                 Ok(_) => {}
//!                 Err(aside) => println!("{aside:?}: what came so far is no whole list"),
//!             }
//!         }
//!     }
//!     Ok(None) => println!("nothing is kept yet"),
//!     Err(aside) => println!("{aside:?}"),
//! }
//!
//! let keeper = Arc::new(Keeper::open(dir, header));
//! // let client = Client::new(endpoint)?.keeping(keeper.clone());
//! keeper.flush(Duration::from_millis(200));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod frame;
mod keeper;
mod log;
mod place;
mod restore;
mod store;
mod writer;

pub use keeper::Keeper;
pub use place::{SetAside, Usage, forget, usage};
pub use restore::Restore;

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
    #[must_use]
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
        format!("{}-{:08x}{}", place::plain(&self.profile), all.finalize(), place::ENDING)
    }
}

#[cfg(test)]
mod tests;
