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

fn told(desk: &Desk) -> &Failures {
    match desk.model.overlays.last() {
        Some(Overlay::Errors(told)) => told,
        other => panic!("{other:?}"),
    }
}

fn said(desk: &Desk) -> Vec<Notification> {
    let notice = |says: &MessageBody| match says {
        MessageBody::Notice(notice) => notice.clone(),
        MessageBody::Error { .. } => panic!("{says:?}"),
    };
    told(desk).all.iter().map(|told| notice(&told.says)).collect()
}

#[test]
fn esc_takes_a_box_away_and_nothing_else() {
    let mut desk = Desk::at_setup();
    desk.press("x enter");
    desk.fail(error(Operation::EditSetup, Cause::NotAllowed));
    assert_eq!(desk.model.toasts.len(), 1);
    desk.press("esc");
    assert_eq!((desk.model.toasts.len(), desk.model.pane, desk.model.tab), (0, Pane::Company, Tab::Setup));
    desk.press("esc");
    assert_eq!(desk.model.pane, Pane::List);
}

/// A line covers nothing: whoever goes back need not press Esc twice.
#[test]
fn esc_takes_a_line_away_on_its_way() {
    let mut desk = Desk::with(four());
    desk.press("enter");
    desk.model.notify(Notification::Saved { company: "Acme".into() });
    desk.press("esc");
    assert_eq!((desk.model.toasts.len(), desk.model.pane), (0, Pane::List));
}

#[test]
fn every_notice_is_listed_newest_first() {
    let mut desk = Desk::with(four());
    let saved = |company: &str| Notification::Saved { company: company.into() };
    desk.model.notify(saved("Acme"));
    desk.pass(60_000);
    desk.model.notify(saved("Beta"));
    desk.pass(60_000);
    assert!(desk.model.toasts.is_empty(), "they are gone from the screen");
    desk.model.notify(saved("Beta"));
    desk.press("!");
    assert_eq!(said(&desk), [saved("Beta"), saved("Acme")], "the same again is one line");
    assert_eq!(told(&desk).all.first().and_then(|told| told.at), Some(desk.now), "of the newer moment");
    desk.press("j esc");
    assert!(desk.model.overlays.is_empty());
    for at in 0..500 {
        desk.model.notify(saved(&at.to_string()));
    }
    assert_eq!(desk.model.log.len(), 200, "and it does not grow for ever");
    assert_eq!(desk.model.log.last().map(|past| past.says.clone()), Some(saved("499")));
}

#[test]
fn what_fails_now_comes_before_what_was_told() {
    let mut desk = Desk::with(four());
    desk.model.notify(Notification::Saved { company: "Acme".into() });
    desk.pass(30_000);
    desk.fail(lost(Operation::Changes));
    desk.press("!");
    let says: Vec<&MessageBody> = told(&desk).all.iter().map(|told| &told.says).collect();
    assert!(matches!(says[..], [MessageBody::Error { account: None, .. }, MessageBody::Notice(_)]), "{says:?}");
}

#[test]
fn without_a_message_there_is_nothing_to_list() {
    let desk = Desk::with(four());
    assert_eq!(Command::Details.ready(&desk.model), Err(DisabledReason::NothingFailed));
}

/// Beside the screens stands what waits for a technician.
#[test]
fn what_waits_is_counted_by_what_is_known_of_it() {
    let needing = |attention: &[Attention]| Company { attention: attention.to_vec(), ..company("A", "Acme") };
    let waiting = |desk: &Desk| [Screen::Links, Screen::Recoveries, Screen::Tasks].map(|it| desk.model.waiting_on(it));
    assert_eq!(waiting(&Desk::with(four())), [0, 0, 0]);
    let both = needing(&[Attention::RecoveryWaiting, Attention::LinkWaiting]);
    assert_eq!(waiting(&Desk::with(vec![both])), [1, 1, 0]);
    assert_eq!(waiting(&Desk::with(vec![needing(&[Attention::SingleOwner])])), [0, 0, 0]);
}
