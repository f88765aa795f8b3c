//! The last failures in full.

use crate::app::command::DisabledReason;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{Failures, Overlay};
use crate::domain::id::ProfileId;

pub(in crate::app) fn any(model: &Model) -> Result<(), DisabledReason> {
    model.last_trouble().map(drop).ok_or(DisabledReason::NothingFailed)
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let failures = failures(ctx.model, ctx.model.selected().map(|(key, _)| key.profile).as_ref());
    if !failures.all.is_empty() {
        ctx.model.overlays.push(Overlay::Error(Box::new(failures)));
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

pub(in crate::app) fn key(model: &mut Model, key: Key) {
    let Some(Overlay::Error(failures)) = model.overlays.last_mut() else { return };
    let len = failures.all.len();
    if let Some(movement) = Movement::of(key, true) {
        failures.at = movement.apply(failures.at, len, len);
    } else if matches!(key.code, Code::Esc | Code::Enter | Code::Char('q' | '!')) {
        model.overlays.pop();
    }
}
