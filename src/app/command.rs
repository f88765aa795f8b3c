//! The one table of commands. Hint bar, help, palette, key map, read-only mode and the README's key table all
//! come from it; a command that is not here does not exist.

use crate::app::model::Model;
use crate::domain::id::ProfileId;
use crate::domain::session::Permission;

mod keymap;
mod ready;
mod table;
mod target;
#[cfg(test)]
mod tests;

pub use keymap::{Binding, BindingProblem, Keymap, RejectedBinding};
pub use ready::DisabledReason;
pub use table::TABLE;
pub use target::{Scope, Target};

/// Everything a person can tell the dashboard to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Open the selected company.
    Open,
    /// Sign in to the company in the browser.
    Launch,
    /// Launch at the place where the selected set-up step is done.
    LaunchStep,
    /// Show the company's people, to make somebody an owner.
    AddOwner,
    /// Unlink the company.
    Unlink,
    /// Choose the state of the selected step.
    ToggleStep,
    /// Write a note on the selected step.
    EditNote,
    /// Search in the list.
    Search,
    /// Choose the order of the list.
    Sort,
    /// Turn the order round.
    Reverse,
    /// Choose what the list shows.
    Filter,
    /// Narrow everything to one MSP account, or show all again.
    Accounts,
    /// Drop search, order and filters.
    ClearAll,
    /// Ask the server for news.
    Refresh,
    /// Copy the name, or the selected field.
    Copy,
    /// Copy the company's id.
    CopyId,
    /// Next tab of the company.
    NextTab,
    /// Previous tab of the company.
    PreviousTab,
    /// Add a company, or link an existing account.
    NewCompany,
    /// Change name, website, address, tags, note, external id and seat limit.
    EditCompany,
    /// Add or take away tags of the company, or of the marked ones.
    Tag,
    /// Set the company's attention aside for a while.
    Snooze,
    /// Mark the company, or take its mark away.
    Mark,
    /// Mark every company that is shown.
    MarkAll,
    /// Take every mark away.
    Unmark,
    /// Do something with all marked companies.
    Bulk,
    /// Write the marked companies, or the shown ones, to a file.
    Export,
    /// Show what needs attention, most urgent first.
    Urgent,
    /// Search among the company's people.
    FindPerson,
    /// Add the person to the Owners group.
    MakeOwner,
    /// Add the person to the Administrators group.
    MakeAdministrator,
    /// Take the person out of Owners or Administrators.
    TakeAway,
    /// Suspend the person, or reactivate them.
    Suspend,
    /// Begin a recovery, or complete one that waits for us.
    Recover,
    CancelRecovery,
    /// Launch to the vault.
    ViewVault,
    /// Give myself access to the vault.
    GrantVault,
    /// Accept a confirmation link.
    AcceptLink,
    /// Cancel a link request.
    CancelLink,
    /// Open the page where an Owner of the company answers.
    OwnerPage,
    /// Choose the period of the usage.
    Period,
    /// Choose the order of the usage table.
    UsageSort,
    /// Turn the order of the usage table round.
    UsageReverse,
    /// Choose what the activity shows.
    ActivityFilter,
    /// Show all activity.
    ActivityClear,
    ShowCompanies,
    /// Show the link requests.
    ShowLinks,
    /// Show open recoveries.
    ShowRecoveries,
    ShowUsage,
    ShowActivity,
    /// Take the last change back.
    Undo,
    /// Other pane.
    NextPane,
    /// Down one row.
    Down,
    /// Up one row.
    Up,
    /// First row.
    Top,
    /// Last row.
    Bottom,
    PageDown,
    PageUp,
    /// Back one layer.
    Back,
    /// The last failure in full.
    Details,
    /// All commands, to choose from.
    Palette,
    /// All commands, to read.
    Help,
    /// End.
    Quit,
}

