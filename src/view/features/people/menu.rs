//! What can be done to a person, to choose one.

use crate::app::features::people::menu::{COMMANDS, PersonMenu};
use crate::view::Scene;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, person: &PersonMenu) {
    let details = scene.model.details.get(&person.key);
    let people = details.and_then(|details| details.people.value());
    let whom = people.and_then(|people| people.iter().find(|it| it.id == person.user));
    let company = scene.model.roster.get(&person.key).map(|company| company.name.clone()).unwrap_or_default();
    let name = whom.map_or_else(String::new, |it| it.display_name.clone());
    let mut dialog = menu::about(scene, area, format!("{name} · {}", scene.named(&person.key, &company)));
    if let Some(whom) = whom {
        let told = format!("{} · {}", whom.email, (scene.words.people.state)(&whom.state));
        dialog.line(Line::styled(format!(" {}", text::cut(&told, dialog.room())), scene.theme.muted));
    }
    dialog.begin_scroll();
    let room = dialog.room();
    let labels = COMMANDS.iter().map(|command| text::width((scene.words.command)(*command).label)).max().unwrap_or(0);
    let rows = COMMANDS.iter().map(|command| {
        let label = text::pad((scene.words.command)(*command).label, labels);
        let mut line = Line::from(Span::styled(format!(" {:<3}", scene.key(*command)), scene.theme.key));
        match command.ready(scene.model) {
            Ok(()) => line.push_span(Span::raw(label)),
            Err(why) => {
                let why = (scene.words.disabled)(&why, &scene.clock);
                let told = format!("{label}  {why}");
                line.push_span(Span::styled(text::cut(&told, room.saturating_sub(5)).into_owned(), scene.theme.muted));
            }
        }
        line
    });
    dialog.rows(rows.collect(), person.pick.cursor);
    dialog.keys(scene.words.people.menu_keys).render(frame);
}
