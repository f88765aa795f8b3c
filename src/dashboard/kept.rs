//! Between the cache and the core: what was kept of an account, handed over a stretch at a time.

use crate::app::msg::Recalled;
use crate::cache::{Header, Recall, SetAside};
use crate::shell::Kept;
use std::path::PathBuf;

/// Reads what is kept of one account.
pub(super) enum Reader {
    /// Nothing was read yet.
    Closed { dir: PathBuf, header: Header },
    /// Answers are still to come.
    Open(Box<Recall>),
    /// All was read, or there is nothing.
    Over,
}

impl Kept for Reader {
    fn next(&mut self) -> Recalled {
        if let Self::Closed { dir, header } = self {
            *self = match Recall::open(dir, header) {
                Ok(Some(recall)) => Self::Open(Box::new(recall)),
                Ok(None) => Self::Over,
                Err(aside) => return self.set_aside(aside),
            };
        }
        let Self::Open(recall) = self else { return Recalled::Nothing };
        match recall.next() {
            Some(Ok(answer)) => Recalled::Part(vec![answer]),
            Some(Err(aside)) => self.set_aside(aside),
            None => {
                let (token, at, reload) = (recall.change_token.clone(), recall.good_at, recall.reload);
                *self = Self::Over;
                Recalled::End { token: token.filter(|_| !reload), at }
            }
        }
    }
}

impl Reader {
    fn set_aside(&mut self, aside: SetAside) -> Recalled {
        *self = Self::Over;
        tracing::warn!(?aside, "the kept companies cannot be used");
        Recalled::SetAside(aside.flaw)
    }
}
