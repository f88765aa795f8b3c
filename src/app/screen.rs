//! The screens.

use crate::app::command::Command;

/// What fills the screen between header and hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screen {
    /// 1: the list of companies and the company.
    #[default]
    Companies,
    /// 2: accounts that are being linked.
    Links,
    /// 3: open recoveries over all companies.
    Recoveries,
    /// 4: seats over all companies.
    Usage,
    /// 5: who did what.
    Activity,
    /// 6: work in the web console; of REAL workspaces.
    Tasks,
}

impl Screen {
    /// All, in the order of their number keys.
    pub const ALL: [Self; 6] =
        [Self::Companies, Self::Links, Self::Recoveries, Self::Usage, Self::Activity, Self::Tasks];

    /// The command that shows it.
    pub fn command(self) -> Command {
        match self {
            Self::Companies => Command::ShowCompanies,
            Self::Links => Command::ShowLinks,
            Self::Recoveries => Command::ShowRecoveries,
            Self::Usage => Command::ShowUsage,
            Self::Activity => Command::ShowActivity,
            Self::Tasks => Command::ShowTasks,
        }
    }
}
