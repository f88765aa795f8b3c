//! Launching: ask for a one-time address, open the browser, or show the address where there is none.

use super::{copy, expect, fail, intent, sync, toast};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{LaunchDialog, Overlay};
use crate::app::tickets::Purpose;
use crate::app::toast::Says;
use crate::domain::id::{CompanyKey, VaultId};
use crate::domain::launch::{Hidden, LaunchAddress, Opening, Target};
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::{Because, Trouble, What};

pub(super) fn ask(model: &mut Model, target: Target, out: &mut Vec<Effect>) {
    let Some((key, _)) = model.selected() else { return };
    ask_for(model, key, target, None, out);
}

/// Launches to one vault.
pub(super) fn ask_vault(model: &mut Model, vault: VaultId, out: &mut Vec<Effect>) {
    let Some((key, _)) = model.selected() else { return };
    ask_for(model, key, Target::Vaults, Some(vault), out);
}

fn ask_for(model: &mut Model, key: CompanyKey, target: Target, vault: Option<VaultId>, out: &mut Vec<Effect>) {
    let intent = intent(model);
    let ticket = model.tickets.issue(Purpose::Launch(key.clone()));
    let request = Request::Launch { company: key.company, target, vault, key: intent };
    out.push(Effect::Call { ticket, profile: key.profile, request });
}

pub(super) fn address(model: &mut Model, key: CompanyKey, result: Result<Answer, Trouble>, out: &mut Vec<Effect>) {
    let address = expect(What::Launch, result, |answer| match answer {
        Answer::Launch(address) => Some(address),
        _ => None,
    });
    let (launched, profile) = (address.is_ok(), key.profile.clone());
    match address {
        Ok(address) if model.options.browser => {
            let ticket = model.tickets.issue(Purpose::Open { key, address: address.clone() });
            out.push(Effect::Open { ticket, address: address.uri });
        }
        Ok(address) => show(model, key, address, None),
        Err(trouble) => {
            let company = name(model, &key);
            fail(model, Some(company), trouble);
        }
    } // *Last launch* is news, and the company's revision with it.
    if launched {
        sync::ask_changes(model, &profile, out);
    }
}

pub(super) fn opened(model: &mut Model, key: CompanyKey, address: LaunchAddress, result: Result<Opening, Trouble>) {
    match result {
        Ok(opening) => {
            let company = name(model, &key);
            toast(model, Says::Launched { company, opening });
        }
        // The address is good for a minute: better shown than lost.
        Err(trouble) if !refused(&trouble) => show(model, key, address, Some(trouble)),
        Err(trouble) => {
            let company = name(model, &key);
            fail(model, Some(company), trouble);
        }
    }
}

/// It was the address itself that must not be opened, so it is not shown either.
pub(super) fn refused(trouble: &Trouble) -> bool {
    matches!(trouble.because, Because::UnsafeAddress(_))
}

fn show(model: &mut Model, key: CompanyKey, address: LaunchAddress, trouble: Option<Trouble>) {
    let (company, trouble) = (name(model, &key), trouble.map(Box::new));
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Launch(_)));
    model.overlays.push(Overlay::Launch(Box::new(LaunchDialog { key, company, address, copied: None, trouble })));
}

fn name(model: &Model, key: &CompanyKey) -> String {
    model.called(key, key.company.as_str())
}

pub(super) fn dialog(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Launch(dialog)) = model.overlays.last() else { return };
    match key.code {
        Code::Esc | Code::Char('q') => {
            model.overlays.pop();
        }
        Code::Char('y' | 'c') => {
            let text = Hidden::new(dialog.address.uri.reveal().to_owned());
            copy::copy_launch(model, text, out);
        }
        // The address works once and for a minute: a fresh one is one key away.
        Code::Char('l' | 'r') if !model.tickets.launching(&dialog.key) => {
            let company = dialog.key.clone();
            match Command::Launch.permitted_in(model, &company.profile) {
                Ok(()) => ask_for(model, company, Target::Home, None, out),
                Err(why) => toast(model, Says::NotNow(Command::Launch, why)),
            }
        }
        _ => {}
    }
}
