//! Who has the keys: computed from overlays and panes, never stored, so that it cannot be wrong.

use crate::app::command::Place;
use crate::app::model::{Model, Pane, Tab};
use crate::app::screen::Screen;

/// Who has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Overlay,
    Search,
    List,
    /// The list, while a search is kept in it that finds something.
    Found,
    /// The list, while it shows what needs attention.
    Attention,
    Company(Tab),
    /// The search line of the tab *People*.
    PeopleSearch,
    /// The search line of the table of usage.
    UsageSearch,
    /// Another screen than the first.
    Screen(Screen),
}

/// Who has the keys.
pub fn focus(model: &Model) -> Focus {
    if model.overlays.is_empty() { below(model) } else { Focus::Overlay }
}

/// Who has the keys once every dialog is closed.
pub fn below(model: &Model) -> Focus {
    if model.screen == Screen::Usage && model.usage.search.open {
        Focus::UsageSearch
    } else if model.screen != Screen::Companies {
        Focus::Screen(model.screen)
    } else if model.pane == Pane::Company && model.tab == Tab::People && model.rows.search.open {
        Focus::PeopleSearch
    } else if model.pane == Pane::Company {
        Focus::Company(model.tab)
    } else if model.list.searching {
        Focus::Search
    } else if model.list.attention.is_some() {
        Focus::Attention
    } else if !model.roster.query().search.trim().is_empty() && !model.roster.shown().is_empty() {
        Focus::Found
    } else {
        Focus::List
    }
}

/// Whether letters are text now, not commands: a line is being typed.
pub fn types_text(model: &Model) -> bool {
    match model.overlays.last() {
        Some(overlay) => overlay.dialog().takes_text(),
        None => matches!(focus(model), Focus::Search | Focus::PeopleSearch | Focus::UsageSearch),
    }
}

impl Focus {
    /// Where commands are looked up for a key, the narrowest place first.
    pub fn places(self) -> &'static [Place] {
        match self {
            Self::Overlay | Self::Search | Self::PeopleSearch | Self::UsageSearch => &[],
            Self::List | Self::Company(Tab::Overview) | Self::Screen(Screen::Companies) => &[Place::Anywhere],
            Self::Found => &[Place::Found, Place::Anywhere],
            Self::Attention => &[Place::Attention, Place::Anywhere],
            Self::Company(Tab::Setup) => &[Place::Setup, Place::Anywhere],
            Self::Company(Tab::People) | Self::Screen(Screen::Recoveries) => &[Place::People, Place::Anywhere],
            Self::Company(Tab::Vaults) => &[Place::Vaults, Place::Anywhere],
            Self::Company(Tab::Usage) | Self::Screen(Screen::Usage) => &[Place::Usage, Place::Anywhere],
            Self::Company(Tab::Activity) | Self::Screen(Screen::Activity) => &[Place::Activity, Place::Anywhere],
            Self::Screen(Screen::Links) => &[Place::Links, Place::Anywhere],
            Self::Screen(Screen::Tasks) => &[Place::Tasks, Place::Anywhere],
        }
    }
}
