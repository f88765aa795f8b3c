//! Every text that a person reads: one typed struct of texts, filled once for each language. A text missing
//! in a language does not compile. Reasons and troubles are data elsewhere and become sentences here.
#![expect(missing_docs, reason = "a field's documentation is its English text in en.rs")]

pub mod accounts;
pub mod activity;
pub mod country;
mod de;
mod en;
mod error;
pub mod form;
pub mod links;
pub mod marks;
pub mod recoveries;
mod secrets;
mod time;
pub mod usage;
pub mod vaults;
pub mod waits;

pub use error::Told;
pub use time::Clock;

use crate::app::command::{Command, DisabledReason, Group};
use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::app::msg::Copied;
use crate::app::toast::Notification;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::error::{Cause, Error, Operation};
use crate::domain::lang::Lang;
use crate::domain::people::{PersonKind, PersonState};
use crate::domain::roster::Column;
use crate::domain::setup::{Evidence, StepKind, StepState};
use crate::domain::unlink::{Check, Consequence};
use crate::domain::usage::Thousandths;
use std::borrow::Cow;

/// The texts of one language.
pub struct Words {
    pub lang: Lang,
    pub header: Header,
    pub list: List,
    pub company: Company,
    pub setup: Setup,
    pub people: People,
    pub unlink: Unlink,
    pub launch: Launch,
    pub menu: Menu,
    pub note: Note,
    pub form: form::Form,
    pub links: links::Links,
    pub recoveries: recoveries::Recoveries,
    pub vaults: vaults::Vaults,
    pub usage: usage::Usage,
    pub activity: activity::Activity,
    pub marks: marks::Marks,
    pub accounts: accounts::Accounts,
    pub waits: waits::Waits,
    pub state: fn(&CompanyState) -> Cow<'_, str>,
    pub attention: fn(&Attention) -> Cow<'_, str>,
    pub attention_short: fn(&Attention) -> Cow<'_, str>,
    pub command: fn(Command) -> CommandWords,
    pub group: fn(Group) -> &'static str,
    pub why: fn(&DisabledReason, &Clock) -> String,
    pub says: fn(&Notification, &Clock) -> String,
    pub what: fn(Operation) -> &'static str,
    /// What is said of a write of which it is not known whether it was done.
    pub unknown: fn(Operation) -> &'static str,
    pub again_is_safe: &'static str,
    pub look_first: &'static str,
    pub cause: fn(&Cause, &str) -> String,
    pub hint: fn(&Error, Keys<'_>) -> String,
    pub retry_in: fn(u64) -> String,
    pub request_id: &'static str,
    pub server_says: &'static str,
    pub too_small: &'static str,
    pub too_small_hint: fn(u16, u16) -> String,
    pub key_quit: fn(&str) -> String,
}

/// The key of a command as the user has it, for running text.
pub type Keys<'a> = &'a dyn Fn(Command) -> String;

/// A command as a person reads it.
#[derive(Debug, Clone, Copy)]
pub struct CommandWords {
    /// Its name in palette and help.
    pub label: &'static str,
    /// One or two words for the hint bar.
    pub short: &'static str,
    /// A sentence.
    pub help: &'static str,
}

pub struct Header {
    pub read_only: &'static str,
    pub sample: &'static str,
    pub connecting: &'static str,
    pub starting: &'static str,
    pub loading: fn(u64, Option<u64>) -> String,
    pub live: &'static str,
    pub synced_now: &'static str,
    pub stale: fn(&str) -> String,
    pub never: &'static str,
    pub down: &'static str,
    pub refused: &'static str,
    pub companies: &'static str,
    pub seats: fn(u64) -> String,
    pub setup: fn(u32) -> String,
    pub attention: fn(u32) -> String,
}

pub struct List {
    pub title: &'static str,
    pub of: fn(usize, usize) -> String,
    pub company: &'static str,
    pub status: &'static str,
    pub seats: &'static str,
    pub setup: &'static str,
    pub owners: &'static str,
    pub attention: &'static str,
    pub invited: fn(u32) -> String,
    pub column: fn(Column) -> &'static str,
    pub filter_status: &'static str,
    pub filter_attention: &'static str,
    pub filter_tag: &'static str,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub no_match: fn(&str) -> String,
    pub no_match_hint: fn(&str, &str) -> String,
    pub no_match_clear: fn(&str) -> String,
    pub no_match_filter: &'static str,
    pub trial_until: fn(&str) -> String,
    pub trial_ended: fn(&str) -> String,
    pub search_keys: &'static str,
}

pub struct Company {
    pub none: &'static str,
    pub none_hint: fn(&str, &str) -> String,
    pub gone_hint: fn(&str) -> String,
    pub gone: &'static str,
    pub tab: fn(Tab) -> &'static str,
    pub field: fn(Field) -> &'static str,
    pub seats: fn(u32, Option<u32>) -> String,
    pub members_guests: fn(u32, u32) -> String,
    pub owners: fn(u32, u32) -> String,
    pub setup: fn(u32, u32) -> String,
    pub stalled: fn(&str) -> String,
    pub region_note: &'static str,
    pub recoveries: fn(u32) -> String,
    pub advanced: fn(bool, bool) -> &'static str,
    pub created: fn(&str) -> String,
    pub linked: fn(&str) -> String,
    pub never_launched: &'static str,
    pub unlinked: fn(&str, Option<&str>) -> String,
    pub trial: fn(&str, bool) -> String,
    pub nothing: &'static str,
}

pub struct Setup {
    pub step: fn(&StepKind) -> Cow<'_, str>,
    pub explain: fn(&StepKind) -> &'static str,
    pub place: fn(&StepKind) -> &'static str,
    pub state: fn(&StepState) -> Cow<'_, str>,
    pub progress: fn(u32, u32) -> String,
    pub next: &'static str,
    pub reported: fn(&str, &str) -> String,
    pub not_reported: &'static str,
    pub derived: &'static str,
    pub evidence: fn(&Evidence) -> String,
    pub note: &'static str,
    pub where_: &'static str,
    pub loading: &'static str,
    pub empty: &'static str,
    pub saving: &'static str,
    pub complete: &'static str,
    pub menu_keys: fn(usize) -> String,
    pub now: &'static str,
    pub reopen: fn(&str) -> String,
    pub reopen_keep: &'static str,
    pub reopen_go: &'static str,
    pub reopen_keys: &'static str,
}

pub struct People {
    pub state: fn(&PersonState) -> Cow<'_, str>,
    pub kind: fn(&PersonKind) -> Cow<'_, str>,
    pub name: &'static str,
    pub status: &'static str,
    pub groups: &'static str,
    pub count: fn(usize, usize) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub since: fn(&str) -> String,
    pub no_groups: &'static str,
    pub owners: &'static str,
    pub administrators: &'static str,
}

pub struct Unlink {
    pub title: fn(&str) -> String,
    pub loading: &'static str,
    pub check: fn(&Check) -> String,
    pub consequence: fn(&Consequence, Option<&str>) -> String,
    pub checks: &'static str,
    pub trial_would_end: fn(&str) -> String,
    pub consequences: &'static str,
    pub blocked: &'static str,
    pub fix_owner: fn(&str) -> String,
    pub fix_by_others: fn(&str) -> String,
    pub owner_invited: fn(Option<&str>) -> String,
    pub nobody_joined: fn(Option<&str>) -> String,
    pub transfer: &'static str,
    pub type_name: fn(&str) -> String,
    pub does_not_match: &'static str,
    pub matches: &'static str,
    pub changed: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub unlink: &'static str,
    pub sending: &'static str,
    pub keys: &'static str,
    pub keys_blocked: fn(&str) -> String,
    pub keys_sending: &'static str,
}

pub struct Launch {
    pub title: fn(&str) -> String,
    pub explain: &'static str,
    pub valid: fn(i64) -> String,
    pub expired: fn(&str) -> String,
    pub copied: fn(&Copied) -> String,
    pub keys: fn(&str, &str) -> String,
    pub no_room: &'static str,
}

pub struct Menu {
    pub sort: &'static str,
    pub sort_keys: &'static str,
    pub filter: &'static str,
    pub filter_keys: fn(&str) -> String,
    pub any_attention: &'static str,
    pub help: &'static str,
    pub help_keys: fn(&str, &str, &str) -> String,
    pub palette: &'static str,
    pub palette_keys: &'static str,
    pub palette_none: &'static str,
    pub error: &'static str,
    pub trouble_keys: &'static str,
    pub leave: &'static str,
    pub leave_text: &'static str,
    pub leave_stay: &'static str,
    pub leave_go: &'static str,
    pub trademark: &'static str,
}

pub struct Note {
    pub title: fn(&str) -> String,
    pub keys: &'static str,
    pub asking: &'static str,
    pub sending: &'static str,
}

/// The texts of this language.
#[must_use]
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::De => &de::WORDS,
        Lang::En => &en::WORDS,
    }
}

/// Command names for the palette, in this language.
#[must_use]
pub fn labels(lang: Lang) -> Vec<(Command, &'static str)> {
    let words = of(lang);
    crate::app::command::TABLE.iter().map(|row| (row.command, (words.command)(row.command).label)).collect()
}

/// Codes and names of countries for the form, in this language.
#[must_use]
pub fn countries(lang: Lang) -> Vec<(&'static str, &'static str)> {
    country::all(lang).collect()
}

impl Words {
    /// The word for the set-up.
    #[must_use]
    pub fn company_setup(&self) -> &'static str {
        (self.company.tab)(Tab::Setup)
    }

    /// A number as the language groups its digits.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let separator = match self.lang {
            Lang::De => '.',
            Lang::En => ',',
        };
        time::grouped(number, separator)
    }

    /// A decimal with three places, as the language writes it.
    #[must_use]
    pub fn decimal(&self, number: Thousandths) -> String {
        let point = if self.lang == Lang::De { ',' } else { '.' };
        format!("{}{point}{:03}", self.number(number.0 / 1_000), number.0 % 1_000)
    }
}

#[cfg(test)]
mod tests;
