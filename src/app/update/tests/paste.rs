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

fn desk() -> Desk {
    Desk::with(four())
}

fn pressed(keys: &str) -> Desk {
    let mut desk = desk();
    desk.press(keys);
    desk
}

fn step_note() -> Desk {
    let mut desk = pressed("enter ]");
    desk.answer(Answer::Setup(checklist()));
    desk.press("e");
    desk
}

fn unlink() -> Desk {
    let mut desk = pressed("u");
    desk.answer(Answer::Preflight(allowed(&four()[0])));
    desk.press("tab");
    desk
}

fn people() -> Desk {
    let mut desk = pressed("enter ] ]");
    desk.answer(Answer::People(vec![person("Ann")]));
    desk.press("/");
    desk
}

fn activity() -> Desk {
    let mut desk = pressed("5");
    desk.answer(Answer::Activity(ActivityPage { events: Vec::new(), next: None, total: Some(0) }));
    desk.press("f tab");
    desk
}

fn count() -> Desk {
    let mut desk = pressed("space b 5");
    desk.answer(Answer::Preflight(allowed(&four()[0])));
    desk.press("tab ctrl-u");
    desk
}

fn form(keys: &str, field: Field) -> Desk {
    let mut desk = pressed(keys);
    let at = |desk: &Desk| match desk.model.overlays.last() {
        Some(Overlay::Form(form)) => form.at,
        other => panic!("{other:?}"),
    };
    while at(&desk) != field {
        // The rest of the address is folded.
        desk.press(if at(&desk) == Field::More { "enter" } else { "down" });
    }
    desk.press("ctrl-u");
    desk
}

#[test]
fn line_ends_become_one_blank_wherever_one_line_is_meant_and_stay_in_notes() {
    let mut doors: Vec<(String, Desk, bool)> = vec![
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
    for (door, desk, note) in doors {
        for end in ["\r", "\n", "\r\n", "\t", "\u{b}", "\u{2028}"] {
            let mut desk = desk.clone();
            desk.send(Msg::Paste(format!("Hafenstr. 12{end}24103")));
            let stays = note && ["\r", "\n", "\r\n"].contains(&end);
            let wanted = if stays { "Hafenstr. 12\n24103" } else { "Hafenstr. 12 24103" };
            assert_eq!(line(&desk.model), wanted, "{door}: {end:?}");
        }
    }
}

#[test]
fn what_was_copied_with_its_line_end_is_what_was_copied() {
    for (door, mut desk) in
        [("search", pressed("/")), ("palette", pressed(":")), ("tags", pressed("t")), ("unlink", unlink())]
    {
        desk.send(Msg::Paste("\r\nAlpen\t\r\n".into()));
        assert_eq!(line(&desk.model), "Alpen", "{door}");
    }
}
