//! The last failures in full.

use crate::app::command::DisabledReason;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;

pub(in crate::app) fn any(model: &Model) -> Result<(), DisabledReason> {
    model.last_trouble().map(drop).ok_or(DisabledReason::NothingFailed)
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let failures = failures(ctx.model, ctx.model.selected().map(|(key, _)| key.profile).as_ref());
    if !failures.all.is_empty() {
        ctx.model.overlays.open(failures);
    }
}

/// What failed: in each account, or else what failed last. First what is about the chosen one.
pub(in crate::app) fn failures(model: &Model, chosen: Option<&ProfileId>) -> Failures {
    let several = model.accounts.several();
    let failed = model.accounts.iter().filter_map(|account| Some((account, account.sync.error()?)));
    let (of, mut all): (Vec<&ProfileId>, Vec<_>) = failed
        .map(|(account, error)| (&account.profile, (several.then(|| account.label.clone()), error.clone())))
        .unzip();
    if all.is_empty() {
        all.extend(model.failure.as_deref().map(|error| (None, error.clone())));
    }
    let at = of.iter().position(|profile| Some(*profile) == chosen).unwrap_or(0);
    Failures { all, at }
}

/// What failed, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Failures {
    /// With the account that it is about, where there are several.
    pub all: Vec<(Option<String>, Error)>,
    pub at: usize,
}

impl Dialog for Failures {
    fn key(&mut self, key: Key, _: &mut Ctx<'_>) -> Outcome {
        let len = self.all.len();
        if let Some(movement) = Movement::of(key, true) {
            self.at = movement.apply(self.at, len, len);
        } else if matches!(key.code, Code::Esc | Code::Enter | Code::Char('q' | '!')) {
            return Outcome::Close;
        }
        Outcome::Keep
    }
}