/// One command as the table describes it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub command: Command,
    /// Its name in key maps and logs, e.g. `company.unlink`.
    pub id: &'static str,
    /// Default keys, as [`Key`](crate::app::key::Key) reads them; the first is shown in hints.
    pub keys: &'static [&'static str],
    /// Where the keys work.
    pub place: Place,
    /// What it may do to the world.
    pub danger: Danger,
    /// Under which heading help lists it.
    pub group: Group,
    /// How early it stands in the hint bar; 0 is never.
    pub hint: u8,
    /// How many companies it can be about.
    pub scope: Scope,
}

/// Where the keys of a command work. The narrower place wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everywhere outside dialogs.
    Anywhere,
    /// In the tab *Setup* of a company.
    Setup,
    /// In the tab *People* of a company, and on the screen of recoveries.
    People,
    /// In the tab *Vaults* of a company.
    Vaults,
    /// In the tab *Usage* of a company, and on the screen of the same name.
    Usage,
    /// In the tab *Activity* of a company, and on the screen of the same name.
    Activity,
    /// On the screen of link requests.
    Links,
}

/// What a command may do to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger {
    /// Looks only.
    Reads,
    /// Changes something that can be changed back.
    Writes,
    /// Cannot be taken back from here.
    Destroys,
}

/// Headings of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What is done to a company.
    Company,
    /// What is done to people, recoveries and vaults.
    People,
    /// Narrowing and ordering the list.
    List,
    /// Marks, and what is done to many at once.
    Marks,
    /// Link requests.
    Links,
    /// Usage and activity.
    Usage,
    /// The five screens.
    Screens,
    /// Getting about.
    Move,
    /// The program.
    General,
}

impl Group {
    /// In the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Company,
        Self::People,
        Self::List,
        Self::Marks,
        Self::Screens,
        Self::Links,
        Self::Usage,
        Self::Move,
        Self::General,
    ];
}

impl Command {
    /// What the technician must be allowed to do (support page *technician permissions*).
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Launch | Self::LaunchStep | Self::ViewVault => Some(Permission::Launch),
            Self::NewCompany => Some(Permission::Add),
            Self::AcceptLink | Self::CancelLink => Some(Permission::Link),
            Self::EditCompany | Self::Tag | Self::Snooze => Some(Permission::Edit),
            Self::MakeOwner | Self::MakeAdministrator | Self::TakeAway | Self::Suspend => Some(Permission::People),
            Self::Recover | Self::CancelRecovery => Some(Permission::Recover),
            Self::GrantVault => Some(Permission::Vaults),
            Self::Unlink => Some(Permission::Unlink),
            Self::ToggleStep | Self::EditNote => Some(Permission::Setup),
            _ => None,
        }
    }

    /// Its row of the table.
    #[must_use]
    pub fn row(self) -> &'static Row {
        // The table names every command, in any order; a test holds that. The first row is the way out of a
        // case that cannot be.
        TABLE.iter().find(|row| row.command == self).unwrap_or(&TABLE[0])
    }

    /// Whether it can run now, and if not, why.
    ///
    /// # Errors
    /// The reason, to be shown where the command is shown.
    pub fn ready(self, model: &Model) -> Result<(), DisabledReason> {
        ready::ready(self, model)
    }

    /// Whether this technician may run it at all, whatever is selected: asked again when a dialog that was
    /// opened earlier sends.
    ///
    /// # Errors
    /// The reason.
    pub fn permitted(self, model: &Model) -> Result<(), DisabledReason> {
        ready::permitted(self, model)
    }

    /// Whether this technician may run it in any of these accounts; else the reason of the first.
    ///
    /// # Errors
    /// Why not.
    pub fn permitted_among<'a>(
        self,
        model: &Model,
        profiles: impl IntoIterator<Item = &'a ProfileId>,
    ) -> Result<(), DisabledReason> {
        ready::permitted_among(self, model, profiles)
    }

    /// Whether this technician may run it in this account, whatever is selected.
    ///
    /// # Errors
    /// Why not.
    pub fn permitted_in(self, model: &Model, profile: &ProfileId) -> Result<(), DisabledReason> {
        ready::permitted_in(self, model, profile)
    }
}
