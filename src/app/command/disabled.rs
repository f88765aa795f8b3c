//! Why a command cannot run now: one answer for what is shown as disabled and for what is refused when pressed.

use crate::app::features::people::PeopleDisabledReason;
use crate::app::screen::Screen;
use crate::domain::session::Permission;
use jiff::Timestamp;

/// Why a command cannot run now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisabledReason {
    NoCompany,
    NothingHere,
    /// Read-only mode.
    ReadOnly,
    /// The technician's role may only look.
    ViewOnly,
    NotPermitted(Permission),
    /// Not signed in yet.
    NotSignedIn,
    /// The server does not let this technician in, or not for this.
    NotLetIn,
    /// What is shown is from an earlier run, of this moment: nothing is destroyed on its word.
    NotFresh(Option<Timestamp>),
    /// It is unlinked already; since when, and until when the trial runs.
    AlreadyUnlinked {
        trial_end: Option<Timestamp>,
    },
    /// No step is selected, or the checklist is not there yet.
    NoStep,
    UnderWay,
    /// A count was typed before the key, and it does nothing so many times.
    NoCount,
    /// Nothing narrows or orders the list.
    NothingToClear,
    /// The list has no order of its own to turn round.
    NotSorted,
    NoneUnlinked,
    /// It belongs to a line of what needs attention.
    OnlyInAttention,
    /// That is not why the company needs attention.
    NotItsReason,
    NothingFailed,
    OnlyInList,
    /// No company is open.
    OnlyInCompany,
    /// Nobody was here before.
    FirstVisit,
    /// There is no other place to go back or forward to.
    NoPlace,
    /// The window has less than so many columns.
    Narrow(u16),
    NothingMarked,
    /// Nothing of this company needs attention.
    NoAttention,
    /// Nothing was changed that could be taken back.
    NothingToUndo,
    NoLink,
    LinkOver,
    /// The companies are invented: nothing real is imported among them or seen of them.
    SampleWorkspace,
    /// There is no page for an Owner: only the sample workspace has one.
    NoOwnerPage,
    PeopleAction(PeopleDisabledReason),
    /// Only the web console shows the usage of this workspace.
    UsageElsewhere,
    /// It belongs to this screen, or to the tab of the same name.
    OnlyOn(Screen),
}

impl From<PeopleDisabledReason> for DisabledReason {
    fn from(reason: PeopleDisabledReason) -> Self {
        Self::PeopleAction(reason)
    }
}
