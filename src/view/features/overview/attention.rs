//! What is to be done, each with the key that does it; and what is all right.

use super::parts::{Lines, Room};
use crate::app::command::Command;
use crate::app::features::overview::fix;
use crate::domain::company::{Attention, Company, CompanyState};
use crate::domain::id::CompanyKey;
use crate::domain::reason::Reason;
use crate::view::Scene;

pub(super) fn lines(out: &mut Lines<'_>, key: &CompanyKey, company: &Company, room: Room) {
    let (scene, words) = (out.scene, &out.scene.words.overview);
    let theme = scene.theme;
    if let Some(until) = company.snooze_until {
        out.signed(("z", theme.muted), &(scene.words.attention.until)(&scene.clock.day(until)), theme.muted);
    }
    for kind in &company.attention {
        let reason = scene.model.reason_of(key, company, kind);
        let style = if urgent(&reason) { theme.danger } else { theme.waiting };
        let cure = fix(scene.model, &reason);
        let cure = cure.map(|(fix, command)| (scene.key(command), (scene.words.attention.fix)(fix)));
        out.cured(("⚑", style), &told(scene, &reason), cure);
    }
    if company.attention.is_empty() {
        // Who owns it and whether somebody waits for a recovery are what most often does.
        if company.owners.confirmed.is_some() && company.open_recoveries.is_some() {
            out.signed(("✔", theme.good), words.nothing_to_do, ratatui::style::Style::new());
        } else {
            out.signed(("·", theme.muted), words.nothing_known_to_do, theme.muted);
        }
    }
    if room == Room::Narrow && !company.attention.is_empty() {
        return;
    }
    let mut checks = Vec::new();
    if let Some(owners) = company.owners.confirmed.filter(|owners| *owners > 1) {
        checks.push(format!("✔ {}", (words.owners_ok)(owners)));
    }
    if company.open_recoveries == Some(0) {
        checks.push(format!("✔ {}", words.no_recovery));
    }
    if company.setup.complete() {
        checks.push(format!("✔ {}", scene.words.setup.complete));
    }
    if !checks.is_empty() && company.state != CompanyState::Unlinked {
        if room == Room::Large && !company.attention.is_empty() {
            out.plain("");
        }
        out.items(("", 0), &checks, "   ", theme.muted);
    }
}

fn urgent(reason: &Reason) -> bool {
    matches!(reason.kind, Attention::SeatLimitReached | Attention::NoConfirmedOwner)
}

/// What it is, and how long there is left or how long it has been so, where that is known.
fn told(scene: &Scene<'_>, reason: &Reason) -> String {
    let (words, now) = (&scene.words.attention, scene.clock.now);
    let what = (words.what)(reason);
    let left = reason.days_left(now).map(|days| if days == 0 { words.today.to_owned() } else { (words.left)(days) });
    let time = left.or_else(|| reason.days(now).filter(|days| *days > 0).map(words.lasting));
    time.map_or_else(|| what.clone(), |time| format!("{what} · {time}"))
}

/// What stands at the right of the card's frame.
pub(super) fn right(scene: &Scene<'_>, company: &Company) -> String {
    let snoozes = company.can_be_snoozed() && Command::Snooze.ready(scene.model).is_ok();
    let word = (scene.words.command)(Command::Snooze).short;
    if snoozes { format!("{} {word}", scene.key(Command::Snooze)) } else { String::new() }
}
