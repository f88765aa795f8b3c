//! Values of every wire type in which nothing is left out, built field by field: a new field does not compile
//! here until it is filled, and then has to be in the document.

use jiff::Timestamp;
use mspdash::domain::facts::{Coverage, Figure};
use mspdash::domain::task::{Outcome, TaskKind, TaskState};
use mspdash::wire::Actor;
use mspdash::wire::activity::Event;
use mspdash::wire::company::{
    Address, AdvancedPermissions, Company, CompanyPatch, Fact, LaunchAnswer, LaunchRequest, NewCompany, Observation,
    Owners, Seats, Setup,
};
use mspdash::wire::link::{AcceptLink, LinkRequest};
use mspdash::wire::list::{ChangeList, List, Rows, Tombstone};
use mspdash::wire::people::{FoundUser, Group, Membership, NewMember, User};
use mspdash::wire::problem::{FieldViolation, Problem};
use mspdash::wire::recovery::Recovery;
use mspdash::wire::session::{Account, Limits, Session, Technician, Token};
use mspdash::wire::setup::{Checklist, Evidence, Step, StepPatch};
use mspdash::wire::source::Source;
use mspdash::wire::task::{Declaration, NewTask, Task, Verification};
use mspdash::wire::technician::{self, Credential, Enrolment};
use mspdash::wire::unlink::{Check, Consequence, PersonRef, Preflight};
use mspdash::wire::usage::{CompanyUsage, Day, Internal, Usage};
use mspdash::wire::vault::Vault;
use serde::Serialize;
use serde_json::Value;

const ID: &str = "ABCDEFGHIJKLMNOPQRSTUVWX23";

/// Every schema of the document by name, with a full value of the wire type for it.
pub fn full_values() -> Vec<(&'static str, Value)> {
    vec![
        ("Token", json(&Token { access_token: "t".into(), token_type: "Bearer".into(), expires_in: 900 })),
        ("Session", json(&session())),
        ("CompanyList", json(&list(company(), Some("c")))),
        ("ChangeList", json(&changes())),
        ("Company", json(&company())),
        ("CompanyPatch", json(&company_patch())),
        ("NewCompany", json(&new_company())),
        ("Observation", json(&observation())),
        ("LinkRequestList", json(&list(link_request(), None))),
        ("LinkRequest", json(&link_request())),
        ("AcceptLink", json(&AcceptLink { confirmation_link: format!("https://a.1password.eu/link/{ID}") })),
        ("EventList", json(&list(event(), None))),
        ("Event", json(&event())),
        ("LaunchRequest", json(&LaunchRequest { target: Some("VAULTS".into()), vault_id: Some(ID.into()) })),
        ("LaunchAnswer", json(&LaunchAnswer { launch_uri: "https://a.example/x".into(), expire_time: Some(time()) })),
        ("Preflight", json(&preflight())),
        ("Checklist", json(&Checklist { steps: vec![step()] })),
        ("Step", json(&step())),
        ("StepPatch", json(&StepPatch { state: Some("DONE".into()), note: Some("a\nb".into()) })),
        ("UserList", json(&list(user(), None))),
        ("User", json(&user())),
        ("FoundUserList", json(&list(found_user(), None))),
        ("GroupList", json(&list(group(), None))),
        ("Group", json(&group())),
        ("NewMember", json(&NewMember { user_id: ID.into() })),
        ("RecoveryList", json(&list(recovery(), None))),
        ("VaultList", json(&list(vault(), None))),
        ("Vault", json(&vault())),
        ("Task", json(&task())),
        ("TaskList", json(&list(task(), None))),
        ("NewTask", json(&new_task())),
        ("Declaration", json(&declaration())),
        ("Verification", json(&verification())),
        ("Source", json(&source())),
        ("SourceList", json(&list(source(), None))),
        ("TeamTechnician", json(&technician())),
        ("TeamTechnicianList", json(&list(technician(), None))),
        (
            "Enrolment",
            json(&Enrolment {
                technician: technician(),
                enrolment_code: Some("K7QM-2RWX-9HTB".into()),
                expire_time: Some(time()),
            }),
        ),
        ("Credential", json(&Credential { account_id: ID.into(), client_id: ID.into(), client_secret: text() })),
        ("Usage", json(&usage())),
        ("Problem", json(&problem())),
    ]
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("wire types become JSON")
}

fn time() -> Timestamp {
    "2026-11-22T10:30:00Z".parse().expect("a time")
}

fn text() -> String {
    "text".into()
}

fn session() -> Session {
    Session {
        account: Account {
            id: ID.into(),
            name: "Harbour IT".into(),
            kind: Some("SAMPLE".into()),
            region: "1password.eu".into(),
            sign_in_host: "a.example".into(),
            owner_desk_uri: Some("http://127.0.0.1:1/owner".into()),
        },
        technician: Technician {
            id: ID.into(),
            display_name: "Mira".into(),
            email: "mira@harbour.example".into(),
            groups: vec!["MSP Technicians".into()],
            mfa: true,
        },
        permissions: vec!["VIEW_COMPANIES".into()],
        limits: Limits { max_page_size: 1000, requests_per_minute: 600, max_wait: 45 },
    }
}

