//! The menu of the themes, and what the terminal tells of its background.

use crate::app::fixture::{Desk, four};
use crate::app::msg::Msg;
use crate::domain::theme::{Background, BuiltIn, OwnTheme};

fn desk() -> Desk {
    let mut desk = Desk::with(four());
    desk.model.appearance.theme = "terminal".into();
    desk.model.appearance.own = vec![OwnTheme { name: "mine".into(), parent: BuiltIn::Dark, looks: Vec::new() }];
    desk
}

#[test]
fn each_theme_is_shown_as_one_moves_and_esc_brings_back_what_was() {
    let mut desk = desk();
    desk.press("f2");
    for theme in ["dark", "light", "contrast", "deuteranopia", "mono", "mine"] {
        desk.press("j");
        assert_eq!(desk.model.appearance.theme, theme);
    }
    desk.press("esc");
    assert_eq!((desk.model.appearance.theme.as_str(), desk.model.overlays.is_empty()), ("terminal", true));
    desk.press("f2 j space j esc");
    assert_eq!(desk.model.appearance.theme, "terminal", "Esc is Esc, whatever was looked at");
    desk.press("f2 3");
    assert_eq!((desk.model.appearance.theme.as_str(), desk.model.overlays.is_empty()), ("light", true));
    desk.press("f2 k enter");
    assert_eq!(desk.model.appearance.theme, "dark");
}

#[test]
fn what_the_terminal_tells_late_is_taken_and_nothing_else_changes() {
    let mut desk = desk();
    let before = desk.model.clone();
    let effects = crate::app::update(&mut desk.model, before.now, Msg::Background(Background::Light));
    assert!(effects.is_empty() && desk.model.appearance.background == Background::Light);
    desk.model.appearance = before.appearance.clone();
    assert!(desk.model == before);
}
