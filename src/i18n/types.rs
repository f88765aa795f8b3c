//! The texts of one language, as types: a text that is missing in a language does not compile.

pub mod accounts;
pub mod activity;
pub mod attention;
pub mod bulk;
pub mod columns;
pub mod commands;
pub mod companies;
pub mod company;
pub mod confirm;
pub mod copy;
pub mod declare;
pub mod errors;
pub mod export;
pub mod form;
pub mod header;
pub mod help;
pub mod import;
pub mod keymap;
pub mod launch;
pub mod links;
pub mod menus;
pub mod overview;
pub mod palette;
pub mod people;
pub mod recoveries;
pub mod setup;
pub mod since;
pub mod sources;
pub mod sync;
pub mod tags;
pub mod tasks;
pub mod technicians;
pub mod unlink;
pub mod usage;
pub mod vaults;

use super::Clock;
use crate::app::command::{Command, DisabledReason, Group};
use crate::app::toast::Notification;
use crate::domain::lang::Lang;

pub struct Texts {
    pub lang: Lang,
    pub accounts: accounts::Accounts,
    pub activity: activity::Activity,
    pub attention: attention::Attention,
    pub bulk: bulk::Bulk,
    pub columns: columns::Columns,
    pub companies: companies::Companies,
    pub company: company::Company,
    pub confirm: confirm::Confirm,
    pub errors: errors::Errors,
    pub export: export::Export,
    pub form: form::Form,
    pub header: header::Header,
    pub help: help::Help,
    pub import: import::Import,
    pub keymap: keymap::Keymap,
    pub launch: launch::Launch,
    pub links: links::Links,
    pub menus: menus::Menus,
    pub overview: overview::Overview,
    pub palette: palette::Palette,
    pub people: people::People,
    pub recoveries: recoveries::Recoveries,
    pub copy: copy::Copy,
    pub declare: declare::Declare,
    pub setup: setup::Setup,
    pub since: since::Since,
    pub sources: sources::Sources,
    pub sync: sync::Sync,
    pub tags: tags::Tags,
    pub technicians: technicians::Technicians,
    pub tasks: tasks::Tasks,
    pub unlink: unlink::Unlink,
    pub usage: usage::Usage,
    pub vaults: vaults::Vaults,
    pub command: fn(Command) -> commands::CommandText,
    pub group: fn(Group) -> &'static str,
    pub disabled: fn(&DisabledReason, &Clock) -> String,
    pub notification: fn(&Notification, &Clock) -> String,
}

/// The user's key for a command, for running text.
pub type Keys<'a> = &'a dyn Fn(Command) -> String;
