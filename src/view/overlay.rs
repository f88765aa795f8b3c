//! Dialogs and menus, drawn over what they are about.

use crate::app::overlay::Overlay;
use crate::app::pointer::Target;
use crate::view::features::{
    accounts, activity, attention, bulk, companies, copy, declare, errors, export, form, help, import, launch, links,
    palette, people, quit, setup, sources, tags, tasks, technicians, themes, tour, unlink, usage,
};
use crate::view::{Link, Scene};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What one sees change behind it, as one chooses.
fn shows_at_once(overlay: &Overlay) -> bool {
    matches!(
        overlay,
        Overlay::Sort(_)
            | Overlay::Filter(_)
            | Overlay::Columns(_)
            | Overlay::Accounts(_)
            | Overlay::Usage(_)
            | Overlay::Activity(_)
            | Overlay::Theme(_)
    )
}

/// What is behind a dialog steps back.
fn backdrop(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let style = scene.theme.text.patch(scene.theme.backdrop);
    for at in area.positions() {
        if let Some(cell) = frame.buffer_mut().cell_mut(at) {
            cell.set_style(Style::reset().patch(style));
        }
    }
}

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let top = scene.model.overlays.len().saturating_sub(1);
    for (at, overlay) in scene.model.overlays.iter().enumerate() {
        if at == top && !shows_at_once(overlay) {
            // The keys that work stay as they are.
            backdrop(scene, frame, Rect { height: area.height.saturating_sub(1), ..area });
        }
        // What is behind a dialog cannot be reached.
        scene.aim(Rect { height: area.height.saturating_sub(1), ..area }, Target::Dialog);
        match overlay {
            Overlay::Help(dialog) => help::draw(scene, frame, area, dialog),
            Overlay::Palette(dialog) => palette::draw(scene, frame, area, dialog),
            Overlay::Sort(dialog) => companies::sort::draw(scene, frame, area, dialog.0.cursor),
            Overlay::Filter(dialog) => companies::filter::draw(scene, frame, area, dialog.0.cursor),
            Overlay::Views(dialog) => companies::views::draw(scene, frame, area, dialog),
            Overlay::Columns(dialog) => companies::choose_columns::draw(scene, frame, area, dialog),
            Overlay::Accounts(dialog) => accounts::menu::draw(scene, frame, area, dialog),
            Overlay::Launch(dialog) => launch::draw(scene, frame, area, dialog),
            Overlay::Unlink(dialog) => unlink::draw(scene, frame, area, dialog),
            Overlay::Note(dialog) => setup::note::draw(scene, frame, area, dialog),
            Overlay::NewCompany(dialog) => form::choice(scene, frame, area, dialog.cursor),
            Overlay::Declare(dialog) => declare::draw(scene, frame, area, dialog),
            Overlay::Form(form) => form::draw(scene, frame, area, form),
            Overlay::Added(dialog) => form::added(scene, frame, area, dialog),
            Overlay::AcceptLink(dialog) => links::dialog::accept(scene, frame, area, dialog),
            Overlay::CancelLink(dialog) => links::dialog::cancel(scene, frame, area, dialog),
            Overlay::Copy(menu) => copy::draw(scene, frame, area, menu),
            Overlay::Page(dialog) => links::dialog::page(scene, frame, area, dialog),
            Overlay::Confirm(dialog) => people::confirm::draw(scene, frame, area, dialog),
            Overlay::Person(menu) => people::menu::draw(scene, frame, area, menu),
            Overlay::Usage(menu) => usage::menu::draw(scene, frame, area, menu),
            Overlay::Activity(menu) => activity::menu::draw(scene, frame, area, menu),
            Overlay::Bulk(bulk) => bulk::draw(scene, frame, area, bulk),
            Overlay::Export(dialog) => export::draw(scene, frame, area, dialog),
            Overlay::Import(dialog) => import::draw(scene, frame, area, dialog),
            Overlay::Tags(dialog) => tags::draw(scene, frame, area, dialog),
            Overlay::Snooze(dialog) => attention::draw(scene, frame, area, dialog),
            Overlay::Sources(dialog) => sources::draw(scene, frame, area, dialog),
            Overlay::Step(menu) => setup::step::draw(scene, frame, area, menu),
            Overlay::Task(panel) => tasks::panel::draw(scene, frame, area, panel),
            Overlay::Technicians(dialog) => technicians::draw(scene, frame, area, dialog),
            Overlay::Theme(dialog) => themes::draw(scene, frame, area, dialog),
            Overlay::Errors(failures) => errors::draw(scene, frame, area, failures),
            Overlay::Tour(dialog) => tour::draw(scene, frame, area, dialog.page),
            Overlay::Quit(dialog) => quit::draw(scene, frame, area, dialog.quit),
        }
    }
}

/// The address of the launch dialog, where it was drawn.
pub(super) fn links(scene: &Scene<'_>, area: Rect) -> Vec<Link> {
    match scene.model.overlays.last() {
        Some(Overlay::Launch(dialog)) => launch::links(scene, area, dialog),
        _ => Vec::new(),
    }
}
