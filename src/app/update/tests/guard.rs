//! Read-only mode, a role that may only look, and single permissions: over every command and every key.

use crate::app::command::{Command, Danger, DisabledReason, Place, TABLE};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::model::Options;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::request::{Answer, Request};
use crate::domain::session::Permission;

/// A desk of this technician with the checklist open, so that every command has what it needs.
fn desk(options: Options, permissions: &[Permission]) -> Desk {
    let mut desk = Desk::as_who(options, permissions, four());
    desk.press("enter ]");
    desk.answer(Answer::Setup(checklist()));
    desk
}

fn read_only() -> Options {
    Options { read_only: true, ..Desk::options() }
}

fn writing() -> impl Iterator<Item = Command> {
    TABLE.iter().filter(|row| row.danger != Danger::Reads).map(|row| row.command)
}

fn writes(effects: &[Effect]) -> Vec<Request> {
    requests(effects).into_iter().filter(Request::writes).collect()
}

fn needed(request: &Request) -> Option<Permission> {
    match request {
        Request::Launch(_) => Some(Permission::Launch),
        Request::Unlink(_) => Some(Permission::Unlink),
        Request::EditStep(_) => Some(Permission::Setup),
        Request::EditCompany(_) | Request::Declare(_) => Some(Permission::Edit),
        Request::AddCompany(_) | Request::ImportCompanies(_) | Request::UndoImport(_) => Some(Permission::Add),
        Request::AcceptLink(_) | Request::CancelLink(_) => Some(Permission::Link),
        Request::AddMember(_) | Request::RemoveMember(_) => Some(Permission::People),
        Request::GrantVault(_) => Some(Permission::Vaults),
        _ => None,
    }
}

fn run(desk: &mut Desk, command: Command) -> Vec<Effect> {
    let mut out = Vec::new();
    crate::app::update::run(&mut Ctx { model: &mut desk.model, effects: &mut out }, command);
    out
}

#[test]
fn with_every_permission_every_command_does_something() {
    let here = writing().filter(|command| matches!(command.row().place, Place::Anywhere | Place::Setup));
    // What has nothing to act on here is tried where it has.
    let elsewhere = [Command::Snooze, Command::Undo, Command::Import, Command::Declare];
    for command in here.filter(|command| !elsewhere.contains(command)) {
        let mut desk = desk(Desk::options(), &ALL_PERMISSIONS);
        assert_eq!(command.ready(&desk.model), Ok(()), "{command:?}");
        let out = run(&mut desk, command);
        assert!(!out.is_empty() || !desk.model.overlays.is_empty(), "{command:?}");
    }
}

#[test]
fn no_command_writes_where_it_may_not() {
    for (options, permissions, why) in [
        (read_only(), &ALL_PERMISSIONS[..], DisabledReason::ReadOnly),
        (Desk::options(), &ALL_PERMISSIONS[..1], DisabledReason::ViewOnly),
        (Desk::options(), &[], DisabledReason::ViewOnly),
    ] {
        for command in writing() {
            let mut desk = desk(options.clone(), permissions);
            assert_eq!(command.ready(&desk.model), Err(why.clone()), "{command:?}");
            assert_eq!(run(&mut desk, command), [], "{command:?}");
            assert!(desk.model.overlays.is_empty(), "{command:?} opens nothing that it cannot finish");
            let told = &desk.model.toasts.last().unwrap().says;
            assert_eq!(*told, Notification::NotNow(command, why.clone()), "disabled, never hidden");
        }
    }
}

#[test]
fn each_command_needs_its_own_permission() {
    for missing in ALL_PERMISSIONS.into_iter().filter(|one| *one != Permission::View) {
        let others: Vec<Permission> = ALL_PERMISSIONS.into_iter().filter(|one| *one != missing).collect();
        for command in writing() {
            let desk = desk(Desk::options(), &others);
            let wanted = if command.row().needs == Some(&missing) {
                Err(DisabledReason::NotPermitted(missing.clone()))
            } else {
                Ok(())
            };
            assert_eq!(command.permitted(&desk.model), wanted, "{command:?} without {missing:?}");
        }
    }
}

#[test]
fn nothing_is_written_before_one_is_signed_in() {
    for command in writing() {
        let mut desk = Desk::new(Desk::options(), WIDE);
        desk.connect(Ok(()));
        desk.answer(page(four()));
        assert_eq!(command.ready(&desk.model), Err(DisabledReason::NotSignedIn), "{command:?}");
        assert_eq!(run(&mut desk, command), []);
    }
}

/// From every place, every key, and then Enter and a name into whatever it opened.
#[test]
fn no_key_writes_where_it_may_not() {
    let missing = |permission: &Permission| ALL_PERMISSIONS.into_iter().filter(|one| one != permission).collect();
    for (options, permissions, forbidden) in [
        (read_only(), ALL_PERMISSIONS.to_vec(), None),
        (Desk::options(), vec![Permission::View], None),
        (Desk::options(), missing(&Permission::Launch), Some(Permission::Launch)),
        (Desk::options(), missing(&Permission::Unlink), Some(Permission::Unlink)),
        (Desk::options(), missing(&Permission::Setup), Some(Permission::Setup)),
        (Desk::options(), missing(&Permission::Edit), Some(Permission::Edit)),
        (Desk::options(), missing(&Permission::Add), Some(Permission::Add)),
        (Desk::options(), missing(&Permission::People), Some(Permission::People)),
    ] {
        let start = desk(options, &permissions);
        for place in ["j", "[", "]", "esc", "esc esc", "esc esc /", "?", "s", "f", ":", "!"] {
            let mut here = start.clone();
            here.press(place);
            for key in every_key() {
                let mut desk = here.clone();
                let mut out = desk.key(key);
                out.extend(desk.press("enter tab A enter"));
                let wrong = |request: &Request| forbidden.is_none() || needed(request) == forbidden;
                let written: Vec<Request> = writes(&out).into_iter().filter(wrong).collect();
                assert_eq!(written, [], "{key:?} at {place}");
                let dialog = |overlay: &Overlay| matches!(overlay, Overlay::Note(_) | Overlay::Unlink(_));
                assert!(forbidden.is_some() || !desk.model.overlays.iter().any(dialog), "{key:?} at {place}");
            }
        }
    }
}

#[test]
fn every_palette_entry_is_refused_in_read_only_mode() {
    let mut at = 0;
    loop {
        let mut desk = desk(read_only(), &ALL_PERMISSIONS);
        desk.press(":");
        let Some(Overlay::Palette(palette)) = desk.model.overlays.last() else { panic!("no palette") };
        if at >= palette.found.len() {
            break;
        }
        desk.press(&vec!["down"; at + 1].join(" "));
        assert_eq!(writes(&desk.press("up enter enter")), []);
        at += 1;
    }
    assert!(at >= TABLE.len() - 1, "every command but the palette itself is in it, and what else one can go to");
}
