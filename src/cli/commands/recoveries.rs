//! `mspdash recoveries …`.

use crate::cli::args::Recoveries;
use crate::cli::commands::people;
use crate::cli::context::{AnsweredList, Context};
use crate::cli::error::CliError;
use crate::cli::table::{TableRow, name, or_dash};
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::{Answer, ListRecoveries, Request};

pub async fn run(command: &Recoveries, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Recoveries::List(args) => ctx.list::<Recovery>(Request::ListRecoveries(ListRecoveries), args.format).await,
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
    fn header() -> Vec<&'static str> {
        vec!["COMPANY", "PERSON", "STAGE", "SINCE", "BY", "RECOVERERS", "COMPANY ID", "USER ID"]
    }

    fn right() -> Vec<usize> {
        vec![5]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            name(&self.company_name),
            name(&self.display_name),
            self.stage.as_str().to_owned(),
            or_dash(self.begin_time),
            or_dash(self.begun_by.as_ref().map(|actor| &actor.display_name)),
            self.recoverers.to_string(),
            self.company.to_string(),
            self.user.to_string(),
        ]
    }
}
