//! Where what is known comes from: each source in a line, and what fails with what to do.

use super::parts::{Lines, Room};
use crate::app::command::Command;
use crate::app::features::sources::{SourceRow, Standing, none, rows};
use crate::app::model::Details;
use crate::domain::company::Company;
use crate::domain::facts::FactSource;
use crate::view::features::sources::{Told, told};
use crate::view::widgets::text;
use ratatui::style::Style;

pub(super) fn lines(out: &mut Lines<'_>, company: &Company, details: &Details, room: Room) {
    let (scene, words) = (out.scene, &out.scene.words.sources);
    let rows = rows(company, details);
    if none(&rows) {
        return out.muted(&(words.none)(&scene.key(Command::Open)));
    }
    // Beside the list nobody may have asked for them.
    let asked = room != Room::Narrow || details.sources.waiting().is_some() || details.sources.error().is_some();
    for row in rows.iter().filter(|row| shown(row, asked)) {
        let told = told(scene, company, (row, &details.sources));
        let name = (words.name)(&row.source);
        let (line, whole) = (format!("{name}: {}", told.text), format!("{name}: {}", told.whole()));
        let Told { sign, more, asks, .. } = told;
        let cure = asks.then(|| (scene.key(Command::Open), words.what_to_do));
        if matches!(row.standing, Standing::Missing | Standing::Unknown) {
            out.signed(sign, &line, scene.theme.muted);
        } else if cure.is_none() && text::width(&whole) + 2 <= out.width {
            out.signed(sign, &whole, Style::new());
        } else {
            out.cured(sign, &line, cure);
            if !more.is_empty() {
                out.items((" ", 1), &more, " · ", scene.theme.muted);
            }
        }
    }
}

/// What nobody has brought anything from is told in full behind Enter; that nothing is connected, here too.
fn shown(row: &SourceRow<'_>, asked: bool) -> bool {
    match row.standing {
        Standing::Connected(_) | Standing::Observed(_) => true,
        Standing::Unknown => asked,
        Standing::Missing => row.source == FactSource::UsersApi,
    }
}
