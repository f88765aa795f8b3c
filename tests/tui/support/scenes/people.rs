//! People, recoveries and vaults.

use super::links::{TWO, in_account, several};
use super::{BRIGHT, Scene, act, list, open, scene, toasts};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures::{self, error, many, no_answer};
use jiff::SignedDuration;
use mspdash::app::command::{Command, DisabledReason};
use mspdash::app::features::people::{Done, Group, PeopleDisabledReason, PeopleNotice};
use mspdash::app::msg::Size;
use mspdash::app::toast::Notification;
use mspdash::domain::company::{Actor, AdvancedPermissions, Company};
use mspdash::domain::error::{Cause, ConflictCode, Error, Operation};
use mspdash::domain::id::{CompanyId, Etag, GroupId, UserId, VaultId};
use mspdash::domain::lang::Lang;
use mspdash::domain::people::{GroupKind, Membership, Person, PersonKind, PersonState};
use mspdash::domain::recovery::{PersonAct, Recovery};
use mspdash::domain::request::Answer;
use mspdash::domain::session::{Permission, Permissions, WorkspaceKind};
use mspdash::domain::vault::Vault;

pub const ALL: &[Scene] = &[
    scene("recoveries_many", |lang, size| recoveries(lang, size, open_ones())).main().about(BRIGHT),
    scene("recoveries_loading", screen),
    scene("recoveries_empty", |lang, size| recoveries(lang, size, Vec::new())),
    scene("recoveries_failed", |lang, size| {
        act(screen(lang, size), |it| {
            it.fail(no_answer(Operation::LoadRecoveries));
        })
    }),
    scene("recoveries_failed_with_data", |lang, size| {
        act(recoveries(lang, size, open_ones()), |it| {
            it.pass(30).fail(no_answer(Operation::LoadRecoveries));
        })
    }),
    scene("recoveries_long_and_wide", |lang, size| recoveries(lang, size, long_ones())),
    scene("recoveries_complete", |lang, size| {
        act(recoveries(lang, size, open_ones()), |it| {
            it.keys("g R");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("recoveries_two", |lang, size| two(lang, size, Ok(Answer::Recoveries(canadian())))).main().about(BRIGHT),
    scene("recoveries_two_failed", |lang, size| two(lang, size, Err(no_answer(Operation::LoadRecoveries))))
        .about(BRIGHT),
    scene("recoveries_two_failed_with_data", |lang, size| {
        act(two(lang, size, Ok(Answer::Recoveries(canadian()))), |it| {
            it.pass(30);
            in_account(it, "europe", Err(no_answer(Operation::LoadRecoveries)));
        })
    })
    .about(BRIGHT),
    scene("recoveries_two_complete", |lang, size| {
        act(two(lang, size, Ok(Answer::Recoveries(canadian()))), |it| {
            it.keys("g j R");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("people_seats", |lang, size| people(lang, size, agreeing(), folk(), "")).main().about(BRIGHT),
    scene("people_technicians", |lang, size| people(lang, size, agreeing(), folk(), "G k")).main().about(BRIGHT),
    scene("people_menu", |lang, size| people(lang, size, agreeing(), folk(), "enter")).covered(),
    scene("people_disagree", |lang, size| people(lang, size, fixtures::brightwater(), folk(), "j")).about(BRIGHT),
    scene("people_connected", |lang, size| {
        act(people(lang, size, agreeing(), connected(), "j"), |it| {
            it.session_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
        })
    })
    .about(BRIGHT),
    scene("people_searching", |lang, size| {
        act(people(lang, size, agreeing(), folk(), "/"), |it| {
            it.type_in("bra");
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("people_search_kept", |lang, size| {
        act(people(lang, size, agreeing(), folk(), "/"), |it| {
            it.type_in("brandt").keys("enter");
        })
    })
    .about(BRIGHT),
    scene("people_no_match", |lang, size| {
        act(people(lang, size, agreeing(), folk(), "/"), |it| {
            it.type_in("zzzz").keys("enter");
        })
    })
    .about(BRIGHT),
    scene("people_groups_failed", |lang, size| {
        act(tab(lang, size, agreeing()), |it| {
            it.answer(Answer::People(folk())).fail(no_answer(Operation::LoadGroups));
        })
    })
    .about(BRIGHT),
    scene("confirm_owner", |lang, size| ask(lang, size, "Ole Hansen", "o")).main().about(BRIGHT).covered(),
    scene("confirm_administrator", |lang, size| ask(lang, size, "Ole Hansen", "a y")).about(BRIGHT).covered(),
    scene("confirm_take_away", |lang, size| ask(lang, size, "Maria", "d")).about(BRIGHT).covered(),
    scene("confirm_last_owner", |lang, size| ask(lang, size, "Ines", "d")).main().about(BRIGHT).covered(),
    scene("confirm_suspend", |lang, size| ask(lang, size, "Worker 03", "p")).about(BRIGHT).covered(),
    scene("confirm_reactivate", |lang, size| ask(lang, size, "Quentin", "p")).about(BRIGHT).covered(),
    scene("confirm_begin", |lang, size| ask(lang, size, "Worker 03", "R")).about(BRIGHT).covered(),
    scene("confirm_begin_few", |lang, size| ask(lang, size, "Ines", "R")).about(BRIGHT).covered(),
    scene("confirm_complete", |lang, size| ask(lang, size, "Pia", "R y")).about(BRIGHT).covered(),
    scene("confirm_cancel", |lang, size| ask(lang, size, "佐藤", "X")).about(BRIGHT).covered(),
    scene("confirm_sending", |lang, size| ask(lang, size, "Pia", "R y enter")).about(BRIGHT).covered(),
    scene("confirm_refused", |lang, size| {
        act(ask(lang, size, "Worker 03", "p y enter"), |it| {
            it.fail(error(Operation::ChangePerson, Cause::Conflict(ConflictCode::LastOwner)));
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("confirm_lost", |lang, size| {
        act(ask(lang, size, "Pia", "R y enter"), |it| {
            it.fail(no_answer(Operation::Recover));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("confirm_changed", |lang, size| {
        act(ask(lang, size, "Worker 03", "p y enter"), |it| {
            it.fail(error(Operation::ChangePerson, Cause::ChangedMeanwhile));
            let mut all = folk();
            for person in &mut all {
                person.etag = Some(Etag::new("2"));
            }
            it.answer(Answer::People(all));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("confirm_gone", |lang, size| {
        act(ask(lang, size, "Worker 03", "p y enter"), |it| {
            it.fail(error(Operation::ChangePerson, Cause::NotFound));
            let left = folk().into_iter().filter(|person| person.display_name != "Worker 03");
            it.answer(Answer::People(left.collect()));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("vaults_on", |lang, size| vaults(lang, size, (true, true), some_vaults())).main().about(BRIGHT),
    scene("vaults_off_company", |lang, size| vaults(lang, size, (false, true), some_vaults())).about(BRIGHT),
    scene("vaults_off_me", |lang, size| vaults(lang, size, (true, false), some_vaults())).about(BRIGHT),
    scene("vaults_empty", |lang, size| vaults(lang, size, (true, true), Vec::new())).about(BRIGHT),
    scene("vaults_loading", |lang, size| vault_tab(lang, size, (true, true))).about(BRIGHT),
    scene("vaults_failed", |lang, size| {
        act(vault_tab(lang, size, (true, true)), |it| {
            it.fail(no_answer(Operation::LoadVaults));
        })
    })
    .about(BRIGHT),
    scene("vault_confirm", |lang, size| {
        act(vaults(lang, size, (true, true), some_vaults()), |it| {
            it.keys("v");
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("vault_refused", |lang, size| {
        act(vaults(lang, size, (true, true), some_vaults()), |it| {
            it.keys("v y enter").fail(error(Operation::GrantVault, Cause::AdvancedNotGranted));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("toasts_folk", |lang, size| toasts(lang, size, said())),
    scene("toasts_folk_not", |lang, size| toasts(lang, size, refused())),
];

fn may_all(it: &mut AppDriver) {
    let all = [
        Permission::View,
        Permission::Setup,
        Permission::Launch,
        Permission::Unlink,
        Permission::People,
        Permission::Recover,
        Permission::Vaults,
    ];
    it.session_mut().unwrap().permissions = Permissions(all.to_vec());
}

fn screen(lang: Lang, size: Size) -> AppDriver {
    act(list(lang, size, many()), |it| {
        may_all(it);
        it.keys("3");
    })
}

fn recoveries(lang: Lang, size: Size, all: Vec<Recovery>) -> AppDriver {
    act(screen(lang, size), |it| {
        it.answer(Answer::Recoveries(all));
    })
}

fn recovery(company: &str, name: &str, who: &str, minutes: i64, recoverers: u32, stage: PersonState) -> Recovery {
    Recovery {
        company: CompanyId::new(company),
        company_name: name.into(),
        user: UserId::new(who),
        etag: Some(Etag::new("1")),
        display_name: who.into(),
        email: format!("{}@example.example", who.to_lowercase().replace(' ', ".")),
        stage,
        begin_time: noon().checked_sub(SignedDuration::from_mins(minutes)).ok(),
        begun_by: (minutes % 2 == 0).then(|| Actor { display_name: "Tomma Petersen".into() }),
        recoverers,
    }
}

fn open_ones() -> Vec<Recovery> {
    use PersonState::{RecoveryAwaitingCompletion, RecoveryStarted};
    vec![
        recovery("BRIGHTWATER", "Brightwater GmbH", "Pia Lund", 4_000, 1, RecoveryAwaitingCompletion),
        recovery("BRIGHTWATER", "Brightwater GmbH", "佐藤 花子", 2_881, 2, RecoveryStarted),
        recovery("M1", "Contoso Traders", "Alan Reed", 700, 0, RecoveryStarted),
        recovery("M4", "Fjordlys AS", "Søren Østergård", 62, 4, RecoveryAwaitingCompletion),
        recovery("M7", "Ivory Studio", "", 3, 12, PersonState::Other("WAITING_FOR_THE_MOON".into())),
    ]
}

/// On the screen of recoveries of two accounts, and what the second says.
fn two(lang: Lang, size: Size, second: Result<Answer, Error>) -> AppDriver {
    act(several(lang, size, &TWO), |it| {
        it.keys("3");
        in_account(it, "europe", Ok(Answer::Recoveries(open_ones())));
        in_account(it, "canada", second);
    })
}

/// Of the other account; the same company and person are in the first account too.
fn canadian() -> Vec<Recovery> {
    vec![recovery("BRIGHTWATER", "Brightwater GmbH", "Pia Lund", 3_000, 2, PersonState::RecoveryAwaitingCompletion)]
}

fn long_ones() -> Vec<Recovery> {
    let long = "Maria do Carmo Vasconcelos de Albuquerque e Castro".repeat(2);
    let stage = PersonState::RecoveryAwaitingCompletion;
    let wide = fixtures::long_and_wide();
    vec![
        recovery(wide.id.as_str(), &wide.name, &long, 90, 1, stage.clone()),
        recovery("GONE", "全角の会社名前がとても長い株式会社東京本社", "مرسى للتقنية", 9, 0, stage),
    ]
}

/// With the tab *People* of this company open; nothing is there yet.
fn tab(lang: Lang, size: Size, company: Company) -> AppDriver {
    act(open(lang, size, company, "enter ] ]"), may_all)
}

fn people(lang: Lang, size: Size, company: Company, all: Vec<Person>, keys: &str) -> AppDriver {
    act(tab(lang, size, company), |it| {
        it.answer(Answer::People(all)).answer(Answer::Groups(groups()));
        if !keys.is_empty() {
            it.keys(keys);
        }
    })
}

/// The question about this person, after these keys.
fn ask(lang: Lang, size: Size, name: &str, keys: &str) -> AppDriver {
    act(people(lang, size, agreeing(), folk(), "g"), |it| {
        while it.model.selected_person().is_some_and(|person| !person.display_name.starts_with(name)) {
            it.keys("j");
        }
        it.keys(keys);
    })
}

/// A company that counts as its people do.
fn agreeing() -> Company {
    let mut company = fixtures::brightwater();
    company.seats.filled = u32::try_from(folk().iter().filter(|person| person.fills_seat()).count()).ok();
    company
}

/// Everyone, Maria in both groups, and three technicians.
fn folk() -> Vec<Person> {
    let mut all = fixtures::people();
    let member = |kind: GroupKind| Membership { id: GroupId::new(kind.as_str()), name: kind.as_str().to_owned(), kind };
    let of = |all: &[Person], name: &str| all.iter().find(|person| person.display_name == name).cloned().unwrap();
    for person in &mut all {
        person.etag = Some(Etag::new("1"));
        if person.display_name.starts_with("Maria") {
            person.groups = Some([GroupKind::Administrators, GroupKind::Owners].map(member).to_vec());
            person.state = PersonState::Suspended;
        }
        if person.kind == PersonKind::Technician {
            person.advanced_granted = Some(true);
        }
    }
    for (name, granted) in [("Rieke Lund", Some(false)), ("Jonas Behr", None)] {
        let technician = of(&all, "Tomma Petersen");
        let (id, display_name) = (UserId::new(name), name.to_owned());
        let email = format!("{}@harbour.example", name.to_lowercase().replace(' ', "."));
        all.push(Person { id, email, display_name, advanced_granted: granted, ..technician });
    }
    all
}

/// Some of them as the Users API lists them.
fn connected() -> Vec<Person> {
    let unknown = |person: Person| Person {
        possibly_technician: person.kind == PersonKind::Technician,
        kind: PersonKind::Other(String::new()),
        groups: None,
        advanced_granted: None,
        ..person
    };
    let few = ["Ines Brandt", "Quentin Roe", "Tomma Petersen"];
    folk().into_iter().filter(|person| few.contains(&person.display_name.as_str())).map(unknown).collect()
}

fn groups() -> Vec<mspdash::domain::people::Group> {
    let group = |kind: GroupKind| mspdash::domain::people::Group {
        id: GroupId::new(kind.as_str()),
        name: kind.as_str().to_owned(),
        kind,
        member_count: 1,
    };
    vec![group(GroupKind::Owners), group(GroupKind::Administrators)]
}

fn vault_tab(lang: Lang, size: Size, (allowed_by_company, granted_to_me): (bool, bool)) -> AppDriver {
    let advanced_permissions = Some(AdvancedPermissions { allowed_by_company, granted_to_me });
    let company = Company { advanced_permissions, ..fixtures::brightwater() };
    act(open(lang, size, company, "enter ] ] ]"), may_all)
}

fn vaults(lang: Lang, size: Size, advanced: (bool, bool), all: Vec<Vault>) -> AppDriver {
    act(vault_tab(lang, size, advanced), |it| {
        it.answer(Answer::Vaults(all));
    })
}

fn some_vaults() -> Vec<Vault> {
    let vault = |name: &str, item_count: u32, people_count: u32, has_access: bool| Vault {
        id: VaultId::new(name),
        name: name.into(),
        description: (item_count > 20).then(|| "What everyone in the office needs; no keys of clients".into()),
        item_count,
        people_count,
        has_access,
    };
    vec![
        vault("Buchhaltung", 212, 4, false),
        vault("Operations", 48, 31, true),
        vault("Notfallzugänge der Geschäftsführung und ihrer Stellvertretungen in allen Niederlassungen", 3, 2, false),
        vault("共有", 1_204, 42, true),
    ]
}

fn said() -> Vec<Notification> {
    let changed = |person: &str, done| {
        Notification::PeopleAction(PeopleNotice::Changed {
            company: "Brightwater GmbH".into(),
            person: person.into(),
            done,
        })
    };
    let (group, kind, added) = (GroupId::new("G"), Group::Owners, true);
    vec![
        changed("Ole Hansen", Done::Member { group, kind, added }),
        changed("Pia Lund", Done::Act(PersonAct::CompleteRecovery)),
        Notification::PeopleAction(PeopleNotice::Granted {
            company: "Brightwater GmbH".into(),
            vault: "Buchhaltung".into(),
        }),
    ]
}

fn refused() -> Vec<Notification> {
    vec![
        Notification::NotNow(Command::Suspend, DisabledReason::PeopleAction(PeopleDisabledReason::Technician)),
        Notification::NotNow(
            Command::ViewVault,
            DisabledReason::PeopleAction(PeopleDisabledReason::NoAccess("v".into())),
        ),
        Notification::NotNow(Command::GrantVault, DisabledReason::PeopleAction(PeopleDisabledReason::AdvancedOff)),
    ]
}
