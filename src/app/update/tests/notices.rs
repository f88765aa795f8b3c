//! Notices: the line and the boxes, how they go, and the list of all of them.

use crate::app::command::{Command, DisabledReason};
use crate::app::features::errors::{Failures, MessageBody};
use crate::app::fixture::*;
use crate::app::model::{Pane, Tab};
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::company::{Attention, Company};
use crate::domain::error::{Cause, Operation};

fn told(app: &AppDriver) -> &Failures {
    match app.model.overlays.last() {
        Some(Overlay::Errors(told)) => told,
        other => panic!("{other:?}"),
    }
}

fn said(app: &AppDriver) -> Vec<Notification> {
    let notice = |says: &MessageBody| match says {
        MessageBody::Notice(notice) => notice.clone(),
        MessageBody::Error { .. } => panic!("{says:?}"),
    };
    told(app).all.iter().map(|told| notice(&told.says)).collect()
}

#[test]
fn esc_takes_a_box_away_and_nothing_else() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    app.fail(error(Operation::EditSetup, Cause::NotAllowed));
    assert_eq!(app.model.toasts.len(), 1);
    app.press("esc");
    assert_eq!((app.model.toasts.len(), app.model.pane, app.model.tab), (0, Pane::Company, Tab::Setup));
    app.press("esc");
    assert_eq!(app.model.pane, Pane::List);
}

/// A line covers nothing: whoever goes back need not press Esc twice.
#[test]
fn esc_takes_a_line_away_on_its_way() {
    let mut app = AppDriver::with(four());
    app.press("enter");
    app.model.notify(Notification::Saved { company: "Acme".into() });
    app.press("esc");
    assert_eq!((app.model.toasts.len(), app.model.pane), (0, Pane::List));
}

#[test]
fn every_notice_is_listed_newest_first() {
    let mut app = AppDriver::with(four());
    let saved = |company: &str| Notification::Saved { company: company.into() };
    app.model.notify(saved("Acme"));
    app.pass(60_000);
    app.model.notify(saved("Beta"));
    app.pass(60_000);
    assert!(app.model.toasts.is_empty(), "they are gone from the screen");
    app.model.notify(saved("Beta"));
    app.press("!");
    assert_eq!(said(&app), [saved("Beta"), saved("Acme")], "the same again is one line");
    assert_eq!(told(&app).all.first().and_then(|told| told.at), Some(app.now), "of the newer moment");
    app.press("j esc");
    assert!(app.model.overlays.is_empty());
    for at in 0..500 {
        app.model.notify(saved(&at.to_string()));
    }
    assert_eq!(app.model.log.len(), 200, "and it does not grow for ever");
    assert_eq!(app.model.log.last().map(|past| past.says.clone()), Some(saved("499")));
}

#[test]
fn what_fails_now_comes_before_what_was_told() {
    let mut app = AppDriver::with(four());
    app.model.notify(Notification::Saved { company: "Acme".into() });
    app.pass(30_000);
    app.fail(lost(Operation::Changes));
    app.press("!");
    let says: Vec<&MessageBody> = told(&app).all.iter().map(|told| &told.says).collect();
    assert!(matches!(says[..], [MessageBody::Error { account: None, .. }, MessageBody::Notice(_)]), "{says:?}");
}

#[test]
fn without_a_message_there_is_nothing_to_list() {
    let app = AppDriver::with(four());
    assert_eq!(Command::Details.ready(&app.model), Err(DisabledReason::NothingFailed));
}

/// Beside the screens stands what waits for a technician.
#[test]
fn what_waits_is_counted_by_what_is_known_of_it() {
    let needing = |attention: &[Attention]| Company { attention: attention.to_vec(), ..company("A", "Acme") };
    let waiting =
        |app: &AppDriver| [Screen::Links, Screen::Recoveries, Screen::Tasks].map(|it| app.model.waiting_on(it));
    assert_eq!(waiting(&AppDriver::with(four())), [0, 0, 0]);
    let both = needing(&[Attention::RecoveryWaiting, Attention::LinkWaiting]);
    assert_eq!(waiting(&AppDriver::with(vec![both])), [1, 1, 0]);
    assert_eq!(waiting(&AppDriver::with(vec![needing(&[Attention::SingleOwner])])), [0, 0, 0]);
}
