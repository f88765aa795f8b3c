//! What the mouse meets is what was drawn there, in every scene.

use super::size;
use crate::support::picture::rows;
use crate::support::scenes;
use mspdash::app::effect::Effect;
use mspdash::app::model::Pane;
use mspdash::app::msg::Msg;
use mspdash::app::pointer::{Area, Gesture, Target, Targets};
use mspdash::app::screen::Screen;
use mspdash::app::{self, Model};
use mspdash::domain::lang::Lang;
use mspdash::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn drawn(model: &Model) -> (Vec<String>, Targets) {
    let mut terminal = Terminal::new(TestBackend::new(model.size.width, model.size.height)).unwrap();
    let mut targets = Targets::default();
    let frame = terminal.draw(|frame| targets = view::draw_targets(model, frame)).unwrap();
    (rows(frame.buffer), targets)
}

/// What is written in an area, where no letter is two cells wide.
fn text(rows: &[String], area: Area) -> String {
    let row = rows.get(usize::from(area.y)).map(String::as_str).unwrap_or_default();
    row.chars().skip(usize::from(area.x)).take(usize::from(area.width)).collect()
}

#[test]
fn a_target_lies_where_its_name_is_written() {
    let mut seen = 0;
    for (scene, at) in scenes::ALL.iter().flat_map(|scene| [(120, 36), (80, 24), (60, 15)].map(|at| (scene, at))) {
        let model = scene.model(Lang::En, size(at));
        let (rows, targets) = drawn(&model);
        for (area, target) in targets.iter() {
            let what = || format!("{} at {at:?}: {target:?} in {area:?}", scene.name);
            let inside = area.x + area.width <= at.0 && area.y + area.height <= at.1;
            assert!(inside, "{}", what());
            // What is covered is not read.
            let top = targets.at(area.x, area.y) == Some(*target) && model.overlays.is_empty();
            let said = text(&rows, *area);
            let named = match target {
                Target::Company(row) => {
                    let key = model.roster.key_at(*row).unwrap();
                    let name = &model.roster.get(&key).unwrap().name;
                    let start: String = name.trim().chars().take(5).collect();
                    !start.is_ascii() || said.contains(&start)
                }
                Target::Screen(screen) => said.contains(&model.options.keymap.keys(screen.command())[0].to_string()),
                // The help has another key while text is typed.
                Target::Command(command) => {
                    let keys = model.options.keymap.keys(*command).iter();
                    keys.into_iter().any(|key| said.contains(&key.to_string()))
                }
                _ => continue,
            };
            assert!(!top || model.toasts.iter().any(|_| true) || named, "{}: {said:?}", what());
            seen += usize::from(top);
        }
    }
    assert!(seen > 1_000, "{seen}");
}

/// Also where the list shows what needs attention, below the headings of its groups.
#[test]
fn the_selected_row_can_be_clicked() {
    let mut grouped = 0;
    for (scene, at) in scenes::ALL.iter().flat_map(|scene| [(120, 36), (80, 24)].map(|at| (scene, at))) {
        let model = scene.model(Lang::En, size(at));
        let listed = model.screen == Screen::Companies && model.pane == Pane::List && model.overlays.is_empty();
        let Some(key) = model.list.selection.key.as_ref().filter(|_| listed) else { continue };
        let (_, targets) = drawn(&model);
        let there =
            |target: &Target| matches!(target, Target::Company(row) if model.roster.key_at(*row).as_ref() == Some(key));
        assert!(targets.iter().any(|(_, target)| there(target)), "{} at {at:?}", scene.name);
        grouped += usize::from(model.list.attention.is_some());
    }
    assert!(grouped > 0);
}

/// What a click on anything but a button, a row to choose, or a command does is never a write.
#[test]
fn clicks_that_only_point_only_look() {
    for scene in scenes::ALL.iter() {
        let model = scene.model(Lang::En, size((120, 36)));
        let (_, targets) = drawn(&model);
        for (area, _) in targets.iter() {
            let Some(target) = targets.at(area.x, area.y) else { continue };
            for gesture in [Gesture::Click, Gesture::WheelDown, Gesture::WheelUp] {
                let mut model = model.clone();
                let now = model.now;
                let out = app::update(&mut model, now, Msg::Pointed { gesture, target });
                let writes = out.iter().any(|it| matches!(it, Effect::Call { request, .. } if request.writes()));
                let acts = matches!(target, Target::Button(_) | Target::Choice { .. } | Target::Command(_));
                assert!(!writes || (acts && gesture == Gesture::Click), "{}: {target:?}", scene.name);
            }
        }
    }
}
