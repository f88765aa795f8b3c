//! Writing companies to a file: where is asked, what is there is spared, and a failure loses nothing.

use crate::app::effect::{Effect, Ticket};
use crate::app::features::export::{ExportDialog, ExportKind};
use crate::app::fixture::*;
use crate::app::model::Options;
use crate::app::msg::Reply;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, FileFault, Operation};
use crate::domain::export::Delimiter;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

fn app() -> AppDriver {
    let options = Options {
        folder: PathBuf::from("/srv"),
        home: Some(PathBuf::from("/home/tomma")),
        delimiter: Delimiter::SEMICOLON,
        // At noon in UTC the next day has begun there.
        zone: TimeZone::get("Pacific/Kiritimati").unwrap(),
        ..AppDriver::options()
    };
    AppDriver::as_who(options, &ALL_PERMISSIONS, four())
}

fn dialog(app: &AppDriver) -> Option<&ExportDialog> {
    match app.model.overlays.last() {
        Some(Overlay::Export(dialog)) => Some(dialog),
        _ => None,
    }
}

#[track_caller]
fn written(out: &[Effect]) -> (Ticket, &Path, &str, bool) {
    let [Effect::Write { ticket, path, text, replace }] = out else { panic!("{out:?}") };
    (*ticket, path, text, *replace)
}

fn fault(fault: FileFault) -> Reply {
    Reply::Written(Err(error(Operation::Export, Cause::not_written("/x", fault))))
}

#[test]
fn a_file_of_the_marked_or_the_shown_is_written_where_it_was_asked() {
    for (keys, rows) in [("E", 4), ("space space E", 2)] {
        let mut app = app();
        assert_eq!(app.press(keys), [], "nothing is written before the place is known");
        assert_eq!(dialog(&app).unwrap().rows(), rows);
        let out = app.press("enter");
        let (ticket, path, text, replace) = written(&out);
        assert_eq!((path, replace), (Path::new("/srv/mspdash-companies-2026-11-23.csv"), false), "in local days");
        assert!(text.starts_with("\u{feff}id;name;state;"), "{text}");
        assert_eq!(text.lines().count(), rows + 1);
        assert_eq!(app.press("enter j"), [], "once");
        app.reply(ticket, Reply::Written(Ok("/srv/x.csv".into())));
        assert!(app.model.overlays.is_empty());
        let told = &app.model.toasts.last().unwrap().says;
        assert_eq!(
            *told,
            Notification::Exported { count: rows, kind: ExportKind::Companies, path: "/srv/x.csv".into() }
        );
    }
}

#[test]
fn the_place_is_a_line_to_be_edited() {
    for (typed, path) in [("~/x.csv", "/home/tomma/x.csv"), ("/tmp/x.csv", "/tmp/x.csv"), ("x/y", "/srv/x/y")] {
        let mut app = app();
        app.press("E ctrl-u");
        app.type_in(typed);
        assert_eq!(written(&app.press("enter")).1, Path::new(path));
    }
    let mut app = app();
    assert_eq!(app.press("E ctrl-u enter"), [], "without a name there is nothing to write to");
    assert_eq!(app.press("esc"), []);
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_a_second_enter_at_the_same_place() {
    let mut app = app();
    app.press("E");
    let out = app.press("enter");
    app.reply(written(&out).0, fault(FileFault::Exists));
    assert!(dialog(&app).unwrap().replaces(&app.model.options));
    let other = app.clone().press("x enter");
    assert!(!written(&other).3, "another place is another question");
    let again = app.press("enter");
    assert_eq!((written(&again).1, written(&again).3), (written(&out).1, true));
}

#[test]
fn what_cannot_be_written_leaves_everything_as_it_was_for_another_place() {
    for why in [FileFault::NotAllowed, FileFault::NoFolder, FileFault::Full] {
        let mut app = app();
        app.press("space E");
        let out = app.press("enter");
        app.reply(written(&out).0, fault(why));
        let at = dialog(&app).unwrap();
        assert!(at.error.is_some() && !at.writing && at.line.text().contains("mspdash-companies"));
        assert!(!at.replaces(&app.model.options));
        assert_eq!(app.model.marks.len(), 1);
        app.press("ctrl-u");
        app.type_in("/tmp/x.csv");
        assert_eq!(written(&app.press("enter")).1, Path::new("/tmp/x.csv"));
    }
}

#[test]
fn what_was_asked_for_is_written_whatever_is_marked_or_sent_away_meanwhile() {
    let mut app = app();
    app.press("space space E");
    app.model.marks.clear();
    let out = app.press("enter");
    assert_eq!(written(&out).2.lines().count(), 3);
    app.press("esc");
    app.reply(written(&out).0, fault(FileFault::Full));
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::Failed { .. }), "nobody sees the dialog");
}