fn source() -> Source {
    Source {
        path: "/p".into(),
        company_id: ID.into(),
        company_name: text(),
        source: Some("USERS_API".into()),
        state: Some("NEEDS_ATTENTION".into()),
        reason: Some("RIGHT_MISSING".into()),
        detail: Some(text()),
        account_uuid: Some(ID.into()),
        client_id: Some(text()),
        may_write: true,
        secret_place: Some("KEYRING".into()),
        connected_by: Some(actor()),
        connect_time: Some(time()),
        last_try_time: Some(time()),
        last_success_time: Some(time()),
        next_read_time: Some(time()),
        expire_time: Some(time()),
    }
}

fn task() -> Task {
    Task {
        id: ID.into(),
        path: "p".into(),
        etag: "e".into(),
        kind: Some(TaskKind::Unlink),
        state: Some(TaskState::Declared),
        company_id: Some(ID.into()),
        company_name: Some("n".into()),
        subject: Some("s".into()),
        note: Some("n".into()),
        begun_by: Some(actor()),
        create_time: Some(time()),
        declared_time: Some(time()),
        ended_by: Some(actor()),
        end_time: Some(time()),
    }
}

fn new_task() -> NewTask {
    NewTask { kind: TaskKind::Owner, company_id: Some(ID.into()), subject: Some("s".into()), note: Some("n".into()) }
}

fn declaration() -> Declaration {
    Declaration { state: Some(TaskState::Waiting), declared_time: Some(time()), note: Some("n".into()) }
}

fn verification() -> Verification {
    Verification { outcome: Some(Outcome::Verified), source: Some("IMPORT".into()), as_of: Some(time()), task: task() }
}

fn technician() -> technician::Technician {
    technician::Technician {
        id: ID.into(),
        path: "/p".into(),
        etag: "e".into(),
        display_name: "Mira".into(),
        email: "mira@harbour.example".into(),
        role: Some("OWNER".into()),
        state: Some("PENDING".into()),
        create_time: Some(time()),
        sign_in_time: Some(time()),
        enrolment_expire_time: Some(time()),
    }
}

fn list<T>(row: T, change_token: Option<&str>) -> List<T> {
    List {
        results: Rows::from(vec![row]),
        next_page_token: Some(text()),
        total_size: Some(2),
        change_token: change_token.map(Into::into),
    }
}

fn changes() -> ChangeList {
    ChangeList {
        results: Rows::from(vec![company()]),
        removed: vec![Tombstone { id: ID.into() }],
        next_change_token: "c".into(),
        has_more: true,
    }
}

fn address() -> Address {
    Address {
        country_code: "DE".into(),
        lines: vec!["Kaistraße 12".into()],
        locality: Some(text()),
        administrative_area: Some(text()),
        postal_code: Some(text()),
    }
}

fn actor() -> Actor {
    Actor { id: ID.into(), display_name: "Mira".into() }
}

fn company() -> Company {
    Company {
        snooze_until_time: Some(time()),
        id: ID.into(),
        path: "/p".into(),
        etag: "e".into(),
        name: "Brightwater GmbH".into(),
        website: Some(text()),
        address: Some(address()),
        region: "1password.eu".into(),
        sign_in_host: "a.example".into(),
        origin: Some("LINKED".into()),
        state: Some("UNLINKED".into()),
        seats: Some(Seats { filled: Some(42), limit: Some(50), members: Some(40), guests: Some(2) }),
        owners: Some(Owners { confirmed: Some(2), invited: Some(1), names: vec!["Ada".into()] }),
        setup: Some(Setup { done: 4, applicable: 5, stalled_since: Some(time()) }),
        open_recoveries: Some(1),
        advanced_permissions: Some(AdvancedPermissions { allowed_by_company: true, granted_to_me: true }),
        facts: vec![Fact {
            facet: "SEATS".into(),
            source: "IMPORT".into(),
            as_of: Some(time()),
            coverage: Coverage::Exact,
            observer: Some(actor()),
            value: Some(Figure::Count(44)),
        }],
        attention: vec!["SEAT_LIMIT_NEAR".into()],
        external_id: Some(text()),
        tags: vec!["north".into()],
        note: Some(text()),
        create_time: Some(time()),
        link_time: Some(time()),
        launch_time: Some(time()),
        unlink_time: Some(time()),
        unlinked_by: Some(actor()),
        trial_end_time: Some(time()),
        source_expire_time: Some(time()),
        update_time: Some(time()),
    }
}

fn company_patch() -> CompanyPatch {
    CompanyPatch {
        snooze_until_time: Some("2026-11-29T10:30:00Z".into()),
        name: Some(text()),
        website: Some(text()),
        address: Some(address()),
        tags: Some(vec!["north".into()]),
        note: Some(text()),
        external_id: Some(text()),
        seat_limit: Some(50),
    }
}

fn observation() -> Observation {
    Observation {
        as_of: Some(time()),
        filled_seats: Some(42),
        seat_limit: Some(50),
        owners: Some(vec!["Ada".into()]),
        open_recoveries: Some(1),
        state: Some("ACTIVE".into()),
    }
}

