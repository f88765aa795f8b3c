//! Commands, each one row of one table (`table.rs`): hint bar, help, palette, key map, read-only mode and the README's key
//! table come from it. To add a command is to add its row, the functions that the row names, and its texts.

use super::ctx::Ctx;
use super::model::Model;
use crate::domain::id::ProfileId;
use crate::domain::session::Permission;

mod disabled;
mod keymap;
mod permission;
mod table;
mod target;
#[cfg(test)]
mod tests;

pub use disabled::DisabledReason;
pub use keymap::{Binding, BindingProblem, Keymap, Meaning, Preset, RejectedBinding};
pub use permission::{permitted_among, permitted_in};
pub use table::{Command, TABLE};
pub use target::{Scope, Target};

/// Whether a command can run, and if not, why.
pub type Enabled = fn(&Model) -> Result<(), DisabledReason>;
/// What a command does. Whether it can has been asked before.
pub type Run = fn(&mut Ctx<'_>);

/// One command as the table describes it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub command: Command,
    /// Its name in key maps and logs, e.g. `company.unlink`.
    pub id: &'static str,
    /// Default keys, as [`Key`](super::key::Key) reads them; the first is shown in hints.
    pub keys: &'static [&'static str],
    pub group: Group,
    /// Where the keys work.
    pub place: Place,
    pub danger: Danger,
    /// What the technician must be allowed to do (support page *technician permissions*).
    pub needs: Option<&'static Permission>,
    /// How early it stands in the hint bar; 0 is never.
    pub hint: u8,
    /// How many companies it can be about.
    pub scope: Scope,
    /// The account that it is about; none: any of them.
    pub account: fn(&Model) -> Option<ProfileId>,
    pub enabled: Enabled,
    pub run: Run,
    /// What it does to the marked companies, where it can be about them.
    pub run_marked: Option<Run>,
    /// A count before its key does it so many times: movements only, never what changes anything.
    pub repeats: bool,
}

/// Where the keys of a command work. The narrower place wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everywhere outside dialogs.
    Anywhere,
    /// In the list, while a search is kept in it.
    Found,
    /// In the list, while it shows what needs attention.
    Attention,
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
    Links,
    /// On the screen of tasks.
    Tasks,
}

/// What a command may do to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger {
    Reads,
    /// Changes something that can be changed back.
    Writes,
    /// Cannot be undone from here.
    Destroys,
}

/// Headings of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Company,
    People,
    List,
    Marks,
    Screens,
    Links,
    Usage,
    Move,
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
    /// Whether it can run now.
    pub fn ready(self, model: &Model) -> Result<(), DisabledReason> {
        self.permitted(model)?;
        match self.target(model) {
            // Which of them are left out, and why, is listed by name before anything is done.
            Target::Marked(_) => Ok(()),
            _ => (self.row().enabled)(model),
        }
    }

    /// Whether this technician may run it at all, whatever is selected: of the account that it is about, or of any
    /// where it may be about several.
    pub fn permitted(self, model: &Model) -> Result<(), DisabledReason> {
        if self.row().danger == Danger::Reads {
            return Ok(());
        }
        permitted_among(self, model, &permission::accounts_concerned(self, model))
    }

    /// Whether this technician may run it in this account, whatever is selected: asked again when a dialog that was
    /// opened earlier sends.
    pub fn permitted_in(self, model: &Model, profile: &ProfileId) -> Result<(), DisabledReason> {
        permitted_in(self, model, profile)
    }
}
