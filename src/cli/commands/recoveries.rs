//! `mspdash recoveries …`.

use crate::cli::args::Recoveries;
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::people;
use crate::cli::context::{AnsweredList, Context};
use crate::cli::error::CliError;
use crate::domain::people::PersonState;
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::{Answer, ListRecoveries, Request};
use crate::i18n;

pub async fn run(command: &Recoveries, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Recoveries::List(args) => ctx.list::<Recovery>(Request::ListRecoveries(ListRecoveries), &args.list).await,
        Recoveries::Begin(args) => people::act(args, PersonAct::BeginRecovery, ctx).await,
        Recoveries::Complete(args) => people::act(args, PersonAct::CompleteRecovery, ctx).await,
        Recoveries::Cancel(args) => people::act(args, PersonAct::CancelRecovery, ctx).await,
    }
}

impl AnsweredList for Recovery {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Recoveries(recoveries) = answer { Some(recoveries) } else { None }
    }
}

impl TableRow for Recovery {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |recovery: &Self| Cell::text(&recovery.company_name)),
            Column::text("person", |recovery: &Self| Cell::text(&recovery.display_name)),
            Column::word("stage", |recovery: &Self| Cell::word(recovery.stage.as_str()))
                .known(PersonState::WORDS)
                .said(|recovery, lang| (i18n::of(lang).recoveries.stage_short)(&recovery.stage).into_owned()),
            Column::time("since", |recovery: &Self| Cell::time(recovery.begin_time)),
            Column::text("by", |recovery: &Self| Cell::optional(recovery.begun_by.as_ref().map(|it| &it.display_name))),
            Column::number("recoverers", |recovery: &Self| Cell::number(recovery.recoverers)).spare(),
            Column::id("company-id", |recovery: &Self| Cell::text(recovery.company.as_str())).spare(),
            Column::id("user-id", |recovery: &Self| Cell::text(recovery.user.as_str())),
            Column::text("email", |recovery: &Self| Cell::text(&recovery.email)).extra(),
        ]
    }

    /// As `recoveries complete` takes it.
    fn id(&self) -> String {
        format!("{} {}", self.company, self.user)
    }
}
