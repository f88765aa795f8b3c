//! What can be asked of the MSP API and what comes back, as plain data: effects, messages and tests hold it, the client
//! carries it out.
//!
//! A new request is a row of `requests!` and an `impl Endpoint` in `client/endpoints`; if it brings something that no
//! other does, also a row of `answers!`. Both macros are in `request/table.rs`.

#[macro_use]
mod table;

use super::activity::{ActivityPage, ListActivity};
use super::company::{Address, Company, NewCompany};
use super::error::Operation;
use super::facts::{Declared, FactSource};
use super::id::{CompanyId, Etag, GroupId, ImportRunId, LinkId, TaskId, UserId, VaultId};
use super::import::mapping::Mapping;
use super::import::run::{Answered, Batch as ImportBatch, ImportRun};
use super::launch::{LaunchAddress, Redacted, Target};
use super::link::LinkRequest;
use super::people::{FoundPeople, Group, Person};
use super::recovery::{PersonAct, Recovery};
use super::roster::Batch;
use super::session::Session;
use super::setup::{Checklist, Step, StepKind, StepState};
use super::source::Source;
use super::task::{Task, TaskKind, Verification};
use super::technician::{Enrolment, NewTechnician, Technician, TechnicianChanges};
use super::unlink::Preflight;
use super::usage::{CompanyUsage, Overall, Period, Usage};
use super::vault::Vault;
use jiff::Timestamp;

