//! The tab of vaults: what there is, and whether the technician may look into it.

use crate::app::command::Command;
use crate::app::features::cure;
use crate::domain::vault::Vault;
use crate::view::Scene;
use crate::view::widgets::grid::{Column, Grid};
use crate::view::widgets::{status, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focused: bool) {
    let words = &scene.words.vaults;
    let model = scene.model;
    let room = usize::from(area.width);
    let Some(details) = model.selected_details() else {
        return frame.render_widget(status::loading(scene, words.loading), area);
    };
    let mut top = status::of_one(scene, &details.vaults, words.loading, room);
    let vaults = details.vaults.value().map_or(&[][..], Vec::as_slice);
    top.extend(permission(scene, room));
    if details.vaults.value().is_some() {
        if vaults.is_empty() {
            let empty = if scene.unknown() { scene.unknown_here() } else { words.empty.to_owned() };
            top.push(Line::styled(format!(" {empty}"), scene.theme.muted));
        } else {
            let mine = vaults.iter().filter(|vault| vault.has_access).count();
            top.push(Line::styled(format!(" {}", (words.count)(vaults.len(), mine)), scene.theme.strong));
        }
    }
    let rest = text::stack(frame, area, top);
    if vaults.is_empty() || rest.height == 0 {
        return;
    }
    let [rows, below] = text::split_bottom(rest, if rest.height > 7 { 3 } else { 0 });
    table(scene, frame, rows, vaults, focused);
    if let Some(vault) = model.selected_vault().filter(|_| below.height > 0) {
        full(scene, frame, below, vault);
    }
}

/// Whether *Advanced permission* is effective for the technician, and if not, why.
fn permission(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    let Some(advanced) = scene.model.selected().and_then(|(_, company)| company.advanced_permissions) else {
        return Vec::new();
    };
    let message = (scene.words.vaults.advanced)(advanced.allowed_by_company, advanced.granted_to_me);
    let sign = if advanced.effective() { (" ✔ ", scene.theme.good) } else { (" ✘ ", scene.theme.waiting) };
    let mut lines = Vec::new();
    text::wrapped(&mut lines, sign, message, Style::new(), room.saturating_sub(1));
    lines
}

fn table(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, vaults: &[Vault], focused: bool) {
    let words = &scene.words.vaults;
    let access = text::width((words.has_access)(false)).max(text::width((words.has_access)(true))) + 2;
    let columns = vec![
        Column::rest(words.name),
        Column::of(words.access, access),
        Column::of(words.items, 7).right().gives_way(1),
        Column::of(words.people, 7).right().gives_way(2),
    ];
    let grid = Grid { columns, len: vaults.len(), cursor: scene.model.vault_row(), focused };
    grid.draw(scene, frame, area, |row| {
        let Some(vault) = vaults.get(row) else { return Vec::new() };
        let (sign, style) = if vault.has_access { ("✔ ", scene.theme.good) } else { ("– ", scene.theme.muted) };
        vec![
            Line::from(vault.name.clone()),
            Line::from(vec![Span::styled(sign, style), Span::raw((words.has_access)(vault.has_access))]),
            Line::from(scene.words.number(vault.item_count.into())),
            Line::from(scene.words.number(vault.people_count.into())),
        ]
    });
}

/// The vault under the cursor: what it is for, and what can be done.
fn full(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, vault: &Vault) {
    let room = usize::from(area.width.saturating_sub(2));
    let command = if vault.has_access { Command::ViewVault } else { Command::GrantVault };
    let next = match (cure::key(scene.model, command), command.ready(scene.model)) {
        (Some(key), _) => (scene.words.vaults.hint)(vault.has_access, &key),
        // From the list no vault is under the cursor of a command.
        (None, Err(why)) if scene.model.pane == crate::app::model::Pane::Company => {
            format!("{} – {}", (scene.words.command)(command).label, (scene.words.disabled)(&why, &scene.clock))
        }
        _ => String::new(),
    };
    let about = vault.description.clone().unwrap_or_default();
    let first = if about.is_empty() { vault.name.clone() } else { format!("{} · {about}", vault.name) };
    let lines = vec![
        Line::styled(format!(" {}", "─".repeat(room)), scene.theme.frame),
        Line::from(format!(" {}", text::cut(&first, room))),
        Line::styled(format!(" {}", text::cut(&next, room)), scene.theme.muted),
    ];
    text::stack(frame, area, lines);
}
