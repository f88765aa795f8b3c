//! Launching: ask for a one-time address, open the browser, or show the address where there is none.

use super::{expect, fail, intent, sync, toast};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{LaunchDialog, Overlay};
use crate::app::tickets::Purpose;
use crate::app::toast::Says;
use crate::domain::id::{CompanyKey, VaultId};
use crate::domain::launch::{Hidden, LaunchAddress, Target};
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
        Ok(address) => show(model, key, address),
        Err(trouble) => {
            let company = name(model, &key);
            fail(model, Some(company), trouble);
        }
    } // *Last launch* is news, and the company's revision with it.
    if launched {
        sync::ask_changes(model, &profile, out);
    }
}

pub(super) fn opened(model: &mut Model, key: CompanyKey, address: LaunchAddress, result: Result<(), Trouble>) {
    match result {
        Ok(()) => {
            let company = name(model, &key);
            toast(model, Says::Launched { company });
        }
        // The address is good for a minute: better shown than lost.
        Err(trouble) if matches!(trouble.because, Because::NoBrowser | Because::TimedOut { .. } | Because::Local) => {
            show(model, key, address);
        }
        Err(trouble) => {
            let company = name(model, &key);
            fail(model, Some(company), trouble);
        }
    }
}

fn show(model: &mut Model, key: CompanyKey, address: LaunchAddress) {
    let company = model.roster.get(&key).map_or_else(|| key.company.to_string(), |company| company.name.clone());
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Launch(_)));
    model.overlays.push(Overlay::Launch(Box::new(LaunchDialog { key, company, address, copied: false })));
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
            let ticket = model.tickets.issue(Purpose::Copy { text: String::new(), launch: true });
            out.push(Effect::Copy { ticket, text });
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

pub(super) fn copied(model: &mut Model, text: String, launch: bool, result: Result<(), Trouble>) {
    match result {
        Ok(()) if launch => {
            if let Some(Overlay::Launch(dialog)) = model.overlays.last_mut() {
                dialog.copied = true;
            }
        }
        Ok(()) => toast(model, Says::Copied { text }),
        Err(trouble) => fail(model, None, trouble),
    }
}
