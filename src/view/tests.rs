use crate::app;
use crate::app::Options;
use crate::app::features::tags::TagsDialog;
use crate::app::fixture::{ALL_PERMISSIONS, AppDriver, WIDE, checklist, company, four, lost, person, session};
use crate::domain::error::Operation;
use crate::domain::lang::Lang;
use crate::domain::people::{Person, PersonKind};
use crate::domain::request::{Answer, Page};
use crate::domain::theme::{Appearance, Depth};
use crate::view::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

#[test]
fn without_colour_not_one_is_named() {
    let appearance = Appearance { depth: Depth::None, ..Appearance::default() };
    let options = Options { appearance, sample: true, ..Options::new(Lang::En, i18n::labels(Lang::En)) };
    let (model, _) = app::start(options, jiff::Timestamp::UNIX_EPOCH, Size { width: 120, height: 36 });
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    terminal.draw(|frame| draw(&model, frame)).unwrap();
    let cells = terminal.backend().buffer().content();
    assert!(cells.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
}

fn rows(model: &Model) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    terminal.draw(|frame| draw(model, frame)).unwrap();
    let row = |y| (0..120).map(|x| terminal.backend().buffer()[(x, y)].symbol().to_owned()).collect();
    (0..36).map(row).collect()
}

/// The summary, which is below the header.
fn summary(model: &Model) -> String {
    rows(model).swap_remove(usize::from(layout(model.size).header))
}

/// What the text beside a state offers is there for who may do it, and not for who may only look.
#[test]
fn a_way_out_is_only_offered_to_who_may_take_it() {
    let technician = Person { kind: PersonKind::Technician, ..person("Tomma") };
    for (keys, answer, offer) in [
        ("2", Answer::Links(Vec::new()), "accepts it here"),
        ("enter ]", Answer::Setup(checklist()), "signed in as you"),
        ("enter ] ]", Answer::People(vec![technician]), "to invite people"),
    ] {
        for (permissions, offered) in [(&ALL_PERMISSIONS[..], true), (&ALL_PERMISSIONS[..1], false)] {
            let mut app = AppDriver::as_who(AppDriver::options(), permissions, four());
            app.press(keys);
            app.answer(answer.clone());
            let shown = rows(&app.model).join("\n");
            assert_eq!(shown.contains(offer), offered, "{offer}: {shown}");
        }
    }
}

/// Before the first load, while it runs, and when it failed: a zero, and a part of the whole, would be a claim.
#[test]
fn nothing_is_counted_before_it_is_known() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    let unknown = |app: &AppDriver| {
        let row = summary(&app.model);
        assert!(row.contains('–') && !row.contains(|c: char| c.is_ascii_digit()), "{row}");
    };
    unknown(&app);
    app.connect(Ok(()));
    app.answer(Answer::Session(Box::new(session(&ALL_PERMISSIONS))));
    unknown(&app);
    let first = Page { companies: four().into(), next: Some("2".into()), total: Some(9), ..Page::default() };
    app.answer(Answer::Page(first));
    unknown(&app);
    app.fail(lost(Operation::ListCompanies));
    unknown(&app);
    assert!(summary(&AppDriver::with(four()).model).contains("[All 4]"));
    assert!(summary(&AppDriver::with(Vec::new()).model).contains("[All 0]"), "none is known to be none");
    let mut two = AppDriver::two();
    two.load("default", &ALL_PERMISSIONS, four());
    assert!(summary(&two.model).contains("[All 4+]"), "so many at least: {}", summary(&two.model));
}

/// Telling companies of one name apart is a walk through all names: once when a dialog opens, not on every frame.
#[test]
fn a_dialog_shows_what_told_its_company_apart_when_it_opened() {
    let mut app = AppDriver::with(vec![company("A", "Acme"), company("B", "Acme")]);
    app.press("t");
    let shown = |app: &AppDriver, distinction: &str| rows(&app.model).concat().contains(&format!("({distinction})"));
    let tags = app.model.overlays.find::<TagsDialog>(|_| true).unwrap();
    let distinction = tags.distinction.clone().unwrap();
    assert!(shown(&app, &distinction));
    app.model.overlays.find_mut::<TagsDialog>(|_| true).unwrap().distinction = None;
    assert!(!shown(&app, &distinction), "drawing asks nobody");
}

/// `<` would be taken for the key of that name.
#[test]
fn in_ascii_the_enter_key_is_a_word() {
    for keys in ["J", "s", ":", "/", "?", "t"] {
        let mut app = AppDriver::with(four());
        app.model.appearance.ascii = true;
        app.press(keys);
        let shown = rows(&app.model).join("\n");
        assert!(shown.contains("Enter"), "{keys}: {shown}");
    }
}
