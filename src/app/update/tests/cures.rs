//! Ways out: what is offered can be done, and helps.

use crate::app::command::{Binding, Command, DisabledReason, TABLE};
use crate::app::effect::Effect;
use crate::app::features::cure;
use crate::app::features::cure::Owner;
use crate::app::features::people::{About, Act, Warning};
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::overlay::Overlay;
use crate::app::update::tests::people;
use crate::domain::company::{Company, Owners, Seats};
use crate::domain::launch::Target;
use crate::domain::people::{GroupKind, Person, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::{Answer, Launch, Request};
use crate::domain::session::Permission;

const ALL: [Permission; 11] = ALL_PERMISSIONS;
const NO_PEOPLE: [Permission; 3] = [Permission::View, Permission::Unlink, Permission::Launch];
const ONLY_UNLINK: [Permission; 2] = [Permission::View, Permission::Unlink];

fn without_owner(invited: u32, members: u32) -> Company {
    let seats = Seats { filled: Some(members), members: Some(members), ..Seats::default() };
    let owners = Owners { confirmed: Some(0), invited: Some(invited), names: Vec::new() };
    Company { seats, owners, ..company("A", "Alpen") }
}

/// The blocked pre-flight of a company, and what is offered there.
fn blocked_for(permissions: &[Permission], company: &Company) -> (AppDriver, Owner) {
    let mut app = AppDriver::as_who(AppDriver::options(), permissions, vec![company.clone()]);
    app.press("u");
    app.answer(Answer::Preflight(blocked(company)));
    app.answer(changes(Vec::new(), &[]));
    let cure = cure::owner(&app.model, &key_of("A"));
    (app, cure)
}

#[test]
fn what_helps_a_company_without_an_owner_is_what_can_help() {
    let launch = Some(Command::Launch);
    let not_yours = || Owner::NotYours(DisabledReason::NotPermitted(Permission::People));
    for (permissions, invited, members, wanted) in [
        (&ALL[..], 0, 3, Owner::Make(Command::AddOwner)),
        (&ALL[..], 1, 3, Owner::Make(Command::AddOwner)),
        (&ALL[..], 1, 0, Owner::Invited(launch)),
        (&ALL[..], 0, 0, Owner::Nobody(launch)),
        (&NO_PEOPLE[..], 0, 3, not_yours()),
        (&NO_PEOPLE[..], 1, 0, Owner::Invited(launch)),
        (&ONLY_UNLINK[..], 1, 0, Owner::Invited(None)),
        (&ONLY_UNLINK[..], 0, 0, Owner::Nobody(None)),
    ] {
        let (_, cure) = blocked_for(permissions, &without_owner(invited, members));
        assert_eq!(cure, wanted, "{invited} invited, {members} joined");
    }
}

/// Each way out that is offered is open: its key does it, and every other key of a way out does nothing.
#[test]
fn the_key_of_a_way_out_leads_out_and_no_other_does() {
    for (permissions, invited, members) in
        [(&ALL[..], 0, 3), (&ALL[..], 1, 0), (&ALL[..], 0, 0), (&NO_PEOPLE[..], 0, 3), (&ONLY_UNLINK[..], 1, 0)]
    {
        let (app, cure) = blocked_for(permissions, &without_owner(invited, members));
        for (key, command) in [("o", Command::AddOwner), ("l", Command::Launch)] {
            let mut app = app.clone();
            let out = app.press(key);
            let offered = cure.command() == Some(command);
            assert_eq!(app.model.overlays.is_empty(), offered, "{key} {cure:?}");
            let launched = |effect: &Effect| {
                matches!(effect, Effect::Call { request: Request::Launch(Launch { target: Target::People, .. }), .. })
            };
            assert_eq!(out.iter().any(launched), offered && command == Command::Launch, "{key} {cure:?}");
            if offered {
                assert_eq!(cure.key(&app.model).as_deref(), Some(key));
                assert_eq!((app.selected().as_deref(), app.model.tab), (Some("A"), Tab::People));
            }
        }
    }
}

/// As the user has bound it.
fn bind(app: &mut AppDriver, id: &str, keys: &[&str]) {
    let keys = keys.iter().map(ToString::to_string).collect();
    let told = app.model.options.keymap.rebind(&[Binding { line: 1, id: id.into(), keys }]);
    assert_eq!(told, []);
}

#[test]
fn a_way_out_follows_the_users_keys() {
    let (mut app, cure) = blocked_for(&ALL, &without_owner(0, 3));
    bind(&mut app, "company.add_owner", &["ctrl-g"]);
    assert_eq!(cure.key(&app.model).as_deref(), Some("^g"));
    app.press("o");
    assert_eq!(app.model.overlays.len(), 1);
    app.press("ctrl-g");
    assert_eq!((app.model.overlays.len(), app.model.tab), (0, Tab::People));
    let (mut app, cure) = blocked_for(&ALL, &without_owner(0, 3));
    bind(&mut app, "company.add_owner", &[]);
    assert_eq!(cure.key(&app.model), None);
    app.press("o");
    assert_eq!(app.model.overlays.len(), 1);
}

#[test]
fn people_who_are_known_decide_who_could_be_made_an_owner() {
    let company = without_owner(1, 3);
    for (people, wanted) in [
        (vec![people::as_state("Hugo", PersonState::Invited)], Owner::Invited(Some(Command::Launch))),
        (vec![people::as_state("Emil", PersonState::Suspended)], Owner::Invited(Some(Command::Launch))),
        (vec![people::in_groups("Dora", &[])], Owner::Make(Command::AddOwner)),
    ] {
        let mut app = AppDriver::as_who(AppDriver::options(), &ALL, vec![company.clone()]);
        app.press("enter ] ]");
        app.answer(Answer::People(people));
        assert_eq!(cure::owner(&app.model, &key_of("A")), wanted);
    }
}

/// A key in running text belongs to a command that can run, and is the one that it is bound to now.
#[test]
fn no_key_is_named_for_what_cannot_run() {
    let mut unbound = AppDriver::with(four());
    bind(&mut unbound, "company.launch", &[]);
    let looking = AppDriver::as_who(AppDriver::options(), &[Permission::View], four());
    let mut named = 0;
    for app in [AppDriver::with(four()), AppDriver::with(Vec::new()), AppDriver::at_setup()]
        .into_iter()
        .chain([looking, unbound])
    {
        for row in &TABLE {
            let key = cure::key(&app.model, row.command);
            let keys = app.model.options.keymap.keys(row.command);
            let open = row.command.ready(&app.model).is_ok() && !keys.is_empty();
            assert_eq!(key.is_some(), open, "{:?}", row.command);
            named += usize::from(open);
        }
    }
    assert!(named > 50, "{named}");
}

fn question(app: &AppDriver) -> (bool, bool, Vec<Warning>) {
    match app.model.overlays.last() {
        Some(Overlay::Confirm(ask)) => match &ask.about {
            About::Person { warnings, .. } => (ask.possible(), ask.go, warnings.clone()),
            About::Vault { .. } => panic!("a vault"),
        },
        other => panic!("no question: {other:?}"),
    }
}

/// What the server is known to refuse has no live button, by whatever key.
#[test]
fn what_must_fail_cannot_be_pressed() {
    let alone = || vec![people::in_groups("Ann", &[GroupKind::Owners]), people::in_groups("Dora", &[])];
    let ready = Person { state: PersonState::RecoveryAwaitingCompletion, ..people::in_groups("Gala", &[]) };
    let nobody = || vec![people::in_groups("Dora", &[]), ready.clone()];
    for (people, keys, possible) in [
        (alone(), "g d", false),
        (alone(), "g p", false),
        (alone(), "g R", false),
        (nobody(), "G R", false),
        (nobody(), "G X", true),
        (alone(), "G p", true),
        (alone(), "G R", true),
        (alone(), "G o", true),
    ] {
        for way in ["y", "tab", "right", "backtab"] {
            let mut app = people::desk_of(people.clone());
            app.press(keys);
            app.press(way);
            assert_eq!(question(&app), (possible, possible, question(&app).2), "{keys} {way}");
            let out = app.press("enter");
            assert_eq!(requests(&out).iter().any(Request::writes), possible, "{keys} {way}");
        }
    }
}

/// In both groups: out of one of them they can be taken.
#[test]
fn the_last_owner_can_still_be_taken_out_of_the_other_group() {
    let ann = people::in_groups("Ann", &[GroupKind::Owners, GroupKind::Administrators]);
    let mut app = people::desk_of(vec![ann, people::in_groups("Dora", &[])]);
    app.press("g d y");
    assert_eq!((question(&app).0, question(&app).1), (false, false));
    app.press("down y");
    assert_eq!((question(&app).0, question(&app).1), (true, true));
    assert!(requests(&app.press("enter")).iter().any(Request::writes));
}

#[test]
fn which_warnings_forbid() {
    let recovery = Act::Change(PersonAct::CompleteRecovery);
    let suspend = Act::Change(PersonAct::Suspend);
    for (warning, act, forbids) in [
        (Warning::LastOwner, &suspend, true),
        (Warning::FewRecoverers(0), &recovery, true),
        (Warning::FewRecoverers(1), &recovery, false),
        (Warning::FewRecoverers(0), &suspend, false),
    ] {
        assert_eq!(warning.forbids(act), forbids, "{warning:?} {act:?}");
    }
}
