//! Every line that takes a paste: text from elsewhere has line ends, and terminals send each as CR.

use crate::app::features::activity::ActivityMenu;
use crate::app::features::form::Field;
use crate::app::fixture::*;
use crate::app::model::Model;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::domain::activity::ActivityPage;
use crate::domain::request::Answer;

/// The text of the line that has the keys.
fn line(model: &Model) -> String {
    let line = match model.overlays.last() {
        Some(Overlay::Palette(palette)) => &palette.line,
        Some(Overlay::Unlink(dialog)) => &dialog.line,
        Some(Overlay::Note(dialog)) => &dialog.line,
        Some(Overlay::Form(form)) if form.at == Field::Country => &form.query,
        Some(Overlay::Form(form)) => &form.lines[&form.at],
        Some(Overlay::AcceptLink(dialog)) => &dialog.line,
        Some(Overlay::Activity(menu)) => {
            let ActivityMenu { line, .. } = &**menu;
            line
        }
        Some(Overlay::Bulk(bulk)) => &bulk.line,
        Some(Overlay::Tags(dialog)) => &dialog.line,
        None if model.list.searching => &model.list.line,
        None => &model.rows.search.line,
        Some(other) => panic!("{other:?}"),
    };
    line.text().to_owned()
}

fn app() -> AppDriver {
    AppDriver::with(four())
}

fn pressed(keys: &str) -> AppDriver {
    let mut app = app();
    app.press(keys);
    app
}

fn step_note() -> AppDriver {
    let mut app = pressed("enter ]");
    app.answer(Answer::Setup(checklist()));
    app.press("e");
    app
}

fn unlink() -> AppDriver {
    let mut app = pressed("u");
    app.answer(Answer::Preflight(allowed(&four()[0])));
    app.press("tab");
    app
}

fn people() -> AppDriver {
    let mut app = pressed("enter ] ]");
    app.answer(Answer::People(vec![person("Ann")]));
    app.press("/");
    app
}

fn activity() -> AppDriver {
    let mut app = pressed("5");
    app.answer(Answer::Activity(ActivityPage { events: Vec::new(), next: None, total: Some(0) }));
    app.press("f tab");
    app
}

fn count() -> AppDriver {
    let mut app = pressed("space b 5");
    app.answer(Answer::Preflight(allowed(&four()[0])));
    app.press("tab ctrl-u");
    app
}

fn form(keys: &str, field: Field) -> AppDriver {
    let mut app = pressed(keys);
    let at = |app: &AppDriver| match app.model.overlays.last() {
        Some(Overlay::Form(form)) => form.at,
        other => panic!("{other:?}"),
    };
    while at(&app) != field {
        // The rest of the address is folded.
        app.press(if at(&app) == Field::More { "enter" } else { "down" });
    }
    app.press("ctrl-u");
    app
}

#[test]
fn line_ends_become_one_blank_wherever_one_line_is_meant_and_stay_in_notes() {
    let mut doors: Vec<(String, AppDriver, bool)> = vec![
        ("search".into(), pressed("/"), false),
        ("palette".into(), pressed(":"), false),
        ("tags".into(), pressed("t"), false),
        ("link".into(), pressed("n j enter"), false),
        ("unlink".into(), unlink(), false),
        ("people".into(), people(), false),
        ("activity".into(), activity(), false),
        ("count".into(), count(), false),
        ("note of a step".into(), step_note(), true),
    ];
    let fields = [
        Field::Name,
        Field::Website,
        Field::Country,
        Field::Street(0),
        Field::Street(1),
        Field::Town,
        Field::PostalCode,
        Field::ExternalId,
        Field::Tags,
        Field::SeatLimit,
    ];
    doors.extend(fields.map(|field| (format!("{field:?}"), form("e", field), false)));
    doors.push(("note".into(), form("e", Field::Note), true));
    doors
        .extend([Field::Name, Field::Street(0)].map(|field| (format!("new {field:?}"), form("n enter", field), false)));
    for (door, app, note) in doors {
        for end in ["\r", "\n", "\r\n", "\t", "\u{b}", "\u{2028}"] {
            let mut app = app.clone();
            app.send(Msg::Paste(format!("Hafenstr. 12{end}24103")));
            let stays = note && ["\r", "\n", "\r\n"].contains(&end);
            let wanted = if stays { "Hafenstr. 12\n24103" } else { "Hafenstr. 12 24103" };
            assert_eq!(line(&app.model), wanted, "{door}: {end:?}");
        }
    }
}

#[test]
fn what_was_copied_with_its_line_end_is_what_was_copied() {
    for (door, mut app) in
        [("search", pressed("/")), ("palette", pressed(":")), ("tags", pressed("t")), ("unlink", unlink())]
    {
        app.send(Msg::Paste("\r\nAlpen\t\r\n".into()));
        assert_eq!(line(&app.model), "Alpen", "{door}");
    }
}
