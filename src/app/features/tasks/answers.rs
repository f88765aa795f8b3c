//! What comes back: the list, a task, and what became of what was sent from a panel.

use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::tasks::{Said, TaskAct, TaskKey, TaskPanel, TaskText, TaskWrite, TasksRequest};
use crate::app::features::undo::Change;
use crate::app::features::{launch, sync, undo};
use crate::app::model::Model;
use crate::app::msg::Copied;
use crate::app::toast::{Notification, TaskNotice};
use crate::app::update::{take_answer, take_rows};
use crate::domain::error::{Cause, ConflictCode, Error, Operation};
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use crate::domain::launch::Opening;
use crate::domain::request::Answer;
use crate::domain::task::{Task, Verification};

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, ticket: Ticket, wait: TasksRequest, result: Result<Answer, Error>) {
    match wait {
        TasksRequest::List(profile) => on_list(ctx, &profile, ticket, result),
        TasksRequest::Read(key) => on_read(ctx.model, ticket, &key, result),
        TasksRequest::Write(write) => on_written(ctx, *write, result),
        // A clipboard and a browser answer in another way.
        TasksRequest::Copy(_) | TasksRequest::Open => {}
    }
}

fn on_list(ctx: &mut Ctx<'_>, profile: &ProfileId, ticket: Ticket, result: Result<Answer, Error>) {
    let (list, left_out) = take_rows::<Vec<Task>>(Operation::LoadTasks, result);
    let well = list.is_ok();
    if !ctx.model.tasks.list.settle(profile, ticket, ctx.model.now, list) {
        return;
    }
    ctx.model.tasks.list.leave_out(profile, left_out);
    if let Some(row) = ctx.model.task_row() {
        ctx.model.tasks.selection.row = row;
    }
    let stands = |panel: &TaskPanel| panel.profile == *profile && panel.is_open() && !panel.submission.sending();
    let shown = ctx.model.overlays.find(stands).and_then(|panel| panel.task.as_ref()).map(|task| task.id.clone());
    if let Some(id) = shown.filter(|_| well) {
        let news = ctx.model.tasks.list.of(profile).find(|task| task.id == id).cloned();
        ctx.with_dialog(stands, |panel, ctx| match news {
            Some(task) => panel.take(task),
            // It has left the list: somebody ended it.
            None => panel.read(ctx),
        });
    }
}

fn on_read(model: &mut Model, ticket: Ticket, key: &TaskKey, result: Result<Answer, Error>) {
    let task = take_answer::<Task>(Operation::LoadTasks, result);
    if let Ok(task) = &task {
        show(model, &key.profile, task.clone());
    }
    let Some(panel) = model.overlays.find_mut(|panel: &TaskPanel| panel.reading == Some(ticket)) else { return };
    panel.reading = None;
    match task {
        Ok(task) if !panel.submission.sending() => panel.take(task),
        Ok(_) => {}
        Err(error) => {
            // What was sent before and not answered is what matters more.
            if panel.submission.error().is_none() && !panel.submission.sending() {
                panel.submission.reject(error.clone());
            }
            model.failure = Some(Box::new(error));
        }
    }
}

/// Puts a task into the list of its account, in its place or in front.
fn show(model: &mut Model, profile: &ProfileId, task: Task) {
    let ended = model.tasks.ended;
    model.tasks.list.change(profile, |list| match list.iter_mut().find(|known| known.id == task.id) {
        Some(known) => *known = task,
        None if ended || task.state.open() => list.insert(0, task),
        None => {}
    });
}

fn on_written(ctx: &mut Ctx<'_>, write: TaskWrite, result: Result<Answer, Error>) {
    let profile = write.profile.clone();
    let what = operation(&write.act);
    let done = match write.act {
        TaskAct::Verify => take_answer::<Verification>(what, result).map(|found| (found.task.clone(), Some(found))),
        _ => take_answer::<Task>(what, result).map(|task| (task, None)),
    };
    // It may hold more news than this one.
    ctx.model.tasks.list.outdate(&profile);
    match done {
        Ok((task, found)) => {
            show(ctx.model, &profile, task.clone());
            succeeded(ctx.model, write, task, found);
        }
        Err(error) => refused(ctx, write, error),
    }
    sync::ask_changes(ctx, &profile);
}

