//! What a message does to the model, and what it wants done outside.

pub(in crate::app) mod keys;
mod sequence;
#[cfg(test)]
mod tests;

use super::features::{
    activity, attention, bulk, company, copy, declare, export, form, import, launch, links, palette, people, restore,
    sources, sync, tasks, technicians, undo, unlink, usage,
};
use crate::app::command::{Command, DisabledReason, Group, Target};
use crate::app::core::ui::{self, UiStates};
use crate::app::ctx::Ctx;

pub use super::features::accounts::rows as account_rows;
pub use super::features::activity::due_at as activity_due;
pub use super::features::attention::DAYS as SNOOZE_DAYS;
pub use super::features::bulk::CHOICES as BULK_CHOICES;
use super::features::companies::views;
pub use super::features::companies::{filter_chosen, filter_rows};
pub use super::features::setup::step_of;
pub use super::features::usage::due_at as usage_due;

use crate::app::effect::Effect;
use crate::app::features::accounts::Accounts;
use crate::app::features::activity::ActivityPane;
use crate::app::features::links::{LinksPane, LinksRequest};
use crate::app::features::recoveries::RecoveriesPane;
use crate::app::features::since::{self, Since};
use crate::app::features::tasks::{TasksPane, TasksRequest};
use crate::app::features::usage::UsagePane;
use crate::app::model::{ListPane, Model, Options, Pane, Tab, TabRows};
use crate::app::msg::{Msg, Reply, Size};
use crate::app::navigation;
use crate::app::navigation::history::History;
use crate::app::overlay::Overlays;
use crate::app::pending::Pending;
use crate::app::pointer;
use crate::app::screen::Screen;
use crate::app::tickets::{PendingRequest, Tickets};
use crate::app::toast::{LogEntry, Notification, Toast};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::Answer;
use crate::domain::roster::Roster;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The model before anything happened, and the first thing to be done: get a server to talk to.
pub fn start(options: Options, now: Timestamp, size: Size) -> (Model, Vec<Effect>) {
    let start = || options.notices.iter().map(|notice| Notification::Start(notice.clone()));
    let toasts = start().map(|says| Toast::new(now, says)).collect();
    let log = start().map(|says| LogEntry { at: now, says }).collect();
    let mut model = Model {
        now,
        size,
        appearance: options.appearance.clone(),
        accounts: Accounts::new(&options),
        ui: UiStates::new(options.accounts.iter().map(|given| given.profile.clone()), &options.ui),
        roster: Roster::new(options.lang),
        list: ListPane::default(),
        marks: BTreeSet::new(),
        screen: Screen::default(),
        links: LinksPane::default(),
        recoveries: RecoveriesPane::default(),
        usage: UsagePane::default(),
        activity: ActivityPane::default(),
        tasks: TasksPane::default(),
        undo: Vec::new(),
        recent: Vec::new(),
        pane: Pane::List,
        full: false,
        pane_hidden: false,
        picked: None,
        history: History::default(),
        since: Since::default(),
        pinned: None,
        tab: Tab::Overview,
        rows: TabRows::default(),
        details: BTreeMap::new(),
        overview: None,
        rest_at: None,
        overlays: Overlays::default(),
        toasts,
        launching: None,
        pending: Pending::default(),
        unbound: None,
        log,
        failure: None,
        tickets: Tickets::default(),
        intents: 0,
        options,
    };
    model.roster.set_pins(model.ui.pins());
    model.recent = model.ui.recent();
    since::begin(&mut model);
    views::restore(&mut model);
    let mut out = Vec::new();
    if model.options.mouse {
        out.push(Effect::Mouse(true));
    }
    let mut ctx = Ctx { model: &mut model, effects: &mut out };
    for profile in ctx.model.accounts.profiles() {
        if ctx.model.options.restore {
            restore::begin(&mut ctx, &profile);
        }
        sync::connect(&mut ctx, &profile);
    }
    model.tickets.sent(&out, now);
    (model, out)
}

