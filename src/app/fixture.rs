//! Values for tests of the core, and what drives it: a clock that only moves when told, and effects that wait for an answer.

mod app_driver;

pub use app_driver::AppDriver;

use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::msg::Size;
use crate::domain::company::{
    Actor, Address, AdvancedPermissions, Company, CompanyState, Origin, Owners, Seats, SetupProgress,
};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::facts::FactSource;
use crate::domain::id::{AccountId, CompanyId, CompanyKey, Etag, ProfileId, UserId};
use crate::domain::launch::{LaunchAddress, Redacted};
use crate::domain::people::{Person, PersonKind, PersonState};
use crate::domain::request::{Answer, Changes, Page, Request};
use crate::domain::session::{Account, Permission, Permissions, Session, Technician};
use crate::domain::setup::{Checklist, Step, StepKind, StepState};
use crate::domain::source::{Source, SourceReason, SourceState};
use crate::domain::unlink::{Check, CheckCode, Preflight, Severity};
use jiff::Timestamp;

/// A wide and a narrow terminal.
pub const WIDE: Size = Size { width: 120, height: 36 };
pub const NARROW: Size = Size { width: 80, height: 24 };

pub const ALL_PERMISSIONS: [Permission; 11] = [
    Permission::View,
    Permission::Setup,
    Permission::Launch,
    Permission::Unlink,
    Permission::Add,
    Permission::Link,
    Permission::Edit,
    Permission::People,
    Permission::Recover,
    Permission::Vaults,
    Permission::Technicians,
];

/// What adding, linking and editing need beside those.
pub const FORM_PERMISSIONS: [Permission; 6] =
    [Permission::View, Permission::Setup, Permission::Launch, Permission::Add, Permission::Link, Permission::Edit];

/// Noon of the day on which every test plays.
pub fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

pub fn key_of(id: &str) -> CompanyKey {
    CompanyKey { profile: ProfileId::new("default"), company: CompanyId::new(id) }
}

pub fn company(id: &str, name: &str) -> Company {
    Company {
        id: CompanyId::new(id),
        etag: Etag::new(&format!("{id}-1")),
        name: name.into(),
        website: None,
        address: Address::default(),
        region: "1password.eu".into(),
        sign_in_host: format!("{}.1password.eu", id.to_lowercase()),
        origin: Origin::Created,
        state: CompanyState::Active,
        seats: Seats { filled: Some(10), limit: Some(20), members: Some(9), guests: Some(1) },
        owners: Owners { confirmed: Some(1), invited: Some(0), names: Vec::new() },
        setup: SetupProgress { done: 1, applicable: 5, stalled_since: None },
        open_recoveries: Some(0),
        advanced_permissions: Some(AdvancedPermissions::default()),
        facts: Vec::new(),
        attention: Vec::new(),
        external_id: None,
        tags: Vec::new(),
        note: None,
        create_time: None,
        link_time: None,
        launch_time: None,
        unlink_time: None,
        unlinked_by: None,
        trial_end_time: None,
        source_expire_time: None,
        snooze_until: None,
        update_time: None,
    }
}

/// The company in its next revision.
pub fn newer(mut company: Company) -> Company {
    company.etag = Etag::new(&format!("{}+", company.etag));
    company
}

/// Four companies; by name: Alpen, Brightwater, Contoso, Delta.
pub fn four() -> Vec<Company> {
    vec![company("D", "Delta"), company("A", "Alpen"), company("C", "Contoso"), company("B", "Brightwater")]
}

pub fn session(permissions: &[Permission]) -> Session {
    Session {
        account: Account {
            id: AccountId::new("ACC"),
            name: "Harbour IT".into(),
            kind: None,
            region: "1password.eu".into(),
            sign_in_host: "harbour.1password.eu".into(),
            owner_desk: None,
        },
        technician: Technician {
            id: UserId::new("TOMMA"),
            display_name: "Tomma Petersen".into(),
            email: "technician@harbour.example".into(),
            groups: vec!["MSP Technicians".into()],
            mfa: true,
        },
        permissions: Permissions(permissions.to_vec()),
        max_wait: 0,
    }
}

/// In an account of another name than the usual one: in another region.
pub fn session_in(name: &str, permissions: &[Permission]) -> Session {
    let mut session = session(permissions);
    if name != "default" {
        session.account.id = AccountId::new(name);
        session.account.name = format!("Harbour IT {name}");
        session.account.region = "1password.ca".into();
    }
    session
}

pub fn step(kind: StepKind, state: StepState) -> Step {
    let etag = Etag::new(&format!("{}-1", kind.as_str()));
    let updater = Some(Actor { display_name: "Tomma Petersen".into() });
    Step { kind, etag, state, note: None, updater, update_time: Some(noon()), evidence: Vec::new() }
}

/// The first step done, the others to do.
pub fn checklist() -> Checklist {
    let state = |kind: &StepKind| if *kind == StepKind::Policies { StepState::Done } else { StepState::Todo };
    Checklist { steps: StepKind::KNOWN.into_iter().map(|kind| step(kind.clone(), state(&kind))).collect() }
}

pub fn person(name: &str) -> Person {
    Person {
        id: UserId::new(name),
        etag: None,
        email: format!("{}@a.example", name.to_lowercase()),
        display_name: name.into(),
        state: PersonState::Active,
        kind: PersonKind::Member,
        groups: Some(Vec::new()),
        advanced_granted: None,
        possibly_technician: false,
        create_time: None,
    }
}

