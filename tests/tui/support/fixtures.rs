//! What scenes are made of: companies, people, checklists, as a server would send them.

use crate::support::app_driver::noon;
use jiff::SignedDuration;
use mspdash::domain::company::{Actor, Company};
use mspdash::domain::error::{Cause, Error, Operation, RetryAdvice};
use mspdash::domain::facts::FactSource;
use mspdash::domain::id::{AccountId, CompanyId, Etag, GroupId, UserId};
use mspdash::domain::launch::{LaunchAddress, Redacted};
use mspdash::domain::people::{GroupKind, Membership, Person, PersonKind, PersonState};
use mspdash::domain::request::{Answer, Changes, Page};
use mspdash::domain::session::{Account, Permission, Permissions, Session, Technician};
use mspdash::domain::setup::{Checklist, Evidence, Fact, Step, StepKind, StepState};
use mspdash::domain::source::{Source, SourceState};
use mspdash::domain::technician;
use mspdash::domain::technician::{Enrolment, Role, TechnicianState};
use mspdash::domain::unlink::{Check, CheckCode, Consequence, ConsequenceCode, Preflight, Severity};
use serde_json::{Value, json};

/// Reads a company as the wire brings it: its text goes through the one door for outside text.
pub fn company(id: &str, name: &str, more: Value) -> Company {
    let mut row = json!({
        "id": id, "etag": format!("{id}-1"), "name": name, "region": "1password.eu",
        "sign_in_host": "company.1password.eu", "origin": "CREATED", "state": "ACTIVE",
        "seats": {"filled": 10, "limit": 50, "members": 9, "guests": 1},
        "owners": {"confirmed": 2, "invited": 0}, "setup": {"done": 3, "applicable": 5},
        "open_recoveries": 0, "advanced_permissions": {"allowed_by_company": false, "granted_to_me": false},
        "create_time": "2025-03-04T09:00:00Z"
    });
    if let (Some(row), Value::Object(more)) = (row.as_object_mut(), more) {
        row.extend(more);
    }
    serde_json::from_value::<mspdash::wire::company::Company>(row).unwrap().try_into().unwrap()
}

/// A company that has something to say in every field.
pub fn brightwater() -> Company {
    company(
        "BRIGHTWATER",
        "Brightwater GmbH",
        json!({
            "website": "https://brightwater.example", "external_id": "C-004711", "tags": ["gold", "north"],
            "address": {"country_code": "DE", "lines": ["Hafenstraße 12", "Hinterhaus"], "locality": "Kiel",
                        "postal_code": "24103", "administrative_area": "Schleswig-Holstein"},
            "sign_in_host": "brightwater.1password.eu",
            "seats": {"filled": 42, "limit": 50, "members": 40, "guests": 2},
            "owners": {"confirmed": 1, "invited": 1}, "setup": {"done": 2, "applicable": 5, "stalled_since": "2026-11-01T08:00:00Z"},
            "open_recoveries": 1, "advanced_permissions": {"allowed_by_company": true, "granted_to_me": false},
            "attention": ["RECOVERY_WAITING", "SEAT_LIMIT_NEAR", "SETUP_STALLED"],
            "note": "Calls before ten only.\nAsk for Ines.", "launch_time": "2026-11-20T16:20:00Z"
        }),
    )
}

pub fn minimal() -> Company {
    company(
        "MINIMAL",
        "Aalto",
        json!({
            "seats": {"filled": 0, "members": 0, "guests": 0}, "owners": {"confirmed": 0, "invited": 0}, "setup": {},
            "create_time": null
        }),
    )
}

pub fn unlinked() -> Company {
    company(
        "UNLINKED",
        "Alder & Finch Ltd",
        json!({
            "state": "UNLINKED", "origin": "LINKED", "link_time": "2025-01-09T10:00:00Z", "attention": ["TRIAL_ENDING"],
            "unlink_time": "2026-11-12T15:30:00Z", "unlinked_by": {"display_name": "Tomma Petersen"},
            "trial_end_time": "2026-11-26T15:30:00Z"
        }),
    )
}

