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

/// A app of this technician with the checklist open, so that every command has what it needs.
fn app(options: Options, permissions: &[Permission]) -> AppDriver {
    let mut app = AppDriver::as_who(options, permissions, four());
    app.press("enter ]");
    app.answer(Answer::Setup(checklist()));
    app
}

fn read_only() -> Options {
    Options { read_only: true, ..AppDriver::options() }
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

fn run(app: &mut AppDriver, command: Command) -> Vec<Effect> {
    let mut out = Vec::new();
    crate::app::update::run(&mut Ctx { model: &mut app.model, effects: &mut out }, command);
    out
}

#[test]
fn with_every_permission_every_command_does_something() {
    let here = writing().filter(|command| matches!(command.row().place, Place::Anywhere | Place::Setup));
    // What has nothing to act on here is tried where it has.
    let elsewhere = [Command::Snooze, Command::Undo, Command::Import, Command::Declare];
    for command in here.filter(|command| !elsewhere.contains(command)) {
        let mut app = app(AppDriver::options(), &ALL_PERMISSIONS);
        assert_eq!(command.ready(&app.model), Ok(()), "{command:?}");
        let out = run(&mut app, command);
        assert!(!out.is_empty() || !app.model.overlays.is_empty(), "{command:?}");
    }
}

#[test]
fn no_command_writes_where_it_may_not() {
    for (options, permissions, why) in [
        (read_only(), &ALL_PERMISSIONS[..], DisabledReason::ReadOnly),
        (AppDriver::options(), &ALL_PERMISSIONS[..1], DisabledReason::ViewOnly),
        (AppDriver::options(), &[], DisabledReason::ViewOnly),
    ] {
        for command in writing() {
            let mut app = app(options.clone(), permissions);
            assert_eq!(command.ready(&app.model), Err(why.clone()), "{command:?}");
            assert_eq!(run(&mut app, command), [], "{command:?}");
            assert!(app.model.overlays.is_empty(), "{command:?} opens nothing that it cannot finish");
            let told = &app.model.toasts.last().unwrap().says;
            assert_eq!(*told, Notification::NotNow(command, why.clone()), "disabled, never hidden");
        }
    }
}

#[test]
fn each_command_needs_its_own_permission() {
    for missing in ALL_PERMISSIONS.into_iter().filter(|one| *one != Permission::View) {
        let others: Vec<Permission> = ALL_PERMISSIONS.into_iter().filter(|one| *one != missing).collect();
        for command in writing() {
            let app = app(AppDriver::options(), &others);
            let wanted = if command.row().needs == Some(&missing) {
                Err(DisabledReason::NotPermitted(missing.clone()))
            } else {
                Ok(())
            };
            assert_eq!(command.permitted(&app.model), wanted, "{command:?} without {missing:?}");
        }
    }
}

#[test]
fn nothing_is_written_before_one_is_signed_in() {
    for command in writing() {
        let mut app = AppDriver::new(AppDriver::options(), WIDE);
        app.connect(Ok(()));
        app.answer(page(four()));
        assert_eq!(command.ready(&app.model), Err(DisabledReason::NotSignedIn), "{command:?}");
        assert_eq!(run(&mut app, command), []);
    }
}

/// From every place, every key, and then Enter and a name into whatever it opened.
#[test]
fn no_key_writes_where_it_may_not() {
    let missing = |permission: &Permission| ALL_PERMISSIONS.into_iter().filter(|one| one != permission).collect();
    for (options, permissions, forbidden) in [
        (read_only(), ALL_PERMISSIONS.to_vec(), None),
        (AppDriver::options(), vec![Permission::View], None),
        (AppDriver::options(), missing(&Permission::Launch), Some(Permission::Launch)),
        (AppDriver::options(), missing(&Permission::Unlink), Some(Permission::Unlink)),
        (AppDriver::options(), missing(&Permission::Setup), Some(Permission::Setup)),
        (AppDriver::options(), missing(&Permission::Edit), Some(Permission::Edit)),
        (AppDriver::options(), missing(&Permission::Add), Some(Permission::Add)),
        (AppDriver::options(), missing(&Permission::People), Some(Permission::People)),
    ] {
        let start = app(options, &permissions);
        for place in ["j", "[", "]", "esc", "esc esc", "esc esc /", "?", "s", "f", ":", "!"] {
            let mut here = start.clone();
            here.press(place);
            for key in every_key() {
                let mut app = here.clone();
                let mut out = app.key(key);
                out.extend(app.press("enter tab A enter"));
                let wrong = |request: &Request| forbidden.is_none() || needed(request) == forbidden;
                let written: Vec<Request> = writes(&out).into_iter().filter(wrong).collect();
                assert_eq!(written, [], "{key:?} at {place}");
                let dialog = |overlay: &Overlay| matches!(overlay, Overlay::Note(_) | Overlay::Unlink(_));
                assert!(forbidden.is_some() || !app.model.overlays.iter().any(dialog), "{key:?} at {place}");
            }
        }
    }
}

#[test]
fn every_palette_entry_is_refused_in_read_only_mode() {
    let mut at = 0;
    loop {
        let mut app = app(read_only(), &ALL_PERMISSIONS);
        app.press(":");
        let Some(Overlay::Palette(palette)) = app.model.overlays.last() else { panic!("no palette") };
        if at >= palette.found.len() {
            break;
        }
        app.press(&vec!["down"; at + 1].join(" "));
        assert_eq!(writes(&app.press("up enter enter")), []);
        at += 1;
    }
    assert!(at >= TABLE.len() - 1, "every command but the palette itself is in it, and what else one can go to");
}