/// Takes one message. Total: no message at any moment can make it fail.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    // Small corrections of a running clock are no event.
    if model.now.as_second().saturating_sub(now.as_second()) > 2 {
        clock_set_back(model, now);
    }
    model.now = now;
    let mut effects = Vec::new();
    let ctx = &mut Ctx { model, effects: &mut effects };
    match msg {
        Msg::Key(key) => keys::key(ctx, key),
        Msg::Pointed { gesture, target } => pointer::point(ctx, gesture, target),
        Msg::Paste(text) => keys::paste(ctx, &text),
        Msg::Resize(size) => ctx.model.size = size,
        Msg::Background(background) => ctx.model.appearance.background = background,
        Msg::ReadToEnd => unlink::read_to_end(ctx.model),
        Msg::Tick => {}
        Msg::Resumed => {
            ctx.model.accounts.iter_mut().for_each(|account| account.sync.due = account.sync.due.map(|_| now));
            ctx.model.tickets.forget_time(now);
        }
        Msg::Stop => ctx.effects.push(Effect::Quit),
        Msg::Waiting { ticket, pause } => ctx.model.tickets.pause(ticket, now, pause.map(|pause| *pause)),
        Msg::Reply { ticket, reply } => {
            let account = ctx.model.tickets.account(ticket).cloned();
            if let Some(purpose) = ctx.model.tickets.close(ticket) {
                if let Reply::Api(Ok(answer)) = &reply {
                    since::answered(ctx.model, account.as_ref(), &purpose, answer);
                }
                answered(ctx, ticket, purpose, reply);
            }
        }
    }
    ctx.model.toasts.retain(|toast| toast.until > now);
    ctx.model.unbound.take_if(|unbound| unbound.until <= now);
    launch::when_due(ctx);
    sync::when_due(ctx);
    company::load_when_due(ctx);
    navigation::when_due(ctx);
    palette::people::when_due(ctx);
    since::watch(ctx);
    if ctx.effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
        views::keep_last(ctx.model);
        since::end(ctx.model);
    }
    ui::save(ctx);
    ctx.model.tickets.sent(ctx.effects, now);
    effects
}

/// The machine's clock was set back: what is due at a moment that is now far away would be waited for as long.
fn clock_set_back(model: &mut Model, now: Timestamp) {
    for account in &mut model.accounts {
        account.sync.due = account.sync.due.map(|_| now);
    }
    model.rest_at = model.rest_at.map(|_| now);
    model.tickets.forget_time(now);
    // What cannot be timed any more is not sent.
    model.launching = None;
    (model.pending, model.unbound) = (Pending::default(), None);
    model.links.list.outdate_all();
    model.recoveries.list.outdate_all();
    model.tasks.list.outdate_all();
    for toast in &mut model.toasts {
        *toast = Toast::new(now, toast.says.clone());
    }
}

/// Brings an answer to where it is waited for.
fn answered(ctx: &mut Ctx<'_>, ticket: crate::app::effect::Ticket, purpose: PendingRequest, reply: Reply) {
    match (purpose, reply) {
        (PendingRequest::Connect(of), Reply::Connected(result)) => sync::connected(ctx, &of, result),
        (PendingRequest::Restore(of), Reply::Restored(recalled)) => restore::recalled(ctx, &of, recalled),
        (PendingRequest::Session(of), Reply::Api(result)) => sync::session(ctx, &of, ticket, result),
        (PendingRequest::Page(of), Reply::Api(result)) => sync::page(ctx, &of, ticket, result),
        (PendingRequest::Changes(of) | PendingRequest::News(of), Reply::Api(result)) => {
            sync::changes(ctx, &of, ticket, result);
        }
        (PendingRequest::Setup(key), Reply::Api(result)) => company::on_setup(ctx.model, ticket, &key, result),
        (PendingRequest::People(key), Reply::Api(result)) => people::on_people(ctx.model, ticket, &key, result),
        (PendingRequest::Sources(key), Reply::Api(result)) => sources::on_list(ctx.model, ticket, &key, result),
        (PendingRequest::EditStep { key, before, note }, Reply::Api(result)) => {
            company::on_step(ctx, &key, *before, note, result);
        }
        (PendingRequest::Launch(key), Reply::Api(result)) => launch::on_address(ctx, key, result),
        (PendingRequest::Open { key, address }, Reply::Opened(result)) => {
            launch::on_opened(ctx.model, key, address, result);
        }
        (PendingRequest::Copy { text, launch }, Reply::Copied(result)) => {
            copy::on_copied(ctx.model, text, launch, result);
        }
        (PendingRequest::Preflight(key), Reply::Api(result)) => unlink::on_preflight(ctx, ticket, &key, result),
        (PendingRequest::Unlink(key), Reply::Api(result)) => unlink::on_unlinked(ctx, &key, result),
        (PendingRequest::Form(wait), Reply::Api(result)) => form::on_answer(ctx, wait, result),
        (PendingRequest::Declare(key), Reply::Api(result)) => declare::on_answer(ctx, &key, result),
        (PendingRequest::Links(LinksRequest::Page(page)), Reply::Opened(result)) => {
            links::on_page_opened(ctx.model, page, result);
        }
        (PendingRequest::Links(wait), Reply::Api(result)) => links::on_answer(ctx, ticket, wait, result),
        (PendingRequest::PeopleAction(wait), Reply::Api(result)) => people::on_answer(ctx, ticket, wait, result),
        (PendingRequest::FindPeople(of), Reply::Api(result)) => palette::people::on_found(ctx, ticket, &of, result),
        (PendingRequest::Usage(wait), Reply::Api(result)) => usage::on_answer(ctx.model, ticket, wait, result),
        (PendingRequest::Activity(wait), Reply::Api(result)) => activity::on_answer(ctx.model, ticket, wait, result),
        (PendingRequest::Bulk(wait), Reply::Api(result)) => bulk::on_answer(ctx, wait, result),
        (PendingRequest::Bulk(wait), Reply::Opened(result)) => bulk::on_opened(ctx, wait.key(), result),
        (PendingRequest::Tags(key), Reply::Api(result)) => bulk::on_tags(ctx, &key, result),
        (PendingRequest::Snooze { key, before }, Reply::Api(result)) => {
            attention::on_snoozed(ctx, &key, before, result);
        }
        (PendingRequest::Tasks(TasksRequest::Copy(what)), Reply::Copied(result)) => {
            tasks::on_copied(ctx.model, what, result);
        }
        (PendingRequest::Tasks(TasksRequest::Open), Reply::Opened(result)) => tasks::on_opened(ctx.model, result),
        (PendingRequest::Tasks(wait), Reply::Api(result)) => tasks::on_answer(ctx, ticket, wait, result),
        (PendingRequest::Technicians(wait), Reply::Api(result)) => technicians::on_answer(ctx, ticket, wait, result),
        (PendingRequest::Undo(wait), Reply::Api(result)) => undo::on_answer(ctx, wait, result),
        (PendingRequest::Import(wait), reply @ (Reply::Api(_) | Reply::Table(_))) => {
            import::on_reply(ctx, ticket, wait, reply);
        }
        (PendingRequest::Export { count, kind }, Reply::Written(result)) => {
            export::on_written(ctx.model, (count, kind), result);
        }
        (purpose, reply) => unexpected_reply(ctx.model, &purpose, &reply),
    }
}

