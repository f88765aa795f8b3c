//! The menu of the themes, and what the terminal tells of its background.

use crate::app::fixture::{AppDriver, four};
use crate::app::msg::Msg;
use crate::domain::theme::{Background, BuiltIn, OwnTheme};

fn app() -> AppDriver {
    let mut app = AppDriver::with(four());
    app.model.appearance.theme = "terminal".into();
    app.model.appearance.own = vec![OwnTheme { name: "mine".into(), parent: BuiltIn::Dark, looks: Vec::new() }];
    app
}

#[test]
fn each_theme_is_shown_as_one_moves_and_esc_brings_back_what_was() {
    let mut app = app();
    app.press("f2");
    for theme in ["dark", "light", "contrast", "deuteranopia", "mono", "mine"] {
        app.press("j");
        assert_eq!(app.model.appearance.theme, theme);
    }
    app.press("esc");
    assert_eq!((app.model.appearance.theme.as_str(), app.model.overlays.is_empty()), ("terminal", true));
    app.press("f2 j space j esc");
    assert_eq!(app.model.appearance.theme, "terminal", "Esc is Esc, whatever was looked at");
    app.press("f2 3");
    assert_eq!((app.model.appearance.theme.as_str(), app.model.overlays.is_empty()), ("light", true));
    app.press("f2 k enter");
    assert_eq!(app.model.appearance.theme, "dark");
}

#[test]
fn what_the_terminal_tells_late_is_taken_and_nothing_else_changes() {
    let mut app = app();
    let before = app.model.clone();
    let effects = crate::app::update(&mut app.model, before.now, Msg::Background(Background::Light));
    assert!(effects.is_empty() && app.model.appearance.background == Background::Light);
    app.model.appearance = before.appearance.clone();
    assert!(app.model == before);
}
