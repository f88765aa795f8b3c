//! The one table of commands. Hint bar, help, palette, key map, read-only mode and the README's key table all
//! come from it; a command that is not here does not exist.

use super::key::Key;
use super::model::Model;
use crate::domain::session::Permission;

mod ready;
mod table;
#[cfg(test)]
mod tests;

pub use ready::Why;
pub use table::TABLE;

/// Everything a person can tell the dashboard to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Open the selected company.
    Open,
    /// Sign in to the company in the browser.
    Launch,
    /// Launch at the place where the selected set-up step is done.
    LaunchStep,
    /// Launch at *People*, to make somebody an owner.
    AddOwner,
    /// Unlink the company.
    Unlink,
    /// Move the selected step on.
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
    /// Down one page.
    PageDown,
    /// Up one page.
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
    /// Which command.
    pub command: Command,
    /// Its name in key maps and logs, e.g. `company.unlink`.
    pub id: &'static str,
    /// Default keys, as [`Key`] reads them; the first is shown in hints.
    pub keys: &'static [&'static str],
    /// Where the keys work.
    pub place: Place,
    /// What it may do to the world.
    pub danger: Danger,
    /// Under which heading help lists it.
    pub group: Group,
    /// How early it stands in the hint bar; 0 is never.
    pub hint: u8,
}

/// Where the keys of a command work. The narrower place wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everywhere outside dialogs.
    Anywhere,
    /// In the tab *Setup* of a company.
    Setup,
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
    /// Narrowing and ordering the list.
    List,
    /// Getting about.
    Move,
    /// The program.
    General,
}

impl Group {
    /// In the order of the help.
    pub const ALL: [Self; 4] = [Self::Company, Self::List, Self::Move, Self::General];
}

impl Command {
    /// What the technician must be allowed to do (support page *technician permissions*).
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Launch | Self::LaunchStep | Self::AddOwner => Some(Permission::Launch),
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
    pub fn ready(self, model: &Model) -> Result<(), Why> {
        ready::ready(self, model)
    }

    /// Whether this technician may run it at all, whatever is selected: asked again when a dialog that was
    /// opened earlier sends.
    ///
    /// # Errors
    /// The reason.
    pub fn permitted(self, model: &Model) -> Result<(), Why> {
        ready::permitted(self, model)
    }
}

/// Which keys mean which command.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    bound: Vec<(Command, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |row: &Row| row.keys.iter().filter_map(|key| key.parse().ok()).collect();
        Self { bound: TABLE.iter().map(|row| (row.command, keys(row))).collect() }
    }
}

impl Keymap {
    /// The command that the key means in any of these places, the first place first.
    #[must_use]
    pub fn command(&self, places: &[Place], key: Key) -> Option<Command> {
        places.iter().find_map(|place| {
            let here = |command: Command| command.row().place == *place;
            self.bound.iter().find(|(command, keys)| here(*command) && keys.contains(&key)).map(|(command, _)| *command)
        })
    }

    /// The keys of a command; the first is the one to show.
    #[must_use]
    pub fn keys(&self, command: Command) -> &[Key] {
        self.bound.iter().find(|(bound, _)| *bound == command).map_or(&[], |(_, keys)| keys)
    }

    /// Binds a command to other keys; no keys at all is allowed, the palette still has it.
    pub fn bind(&mut self, command: Command, keys: Vec<Key>) {
        for (bound, old) in &mut self.bound {
            if *bound == command {
                *old = keys;
                return;
            }
        }
    }
}
