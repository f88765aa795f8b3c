//! `mspdash recoveries …`.

use super::args::{ListRecoveries, Recoveries};
use super::desk::{Desk, End, odd};
use super::everywhere::Row;
use super::people;
use super::table::{list as list_of, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::Etag;
use crate::domain::people::PersonState;
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::{Answer, Request};
use jiff::Timestamp;
use serde::Serialize;

/// An open recovery in JSON.
#[derive(Serialize)]
pub(super) struct RecoveryRecord<'a> {
    company_id: &'a str,
    company_name: &'a str,
    user_id: &'a str,
    display_name: &'a str,
    email: &'a str,
    /// `RECOVERY_STARTED` or `RECOVERY_AWAITING_COMPLETION`.
    state: &'a PersonState,
    begin_time: Option<Timestamp>,
    /// The display name.
    begun_by: Option<&'a str>,
    /// How many people of the company could complete it.
    recoverers: u32,
    etag: Option<&'a str>,
}

impl<'a> From<&'a Recovery> for RecoveryRecord<'a> {
    fn from(recovery: &'a Recovery) -> Self {
        Self {
            company_id: recovery.company.as_str(),
            company_name: &recovery.company_name,
            user_id: recovery.user.as_str(),
            display_name: &recovery.display_name,
            email: &recovery.email,
            state: &recovery.stage,
            begin_time: recovery.begin_time,
            begun_by: recovery.begun_by.as_ref().map(|actor| actor.display_name.as_str()),
            recoverers: recovery.recoverers,
            etag: recovery.etag.as_ref().map(Etag::as_str),
        }
    }
}

pub(super) async fn run(command: &Recoveries, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        Recoveries::List(args) => list(args, desk).await,
        Recoveries::Begin(args) => people::act(args, PersonAct::BeginRecovery, desk).await,
        Recoveries::Complete(args) => people::act(args, PersonAct::CompleteRecovery, desk).await,
        Recoveries::Cancel(args) => people::act(args, PersonAct::CancelRecovery, desk).await,
    }
}

async fn list(args: &ListRecoveries, desk: &mut Desk<'_>) -> Result<(), End> {
    let Answer::Recoveries(recoveries) = desk.ask(Request::Recoveries).await? else {
        return Err(odd(Operation::LoadRecoveries));
    };
    let records: Vec<RecoveryRecord<'_>> = recoveries.iter().map(Into::into).collect();
    desk.show(args.format, &records, || list_of(&recoveries))
}

impl Row for Recovery {
    type Record<'a> = RecoveryRecord<'a>;
    const HEADER: &'static [&'static str] =
        &["COMPANY", "PERSON", "STAGE", "SINCE", "BY", "RECOVERERS", "COMPANY ID", "USER ID"];
    const RIGHT: &'static [usize] = &[5];

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
