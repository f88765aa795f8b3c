//! `mspdash companies setup` and `set-step`.

use super::args::{SetStep, Setup, StateWord};
use super::company_edit::note;
use super::desk::{Desk, End, intent, not_found, odd};
use super::table::{columns, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, Request};
use crate::domain::setup::{Checklist, Fact, Step, StepKind, StepState};
use jiff::Timestamp;
use serde::Serialize;

/// A step in JSON.
#[derive(Serialize)]
struct StepRecord<'a> {
    step: &'a StepKind,
    /// What a technician reported.
    state: &'a StepState,
    note: Option<&'a str>,
    /// The display name.
    updater: Option<&'a str>,
    update_time: Option<Timestamp>,
    /// What the server derived from the company itself.
    evidence: Vec<EvidenceRecord<'a>>,
    etag: &'a str,
}

#[derive(Serialize)]
struct EvidenceRecord<'a> {
    fact: &'a Fact,
    count: u32,
}

impl<'a> From<&'a Step> for StepRecord<'a> {
    fn from(step: &'a Step) -> Self {
        let evidence = step.evidence.iter().map(|item| EvidenceRecord { fact: &item.fact, count: item.count });
        Self {
            step: &step.kind,
            state: &step.state,
            note: step.note.as_deref(),
            updater: step.updater.as_ref().map(|actor| actor.display_name.as_str()),
            update_time: step.update_time,
            evidence: evidence.collect(),
            etag: step.etag.as_str(),
        }
    }
}

pub(super) async fn show(args: &Setup, desk: &mut Desk<'_>) -> Result<(), End> {
    let checklist = load(&desk.company_id(&args.id).await?, desk).await?;
    let records: Vec<StepRecord<'_>> = checklist.steps.iter().map(Into::into).collect();
    desk.show(args.format, &records, || table(&checklist.steps))
}

/// Bound to the step as it stands now: a colleague's report is not written over unseen.
pub(super) async fn set_step(args: &SetStep, desk: &mut Desk<'_>) -> Result<(), End> {
    let (company, kind) = (desk.company_id(&args.id).await?, args.step.kind());
    let checklist = load(&company, desk).await?;
    let step = checklist.step(&kind).ok_or_else(|| not_found(Operation::EditSetup))?;
    let request = Request::EditStep {
        company,
        step: kind,
        etag: step.etag.clone(),
        state: args.state.map(StateWord::state),
        note: args.note.as_deref().map(note).transpose()?,
        key: intent(),
    };
    let Answer::Step(after) = desk.change(request, args.write).await? else { return Err(odd(Operation::EditSetup)) };
    desk.show(args.write.format, &StepRecord::from(&*after), || table(std::slice::from_ref(&after)))
}

async fn load(company: &CompanyId, desk: &mut Desk<'_>) -> Result<Checklist, End> {
    match desk.ask(Request::Setup(company.clone())).await? {
        Answer::Setup(checklist) => Ok(checklist),
        _ => Err(odd(Operation::LoadSetup)),
    }
}

fn table(steps: &[Step]) -> String {
    let row = |step: &Step| {
        let evidence: Vec<_> =
            step.evidence.iter().map(|item| format!("{} {}", item.count, item.fact.as_str())).collect();
        [
            step.kind.as_str().to_owned(),
            step.state.as_str().to_owned(),
            or_dash(step.updater.as_ref().map(|actor| &actor.display_name)),
            or_dash(step.update_time),
            or_dash(Some(evidence.join(", ")).filter(|text| !text.is_empty())),
            or_dash(step.note.as_ref().map(|note| name(&note.replace('\n', " ")))),
        ]
    };
    columns(["STEP", "REPORTED", "BY", "AT", "DERIVED", "NOTE"], &[], steps.iter().map(row))
}
