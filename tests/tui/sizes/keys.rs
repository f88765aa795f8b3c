//! What keys do in every scene: dialogs, menus, tabs and screens alike.

use super::size;
use crate::support::picture::{cells, rows};
use crate::support::scenes;
use mspdash::app::effect::Effect;
use mspdash::app::focus::{Focus, focus, types_text};
use mspdash::app::key::Key;
use mspdash::app::model::Tab;
use mspdash::app::msg::Msg;
use mspdash::app::overlay::Overlay;
use mspdash::app::{self, Model};
use mspdash::domain::lang::Lang;
use mspdash::domain::theme::Depth;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Two panes, one, one that cuts everything, and a window in which nothing is shown at all.
const SIZES: [(u16, u16); 4] = [(120, 36), (80, 24), (60, 15), (39, 9)];

/// Every scene.
static SCENES: LazyLock<Vec<(&str, Model)>> =
    LazyLock::new(|| scenes::ALL.iter().map(|scene| (scene.name, scene.model(Lang::En, size((120, 36))))).collect());

/// Every scene at every of these sizes.
fn looks() -> impl Iterator<Item = (String, Model)> {
    let at = |name: &str, model: &Model, at: (u16, u16)| {
        let mut model = model.clone();
        press(&mut model, Msg::Resize(size(at)));
        (format!("{name} at {at:?}"), model)
    };
    SCENES.iter().flat_map(move |(name, model)| SIZES.map(|size| at(name, model, size)))
}

fn press(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let now = model.now;
    app::update(model, now, msg)
}

fn key(model: &mut Model, key: &str) -> Vec<Effect> {
    press(model, Msg::Key(key.parse().unwrap()))
}

/// Asks the server for something to show, or leaves off asking; nothing else.
fn looks_only(out: &[Effect]) -> bool {
    let only = |effect: &Effect| match effect {
        Effect::Call { request, .. } => !request.writes(),
        Effect::Cancel { .. } | Effect::SaveUiState { .. } => true,
        _ => false,
    };
    out.iter().all(only)
}

fn kind(overlay: &Overlay) -> &'static str {
    match overlay {
        Overlay::Help(_) => "help",
        Overlay::Palette(_) => "palette",
        Overlay::Sort(_) => "sort",
        Overlay::Filter(_) => "filter",
        Overlay::Views(_) => "views",
        Overlay::Columns(_) => "columns",
        Overlay::Accounts(_) => "accounts",
        Overlay::Launch(_) => "launch",
        Overlay::Unlink(_) => "unlink",
        Overlay::Note(_) => "note",
        Overlay::NewCompany(_) => "new company",
        Overlay::Form(_) => "form",
        Overlay::Declare(_) => "declare",
        Overlay::Added(_) => "added",
        Overlay::AcceptLink(_) => "accept link",
        Overlay::CancelLink(_) => "cancel link",
        Overlay::Copy(_) => "copy",
        Overlay::Page(_) => "page",
        Overlay::Confirm(_) => "confirm",
        Overlay::Person(_) => "person",
        Overlay::Usage(_) => "usage",
        Overlay::Activity(_) => "activity",
        Overlay::Bulk(_) => "bulk",
        Overlay::Export(_) => "export",
        Overlay::Import(_) => "import",
        Overlay::Tags(_) => "tags",
        Overlay::Snooze(_) => "snooze",
        Overlay::Sources(_) => "sources",
        Overlay::Step(_) => "step",
        Overlay::Errors(_) => "errors",
        Overlay::Task(_) => "task",
        Overlay::Technicians(_) => "technicians",
        Overlay::Theme(_) => "theme",
        Overlay::Tour(_) => "tour",
        Overlay::Quit(_) => "quit",
    }
}

/// A dialog that is in no scene would be left out below. A new one does not compile until it is named above.
#[test]
fn every_dialog_plays_in_a_scene() {
    let seen: BTreeSet<_> =
        looks().flat_map(|(_, model)| model.overlays.iter().map(kind).collect::<Vec<_>>()).collect();
    assert_eq!(seen.len(), 35, "{seen:?}");
}

