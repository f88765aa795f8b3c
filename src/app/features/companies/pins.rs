//! Pinned companies: the technician's own choice, kept from run to run.

use crate::app::ctx::Ctx;
use crate::app::features::companies;
use crate::app::model::Model;
use crate::domain::id::CompanyKey;

/// Pins the selected company, or takes its pin away.
pub(in crate::app) fn toggle(ctx: &mut Ctx<'_>) {
    if let Some((key, _)) = ctx.model.selected() {
        let pinned = ctx.model.ui.pinned(&key);
        set(ctx.model, &[key], !pinned);
    }
}

/// Pins the marked companies; where all of them are, it takes their pins away.
pub(in crate::app) fn toggle_marked(ctx: &mut Ctx<'_>) {
    let keys: Vec<CompanyKey> = ctx.model.marks.iter().cloned().collect();
    let all = keys.iter().all(|key| ctx.model.ui.pinned(key));
    set(ctx.model, &keys, !all);
}

fn set(model: &mut Model, keys: &[CompanyKey], pinned: bool) {
    for key in keys {
        let Some(state) = model.ui.of_mut(&key.profile) else { continue };
        if pinned {
            state.pins.insert(key.company.clone());
        } else {
            state.pins.remove(&key.company);
        }
    }
    model.roster.set_pins(model.ui.pins());
    companies::rows_changed(model);
}
