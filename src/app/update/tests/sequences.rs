//! Keys that wait: sequences, counts, and keys that mean nothing.

use crate::app::command::{Command, Keymap, Preset};
use crate::app::fixture::*;
use crate::app::focus::types_text;
use crate::app::key::{Code, Key};
use crate::app::model::{Options, Pane, Tab};
use crate::app::pending::due;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::company::Company;

fn many() -> Vec<Company> {
    (0..60).map(|number| company(&format!("C{number:02}"), &format!("Company {number:02}"))).collect()
}

fn app(preset: Preset) -> AppDriver {
    let options = Options { keymap: Keymap::of(preset), ..AppDriver::options() };
    AppDriver::as_who(options, &ALL_PERMISSIONS, many())
}

fn at(app: &AppDriver) -> usize {
    app.model.list.selection.row
}

#[test]
fn a_sequence_runs_with_its_last_key_and_esc_drops_it() {
    let mut vim = app(Preset::Vim);
    vim.press("G g");
    assert_eq!(at(&vim), 59, "the first key of a sequence runs nothing");
    vim.press("g");
    assert_eq!((at(&vim), vim.model.pending.is_empty()), (0, true));
    vim.press("enter");
    let open = (vim.model.pane, vim.model.tab);
    vim.press("g esc");
    assert_eq!((vim.model.pane, vim.model.tab), open, "Esc drops the sequence and no layer");
    vim.press("g t");
    assert_eq!(vim.model.tab, Tab::Setup);
    vim.press("g ctrl-c");
    assert_eq!(vim.model.pane, Pane::Company, "so does ctrl-c");
    vim.press("g 4");
    assert_eq!(vim.model.screen, Screen::Usage);
}

#[test]
fn what_can_follow_is_shown_after_a_moment_and_at_rest_nothing_wakes() {
    let mut vim = app(Preset::Vim);
    vim.press("g");
    assert!(vim.model.continuations().is_empty(), "who is fast is not disturbed");
    let wake = due(&vim.model).unwrap();
    assert_eq!(wake.duration_since(vim.now).as_millis(), 400);
    vim.pass(400);
    let follows: Vec<String> = vim.model.continuations().iter().map(|(rest, _)| rest.to_string()).collect();
    assert_eq!(follows, ["x", "1", "2", "3", "4", "5", "6", "g", "t", "T"]);
    assert_eq!(due(&vim.model), None, "shown, it waits for a key and for nothing else");
    vim.press("esc");
    assert!(vim.model.continuations().is_empty());
}

#[test]
fn a_key_that_goes_on_with_no_sequence_is_told_and_runs_nothing() {
    let mut vim = app(Preset::Vim);
    for key in every_key() {
        let mut vim = vim.clone();
        vim.press("g");
        let runs = "x123456gtT".contains(|c| Key::char(c) == key);
        let leads_out = [Key::plain(Code::Esc), Key::ctrl('c'), Key::ctrl('z')].contains(&key);
        let helps = [Key::char('?'), Key::plain(Code::F(1))].contains(&key);
        let out = vim.key(key);
        if !(runs || leads_out || helps) {
            assert!(out.is_empty() && vim.model.unbound.is_some() && vim.model.overlays.is_empty(), "{key:?} {out:?}");
        }
        assert!(vim.model.pending.is_empty(), "{key:?}");
    }
    vim.press("g u");
    assert!(vim.model.undo.is_empty() && vim.model.toasts.is_empty(), "`u` was part of it");
}

#[test]
fn counts_move_and_scroll() {
    let mut vim = app(Preset::Vim);
    for (keys, row) in [
        ("5 j", 5),
        ("1 2 j", 17),
        ("1 0 k", 7),
        ("9 G", 8),
        ("3 g g", 2),
        ("G", 59),
        ("g g", 0),
        ("9 9 9 9 9 9 9 j", 59),
        ("3 esc k", 58),
        ("2 5 G", 24),
    ] {
        vim.press(keys);
        assert_eq!(at(&vim), row, "{keys}");
    }
    let page = vim.model.page();
    vim.press("g g 2 ctrl-d");
    assert_eq!(at(&vim), page / 2 * 2);
    vim.press("g g ctrl-f ctrl-u");
    assert_eq!(at(&vim), page - page / 2);
    vim.press("enter 3 g t");
    assert_eq!(vim.model.tab, Tab::Vaults);
}

/// In no preset, with no key, does a count make a command that writes run, let alone so many times.
#[test]
fn a_count_never_multiplies_a_write() {
    for preset in Preset::ALL {
        let count = if preset == Preset::Vim { "5" } else { "9" };
        for key in every_key().into_iter().filter(|key| key.typed().is_none_or(|c| !c.is_ascii_digit())) {
            let mut app = app(preset);
            app.press("j");
            let once = app.clone().key(key);
            app.press(count);
            let out = app.key(key);
            let written = requests(&out).into_iter().filter(crate::domain::request::Request::writes).count();
            assert!(written == 0 && out.len() <= once.len().max(1), "{preset:?} {count} {key:?}: {out:?}");
        }
    }
    let mut vim = app(Preset::Vim);
    vim.press("5 u");
    let told = vim.model.toasts.last().map(|toast| toast.says.clone());
    assert!(matches!(told, Some(Notification::NotNow(Command::Undo, _))), "{told:?}");
}

/// A digit that is a key stays one; after one that is none it counts.
#[test]
fn by_default_digits_show_screens() {
    let mut usual = app(Preset::Default);
    usual.press("5 j");
    assert_eq!(usual.model.screen, Screen::Activity);
    usual.press("1 g 0");
    assert!(usual.model.pending.is_empty(), "no count begins with 0");
    usual.press("9 j");
    assert_eq!((usual.model.screen, at(&usual)), (Screen::Companies, 9));
    usual.press("8 1 k");
    assert_eq!((usual.model.screen, at(&usual)), (Screen::Companies, 0));
}

#[test]
fn a_key_that_means_nothing_is_told_once_with_where_it_means_something() {
    let mut app = app(Preset::Default);
    let told = |app: &AppDriver| app.model.unbound.clone().map(|unbound| (unbound.keys.name(), unbound.elsewhere));
    app.press("x");
    assert_eq!(told(&app), Some(("x".into(), vec![Command::ToggleStep])));
    app.press("@");
    assert_eq!(told(&app), Some(("@".into(), Vec::new())));
    assert_eq!(due(&app.model), app.model.unbound.as_ref().map(|unbound| unbound.until));
    app.pass(2_000);
    assert_eq!(told(&app), None);
    app.press("@ j");
    assert_eq!(told(&app), None, "the next key ends it");
    app.press("enter ] x");
    assert_eq!(told(&app), None, "in its place it means something");
}

#[test]
fn in_a_line_counts_and_sequences_are_text() {
    for preset in Preset::ALL {
        let mut app = app(preset);
        app.press("/");
        for c in ' '..='~' {
            app.key(Key::char(c));
            assert!(types_text(&app.model) && app.model.pending.is_empty() && app.model.unbound.is_none(), "{c}");
        }
        let mut app = self::app(preset);
        app.press("n enter");
        app.type_in("5 gg");
        assert!(app.model.pending.is_empty());
    }
}

#[test]
fn something_that_comes_over_a_sequence_ends_it() {
    let mut vim = app(Preset::Vim);
    vim.press("g ?");
    assert!(!vim.model.overlays.is_empty() && vim.model.pending.is_empty());
    vim.press("esc");
    vim.press("5");
    vim.send(crate::app::msg::Msg::Paste("x".into()));
    assert!(vim.model.pending.is_empty());
}
