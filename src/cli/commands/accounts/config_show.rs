//! `mspdash config show`: every setting with where it comes from, also of a configuration that cannot be run.
//! Secrets are not fetched for it, let alone shown.

use crate::cli::account_context::AccountContext;
use crate::cli::args::Output;
use crate::cli::commands::accounts::profile::{ProfileRecord, shown};
use crate::cli::error::CliError;
use crate::cli::table;
use crate::config::{Origin, Presence, ProfileEntry, Resolved, Sourced};
use serde::Serialize;
use std::fmt::Write;

/// The configuration in JSON.
#[derive(Serialize)]
struct ConfigRecord<'a> {
    config_file: Option<String>,
    settings: Vec<Setting>,
    profiles: Vec<ProfileSettings<'a>>,
    notices: Vec<String>,
}

/// One value.
#[derive(Serialize)]
struct Setting {
    name: &'static str,
    value: Option<String>,
    source: Source,
}

/// Where it comes from.
#[derive(Serialize)]
struct Source {
    /// `default`, `locale`, `file`, `environment` or `flag`.
    kind: &'static str,
    /// The variable or the flag.
    name: Option<String>,
    /// The line of the file.
    line: Option<usize>,
    #[serde(skip)]
    text: String,
}

/// One profile with where its values come from.
#[derive(Serialize)]
struct ProfileSettings<'a> {
    #[serde(flatten)]
    profile: ProfileRecord<'a>,
    /// The line of its name.
    line: usize,
    settings: Vec<Setting>,
    /// Every place of its secret, in the order in which they are tried.
    secret_places: Vec<PlaceRecord>,
}

/// One place of a secret.
#[derive(Serialize)]
struct PlaceRecord {
    kind: &'static str,
    place: String,
    /// `present`, `absent`, `not_asked`, `unavailable` or `refused`.
    presence: &'static str,
    /// Why, where there is more to say.
    reason: Option<String>,
}

pub fn run(args: &Output, ctx: &mut AccountContext<'_>) -> Result<(), CliError> {
    let settled = &ctx.settled;
    let record = ConfigRecord {
        config_file: settled.paths.config_file.as_ref().map(|path| path.display().to_string()),
        settings: settings(settled),
        profiles: settled.profiles.iter().map(profile).collect(),
        notices: settled.notices.iter().map(ToString::to_string).collect(),
    };
    ctx.io.show(args.format, &record, || text(&record))
}

