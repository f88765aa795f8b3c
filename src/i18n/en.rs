//! The texts in English.

mod accounts;
mod activity;
mod attention;
mod bulk;
mod columns;
mod commands;
mod companies;
mod company;
mod confirm;
mod copy;
mod declare;
mod errors;
mod export;
mod form;
mod header;
mod help;
mod import;
mod keymap;
mod launch;
mod links;
mod menus;
mod network;
mod notifications;
mod overview;
mod palette;
mod people;
mod recoveries;
mod secrets;
mod setup;
mod since;
mod sources;
mod sync;
mod tags;
mod tasks;
mod technicians;
mod unlink;
mod usage;
mod vaults;

use super::types::Texts;
use crate::domain::lang::Lang;

pub(super) static TEXTS: Texts = Texts {
    lang: Lang::En,
    accounts: accounts::TEXTS,
    activity: activity::TEXTS,
    attention: attention::TEXTS,
    bulk: bulk::TEXTS,
    columns: columns::TEXTS,
    companies: companies::TEXTS,
    company: company::TEXTS,
    confirm: confirm::TEXTS,
    errors: errors::TEXTS,
    export: export::TEXTS,
    form: form::TEXTS,
    header: header::TEXTS,
    help: help::TEXTS,
    import: import::TEXTS,
    keymap: keymap::TEXTS,
    launch: launch::TEXTS,
    links: links::TEXTS,
    menus: menus::TEXTS,
    overview: overview::TEXTS,
    palette: palette::TEXTS,
    people: people::TEXTS,
    recoveries: recoveries::TEXTS,
    copy: copy::TEXTS,
    declare: declare::TEXTS,
    setup: setup::TEXTS,
    since: since::TEXTS,
    sources: sources::TEXTS,
    sync: sync::TEXTS,
    tags: tags::TEXTS,
    technicians: technicians::TEXTS,
    tasks: tasks::TEXTS,
    unlink: unlink::TEXTS,
    usage: usage::TEXTS,
    vaults: vaults::TEXTS,
    command: commands::command,
    group: commands::group,
    disabled: commands::disabled,
    notification: notifications::notification,
};
fn n(number: impl Into<u64>) -> String {
    super::time::grouped(number.into(), ',')
}

fn s(count: impl TryInto<u64>) -> &'static str {
    one(count, "", "s")
}

fn one<T: Copy>(count: impl TryInto<u64>, one: T, many: T) -> T {
    if count.try_into().is_ok_and(|count| count == 1) { one } else { many }
}
