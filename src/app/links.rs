//! Screen 2: accounts that are being linked, and the dialog that takes a confirmation link.

use super::line::Line;
use super::remote::Remote;
use crate::domain::id::LinkId;
use crate::domain::link::LinkRequest;

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinksPane {
    /// The requests, newest first.
    pub list: Remote<Vec<LinkRequest>>,
    /// The request under the cursor.
    pub cursor: Option<LinkId>,
}

/// The dialog that takes a confirmation link.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkDialog {
    /// What is pasted or typed.
    pub line: Line,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The list.
    List,
    /// A link is being accepted.
    Accept,
    /// A link is being cancelled.
    Cancel(LinkId),
}

impl Wait {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(&self) -> bool {
        !matches!(self, Self::List)
    }
}

impl LinksPane {
    /// The request under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&LinkRequest> {
        let list = self.list.value()?;
        match &self.cursor {
            Some(id) => list.iter().find(|link| link.id == *id),
            None => list.first(),
        }
    }
}