/// One of a REAL workspace: an import that a newer word contradicts, an old word, and much that nobody looked at.
pub fn observed() -> Company {
    let fact = |facet: &str, source: &str, coverage: &str, as_of: &str| json!({"facet": facet, "source": source, "coverage": coverage, "as_of": as_of, "observer": {"display_name": "Mira Okafor"}});
    company(
        "OBSERVED",
        "Möwe KG",
        json!({
            "sign_in_host": "", "origin": null, "create_time": null, "setup": null, "advanced_permissions": null,
            "seats": {"filled": 42, "limit": 50}, "owners": {"confirmed": 2, "names": ["Ada Stern", "Bo Lund"]},
            "open_recoveries": null, "external_id": "K-77", "attention": ["FACTS_DIFFER", "FACTS_STALE"],
            "facts": [
                fact("LINK", "IMPORT", "EXACT", "2026-11-16T12:00:00Z"), fact("SEATS", "IMPORT", "EXACT", "2026-11-16T12:00:00Z"),
                {"facet": "SEATS", "source": "DECLARED", "coverage": "DECLARED", "as_of": "2026-11-21T12:00:00Z", "value": 44, "observer": {"display_name": "Mira Okafor"}},
                fact("SEAT_LIMIT", "DECLARED", "DECLARED", "2026-11-21T12:00:00Z"),
                fact("ROLES", "DECLARED", "DECLARED", "2026-08-01T12:00:00Z"),
            ]
        }),
    )
}

/// One of a REAL workspace whose seats were counted by what does not see everybody.
pub fn estimated() -> Company {
    let facts =
        json!([{"facet": "SEATS", "source": "USERS_API", "coverage": "ESTIMATE", "as_of": "2026-11-22T11:00:00Z"}]);
    company(
        "ESTIMATED",
        "Aalto Oy",
        json!({"seats": {"filled": 4_283, "limit": 5_000}, "attention": ["SEAT_LIMIT_NEAR"], "facts": facts}),
    )
}

/// One of a REAL workspace that nobody said anything of but its name.
pub fn unobserved() -> Company {
    let unknown = json!({
        "sign_in_host": "", "origin": null, "create_time": null, "setup": null, "advanced_permissions": null,
        "seats": null, "owners": null, "open_recoveries": null, "state": "STATE_UNSPECIFIED"
    });
    company("UNOBSERVED", "Neuland eG", unknown)
}

/// Long words, wide letters, marks, another direction of writing.
pub fn long_and_wide() -> Company {
    let name = "東京セキュリティ株式会社 Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft مرسى";
    company(
        "LONG",
        name,
        json!({
            "website": format!("https://{}.example/{}", "sub.".repeat(20), "path/".repeat(20)),
            "tags": ["東京", "ein sehr langes Schlagwort mit vielen Worten darin", "é́́́tage"],
            "address": {"country_code": "XX", "lines": ["長い住所 1-2-3"], "locality": "Llanfairpwllgwyngyllgogerychwyrndrobwll"},
            "seats": {"filled": 4_000_000_000_u32, "limit": 4_000_000_001_u32, "members": 0, "guests": 0}, "owners": {"confirmed": 123_456, "invited": 3},
            "setup": {"done": 100, "applicable": 200}, "state": "WAITING_FOR_A_NEWER_VERSION", "origin": "INHERITED",
            "attention": ["SOMETHING_THAT_NOBODY_KNOWS_YET", "SINGLE_OWNER"], "external_id": "x".repeat(200),
            "note": "One line that goes on and on, with 全角文字 in the middle, until it has to be wrapped somewhere. ".repeat(4)
        }),
    )
}

/// What an attacker would call a company.
pub fn hostile() -> Vec<Company> {
    let names = [
        "\u{1b}[2J\u{1b}]0;owned\u{7}Esc GmbH",
        "\u{9b}31mC1\u{85}Ltd",
        "safe\u{202e}gnirts\u{2066}x\u{2069}",
        "tag\u{e0041}\u{e007f}ged\u{200b}\u{feff}",
        "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "two\r\nlines\tand\u{8}more",
        "\u{200f}مرسى\u{200e} للتقنية",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦🇩🇪 Family",
        "   ",
        "\u{115f}\u{3164}\u{ffa0}",
    ];
    let bad = "\u{1b}[31m\u{202e}bad\u{7}";
    let more = json!({
        "website": bad, "tags": [bad, "ok"], "note": format!("{bad}\nsecond\u{2028}third"), "external_id": bad,
        "region": bad, "sign_in_host": bad, "state": bad, "origin": bad, "attention": [bad],
        "address": {"country_code": bad, "lines": [bad], "locality": bad, "postal_code": bad}
    });
    (0..).zip(names).map(|(at, name)| company(&format!("H{at}"), name, more.clone())).collect()
}

