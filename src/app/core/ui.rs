//! What the screen keeps between two runs, of each profile. What is changed here is written by itself.

use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::ui_state::UiState;
use std::collections::BTreeSet;

/// What is kept, in the order of the accounts; never none.
#[derive(Debug, Clone, PartialEq)]
pub struct UiStates(Vec<Kept>);

#[derive(Debug, Clone, PartialEq)]
struct Kept {
    profile: ProfileId,
    now: UiState,
    /// As it was read, or written last.
    saved: UiState,
}

impl UiStates {
    /// What was read of these profiles; of the others there is nothing.
    pub fn new(profiles: impl IntoIterator<Item = ProfileId>, read: &[(ProfileId, UiState)]) -> Self {
        let kept = |profile: ProfileId| {
            let found = read.iter().find(|(of, _)| *of == profile);
            let now = found.map(|(_, state)| state.clone()).unwrap_or_default();
            Kept { profile, saved: now.clone(), now }
        };
        Self(profiles.into_iter().map(kept).collect())
    }

    /// What is kept of a profile.
    pub fn of(&self, profile: &ProfileId) -> Option<&UiState> {
        self.0.iter().find(|kept| kept.profile == *profile).map(|kept| &kept.now)
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, profile: &ProfileId) -> Option<&mut UiState> {
        self.0.iter_mut().find(|kept| kept.profile == *profile).map(|kept| &mut kept.now)
    }

    /// What is about the screen as a whole: views, hints.
    pub fn screen(&self) -> Option<&UiState> {
        self.0.first().map(|kept| &kept.now)
    }

    /// The same, to be changed.
    pub fn screen_mut(&mut self) -> Option<&mut UiState> {
        self.0.first_mut().map(|kept| &mut kept.now)
    }

    /// Every pinned company.
    pub fn pins(&self) -> BTreeSet<CompanyKey> {
        let of = |kept: &Kept| {
            let profile = kept.profile.clone();
            let key = move |company| CompanyKey { profile: profile.clone(), company };
            kept.now.pins.clone().into_iter().map(key)
        };
        self.0.iter().flat_map(of).collect()
    }

    /// Companies that were opened lately, newest first; those of several accounts in turn, since nobody kept which was
    /// first.
    pub fn recent(&self) -> Vec<CompanyKey> {
        let of = |kept: &Kept| {
            let profile = kept.profile.clone();
            let key = move |company| CompanyKey { profile: profile.clone(), company };
            kept.now.recent.clone().into_iter().map(key).enumerate()
        };
        let mut recent: Vec<_> = self.0.iter().flat_map(of).collect();
        recent.sort_by_key(|(at, _)| *at);
        recent.into_iter().map(|(_, key)| key).collect()
    }

    /// Whether the company is pinned.
    pub fn pinned(&self, key: &CompanyKey) -> bool {
        self.of(&key.profile).is_some_and(|state| state.pins.contains(&key.company))
    }
}

/// Writes what was changed; before the program ends, if it does so now.
pub(in crate::app) fn save(ctx: &mut Ctx<'_>) {
    for kept in ctx.model.ui.0.iter_mut().filter(|kept| kept.now != kept.saved) {
        let before = std::mem::replace(&mut kept.saved, kept.now.clone());
        let change = Box::new((before, kept.now.clone()));
        ctx.effects.insert(0, Effect::SaveUiState { profile: kept.profile.clone(), change });
    }
}
