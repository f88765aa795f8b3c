//! What waits for a technician: the counts beside the names of the screens.

use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::domain::company::Attention;
use crate::domain::link::LinkState;
use crate::domain::people::PersonState;

impl Model {
    /// How much waits on a screen, as far as it is known.
    pub fn waiting_on(&self, screen: Screen) -> usize {
        match screen {
            Screen::Links => self.links_waiting(),
            Screen::Recoveries => self.recoveries_waiting(),
            Screen::Tasks => self.open_tasks(),
            Screen::Companies | Screen::Usage | Screen::Activity => 0,
        }
    }

    /// Link requests to accept. Before their list is there, companies of which the list says that one waits.
    fn links_waiting(&self) -> usize {
        if self.links.list.rows().is_empty() {
            return self.needing(&Attention::LinkWaiting);
        }
        self.links_shown().filter(|row| row.item.state == LinkState::Requested).count()
    }

    /// Recoveries to complete. Their list is only kept up to date while it is looked at; elsewhere it is the companies of
    /// which the list says that one waits.
    fn recoveries_waiting(&self) -> usize {
        if self.screen != Screen::Recoveries || self.recoveries.list.rows().is_empty() {
            return self.needing(&Attention::RecoveryWaiting);
        }
        self.recoveries_shown().filter(|row| row.item.stage == PersonState::RecoveryAwaitingCompletion).count()
    }

    fn needing(&self, kind: &Attention) -> usize {
        let count = self.roster.totals().by_attention.get(kind).copied().unwrap_or(0);
        usize::try_from(count).unwrap_or(usize::MAX)
    }
}
