//! Pictures of every screen, dialog and state, text and styles, in both languages.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a picture that cannot be made is a failed test")]

#[path = "support/cast.rs"]
#[expect(dead_code, reason = "hostile companies play elsewhere")]
mod cast;
#[path = "support/picture.rs"]
mod picture;
#[path = "support/scenes.rs"]
mod scenes;
#[path = "support/stage.rs"]
mod stage;

use mspdash::app::msg::Size;
use mspdash::domain::lang::Lang;
use scenes::Scene;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

const MAIN: [Size; 4] = [size(160, 48), size(120, 36), size(80, 24), size(60, 15)];
const REST: [Size; 2] = [size(120, 36), size(80, 24)];

const fn size(width: u16, height: u16) -> Size {
    Size { width, height }
}

/// Takes the picture of a scene at all its sizes; says whether it is as it was.
fn unchanged(scene: &Scene, lang: Lang) -> bool {
    let sizes: &[Size] = if scene.main && lang == Lang::En { &MAIN } else { &REST };
    let text: String = sizes.iter().map(|size| picture::picture(&scene.model(lang, *size), *size)).collect();
    same(&format!("{}.{lang}", scene.name), &text)
}

fn same(name: &str, text: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| catch_unwind(AssertUnwindSafe(|| insta::assert_snapshot!(name.to_owned(), text)))).is_ok()
}

fn all_unchanged(lang: Lang) {
    let changed: Vec<&str> =
        scenes::ALL.iter().filter(|scene| !unchanged(scene, lang)).map(|scene| scene.name).collect();
    assert!(changed.is_empty(), "these pictures changed: {changed:?}");
}

#[test]
fn every_scene_looks_as_it_did_in_english() {
    all_unchanged(Lang::En);
}

#[test]
fn every_scene_looks_as_it_did_in_german() {
    all_unchanged(Lang::De);
}

#[test]
fn a_window_too_small_says_so() {
    let text: String = [Lang::En, Lang::De]
        .into_iter()
        .map(|lang| picture::picture(&scenes::ALL[3].model(lang, size(24, 6)), size(24, 6)))
        .collect();
    assert!(same("too_small", &text));
}

#[test]
fn names_are_given_once_and_no_picture_is_left_over() {
    let mut wanted: BTreeSet<String> =
        scenes::ALL.iter().flat_map(|scene| Lang::ALL.map(|lang| format!("{}.{lang}.snap", scene.name))).collect();
    assert_eq!(wanted.len(), scenes::ALL.len() * Lang::ALL.len());
    wanted.insert("too_small.snap".into());
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/pictures");
    let there = std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().path());
    // Beside the pictures, a failed test leaves what it saw as `.snap.new`.
    let there = there.filter(|path| path.extension().is_some_and(|end| end == "snap"));
    let there: BTreeSet<String> = there.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    assert_eq!(there, wanted);
}