#[test]
fn after_the_search_key_letters_are_text_in_every_scene() {
    for (name, mut model) in looks() {
        let running = model.overlays.last().is_some_and(|top| top.dialog().is_running());
        assert!(looks_only(&key(&mut model, "/")), "{name}");
        assert!(running || types_text(&model), "{name}: {:?}", focus(&model));
        let place = |model: &Model| (model.screen, model.pane, model.tab, model.marks.clone(), model.overlays.len());
        let before = place(&model);
        for c in (' '..='~').chain("äß€東".chars()) {
            let out = press(&mut model, Msg::Key(Key::char(c)));
            assert!(looks_only(&out), "{c:?} in {name}: {out:?}");
            assert!(running || types_text(&model), "{c:?} in {name}");
            // What runs may have the help over it, never anything that acts.
            let help = running && matches!(model.overlays.last(), Some(Overlay::Help(_)));
            assert!(help || place(&model) == before, "{c:?} in {name}");
        }
    }
}

#[test]
fn space_never_writes() {
    for (name, model) in looks() {
        for keys in ["space", "j space", "k space", "tab space", "right space", "space space"] {
            let mut model = model.clone();
            for one in keys.split(' ') {
                let out = key(&mut model, one);
                let writes =
                    out.iter().any(|effect| matches!(effect, Effect::Call { request, .. } if request.writes()));
                assert!(!writes, "{keys} in {name}: {out:?}");
            }
        }
    }
}

#[test]
fn ctrl_c_does_as_esc_in_every_scene_with_a_layer() {
    for (name, model) in looks() {
        let top = model.overlays.last();
        let (mut esc, mut cancel) = (model.clone(), model.clone());
        let (left, right) = (key(&mut esc, "esc"), key(&mut cancel, "ctrl-c"));
        if matches!(focus(&model), Focus::List | Focus::Found) || top.is_some_and(|top| matches!(top, Overlay::Quit(_)))
        {
            assert!(
                right.contains(&Effect::Quit) || matches!(cancel.overlays.last(), Some(Overlay::Quit(_))),
                "{name}"
            );
        } else if top.is_some_and(|top| top.dialog().holds_keys()) {
            assert!(left.is_empty() && esc.overlays == model.overlays, "{name}: Esc does nothing");
            let asks = matches!(cancel.overlays.last(), Some(Overlay::Quit(_)));
            assert!(right.is_empty() && asks == model.tickets.saving(), "{name}");
        } else {
            assert!(left == right && esc == cancel, "{name}");
        }
    }
}

#[test]
fn the_pane_with_the_keys_has_the_heavy_frame_and_the_only_cursor() {
    for (name, mut model) in looks().filter(|(_, model)| model.overlays.is_empty() && model.size.width > 40) {
        for depth in [Depth::Sixteen, Depth::None] {
            model.appearance.depth = depth;
            let (buffer, _) = cells(&model, model.size);
            let of = |wanted: &str| -> Vec<u16> {
                let columns = 0..buffer.area.width;
                let holds = |x: &u16| (0..buffer.area.height).any(|y| buffer[(*x, y)].symbol() == wanted);
                columns.filter(holds).collect()
            };
            let beside =
                matches!(focus(&model), Focus::Company(_) | Focus::PeopleSearch) && model.wide() && !model.full;
            let (heavy, cursors) = (of("┏"), of("▌"));
            let [corner] = heavy[..] else { panic!("{name}: {heavy:?}\n{}", rows(&buffer).join("\n")) };
            // A card of the overview has the cursor by its frame alone, wherever it stands.
            let card = model.company_alone() && focus(&model) == Focus::Company(Tab::Overview);
            assert!(card || (corner > 0) == beside, "{name}");
            assert!(cursors.iter().all(|x| *x == corner + 1), "{name}: {cursors:?}\n{}", rows(&buffer).join("\n"));
        }
    }
}