/// Thirty companies of every kind.
pub fn many() -> Vec<Company> {
    let mut all = vec![brightwater(), minimal(), unlinked()];
    let names = [
        "Bright & Söhne KG",
        "Contoso Traders",
        "Delfin Logistik AG",
        "Eastgate Dental",
        "Fjordlys AS",
        "Grünfeld Immobilien",
        "Harbour View Hotels",
        "Ivory Studio",
        "Jansen Bouw BV",
        "Kieler Förde Reederei",
        "Łódź Software Sp. z o.o.",
        "Müller Feinmechanik",
        "Nordlicht e. V.",
        "Ørsted Catering",
        "Pinewood Primary School",
        "Quarry Street Legal",
        "Rosenberg & Partner",
        "Straßenbau Süd GmbH",
        "Tamarind Foods",
        "Umbra Films",
        "Vogel Elektro",
        "Westerland Medical",
        "Xanten Archäologie",
        "Ypsilon Energy",
        "Zephyr Wind",
        "東京セキュリティ株式会社",
        "Ελλάς Travel",
    ];
    let states = ["ACTIVE", "ACTIVE", "PENDING", "ACTIVE", "SUSPENDED", "ACTIVE"];
    for (at, name) in (0_u32..).zip(names) {
        let attention = match at % 7 {
            2 => vec!["NO_CONFIRMED_OWNER"],
            4 => vec!["SINGLE_OWNER"],
            5 => vec!["SEAT_LIMIT_REACHED", "SETUP_STALLED"],
            _ => Vec::new(),
        };
        let tag = ["gold", "north", "trial"][at as usize % 3];
        let limit = [Some(50), Some(12), None, Some(1_500)][at as usize % 4];
        let filled = if at % 7 == 5 { limit.unwrap_or(77) } else { (at * 37) % limit.unwrap_or(90) };
        let owners = match at % 7 {
            2 => json!({"confirmed": 0, "invited": at % 2}),
            4 => json!({"confirmed": 1}),
            _ => json!({"confirmed": 2 + at % 3}),
        };
        let more = json!({
            "state": states[at as usize % states.len()], "attention": attention, "owners": owners,
            "seats": {"filled": filled, "limit": limit, "members": filled, "guests": 0},
            "setup": {"done": at % 6, "applicable": 5}, "tags": [tag]
        });
        all.push(company(&format!("M{at}"), name, more));
    }
    all
}

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

pub fn no_news() -> Answer {
    Answer::Changes(Changes { next: "t2".into(), ..Changes::default() })
}

pub fn session() -> Session {
    Session {
        account: Account {
            owner_desk: None,
            id: AccountId::new("ACCOUNT"),
            name: "Harbour IT".into(),
            kind: None,
            region: "1password.eu".into(),
            sign_in_host: "harbour.1password.eu".into(),
        },
        technician: Technician {
            id: UserId::new("TOMMA"),
            display_name: "Tomma Petersen".into(),
            email: "technician@harbour.example".into(),
            groups: vec!["MSP Technicians".into()],
            mfa: true,
        },
        permissions: Permissions(vec![
            Permission::View,
            Permission::Setup,
            Permission::Launch,
            Permission::Unlink,
            Permission::Add,
            Permission::Link,
            Permission::Edit,
            Permission::People,
            Permission::Recover,
            Permission::Technicians,
            Permission::Vaults,
        ]),
        max_wait: 0,
    }
}

