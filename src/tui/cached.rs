//! Passes the cached roster of an account to the core, in chunks.

use crate::app::msg::Restored;
use crate::cache::{Header, Restore, SetAside};
use crate::runtime::{CacheReader, Chunk};
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
    fn next(&mut self) -> Option<Chunk> {
        if let Self::Closed { dir, header } = self {
            *self = match Restore::open(dir, header) {
                Ok(Some(restore)) => Self::Open(Box::new(restore)),
                Ok(None) => Self::Over,
                Err(aside) => {
                    *self = Self::Over;
                    return Some(Box::new(|| set_aside(aside)));
                }
            };
        }
        let Self::Open(restore) = self else { return None };
        match restore.next_kept() {
            Some(Ok(kept)) => Some(Box::new(move || match kept.read() {
                Ok(answer) => Restored::Part(vec![answer]),
                Err(aside) => set_aside(aside),
            })),
            Some(Err(aside)) => {
                *self = Self::Over;
                Some(Box::new(|| set_aside(aside)))
            }
            None => {
                let (token, at, reload) = (restore.change_token.clone(), restore.good_at, restore.reload);
                *self = Self::Over;
                Some(Box::new(move || Restored::End { token: token.filter(|_| !reload), at }))
            }
        }
    }
}

fn set_aside(aside: SetAside) -> Restored {
    tracing::warn!(?aside, "the kept companies cannot be used");
    Restored::SetAside(aside.defect)
}