requests! {
    /// `GET session`.
    GetSession -> Session, SignIn;
    /// One page of `GET companies`.
    ListCompanies (..) -> Page, ListCompanies;
    /// `GET companies:changes`; `since` is the token of the last list or change answer. The server holds it back for up
    /// to `wait` seconds until something changes; 0: it answers at once.
    ListChanges { since: String, wait: u32 } -> Changes, Changes;
    /// `GET companies/{id}`.
    GetCompany { company: CompanyId } -> Company, LoadCompany;
    /// `POST companies`.
    AddCompany { new: NewCompany, key: IdempotencyKey } -> Company, AddCompany;
    /// `PATCH companies/{id}`; `etag` is the revision that the change is about.
    EditCompany { company: CompanyId, etag: Etag, changes: CompanyChanges, key: IdempotencyKey } -> Company, EditCompany;
    /// `POST companies/{id}/observations`: what was seen in the web console.
    Declare { company: CompanyId, declared: Declared, key: IdempotencyKey } -> Company, EditCompany;
    /// `POST companies/{id}:launch`; a vault only with [`Target::Vaults`].
    Launch { company: CompanyId, target: Target, vault: Option<VaultId>, key: IdempotencyKey } -> Launch, Launch;
    /// `GET companies/{id}:unlinkPreflight`.
    UnlinkPreflight { company: CompanyId } -> Preflight, Preflight;
    /// `POST companies/{id}:unlink`; `etag` is the revision that the pre-flight showed.
    Unlink { company: CompanyId, etag: Etag, validate_only: bool, key: IdempotencyKey } -> Company, Unlink;
    /// `GET companies/{id}/setup`.
    GetSetup { company: CompanyId } -> Setup, LoadSetup;
    /// `PATCH companies/{id}/setup/{step}`; `None` leaves as it is, an empty note takes the note away.
    EditStep {
        company: CompanyId, step: StepKind, etag: Etag, state: Option<StepState>, note: Option<String>, key: IdempotencyKey
    } -> Step, EditSetup;
    /// `GET companies/{id}/users`, all pages.
    ListPeople { company: CompanyId } -> People, LoadPeople;
    /// The first page of `GET users`: whose name or e-mail address holds every word, in all companies that are managed.
    FindPeople { search: String, most: u32 } -> FoundPeople, LoadPeople;
    /// `POST companies/{id}/users/{user}:{act}`.
    ChangePerson {
        company: CompanyId, user: UserId, etag: Option<Etag>, act: PersonAct, key: IdempotencyKey
    } -> Person, ChangePerson;
    /// `GET companies/{id}/groups`, all pages.
    ListGroups { company: CompanyId } -> Groups, LoadGroups;
    /// `POST companies/{id}/groups/{group}/members`.
    AddMember { company: CompanyId, group: GroupId, user: UserId, key: IdempotencyKey } -> Person, ChangeGroup;
    /// `DELETE companies/{id}/groups/{group}/members/{user}`.
    RemoveMember { company: CompanyId, group: GroupId, user: UserId, key: IdempotencyKey } -> Person, ChangeGroup;
    /// `GET recoveries`, all pages, oldest first.
    ListRecoveries -> Recoveries, LoadRecoveries;
    /// `GET companies/{id}/vaults`, all pages.
    ListVaults { company: CompanyId } -> Vaults, LoadVaults;
    /// `POST companies/{id}/vaults/{vault}:grantAccess`.
    GrantVault { company: CompanyId, vault: VaultId, key: IdempotencyKey } -> Vault, GrantVault;
    /// `GET link_requests`, all pages, newest first.
    ListLinks -> Links, LoadLinks;
    /// `POST link_requests:accept`; the confirmation link is a key to the company and never logged.
    AcceptLink { link: Redacted, key: IdempotencyKey } -> Link, AcceptLink;
    /// `POST link_requests/{id}:cancel`.
    CancelLink { link: LinkId, key: IdempotencyKey } -> Link, CancelLink;
    /// `GET companies/{id}/usage`.
    GetCompanyUsage { company: CompanyId, period: Period } -> CompanyUsage, LoadUsage;
    /// `GET usage`, all pages of its table.
    GetUsage { period: Period } -> Usage, LoadUsage;
    /// `GET usage` of these companies only, 100 at most, for the curves in the list.
    GetCurves { companies: Vec<CompanyId>, period: Period } -> Curves, LoadUsage;
    /// `GET tasks`, of one company or of all, all pages, newest first.
    ListTasks { open_only: bool, company: Option<CompanyId> } -> Tasks, LoadTasks;
    /// `GET tasks/{id}`.
    GetTask { task: TaskId } -> Task, LoadTasks;
    /// `POST tasks`; answers the open one of this kind if there is one.
    BeginTask {
        kind: TaskKind, company: Option<CompanyId>, subject: Option<String>, note: Option<String>, key: IdempotencyKey
    } -> Task, BeginTask;
    /// `POST tasks/{id}:verify`.
    VerifyTask { task: TaskId, etag: Etag, key: IdempotencyKey } -> Verification, VerifyTask;
    /// `POST tasks/{id}:declare`; done now unless a time is given. `waiting`: our part alone.
    DeclareTask {
        task: TaskId, etag: Etag, waiting: bool, time: Option<Timestamp>, note: Option<String>, key: IdempotencyKey
    } -> Task, DeclareTask;
    /// `POST tasks/{id}:cancel`.
    CancelTask { task: TaskId, etag: Etag, key: IdempotencyKey } -> Task, CancelTask;
    /// `GET sources`, of one company or of all, all pages.
    ListSources { company: Option<CompanyId> } -> Sources, LoadSources;
    /// `POST companies/{id}/sources/{source}:check`: the server reads it now.
    CheckSource { company: CompanyId, source: FactSource, key: IdempotencyKey } -> Source, CheckSource;
    /// One page of `GET audit_events`.
    ListActivity (..) -> Activity, LoadActivity;
    /// `POST companies:import`, at most 1,000 rows of a run.
    ImportCompanies { batch: ImportBatch, validate_only: bool, key: IdempotencyKey } -> Imported, Import;
    /// `GET import_runs`, all pages, newest first.
    ListImports -> Imports, LoadImports;
    /// `GET import_runs/{run}`.
    GetImport { run: ImportRunId } -> Import, LoadImports;
    /// `POST import_runs/{run}:undo`.
    UndoImport { run: ImportRunId, key: IdempotencyKey } -> Import, UndoImport;
    /// `GET import_maps`, all pages: which columns of tables hold what, as it was said before.
    ListImportMaps -> ImportMaps, LoadImports;
    /// `GET technicians`, all pages.
    ListTechnicians -> Technicians, LoadTechnicians;
    /// `POST technicians`.
    AddTechnician { new: NewTechnician, key: IdempotencyKey } -> Enrolment, AddTechnician;
    /// `PATCH technicians/{id}`; `etag` is the revision that the change is about.
    ChangeTechnician {
        technician: UserId, etag: Etag, changes: TechnicianChanges, key: IdempotencyKey
    } -> Technician, ChangeTechnician;
    /// `POST technicians/{id}:enrol`, or `:rotate`, which ends the credential that they have at once.
    EnrolTechnician { technician: UserId, rotate: bool, key: IdempotencyKey } -> Enrolment, ChangeTechnician;
    /// `POST technicians/{id}:revoke`.
    RevokeTechnician { technician: UserId, key: IdempotencyKey } -> Technician, ChangeTechnician;
}