fn step(kind: StepKind, state: StepState, note: Option<&str>, evidence: &[(Fact, u32)]) -> Step {
    let reported = state != StepState::Todo;
    Step {
        etag: Etag::new(kind.as_str()),
        kind,
        state,
        note: note.map(ToOwned::to_owned),
        updater: reported.then(|| Actor { display_name: "Tomma Petersen".into() }),
        update_time: reported.then(|| noon().checked_sub(SignedDuration::from_hours(75)).unwrap()),
        evidence: evidence.iter().map(|(fact, count)| Evidence { fact: fact.clone(), count: *count }).collect(),
    }
}

/// A checklist with the first steps in these states and the others to do.
pub fn checklist(states: &[StepState]) -> Checklist {
    let facts = [
        vec![(Fact::Policies, 3), (Fact::CustomGroups, 2), (Fact::SharedVaults, 5)],
        vec![(Fact::RecoveryPeople, 1)],
        vec![(Fact::InvitedPeople, 2), (Fact::FilledSeats, 42)],
        vec![(Fact::IdentityProviders, 0)],
        vec![(Fact::AppUsers, 38)],
    ];
    let notes =
        [Some("Policies as agreed with Ines on the phone; vault *Finance* stays with her."), None, None, None, None];
    let steps = StepKind::KNOWN.into_iter().zip(facts).zip(notes).enumerate().map(|(at, ((kind, facts), note))| {
        let state = states.get(at).cloned().unwrap_or(StepState::Todo);
        let note = note.filter(|_| state != StepState::Todo);
        step(kind, state, note, &facts)
    });
    Checklist { steps: steps.collect() }
}

fn person(name: &str, kind: PersonKind, state: PersonState, groups: &[GroupKind]) -> Person {
    let group = |kind: &GroupKind| Membership {
        id: GroupId::new(kind.as_str()),
        kind: kind.clone(),
        name: if *kind == GroupKind::Custom { "Buchhaltung Nord".into() } else { kind.as_str().into() },
    };
    Person {
        advanced_granted: None,
        possibly_technician: false,
        id: UserId::new(name),
        etag: None,
        email: format!("{}@brightwater.example", name.to_lowercase().replace(' ', ".")),
        display_name: name.into(),
        state,
        kind,
        groups: Some(groups.iter().map(group).collect()),
        create_time: Some("2025-03-05T08:00:00Z".parse().unwrap()),
    }
}

/// People of every kind and state.
pub fn people() -> Vec<Person> {
    use GroupKind::{Administrators, Custom, ExternalAccountManagers, Owners, TeamMembers};
    use PersonKind::{Guest, Member, Technician};
    let mut all = vec![
        person("Ines Brandt", Member, PersonState::Active, &[Owners, TeamMembers, Custom]),
        person("Jonas Brandt", Member, PersonState::Invited, &[Owners]),
        person("Maria do Carmo Vasconcelos de Albuquerque e Castro", Member, PersonState::Active, &[Administrators]),
        person("Ole Hansen", Member, PersonState::AwaitingConfirmation, &[TeamMembers]),
        person("佐藤 花子", Member, PersonState::RecoveryStarted, &[TeamMembers]),
        person("Pia Lund", Member, PersonState::RecoveryAwaitingCompletion, &[TeamMembers, Custom]),
        person("Quentin Roe", Member, PersonState::Suspended, &[TeamMembers]),
        person("Rita Moss", Member, PersonState::Deleted, &[]),
        person("Sam Guest", Guest, PersonState::Active, &[]),
        person("Tomma Petersen", Technician, PersonState::Active, &[ExternalAccountManagers]),
        person("Uwe Odd", PersonKind::Other("ROBOT".into()), PersonState::Other("SLEEPING".into()), &[]),
    ];
    all.extend((0..20).map(|at| person(&format!("Worker {at:02}"), Member, PersonState::Active, &[TeamMembers])));
    all
}

fn check(code: CheckCode, severity: Severity, people: &[&str], count: Option<u32>) -> Check {
    let people = people.iter().map(|name| (*name).to_owned()).collect();
    Check { code, severity, title: "A check of a newer server".into(), people, count }
}

