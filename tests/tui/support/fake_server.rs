//! A server for random walks: every question has an answer of its kind, good or bad, and things change meanwhile.

use crate::support::fixtures;
use jiff::SignedDuration;
use jiff::Timestamp;
use mspdash::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use mspdash::domain::company::{Actor, Company, CompanyState};
use mspdash::domain::error::{Cause, ConflictCode, Error, RetryAdvice};
use mspdash::domain::id::{CompanyId, Etag, EventId, ImportRunId, TaskId, VaultId};
use mspdash::domain::import::plan::{Candidate, Outcome, Refusal as RowRefusal};
use mspdash::domain::import::run::{Answered, AnsweredRow, Counts, ImportRun};
use mspdash::domain::launch::Refusal;
use mspdash::domain::link::LinkRequest;
use mspdash::domain::people::{FoundPeople, FoundPerson, PersonState};
use mspdash::domain::recovery::Recovery;
use mspdash::domain::request::{
    AddCompany, AddMember, Answer, BeginTask, ChangePerson, Changes, Declare, EditCompany, EditStep, GetCompany,
    GetCompanyUsage, GetCurves, GetSession, GetUsage, ImportCompanies, ListLinks, ListRecoveries, Page, RemoveMember,
    Request, Unlink, UnlinkPreflight,
};
use mspdash::domain::session::{Permission, Permissions, WorkspaceKind};
use mspdash::domain::setup::{Step, StepKind, StepState};
use mspdash::domain::task::{Outcome as Found, Task, TaskKind, TaskState, Verification};
use mspdash::domain::usage::{CompanyUsage, Day, Overall, Period, Thousandths, Usage};
use mspdash::domain::vault::Vault;
use serde_json::json;

/// Numbers out of a seed.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}

/// What the server knows.
#[derive(Clone)]
pub struct FakeServer {
    pub companies: Vec<Company>,
    made: usize,
}

impl FakeServer {
    pub fn new(size: usize) -> Self {
        let mut server = Self { companies: Vec::new(), made: 0 };
        (0..size).for_each(|_| server.add());
        server
    }

    fn add(&mut self) {
        self.made += 1;
        let names = ["Alpen", "Bright", "東京", "Müller", "Zeta", ""];
        let name = format!("{} {}", names[self.made % names.len()], self.made / 2);
        let states = ["ACTIVE", "ACTIVE", "PENDING", "SUSPENDED", "UNLINKED", "NEW_WORD"];
        let (tag, attention) = [("a", "SINGLE_OWNER"), ("b", "NEW_WORD")][self.made % 2];
        let more = json!({"state": states[self.made % 6], "tags": [tag], "attention": [attention],
            "setup": {"done": self.made % 4, "applicable": 5}});
        self.companies.push(fixtures::company(&format!("W{}", self.made), &name, more));
    }