answers! {
    boxed {
        Session(Session), Company(Company), Step(Step), Person(Person), Link(LinkRequest), Vault(Vault),
        CompanyUsage(Usage), Usage(Overall), Task(Task), Verification(Verification), Import(ImportRun),
        Technician(Technician), Enrolment(Enrolment), Source(Source),
    }
    plain {
        Page(Page), Changes(Changes), Launch(LaunchAddress), Preflight(Preflight), Setup(Checklist),
        People(Vec<Person>), FoundPeople(FoundPeople), Groups(Vec<Group>), Links(Vec<LinkRequest>), Recoveries(Vec<Recovery>), Vaults(Vec<Vault>),
        Curves(Vec<CompanyUsage>), Tasks(Vec<Task>), Activity(ActivityPage), Imported(Answered), Imports(Vec<ImportRun>),
        ImportMaps(Vec<Mapping>), Technicians(Vec<Technician>), Sources(Vec<Source>),
    }
}

/// An answer of another kind than was taken: a fault of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongAnswer;

impl Request {
    /// Whether it changes anything on the server. Read-only mode lets none of these through.
    pub fn writes(&self) -> bool {
        self.operation().writes()
    }

    /// For how many seconds it asks the server to hold the answer back.
    pub fn wait(&self) -> u32 {
        if let Self::ListChanges(changes) = self { changes.wait } else { 0 }
    }
}

/// Names one intent to change something, over all its tries; the server does it at most once within 24 h.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// The largest page of the contract.
pub const LARGEST_PAGE: u32 = 1000;

/// The parameters of one page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListCompanies {
    /// At most this many rows, 1–1000.
    pub page_size: u32,
    pub page_token: Option<String>,
    /// The contract's filter language.
    pub filter: Option<String>,
    /// The contract's order, e.g. `seats.filled desc, name`.
    pub order_by: Option<String>,
    /// The page after this one will be asked for as well: it may be fetched ahead.
    pub read_ahead: bool,
}

/// As the roster keeps its rows.
const ROSTER_ORDER: &str = "name";

impl ListCompanies {
    /// A page of the whole list, in the fewest round trips and in the order in which the roster keeps it: the first page
    /// is the top of the screen, and each other one goes to the end.
    pub fn roster(page_token: Option<String>) -> Self {
        let order_by = Some(ROSTER_ORDER.to_owned());
        Self { page_size: LARGEST_PAGE, page_token, filter: None, order_by, read_ahead: true }
    }

    /// Whether it asks for the whole list in the order of [`ListCompanies::roster`].
    pub fn is_roster(&self) -> bool {
        self.filter.is_none() && self.order_by.as_deref() == Some(ROSTER_ORDER)
    }
}

/// What to change of a company; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CompanyChanges {
    pub name: Option<String>,
    /// A new website; empty takes it away.
    pub website: Option<String>,
    pub tags: Option<Vec<String>>,
    /// A new note; empty takes it away.
    pub note: Option<String>,
    /// A new external id; empty takes it away.
    pub external_id: Option<String>,
    /// A new address, as a whole: parts of two addresses would be none.
    pub address: Option<Address>,
    /// The most seats that may be filled; 0 takes the limit away.
    pub seat_limit: Option<u32>,
    /// Until when attention is set aside; a moment that has passed ends that.
    pub snooze_until: Option<Timestamp>,
}

impl Answer {
    /// An answer of which so many rows could not be read.
    pub fn without(self, unreadable: u32) -> Self {
        if unreadable == 0 { self } else { Self::Partly(Box::new(self), unreadable) }
    }

    /// The answer itself, whether or not some of its rows could not be read.
    pub fn as_whole(&self) -> &Self {
        if let Self::Partly(answer, _) = self { answer } else { self }
    }

    pub fn as_whole_mut(&mut self) -> &mut Self {
        if let Self::Partly(answer, _) = self { answer } else { self }
    }

    /// The answer, and how many rows of it could not be read.
    pub fn whole(self) -> (Self, u32) {
        match self {
            Self::Partly(answer, unreadable) => (*answer, unreadable),
            answer => (answer, 0),
        }
    }
}

/// One page of companies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    pub companies: Batch,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    pub total: Option<u64>,
    /// From where to ask for changes.
    pub change_token: Option<String>,
    /// Rows that could not be read and were left out.
    pub unreadable: u32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// New and changed companies.
    pub companies: Batch,
    /// Companies that are gone.
    pub removed: Vec<CompanyId>,
    /// From where to ask next.
    pub next: String,
    /// There is more to ask for at once.
    pub more: bool,
}
