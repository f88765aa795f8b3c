//! Pictures of every screen, dialog and state: the part that it is about, text and styles, a file for each feature.
//! One size and English for each; the narrow window for what has a layout of its own there, German for fourteen, and the
//! list in full at four sizes. What holds at every size and in both languages is held by `tests/tui/sizes.rs`.

mod keys;

use crate::support::picture;
use crate::support::scenes::{self, Scene};
use mspdash::app::core::layout::layout;
use mspdash::app::msg::Size;
use mspdash::domain::lang::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Where a scene is shown.
const WIDE: Size = size(120, 36);
/// The usual window of a terminal: one pane.
const NARROW: Size = size(80, 24);
/// The list, where every style is told.
const SIZES: [Size; 4] = [size(160, 48), WIDE, NARROW, size(60, 15)];
const LIST: &str = "list_many";

/// What is shown in German as well: of each feature what has the most text.
const GERMAN: [&str; 14] = [
    "list_many",
    "overview_full",
    "overview_observed",
    "setup_mid",
    "people_many",
    "usage_screen",
    "activity_screen",
    "links",
    "unlink_allowed",
    "form_new",
    "technicians",
    "tasks",
    "task_steps",
    "help",
];

/// Features that share a file: the beginnings of the names of their scenes, up to the first `_`.
const FILES: [(&str, &[&str]); 15] = [
    ("accounts", &["accounts"]),
    ("activity", &["activity"]),
    ("company", &["company", "declare", "overview", "setup", "sources", "note"]),
    ("confirm", &["confirm"]),
    ("form", &["form", "new"]),
    ("import", &["import"]),
    ("links", &["link", "links"]),
    ("list", &["start", "list", "attention", "no", "read", "snooze", "toasts"]),
    ("marks", &["export", "marks", "tags"]),
    ("menus", &["copy", "help", "palette", "menu", "launch", "leave", "tour", "trouble"]),
    ("people", &["people", "recoveries", "vault", "vaults"]),
    ("tasks", &["task", "tasks"]),
    ("technicians", &["technicians"]),
    ("unlink", &["unlink"]),
    ("usage", &["usage"]),
];

const fn size(width: u16, height: u16) -> Size {
    Size { width, height }
}

/// The beginning of a window that shows nothing out of the way.
fn usual(size: Size) -> Vec<String> {
    let list = scenes::ALL.iter().find(|scene| scene.name == LIST).unwrap();
    let areas = layout(size);
    let top = usize::from(areas.header + areas.summary);
    picture::rows(&picture::cells(&list.model(Lang::En, size), size).0).into_iter().take(top).collect()
}

fn shown(scene: &Scene, lang: Lang, size: Size, usual: &[String], full: bool) -> String {
    let picture = picture::picture(&scene.model(lang, size), size, usual, full);
    format!("## {} {}×{}\n{picture}\n", scene.name, size.width, size.height)
}

fn file(scene: &Scene) -> &'static str {
    let start = scene.name.split('_').next().unwrap();
    let file = FILES.iter().find(|(_, starts)| starts.contains(&start));
    file.unwrap_or_else(|| panic!("{}: to which file does it belong?", scene.name)).0
}

fn same(name: &str, text: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| catch_unwind(AssertUnwindSafe(|| insta::assert_snapshot!(name.to_owned(), text)))).is_ok()
}

#[test]
fn every_scene_looks_as_it_did() {
    let (wide, narrow) = (usual(WIDE), usual(NARROW));
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for scene in scenes::ALL.iter() {
        let out = files.entry(file(scene)).or_default();
        out.push_str(&shown(scene, Lang::En, WIDE, &wide, false));
        // Dialogs look alike in both windows.
        if scene.main && scene.model(Lang::En, NARROW).overlays.is_empty() {
            out.push_str(&shown(scene, Lang::En, NARROW, &narrow, false));
        }
    }
    let changed: Vec<_> = files.iter().filter(|(name, text)| !same(name, text)).collect();
    assert!(changed.is_empty(), "pictures changed in {:?}", changed.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn the_list_looks_as_it_did_at_every_size_with_all_its_styles() {
    let list = scenes::ALL.iter().find(|scene| scene.name == LIST).unwrap();
    assert!(same("sizes", &SIZES.map(|size| shown(list, Lang::En, size, &[], true)).concat()));
}

#[test]
fn ten_scenes_look_as_they_did_in_german() {
    let scene = |name: &str| {
        let found = scenes::ALL.iter().find(|scene| scene.name == name);
        found.unwrap_or_else(|| panic!("no scene is called {name}"))
    };
    assert!(same("german", &GERMAN.map(|name| shown(scene(name), Lang::De, WIDE, &[], false)).concat()));
}

#[test]
fn a_window_too_small_says_so() {
    let tiny = size(24, 6);
    let list = scenes::ALL.iter().find(|scene| scene.name == LIST).unwrap();
    assert!(same("too_small", &Lang::ALL.map(|lang| shown(list, lang, tiny, &[], true)).concat()));
}

#[test]
fn names_are_given_once_and_no_picture_is_left_over() {
    let names: BTreeSet<&str> = scenes::ALL.iter().map(|scene| scene.name).collect();
    assert_eq!(names.len(), scenes::ALL.len());
    let used: BTreeSet<&str> = scenes::ALL.iter().map(file).collect();
    let wanted = used.into_iter().chain(["sizes", "german", "too_small"]).map(|name| format!("{name}.snap")).collect();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tui/snapshots");
    let there = std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().path());
    // Beside the pictures, a failed test leaves what it saw as `.snap.new`.
    let there = there.filter(|path| path.extension().is_some_and(|end| end == "snap"));
    let there: BTreeSet<String> = there.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    assert_eq!(there, wanted);
}
