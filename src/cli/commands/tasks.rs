//! `mspdash tasks …`.

use crate::cli::Exit;
use crate::cli::args::{Begin, ChangeTask, Done, TaskArg, Tasks};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::companies::unlink;
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::listing::Listing;
use crate::domain::error::Operation;
use crate::domain::id::{CompanyId, TaskId};
use crate::domain::lang::Lang;
use crate::domain::request::{
    Answer, BeginTask, CancelTask, DeclareTask, GetCompany, GetTask, ListTasks, Request, VerifyTask,
};
use crate::domain::task::{Outcome, Task, TaskKind, TaskState};
use crate::domain::unlink::names_company;
use crate::i18n;
use std::fmt::Write as _;

pub async fn run(command: &Tasks, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Tasks::List(args) => {
            let company = match &args.company {
                Some(typed) => Some(ctx.company_id(typed).await?),
                None => None,
            };
            let request = ListTasks { open_only: !args.list.list.all, company };
            ctx.list::<Task>(Request::ListTasks(request), &args.list.list).await
        }
        Tasks::Show(args) => show(args, ctx).await,
        Tasks::Begin(args) => begin(args, ctx).await,
        Tasks::Verify(args) => verify(args, ctx).await,
        Tasks::Done(args) => done(args, ctx).await,
        Tasks::Cancel(args) => {
            let task = find(&args.id, ctx).await?;
            let request = CancelTask { task: task.id, etag: task.etag, key: idempotency_key() };
            let task = taken(ctx.change(request.into(), args.write).await?, Operation::CancelTask)?;
            ctx.show_row(&task, args.write.format)
        }
    }
}

async fn show(args: &TaskArg, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let task = find(&args.id, ctx).await?;
    let company = match &task.company {
        Some(id) => match ctx.ask(GetCompany { company: id.clone() }.into()).await? {
            Answer::Company(company) => Some(company),
            _ => return Err(unexpected_answer(Operation::LoadCompany)),
        },
        None => None,
    };
    let table = Listing::plain(&ctx.io.style).text([&task]);
    ctx.io.show(args.format, &task, || {
        let words = &i18n::of(Lang::En).tasks;
        let mut text = format!("{}\n{}\n", table, words.steps);
        for (number, step) in (1..).zip(task.kind.steps()) {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "  {number}. {}", (words.step)(step));
            for (what, value) in task.texts(step, company.as_deref()) {
                let _ = writeln!(text, "       {}: {}", (words.text)(what), value);
            }
        }
        text.trim_end().to_owned()
    })
}

async fn begin(args: &Begin, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, subject) = about(args, ctx).await?;
    if let (TaskKind::Unlink, Some(id)) = (&args.kind, &company) {
        unlink::checked(id, args.confirm.as_deref(), args.write.dry_run, ctx).await?;
    }
    let (kind, note) = (args.kind.clone(), args.note.clone());
    let request = BeginTask { kind, company, subject, note, key: idempotency_key() };
    let task = taken(ctx.change(request.into(), args.write).await?, Operation::BeginTask)?;
    if args.note.is_some() && args.note != task.note {
        ctx.io.tell("the task was open already: it keeps its own note.");
    }
    if !args.write.dry_run {
        let said = format!("nothing is done yet: `mspdash tasks show {}` has the steps in the web console.", task.id);
        ctx.io.tell(&said);
    }
    ctx.show_row(&task, args.write.format)
}

/// The company of the list, or the name of one that is not in it yet.
async fn about(args: &Begin, ctx: &mut Context<'_>) -> Result<(Option<CompanyId>, Option<String>), CliError> {
    let Some(typed) = &args.company else { return Ok((None, args.subject.clone())) };
    if !args.kind.brings_company() {
        return Ok((Some(ctx.company_id(typed).await?), args.subject.clone()));
    }
    Ok(match ctx.find_company(typed).await? {
        Some(company) => (Some(company.id), None),
        None => (None, Some(bare(typed))),
    })
}

async fn verify(args: &ChangeTask, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let task = find(&args.id, ctx).await?;
    let request = VerifyTask { task: task.id, etag: task.etag, key: idempotency_key() };
    let Answer::Verification(found) = ctx.change(request.into(), args.write).await? else {
        return Err(unexpected_answer(Operation::VerifyTask));
    };
    ctx.io.show(args.write.format, &*found, || (i18n::of(Lang::En).tasks.found)(&found))?;
    match found.outcome {
        Outcome::Verified => Ok(()),
        _ => Err(CliError::Reported(Exit::Conflict)),
    }
}

async fn done(args: &Done, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let task = find(&args.id, ctx).await?;
    let company = task.company_name.as_deref().unwrap_or_default();
    // The trial of the company named here starts with this word.
    if task.kind == TaskKind::Unlink && !args.confirm.as_deref().is_some_and(|typed| names_company(typed, company)) {
        let wrong = if args.confirm.is_some() { "--confirm is not the company's name" } else { "--confirm is missing" };
        let said = format!(
            "{wrong}; nothing was declared. To say that {company} was unlinked: --confirm '{}'",
            company.replace('\'', r"'\''")
        );
        return Err(CliError::Message(said, Exit::Usage));
    }
    let time = match &args.at {
        Some(typed) => ctx.io.style.past("--at", typed)?,
        None => None,
    };
    let request = DeclareTask {
        task: task.id,
        etag: task.etag,
        waiting: args.waiting,
        time,
        note: args.note.clone(),
        key: idempotency_key(),
    };
    let task = taken(ctx.change(request.into(), args.write).await?, Operation::DeclareTask)?;
    ctx.show_row(&task, args.write.format)
}

async fn find(id: &str, ctx: &mut Context<'_>) -> Result<Task, CliError> {
    taken(ctx.ask(GetTask { task: TaskId::new(&bare(id)) }.into()).await?, Operation::LoadTasks)
}

fn taken(answer: Answer, what: Operation) -> Result<Task, CliError> {
    if let Answer::Task(task) = answer { Ok(*task) } else { Err(unexpected_answer(what)) }
}

impl AnsweredList for Task {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Tasks(tasks) = answer { Some(tasks) } else { None }
    }
}

impl TableRow for Task {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::word("kind", |task: &Self| Cell::word(task.kind.as_str()))
                .known(TaskKind::WORDS)
                .said(|task, lang| (i18n::of(lang).tasks.kind)(&task.kind).into_owned()),
            Column::text("company", |task: &Self| Cell::optional(task.company_name.as_deref())),
            Column::text("about", |task: &Self| Cell::optional(task.subject.as_deref())),
            Column::word("state", |task: &Self| Cell::word(task.state.as_str()))
                .known(TaskState::WORDS)
                .said(|task, lang| (i18n::of(lang).tasks.state)(&task.state).into_owned()),
            Column::text("begun-by", |task: &Self| Cell::optional(task.begun_by.as_ref().map(|it| &it.display_name)))
                .spare(),
            Column::time("begun", |task: &Self| Cell::time(task.create_time)),
            Column::time("done", |task: &Self| Cell::time(task.declared_time)),
            Column::text("ended-by", |task: &Self| Cell::optional(task.ended_by.as_ref().map(|it| &it.display_name)))
                .spare(),
            Column::text("note", |task: &Self| Cell::optional(task.note.as_deref())).spare(),
            Column::id("id", |task: &Self| Cell::text(task.id.as_str())),
            Column::time("ended", |task: &Self| Cell::time(task.end_time)).extra(),
            Column::id("company-id", |task: &Self| Cell::optional(task.company.as_ref())).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
