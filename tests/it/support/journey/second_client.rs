//! A second technician at work on the same account, straight over the client.

use super::INTENTS;
use mspdash::client::Client;
use mspdash::domain::company::Company;
use mspdash::domain::error::Error;
use mspdash::domain::request::{
    Answer, CancelTask, CompanyChanges, EditCompany, EditStep, GetSetup, IdempotencyKey, ListCompanies, Request, Unlink,
};
use mspdash::domain::setup::{Step, StepKind, StepState};
use mspdash::domain::task::Task;
use std::sync::atomic::Ordering;

fn intent() -> IdempotencyKey {
    IdempotencyKey(format!("colleague-{}", INTENTS.fetch_add(1, Ordering::Relaxed)))
}

/// A second technician.
pub struct SecondClient(Client);

impl SecondClient {
    /// At work by this client.
    pub fn of(client: Client) -> Self {
        Self(client)
    }

    pub async fn company(&self, name: &str) -> Company {
        let list = ListCompanies { page_size: 1000, ..ListCompanies::default() };
        let Ok(Answer::Page(page)) = self.0.perform(Request::ListCompanies(list)).await else { panic!("no list") };
        page.companies.iter().find(|company| company.name == name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub async fn edits(&self, name: &str, changes: CompanyChanges) {
        let company = self.company(name).await;
        let request =
            Request::EditCompany(EditCompany { company: company.id, etag: company.etag, changes, key: intent() });
        self.0.perform(request).await.unwrap();
    }

    pub async fn renames(&self, name: &str, to: &str) {
        self.edits(name, CompanyChanges { name: Some(to.into()), ..CompanyChanges::default() }).await;
    }

    pub async fn unlinks(&self, name: &str) {
        let company = self.company(name).await;
        let request =
            Request::Unlink(Unlink { company: company.id, etag: company.etag, validate_only: false, key: intent() });
        self.0.perform(request).await.unwrap();
    }

    pub async fn cancels(&self, task: &Task) {
        let request = CancelTask { task: task.id.clone(), etag: task.etag.clone(), key: intent() };
        self.0.perform(request.into()).await.unwrap();
    }

    pub async fn step(&self, name: &str, kind: &StepKind) -> Step {
        let request = Request::GetSetup(GetSetup { company: self.company(name).await.id });
        let Ok(Answer::Setup(list)) = self.0.perform(request).await else { panic!("no checklist") };
        list.step(kind).expect("the step").clone()
    }

    pub async fn reports(&self, name: &str, kind: StepKind, state: StepState) -> Result<Answer, Error> {
        let step = self.step(name, &kind).await;
        let company = self.company(name).await.id;
        let (etag, state) = (step.etag, Some(state));
        self.0.perform(EditStep { company, step: kind, etag, state, note: None, key: intent() }.into()).await
    }
}