fn settings(settled: &Resolved) -> Vec<Setting> {
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    // An address may hold a password where none belongs; one that is none is not shown at all.
    let server = |text: &Option<String>| {
        let text = text.as_deref()?;
        Some(text.trim().parse().map_or_else(|_| "(not a usable address)".to_owned(), |url| shown(&url)))
    };
    let some = |text: String| Some(text);
    vec![
        setting("server", &settled.server, server),
        setting("client_id", &settled.client_id, Clone::clone),
        setting("client_secret", &settled.client_secret, |secret| secret.as_ref().map(|_| "(set)".to_owned())),
        setting("credentials", &settled.credentials, path),
        setting("profile", &settled.chosen, |names| Some(names.join(", ")).filter(|names| !names.is_empty())),
        setting("role", &settled.role, |role| some(role.clone())),
        setting("read_only", &settled.read_only, |on| some(on.to_string())),
        setting("lang", &settled.lang, |lang| some(lang.to_string())),
        setting("theme", &settled.theme, |theme| some(theme.clone())),
        setting("ascii", &settled.ascii, |on| some(on.to_string())),
        setting("ca_file", &settled.ca_file, path),
        setting("data_dir", &settled.data_dir, path),
        // It goes where the data directory was moved to.
        Setting { name: "cache_dir", value: path(&settled.paths.cache_dir), source: source(&settled.data_dir.origin) },
        setting("log_level", &settled.log_level, |level| some(level.clone())),
        setting("no_browser", &settled.no_browser, |on| some(on.to_string())),
        setting("mouse", &settled.mouse, |on| some(on.to_string())),
        setting("notify", &settled.notify, |notify| {
            let ways = [(notify.osc9, "osc9"), (notify.osc777, "osc777"), (notify.bell, "bell")];
            let ways: Vec<&str> = ways.into_iter().filter(|(on, _)| *on).map(|(_, way)| way).collect();
            some(if ways.is_empty() { "off".to_owned() } else { ways.join(", ") })
        }),
        setting("no_cache", &settled.no_cache, |on| some(on.to_string())),
        setting("list.columns", &settled.columns, |columns| {
            some(columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }),
        setting("sample_size", &settled.sample_size, |size| some(size.to_string())),
    ]
}

fn setting<T>(name: &'static str, sourced: &Sourced<T>, show: impl Fn(&T) -> Option<String>) -> Setting {
    Setting { name, value: show(&sourced.value), source: source(&sourced.origin) }
}

fn source(origin: &Origin) -> Source {
    Source {
        kind: origin.kind(),
        name: origin.name().map(str::to_owned),
        line: origin.line(),
        text: origin.to_string(),
    }
}

fn profile(listed: &ProfileEntry) -> ProfileSettings<'_> {
    let profile = &listed.profile;
    let value = |name, value: Option<String>| Setting { name, value, source: source(&listed.origin(name)) };
    let colour = if listed.lines.contains_key("color") { "color" } else { "colour" };
    let settings = vec![
        value("server", Some(shown(&profile.base_url))),
        value("client_id", Some(profile.client_id.clone())),
        value("label", profile.label.clone()),
        value(colour, profile.tint.map(|tint| tint.as_str().to_owned())),
        value("read_only", Some(profile.read_only.to_string())),
        value("default", Some(profile.default.to_string())),
        value("ca_file", profile.ca_file.as_ref().map(|path| path.display().to_string())),
    ];
    let secret_places = profile.secret.places().iter().map(|place| {
        let (presence, reason) = presence(place.presence(), profile.id.as_str());
        PlaceRecord { kind: place.kind(), place: place.to_string(), presence, reason }
    });
    ProfileSettings {
        profile: ProfileRecord::of(listed),
        line: listed.line,
        settings,
        secret_places: secret_places.collect(),
    }
}

fn presence(presence: Presence, profile: &str) -> (&'static str, Option<String>) {
    match presence {
        Presence::Present => ("present", None),
        Presence::Absent => ("absent", None),
        Presence::NotAsked => ("not_asked", Some("is run when the secret is needed".to_owned())),
        Presence::Unavailable(words) => ("unavailable", Some(words)),
        Presence::Refused(why, words) => {
            use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
            let cause = Cause::NoSecret { profile: profile.to_owned(), why: Box::new(why) };
            let error = Error { detail: words, ..Error::new(Operation::SignIn, cause, RetryAdvice::Never) };
            ("refused", Some(crate::cli::sentence(&error)))
        }
    }
}

fn text(record: &ConfigRecord<'_>) -> String {
    let mut text = format!("Configuration: {}\n\n", table::or_dash(record.config_file.as_deref()));
    text.push_str(&rows(&record.settings));
    for profile in &record.profiles {
        let _ = write!(text, "\n\nProfile {} (line {})\n", profile.profile.name(), profile.line);
        text.push_str(&rows(&profile.settings));
        text.push_str("\nSecret, in this order:");
        for place in &profile.secret_places {
            let reason = place.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
            let _ = write!(text, "\n  {}: {}{reason}", place.place, place.presence.replace('_', " "));
        }
    }
    text
}

fn rows(settings: &[Setting]) -> String {
    let row = |setting: &Setting| {
        [setting.name.to_owned(), table::or_dash(setting.value.as_deref()), setting.source.text.clone()]
    };
    table::columns(["SETTING", "VALUE", "SOURCE"], &[], settings.iter().map(row))
}
