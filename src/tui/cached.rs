//! Passes the cached roster of an account to the core, in chunks.

use crate::app::msg::Restored;
use crate::cache::{Header, Restore, SetAside};
use crate::runtime::CacheReader;
use std::path::PathBuf;

pub(super) enum Reader {
    Closed {
        dir: PathBuf,
        header: Header,
    },
    Open(Box<Restore>),
    /// The end was reached, or there is nothing.
    Over,
}

impl CacheReader for Reader {
    fn next(&mut self) -> Restored {
        if let Self::Closed { dir, header } = self {
            *self = match Restore::open(dir, header) {
                Ok(Some(restore)) => Self::Open(Box::new(restore)),
                Ok(None) => Self::Over,
                Err(aside) => return self.set_aside(aside),
            };
        }
        let Self::Open(restore) = self else { return Restored::Nothing };
        match restore.next() {
            Some(Ok(answer)) => Restored::Part(vec![answer]),
            Some(Err(aside)) => self.set_aside(aside),
            None => {
                let (token, at, reload) = (restore.change_token.clone(), restore.good_at, restore.reload);
                *self = Self::Over;
                Restored::End { token: token.filter(|_| !reload), at }
            }
        }
    }
}

impl Reader {
    fn set_aside(&mut self, aside: SetAside) -> Restored {
        *self = Self::Over;
        tracing::warn!(?aside, "the kept companies cannot be used");
        Restored::SetAside(aside.flaw)
    }
}
