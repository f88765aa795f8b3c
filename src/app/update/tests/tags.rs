//! The dialog of tags.

use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Operation};
use crate::domain::request::{EditCompany, Request};

fn tags(request: &Request) -> Vec<String> {
    match request {
        Request::EditCompany(EditCompany { changes, .. }) => changes.tags.clone().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_one_company_all_tags_are_on_the_line() {
    let mut app =
        AppDriver::with(vec![Company { tags: vec!["north".into(), "trade".into()], ..company("A", "Alpen") }]);
    app.press("t");
    app.type_in(", vip , north");
    let out = requests(&app.press("enter"));
    assert_eq!(tags(&out[0]), ["north", "trade", "vip"]);
}

#[test]
fn of_many_a_minus_takes_away_and_others_keep_theirs() {
    let with = |id: &str, name: &str, tags: &[&str]| Company {
        tags: tags.iter().map(ToString::to_string).collect(),
        ..company(id, name)
    };
    let mut app = AppDriver::with(vec![with("A", "Alpen", &["old", "x"]), with("B", "Brig", &["vip"])]);
    app.press("* t");
    app.type_in("vip, -old");
    let out = requests(&app.press("enter tab enter"));
    assert_eq!(out.len(), 1, "one of them is so already: {out:?}");
    assert_eq!(tags(&out[0]), ["x", "vip"]);
}

#[test]
fn a_failure_keeps_every_character() {
    let mut app = AppDriver::with(four());
    app.press("t");
    app.type_in("vip");
    app.press("enter");
    app.fail(error(Operation::EditCompany, Cause::NotAllowed));
    let Some(Overlay::Tags(dialog)) = app.model.overlays.last() else { panic!("the dialog is gone") };
    assert_eq!(
        (dialog.line.text(), dialog.submission.sending(), dialog.submission.error().is_some()),
        ("vip", false, true)
    );
}

#[test]
fn a_changed_text_asks_before_it_is_dropped() {
    let mut app = AppDriver::with(four());
    app.press("t v esc");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Tags(dialog)) if dialog.submission.asking()));
    app.press("esc");
    assert!(app.model.overlays.is_empty());
}
