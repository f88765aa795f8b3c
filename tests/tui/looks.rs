//! What holds for every cell of every scene, in every theme and in ASCII.

use crate::support::picture::{cells, rows};
use crate::support::scenes;
use crate::support::{app_driver::AppDriver, fixtures};
use mspdash::app::Model;
use mspdash::app::effect::Effect;
use mspdash::app::msg::Size;
use mspdash::domain::lang::Lang;
use mspdash::domain::theme::{Background, BuiltIn, Depth, contrast};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const SIZE: Size = Size { width: 120, height: 36 };

fn models() -> impl Iterator<Item = (&'static str, Model)> {
    scenes::ALL.iter().map(|scene| (scene.name, scene.model(Lang::En, SIZE)))
}

fn painted(model: &Model, theme: BuiltIn, background: Background) -> Model {
    let mut model = model.clone();
    model.appearance.theme = theme.as_str().into();
    model.appearance.depth = Depth::True;
    model.appearance.background = background;
    model
}

/// Text and background as they are shown.
fn colours(cell: &Cell) -> Option<[[u8; 3]; 2]> {
    let rgb = |colour| if let Color::Rgb(red, green, blue) = colour { Some([red, green, blue]) } else { None };
    let (fg, bg) = (rgb(cell.fg)?, rgb(cell.bg)?);
    Some(if cell.modifier.contains(Modifier::REVERSED) { [bg, fg] } else { [fg, bg] })
}

#[test]
fn whatever_is_drawn_together_is_read() {
    let mut faults = Vec::new();
    for (name, model) in models() {
        for (theme, background) in [
            (BuiltIn::Dark, Background::Light),
            (BuiltIn::Light, Background::Dark),
            (BuiltIn::Contrast, Background::Dark),
        ] {
            let (buffer, _) = cells(&painted(&model, theme, background), SIZE);
            // What is behind a dialog is not there to be read.
            let behind = (!model.overlays.is_empty()).then(|| buffer[(1, 0)].fg);
            for at in buffer.area.positions() {
                let cell = &buffer[at];
                if cell.symbol() == " " || Some(cell.fg) == behind {
                    continue;
                }
                let least = if cell.symbol().chars().all(char::is_alphanumeric) { 4.5 } else { 3.0 };
                let found = colours(cell).map(|[text, on]| contrast(text, on));
                if found.is_none_or(|found| found < least) {
                    faults.push(format!("{name} {theme:?} {background:?} {at}: {:?} {found:?}", cell.symbol()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} cells\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

#[test]
fn nothing_is_dim() {
    for (name, model) in models() {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed] {
            let mut model = model.clone();
            model.appearance.depth = depth;
            let (buffer, _) = cells(&model, SIZE);
            let dim = buffer.content.iter().find(|cell| cell.modifier.contains(Modifier::DIM));
            assert_eq!(dim, None, "{name} {depth:?}: how dim that is, each terminal decides for itself");
        }
    }
}

#[test]
fn in_ascii_only_letters_are_of_other_alphabets() {
    let mut faults = Vec::new();
    for (name, mut model) in models() {
        model.appearance.ascii = true;
        let (buffer, _) = cells(&model, SIZE);
        for cell in buffer.content.iter().filter(|cell| !cell.symbol().is_ascii()) {
            let letter = |c: char| c.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&c);
            if !cell.symbol().chars().all(letter) {
                faults.push(format!("{name}: {} (add it to src/view/ascii.rs)", cell.symbol()));
            }
        }
        let rows = rows(&buffer);
        assert!(rows.iter().all(|row| row.width() == usize::from(SIZE.width)), "{name}: signs take as many cells");
    }
    faults.sort_unstable();
    faults.dedup();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn an_estimate_is_nowhere_told_as_a_count() {
    let mut found = Vec::new();
    for lang in [Lang::En, Lang::De] {
        for size in [SIZE, Size { width: 80, height: 24 }] {
            for (door, keys) in [("list", "right"), ("attention", "w"), ("company", "enter")] {
                let driver = scenes::imports::real(lang, size, fixtures::estimated(), keys);
                let text = rows(&cells(&driver.model, size).0).join("\n");
                let total = text.replace(['.', ','], "").contains("~8621");
                assert!(total || door == "company", "what is added up is an estimate too\n{text}");
                found.push((format!("{lang:?} {size:?} {door}\n{text}"), text));
            }
        }
        let text = copied(&scenes::imports::real(lang, SIZE, fixtures::estimated(), "y m"));
        found.push((format!("{lang:?} Markdown"), text));
    }
    let csv = mspdash::domain::export::companies(
        [(None, fixtures::estimated())].into_iter(),
        mspdash::domain::export::Delimiter::COMMA,
    );
    assert!(csv.unwrap().trim_end().ends_with(",ESTIMATE"));
    for (place, text) in found {
        let plain = text.replace(['.', ','], "").replace(" %", "%");
        let told = |number: &str| plain.matches(number).count();
        let numbers = [("4283", "~4283"), ("85%", "~85%"), ("717 ", "~717 ")];
        assert!(numbers.iter().any(|(_, about)| told(about) > 0), "{place}");
        assert!(numbers.iter().all(|(plain, about)| told(plain) == told(about)), "{place}");
    }
}

fn copied(driver: &AppDriver) -> String {
    let text = driver.open.iter().find_map(|effect| match effect {
        Effect::Copy { text, .. } => Some(text.reveal().to_owned()),
        _ => None,
    });
    text.expect("it is copied")
}