pub fn preflight(company: &Company, code: CheckCode, severity: Severity) -> Preflight {
    Preflight {
        etag: company.etag.clone(),
        company_name: company.name.clone(),
        checks: vec![Check { code, severity, title: String::new(), people: Vec::new(), count: None }],
        consequences: Vec::new(),
        trial_end_time: None,
    }
}

pub fn allowed(company: &Company) -> Preflight {
    preflight(company, CheckCode::ConfirmedOwners, Severity::Info)
}

pub fn blocked(company: &Company) -> Preflight {
    preflight(company, CheckCode::NoConfirmedOwner, Severity::Block)
}

pub fn address() -> LaunchAddress {
    LaunchAddress { uri: Redacted::new("https://a.1password.eu/launch/x".into()), expire_time: None }
}

pub fn error(what: Operation, cause: Cause) -> Error {
    Error::new(what, cause, RetryAdvice::Now)
}

pub fn lost(what: Operation) -> Error {
    error(what, Cause::TimedOut { seconds: 10 })
}

/// Every reason for which a try can fail, one of each shape.
pub fn every_because() -> Vec<Cause> {
    use crate::domain::error::ConflictCode;
    use crate::domain::launch::Refusal;
    use crate::domain::network_fault::{AtProxy, CaFault, ProxyFault, TlsFault};
    use crate::domain::secret::NoSecret;
    let host = || "msp.example:443".to_owned();
    let proxy = AtProxy { proxy: host(), origin: "HTTPS_PROXY".into(), host: host(), fault: ProxyFault::Refused };
    vec![
        Cause::Refused { host: host() },
        Cause::NameUnknown { host: host() },
        Cause::Broken { host: host() },
        Cause::TimedOut { seconds: 10 },
        Cause::tls(&host(), TlsFault::Other),
        Cause::Proxy(Box::new(proxy)),
        Cause::ca_file("/ca.pem", CaFault::Missing),
        Cause::BadAddress { address: host() },
        Cause::NoSecret { profile: "default".into(), why: Box::new(NoSecret::Nowhere) },
        Cause::NotSignedIn,
        Cause::MfaRequired,
        Cause::ReadOnly,
        Cause::AdvancedOff,
        Cause::AdvancedNotGranted,
        Cause::NotAllowed,
        Cause::NotFound,
        Cause::Conflict(ConflictCode::Other(String::new())),
        Cause::Gone,
        Cause::ChangedMeanwhile,
        Cause::NotAccepted { violations: Vec::new() },
        Cause::TooManyRequests,
        Cause::ServerFailed { status: 503 },
        Cause::Unexpected { status: 418 },
        Cause::Unexpected { status: 304 },
        Cause::Redirected { to: host() },
        Cause::NotTheApi { content_type: "text/html".into() },
        Cause::Unreadable,
        Cause::UnsafeAddress(Refusal::NotAnAddress),
        Cause::NoBrowser,
        Cause::TaskDied,
        Cause::Cancelled,
        Cause::Local,
    ]
}

/// Everything that changes something.
pub const WRITES: [Operation; 19] = [
    Operation::EditCompany,
    Operation::Launch,
    Operation::Unlink,
    Operation::EditSetup,
    Operation::AddCompany,
    Operation::AcceptLink,
    Operation::CancelLink,
    Operation::ChangeGroup,
    Operation::ChangePerson,
    Operation::Recover,
    Operation::GrantVault,
    Operation::AddTechnician,
    Operation::ChangeTechnician,
    Operation::Enrol,
    Operation::BeginTask,
    Operation::VerifyTask,
    Operation::DeclareTask,
    Operation::CancelTask,
    Operation::Undo,
];

pub fn page(companies: Vec<Company>) -> Answer {
    let total = Some(companies.len() as u64);
    Answer::Page(Page {
        companies: companies.into(),
        next: None,
        total,
        change_token: Some("t1".into()),
        unreadable: 0,
    })
}

pub fn changes(companies: Vec<Company>, removed: &[&str]) -> Answer {
    let removed = removed.iter().map(|id| CompanyId::new(id)).collect();
    Answer::Changes(Changes { companies: companies.into(), removed, next: "t2".into(), more: false })
}

/// Every key that a terminal can send: printable characters and named keys, with Ctrl and with Alt.
pub fn every_key() -> Vec<Key> {
    let names = "enter esc tab backtab backspace del up down left right home end pgup pgdn space f1 f5 f12";
    let chars = (' '..='~').chain("äß€東".chars()).map(Key::char);
    let plain: Vec<Key> = chars.chain(names.split(' ').map(|name| name.parse().unwrap())).collect();
    plain.iter().flat_map(|key| [*key, Key { ctrl: true, ..*key }, Key { alt: true, ..*key }]).collect()
}

/// What was asked of the API.
pub fn requests(effects: &[Effect]) -> Vec<Request> {
    let request = |effect: &Effect| match effect {
        Effect::Call { request, .. } => Some(request.clone()),
        _ => None,
    };
    effects.iter().filter_map(request).collect()
}

/// A connected company's way into its account, as the server tells of it.
pub fn source(company: &str, state: SourceState, reason: Option<SourceReason>) -> Source {
    let time = |text: &str| Some(text.parse().unwrap());
    Source {
        company: CompanyId::new(company),
        company_name: None,
        source: FactSource::UsersApi,
        state,
        reason,
        detail: None,
        account_uuid: None,
        client_id: None,
        may_write: true,
        secret_place: Some("KEYRING".into()),
        connected_by: None,
        connect_time: None,
        last_try_time: time("2026-11-22T11:59:00Z"),
        last_success_time: time("2026-11-22T11:48:00Z"),
        next_read_time: time("2026-11-22T12:48:00Z"),
        expire_time: None,
    }
}