fn preflight(company: &Company, checks: Vec<Check>) -> Preflight {
    use ConsequenceCode::{AccessEnds, DataStays, OnlyOwnerCanRelink, OwnerMustAct, TrialStarts};
    let follows = [TrialStarts, DataStays, AccessEnds, OwnerMustAct, OnlyOwnerCanRelink];
    Preflight {
        etag: company.etag.clone(),
        company_name: company.name.clone(),
        checks,
        consequences: follows.map(|code| Consequence { code, title: String::new() }).to_vec(),
        trial_end_time: Some("2026-12-06T12:00:00Z".parse().unwrap()),
    }
}

pub fn allowed(company: &Company) -> Preflight {
    let checks = vec![
        check(CheckCode::ConfirmedOwners, Severity::Info, &["Ines Brandt"], Some(1)),
        check(CheckCode::OpenRecoveries, Severity::Warn, &["Pia Lund"], Some(1)),
        check(CheckCode::PendingInvites, Severity::Warn, &["Jonas Brandt"], Some(1)),
        check(CheckCode::FilledSeats, Severity::Info, &[], Some(42)),
    ];
    preflight(company, checks)
}

pub fn blocked(company: &Company) -> Preflight {
    let checks = vec![
        check(CheckCode::NoConfirmedOwner, Severity::Block, &["Jonas Brandt"], None),
        check(CheckCode::Other("NEW_RULE".into()), Severity::Block, &[], None),
        check(CheckCode::FilledSeats, Severity::Info, &[], Some(42)),
    ];
    preflight(company, checks)
}

/// A fixed address that leads nowhere.
pub fn address(seconds: i64) -> LaunchAddress {
    let uri = "https://brightwater.1password.eu/launch/b3VyLW93bi1zYW1wbGUtYWRkcmVzcw?to=people".to_owned();
    LaunchAddress { uri: Redacted::new(uri), expire_time: noon().checked_add(SignedDuration::from_secs(seconds)).ok() }
}

pub fn error(what: Operation, cause: Cause) -> Error {
    Error::new(what, cause, RetryAdvice::Now)
}

pub fn no_answer(what: Operation) -> Error {
    error(what, Cause::TimedOut { seconds: 10 })
}

pub fn refused(what: Operation) -> Error {
    let mut error = error(what, Cause::Refused { host: "msp.example:443".into() });
    error.detail = "connection refused (os error 111)".into();
    error.request_id = Some("req-7f3a".into());
    error
}

/// Technicians of every state and role that can be given.
pub fn technicians() -> Vec<technician::Technician> {
    let technician = |id: &str, name: &str, role, state| technician::Technician {
        id: UserId::new(id),
        display_name: name.to_owned(),
        email: format!("{}@harbour.example", name.to_lowercase().replace(' ', ".")),
        role,
        state,
        create_time: Some(time("2026-03-02T08:00:00Z")),
        sign_in_time: Some(time("2026-11-22T10:12:00Z")),
        enrolment_expire_time: None,
        etag: Etag::new("t1"),
    };
    vec![
        technician("I", "Ida Harms", Role::Owner, TechnicianState::Active),
        technician("T", "Tomma Petersen", Role::MspTechnician, TechnicianState::Active),
        technician::Technician {
            sign_in_time: None,
            enrolment_expire_time: Some(time("2026-11-22T12:10:00Z")),
            ..technician("M", "Mira Okafor", Role::ViewOnly, TechnicianState::Pending)
        },
        technician("O", "Ole Brandt", Role::Administrator, TechnicianState::Revoked),
    ]
}

/// A code for one of them.
pub fn enrolment(place: usize) -> Enrolment {
    Enrolment {
        technician: technicians().swap_remove(place),
        code: Some(Redacted::new("K7QM-2RWX-9HTB".to_owned())),
        expire_time: Some(time("2026-11-22T12:15:00Z")),
    }
}

fn time(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A company that is connected.
pub fn source(company: &str) -> Source {
    Source {
        company: CompanyId::new(company),
        company_name: None,
        source: FactSource::UsersApi,
        state: SourceState::Connected,
        reason: None,
        detail: None,
        account_uuid: None,
        client_id: None,
        may_write: true,
        secret_place: None,
        connected_by: None,
        connect_time: None,
        last_try_time: None,
        last_success_time: None,
        next_read_time: None,
        expire_time: None,
    }
}
