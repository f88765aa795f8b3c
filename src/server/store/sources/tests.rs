//! No fact crosses companies, no older one wins, and no two servers read a company at once, whatever happens while it is
//! read.

use super::access::{NewSource, connect_in, disconnect_in};
use super::row::{SourceRow, find};
use super::schedule::{self, Readable};
use super::{store_act, store_outcome};
use crate::connect::Failure;
use crate::connect::users_api::{Person, UserList};
use crate::domain::activity::Action;
use crate::domain::facts::FactSource;
use crate::domain::people::PersonState;
use crate::domain::source::SourceReason;
use crate::server::Database;
use crate::server::sql::{Connection, Transaction};
use crate::server::store::companies::register;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use crate::server::store::requester::Requester;
use crate::server::workspace::{NewWorkspace, create};
use crate::wire::Actor;
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::HashMap;

const COMPANIES: [&str; 2] = ["CA", "CB"];
const ACCOUNTS: [&str; 3] = ["ACCOUNTONEAAAAAAAAAAAAAAAA", "ACCOUNTTWOAAAAAAAAAAAAAAAA", "ACCOUNTTHREEAAAAAAAAAAAAAA"];
const NOW: i64 = 1_800_000_000_000;

#[derive(Debug, Clone)]
enum Step {
    Connect(usize, usize),
    Disconnect(usize),
    /// A table says that the company has this account.
    Import(usize, usize),
    /// Somebody asks for a reading.
    Ask(usize),
    /// Somebody looks into the company.
    Look(usize),
    /// A server reads what is due, so many at most.
    Poll(usize),
    /// Minutes go by.
    Wait(i64),
    /// It is ours no more, or again.
    Unlink(usize),
    /// Somebody is suspended, and seen to be.
    Act(usize),
    /// One of those under way ends, in any order.
    Answer(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..2_usize, 0..3_usize).prop_map(|(company, account)| Step::Connect(company, account)),
        1 => (0..2_usize).prop_map(Step::Disconnect),
        1 => (0..2_usize, 0..3_usize).prop_map(|(company, account)| Step::Import(company, account)),
        2 => (0..2_usize).prop_map(Step::Ask),
        2 => (0..2_usize).prop_map(Step::Look),
        4 => (1..3_usize).prop_map(Step::Poll),
        3 => (0..90_i64).prop_map(Step::Wait),
        1 => (0..2_usize).prop_map(Step::Unlink),
        2 => (0..2_usize).prop_map(Step::Act),
        4 => (0..9_usize, any::<bool>()).prop_map(|(which, works)| Step::Answer(which, works)),
    ]
}

/// Who is listed is named after company, account and time.
fn users(company: &str, account: &str, time: i64) -> UserList {
    let person = Person {
        id: "A".repeat(26),
        email: format!("{time}@{account}.{company}"),
        display_name: String::new(),
        state: PersonState::Active,
        create_time: None,
    };
    UserList { people: vec![person], as_of: Timestamp::from_millisecond(time).unwrap() }
}

fn new(company: &str, account: &str) -> NewSource {
    NewSource {
        company: company.to_owned(),
        source: FactSource::UsersApi,
        account: account.to_owned(),
        client_id: Some("c".to_owned()),
        secret: "credential:c".parse().unwrap(),
        may_write: true,
    }
}