    fn change(&mut self, dice: &mut Dice) -> Vec<CompanyId> {
        let at = dice.roll(self.companies.len());
        match dice.roll(5) {
            0 => self.add(),
            1 if !self.companies.is_empty() => return vec![self.companies.remove(at).id],
            2 | 3 if !self.companies.is_empty() => {
                let company = &mut self.companies[at];
                company.etag = Etag::new(&format!("{}+", company.etag));
                if dice.one_in(2) {
                    company.name = format!("Renamed {}", dice.roll(100));
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn find(&self, id: &CompanyId) -> Option<&Company> {
        self.companies.iter().find(|company| company.id == *id)
    }

    /// A good answer to this question.
    pub fn answer(&mut self, request: &Request, seed: u64) -> Answer {
        let mut dice = Dice(seed);
        match request {
            Request::GetSession(GetSession) => {
                let mut session = fixtures::session();
                session.permissions.0.extend([Permission::People, Permission::Recover, Permission::Vaults]);
                if dice.one_in(8) {
                    session.permissions = Permissions(vec![Permission::View, Permission::Launch]);
                }
                if dice.one_in(2) {
                    session.account.kind = Some(WorkspaceKind::Real);
                }
                Answer::Session(Box::new(session))
            }
            Request::ListCompanies(list) => self.page(list.page_token.as_deref(), &mut dice),
            Request::ListChanges(_) => {
                let removed = self.change(&mut dice);
                let (next, more) = (format!("t{}", dice.roll(4)), dice.one_in(6));
                Answer::Changes(Changes { companies: self.companies.clone().into(), removed, next, more })
            }
            Request::Launch(_) => Answer::Launch(fixtures::address(60)),
            Request::UnlinkPreflight(UnlinkPreflight { company: id }) => {
                let company = self.find(id).cloned().unwrap_or_else(fixtures::minimal);
                let good = company.state != CompanyState::Unlinked && !dice.one_in(4);
                Answer::Preflight(if good { fixtures::allowed(&company) } else { fixtures::blocked(&company) })
            }
            Request::Unlink(Unlink { company: id, .. })
            | Request::GetCompany(GetCompany { company: id })
            | Request::Declare(Declare { company: id, .. })
            | Request::EditCompany(EditCompany { company: id, .. }) => {
                let mut company = self.find(id).cloned().unwrap_or_else(fixtures::minimal);
                company.id = id.clone();
                company.state = CompanyState::Unlinked;
                company.etag = Etag::new(&format!("{}u", company.etag));
                self.companies.retain(|other| other.id != *id);
                self.companies.push(company.clone());
                Answer::Company(Box::new(company))
            }
            Request::GetSetup(_) => {
                let states = [StepState::Done, StepState::InProgress, StepState::Todo, StepState::NotApplicable];
                let states: Vec<StepState> = (0..5).map(|_| states[dice.roll(4)].clone()).collect();
                let mut list = fixtures::checklist(&states);
                list.steps.truncate(if dice.one_in(5) { dice.roll(5) } else { 5 });
                Answer::Setup(list)
            }
            Request::EditStep(EditStep { step, state, note, .. }) => {
                Answer::Step(Box::new(edited(step, state.as_ref(), note.clone(), &mut dice)))
            }
            Request::ListPeople(_) => {
                let mut people = fixtures::people();
                people.truncate(dice.roll(40));
                Answer::People(people)
            }
            Request::ListGroups(_) => Answer::Groups(Vec::new()),
            Request::AddCompany(AddCompany { new, .. }) => {
                let company = Company { name: new.name.clone(), ..fixtures::minimal() };
                self.companies.push(company.clone());
                Answer::Company(Box::new(company))
            }
            Request::ListLinks(ListLinks) => Answer::Links((0..dice.roll(4)).map(|at| link(at, &mut dice)).collect()),
            Request::AcceptLink(_) | Request::CancelLink(_) => Answer::Link(Box::new(link(dice.roll(4), &mut dice))),
            Request::GetUsage(GetUsage { period }) => Answer::Usage(Box::new(self.usage(*period, &mut dice))),
            Request::GetCompanyUsage(GetCompanyUsage { period, .. }) => {
                Answer::CompanyUsage(Box::new(self.usage(*period, &mut dice).usage))
            }
            Request::GetCurves(GetCurves { period, .. }) => Answer::Curves(self.usage(*period, &mut dice).companies),
            Request::ListActivity(list) => self.activity(list.page_token.as_deref(), &mut dice),
            Request::ChangePerson(ChangePerson { user, .. })
            | Request::AddMember(AddMember { user, .. })
            | Request::RemoveMember(RemoveMember { user, .. }) => {
                let mut person = fixtures::people().swap_remove(dice.roll(9));
                person.id = user.clone();
                person.etag = Some(Etag::new(&format!("p{}", dice.roll(1_000))));
                Answer::Person(Box::new(person))
            }
            Request::FindPeople(_) => Answer::FoundPeople(self.found_people(&mut dice)),
            Request::ListRecoveries(ListRecoveries) => Answer::Recoveries(self.recoveries(&mut dice)),
            Request::ListVaults(_) => Answer::Vaults((0..dice.roll(4)).map(|at| vault(at, &mut dice)).collect()),
            Request::ListTechnicians(_) => Answer::Technicians(fixtures::technicians()),
            Request::AddTechnician(_) | Request::EnrolTechnician(_) => {
                Answer::Enrolment(Box::new(fixtures::enrolment(dice.roll(4))))
            }
            Request::ChangeTechnician(_) | Request::RevokeTechnician(_) => {
                Answer::Technician(Box::new(fixtures::technicians().swap_remove(dice.roll(4))))
            }
            Request::GrantVault(_) => {
                Answer::Vault(Box::new(Vault { has_access: true, ..vault(dice.roll(4), &mut dice) }))
            }
            Request::ListTasks(_)
            | Request::GetTask(_)
            | Request::BeginTask(_)
            | Request::VerifyTask(_)
            | Request::DeclareTask(_)
            | Request::CancelTask(_) => self.of_tasks(request, &mut dice),
            Request::ImportCompanies(import) => Answer::Imported(imported(import, &mut dice)),
            Request::ListImports(_) => Answer::Imports(vec![import_run()]),
            Request::GetImport(_) | Request::UndoImport(_) => Answer::Import(Box::new(import_run())),
            Request::ListImportMaps(_) => Answer::ImportMaps(Vec::new()),
            Request::ListSources(_) => Answer::Sources(vec![fixtures::source("C")]),
            Request::CheckSource(check) => Answer::Source(Box::new(fixtures::source(check.company.as_str()))),
        }
    }

    fn of_tasks(&self, request: &Request, dice: &mut Dice) -> Answer {
        match request {
            Request::ListTasks(_) => Answer::Tasks((0..dice.roll(4)).map(|at| self.task(at, dice)).collect()),
            Request::BeginTask(BeginTask { kind, company, subject, .. }) => {
                let (kind, company, subject) = (kind.clone(), company.clone(), subject.clone());
                Answer::Task(Box::new(Task { kind, company, subject, ..self.task(dice.roll(4), dice) }))
            }
            Request::VerifyTask(_) => Answer::Verification(Box::new(Verification {
                outcome: [Found::Verified, Found::NotDone, Found::CannotTell][dice.roll(3)].clone(),
                source: dice.one_in(2).then(|| "IMPORT".into()),
                as_of: None,
                task: self.task(dice.roll(4), dice),
            })),
            _ => Answer::Task(Box::new(self.task(dice.roll(4), dice))),
        }
    }

    /// One of four tasks, in any state.
    fn task(&self, at: usize, dice: &mut Dice) -> Task {
        let company = self.companies.get(at);
        let states = [TaskState::Open, TaskState::Open, TaskState::Waiting, TaskState::Declared, TaskState::Cancelled];
        Task {
            id: TaskId::new(&format!("T{at}")),
            etag: Etag::new(&format!("t{}", dice.roll(3))),
            kind: TaskKind::KNOWN[dice.roll(TaskKind::KNOWN.len())].clone(),
            state: states[dice.roll(states.len())].clone(),
            company: company.map(|company| company.id.clone()),
            company_name: company.map(|company| company.name.clone()),
            subject: dice.one_in(2).then(|| "ada@a.example".into()),
            note: None,
            begun_by: Some(Actor { display_name: "Tomma".into() }),
            create_time: None,
            declared_time: None,
            ended_by: None,
            end_time: None,
        }
    }

    /// Up to one recovery for each company.
    fn found_people(&self, dice: &mut Dice) -> FoundPeople {
        let mut found = Vec::new();
        for company in &self.companies {
            let person = fixtures::people().swap_remove(dice.roll(9));
            found.push(FoundPerson {
                company: company.id.clone(),
                company_name: company.name.clone(),
                user: person.id,
                display_name: person.display_name,
                email: person.email,
                state: person.state,
                kind: person.kind,
            });
        }
        found.truncate(dice.roll(5));
        FoundPeople { total: Some(found.len() as u64), people: found }
    }

    fn recoveries(&self, dice: &mut Dice) -> Vec<Recovery> {
        let mut all = Vec::new();
        for company in &self.companies {
            let person = fixtures::people().swap_remove(dice.roll(9));
            let stage = [PersonState::RecoveryStarted, PersonState::RecoveryAwaitingCompletion][dice.roll(2)].clone();
            all.push(Recovery {
                company: company.id.clone(),
                company_name: company.name.clone(),
                user: person.id,
                etag: Some(Etag::new(&format!("p{}", dice.roll(3)))),
                display_name: person.display_name,
                email: person.email,
                stage,
                begin_time: None,
                begun_by: None,
                recoverers: u32::try_from(dice.roll(3)).unwrap(),
            });
        }
        all.truncate(dice.roll(5));
        all
    }

    fn page(&self, token: Option<&str>, dice: &mut Dice) -> Answer {
        let from: usize = token.and_then(|token| token.parse().ok()).unwrap_or(0).min(self.companies.len());
        let to = if dice.one_in(2) { self.companies.len() } else { (from + 7).min(self.companies.len()) };
        let next = (to < self.companies.len()).then(|| to.to_string());
        Answer::Page(Page {
            companies: self.companies[from..to].to_vec().into(),
            next,
            total: Some(self.companies.len() as u64),
            change_token: (!dice.one_in(5)).then(|| "t".into()),
            unreadable: u32::from(dice.one_in(6)),
        })
    }

    /// Usage of some of the companies, now and then of another period than was asked for.
    fn usage(&self, period: Period, dice: &mut Dice) -> Overall {
        let period = if dice.one_in(9) { period.month_before() } else { period };
        let number = |dice: &mut Dice| u32::try_from(dice.roll(60)).unwrap();
        let days = (0..dice.roll(32)).map(|_| Day { date: period.start, seats: number(dice) }).collect();
        let some = self.companies.iter().filter(|_| !dice.one_in(5)).map(|company| company.id.clone());
        let some: Vec<CompanyId> = some.collect();
        let row = |company: CompanyId| CompanyUsage {
            name: company.to_string(),
            company,
            seats: number(dice),
            peak: number(dice),
            limit: dice.one_in(2).then(|| number(dice)),
            net_usage: Thousandths(u64::from(number(dice))),
            projection: dice.one_in(2).then(|| Thousandths(u64::from(number(dice)))),
            daily: vec![number(dice); dice.roll(31)],
        };
        let companies = some.into_iter().map(row).collect();
        let net_usage = Thousandths(u64::MAX);
        let usage = Usage { period, days, net_usage, projection: None, peak: 0, limit: Some(0), internal: None };
        Overall { usage, companies }
    }

    fn activity(&self, token: Option<&str>, dice: &mut Dice) -> Answer {
        let from: usize = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        let event = |number: usize| Event {
            id: EventId::new(&format!("E{number}")),
            time: None,
            actor: Actor { display_name: "Tomma".into() },
            action: Action::KNOWN[number % Action::KNOWN.len()].clone(),
            company: self.companies.get(number % 5).map(|company| company.id.clone()),
            company_name: None,
            target: None,
            client: None,
            origin: EventOrigin::Ours,
        };
        // A server that moves on between two pages, and one that goes round in circles.
        let shift = dice.roll(3);
        let events: Vec<Event> = (from..from + dice.roll(40)).map(|number| event(number + shift)).collect();
        let next = (!dice.one_in(4)).then(|| (from + events.len()).to_string());
        Answer::Activity(ActivityPage { events, next, total: None })
    }

    /// A bad answer to this question.
    pub fn error(request: &Request, now: Timestamp, seed: u64) -> Error {
        let mut dice = Dice(seed);
        let cause = [
            Cause::TimedOut { seconds: 10 },
            Cause::Broken { host: "h".into() },
            Cause::NotSignedIn,
            Cause::MfaRequired,
            Cause::ReadOnly,
            Cause::NotAllowed,
            Cause::NotFound,
            Cause::Conflict(ConflictCode::NoConfirmedOwner),
            Cause::Conflict(ConflictCode::AlreadyUnlinked),
            Cause::Conflict(ConflictCode::StepMustApply),
            Cause::Gone,
            Cause::ChangedMeanwhile,
            Cause::NotAccepted { violations: Vec::new() },
            Cause::TooManyRequests,
            Cause::ServerFailed { status: 503 },
            Cause::Unreadable,
            Cause::UnsafeAddress(Refusal::Credentials),
            Cause::TaskDied,
            Cause::Cancelled,
        ];
        let wait = SignedDuration::from_secs(i64::try_from(dice.roll(4_000)).unwrap() - 100);
        let retry =
            [RetryAdvice::Never, RetryAdvice::Now, RetryAdvice::At(now.checked_add(wait).unwrap())][dice.roll(3)];
        Error::new(request.operation(), cause[dice.roll(cause.len())].clone(), retry)
    }
}

/// A step of a checklist after a change.
fn edited(kind: &StepKind, state: Option<&StepState>, note: Option<String>, dice: &mut Dice) -> Step {
    let mut steps = fixtures::checklist(&[]).steps;
    let at = steps.iter().position(|other| other.kind == *kind).unwrap_or(0);
    let mut answer = steps.swap_remove(at);
    answer.state = state.cloned().unwrap_or(answer.state);
    answer.note = note;
    answer.etag = Etag::new(&format!("s{}", dice.roll(1_000)));
    answer
}

fn vault(at: usize, dice: &mut Dice) -> Vault {
    Vault {
        id: VaultId::new(&format!("V{at}")),
        name: format!("Vault {at}"),
        description: None,
        item_count: 3,
        people_count: 2,
        has_access: dice.one_in(2),
    }
}

fn link(at: usize, dice: &mut Dice) -> LinkRequest {
    let states = ["REQUESTED", "ACCEPTED", "APPROVED", "DENIED", "CANCELLED", "EXPIRED", "NEW_WORD"];
    let link = json!({"id": format!("L{at}"), "company_name": format!("Linked {at}"), "region": "1password.eu",
        "state": states[dice.roll(7)], "company_id": format!("M{}", dice.roll(9)), "reason": "no"});
    serde_json::from_value::<mspdash::wire::link::LinkRequest>(link).unwrap().try_into().unwrap()
}

/// Any outcome for each row; now and then too few of them.
fn imported(import: &ImportCompanies, dice: &mut Dice) -> Answered {
    let company = || "A".repeat(26);
    let rows = import.batch.rows.iter().map(|(row, _)| {
        let outcome = match dice.roll(5) {
            0 => Outcome::New,
            1 => Outcome::Changed { company: company(), changes: Vec::new() },
            2 => Outcome::Unchanged { company: company() },
            3 => {
                Outcome::Ambiguous(vec![Candidate { id: company(), name: "Acme".into(), known_by: None, percent: 99 }])
            }
            _ => Outcome::Rejected(RowRefusal::NameMissing),
        };
        AnsweredRow { line: row.line, name: String::new(), outcome }
    });
    let mut rows: Vec<AnsweredRow> = rows.collect();
    rows.truncate(rows.len() - usize::from(dice.one_in(8)).min(rows.len()));
    Answered { run: (!import.validate_only).then(|| ImportRunId::new("RUN")), rows }
}

fn import_run() -> ImportRun {
    ImportRun {
        id: ImportRunId::new("RUN"),
        file: None,
        create_time: None,
        actor: Actor { display_name: "Tomma".into() },
        counts: Counts::default(),
        not_in_file: 1,
        not_in_file_names: vec!["Acme".into()],
        undo_time: None,
    }
}
