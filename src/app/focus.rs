//! Who has the keys: computed from overlays and panes, never stored, so that it cannot be wrong.

use super::command::Place;
use super::model::{Model, Pane, Tab};

/// Who has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The top dialog or menu.
    Overlay,
    /// The search line.
    Search,
    /// The list.
    List,
    /// A tab of the company.
    Company(Tab),
}

/// Who has the keys.
#[must_use]
pub fn focus(model: &Model) -> Focus {
    if !model.overlays.is_empty() {
        Focus::Overlay
    } else if model.pane == Pane::Company {
        Focus::Company(model.tab)
    } else if model.list.searching {
        Focus::Search
    } else {
        Focus::List
    }
}

impl Focus {
    /// Where commands are looked up for a key, the narrowest place first.
    #[must_use]
    pub fn places(self) -> &'static [Place] {
        match self {
            Self::Overlay | Self::Search => &[],
            Self::List | Self::Company(Tab::Overview | Tab::People) => &[Place::Anywhere],
            Self::Company(Tab::Setup) => &[Place::Setup, Place::Anywhere],
        }
    }
}
