//! The menu of the themes.

use crate::app::features::themes::ThemeMenu;
use crate::domain::theme::{Background, BuiltIn, Depth};
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of a name.
const NAME: usize = 14;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, themes: &ThemeMenu) {
    let (words, appearance) = (&scene.words.menus, &scene.model.appearance);
    let mut dialog = menu::for_keys(scene, area, words.theme_keys, 52).title(words.theme);
    let room = dialog.room().saturating_sub(NAME + 5);
    let row = |(number, name): (usize, &str)| {
        let about = match (name.parse::<BuiltIn>(), appearance.own.iter().find(|own| own.name == name)) {
            (Ok(built_in), _) => (words.theme_about)(built_in).to_owned(),
            (_, Some(own)) => (words.theme_own)(own.parent),
            _ => String::new(),
        };
        let digit = if number < 10 { number.to_string() } else { " ".into() };
        Line::from(vec![
            Span::raw(format!(" {digit}  {}", text::pad(name, NAME))),
            Span::styled(format!(" {}", text::cut(&about, room)), scene.theme.muted),
        ])
    };
    dialog.rows((1..).zip(appearance.names()).map(row).collect(), themes.menu.cursor);
    let found = match (appearance.depth, appearance.background) {
        (Depth::None, _) => words.theme_no_colour,
        (_, Background::Dark) => words.theme_on_dark,
        (_, Background::Light) => words.theme_on_light,
        (_, Background::Unknown) => words.theme_on_unknown,
    };
    dialog.text(found, scene.theme.muted);
    dialog.text(&(words.theme_keep)(&appearance.theme), scene.theme.muted);
    dialog.blank();
    dialog.render(frame);
}
