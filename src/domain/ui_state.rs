//! What the screen keeps between two runs, apart for each profile: pins, saved views, the last view, the last visit. The
//! file that holds it is `config::ui_state`'s. A field that an older file lacks has its default.

use super::id::CompanyId;
use super::list_column::ListColumn;
use super::roster::{Query, Sort};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most companies that are remembered as opened lately.
pub const MOST_RECENT: usize = 20;
/// The most saved views: one for each digit key.
pub const MOST_VIEWS: usize = 9;

/// What is kept of a profile. What is about the screen as a whole is kept with the first profile shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UiState {
    /// Companies that are pinned.
    pub pins: BTreeSet<CompanyId>,
    /// Views under a name, in the order of their numbers.
    pub views: Vec<SavedView>,
    /// How the list was shown last; none: as it is by default.
    pub last_view: Option<View>,
    /// When the dashboard was looked at last.
    pub last_visit: Option<Timestamp>,
    /// Companies that were opened lately, newest first.
    pub recent: Vec<CompanyId>,
    /// One-time hints that were dismissed, by name.
    pub dismissed: BTreeSet<String>,
}

/// How the list is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// What narrows and orders it.
    #[serde(flatten)]
    pub query: Query,
    /// The columns chosen; none: those of the configuration.
    pub columns: Option<Vec<ListColumn>>,
}

/// A view under a name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    pub name: String,
    #[serde(flatten)]
    pub view: View,
}

impl UiState {
    /// Notes that a company was opened.
    pub fn opened(&mut self, company: &CompanyId) {
        self.recent.retain(|other| other != company);
        self.recent.insert(0, company.clone());
        self.recent.truncate(MOST_RECENT);
    }

    /// What `file` becomes when another dashboard may have written it since `before` was read: only what was changed
    /// here since is put into it.
    pub fn merged(&self, before: &Self, file: Self) -> Self {
        fn newest<T: PartialEq + Clone>(mine: &T, before: &T, theirs: T) -> T {
            if mine == before { theirs } else { mine.clone() }
        }
        fn both<T: Ord + Clone>(mine: &BTreeSet<T>, before: &BTreeSet<T>, mut theirs: BTreeSet<T>) -> BTreeSet<T> {
            theirs.retain(|it| mine.contains(it) || !before.contains(it));
            theirs.extend(mine.difference(before).cloned());
            theirs
        }
        Self {
            pins: both(&self.pins, &before.pins, file.pins),
            views: newest(&self.views, &before.views, file.views),
            last_view: newest(&self.last_view, &before.last_view, file.last_view),
            last_visit: newest(&self.last_visit, &before.last_visit, file.last_visit),
            recent: newest(&self.recent, &before.recent, file.recent),
            dismissed: both(&self.dismissed, &before.dismissed, file.dismissed),
        }
    }
}

impl Serialize for Sort {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::company::{Attention, CompanyState};
    use crate::domain::id::ProfileId;
    use crate::domain::roster::{Column, Figure, Filter};

    fn id(name: &str) -> CompanyId {
        CompanyId::new(name)
    }

    #[test]
    fn nothing_is_lost_on_the_way_through_a_file() {
        let filter = Filter {
            accounts: vec![ProfileId::new("north")],
            states: vec![CompanyState::Pending, CompanyState::Other("NEW".into())],
            attention: vec![Attention::SetupStalled],
            any_attention: true,
            with_snoozed: true,
            in_setup: true,
            pinned: true,
            hide_unlinked: true,
            unknown: vec![Figure::Owners],
            older_than: Some(Timestamp::UNIX_EPOCH),
            tags: vec!["retail".into()],
        };
        let sort = Some(Sort { column: Column::Seats, descending: true });
        let query = Query { search: "bright tag:north".into(), sort, filter };
        let view = View { query, columns: Some(vec![ListColumn::Setup, ListColumn::Status]) };
        let state = UiState {
            pins: [id("A")].into(),
            views: vec![SavedView { name: "Retail".into(), view: view.clone() }],
            last_view: Some(view),
            last_visit: Some(Timestamp::UNIX_EPOCH),
            recent: vec![id("B"), id("A")],
            dismissed: ["welcome".to_owned()].into(),
        };
        let text = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<UiState>(&text).unwrap(), state, "{text}");
        assert_eq!(serde_json::from_str::<UiState>("{}").unwrap(), UiState::default());
    }

    /// Two dashboards on one profile: each keeps what it changed, and neither takes back what the other did.
    #[test]
    fn what_another_dashboard_wrote_meanwhile_stays() {
        let before = UiState { pins: [id("A"), id("B")].into(), ..UiState::default() };
        let visit = Some(Timestamp::UNIX_EPOCH);
        let file = UiState { pins: [id("B"), id("C")].into(), last_visit: visit, ..UiState::default() };
        let mine = UiState { pins: [id("A"), id("D")].into(), recent: vec![id("D")], ..UiState::default() };
        let merged = mine.merged(&before, file);
        assert_eq!(merged.pins, [id("C"), id("D")].into(), "A was taken away there, B here");
        assert_eq!((merged.last_visit, merged.recent), (visit, vec![id("D")]));
    }

    #[test]
    fn the_newest_is_first_and_named_once() {
        let mut state = UiState::default();
        for number in (0..30).chain([25]) {
            state.opened(&id(&number.to_string()));
        }
        assert_eq!(
            (state.recent.len(), state.recent.first(), state.recent.get(1)),
            (20, Some(&id("25")), Some(&id("29")))
        );
    }
}
