//! Menus, help, palette and the question before leaving.

use crate::domain::roster::Figure;
use crate::domain::theme::BuiltIn;
use crate::i18n::types::menus::Menus;

pub(super) const TEXTS: Menus = Menus {
    sort: "Sort by",
    sort_keys: "↵ choose, again to reverse · Esc close",
    filter: "Filter",
    filter_keys: |clear| format!("Space select · ↵ apply · {clear} clear all · Esc close"),
    any_attention: "any reason",
    known: "Known",
    unknown: |figure| match figure {
        Figure::Seats => "seats unknown",
        Figure::Owners => "owners unknown",
    },
    older: |days| format!("older than {days} days"),
    theme: "Theme",
    theme_keys: "↑↓ preview · ↵ use · Esc as before",
    theme_about: |theme| match theme {
        BuiltIn::Terminal => "your terminal's colours",
        BuiltIn::Dark => "its own colours, dark",
        BuiltIn::Light => "its own colours, light",
        BuiltIn::Contrast => "highest contrast",
        BuiltIn::Deuteranopia => "blue and orange",
        BuiltIn::Mono => "no colours",
    },
    theme_own: |parent| format!("yours, based on {}", parent.as_str()),
    theme_no_colour: "Colours are off (NO_COLOR or TERM).",
    theme_on_dark: "Your terminal is dark.",
    theme_on_light: "Your terminal is light.",
    theme_on_unknown: "Your terminal does not say whether it is dark or light.",
    theme_keep: |name| format!("To keep it: theme = \"{name}\" in config.toml"),
    views: "Views",
    views_keys: "↵ show · s save the list as it is · d remove · Esc close",
    view_name: "Search, filter, sort and columns, saved as",
    view_name_keys: "↵ save · Esc cancel",
    columns: "Columns",
    columns_keys: |clear| format!("Space show or hide · J/K move · {clear} as configured · Esc close"),
    found: "a kept search",
    error: "Error details",
    history: "Messages",
    now: "now",
    trouble_keys: "Esc close",
    leave: "Quit now?",
    leave_text: "A change is still being saved. If you quit now, it may or may not be saved.",
    leave_stay: "Stay",
    leave_go: "Quit",
    trademark: "mspdash is independent of AgileBits. “1Password” is a trademark of its owner.",
    too_small: "Window too small",
    too_small_hint: |width, height| format!("at least {width}×{height}"),
    key_quit: |quit| format!("{quit} quits"),
};