/// An answer of another kind than was asked for: a fault of ours, told rather than swallowed.
pub(in crate::app) fn unexpected_reply(model: &mut Model, purpose: &PendingRequest, reply: &Reply) {
    let mut error = Error::new(Operation::Start, Cause::TaskDied, RetryAdvice::Never);
    let kind = match reply {
        Reply::Connected(_) => "connected",
        Reply::Restored(_) => "recalled",
        Reply::Api(_) => "api",
        Reply::Opened(_) => "opened",
        Reply::Copied(_) => "copied",
        Reply::Written(_) => "written",
        Reply::Table(_) => "table",
    };
    error.detail = format!("{kind} does not answer {purpose:?}");
    model.fail(None, error);
}

/// Takes the one kind of answer that a request can have; anything else is a fault of the client.
pub(in crate::app) fn take_answer<T: TryFrom<Answer>>(
    operation: Operation,
    result: Result<Answer, Error>,
) -> Result<T, Error> {
    result?.try_into().map_err(|_| Error::new(operation, Cause::Unreadable, RetryAdvice::Never))
}

/// The same of a list, and how many of its rows could not be read.
pub(in crate::app) fn take_rows<T: TryFrom<Answer>>(
    operation: Operation,
    result: Result<Answer, Error>,
) -> (Result<T, Error>, u32) {
    match result.map(Answer::whole) {
        Ok((answer, left_out)) => (take_answer(operation, Ok(answer)), left_out),
        Err(error) => (Err(error), 0),
    }
}

/// Runs a command, for keys and palette alike, or says why it cannot run.
pub(in crate::app) fn run(ctx: &mut Ctx<'_>, command: Command) {
    if let Err(why) = command.ready(ctx.model) {
        // No notice for moving in an empty list.
        if why != DisabledReason::NothingHere {
            ctx.model.notify(Notification::NotNow(command, why));
        }
        return;
    }
    let row = command.row();
    // Who does something to the first row has chosen it: rows that come above it must not take its place.
    if row.group == Group::Company || command == Command::NextPane {
        ctx.model.list.selection.touched = true;
    }
    match (command.target(ctx.model), row.run_marked) {
        (Target::Marked(_), Some(run_marked)) => run_marked(ctx),
        _ => (row.run)(ctx),
    }
}