fn new_company() -> NewCompany {
    NewCompany {
        name: text(),
        website: Some(text()),
        address: Some(address()),
        external_id: Some(text()),
        tags: vec!["north".into()],
    }
}

fn link_request() -> LinkRequest {
    LinkRequest {
        id: ID.into(),
        path: "/p".into(),
        company_name: text(),
        region: "1password.eu".into(),
        state: Some("APPROVED".into()),
        requested_by: Some(actor()),
        accepted_by: Some(actor()),
        company_id: Some(ID.into()),
        reason: Some(text()),
        create_time: Some(time()),
        accept_time: Some(time()),
        end_time: Some(time()),
        expire_time: Some(time()),
        owner_page_uri: Some("http://127.0.0.1:1/owner/links/x".into()),
    }
}

fn event() -> Event {
    Event {
        id: ID.into(),
        time: Some(time()),
        actor: actor(),
        action: Some("COMPANY_UPDATED".into()),
        company_id: Some(ID.into()),
        company_name: Some(text()),
        target: Some(text()),
        client: Some(text()),
        origin: Some("ONEPASSWORD".into()),
    }
}

fn preflight() -> Preflight {
    Preflight {
        etag: "e".into(),
        company_name: "Brightwater GmbH".into(),
        checks: vec![Check {
            code: "CONFIRMED_OWNERS".into(),
            severity: "INFO".into(),
            title: "1".into(),
            people: vec![PersonRef { id: ID.into(), display_name: "Anke".into() }],
            count: Some(1),
        }],
        consequences: vec![Consequence { code: "TRIAL_STARTS".into(), title: "A trial starts.".into() }],
        trial_end_time: Some(time()),
    }
}

fn step() -> Step {
    Step {
        kind: "DEPLOY_APPS".into(),
        path: "/p".into(),
        etag: "e".into(),
        state: Some("DONE".into()),
        note: Some(text()),
        updater: Some(actor()),
        update_time: Some(time()),
        evidence: vec![Evidence { fact: "APP_USERS".into(), count: 31 }],
    }
}

fn user() -> User {
    User {
        advanced_granted: Some(true),
        id: ID.into(),
        path: "/p".into(),
        etag: Some(text()),
        email: "anke@brightwater.example".into(),
        display_name: "Anke".into(),
        state: Some("ACTIVE".into()),
        kind: Some("MEMBER".into()),
        groups: Some(vec![Membership { id: ID.into(), kind: Some("OWNERS".into()), name: "Owners".into() }]),
        possibly_technician: true,
        create_time: Some(time()),
    }
}

fn found_user() -> FoundUser {
    FoundUser {
        company_id: ID.into(),
        company_name: text(),
        user_id: ID.into(),
        display_name: "Anke".into(),
        email: "anke@brightwater.example".into(),
        state: Some("ACTIVE".into()),
        kind: Some("MEMBER".into()),
    }
}

fn group() -> Group {
    Group { id: ID.into(), path: "/p".into(), kind: Some("OWNERS".into()), name: "Owners".into(), member_count: 2 }
}

fn recovery() -> Recovery {
    Recovery {
        company_id: ID.into(),
        company_name: text(),
        user_id: ID.into(),
        etag: Some(text()),
        display_name: "Anke".into(),
        email: "anke@brightwater.example".into(),
        state: Some("RECOVERY_STARTED".into()),
        begin_time: Some(time()),
        begun_by: Some(actor()),
        recoverers: 2,
    }
}

fn vault() -> Vault {
    Vault {
        id: ID.into(),
        path: "/p".into(),
        name: "Shared".into(),
        description: Some(text()),
        item_count: 12,
        people_count: 3,
        has_access: true,
    }
}

fn usage() -> Usage {
    let date = time().to_zoned(jiff::tz::TimeZone::UTC).date();
    Usage {
        start_date: date,
        end_date: date,
        daily_seats: vec![Day { date, seats: 42 }],
        net_usage: "42.000".into(),
        projected_net_usage: Some("42.000".into()),
        peak: 42,
        seat_limit: Some(50),
        internal_seats: Some(Internal { filled: 5, included: 5 }),
        results: Some(Rows::from(vec![CompanyUsage {
            company_id: ID.into(),
            company_name: text(),
            seats: 42,
            peak: 42,
            seat_limit: Some(50),
            net_usage: "42.000".into(),
            projected_net_usage: Some("42.000".into()),
            daily_seats: vec![42],
        }])),
        next_page_token: Some(text()),
        total_size: Some(2),
    }
}

fn problem() -> Problem {
    Problem {
        kind: "urn:mspdash:problem:invalid-argument".into(),
        title: "Not valid".into(),
        status: Some(400),
        detail: "filter: no".into(),
        code: "INVALID_ARGUMENT".into(),
        task_kind: Some("LAUNCH".into()),
        field_violations: vec![FieldViolation { field: "filter".into(), description: "no".into() }],
        request_id: "r".into(),
    }
}