fn operation(act: &TaskAct) -> Operation {
    match act {
        TaskAct::Begin { .. } => Operation::BeginTask,
        TaskAct::Verify => Operation::VerifyTask,
        TaskAct::Wait | TaskAct::Declare(_) => Operation::DeclareTask,
        TaskAct::Cancel => Operation::CancelTask,
    }
}

fn succeeded(model: &mut Model, write: TaskWrite, task: Task, found: Option<Verification>) {
    let TaskWrite { profile, intent, act, .. } = write;
    let ours = |panel: &TaskPanel| panel.submission.key() == Some(&intent);
    let company = task.company.clone().map(|company| CompanyKey { profile: profile.clone(), company });
    let name = company.as_ref().map(|key| model.called(key, task.name().unwrap_or_default()));
    let name = name.or_else(|| task.name().map(str::to_owned));
    if let TaskAct::Declare(_) = act {
        let key = company.clone().unwrap_or_else(|| CompanyKey { profile, company: CompanyId::new(task.id.as_str()) });
        undo::remember(model, key, name.clone().unwrap_or_default(), Change::Declared(task.kind.clone()));
    }
    let notice = Notification::Task(Box::new(TaskNotice { kind: task.kind.clone(), name, state: task.state.clone() }));
    let stays = matches!(act, TaskAct::Begin { .. } | TaskAct::Verify | TaskAct::Wait);
    let open = model.overlays.find(ours).is_some();
    match model.overlays.find_mut(ours).filter(|_| stays) {
        Some(panel) => {
            panel.submission = crate::app::core::submission::Submission::default();
            panel.take(task);
            (panel.company, panel.said) =
                (company.or_else(|| panel.company.take()), found.map(Box::new).map(Said::Found));
        }
        None => model.overlays.close::<TaskPanel>(ours),
    }
    if !stays || !open {
        model.notify(notice);
    }
}

/// Refused, or the answer was lost. After a lost answer the same again is the same intent: the server does it once.
fn refused(ctx: &mut Ctx<'_>, write: TaskWrite, error: Error) {
    let TaskWrite { intent, name, .. } = write;
    let next = ctx.model.new_intent();
    let ours = |panel: &TaskPanel| panel.submission.key() == Some(&intent);
    let Some(panel) = ctx.model.overlays.find_mut(ours) else { return ctx.model.fail(name, error) };
    panel.go = false;
    let error = panel.submission.fail(error, next.clone());
    let old =
        matches!(error.cause, Cause::ChangedMeanwhile | Cause::NotFound | Cause::Conflict(ConflictCode::WrongState));
    ctx.model.failure = Some(Box::new(error));
    if old {
        // What is shown is not how it stands.
        let ours = |panel: &TaskPanel| panel.submission.key() == Some(&next);
        ctx.with_dialog(ours, |panel, ctx| panel.read(ctx));
    }
}

pub(in crate::app) fn on_copied(model: &mut Model, what: TaskText, result: Result<Copied, Error>) {
    let said = result.map_or_else(|error| Said::Failed(Box::new(error)), |how| Said::Copied(what, how));
    say(model, said);
}

pub(in crate::app) fn on_opened(model: &mut Model, result: Result<Opening, Error>) {
    match result {
        // It was the address itself that must not be opened.
        Err(error) if launch::refused(&error) => model.fail(None, error),
        Err(error) => say(model, Said::Failed(Box::new(error))),
        Ok(opening) => say(model, Said::Opened(opening)),
    }
}

/// In the panel, or as a failure where it is closed by now.
fn say(model: &mut Model, said: Said) {
    match (model.overlays.find_mut::<TaskPanel>(|_| true), said) {
        (Some(panel), said) => {
            if matches!(said, Said::Failed(_)) {
                // The address comes first among what can be copied.
                panel.next = 0;
            }
            panel.said = Some(said);
        }
        (None, Said::Failed(error)) => model.fail(None, *error),
        (None, _) => {}
    }
}