struct World {
    store: Store,
    scope: RequestScope,
    time: i64,
    under_way: Vec<(SourceRow, UserList)>,
    /// Until when a server reads a source, by its number.
    leased: HashMap<i64, i64>,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("msp.db"));
        create(&database, &NewWorkspace { name: "Harbour IT".into(), ..NewWorkspace::default() }).unwrap();
        let store = Store::open(&database, false).unwrap();
        let mut scope = RequestScope::of_nobody("A", "1password.eu", "D", NOW);
        scope.real = true;
        let enter =
            |tx: &Transaction<'_>| COMPANIES.iter().try_for_each(|id| register::insert(tx, id, NOW, []).map(drop));
        store.write_now(enter).unwrap();
        Self { store, scope, time: NOW, under_way: Vec::new(), leased: HashMap::new(), _folder: folder }
    }

    fn take(&mut self, step: &Step) -> Result<(), StoreError> {
        self.time += 1;
        let mut scope = self.scope.clone();
        scope.now = self.time;
        let actor = Actor { id: "T".into(), display_name: "Mira".into() };
        let requester = Requester::by(scope, actor, (String::new(), None));
        let (time, by) = (self.time, &requester);
        match *step {
            Step::Connect(company, account) => {
                let (company, account) = (COMPANIES[company], ACCOUNTS[account]);
                let connect =
                    |tx: &Transaction<'_>| connect_in(tx, by, &new(company, account), &users(company, account, time));
                self.leased.clear();
                // Another company's account is refused, and a company that is ours no more.
                let done = self.store.write_now(connect).map(drop);
                done.or_else(|fail| if matches!(fail, StoreError::Conflict { .. }) { Ok(()) } else { Err(fail) })
            }
            Step::Disconnect(company) => {
                self.leased.clear();
                let end = |tx: &Transaction<'_>| disconnect_in(tx, by, COMPANIES[company], &FactSource::UsersApi);
                self.store.write_now(end).map(drop)
            }
            Step::Import(company, account) => self.store.write_now(|tx| {
                let sql = "UPDATE companies SET account_uuid = ?2 WHERE id = ?1
                           AND NOT EXISTS (SELECT 1 FROM companies o WHERE o.account_uuid = ?2)";
                Ok(tx.execute(sql, (COMPANIES[company], ACCOUNTS[account])).map(drop)?)
            }),
            Step::Ask(company) => {
                let row = self.source(COMPANIES[company]);
                self.begin(row);
                Ok(())
            }
            Step::Look(company) => {
                self.store.write_now(|tx| schedule::look(tx, &FactSource::UsersApi, COMPANIES[company], time))
            }
            Step::Poll(most) => {
                let what = Readable { kind: FactSource::UsersApi, quiet: false };
                let rows = self.store.write_now(|tx| schedule::lease(tx, &what, time, most))?;
                assert!(rows.len() <= most);
                for row in rows {
                    assert!(row.is_managed(), "it is ours no more");
                    let until = self.leased.insert(row.n, time + schedule::LEASE);
                    assert!(until.is_none_or(|until| until <= time), "another server reads it");
                    self.begin(Some(row));
                }
                Ok(())
            }
            Step::Wait(minutes) => {
                self.time += minutes * 60_000;
                Ok(())
            }
            Step::Unlink(company) => self.store.write_now(|tx| {
                let sql = "UPDATE companies SET state = CASE state WHEN 'ACTIVE' THEN 'UNLINKED' ELSE 'ACTIVE' END
                           WHERE id = ?";
                Ok(tx.execute(sql, [COMPANIES[company]]).map(drop)?)
            }),
            Step::Act(company) => {
                let Some(row) = self.source(COMPANIES[company]) else { return Ok(()) };
                let mut person = users(COMPANIES[company], &row.account_uuid, time).people.remove(0);
                person.state = PersonState::Suspended;
                let act = |tx: &Transaction<'_>| store_act(tx, by, &row, (&person, time), &Action::PersonSuspended);
                self.store.write_now(act).map(drop)
            }
            Step::Answer(which, works) if !self.under_way.is_empty() => {
                let (row, users) = self.under_way.remove(which % self.under_way.len());
                self.leased.remove(&row.n);
                let broken = || Err(Failure::new(SourceReason::Unreachable, "away"));
                let outcome = if works { Ok(users) } else { broken() };
                let settled = self.store.write_now(|tx| store_outcome(tx, by, &row, &outcome));
                // Disconnected meanwhile.
                settled.map(drop).or_else(|fail| if fail == StoreError::NotFound { Ok(()) } else { Err(fail) })
            }
            Step::Answer(..) => Ok(()),
        }
    }

    /// Nothing is asked through a source whose account is not the company's any more.
    fn begin(&mut self, row: Option<SourceRow>) {
        let time = self.time;
        self.under_way.extend(row.filter(|row| row.credential().is_ok()).map(|row| {
            let users = users(&row.company_id, &row.account_uuid, time);
            (row, users)
        }));
    }

    /// The addresses of the people of a company, and how they stand.
    fn people(&self, company: &str) -> Vec<(String, String)> {
        let read = |db: &Connection| {
            let sql = "SELECT p.email, p.state FROM people p JOIN companies c ON c.n = p.company_n WHERE c.id = ?";
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement.query_map([company], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        };
        self.store.read_now(read).unwrap()
    }

    fn source(&self, company: &str) -> Option<SourceRow> {
        self.store.read_now(|db| find(db, company, &FactSource::UsersApi)).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nobody_gets_into_another_company_and_no_older_list_replaces_a_newer_one(
        steps in prop::collection::vec(step(), 1..30)
    ) {
        let mut world = World::new();
        let (mut newest, mut acted) = ([0_i64; 2], [0_i64; 2]);
        for step in &steps {
            world.take(step).unwrap();
            if let Step::Act(company) = step {
                acted[*company] = world.time;
            }
            for (at, company) in COMPANIES.iter().enumerate() {
                let newest = &mut newest[at];
                let source = world.source(company);
                let people = world.people(company);
                prop_assert_eq!(people.len(), usize::from(source.is_some()), "{:?}", step);
                let Some((time, account)) = people.first().and_then(|(mail, _)| mail.split_once('@')) else {
                    *newest = 0;
                    continue;
                };
                let way = source.map(|row| format!("{}.{company}", row.account_uuid));
                prop_assert_eq!(Some(account.to_owned()), way, "{:?}", step);
                let time: i64 = time.parse().unwrap();
                prop_assert!(time >= *newest, "{:?}", step);
                *newest = time;
                let before = time < acted[at];
                prop_assert_eq!(people[0].1.as_str(), if before { "SUSPENDED" } else { "ACTIVE" }, "{:?}", step);
            }
        }
    }
}

#[test]
fn what_a_server_took_that_died_is_read_by_another_one_after_two_minutes() {
    let mut world = World::new();
    world.take(&Step::Connect(0, 0)).unwrap();
    world.take(&Step::Wait(70)).unwrap();
    let lease = |now| {
        let what = Readable { kind: FactSource::UsersApi, quiet: false };
        let next = world.store.read_now(|db| schedule::next(db, &what)).unwrap();
        (next, world.store.write_now(|tx| schedule::lease(tx, &what, now, 9)).unwrap().len())
    };
    let now = world.time;
    let (due, taken) = lease(now);
    assert!(due.unwrap() <= now && taken == 1);
    assert_eq!(lease(now + schedule::LEASE - 1), (Some(now + schedule::LEASE), 0));
    assert_eq!(lease(now + schedule::LEASE).1, 1);
}
